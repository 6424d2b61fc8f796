#include "workbook.h"

#include "cellnum.h"
#include "mem.h"
#include "num.h"
#include "utf8.h"
#include "xlsx.h"
#include "xmlread.h"

/* One <Relationship>: which part an id stands for, and what it is. */
struct relation {
	char *id;
	char *type;   /* the last word of its URI */
	char *target; /* full name of the part, without the first slash */
};

struct relations {
	VEC(struct relation) items;
	const char *folder; /* of the part they belong to, "xl/" */
};

static void relations_release(struct relations *rels)
{
	for (size_t i = 0; i < rels->items.len; i++) {
		free(rels->items.items[i].id);
		free(rels->items.items[i].type);
		free(rels->items.items[i].target);
	}
	vec_release(&rels->items);
}

static const struct relation *relation_by_type(const struct relations *rels, const char *type)
{
	for (size_t i = 0; i < rels->items.len; i++) {
		if (!strcmp(rels->items.items[i].type, type))
			return &rels->items.items[i];
	}
	return NULL;
}

static const struct relation *relation_by_id(const struct relations *rels, const char *id)
{
	for (size_t i = 0; i < rels->items.len; i++) {
		if (!strcmp(rels->items.items[i].id, id))
			return &rels->items.items[i];
	}
	return NULL;
}

/* "../x" and "./x" are taken from the folder, "/x" from the root. */
static char *resolve(const char *folder, const char *target)
{
	struct strbuf name = STRBUF_INIT_MAX(4096);

	if (*target == '/') {
		target++;
	} else {
		strbuf_adds(&name, folder);
		for (;;) {
			if (!strncmp(target, "./", 2)) {
				target += 2;
			} else if (!strncmp(target, "../", 3)) {
				target += 3;
				do {
					strbuf_truncate(&name, name.len ? name.len - 1 : 0);
				} while (name.len && name.buf[name.len - 1] != '/');
			} else {
				break;
			}
		}
	}
	strbuf_adds(&name, target);
	return strbuf_detach(&name);
}

static void relations_open(struct xmlread *xml, void *ctx, const char *name, const char **attrs)
{
	struct relations *rels = ctx;
	const char *id = xmlread_attr(attrs, "Id");
	const char *type = xmlread_attr(attrs, "Type");
	const char *target = xmlread_attr(attrs, "Target");
	const char *slash;

	(void)xml;
	if (strcmp(name, "Relationship") || !id || !type || !target ||
		rels->items.len >= XLSX_MAX_SHEETS * 4)
		return;
	slash = strrchr(type, '/');
	vec_push(&rels->items, ((struct relation){
				       mem_strdup(id),
				       mem_strdup(slash ? slash + 1 : type),
				       resolve(rels->folder, target),
			       }));
}

static void ignore_close(struct xmlread *xml, void *ctx, const char *name)
{
	(void)xml;
	(void)ctx;
	(void)name;
}

static const struct xmlread_ops relations_ops = { relations_open, ignore_close, NULL };

/* The part that holds the relations of `part`: "xl/_rels/workbook.xml.rels". */
static char *relations_part(const char *part)
{
	const char *slash = strrchr(part, '/');
	size_t folder = slash ? (size_t)(slash + 1 - part) : 0;
	struct strbuf name = STRBUF_INIT;

	strbuf_add(&name, part, folder);
	strbuf_addf(&name, "_rels/%s.rels", part + folder);
	return strbuf_detach(&name);
}

/* sheets */

struct sheets_reader {
	struct workbook *book;
	const struct relations *rels;
	bool is_workbook;
	int depth;
};

static void add_sheet(struct sheets_reader *reader, const char **attrs)
{
	const char *name = xmlread_attr(attrs, "name");
	const char *id = xmlread_attr(attrs, "id");
	const char *state = xmlread_attr(attrs, "state");
	const struct relation *rel = id ? relation_by_id(reader->rels, id) : NULL;

	/* Sheets of charts and macros hold no rows. */
	if (!name || !rel || strcmp(rel->type, "worksheet") ||
		reader->book->sheets.len >= XLSX_MAX_SHEETS)
		return;
	vec_push(&reader->book->sheets, ((struct workbook_sheet){
						mem_strdup(name),
						mem_strdup(rel->target),
						state && strcmp(state, "visible"),
					}));
}

static void sheets_open(struct xmlread *xml, void *ctx, const char *name, const char **attrs)
{
	struct sheets_reader *reader = ctx;
	const char *value;

	(void)xml;
	if (!reader->depth++)
		reader->is_workbook = !strcmp(name, "workbook");
	else if (!strcmp(name, "sheet"))
		add_sheet(reader, attrs);
	else if (!strcmp(name, "workbookPr")) {
		value = xmlread_attr(attrs, "date1904");
		reader->book->from_1904 = value && (*value == '1' || *value == 't');
	}
}

static const struct xmlread_ops sheets_ops = { sheets_open, ignore_close, NULL };

