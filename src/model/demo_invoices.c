/* The invoices and payments of an invented customer; see demo.h. */
#include <inttypes.h>

#include "date.h"
#include "demo.h"
#include "demo_plan.h"

/*
 * A customer's history is laid out in ages, days before today, so that how many
 * invoices are open or overdue hardly depends on the season of today; dates are
 * moved towards the good months only afterwards, by two weeks at most.
 */
struct range {
	int16_t lo, mode, hi;
};

struct habits {
	int8_t fewest, most; /* invoices */
	struct range last;   /* age of the latest one */
	struct range gap;    /* days between two */
	uint16_t cash;	     /* percent of invoices paid on the spot */
	uint16_t ticket;     /* percent of the usual amount */
};

static const struct habits habits[PROFILE_COUNT] = {
	[PROFILE_KEY] = { 10, 20, { 0, 5, 28 }, { 6, 22, 50 }, 10, 400 },
	[PROFILE_FAITHFUL] = { 8, 12, { 0, 8, 55 }, { 12, 30, 70 }, 30, 150 },
	[PROFILE_REGULAR] = { 3, 5, { 0, 20, 150 }, { 40, 90, 200 }, 35, 100 },
	[PROFILE_OCCASIONAL] = { 1, 3, { 10, 130, 700 }, { 60, 180, 400 }, 30, 90 },
	[PROFILE_DORMANT] = { 1, 4, { 185, 300, 1100 }, { 20, 60, 200 }, 5, 110 },
	[PROFILE_PROSPECT] = { 0, 0, { 0, 0, 0 }, { 0, 0, 0 }, 0, 0 },
};

/* Days from the due day to the payment. */
static const struct range delays[PAYER_COUNT] = {
	[PAYER_PROMPT] = { -12, -3, 0 },
	[PAYER_USUAL] = { -2, 7, 16 },
	[PAYER_SLOW] = { 8, 22, 40 },
	[PAYER_LATE] = { 25, 55, 160 },
};

/* Invoices in a thousand that are never paid, or only in part. */
static const uint32_t never_paid[PAYER_COUNT] = { 0, 20, 60, 300 };

/* How good the months are, January first: the festive season, then the start of
 * the school year; the rainy season is quiet. */
static const uint16_t season[12] = { 70, 66, 78, 84, 86, 80, 68, 70, 88, 94, 90, 100 };

struct history {
	const struct demo *demo;
	const struct habits *habits;
	struct demo_plan plan;
	struct rng rng;
	int64_t i;	/* the customer */
	int64_t ticket; /* the usual amount, XOF */
};

static int64_t draw(struct rng *rng, struct range range)
{
	return rng_triangular(rng, range.lo, range.mode, range.hi);
}

static struct history history_of(const struct demo *demo, int64_t i)
{
	struct history h = { .demo = demo, .plan = demo_plan(demo, i), .i = i };

	h.habits = &habits[h.plan.profile];
	demo_rng(demo, i, DEMO_INVOICING, &h.rng);
	if (h.plan.kind == KIND_FIRM)
		h.ticket = 20000 + rng_exponential(&h.rng, 150000, 1500000);
	else
		h.ticket = 2500 + rng_exponential(&h.rng, 20000, 200000);
	h.ticket = h.ticket * h.habits->ticket / 100;
	return h;
}

/* Moves an age, within `newer` and `older` days, to a day that suits business: not
 * a Sunday, rather a good month. */
static int64_t settle_age(struct history *h, int64_t age, int64_t newer, int64_t older)
{
	int64_t lo = age - (newer < 14 ? newer : 14);
	int64_t hi = age + (older < 14 ? older : 14);
	int64_t best = age;

	for (int try = 0; try < 4; try++) {
		int month;

		best = rng_range(&h->rng, lo, hi);
		month = date_to_civil(h->demo->today - (int32_t)best).month;
		if (rng_chance(&h->rng, season[month - 1], 100))
			break;
	}
	if (date_weekday(h->demo->today - (int32_t)best) < 7)
		return best;
	if (best > lo && rng_chance(&h->rng, 50, 100))
		return best - 1;
	return best < hi ? best + 1 : best;
}

/* The ages of the invoices, latest first. Each may move by less than half the gap
 * to its neighbours, the latest not beyond today. */
static size_t lay_out(struct history *h, int64_t *ages)
{
	size_t count = (size_t)rng_range(&h->rng, h->habits->fewest, h->habits->most);
	int64_t age = count ? draw(&h->rng, h->habits->last) : 0;
	int64_t newer = age;

	for (size_t k = 0; k < count; k++) {
		int64_t gap = draw(&h->rng, h->habits->gap);

		ages[k] = settle_age(h, age, newer, (gap - 1) / 2);
		newer = (gap - 1) / 2;
		age += gap;
	}
	return count;
}

/* Firms are billed with 18 % tax on round hundreds, people pay round prices. */
static int64_t amount_of(struct history *h, int32_t issued)
{
	int64_t percent = 40 + rng_exponential(&h->rng, 60, 460);
	int month = date_to_civil(issued).month;
	int64_t amount = h->ticket * percent / 100 * (season[month - 1] + 20) / 100;

	if (h->plan.kind == KIND_FIRM)
		return (amount / 100 + 10) * 118;
	return (amount / 25 + 20) * 25;
}

