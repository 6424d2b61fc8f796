/*
 * Whom a campaign reaches and on which terms: read once, then the customers in slices.
 * The launch freezes what comes of it, the forecast counts it: both stand on this, so that
 * they say the same. One thread, the session's.
 */
#ifndef REACH_H
#define REACH_H

#include "audience.h"
#include "calendar.h"
#include "compose.h"
#include "customer_list.h"
#include "session.h"
#include "store_audience.h"

struct reach {
	struct session *s;
	const struct campaign *campaign; /* borrowed */
	struct composer composer;
	struct calendar calendar;
	struct list_query list;
	struct audience_query query;
	struct audience_terms terms;
	int64_t now, start, not_after;
	struct arena arena;
};

/* ERR_TEMPLATE, ERR_FILTER. Released also after a failure. */
bool reach_open(struct reach *r, struct session *s, const struct campaign *campaign,
	struct err *err) MUST_USE;
void reach_release(struct reach *r);
/* Every channel has a text: else ERR_NO_TEXT. */
bool reach_has_texts(const struct reach *r, struct err *err) MUST_USE;

/* The next `n` customers, of ids over `after`; *count 0: no more. */
bool reach_people(struct reach *r, int64_t after, int n, struct arena *a, struct person **out,
	int *count, struct err *err) MUST_USE;
/* When a person's message may go at the earliest. */
int64_t reach_due(struct reach *r, const struct person *p, enum channel channel);

#endif
