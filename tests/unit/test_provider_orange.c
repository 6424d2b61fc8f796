#include "test.h"

#include <string.h>

#include "compiler.h"
#include "with_provider.h"

#define HEADERS                                                                                    \
	"Authorization: Bearer tok-1\nContent-Type: application/json\nAccept: application/json\n"
#define URL "https://api.orange.com/smsmessaging/v1/outbound/tel%3A%2B2260000/requests"

static int setup(void **state)
{
	static struct bench x;

	bench_init(&x, PROVIDER_ORANGE, CHANNEL_SMS, "Bonjour {{prenom}}");
	bench_set(&x, "client_id", "client");
	bench_set(&x, "client_secret", "s3cret");
	memcpy(x.account.token, "tok-1", 6);
	*state = &x;
	return 0;
}

static int teardown(void **state)
{
	bench_release(*state);
	return 0;
}

static void orange__ops__as_documented(void **state)
{
	struct bench *x = *state;

	assert_int_equal(x->ops->name, PROVIDER_ORANGE);
	assert_int_equal(x->ops->batch_max, 1);
	assert_int_equal(x->ops->per_second, 5);
	assert_null(x->ops->lookup);
	assert_string_equal(account_get(&x->account, "sender_address"), "tel:+2260000");
	assert_string_equal(account_get(&x->account, "base_url"), "https://api.orange.com");
}

static void orange__build__minimal(void **state)
{
	struct bench *x = *state;

	assert_true(bench_build(x));
	bench_asks(x, WIRE_POST, URL, HEADERS,
		"{\"outboundSMSMessageRequest\":{\"address\":\"tel:+22670000000\","
		"\"senderAddress\":\"tel:+2260000\","
		"\"outboundSMSTextMessage\":{\"message\":\"Bonjour Awa\"}}}");
	assert_string_equal(x->req.user.buf, "");
}

static void orange__build__sender_names(void **state)
{
	static const struct {
		const char *own, *campaign, *told; /* told NULL: refused */
	} rows[] = {
		{ "MYSHOP", "", "\"senderName\":\"MYSHOP\"," },
		{ "MYSHOP", "Promo2", "\"senderName\":\"Promo2\"," },
		{ "", "ABCDEFGHIJK", "\"senderName\":\"ABCDEFGHIJK\"," },
		{ "", "ABCDEFGHIJKL", NULL },
		{ "", "MY SHOP", NULL },
		{ "", "Caf\xc3\xa9", NULL },
		{ "MY-SHOP", "", NULL },
	};
	struct bench *x = *state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		bench_set(x, "sender_name", rows[i].own);
		x->batch.sender = rows[i].campaign;
		err_clear(&x->err);
		assert_int_equal(bench_build(x), rows[i].told != NULL);
		if (rows[i].told)
			assert_non_null(strstr(x->req.body.buf, rows[i].told));
		else
			assert_int_equal(x->err.code, ERR_SENDER_NAME);
	}
}

static void orange__build__own_sender_number_and_address(void **state)
{
	struct bench *x = *state;

	bench_set(x, "sender_address", "+2250000");
	bench_set(x, "base_url", "http://127.0.0.1:8080//");
	bench_text(x, &x->text, "L\xe2\x80\x99offre \xc2\xab 10\xc2\xa0% \xc2\xbb\n\"ok\"");
	assert_true(bench_build(x));
	bench_asks(x, WIRE_POST,
		"http://127.0.0.1:8080/smsmessaging/v1/outbound/tel%3A%2B2250000/requests", HEADERS,
		"{\"outboundSMSMessageRequest\":{\"address\":\"tel:+22670000000\","
		"\"senderAddress\":\"tel:+2250000\",\"outboundSMSTextMessage\":{\"message\":"
		"\"L'offre \xc2\xab 10 % \xc2\xbb\\n\\\"ok\\\"\"}}}");
}

static void orange__build__nothing_to_say(void **state)
{
	struct bench *x = *state;
	struct send_result why;

	bench_text(x, &x->text, "{{ville}}");
	assert_false(bench_build(x));
	assert_int_equal(x->err.code, ERR_MESSAGE_EMPTY);
	assert_false(x->ops->fits(&x->account, &x->batch, 0, &why));
	assert_int_equal(why.outcome, OUTCOME_REFUSED);
	assert_int_equal(why.status, MESSAGE_FAILED);
	assert_int_equal(why.reason, REASON_TEMPLATE);
	bench_text(x, &x->text, "{{ville|ici}}");
	assert_true(x->ops->fits(&x->account, &x->batch, 0, &why));
}

#define SERVICE(id, text, variables)                                                               \
	"{\"requestError\":{\"serviceException\":{\"messageId\":\"" id "\",\"text\":\"" text       \
	"\",\"variables\":[" variables "]}}}"
