/* One round: what came back is written down, what goes next is claimed. */
#include "db.h"
#include "sender_private.h"

#define LEASE_RENEW_MS 10000
#define LEASE_SURE_MS 20000 /* after so long nothing leaves before the lease was looked at */
#define AGAIN_MS 1000	    /* after a round that could not be written */

bool sender_stopping(const struct sender *sd)
{
	return atomic_load(&sd->stopping);
}

bool sender_once(const struct sender *sd)
{
	return atomic_load(&sd->once);
}

/* --- the lease --- */

bool round_lease_due(const struct sender *sd)
{
	int64_t since = sender_now(sd) - sd->renewed_at;

	return sender_ms(sd) - sd->renewed_ms >= LEASE_RENEW_MS || since < 0 ||
	       since * 1000 >= LEASE_RENEW_MS;
}

void round_lease_kept(struct sender *sd)
{
	sd->renewed_ms = sender_ms(sd);
	sd->renewed_at = sender_now(sd);
}

/* In a transaction: still ours? Renewed from time to time. */
static bool keep_lease(struct sender *sd, bool *held, struct err *err)
{
	if (!round_lease_due(sd))
		return lease_check(sd->s, &sd->lease, held, err);
	if (!lease_renew(sd->s, &sd->lease, held, err))
		return false;
	if (*held)
		round_lease_kept(sd);
	return true;
}

bool round_keep_lease(struct sender *sd, struct err *err)
{
	bool held = false, ok;

	if (!round_lease_due(sd))
		return true;
	ok = db_write(sd->s->db, err) && keep_lease(sd, &held, err) && db_commit(sd->s->db, err);
	db_rollback(sd->s->db);
	return ok && held;
}

/* By either clock: the monotonic one stands still while the machine sleeps. */
bool round_lease_stale(const struct sender *sd)
{
	return sender_ms(sd) - sd->renewed_ms > LEASE_SURE_MS ||
	       (sender_now(sd) - sd->renewed_at) * 1000 > LEASE_SURE_MS;
}

/* Nothing of them leaves. */
static void doubt_claims(struct sender *sd)
{
	for (size_t i = 0; i < sd->ready.len; i++)
		vec_push(&sd->unsure, sd->ready.items[i]);
	sd->ready.len = 0;
}

/* --- claims of a round that may not have been written --- */

/* None of them left: they go back to the queue, where they were claimed after all. */
static bool release_unsure(struct sender *sd, struct err *err)
{
	struct settled what = {
		.to = MESSAGE_QUEUED, .due_at = sender_now(sd), .provider_id = "", .code = ""
	};
	bool settled, ok = true;

	for (size_t i = 0; i < sd->unsure.len; i++) {
		struct call *c = sd->unsure.items[i];

		for (size_t k = 0; ok && k < c->batch.count; k++) {
			what.provider_id = c->messages[k].provider_id;
			ok = store_queue_settle(sd->s->db, &c->messages[k], &what, what.due_at,
				&settled, &sd->tally, err);
		}
	}
	return ok;
}

static void free_unsure(struct sender *sd)
{
	for (size_t i = 0; i < sd->unsure.len; i++)
		call_free(sd->unsure.items[i]);
	sd->unsure.len = 0;
}

/* A commit that failed may have been kept all the same: nothing of it leaves before the
 * next one has said so, and what came back waits for that one. */
static void round_failed(struct sender *sd, const struct err *err)
{
	log_err(sd->options.log, LOG_ERROR, "round", err);
	sd->tally.changes.len = 0;
	doubt_claims(sd);
	for (size_t i = 0; i < sd->offices.len; i++)
		office_written(sd->offices.items[i], false);
	sd->fresh = true;
	sd->failures++;
	sd->again_ms = sender_ms(sd) + AGAIN_MS;
}

/* --- the transaction --- */

static bool write_offices(struct sender *sd, struct err *err)
{
	for (size_t i = 0; i < sd->offices.len; i++)
		if (!office_write(sd, sd->offices.items[i], err))
			return false;
	return true;
}

/*
 * Results first, so that a slow line never keeps them; then, while the lease is held, what
 * goes next. A result of a lost lease is written where it may be: it names its epoch.
 */
static bool write_all(struct sender *sd, bool *held, struct err *err)
{
	if (!keep_lease(sd, held, err) || !release_unsure(sd, err) ||
		!results_write(sd, *held, err))
		return false;
	if (*held && !sender_stopping(sd) && !claim_all(sd, err))
		return false;
	return (!*held || errands_complete(sd, err)) &&
	       store_campaign_count(sd->s->db, &sd->tally, err) && write_offices(sd, err);
}

static bool write_round(struct sender *sd, bool *held, struct err *err)
{
	struct sender_report before = sd->report;
	bool ok;

	sd->acted = false;
	arena_clear(&sd->arena);
	ok = db_write(sd->s->db, err) && write_all(sd, held, err) && db_commit(sd->s->db, err);
	db_rollback(sd->s->db);
	if (!ok)
		sd->report = before;
	return ok;
}

bool round_do(struct sender *sd, struct err *err)
{
	bool held = false;

	if (!write_round(sd, &held, err)) {
		round_failed(sd, err);
		return false;
	}
	sd->failures = 0;
	sd->report.rounds++;
	results_free(sd);
	free_unsure(sd);
	for (size_t i = 0; i < sd->offices.len; i++)
		office_written(sd->offices.items[i], true);
	if (!held && sd->lease.epoch) {
		log_write(sd->options.log, LOG_WARN, "%s", "the lease was taken over");
		sd->lease.epoch = 0;
	}
	calls_begin(sd);
	/* This program was put to sleep: the next look decides. */
	doubt_claims(sd);
	return true;
}
