/*
 * Who sends: one loop that takes messages from the store, marks each before its first
 * byte leaves, gives them to providers over the network and writes down what came back.
 * A thread beside the screens, the daemon and `send --once` all run this one. A lease
 * sees to it that one sends on a store, whatever else is open.
 *
 * sender_run belongs to the thread that calls it, with the session it was given;
 * sender_wake, sender_stop and sender_finish to any.
 */
#ifndef SENDER_H
#define SENDER_H

#include "log.h"
#include "message.h"
#include "session.h"

/* The lease of whoever sends; see lease.h. */
#define SENDER_LEASE "send"

struct sender;

struct sender_options {
	bool once;	 /* ends when nothing more can go now */
	int connections; /* at once; 0: 16 */
	struct log *log; /* NULL none */
};

/* What it did since it began. */
struct sender_report {
	int64_t sent, refused, uncertain, skipped;
	int64_t calls;
	int64_t rounds;	 /* write transactions */
	bool elsewhere;	 /* another program holds the lease: it did nothing */
	bool copy;	 /* the store is a copy: nothing is sent until somebody decides */
	int64_t next_at; /* when something may go again; 0: nothing waits, or for a person */
};

/* The session is *borrowed for* its life. NULL when the network cannot be used. */
struct sender *sender_new(
	struct session *s, const struct sender_options *o, struct err *err) MUST_USE;
void sender_free(struct sender *sd);
/* Until sender_stop, or with `once` until nothing more can go now. False when the store
 * fails; what was on its way is then UNCERTAIN for the next sender. */
bool sender_run(struct sender *sd, struct err *err) MUST_USE;
void sender_report(const struct sender *sd, struct sender_report *out);

/* There is something to send. */
void sender_wake(struct sender *sd);
/* No new message; what is on its way finishes. */
void sender_stop(struct sender *sd);
/* As with `once`: it ends when nothing more can go now. */
void sender_finish(struct sender *sd);
/* Calls whose answer is still out; any thread. */
int sender_on_wire(const struct sender *sd);
/* Whether there is, or soon will be, something to send: campaigns that run or are
 * scheduled, in any company, and answers to ask for. */
bool sender_needed(struct session *s, bool *needed, struct err *err) MUST_USE;

#endif
