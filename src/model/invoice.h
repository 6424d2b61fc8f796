/*
 * What the accounting side says was sold and paid. Amounts are minor units of
 * the company's currency, tax included; a credit note is a negative invoice.
 */
#ifndef INVOICE_H
#define INVOICE_H

#include <stdbool.h>
#include <stdint.h>

#include "date.h"

struct invoice {
	int64_t id;
	int64_t company_id;
	int64_t customer_id;
	const char *number; /* the accounting system's own; never NULL */
	int32_t issued;
	int32_t due; /* DAY_NONE: issued + the company's terms */
	int64_t total;
	int64_t credits_id;	       /* the invoice a credit note credits, 0 if none is named */
	int64_t original_total;	       /* as made out, where that was another currency */
	const char *original_currency; /* "" if it was the company's */
};

struct payment {
	int64_t id;
	int64_t company_id;
	int64_t customer_id; /* the invoice's */
	int64_t invoice_id;
	const char *reference; /* the accounting system's own, or made from the line */
	int32_t paid_on;
	int64_t amount; /* > 0 */
};

/* An invoice as a list shows it: what its payments and credit notes made of it. */
struct invoice_line {
	struct invoice invoice;
	int32_t due;	    /* with the company's terms where none was given */
	int64_t open;	    /* still owed; 0 for a credit note */
	int32_t settled_on; /* DAY_NONE while open, or when nothing had to be paid */
	bool late_known;    /* false: open and not yet due, or a credit note */
	int32_t days_late;  /* settled: after the due day (< 0: before); open: until today */
};

/* Where a page of invoices or payments ended: the next one goes on after it. */
struct invoice_key {
	int32_t day; /* issued, or paid on */
	int64_t id;
};

#define INVOICE_KEY_FIRST                                                                          \
	{                                                                                          \
		.day = INT32_MAX, .id = INT64_MAX                                                  \
	}

struct payment_line {
	struct payment payment;
	const char *number; /* of the invoice; "" if it is not there */
};

#endif
