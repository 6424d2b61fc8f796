#include "test.h"

#include "provider_case.h"

#define SID "AC0123456789abcdef0123456789abcdef"

static void init(struct provider_case *c)
{
	case_init(c, &provider_twilio);
	case_set(c, "account_sid", SID);
	case_set(c, "auth_token", "secret");
	case_set(c, "from", "+15005550006");
	c->to[0].to = "+22670000000";
}

static void twilio__build__is_a_form(void **state)
{
	struct provider_case c;

	(void)state;
	init(&c);
	case_set(&c, "base_url", "https://api.twilio.com/");
	assert_true(case_build(&c));
	assert_int_equal(c.req.method, WIRE_POST);
	assert_string_equal(
		c.req.url.buf, "https://api.twilio.com/2010-04-01/Accounts/" SID "/Messages.json");
	assert_string_equal(c.req.user.buf, SID);
	assert_string_equal(c.req.password.buf, "secret");
	assert_header(&c.req, "Content-Type: application/x-www-form-urlencoded");
	assert_string_equal(c.req.body.buf,
		"To=%2B22670000000&From=%2B15005550006&Body=Bonjour%20Awa%20Kabr%C3%A9"
		"&SmartEncoded=false&ValidityPeriod=14400");
	case_release(&c);
}

static void twilio__build__key_service_and_callback(void **state)
{
	struct provider_case c;

	(void)state;
	init(&c);
	case_set(&c, "from", "");
	case_set(&c, "messaging_service", "MG0123456789abcdef0123456789abcdef");
	case_set(&c, "api_key", "SK1");
	case_set(&c, "status_callback", "https://crm.example.org/hook?x=1#rc=3");
	case_set(&c, "validity", "36000");
	assert_true(case_build(&c));
	assert_string_equal(c.req.user.buf, "SK1");
	assert_string_equal(c.req.body.buf,
		"To=%2B22670000000&MessagingServiceSid=MG0123456789abcdef0123456789abcdef"
		"&Body=Bonjour%20Awa%20Kabr%C3%A9&SmartEncoded=false"
		"&StatusCallback=https%3A%2F%2Fcrm.example.org%2Fhook%3Fx%3D1%26mid%3Dm-7%23rc%3D3"
		"&ValidityPeriod=36000");
	c.batch.sender = "KABORE";
	case_set(&c, "status_callback", "https://crm.example.org/hook");
	assert_true(case_build(&c));
	assert_string_equal(c.req.body.buf,
		"To=%2B22670000000&From=KABORE&Body=Bonjour%20Awa%20Kabr%C3%A9&SmartEncoded=false"
		"&StatusCallback=https%3A%2F%2Fcrm.example.org%2Fhook%3Fmid%3Dm-7"
		"&ValidityPeriod=36000");
	case_release(&c);
}

static void twilio__build__names_the_setting(void **state)
{
	static const char *const wrong[] = { "0", "36001", "an hour", "-1" };
	struct provider_case c;

	(void)state;
	init(&c);
	case_set(&c, "from", "");
	assert_false(case_build(&c));
	assert_int_equal(c.err.code, ERR_ACCOUNT);
	assert_string_equal(c.err.subject, "from");
	case_set(&c, "from", "+15005550006");
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		case_set(&c, "validity", wrong[i]);
		err_clear(&c.err);
		assert_false(case_build(&c));
		assert_string_equal(c.err.subject, "validity");
	}
	case_release(&c);
}

static void twilio__fits__counts_characters(void **state)
{
	struct provider_case c;
	struct send_result why;
	char text[3300] = "";

	(void)state;
	init(&c);
	for (int i = 0; i < 1600; i++)
		memcpy(text + 2 * i, "\xc3\xa9", 3);
	case_template(&c, &c.text, text);
	assert_true(provider_twilio.fits(&c.account, &c.batch, 0, &why));
	memcpy(text + 3200, "!", 2);
	case_template(&c, &c.text, text);
	assert_false(provider_twilio.fits(&c.account, &c.batch, 0, &why));
	assert_result(&why, OUTCOME_REFUSED, MESSAGE_FAILED, REASON_TEMPLATE, "21617");
	case_template(&c, &c.text, "{{ville}}");
	assert_false(provider_twilio.fits(&c.account, &c.batch, 0, &why));
	assert_result(&why, OUTCOME_REFUSED, MESSAGE_FAILED, REASON_TEMPLATE, "21602");
	c.to[0].to = "";
	assert_false(provider_twilio.fits(&c.account, &c.batch, 0, &why));
	assert_result(&why, OUTCOME_REFUSED, MESSAGE_BOUNCED, REASON_BAD_ADDRESS, "");
	case_release(&c);
}

