#include "xlsx.h"

#include "cellnum.h"
#include "date.h"
#include "mem.h"
#include "num.h"
#include "package.h"
#include "utf8.h"
#include "workbook.h"
#include "xmlread.h"

/* The t attribute of a cell. */
enum stored { STORED_NUMBER, STORED_SHARED, STORED_TEXT, STORED_BOOL, STORED_ERROR, STORED_DAY };

/* The cell that is being read. */
struct open_cell {
	size_t column; /* from 0 */
	enum stored stored;
	bool shows_date;
	bool in_value;	/* inside <v> or the <t> of <is> */
	int in_reading; /* depth inside <rPh>, how a name is pronounced */
	struct strbuf value;
};

/* The row that is being read. Texts of its own move while they grow, so cells
 * hold their place until the row is complete. */
struct open_row {
	int64_t number;
	size_t n;
	struct cell cells[ROWS_MAX_COLUMNS];
	size_t own[ROWS_MAX_COLUMNS]; /* offset in `text` + 1; 0 for a shared string */
	struct strbuf text;
	size_t next_column;
	size_t bytes;
	bool surplus; /* a filled cell beyond the last column that is kept */
	bool too_long;
};

struct xlsx {
	struct package *package;
	char *path;
	struct workbook book;
	size_t sheet;
	struct xmlread *xml; /* of the sheet */
	bool in_data;
	bool in_row;
	int64_t skip; /* rows to pass over, after a seek */
	struct rows_mark at;
	struct open_cell cell;
	struct open_row row;
	struct strbuf excerpt;
};

/* "BC12" is column 54; SIZE_MAX for none. */
static size_t column_of(const char *ref)
{
	size_t column = 0;

	if (!ref)
		return SIZE_MAX;
	for (; *ref >= 'A' && *ref <= 'Z'; ref++) {
		column = column * 26 + (size_t)(*ref - 'A') + 1;
		if (column > 1000000)
			break;
	}
	return column ? column - 1 : SIZE_MAX;
}

static enum stored stored_of(const char *type)
{
	static const struct {
		const char *name;
		enum stored stored;
	} table[] = {
		{ "s", STORED_SHARED },
		{ "inlineStr", STORED_TEXT },
		{ "str", STORED_TEXT },
		{ "b", STORED_BOOL },
		{ "e", STORED_ERROR },
		{ "d", STORED_DAY },
	};

	for (size_t i = 0; type && i < ARRAY_SIZE(table); i++) {
		if (!strcmp(type, table[i].name))
			return table[i].stored;
	}
	return STORED_NUMBER;
}

static void begin_row(struct xlsx *xlsx, const char **attrs)
{
	struct open_row *row = &xlsx->row;
	const char *number = xmlread_attr(attrs, "r");
	int64_t n;

	row->number++;
	if (number && num_parse_i64(number, 1, INT32_MAX, &n))
		row->number = n;
	row->n = row->next_column = row->bytes = 0;
	row->surplus = row->too_long = false;
	strbuf_clear(&row->text);
}

static void begin_cell(struct xlsx *xlsx, const char **attrs)
{
	struct open_cell *cell = &xlsx->cell;
	const char *style = xmlread_attr(attrs, "s");
	size_t column = column_of(xmlread_attr(attrs, "r"));
	size_t n = 0;

	cell->column = column == SIZE_MAX ? xlsx->row.next_column : column;
	xlsx->row.next_column = cell->column + 1;
	cell->stored = stored_of(xmlread_attr(attrs, "t"));
	cell->shows_date = (!style || num_parse_size(style, XLSX_MAX_STYLES, &n)) &&
			   workbook_style_is_date(&xlsx->book, n);
	cell->in_value = false;
	cell->in_reading = 0;
	strbuf_clear(&cell->value);
}

/* The place of a filled cell in the row, with empty ones before it; NULL when
 * the row has no place for it. */
static struct cell *place_cell(struct open_row *row, size_t column)
{
	if (column >= ROWS_MAX_COLUMNS) {
		row->surplus = true;
		return NULL;
	}
	while (row->n <= column) {
		row->own[row->n] = 0;
		row->cells[row->n++] = (struct cell){ .text = "", .kind = CELL_EMPTY };
	}
	return &row->cells[column];
}

static bool fits(struct open_row *row, size_t len)
{
	row->bytes += len;
	if (row->bytes > ROWS_MAX_LINE)
		row->too_long = true;
	return !row->too_long;
}

