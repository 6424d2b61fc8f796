#include "store_score.h"

#include <stdlib.h>

#include "mem.h"
#include "score_row.h"
#include "stmt.h"
#include "vec.h"

#define NEVER_LATE INT32_MAX /* overdue_since of who owes nothing: sorts last */

/* --- a row --- */

/*
 * The stored words, compared by the letters that tell them apart: a million rows
 * are read in a few seconds, and a search through the table of words a row would
 * take a tenth of it.
 */
static enum segment segment_of(const char *word)
{
	switch (word[0]) {
	case 'V':
		return SEGMENT_VIP;
	case 'L':
		return SEGMENT_LOYAL;
	case 'R':
		return SEGMENT_REGULAR;
	case 'O':
		return SEGMENT_OCCASIONAL;
	default:
		return SEGMENT_AT_RISK;
	}
}

static enum behaviour behaviour_of(const char *word)
{
	switch (word[0]) {
	case 'E':
		return BEHAVIOUR_EXCELLENT;
	case 'G':
		return BEHAVIOUR_GOOD;
	case 'F':
		return BEHAVIOUR_FAIR;
	case 'L':
		return BEHAVIOUR_LATE;
	case 'C':
		return BEHAVIOUR_CRITICAL;
	default:
		return BEHAVIOUR_UNKNOWN;
	}
}

void score_row_read(struct stmt *q, int at, struct customer_score *out)
{
	int64_t since = col_i64(q, at + 15);

	*out = (struct customer_score){
		.score = (int)col_i64(q, at),
		.segment = segment_of(col_text(q, at + 1)),
		.behaviour = behaviour_of(col_text(q, at + 2)),
		.churn = (int)col_i64(q, at + 3),
		.revenue = col_i64(q, at + 4),
		.purchases = (int)col_i64(q, at + 5),
		.has_delay = !col_is_null(q, at + 6),
		.delay_days = (int)col_i64(q, at + 6),
		.last_purchase = (int32_t)col_i64(q, at + 7),
		.last_interaction = (int32_t)col_i64(q, at + 8),
		.lifetime_value = col_i64(q, at + 9),
		.satisfaction = (int)col_i64(q, at + 10),
		.overdue = col_i64(q, at + 11),
		.overdue_30 = col_i64(q, at + 12),
		.overdue_60 = col_i64(q, at + 13),
		.overdue_90 = col_i64(q, at + 14),
		.overdue_since = since == NEVER_LATE ? DAY_NONE : (int32_t)since,
		.active = col_i64(q, at + 16),
		.computed_on = (int32_t)col_i64(q, at + 17),
	};
}

static struct stmt *use_row(struct db *db, enum sql_id id, int64_t company_id, int64_t customer_id)
{
	struct stmt *q = stmt_use(db, id);

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "customer_id", customer_id);
	return q;
}

bool store_score_get(struct db *db, int64_t company_id, int64_t customer_id,
	struct customer_score *out, bool *found, struct err *err)
{
	struct stmt *q = use_row(db, SQL_SCORE_GET, company_id, customer_id);
	enum step step = stmt_step(q, err);

	*found = step == STEP_ROW;
	if (*found)
		score_row_read(q, 1, out);
	stmt_done(q);
	return step != STEP_FAIL;
}

/* Columns without an index of their own. */
static void bind_plain(struct stmt *q, const struct customer_score *s)
{
	stmt_text(q, "behaviour", behaviour_word(s->behaviour));
	stmt_i64(q, "purchases", s->purchases);
	stmt_i64_or_null(q, "delay_days", s->has_delay ? s->delay_days : INT64_MIN, INT64_MIN);
	stmt_i64(q, "lifetime_value", s->lifetime_value);
	stmt_i64(q, "satisfaction", s->satisfaction);
	stmt_i64(q, "active", s->active);
	stmt_i64(q, "computed_on", s->computed_on);
}

static void bind_score(struct stmt *q, const struct customer_score *s)
{
	stmt_i64(q, "score", s->score);
	stmt_text(q, "segment", segment_word(s->segment));
}

