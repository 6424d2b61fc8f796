/* What people decide about a campaign: launch, pause, go on, stop. */
#include "campaigns_private.h"
#include "db.h"
#include "json_out.h"
#include "lease.h"
#include "station.h"
#include "store_message.h"

#define SLICE 2000 /* messages a transaction */

/* --- launching --- */

static bool check_passes(
	struct session *s, const struct campaign *c, struct arena *a, struct err *err)
{
	struct finding *findings;
	enum finding_level worst;
	int n;

	if (!campaigns_check(s, c->id, NULL, a, &findings, &n, &worst, err))
		return false;
	if (worst != FINDING_STOP)
		return true;
	return err_set(err, ERR_CAMPAIGN_CHECK, c->name, "%s", finding_code_word(findings[0].code));
}

bool campaigns_launch(struct session *s, int64_t id, const struct progress *p,
	struct launch_result *result, struct err *err)
{
	struct arena a = ARENA_INIT;
	enum campaign_status to;
	struct campaign c;
	bool ok;

	if (!session_ready(s, RIGHT_CAMPAIGNS_CHANGE, err))
		return false;
	ok = campaign_read(s, id, &a, &c, err);
	if (ok && campaign_next(CAMPAIGN_ACT_LAUNCH, c.status, &to))
		ok = check_passes(s, &c, &a, err);
	arena_release(&a);
	return ok && launch_campaign(s, id, p, result, err);
}

/* --- moving it, in a transaction --- */

static bool move(struct session *s, struct campaign *c, enum campaign_act act,
	enum campaign_cause cause, const char *action, struct err *err)
{
	enum campaign_status to;
	bool moved;

	if (!campaign_may(c, act, &to, err) || !store_campaign_move(s->db, c->id, c->status, to,
						       cause, session_now(s), &moved, err))
		return false;
	if (!moved)
		return err_set(err, ERR_CONFLICT, c->name, "%lld", (long long)c->id);
	c->status = to;
	return campaign_audit(s, action, c->id, "", err);
}

bool campaigns_ready(struct session *s, int64_t id, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct campaign c;
	bool ok;

	if (!session_ready(s, RIGHT_CAMPAIGNS_CHANGE, err))
		return false;
	ok = campaign_read(s, id, &a, &c, err) && check_passes(s, &c, &a, err);
	if (ok && c.status != CAMPAIGN_READY) {
		ok = db_write(s->db, err) && campaign_read(s, id, &a, &c, err) &&
		     move(s, &c, CAMPAIGN_ACT_CHECK, CAUSE_NONE, "campaign.ready", err) &&
		     db_commit(s->db, err);
		db_rollback(s->db);
	}
	arena_release(&a);
	return ok;
}

bool campaigns_pause(struct session *s, int64_t id, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct campaign c;
	bool ok;

	if (!session_ready(s, RIGHT_CAMPAIGNS_CHANGE, err) || !db_write(s->db, err))
		return false;
	ok = campaign_read(s, id, &a, &c, err) &&
	     (c.status == CAMPAIGN_PAUSED ||
		     (move(s, &c, CAMPAIGN_ACT_PAUSE, CAUSE_PERSON, "campaign.pause", err) &&
			     db_commit(s->db, err)));
	db_rollback(s->db);
	arena_release(&a);
	return ok;
}

static bool pause_active(struct session *s, struct arena *a, int64_t *paused, struct err *err)
{
	struct campaign c;
	int64_t *ids;
	int n;

	do {
		if (!store_campaign_active(s->db, s->company.id, a, &ids, &n, err))
			return false;
		for (int i = 0; i < n; i++)
			if (!campaign_read(s, ids[i], a, &c, err) ||
				!move(s, &c, CAMPAIGN_ACT_PAUSE, CAUSE_PERSON, "campaign.pause",
					err))
				return false;
		*paused += n;
	} while (n);
	return true;
}

bool campaigns_pause_all(struct session *s, int64_t *paused, struct err *err)
{
	struct arena a = ARENA_INIT;
	bool ok;

	*paused = 0;
	if (!session_ready(s, RIGHT_CAMPAIGNS_CHANGE, err) || !db_write(s->db, err))
		return false;
	ok = pause_active(s, &a, paused, err) && db_commit(s->db, err);
	db_rollback(s->db);
	arena_release(&a);
	if (!ok)
		*paused = 0;
	return ok;
}

/* --- going on --- */

