/*
 * A table on its way out: the same calls write CSV, an XLSX workbook or JSON,
 * one row at a time, in flat memory. The file appears under its name only when
 * it is complete and on the disk, 0600; until then, and after any error, what
 * was there before is untouched.
 *
 *	s = sheet_create(path, &options, columns, n, err);
 *	while (rows) {
 *		sheet_id(s, id); sheet_text(s, name); sheet_decimal(s, minor, 2);
 *		if (!sheet_end_row(s, err)) goto fail;
 *	}
 *	ok = sheet_finish(s, err);
 *
 * Each call fills the next cell of the row; cells that are left out are empty.
 * Owns the file that is being written. One thread at a time.
 */
#ifndef SHEET_H
#define SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "compiler.h"
#include "err.h"

enum sheet_format { SHEET_CSV, SHEET_XLSX, SHEET_JSON };

#define SHEET_MAX_ROWS 1048575 /* of a workbook, below its header */

struct sheet_column {
	const char *key;   /* name of the member in JSON */
	const char *title; /* the header, already in the person's language */
	int width;	   /* of a workbook's column, in digits; 0: as usual */
};

struct sheet_options {
	enum sheet_format format;
	char delimiter;	   /* of CSV; 0 is ';' */
	char decimal_mark; /* of CSV; 0 is '.' */
	bool bom;	   /* of CSV: Excel takes a file without one for Windows-1252 */
	const char *name;  /* of a workbook's sheet; NULL is "Export" */
};

struct sheet;

/* Columns and options are *borrowed until* it is finished or discarded. Writes
 * the header. */
struct sheet *sheet_create(const char *path, const struct sheet_options *options,
	const struct sheet_column *columns, size_t n, struct err *err) MUST_USE;
/* Puts the file in its place and releases the sheet in every case. */
bool sheet_finish(struct sheet *sheet, struct err *err) MUST_USE;
void sheet_discard(struct sheet *sheet);

/* NULL is an empty cell. In CSV a text that a spreadsheet would calculate
 * (= + - @ or a tab first, and not just a number or phone) gets a ' before it,
 * which csv.h takes off again. */
void sheet_text(struct sheet *sheet, const char *text);
/* Text in a workbook and in JSON: both round numbers over 2^53. */
void sheet_id(struct sheet *sheet, int64_t id);
void sheet_int(struct sheet *sheet, int64_t n);
/* A number with `decimals` (0 to 6) digits after the mark: 1250, 2 is 12.50. */
void sheet_decimal(struct sheet *sheet, int64_t n, int decimals);
/* A real date in a workbook, else 2026-11-17; DAY_NONE is an empty cell. */
void sheet_day(struct sheet *sheet, int32_t day);
void sheet_bool(struct sheet *sheet, bool value);
void sheet_blank(struct sheet *sheet);
/* SHEET_FULL over SHEET_MAX_ROWS, DISK_FULL, IO: then only discard is left. */
bool sheet_end_row(struct sheet *sheet, struct err *err) MUST_USE;

#endif
