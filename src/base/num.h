/*
 * Whole numbers as they stand in arguments, settings and protocols: digits with
 * an optional minus sign, nothing before or after, whatever the locale. Amounts
 * and numbers as people type them are money.h's. Any thread.
 */
#ifndef NUM_H
#define NUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "compiler.h"

/* False, and `out` untouched, unless all of `s` is one number in min..max. */
bool num_parse_i64(const char *s, int64_t min, int64_t max, int64_t *out) MUST_USE;
/* The same for a count or a size, 0..max. */
bool num_parse_size(const char *s, size_t max, size_t *out) MUST_USE;

#endif
