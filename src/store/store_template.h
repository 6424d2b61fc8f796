/*
 * Texts to begin campaigns from, and their versions, which are never edited. Writes go
 * inside a write transaction; what is read lives in the caller's arena.
 */
#ifndef STORE_TEMPLATE_H
#define STORE_TEMPLATE_H

#include "arena.h"
#include "db.h"
#include "saved_template.h"

#define TEMPLATES_MOST 1000	   /* of a company, in a list */
#define TEMPLATE_VERSIONS_MOST 500 /* of a template, in a list */

/* An id of 0 is taken from the store and set. ERR_DUPLICATE when the company has one of
 * that name, or key, for the channel. ERR_INVALID for a name without a letter or digit. */
bool store_template_insert(struct db *db, struct saved_template *t, struct err *err) MUST_USE;
/* Writes name, type and archived_at; ERR_CONFLICT unless t->revision is the stored one,
 * which is raised; ERR_DUPLICATE. */
bool store_template_edit(struct db *db, struct saved_template *t, struct err *err) MUST_USE;
/* ERR_GONE. */
bool store_template_get(struct db *db, int64_t company_id, int64_t id, struct arena *a,
	struct saved_template *out, struct err *err) MUST_USE;
/* By its system key, else by its name in any case and with or without accents; *found. */
bool store_template_find(struct db *db, int64_t company_id, enum channel channel, const char *key,
	struct arena *a, struct saved_template *out, bool *found, struct err *err) MUST_USE;
/* By channel (-1 all) and name; archived ones too if `archived`. */
bool store_template_list(struct db *db, int64_t company_id, int channel, bool archived,
	struct arena *a, struct saved_template **out, int *count, struct err *err) MUST_USE;
bool store_template_system_count(
	struct db *db, int64_t company_id, int64_t *n, struct err *err) MUST_USE;

/* Sets id and version, the next of its language; ERR_CONFLICT unless t->revision is the
 * stored one, which is raised. */
bool store_version_add(
	struct db *db, struct saved_template *t, struct saved_version *v, struct err *err) MUST_USE;
/* By language, the latest first. */
bool store_versions(struct db *db, int64_t template_id, struct arena *a, struct saved_version **out,
	int *count, struct err *err) MUST_USE;
/* The latest of a language; *found. */
bool store_version_latest(struct db *db, int64_t template_id, const char *language, struct arena *a,
	struct saved_version *out, bool *found, struct err *err) MUST_USE;
bool store_version_get(struct db *db, int64_t company_id, int64_t id, struct arena *a,
	struct saved_version *out, struct err *err) MUST_USE; /* ERR_GONE */

#endif