#define POLICY(id, text, variables)                                                                \
	"{\"requestError\":{\"policyException\":{\"messageId\":\"" id "\",\"text\":\"" text        \
	"\",\"variables\":[" variables "]}}}"
#define GATEWAY(code) "{\"code\":" code ",\"message\":\"m\",\"description\":\"d\"}"
#define RESOURCE(url) "{\"outboundSMSMessageRequest\":{\"resourceURL\":\"" url "\"}}"

static void orange__read__verdicts(void **state)
{
	static const struct verdict rows[] = {
		/* taken: the last part of resourceURL */
		{ 201,
			RESOURCE("https://api.orange.com/smsmessaging/v1/outbound/tel:+2260000/"
				 "requests/b5e0-77"),
			SENT, 0, "", "b5e0-77" },
		{ 200, RESOURCE("x/1"), SENT, 0, "", "1" },
		{ 201, RESOURCE("no-slash"), SENT, 0, "", "" },
		{ 201, RESOURCE("ends/"), SENT, 0, "", "" },
		{ 201, RESOURCE("x/with blank"), SENT, 0, "", "" },
		{ 201, "", SENT, 0, "", "" },
		{ 201, "not json", SENT, 0, "", "" },
		{ 201, "{}", SENT, 0, "", "" },
		/* the gateway's own codes */
		{ 400, GATEWAY("20"), REFUSED, REASON_REJECTED, 0, "20", "" },
		{ 400, GATEWAY("28"), REFUSED, REASON_REJECTED, 0, "28", "" },
		{ 401, GATEWAY("40"), STOPPED, 0, "40", "" },
		{ 401, GATEWAY("41"), STOPPED, 0, "41", "" },
		{ 401, GATEWAY("42"), STOPPED, 0, "42", "" },
		{ 401, GATEWAY("\"42\""), STOPPED, 0, "42", "" },
		{ 403, GATEWAY("50"), STOPPED, 0, "50", "" },
		{ 403, GATEWAY("51"), STOPPED, 0, "51", "" },
		{ 403, GATEWAY("52"), STOPPED, 0, "52", "" },
		{ 400, GATEWAY("40"), STOPPED, 0, "40", "" },
		{ 400, GATEWAY("41"), STOPPED, 0, "41", "" },
		{ 400, GATEWAY("42"), STOPPED, 0, "42", "" },
		{ 400, GATEWAY("50"), STOPPED, 0, "50", "" },
		{ 400, GATEWAY("51"), STOPPED, 0, "51", "" },
		{ 400, GATEWAY("52"), STOPPED, 0, "52", "" },
		{ 403, GATEWAY("53"), QUOTA, 0, "53", "" },
		{ 429, GATEWAY("53"), QUOTA, 0, "53", "" },
		{ 404, GATEWAY("60"), STOPPED, 0, "60", "" },
		/* the service's */
		{ 400, SERVICE("SVC0001", "error %1", ""), REFUSED, REASON_REJECTED, 0, "SVC0001",
			"" },
		{ 500, SERVICE("SVC0001", "error %1", ""), RETRY, 0, "SVC0001", "" },
		{ 400, SERVICE("SVC0002", "Invalid value %1", "\"senderName\""), REFUSED,
			REASON_REJECTED, 0, "SVC0002", "" },
		{ 400, SERVICE("SVC0002", "Invalid value %1", "\"senderAddress\""), REFUSED,
			REASON_REJECTED, 0, "SVC0002", "" },
		{ 400, SERVICE("SVC0002", "Invalid value %1", "\"address\""), BOUNCED,
			REASON_BAD_ADDRESS, 0, "SVC0002", "" },
		{ 400, SERVICE("SVC0002", "Invalid value %1", "\"tel:+22670000000\""), BOUNCED,
			REASON_BAD_ADDRESS, 0, "SVC0002", "" },
		{ 400, SERVICE("SVC0003", "%1 not of %2", ""), REFUSED, REASON_REJECTED, 0,
			"SVC0003", "" },
		{ 400, SERVICE("SVC0004", "No valid addresses", ""), BOUNCED, REASON_BAD_ADDRESS, 0,
			"SVC0004", "" },
		{ 400, SERVICE("SVC0280", "Too long", ""), REFUSED, REASON_REJECTED, 0, "SVC0280",
			"" },
		{ 500, SERVICE("SVC0002", "Invalid value %1", "\"senderName\""), REFUSED,
			REASON_REJECTED, 0, "SVC0002", "" },
		{ 500, SERVICE("SVC0003", "%1 not of %2", ""), REFUSED, REASON_REJECTED, 0,
			"SVC0003", "" },
		{ 500, SERVICE("SVC0280", "Too long", ""), REFUSED, REASON_REJECTED, 0, "SVC0280",
			"" },
		/* one id, two meanings */
		{ 403, POLICY("POL0001", "Error code is %1", "\"Expired contract\""), STOPPED, 0,
			"POL0001", "" },
		{ 403, POLICY("POL0001", "Error code is %1", "\"No more units\""), QUOTA, 0,
			"POL0001", "" },
		{ 403, POLICY("POL0001", "Insufficient balance", ""), QUOTA, 0, "POL0001", "" },
		{ 403, POLICY("POL0001", "Out of CREDIT", ""), QUOTA, 0, "POL0001", "" },
		{ 403, POLICY("POL0001", "Quota", ""), QUOTA, 0, "POL0001", "" },
		{ 403, POLICY("POL0001", "Solde insuffisant", ""), QUOTA, 0, "POL0001", "" },
		{ 403, POLICY("POL0001", "Expired contract, units lost", ""), STOPPED, 0, "POL0001",
			"" },
		{ 403, POLICY("POL0001", "A policy error occurred", ""), STOPPED, 0, "POL0001",
			"" },
		{ 400, POLICY("POL1009", "not provisioned", ""), STOPPED, 0, "POL1009", "" },
		{ 400, POLICY("POL1010", "suspended", ""), STOPPED, 0, "POL1010", "" },
		{ 403, POLICY("POL0002", "privacy", ""), STOPPED, 0, "POL0002", "" },
		/* the keeper of tokens, and none of ours */
		{ 401, "{\"error\":\"invalid_client\",\"error_description\":\"d\"}", STOPPED, 0,
			"invalid_client", "" },
		{ 401, "<html>", STOPPED, 0, "401", "" },
		{ 429, "", QUOTA, 0, "429", "" },
		{ 400, "", REFUSED, REASON_REJECTED, 0, "400", "" },
		{ 408, "", DOUBT, 0, "408", "" },
		{ 500, "<html>", DOUBT, 0, "500", "" },
		{ 502, "", DOUBT, 0, "502", "" },
		{ 500, GATEWAY("1"), RETRY, 0, "1", "" },
		{ 503, GATEWAY("5"), RETRY, 0, "5", "" },
		/* an error under a success is no success */
		{ 200, POLICY("POL0001", "Expired contract", ""), STOPPED, 0, "POL0001", "" },
		{ 200, GATEWAY("99"), DOUBT, 0, "99", "" },
	};

	bench_verdicts(*state, rows, ARRAY_SIZE(rows));
}

