/*
 * The sheets of an XLSX workbook (ECMA-376 part 1, chapter 18) as rows of
 * cells. Used through rows.h; one row is in memory at a time, besides the
 * strings that the sheets share, which have a ceiling of their own.
 *
 * Values come as the workbook stores them: a formula by its last result, a
 * number as the digits that a spreadsheet shows (cellnum.h), a day where the
 * cell's number format shows one. One thread at a time.
 */
#ifndef XLSX_H
#define XLSX_H

#include "rows.h"

#define XLSX_MAX_STRINGS ((size_t)256 << 20) /* bytes of shared strings */
#define XLSX_MAX_SHEETS 1024
#define XLSX_MAX_STYLES 65536

struct xlsx;

/* `fd` is *taken*, also on error. Refuses with NOT_A_WORKBOOK, ODS, XLS_OLD,
 * XLSX_PROTECTED, XLSX_DAMAGED, XLSX_BOMB, XLSX_TOO_LARGE. */
struct xlsx *xlsx_open(int fd, const char *path, struct err *err) MUST_USE;
void xlsx_close(struct xlsx *xlsx);

size_t xlsx_sheet_count(const struct xlsx *xlsx);
/* *Borrowed until* xlsx_close. */
const char *xlsx_sheet_name(const struct xlsx *xlsx, size_t sheet);

/* Makes that sheet the one that is read, from its first row. With NULL the
 * first that has a filled cell, visible ones before hidden ones. FILE_EMPTY if
 * no sheet has any. */
bool xlsx_choose(struct xlsx *xlsx, const char *name, struct err *err) MUST_USE;

enum rows_status xlsx_next(struct xlsx *xlsx, struct row *out, struct err *err) MUST_USE;
void xlsx_facts(const struct xlsx *xlsx, struct rows_facts *out);
int64_t xlsx_tell(const struct xlsx *xlsx);
int64_t xlsx_size(const struct xlsx *xlsx);
/* The offset of a mark is the number of rows before it. */
struct rows_mark xlsx_mark(const struct xlsx *xlsx);
bool xlsx_seek(struct xlsx *xlsx, struct rows_mark mark, struct err *err) MUST_USE;

#endif
