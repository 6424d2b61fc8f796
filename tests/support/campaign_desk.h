/*
 * Campaigns in an office, for tests of screens: launched to everybody, and their messages
 * put into states that would take a provider to reach.
 */
#ifndef CAMPAIGN_DESK_H
#define CAMPAIGN_DESK_H

#include "campaigns.h"
#include "db.h"
#include "launch.h"
#include "office.h"
#include "stmt.h"
#include "store_campaign.h"

static inline void desk_ok(bool ok, const struct err *err)
{
	if (!ok)
		fail_msg("%s: %s (%s)", err_name(err->code), err->subject, err->detail);
}

/* A service message by one channel to everybody, at `start` (0: now); its id. */
static inline int64_t desk_launch(
	struct office *o, const char *name, enum channel channel, int64_t start)
{
	struct campaign c = { .name = name,
		.kind = CAMPAIGN_MANY,
		.type = CAMPAIGN_TRANSACTIONAL,
		.channels = UINT32_C(1) << channel,
		.order = "",
		.filter = "",
		.persons = "",
		.sender = "",
		.created_by = "",
		.start_at = start };
	struct campaign_content content = { .channel = channel,
		.language = "fr",
		.subject = channel == CHANNEL_EMAIL ? "Inventaire" : "",
		.text = "Bonjour {{prenom|cher client}}, nous sommes fermés lundi.",
		.html = "",
		.media = "" };
	struct launch_result result;
	struct err err = ERR_INIT;

	desk_ok(campaigns_save(o->desk.s, &c, &err), &err);
	content.campaign_id = c.id;
	desk_ok(campaigns_text_put(o->desk.s, &content, &c.revision, &err), &err);
	desk_ok(launch_campaign(o->desk.s, c.id, NULL, &result, &err), &err);
	return c.id;
}

/* Puts `n` of its queued messages into a state; the counts follow. */
static inline void desk_put(struct office *o, int64_t campaign_id, int n, const char *values)
{
	struct err err = ERR_INIT;
	char sql[512];
	struct stmt *q;
	bool same;

	snprintf(sql, sizeof(sql),
		"UPDATE message SET %s WHERE id IN (SELECT id FROM message WHERE campaign_id = %lld "
		"AND status = 'QUEUED' ORDER BY id LIMIT %d)",
		values, (long long)campaign_id, n);
	desk_ok(db_write(o->desk.s->db, &err), &err);
	q = stmt_make(o->desk.s->db, sql);
	desk_ok(stmt_run(q, &err), &err);
	stmt_free(q);
	desk_ok(store_campaign_recount(o->desk.s->db, campaign_id, true, &same, &err), &err);
	desk_ok(db_commit(o->desk.s->db, &err), &err);
}

#endif