/* What the person decides, over what the campaign says. */
static bool decide(
	const struct campaign_resume *how, int64_t now, struct campaign *c, struct err *err)
{
	if (c->cause == CAUSE_LATE) {
		if (how->expire)
			c->late = LATE_EXPIRE;
		else if (how->not_after > now)
			c->not_after = how->not_after;
		else
			return err_set(err, ERR_CAMPAIGN_LATE, c->name, "%s", "");
	}
	if (how->budget >= 0 && (how->budget > c->budget || !how->budget))
		c->budget = how->budget;
	else if (c->cause == CAUSE_BUDGET)
		return err_set(err, ERR_CAMPAIGN_BUDGET, c->name, "%s", "");
	return true;
}

static bool extend(struct session *s, const struct campaign *c, struct err *err)
{
	int n = SLICE;
	bool ok = true;

	while (ok && n == SLICE) {
		ok = db_write(s->db, err) &&
		     store_messages_extend(s->db, c->id, c->not_after, SLICE, &n, err) &&
		     db_commit(s->db, err);
		db_rollback(s->db);
	}
	return ok;
}

static bool go_on(struct session *s, struct campaign *c, struct err *err)
{
	bool decided, ok = db_write(s->db, err);

	ok = ok && store_campaign_decide(s->db, c, &decided, err) &&
	     (decided || err_set(err, ERR_CONFLICT, c->name, "%lld", (long long)c->id)) &&
	     move(s, c, CAMPAIGN_ACT_RESUME, CAUSE_NONE, "campaign.resume", err) &&
	     db_commit(s->db, err);
	db_rollback(s->db);
	return ok;
}

bool campaigns_resume(
	struct session *s, int64_t id, const struct campaign_resume *how, struct err *err)
{
	struct arena a = ARENA_INIT;
	enum campaign_status to;
	struct campaign c;
	bool ok;

	if (!session_ready(s, RIGHT_CAMPAIGNS_CHANGE, err) || !station_must_be_ours(s, err))
		return false;
	ok = campaign_read(s, id, &a, &c, err) && campaign_may(&c, CAMPAIGN_ACT_RESUME, &to, err) &&
	     decide(how, session_now(s), &c, err);
	if (ok && c.cause == CAUSE_LATE && c.late != LATE_EXPIRE)
		ok = extend(s, &c, err);
	ok = ok && go_on(s, &c, err);
	arena_release(&a);
	return ok;
}

/* --- stopping --- */

/* First no new message goes; then what is queued is cancelled, some at a time. */
static bool end_campaign(struct session *s, int64_t id, struct arena *a, struct err *err)
{
	struct campaign c;
	char name[48];
	bool held = false, ok;

	if (!db_write(s->db, err))
		return false;
	snprintf(name, sizeof(name), "launch %lld", (long long)id);
	ok = campaign_read(s, id, a, &c, err) && lease_held(s, name, &held, err) &&
	     (!held || err_set(err, ERR_LAUNCH_BUSY, c.name, "%s", "it is being launched"));
	if (ok && c.status != CAMPAIGN_CANCELLED)
		ok = move(s, &c, CAMPAIGN_ACT_STOP, CAUSE_NONE, "campaign.stop", err) &&
		     store_wait_clear(s->db, id, -1, err) && db_commit(s->db, err);
	db_rollback(s->db);
	return ok;
}

static bool cancel_slice(
	struct session *s, int64_t id, struct campaign_tally *tally, int *n, struct err *err)
{
	bool ok = db_write(s->db, err) && store_messages_cancel(s->db, id, SLICE, n, tally, err) &&
		  store_campaign_count(s->db, tally, err) && db_commit(s->db, err);

	db_rollback(s->db);
	return ok;
}

bool campaigns_stop(struct session *s, int64_t id, const struct progress *p, int64_t *cancelled,
	struct err *err)
{
	struct campaign_tally tally = { .changes = { 0 } };
	struct arena a = ARENA_INIT;
	int n = SLICE;
	bool ok;

	*cancelled = 0;
	if (!session_ready(s, RIGHT_CAMPAIGNS_CHANGE, err))
		return false;
	ok = end_campaign(s, id, &a, err);
	while (ok && n == SLICE) {
		ok = cancel_slice(s, id, &tally, &n, err);
		if (ok)
			*cancelled += n;
		if (ok && !progress_step(p, *cancelled, 0))
			ok = err_set(err, ERR_CANCELLED, NULL, "%s", "");
	}
	campaign_tally_release(&tally);
	arena_release(&a);
	return ok;
}
