#include "rows.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "csv.h"
#include "i18n.h"
#include "mem.h"
#include "ole.h"
#include "xlsx.h"

/* One of the two readers, the other is NULL. */
struct rows {
	struct csv *csv;
	struct xlsx *xlsx;
	struct rows_facts facts;
};

static const struct {
	const char *name;
	const char *sentence;
} faults[ROW_FAULT_COUNT] = {
	[ROW_FINE] = { "FINE", "" },
	[ROW_UNBALANCED_QUOTE] = { "UNBALANCED_QUOTE",
		N_("A quote opens on this line and is never closed. Close it, or take it out.") },
	[ROW_STRAY_QUOTE] = { "STRAY_QUOTE",
		N_("A quoted cell has a quote inside it. Write it twice (\"\"), or take it out.") },
	[ROW_LINE_TOO_LONG] = { "LINE_TOO_LONG", N_("The line is longer than 1 MB, more than any "
						    "row of a table. Shorten or remove it.") },
	[ROW_NUL_BYTE] = { "NUL_BYTE", N_("The line has bytes of zero in it: the file was damaged, "
					  "or is no text. Export it again.") },
	[ROW_BAD_ENCODING] = { "BAD_ENCODING", N_("The line has characters in another encoding "
						  "than the rest. Save the file as UTF-8.") },
	[ROW_TOO_MANY_COLUMNS] = { "TOO_MANY_COLUMNS",
		N_("The line has more than 512 columns. Remove those that are not needed.") },
};

const char *row_fault_name(enum row_fault fault)
{
	return faults[fault].name;
}

const char *row_fault_sentence(enum row_fault fault)
{
	return faults[fault].sentence;
}

/* Files that some people take for a table, by how they begin. */
static const struct {
	const char *begins;
	size_t len;
	enum err_code code;
} strangers[] = {
	{ "%PDF-", 5, ERR_NOT_A_TABLE },
	{ "\x89PNG", 4, ERR_NOT_A_TABLE },
	{ "\xff\xd8\xff", 3, ERR_NOT_A_TABLE },
	{ "GIF8", 4, ERR_NOT_A_TABLE },
	{ "{\\rtf", 5, ERR_NOT_A_TABLE },
	{ "\x1f\x8b", 2, ERR_NOT_A_TABLE },
	{ "Rar!", 4, ERR_NOT_A_TABLE },
	{ "7z\xbc\xaf", 4, ERR_NOT_A_TABLE },
	{ "SQLite format 3", 15, ERR_NOT_A_TABLE },
	{ "\x7f"
	  "ELF",
		4, ERR_NOT_A_TABLE },
	{ "<!DOCTYPE", 9, ERR_MARKUP_TABLE },
	{ "<html", 5, ERR_MARKUP_TABLE },
	{ "<HTML", 5, ERR_MARKUP_TABLE },
	{ "<table", 6, ERR_MARKUP_TABLE },
	{ "<?xml", 5, ERR_MARKUP_TABLE },
};

static bool refuse_strangers(const char *head, size_t len, const char *path, struct err *err)
{
	size_t skip = 0, bom_len;

	charset_of_bom((const unsigned char *)head, len, &bom_len);
	if (bom_len == 3)
		skip = bom_len;
	while (skip < len && strchr(" \t\r\n", head[skip]) && head[skip])
		skip++;
	for (size_t i = 0; i < ARRAY_SIZE(strangers); i++) {
		if (len - skip >= strangers[i].len &&
			!memcmp(head + skip, strangers[i].begins, strangers[i].len))
			return err_set(err, strangers[i].code, path, "%s", "");
	}
	return true;
}

static bool refuse_ole(int fd, const char *path, struct err *err)
{
	switch (ole_kind(fd)) {
	case OLE_NOT:
		break;
	case OLE_ENCRYPTED:
		return err_set(err, ERR_XLSX_PROTECTED, path, "%s", "EncryptedPackage");
	case OLE_XLS:
		return err_set(err, ERR_XLS_OLD, path, "%s", "OLE2 workbook");
	case OLE_OTHER:
		return err_set(err, ERR_NOT_A_WORKBOOK, path, "%s", "OLE2");
	}
	return true;
}

