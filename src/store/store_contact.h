/*
 * What hangs on a customer: further addresses, ids in other systems, tags, notes.
 * Writes go inside a write transaction; lists live in the caller's arena.
 */
#ifndef STORE_CONTACT_H
#define STORE_CONTACT_H

#include "arena.h"
#include "contact.h"
#include "db.h"
#include "store_counter.h"
#include "task.h"

#define CONTACTS_MAX 100 /* of a customer, in a list */
#define TAGS_MAX 500	 /* of a company, in a list */

/* --- further addresses --- */

/* An id of 0 is taken from the store and set. Kept up: search, who can be reached. */
bool store_contact_add(
	struct db *db, struct contact *c, struct tally *tally, struct err *err) MUST_USE;
/* ERR_GONE when it is not there. */
bool store_contact_drop(struct db *db, int64_t company_id, int64_t id, int64_t now,
	struct tally *tally, struct err *err) MUST_USE;
bool store_contact_get(struct db *db, int64_t company_id, int64_t id, struct arena *a,
	struct contact *out, struct err *err) MUST_USE;
bool store_contacts_of(struct db *db, int64_t company_id, int64_t customer_id, struct arena *a,
	struct contact **out, int *count, struct err *err) MUST_USE;
/* Gives it to another customer, where records are merged. */
bool store_contact_move(struct db *db, int64_t company_id, int64_t id, int64_t to,
	struct tally *tally, struct err *err) MUST_USE;

/* --- ids in other systems --- */

/* ERR_DUPLICATE when the key is another's; the customer's own already is no error. */
bool store_key_put(struct db *db, int64_t company_id, int64_t customer_id, const char *system,
	const char *key, struct err *err) MUST_USE;
bool store_key_drop(struct db *db, int64_t company_id, const char *system, const char *key,
	struct err *err) MUST_USE;
bool store_keys_of(struct db *db, int64_t company_id, int64_t customer_id, struct arena *a,
	struct customer_key **out, int *count, struct err *err) MUST_USE;

/* --- tags --- */

/* The tag of that name, whatever its case and accents; made if `make`, else *id is 0.
 * ERR_INVALID for a name without a letter or digit. */
bool store_tag_find(struct db *db, int64_t company_id, const char *name, bool make, int64_t *id,
	struct err *err) MUST_USE;
bool store_tag_put(struct db *db, int64_t company_id, int64_t tag_id, int64_t customer_id, bool on,
	bool *changed, struct err *err) MUST_USE;
bool store_tags(struct db *db, int64_t company_id, struct arena *a, struct tag **out, int *count,
	struct err *err) MUST_USE;
bool store_tags_of(struct db *db, int64_t company_id, int64_t customer_id, struct arena *a,
	struct tag **out, int *count, struct err *err) MUST_USE;

/* --- notes --- */

bool store_note_add(struct db *db, int64_t company_id, struct note *note, struct err *err) MUST_USE;
bool store_note_get(struct db *db, int64_t company_id, int64_t id, struct arena *a,
	struct note *out, struct err *err) MUST_USE; /* ERR_GONE */
bool store_note_edit(
	struct db *db, int64_t company_id, int64_t id, const char *text, struct err *err) MUST_USE;
bool store_note_drop(
	struct db *db, int64_t company_id, int64_t id, int64_t now, struct err *err) MUST_USE;
/* Newest first, `n` at most, before `at` and `id` (INT64_MAX both to begin). */
bool store_notes_of(struct db *db, int64_t company_id, int64_t customer_id, int64_t at, int64_t id,
	int n, struct arena *a, struct note **out, int *count, struct err *err) MUST_USE;

#endif