static void bind_overdue(struct stmt *q, const struct customer_score *s)
{
	stmt_i64(q, "overdue", s->overdue);
	stmt_i64(q, "overdue_30", s->overdue_30);
	stmt_i64(q, "overdue_60", s->overdue_60);
	stmt_i64(q, "overdue_90", s->overdue_90);
	stmt_i64(q, "overdue_since", s->overdue_since == DAY_NONE ? NEVER_LATE : s->overdue_since);
}

bool store_score_insert(struct db *db, int64_t company_id, int64_t customer_id,
	const struct customer_score *score, struct err *err)
{
	struct stmt *q = use_row(db, SQL_SCORE_INSERT, company_id, customer_id);

	bind_plain(q, score);
	bind_score(q, score);
	bind_overdue(q, score);
	stmt_i64(q, "churn", score->churn);
	stmt_i64(q, "revenue", score->revenue);
	stmt_i64(q, "last_purchase", score->last_purchase);
	stmt_i64(q, "last_interaction", score->last_interaction);
	return stmt_run(q, err);
}

bool store_score_delete(struct db *db, int64_t company_id, int64_t customer_id, struct err *err)
{
	return stmt_run(use_row(db, SQL_SCORE_DELETE, company_id, customer_id), err);
}

/* --- a change --- */

static bool same_rating(const struct customer_score *a, const struct customer_score *b)
{
	return a->score == b->score && a->segment == b->segment;
}

static bool same_plain(const struct customer_score *a, const struct customer_score *b)
{
	return a->behaviour == b->behaviour && a->purchases == b->purchases &&
	       a->has_delay == b->has_delay && (!a->has_delay || a->delay_days == b->delay_days) &&
	       a->lifetime_value == b->lifetime_value && a->satisfaction == b->satisfaction &&
	       a->active == b->active;
}

static bool same_overdue(const struct customer_score *a, const struct customer_score *b)
{
	return a->overdue == b->overdue && a->overdue_30 == b->overdue_30 &&
	       a->overdue_60 == b->overdue_60 && a->overdue_90 == b->overdue_90 &&
	       a->overdue_since == b->overdue_since;
}

bool store_score_same(const struct customer_score *a, const struct customer_score *b)
{
	return same_rating(a, b) && same_plain(a, b) && same_overdue(a, b) &&
	       a->churn == b->churn && a->revenue == b->revenue &&
	       a->last_purchase == b->last_purchase && a->last_interaction == b->last_interaction;
}

static bool put_history(struct db *db, int64_t company_id, int64_t customer_id,
	const struct customer_score *before, const struct customer_score *after, struct err *err)
{
	struct stmt *q = use_row(db, SQL_SCORE_HISTORY_PUT, company_id, customer_id);

	stmt_i64(q, "day", after->computed_on);
	stmt_i64(q, "score_before", before->score);
	stmt_i64(q, "score_after", after->score);
	stmt_text(q, "segment_before", segment_word(before->segment));
	stmt_text(q, "segment_after", segment_word(after->segment));
	return stmt_run(q, err);
}

/* One column with an index, where it differs. */
static bool put_column(struct db *db, enum sql_id id, const char *name, int64_t company_id,
	int64_t customer_id, int64_t before, int64_t after, struct err *err)
{
	struct stmt *q;

	if (before == after)
		return true;
	q = use_row(db, id, company_id, customer_id);
	stmt_i64(q, name, after);
	return stmt_run(q, err);
}

static bool put_rating(struct db *db, int64_t company_id, int64_t customer_id,
	const struct customer_score *before, const struct customer_score *after, struct err *err)
{
	bool same = same_rating(before, after);
	struct stmt *q = use_row(
		db, same ? SQL_SCORE_PUT_PLAIN : SQL_SCORE_PUT_SCORE, company_id, customer_id);

	bind_plain(q, after);
	if (!same)
		bind_score(q, after);
	return stmt_run(q, err) &&
	       (same || put_history(db, company_id, customer_id, before, after, err));
}

static bool put_overdue(struct db *db, int64_t company_id, int64_t customer_id,
	const struct customer_score *before, const struct customer_score *after, struct err *err)
{
	struct stmt *q;

	if (same_overdue(before, after))
		return true;
	q = use_row(db, SQL_SCORE_PUT_OVERDUE, company_id, customer_id);
	bind_overdue(q, after);
	return stmt_run(q, err);
}

