/*
 * Drawing on curses' standard screen. Everything that shows text goes through
 * here: lengths are cells, text is UTF-8 and may come from anybody, so controls
 * are replaced, what the terminal cannot write is folded to ASCII, and lines
 * are Unicode characters, never ACS. Nothing here writes to the terminal: the
 * loop does, once per wake-up. Main thread.
 */
#ifndef DRAW_H
#define DRAW_H

#include "compiler.h"
#include "layout.h"
#include "look.h"
#include "theme.h"

struct canvas {
	const struct look *look;
	const struct theme *theme;
	int rows, cols;
	bool moved; /* the hardware cursor was put somewhere in this paint */
	int cursor_y, cursor_x;
};

/* A new picture: nothing is on it, and it has the size of the screen now. */
void draw_begin(struct canvas *c);
/* Draws at most `w` cells, with an ellipsis when cut; returns the cells used. */
int draw_text(struct canvas *c, int y, int x, int w, enum role role, const char *text);
int draw_textf(struct canvas *c, int y, int x, int w, enum role role, const char *fmt, ...)
	PRINTF(6, 7);
/* The same against the right end of `w` cells, or in their middle. */
int draw_right(struct canvas *c, int y, int x, int w, enum role role, const char *text);
int draw_middle(struct canvas *c, int y, int x, int w, enum role role, const char *text);
/* Words wrapped into `r`; returns the lines used. With `c` NULL it only counts. */
int draw_wrapped(struct canvas *c, struct rect r, enum role role, const char *text);
void draw_glyph(struct canvas *c, int y, int x, enum role role, enum glyph glyph);
void draw_fill(struct canvas *c, struct rect r, enum role role);
void draw_hline(struct canvas *c, int y, int x, int w, enum role role);
void draw_vline(struct canvas *c, int y, int x, int h, enum role role);
/* A frame along the edge of `r`, its inside blank; `title` may be NULL. Returns
 * the inside. */
struct rect draw_box(struct canvas *c, struct rect r, const char *title);
/* Cells the text takes when drawn here, without a limit. */
int draw_width(const char *text) MUST_USE;
/* Puts the hardware cursor: the last one who does in a paint wins. */
void draw_cursor(struct canvas *c, int y, int x);
const char *draw_sign(const struct canvas *c, enum glyph glyph) MUST_USE;

#endif
