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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(sends_sms_once_each, with_sender, without_sender),
		cmocka_unit_test_setup_teardown(sends_mail_in_bulk, with_sender, without_sender),
		cmocka_unit_test_setup_teardown(
			lays_files_without_an_account, with_sender, without_sender),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
