/*
 * A text being typed: one line that scrolls sideways, or many that wrap. Owns
 * the text, which is always valid UTF-8. The cursor stands between characters
 * as a person counts them (a letter with its accent is one). One thread.
 */
#ifndef EDIT_H
#define EDIT_H

#include "draw.h"
#include "input.h"
#include "strbuf.h"

enum edit_result {
	EDIT_PASS,    /* not a key of an editor */
	EDIT_NOTHING, /* its key, but there was nothing to do */
	EDIT_MOVED,
	EDIT_CHANGED,
};

struct edit {
	struct strbuf text;
	size_t pos;  /* cursor, byte offset */
	size_t left; /* one line: first byte shown; many: first wrapped line shown */
	bool many;
	bool secret; /* shown as dots */
	size_t max;  /* most bytes */
	int width;   /* cells it was last drawn in: up and down follow them */
};

void edit_init(struct edit *e, bool many, size_t max);
void edit_release(struct edit *e);
/* Replaces the text; the cursor goes to its end. */
void edit_set(struct edit *e, const char *text);
const char *edit_text(const struct edit *e);

enum edit_result edit_key(struct edit *e, struct key key);
/* Inserts pasted text: in one line, line ends and tabs become spaces. */
enum edit_result edit_paste(struct edit *e, const char *text, size_t len);
/* Inserts at the cursor what the program offers (a field, a proposal). */
enum edit_result edit_insert(struct edit *e, const char *text);
/* A press of the mouse at that cell of the last drawing. */
void edit_click(struct edit *e, struct rect r, int y, int x);

/* Draws into `r` (a height of 1 for one line); with the focus it puts the
 * hardware cursor. `hint` stands there while it is empty and may be NULL. */
void edit_draw(struct edit *e, struct canvas *c, struct rect r, bool focus, const char *hint);

#endif
