#include "test.h"

#include <string.h>

#include "compiler.h"
#include "with_provider.h"

#define URL "https://graph.facebook.com/v23.0/10677/messages"
#define HEADERS                                                                                    \
	"Authorization: Bearer EAAG\nContent-Type: application/json\nAccept: application/json\n"
#define HEAD                                                                                       \
	"{\"messaging_product\":\"whatsapp\",\"recipient_type\":\"individual\",\"to\":"            \
	"\"22670000000\","
#define TAIL "\"biz_opaque_callback_data\":\"m-42\"}"
#define PARAMETER(text) "{\"type\":\"text\",\"text\":\"" text "\"}"

static int setup(void **state)
{
	static struct bench x;

	bench_init(&x, PROVIDER_WHATSAPP, CHANNEL_WHATSAPP, "Bonjour {{prenom}}");
	bench_set(&x, "token", "EAAG");
	bench_set(&x, "phone_number_id", "10677");
	*state = &x;
	return 0;
}

static int teardown(void **state)
{
	bench_release(*state);
	return 0;
}

static void whatsapp__ops__as_documented(void **state)
{
	struct bench *x = *state;

	assert_int_equal(x->ops->batch_max, 1);
	assert_int_equal(x->ops->per_second, 80);
	assert_null(x->ops->token);
	assert_null(x->ops->lookup);
	assert_string_equal(account_get(&x->account, "version"), "v23.0");
}

static void whatsapp__build__text_without_subject(void **state)
{
	struct bench *x = *state;

	assert_true(bench_build(x));
	bench_asks(x, WIRE_POST, URL, HEADERS,
		HEAD "\"type\":\"text\",\"text\":{\"body\":\"Bonjour "
		     "Awa\",\"preview_url\":false}," TAIL);
	bench_text(x, &x->subject, "  ");
	assert_true(bench_build(x));
	assert_non_null(strstr(x->req.body.buf, "\"type\":\"text\""));
	x->batch.subject = NULL;
	assert_true(bench_build(x));
	assert_non_null(strstr(x->req.body.buf, "\"type\":\"text\""));
}

static void whatsapp__build__template_of_the_subject(void **state)
{
	struct bench *x = *state;

	bench_text(x, &x->subject, " promo_1 ");
	assert_true(bench_build(x));
	bench_asks(x, WIRE_POST, URL, HEADERS,
		HEAD "\"type\":\"template\",\"template\":{\"name\":\"promo_1\",\"language\":"
		     "{\"policy\":\"deterministic\",\"code\":\"fr\"},\"components\":[{\"type\":"
		     "\"body\",\"parameters\":[" PARAMETER("Awa") "]}]}," TAIL);
}

static void whatsapp__build__template_without_parameters(void **state)
{
	struct bench *x = *state;

	bench_text(x, &x->subject, "hello_world");
	bench_text(x, &x->text, "Bonjour");
	x->batch.language = "en";
	assert_true(bench_build(x));
	bench_asks(x, WIRE_POST, URL, HEADERS,
		HEAD "\"type\":\"template\",\"template\":{\"name\":\"hello_world\",\"language\":"
		     "{\"policy\":\"deterministic\",\"code\":\"en\"}}," TAIL);
}

/* Each appearance is a parameter, in the order of the text; a fallback stands in. */
static void whatsapp__build__parameters_in_order(void **state)
{
	struct bench *x = *state;

	x->values[VAR_VILLE] = "  Bobo\n-\t \r Dioulasso ";
	bench_text(x, &x->subject, "promo");
	bench_text(x, &x->text, "{{ville}} {{nom|cher  client}}, {{prenom}} \"x\" {{ville}}");
	assert_true(bench_build(x));
	assert_non_null(strstr(x->req.body.buf,
		"\"parameters\":[" PARAMETER("Bobo - Dioulasso") "," PARAMETER(
			"cher client") "," PARAMETER("Awa") "," PARAMETER("Bobo - Dioulasso") "]"));
}

