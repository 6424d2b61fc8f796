/*
 * What is decided of an invented customer before anything else, so that identity
 * and invoices agree. Private to the demo generator.
 */
#ifndef DEMO_PLAN_H
#define DEMO_PLAN_H

#include "demo.h"
#include "rng.h"

enum demo_profile {
	PROFILE_KEY,	  /* buys every few weeks, large amounts */
	PROFILE_FAITHFUL, /* buys every month */
	PROFILE_REGULAR,
	PROFILE_OCCASIONAL,
	PROFILE_DORMANT,  /* stopped buying, pays late or not at all */
	PROFILE_PROSPECT, /* never bought */
	PROFILE_COUNT
};

enum demo_payer {
	PAYER_PROMPT, /* not after the due day */
	PAYER_USUAL,  /* within two weeks */
	PAYER_SLOW,   /* within a month */
	PAYER_LATE,   /* later, and some invoices never */
	PAYER_COUNT
};

struct demo_plan {
	enum demo_profile profile;
	enum demo_payer payer;
	enum customer_kind kind;
	size_t country;	 /* index in demo_countries */
	int64_t ordinal; /* how many before this one are of that country */
};

/* What a sequence of random numbers is for. */
enum demo_use { DEMO_PLAN, DEMO_IDENTITY, DEMO_INVOICING, DEMO_USES };

struct demo_plan demo_plan(const struct demo *demo, int64_t i);
/* The sequence of customer i for one use. */
void demo_rng(const struct demo *demo, int64_t i, enum demo_use use, struct rng *out);

#endif
