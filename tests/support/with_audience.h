/*
 * A small store in which somebody is left out of an SMS campaign for every reason there
 * is, with a clock that stands still at noon of a Thursday; over with_sender.h.
 */
#ifndef WITH_AUDIENCE_H
#define WITH_AUDIENCE_H

#include "with_sender.h"

#define AUDIENCE_TEXT "Bonjour {{prenom|cher client}}, -20 % samedi. {{stop}}"
#define AUDIENCE_PEOPLE 11
#define AUDIENCE_SENT 3

static inline int with_audience_home(void **state)
{
	if (with_home(state))
		return -1;
	with_clock(WITH_DAY + 1);
	session->clock = clock_fixed(&with_now);
	with_setting(SETTING_SMS_STOP, "4455");
	return 0;
}

/* `consents` are those of with_consent where `agreed`. */
static inline int64_t with_person(const char *first_name, const char *phone, bool agreed)
{
	struct customer c = CUSTOMER_INIT;
	struct customer_score initial;
	struct tally tally = TALLY_INIT;
	struct err err = ERR_INIT;

	c.company_id = session->company.id;
	c.kind = KIND_PERSON;
	c.name = "Kabré";
	c.first_name = first_name;
	c.phone = phone;
	c.phone_e164 = *phone == '+' ? phone : "";
	c.created_at = c.updated_at = session_now(session);
	scores_initial(session, &initial);
	with_begin();
	with_ok(store_customer_insert(session->db, &c, &initial, &tally, &err), &err);
	with_ok(store_counter_apply(session->db, c.company_id, &tally, &err), &err);
	if (agreed)
		with_consent(c.id);
	with_commit();
	return c.id;
}

static inline void with_refusal(int64_t customer_id)
{
	struct consent_event event = CONSENT_EVENT_INIT;
	struct consent_outcome outcome;
	struct tally tally = TALLY_INIT;
	struct err err = ERR_INIT;

	event.company_id = session->company.id;
	event.customer_id = customer_id;
	event.at = event.noted_at = session_now(session) + 1;
	event.refused = CONSENT_BIT(CONSENT_MARKETING);
	event.source = SOURCE_CALL;
	event.note = "";
	event.actor = "test";
	with_begin();
	with_ok(store_consent_add(session->db, &event, &outcome, &tally, &err), &err);
	with_ok(store_counter_apply(session->db, event.company_id, &tally, &err), &err);
	with_commit();
}

/* Three marketing messages that went to somebody yesterday, each of a campaign. */
static inline void with_cap_reached(int64_t customer_id)
{
	for (int i = 0; i < 3; i++) {
		int64_t id = with_campaign(CHANNEL_SMS, CAMPAIGN_NEWSLETTER, "x");
		char sql[512];

		snprintf(sql, sizeof(sql),
			"INSERT INTO message (id, company_id, campaign_id, customer_id, channel, "
			"status, address, marketing, due_at, not_after, queued_at, sent_at) VALUES "
			"(%d, %lld, %lld, %lld, 'SMS', 'SENT', 'old', 1, 0, 0, 0, %lld)",
			i + 1, (long long)session->company.id, (long long)id,
			(long long)customer_id, (long long)session_now(session) - 86400);
		with_run(sql);
	}
}

static inline void with_sql(const char *fmt, int64_t id)
{
	char sql[256];

	snprintf(sql, sizeof(sql), "%s%lld", fmt, (long long)id);
	with_run(sql);
}

/* AUDIENCE_PEOPLE of them: AUDIENCE_SENT are written to, of the others one for each reason.
 * One of those written to has a name beyond the SMS alphabet, one lives in France. */
static inline void with_every_reason(void)
{
	int64_t id;

	with_person("Awa", "+22670000001", true);
	with_person("Zoë", "+22670000002", true);
	with_person("Marie", "+33612345678", true);
	with_person("Issa", "+22670000003", false); /* NO_CONSENT */
	with_refusal(with_person("Ali", "+22670000004", true));
	with_person("Paul", "+22670000005", true); /* SUPPRESSED */
	with_run("INSERT INTO suppression (id, company_id, kind, value, reason, at, actor) "
		 "SELECT 77, id, 'PHONE', '+22670000005', 'COMPLAINT', 0, 'test' FROM company");
	with_person("Rita", "12", true); /* INVALID_ADDRESS */
	with_person("Lise", "", true);	 /* NO_ADDRESS */
	with_cap_reached(with_person("Omar", "+22670000006", true));
	with_person("Salif", "+22670000001", true); /* DUPLICATE_ADDRESS */
	id = with_person("", "+22670000007", true);
	with_sql("UPDATE customer SET anonymised_at = 1 WHERE id = ", id);
}

static const enum message_reason audience_reasons[] = { REASON_NO_CONSENT, REASON_REFUSED,
	REASON_SUPPRESSED, REASON_INVALID_ADDRESS, REASON_FREQUENCY_CAP, REASON_DUPLICATE_ADDRESS,
	REASON_NO_ADDRESS, REASON_ANONYMISED };

#endif
