/*
 * A limit an hour, over the rolling hour: what was used is kept by minute, and a
 * minute counts until all of it is an hour old, so that no hour whatever holds more
 * than the limit. A value; one thread at a time. Instants are UTC seconds.
 *
 * A clock that was put back never gives room: what is then in the future counts as
 * used now.
 */
#ifndef RATE_H
#define RATE_H

#include <stdint.h>

#include "compiler.h"

#define RATE_MINUTES 61 /* this one and those that began within the hour before */

struct rate {
	int64_t limit;		      /* 0: none */
	int64_t minute[RATE_MINUTES]; /* since 1970, at its remainder by RATE_MINUTES */
	int64_t used[RATE_MINUTES];
};

void rate_init(struct rate *r, int64_t limit);
/* Adds what was used in a minute as it was kept. */
void rate_load(struct rate *r, int64_t minute, int64_t used, int64_t now);
void rate_take(struct rate *r, int64_t n, int64_t now);
/* What was used in the hour until `now`. */
int64_t rate_used(struct rate *r, int64_t now) MUST_USE;
/* How many more fit now; INT64_MAX without a limit. */
int64_t rate_room(struct rate *r, int64_t now) MUST_USE;
/* The first instant from `now` on at which `n` fit; INT64_MAX when they never will. */
int64_t rate_until(struct rate *r, int64_t n, int64_t now) MUST_USE;

#endif