static void twilio__read__taken(void **state)
{
	const struct send_result *r;
	struct provider_case c;

	(void)state;
	init(&c);
	r = case_read(&c, 201,
		"{\"sid\":\"SM0123456789abcdef0123456789abcdef\",\"status\":\"queued\","
		"\"error_code\":null}");
	assert_result(r, OUTCOME_SENT, MESSAGE_QUEUED, REASON_NONE, "201");
	assert_string_equal(r->provider_id, "SM0123456789abcdef0123456789abcdef");
	r = case_read(&c, 201, "<html>");
	assert_result(r, OUTCOME_SENT, MESSAGE_QUEUED, REASON_NONE, "201");
	assert_string_equal(r->provider_id, "");
	r = case_read(&c, 201, "{\"sid\":\"SM1\",\"status\":\"failed\",\"error_code\":\"30005\"}");
	assert_result(r, OUTCOME_REFUSED, MESSAGE_BOUNCED, REASON_BAD_ADDRESS, "30005");
	r = case_read(&c, 201, "{\"sid\":\"SM1\",\"status\":\"undelivered\",\"error_code\":30008}");
	assert_result(r, OUTCOME_REFUSED, MESSAGE_FAILED, REASON_REJECTED, "30008");
	case_release(&c);
}

static const struct {
	long status;
	const char *code;
	enum send_outcome outcome;
	enum message_status to;
	enum message_reason reason;
} errors[] = {
	{ 400, "10001", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS },
	{ 400, "14107", OUTCOME_QUOTA, 0, REASON_QUOTA },
	{ 401, "20003", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS },
	{ 400, "20003", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS },
	{ 403, "20005", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS },
	{ 404, "20404", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS },
	{ 429, "20429", OUTCOME_QUOTA, 0, REASON_QUOTA },
	{ 400, "20429", OUTCOME_QUOTA, 0, REASON_QUOTA },
	{ 400, "21211", OUTCOME_REFUSED, MESSAGE_BOUNCED, REASON_BAD_ADDRESS },
	{ 400, "21212", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS },
	{ 400, "21408", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_NOT_ALLOWED },
	{ 403, "21408", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_NOT_ALLOWED },
	{ 400, "21602", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_TEMPLATE },
	{ 400, "21603", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS },
	{ 400, "21604", OUTCOME_REFUSED, MESSAGE_BOUNCED, REASON_BAD_ADDRESS },
	{ 400, "21606", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS },
	{ 400, "21608", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_NOT_ALLOWED },
	{ 400, "21609", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS },
	{ 400, "21610", OUTCOME_REFUSED, MESSAGE_UNSUBSCRIBED, REASON_REFUSED },
	{ 400, "21611", OUTCOME_QUOTA, 0, REASON_QUOTA },
	{ 400, "21612", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_NOT_ALLOWED },
	{ 400, "21614", OUTCOME_REFUSED, MESSAGE_BOUNCED, REASON_BAD_ADDRESS },
	{ 400, "21617", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_TEMPLATE },
	{ 400, "21635", OUTCOME_REFUSED, MESSAGE_BOUNCED, REASON_BAD_ADDRESS },
	{ 400, "21658", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_TEMPLATE },
	{ 400, "21703", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS },
	{ 400, "21705", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS },
	{ 400, "30003", OUTCOME_REFUSED, MESSAGE_BOUNCED, REASON_BAD_ADDRESS },
	{ 400, "30005", OUTCOME_REFUSED, MESSAGE_BOUNCED, REASON_BAD_ADDRESS },
	{ 400, "30006", OUTCOME_REFUSED, MESSAGE_BOUNCED, REASON_BAD_ADDRESS },
	{ 400, "30007", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_REJECTED },
	{ 400, "30034", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_NOT_ALLOWED },
	{ 400, "30450", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_NOT_ALLOWED },
	{ 400, "63038", OUTCOME_QUOTA, 0, REASON_QUOTA },
	{ 400, "29999", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_REJECTED },
	{ 500, "20500", OUTCOME_RETRY, 0, REASON_RETRY },
	/* A refusal is believed from a 4xx alone. */
	{ 500, "21211", OUTCOME_RETRY, 0, REASON_RETRY },
	{ 408, "21211", OUTCOME_UNCERTAIN, 0, REASON_BAD_ANSWER },
};

static void twilio__read__every_code(void **state)
{
	struct provider_case c;

	(void)state;
	init(&c);
	for (size_t i = 0; i < ARRAY_SIZE(errors); i++) {
		char body[128];

		snprintf(body, sizeof(body), "{\"code\":%s,\"message\":\"m\",\"status\":%ld}",
			errors[i].code, errors[i].status);
		assert_result(case_read(&c, errors[i].status, body), errors[i].outcome,
			errors[i].to, errors[i].reason, errors[i].code);
	}
	case_release(&c);
}

