/*
 * Changes of many customers, and files of them: those marked in a list, or all
 * that it lists. Asks what is to be done, does it beside the screens, and offers to
 * undo it.
 */
#ifndef BULK_H
#define BULK_H

#include "customers.h"
#include "desk.h"
#include "form.h"
#include "table.h"

/* Whom: the marks of `table`, whose rows are those of the query, the filter and
 * the search. All is *borrowed for* the call. */
struct bulk_target {
	struct list_query query;
	const char *filter, *search;
	const struct table *table;
};

struct bulk {
	struct desk *desk;
	struct form form;
	bool has_form;
	struct bulk_job *job; /* being asked about; owned */
};

void bulk_init(struct bulk *b, struct desk *desk);
void bulk_release(struct bulk *b);
/* The menu of what can be done with all of them. */
unsigned bulk_menu(struct bulk *b, const struct bulk_target *target);
/* The menu of files they, or without marks all that are listed, can be written to. */
unsigned bulk_export(struct bulk *b, const struct bulk_target *target);

#endif