static void whatsapp__build__parameter_without_value(void **state)
{
	static const char *const blank[] = { NULL, "", " \n" };
	struct bench *x = *state;
	struct send_result why;

	bench_text(x, &x->subject, "promo");
	bench_text(x, &x->text, "{{prenom}} {{ville}}");
	for (size_t i = 0; i < ARRAY_SIZE(blank); i++) {
		x->values[VAR_VILLE] = blank[i];
		err_clear(&x->err);
		assert_false(bench_build(x));
		assert_int_equal(x->err.code, ERR_TEMPLATE_VALUE);
		assert_string_equal(x->err.subject, "ville");
		assert_false(x->ops->fits(&x->account, &x->batch, 0, &why));
		assert_int_equal(why.outcome, OUTCOME_REFUSED);
		assert_int_equal(why.status, MESSAGE_FAILED);
		assert_int_equal(why.reason, REASON_TEMPLATE);
	}
	x->values[VAR_VILLE] = "Bobo";
	assert_true(x->ops->fits(&x->account, &x->batch, 0, &why));
}

static void whatsapp__build__names_of_templates(void **state)
{
	static const struct {
		const char *subject;
		bool good;
	} rows[] = {
		{ "a", true },
		{ "promo_2026_fin", true },
		{ "Promo", false },
		{ "promo de fin", false },
		{ "promo-1", false },
		{ "no\xc3\xabl", false },
		{ "promo/../x", false },
	};
	struct bench *x = *state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		bench_text(x, &x->subject, rows[i].subject);
		err_clear(&x->err);
		assert_int_equal(bench_build(x), rows[i].good);
		assert_int_equal(x->err.code, rows[i].good ? ERR_NONE : ERR_TEMPLATE_NAME);
	}
}

/* In characters, not bytes. */
static void whatsapp__build__longest_text(void **state)
{
	struct bench *x = *state;
	struct send_result why;
	struct strbuf text = STRBUF_INIT;

	for (int i = 0; i < 4096; i++)
		strbuf_adds(&text, "\xc3\xa9");
	bench_text(x, &x->text, text.buf);
	assert_true(bench_build(x));
	assert_true(x->ops->fits(&x->account, &x->batch, 0, &why));
	strbuf_addc(&text, 'e');
	bench_text(x, &x->text, text.buf);
	assert_false(bench_build(x));
	assert_int_equal(x->err.code, ERR_MESSAGE_LONG);
	assert_string_equal(x->err.subject, "WhatsApp");
	assert_false(x->ops->fits(&x->account, &x->batch, 0, &why));
	assert_int_equal(why.reason, REASON_TEMPLATE);
	strbuf_release(&text);
}

/* Settings go into the path as one segment each. */
static void whatsapp__build__other_service(void **state)
{
	struct bench *x = *state;

	bench_set(x, "base_url", "http://127.0.0.1:9/");
	bench_set(x, "version", "v24.0");
	bench_set(x, "phone_number_id", "1/../2?x");
	assert_true(bench_build(x));
	assert_string_equal(x->req.url.buf, "http://127.0.0.1:9/v24.0/1%2F..%2F2%3Fx/messages");
}

#define ERROR(code) "{\"error\":{\"message\":\"m\",\"type\":\"OAuthException\",\"code\":" code "}}"
#define PASSING(code) "{\"error\":{\"message\":\"m\",\"code\":" code ",\"is_transient\":true}}"
#define SUBCODE(code, sub)                                                                         \
	"{\"error\":{\"message\":\"m\",\"code\":" code ",\"error_subcode\":" sub "}}"
#define TAKEN(id, status)                                                                          \
	"{\"messaging_product\":\"whatsapp\",\"contacts\":[{\"input\":\"22670000000\",\"wa_id\":"  \
	"\"22670000000\"}],\"messages\":[{\"id\":\"" id "\",\"message_status\":\"" status "\"}]}"
#define UNSUBSCRIBED OUTCOME_REFUSED, MESSAGE_UNSUBSCRIBED, REASON_REFUSED

