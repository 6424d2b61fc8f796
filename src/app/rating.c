#include "rating.h"

#include <stdlib.h>

#include "date.h"
#include "db.h"
#include "money.h"
#include "store_company.h"
#include "tz.h"

bool rating_init(struct rating *r, struct session *s, struct err *err)
{
	*r = (struct rating){ .today = DAY_NONE };
	if (!store_company_get(s->db, s->company.id, &r->company, err))
		return false;
	r->tz = tz_load(r->company.time_zone, err);
	if (!r->tz)
		return false;
	r->today = tz_local(r->tz, session_now(s)).day;
	r->until = tz_instant(r->tz, r->today + 1, 0);
	r->decimals = money_decimals(r->company.currency);
	r->thresholds = (struct score_thresholds){
		.low = r->company.revenue_low,
		.mid = r->company.revenue_mid,
		.high = r->company.revenue_high,
	};
	return true;
}

void rating_release(struct rating *r)
{
	tz_free(r->tz);
	vec_release(&r->credits);
}

static int by_invoice_and_day(const void *a, const void *b)
{
	const struct credit *x = a, *y = b;

	if (x->invoice_id != y->invoice_id)
		return x->invoice_id < y->invoice_id ? -1 : 1;
	return (x->day > y->day) - (x->day < y->day);
}

static void gather_credits(struct rating *r, const struct customer_facts *f)
{
	r->credits.len = 0;
	for (size_t i = 0; i < f->n_invoices; i++) {
		const struct fact_invoice *inv = &f->invoices[i];
		struct credit credit = { inv->credits_id, inv->issued, -inv->total };

		if (inv->credits_id && inv->total < 0)
			vec_push(&r->credits, credit);
	}
	if (r->credits.len > 1)
		qsort(r->credits.items, r->credits.len, sizeof(*r->credits.items),
			by_invoice_and_day);
}

/* The first payment of the invoice, or where it would be. `hint`, where those of
 * another invoice end, is tried first: invoices mostly come in the order of ids. */
static size_t find_payments(const struct customer_facts *f, int64_t invoice_id, size_t hint)
{
	size_t lo = 0, hi = f->n_payments;

	if (hint < hi && f->payments[hint].invoice_id == invoice_id)
		return hint;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (f->payments[mid].invoice_id < invoice_id)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static size_t find_credits(const struct rating *r, int64_t invoice_id)
{
	size_t lo = 0, hi = r->credits.len;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (r->credits.items[mid].invoice_id < invoice_id)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* Payments and credit notes of one invoice, merged by day. *at is where the
 * payments of the next one are likely to begin. */
static void settle(const struct rating *r, const struct customer_facts *f,
	const struct fact_invoice *inv, size_t *at, struct settlement *out)
{
	size_t p = find_payments(f, inv->id, *at);
	size_t c = find_credits(r, inv->id);

	settle_start(out, inv->total, r->today);
	for (;;) {
		bool payment = p < f->n_payments && f->payments[p].invoice_id == inv->id;
		bool credit = c < r->credits.len && r->credits.items[c].invoice_id == inv->id;

		if (credit && (!payment || r->credits.items[c].day < f->payments[p].paid_on)) {
			settle_payment(out, r->credits.items[c].day, r->credits.items[c].amount);
			c++;
		} else if (payment) {
			settle_payment(out, f->payments[p].paid_on, f->payments[p].amount);
			p++;
		} else {
			break;
		}
	}
	*at = p;
}

void rating_sum(struct rating *r, const struct customer_facts *f, struct facts *out)
{
	struct settlement settled;
	size_t at = 0;

	gather_credits(r, f);
	facts_start(out, r->today, r->company.terms_days);
	for (size_t i = 0; i < f->n_invoices; i++) {
		const struct fact_invoice *inv = &f->invoices[i];

		settle(r, f, inv, &at, &settled);
		facts_invoice(out, inv->issued, inv->due, &settled);
	}
}

void rating_rate(const struct rating *r, const struct facts *facts, int64_t last_note,
	bool anonymised, struct customer_score *out)
{
	struct score_input input;
	struct score_result result;
	int32_t interaction = facts->last_purchase;

	if (last_note != INSTANT_NONE) {
		int32_t day = tz_local(r->tz, last_note).day;

		interaction = day > interaction ? day : interaction;
	}
	score_input_from(&input, facts, r->decimals);
	score_compute(&input, &r->thresholds, &result);
	*out = (struct customer_score){
		.score = result.score,
		.segment = result.segment,
		.behaviour = result.behaviour,
		.churn = result.churn,
		.revenue = facts->revenue,
		.purchases = facts->purchases,
		.has_delay = input.has_delay,
		.delay_days = input.has_delay ? input.delay : 0,
		.last_purchase = facts->last_purchase,
		.last_interaction = interaction,
		.lifetime_value = result.ltv,
		.satisfaction = result.satisfaction,
		.overdue = facts->overdue,
		.overdue_30 = facts->overdue_30,
		.overdue_60 = facts->overdue_60,
		.overdue_90 = facts->overdue_90,
		.overdue_since = facts->overdue_since,
		.active = !anonymised && facts_active(facts->last_purchase, interaction, r->today),
		.computed_on = r->today,
	};
}

void rating_initial(const struct session *s, struct customer_score *out)
{
	const struct company *c = &s->company;
	struct rating r = {
		.today = session_today(s),
		.decimals = money_decimals(c->currency),
		.thresholds = { c->revenue_low, c->revenue_mid, c->revenue_high },
	};
	struct facts facts;

	facts_start(&facts, r.today, c->terms_days);
	rating_rate(&r, &facts, INSTANT_NONE, false, out);
}

bool rating_look(
	struct rating *r, struct db *db, int64_t customer_id, struct rated *out, struct err *err)
{
	struct score_scan *scan =
		store_score_scan(db, r->company.id, customer_id, customer_id, r->until, err);
	struct customer_facts f;
	bool end = true, ok;

	if (!scan)
		return false;
	ok = store_score_next(scan, &f, &end, err);
	out->found = ok && !end;
	if (out->found) {
		out->stored = f.stored;
		rating_sum(r, &f, &out->facts);
		rating_rate(r, &out->facts, f.last_note, f.anonymised, &out->now);
	}
	store_score_scan_end(scan);
	return ok;
}
