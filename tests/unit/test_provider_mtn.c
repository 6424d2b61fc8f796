#include "test.h"

#include <string.h>

#include "compiler.h"
#include "with_provider.h"

#define URL "https://api.mtn.com/v3/sms/messages/sms/outbound"
#define HEADERS(key)                                                                               \
	"Authorization: Bearer tok-1\nContent-Type: application/json\nAccept: application/json\n"  \
	"x-api-key: " key "\n"

static int setup(void **state)
{
	static struct bench x;

	bench_init(&x, PROVIDER_MTN, CHANNEL_SMS, "Bonjour {{prenom}}");
	bench_set(&x, "client_id", "consumer");
	bench_set(&x, "client_secret", "s3cret & more");
	bench_set(&x, "service_code", "13777");
	memcpy(x.account.token, "tok-1", 6);
	x.to.to = "+22507000000";
	*state = &x;
	return 0;
}

static int teardown(void **state)
{
	bench_release(*state);
	return 0;
}

static void mtn__build__service_code_alone(void **state)
{
	struct bench *x = *state;

	assert_int_equal(x->ops->batch_max, 1);
	assert_true(bench_build(x));
	bench_asks(x, WIRE_POST, URL, HEADERS("consumer"),
		"{\"receiverAddress\":[\"22507000000\"],\"message\":\"Bonjour Awa\","
		"\"clientCorrelatorId\":\"m-42\",\"serviceCode\":\"13777\","
		"\"requestDeliveryReceipt\":true}");
}

static void mtn__build__sender_is_the_service_code_too(void **state)
{
	struct bench *x = *state;

	bench_set(x, "sender", "MYSHOP");
	bench_set(x, "api_key", "key-2");
	assert_true(bench_build(x));
	bench_asks(x, WIRE_POST, URL, HEADERS("key-2"),
		"{\"senderAddress\":\"MYSHOP\",\"receiverAddress\":[\"22507000000\"],"
		"\"message\":\"Bonjour Awa\",\"clientCorrelatorId\":\"m-42\","
		"\"serviceCode\":\"MYSHOP\",\"requestDeliveryReceipt\":true}");
	x->batch.sender = "PROMO";
	assert_true(bench_build(x));
	assert_non_null(strstr(x->req.body.buf, "{\"senderAddress\":\"PROMO\","));
	assert_non_null(strstr(x->req.body.buf, "\"serviceCode\":\"PROMO\""));
}

static void mtn__build__longest_ref(void **state)
{
	struct bench *x = *state;

	x->to.message_id = INT64_MAX;
	assert_true(bench_build(x));
	assert_non_null(
		strstr(x->req.body.buf, "\"clientCorrelatorId\":\"m-9223372036854775807\""));
}

static void mtn__build__nothing_to_say(void **state)
{
	struct bench *x = *state;
	struct send_result why;

	bench_text(x, &x->text, "{{ville}}");
	assert_false(bench_build(x));
	assert_int_equal(x->err.code, ERR_MESSAGE_EMPTY);
	assert_false(x->ops->fits(&x->account, &x->batch, 0, &why));
	assert_int_equal(why.reason, REASON_TEMPLATE);
}

#define CODE(code) "{\"statusCode\":\"" code "\",\"statusMessage\":\"m\",\"transactionId\":\"t-9\"}"

