/*
 * A box over the screen that takes every key until it is answered: a question,
 * a menu, the help. The loop owns it: it draws it, feeds it, and when it says
 * STALE_POP calls `done` with the answer and frees it. Main thread.
 */
#ifndef OVERLAY_H
#define OVERLAY_H

#include "draw.h"
#include "input.h"
#include "stale.h"

struct overlay;

#define ANSWER_NONE (-1) /* closed without an answer */

struct answer {
	int value;	  /* the button, the item; ANSWER_NONE */
	const char *text; /* what was typed, *borrowed for* the call; "" when nothing */
};

/* Called after the box is off the screen. Returns what became stale; it may open
 * the next box. */
typedef unsigned overlay_done(void *ctx, const struct answer *answer);

struct overlay_ops {
	/* STALE_POP with `answer` set when it is over. Keys it does not know do nothing. */
	unsigned (*input)(struct overlay *o, const struct input *in, int64_t now);
	/* Draws itself into what it needs of `body` and puts the cursor. */
	void (*draw)(struct overlay *o, struct canvas *c, struct rect body);
	/* What the key line says meanwhile. */
	void (*keys)(const struct overlay *o, struct strbuf *out);
	void (*free)(struct overlay *o);
};

struct overlay {
	const struct overlay_ops *ops;
	struct overlay *below; /* the loop's */
	overlay_done *done;    /* may be NULL */
	void *ctx;
	void *owner; /* the loop's: the screen that opened it */
	struct answer answer;
	bool typing; /* a text field has the focus */
};

/* The place of a box of that size: in the middle of `body`, or across the whole
 * width where that leaves no room beside it. */
struct rect overlay_place(struct rect body, int h, int w);

#endif
