/* Sending over the simulator: what goes, what waits, and why. */
#include "with_sender.h"

#define TEXT "Bonjour {{prenom|cher client}}, -20 % samedi. {{stop}}"

static void sends_sms_once_each(void **state)
{
	int64_t id;
	struct sender_report report;

	(void)state;
	if (!with_sim)
		skip();
	with_people(40);
	with_twilio();
	with_setting(SETTING_SMS_STOP, "4455");
	with_setting(SETTING_SMS_PAUSE, "0");
	id = with_campaign(CHANNEL_SMS, CAMPAIGN_PROMOTIONAL, TEXT);
	assert_int_equal(with_launch(id).queued, 40);
	report = with_send();
	assert_int_equal(report.sent, 40);
	assert_int_equal(with_status(id, "SENT"), 40);
	assert_int_equal(sim_run_count(&sim, "got", "twilio"), 40);
	assert_int_equal(sim_run_twice(&sim), 0);
	assert_int_equal(sim_run_count(&sim, "violation", NULL), 0);
	assert_int_equal(with_campaign_status(id), CAMPAIGN_COMPLETED);
}

static void sends_mail_in_bulk(void **state)
{
	int64_t id;

	(void)state;
	if (!with_sim)
		skip();
	with_people(900);
	with_sendgrid();
	id = with_campaign(
		CHANNEL_EMAIL, CAMPAIGN_NEWSLETTER, "Bonjour {{prenom}} {{lien_desinscription}}");
	assert_int_equal(with_launch(id).queued, 900);
	assert_int_equal(with_send().sent, 900);
	assert_int_equal(sim_run_count(&sim, "got", "sendgrid"), 900);
	assert_int_equal(sim_run_twice(&sim), 0);
	assert_int_equal(sim_run_count(&sim, "violation", NULL), 0);
	assert_int_equal(with_campaign_status(id), CAMPAIGN_COMPLETED);
}

static void lays_files_without_an_account(void **state)
{
	int64_t id;

	(void)state;
	with_people(120);
	with_folder();
	with_setting(SETTING_SMS_PAUSE, "0");
	id = with_campaign(CHANNEL_SMS, CAMPAIGN_PROMOTIONAL, TEXT);
	assert_int_equal(with_launch(id).queued, 120);
	assert_int_equal(with_send().sent, 120);
	assert_int_equal(with_campaign_status(id), CAMPAIGN_COMPLETED);
}

static void with_sms(int people)
{
	with_people(people);
	with_setting(SETTING_SMS_STOP, "4455");
	with_setting(SETTING_SMS_PAUSE, "0");
	with_setting(SETTING_LOOKUP_SECONDS, "0");
}

static int64_t with_running_sms(int people)
{
	int64_t id;

	with_sms(people);
	id = with_campaign(CHANNEL_SMS, CAMPAIGN_PROMOTIONAL, TEXT);
	assert_int_equal(with_launch(id).queued, people);
	return id;
}

static void all_received_once(int people)
{
	assert_int_equal(sim_run_count(&sim, "got", NULL), people);
	assert_int_equal(sim_run_twice(&sim), 0);
	assert_int_equal(sim_run_count(&sim, "violation", NULL), 0);
}

static void with_change(enum provider_name name, const char *key, const char *value)
{
	struct provider_change change = { .key = key, .value = value };
	struct err err = ERR_INIT;

	with_ok(providers_set(session, name, PROVIDERS_ANY, &change, 1, &err), &err);
}

static void passes_a_full_provider_over(void **state)
{
	int64_t id;

	(void)state;
	if (!with_sim)
		skip();
	with_orange();
	with_change(PROVIDER_ORANGE, "hourly", "10");
	with_twilio();
	id = with_running_sms(25);
	assert_int_equal(with_send().sent, 25);
	all_received_once(25);
	assert_int_equal(sim_run_count(&sim, "got", "orange"), 10);
	assert_int_equal(sim_run_count(&sim, "got", "twilio"), 15);
	assert_int_equal(with_campaign_status(id), CAMPAIGN_COMPLETED);
}

