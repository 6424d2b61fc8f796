/*
 * Choosing a filter: a saved one, by a few fields, or written in the filter
 * language, where what is wrong is said with the place where it is; and keeping one
 * under a name.
 */
#ifndef FILTER_BOX_H
#define FILTER_BOX_H

#include "arena.h"
#include "desk.h"
#include "form.h"
#include "strbuf.h"

struct saved_filter;

struct filter_box {
	struct desk *desk;
	struct strbuf text; /* what was typed last, or holds now */
	struct form form;
	bool has_form;
	struct arena arena; /* of the saved ones */
	struct saved_filter *saved;
	int n_saved;
	/* A filter that can be read, or "": *borrowed for* the call. */
	unsigned (*done)(void *ctx, const char *text);
	void *ctx;
};

void filter_box_init(struct filter_box *b, struct desk *desk,
	unsigned (*done)(void *ctx, const char *text), void *ctx);
void filter_box_release(struct filter_box *b);
/* The menu of all ways; `text` holds now. */
unsigned filter_box_ask(struct filter_box *b, const char *text);

#endif