static void add_payment(struct demo_invoice *invoice, int32_t paid_on, int64_t amount)
{
	struct demo_payment *p = &invoice->payments[invoice->payment_count++];
	char number[sizeof(invoice->number)];

	/* Both lie in one structure: gcc cannot see that they do not meet. */
	memcpy(number, invoice->number, sizeof(number));
	snprintf(p->reference, sizeof(p->reference), "R%s-%d", number + 1, invoice->payment_count);
	p->paid_on = paid_on;
	p->amount = amount;
}

/* Pays in one go or, where there is time, in two or three; the last one settles on
 * `paid_on`. */
static void pay(struct history *h, struct demo_invoice *invoice, int32_t paid_on)
{
	static const uint16_t goes_weights[DEMO_PAYMENTS] = { 962, 31, 7 };
	int goes = 1 + (int)rng_weighted(&h->rng, goes_weights, DEMO_PAYMENTS);
	int64_t left = invoice->total;

	if (paid_on - invoice->issued < 10)
		goes = 1;
	for (; goes > 1; goes--) {
		int64_t part = left / goes / 5 * 5;
		int32_t days = (paid_on - invoice->issued) / goes;

		add_payment(invoice, paid_on - days * (goes - 1), part);
		left -= part;
	}
	add_payment(invoice, paid_on, left);
}

/* An invoice past its due day that is left unpaid; some have a part paid. */
static void pay_in_part(struct history *h, struct demo_invoice *invoice, int32_t due)
{
	int64_t part = invoice->total * rng_range(&h->rng, 20, 70) / 100 / 5 * 5;

	if (due < h->demo->today && rng_chance(&h->rng, 30, 100))
		add_payment(invoice, due, part);
}

static void settle(struct history *h, struct demo_invoice *invoice, bool latest)
{
	bool cash = rng_chance(&h->rng, h->habits->cash, 100);
	int32_t terms = h->plan.profile == PROFILE_KEY && rng_chance(&h->rng, 30, 100) ? 60 : 30;
	int32_t due = invoice->issued + (cash ? 0 : terms);
	int32_t paid_on = due + (int32_t)draw(&h->rng, delays[h->plan.payer]);
	uint32_t unpaid = never_paid[h->plan.payer];

	/* most of those who went away left an invoice behind */
	if (latest && h->plan.profile == PROFILE_DORMANT)
		unpaid = 500;
	invoice->due = terms == 30 && !cash && rng_chance(&h->rng, 8, 100) ? DAY_NONE : due;
	if (paid_on < invoice->issued || cash)
		paid_on = invoice->issued;
	if (!cash && rng_chance(&h->rng, unpaid, 1000))
		pay_in_part(h, invoice, due);
	else if (paid_on <= h->demo->today)
		pay(h, invoice, paid_on);
}

/* An invoice's number says its year, customer and place: unique, whatever part of
 * the customers is made. */
static void make_number(
	const struct history *h, struct demo_invoice *invoice, char letter, size_t k)
{
	snprintf(invoice->number, sizeof(invoice->number), "%c%d-%06" PRId64 "-%02zu", letter,
		(int)date_to_civil(invoice->issued).year, h->i + 1, k + 1);
}

/* Goods that came back: a credit note for a part of a settled invoice, whose last
 * payment shrinks by as much. */
static bool credit(struct history *h, struct demo_invoice *invoices, size_t k, size_t at)
{
	const struct demo_invoice *from = &invoices[k];
	struct demo_payment *last = &invoices[k].payments[from->payment_count - 1];
	struct demo_invoice *note = &invoices[at];
	int64_t part = from->total * rng_range(&h->rng, 5, 60) / 100;

	if (last->amount != from->total || last->paid_on - from->issued < 8)
		return false;
	*note = (struct demo_invoice){ .total = -part, .credits = (int)k, .due = DAY_NONE };
	note->issued = (int32_t)rng_range(&h->rng, from->issued + 2, last->paid_on - 1);
	make_number(h, note, 'A', at);
	last->amount -= part;
	return true;
}

size_t demo_invoices(const struct demo *demo, int64_t i, struct demo_invoice *out)
{
	struct history h = history_of(demo, i);
	int64_t ages[DEMO_INVOICES];
	size_t count = lay_out(&h, ages), all = count;

	for (size_t k = 0; k < count; k++) {
		struct demo_invoice *invoice = &out[k];

		*invoice = (struct demo_invoice){ .credits = -1 };
		invoice->issued = demo->today - (int32_t)ages[count - 1 - k];
		invoice->total = amount_of(&h, invoice->issued);
		make_number(&h, invoice, 'F', k);
		settle(&h, invoice, k == count - 1);
	}
	for (size_t k = 0; k < count && all < DEMO_INVOICES; k++)
		if (rng_chance(&h.rng, 28, 1000) && out[k].payment_count && credit(&h, out, k, all))
			all++;
	return all;
}