static void waits_when_all_are_full_and_says_until_when(void **state)
{
	struct campaign_wait *waits;
	struct err err = ERR_INIT;
	int64_t id;
	int n;

	(void)state;
	if (!with_sim)
		skip();
	with_orange();
	with_change(PROVIDER_ORANGE, "hourly", "10");
	id = with_running_sms(25);
	assert_int_equal(with_send().sent, 10);
	assert_int_equal(with_status(id, "QUEUED"), 15);
	with_ok(store_waits(session->db, id, &arena, &waits, &n, &err), &err);
	assert_int_equal(n, 1);
	assert_int_equal(waits[0].reason, REASON_QUOTA);
	assert_int_equal(waits[0].provider, PROVIDER_ORANGE);
	assert_true(waits[0].until > session_now(session) + 3500);
	assert_true(waits[0].until <= session_now(session) + 3720);
	assert_int_equal(with_send().sent, 0);
	with_shift += 3720;
	assert_int_equal(with_send().sent, 10);
	with_shift += 3720;
	assert_int_equal(with_send().sent, 5);
	all_received_once(25);
	with_ok(store_waits(session->db, id, &arena, &waits, &n, &err), &err);
	assert_int_equal(n, 0);
	assert_int_equal(with_campaign_status(id), CAMPAIGN_COMPLETED);
}

static void one_person_does_not_stand_behind_all(void **state)
{
	int64_t all, one;

	(void)state;
	if (!with_sim)
		skip();
	with_orange();
	with_change(PROVIDER_ORANGE, "hourly", "10");
	all = with_running_sms(25);
	assert_int_equal(with_send().sent, 10);
	one = with_campaign(CHANNEL_SMS, CAMPAIGN_TRANSACTIONAL, "Pour une personne");
	with_run("UPDATE campaign SET kind = 'ONE', persons = (SELECT id FROM customer"
		 " WHERE phone_e164 = '+22670000003') WHERE type = 'TRANSACTIONAL'");
	assert_int_equal(with_launch(one).queued, 1);
	with_shift += 3720;
	assert_int_equal(with_send().sent, 10);
	assert_int_equal(with_campaign_status(one), CAMPAIGN_COMPLETED);
	assert_int_equal(with_campaign_status(all), CAMPAIGN_RUNNING);
}

/* While it only waits, for a pace or an answer, it leaves the store to others. */
static void writes_nothing_while_it_waits(void **state)
{
	struct sender_report report;

	(void)state;
	if (!with_sim)
		skip();
	with_orange();
	with_running_sms(20);
	report = with_send();
	assert_int_equal(report.sent, 20);
	/* Five a second: four seconds, and a transaction or two for each message. */
	assert_true(report.rounds <= 60);
}

static void fails_over_when_one_is_down(void **state)
{
	int64_t id;

	(void)state;
	if (!with_sim)
		skip();
	with_orange();
	with_twilio();
	id = with_running_sms(30);
	sim_run_fault(&sim, "provider=orange&mode=503&hint=60");
	with_shift = 0;
	assert_int_equal(with_send().sent, 30);
	all_received_once(30);
	assert_int_equal(sim_run_count(&sim, "got", "twilio"), 30);
	assert_int_equal(with_campaign_status(id), CAMPAIGN_COMPLETED);
}

static void pauses_when_the_only_one_refuses_the_account(void **state)
{
	struct campaign_wait *waits;
	struct err err = ERR_INIT;
	int64_t id;
	int n;

	(void)state;
	if (!with_sim)
		skip();
	with_twilio();
	id = with_running_sms(40);
	sim_run_fault(&sim, "provider=twilio&mode=401");
	assert_int_equal(with_send().sent, 0);
	assert_int_equal(with_status(id, "QUEUED"), 40);
	assert_int_equal(with_campaign_status(id), CAMPAIGN_PAUSED);
	assert_int_equal(sim_run_count(&sim, "got", NULL), 0);
	with_ok(store_waits(session->db, id, &arena, &waits, &n, &err), &err);
	(void)n;
}

