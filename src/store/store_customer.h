/*
 * Customers: every write of a row of `customer` passes here, with what hangs on
 * it: the search index, the row of scores, the counters (collected in the
 * caller's tally, applied by the caller before it commits).
 *
 * Writes go inside a write transaction. Texts of what is read live in the
 * caller's arena. `consents` is written by store_consent.h alone.
 */
#ifndef STORE_CUSTOMER_H
#define STORE_CUSTOMER_H

#include "arena.h"
#include "customer.h"
#include "db.h"
#include "store_counter.h"
#include "suppression.h"

/*
 * Adds a customer with the scores of one who has bought nothing yet. An id of 0
 * is taken from the store; an import gives those it took as a block. Names and
 * cities are folded here; email_key and phone_e164 come from
 * customer_normalise. `c->revision` becomes 1. ERR_DUPLICATE when the
 * account key is taken.
 */
bool store_customer_insert(struct db *db, struct customer *c, const struct customer_score *initial,
	struct tally *tally, struct err *err) MUST_USE;

/*
 * Writes what differs between `before`, as it was read, and `after`; consents,
 * merged_into, anonymised_at and created_at stay as they are. ERR_CONFLICT when
 * the row is no longer of before->revision, ERR_GONE when it is not there;
 * after->revision is raised.
 */
bool store_customer_update(struct db *db, const struct customer *before, struct customer *after,
	struct tally *tally, struct err *err) MUST_USE;

/* Notes what the last line imported said, where it changed nothing else. */
bool store_customer_imported(
	struct db *db, int64_t company_id, int64_t id, int64_t digest, struct err *err) MUST_USE;

/*
 * Removes a customer with all that hangs on it, to undo its making, and leaves
 * a tombstone. What the person refused stays: their addresses are suppressed.
 * ERR_IN_USE when it has documents, notes, tasks or messages, or records merged into it.
 */
bool store_customer_delete(struct db *db, int64_t company_id, int64_t id, int64_t now,
	const char *actor, struct tally *tally, struct err *err) MUST_USE;

/* Are the key columns of the row what `c`, normalised, makes of them? For rebuild. */
bool store_customer_keys_fit(
	struct db *db, const struct customer *c, bool *fit, struct err *err) MUST_USE;
bool store_customer_keys_write(struct db *db, const struct customer *c, struct err *err) MUST_USE;

/* Puts an address of the customer on the suppression list if they refused what would
 * go there: before the address leaves them. */
bool store_customer_keep_refusal(struct db *db, const struct customer *c, enum address_kind kind,
	const char *value, int64_t now, const char *actor, struct tally *tally,
	struct err *err) MUST_USE;

/* ERR_GONE when there is none. A merged record is found: see merged_into. */
bool store_customer_get(struct db *db, int64_t company_id, int64_t id, struct arena *a,
	struct customer *out, struct err *err) MUST_USE;

/*
 * By the accounting system's key, its own or that of a record merged into it:
 * out->id is 0 when there is none.
 */
bool store_customer_find(struct db *db, int64_t company_id, const char *account_key,
	struct arena *a, struct customer *out, struct err *err) MUST_USE;

/* By the normalised address, the main or a further one; `most` at most, by id. */
bool store_customer_by_email(struct db *db, int64_t company_id, const char *email_key, int most,
	struct arena *a, struct customer **out, int *count, struct err *err) MUST_USE;
bool store_customer_by_phone(struct db *db, int64_t company_id, const char *phone_e164, int most,
	struct arena *a, struct customer **out, int *count, struct err *err) MUST_USE;

#endif
