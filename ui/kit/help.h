/*
 * The help of a screen: what each key does, in groups, made from the tables of
 * actions and keys. A box that scrolls.
 */
#ifndef HELP_H
#define HELP_H

#include "overlay.h"

struct help_row {
	const char *keys; /* as printed; NULL: a heading */
	const char *text; /* translated; both are copied */
};

struct overlay *help_new(const char *title, const struct help_row *rows, size_t count) MUST_USE;

#endif