/* styles */

struct styles_reader {
	struct workbook *book;
	VEC(int64_t) dates; /* ids of custom formats that show a day */
	bool in_cell_styles;
};

static bool format_is_date(const struct styles_reader *reader, int64_t id)
{
	for (size_t i = 0; i < reader->dates.len; i++) {
		if (reader->dates.items[i] == id)
			return true;
	}
	return cellnum_builtin_is_date(id);
}

static void styles_open(struct xmlread *xml, void *ctx, const char *name, const char **attrs)
{
	struct styles_reader *reader = ctx;
	const char *number = xmlread_attr(attrs, "numFmtId");
	const char *code;
	int64_t id;

	(void)xml;
	if (!number || !num_parse_i64(number, 0, INT32_MAX, &id))
		id = -1;
	if (!strcmp(name, "cellXfs")) {
		reader->in_cell_styles = true;
	} else if (!strcmp(name, "numFmt")) {
		code = xmlread_attr(attrs, "formatCode");
		if (code && reader->dates.len < XLSX_MAX_SHEETS && cellnum_format_is_date(code))
			vec_push(&reader->dates, id);
	} else if (reader->in_cell_styles && !strcmp(name, "xf") &&
		   reader->book->style_is_date.len < XLSX_MAX_STYLES) {
		vec_push(&reader->book->style_is_date, format_is_date(reader, id));
	}
}

static void styles_close(struct xmlread *xml, void *ctx, const char *name)
{
	struct styles_reader *reader = ctx;

	(void)xml;
	if (!strcmp(name, "cellXfs"))
		reader->in_cell_styles = false;
}

static const struct xmlread_ops styles_ops = { styles_open, styles_close, NULL };

static bool read_styles(struct workbook *book, const char *part, struct err *err)
{
	struct styles_reader reader = { .book = book };
	bool ok = xmlread_part_all(book->package, part, &styles_ops, &reader, err);

	vec_release(&reader.dates);
	return ok;
}

bool workbook_style_is_date(const struct workbook *book, size_t style)
{
	return style < book->style_is_date.len && book->style_is_date.items[style];
}

/* shared strings */

struct strings_reader {
	struct workbook *book;
	bool in_text;
	int in_reading; /* depth inside <rPh>, how a name is pronounced */
};

static bool strings_over(const struct workbook *book)
{
	return book->strings.full ||
	       book->strings.len + book->starts.len * sizeof(uint32_t) > XLSX_MAX_STRINGS;
}

static void strings_open(struct xmlread *xml, void *ctx, const char *name, const char **attrs)
{
	struct strings_reader *reader = ctx;
	struct workbook *book = reader->book;

	(void)attrs;
	if (!strcmp(name, "si")) {
		vec_push(&book->starts, (uint32_t)book->strings.len);
		if (strings_over(book))
			xmlread_fail(xml, ERR_XLSX_TOO_LARGE, "shared strings");
	} else if (!strcmp(name, "rPh")) {
		reader->in_reading++;
	} else if (!strcmp(name, "t")) {
		reader->in_text = !reader->in_reading;
	}
}

static void strings_close(struct xmlread *xml, void *ctx, const char *name)
{
	struct strings_reader *reader = ctx;
	struct workbook *book = reader->book;
	size_t start, len;

	if (!strcmp(name, "si") && book->starts.len) {
		start = book->starts.items[book->starts.len - 1];
		len = workbook_unescape(book->strings.buf + start, book->strings.len - start);
		strbuf_truncate(&book->strings, start + len);
		strbuf_addc(&book->strings, '\0');
		if (strings_over(book))
			xmlread_fail(xml, ERR_XLSX_TOO_LARGE, "shared strings");
	} else if (!strcmp(name, "rPh")) {
		reader->in_reading--;
	} else if (!strcmp(name, "t")) {
		reader->in_text = false;
	}
}

static void strings_text(struct xmlread *xml, void *ctx, const char *text, size_t len)
{
	struct strings_reader *reader = ctx;

	if (!reader->in_text || !reader->book->starts.len)
		return;
	strbuf_add(&reader->book->strings, text, len);
	if (reader->book->strings.full)
		xmlread_fail(xml, ERR_XLSX_TOO_LARGE, "shared strings");
}

static const struct xmlread_ops strings_ops = { strings_open, strings_close, strings_text };

bool workbook_read_strings(struct workbook *book, struct err *err)
{
	struct strings_reader reader = { .book = book };

	if (book->strings_read || !book->strings_part)
		return true;
	if (!xmlread_part_all(book->package, book->strings_part, &strings_ops, &reader, err))
		return false;
	vec_push(&book->starts, (uint32_t)book->strings.len);
	book->strings_read = true;
	return true;
}

