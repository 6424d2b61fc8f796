/* A line of tabs, the screens or the parts of one; the open one stands in brackets. */
#ifndef TABS_H
#define TABS_H

#include "draw.h"

#define TABS_MAX 9

struct tab {
	int number;	   /* below 0: not shown */
	const char *title; /* translated, *borrowed* */
};

struct tabs {
	struct tab items[TABS_MAX];
	int count;
	int open; /* number */
	struct rect places[TABS_MAX];
};

/* Draws into one line; titles shrink to their number where room is short.
 * Returns the cells used. */
int tabs_draw(struct tabs *t, struct canvas *c, struct rect r);
/* The number of the tab at that cell, 0 for none. */
int tabs_at(const struct tabs *t, int y, int x) MUST_USE;

#endif
