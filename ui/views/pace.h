/*
 * Reading anew at a walk: what the sender writes changes the store many times a second,
 * and each picture of it costs bytes on a line that may be a bad one. A screen's own
 * changes are read at once; those made elsewhere are, but not more often than it says.
 */
#ifndef PACE_H
#define PACE_H

#include "evq.h"

struct pace {
	int every;	 /* milliseconds between two readings */
	int64_t read_ms; /* when it was read last */
	bool elsewhere;	 /* the next reading is for what another connection changed */
	bool late;	 /* one was put off: it is due when it is time */
};

/* In the screen's event(). */
void pace_event(struct pace *p, const struct event *event);
/* In its reload(): true when that has to wait. Else it was read just now. */
bool pace_hold(struct pace *p, int64_t now) MUST_USE;
/* In its wait(): milliseconds until tick() is to read, -1 when nothing is late. */
int pace_wait(const struct pace *p, int64_t now) MUST_USE;
/* In its tick(): whether it is to be read now. */
bool pace_due(struct pace *p, int64_t now) MUST_USE;

#endif
