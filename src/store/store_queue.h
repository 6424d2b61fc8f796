/*
 * What the sender does with messages: takes those that may go, marks them before the
 * first byte leaves, writes down what came back. Every write names the epoch of the
 * sender's lease, so that one who lost it cannot overwrite another's. Inside a write
 * transaction, all but the reads.
 */
#ifndef STORE_QUEUE_H
#define STORE_QUEUE_H

#include "audience.h"
#include "store_message.h"

/* A message that may go, with all that must hold again before it does. */
struct queued {
	struct message message; /* id, customer, content, address, vars, parts... */
	struct person person;	/* consents, suppression and the cap, on this channel */
};

/* Of a campaign and channel, due by `now`, the earliest first. `since`: marketing
 * messages after it count for the cap; 0: none does. */
bool store_queue_due(struct db *db, int64_t campaign_id, int64_t company_id, enum channel channel,
	int64_t now, int64_t since, int n, struct arena *a, struct queued **out, int *count,
	struct err *err) MUST_USE;
/* When the first of them is due; INT64_MAX when none is queued. */
bool store_queue_next(struct db *db, int64_t campaign_id, enum channel channel, int64_t *due_at,
	struct err *err) MUST_USE;

/* QUEUED to SENDING; *claimed. */
bool store_queue_claim(struct db *db, struct message *m, enum provider_name provider, int64_t epoch,
	int64_t now, bool *claimed, struct campaign_tally *tally, struct err *err) MUST_USE;

/* What became of a claimed one. */
struct settled {
	enum message_status to;
	enum message_reason reason;
	int64_t due_at; /* of QUEUED: not before; of UNCERTAIN: when to ask the provider */
	const char *provider_id;
	const char *code;
	int64_t cost; /* added */
};

/* From SENDING, or from UNCERTAIN where it was given up meanwhile; *settled is false when
 * it is in neither, or claimed under another epoch since. `m` stays as it is: what is
 * rolled back can be done again. */
bool store_queue_settle(struct db *db, const struct message *m, const struct settled *what,
	int64_t now, bool *settled, struct campaign_tally *tally, struct err *err) MUST_USE;

/* Those that are SENDING: what a sender that is no more left behind. */
bool store_queue_sending(struct db *db, int n, struct arena *a, struct message **out, int *count,
	struct err *err) MUST_USE;
/* SENDING to UNCERTAIN. */
bool store_queue_lost(struct db *db, struct message *m, enum message_reason reason, int64_t ask_at,
	bool *moved, struct campaign_tally *tally, struct err *err) MUST_USE;

/* Whether there is work for a sender, in any company. */
bool store_queue_needed(struct db *db, bool *needed, struct err *err) MUST_USE;

/* Ids of UNCERTAIN ones whose provider is to be asked by `now`. */
bool store_queue_doubts(struct db *db, int64_t now, int n, struct arena *a, int64_t **out,
	int *count, struct err *err) MUST_USE;
/* When the next one is to be asked about; INT64_MAX when none. */
bool store_queue_next_doubt(struct db *db, int64_t *at, struct err *err) MUST_USE;
/* Ask again then; INT64_MAX: not any more. */
bool store_queue_doubt_again(struct db *db, int64_t id, int64_t at, struct err *err) MUST_USE;
/* How often the provider was asked about it since it was claimed. */
bool store_queue_lookups(
	struct db *db, int64_t id, int64_t since, int64_t *n, struct err *err) MUST_USE;

#endif