static void renews_a_token_that_died(void **state)
{
	int64_t id;

	(void)state;
	if (!with_sim)
		skip();
	with_orange();
	id = with_running_sms(20);
	sim_run_fault(&sim, "provider=orange&mode=expired&after=5&count=1");
	assert_int_equal(with_send().sent, 20);
	all_received_once(20);
	assert_int_equal(with_campaign_status(id), CAMPAIGN_COMPLETED);
}

static void one_wrong_number_does_not_stop_the_others(void **state)
{
	int64_t id;

	(void)state;
	if (!with_sim)
		skip();
	with_twilio();
	id = with_running_sms(20);
	sim_run_fault(&sim, "provider=twilio&mode=reject&address=%2B22670000003");
	assert_int_equal(with_send().sent, 19);
	assert_int_equal(with_status(id, "BOUNCED BAD_ADDRESS"), 1);
	assert_int_equal(
		with_number("SELECT count(*) FROM suppression WHERE value = '+22670000003'"), 1);
	assert_int_equal(with_campaign_status(id), CAMPAIGN_COMPLETED);
}

static void who_said_stop_to_the_provider_said_it_to_us(void **state)
{
	int64_t id;

	(void)state;
	if (!with_sim)
		skip();
	with_twilio();
	id = with_running_sms(5);
	sim_run_fault(&sim, "provider=twilio&mode=reject&address=%2B22670000003&code=21610");
	assert_int_equal(with_send().sent, 4);
	assert_int_equal(with_status(id, "UNSUBSCRIBED"), 1);
	assert_int_equal(
		with_number("SELECT count(*) FROM suppression WHERE value = '+22670000003'"), 1);
	assert_int_equal(with_number("SELECT count(*) FROM consent_event e JOIN customer c"
				     " ON c.id = e.customer_id WHERE e.refused <> 0"
				     " AND c.phone_e164 = '+22670000003' AND e.source = 'REPLY'"),
		1);
	with_counters_right();
}

static void asks_what_became_of_a_lost_answer(void **state)
{
	int64_t id;

	(void)state;
	if (!with_sim)
		skip();
	with_twilio();
	id = with_running_sms(20);
	sim_run_fault(&sim, "provider=twilio&mode=close&count=3");
	with_send();
	assert_int_equal(with_status(id, "SENT"), 20);
	assert_true(sim_run_count(&sim, "lookup", NULL) >= 3);
	all_received_once(20);
}

static void sends_again_what_a_dead_sender_never_sent(void **state)
{
	int64_t id;

	(void)state;
	if (!with_sim)
		skip();
	with_twilio();
	id = with_running_sms(6);
	/* As if it had been killed between the claim and the first byte. */
	with_run("UPDATE message SET status = 'SENDING', provider = 'TWILIO', epoch = 1,"
		 " claimed_at = queued_at, attempts = 1");
	with_run("UPDATE campaign_count SET status = 'SENDING'");
	with_send();
	assert_int_equal(with_status(id, "SENT"), 6);
	all_received_once(6);
}

static void keeps_what_nobody_can_tell(void **state)
{
	int64_t id;

	(void)state;
	if (!with_sim)
		skip();
	with_orange();
	id = with_running_sms(20);
	sim_run_fault(&sim, "provider=orange&mode=close&count=3");
	assert_int_equal(with_send().sent, 17);
	assert_int_equal(with_status(id, "UNCERTAIN NO_ANSWER"), 3);
	assert_int_equal(with_send().sent, 0);
	all_received_once(20);
	assert_int_equal(with_campaign_status(id), CAMPAIGN_COMPLETED);
}

static void writes_no_sms_at_night_nor_on_sundays(void **state)
{
	int64_t id;

	(void)state;
	if (!with_sim)
		skip();
	with_twilio();
	with_shift = 9 * 3600; /* 21:00 */
	id = with_running_sms(5);
	assert_int_equal(with_status(id, "QUEUED HOURS"), 5);
	assert_int_equal(with_send().sent, 0);
	with_shift = 3 * 86400; /* Sunday, noon */
	assert_int_equal(with_send().sent, 0);
	assert_int_equal(with_status(id, "QUEUED HOURS"), 5);
	with_shift = 3 * 86400 + 20 * 3600; /* Monday, 08:00 */
	assert_int_equal(with_send().sent, 0);
	assert_int_equal(with_status(id, "SKIPPED EXPIRED"), 5);
	all_received_once(0);
}

