/*
 * Lists of customers: pages by key in every order offered, both ways, with a
 * filter; the ids and the number of those a filter lets pass. A page costs what
 * its rows cost wherever it lies: there is no OFFSET and no count.
 *
 * A page of a filter that lets few pass comes from the index of one of its terms,
 * or, where none has one, may read all: ask on a connection that can be interrupted
 * (db_interrupt).
 */
#ifndef STORE_LIST_H
#define STORE_LIST_H

#include "arena.h"
#include "customer.h"
#include "customer_page.h"
#include "db.h"

/*
 * `n` rows at most behind `from`, or in front of it where `back`; NULL begins at
 * that end of the list. `from` itself is not among them unless `with` is set and
 * it still passes.
 */
bool store_list_page(struct db *db, const struct list_query *q, const struct list_key *from,
	bool back, bool with, int n, struct arena *a, struct list_page *out,
	struct err *err) MUST_USE;

/* Where a customer stands; *found is false where the filter leaves it out or it is gone. */
bool store_list_key(struct db *db, const struct list_query *q, int64_t id, struct arena *a,
	struct list_key *out, bool *found, struct err *err) MUST_USE;

/* One line by id, whatever the filter. *found is false when it is gone or merged. */
bool store_list_line(struct db *db, int64_t company_id, int64_t id, struct arena *a,
	struct customer_line *out, bool *found, struct err *err) MUST_USE;

/* How many pass the filter. Reads them all: not on the path of a key. */
bool store_list_count(
	struct db *db, const struct list_query *q, int64_t *n, struct err *err) MUST_USE;

/* The ids that pass, ascending and over `after`, `n` at most. */
bool store_list_ids(struct db *db, const struct list_query *q, int64_t after, int n, int64_t *out,
	int *count, struct err *err) MUST_USE;

/* The plans of all queries that pages are made of, one step a line: for the test
 * that reads them. */
bool store_list_plan(struct db *db, const struct list_query *q, bool back, struct strbuf *out,
	struct err *err) MUST_USE;

#endif