/* Opens a regular file for reading; -1 with an error. */
static int open_regular(const char *path, int64_t *size, struct err *err)
{
	/* Not blocking, so that a named pipe is refused rather than waited for. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;

	if (fd < 0) {
		err_set_errno(err, ERR_IO, path);
		return -1;
	}
	if (fstat(fd, &st) < 0)
		err_set_errno(err, ERR_IO, path);
	else if (S_ISDIR(st.st_mode))
		err_set(err, ERR_IS_FOLDER, path, "%s", "");
	else if (!S_ISREG(st.st_mode))
		err_set(err, ERR_NOT_A_TABLE, path, "mode %o", (unsigned)st.st_mode);
	else if (!st.st_size)
		err_set(err, ERR_FILE_EMPTY, path, "%s", "");
	else {
		*size = st.st_size;
		return fd;
	}
	close(fd);
	return -1;
}

/* Opens the file and judges what it is by its first bytes; -1 with an error
 * when it is nothing that holds rows. */
static int open_table(const char *path, enum rows_format *format, int64_t *size, struct err *err)
{
	char head[512];
	int fd = open_regular(path, size, err);
	ssize_t got;

	if (fd < 0)
		return -1;
	got = pread(fd, head, sizeof(head), 0);
	if (got < 0) {
		err_set_errno(err, ERR_IO, path);
	} else if (got >= 4 && (!memcmp(head, "PK\3\4", 4) || !memcmp(head, "PK\5\6", 4))) {
		*format = ROWS_XLSX;
		return fd;
	} else if (refuse_strangers(head, (size_t)got, path, err) && refuse_ole(fd, path, err)) {
		*format = ROWS_CSV;
		return fd;
	}
	close(fd);
	return -1;
}

static struct rows *rows_keep(const struct rows *opened)
{
	struct rows *rows = mem_zalloc(1, sizeof(*rows));

	*rows = *opened;
	if (rows->csv)
		csv_facts(rows->csv, &rows->facts);
	else
		xlsx_facts(rows->xlsx, &rows->facts);
	return rows;
}

struct rows *rows_open_file(const char *path, const struct rows_options *options, struct err *err)
{
	static const struct rows_options defaults;
	struct rows rows = { .csv = NULL };
	enum rows_format format;
	int64_t size;
	int fd = open_table(path, &format, &size, err);

	if (fd < 0)
		return NULL;
	if (!options)
		options = &defaults;
	if (format == ROWS_CSV) {
		rows.csv = csv_open_fd(fd, path, size, options, err);
		return rows.csv ? rows_keep(&rows) : NULL;
	}
	rows.xlsx = xlsx_open(fd, path, err);
	if (rows.xlsx && xlsx_choose(rows.xlsx, options->sheet, err))
		return rows_keep(&rows);
	xlsx_close(rows.xlsx);
	return NULL;
}

/* A paste is small and stands in memory, so its rows are counted first: it is
 * refused as a whole rather than in the middle. */
static bool check_pasted(struct csv *csv, struct err *err)
{
	struct rows_mark first = csv_mark(csv);
	struct row row;
	size_t n = 0;

	for (;;) {
		enum rows_status status = csv_next(csv, &row, err);

		if (status == ROW_FAIL)
			return false;
		if (status == ROW_END)
			return csv_seek(csv, first, err);
		if (++n > ROWS_MAX_PASTED)
			return err_set(err, ERR_PASTE_TOO_LONG, "", "%s", "");
	}
}

struct rows *rows_open_text(
	const char *text, size_t len, const struct rows_options *options, struct err *err)
{
	struct rows_options how = { .charset = CHARSET_UTF8 };
	struct rows rows = { .csv = NULL };

	if (!len) {
		err_set(err, ERR_PASTE_EMPTY, "", "%s", "");
		return NULL;
	}
	if (options)
		how.delimiter = options->delimiter;
	rows.csv = csv_open_text(text, len, &how, err);
	if (!rows.csv)
		return NULL;
	if (check_pasted(rows.csv, err))
		return rows_keep(&rows);
	csv_close(rows.csv);
	return NULL;
}

void rows_close(struct rows *rows)
{
	if (!rows)
		return;
	csv_close(rows->csv);
	xlsx_close(rows->xlsx);
	free(rows);
}

enum rows_status rows_next(struct rows *rows, struct row *out, struct err *err)
{
	return rows->csv ? csv_next(rows->csv, out, err) : xlsx_next(rows->xlsx, out, err);
}

const struct rows_facts *rows_facts(const struct rows *rows)
{
	return &rows->facts;
}

int64_t rows_tell(const struct rows *rows)
{
	return rows->csv ? csv_mark(rows->csv).offset : xlsx_tell(rows->xlsx);
}

int64_t rows_size(const struct rows *rows)
{
	return rows->csv ? csv_size(rows->csv) : xlsx_size(rows->xlsx);
}

struct rows_mark rows_mark(const struct rows *rows)
{
	return rows->csv ? csv_mark(rows->csv) : xlsx_mark(rows->xlsx);
}

bool rows_seek(struct rows *rows, struct rows_mark mark, struct err *err)
{
	return rows->csv ? csv_seek(rows->csv, mark, err) : xlsx_seek(rows->xlsx, mark, err);
}

bool rows_sheets(const char *path, struct rows_sheets *out, struct err *err)
{
	enum rows_format format;
	struct xlsx *xlsx;
	int64_t size;
	int fd = open_table(path, &format, &size, err);

	*out = (struct rows_sheets){ .names = NULL };
	if (fd < 0)
		return false;
	if (format == ROWS_CSV) {
		close(fd);
		return true;
	}
	xlsx = xlsx_open(fd, path, err);
	if (!xlsx)
		return false;
	out->n = xlsx_sheet_count(xlsx);
	out->names = mem_zalloc(out->n, sizeof(*out->names));
	for (size_t i = 0; i < out->n; i++)
		out->names[i] = mem_strdup(xlsx_sheet_name(xlsx, i));
	xlsx_close(xlsx);
	return true;
}

void rows_sheets_release(struct rows_sheets *sheets)
{
	for (size_t i = 0; i < sheets->n; i++)
		free(sheets->names[i]);
	free(sheets->names);
	*sheets = (struct rows_sheets){ .names = NULL };
}