static void writes_three_times_a_week_at_most(void **state)
{
	int64_t id = 0;

	(void)state;
	if (!with_sim)
		skip();
	with_twilio();
	with_sms(4);
	for (int i = 0; i < 3; i++) {
		id = with_campaign(CHANNEL_SMS, CAMPAIGN_PROMOTIONAL, TEXT);
		assert_int_equal(with_launch(id).queued, 4);
		assert_int_equal(with_send().sent, 4);
	}
	id = with_campaign(CHANNEL_SMS, CAMPAIGN_PROMOTIONAL, TEXT);
	assert_int_equal(with_launch(id).queued, 0);
	assert_int_equal(with_status(id, "SKIPPED FREQUENCY_CAP"), 4);
	assert_int_equal(with_campaign_status(id), CAMPAIGN_COMPLETED);
	/* What the law asks of a reminder is not counted. */
	id = with_campaign(CHANNEL_SMS, CAMPAIGN_TRANSACTIONAL, "{{facture|-}}");
	assert_int_equal(with_launch(id).queued, 4);
}

static void stops_at_the_budget(void **state)
{
	struct campaign c;
	struct err err = ERR_INIT;
	int64_t id;

	(void)state;
	if (!with_sim)
		skip();
	with_twilio();
	with_change(PROVIDER_TWILIO, "prices", "BF=25");
	with_sms(20);
	id = with_campaign(CHANNEL_SMS, CAMPAIGN_PROMOTIONAL, TEXT);
	with_run("UPDATE campaign SET budget = 110");
	assert_int_equal(with_launch(id).queued, 20);
	assert_int_equal(with_send().sent, 4);
	with_ok(store_campaign_get(session->db, session->company.id, id, &arena, &c, &err), &err);
	assert_int_equal(c.status, CAMPAIGN_PAUSED);
	assert_int_equal(c.cause, CAUSE_BUDGET);
	assert_int_equal(with_number("SELECT sum(cost) FROM message"), 4 * 25 * 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(sends_sms_once_each, with_sender, without_sender),
		cmocka_unit_test_setup_teardown(sends_mail_in_bulk, with_sender, without_sender),
		cmocka_unit_test_setup_teardown(
			lays_files_without_an_account, with_sender, without_sender),
		cmocka_unit_test_setup_teardown(
			passes_a_full_provider_over, with_sender, without_sender),
		cmocka_unit_test_setup_teardown(
			waits_when_all_are_full_and_says_until_when, with_sender, without_sender),
		cmocka_unit_test_setup_teardown(
			one_person_does_not_stand_behind_all, with_sender, without_sender),
		cmocka_unit_test_setup_teardown(
			writes_nothing_while_it_waits, with_sender, without_sender),
		cmocka_unit_test_setup_teardown(
			fails_over_when_one_is_down, with_sender, without_sender),
		cmocka_unit_test_setup_teardown(
			pauses_when_the_only_one_refuses_the_account, with_sender, without_sender),
		cmocka_unit_test_setup_teardown(
			renews_a_token_that_died, with_sender, without_sender),
		cmocka_unit_test_setup_teardown(
			one_wrong_number_does_not_stop_the_others, with_sender, without_sender),
		cmocka_unit_test_setup_teardown(
			who_said_stop_to_the_provider_said_it_to_us, with_sender, without_sender),
		cmocka_unit_test_setup_teardown(
			asks_what_became_of_a_lost_answer, with_sender, without_sender),
		cmocka_unit_test_setup_teardown(
			sends_again_what_a_dead_sender_never_sent, with_sender, without_sender),
		cmocka_unit_test_setup_teardown(
			keeps_what_nobody_can_tell, with_sender, without_sender),
		cmocka_unit_test_setup_teardown(
			writes_no_sms_at_night_nor_on_sundays, with_sender, without_sender),
		cmocka_unit_test_setup_teardown(
			writes_three_times_a_week_at_most, with_sender, without_sender),
		cmocka_unit_test_setup_teardown(stops_at_the_budget, with_sender, without_sender),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
