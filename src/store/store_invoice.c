#include "store_invoice.h"

#include <stdlib.h>

#include "settle.h"
#include "stmt.h"
#include "vec.h"

struct id_list {
	int64_t *items;
	size_t len, cap;
};

bool store_invoice_insert(struct db *db, struct invoice *inv, struct err *err)
{
	const char *currency = inv->original_currency;
	struct stmt *q;

	if (!inv->id && !(inv->id = db_ids(db, 1, err)))
		return false;
	q = stmt_use(db, SQL_INVOICE_INSERT);
	stmt_i64(q, "id", inv->id);
	stmt_i64(q, "company_id", inv->company_id);
	stmt_i64(q, "customer_id", inv->customer_id);
	stmt_text(q, "number", inv->number);
	stmt_i64(q, "issued", inv->issued);
	stmt_i64_or_null(q, "due", inv->due, DAY_NONE);
	stmt_i64(q, "total", inv->total);
	stmt_i64_or_null(q, "credits_id", inv->credits_id, 0);
	if (currency && *currency) {
		stmt_i64(q, "original_total", inv->original_total);
		stmt_text(q, "original_currency", currency);
	} else {
		stmt_null(q, "original_total");
		stmt_null(q, "original_currency");
	}
	return stmt_run(q, err);
}

bool store_payment_insert(struct db *db, struct payment *p, struct err *err)
{
	struct stmt *q;

	if (!p->id && !(p->id = db_ids(db, 1, err)))
		return false;
	q = stmt_use(db, SQL_PAYMENT_INSERT);
	stmt_i64(q, "id", p->id);
	stmt_i64(q, "company_id", p->company_id);
	stmt_i64(q, "customer_id", p->customer_id);
	stmt_i64(q, "invoice_id", p->invoice_id);
	stmt_text(q, "reference", p->reference);
	stmt_i64(q, "paid_on", p->paid_on);
	stmt_i64(q, "amount", p->amount);
	return stmt_run(q, err);
}

bool store_invoice_set_due(
	struct db *db, int64_t company_id, int64_t id, int32_t due, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_INVOICE_SET_DUE);

	stmt_i64(q, "id", id);
	stmt_i64(q, "company_id", company_id);
	stmt_i64_or_null(q, "due", due, DAY_NONE);
	return stmt_run(q, err);
}

static void read_invoice(struct stmt *q, struct arena *a, struct invoice *out)
{
	*out = (struct invoice){
		.id = col_i64(q, 0),
		.company_id = col_i64(q, 1),
		.customer_id = col_i64(q, 2),
		.number = col_dup(q, 3, a),
		.issued = (int32_t)col_i64(q, 4),
		.due = (int32_t)col_i64_or(q, 5, DAY_NONE),
		.total = col_i64(q, 6),
		.credits_id = col_i64_or(q, 7, 0),
		.original_total = col_i64_or(q, 8, 0),
		.original_currency = col_dup(q, 9, a),
	};
}

static void read_payment(struct stmt *q, const char *reference, struct payment *out)
{
	*out = (struct payment){
		.id = col_i64(q, 0),
		.company_id = col_i64(q, 1),
		.customer_id = col_i64(q, 2),
		.invoice_id = col_i64(q, 3),
		.reference = reference,
		.paid_on = (int32_t)col_i64(q, 5),
		.amount = col_i64(q, 6),
	};
}

bool store_invoice_find(struct db *db, int64_t company_id, const char *number, struct arena *a,
	struct invoice *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_INVOICE_FIND);
	enum step step;

	*out = (struct invoice){ .number = number, .due = DAY_NONE, .original_currency = "" };
	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "number", number);
	step = stmt_step(q, err);
	if (step == STEP_ROW)
		read_invoice(q, a, out);
	stmt_done(q);
	return step != STEP_FAIL;
}

bool store_payment_find(struct db *db, int64_t company_id, const char *reference,
	struct payment *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_PAYMENT_FIND);
	enum step step;

	*out = (struct payment){ .reference = reference };
	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "reference", reference);
	step = stmt_step(q, err);
	if (step == STEP_ROW)
		read_payment(q, reference, out);
	stmt_done(q);
	return step != STEP_FAIL;
}

/* --- undo --- */

static int by_id(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Sorts, drops repeats and moves the list into the arena. */
static void hand_over(struct id_list *ids, struct arena *a, int64_t **out, size_t *n)
{
	size_t kept = 0;

	if (ids->len)
		qsort(ids->items, ids->len, sizeof(*ids->items), by_id);
	*out = arena_alloc(a, ids->len * sizeof(**out));
	for (size_t i = 0; i < ids->len; i++)
		if (!i || ids->items[i] != ids->items[i - 1])
			(*out)[kept++] = ids->items[i];
	*n = kept;
}

static struct stmt *use_range(
	struct db *db, enum sql_id id, int64_t company_id, int64_t from, int64_t to)
{
	struct stmt *q = stmt_use(db, id);

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "from", from);
	stmt_i64(q, "to", to);
	return q;
}

static bool delete_range(struct db *db, enum sql_id tombstone, enum sql_id delete,
	int64_t company_id, int64_t from, int64_t to, int64_t now, struct arena *a,
	int64_t **customers, size_t *n, struct err *err)
{
	struct stmt *q = use_range(db, tombstone, company_id, from, to);
	struct id_list ids = { 0 };
	enum step step;

	stmt_i64(q, "at", now);
	if (!stmt_run(q, err))
		return false;
	q = use_range(db, delete, company_id, from, to);
	while ((step = stmt_step(q, err)) == STEP_ROW)
		vec_push(&ids, col_i64(q, 0));
	stmt_done(q);
	if (step == STEP_DONE)
		hand_over(&ids, a, customers, n);
	vec_release(&ids);
	return step == STEP_DONE;
}

