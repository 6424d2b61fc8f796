/*
 * Questions in a box: a sentence with buttons, or with one line to type. The
 * focus starts where the spec says; nothing pasted confirms.
 */
#ifndef DIALOG_H
#define DIALOG_H

#include "overlay.h"

struct dialog_spec {
	const char *title; /* translated, like all texts here; all are copied */
	const char *text;  /* what is asked, wrapped; lines apart by \n */
	const char *const *buttons;
	size_t count;
	size_t focus; /* the button the focus starts on: the harmless one */
	/* A line to type. With `expect` set, the first button answers only when
	 * exactly that was typed (the number of people a launch reaches). */
	bool ask;
	const char *label;   /* before the line */
	const char *initial; /* may be NULL */
	const char *expect;  /* may be NULL */
	size_t max;	     /* bytes of the line; 0 for 256 */
	/* Nothing but the text stands on its lines, across the whole screen, so that
	 * it can be selected with the mouse. */
	bool bare;
};

/* The answer's value is the button from 0; Esc is ANSWER_NONE. */
struct overlay *dialog_new(const struct dialog_spec *spec) MUST_USE;

#endif
