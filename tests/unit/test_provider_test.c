/* A provider tried by one real message, over the simulator. */
#include "with_sender.h"

#include "provider_test.h"

static struct provider_test_result try(enum provider_name name, int channel, const char *to)
{
	struct provider_test test = { .name = name, .channel = channel, .to = to };
	struct provider_test_result out;
	struct err err = ERR_INIT;

	with_ok(provider_test_send(session, &test, &out, &err), &err);
	return out;
}

static bool tested(enum provider_name name, bool *ok)
{
	struct provider_card card;
	struct err err = ERR_INIT;

	with_ok(providers_get(session, name, &arena, &card, &err), &err);
	*ok = card.account.tested_ok;
	return card.account.tested_at;
}

static void provider_test__sends__one_message(void **state)
{
	struct provider_test_result out;
	bool ok;

	(void)state;
	if (!with_sim)
		skip();
	with_twilio();
	assert_false(tested(PROVIDER_TWILIO, &ok));
	out = try(PROVIDER_TWILIO, -1, "70 12 34 56");
	assert_int_equal(out.result.outcome, OUTCOME_SENT);
	assert_int_equal(out.channel, CHANNEL_SMS);
	assert_string_equal(out.to, "+22670123456");
	assert_true(*out.result.provider_id);
	assert_int_equal(sim_run_count(&sim, "got", "twilio"), 1);
	assert_true(tested(PROVIDER_TWILIO, &ok) && ok);
	assert_int_equal(with_number("SELECT count(*) FROM message"), 0);
	assert_int_equal(sim_run_count(&sim, "violation", NULL), 0);
}

static void provider_test__asks__for_a_token_first(void **state)
{
	(void)state;
	if (!with_sim)
		skip();
	with_orange();
	assert_int_equal(
		try(PROVIDER_ORANGE, CHANNEL_SMS, "+22670123456").result.outcome, OUTCOME_SENT);
	assert_int_equal(sim_run_count(&sim, "got", "orange"), 1);
}

static void provider_test__says__that_the_account_is_refused(void **state)
{
	static const char *const wrong[] = { "client_secret=other", NULL };
	struct provider_test_result out;
	bool ok;

	(void)state;
	if (!with_sim)
		skip();
	with_orange();
	with_account(PROVIDER_ORANGE, wrong);
	out = try(PROVIDER_ORANGE, -1, "+22670123456");
	assert_int_equal(out.result.outcome, OUTCOME_FORBIDDEN);
	assert_string_equal(provider_test_sentence(&out.result),
		"The provider refuses the account: check its settings.");
	assert_true(tested(PROVIDER_ORANGE, &ok));
	assert_false(ok);
	assert_int_equal(sim_run_count(&sim, "got", "orange"), 0);
}

static void provider_test__says__that_nobody_is_there(void **state)
{
	static const char *const nowhere[] = { "base_url=http://127.0.0.1:9", NULL };

	(void)state;
	if (!with_sim)
		skip();
	with_sendgrid();
	with_account(PROVIDER_SENDGRID, nowhere);
	assert_int_equal(try(PROVIDER_SENDGRID, -1, "me@example.com").result.outcome, OUTCOME_DOWN);
}

static void provider_test__refuses__what_is_no_address(void **state)
{
	struct provider_test test = { .name = PROVIDER_FILE, .channel = CHANNEL_SMS, .to = "12" };
	struct provider_test_result out;
	struct err err = ERR_INIT;

	(void)state;
	with_folder();
	assert_false(provider_test_send(session, &test, &out, &err));
	assert_int_equal(err.code, ERR_INVALID);
	assert_string_equal(err.subject, "12");
	err_clear(&err);
	test.name = PROVIDER_SENDGRID;
	assert_false(provider_test_send(session, &test, &out, &err));
	assert_int_equal(err.code, ERR_PROVIDER_CHANNEL);
}

/* What somebody is about to send, as it would be read: nothing in it is a field any more.
 * Whoever writes campaigns need not be allowed to change the settings. */
static void provider_test__sends__a_message_as_it_is(void **state)
{
	struct provider_test test = { .name = PROVIDER_FILE,
		.channel = CHANNEL_SMS,
		.to = "70 12 34 56",
		.subject = "",
		.text = "Bonjour Awa, {{prenom}} et -20 %",
		.html = "",
		.sender = "SAHEL" };
	struct provider_test_result out;
	struct err err = ERR_INIT;
	bool ok;

	(void)state;
	with_folder();
	session->actor.roles = ROLE_BIT(ROLE_MARKETING_USER);
	with_ok(provider_test_send(session, &test, &out, &err), &err);
	assert_int_equal(out.result.outcome, OUTCOME_SENT);
	assert_false(tested(PROVIDER_FILE, &ok));
	test.text = NULL;
	assert_false(provider_test_send(session, &test, &out, &err));
	assert_int_equal(err.code, ERR_FORBIDDEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			provider_test__sends__one_message, with_sender, without_sender),
		cmocka_unit_test_setup_teardown(
			provider_test__asks__for_a_token_first, with_sender, without_sender),
		cmocka_unit_test_setup_teardown(provider_test__says__that_the_account_is_refused,
			with_sender, without_sender),
		cmocka_unit_test_setup_teardown(
			provider_test__says__that_nobody_is_there, with_sender, without_sender),
		cmocka_unit_test_setup_teardown(
			provider_test__refuses__what_is_no_address, with_sender, without_sender),
		cmocka_unit_test_setup_teardown(
			provider_test__sends__a_message_as_it_is, with_sender, without_sender),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
