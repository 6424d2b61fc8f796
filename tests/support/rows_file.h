/*
 * Tables written down in a test and read back as one string, so that a test
 * compares all of it: "1:a|b\n" is line 1 with two cells, "2!NUL_BYTE:text\n" a
 * line that could not be used, "FAIL CODE" the end of a file that broke off.
 */
#ifndef ROWS_FILE_H
#define ROWS_FILE_H

#include <fcntl.h>
#include <unistd.h>

#include "rows.h"
#include "strbuf.h"

struct table_file {
	char path[64];
};

static inline struct table_file table_write(const void *data, size_t len)
{
	struct table_file file = { "/tmp/ecompta-table-XXXXXX" };
	int fd = mkstemp(file.path);

	assert_true(fd >= 0);
	while (len) {
		ssize_t n = write(fd, data, len);

		assert_true(n > 0);
		data = (const char *)data + n;
		len -= (size_t)n;
	}
	close(fd);
	return file;
}

static inline void table_cell(struct strbuf *out, const struct cell *cell)
{
	assert_int_equal(cell->text[cell->len], '\0');
	switch (cell->kind) {
	case CELL_NUMBER:
		strbuf_adds(out, "#");
		break;
	case CELL_DATE:
		strbuf_addf(out, "@%d=", cell->day);
		break;
	case CELL_BOOL:
		strbuf_adds(out, "?");
		break;
	case CELL_ERROR:
		strbuf_adds(out, "!");
		break;
	case CELL_EMPTY:
		assert_int_equal(cell->len, 0);
		break;
	case CELL_TEXT:
		break;
	}
	strbuf_add(out, cell->text, cell->len);
}

/* Adds the next row to `out`; false after the last. */
static inline bool table_row(struct rows *rows, struct strbuf *out)
{
	struct err err = ERR_INIT;
	struct row row;
	enum rows_status status = rows_next(rows, &row, &err);

	if (status == ROW_END)
		return false;
	if (status == ROW_FAIL) {
		strbuf_addf(out, "FAIL %s", err_name(err.code));
		return false;
	}
	strbuf_addf(out, "%lld", (long long)row.line);
	if (status == ROW_BAD)
		strbuf_addf(out, "!%s", row_fault_name(row.fault));
	for (size_t i = 0; i < row.n; i++) {
		strbuf_addc(out, i ? '|' : ':');
		table_cell(out, &row.cells[i]);
	}
	strbuf_addc(out, '\n');
	return true;
}

static inline void table_read(struct rows *rows, struct strbuf *out)
{
	strbuf_clear(out);
	while (table_row(rows, out))
		;
}

#endif
