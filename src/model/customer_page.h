/*
 * A list of customers: in which order, which of them, and a page of it. Pure
 * data; texts are *borrowed* from the arena that was given for the page.
 */
#ifndef CUSTOMER_PAGE_H
#define CUSTOMER_PAGE_H

#include "customer.h"
#include "filter.h"
#include "lang.h"

enum list_order {
	LIST_NAME,
	LIST_CITY,
	LIST_SCORE,
	LIST_CHURN,
	LIST_REVENUE,
	LIST_OVERDUE,
	LIST_LAST_PURCHASE,
	LIST_LAST_INTERACTION,
	LIST_SEGMENT, /* a VIP is the greatest; within a segment by score */
	LIST_ORDERS
};

struct list_query {
	int64_t company_id;
	enum list_order order;
	bool descending;
	const struct filter *filter; /* NULL: all */
	/* What filters are compared with. */
	int32_t today;
	int decimals;	    /* of the company's currency */
	enum lang language; /* of customers that name none */
};

/* Where a row stands in its order. */
struct list_key {
	int64_t id;
	int64_t number;	  /* in an order by number */
	const char *text; /* in an order by text: the folded key */
};

struct list_page {
	struct customer_line *lines; /* in list order, in the arena */
	struct list_key *keys;	     /* of each line */
	int count;
	bool last; /* nothing lies beyond, in the direction asked */
};

#define HITS_MAX 2000 /* that a search sorts */

/* What a search found. */
struct customer_hits {
	int64_t *ids;
	int count;
	bool more;    /* there are more than HITS_MAX: these are the first */
	bool by_name; /* in the order of names; else of ids */
};

/* "name", "last_purchase": for options and settings. */
const char *list_order_word(enum list_order order);
/* English, to be translated. */
const char *list_order_label(enum list_order order);
bool list_order_parse(const char *s, enum list_order *order) MUST_USE;

#endif