static void put_own(struct xlsx *xlsx, enum cell_kind kind, int32_t day, const char *s, size_t len)
{
	struct open_row *row = &xlsx->row;
	struct cell *cell = fits(row, len) ? place_cell(row, xlsx->cell.column) : NULL;

	if (!cell)
		return;
	row->own[xlsx->cell.column] = row->text.len + 1;
	*cell = (struct cell){ .len = len, .kind = kind, .day = day };
	strbuf_add(&row->text, s, len);
	strbuf_addc(&row->text, '\0');
}

static void put_shared(struct xlsx *xlsx, struct xmlread *xml)
{
	struct open_row *row = &xlsx->row;
	const struct strbuf *value = &xlsx->cell.value;
	size_t index, len = 0;
	const char *text = NULL;
	struct cell *cell;

	if (num_parse_size(value->buf, XLSX_MAX_STRINGS, &index))
		text = workbook_string(&xlsx->book, index, &len);
	if (!text) {
		xmlread_fail(xml, ERR_XLSX_DAMAGED, "a cell names a string that is not there");
		return;
	}
	cell = len && fits(row, len) ? place_cell(row, xlsx->cell.column) : NULL;
	if (!cell)
		return;
	row->own[xlsx->cell.column] = 0;
	*cell = (struct cell){ .text = text, .len = len, .kind = CELL_TEXT };
}

