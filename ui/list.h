/*
 * A screen that is a list: a table with a search line in its headline. The
 * screen owns it, calls list_init in open() and list_release in close(), and
 * sets `v->list`.
 */
#ifndef LIST_H
#define LIST_H

#include "edit.h"
#include "table.h"

struct list {
	struct table table;
	struct edit search;
	const char *hint; /* N_(): what can be searched; NULL: no search */
	bool searching;	  /* the search line has the focus */
	struct rect line; /* of the search, at the last drawing */
};

void list_init(struct list *l, const struct table_ops *ops, void *ctx, const char *hint);
void list_release(struct list *l);
/* What is searched for, "" for nothing. */
const char *list_search(const struct list *l) MUST_USE;

#endif