static void whatsapp__read__taken(void **state)
{
	static const struct verdict rows[] = {
		{ 200, TAKEN("wamid.HBgL==", "accepted"), SENT, 0, "", "wamid.HBgL==" },
		{ 200, TAKEN("wamid.1", "held_for_quality_assessment"), SENT, 0,
			"held_for_quality_assessment", "wamid.1" },
		{ 200, TAKEN("wamid.1", "paused"), SENT, 0, "paused", "wamid.1" },
		{ 200, "{\"messages\":[{\"id\":\"wamid.2\"}]}", SENT, 0, "", "wamid.2" },
		{ 200, "{\"messages\":[]}", SENT, 0, "", "" },
		{ 200, "{}", SENT, 0, "", "" },
		{ 200, "", SENT, 0, "", "" },
		{ 200, "<html>", SENT, 0, "", "" },
	};

	bench_verdicts(*state, rows, ARRAY_SIZE(rows));
}

static void whatsapp__read__own_codes(void **state)
{
	static const struct verdict rows[] = {
		{ 429, ERROR("130429"), QUOTA, 0, "130429", "" },
		{ 400, ERROR("130429"), QUOTA, 0, "130429", "" },
		{ 400, ERROR("130472"), REFUSED, REASON_NOT_ALLOWED, 0, "130472", "" },
		{ 403, ERROR("130497"), REFUSED, REASON_NOT_ALLOWED, 0, "130497", "" },
		{ 500, ERROR("131000"), RETRY, 0, "131000", "" },
		{ 400, ERROR("131000"), RETRY, 0, "131000", "" },
		{ 403, ERROR("131005"), STOPPED, 0, "131005", "" },
		{ 400, ERROR("131005"), STOPPED, 0, "131005", "" },
		{ 400, ERROR("131008"), REFUSED, REASON_REJECTED, 0, "131008", "" },
		{ 500, ERROR("131009"), REFUSED, REASON_REJECTED, 0, "131009", "" },
		{ 400, ERROR("131016"), RETRY, 0, "131016", "" },
		{ 400, ERROR("131021"), REFUSED, REASON_BAD_ADDRESS, 0, "131021", "" },
		{ 400, ERROR("131026"), REFUSED, REASON_BAD_ADDRESS, 0, "131026", "" },
		{ 400, ERROR("131030"), REFUSED, REASON_NOT_ALLOWED, 0, "131030", "" },
		{ 400, ERROR("131031"), STOPPED, 0, "131031", "" },
		{ 400, ERROR("131037"), STOPPED, 0, "131037", "" },
		{ 400, ERROR("131042"), STOPPED, 0, "131042", "" },
		{ 500, ERROR("131045"), STOPPED, 0, "131045", "" },
		{ 400, ERROR("131047"), REFUSED, REASON_NOT_ALLOWED, 0, "131047", "" },
		{ 400, ERROR("131048"), QUOTA, 21600, "131048", "" },
		{ 400, ERROR("131049"), RETRY, 86400, "131049", "" },
		{ 400, ERROR("131050"), UNSUBSCRIBED, 0, "131050", "" },
		{ 400, ERROR("131051"), REFUSED, REASON_REJECTED, 0, "131051", "" },
		{ 500, ERROR("131052"), REFUSED, REASON_REJECTED, 0, "131052", "" },
		{ 500, ERROR("131053"), REFUSED, REASON_REJECTED, 0, "131053", "" },
		{ 429, ERROR("131056"), RETRY, 60, "131056", "" },
		{ 500, ERROR("131057"), QUOTA, 300, "131057", "" },
		{ 400, ERROR("132000"), REFUSED, REASON_REJECTED, 0, "132000", "" },
		{ 404, ERROR("132001"), REFUSED, REASON_REJECTED, 0, "132001", "" },
		{ 500, ERROR("132015"), REFUSED, REASON_REJECTED, 0, "132015", "" },
		{ 500, ERROR("132999"), REFUSED, REASON_REJECTED, 0, "132999", "" },
		{ 400, ERROR("133000"), STOPPED, 0, "133000", "" },
		{ 400, ERROR("133010"), STOPPED, 0, "133010", "" },
		{ 400, ERROR("133999"), STOPPED, 0, "133999", "" },
		{ 500, ERROR("135000"), REFUSED, REASON_REJECTED, 0, "135000", "" },
		/* beside the ranges: by the status */
		{ 401, ERROR("131054"), STOPPED, 0, "131054", "" },
		{ 429, ERROR("131999"), QUOTA, 0, "131999", "" },
		{ 400, ERROR("134000"), REFUSED, REASON_REJECTED, 0, "134000", "" },
	};

	bench_verdicts(*state, rows, ARRAY_SIZE(rows));
}

