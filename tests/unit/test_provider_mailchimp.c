#include "test.h"

#include "provider_case.h"

static void init(struct provider_case *c)
{
	case_init(c, &provider_mailchimp);
	case_set(c, "api_key", "md-secret");
	case_set(c, "from_address", "news@example.com");
	case_set(c, "from_name", "Shop");
	case_template(c, &c->html, "<p>{{nom}}</p>");
	c->batch.html = &c->html;
	c->batch.marketing = true;
}

static void mailchimp__build__is_one_call_a_person(void **state)
{
	struct provider_case c;

	(void)state;
	init(&c);
	c.values[VAR_NOM] = "<Kabr\xc3\xa9>";
	case_set(&c, "reply_to", "help@example.com");
	case_set(&c, "subaccount", "west");
	assert_true(case_build(&c));
	assert_int_equal(c.req.method, WIRE_POST);
	assert_string_equal(c.req.url.buf, "https://mandrillapp.com/api/1.0/messages/send");
	assert_header(&c.req, "Content-Type: application/json");
	assert_string_equal(c.req.body.buf,
		"{\"key\":\"md-secret\",\"message\":{\"subject\":\"Bonjour Awa\","
		"\"text\":\"Bonjour Awa <Kabr\xc3\xa9>\",\"html\":\"<p>&lt;Kabr\xc3\xa9&gt;</p>\","
		"\"from_email\":\"news@example.com\",\"from_name\":\"Shop\","
		"\"to\":[{\"email\":\"awa@example.org\",\"name\":\"Awa Kabr\xc3\xa9\","
		"\"type\":\"to\"}],\"headers\":{\"Reply-To\":\"help@example.com\","
		"\"List-Unsubscribe\":\"<https://crm.example.org/u/7>\","
		"\"List-Unsubscribe-Post\":\"List-Unsubscribe=One-Click\"},"
		"\"preserve_recipients\":false,\"track_opens\":true,\"track_clicks\":true,"
		"\"auto_text\":false,\"merge\":false,\"subaccount\":\"west\","
		"\"metadata\":{\"relay_msg_id\":\"m-7\",\"relay_campaign\":\"c-9\"}},"
		"\"async\":false}");
	assert_int_equal(provider_mailchimp.batch_max, 1);
	case_release(&c);
}

static void mailchimp__build__a_reminder_without_extras(void **state)
{
	struct provider_case c;

	(void)state;
	init(&c);
	c.batch.marketing = false;
	c.batch.html = NULL;
	c.batch.sender = "Caisse\r\nBcc: x";
	c.to[0].to_name = "Awa\r\nBcc: y@example.org";
	c.values[VAR_PRENOM] = "A\nwa";
	case_set(&c, "tracking", "no");
	case_set(&c, "base_url", "http://127.0.0.1:8080/api/");
	assert_true(case_build(&c));
	assert_string_equal(c.req.url.buf, "http://127.0.0.1:8080/api/messages/send");
	assert_string_equal(c.req.body.buf,
		"{\"key\":\"md-secret\",\"message\":{\"subject\":\"Bonjour A wa\","
		"\"text\":\"Bonjour A wa Kabr\xc3\xa9\",\"from_email\":\"news@example.com\","
		"\"from_name\":\"Caisse  Bcc: x\",\"to\":[{\"email\":\"awa@example.org\","
		"\"name\":\"Awa  Bcc: y@example.org\",\"type\":\"to\"}],\"headers\":{},"
		"\"preserve_recipients\":false,\"track_opens\":false,\"track_clicks\":false,"
		"\"auto_text\":false,\"merge\":false,"
		"\"metadata\":{\"relay_msg_id\":\"m-7\",\"relay_campaign\":\"c-9\"}},"
		"\"async\":false}");
	c.to[0].to = "awa@example.org\r\nx";
	assert_false(case_build(&c));
	assert_int_equal(c.err.code, ERR_INVALID);
	assert_string_equal(c.err.subject, "m-7");
	assert_false(provider_mailchimp.fits(&c.account, &c.batch, 0, c.results));
	assert_result(c.results, OUTCOME_REFUSED, MESSAGE_BOUNCED, REASON_BAD_ADDRESS, "");
	err_clear(&c.err);
	case_set(&c, "from_address", "");
	assert_false(case_build(&c));
	assert_int_equal(c.err.code, ERR_ACCOUNT);
	case_release(&c);
}

