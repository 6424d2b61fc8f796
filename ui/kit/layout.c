#include "layout.h"

static int clamp(int n, int most)
{
	return n < 0 ? 0 : n > most ? most : n;
}

struct rect rect_top(struct rect *r, int n)
{
	struct rect cut = *r;

	cut.h = clamp(n, r->h);
	r->y += cut.h;
	r->h -= cut.h;
	return cut;
}

struct rect rect_bottom(struct rect *r, int n)
{
	struct rect cut = *r;

	cut.h = clamp(n, r->h);
	r->h -= cut.h;
	cut.y = r->y + r->h;
	return cut;
}

struct rect rect_left(struct rect *r, int n)
{
	struct rect cut = *r;

	cut.w = clamp(n, r->w);
	r->x += cut.w;
	r->w -= cut.w;
	return cut;
}

struct rect rect_right(struct rect *r, int n)
{
	struct rect cut = *r;

	cut.w = clamp(n, r->w);
	r->w -= cut.w;
	cut.x = r->x + r->w;
	return cut;
}

struct rect rect_centre(struct rect r, int h, int w)
{
	h = clamp(h, r.h);
	w = clamp(w, r.w);
	return (struct rect){ r.y + (r.h - h) / 2, r.x + (r.w - w) / 2, h, w };
}

bool rect_has(struct rect r, int y, int x)
{
	return y >= r.y && y < r.y + r.h && x >= r.x && x < r.x + r.w;
}

static int highest_priority(const struct layout_col *cols, size_t n)
{
	int most = 0;

	for (size_t i = 0; i < n; i++)
		if (cols[i].priority > most)
			most = cols[i].priority;
	return most;
}

int layout_columns(const struct layout_col *cols, size_t n, int width, int gap, int *widths)
{
	int used = 0, last = highest_priority(cols, n);

	for (size_t i = 0; i < n; i++)
		widths[i] = 0;
	for (int p = 0; p <= last; p++) {
		for (size_t i = 0; i < n; i++) {
			int need = cols[i].min + (used ? gap : 0);

			if (cols[i].priority != p || cols[i].off)
				continue;
			if (p == 0 && used + need > width && used == 0)
				need = clamp(width, need); /* the first one shrinks instead */
			if (used + need > width)
				continue;
			widths[i] = need - (used ? gap : 0);
			used += need;
		}
	}
	for (int p = 0; p <= last; p++) {
		for (size_t i = 0; i < n; i++) {
			int more = cols[i].max - widths[i];

			if (cols[i].priority != p || !widths[i] || more <= 0)
				continue;
			more = clamp(more, width - used);
			widths[i] += more;
			used += more;
		}
	}
	return used;
}