static void orange__read__hint_of_the_answer(void **state)
{
	struct bench *x = *state;

	bench_answer(x, 429, GATEWAY("53"));
	x->answer.wait_seconds = 17;
	assert_int_equal(bench_read(x)->wait_seconds, 17);
}

static void orange__read__ids_fit_or_are_left_out(void **state)
{
	struct bench *x = *state;
	struct strbuf body = STRBUF_INIT;

	for (size_t len = 159; len <= 160; len++) {
		strbuf_clear(&body);
		strbuf_adds(&body, "{\"outboundSMSMessageRequest\":{\"resourceURL\":\"x/");
		for (size_t i = 0; i < len; i++)
			strbuf_addc(&body, 'a');
		strbuf_adds(&body, "\"}}");
		bench_answer(x, 201, body.buf);
		assert_int_equal(strlen(bench_read(x)->provider_id), len == 159 ? 159 : 0);
		assert_int_equal(x->result.outcome, OUTCOME_SENT);
	}
	strbuf_release(&body);
}

static void orange__read__hostile(void **state)
{
	bench_hostile(*state);
}

static void orange__token__asked_for(void **state)
{
	struct bench *x = *state;

	assert_true(x->ops->token(&x->account, &x->req, &x->err));
	bench_asks(x, WIRE_POST, "https://api.orange.com/oauth/v3/token",
		"Content-Type: application/x-www-form-urlencoded\nAccept: application/json\n",
		"grant_type=client_credentials");
	assert_string_equal(x->req.user.buf, "client");
	assert_string_equal(x->req.password.buf, "s3cret");
}

#define TOKEN(life) "{\"token_type\":\"Bearer\",\"access_token\":\"T.o-k_n\"" life "}"

