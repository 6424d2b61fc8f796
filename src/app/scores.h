/*
 * Customer intelligence as a service: recalculates the scores of one customer,
 * some or all from their invoices, payments and interactions, explains one, and
 * proposes thresholds from the company's own revenues. The rules are pure and in
 * stats/score.h; what is stored is derived and can be rebuilt.
 *
 * "Today" is the company's local date by the session's clock; documents dated
 * later are ignored.
 */
#ifndef SCORES_H
#define SCORES_H

#include "arena.h"
#include "customer.h"
#include "score.h"
#include "session.h"

struct tally;

struct scores_result {
	int64_t done;	 /* customers looked at */
	int64_t changed; /* of them, whose row was written */
};

/*
 * Recalculates one customer inside the caller's write transaction and puts the
 * difference into `tally`, which the caller applies. For services that change
 * a fact: a note, a payment. A customer without a score row (merged) is left.
 */
bool scores_refresh(
	struct session *s, int64_t customer_id, struct tally *tally, struct err *err) MUST_USE;

/* What a customer without any fact is worth: the row of a new one. */
void scores_initial(const struct session *s, struct customer_score *out);

/* Right: RIGHT_CUSTOMERS_CHANGE. Not inside a transaction. `p` may be NULL. */
bool scores_update_one(struct session *s, int64_t customer_id, struct scores_result *result,
	struct err *err) MUST_USE;
/* `ids` in any order, repeats allowed; the array is sorted in place. */
bool scores_update_some(struct session *s, int64_t *ids, size_t n, const struct progress *p,
	struct scores_result *result, struct err *err) MUST_USE;
/*
 * All customers, in slices: a slice is read and computed beside other writers and
 * then written in one short transaction; if anybody committed in between, its
 * facts are read again inside it, so nothing stale is written. One program at a
 * time (ERR_SCORES_BUSY). Stopped by `p` (ERR_CANCELLED) or killed, the next run of
 * the same day and settings goes on where this one was.
 */
bool scores_update_all(struct session *s, const struct progress *p, struct scores_result *result,
	struct err *err) MUST_USE;
/*
 * The same from the first customer on, wherever an earlier run was cut short: for
 * who has changed facts of many, some of them behind that place. Waits for its turn
 * while another program is at it; `p` is asked meanwhile, with a total of 0.
 */
bool scores_update_anew(struct session *s, const struct progress *p, struct scores_result *result,
	struct err *err) MUST_USE;
/* When all were last recalculated to the end; 0 for never. */
bool scores_updated_at(struct session *s, int64_t *at, struct err *err) MUST_USE;

/* Why a customer's score is what it is, and how it went. */
struct scores_why {
	int64_t customer_id;
	bool found; /* false: no such customer here, or merged into another */
	int32_t today;
	struct score_input input;
	struct score_thresholds thresholds;
	struct score_explanation why;
	/* What would move it; count 0 in a hint when nothing can. */
	struct score_hint up, down, segment_up, segment_down;
	struct customer_score now;    /* by the facts, today */
	struct customer_score stored; /* may be of an earlier day */
	struct score_step *history;   /* of the last 12 months, oldest first, in the arena */
	int n_history;
};

/* Right: RIGHT_CUSTOMERS_READ. Reads only. */
bool scores_explain(struct session *s, int64_t customer_id, struct arena *a, struct scores_why *out,
	struct err *err) MUST_USE;

struct scores_proposal {
	struct score_thresholds now;
	struct score_thresholds proposed;
	int64_t customers; /* with a revenue: what the proposal rests on; 0: there is none */
};

/* Right: RIGHT_CUSTOMERS_READ. The 60th, 85th and 95th percentile of the revenues. */
bool scores_thresholds_propose(
	struct session *s, struct scores_proposal *out, struct err *err) MUST_USE;
/* Right: RIGHT_SETTINGS. Stores them in the company (ERR_INVALID unless positive and
 * increasing); scores follow at the next scores_update_all. */
bool scores_thresholds_accept(
	struct session *s, const struct score_thresholds *t, struct err *err) MUST_USE;

#endif
