/* Campaigns under way. */
#include <stdlib.h>

#include "db.h"
#include "launch.h"
#include "mem.h"
#include "sender_private.h"

#define ZONES_APART (26 * 3600) /* from UTC-12 to UTC+14 */

void errand_drop(struct errand *e)
{
	if (!e || --e->refs)
		return;
	composer_release(&e->composer);
	arena_release(&e->arena);
	free(e);
}

static struct errand *find(struct sender *sd, int64_t id)
{
	for (size_t i = 0; i < sd->errands.len; i++)
		if (sd->errands.items[i]->campaign.id == id)
			return sd->errands.items[i];
	return NULL;
}

static bool count_spent(struct errand *e, struct err *err)
{
	struct campaign_count *counts;
	int n;

	if (!store_campaign_counts(e->office->s.db, e->campaign.id, &e->arena, &counts, &n, err))
		return false;
	for (int i = 0; i < n; i++)
		e->spent += counts[i].cost;
	return true;
}

static struct errand *errand_new(struct sender *sd, int64_t company_id, int64_t id, struct err *err)
{
	struct errand *e = mem_zalloc(1, sizeof(*e));

	e->refs = 1;
	e->going = true;
	/* What an earlier sender stored is taken away by the first that goes. */
	for (int i = 0; i < CHANNEL_COUNT; i++)
		e->waits[i] = true;
	e->office = office_of(sd, company_id, err);
	if (e->office &&
		store_campaign_get(e->office->s.db, company_id, id, &e->arena, &e->campaign, err) &&
		composer_open(&e->composer, &e->office->s, &e->campaign, err) &&
		count_spent(e, err)) {
		e->terms = (struct audience_terms){
			.channels = e->campaign.channels,
			.order = e->campaign.order,
			.marketing = campaign_type_marketing(e->campaign.type),
			.cap = e->office->cap,
		};
		return e;
	}
	errand_drop(e);
	return NULL;
}

struct errand *errand_get(struct sender *sd, int64_t company_id, int64_t id, struct err *err)
{
	struct errand *e = find(sd, id);

	if (!e)
		return errand_new(sd, company_id, id, err);
	e->refs++;
	return e;
}

/* One whose texts can no longer be read fails, and says so; the others go on. */
static bool fail_campaign(struct sender *sd, const struct campaign *c, struct err *err)
{
	bool moved, ok;

	ok = db_write(sd->s->db, err) &&
	     store_campaign_move(sd->s->db, c->id, c->status, CAMPAIGN_FAILED, CAUSE_NONE,
		     sender_now(sd), &moved, err) &&
	     db_commit(sd->s->db, err);
	db_rollback(sd->s->db);
	return ok;
}

static bool add_errand(struct sender *sd, const struct campaign *c, struct err *err)
{
	struct err why = ERR_INIT;
	struct errand *e = find(sd, c->id);

	if (e) {
		e->going = true;
		e->campaign.status = c->status;
		for (int i = 0; i < CHANNEL_COUNT; i++)
			e->wait_until[i] = 0;
		return true;
	}
	e = errand_new(sd, c->company_id, c->id, &why);
	if (e) {
		vec_push(&sd->errands, e);
		return true;
	}
	log_err(sd->options.log, LOG_ERROR, "campaign", &why);
	if (why.code == ERR_TEMPLATE || why.code == ERR_NO_TEXT || why.code == ERR_INVALID)
		return fail_campaign(sd, c, err);
	*err = why;
	return false;
}

/* Its hour has come. */
static bool start_campaign(struct sender *sd, struct campaign *c, struct err *err)
{
	bool moved, ok;

	ok = db_write(sd->s->db, err) &&
	     store_campaign_move(sd->s->db, c->id, CAMPAIGN_SCHEDULED, CAMPAIGN_RUNNING, CAUSE_NONE,
		     sender_now(sd), &moved, err) &&
	     db_commit(sd->s->db, err);
	db_rollback(sd->s->db);
	if (ok && moved)
		c->status = CAMPAIGN_RUNNING;
	return ok;
}

