/*
 * Campaigns: their row, their texts, how many messages are in which state, and why
 * they wait. Writes go inside a write transaction; the counts move with every write of
 * a message, in the same transaction, and can be rebuilt from the rows.
 */
#ifndef STORE_CAMPAIGN_H
#define STORE_CAMPAIGN_H

#include "arena.h"
#include "campaign.h"
#include "campaign_count.h"
#include "db.h"
#include "message.h"
#include "vec.h"

/* An id of 0 is taken from the store and set. */
bool store_campaign_insert(struct db *db, struct campaign *c, struct err *err) MUST_USE;
/* What a person edits of a DRAFT or READY one, which is a DRAFT then; ERR_CONFLICT unless
 * c->revision is the stored one, which is raised, and nothing is frozen. */
bool store_campaign_edit(struct db *db, struct campaign *c, struct err *err) MUST_USE;
/* A draft that is no more; ERR_GONE unless it was one. */
bool store_campaign_delete(
	struct db *db, int64_t company_id, int64_t id, int64_t now, struct err *err) MUST_USE;
bool store_campaign_get(struct db *db, int64_t company_id, int64_t id, struct arena *a,
	struct campaign *out, struct err *err) MUST_USE; /* ERR_GONE */

/* Which ones a list shows; -1: any. */
struct campaign_query {
	int64_t company_id;
	int kind;   /* enum campaign_kind */
	int status; /* enum campaign_status */
};

/* Newest first, of ids below `before` (INT64_MAX to begin). */
bool store_campaign_page(struct db *db, const struct campaign_query *q, int64_t before, int n,
	struct arena *a, struct campaign **out, int *count, struct err *err) MUST_USE;
/* LAUNCHING, SCHEDULED and RUNNING ones of all companies: 1,000 at most. */
bool store_campaign_going(struct db *db, struct arena *a, struct campaign **out, int *count,
	struct err *err) MUST_USE;
/* Ids of the SCHEDULED and RUNNING ones of a company. */
bool store_campaign_active(struct db *db, int64_t company_id, struct arena *a, int64_t **out,
	int *count, struct err *err) MUST_USE;

/* Where it still is `from`: *moved. The rules of what may follow what are the caller's
 * (campaign_next). */
bool store_campaign_move(struct db *db, int64_t id, enum campaign_status from,
	enum campaign_status to, enum campaign_cause cause, int64_t now, bool *moved,
	struct err *err) MUST_USE;
/* What a person decides about a paused one: late, not_after and budget of `c`. *decided is
 * false when it is no longer paused. */
bool store_campaign_decide(
	struct db *db, const struct campaign *c, bool *decided, struct err *err) MUST_USE;
/* How far the freeze has come. */
bool store_campaign_frozen(struct db *db, int64_t id, int64_t upto, struct err *err) MUST_USE;
/* *out as it is stored now; ERR_GONE. */
bool store_campaign_status(
	struct db *db, int64_t id, enum campaign_status *out, struct err *err) MUST_USE;

/* --- texts --- */

/* One of its channel and language is replaced, under its id; else the id is set. */
bool store_content_put(struct db *db, struct campaign_content *c, struct err *err) MUST_USE;
bool store_content_drop(struct db *db, int64_t campaign_id, enum channel channel,
	const char *language, struct err *err) MUST_USE;
bool store_contents(struct db *db, int64_t campaign_id, struct arena *a,
	struct campaign_content **out, int *count, struct err *err) MUST_USE;

/* The text of a template's last version in a language, by the template's key or name; of a
 * version. *found; id and campaign are 0. */
bool store_content_of_template(struct db *db, int64_t company_id, const char *key,
	enum channel channel, const char *language, struct arena *a, struct campaign_content *out,
	bool *found, struct err *err) MUST_USE;
bool store_content_of_version(struct db *db, int64_t company_id, int64_t version_id,
	struct arena *a, struct campaign_content *out, bool *found, struct err *err) MUST_USE;

/* --- counts --- */

/* Changes of the counts of any campaigns, collected and applied at the end of a
 * transaction. */
struct campaign_tally {
	VEC(struct campaign_change {
		int64_t campaign_id;
		struct campaign_count by;
	})
	changes;
};

void campaign_tally_add(
	struct campaign_tally *t, int64_t campaign_id, int sign, const struct campaign_count *by);
/* Writes what it holds and empties it. */
bool store_campaign_count(struct db *db, struct campaign_tally *t, struct err *err) MUST_USE;
void campaign_tally_release(struct campaign_tally *t);

bool store_campaign_counts(struct db *db, int64_t campaign_id, struct arena *a,
	struct campaign_count **out, int *count, struct err *err) MUST_USE;
/* The same of all campaigns of a company. */
bool store_campaign_totals(struct db *db, int64_t company_id, struct arena *a,
	struct campaign_count **out, int *count, struct err *err) MUST_USE;
/* Counted anew from the rows; with `write`, that is what is stored then. *same says
 * whether it was already. */
bool store_campaign_recount(
	struct db *db, int64_t campaign_id, bool write, bool *same, struct err *err) MUST_USE;

/* What retention took away, by channel and status; reasons, parts and costs are not told. */
bool store_campaign_past(struct db *db, int64_t campaign_id, struct arena *a,
	struct campaign_count **out, int *count, struct err *err) MUST_USE;

/* --- why it waits --- */

bool store_wait_put(struct db *db, int64_t campaign_id, const struct campaign_wait *wait,
	struct err *err) MUST_USE;
/* Of a channel, or -1 of all. */
bool store_wait_clear(struct db *db, int64_t campaign_id, int channel, struct err *err) MUST_USE;
bool store_waits(struct db *db, int64_t campaign_id, struct arena *a, struct campaign_wait **out,
	int *count, struct err *err) MUST_USE;

#endif
