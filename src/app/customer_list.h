/*
 * Lists of customers as screens and commands show them: pages in every order,
 * with a filter, in the session's company. Right: RIGHT_CUSTOMERS_READ.
 */
#ifndef CUSTOMER_LIST_H
#define CUSTOMER_LIST_H

#include "arena.h"
#include "customer_page.h"
#include "session.h"

/* A query of this session's company, today: set order and filter yourself. */
struct list_query customer_list_query(const struct session *s);

/*
 * `n` rows at most behind `from`, or in front of it where `back`; NULL begins at
 * that end of the list. With `with`, `from` itself comes first if it still passes.
 */
bool customer_list_page(struct session *s, const struct list_query *q, const struct list_key *from,
	bool back, bool with, int n, struct arena *a, struct list_page *out,
	struct err *err) MUST_USE;
/* Where a customer stands in a list; *found is false when it is not in it. */
bool customer_list_key(struct session *s, const struct list_query *q, int64_t id, struct arena *a,
	struct list_key *out, bool *found, struct err *err) MUST_USE;
/* One line by id, whatever the filter. *found is false when it is gone or merged. */
bool customer_list_line(struct session *s, int64_t id, struct arena *a, struct customer_line *out,
	bool *found, struct err *err) MUST_USE;
/* Without a filter from the counters; with one it reads them all: not for a key's path. */
bool customer_list_count(
	struct session *s, const struct list_query *q, int64_t *n, struct err *err) MUST_USE;
/* The ids that pass, ascending and over `after`, `n` at most. */
bool customer_list_ids(struct session *s, const struct list_query *q, int64_t after, int n,
	int64_t *out, int *count, struct err *err) MUST_USE;

/*
 * How far down the list a row stands, for a scroll bar among a million: exact up to
 * some 2,000 customers, off by about 3 % of the list above. Reading a ruler takes some
 * 60 ms among a million: on the reader's session. *Owned*: list_ruler_free.
 */
struct ruler;
struct ruler *customer_list_ruler(
	struct session *s, const struct list_query *q, struct err *err) MUST_USE;
/* Rows before `key`, in ten-thousandths of the list. Any thread, if one at a time. */
int list_ruler_at(const struct ruler *ruler, const struct list_key *key);
/* NULL is allowed. */
void list_ruler_free(struct ruler *ruler);

#endif
