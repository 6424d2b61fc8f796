/*
 * Things that only one program may do at a time (import, recalculate). The one
 * who does it holds a lease in the store, renewed with each batch; the lease of a
 * program that was killed on this machine is taken over at once, any other when
 * it runs out. One thread, the session's.
 */
#ifndef LEASE_H
#define LEASE_H

#include "session.h"

#define LEASE_SECONDS 30

struct lease {
	char name[48];
	char owner[96]; /* machine, process, and a number that tells two of one process apart */
	int64_t epoch;	/* 0: not held */
	bool heir;	/* who had it before gave it back, or is known to have ended */
};

/* Inside a write transaction. *held is false when somebody else has it. */
bool lease_take(struct session *s, const char *name, struct lease *lease, bool *held,
	struct err *err) MUST_USE;
/* Inside the transaction of a batch. *held is false when it was lost meanwhile: then
 * the batch must not be committed. */
bool lease_renew(
	struct session *s, const struct lease *lease, bool *held, struct err *err) MUST_USE;
/* The same without renewing it; cheap. Past its end it is held until somebody takes it. */
bool lease_check(
	struct session *s, const struct lease *lease, bool *held, struct err *err) MUST_USE;
/* Inside a write transaction; does nothing when it is not held. */
bool lease_release(struct session *s, struct lease *lease, struct err *err) MUST_USE;
/* Whether somebody alive holds the lease of that name. */
bool lease_held(struct session *s, const char *name, bool *held, struct err *err) MUST_USE;

#endif
