/*
 * The company at a glance, from the counters that every write keeps up: nothing is
 * counted here. Right: RIGHT_CUSTOMERS_READ.
 */
#ifndef OVERVIEW_H
#define OVERVIEW_H

#include "channel.h"
#include "segment.h"
#include "session.h"

struct overview {
	int64_t customers;
	int64_t active;	    /* an invoice or an interaction in 365 days */
	int mean_score;	    /* rounded half up; 0 without customers */
	int64_t churn_high; /* who is likely to leave */
	int64_t owing;	    /* customers who owe something past due */
	int64_t overdue;    /* minor units */
	int64_t overdue_30; /* of it, past due by more than 30 days */
	int64_t overdue_90;
	int64_t revenue; /* minor units */
	int64_t segments[SEGMENT_COUNT];
	int64_t reach[CHANNEL_COUNT]; /* who may be written to */
	int64_t scored_at;	      /* when all were last recalculated; 0: never */
};

bool overview_read(struct session *s, struct overview *out, struct err *err) MUST_USE;

#endif
