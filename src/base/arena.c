#include "arena.h"

#include <stdarg.h>
#include <stdint.h>

#include "mem.h"

#define BLOCK_SIZE ((size_t)16 << 10)
#define ALIGNMENT (_Alignof(max_align_t))

struct arena_block {
	struct arena_block *next;
	size_t size;
	max_align_t data[];
};

static void arena_push(struct arena *a, size_t size)
{
	size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
	struct arena_block *b = mem_alloc(sizeof(*b) + room);

	b->size = room;
	b->next = a->head;
	a->head = b;
	a->used = 0;
}

void *arena_alloc(struct arena *a, size_t size)
{
	size_t need = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	void *p;

	if (need < size)
		abort();
	if (!a->head || a->head->size - a->used < need)
		arena_push(a, need);
	p = (char *)a->head->data + a->used;
	a->used += need;
	return p;
}

void *arena_zalloc(struct arena *a, size_t count, size_t size)
{
	void *p;

	if (size && count > SIZE_MAX / size)
		abort();
	p = arena_alloc(a, count * size);
	memset(p, 0, count * size);
	return p;
}

char *arena_strndup(struct arena *a, const char *s, size_t len)
{
	char *copy = arena_alloc(a, len + 1);

	memcpy(copy, s, len);
	copy[len] = '\0';
	return copy;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return arena_strndup(a, s, strlen(s));
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	int need;
	char *s;

	va_start(ap, fmt);
	need = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (need < 0)
		abort();
	s = arena_alloc(a, (size_t)need + 1);
	va_start(ap, fmt);
	vsnprintf(s, (size_t)need + 1, fmt, ap);
	va_end(ap);
	return s;
}

void arena_clear(struct arena *a)
{
	struct arena_block *keep = a->head;

	if (!keep)
		return;
	a->head = keep->next;
	arena_release(a);
	if (keep->size > BLOCK_SIZE) {
		free(keep);
		return;
	}
	keep->next = NULL;
	a->head = keep;
}

void arena_release(struct arena *a)
{
	while (a->head) {
		struct arena_block *next = a->head->next;

		free(a->head);
		a->head = next;
	}
	a->used = 0;
}
