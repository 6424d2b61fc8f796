/*
 * Figures as pictures, one to a few lines each, in whole numbers. The figure
 * itself stands beside the picture: that is the caller's to draw. Main thread.
 */
#ifndef CHART_H
#define CHART_H

#include <stdint.h>

#include "draw.h"

/* A bar from the left: `value` of `most` in `w` cells; something is seen of all
 * that is not 0, and only the greatest is full. */
void chart_bar(struct canvas *c, int y, int x, int w, enum role role, int64_t value, int64_t most);
/* The same with its rest shaded, between brackets: how much of a whole. */
void chart_gauge(
	struct canvas *c, int y, int x, int w, enum role role, int64_t value, int64_t most);
/* One cell a value, the last `w` of them, from the lowest to the highest. */
void chart_spark(
	struct canvas *c, int y, int x, int w, enum role role, const int64_t *values, size_t count);
/* Upright bars from 0, one a value, as wide as fits; the last line of `r` is left
 * for labels, at chart_column_place. */
void chart_columns(
	struct canvas *c, struct rect r, enum role role, const int64_t *values, size_t count);
/* Where column `i` of `count` stands in `r`, and how wide it is. */
struct rect chart_column_place(struct rect r, size_t i, size_t count);
/* A grid of shades, `cols` values a row; a value below 0 is left blank. Each cell
 * is `cell` cells wide. The highest value is the darkest. */
void chart_heat(struct canvas *c, struct rect r, enum role role, const int64_t *values, size_t rows,
	size_t cols, int cell);

#endif
