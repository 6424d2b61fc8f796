/* The service of campaigns: what it says before, what it does, what it tells after. */
#include "with_audience.h"

#include "campaigns.h"

static struct campaign draft(const char *name)
{
	return (struct campaign){ .name = name,
		.type = CAMPAIGN_PROMOTIONAL,
		.channels = UINT32_C(1) << CHANNEL_SMS,
		.order = "",
		.filter = "",
		.persons = "",
		.sender = "",
		.created_by = "" };
}

static struct campaign saved(const char *text)
{
	struct campaign c = draft("Promo");
	struct campaign_content content = { .channel = CHANNEL_SMS,
		.language = "fr",
		.subject = "",
		.text = text,
		.html = "",
		.media = "" };
	struct err err = ERR_INIT;

	with_ok(campaigns_save(session, &c, &err), &err);
	content.campaign_id = c.id;
	with_ok(campaigns_text_put(session, &content, &c.revision, &err), &err);
	return c;
}

static struct campaign_card card_of(int64_t id)
{
	struct campaign_card card;
	struct err err = ERR_INIT;

	with_ok(campaigns_get(session, id, &arena, &card, &err), &err);
	return card;
}

/* --- drafts --- */

static void saves_and_edits_by_revision(void **state)
{
	struct err err = ERR_INIT;
	struct campaign c = draft("Promo"), other;

	(void)state;
	with_ok(campaigns_save(session, &c, &err), &err);
	assert_true(c.id > 0);
	assert_int_equal(c.revision, 1);
	other = c;
	other.name = "Soldes";
	other.budget = 5000;
	with_ok(campaigns_save(session, &other, &err), &err);
	assert_int_equal(other.revision, 2);
	assert_false(campaigns_save(session, &c, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	assert_string_equal(card_of(c.id).campaign.name, "Soldes");
	assert_int_equal(card_of(c.id).campaign.budget, 5000);
	assert_int_equal(
		with_number("SELECT count(*) FROM audit WHERE action LIKE 'campaign.%'"), 2);
}

static void refused_as(struct campaign c, enum err_code code)
{
	struct err err = ERR_INIT;

	assert_false(campaigns_save(session, &c, &err));
	assert_int_equal(err.code, code);
	assert_int_equal(with_number("SELECT count(*) FROM campaign"), 0);
}

static void refuses_what_cannot_be(void **state)
{
	struct campaign c = draft("  ");

	(void)state;
	refused_as(c, ERR_INVALID);
	c = draft("x");
	c.filter = "score>=abc";
	refused_as(c, ERR_FILTER);
	c = draft("x");
	c.persons = "12,";
	refused_as(c, ERR_INVALID);
	c.persons = "1,2";
	c.kind = CAMPAIGN_ONE;
	refused_as(c, ERR_INVALID);
	c = draft("x");
	c.kind = CAMPAIGN_POST;
	refused_as(c, ERR_INVALID);
	c = draft("x");
	c.order = "SMS,SMS";
	refused_as(c, ERR_INVALID);
	c = draft("x");
	c.budget = -1;
	refused_as(c, ERR_INVALID);
}

static void duplicates_without_its_schedule(void **state)
{
	struct err err = ERR_INIT;
	struct campaign c = saved(AUDIENCE_TEXT);
	struct campaign_card twice;
	int64_t id, again;

	(void)state;
	c.start_at = with_now + 86400;
	c.not_after = with_now + 2 * 86400;
	with_ok(campaigns_save(session, &c, &err), &err);
	with_ok(campaigns_duplicate(session, c.id, &id, &err), &err);
	with_ok(campaigns_duplicate(session, id, &again, &err), &err);
	twice = card_of(again);
	assert_string_equal(card_of(id).campaign.name, "Promo (2)");
	assert_string_equal(twice.campaign.name, "Promo (3)");
	assert_int_equal(twice.campaign.start_at, 0);
	assert_int_equal(twice.campaign.not_after, 0);
	assert_int_equal(twice.campaign.duplicate_of, id);
	assert_int_equal(twice.n_texts, 1);
	assert_string_equal(twice.texts[0].text, AUDIENCE_TEXT);
}

static void replaces_and_drops_texts(void **state)
{
	struct err err = ERR_INIT;
	struct campaign c = saved("eins");
	struct campaign_content content = card_of(c.id).texts[0];
	int64_t first = content.id, revision = c.revision;

	(void)state;
	content.text = "zwei";
	with_ok(campaigns_text_put(session, &content, &revision, &err), &err);
	assert_int_equal(card_of(c.id).texts[0].id, first);
	assert_string_equal(card_of(c.id).texts[0].text, "zwei");
	assert_int_equal(revision, c.revision + 1);
	assert_false(campaigns_text_put(session, &content, &c.revision, &err));
	assert_int_equal(err.code, ERR_CONFLICT);
	err_clear(&err);
	with_ok(campaigns_text_drop(session, c.id, CHANNEL_SMS, "fr", &revision, &err), &err);
	assert_int_equal(card_of(c.id).n_texts, 0);
	with_ok(campaigns_template(session, "WELCOME", CHANNEL_SMS, "fr", &arena, &content, &err),
		&err);
	assert_true(strlen(content.text) > 10);
	assert_false(
		campaigns_template(session, "NOWHERE", CHANNEL_SMS, "fr", &arena, &content, &err));
	assert_int_equal(err.code, ERR_GONE);
	err_clear(&err);
	with_ok(campaigns_delete(session, c.id, &err), &err);
	assert_int_equal(with_number("SELECT count(*) FROM campaign"), 0);
}

/* --- checks --- */

static bool has(int64_t id, enum finding_code code, enum finding_level level)
{
	struct err err = ERR_INIT;
	enum finding_level worst;
	struct finding *list;
	int n;

	with_ok(campaigns_check(session, id, NULL, &arena, &list, &n, &worst, &err), &err);
	assert_int_equal(worst, list[0].level);
	for (int i = 0; i < n; i++)
		if (list[i].code == code) {
			assert_int_equal(list[i].level, level);
			return true;
		}
	return false;
}

static void put(struct campaign *c, enum channel channel, const char *subject, const char *text,
	const char *html)
{
	struct err err = ERR_INIT;
	struct campaign_content content = { .campaign_id = c->id,
		.channel = channel,
		.language = "fr",
		.subject = subject,
		.text = text,
		.html = html,
		.media = "" };

	with_ok(campaigns_text_put(session, &content, &c->revision, &err), &err);
}

static void finds_what_is_wrong_with_an_sms(void **state)
{
	struct campaign c = saved("Bonjour {{prenon}}");
	struct err err = ERR_INIT;

	(void)state;
	assert_true(has(c.id, FINDING_TEXT, FINDING_STOP));
	assert_true(has(c.id, FINDING_NO_PROVIDER, FINDING_STOP));
	with_folder();
	put(&c, CHANNEL_SMS, "", "Bonjour, fête samedi", "");
	assert_true(has(c.id, FINDING_NO_STOP_TEXT, FINDING_STOP));
	assert_true(has(c.id, FINDING_SMS_UCS2, FINDING_WARN));
	assert_true(has(c.id, FINDING_NOBODY, FINDING_WARN));
	assert_true(has(c.id, FINDING_FOLDER, FINDING_WARN));
	assert_false(has(c.id, FINDING_NO_PROVIDER, FINDING_STOP));
	assert_false(has(c.id, FINDING_NO_STOP_SETTING, FINDING_STOP));
	with_setting(SETTING_SMS_STOP, "");
	assert_true(has(c.id, FINDING_NO_STOP_SETTING, FINDING_STOP));
	with_setting(SETTING_SMS_STOP, "4455");
	with_person("Awa", "+22670000001", true);
	put(&c, CHANNEL_SMS, "", AUDIENCE_TEXT, "");
	assert_false(has(c.id, FINDING_NO_STOP_TEXT, FINDING_STOP));
	assert_false(has(c.id, FINDING_NOBODY, FINDING_WARN));
	c.start_at = with_now - 60;
	with_ok(campaigns_save(session, &c, &err), &err);
	assert_true(has(c.id, FINDING_START_PAST, FINDING_WARN));
	c.not_after = with_now;
	with_ok(campaigns_save(session, &c, &err), &err);
	assert_true(has(c.id, FINDING_NOT_AFTER, FINDING_STOP));
	c.not_after = with_now + 1;
	c.channels |= UINT32_C(1) << CHANNEL_EMAIL;
	with_ok(campaigns_save(session, &c, &err), &err);
	assert_false(has(c.id, FINDING_NOT_AFTER, FINDING_STOP));
	assert_true(has(c.id, FINDING_NO_TEXT, FINDING_STOP));
}

static void finds_what_is_wrong_with_an_email(void **state)
{
	struct campaign c = draft("Lettre");
	struct err err = ERR_INIT;

	(void)state;
	c.channels = UINT32_C(1) << CHANNEL_EMAIL;
	with_ok(campaigns_save(session, &c, &err), &err);
	put(&c, CHANNEL_EMAIL, " ", "Voyez http://example.com/a", "");
	assert_true(has(c.id, FINDING_NO_SUBJECT, FINDING_STOP));
	assert_true(has(c.id, FINDING_NO_UNSUBSCRIBE, FINDING_STOP));
	assert_true(has(c.id, FINDING_LINK_HTTP, FINDING_WARN));
	put(&c, CHANNEL_EMAIL, "Promo", "{{lien_desinscription}}",
		"<a href=\"www.example.com\">x</a>");
	assert_true(has(c.id, FINDING_LINK_BAD, FINDING_STOP));
	/* Whoever sees the page does not see the text. */
	assert_true(has(c.id, FINDING_NO_UNSUBSCRIBE, FINDING_STOP));
	put(&c, CHANNEL_EMAIL, "Promo", "",
		"<a href=\"{{lien_desinscription}}\">x</a><a href='https://example.com/'>y</a>");
	assert_false(has(c.id, FINDING_NO_UNSUBSCRIBE, FINDING_STOP));
	assert_false(has(c.id, FINDING_LINK_BAD, FINDING_STOP));
	assert_false(has(c.id, FINDING_LINK_HTTP, FINDING_WARN));
	assert_false(has(c.id, FINDING_NO_SUBJECT, FINDING_STOP));
}

/* --- forecasts --- */

static struct campaign_forecast forecast_of(int64_t id)
{
	struct campaign_forecast f;
	struct err err = ERR_INIT;

	with_ok(campaigns_forecast(session, id, NULL, &arena, &f, &err), &err);
	return f;
}

static void forecasts_what_the_launch_does(void **state)
{
	struct err err = ERR_INIT;
	struct launch_result result;
	struct campaign_forecast f;
	struct campaign_card card;
	struct campaign c;

	(void)state;
	with_every_reason();
	with_folder();
	with_run("UPDATE provider SET prices = 'BF=25,FR=60', hourly = 0");
	c = saved(AUDIENCE_TEXT);
	f = forecast_of(c.id);
	assert_int_equal(f.looked_at, AUDIENCE_PEOPLE);
	assert_int_equal(f.people, AUDIENCE_SENT);
	assert_int_equal(f.left_out, AUDIENCE_PEOPLE - AUDIENCE_SENT);
	for (size_t i = 0; i < ARRAY_SIZE(audience_reasons); i++)
		assert_int_equal(f.by_reason[audience_reasons[i]], 1);
	assert_int_equal(f.parts, 3);
	assert_int_equal(f.ucs2_people, 1);
	assert_string_equal(f.ucs2_names[0], "Zoë Kabré");
	with_run("UPDATE campaign SET plain_names = 1");
	assert_int_equal(forecast_of(c.id).ucs2_people, 0);
	with_run("UPDATE campaign SET plain_names = 0");
	assert_int_equal(f.long_people, 0);
	/* 25 + 25 + 60 francs, which have no decimals, in hundredths. */
	assert_int_equal(f.cost, 11000);
	assert_int_equal(f.unpriced, 0);
	assert_int_equal(f.channels[CHANNEL_SMS].provider, PROVIDER_FILE);
	assert_int_equal(f.starts_at, with_now);
	assert_int_equal(f.ends_at, with_now);
	assert_int_equal(f.channels[CHANNEL_SMS].bound, BOUND_NONE);
	assert_int_equal(with_number("SELECT count(*) FROM message"), 3);
	with_ok(campaigns_launch(session, c.id, NULL, &result, &err), &err);
	assert_int_equal(result.queued, f.people);
	assert_int_equal(result.left_out, f.left_out);
	card = card_of(c.id);
	assert_int_equal(card.funnel.people, AUDIENCE_PEOPLE);
	for (int i = 0; i < card.n_counts; i++)
		if (card.counts[i].status == MESSAGE_SKIPPED)
			assert_int_equal(
				card.counts[i].messages, f.by_reason[card.counts[i].reason]);
}

static void forecasts_long_texts_and_limits(void **state)
{
	struct campaign_forecast f;
	struct campaign c;
	struct channel_forecast *sms = &f.channels[CHANNEL_SMS];

	(void)state;
	with_people(30);
	with_folder();
	with_run("UPDATE provider SET hourly = 0");
	with_setting(SETTING_HOURLY_SMS, "10");
	c = saved(AUDIENCE_TEXT);
	f = forecast_of(c.id);
	/* Ten each hour, the first ten at once. */
	assert_int_equal(sms->people, 30);
	assert_int_equal(sms->bound, BOUND_CHANNEL);
	assert_int_equal(sms->hourly, 10);
	assert_int_equal(sms->ends_at, with_now + 2 * 3600);
	with_run("UPDATE provider SET hourly = 5");
	f = forecast_of(c.id);
	assert_int_equal(sms->bound, BOUND_PROVIDER);
	assert_int_equal(sms->ends_at, with_now + 5 * 3600);
	/* Nobody is written to at night: four an hour from noon to 20:00, then from 08:00. */
	with_setting(SETTING_HOURLY_SMS, "3");
	f = forecast_of(c.id);
	assert_int_equal(sms->ends_at, with_now + (8 + 12 + 1) * 3600);
	with_setting(SETTING_HOURLY_SMS, "0");
	with_run("UPDATE provider SET hourly = 0");
	with_setting(SETTING_SMS_BATCH, "10");
	f = forecast_of(c.id);
	assert_int_equal(sms->bound, BOUND_PAUSE);
	assert_int_equal(sms->ends_at, with_now + 2 * 2);
	/* Orange takes five a second. */
	with_run("UPDATE provider SET name = 'ORANGE',"
		 " fields = '{\"client_id\": \"id\", \"client_secret\": true}', secrets = x'01'");
	f = forecast_of(c.id);
	assert_int_equal(sms->bound, BOUND_SPEED);
	assert_int_equal(sms->ends_at, with_now + 30 / 5);
}

static void counts_people_before_there_is_a_text(void **state)
{
	struct campaign c = draft("Promo");
	struct campaign_forecast f;
	struct err err = ERR_INIT;

	(void)state;
	with_every_reason();
	with_ok(campaigns_save(session, &c, &err), &err);
	f = forecast_of(c.id);
	assert_int_equal(f.people, AUDIENCE_SENT);
	assert_int_equal(f.left_out, AUDIENCE_PEOPLE - AUDIENCE_SENT);
	/* Nothing can carry it yet. */
	assert_int_equal(f.starts_at, 0);
	assert_int_equal(f.channels[CHANNEL_SMS].provider, -1);
}

static bool cancel(void *data, int64_t done, int64_t total)
{
	(void)data, (void)done, (void)total;
	return false;
}

static void stops_counting_when_asked(void **state)
{
	struct campaign_forecast f;
	struct progress p = { cancel, NULL };
	struct err err = ERR_INIT;

	(void)state;
	with_people(3);
	assert_false(campaigns_forecast(session, saved(AUDIENCE_TEXT).id, &p, &arena, &f, &err));
	assert_int_equal(err.code, ERR_CANCELLED);
}

static void names_those_left_out(void **state)
{
	struct err err = ERR_INIT;
	struct left_out *list;
	struct campaign c;
	int n;

	(void)state;
	with_every_reason();
	c = saved(AUDIENCE_TEXT);
	with_ok(campaigns_left_out(
			session, c.id, REASON_DUPLICATE_ADDRESS, 0, 10, &arena, &list, &n, &err),
		&err);
	assert_int_equal(n, 1);
	assert_string_equal(list[0].first_name, "Salif");
	with_ok(campaigns_left_out(session, c.id, -1, 0, 5, &arena, &list, &n, &err), &err);
	assert_int_equal(n, 5);
	with_ok(campaigns_left_out(
			session, c.id, -1, list[4].customer_id, 5, &arena, &list, &n, &err),
		&err);
	assert_int_equal(n, 3);
}

static void previews_real_recipients(void **state)
{
	struct err err = ERR_INIT;
	struct campaign_preview p;
	struct campaign c;
	int64_t first;
	bool found;

	(void)state;
	with_every_reason();
	c = saved(AUDIENCE_TEXT);
	with_ok(campaigns_preview_next(session, c.id, 0, &arena, &p, &found, &err), &err);
	assert_true(found);
	assert_string_equal(p.text, "Bonjour Awa, -20 % samedi. STOP au 4455");
	assert_int_equal(p.sms.parts, 1);
	first = p.customer_id;
	with_ok(campaigns_preview_next(session, c.id, first, &arena, &p, &found, &err), &err);
	assert_string_equal(p.first_name, "Zoë");
	assert_int_equal(p.sms.encoding, SMS_UCS2);
	with_ok(campaigns_preview_of(session, c.id,
			with_number("SELECT id FROM customer WHERE "
				    "first_name = 'Ali'"),
			-1, &arena, &p, &err),
		&err);
	assert_int_equal(p.reason, REASON_REFUSED);
	assert_string_equal(p.text, "Bonjour Ali, -20 % samedi. STOP au 4455");
	with_ok(campaigns_preview_next(session, c.id, INT64_MAX, &arena, &p, &found, &err), &err);
	assert_false(found);
}

/* --- deeds --- */

static int64_t launched(int people)
{
	struct err err = ERR_INIT;
	struct launch_result result;
	struct campaign c;

	with_people(people);
	with_folder();
	c = saved(AUDIENCE_TEXT);
	with_ok(campaigns_launch(session, c.id, NULL, &result, &err), &err);
	assert_int_equal(result.queued, people);
	return c.id;
}

static void launches_once(void **state)
{
	struct err err = ERR_INIT;
	struct launch_result result;
	struct campaign c = saved("Bonjour");
	int64_t id;

	(void)state;
	assert_false(campaigns_launch(session, c.id, NULL, &result, &err));
	assert_int_equal(err.code, ERR_CAMPAIGN_CHECK);
	err_clear(&err);
	id = launched(4);
	with_ok(campaigns_launch(session, id, NULL, &result, &err), &err);
	assert_true(result.already);
	assert_int_equal(with_status(id, "QUEUED"), 4);
	c = card_of(id).campaign;
	assert_false(campaigns_save(session, &c, &err));
	assert_int_equal(err.code, ERR_CAMPAIGN_STATE);
	err_clear(&err);
	assert_false(campaigns_delete(session, id, &err));
	assert_int_equal(err.code, ERR_CAMPAIGN_STATE);
}

static void pauses_and_goes_on(void **state)
{
	struct campaign_resume how = CAMPAIGN_RESUME_INIT;
	struct err err = ERR_INIT;
	int64_t id = launched(3), paused;

	(void)state;
	with_ok(campaigns_pause(session, id, &err), &err);
	with_ok(campaigns_pause(session, id, &err), &err);
	assert_int_equal(card_of(id).campaign.status, CAMPAIGN_PAUSED);
	assert_int_equal(card_of(id).campaign.cause, CAUSE_PERSON);
	with_ok(campaigns_resume(session, id, &how, &err), &err);
	assert_int_equal(card_of(id).campaign.status, CAMPAIGN_RUNNING);
	assert_false(campaigns_resume(session, id, &how, &err));
	assert_int_equal(err.code, ERR_CAMPAIGN_STATE);
	err_clear(&err);
	with_ok(campaigns_pause_all(session, &paused, &err), &err);
	assert_int_equal(paused, 1);
	with_ok(campaigns_pause_all(session, &paused, &err), &err);
	assert_int_equal(paused, 0);
	assert_int_equal(card_of(id).campaign.status, CAMPAIGN_PAUSED);
}

static void asks_for_a_decision(void **state)
{
	struct campaign_resume how = CAMPAIGN_RESUME_INIT;
	struct err err = ERR_INIT;
	int64_t id = launched(3);

	(void)state;
	with_run("UPDATE campaign SET status = 'PAUSED', cause = 'BUDGET', budget = 100");
	assert_false(campaigns_resume(session, id, &how, &err));
	assert_int_equal(err.code, ERR_CAMPAIGN_BUDGET);
	err_clear(&err);
	how.budget = 100;
	assert_false(campaigns_resume(session, id, &how, &err));
	err_clear(&err);
	how.budget = 101;
	with_ok(campaigns_resume(session, id, &how, &err), &err);
	assert_int_equal(card_of(id).campaign.budget, 101);
	how = (struct campaign_resume)CAMPAIGN_RESUME_INIT;
	with_run("UPDATE campaign SET status = 'PAUSED', cause = 'LATE', late = 'ASK'");
	with_run("UPDATE message SET not_after = 10");
	assert_false(campaigns_resume(session, id, &how, &err));
	assert_int_equal(err.code, ERR_CAMPAIGN_LATE);
	err_clear(&err);
	how.not_after = with_now + 3600;
	with_ok(campaigns_resume(session, id, &how, &err), &err);
	assert_int_equal(with_number("SELECT min(not_after) FROM message"), with_now + 3600);
	with_run("UPDATE campaign SET status = 'PAUSED', cause = 'LATE', late = 'ASK'");
	how = (struct campaign_resume)CAMPAIGN_RESUME_INIT;
	how.expire = true;
	with_ok(campaigns_resume(session, id, &how, &err), &err);
	assert_int_equal(card_of(id).campaign.late, LATE_EXPIRE);
	assert_int_equal(card_of(id).campaign.status, CAMPAIGN_RUNNING);
}

static void stops_for_good(void **state)
{
	struct campaign_resume how = CAMPAIGN_RESUME_INIT;
	struct progress p = { cancel, NULL };
	struct err err = ERR_INIT;
	int64_t id = launched(2500), cancelled;

	(void)state;
	with_run("UPDATE message SET status = 'SENDING' WHERE id IN (SELECT id FROM message LIMIT "
		 "1)");
	with_run("DELETE FROM campaign_count");
	with_begin();
	{
		bool same;

		with_ok(store_campaign_recount(session->db, id, true, &same, &err), &err);
	}
	with_commit();
	/* Broken off after the first slice: it goes on when asked again. */
	assert_false(campaigns_stop(session, id, &p, &cancelled, &err));
	assert_int_equal(err.code, ERR_CANCELLED);
	assert_int_equal(cancelled, 2000);
	err_clear(&err);
	assert_int_equal(card_of(id).campaign.status, CAMPAIGN_CANCELLED);
	with_ok(campaigns_stop(session, id, NULL, &cancelled, &err), &err);
	assert_int_equal(cancelled, 499);
	assert_int_equal(with_status(id, "SKIPPED CANCELLED"), 2499);
	assert_int_equal(with_status(id, "SENDING"), 1);
	assert_false(campaigns_resume(session, id, &how, &err));
	assert_int_equal(err.code, ERR_CAMPAIGN_STATE);
}

/* --- afterwards --- */

static void measures_what_came_of_it(void **state)
{
	struct campaign_metrics m;
	struct err err = ERR_INIT;
	int64_t id = launched(10), customer;

	(void)state;
	with_run("UPDATE message SET status = 'SENT', provider = 'TWILIO', cost = 2500, sent_at = "
		 "queued_at + 60 WHERE id IN (SELECT id FROM message ORDER BY id LIMIT 6)");
	with_run("UPDATE message SET status = 'DELIVERED', delivered_at = sent_at + 5, sent_at = "
		 "sent_at + 3600 WHERE id IN (SELECT id FROM message ORDER BY id LIMIT 2)");
	with_begin();
	{
		bool same;

		with_ok(store_campaign_recount(session->db, id, true, &same, &err), &err);
	}
	with_commit();
	customer = with_number("SELECT customer_id FROM message ORDER BY id LIMIT 1");
	with_invoice(customer, WITH_DAY, WITH_DAY + 30, 999, 0); /* the day before */
	with_invoice(customer, WITH_DAY + 1, WITH_DAY + 30, 400, 0);
	with_invoice(customer, WITH_DAY + 8, WITH_DAY + 30, 200, 0);
	with_invoice(customer, WITH_DAY + 9, WITH_DAY + 30, 999, 0); /* too late */
	customer = with_number("SELECT customer_id FROM message ORDER BY id DESC LIMIT 1");
	with_invoice(customer, WITH_DAY + 1, WITH_DAY + 30, 999, 0); /* not written to */
	with_ok(campaigns_metrics(session, id, &m, &err), &err);
	assert_int_equal(m.all.people, 10);
	assert_int_equal(m.all.queued, 4);
	assert_int_equal(m.all.sent, 6);
	assert_int_equal(m.channels[CHANNEL_SMS].delivered, 2);
	/* An SMS tells nothing of openings: that is not 0. */
	assert_int_equal(m.channels[CHANNEL_SMS].opened, METRIC_NONE);
	assert_int_equal(m.channels[CHANNEL_SMS].clicked, METRIC_NONE);
	assert_int_equal(m.channels[CHANNEL_SMS].complained, 0);
	assert_int_equal(m.all.cost, 15000);
	assert_int_equal(m.all.parts, 6);
	assert_int_equal(m.revenue, 600);
	assert_int_equal(m.buyers, 1);
	assert_true(m.has_return);
	assert_int_equal(m.return_percent, 300); /* 600 for 150 */
	assert_int_equal(m.first_sent_at, with_now + 60);
	assert_int_equal(m.last_sent_at, with_now + 3660);
	assert_int_equal(m.by_hour[0], 4);
	assert_int_equal(m.by_hour[1], 2);
	assert_int_equal(m.later, 0);
	assert_int_equal(m.per_hour, 5);
}

static void lists_with_their_funnels(void **state)
{
	struct campaign_list all = { -1, -1 }, running = { CAMPAIGN_MANY, CAMPAIGN_RUNNING };
	struct campaign_line *lines;
	struct err err = ERR_INIT;
	int64_t id = launched(5);
	int n;

	(void)state;
	saved(AUDIENCE_TEXT);
	with_ok(campaigns_page(session, &all, INT64_MAX, 10, &arena, &lines, &n, &err), &err);
	assert_int_equal(n, 2);
	assert_int_equal(lines[0].campaign.status, CAMPAIGN_DRAFT);
	assert_int_equal(lines[0].funnel.people, 0);
	assert_int_equal(lines[1].campaign.id, id);
	assert_int_equal(lines[1].funnel.queued, 5);
	with_ok(campaigns_page(session, &running, INT64_MAX, 10, &arena, &lines, &n, &err), &err);
	assert_int_equal(n, 1);
	assert_int_equal(lines[0].campaign.id, id);
}

static void asks_for_the_right(void **state)
{
	struct campaign c = draft("x");
	struct campaign_list all = { -1, -1 };
	struct campaign_line *lines;
	struct err err = ERR_INIT;
	int n;

	(void)state;
	session->actor.roles = ROLE_BIT(ROLE_CRM_USER);
	assert_false(campaigns_save(session, &c, &err));
	assert_int_equal(err.code, ERR_FORBIDDEN);
	err_clear(&err);
	assert_false(campaigns_page(session, &all, INT64_MAX, 10, &arena, &lines, &n, &err));
	assert_int_equal(err.code, ERR_FORBIDDEN);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, with_audience_home, without_home)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(saves_and_edits_by_revision),
		CASE(refuses_what_cannot_be),
		CASE(duplicates_without_its_schedule),
		CASE(replaces_and_drops_texts),
		CASE(finds_what_is_wrong_with_an_sms),
		CASE(finds_what_is_wrong_with_an_email),
		CASE(forecasts_what_the_launch_does),
		CASE(forecasts_long_texts_and_limits),
		CASE(counts_people_before_there_is_a_text),
		CASE(stops_counting_when_asked),
		CASE(names_those_left_out),
		CASE(previews_real_recipients),
		CASE(launches_once),
		CASE(pauses_and_goes_on),
		CASE(asks_for_a_decision),
		CASE(stops_for_good),
		CASE(measures_what_came_of_it),
		CASE(lists_with_their_funnels),
		CASE(asks_for_the_right),
	};

	return cmocka_run_group_tests_name("campaigns", tests, NULL, NULL);
}
