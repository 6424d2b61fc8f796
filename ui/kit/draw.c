#include "draw.h"

#include <curses.h>
#include <stdarg.h>
#include <wchar.h>

#include "utf8.h"

#define DRAW_MAX 4096 /* bytes of one text on one line of a terminal */

void draw_begin(struct canvas *c)
{
	erase();
	c->rows = LINES;
	c->cols = COLS;
	c->moved = false;
}

/* Can the terminal's character set write it? */
static bool writable(uint32_t cp)
{
	char out[64];
	mbstate_t state;

	memset(&state, 0, sizeof(state));
	return cp < 0x80 || wcrtomb(out, (wchar_t)cp, &state) != (size_t)-1;
}

/* The text as it can be drawn: one line, no control, nothing unwritable. */
static void prepare(struct strbuf *out, const char *text, size_t len, bool ascii)
{
	struct strbuf clean = STRBUF_INIT_MAX(DRAW_MAX);
	size_t i = 0, n;
	uint32_t cp;

	utf8_add_clean(&clean, text, len < DRAW_MAX ? len : DRAW_MAX, "?");
	while ((n = utf8_decode(clean.buf + i, clean.len - i, &cp)) > 0) {
		bool sign = ascii && cp >= 0x2000 && cp < 0x3000;

		if (sign || !writable(cp))
			look_fold(out, cp);
		else
			strbuf_add(out, clean.buf + i, n);
		i += n;
	}
	strbuf_release(&clean);
}

static void set_role(struct canvas *c, enum role role)
{
	int pair = c->theme->pairs[role];

	attr_set(c->theme->attrs[role], (short)pair, &pair);
}

/* Writes text that fits; characters of which curses thinks otherwise than our
 * table of widths are placed one by one, so that a row never slides. */
static int put(struct canvas *c, int y, int x, enum role role, const char *text, size_t len)
{
	wchar_t run[512];
	size_t i = 0, n, used = 0;
	int at = x, start = x;
	uint32_t cp;

	set_role(c, role);
	while ((n = utf8_decode(text + i, len - i, &cp)) > 0) {
		int width = utf8_char_width(cp);

		if (used + 1 == ARRAY_SIZE(run) ||
			(used && at != start && wcwidth((wchar_t)cp) != width)) {
			mvaddnwstr(y, start, run, (int)used);
			used = 0;
			start = at;
		}
		run[used++] = (wchar_t)cp;
		at += width;
		i += n;
	}
	if (used)
		mvaddnwstr(y, start, run, (int)used);
	attr_set(A_NORMAL, 0, NULL);
	return at - x;
}

/* Cuts to what is on the screen and to `w` cells; false when nothing is left. */
static bool on_screen(const struct canvas *c, int y, int x, int *w)
{
	if (x + *w > c->cols)
		*w = c->cols - x;
	return y >= 0 && y < c->rows && x >= 0 && *w > 0;
}

static int draw_at(
	struct canvas *c, int y, int x, int w, enum role role, const char *text, int align)
{
	struct strbuf ready = STRBUF_INIT_MAX(2 * DRAW_MAX), cut = STRBUF_INIT_MAX(2 * DRAW_MAX);
	int used = 0;

	if (!on_screen(c, y, x, &w))
		return 0;
	prepare(&ready, text, strlen(text), c->look->id == LOOK_ASCII);
	utf8_add_cut(&cut, ready.buf, ready.len, (size_t)w, c->look->glyphs[G_ELLIPSIS]);
	used = (int)utf8_width(cut.buf, cut.len);
	put(c, y, x + (w - used) * align / 2, role, cut.buf, cut.len);
	strbuf_release(&ready);
	strbuf_release(&cut);
	return used;
}

int draw_text(struct canvas *c, int y, int x, int w, enum role role, const char *text)
{
	return draw_at(c, y, x, w, role, text, 0);
}

int draw_textf(struct canvas *c, int y, int x, int w, enum role role, const char *fmt, ...)
{
	struct strbuf text = STRBUF_INIT_MAX(DRAW_MAX);
	va_list ap;
	int used;

	va_start(ap, fmt);
	strbuf_vaddf(&text, fmt, ap);
	va_end(ap);
	used = draw_text(c, y, x, w, role, text.buf);
	strbuf_release(&text);
	return used;
}

int draw_right(struct canvas *c, int y, int x, int w, enum role role, const char *text)
{
	return draw_at(c, y, x, w, role, text, 2);
}

