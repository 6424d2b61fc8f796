/*
 * Everything that can be done, found by typing a part of its name, whatever the
 * case and the accents.
 */
#ifndef PALETTE_H
#define PALETTE_H

#include "overlay.h"

struct palette_item {
	const char *name; /* stable, also searched */
	const char *text; /* translated: what it does */
	const char *keys; /* as printed, "" for none; all three are copied */
	int value;	  /* the answer */
};

struct overlay *palette_new(const struct palette_item *items, size_t count) MUST_USE;

#endif
