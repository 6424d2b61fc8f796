/*
 * A growing string with a stated ceiling. `buf` is always a NUL-terminated
 * string, also while empty, so it can be printed at any moment; it may hold
 * NUL bytes of its own, `len` says how long it is. Any thread, one at a time.
 *
 * Once something did not fit under the ceiling, the buffer is `full`: what was
 * added so far stays, everything later is dropped, and the caller decides.
 */
#ifndef STRBUF_H
#define STRBUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "compiler.h"

struct strbuf {
	char *buf; /* owned, or a shared empty string while cap is 0 */
	size_t len;
	size_t cap;
	size_t max; /* most bytes it may hold; 0 means STRBUF_MAX */
	bool full;
};

#define STRBUF_MAX ((size_t)64 << 20)
extern char strbuf_empty[1];
#define STRBUF_INIT { .buf = strbuf_empty }
#define STRBUF_INIT_MAX(most) { .buf = strbuf_empty, .max = (most) }

void strbuf_init(struct strbuf *sb, size_t max);
/* Frees what it holds and leaves it as after strbuf_init. */
void strbuf_release(struct strbuf *sb);
/* Empties it, keeps the memory. */
void strbuf_clear(struct strbuf *sb);
/* Hands the string over, *owned* by the caller; the buffer is empty again. */
char *strbuf_detach(struct strbuf *sb) MUST_USE;

void strbuf_add(struct strbuf *sb, const void *data, size_t len);
void strbuf_adds(struct strbuf *sb, const char *s);
void strbuf_addc(struct strbuf *sb, char c);
void strbuf_addf(struct strbuf *sb, const char *fmt, ...) PRINTF(2, 3);
void strbuf_vaddf(struct strbuf *sb, const char *fmt, va_list ap) PRINTF(2, 0);
/* Cuts it to `len` bytes; longer than it is does nothing. */
void strbuf_truncate(struct strbuf *sb, size_t len);
/* Removes blanks at both ends. */
void strbuf_trim(struct strbuf *sb);

#endif
