/*
 * Invented customers with their invoices and payments, for trying the program
 * out, for its tests and for its speed figures. Customer i of a seed and a day is
 * the same on every machine and does not depend on those before it: any part of
 * a million can be made in any order and in no memory. Pure; any thread.
 *
 * Nobody here is real. E-mail domains end in .example (RFC 2606). Telephone
 * numbers have the form of their country and are drawn at random; only the French
 * ones are certain to belong to nobody (kept for fiction by the numbering plan).
 * A store of such customers is marked and never sends to anyone.
 *
 * Over many customers: 5 invoices (credit notes among them) and 4.5 payments
 * each; with the thresholds that the program proposes from their own revenues at
 * least 5 % fall in every segment. In each hundred the mix is exact, so this holds
 * for a few thousand as for a million.
 */
#ifndef DEMO_H
#define DEMO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kind.h"

struct demo {
	uint64_t seed;
	int64_t customers;
	int32_t today; /* nothing is dated later */
};

/* Customers 0 to `customers` - 1, as they are on `today`. */
void demo_init(struct demo *demo, uint64_t seed, int64_t customers, int32_t today);

enum { DEMO_TAGS = 2 };

/* Texts are UTF-8, "" for none; pointers lead to constants. */
struct demo_customer {
	char account_key[24]; /* C000001 for customer 0 */
	enum customer_kind kind;
	enum nature nature;
	char name[80]; /* a firm's name, a person's family name */
	char first_name[40];
	char email[96];
	char phone[28];	     /* as somebody typed it */
	char phone_e164[24]; /* "" if there is none, or it is a wrong one */
	char street[80];
	const char *postcode;
	const char *city;
	const char *country;   /* ISO 3166-1 alpha-2 */
	const char *time_zone; /* "" in Burkina Faso, the demo company's country */
	const char *language;
	const char *channels; /* preferred ones in order, "SMS,EMAIL" */
	int best_minute;      /* -1 if unknown */
	int32_t birth_day;    /* DAY_NONE if unknown */
	uint32_t consents;    /* packed, see consent.h */
	int32_t consent_day;  /* when they were given; DAY_NONE if all are unknown */
	const char *tags[DEMO_TAGS];
	int tag_count;
};

/* One customer in two hundred is another one entered twice: same number, the name
 * in capitals without accents, so that there are duplicates to find. */
void demo_customer(const struct demo *demo, int64_t i, struct demo_customer *out);

enum { DEMO_INVOICES = 24, DEMO_PAYMENTS = 3 };

struct demo_payment {
	char reference[56]; /* unique in the store */
	int32_t paid_on;
	int64_t amount; /* XOF, > 0 */
};

struct demo_invoice {
	char number[40]; /* unique in the store */
	int32_t issued;
	int32_t due;   /* DAY_NONE where the terms of 30 days apply */
	int64_t total; /* XOF, tax included; a credit note's is negative */
	int credits;   /* index of the invoice that a credit note credits, else -1 */
	int payment_count;
	struct demo_payment payments[DEMO_PAYMENTS];
};

/* Fills the invoices of customer i, oldest first, credit notes after them, and
 * returns how many there are, DEMO_INVOICES at most. */
size_t demo_invoices(const struct demo *demo, int64_t i, struct demo_invoice *out);

#endif
