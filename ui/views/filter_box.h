/*
 * Asks for a filter in the filter language, until it can be read or is given up:
 * what is wrong is said with the place where it is.
 */
#ifndef FILTER_BOX_H
#define FILTER_BOX_H

#include "desk.h"
#include "strbuf.h"

struct filter_box {
	struct desk *desk;
	struct strbuf text; /* what was typed last */
	/* A filter that can be read, or "": *borrowed for* the call. */
	unsigned (*done)(void *ctx, const char *text);
	void *ctx;
};

void filter_box_init(struct filter_box *b, struct desk *desk,
	unsigned (*done)(void *ctx, const char *text), void *ctx);
void filter_box_release(struct filter_box *b);
unsigned filter_box_ask(struct filter_box *b, const char *text);

#endif