int draw_middle(struct canvas *c, int y, int x, int w, enum role role, const char *text)
{
	return draw_at(c, y, x, w, role, text, 1);
}

/* Bytes of the next line of `text` in `w` cells, and where the one after begins. */
static size_t wrap_line(const char *text, size_t len, int w, size_t *next)
{
	const char *end = memchr(text, '\n', len);
	size_t line = end ? (size_t)(end - text) : len;
	size_t fit = utf8_fit(text, line, (size_t)w), cut;

	if (fit == line) {
		*next = line + (end ? 1 : 0);
		return line;
	}
	for (cut = fit; cut && text[cut] != ' '; cut--)
		;
	if (!cut)
		cut = fit ? fit : utf8_next(text, line, 0);
	*next = cut;
	while (*next < len && text[*next] == ' ')
		(*next)++;
	return cut;
}

int draw_wrapped(struct canvas *c, struct rect r, enum role role, const char *text)
{
	size_t len = strlen(text), next = 0;
	int lines = 0;

	if (r.w <= 0)
		return 0;
	for (size_t i = 0; i < len && (!c || lines < r.h); i += next, lines++) {
		size_t n = wrap_line(text + i, len - i, r.w, &next);
		struct strbuf line = STRBUF_INIT_MAX(DRAW_MAX);

		strbuf_add(&line, text + i, n);
		if (c)
			draw_text(c, r.y + lines, r.x, r.w, role, line.buf);
		strbuf_release(&line);
	}
	return lines;
}

void draw_glyph(struct canvas *c, int y, int x, enum role role, enum glyph glyph)
{
	draw_text(c, y, x, 1, role, c->look->glyphs[glyph]);
}

void draw_fill(struct canvas *c, struct rect r, enum role role)
{
	set_role(c, role);
	for (int y = r.y; y < r.y + r.h && y < c->rows; y++)
		mvhline(y, r.x, ' ', r.w < c->cols - r.x ? r.w : c->cols - r.x);
	attr_set(A_NORMAL, 0, NULL);
}

void draw_hline(struct canvas *c, int y, int x, int w, enum role role)
{
	for (int i = 0; i < w; i++)
		draw_glyph(c, y, x + i, role, G_HLINE);
}

void draw_vline(struct canvas *c, int y, int x, int h, enum role role)
{
	for (int i = 0; i < h; i++)
		draw_glyph(c, y + i, x, role, G_VLINE);
}

struct rect draw_box(struct canvas *c, struct rect r, const char *title)
{
	struct rect inside = { r.y + 1, r.x + 1, r.h - 2, r.w - 2 };

	draw_fill(c, r, ROLE_NORMAL);
	draw_hline(c, r.y, r.x, r.w, ROLE_LINE);
	draw_hline(c, r.y + r.h - 1, r.x, r.w, ROLE_LINE);
	draw_vline(c, r.y, r.x, r.h, ROLE_LINE);
	draw_vline(c, r.y, r.x + r.w - 1, r.h, ROLE_LINE);
	draw_glyph(c, r.y, r.x, ROLE_LINE, G_TOP_LEFT);
	draw_glyph(c, r.y, r.x + r.w - 1, ROLE_LINE, G_TOP_RIGHT);
	draw_glyph(c, r.y + r.h - 1, r.x, ROLE_LINE, G_BOTTOM_LEFT);
	draw_glyph(c, r.y + r.h - 1, r.x + r.w - 1, ROLE_LINE, G_BOTTOM_RIGHT);
	if (title && *title && r.w > 6) {
		int used = draw_text(c, r.y, r.x + 2, r.w - 4, ROLE_TITLE, " ");

		used += draw_text(c, r.y, r.x + 2 + used, r.w - 6, ROLE_TITLE, title);
		draw_text(c, r.y, r.x + 2 + used, 1, ROLE_TITLE, " ");
	}
	return inside;
}

int draw_width(const char *text)
{
	return (int)utf8_width(text, strlen(text));
}

void draw_cursor(struct canvas *c, int y, int x)
{
	c->moved = true;
	c->cursor_y = y < 0 ? 0 : y < c->rows ? y : c->rows - 1;
	c->cursor_x = x < 0 ? 0 : x < c->cols ? x : c->cols - 1;
}

const char *draw_sign(const struct canvas *c, enum glyph glyph)
{
	return c->look->glyphs[glyph];
}
