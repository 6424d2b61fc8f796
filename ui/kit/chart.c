#include "chart.h"

/* `value` of `most` in `steps`, not 0 for what is not, and all for `most` alone. */
static int scaled(int64_t value, int64_t most, int steps)
{
	int n;

	if (value <= 0 || most <= 0 || steps <= 0)
		return 0;
	if (value >= most)
		return steps;
	n = (int)((__int128)value * steps / most);
	return n ? n : 1;
}

static int64_t highest(const int64_t *values, size_t count)
{
	int64_t most = 0;

	for (size_t i = 0; i < count; i++)
		most = values[i] > most ? values[i] : most;
	return most;
}

/* Draws the bar and returns its whole cells, those begun among them. */
static int bar(struct canvas *c, int y, int x, int w, enum role role, int64_t value, int64_t most)
{
	int eighths = scaled(value, most, w * 8);
	int i = 0;

	for (; i < eighths / 8; i++)
		draw_text(c, y, x + i, 1, role, c->look->parts[7]);
	if (eighths % 8) {
		const char *part = c->look->parts[eighths % 8 - 1];

		if (*part == ' ' && i) /* too little for this look */
			return i;
		/* the least there is must be seen */
		draw_text(c, y, x + i, 1, role, *part == ' ' ? c->look->glyphs[G_HALF] : part);
		i++;
	}
	return i;
}

void chart_bar(struct canvas *c, int y, int x, int w, enum role role, int64_t value, int64_t most)
{
	bar(c, y, x, w, role, value, most);
}

void chart_gauge(struct canvas *c, int y, int x, int w, enum role role, int64_t value, int64_t most)
{
	int used;

	if (w < 3)
		return;
	draw_text(c, y, x, 1, ROLE_LINE, "[");
	used = bar(c, y, x + 1, w - 2, role, value, most);
	for (; used < w - 2; used++)
		draw_glyph(c, y, x + 1 + used, ROLE_LINE, G_SHADE1);
	draw_text(c, y, x + w - 1, 1, ROLE_LINE, "]");
}

void chart_spark(
	struct canvas *c, int y, int x, int w, enum role role, const int64_t *values, size_t count)
{
	size_t from = count > (size_t)(w > 0 ? w : 0) ? count - (size_t)w : 0;
	int64_t most = highest(values + from, count - from);

	for (size_t i = from; i < count; i++) {
		int level = scaled(values[i], most, 8);

		draw_text(
			c, y, x + (int)(i - from), 1, role, level ? c->look->bars[level - 1] : " ");
	}
}

struct rect chart_column_place(struct rect r, size_t i, size_t count)
{
	int each = count ? r.w / (int)count : 0;
	int gap = each > 2 ? 1 : 0;

	return (struct rect){ r.y, r.x + (int)i * each, r.h, each - gap };
}

void chart_columns(
	struct canvas *c, struct rect r, enum role role, const int64_t *values, size_t count)
{
	int64_t most = highest(values, count);
	int h = r.h - 1;

	for (size_t i = 0; i < count; i++) {
		struct rect col = chart_column_place(r, i, count);
		int eighths = scaled(values[i], most, h * 8);

		for (int line = 0; line < h; line++) {
			int level = eighths - line * 8;
			const char *sign = c->look->bars[level >= 8  ? 7
							 : level > 0 ? level - 1
								     : 0];

			for (int x = 0; level > 0 && x < col.w; x++)
				draw_text(c, r.y + h - 1 - line, col.x + x, 1, role, sign);
		}
	}
}

void chart_heat(struct canvas *c, struct rect r, enum role role, const int64_t *values, size_t rows,
	size_t cols, int cell)
{
	static const enum glyph shades[] = { G_BULLET, G_SHADE1, G_SHADE2, G_SHADE3, G_FULL };
	int64_t most = highest(values, rows * cols);

	for (size_t i = 0; i < rows * cols; i++) {
		int y = (int)(i / cols), x = (int)(i % cols) * cell;

		if (values[i] < 0 || y >= r.h || x + cell > r.w)
			continue;
		for (int n = 0; n < cell; n++)
			draw_glyph(
				c, r.y + y, r.x + x + n, role, shades[scaled(values[i], most, 4)]);
	}
}
