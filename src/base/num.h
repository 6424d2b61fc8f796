/*
 * Numbers. Read as they stand in arguments, settings and protocols: digits with
 * an optional minus sign, nothing before or after, whatever the locale (what
 * people type in columns of amounts is money.h's). Written for people, in their
 * language: 14 250 000 or 14,250,000. Any thread.
 *
 * A number with decimals is a whole number of its smallest unit: 123450 with 2
 * decimals is 1 234,50. Nothing here is floating point.
 */
#ifndef NUM_H
#define NUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "compiler.h"
#include "lang.h"
#include "strbuf.h"

/* False, and `out` untouched, unless all of `s` is one number in min..max. */
bool num_parse_i64(const char *s, int64_t min, int64_t max, int64_t *out) MUST_USE;
/* The same for a count or a size, 0..max. */
bool num_parse_size(const char *s, size_t max, size_t *out) MUST_USE;

#define NUM_DECIMALS_MAX 18

/* Appends `n` with `decimals` (0..NUM_DECIMALS_MAX) of its digits after the mark,
 * grouped by three: with U+00A0 and a comma in French, a comma and a point in
 * English. */
void num_format(struct strbuf *out, int64_t n, int decimals, enum lang lang);
/* The same with the marks given; `group` may be "". */
void num_format_with(struct strbuf *out, int64_t n, int decimals, const char *group, char mark);
/* The same without the minus sign, for what comes between the two. */
void num_format_magnitude(
	struct strbuf *out, int64_t n, int decimals, const char *group, char mark);
/* Tenths of a percent: 981 is "98,1 %" (with U+00A0) or "98.1%". */
void num_format_percent(struct strbuf *out, int64_t tenths, enum lang lang);

#endif