bool store_score_write(struct db *db, int64_t company_id, int64_t customer_id,
	const struct customer_score *before, const struct customer_score *after,
	struct tally *tally, bool *changed, struct err *err)
{
	*changed = !store_score_same(before, after);
	if (!*changed)
		return true;
	tally_customer(tally, -1, before, 0, false, false);
	tally_customer(tally, 1, after, 0, false, false);
	return put_rating(db, company_id, customer_id, before, after, err) &&
	       put_column(db, SQL_SCORE_PUT_CHURN, "churn", company_id, customer_id, before->churn,
		       after->churn, err) &&
	       put_column(db, SQL_SCORE_PUT_REVENUE, "revenue", company_id, customer_id,
		       before->revenue, after->revenue, err) &&
	       put_column(db, SQL_SCORE_PUT_PURCHASE, "last_purchase", company_id, customer_id,
		       before->last_purchase, after->last_purchase, err) &&
	       put_column(db, SQL_SCORE_PUT_INTERACTION, "last_interaction", company_id,
		       customer_id, before->last_interaction, after->last_interaction, err) &&
	       put_overdue(db, company_id, customer_id, before, after, err);
}

/* --- the scan --- */

/* One of the merged cursors; `id` is the customer its row is about. */
struct cursor {
	struct stmt *q;
	int64_t id; /* INT64_MAX after the last */
};

struct score_scan {
	struct cursor scores, invoices, payments, notes, erased;
	VEC(struct fact_invoice) invoice;
	VEC(struct fact_payment) payment;
};

static bool cursor_next(struct cursor *c, struct err *err)
{
	switch (stmt_step(c->q, err)) {
	case STEP_ROW:
		c->id = col_i64(c->q, 0);
		return true;
	case STEP_DONE:
		c->id = INT64_MAX;
		return true;
	case STEP_FAIL:
		break;
	}
	return false;
}

/* The customers that a scan is about. */
struct span {
	struct db *db;
	int64_t company_id, from, to;
};

static void cursor_bind(struct cursor *c, const struct span *span, enum sql_id id)
{
	c->q = stmt_use(span->db, id);
	stmt_i64(c->q, "company_id", span->company_id);
	stmt_i64(c->q, "from", span->from);
	stmt_i64(c->q, "to", span->to);
}

static bool cursor_start(struct cursor *c, const struct span *span, enum sql_id id, struct err *err)
{
	cursor_bind(c, span, id);
	return cursor_next(c, err);
}

static void cursor_end(struct cursor *c)
{
	if (c->q)
		stmt_done(c->q);
}

struct score_scan *store_score_scan(
	struct db *db, int64_t company_id, int64_t from, int64_t to, int64_t until, struct err *err)
{
	struct score_scan *scan = mem_zalloc(1, sizeof(*scan));
	struct span span = { db, company_id, from, to };

	cursor_bind(&scan->notes, &span, SQL_SCAN_NOTES);
	stmt_i64(scan->notes.q, "until", until);
	if (cursor_next(&scan->notes, err) &&
		cursor_start(&scan->scores, &span, SQL_SCAN_SCORES, err) &&
		cursor_start(&scan->invoices, &span, SQL_SCAN_INVOICES, err) &&
		cursor_start(&scan->payments, &span, SQL_SCAN_PAYMENTS, err) &&
		cursor_start(&scan->erased, &span, SQL_SCAN_ERASED, err))
		return scan;
	store_score_scan_end(scan);
	return NULL;
}

void store_score_scan_end(struct score_scan *scan)
{
	if (!scan)
		return;
	cursor_end(&scan->scores);
	cursor_end(&scan->invoices);
	cursor_end(&scan->payments);
	cursor_end(&scan->notes);
	cursor_end(&scan->erased);
	vec_release(&scan->invoice);
	vec_release(&scan->payment);
	free(scan);
}

