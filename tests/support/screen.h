/*
 * A terminal of any size on /dev/null, its cells read back as text, and compared
 * with tests/screens/NAME.txt. UPDATE_SCREENS=1 writes these files anew.
 *
 * The text has one line a row, blanks at its end cut, and a last line that says
 * where the hardware cursor stands.
 */
#ifndef SCREEN_H
#define SCREEN_H

#include "draw.h"
#include "input.h"
#include "strbuf.h"
#include "term.h"
#include "ui.h"

/* The options of such a terminal, for term_open and ui_config. */
struct term_opts screen_opts(int rows, int cols);

/* A bare one, for widgets: a terminal and a canvas to draw on. */
struct screen {
	struct term *term;
	struct theme theme;
	struct canvas canvas;
};

void screen_open(struct screen *s, int rows, int cols, enum look_id look);
void screen_close(struct screen *s);
/* A new picture; draw, then screen_show puts it on the terminal. */
void screen_begin(struct screen *s);
void screen_show(struct screen *s);

/* What is on the screen now. */
void screen_text(struct strbuf *out);
/* Compares it with the file of that name; prints both and fails the test when
 * they differ. */
void screen_expect(const char *name);
/* Does a piece of text stand somewhere on it? */
bool screen_has(const char *text);

/* Presses keys by their names in a keys file, with spaces between: "j j Enter". */
void screen_keys(struct ui *ui, const char *keys);
/* Types a text character by character. */
void screen_type(struct ui *ui, const char *text);
void screen_paste(struct ui *ui, const char *text);
void screen_press(struct ui *ui, int y, int x);

#endif
