/*
 * Events from worker threads to the one thread that draws. Small values only:
 * what an event is about lies in the database. A pipe wakes the reader's poll.
 *
 * Any thread may post; one thread takes. The queue is bounded and posting never
 * waits, so a worker cannot hang on a screen that has gone: when it is full, the
 * oldest progress event gives way, and where there is none the new event is lost
 * and evq_lost says so; the reader then reads the database again.
 */
#ifndef EVQ_H
#define EVQ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "compiler.h"
#include "err.h"

struct event {
	int kind;      /* the owner's enum */
	bool progress; /* only its newest numbers count: replaces a waiting one of its kind and id
			*/
	int64_t id;
	int64_t a, b; /* numbers of this kind, such as done and total */
};

struct evq;

/* Room for `cap` waiting events (at least 1). *Owned*. */
struct evq *evq_new(size_t cap, struct err *err) MUST_USE;
/* Every thread that posts has ended before. */
void evq_free(struct evq *q);

void evq_post(struct evq *q, const struct event *event);
/* Becomes readable when an event waits; give it to poll, never read it. */
int evq_fd(const struct evq *q);
/* The oldest event, or false when none waits; never blocks. */
bool evq_take(struct evq *q, struct event *event) MUST_USE;
/* Whether an event was lost since the last call. */
bool evq_lost(struct evq *q) MUST_USE;

#endif