static void twilio__read__hostile(void **state)
{
	static const char *const bodies[] = { "", "{", "[]", "null", "{\"code\":1e400}",
		"{\"code\":99999999999999999999}", "{\"code\":-1}", "{\"code\":\"x\"}",
		"{\"code\":{\"code\":21211}}", "{\"code\":21211", "\xff\xfe" };
	struct provider_case c;
	char *deep = deep_json(100000);

	(void)state;
	init(&c);
	for (size_t i = 0; i < ARRAY_SIZE(bodies); i++) {
		assert_int_equal(case_read(&c, 400, bodies[i])->outcome, OUTCOME_REFUSED);
		assert_int_equal(case_read(&c, 500, bodies[i])->outcome, OUTCOME_UNCERTAIN);
		assert_int_equal(case_read(&c, 201, bodies[i])->outcome, OUTCOME_SENT);
	}
	assert_int_equal(case_read(&c, 201, deep)->outcome, OUTCOME_SENT);
	case_answer(&c, 400, "");
	strbuf_add(&c.answer.body, "{\"code\":21211}\0x", 16);
	provider_twilio.read(&c.account, &c.batch, &c.answer, c.results);
	assert_result(c.results, OUTCOME_REFUSED, MESSAGE_FAILED, REASON_REJECTED, "400");
	case_read(&c, 201, "{\"sid\":\"S M\\u0001\xc3\xa9\"}");
	assert_string_equal(c.results[0].provider_id, "S?M???");
	free(deep);
	case_release(&c);
}

static void twilio__lookup__asks_by_recipient_and_day(void **state)
{
	struct provider_case c;

	(void)state;
	init(&c);
	c.to[0].claimed_at = 1795305659; /* 2026-11-22 00:00:59 */
	assert_true(provider_twilio.lookup(&c.account, &c.batch, &c.req, &c.err));
	assert_int_equal(c.req.method, WIRE_GET);
	assert_string_equal(c.req.url.buf,
		"https://api.twilio.com/2010-04-01/Accounts/" SID
		"/Messages.json?To=%2B22670000000&From=%2B15005550006&DateSent%3E=2026-11-21"
		"&PageSize=1000");
	assert_string_equal(c.req.password.buf, "secret");
	case_release(&c);
}

#define LISTED(sid, body, made)                                                                    \
	"{\"sid\":\"" sid "\",\"to\":\"+22670000000\",\"body\":\"" body                            \
	"\",\"date_created\":\"" made "\"}"
#define OURS "Bonjour Awa Kabr\xc3\xa9"

static void twilio__lookup_read__compares(void **state)
{
	static const struct {
		const char *body;
		enum lookup_answer answer;
		const char *id;
	} cases[] = {
		{ "{\"messages\":[" LISTED("SM1", OURS, "Sun, 22 Nov 2026 10:00:05 +0000") "]}",
			LOOKUP_SENT, "SM1" },
		{ "{\"messages\":[" LISTED("SM1", OURS, "Sun, 22 Nov 2026 09:59:00 +0000") "]}",
			LOOKUP_SENT, "SM1" },
		{ "{\"messages\":[" LISTED("SM1", OURS, "Sun, 22 Nov 2026 09:58:59 +0000") "]}",
			LOOKUP_UNKNOWN, "" },
		{ "{\"messages\":[" LISTED("SM1", OURS, "Sun, 22 Nov 2026 10:05:00 +0000") "]}",
			LOOKUP_SENT, "SM1" },
		{ "{\"messages\":[" LISTED("SM1", OURS, "Sun, 22 Nov 2026 10:05:01 +0000") "]}",
			LOOKUP_UNKNOWN, "" },
		{ "{\"messages\":[" LISTED("SM1", "Autre", "Sun, 22 Nov 2026 10:00:05 +0000") "]}",
			LOOKUP_NEVER_ARRIVED, "" },
		{ "{\"messages\":[" LISTED(
			  "SM1", OURS, "Sun, 22 Nov 2026 10:00:05 +0000") "," LISTED("SM2", OURS,
			  "Sun, 22 Nov 2026 10:00:06 +0000") "]}",
			LOOKUP_UNKNOWN, "" },
		{ "{\"messages\":[" LISTED("SM1", OURS, "Sun, 99 Nov 2026 10:00:05 +0000") "]}",
			LOOKUP_UNKNOWN, "" },
		{ "{\"messages\":[]}", LOOKUP_NEVER_ARRIVED, "" },
		{ "{\"messages\":{}}", LOOKUP_UNKNOWN, "" },
		{ "{", LOOKUP_UNKNOWN, "" },
	};
	struct provider_case c;
	char id[160];

	(void)state;
	init(&c);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		case_answer(&c, 200, cases[i].body);
		assert_int_equal(provider_twilio.lookup_read(&c.account, &c.batch, &c.answer, id),
			cases[i].answer);
		assert_string_equal(id, cases[i].id);
	}
	case_answer(&c, 500, cases[0].body);
	assert_int_equal(
		provider_twilio.lookup_read(&c.account, &c.batch, &c.answer, id), LOOKUP_UNKNOWN);
	case_release(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(twilio__build__is_a_form),
		cmocka_unit_test(twilio__build__key_service_and_callback),
		cmocka_unit_test(twilio__build__names_the_setting),
		cmocka_unit_test(twilio__fits__counts_characters),
		cmocka_unit_test(twilio__read__taken),
		cmocka_unit_test(twilio__read__every_code),
		cmocka_unit_test(twilio__read__hostile),
		cmocka_unit_test(twilio__lookup__asks_by_recipient_and_day),
		cmocka_unit_test(twilio__lookup_read__compares),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
