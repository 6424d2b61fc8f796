/*
 * Messages: frozen at launch, listed, decided on by people. What the sender does with
 * them is in store_queue.h. Writes go inside a write transaction; each moves the
 * counts of its campaign through a tally (store_campaign.h).
 */
#ifndef STORE_MESSAGE_H
#define STORE_MESSAGE_H

#include "message_line.h"
#include "store_campaign.h"

/* Counts a message where it stands (sign 1), or takes it away. */
void message_tally(struct campaign_tally *t, int sign, const struct message *m);

/*
 * Freezes one message; its id is set by the caller (db_ids). One whose address the
 * campaign writes to already becomes SKIPPED, DUPLICATE_ADDRESS.
 */
bool store_message_insert(struct db *db, struct message *m, bool marketing,
	struct campaign_tally *tally, struct err *err) MUST_USE;
/* Takes `n` of a broken-off freeze away; *left is false when none is left. */
bool store_message_discard(
	struct db *db, int64_t campaign_id, int n, bool *left, struct err *err) MUST_USE;

bool store_message_get(struct db *db, int64_t id, struct arena *a, struct message *out,
	struct err *err) MUST_USE; /* ERR_GONE */

/* Of one campaign in one channel, status and reason; in the order of due_at, behind `after`. */
bool store_messages(struct db *db, int64_t campaign_id, const struct campaign_count *part,
	struct message_key after, int n, struct arena *a, struct message_line **out, int *count,
	struct err *err) MUST_USE;
/* Those in front of `before`, the nearest first. */
bool store_messages_back(struct db *db, int64_t campaign_id, const struct campaign_count *part,
	struct message_key before, int n, struct arena *a, struct message_line **out, int *count,
	struct err *err) MUST_USE;
/* Of a customer, newest first, of ids below `before`. */
bool store_messages_of(struct db *db, int64_t company_id, int64_t customer_id, int64_t before,
	int n, struct arena *a, struct message_line **out, int *count, struct err *err) MUST_USE;
/* UNCERTAIN ones of all campaigns of a company. */
bool store_messages_doubtful(struct db *db, int64_t company_id, struct message_key after, int n,
	struct arena *a, struct message_line **out, int *count, struct err *err) MUST_USE;

/* Whether some are QUEUED or SENDING, or UNCERTAIN and their provider is yet to be asked. */
bool store_messages_open(struct db *db, int64_t campaign_id, bool *open, struct err *err) MUST_USE;

/*
 * Moves one that is not on its way from its status to another (message_may is the
 * caller's to ask); *moved is false when it is no longer in it. `m` is as it was read,
 * and becomes as it is.
 */
bool store_message_move(struct db *db, struct message *m, enum message_status to,
	enum message_reason reason, int64_t due_at, int64_t now, bool *moved,
	struct campaign_tally *tally, struct err *err) MUST_USE;
/* Whether no other message of the campaign goes to that address. */
bool store_message_address_free(struct db *db, const struct message *m, const char *address,
	bool *is_free, struct err *err) MUST_USE;
/* Back into the queue as one never tried, with what `fresh` says of channel, content, address,
 * variables, parts and not_after. *moved is false also where the campaign writes to that address
 * already. */
bool store_message_requeue(struct db *db, struct message *m, const struct message *fresh,
	int64_t now, bool *moved, struct campaign_tally *tally, struct err *err) MUST_USE;

/* Cancels up to `n` of what a campaign has queued; *cancelled of them, less than `n` when
 * none is left. */
bool store_messages_cancel(struct db *db, int64_t campaign_id, int n, int *cancelled,
	struct campaign_tally *tally, struct err *err) MUST_USE;
/* Queued ones may go until `not_after` at least: up to `n`, *extended of them. */
bool store_messages_extend(struct db *db, int64_t campaign_id, int64_t not_after, int n,
	int *extended, struct err *err) MUST_USE;

/* --- what came of them --- */

/* Of one channel by one provider. Each step holds those that went further. */
struct message_result {
	enum channel channel;
	int provider; /* enum provider_name, or -1 */
	int64_t sent, delivered, opened, clicked, bounced, unsubscribed, complained;
	int64_t first_sent_at, last_sent_at; /* 0 none */
};

/* Reads all rows of the campaign: a second for a million. */
bool store_message_results(struct db *db, int64_t campaign_id, struct arena *a,
	struct message_result **out, int *count, struct err *err) MUST_USE;
/* How many went in each of `hours` hours from `first` on; out[hours]: later. */
bool store_messages_by_hour(struct db *db, int64_t campaign_id, int64_t first, int hours,
	int64_t *out, struct err *err) MUST_USE;
/* Invoices of those written to, of the day of the message and `days` after it; `offset`:
 * seconds of local time over UTC. Minor units. */
bool store_message_revenue(struct db *db, int64_t campaign_id, int64_t offset, int64_t days,
	int64_t *revenue, int64_t *buyers, struct err *err) MUST_USE;

/* --- attempts --- */

bool store_attempt_add(struct db *db, int64_t message_id, const struct message_attempt *attempt,
	struct err *err) MUST_USE;
bool store_attempts(struct db *db, int64_t message_id, struct arena *a,
	struct message_attempt **out, int *count, struct err *err) MUST_USE;

#endif
