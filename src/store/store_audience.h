/*
 * The customers that a campaign reaches, with everything the decision about each
 * needs, in the order of their ids: read in steps, beside other writers.
 */
#ifndef STORE_AUDIENCE_H
#define STORE_AUDIENCE_H

#include "arena.h"
#include "audience.h"
#include "customer_page.h"
#include "db.h"

struct audience_query {
	const struct list_query *list; /* company, filter and what it is compared with */
	const char *persons;	       /* ids with commas: these alone; "" by the filter */
	uint32_t channels;	       /* addresses of these are read */
	bool marketing;
	int64_t since;	     /* marketing messages after this instant count for the cap */
	int64_t campaign_id; /* whose own messages do not */
	bool invoice;	     /* with the oldest open invoice past due */
	int32_t today;
};

/* Up to `n` of ids over `after`; *count 0: no more. */
bool store_audience(struct db *db, const struct audience_query *query, int64_t after, int n,
	struct arena *a, struct person **out, int *count, struct err *err) MUST_USE;

#endif
