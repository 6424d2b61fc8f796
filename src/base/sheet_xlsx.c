#include "sheet_xlsx.h"

#include <errno.h>
#include <fcntl.h>
#include <xlsxwriter.h>

#include "date.h"
#include "mem.h"
#include "num.h"
#include "package.h"
#include "path.h"
#include "strbuf.h"
#include "utf8.h"
#include "xmlread.h"

#define DECIMALS 7		   /* number formats, for 0 to 6 of them */
#define MAX_EXACT 1000000000000000 /* beyond it a spreadsheet loses digits */
#define MAX_TEXT 32767		   /* characters of a cell */
#define MAX_NAME 31		   /* characters of a sheet's name */
#define MARGIN ((int64_t)1 << 20)
#define SHEET_PART "xl/worksheets/sheet1.xml"

struct sheet_xlsx {
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *numbers[DECIMALS];
	lxw_format *day;
	const char *tmp;
	const char *path;
	size_t columns;
	lxw_row_t row;
	int64_t filled; /* rows with a cell, which are those that are stored */
	bool row_filled;
	lxw_error failed; /* of any call so far */
	struct strbuf text;
};

static void note(struct sheet_xlsx *x, lxw_error error)
{
	if (error && !x->failed)
		x->failed = error;
	x->row_filled = true;
}

/* The reason that the disk gives when libxlsxwriter has none to tell. */
static bool write_failed(const struct sheet_xlsx *x, const char *detail, struct err *err)
{
	struct err ignored = ERR_INIT;
	int64_t left = 0;
	bool full = errno == ENOSPC || errno == EDQUOT ||
		    (path_free_space(x->tmp, &left, &ignored) && left < MARGIN);

	return err_set(err, full ? ERR_DISK_FULL : ERR_IO, x->path, "%s", detail);
}

static lxw_format *number_format(lxw_workbook *book, int decimals)
{
	static const char code[] = "#,##0.000000";
	lxw_format *format = workbook_add_format(book);
	char cut[sizeof(code)];

	snprintf(cut, sizeof(cut), "%.*s", decimals ? 6 + decimals : 5, code);
	format_set_num_format(format, cut);
	return format;
}

/* What a sheet's name may hold: MAX_NAME characters and none of []:*?/\ nor an
 * apostrophe, which is refused at its ends. */
static void add_name(struct strbuf *out, const char *name)
{
	size_t len = strlen(name), at = 0;

	for (int n = 0; at < len && n < MAX_NAME; n++) {
		uint32_t cp;
		bool plain;

		at += utf8_decode(name + at, len - at, &cp);
		plain = !utf8_is_control(cp) && (cp >= 0x80 || !strchr("[]:*?/\\'", (int)cp));
		utf8_add(out, plain ? cp : '-');
	}
}

static bool add_sheet(struct sheet_xlsx *x, const char *name)
{
	struct strbuf clean = STRBUF_INIT;

	add_name(&clean, name);
	x->sheet = workbook_add_worksheet(x->book, clean.buf);
	strbuf_release(&clean);
	return x->sheet != NULL;
}

static void write_header(struct sheet_xlsx *x, const struct sheet_column *columns)
{
	lxw_format *bold = workbook_add_format(x->book);

	format_set_bold(bold);
	for (size_t i = 0; i < x->columns; i++) {
		lxw_col_t column = (lxw_col_t)i;

		if (columns[i].width)
			worksheet_set_column(x->sheet, column, column, columns[i].width, NULL);
		note(x, worksheet_write_string(x->sheet, 0, column, columns[i].title, bold));
	}
	worksheet_freeze_panes(x->sheet, 1, 0);
}

/* The folder of the new file also takes the library's temporary files, so that
 * there is one disk to be full, and nothing of it lies elsewhere. */
static lxw_workbook *new_book(const char *tmp)
{
	char *folder = mem_strdup(tmp);
	char *slash = strrchr(folder, '/');
	lxw_workbook_options options = { .constant_memory = 1 };
	lxw_workbook *book;

	if (slash)
		slash[slash == folder] = '\0';
	options.tmpdir = slash ? folder : NULL;
	book = workbook_new_opt(tmp, &options);
	free(folder);
	return book;
}

struct sheet_xlsx *sheet_xlsx_open(const char *tmp, const char *path, const char *name,
	const struct sheet_column *columns, size_t n, struct err *err)
{
	struct sheet_xlsx *x = mem_zalloc(1, sizeof(*x));

	x->tmp = tmp;
	x->path = path;
	x->columns = n;
	strbuf_init(&x->text, 0);
	errno = 0;
	x->book = new_book(tmp);
	if (!x->book || !add_sheet(x, name)) {
		write_failed(x, "the workbook could not be begun", err);
		sheet_xlsx_discard(x);
		return NULL;
	}
	x->day = workbook_add_format(x->book);
	format_set_num_format_index(x->day, 14); /* a day as the reader's system writes it */
	for (int i = 0; i < DECIMALS; i++)
		x->numbers[i] = number_format(x->book, i);
	write_header(x, columns);
	if (sheet_xlsx_end_row(x, err))
		return x;
	sheet_xlsx_discard(x);
	return NULL;
}