const char *workbook_string(const struct workbook *book, size_t index, size_t *len)
{
	if (index + 1 >= book->starts.len)
		return NULL;
	*len = book->starts.items[index + 1] - book->starts.items[index] - 1;
	return book->strings.buf + book->starts.items[index];
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The character that "_xHHHH_" at `s` stands for; 0 for anything else, also for
 * what would put a NUL or half a pair into the text. */
static uint32_t escaped(const char *s, size_t len)
{
	uint32_t cp = 0;

	if (len < 7 || s[0] != '_' || s[1] != 'x' || s[6] != '_')
		return 0;
	for (int i = 2; i < 6; i++) {
		if (hex_value(s[i]) < 0)
			return 0;
		cp = cp * 16 + (uint32_t)hex_value(s[i]);
	}
	return cp >= 0xd800 && cp <= 0xdfff ? 0 : cp;
}

size_t workbook_unescape(char *text, size_t len)
{
	char *found = memchr(text, '_', len);
	size_t n, i;

	if (!found)
		return len;
	for (n = i = (size_t)(found - text); i < len;) {
		uint32_t cp = escaped(text + i, len - i);

		if (cp) {
			n += utf8_encode(cp, text + n);
			i += 7;
		} else {
			text[n++] = text[i++];
		}
	}
	return n;
}

/* the whole */

static bool is_ods(struct package *package)
{
	static const char type[] = "application/vnd.oasis.opendocument.spreadsheet";
	struct err ignored = ERR_INIT;
	struct part *part;
	char head[sizeof(type)];
	int64_t got;

	if (!package_has(package, "mimetype"))
		return false;
	part = part_open(package, "mimetype", &ignored);
	got = part ? part_read(part, head, sizeof(head), &ignored) : -1;
	part_close(part);
	return got >= (int64_t)sizeof(type) - 1 && !memcmp(head, type, sizeof(type) - 1);
}

static bool ends_with(const char *s, const char *tail)
{
	return strlen(s) >= strlen(tail) && !strcmp(s + strlen(s) - strlen(tail), tail);
}

/* Which part is the workbook; *owned*, or NULL with an error that says what the
 * zip is instead. */
static char *find_workbook(struct package *package, const char *path, struct err *err)
{
	struct relations rels = { .folder = "" };
	const struct relation *rel;
	char *name = NULL;

	if (!package_has(package, "_rels/.rels")) {
		err_set(err, is_ods(package) ? ERR_ODS : ERR_NOT_A_WORKBOOK, path, "%s",
			"no _rels/.rels");
		return NULL;
	}
	if (!xmlread_part_all(package, "_rels/.rels", &relations_ops, &rels, err))
		goto out;
	rel = relation_by_type(&rels, "officeDocument");
	if (!rel)
		err_set(err, ERR_NOT_A_WORKBOOK, path, "%s", "no officeDocument");
	else if (ends_with(rel->target, ".bin"))
		err_set(err, ERR_XLS_OLD, path, "%s", rel->target);
	else
		name = mem_strdup(rel->target);
out:
	relations_release(&rels);
	return name;
}

static bool read_parts(struct workbook *book, const char *name, const char *path, struct err *err)
{
	char *rels_name = relations_part(name);
	char *folder = mem_strdup(name);
	struct relations rels = { .folder = folder };
	struct sheets_reader reader = { .book = book, .rels = &rels };
	const struct relation *rel;
	bool ok = false;

	folder[strrchr(name, '/') ? strrchr(name, '/') + 1 - name : 0] = '\0';
	if (package_has(book->package, rels_name) &&
		!xmlread_part_all(book->package, rels_name, &relations_ops, &rels, err))
		goto out;
	if (!xmlread_part_all(book->package, name, &sheets_ops, &reader, err))
		goto out;
	if (!reader.is_workbook || !book->sheets.len) {
		err_set(err, ERR_NOT_A_WORKBOOK, path, "%s", name);
		goto out;
	}
	rel = relation_by_type(&rels, "sharedStrings");
	if (rel && package_has(book->package, rel->target))
		book->strings_part = mem_strdup(rel->target);
	rel = relation_by_type(&rels, "styles");
	ok = !rel || !package_has(book->package, rel->target) ||
	     read_styles(book, rel->target, err);
out:
	relations_release(&rels);
	free(rels_name);
	free(folder);
	return ok;
}

bool workbook_read(
	struct workbook *book, struct package *package, const char *path, struct err *err)
{
	char *name;
	bool ok;

	*book = (struct workbook){ .package = package };
	strbuf_init(&book->strings, XLSX_MAX_STRINGS);
	name = find_workbook(package, path, err);
	ok = name && read_parts(book, name, path, err);
	free(name);
	return ok;
}

void workbook_release(struct workbook *book)
{
	for (size_t i = 0; i < book->sheets.len; i++) {
		free(book->sheets.items[i].name);
		free(book->sheets.items[i].part);
	}
	vec_release(&book->sheets);
	vec_release(&book->style_is_date);
	vec_release(&book->starts);
	strbuf_release(&book->strings);
	free(book->strings_part);
}
