#include "receivables.h"

#include "db.h"
#include "i18n.h"
#include "rating.h"
#include "store_counter.h"
#include "store_invoice.h"
#include "store_score.h"

const char *receivables_age_label(enum receivables_age age)
{
	static const char *const labels[AGE_COUNT] = {
		/* TRANSLATORS: how long an amount has been owed past its due day */
		[AGE_UP_TO_30] = N_("Up to 30 days"),
		[AGE_UP_TO_60] = N_("31 to 60 days"),
		[AGE_UP_TO_90] = N_("61 to 90 days"),
		[AGE_OVER_90] = N_("Over 90 days"),
	};

	return (size_t)age < AGE_COUNT ? labels[age] : "";
}

/* From what is past due at all, by more than 30, 60 and 90 days. */
static void fill_ages(struct receivables *r, int64_t over_30, int64_t over_60, int64_t over_90)
{
	r->ages[AGE_UP_TO_30] = r->overdue - over_30;
	r->ages[AGE_UP_TO_60] = over_30 - over_60;
	r->ages[AGE_UP_TO_90] = over_60 - over_90;
	r->ages[AGE_OVER_90] = over_90;
}

static bool look(struct rating *r, struct session *s, int64_t customer_id, struct rated *out,
	struct err *err)
{
	if (!rating_look(r, s->db, customer_id, out, err))
		return false;
	if (!out->found)
		return err_set(err, ERR_GONE, "customer", "%lld", (long long)customer_id);
	return true;
}

bool receivables_of(
	struct session *s, int64_t customer_id, struct receivables *out, struct err *err)
{
	struct rating r = { .today = 0 };
	struct rated rated;
	bool ok;

	*out = (struct receivables){ .since = DAY_NONE };
	if (!session_ready(s, RIGHT_CUSTOMERS_READ, err) || !db_read(s->db, err))
		return false;
	ok = rating_init(&r, s, err) && look(&r, s, customer_id, &rated, err);
	db_read_end(s->db);
	rating_release(&r);
	if (!ok)
		return false;
	out->overdue = rated.facts.overdue;
	out->since = rated.facts.overdue_since;
	out->not_due = rated.facts.not_due;
	out->customers = out->overdue > 0;
	fill_ages(out, rated.facts.overdue_30, rated.facts.overdue_60, rated.facts.overdue_90);
	return true;
}

static bool read_company(struct session *s, struct receivables *out, struct err *err)
{
	struct tally t;

	if (!store_counter_read(s->db, s->company.id, &t, err) ||
		!store_score_oldest_overdue(s->db, s->company.id, &out->since, err))
		return false;
	out->overdue = t.by[COUNTER_OVERDUE_SUM];
	out->customers = t.by[COUNTER_OVERDUE];
	fill_ages(
		out, t.by[COUNTER_OVERDUE_30], t.by[COUNTER_OVERDUE_60], t.by[COUNTER_OVERDUE_90]);
	return true;
}

bool receivables_company(struct session *s, struct receivables *out, struct err *err)
{
	bool ok;

	*out = (struct receivables){ .since = DAY_NONE };
	if (!session_ready(s, RIGHT_CUSTOMERS_READ, err) || !db_read(s->db, err))
		return false;
	ok = read_company(s, out, err);
	db_read_end(s->db);
	return ok;
}

bool receivables_invoices(struct session *s, int64_t customer_id, struct invoice_key after, int n,
	struct arena *a, struct invoice_line **out, int *count, struct err *err)
{
	struct invoice_terms terms;
	bool ok;

	if (!session_ready(s, RIGHT_CUSTOMERS_READ, err) || !db_read(s->db, err))
		return false;
	terms = (struct invoice_terms){ session_today(s), s->company.terms_days };
	ok = store_invoice_page(
		s->db, s->company.id, customer_id, after, &terms, n, a, out, count, err);
	db_read_end(s->db);
	return ok;
}

bool receivables_payments(struct session *s, int64_t customer_id, struct invoice_key after, int n,
	struct arena *a, struct payment_line **out, int *count, struct err *err)
{
	return session_ready(s, RIGHT_CUSTOMERS_READ, err) &&
	       store_payment_page(s->db, s->company.id, customer_id, after, n, a, out, count, err);
}
