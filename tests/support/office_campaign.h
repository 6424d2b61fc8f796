/*
 * Campaigns in an office's store: launched to everybody by SMS over the folder, sent, and
 * with news from providers as they would have come.
 */
#ifndef OFFICE_CAMPAIGN_H
#define OFFICE_CAMPAIGN_H

#include "office.h"

#include <sys/stat.h>

#include "campaigns.h"
#include "providers.h"
#include "sender.h"
#include "settings.h"
#include "stmt.h"
#include "store_campaign.h"

static inline void office_ok(bool ok, const struct err *err)
{
	if (!ok)
		fail_msg("%s: %s (%s)", err_name(err->code), err->subject, err->detail);
}

/* A folder takes the messages, `hourly` of them an hour; a price. */
static inline void office_folder(struct office *o, const char *hourly)
{
	char folder[120];
	const struct provider_change changes[] = {
		{ "folder", folder },
		{ "hourly", hourly },
		{ "prices", "BF=25,FR=90" },
	};
	struct err err = ERR_INIT;

	snprintf(folder, sizeof(folder), "%s/out", o->folder);
	mkdir(folder, 0700);
	office_ok(providers_set(o->desk.s, PROVIDER_FILE, PROVIDERS_ANY, changes,
			  ARRAY_SIZE(changes), &err),
		&err);
	office_ok(settings_set(o->desk.s, SETTING_SMS_STOP, "4455", &err), &err);
}

static inline void office_sql(struct office *o, const char *sql)
{
	struct err err = ERR_INIT;
	struct stmt *q = stmt_make(o->desk.s->db, sql);

	office_ok(stmt_run(q, &err), &err);
	stmt_free(q);
}

/* A draft by SMS; its id. */
static inline int64_t office_draft(struct office *o, const char *name)
{
	struct campaign c = { .name = name,
		.type = CAMPAIGN_PROMOTIONAL,
		.channels = UINT32_C(1) << CHANNEL_SMS,
		.order = "",
		.filter = "",
		.persons = "",
		.sender = "",
		.created_by = "" };
	struct campaign_content content = { .channel = CHANNEL_SMS,
		.language = "fr",
		.subject = "",
		.text = "Bonjour {{prenom|cher client}}, -20 % samedi chez Sahel. {{stop}}",
		.html = "",
		.media = "" };
	struct err err = ERR_INIT;

	office_ok(campaigns_save(o->desk.s, &c, &err), &err);
	content.campaign_id = c.id;
	office_ok(campaigns_text_put(o->desk.s, &content, &c.revision, &err), &err);
	office_sql(o, "UPDATE campaign SET created_by = 'salif'");
	return c.id;
}

static inline int64_t office_launched(struct office *o, const char *name)
{
	int64_t id = office_draft(o, name);
	struct launch_result result;
	struct err err = ERR_INIT;

	office_ok(campaigns_launch(o->desk.s, id, NULL, &result, &err), &err);
	return id;
}

/* Until nothing more can go now. */
static inline void office_send(struct office *o)
{
	const struct sender_options options = { .once = true };
	struct session *s = office_session(o);
	struct err err = ERR_INIT;
	struct sender *sender = sender_new(s, &options, &err);

	office_ok(sender != NULL, &err);
	office_ok(sender_run(sender, &err), &err);
	sender_free(sender);
	session_close(s);
}

/* What came back: most arrived, one number is wrong, of one nobody knows. */
static inline void office_news(struct office *o, int64_t id)
{
	static const char *const news[] = {
		"UPDATE message SET status = 'DELIVERED', delivered_at = sent_at + 20,"
		" provider_id = 'SM1042'"
		" WHERE status = 'SENT' AND address IN ('+22670123456', '+22625303118', "
		"'+22674567890')",
		"UPDATE message SET status = 'BOUNCED', reason = 'BAD_ADDRESS', code = '21211',"
		" bounced_at = sent_at + 20 WHERE status = 'SENT' AND address = '+22671085590'",
		"UPDATE message SET status = 'UNCERTAIN', reason = 'NO_ANSWER', sent_at = NULL,"
		" provider = 'ORANGE' WHERE status = 'SENT' AND address = '+22676001122'",
		"UPDATE message SET status = 'UNSUBSCRIBED', unsubscribed_at = sent_at + 600"
		" WHERE status = 'SENT' AND address = '+22625314455'",
	};
	struct err err = ERR_INIT;
	bool same;

	for (size_t i = 0; i < ARRAY_SIZE(news); i++)
		office_sql(o, news[i]);
	office_ok(store_campaign_recount(o->desk.s->db, id, true, &same, &err), &err);
}

/* One that went and of which there are news, and looks at the screens anew. */
static inline int64_t office_campaign(struct office *o)
{
	int64_t id;

	office_folder(o, "0");
	id = office_launched(o, "Promo de novembre");
	office_send(o);
	office_news(o, id);
	return id;
}

#endif
