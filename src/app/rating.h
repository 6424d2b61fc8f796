/*
 * What the rules make of a customer's facts as the store gives them: settles the
 * invoices, sums up, and fills the row of customer_score. Used by the services of
 * scores and receivables; one thread at a time.
 */
#ifndef RATING_H
#define RATING_H

#include "company.h"
#include "facts.h"
#include "score.h"
#include "session.h"
#include "store_score.h"
#include "vec.h"

struct tz;

/* A credit note that pays an invoice. */
struct credit {
	int64_t invoice_id;
	int32_t day;
	int64_t amount;
};

struct rating {
	struct company company; /* as stored now: the session's may be older */
	struct score_thresholds thresholds;
	int decimals;
	int32_t today;
	int64_t until; /* the instant at which today ends */
	struct tz *tz;
	VEC(struct credit) credits; /* of the customer at hand */
};

/* Reads the company's settings and its date. Release it also after a failure. */
bool rating_init(struct rating *r, struct session *s, struct err *err) MUST_USE;
void rating_release(struct rating *r);

/* Sums up a customer's invoices and payments. */
void rating_sum(struct rating *r, const struct customer_facts *f, struct facts *out);
/* The row that follows; `last_note` as in customer_facts. */
void rating_rate(const struct rating *r, const struct facts *facts, int64_t last_note,
	bool anonymised, struct customer_score *out);
/* What the score of a customer without any fact would be. */
void rating_initial(const struct session *s, struct customer_score *out);

/* One customer's facts summed up, the row as stored and as it should be. */
struct rated {
	bool found; /* false: no such customer here, or merged into another */
	struct facts facts;
	struct customer_score stored, now;
};

bool rating_look(struct rating *r, struct db *db, int64_t customer_id, struct rated *out,
	struct err *err) MUST_USE;

#endif
