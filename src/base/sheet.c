#include "sheet.h"

#include <errno.h>

#include "date.h"
#include "json_out.h"
#include "mem.h"
#include "num.h"
#include "path.h"
#include "sheet_xlsx.h"
#include "strbuf.h"

struct sheet {
	struct path_new file;
	enum sheet_format format;
	char delimiter;
	char decimal_mark;
	const struct sheet_column *columns;
	size_t n;
	size_t column;		/* the next of the row */
	bool begun;		/* JSON: a row was written */
	struct strbuf line;	/* CSV and JSON: the row so far */
	struct strbuf value;	/* a number or a day on its way into it */
	struct json_out object; /* JSON: the row */
	struct sheet_xlsx *xlsx;
};

/* Whether a spreadsheet would calculate the text: it begins like a formula and
 * is more than a number or a phone. */
static bool looks_like_formula(const char *text)
{
	if (!*text || !strchr("=+-@\t\r", *text))
		return false;
	if (*text != '+' && *text != '-')
		return true;
	return text[1 + strspn(text + 1, "0123456789 .,()/-")] != '\0';
}

static bool needs_quotes(const struct sheet *sheet, const char *text)
{
	size_t len = strlen(text);

	if (!len)
		return false;
	return strpbrk(text, "\"\r\n") || strchr(text, sheet->delimiter) || *text == ' ' ||
	       text[len - 1] == ' ';
}

static void add_csv(struct sheet *sheet, const char *text, bool guarded)
{
	const char *quote;
	bool quotes = needs_quotes(sheet, text);

	if (quotes)
		strbuf_addc(&sheet->line, '"');
	if (guarded && looks_like_formula(text))
		strbuf_addc(&sheet->line, '\'');
	while (quotes && (quote = strchr(text, '"'))) {
		strbuf_add(&sheet->line, text, (size_t)(quote + 1 - text));
		strbuf_addc(&sheet->line, '"');
		text = quote + 1;
	}
	strbuf_adds(&sheet->line, text);
	if (quotes)
		strbuf_addc(&sheet->line, '"');
}

/* Steps to the next cell of the row and says which it is; false beyond the last. */
static bool next_cell(struct sheet *sheet, size_t *column)
{
	if (sheet->column == sheet->n)
		return false;
	if (sheet->format == SHEET_CSV && sheet->column)
		strbuf_addc(&sheet->line, sheet->delimiter);
	if (sheet->format == SHEET_JSON && !sheet->column) {
		json_out_init_buf(&sheet->object, &sheet->line, false);
		json_out_object(&sheet->object, NULL);
	}
	*column = sheet->column++;
	return true;
}

static const char *key_of(const struct sheet *sheet, size_t column)
{
	return sheet->columns[column].key;
}

void sheet_text(struct sheet *sheet, const char *text)
{
	size_t at;

	if (!next_cell(sheet, &at))
		return;
	switch (sheet->format) {
	case SHEET_CSV:
		add_csv(sheet, text ? text : "", true);
		break;
	case SHEET_XLSX:
		sheet_xlsx_text(sheet->xlsx, at, text ? text : "");
		break;
	case SHEET_JSON:
		json_out_str(&sheet->object, key_of(sheet, at), text);
		break;
	}
}

void sheet_id(struct sheet *sheet, int64_t id)
{
	strbuf_clear(&sheet->value);
	strbuf_addf(&sheet->value, "%lld", (long long)id);
	sheet_text(sheet, sheet->value.buf);
}

void sheet_int(struct sheet *sheet, int64_t n)
{
	sheet_decimal(sheet, n, 0);
}

void sheet_decimal(struct sheet *sheet, int64_t n, int decimals)
{
	size_t at;

	if (!next_cell(sheet, &at))
		return;
	switch (sheet->format) {
	case SHEET_CSV:
		strbuf_clear(&sheet->value);
		num_format_with(&sheet->value, n, decimals, "", sheet->decimal_mark);
		add_csv(sheet, sheet->value.buf, false);
		break;
	case SHEET_XLSX:
		sheet_xlsx_decimal(sheet->xlsx, at, n, decimals);
		break;
	case SHEET_JSON:
		json_out_decimal(&sheet->object, key_of(sheet, at), n, decimals);
		break;
	}
}

void sheet_day(struct sheet *sheet, int32_t day)
{
	size_t at;

	if (day == DAY_NONE) {
		sheet_blank(sheet);
		return;
	}
	if (!next_cell(sheet, &at))
		return;
	strbuf_clear(&sheet->value);
	date_add_iso(&sheet->value, day);
	switch (sheet->format) {
	case SHEET_CSV:
		add_csv(sheet, sheet->value.buf, false);
		break;
	case SHEET_XLSX:
		sheet_xlsx_day(sheet->xlsx, at, day);
		break;
	case SHEET_JSON:
		json_out_str(&sheet->object, key_of(sheet, at), sheet->value.buf);
		break;
	}
}

