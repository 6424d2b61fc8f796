#include "test.h"

#include <string.h>

#include "provider_table.h"

static struct send_result judge(long status, int64_t wait, bool own)
{
	struct wire_answer a = { .end = WIRE_ANSWERED, .status = status, .wait_seconds = wait };
	struct send_result r;

	memset(&r, 0x5a, sizeof(r));
	assert_int_equal(provider_judge(&a, own, &r), status < 200 || status > 299);
	return r;
}

static void judge__what_did_not_leave(void **state)
{
	struct wire_answer a = { .end = WIRE_NOT_SENT };
	struct send_result r;

	(void)state;
	assert_true(provider_judge(&a, false, &r));
	assert_int_equal(r.outcome, OUTCOME_DOWN);
	assert_int_equal(r.reason, REASON_PROVIDER_DOWN);
	a.offline = true;
	assert_true(provider_judge(&a, false, &r));
	assert_int_equal(r.reason, REASON_OFFLINE);
	a.end = WIRE_UNKNOWN;
	assert_true(provider_judge(&a, false, &r));
	assert_int_equal(r.outcome, OUTCOME_UNCERTAIN);
	assert_int_equal(r.reason, REASON_NO_ANSWER);
	assert_string_equal(r.code, "");
}

static void judge__every_status(void **state)
{
	static const struct {
		long status;
		int64_t wait;
		bool own;
		enum send_outcome outcome;
		enum message_reason reason;
	} cases[] = {
		{ 200, 0, false, OUTCOME_SENT, REASON_NONE },
		{ 299, 0, false, OUTCOME_SENT, REASON_NONE },
		{ 199, 0, false, OUTCOME_UNCERTAIN, REASON_BAD_ANSWER },
		{ 301, 0, false, OUTCOME_UNCERTAIN, REASON_BAD_ANSWER },
		{ 303, 0, false, OUTCOME_UNCERTAIN, REASON_BAD_ANSWER },
		{ 307, 0, false, OUTCOME_FORBIDDEN, REASON_CREDENTIALS },
		{ 308, 0, false, OUTCOME_FORBIDDEN, REASON_CREDENTIALS },
		{ 400, 0, false, OUTCOME_REFUSED, REASON_REJECTED },
		{ 401, 0, false, OUTCOME_FORBIDDEN, REASON_CREDENTIALS },
		{ 403, 0, true, OUTCOME_FORBIDDEN, REASON_CREDENTIALS },
		{ 404, 0, false, OUTCOME_REFUSED, REASON_REJECTED },
		{ 408, 0, true, OUTCOME_UNCERTAIN, REASON_BAD_ANSWER },
		{ 413, 0, false, OUTCOME_REFUSED, REASON_REJECTED },
		{ 429, 0, false, OUTCOME_QUOTA, REASON_QUOTA },
		{ 499, 0, false, OUTCOME_REFUSED, REASON_REJECTED },
		{ 500, 0, false, OUTCOME_UNCERTAIN, REASON_BAD_ANSWER },
		{ 500, 0, true, OUTCOME_RETRY, REASON_RETRY },
		{ 502, 0, false, OUTCOME_UNCERTAIN, REASON_BAD_ANSWER },
		{ 503, 0, false, OUTCOME_UNCERTAIN, REASON_BAD_ANSWER },
		{ 503, 0, true, OUTCOME_RETRY, REASON_RETRY },
		{ 503, 30, false, OUTCOME_DOWN, REASON_PROVIDER_DOWN },
		{ 503, 30, true, OUTCOME_DOWN, REASON_PROVIDER_DOWN },
		{ 504, 30, false, OUTCOME_UNCERTAIN, REASON_BAD_ANSWER },
		{ 599, 0, true, OUTCOME_RETRY, REASON_RETRY },
		{ 600, 0, true, OUTCOME_UNCERTAIN, REASON_BAD_ANSWER },
		{ 0, 0, false, OUTCOME_UNCERTAIN, REASON_BAD_ANSWER },
		{ -7, 0, false, OUTCOME_UNCERTAIN, REASON_BAD_ANSWER },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct send_result r = judge(cases[i].status, cases[i].wait, cases[i].own);

		assert_int_equal(r.outcome, cases[i].outcome);
		assert_int_equal(r.reason, cases[i].reason);
		assert_int_equal(
			r.status, r.outcome == OUTCOME_REFUSED ? MESSAGE_FAILED : MESSAGE_QUEUED);
	}
	assert_string_equal(judge(429, 0, false).code, "429");
	assert_string_equal(judge(1000, 0, false).code, "");
}

static void judge__hints_stay_within_a_day(void **state)
{
	(void)state;
	assert_int_equal(judge(429, 30, false).wait_seconds, 30);
	assert_int_equal(judge(429, -1, false).wait_seconds, 0);
	assert_int_equal(judge(429, 86400, false).wait_seconds, 86400);
	assert_int_equal(judge(429, INT64_MAX, false).wait_seconds, 86400);
}

static void ref__there_and_back(void **state)
{
	static const char *const others[] = { "", "m-", "m-0", "m--1", "m-007", "m-+7", "M-7",
		"m-7 ", "m-9223372036854775808", "c-7", "7", "m-7x" };
	char ref[32];

	(void)state;
	provider_ref(INT64_MAX, ref);
	assert_string_equal(ref, "m-9223372036854775807");
	assert_true(provider_unref(ref) == INT64_MAX);
	assert_int_equal(provider_unref("m-7"), 7);
	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		assert_int_equal(provider_unref(others[i]), 0);
}

static void table__every_provider_is_whole(void **state)
{
	(void)state;
	for (int name = 0; name < PROVIDER_COUNT; name++) {
		const struct provider_ops *ops = provider_ops((enum provider_name)name);
		int n = 0;

		assert_non_null(ops);
		assert_int_equal(ops->name, name);
		assert_true(ops->batch_max >= 1 && *ops->help);
		assert_true(ops->deliver ? !ops->build && !ops->read : ops->build && ops->read);
		assert_true(!ops->token == !ops->token_read && !ops->lookup == !ops->lookup_read);
		for (; ops->fields[n].key; n++) {
			const struct provider_field *f = &ops->fields[n];

			assert_true(*f->key && *f->label && f->initial);
			assert_true((f->kind == FIELD_CHOICE) == (f->choices != NULL));
			assert_true(f->kind != FIELD_SECRET || !*f->initial);
		}
		assert_in_range(n, 1, PROVIDER_FIELDS);
	}
}

static void account__a_value_or_its_initial(void **state)
{
	struct account a = { .ops = provider_ops(PROVIDER_TWILIO) };

	(void)state;
	for (int i = 0; i < PROVIDER_FIELDS; i++)
		a.values[i] = "";
	assert_string_equal(account_get(&a, "base_url"), "https://api.twilio.com");
	assert_string_equal(account_get(&a, "from"), "");
	assert_string_equal(account_get(&a, "nothing"), "");
	a.values[3] = "+15005550006";
	assert_string_equal(account_get(&a, "from"), "+15005550006");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(judge__what_did_not_leave),
		cmocka_unit_test(judge__every_status),
		cmocka_unit_test(judge__hints_stay_within_a_day),
		cmocka_unit_test(ref__there_and_back),
		cmocka_unit_test(table__every_provider_is_whole),
		cmocka_unit_test(account__a_value_or_its_initial),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