static void whatsapp__read__common_codes(void **state)
{
	static const struct verdict rows[] = {
		{ 400, ERROR("-1"), RETRY, 0, "-1", "" },
		{ 400, ERROR("0"), STOPPED, 0, "0", "" },
		{ 400, ERROR("1"), RETRY, 0, "1", "" },
		{ 400, SUBCODE("1", "99"), STOPPED, 0, "1/99", "" },
		{ 500, SUBCODE("1", "1357046"), DOUBT, 0, "1/1357046", "" },
		{ 400, SUBCODE("1", "1"), RETRY, 0, "1/1", "" },
		{ 503, SUBCODE("2", "2018344"), STOPPED, 0, "2/2018344", "" },
		{ 503, ERROR("2"), RETRY, 0, "2", "" },
		{ 400, ERROR("3"), STOPPED, 0, "3", "" },
		{ 400, ERROR("4"), QUOTA, 0, "4", "" },
		{ 400, ERROR("10"), STOPPED, 0, "10", "" },
		{ 400, ERROR("17"), QUOTA, 0, "17", "" },
		{ 400, ERROR("32"), QUOTA, 0, "32", "" },
		{ 400, ERROR("33"), STOPPED, 0, "33", "" },
		{ 400, SUBCODE("100", "33"), STOPPED, 0, "100/33", "" },
		{ 400, ERROR("100"), REFUSED, REASON_REJECTED, 0, "100", "" },
		{ 500, SUBCODE("100", "34"), REFUSED, REASON_REJECTED, 0, "100/34", "" },
		{ 400, ERROR("102"), STOPPED, 0, "102", "" },
		{ 400, ERROR("190"), STOPPED, 0, "190", "" },
		{ 401, SUBCODE("190", "463"), STOPPED, 0, "190/463", "" },
		{ 400, ERROR("200"), STOPPED, 0, "200", "" },
		{ 400, ERROR("299"), STOPPED, 0, "299", "" },
		{ 400, ERROR("199"), REFUSED, REASON_REJECTED, 0, "199", "" },
		{ 400, ERROR("300"), REFUSED, REASON_REJECTED, 0, "300", "" },
		{ 400, ERROR("341"), QUOTA, 0, "341", "" },
		{ 400, ERROR("368"), STOPPED, 0, "368", "" },
		{ 500, ERROR("506"), REFUSED, REASON_REJECTED, 0, "506", "" },
		{ 400, ERROR("613"), QUOTA, 0, "613", "" },
		{ 404, ERROR("803"), STOPPED, 0, "803", "" },
		{ 400, ERROR("79999"), REFUSED, REASON_REJECTED, 0, "79999", "" },
		{ 400, ERROR("80000"), QUOTA, 0, "80000", "" },
		{ 400, ERROR("80007"), QUOTA, 0, "80007", "" },
		{ 400, ERROR("80014"), QUOTA, 0, "80014", "" },
		{ 400, ERROR("80015"), REFUSED, REASON_REJECTED, 0, "80015", "" },
		/* that it passes counts where nothing more certain is known */
		{ 400, PASSING("100"), RETRY, 0, "100", "" },
		{ 400, PASSING("777"), RETRY, 0, "777", "" },
		{ 401, PASSING("190"), STOPPED, 0, "190", "" },
		{ 400, PASSING("4"), QUOTA, 0, "4", "" },
		/* without an error of theirs the status alone speaks */
		{ 500, ERROR("777"), RETRY, 0, "777", "" },
		{ 500, "<html>", DOUBT, 0, "500", "" },
		{ 502, "{\"error\":\"bad gateway\"}", DOUBT, 0, "502", "" },
		{ 504, "{\"error\":{\"message\":\"x\"}}", DOUBT, 0, "504", "" },
		{ 408, "", DOUBT, 0, "408", "" },
		{ 429, "", QUOTA, 0, "429", "" },
		{ 403, "", STOPPED, 0, "403", "" },
		{ 400, "", REFUSED, REASON_REJECTED, 0, "400", "" },
		/* an error under a success is no success */
		{ 200, ERROR("190"), STOPPED, 0, "190", "" },
		{ 200, ERROR("777"), DOUBT, 0, "777", "" },
	};

	bench_verdicts(*state, rows, ARRAY_SIZE(rows));
}