static const struct {
	const char *status, *reject;
	enum send_outcome outcome;
	enum message_status to;
	enum message_reason reason;
	const char *code;
} elements[] = {
	{ "sent", NULL, OUTCOME_SENT, 0, REASON_NONE, "sent" },
	{ "queued", NULL, OUTCOME_SENT, 0, REASON_NONE, "queued" },
	{ "scheduled", NULL, OUTCOME_SENT, 0, REASON_NONE, "scheduled" },
	{ "rejected", "hard-bounce", OUTCOME_REFUSED, MESSAGE_BOUNCED, REASON_BAD_ADDRESS,
		"hard-bounce" },
	{ "rejected", "soft-bounce", OUTCOME_REFUSED, MESSAGE_BOUNCED, REASON_BLOCKED,
		"soft-bounce" },
	{ "rejected", "spam", OUTCOME_REFUSED, MESSAGE_COMPLAINED, REASON_REFUSED, "spam" },
	{ "rejected", "unsub", OUTCOME_REFUSED, MESSAGE_UNSUBSCRIBED, REASON_REFUSED, "unsub" },
	{ "rejected", "custom", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_REJECTED, "custom" },
	{ "rejected", "rule", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_REJECTED, "rule" },
	{ "rejected", "invalid", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_BAD_ADDRESS, "invalid" },
	{ "rejected", "invalid-sender", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS,
		"invalid-sender" },
	{ "rejected", "unsigned", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS, "unsigned" },
	{ "rejected", "test-mode-limit", OUTCOME_QUOTA, 0, REASON_QUOTA, "test-mode-limit" },
	{ "rejected", NULL, OUTCOME_REFUSED, MESSAGE_FAILED, REASON_REJECTED, "rejected" },
	{ "invalid", NULL, OUTCOME_REFUSED, MESSAGE_FAILED, REASON_BAD_ADDRESS, "invalid" },
	{ "dancing", NULL, OUTCOME_UNCERTAIN, 0, REASON_BAD_ANSWER, "dancing" },
};

static void mailchimp__read__every_status(void **state)
{
	struct provider_case c;

	(void)state;
	init(&c);
	for (size_t i = 0; i < ARRAY_SIZE(elements); i++) {
		char body[256];

		snprintf(body, sizeof(body),
			"[{\"email\":\"awa@example.org\",\"status\":\"%s\",\"reject_reason\":%s%s%"
			"s,"
			"\"_id\":\"abc\"}]",
			elements[i].status, elements[i].reject ? "\"" : "",
			elements[i].reject ? elements[i].reject : "null",
			elements[i].reject ? "\"" : "");
		assert_result(case_read(&c, 200, body), elements[i].outcome, elements[i].to,
			elements[i].reason, elements[i].code);
		assert_string_equal(c.results[0].provider_id, "abc");
	}
	case_release(&c);
}

static const struct {
	long status;
	const char *name;
	enum send_outcome outcome;
	enum message_status to;
	enum message_reason reason;
} errors[] = {
	{ 401, "Invalid_Key", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS },
	{ 500, "Invalid_Key", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS },
	{ 200, "Invalid_Key", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS },
	{ 402, "PaymentRequired", OUTCOME_QUOTA, 0, REASON_QUOTA },
	{ 404, "Unknown_Subaccount", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS },
	{ 404, "Unknown_Template", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_REJECTED },
	{ 422, "ValidationError", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_REJECTED },
	{ 500, "ValidationError", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_REJECTED },
	{ 429, "RequestLimitExceeded", OUTCOME_QUOTA, 0, REASON_QUOTA },
	{ 500, "RequestLimitExceeded", OUTCOME_QUOTA, 0, REASON_QUOTA },
	{ 500, "GeneralError", OUTCOME_RETRY, 0, REASON_RETRY },
	{ 500, "ServerError", OUTCOME_RETRY, 0, REASON_RETRY },
	{ 503, "ServiceUnavailable", OUTCOME_RETRY, 0, REASON_RETRY },
	{ 500, "NewError", OUTCOME_RETRY, 0, REASON_RETRY },
	{ 400, "NewError", OUTCOME_REFUSED, MESSAGE_FAILED, REASON_REJECTED },
	{ 404, "NewError", OUTCOME_FORBIDDEN, 0, REASON_CREDENTIALS },
	{ 429, "NewError", OUTCOME_QUOTA, 0, REASON_QUOTA },
};

