/*
 * UTF-8 text as it is stored, stepped through and laid out in terminal cells.
 * Nothing here depends on the locale: the widths come from a table of our own.
 * Every function takes the length in bytes and never reads beyond it; a NUL is
 * a character like another. Any thread.
 *
 * A byte that is not part of well-formed UTF-8 counts as one U+FFFD of its own,
 * so that broken text can be shown, stepped through and corrected.
 */
#ifndef UTF8_H
#define UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "compiler.h"
#include "strbuf.h"

#define UTF8_REPLACEMENT 0xFFFDu /* stands for a byte that is not UTF-8 */
#define UTF8_MAX 4		 /* most bytes a code point takes */

/* RFC 3629: no surrogates, no overlong forms, nothing above U+10FFFF. */
bool utf8_valid(const char *s, size_t len) MUST_USE;
/* Reads one code point and returns the bytes it took: 0 only when `len` is 0;
 * 1 and UTF8_REPLACEMENT for a byte that is not UTF-8. `cp` may not be NULL. */
size_t utf8_decode(const char *s, size_t len, uint32_t *cp);
/* Writes one code point without a NUL and returns its bytes; what is not a code
 * point (a surrogate, over U+10FFFF) is written as U+FFFD. */
size_t utf8_encode(uint32_t cp, char out[UTF8_MAX]);
void utf8_add(struct strbuf *out, uint32_t cp);

/* The next and previous place where a cursor may stand: a base character goes
 * with its combining marks and with what a zero-width joiner ties to it.
 * `pos` is a byte offset; the ends answer themselves. */
size_t utf8_next(const char *s, size_t len, size_t pos) MUST_USE;
size_t utf8_prev(const char *s, size_t len, size_t pos) MUST_USE;

/* Control characters (C0, DEL, C1), line separators and bidirectional controls:
 * what may move the cursor, end a line or reorder a row of the terminal. */
bool utf8_is_control(uint32_t cp) MUST_USE;
/* Cells of one code point: 0 for a combining mark, 2 for a wide one, else 1. A
 * control is 1, for the sign that utf8_add_clean puts in its place. */
int utf8_char_width(uint32_t cp) MUST_USE;
/* Cells of a text, the sum over its code points. */
size_t utf8_width(const char *s, size_t len) MUST_USE;
/* Bytes of the longest head that fits in `cells` and ends where a cursor may
 * stand. */
size_t utf8_fit(const char *s, size_t len, size_t cells) MUST_USE;
/* Appends the text if it fits in `cells`, else its head and `ellipsis`, which is
 * itself cut when there is no room for all of it. */
void utf8_add_cut(
	struct strbuf *out, const char *s, size_t len, size_t cells, const char *ellipsis);

/* Appends the text made safe to draw on one line: tabs and line ends become a
 * space, other controls and bytes that are not UTF-8 become `instead` ("" drops
 * them). */
void utf8_add_clean(struct strbuf *out, const char *s, size_t len, const char *instead);

#endif