void sheet_xlsx_discard(struct sheet_xlsx *x)
{
	if (x->book)
		lxw_workbook_free(x->book);
	strbuf_release(&x->text);
	free(x);
}

void sheet_xlsx_text(struct sheet_xlsx *x, size_t column, const char *text)
{
	size_t len = strlen(text), at = 0;

	if (!len)
		return;
	strbuf_clear(&x->text);
	for (int n = 0; at < len && n < MAX_TEXT; n++) {
		uint32_t cp;

		at += utf8_decode(text + at, len - at, &cp);
		/* The two that XML has no way to write. */
		utf8_add(&x->text, cp == 0xfffe || cp == 0xffff ? UTF8_REPLACEMENT : cp);
	}
	note(x, worksheet_write_string(x->sheet, x->row, (lxw_col_t)column, x->text.buf, NULL));
}

void sheet_xlsx_decimal(struct sheet_xlsx *x, size_t column, int64_t n, int decimals)
{
	static const double unit[DECIMALS] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6 };

	if (n > MAX_EXACT || n < -MAX_EXACT) {
		/* As text it is at least right. */
		struct strbuf text = STRBUF_INIT;

		num_format_with(&text, n, decimals, "", '.');
		sheet_xlsx_text(x, column, text.buf);
		strbuf_release(&text);
		return;
	}
	note(x, worksheet_write_number(x->sheet, x->row, (lxw_col_t)column,
			(double)n / unit[decimals], x->numbers[decimals]));
}

void sheet_xlsx_day(struct sheet_xlsx *x, size_t column, int32_t day)
{
	struct strbuf text = STRBUF_INIT;
	int32_t serial;

	if (date_to_excel(day, false, &serial)) {
		note(x, worksheet_write_number(
				x->sheet, x->row, (lxw_col_t)column, serial, x->day));
		return;
	}
	date_add_iso(&text, day);
	sheet_xlsx_text(x, column, text.buf);
	strbuf_release(&text);
}

void sheet_xlsx_bool(struct sheet_xlsx *x, size_t column, bool value)
{
	note(x, worksheet_write_boolean(x->sheet, x->row, (lxw_col_t)column, value, NULL));
}

bool sheet_xlsx_end_row(struct sheet_xlsx *x, struct err *err)
{
	if (x->row > SHEET_MAX_ROWS)
		return err_set(err, ERR_SHEET_FULL, x->path, "%s", "rows");
	x->row++;
	x->filled += x->row_filled;
	x->row_filled = false;
	errno = 0;
	if (x->failed)
		return write_failed(x, lxw_strerror(x->failed), err);
	if (ferror(x->sheet->optimize_tmpfile))
		return write_failed(x, "the rows could not be kept", err);
	return true;
}

/* Whether there is room for what closing the workbook writes: the rows once
 * more, and packed. Without, libxlsxwriter would complain on the terminal. */
static bool check_room(struct sheet_xlsx *x, struct err *err)
{
	FILE *rows = x->sheet->optimize_tmpfile;
	int64_t left, size;

	errno = 0;
	if (fflush(rows) || ferror(rows))
		return write_failed(x, "the rows could not be kept", err);
	size = ftello(rows);
	if (size > PACKAGE_MAX_TOTAL - MARGIN)
		return err_set(err, ERR_SHEET_FULL, x->path, "%lld bytes", (long long)size);
	if (!path_free_space(x->tmp, &left, err))
		return false;
	if (left < size + size / 4 + MARGIN)
		return err_set(err, ERR_DISK_FULL, x->path, "%lld bytes left for %lld",
			(long long)left, (long long)size);
	return true;
}

static void count_row(struct xmlread *xml, void *ctx, const char *name, const char **attrs)
{
	(void)xml;
	(void)attrs;
	*(int64_t *)ctx += !strcmp(name, "row");
}

static void count_nothing(struct xmlread *xml, void *ctx, const char *name)
{
	(void)xml;
	(void)ctx;
	(void)name;
}

/* Reads the workbook back: every row must be there, and the XML go to its end. */
static bool check_written(const char *tmp, const char *path, int64_t filled, struct err *err)
{
	static const struct xmlread_ops ops = { count_row, count_nothing, NULL };
	struct err why = ERR_INIT;
	struct package *package;
	int64_t rows = 0;
	bool ok;
	int fd = open(tmp, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return err_set_errno(err, ERR_IO, path);
	package = package_open(fd, path, &why);
	ok = package && xmlread_part_all(package, SHEET_PART, &ops, &rows, &why) && rows == filled;
	package_close(package);
	if (ok)
		return true;
	return err_set(err, ERR_DISK_FULL, path, "%lld of %lld rows were kept: %s", (long long)rows,
		(long long)filled, why.detail);
}

bool sheet_xlsx_finish(struct sheet_xlsx *x, struct err *err)
{
	lxw_error error;
	bool ok = false;

	if (!check_room(x, err))
		goto out;
	worksheet_autofilter(x->sheet, 0, 0, x->row - 1, (lxw_col_t)(x->columns - 1));
	errno = 0;
	error = workbook_close(x->book);
	x->book = NULL;
	if (error)
		write_failed(x, lxw_strerror(error), err);
	else
		ok = check_written(x->tmp, x->path, x->filled, err);
out:
	sheet_xlsx_discard(x);
	return ok;
}
