/*
 * How far a long work is: a bar, the count, the rate and the time left. The rate
 * is that of the last seconds, so that it follows a change of pace. Main thread.
 */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdint.h>

#include "draw.h"

#define PROGRESS_SAMPLES 8

struct progress {
	int64_t done, total; /* total -1: not known */
	struct {
		int64_t ms, done;
	} samples[PROGRESS_SAMPLES]; /* oldest first */
	int count;
};

/* Forgets what was: a new work begins. */
void progress_start(struct progress *p, int64_t total, int64_t now);
/* `now` in milliseconds of a clock that only goes forward. */
void progress_set(struct progress *p, int64_t done, int64_t total, int64_t now);
/* Things a second, -1 while that cannot be said. */
int64_t progress_rate(const struct progress *p) MUST_USE;
/* Seconds, -1 while that cannot be said. */
int64_t progress_left(const struct progress *p) MUST_USE;
/* "4 210/10 000, 1 200/s, 5 s left": for the status line. */
void progress_words(const struct progress *p, struct strbuf *out);
void progress_draw(const struct progress *p, struct canvas *c, struct rect r);

#endif
