#include "launch.h"

#include <stdlib.h>

#include "db.h"
#include "lease.h"
#include "reach.h"
#include "station.h"
#include "store_message.h"

#define SLICE_FIRST 500 /* people a transaction, at first */
#define SLICE_LEAST 100
#define SLICE_MOST 4000
#define SLICE_SLOW_MS 50 /* a longer write makes the next slice smaller */
#define SLICE_FAST_MS 25
#define DISCARD_SLICE 5000
#define DISCARDING (-1) /* in place of how far it is frozen: it was stopped */
#define TAKE_TRIES 5

struct launch {
	struct session *s;
	struct campaign campaign;
	struct reach reach; /* whom, and with which words */
	struct lease lease;
	struct campaign_tally tally;
	const struct progress *progress;
	int64_t now;
	int64_t done;
	int slice;
	bool keep;	     /* stopped, it is left as it is, to be gone on with */
	struct arena arena;  /* of the whole launch */
	struct arena people; /* of a slice */
};

static int64_t now_ms(const struct launch *l)
{
	return l->s->clock.monotonic_ms(l->s->clock.data);
}

/* --- what it needs to know --- */

static void launch_end(struct launch *l)
{
	reach_release(&l->reach);
	campaign_tally_release(&l->tally);
	arena_release(&l->arena);
	arena_release(&l->people);
}

static bool launch_begin(
	struct launch *l, struct session *s, int64_t id, const struct progress *p, struct err *err)
{
	*l = (struct launch){ .s = s, .progress = p, .now = session_now(s), .slice = SLICE_FIRST };
	return store_campaign_get(s->db, s->company.id, id, &l->arena, &l->campaign, err) &&
	       reach_open(&l->reach, s, &l->campaign, err) && reach_has_texts(&l->reach, err);
}

/* --- one person --- */

static void write_for(struct launch *l, const struct person *p, struct message *m)
{
	const struct composed *text = composer_pick(&l->reach.composer, m->channel, p->language);
	struct strbuf vars = STRBUF_INIT;

	composer_vars(&l->reach.composer, text, p, &vars);
	m->content_id = text->content.id;
	m->vars = arena_strndup(&l->people, vars.buf, vars.len);
	m->parts = composer_parts(&l->reach.composer, text, m->vars);
	m->due_at = reach_due(&l->reach, p, m->channel);
	if (m->due_at > l->now)
		m->reason = l->reach.start > l->now ? REASON_SCHEDULED : REASON_HOURS;
	strbuf_release(&vars);
	arena_clear(&l->reach.composer.one);
}

static void freeze_person(struct launch *l, const struct person *p, struct message *m)
{
	enum channel channel;
	enum message_reason reason = audience_choose(p, &l->reach.terms, &channel);

	*m = (struct message){
		.company_id = l->s->company.id,
		.campaign_id = l->campaign.id,
		.customer_id = p->id,
		.channel = channel,
		.status = reason == REASON_NONE ? MESSAGE_QUEUED : MESSAGE_SKIPPED,
		.reason = reason,
		.address = p->address[channel],
		.vars = "",
		.parts = 1,
		.due_at = l->reach.start,
		.not_after = l->reach.not_after,
		.queued_at = l->now,
	};
	if (reason == REASON_NONE)
		write_for(l, p, m);
}

/* --- a slice of people --- */

/* In each transaction: nobody took it over, or stopped it, while this program slept. */
static bool still_mine(struct launch *l, struct err *err)
{
	enum campaign_status status;
	bool held;

	if (!lease_renew(l->s, &l->lease, &held, err) ||
		!store_campaign_status(l->s->db, l->campaign.id, &status, err))
		return false;
	return (held && status == CAMPAIGN_LAUNCHING) ||
	       err_set(err, ERR_LAUNCH_BUSY, l->campaign.name, "%s", "it was taken over");
}

static bool write_slice(
	struct launch *l, struct message *list, int n, int64_t upto, struct err *err)
{
	int64_t id;
	bool ok;

	if (!db_write(l->s->db, err))
		return false;
	ok = still_mine(l, err);
	id = ok && n ? db_ids(l->s->db, n, err) : 0;
	ok = ok && (id || !n);
	for (int i = 0; ok && i < n; i++) {
		list[i].id = id + i;
		ok = store_message_insert(
			l->s->db, &list[i], l->reach.terms.marketing, &l->tally, err);
	}
	ok = ok && store_campaign_count(l->s->db, &l->tally, err) &&
	     store_campaign_frozen(l->s->db, l->campaign.id, upto, err) && db_commit(l->s->db, err);
	db_rollback(l->s->db);
	return ok;
}

static void fit_slice(struct launch *l, int64_t took)
{
	if (took > SLICE_SLOW_MS && l->slice > SLICE_LEAST)
		l->slice = l->slice / 2;
	else if (took < SLICE_FAST_MS && l->slice < SLICE_MOST)
		l->slice = l->slice * 3 / 2;
}

