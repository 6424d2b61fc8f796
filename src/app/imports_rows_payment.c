/*
 * A line of payments.
 *
 * Known by its reference; without one, a payment is its invoice, day and amount,
 * so that two lines that say the same are one payment. It belongs to the customer
 * of its invoice, which must be there. A payment does not change.
 */
#include "imports_private.h"

#include "date.h"
#include "store_invoice.h"

struct paid {
	const char *invoice;
	const char *customer;
	const char *reference;
	int32_t day;
	struct import_amount amount;
};

static bool read_line(struct import *im, struct import_line *l, struct paid *paid)
{
	const char *day;

	if (!import_needs(im, l, PAYMENT_INVOICE, &paid->invoice) ||
		!import_text(im, l, PAYMENT_CUSTOMER, &paid->customer) ||
		!import_needs(im, l, PAYMENT_DAY, &day) ||
		!import_day(im, l, PAYMENT_DAY, &paid->day) ||
		!import_money(
			im, l, PAYMENT_AMOUNT, PAYMENT_CURRENCY, PAYMENT_RATE, &paid->amount) ||
		!import_text(im, l, PAYMENT_REFERENCE, &paid->reference))
		return false;
	return paid->amount.minor > 0 ||
	       import_refuse(l, REASON_PAYMENT_NOT_POSITIVE, PAYMENT_AMOUNT,
		       import_cell(im, l, PAYMENT_AMOUNT)->text);
}

static const char *made_reference(struct import *im, const struct paid *paid)
{
	struct civil c = date_to_civil(paid->day);

	return arena_printf(&im->scrap, "%s %04d-%02d-%02d %lld", paid->invoice, (int)c.year,
		c.month, c.day, (long long)paid->amount.minor);
}

static bool check_customer(struct import *im, struct import_line *l, const struct paid *paid,
	int64_t customer_id, struct err *err)
{
	struct import_customer found;

	if (!*paid->customer)
		return true;
	if (!store_import_customer(im->s->db, im->s->company.id, paid->customer, &found, err))
		return false;
	if (found.id != customer_id)
		import_refuse(l, REASON_PAYMENT_OTHER_CUSTOMER, PAYMENT_CUSTOMER, paid->customer);
	return true;
}

static enum import_outcome compare(struct import *im, struct import_line *l,
	const struct paid *paid, const struct payment *p, int64_t invoice_id)
{
	if (p->invoice_id == invoice_id && p->paid_on == paid->day &&
		p->amount == paid->amount.minor)
		return LINE_UNCHANGED;
	import_refuse(l,
		!im->dry && p->id > im->run.id ? REASON_REFERENCE_REPEATED : REASON_PAYMENT_CHANGED,
		PAYMENT_REFERENCE, paid->reference);
	return LINE_REFUSED;
}

static enum import_outcome imagine(struct import *im, struct import_line *l,
	const struct paid *paid, int64_t invoice_id, struct err *err)
{
	char text[80];
	const char *texts[1] = { text };
	int64_t now, before;

	snprintf(text, sizeof(text), "%lld %d %lld", (long long)invoice_id, (int)paid->day,
		(long long)paid->amount.minor);
	now = import_digest(texts, 1);
	if (!import_seen(im, paid->reference, &before, err))
		return LINE_FAILED;
	if (before == now)
		return LINE_UNCHANGED;
	if (before) {
		import_refuse(l, REASON_REFERENCE_REPEATED, PAYMENT_REFERENCE, paid->reference);
		return LINE_REFUSED;
	}
	return import_mark_seen(im, paid->reference, now, err) ? LINE_CREATED : LINE_FAILED;
}

/* LINE_HELD when the reference is taken. */
static enum import_outcome insert(
	struct import *im, const struct paid *paid, const struct invoice *inv, struct err *err)
{
	struct err why = ERR_INIT;
	struct payment p = {
		.company_id = im->s->company.id,
		.customer_id = inv->customer_id,
		.invoice_id = inv->id,
		.reference = paid->reference,
		.paid_on = paid->day,
		.amount = paid->amount.minor,
	};

	p.id = import_next_id(im, &im->payments, err);
	if (!p.id)
		return LINE_FAILED;
	im->fresh = store_payment_insert(im->s->db, &p, &why);
	if (im->fresh) {
		import_touch(im, inv->customer_id);
		return LINE_CREATED;
	}
	import_give_back_id(&im->payments);
	if (why.code == ERR_DUPLICATE)
		return LINE_HELD;
	*err = why;
	return LINE_FAILED;
}

/* Where the last one was new, looking first would be in vain. */
static enum import_outcome find_or_insert(struct import *im, struct import_line *l,
	const struct paid *paid, const struct invoice *inv, struct err *err)
{
	struct payment p;
	enum import_outcome outcome;

	if (im->fresh) {
		outcome = insert(im, paid, inv, err);
		if (outcome != LINE_HELD)
			return outcome;
	}
	if (!store_payment_find(im->s->db, im->s->company.id, paid->reference, &p, err))
		return LINE_FAILED;
	if (p.id)
		return compare(im, l, paid, &p, inv->id);
	return im->dry ? imagine(im, l, paid, inv->id, err) : insert(im, paid, inv, err);
}

enum import_outcome import_payment_row(struct import *im, struct import_line *l, struct err *err)
{
	struct session *s = im->s;
	struct paid paid;
	struct invoice inv;

	if (!read_line(im, l, &paid))
		return LINE_REFUSED;
	if (!store_invoice_find(s->db, s->company.id, paid.invoice, &im->scrap, &inv, err))
		return LINE_FAILED;
	if (!inv.id) {
		import_refuse(l, REASON_UNKNOWN_INVOICE, PAYMENT_INVOICE, paid.invoice);
		return LINE_REFUSED;
	}
	if (!check_customer(im, l, &paid, inv.customer_id, err))
		return LINE_FAILED;
	if (l->why.reason)
		return LINE_REFUSED;
	if (!*paid.reference)
		paid.reference = made_reference(im, &paid);
	return find_or_insert(im, l, &paid, &inv, err);
}
