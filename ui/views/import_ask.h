/*
 * What a person must say before an import can be tried: which column holds what
 * is needed, what decimals stand after, whether a date begins with its month. One
 * question after the other, each with what its answers would mean. Main thread.
 */
#ifndef IMPORT_ASK_VIEW_H
#define IMPORT_ASK_VIEW_H

#include "import_work.h"

struct import_asking {
	struct desk *desk;
	struct import_work *work;
	unsigned (*answered)(void *ctx); /* one was */
	unsigned (*done)(void *ctx);	 /* none is left */
	void *ctx;
	struct import_question q; /* asked now */
	bool waiting;		  /* for the source to be read: to be gone on with then */
};

void import_ask_init(struct import_asking *a, struct desk *d, struct import_work *w,
	unsigned (*answered)(void *ctx), unsigned (*done)(void *ctx), void *ctx);
/* The first open question as a sentence; false when there is none. */
bool import_ask_sentence(const struct import_asking *a, struct strbuf *out);
/* Asks it, and what follows; goes on when there is none. */
unsigned import_ask_go(struct import_asking *a);

#endif
