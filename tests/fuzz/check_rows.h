/*
 * What must hold of any rows whatever their source, for the fuzz targets: cells
 * are UTF-8 and end with a NUL, lines only go up, and reading that stops and
 * goes on at a mark, at every row, sees the same rows as reading straight on.
 */
#ifndef CHECK_ROWS_H
#define CHECK_ROWS_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "rows.h"
#include "utf8.h"

/* The entry that libFuzzer and driver.c call. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void must(bool holds)
{
	if (!holds)
		abort();
}

static inline uint64_t mix(uint64_t hash, const void *data, size_t len)
{
	const unsigned char *p = data;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ p[i]) * UINT64_C(0x100000001b3);
	return hash;
}

static inline uint64_t check_row(uint64_t hash, const struct row *row, enum rows_status status)
{
	must(row->line >= 1 && row->n >= 1 && row->n <= ROWS_MAX_COLUMNS);
	must((status == ROW_BAD) == (row->fault != ROW_FINE));
	must(status == ROW_OK || row->n == 1);
	hash = mix(hash, &row->line, sizeof(row->line));
	hash = mix(hash, &row->fault, sizeof(row->fault));
	for (size_t i = 0; i < row->n; i++) {
		const struct cell *cell = &row->cells[i];

		must(cell->text[cell->len] == '\0' && utf8_valid(cell->text, cell->len));
		must(status == ROW_BAD || (cell->kind == CELL_EMPTY) == !cell->len);
		hash = mix(hash, cell->text, cell->len + 1);
		hash = mix(hash, &cell->kind, sizeof(cell->kind));
	}
	return hash;
}

/* Reads to the end and returns a hash of all rows; with `stops`, each row is
 * read after a seek to the mark that stands before it. */
static inline uint64_t read_all(struct rows *rows, int stops, int *n)
{
	struct err err = ERR_INIT;
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (*n = 0;; ++*n) {
		struct rows_mark mark = rows_mark(rows);
		struct row row;
		enum rows_status status;

		must(mark.offset >= 0 && mark.line >= 1);
		if (*n < stops)
			must(rows_seek(rows, mark, &err));
		status = rows_next(rows, &row, &err);
		if (status == ROW_END || status == ROW_FAIL) {
			must(status == ROW_END || err.code != ERR_NONE);
			return mix(hash, &status, sizeof(status));
		}
		hash = check_row(hash, &row, status);
	}
}

static inline void check_rows(struct rows *rows, int most_stops)
{
	struct rows_mark first = rows_mark(rows);
	struct err err = ERR_INIT;
	int straight, stopping;
	uint64_t hash = read_all(rows, 0, &straight);

	must(rows_seek(rows, first, &err));
	must(read_all(rows, most_stops, &stopping) == hash);
	must(straight == stopping);
}

#endif
