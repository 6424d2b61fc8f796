/*
 * Scores, and the facts they are made from.
 *
 * A scan gives every customer of a company in the order of ids, each with its
 * stored score and its facts: a merge of cursors over customer_score and the
 * covering indexes invoice_by_customer, payment_by_customer, note_by_customer and
 * customer_by_erasure, each read once and in order. Memory is that of the
 * customer with most documents. One scan at a time a connection.
 */
#ifndef STORE_SCORE_H
#define STORE_SCORE_H

#include "arena.h"
#include "customer.h"
#include "db.h"
#include "store_counter.h"

struct fact_invoice {
	int64_t id;
	int32_t issued;
	int32_t due; /* DAY_NONE: issued + the company's terms */
	int64_t total;
	int64_t credits_id; /* 0 if none */
};

struct fact_payment {
	int64_t invoice_id;
	int32_t paid_on;
	int64_t amount;
};

#define INSTANT_NONE INT64_MIN

struct customer_facts {
	int64_t customer_id;
	struct customer_score stored;
	bool anonymised;
	int64_t last_note; /* instant of the last note or call, INSTANT_NONE if none */
	/* *borrowed until* the next step of the scan */
	const struct fact_invoice *invoices; /* ascending by day issued */
	size_t n_invoices;
	const struct fact_payment *payments; /* ascending by invoice, then by day */
	size_t n_payments;
};

struct score_scan;

/*
 * Customers with ids from..to that have a score (all but merged ones); notes count
 * if they were made before the instant `until`. What it gives is of one moment if
 * the caller holds a transaction. *owned*; NULL on error.
 */
struct score_scan *store_score_scan(struct db *db, int64_t company_id, int64_t from, int64_t to,
	int64_t until, struct err *err) MUST_USE;
/* The next customer, or *end. */
bool store_score_next(
	struct score_scan *scan, struct customer_facts *out, bool *end, struct err *err) MUST_USE;
/* NULL is allowed. */
void store_score_scan_end(struct score_scan *scan);

bool store_score_get(struct db *db, int64_t company_id, int64_t customer_id,
	struct customer_score *out, bool *found, struct err *err) MUST_USE;
/* The row of a new customer, with what app/scores.h calls the initial score. */
bool store_score_insert(struct db *db, int64_t company_id, int64_t customer_id,
	const struct customer_score *score, struct err *err) MUST_USE;
/* A merged customer has none. */
bool store_score_delete(
	struct db *db, int64_t company_id, int64_t customer_id, struct err *err) MUST_USE;

/* Whether all but computed_on is the same. */
bool store_score_same(const struct customer_score *a, const struct customer_score *b);

/*
 * The one place that changes a score, inside a write transaction: writes only the
 * columns (and so only the indexes) that differ, one line of history a customer
 * and day where score or segment moved, and the difference into `tally`. Nothing
 * differs: nothing is written, also not computed_on, and *changed is false.
 */
bool store_score_write(struct db *db, int64_t company_id, int64_t customer_id,
	const struct customer_score *before, const struct customer_score *after,
	struct tally *tally, bool *changed, struct err *err) MUST_USE;

/* The changes since a day, oldest first, `n` at most (the newest ones). */
bool store_score_history(struct db *db, int64_t company_id, int64_t customer_id, int32_t since,
	int n, struct arena *a, struct score_step **out, int *count, struct err *err) MUST_USE;

/* Each revenue of the company, for proposals of thresholds. */
bool store_score_revenues(struct db *db, int64_t company_id,
	void (*tell)(void *data, int64_t revenue), void *data, struct err *err) MUST_USE;
/* The due day of the oldest debt of the company; DAY_NONE if nobody owes. */
bool store_score_oldest_overdue(
	struct db *db, int64_t company_id, int32_t *day, struct err *err) MUST_USE;

#endif
