/*
 * Memory that is given back all at once: a page of rows, one screen's worth of
 * text, a parsed filter. Pointers into it are *borrowed until* arena_clear or
 * arena_release. One thread at a time.
 */
#ifndef ARENA_H
#define ARENA_H

#include <stddef.h>

#include "compiler.h"

struct arena_block;

struct arena {
	struct arena_block *head;
	size_t used; /* bytes of the newest block in use */
};

#define ARENA_INIT { .head = NULL }

/* Aligned for any type, not zeroed. */
void *arena_alloc(struct arena *a, size_t size) MUST_USE;
void *arena_zalloc(struct arena *a, size_t count, size_t size) MUST_USE;
char *arena_strdup(struct arena *a, const char *s) MUST_USE;
char *arena_strndup(struct arena *a, const char *s, size_t len) MUST_USE;
char *arena_printf(struct arena *a, const char *fmt, ...) PRINTF(2, 3) MUST_USE;
/* Forgets everything and keeps one block for the next use. */
void arena_clear(struct arena *a);
void arena_release(struct arena *a);

#endif
