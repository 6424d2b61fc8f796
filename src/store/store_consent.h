/*
 * The consent history and the suppression list. One function adds a line to the
 * history, and with it moves the packed consents of the customer and the
 * counters of who can be reached: nothing else writes any of the three. Writes
 * go inside a write transaction.
 */
#ifndef STORE_CONSENT_H
#define STORE_CONSENT_H

#include "arena.h"
#include "consent_event.h"
#include "customer.h"
#include "db.h"
#include "store_counter.h"
#include "suppression.h"

/*
 * Adds the changes of `event` that consent_change_check lets through; what it
 * does not is said in `out` and is no error. A yes has its proof when there is a
 * wording or a note. An id of 0 is taken from the store; `event->id` and the sets
 * are then those of the line written.
 * Source CORRECTION is refused here: see store_consent_correct. ERR_GONE.
 */
bool store_consent_add(struct db *db, struct consent_event *event, struct consent_outcome *out,
	struct tally *tally, struct err *err) MUST_USE;

/*
 * The same for a customer just inserted in this transaction, who has no history:
 * reads nothing. `c->consents` is set. For imports.
 */
bool store_consent_first(struct db *db, struct customer *c, struct consent_event *event,
	struct tally *tally, struct err *err) MUST_USE;

/*
 * Takes back a line as a slip, by consent_correct: each subject that no later
 * line touched goes back to what it was before. The correction is a line of its
 * own: `event` names corrects_id, noted_at, actor and the reason (note).
 * *verdict is CONSENT_SAME when later lines have overtaken all of it.
 */
bool store_consent_correct(struct db *db, struct consent_event *event, bool by_admin,
	enum consent_verdict *verdict, struct consent_outcome *out, struct tally *tally,
	struct err *err) MUST_USE;

/*
 * Counts where a customer can be reached by the main addresses, or takes it away: for
 * whoever writes a customer. Looks at the suppression list only where consents let
 * a message pass at all.
 */
bool store_reach(struct db *db, int sign, int64_t company_id, uint32_t consents,
	const char *email_key, const char *phone_e164, struct tally *tally,
	struct err *err) MUST_USE;

/* Newest first, `n` at most, of ids below `before` (INT64_MAX to begin), each with
 * the text of its wording. */
bool store_consent_history(struct db *db, int64_t company_id, int64_t customer_id, int64_t before,
	int n, struct arena *a, struct consent_event **out, int *count, struct err *err) MUST_USE;
/* The packed consents as the history says: what doctor compares. */
bool store_consent_replay(struct db *db, int64_t company_id, int64_t customer_id,
	uint32_t *consents, struct err *err) MUST_USE;
/* The id of a sentence, added as the next version in its language if it is new. */
bool store_consent_wording(struct db *db, int64_t company_id, const char *language,
	const char *text, int64_t *id, struct err *err) MUST_USE;

/* Adds an address; one that is there already stays as it is, and *added is false. The
 * counters of who can be reached follow, here and where it is taken off. */
bool store_suppress(struct db *db, struct suppression *s, bool *added, struct tally *tally,
	struct err *err) MUST_USE;
/* out->id is 0 when the address is not on the list. */
bool store_suppressed(struct db *db, int64_t company_id, enum address_kind kind, const char *value,
	struct arena *a, struct suppression *out, struct err *err) MUST_USE;
/* Only for the person's own later yes, with its proof: the service sees to that. */
bool store_unsuppress(struct db *db, int64_t company_id, int64_t id, int64_t now,
	struct tally *tally, struct err *err) MUST_USE;
/* Newest first, `n` at most, of ids below `before` (INT64_MAX to begin). */
bool store_suppressions(struct db *db, int64_t company_id, int64_t before, int n, struct arena *a,
	struct suppression **out, int *count, struct err *err) MUST_USE;

#endif