/* A number whose format shows a day or a time; false when it is neither. */
static bool put_date(struct xlsx *xlsx, const struct strbuf *decimal)
{
	struct strbuf text = STRBUF_INIT;
	int64_t days;
	int32_t seconds, day = 0;
	bool timed;

	if (!cellnum_serial(decimal->buf, decimal->len, &days, &seconds))
		return false;
	timed = seconds || !days;
	if (days) {
		if (date_from_excel(days, xlsx->book.from_1904, &day) != DATE_OK)
			return false;
		date_add_iso(&text, day);
		strbuf_adds(&text, timed ? " " : "");
	}
	if (timed)
		strbuf_addf(
			&text, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
	put_own(xlsx, days ? CELL_DATE : CELL_TEXT, day, text.buf, text.len);
	strbuf_release(&text);
	return true;
}

static void put_number(struct xlsx *xlsx)
{
	const struct strbuf *value = &xlsx->cell.value;
	struct strbuf decimal = STRBUF_INIT;

	if (!cellnum_add_decimal(&decimal, value->buf, value->len))
		put_own(xlsx, CELL_TEXT, 0, value->buf, value->len);
	else if (!xlsx->cell.shows_date || !put_date(xlsx, &decimal))
		put_own(xlsx, CELL_NUMBER, 0, decimal.buf, decimal.len);
	strbuf_release(&decimal);
}

/* A day written as ISO 8601, which few programs do. */
static void put_day(struct xlsx *xlsx)
{
	const struct strbuf *value = &xlsx->cell.value;
	struct strbuf text = STRBUF_INIT;
	int32_t day;

	if (date_parse(value->buf, value->len, DATE_ISO, &day) == DATE_OK) {
		date_add_iso(&text, day);
		put_own(xlsx, CELL_DATE, day, text.buf, text.len);
	} else {
		put_own(xlsx, CELL_TEXT, 0, value->buf, value->len);
	}
	strbuf_release(&text);
}

static void put_cell(struct xlsx *xlsx, struct xmlread *xml)
{
	struct strbuf *value = &xlsx->cell.value;

	if (value->full)
		xlsx->row.too_long = true;
	if (!value->len || xlsx->row.too_long)
		return;
	switch (xlsx->cell.stored) {
	case STORED_NUMBER:
		put_number(xlsx);
		break;
	case STORED_SHARED:
		put_shared(xlsx, xml);
		break;
	case STORED_TEXT:
		strbuf_truncate(value, workbook_unescape(value->buf, value->len));
		put_own(xlsx, CELL_TEXT, 0, value->buf, value->len);
		break;
	case STORED_BOOL:
		put_own(xlsx, CELL_BOOL, 0, strchr("1t", value->buf[0]) ? "1" : "0", 1);
		break;
	case STORED_ERROR:
		put_own(xlsx, CELL_ERROR, 0, value->buf, value->len);
		break;
	case STORED_DAY:
		put_day(xlsx);
		break;
	}
}

static void end_row(struct xlsx *xlsx, struct xmlread *xml)
{
	struct open_row *row = &xlsx->row;

	xlsx->in_row = false;
	if (xlsx->skip) {
		xlsx->skip--;
		return;
	}
	xlsx->at.offset++;
	xlsx->at.line = row->number + 1;
	for (size_t i = 0; i < row->n; i++) {
		if (row->own[i])
			row->cells[i].text = row->text.buf + row->own[i] - 1;
	}
	if (row->n || row->surplus || row->too_long)
		xmlread_pause(xml);
}

static void sheet_open(struct xmlread *xml, void *ctx, const char *name, const char **attrs)
{
	struct xlsx *xlsx = ctx;

	if (!xlsx->in_data) {
		xlsx->in_data = !strcmp(name, "sheetData");
	} else if (!strcmp(name, "row")) {
		if (xlsx->in_row)
			xmlread_fail(xml, ERR_XLSX_DAMAGED, "a row inside a row");
		xlsx->in_row = true;
		begin_row(xlsx, attrs);
	} else if (xlsx->skip || !xlsx->in_row) {
		return;
	} else if (!strcmp(name, "c")) {
		begin_cell(xlsx, attrs);
	} else if (!strcmp(name, "v") || !strcmp(name, "t")) {
		xlsx->cell.in_value = !xlsx->cell.in_reading;
	} else if (!strcmp(name, "rPh")) {
		xlsx->cell.in_reading++;
	}
}

static void sheet_close(struct xmlread *xml, void *ctx, const char *name)
{
	struct xlsx *xlsx = ctx;

	if (!xlsx->in_data)
		return;
	if (!strcmp(name, "row"))
		end_row(xlsx, xml);
	else if (!strcmp(name, "sheetData"))
		xlsx->in_data = false;
	else if (xlsx->skip || !xlsx->in_row)
		return;
	else if (!strcmp(name, "c"))
		put_cell(xlsx, xml);
	else if (!strcmp(name, "v") || !strcmp(name, "t"))
		xlsx->cell.in_value = false;
	else if (!strcmp(name, "rPh"))
		xlsx->cell.in_reading--;
}

static void sheet_text(struct xmlread *xml, void *ctx, const char *text, size_t len)
{
	struct xlsx *xlsx = ctx;

	(void)xml;
	if (xlsx->cell.in_value)
		strbuf_add(&xlsx->cell.value, text, len);
}

static const struct xmlread_ops sheet_ops = { sheet_open, sheet_close, sheet_text };

/* Begins the chosen sheet anew. */
static bool reopen(struct xlsx *xlsx, struct err *err)
{
	const char *name = xlsx->book.sheets.items[xlsx->sheet].part;
	struct part *part = part_open(xlsx->package, name, err);

	if (!part)
		return false;
	xmlread_abandon(xlsx->xml);
	xlsx->xml = xmlread_open(part, &sheet_ops, xlsx);
	xlsx->in_data = xlsx->in_row = xlsx->cell.in_value = false;
	xlsx->row.number = 0;
	xlsx->skip = 0;
	xlsx->at = (struct rows_mark){ 0, 1 };
	return true;
}

struct xlsx *xlsx_open(int fd, const char *path, struct err *err)
{
	struct package *package = package_open(fd, path, err);
	struct xlsx *xlsx;

	if (!package)
		return NULL;
	xlsx = mem_zalloc(1, sizeof(*xlsx));
	xlsx->package = package;
	xlsx->path = mem_strdup(path);
	strbuf_init(&xlsx->cell.value, ROWS_MAX_LINE);
	strbuf_init(&xlsx->row.text, 0);
	strbuf_init(&xlsx->excerpt, 0);
	if (workbook_read(&xlsx->book, package, path, err))
		return xlsx;
	xlsx_close(xlsx);
	return NULL;
}

void xlsx_close(struct xlsx *xlsx)
{
	if (!xlsx)
		return;
	xmlread_close(xlsx->xml);
	workbook_release(&xlsx->book);
	package_close(xlsx->package);
	strbuf_release(&xlsx->cell.value);
	strbuf_release(&xlsx->row.text);
	strbuf_release(&xlsx->excerpt);
	free(xlsx->path);
	free(xlsx);
}

size_t xlsx_sheet_count(const struct xlsx *xlsx)
{
	return xlsx->book.sheets.len;
}

const char *xlsx_sheet_name(const struct xlsx *xlsx, size_t sheet)
{
	return xlsx->book.sheets.items[sheet].name;
}

/* Whether the sheet has a row that can be read; it is then at its beginning. */
static bool try_sheet(struct xlsx *xlsx, size_t sheet, bool *filled, struct err *err)
{
	struct row row;
	enum rows_status status;

	xlsx->sheet = sheet;
	if (!reopen(xlsx, err))
		return false;
	status = xlsx_next(xlsx, &row, err);
	*filled = status == ROW_OK || status == ROW_BAD;
	return status != ROW_FAIL && (!*filled || reopen(xlsx, err));
}

static bool choose_filled(struct xlsx *xlsx, struct err *err)
{
	bool filled;

	for (int hidden = 0; hidden < 2; hidden++) {
		for (size_t i = 0; i < xlsx->book.sheets.len; i++) {
			if (xlsx->book.sheets.items[i].hidden != hidden)
				continue;
			if (!try_sheet(xlsx, i, &filled, err))
				return false;
			if (filled)
				return true;
		}
	}
	return err_set(err, ERR_FILE_EMPTY, xlsx->path, "%s", "no sheet has a filled cell");
}

bool xlsx_choose(struct xlsx *xlsx, const char *name, struct err *err)
{
	if (!workbook_read_strings(&xlsx->book, err))
		return false;
	if (!name)
		return choose_filled(xlsx, err);
	for (size_t i = 0; i < xlsx->book.sheets.len; i++) {
		if (!strcmp(xlsx->book.sheets.items[i].name, name)) {
			xlsx->sheet = i;
			return reopen(xlsx, err);
		}
	}
	return err_set(err, ERR_XLSX_NO_SHEET, name, "%s", xlsx->path);
}

/* The row in one line, as far as it can be shown. */
static void add_excerpt(struct xlsx *xlsx)
{
	const struct open_row *row = &xlsx->row;

	strbuf_clear(&xlsx->excerpt);
	for (size_t i = 0; i < row->n && xlsx->excerpt.len < ROWS_MAX_EXCERPT; i++) {
		size_t len = row->cells[i].len;

		if (i)
			strbuf_addc(&xlsx->excerpt, ';');
		if (len > ROWS_MAX_EXCERPT - xlsx->excerpt.len)
			len = ROWS_MAX_EXCERPT - xlsx->excerpt.len;
		while (len && !utf8_valid(row->cells[i].text, len))
			len--;
		strbuf_add(&xlsx->excerpt, row->cells[i].text, len);
	}
}

enum rows_status xlsx_next(struct xlsx *xlsx, struct row *out, struct err *err)
{
	struct open_row *row = &xlsx->row;
	enum row_fault fault = ROW_FINE;

	switch (xmlread_go(xlsx->xml, err)) {
	case XMLREAD_FAILED:
		return ROW_FAIL;
	case XMLREAD_END:
		if (!xlsx->skip)
			return ROW_END;
		err_set(err, ERR_FILE_CHANGED, xlsx->path, "%lld rows less", (long long)xlsx->skip);
		return ROW_FAIL;
	case XMLREAD_PAUSED:
		break;
	}
	if (row->too_long)
		fault = ROW_LINE_TOO_LONG;
	else if (row->surplus)
		fault = ROW_TOO_MANY_COLUMNS;
	*out = (struct row){ row->number, fault, row->n, row->cells };
	if (!fault)
		return ROW_OK;
	add_excerpt(xlsx);
	row->cells[0] = (struct cell){ xlsx->excerpt.buf, xlsx->excerpt.len, CELL_TEXT, 0 };
	out->n = 1;
	return ROW_BAD;
}

void xlsx_facts(const struct xlsx *xlsx, struct rows_facts *out)
{
	*out = (struct rows_facts){
		.format = ROWS_XLSX,
		.sheet = xlsx->book.sheets.items[xlsx->sheet].name,
	};
}

int64_t xlsx_tell(const struct xlsx *xlsx)
{
	return part_tell(xmlread_part(xlsx->xml));
}

int64_t xlsx_size(const struct xlsx *xlsx)
{
	return part_size(xmlread_part(xlsx->xml));
}

struct rows_mark xlsx_mark(const struct xlsx *xlsx)
{
	return xlsx->at;
}

bool xlsx_seek(struct xlsx *xlsx, struct rows_mark mark, struct err *err)
{
	if (mark.offset < 0 || mark.line < 1)
		return err_set(err, ERR_FILE_CHANGED, xlsx->path, "%s", "mark");
	if (!reopen(xlsx, err))
		return false;
	xlsx->skip = mark.offset;
	xlsx->at = mark;
	return true;
}
