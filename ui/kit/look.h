/*
 * The signs a terminal can show, as three tables: rich (a modern font), Windows
 * (only what the fonts of the Windows console and PuTTY carry) and ASCII. Pure;
 * any thread.
 */
#ifndef LOOK_H
#define LOOK_H

#include <stdbool.h>

#include "strbuf.h"

enum look_id { LOOK_RICH, LOOK_WINDOWS, LOOK_ASCII, LOOK_COUNT };

/* GLYPH_(id, rich, Windows, ASCII): each one cell wide. */
#define GLYPHS(GLYPH_)                                                                             \
	GLYPH_(YES, "✓", "√", "y")                                                                 \
	GLYPH_(NO, "✗", "–", "-")                                                                  \
	GLYPH_(WARN, "!", "!", "!")                                                                \
	GLYPH_(CURSOR, "►", "►", ">")                                                              \
	GLYPH_(MARK, "*", "*", "*")                                                                \
	GLYPH_(UP, "▲", "▲", "^")                                                                  \
	GLYPH_(DOWN, "▼", "▼", "v")                                                                \
	GLYPH_(SORT, "⇅", "▼", "v")                                                                \
	GLYPH_(RIGHT, "→", "→", ">")                                                               \
	GLYPH_(DOT, "●", "●", "*")                                                                 \
	GLYPH_(RING, "○", "○", "o")                                                                \
	GLYPH_(BULLET, "·", "·", "-")                                                              \
	GLYPH_(DASH, "–", "–", "-")                                                                \
	GLYPH_(ELLIPSIS, "…", "…", "~")                                                            \
	GLYPH_(ABOUT, "≈", "≈", "~")                                                               \
	GLYPH_(FULL, "█", "█", "#")                                                                \
	GLYPH_(HALF, "▌", "▌", "=")                                                                \
	GLYPH_(SHADE1, "░", "░", ".")                                                              \
	GLYPH_(SHADE2, "▒", "▒", "+")                                                              \
	GLYPH_(SHADE3, "▓", "▓", "%")                                                              \
	GLYPH_(HLINE, "─", "─", "-")                                                               \
	GLYPH_(VLINE, "│", "│", "|")                                                               \
	GLYPH_(TOP_LEFT, "┌", "┌", "+")                                                            \
	GLYPH_(TOP_RIGHT, "┐", "┐", "+")                                                           \
	GLYPH_(BOTTOM_LEFT, "└", "└", "+")                                                         \
	GLYPH_(BOTTOM_RIGHT, "┘", "┘", "+")                                                        \
	GLYPH_(TEE_DOWN, "┬", "┬", "+")                                                            \
	GLYPH_(TEE_UP, "┴", "┴", "+")                                                              \
	GLYPH_(CROSSING, "┼", "┼", "+")

enum glyph {
#define GLYPH_(id, rich, windows, ascii) G_##id,
	GLYPHS(GLYPH_)
#undef GLYPH_
		GLYPH_COUNT
};

struct look {
	enum look_id id;
	const char *glyphs[GLYPH_COUNT];
	const char *bars[8];  /* a cell filled from below, 1/8 to 8/8 */
	const char *parts[8]; /* a cell filled from the left, 1/8 to 8/8 */
};

const struct look *look_get(enum look_id id) MUST_USE;
/* By its stable name ("rich", "windows", "ascii"); false when there is none. */
bool look_find(const char *name, enum look_id *id) MUST_USE;
const char *look_name(enum look_id id) MUST_USE;
/* Appends what stands for one code point in plain ASCII: é is e, œ is oe, ► is
 * > and a sign without a twin is a question mark. */
void look_fold(struct strbuf *out, unsigned cp);

#endif