bool store_invoice_delete(struct db *db, int64_t company_id, int64_t from, int64_t to, int64_t now,
	struct arena *a, int64_t **customers, size_t *n, int64_t *kept, struct err *err)
{
	if (!delete_range(db, SQL_INVOICE_UNDO_TOMBSTONE, SQL_INVOICE_UNDO, company_id, from, to,
		    now, a, customers, n, err))
		return false;
	return stmt_number(
		use_range(db, SQL_INVOICE_UNDO_KEPT, company_id, from, to), 0, kept, err);
}

bool store_payment_delete(struct db *db, int64_t company_id, int64_t from, int64_t to, int64_t now,
	struct arena *a, int64_t **customers, size_t *n, struct err *err)
{
	return delete_range(db, SQL_PAYMENT_UNDO_TOMBSTONE, SQL_PAYMENT_UNDO, company_id, from, to,
		now, a, customers, n, err);
}

bool store_invoice_left(struct db *db, int64_t company_id, int64_t from, int64_t to,
	struct arena *a, int64_t **out, size_t *n, struct err *err)
{
	struct stmt *q = use_range(db, SQL_INVOICE_LEFT, company_id, from, to);
	struct id_list ids = { 0 };
	enum step step;

	while ((step = stmt_step(q, err)) == STEP_ROW)
		vec_push(&ids, col_i64(q, 0));
	stmt_done(q);
	if (step == STEP_DONE)
		hand_over(&ids, a, out, n);
	vec_release(&ids);
	return step == STEP_DONE;
}

/* --- pages --- */

/* What payments and credit notes made of the invoice in `line`. */
static bool fill_line(struct db *db, const struct invoice_terms *terms, struct invoice_line *line,
	struct err *err)
{
	const struct invoice *inv = &line->invoice;
	struct settlement s;
	enum step step = STEP_DONE;
	struct stmt *q;

	line->due = inv->due != DAY_NONE ? inv->due : inv->issued + terms->terms_days;
	line->settled_on = DAY_NONE;
	if (inv->total < 0)
		return true;
	settle_start(&s, inv->total, terms->today);
	q = stmt_use(db, SQL_INVOICE_SETTLED);
	stmt_i64(q, "company_id", inv->company_id);
	stmt_i64(q, "customer_id", inv->customer_id);
	stmt_i64(q, "id", inv->id);
	while ((step = stmt_step(q, err)) == STEP_ROW)
		settle_payment(&s, (int32_t)col_i64(q, 0), col_i64(q, 1));
	stmt_done(q);
	line->open = settle_open(&s);
	line->settled_on = s.day;
	line->late_known = s.day != DAY_NONE || (line->open && line->due < terms->today);
	if (line->late_known)
		line->days_late = (s.day != DAY_NONE ? s.day : terms->today) - line->due;
	return step != STEP_FAIL;
}

bool store_invoice_page(struct db *db, int64_t company_id, int64_t customer_id,
	struct invoice_key after, const struct invoice_terms *terms, int n, struct arena *a,
	struct invoice_line **out, int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_INVOICE_PAGE);
	struct invoice_line *lines = arena_zalloc(a, (size_t)n, sizeof(*lines));
	enum step step = STEP_DONE;
	int i = 0;

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "customer_id", customer_id);
	stmt_i64(q, "day", after.day);
	stmt_i64(q, "id", after.id);
	stmt_i64(q, "n", n);
	while (i < n && (step = stmt_step(q, err)) == STEP_ROW)
		read_invoice(q, a, &lines[i++].invoice);
	stmt_done(q);
	*out = lines;
	*count = i;
	for (int k = 0; k < i && step != STEP_FAIL; k++)
		if (!fill_line(db, terms, &lines[k], err))
			step = STEP_FAIL;
	return step != STEP_FAIL;
}

bool store_invoice_get(struct db *db, int64_t company_id, int64_t id,
	const struct invoice_terms *terms, struct arena *a, struct invoice_line *out,
	struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_INVOICE_GET);
	enum step step;

	*out = (struct invoice_line){ .settled_on = DAY_NONE };
	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "id", id);
	step = stmt_step(q, err);
	if (step == STEP_ROW)
		read_invoice(q, a, &out->invoice);
	stmt_done(q);
	if (step == STEP_DONE)
		return err_set(err, ERR_GONE, "invoice", "%lld", (long long)id);
	return step == STEP_ROW && fill_line(db, terms, out, err);
}

bool store_payment_page(struct db *db, int64_t company_id, int64_t customer_id,
	struct invoice_key after, int n, struct arena *a, struct payment_line **out, int *count,
	struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_PAYMENT_NEWEST);
	struct payment_line *lines = arena_zalloc(a, (size_t)n, sizeof(*lines));
	enum step step = STEP_DONE;
	int i = 0;

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "customer_id", customer_id);
	stmt_i64(q, "day", after.day);
	stmt_i64(q, "id", after.id);
	stmt_i64(q, "n", n);
	while (i < n && (step = stmt_step(q, err)) == STEP_ROW) {
		read_payment(q, col_dup(q, 4, a), &lines[i].payment);
		lines[i++].number = col_dup(q, 7, a);
	}
	stmt_done(q);
	*out = lines;
	*count = i;
	return step != STEP_FAIL;
}
