/* Companies, users and settings: small tables, read at the start of a session. */
#ifndef STORE_COMPANY_H
#define STORE_COMPANY_H

#include "actor.h"
#include "arena.h"
#include "company.h"
#include "date.h"
#include "db.h"

/* id is set. Inside a write transaction. */
bool store_company_insert(struct db *db, struct company *c, struct err *err) MUST_USE;
/* ERR_CONFLICT when c->revision is not the stored one; raised on success. */
bool store_company_update(struct db *db, struct company *c, struct err *err) MUST_USE;
/* id 0 in `out` when there is none. */
bool store_company_get(struct db *db, int64_t id, struct company *out, struct err *err) MUST_USE;
bool store_company_list(
	struct db *db, struct arena *a, struct company **out, int *count, struct err *err) MUST_USE;

/* Finds the user by login; user_id 0 when there is none. `origin` stays as it is. */
bool store_user_find(struct db *db, const char *login, struct actor *out, struct err *err) MUST_USE;
/* Adds a user with actor's login and roles; user_id is set. In a write transaction. */
bool store_user_insert(
	struct db *db, struct actor *user, const char *name, int64_t at, struct err *err) MUST_USE;

/* A setting of the company (user_id 0) or of one user; *out is "" when there is none. */
bool store_setting_get(struct db *db, int64_t company_id, int64_t user_id, const char *key,
	struct arena *a, const char **out, struct err *err) MUST_USE;
bool store_setting_put(struct db *db, int64_t company_id, int64_t user_id, const char *key,
	const char *value, struct err *err) MUST_USE;

struct country_rule_row {
	const char *value, *source;
	int32_t since; /* day; DAY_NONE when the company has no rule of its own */
};

/* What a rule of a country says on a day, in the arena. */
bool store_country_rule_row(struct db *db, int64_t company_id, const char *country,
	const char *rule, int32_t day, struct arena *a, struct country_rule_row *out,
	struct err *err) MUST_USE;
/* Inside a write transaction; replaces one of the same day. */
bool store_country_rule_put(struct db *db, int64_t company_id, const char *country,
	const char *rule, const struct country_rule_row *row, struct err *err) MUST_USE;

/* What the store knows of itself; "" when there is none. */
bool store_meta_get(struct db *db, const char *key, struct arena *a, const char **out,
	struct err *err) MUST_USE;
bool store_meta_put(struct db *db, const char *key, const char *value, struct err *err) MUST_USE;

#endif
