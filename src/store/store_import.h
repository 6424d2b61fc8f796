/*
 * Imports as they are kept: each run with where it is in its file, the lines it
 * refused, and how the columns of a header line were mapped. The rows that an
 * import makes belong to their own families.
 */
#ifndef STORE_IMPORT_H
#define STORE_IMPORT_H

#include "arena.h"
#include "db.h"
#include "import_run.h"

/* The id is the journal's, which is there. All writes inside a transaction. */
bool store_import_begin(struct db *db, const struct import_run *run, struct err *err) MUST_USE;
/* Position and counts, with the rows they count. */
bool store_import_step(struct db *db, const struct import_run *run, struct err *err) MUST_USE;
bool store_import_status(struct db *db, int64_t id, enum import_status status, int64_t ended_at,
	struct err *err) MUST_USE;
/* ERR_GONE when there is none. */
bool store_import_get(struct db *db, int64_t company_id, int64_t id, struct arena *a,
	struct import_run *out, struct err *err) MUST_USE;
/* `n` at most, newest first, older than `before`. */
bool store_import_list(struct db *db, int64_t company_id, int64_t before, int n, struct arena *a,
	struct import_run **out, int *count, struct err *err) MUST_USE;
/* Those that were cut short, newest first. */
bool store_import_open(struct db *db, int64_t company_id, int n, struct arena *a,
	struct import_run **out, int *count, struct err *err) MUST_USE;

/* The newest run of a file in a status; 0 if there is none. */
bool store_import_same(struct db *db, int64_t company_id, enum import_kind kind,
	const char *file_hash, enum import_status status, int64_t *id, struct err *err) MUST_USE;

bool store_import_refuse(struct db *db, int64_t import_id, const struct import_refusal *refusal,
	struct err *err) MUST_USE;
/* `n` at most, in the order of the file, after a line and field (0 and "": from the first). */
bool store_import_refusals(struct db *db, int64_t import_id, int64_t line, const char *field, int n,
	struct arena *a, struct import_refusal **out, int *count, struct err *err) MUST_USE;

/* What was chosen for a header line the last time; "" for never. */
bool store_mapping_get(struct db *db, int64_t company_id, enum import_kind kind,
	const char *header_hash, struct arena *a, const char **options, struct err *err) MUST_USE;
bool store_mapping_put(struct db *db, int64_t company_id, enum import_kind kind,
	const char *header_hash, const char *options, struct err *err) MUST_USE;

/* The customer of an accounting key; id 0 if there is none. One that was merged is
 * answered with the record it lives on in. */
struct import_customer {
	int64_t id;
	bool anonymised;
};
bool store_import_customer(struct db *db, int64_t company_id, const char *key,
	struct import_customer *out, struct err *err) MUST_USE;
/* The one customer of a folded name; *id is 0 for none, -1 for several. */
bool store_import_customer_named(struct db *db, int64_t company_id, const char *name_key,
	int64_t *id, struct err *err) MUST_USE;
/* The first customer of a folded name that has neither e-mail nor phone; 0 for none. */
bool store_import_customer_bare(struct db *db, int64_t company_id, const char *name_key,
	int64_t *id, struct err *err) MUST_USE;
/* Whether some customer has no accounting key: one that was typed in by hand. */
bool store_import_unkeyed(struct db *db, int64_t company_id, bool *any, struct err *err) MUST_USE;
/* Whether the company has neither customers nor invoices. */
bool store_import_empty(struct db *db, int64_t company_id, bool *empty, struct err *err) MUST_USE;

#endif
