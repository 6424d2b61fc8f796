/*
 * A user's own things: favourites, customers opened lately; and the company's
 * saved filters. Writes go inside a write transaction.
 */
#ifndef STORE_SHELF_H
#define STORE_SHELF_H

#include "arena.h"
#include "contact.h"
#include "db.h"

#define RECENT_KEPT 50
#define FAVOURITES_MAX 1000
#define SAVED_FILTERS_MAX 200

bool store_favourite_put(struct db *db, int64_t company_id, int64_t user_id, int64_t customer_id,
	bool on, int64_t now, struct err *err) MUST_USE;
bool store_favourite_is(struct db *db, int64_t company_id, int64_t user_id, int64_t customer_id,
	bool *out, struct err *err) MUST_USE;
/* Ids in the order of names. */
bool store_favourites(struct db *db, int64_t company_id, int64_t user_id, struct arena *a,
	int64_t **ids, int *count, struct err *err) MUST_USE;

bool store_recent_put(struct db *db, int64_t company_id, int64_t user_id, int64_t customer_id,
	int64_t now, struct err *err) MUST_USE;
/* Ids, the latest first. */
bool store_recents(struct db *db, int64_t company_id, int64_t user_id, struct arena *a,
	int64_t **ids, int *count, struct err *err) MUST_USE;

/* Saves under its name; one of that name is replaced. The id is set. */
bool store_filter_save(
	struct db *db, int64_t company_id, struct saved_filter *f, struct err *err) MUST_USE;
/* out->id is 0 when there is none of that name. */
bool store_filter_find(struct db *db, int64_t company_id, const char *name, struct arena *a,
	struct saved_filter *out, struct err *err) MUST_USE;
bool store_filters(struct db *db, int64_t company_id, struct arena *a, struct saved_filter **out,
	int *count, struct err *err) MUST_USE;
bool store_filter_drop(
	struct db *db, int64_t company_id, int64_t id, int64_t now, struct err *err) MUST_USE;

#endif
