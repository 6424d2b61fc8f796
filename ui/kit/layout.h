/*
 * Places on the screen, in cells. Pure; any thread.
 */
#ifndef LAYOUT_H
#define LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

struct rect {
	int y, x, h, w;
};

/* Cuts `n` lines or columns off one side of `r` and returns what was cut; never
 * more than there is. */
struct rect rect_top(struct rect *r, int n);
struct rect rect_bottom(struct rect *r, int n);
struct rect rect_left(struct rect *r, int n);
struct rect rect_right(struct rect *r, int n);
/* A box of that size in the middle of `r`, not larger than it. */
struct rect rect_centre(struct rect r, int h, int w);
bool rect_has(struct rect r, int y, int x);

/* What a column wants. Priority 0 always stays; a larger number leaves earlier. */
struct layout_col {
	int min, max;
	int priority;
	bool off; /* not chosen by the person */
};

/*
 * Widths of `n` columns in `width` cells with `gap` cells between neighbours:
 * columns come in by priority at their least width while they fit, then grow to
 * their greatest in the same order. A column that found no place gets 0. Returns
 * the cells used.
 */
int layout_columns(const struct layout_col *cols, size_t n, int width, int gap, int *widths);

#endif
