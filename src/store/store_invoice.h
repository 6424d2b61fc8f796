/*
 * Invoices (credit notes too) and payments: facts, written by imports and taken
 * away again only by undo and erasure. Nothing here looks at scores: whoever
 * writes refreshes those of the customers concerned (app/scores.h).
 */
#ifndef STORE_INVOICE_H
#define STORE_INVOICE_H

#include "arena.h"
#include "db.h"
#include "invoice.h"

/*
 * Adds one, inside a write transaction. An id of 0 is taken from the store and
 * set; a load takes a block with db_ids and gives each row its own. A payment's
 * customer is its invoice's. ERR_DUPLICATE for a number or reference that is
 * there already.
 */
bool store_invoice_insert(struct db *db, struct invoice *inv, struct err *err) MUST_USE;
bool store_payment_insert(struct db *db, struct payment *p, struct err *err) MUST_USE;

/* Moves a due date: no part of the document, so it may follow the accounting side.
 * Journalled by the caller. */
bool store_invoice_set_due(
	struct db *db, int64_t company_id, int64_t id, int32_t due, struct err *err) MUST_USE;

/* By the accounting system's own number or reference; id 0 in `out` when there is
 * none. Texts are `number` or `reference` as given, and the currency in `a`. */
bool store_invoice_find(struct db *db, int64_t company_id, const char *number, struct arena *a,
	struct invoice *out, struct err *err) MUST_USE;
bool store_payment_find(struct db *db, int64_t company_id, const char *reference,
	struct payment *out, struct err *err) MUST_USE;

/*
 * Takes back what an import made: the rows with ids from..to, some thousand at a
 * time so that the write transaction stays short, each leaving a tombstone. The
 * customers concerned, each once and ascending, come in `a`. An invoice that a
 * payment hangs on stays and is counted in *kept: undo the payments first.
 */
bool store_invoice_delete(struct db *db, int64_t company_id, int64_t from, int64_t to, int64_t now,
	struct arena *a, int64_t **customers, size_t *n, int64_t *kept, struct err *err) MUST_USE;
bool store_payment_delete(struct db *db, int64_t company_id, int64_t from, int64_t to, int64_t now,
	struct arena *a, int64_t **customers, size_t *n, struct err *err) MUST_USE;

/* The ids of a range that are still there, ascending. */
bool store_invoice_left(struct db *db, int64_t company_id, int64_t from, int64_t to,
	struct arena *a, int64_t **ids, size_t *n, struct err *err) MUST_USE;

/* What a page is computed with. */
struct invoice_terms {
	int32_t today; /* payments dated later are not counted */
	int terms_days;
};

/* `n` lines at most of a customer's documents, newest first, older than `after`. */
bool store_invoice_page(struct db *db, int64_t company_id, int64_t customer_id,
	struct invoice_key after, const struct invoice_terms *terms, int n, struct arena *a,
	struct invoice_line **out, int *count, struct err *err) MUST_USE;
bool store_payment_page(struct db *db, int64_t company_id, int64_t customer_id,
	struct invoice_key after, int n, struct arena *a, struct payment_line **out, int *count,
	struct err *err) MUST_USE;
/* One document with what was paid on it, by id; ERR_GONE. */
bool store_invoice_get(struct db *db, int64_t company_id, int64_t id,
	const struct invoice_terms *terms, struct arena *a, struct invoice_line *out,
	struct err *err) MUST_USE;

#endif