/* *more is false once everybody is frozen. */
static bool freeze_slice(struct launch *l, bool *more, struct err *err)
{
	struct person *people;
	struct message *list;
	int64_t began;
	int n;

	arena_clear(&l->people);
	if (!reach_people(
		    &l->reach, l->campaign.frozen_upto, l->slice, &l->people, &people, &n, err))
		return false;
	*more = n == l->slice;
	if (!n)
		return true;
	list = arena_alloc(&l->people, (size_t)n * sizeof(*list));
	for (int i = 0; i < n; i++)
		freeze_person(l, &people[i], &list[i]);
	began = now_ms(l);
	if (!write_slice(l, list, n, people[n - 1].id, err))
		return false;
	fit_slice(l, now_ms(l) - began);
	l->campaign.frozen_upto = people[n - 1].id;
	l->done += n;
	return progress_step(l->progress, l->done, 0) ||
	       err_set(err, ERR_CANCELLED, NULL, "%s", "");
}

/* A post on the company's own page: one message a channel, to nobody. */
static bool freeze_post(struct launch *l, struct err *err)
{
	struct message list[CHANNEL_COUNT];
	int n = 0;

	for (int i = 0; i < CHANNEL_COUNT && !l->campaign.frozen_upto; i++) {
		const struct composed *text =
			composer_pick(&l->reach.composer, (enum channel)i, "");

		if (!(l->campaign.channels & UINT32_C(1) << i))
			continue;
		list[n++] = (struct message){
			.company_id = l->s->company.id,
			.campaign_id = l->campaign.id,
			.channel = (enum channel)i,
			.status = MESSAGE_QUEUED,
			.reason = l->reach.start > l->now ? REASON_SCHEDULED : REASON_NONE,
			.content_id = text->content.id,
			.address = "",
			.vars = "",
			.parts = 1,
			.due_at = l->reach.start,
			.not_after = l->reach.not_after,
			.queued_at = l->now,
		};
	}
	return !n || write_slice(l, list, n, 1, err);
}

static bool freeze_all(struct launch *l, struct err *err)
{
	bool more = true;

	if (l->campaign.kind == CAMPAIGN_POST)
		return freeze_post(l, err);
	while (more)
		if (!freeze_slice(l, &more, err))
			return false;
	return true;
}

/* --- from draft to launching, and on --- */

static bool move(struct launch *l, enum campaign_act act, bool *moved, struct err *err)
{
	enum campaign_status to;

	*moved = false;
	if (!campaign_next(act, l->campaign.status, &to))
		return true;
	if (!store_campaign_move(l->s->db, l->campaign.id, l->campaign.status, to, CAUSE_NONE,
		    l->now, moved, err))
		return false;
	if (*moved)
		l->campaign.status = to;
	return true;
}

static void lease_name(const struct launch *l, char out[48])
{
	snprintf(out, 48, "launch %lld", (long long)l->campaign.id);
}

/* *same: it is as it was read before the lease was ours; how far it is frozen may have
 * moved on. */
static bool read_again(struct launch *l, bool *same, struct err *err)
{
	struct campaign now;

	if (!store_campaign_get(l->s->db, l->s->company.id, l->campaign.id, &l->arena, &now, err))
		return false;
	*same = now.status == l->campaign.status && now.revision == l->campaign.revision;
	l->campaign.frozen_upto = now.frozen_upto;
	return true;
}

/* Takes it for this program: from a draft, or from one that was broken off. *held but not
 * *mine: it was changed meanwhile. */
static bool take(struct launch *l, bool *held, bool *mine, struct err *err)
{
	char name[48];
	bool moved = true, ok;

	*held = *mine = false;
	lease_name(l, name);
	if (!db_write(l->s->db, err))
		return false;
	ok = lease_take(l->s, name, &l->lease, held, err) && (!*held || read_again(l, &moved, err));
	if (ok && *held && moved && l->campaign.status != CAMPAIGN_LAUNCHING) {
		ok = move(l, CAMPAIGN_ACT_LAUNCH, &moved, err);
		if (ok && moved)
			ok = session_audit(
				l->s, "campaign.launch", "campaign", l->campaign.id, "", err);
	}
	*mine = ok && *held && moved;
	ok = ok && (!*held || moved || lease_release(l->s, &l->lease, err)) &&
	     db_commit(l->s->db, err);
	db_rollback(l->s->db);
	return ok;
}

/* After what could not be done: the next one need not wait for the lease to run out. */
static void leave(struct launch *l)
{
	struct err unused = ERR_INIT;

	if (db_write(l->s->db, &unused) && lease_release(l->s, &l->lease, &unused))
		(void)!db_commit(l->s->db, &unused);
	db_rollback(l->s->db);
}

