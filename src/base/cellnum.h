/*
 * What a workbook stores in a cell, as the person sees it: numbers without
 * exponent, days where the number format shows a day. Decimal arithmetic on the
 * stored digits, never floating point. Pure; any thread.
 */
#ifndef CELLNUM_H
#define CELLNUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "compiler.h"
#include "strbuf.h"

/* Spreadsheets compute with 15 significant digits and store 17: 1234.56 comes
 * as 1234.5599999999999. */
#define CELLNUM_DIGITS 15

/* Appends "2.2670123456E10" as "22670123456", "-5E-1" as "-0.5", "1.50" as
 * "1.5". A whole number keeps all its digits; anything else is rounded to
 * CELLNUM_DIGITS, half away from zero, as every spreadsheet shows it. False,
 * with nothing appended, for what is not such a number or has an exponent
 * beyond 400. */
bool cellnum_add_decimal(struct strbuf *out, const char *s, size_t len) MUST_USE;

/* Splits a serial date, a decimal as above, into its whole days and the seconds
 * of the day, rounded; false when negative or too long for any calendar. */
bool cellnum_serial(const char *decimal, size_t len, int64_t *days, int32_t *seconds) MUST_USE;

/* Whether a number format shows a day or a time (ECMA-376 part 1, 18.8.30): by
 * its number, for those that every program knows, and by its code. */
bool cellnum_builtin_is_date(int64_t id) MUST_USE;
bool cellnum_format_is_date(const char *code) MUST_USE;

#endif
