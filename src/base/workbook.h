/*
 * What stands around the sheets of an XLSX workbook: their names and parts, the
 * strings they share, which cell styles show a day. Read once when a workbook
 * is opened; then only looked at. Used by xlsx.c.
 */
#ifndef WORKBOOK_H
#define WORKBOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "compiler.h"
#include "err.h"
#include "package.h"
#include "strbuf.h"
#include "vec.h"

struct workbook_sheet {
	char *name;
	char *part;
	bool hidden;
};

struct workbook {
	struct package *package; /* borrowed */
	VEC(struct workbook_sheet) sheets;
	bool from_1904;
	VEC(bool) style_is_date; /* by cell style */
	struct strbuf strings;	 /* each ends with a NUL */
	VEC(uint32_t) starts;	 /* of each string, and the end of the last */
	char *strings_part;	 /* NULL: none */
	bool strings_read;
};

/* Sheets and styles; the package is *borrowed until* workbook_release. */
bool workbook_read(
	struct workbook *book, struct package *package, const char *path, struct err *err) MUST_USE;
/* The shared strings, at most XLSX_MAX_STRINGS; later calls do nothing. */
bool workbook_read_strings(struct workbook *book, struct err *err) MUST_USE;
void workbook_release(struct workbook *book);

/* NULL for an index that no string has. */
const char *workbook_string(const struct workbook *book, size_t index, size_t *len);
bool workbook_style_is_date(const struct workbook *book, size_t style);

/* Turns _x000D_ and the like, by which a workbook writes characters that XML
 * has not, into what they stand for, in place; returns the new length. */
size_t workbook_unescape(char *text, size_t len);

#endif
