/*
 * Where duplicates are looked for, and the rows that follow when two records
 * become one. Writes go inside a write transaction.
 */
#ifndef STORE_DUPLICATE_H
#define STORE_DUPLICATE_H

#include "arena.h"
#include "customer.h"
#include "db.h"
#include "store_counter.h"

/* --- looking --- */

/* Ids of customers of any company that sound like the name, `most` at most. */
bool store_sounds_like(struct db *db, const char *name, const char *first_name, int most,
	int64_t *out, int *count, struct err *err) MUST_USE;

enum duplicate_group { GROUP_EMAIL, GROUP_PHONE, GROUP_SOUND };

/*
 * The values that 2 to `most` customers share, over `after`, in their order, `n` at
 * most. Sounds are of all companies.
 */
bool store_shared(struct db *db, int64_t company_id, enum duplicate_group group, const char *after,
	int most, int n, struct arena *a, const char **out, int *count, struct err *err) MUST_USE;
/* Ids of those who have such a sound. */
bool store_sharing(struct db *db, const char *sound, int most, int64_t *out, int *count,
	struct err *err) MUST_USE;

bool store_dismiss(struct db *db, int64_t company_id, int64_t low_id, int64_t high_id, int64_t now,
	struct err *err) MUST_USE;
bool store_dismissed(struct db *db, int64_t company_id, int64_t low_id, int64_t high_id, bool *yes,
	struct err *err) MUST_USE;

/* --- merging --- */

/* Rows that belong to a customer by a column. */
enum merge_rows {
	MERGE_INVOICES,
	MERGE_PAYMENTS,
	MERGE_NOTES,
	MERGE_TASKS,
	MERGE_MESSAGES, /* but those of campaigns that wrote to both */
	MERGE_RECORDS,
	MERGE_KINDS
};

/* "invoice": the table, as the journal names it. "customer": records merged into it. */
const char *merge_rows_word(enum merge_rows rows);
bool merge_rows_parse(const char *word, enum merge_rows *rows) MUST_USE;

/* The ids of a customer's rows that can be the winner's. */
bool store_merge_ids(struct db *db, enum merge_rows rows, int64_t company_id, int64_t customer_id,
	int64_t winner_id, struct arena *a, int64_t **out, int *count, struct err *err) MUST_USE;
/* One row from a customer to another; one that is no longer there is left. */
bool store_merge_move(struct db *db, enum merge_rows rows, int64_t company_id, int64_t id,
	int64_t from, int64_t to, struct err *err) MUST_USE;

/*
 * The record stays, pointing to the other: it leaves lists, search, scores and
 * counters, and gives its accounting key up.
 */
bool store_customer_merge(struct db *db, const struct customer *loser, int64_t into,
	struct tally *tally, struct err *err) MUST_USE;
/* And back, with the key it had, where it is still free. */
bool store_customer_unmerge(struct db *db, const struct customer *loser, const char *account_key,
	const struct customer_score *initial, struct tally *tally, struct err *err) MUST_USE;

#endif
