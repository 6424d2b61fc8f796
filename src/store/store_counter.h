/*
 * Counters: sums over the customers of a company, kept up to date by every
 * write so that no screen counts rows. Whoever writes collects what changes in
 * a tally and applies it inside the same transaction.
 */
#ifndef STORE_COUNTER_H
#define STORE_COUNTER_H

#include "channel.h"
#include "customer.h"
#include "db.h"

enum counter {
	COUNTER_CUSTOMERS,   /* all that a list shows: not merged away */
	COUNTER_ACTIVE,	     /* an invoice or an interaction in 365 days */
	COUNTER_SCORE_SUM,   /* for the mean */
	COUNTER_CHURN_HIGH,  /* churn >= 0.7 */
	COUNTER_OVERDUE,     /* customers that owe something past due */
	COUNTER_OVERDUE_SUM, /* minor units */
	COUNTER_OVERDUE_30,  /* of it, past due by more than 30 days */
	COUNTER_OVERDUE_60,
	COUNTER_OVERDUE_90,
	COUNTER_REVENUE_SUM, /* minor units */
	COUNTER_SEGMENT,     /* + enum segment */
	COUNTER_REACH = COUNTER_SEGMENT + SEGMENT_COUNT, /* + enum channel: may be written to */
	COUNTER_COUNT = COUNTER_REACH + CHANNEL_COUNT
};

struct tally {
	int64_t by[COUNTER_COUNT];
};

#define TALLY_INIT                                                                                 \
	{                                                                                          \
		{                                                                                  \
			0                                                                          \
		}                                                                                  \
	}

/* The counter's stored name: "customers", "segment.VIP", "reach.SMS". */
const char *counter_name(enum counter counter);

/*
 * Adds (sign 1) or takes away (sign -1) what one customer counts for: its
 * scores and where it can be reached: consent, and an address that is valid and
 * not suppressed (store_reach finds that out).
 */
void tally_customer(struct tally *t, int sign, const struct customer_score *score,
	uint32_t consents, bool has_email, bool has_phone);
/* Its part for consents and addresses alone, where the scores stay as they are. */
void tally_reach(struct tally *t, int sign, uint32_t consents, bool has_email, bool has_phone);
/* One channel of a customer who has an address for it that may be written to: of the
 * social ones, a handle in `contact`. */
void tally_handle(struct tally *t, int sign, uint32_t consents, enum channel channel);

/* Writes what the tally holds and empties it. Inside a write transaction. */
bool store_counter_apply(
	struct db *db, int64_t company_id, struct tally *tally, struct err *err) MUST_USE;
bool store_counter_read(
	struct db *db, int64_t company_id, struct tally *out, struct err *err) MUST_USE;
/* Counts everything anew into `out`, without writing: for rebuild and doctor. */
bool store_counter_count(
	struct db *db, int64_t company_id, struct tally *out, struct err *err) MUST_USE;

#endif
