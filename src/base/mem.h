/*
 * Allocation that never returns NULL: out of memory ends the program, because
 * no caller could do better. Owned by whoever called; release with free().
 * Any thread.
 */
#ifndef MEM_H
#define MEM_H

#include <stddef.h>

#include "compiler.h"

void *mem_alloc(size_t size) MUST_USE;
/* Zeroed; size * count is checked for overflow. */
void *mem_zalloc(size_t count, size_t size) MUST_USE;
void *mem_realloc(void *p, size_t count, size_t size) MUST_USE;
char *mem_strdup(const char *s) MUST_USE;
char *mem_strndup(const char *s, size_t len) MUST_USE;

#endif
