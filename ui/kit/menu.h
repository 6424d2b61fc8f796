/*
 * A menu: lines to choose from with the arrows or by their letter. With `checks`
 * Space turns lines on and off and Enter takes them all.
 */
#ifndef MENU_H
#define MENU_H

#include "overlay.h"
#include "vec.h"

struct menu_item {
	uint32_t letter;   /* 0: none */
	const char *label; /* translated; copied */
	const char *note;  /* to the right, may be NULL; copied */
	int value;	   /* the answer */
	bool checked;
	bool off; /* shown but not to be chosen: its note says why */
};

struct menu_spec {
	const char *title; /* translated; copied */
	const struct menu_item *items;
	size_t count;
	int current; /* value the cursor starts on */
	bool checks; /* the answer's text is the values that are on, "1,4,5" */
};

struct overlay *menu_new(const struct menu_spec *spec) MUST_USE;

#endif
