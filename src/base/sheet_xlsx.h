/*
 * The workbook that sheet.c writes, through libxlsxwriter in its constant memory
 * mode. The only home of xlsxwriter.h. Used by sheet.c alone.
 *
 * libxlsxwriter does not look at what becomes of its temporary files, so a disk
 * that fills up may leave a workbook that ends in the middle while every call
 * succeeds. Therefore the space is measured before, and the workbook is read
 * back after it was written.
 */
#ifndef SHEET_XLSX_H
#define SHEET_XLSX_H

#include "sheet.h"

struct sheet_xlsx;

/* Writes to `tmp`, which exists; `path` is its later name, for errors. Both are
 * *borrowed until* the end, as are the columns. */
struct sheet_xlsx *sheet_xlsx_open(const char *tmp, const char *path, const char *name,
	const struct sheet_column *columns, size_t n, struct err *err) MUST_USE;
bool sheet_xlsx_finish(struct sheet_xlsx *x, struct err *err) MUST_USE;
void sheet_xlsx_discard(struct sheet_xlsx *x);

void sheet_xlsx_text(struct sheet_xlsx *x, size_t column, const char *text);
void sheet_xlsx_decimal(struct sheet_xlsx *x, size_t column, int64_t n, int decimals);
void sheet_xlsx_day(struct sheet_xlsx *x, size_t column, int32_t day);
void sheet_xlsx_bool(struct sheet_xlsx *x, size_t column, bool value);
bool sheet_xlsx_end_row(struct sheet_xlsx *x, struct err *err) MUST_USE;

#endif
