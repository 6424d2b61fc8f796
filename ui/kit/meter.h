/*
 * How far a long work is: a bar, the count, the rate and the time left. The rate
 * is that of the last seconds, so that it follows a change of pace. Main thread.
 */
#ifndef METER_H
#define METER_H

#include <stdint.h>

#include "draw.h"

#define METER_SAMPLES 8

struct meter {
	int64_t done, total; /* total -1: not known */
	struct {
		int64_t ms, done;
	} samples[METER_SAMPLES]; /* oldest first */
	int count;
};

/* Forgets what was: a new work begins. */
void meter_start(struct meter *p, int64_t total, int64_t now);
/* `now` in milliseconds of a clock that only goes forward. */
void meter_set(struct meter *p, int64_t done, int64_t total, int64_t now);
/* Things a second, -1 while that cannot be said. */
int64_t meter_rate(const struct meter *p) MUST_USE;
/* Seconds, -1 while that cannot be said. */
int64_t meter_left(const struct meter *p) MUST_USE;
/* "4 210/10 000, 1 200/s, 5 s left": for the status line. */
void meter_words(const struct meter *p, struct strbuf *out);
void meter_draw(const struct meter *p, struct canvas *c, struct rect r);

#endif
