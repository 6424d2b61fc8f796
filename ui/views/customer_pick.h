/*
 * Choosing one customer by a part of the name, the phone or the e-mail: asks, and where
 * several are found shows them. Main thread.
 */
#ifndef CUSTOMER_PICK_H
#define CUSTOMER_PICK_H

#include "customers.h"
#include "desk.h"

struct customer_pick {
	struct desk *desk;
	struct arena arena;
	int64_t *ids; /* those that were found */
	int count;
	/* Called with the one that was chosen. */
	unsigned (*chosen)(void *ctx, int64_t id);
	void *ctx;
};

void customer_pick_init(struct customer_pick *p, struct desk *desk,
	unsigned (*chosen)(void *ctx, int64_t id), void *ctx);
void customer_pick_release(struct customer_pick *p);
unsigned customer_pick_ask(struct customer_pick *p, const char *title);

#endif