static void mtn__read__verdicts(void **state)
{
	static const struct verdict rows[] = {
		/* success is a field */
		{ 200, CODE("0000"), SENT, 0, "", "t-9" },
		{ 201, "{\"statusCode\":\"0000\"}", SENT, 0, "", "" },
		{ 200, "", DOUBT, 0, "200", "" },
		{ 200, "<html>", DOUBT, 0, "200", "" },
		{ 200, "{}", DOUBT, 0, "200", "" },
		{ 200, "{\"statusCode\":0}", DOUBT, 0, "200", "" },
		{ 200, "{\"statusCode\":\"\"}", DOUBT, 0, "200", "" },
		{ 200, CODE("000"), REFUSED, REASON_REJECTED, 0, "000", "" },
		{ 200, CODE("00000"), REFUSED, REASON_REJECTED, 0, "00000", "" },
		{ 200, CODE("7777"), REFUSED, REASON_REJECTED, 0, "7777", "" },
		/* the table */
		{ 200, CODE("1001"), REFUSED, REASON_REJECTED, 0, "1001", "" },
		{ 500, CODE("1001"), REFUSED, REASON_REJECTED, 0, "1001", "" },
		{ 200, CODE("1005"), RETRY, 0, "1005", "" },
		{ 400, CODE("1005"), RETRY, 0, "1005", "" },
		{ 400, CODE("1007"), RETRY, 0, "1007", "" },
		{ 400, CODE("1012"), RETRY, 0, "1012", "" },
		{ 429, CODE("1013"), QUOTA, 0, "1013", "" },
		{ 500, CODE("1013"), QUOTA, 0, "1013", "" },
		{ 400, CODE("3000"), RETRY, 0, "3000", "" },
		{ 400, CODE("3001"), RETRY, 0, "3001", "" },
		{ 400, CODE("3003"), RETRY, 0, "3003", "" },
		{ 400, CODE("3006"), QUOTA, 0, "3006", "" },
		{ 401, CODE("4000"), STOPPED, 0, "4000", "" },
		{ 400, CODE("4000"), STOPPED, 0, "4000", "" },
		{ 403, CODE("4001"), REFUSED, REASON_REJECTED, 0, "4001", "" },
		{ 500, CODE("5000"), REFUSED, REASON_REJECTED, 0, "5000", "" },
		{ 500, CODE("5001"), REFUSED, REASON_REJECTED, 0, "5001", "" },
		{ 400, CODE("6000"), STOPPED, 0, "6000", "" },
		{ 400, CODE("6001"), STOPPED, 0, "6001", "" },
		/* codes that are not in it */
		{ 400, CODE("9999"), REFUSED, REASON_REJECTED, 0, "9999", "" },
		{ 401, CODE("9999"), STOPPED, 0, "9999", "" },
		{ 429, CODE("9999"), QUOTA, 0, "9999", "" },
		{ 500, CODE("9999"), RETRY, 0, "9999", "" },
		/* a success code under an error: the gateway's word against the service's */
		{ 500, CODE("0000"), DOUBT, 0, "500", "" },
		/* the gateway alone */
		{ 500, "{\"timestamp\":\"t\",\"status\":500,\"error\":\"e\",\"path\":\"/\"}", DOUBT,
			0, "500", "" },
		{ 404, "{\"timestamp\":\"t\",\"status\":404,\"error\":\"e\"}", REFUSED,
			REASON_REJECTED, 0, "404", "" },
		{ 407, "", REFUSED, REASON_REJECTED, 0, "407", "" },
		{ 408, "", DOUBT, 0, "408", "" },
		{ 504, "", DOUBT, 0, "504", "" },
	};

	bench_verdicts(*state, rows, ARRAY_SIZE(rows));
}

/* Half an answer that would read as a success is none. */
static void mtn__read__line_broken(void **state)
{
	struct bench *x = *state;

	bench_answer(x, 200, CODE("0000"));
	x->answer.end = WIRE_UNKNOWN;
	assert_int_equal(bench_read(x)->outcome, OUTCOME_UNCERTAIN);
	assert_int_equal(x->result.reason, REASON_NO_ANSWER);
}

static void mtn__read__hostile(void **state)
{
	bench_hostile(*state);
}

static void mtn__token__asked_for(void **state)
{
	struct bench *x = *state;

	assert_true(x->ops->token(&x->account, &x->req, &x->err));
	bench_asks(x, WIRE_POST,
		"https://api.mtn.com/v1/oauth/access_token?grant_type=client_credentials",
		"Content-Type: application/x-www-form-urlencoded\nAccept: application/json\n",
		"client_id=consumer&client_secret=s3cret%20%26%20more");
	assert_string_equal(x->req.user.buf, "");
	assert_string_equal(x->req.password.buf, "");
}

static void mtn__token__path_of_the_country(void **state)
{
	struct bench *x = *state;

	bench_set(x, "token_path", "/v1/oauth/access_token/accesstoken?grant_type=x");
	assert_true(x->ops->token(&x->account, &x->req, &x->err));
	assert_string_equal(x->req.url.buf,
		"https://api.mtn.com/v1/oauth/access_token/accesstoken?grant_type=x");
	bench_set(x, "token_path", ".evil.example/token");
	assert_false(x->ops->token(&x->account, &x->req, &x->err));
	assert_int_equal(x->err.code, ERR_ACCOUNT);
	assert_string_equal(x->err.subject, "token_path");
}

static void mtn__token_read__as_documented(void **state)
{
	struct bench *x = *state;

	bench_answer(x, 200,
		"{\"access_token\":\"abc\",\"token_type\":\"BearerToken\",\"expires_in\":"
		"\"3599\"}");
	assert_true(x->ops->token_read(&x->account, &x->answer, 1000, &x->result));
	assert_string_equal(x->account.token, "abc");
	assert_int_equal(x->account.token_until, 1000 + 3239);
	bench_answer(x, 401, "{\"error\":\"invalid_client\"}");
	assert_false(x->ops->token_read(&x->account, &x->answer, 1000, &x->result));
	assert_int_equal(x->result.outcome, OUTCOME_FORBIDDEN);
	assert_string_equal(x->result.code, "invalid_client");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(mtn__build__service_code_alone),
		TEST(mtn__build__sender_is_the_service_code_too),
		TEST(mtn__build__longest_ref),
		TEST(mtn__build__nothing_to_say),
		TEST(mtn__read__verdicts),
		TEST(mtn__read__line_broken),
		TEST(mtn__read__hostile),
		TEST(mtn__token__asked_for),
		TEST(mtn__token__path_of_the_country),
		TEST(mtn__token_read__as_documented),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
