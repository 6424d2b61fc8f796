/*
 * A growing array of one type: struct { T *items; size_t len, cap; }. Release
 * with vec_release; the items themselves are the caller's business.
 */
#ifndef VEC_H
#define VEC_H

#include "mem.h"

#define VEC(type) struct { type *items; size_t len, cap; }

#define vec_push(v, item)                                                              \
	do {                                                                           \
		if ((v)->len == (v)->cap) {                                            \
			(v)->cap = (v)->cap ? (v)->cap * 2 : 8;                        \
			(v)->items = mem_realloc((v)->items, (v)->cap,                 \
				sizeof(*(v)->items));                                  \
		}                                                                      \
		(v)->items[(v)->len++] = (item);                                       \
	} while (0)

#define vec_release(v)                                                                 \
	do {                                                                           \
		free((v)->items);                                                      \
		(v)->items = NULL;                                                     \
		(v)->len = (v)->cap = 0;                                               \
	} while (0)

#endif
