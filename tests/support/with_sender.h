/*
 * A store on disk with people who agreed, providers that are the simulator, a campaign,
 * and a sender over them, for tests of sending. The clock goes on from noon of the day
 * after WITH_DAY, a Thursday. With SENDER_LOG set, the sender tells what it does.
 */
#ifndef WITH_SENDER_H
#define WITH_SENDER_H

#include "with_home.h"

#include <time.h>

#include "compose.h"
#include "launch.h"
#include "providers.h"
#include "sender.h"
#include "settings.h"
#include "sim_run.h"
#include "store_campaign.h"
#include "store_consent.h"
#include "store_message.h"

static struct sim_run sim;
static bool with_sim;	   /* the simulator was built */
static int64_t with_shift; /* seconds that the clock was moved */

static inline int64_t sender_clock_now(void *data)
{
	struct timespec t;

	(void)data;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return with_now + with_shift + t.tv_sec;
}

static inline int64_t sender_clock_ms(void *data)
{
	struct timespec t;

	(void)data;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static inline struct clock sender_clock(void)
{
	return (struct clock){ .now = sender_clock_now, .monotonic_ms = sender_clock_ms };
}

static inline int with_sender(void **state)
{
	struct timespec t;
	char shift[24];

	if (with_home(state))
		return -1;
	clock_gettime(CLOCK_MONOTONIC, &t);
	with_clock(WITH_DAY + 1); /* the day itself is Tabaski */
	with_now -= t.tv_sec;
	with_shift = 0;
	session->clock = sender_clock();
	snprintf(shift, sizeof(shift), "%lld", (long long)(session_now(session) - time(NULL)));
	setenv("SIM_SHIFT", shift, 1);
	with_sim = sim_run_start(&sim, false);
	return 0;
}

static inline int without_sender(void **state)
{
	if (with_sim)
		sim_run_stop(&sim);
	return without_home(state);
}

static inline void with_setting(enum setting setting, const char *value)
{
	struct err err = ERR_INIT;

	with_ok(settings_set(session, setting, value, &err), &err);
}

/* Everything a person must have said to be written to. */
static inline void with_consent(int64_t customer_id)
{
	struct consent_event event = CONSENT_EVENT_INIT;
	struct consent_outcome outcome;
	struct tally tally = TALLY_INIT;
	struct err err = ERR_INIT;

	event.company_id = session->company.id;
	event.customer_id = customer_id;
	event.at = event.noted_at = session_now(session);
	event.granted = CONSENT_ALL_CHANNELS | CONSENT_BIT(CONSENT_PROCESSING) |
			CONSENT_BIT(CONSENT_MARKETING);
	event.source = SOURCE_FORM;
	event.note = "form";
	event.actor = "test";
	with_ok(store_consent_add(session->db, &event, &outcome, &tally, &err), &err);
	with_ok(store_counter_apply(session->db, event.company_id, &tally, &err), &err);
}

/* `n` people, each with an e-mail and a telephone of Burkina Faso, who agreed. */
static inline void with_people(int n)
{
	for (int i = 0; i < n; i++) {
		struct customer c = CUSTOMER_INIT;
		struct customer_score initial;
		struct tally tally = TALLY_INIT;
		struct err err = ERR_INIT;
		char email[64], phone[24];

		snprintf(email, sizeof(email), "awa%d@example.com", i);
		snprintf(phone, sizeof(phone), "+2267%07d", i);
		c.company_id = session->company.id;
		c.kind = KIND_PERSON;
		c.name = "Kabré";
		c.first_name = i % 10 ? "Awa" : "Noël";
		c.email = c.email_key = email;
		c.phone = c.phone_e164 = phone;
		c.created_at = c.updated_at = session_now(session);
		scores_initial(session, &initial);
		if (i % 500 == 0)
			with_begin();
		with_ok(store_customer_insert(session->db, &c, &initial, &tally, &err), &err);
		with_ok(store_counter_apply(session->db, c.company_id, &tally, &err), &err);
		with_consent(c.id);
		if (i % 500 == 499 || i == n - 1)
			with_commit();
	}
}

/* Fields "key=value", ended by NULL; "%" in a value stands for the simulator. */
static inline void with_account(enum provider_name name, const char *const *fields)
{
	struct provider_change changes[16];
	char values[16][160];
	char *url = sim_run_url(&sim, "");
	struct err err = ERR_INIT;
	int n = 0;

	for (; fields[n]; n++) {
		const char *eq = strchr(fields[n], '='), *mark = strchr(eq, '%');

		changes[n].key = arena_strndup(&arena, fields[n], (size_t)(eq - fields[n]));
		snprintf(values[n], sizeof(values[n]), "%s%s", mark ? url : "",
			mark ? mark + 1 : eq + 1);
		changes[n].value = values[n];
	}
	with_ok(providers_set(session, name, PROVIDERS_ANY, changes, n, &err), &err);
	free(url);
}

#define TWILIO_SID "AC0123456789abcdef0123456789abcdef"

static inline void with_twilio(void)
{
	static const char *const fields[] = { "account_sid=" TWILIO_SID, "auth_token=twilio-test",
		"from=+15005550006", "base_url=%/twilio", "hourly=0", NULL };

	with_account(PROVIDER_TWILIO, fields);
}

static inline void with_orange(void)
{
	static const char *const fields[] = { "client_id=orange-id", "client_secret=orange-secret",
		"sender_address=tel:+2260000", "base_url=%/orange", "hourly=0", NULL };

	with_account(PROVIDER_ORANGE, fields);
}

static inline void with_sendgrid(void)
{
	static const char *const fields[] = { "api_key=SG.test", "from_address=news@example.com",
		"base_url=%/sendgrid", "hourly=0", NULL };

	with_account(PROVIDER_SENDGRID, fields);
}

static inline void with_folder(void)
{
	static char folder[160];
	static const char *fields[] = { folder, NULL };

	snprintf(folder, sizeof(folder), "folder=%s/out", home);
	assert_int_equal(mkdir(folder + strlen("folder="), 0700), 0);
	with_account(PROVIDER_FILE, fields);
}

/* A draft by one channel, to everybody; its id. */
static inline int64_t with_campaign(enum channel channel, enum campaign_type type, const char *text)
{
	struct campaign c = { .company_id = session->company.id,
		.name = "Promo",
		.kind = CAMPAIGN_MANY,
		.type = type,
		.status = CAMPAIGN_DRAFT,
		.channels = UINT32_C(1) << channel,
		.order = "",
		.filter = "",
		.persons = "",
		.sender = "",
		.created_by = "test",
		.created_at = session_now(session) };
	struct campaign_content content = { .channel = channel,
		.language = "fr",
		.subject = "Bonjour {{prenom}}",
		.text = text,
		.html = "",
		.media = "" };
	struct err err = ERR_INIT;

	with_begin();
	with_ok(store_campaign_insert(session->db, &c, &err), &err);
	content.campaign_id = c.id;
	with_ok(store_content_put(session->db, &content, &err), &err);
	with_commit();
	return c.id;
}

static inline struct launch_result with_launch(int64_t id)
{
	struct launch_result result;
	struct err err = ERR_INIT;

	with_ok(launch_campaign(session, id, NULL, &result, &err), &err);
	return result;
}

/* Sends what can go now. */
static inline struct sender_report with_send(void)
{
	struct sender_options o = { .once = true };
	struct sender_report report;
	struct err err = ERR_INIT;
	struct sender *sd;

	if (getenv("SENDER_LOG"))
		o.log = log_open_stderr(LOG_DEBUG);
	sd = sender_new(session, &o, &err);

	with_ok(sd, &err);
	with_ok(sender_run(sd, &err), &err);
	sender_report(sd, &report);
	sender_free(sd);
	log_close(o.log);
	return report;
}

/* How many messages are in a status, or in it for a reason; and the counts are right. */
static inline int64_t with_status(int64_t campaign_id, const char *status)
{
	struct err err = ERR_INIT;
	char sql[160];
	bool same;

	with_ok(store_campaign_recount(session->db, campaign_id, false, &same, &err), &err);
	assert_true(same);
	snprintf(sql, sizeof(sql),
		"SELECT count(*) FROM message WHERE status || ' ' || reason LIKE '%s%%'", status);
	return with_number(sql);
}

/* What there is, for a person who looks for what went wrong. */
static inline void with_show(void)
{
	struct stmt *q = stmt_make(session->db,
		"SELECT channel, status, reason, ifnull(provider, '-'), ifnull(code, '-'), "
		"count(*),"
		" min(due_at) - :now FROM message GROUP BY 1, 2, 3, 4, 5 UNION ALL"
		" SELECT channel, 'waits', reason, ifnull(provider, '-'), '', 0, until - :now"
		" FROM campaign_wait");
	struct err err = ERR_INIT;

	stmt_i64(q, "now", session_now(session));
	while (stmt_step(q, &err) == STEP_ROW)
		print_message("%s %s %s %s %s %lld, in %lld s\n", col_text(q, 0), col_text(q, 1),
			col_text(q, 2), col_text(q, 3), col_text(q, 4), (long long)col_i64(q, 5),
			(long long)col_i64(q, 6));
	stmt_free(q);
}

static inline enum campaign_status with_campaign_status(int64_t id)
{
	enum campaign_status status;
	struct err err = ERR_INIT;

	with_ok(store_campaign_status(session->db, id, &status, &err), &err);
	return status;
}

#endif