/* Meanwhile the lease is kept, what is on the wire moves on, and a stop is heard. */
static bool between_slices(void *data, int64_t done, int64_t total)
{
	struct sender *sd = data;
	struct err unused = ERR_INIT;

	(void)done, (void)total;
	wire_wait(sd->wire, 0);
	return round_keep_lease(sd, &unused) && !sender_stopping(sd);
}

/* A launch that was broken off goes on here. One that cannot is not in the way of the
 * others. */
static void finish_launch(struct sender *sd, const struct campaign *c)
{
	const struct progress p = { .step = between_slices, .data = sd };
	struct err err = ERR_INIT;
	struct office *o = office_of(sd, c->company_id, &err);
	bool done = false;

	if ((!o || !launch_resume(&o->s, c, &p, &done, &err)) && err.code != ERR_CANCELLED)
		log_err(sd->options.log, LOG_WARN, "launch", &err);
	sd->fresh |= done;
}

/* Each customer's own clock shows its hour: where the day begins first, that is before the
 * company's does. Messages have their own time. */
static int64_t begins_at(const struct campaign *c)
{
	return c->customer_zone && c->start_at ? c->start_at - ZONES_APART : c->start_at;
}

static bool read_one(struct sender *sd, struct campaign *c, struct err *err)
{
	if (c->status == CAMPAIGN_LAUNCHING) {
		finish_launch(sd, c);
		return true;
	}
	if (c->status == CAMPAIGN_SCHEDULED) {
		if (begins_at(c) <= sender_now(sd) && !start_campaign(sd, c, err))
			return false;
		if (c->status == CAMPAIGN_SCHEDULED && begins_at(c) < sd->start_at)
			sd->start_at = begins_at(c);
	}
	return c->status != CAMPAIGN_RUNNING || add_errand(sd, c, err);
}

static void drop_ended(struct sender *sd)
{
	size_t kept = 0;

	for (size_t i = 0; i < sd->errands.len; i++)
		if (sd->errands.items[i]->going)
			sd->errands.items[kept++] = sd->errands.items[i];
		else
			errand_drop(sd->errands.items[i]);
	sd->errands.len = kept;
}

bool errands_read(struct sender *sd, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct campaign *list;
	bool ok = true;
	int n;

	sd->fresh = false;
	sd->start_at = NEVER;
	for (size_t i = 0; ok && i < sd->offices.len; i++)
		ok = office_read(sd, sd->offices.items[i], err);
	for (size_t i = 0; i < sd->errands.len; i++)
		sd->errands.items[i]->going = false;
	ok = ok && store_campaign_going(sd->s->db, &a, &list, &n, err);
	for (int i = 0; ok && i < n; i++)
		ok = read_one(sd, &list[i], err);
	if (ok)
		drop_ended(sd);
	arena_release(&a);
	return ok;
}

void errands_free(struct sender *sd)
{
	for (size_t i = 0; i < sd->errands.len; i++)
		errand_drop(sd->errands.items[i]);
	vec_release(&sd->errands);
}

bool errand_pause(struct sender *sd, struct errand *e, enum campaign_cause cause, struct err *err)
{
	bool moved;

	e->going = false;
	if (!store_campaign_move(sd->s->db, e->campaign.id, CAMPAIGN_RUNNING, CAMPAIGN_PAUSED,
		    cause, sender_now(sd), &moved, err))
		return false;
	log_write(sd->options.log, LOG_WARN, "campaign %lld paused: %s", (long long)e->campaign.id,
		campaign_cause_word(cause));
	return !moved ||
	       session_audit(&e->office->s, "campaign.pause", "campaign", e->campaign.id, "", err);
}

bool errands_complete(struct sender *sd, struct err *err)
{
	bool open = true, moved, ok = true;

	for (size_t i = 0; ok && i < sd->errands.len; i++) {
		struct errand *e = sd->errands.items[i];

		if (!e->going || e->refs > 1)
			continue;
		ok = store_messages_open(sd->s->db, e->campaign.id, &open, err);
		if (!ok || open)
			continue;
		e->going = false;
		ok = store_campaign_move(sd->s->db, e->campaign.id, CAMPAIGN_RUNNING,
			     CAMPAIGN_COMPLETED, CAUSE_NONE, sender_now(sd), &moved, err) &&
		     store_wait_clear(sd->s->db, e->campaign.id, -1, err);
	}
	return ok;
}
