/*
 * Accounts at providers, and what was used of their limits minute by minute.
 * Secrets pass through as sealed bytes.
 */
#ifndef STORE_PROVIDER_H
#define STORE_PROVIDER_H

#include "arena.h"
#include "db.h"
#include "provider_account.h"

/* revision 0 in `out` when there is none: the rest is then what a new one starts with. */
bool store_provider_get(struct db *db, int64_t company_id, enum provider_name name, struct arena *a,
	struct provider_account *out, struct err *err) MUST_USE;
/* The company's, at most PROVIDER_COUNT of them. */
bool store_provider_list(struct db *db, int64_t company_id, struct arena *a,
	struct provider_account **out, int *count, struct err *err) MUST_USE;
/*
 * Writes settings, limits, countries and prices, not the state nor the last test:
 * revision 0 inserts, another must be the stored one, else ERR_CONFLICT; it is raised.
 * Inside a write transaction, as all that follow.
 */
bool store_provider_put(struct db *db, struct provider_account *p, struct err *err) MUST_USE;
/* How the provider is: state, state_until, state_code, errors. The revision stays. One
 * that is no longer there is no error. */
bool store_provider_state(
	struct db *db, const struct provider_account *p, struct err *err) MUST_USE;
/* `at` 0: the test of older settings is forgotten. */
bool store_provider_tested(struct db *db, int64_t company_id, enum provider_name name, int64_t at,
	bool ok, struct err *err) MUST_USE;
/* Empties the secrets of every account of the store; how many had some. */
bool store_provider_forget(struct db *db, int64_t *count, struct err *err) MUST_USE;

/* What the company used since a minute, by scope and minute. */
bool store_rate_load(struct db *db, int64_t company_id, int64_t since, struct arena *a,
	struct rate_use **out, int *count, struct err *err) MUST_USE;
/* Adds to what was used in that minute; less than nothing gives back. */
bool store_rate_add(
	struct db *db, int64_t company_id, const struct rate_use *use, struct err *err) MUST_USE;
/* Minutes before `before` are forgotten. */
bool store_rate_drop(struct db *db, int64_t company_id, int64_t before, struct err *err) MUST_USE;

#endif