void sheet_bool(struct sheet *sheet, bool value)
{
	size_t at;

	if (!next_cell(sheet, &at))
		return;
	switch (sheet->format) {
	case SHEET_CSV:
		add_csv(sheet, value ? "1" : "0", false);
		break;
	case SHEET_XLSX:
		sheet_xlsx_bool(sheet->xlsx, at, value);
		break;
	case SHEET_JSON:
		json_out_bool(&sheet->object, key_of(sheet, at), value);
		break;
	}
}

void sheet_blank(struct sheet *sheet)
{
	sheet_text(sheet, NULL);
}

/* Writes the line that was put together. */
static bool put_line(struct sheet *sheet, struct err *err)
{
	bool ok =
		!sheet->line.full || err_set(err, ERR_TOO_LARGE, sheet->file.path, "%s", "one row");

	if (ok && fwrite(sheet->line.buf, 1, sheet->line.len, sheet->file.file) != sheet->line.len)
		ok = err_set_errno(err, ERR_IO, sheet->file.path);
	strbuf_clear(&sheet->line);
	return ok;
}

bool sheet_end_row(struct sheet *sheet, struct err *err)
{
	while (sheet->column < sheet->n)
		sheet_blank(sheet);
	sheet->column = 0;
	switch (sheet->format) {
	case SHEET_CSV:
		strbuf_adds(&sheet->line, "\r\n");
		break;
	case SHEET_XLSX:
		return sheet_xlsx_end_row(sheet->xlsx, err);
	case SHEET_JSON:
		json_out_end(&sheet->object);
		if (!json_out_finish(&sheet->object, err))
			return false;
		if (fputs(sheet->begun ? ",\n" : "[\n", sheet->file.file) < 0)
			return err_set_errno(err, ERR_IO, sheet->file.path);
		sheet->begun = true;
		break;
	}
	return put_line(sheet, err);
}

static bool begin(struct sheet *sheet, const struct sheet_options *options, struct err *err)
{
	switch (sheet->format) {
	case SHEET_CSV:
		if (options->bom)
			strbuf_adds(&sheet->line, "\xef\xbb\xbf");
		for (size_t i = 0; i < sheet->n; i++)
			sheet_text(sheet, sheet->columns[i].title);
		return sheet_end_row(sheet, err);
	case SHEET_XLSX:
		sheet->xlsx = sheet_xlsx_open(sheet->file.tmp, sheet->file.path,
			options->name ? options->name : "Export", sheet->columns, sheet->n, err);
		return sheet->xlsx != NULL;
	case SHEET_JSON:
		break;
	}
	return true;
}

struct sheet *sheet_create(const char *path, const struct sheet_options *options,
	const struct sheet_column *columns, size_t n, struct err *err)
{
	struct sheet *sheet = mem_zalloc(1, sizeof(*sheet));

	sheet->format = options->format;
	sheet->delimiter = options->delimiter ? options->delimiter : ';';
	sheet->decimal_mark = options->decimal_mark ? options->decimal_mark : '.';
	sheet->columns = columns;
	sheet->n = n;
	strbuf_init(&sheet->line, 0);
	strbuf_init(&sheet->value, 0);
	if (!path_new_open(&sheet->file, path, err)) {
		free(sheet);
		return NULL;
	}
	if (begin(sheet, options, err))
		return sheet;
	sheet_discard(sheet);
	return NULL;
}

static void sheet_free(struct sheet *sheet)
{
	strbuf_release(&sheet->line);
	strbuf_release(&sheet->value);
	free(sheet);
}

bool sheet_finish(struct sheet *sheet, struct err *err)
{
	bool ok = true;

	if (sheet->xlsx)
		ok = sheet_xlsx_finish(sheet->xlsx, err);
	else if (sheet->format == SHEET_JSON)
		ok = fputs(sheet->begun ? "\n]\n" : "[]\n", sheet->file.file) >= 0 ||
		     err_set_errno(err, ERR_IO, sheet->file.path);
	if (ok)
		ok = path_new_commit(&sheet->file, err);
	else
		path_new_discard(&sheet->file);
	sheet_free(sheet);
	return ok;
}

void sheet_discard(struct sheet *sheet)
{
	if (!sheet)
		return;
	if (sheet->xlsx)
		sheet_xlsx_discard(sheet->xlsx);
	path_new_discard(&sheet->file);
	sheet_free(sheet);
}