/* The last step: what was frozen is there for everybody, at once. */
static bool show(struct launch *l, struct err *err)
{
	enum campaign_act act =
		l->reach.start > l->now ? CAMPAIGN_ACT_SCHEDULE : CAMPAIGN_ACT_START;
	bool moved, open, ok;

	if (!db_write(l->s->db, err))
		return false;
	ok = still_mine(l, err) && store_messages_open(l->s->db, l->campaign.id, &open, err) &&
	     move(l, open ? act : CAMPAIGN_ACT_COMPLETE, &moved, err) &&
	     lease_release(l->s, &l->lease, err) && db_commit(l->s->db, err);
	db_rollback(l->s->db);
	return ok;
}

/* Stopped: no message is left, and it is a draft again. Broken off itself, it is gone on
 * with, never with the launch. */
static bool discard(struct launch *l, struct err *err)
{
	bool left = true, moved, same, ok = true;

	while (ok && left) {
		ok = db_write(l->s->db, err) && still_mine(l, err) &&
		     store_message_discard(l->s->db, l->campaign.id, DISCARD_SLICE, &left, err) &&
		     store_campaign_frozen(l->s->db, l->campaign.id, left ? DISCARDING : 0, err);
		if (ok && !left)
			ok = store_campaign_recount(l->s->db, l->campaign.id, true, &same, err) &&
			     move(l, CAMPAIGN_ACT_DISCARD, &moved, err) &&
			     lease_release(l->s, &l->lease, err);
		ok = ok && db_commit(l->s->db, err);
		db_rollback(l->s->db);
	}
	return ok;
}

static bool freeze_and_show(struct launch *l, struct err *err)
{
	struct err unused = ERR_INIT;
	bool ok = db_rewrite(l->s->db, true, err) && freeze_all(l, err);

	/* FULL again before anybody is told. */
	ok = db_rewrite(l->s->db, false, ok ? err : &unused) && ok;
	if (ok && show(l, err))
		return true;
	if (!ok && !l->keep && err->code == ERR_CANCELLED && !discard(l, &unused))
		*err = unused;
	leave(l);
	return false;
}

/* What is left to do of one that is ours. *draft: it was being discarded, and is a draft
 * again. */
static bool finish(struct launch *l, bool *draft, struct err *err)
{
	*draft = l->campaign.frozen_upto == DISCARDING;
	if (!*draft)
		return freeze_and_show(l, err);
	if (discard(l, err))
		return true;
	leave(l);
	return false;
}

static bool count_result(struct launch *l, struct launch_result *result, struct err *err)
{
	struct campaign_count *counts;
	int n;

	if (!store_campaign_counts(l->s->db, l->campaign.id, &l->arena, &counts, &n, err))
		return false;
	for (int i = 0; i < n; i++)
		if (counts[i].status == MESSAGE_SKIPPED)
			result->left_out += counts[i].messages;
		else
			result->queued += counts[i].messages;
	result->status = l->campaign.status;
	return true;
}

static bool startable(const struct launch *l)
{
	enum campaign_status to;

	return l->campaign.status == CAMPAIGN_LAUNCHING ||
	       campaign_next(CAMPAIGN_ACT_LAUNCH, l->campaign.status, &to);
}

/* *again: it was changed between the look and the lease. */
static bool launch_once(struct session *s, int64_t id, const struct progress *p,
	struct launch_result *result, bool *again, struct err *err)
{
	struct launch l = { .s = NULL };
	bool held, mine, ok = launch_begin(&l, s, id, p, err);

	*again = false;
	if (ok && startable(&l)) {
		ok = take(&l, &held, &mine, err) &&
		     (held ||
			     err_set(err, ERR_LAUNCH_BUSY, l.campaign.name, "%lld", (long long)id));
		*again = ok && !mine;
		ok = ok && (!mine || finish(&l, again, err));
	} else {
		result->already = true;
	}
	ok = ok && (*again || count_result(&l, result, err));
	launch_end(&l);
	return ok;
}

bool launch_campaign(struct session *s, int64_t id, const struct progress *p,
	struct launch_result *result, struct err *err)
{
	bool again = true, ok = true;

	*result = (struct launch_result){ .already = false };
	if (!session_ready(s, RIGHT_CAMPAIGNS_CHANGE, err) || !station_must_be_ours(s, err))
		return false;
	for (int i = 0; ok && again && i < TAKE_TRIES; i++)
		ok = launch_once(s, id, p, result, &again, err);
	if (ok && again)
		ok = err_set(
			err, ERR_LAUNCH_BUSY, "", "%lld: changed again and again", (long long)id);
	return ok;
}

bool launch_resume(struct session *s, const struct campaign *campaign, const struct progress *p,
	bool *done, struct err *err)
{
	struct launch l = { .s = NULL };
	bool held, draft, ok;

	*done = false;
	ok = launch_begin(&l, s, campaign->id, p, err);
	l.keep = true;
	if (ok && l.campaign.status == CAMPAIGN_LAUNCHING)
		ok = take(&l, &held, done, err) && (!*done || finish(&l, &draft, err));
	*done &= ok;
	launch_end(&l);
	return ok;
}
