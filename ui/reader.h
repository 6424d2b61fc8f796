/*
 * A thread that reads for the screens what may take longer than a key may wait:
 * a page of a list whose filter lets few pass, a count. It has a connection of
 * its own. A question that is lazy (a count) is set aside while others wait.
 *
 * The owner asks and waits a few milliseconds, so that nearly all answers are on
 * the first painting; a late one is told by an event (EV_READ, its serial).
 * Everything here is for the main thread, but run(), which is called in the
 * reader's.
 */
#ifndef READER_H
#define READER_H

#include "evq.h"
#include "session.h"

struct reader;

/* First member of a question's struct. */
struct reading {
	/* Asks the store and keeps the answer in the struct; false with `err`. */
	bool (*run)(struct reading *r, struct session *s, struct err *err);
	void (*free)(struct reading *r);
	const void *owner;
	bool lazy;
	/* set when it is back */
	bool ok;
	struct err err;
	/* the reader's */
	unsigned serial;
	bool dropped, again, late, done;
	struct reading *next;
};

/* *Owned*. Events go to `events`, *borrowed for* its life. */
struct reader *reader_start(const struct session *s, struct evq *events, struct err *err) MUST_USE;
/* What is read is interrupted and forgotten. NULL does nothing. */
void reader_stop(struct reader *r);

/*
 * Takes the question. True: it was answered within `ms` milliseconds and is
 * *owned* by the caller again. False: reader_take gives it back after the event
 * of that serial.
 */
bool reader_ask(struct reader *r, struct reading *q, int ms, unsigned *serial) MUST_USE;
/* The answered question of that serial, *owned*; NULL when it was dropped. */
struct reading *reader_take(struct reader *r, unsigned serial) MUST_USE;
/* Forgets all questions of that owner. */
void reader_drop(struct reader *r, const void *owner);

#endif