#define USAGE "X-Business-Use-Case-Usage: "
#define REGAIN "\"estimated_time_to_regain_access\":"

static void whatsapp__read__regain_of_the_headers(void **state)
{
	static const struct {
		const char *lines;
		int64_t hint, wait;
	} rows[] = {
		{ "", 0, 0 },
		{ USAGE "{\"1\":[{\"type\":\"messenger\",\"call_count\":100," REGAIN "19}]}\n", 0,
			1140 },
		{ USAGE "{\"1\":[{" REGAIN "5}],\"2\":[{" REGAIN " 7},{" REGAIN "6}]}\n", 0, 420 },
		{ USAGE "{\"1\":[{" REGAIN "0}]}\n", 0, 0 },
		{ USAGE "{\"1\":[{" REGAIN "1440}]}\n", 0, 86400 },
		{ USAGE "{\"1\":[{" REGAIN "1441}]}\n", 0, 0 },
		{ USAGE "{\"1\":[{" REGAIN "99999999999999999999}]}\n", 0, 0 },
		{ USAGE "{\"1\":[{" REGAIN "-3}]}\n", 0, 0 },
		{ USAGE "{\"1\":[{" REGAIN "\n", 0, 0 },
		{ "X-App-Usage: {\"call_count\":100}\n", 0, 0 },
		{ USAGE "{\"1\":[{" REGAIN "19}]}\n", 30, 30 }, /* Retry-After is exact */
	};
	struct bench *x = *state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		bench_answer(x, 400, ERROR("80007"));
		strbuf_adds(&x->answer.lines, rows[i].lines);
		x->answer.wait_seconds = rows[i].hint;
		assert_int_equal(bench_read(x)->outcome, OUTCOME_QUOTA);
		assert_int_equal(x->result.wait_seconds, rows[i].wait);
	}
	/* of others than limits it says nothing */
	bench_answer(x, 400, ERROR("131026"));
	strbuf_adds(&x->answer.lines, rows[1].lines);
	assert_int_equal(bench_read(x)->wait_seconds, 0);
}

static void whatsapp__read__line_broken(void **state)
{
	struct bench *x = *state;

	bench_answer(x, 400, ERROR("131026"));
	x->answer.end = WIRE_UNKNOWN;
	assert_int_equal(bench_read(x)->outcome, OUTCOME_UNCERTAIN);
	assert_int_equal(x->result.reason, REASON_NO_ANSWER);
	x->answer.end = WIRE_NOT_SENT;
	assert_int_equal(bench_read(x)->outcome, OUTCOME_DOWN);
}

static void whatsapp__read__hostile(void **state)
{
	bench_hostile(*state);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(whatsapp__ops__as_documented),
		TEST(whatsapp__build__text_without_subject),
		TEST(whatsapp__build__template_of_the_subject),
		TEST(whatsapp__build__template_without_parameters),
		TEST(whatsapp__build__parameters_in_order),
		TEST(whatsapp__build__parameter_without_value),
		TEST(whatsapp__build__names_of_templates),
		TEST(whatsapp__build__longest_text),
		TEST(whatsapp__build__other_service),
		TEST(whatsapp__read__taken),
		TEST(whatsapp__read__own_codes),
		TEST(whatsapp__read__common_codes),
		TEST(whatsapp__read__regain_of_the_headers),
		TEST(whatsapp__read__line_broken),
		TEST(whatsapp__read__hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