static void orange__token_read__lives(void **state)
{
	static const struct {
		const char *body;
		int64_t until; /* after 1000 */
	} rows[] = {
		{ TOKEN(",\"expires_in\":\"3600\""), 3240 },
		{ TOKEN(",\"expires_in\":3600"), 3240 },
		{ TOKEN(",\"expires_in\":\"7776000\""), 6998400 },
		{ TOKEN(",\"expires_in\":7776001"), 3240 },
		{ TOKEN(",\"expires_in\":1"), 0 },
		{ TOKEN(",\"expires_in\":0"), 3240 },
		{ TOKEN(",\"expires_in\":-5"), 3240 },
		{ TOKEN(",\"expires_in\":\"soon\""), 3240 },
		{ TOKEN(",\"expires_in\":{}"), 3240 },
		{ TOKEN(""), 3240 },
	};
	struct bench *x = *state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		bench_answer(x, 200, rows[i].body);
		x->account.token[0] = '\0';
		assert_true(x->ops->token_read(&x->account, &x->answer, 1000, &x->result));
		assert_string_equal(x->account.token, "T.o-k_n");
		assert_int_equal(x->account.token_until, 1000 + rows[i].until);
	}
}

static void orange__token_read__refused(void **state)
{
	static const struct verdict rows[] = {
		{ 401, "{\"error\":\"invalid_client\"}", STOPPED, 0, "invalid_client", "" },
		{ 400, "{\"error\":\"unsupported_grant_type\"}", STOPPED, 0,
			"unsupported_grant_type", "" },
		{ 401, "", STOPPED, 0, "401", "" },
		{ 404, "", STOPPED, 0, "404", "" },
		{ 429, "", QUOTA, 0, "429", "" },
		{ 408, "", DOWN, 0, "408", "" },
		{ 500, "{\"error\":\"server_error\"}", DOWN, 0, "server_error", "" },
		{ 502, "", DOWN, 0, "502", "" },
		/* answers without a token that can be used */
		{ 200, "", DOWN, 0, "200", "" },
		{ 200, "{}", DOWN, 0, "200", "" },
		{ 200, "{\"access_token\":\"\"}", DOWN, 0, "200", "" },
		{ 200, "{\"access_token\":12}", DOWN, 0, "200", "" },
		{ 200, "{\"access_token\":\"a\\nb\"}", DOWN, 0, "200", "" },
		{ 200, "{\"access_token\":\"a b\"}", DOWN, 0, "200", "" },
		{ 200, "{\"access_token\":\"\xc3\xa9\"}", DOWN, 0, "200", "" },
	};
	struct bench *x = *state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		bench_answer(x, rows[i].status, rows[i].body);
		x->account.token_until = 7;
		assert_false(x->ops->token_read(&x->account, &x->answer, 1000, &x->result));
		bench_is(x, &rows[i]);
		assert_string_equal(x->account.token, "tok-1");
		assert_int_equal(x->account.token_until, 7);
	}
}

/* Whatever became of the question, no message is in doubt by it. */
static void orange__token_read__line_broken(void **state)
{
	struct bench *x = *state;

	bench_answer(x, 0, "");
	x->answer.end = WIRE_UNKNOWN;
	assert_false(x->ops->token_read(&x->account, &x->answer, 1000, &x->result));
	assert_int_equal(x->result.outcome, OUTCOME_DOWN);
	assert_int_equal(x->result.reason, REASON_PROVIDER_DOWN);
	x->answer.end = WIRE_NOT_SENT;
	x->answer.offline = true;
	assert_false(x->ops->token_read(&x->account, &x->answer, 1000, &x->result));
	assert_int_equal(x->result.outcome, OUTCOME_DOWN);
	assert_int_equal(x->result.reason, REASON_OFFLINE);
}

static void orange__token_read__longest(void **state)
{
	struct bench *x = *state;
	struct strbuf body = STRBUF_INIT;

	for (size_t len = 2047; len <= 2048; len++) {
		strbuf_clear(&body);
		strbuf_adds(&body, "{\"access_token\":\"");
		for (size_t i = 0; i < len; i++)
			strbuf_addc(&body, 't');
		strbuf_adds(&body, "\"}");
		bench_answer(x, 200, body.buf);
		assert_int_equal(
			x->ops->token_read(&x->account, &x->answer, 0, &x->result), len == 2047);
	}
	assert_int_equal(strlen(x->account.token), 2047);
	strbuf_release(&body);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(orange__ops__as_documented),
		TEST(orange__build__minimal),
		TEST(orange__build__sender_names),
		TEST(orange__build__own_sender_number_and_address),
		TEST(orange__build__nothing_to_say),
		TEST(orange__read__verdicts),
		TEST(orange__read__hint_of_the_answer),
		TEST(orange__read__ids_fit_or_are_left_out),
		TEST(orange__read__hostile),
		TEST(orange__token__asked_for),
		TEST(orange__token_read__lives),
		TEST(orange__token_read__refused),
		TEST(orange__token_read__line_broken),
		TEST(orange__token_read__longest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
