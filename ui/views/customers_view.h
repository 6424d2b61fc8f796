/*
 * The list of customers. Pushed with a `struct customers_show` it opens what
 * that says: a filter that another screen leads to.
 */
#ifndef CUSTOMERS_VIEW_H
#define CUSTOMERS_VIEW_H

#include "view.h"

struct customers_show {
	const char *filter; /* in the filter language; *borrowed* for the call */
};

extern const struct view_ops customers_view;

#endif