/* Rows of customers that have no score, merged ones, are passed over. */
static bool cursor_reach(struct cursor *c, int64_t id, struct err *err)
{
	while (c->id < id)
		if (!cursor_next(c, err))
			return false;
	return true;
}

static bool gather_invoices(struct score_scan *scan, int64_t id, struct err *err)
{
	struct cursor *c = &scan->invoices;

	scan->invoice.len = 0;
	if (!cursor_reach(c, id, err))
		return false;
	while (c->id == id) {
		struct fact_invoice inv = {
			.id = col_i64(c->q, 1),
			.issued = (int32_t)col_i64(c->q, 2),
			.due = (int32_t)col_i64_or(c->q, 3, DAY_NONE),
			.total = col_i64(c->q, 4),
			.credits_id = col_i64(c->q, 5),
		};

		vec_push(&scan->invoice, inv);
		if (!cursor_next(c, err))
			return false;
	}
	return true;
}

static bool gather_payments(struct score_scan *scan, int64_t id, struct err *err)
{
	struct cursor *c = &scan->payments;

	scan->payment.len = 0;
	if (!cursor_reach(c, id, err))
		return false;
	while (c->id == id) {
		struct fact_payment p = {
			.invoice_id = col_i64(c->q, 1),
			.paid_on = (int32_t)col_i64(c->q, 2),
			.amount = col_i64(c->q, 3),
		};

		vec_push(&scan->payment, p);
		if (!cursor_next(c, err))
			return false;
	}
	return true;
}

bool store_score_next(
	struct score_scan *scan, struct customer_facts *out, bool *end, struct err *err)
{
	struct cursor *c = &scan->scores;
	int64_t id = c->id;

	*end = id == INT64_MAX;
	if (*end)
		return true;
	out->customer_id = id;
	score_row_read(c->q, 1, &out->stored);
	if (!gather_invoices(scan, id, err) || !gather_payments(scan, id, err) ||
		!cursor_reach(&scan->notes, id, err) || !cursor_reach(&scan->erased, id, err))
		return false;
	out->last_note = scan->notes.id == id ? col_i64(scan->notes.q, 1) : INSTANT_NONE;
	out->anonymised = scan->erased.id == id;
	out->invoices = scan->invoice.items;
	out->n_invoices = scan->invoice.len;
	out->payments = scan->payment.items;
	out->n_payments = scan->payment.len;
	return cursor_next(c, err);
}

/* --- other reads --- */

bool store_score_history(struct db *db, int64_t company_id, int64_t customer_id, int32_t since,
	int n, struct arena *a, struct score_step **out, int *count, struct err *err)
{
	struct stmt *q = use_row(db, SQL_SCORE_HISTORY, company_id, customer_id);
	struct score_step *list = arena_alloc(a, (size_t)n * sizeof(*list));
	enum step step = STEP_DONE;
	int i = n;

	stmt_i64(q, "since", since);
	stmt_i64(q, "n", n);
	/* Newest first from the store, oldest first to the caller. */
	while (i > 0 && (step = stmt_step(q, err)) == STEP_ROW)
		list[--i] = (struct score_step){
			.day = (int32_t)col_i64(q, 0),
			.score_before = (int)col_i64(q, 1),
			.score_after = (int)col_i64(q, 2),
			.segment_before = segment_of(col_text(q, 3)),
			.segment_after = segment_of(col_text(q, 4)),
		};
	stmt_done(q);
	*out = list + i;
	*count = n - i;
	return step != STEP_FAIL;
}

bool store_score_revenues(struct db *db, int64_t company_id,
	void (*tell)(void *data, int64_t revenue), void *data, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_SCORE_REVENUES);
	enum step step;

	stmt_i64(q, "company_id", company_id);
	while ((step = stmt_step(q, err)) == STEP_ROW)
		tell(data, col_i64(q, 0));
	stmt_done(q);
	return step == STEP_DONE;
}

bool store_score_oldest_overdue(struct db *db, int64_t company_id, int32_t *day, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_SCORE_OLDEST_OVERDUE);
	int64_t found;

	stmt_i64(q, "company_id", company_id);
	if (!stmt_number(q, DAY_NONE, &found, err))
		return false;
	*day = (int32_t)found;
	return true;
}