static void mailchimp__read__the_name_decides(void **state)
{
	struct provider_case c;

	(void)state;
	init(&c);
	for (size_t i = 0; i < ARRAY_SIZE(errors); i++) {
		char body[160];

		snprintf(body, sizeof(body),
			"{\"status\":\"error\",\"code\":-1,\"name\":\"%s\",\"message\":\"m\"}",
			errors[i].name);
		assert_result(case_read(&c, errors[i].status, body), errors[i].outcome,
			errors[i].to, errors[i].reason, errors[i].name);
	}
	case_release(&c);
}

static void mailchimp__read__hostile(void **state)
{
	static const char *const bodies[] = { "", "[", "[]", "{}", "[1]", "[[]]", "null",
		"[{\"status\":7}]", "[{\"status\":\"sent\"", "{\"status\":\"error\"}",
		"{\"status\":\"error\",\"name\":[]}", "\xff" };
	struct provider_case c;
	char *deep = deep_json(100000);

	(void)state;
	init(&c);
	for (size_t i = 0; i < ARRAY_SIZE(bodies); i++) {
		const struct send_result *r = case_read(&c, 200, bodies[i]);

		assert_int_equal(r->outcome, OUTCOME_UNCERTAIN);
		assert_int_equal(r->reason, REASON_BAD_ANSWER);
		assert_int_equal(case_read(&c, 500, bodies[i])->outcome, OUTCOME_UNCERTAIN);
		assert_int_equal(case_read(&c, 400, bodies[i])->outcome, OUTCOME_REFUSED);
	}
	assert_int_equal(case_read(&c, 200, deep)->outcome, OUTCOME_UNCERTAIN);
	c.answer.end = WIRE_UNKNOWN;
	provider_mailchimp.read(&c.account, &c.batch, &c.answer, c.results);
	assert_result(c.results, OUTCOME_UNCERTAIN, MESSAGE_QUEUED, REASON_NO_ANSWER, "");
	free(deep);
	case_release(&c);
}

static void mailchimp__lookup__by_our_id(void **state)
{
	static const struct {
		const char *body;
		enum lookup_answer answer;
		const char *id;
	} cases[] = {
		{ "[{\"_id\":\"a\",\"metadata\":{\"relay_msg_id\":\"m-70\"}},"
		  "{\"_id\":\"b\",\"metadata\":{\"relay_msg_id\":\"m-7\"}}]",
			LOOKUP_SENT, "b" },
		{ "[{\"_id\":\"a\",\"metadata\":{\"relay_msg_id\":\"m-70\"}}]", LOOKUP_UNKNOWN,
			"" },
		{ "[{\"_id\":\"a\",\"metadata\":[]},{\"_id\":\"b\"}]", LOOKUP_UNKNOWN, "" },
		{ "[]", LOOKUP_UNKNOWN, "" },
		{ "{\"status\":\"error\",\"name\":\"Invalid_Key\"}", LOOKUP_UNKNOWN, "" },
		{ "[", LOOKUP_UNKNOWN, "" },
	};
	struct provider_case c;
	char id[160];

	(void)state;
	init(&c);
	assert_true(provider_mailchimp.lookup(&c.account, &c.batch, &c.req, &c.err));
	assert_string_equal(c.req.url.buf, "https://mandrillapp.com/api/1.0/messages/search");
	assert_string_equal(c.req.body.buf,
		"{\"key\":\"md-secret\",\"query\":\"u_relay_msg_id:m-7\","
		"\"date_from\":\"2026-11-22\",\"limit\":10}");
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		case_answer(&c, 200, cases[i].body);
		assert_int_equal(
			provider_mailchimp.lookup_read(&c.account, &c.batch, &c.answer, id),
			cases[i].answer);
		assert_string_equal(id, cases[i].id);
	}
	case_release(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mailchimp__build__is_one_call_a_person),
		cmocka_unit_test(mailchimp__build__a_reminder_without_extras),
		cmocka_unit_test(mailchimp__read__every_status),
		cmocka_unit_test(mailchimp__read__the_name_decides),
		cmocka_unit_test(mailchimp__read__hostile),
		cmocka_unit_test(mailchimp__lookup__by_our_id),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
