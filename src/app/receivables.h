/*
 * What customers owe: the open amount of invoices past due, how old it is, and
 * the invoices and payments behind it. A day of age is a day after the due day;
 * an invoice without one is due after the company's terms.
 *
 * Of one customer everything is computed from the facts as they are now. Of the
 * company it is the sum of what the scores hold, as old as they are (every night,
 * and with each change): no rows are counted.
 */
#ifndef RECEIVABLES_H
#define RECEIVABLES_H

#include "arena.h"
#include "invoice.h"
#include "session.h"

enum receivables_age {
	AGE_UP_TO_30, /* past due by 1 to 30 days */
	AGE_UP_TO_60,
	AGE_UP_TO_90,
	AGE_OVER_90,
	AGE_COUNT
};

/* "Up to 30 days", "Over 90 days"; English, to be translated. */
const char *receivables_age_label(enum receivables_age age);

struct receivables {
	int64_t overdue; /* minor units: the sum of ages */
	int64_t ages[AGE_COUNT];
	int32_t since;	   /* due day of the oldest, DAY_NONE if nothing is overdue */
	int64_t not_due;   /* open and not yet due; of one customer only */
	int64_t customers; /* who owe something past due */
};

/* Right for all: RIGHT_CUSTOMERS_READ. */
bool receivables_of(
	struct session *s, int64_t customer_id, struct receivables *out, struct err *err) MUST_USE;
bool receivables_company(struct session *s, struct receivables *out, struct err *err) MUST_USE;

/* Pages of `n` at most, newest first, after `after` (INVOICE_KEY_FIRST to begin). */
bool receivables_invoices(struct session *s, int64_t customer_id, struct invoice_key after, int n,
	struct arena *a, struct invoice_line **out, int *count, struct err *err) MUST_USE;
bool receivables_payments(struct session *s, int64_t customer_id, struct invoice_key after, int n,
	struct arena *a, struct payment_line **out, int *count, struct err *err) MUST_USE;

#endif
