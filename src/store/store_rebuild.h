/*
 * The derived parts of the store, made anew from the facts or compared with
 * them: key columns, packed consents, search. Scores and counters have functions
 * of their own. Writes go inside a write transaction.
 */
#ifndef STORE_REBUILD_H
#define STORE_REBUILD_H

#include "customer.h"
#include "db.h"

/* Ids of the company's customers over `after`, merged ones too, ascending. */
bool store_rebuild_ids(struct db *db, int64_t company_id, int64_t after, int n, int64_t *out,
	int *count, struct err *err) MUST_USE;

/* Are the row's keys and consents what `c` (normalised) and its history say? */
bool store_rebuild_fits(
	struct db *db, const struct customer *c, bool *fits, struct err *err) MUST_USE;
/* Writes them. Counters are not touched: count them anew afterwards. */
bool store_rebuild_write(struct db *db, const struct customer *c, struct err *err) MUST_USE;

/* Empties the search of all companies. */
bool store_rebuild_search_clear(struct db *db, struct err *err) MUST_USE;
/* Adds the customer's entry and those of its contacts; a merged one has none. */
bool store_rebuild_search_add(struct db *db, const struct customer *c, struct err *err) MUST_USE;
/* Entries that are missing, and those of nobody, in the whole store. */
bool store_rebuild_search_check(struct db *db, int64_t *wrong, struct err *err) MUST_USE;

/* Customers of the company without a row of scores, or merged ones with one. */
bool store_rebuild_unscored(
	struct db *db, int64_t company_id, int64_t *wrong, struct err *err) MUST_USE;

#endif
