#include "test.h"

#include <string.h>

#include "compiler.h"
#include "with_provider.h"

#define GRAPH "https://graph.facebook.com/v23.0/"
#define HEADERS                                                                                    \
	"Authorization: Bearer EAAG\nContent-Type: application/json\nAccept: application/json\n"
#define ERROR(code) "{\"error\":{\"message\":\"m\",\"code\":" code "}}"
#define SUBCODE(code, sub)                                                                         \
	"{\"error\":{\"message\":\"m\",\"code\":" code ",\"error_subcode\":" sub "}}"

static int setup_facebook(void **state)
{
	static struct bench x;

	bench_init(&x, PROVIDER_FACEBOOK, CHANNEL_FACEBOOK, "Bonjour {{prenom}}");
	bench_set(&x, "token", "EAAG");
	bench_set(&x, "page_id", "1001");
	x.to.to = "25477";
	*state = &x;
	return 0;
}

static int setup_instagram(void **state)
{
	static struct bench x;

	bench_init(&x, PROVIDER_INSTAGRAM, CHANNEL_INSTAGRAM, "Bonjour {{prenom}}");
	bench_set(&x, "token", "EAAG");
	bench_set(&x, "ig_user_id", "17841");
	x.to.to = "99077";
	*state = &x;
	return 0;
}

static int teardown(void **state)
{
	bench_release(*state);
	return 0;
}

static void as_post(struct bench *x, const char *text, const char *media)
{
	x->batch.post = true;
	x->batch.media = media;
	x->to.to = "";
	bench_text(x, &x->text, text);
}

/* `n` characters are taken, one more is not. */
static void longest(struct bench *x, size_t n, const char *whose)
{
	struct strbuf text = STRBUF_INIT;
	struct send_result why;

	for (size_t i = 0; i < n; i++)
		strbuf_adds(&text, "\xc3\xa9");
	bench_text(x, &x->text, text.buf);
	assert_true(bench_build(x));
	assert_true(x->ops->fits(&x->account, &x->batch, 0, &why));
	strbuf_addc(&text, 'e');
	bench_text(x, &x->text, text.buf);
	err_clear(&x->err);
	assert_false(bench_build(x));
	assert_int_equal(x->err.code, ERR_MESSAGE_LONG);
	assert_string_equal(x->err.subject, whose);
	assert_false(x->ops->fits(&x->account, &x->batch, 0, &why));
	assert_int_equal(why.outcome, OUTCOME_REFUSED);
	assert_int_equal(why.status, MESSAGE_FAILED);
	assert_int_equal(why.reason, REASON_TEMPLATE);
	strbuf_release(&text);
}

/* --- Facebook --- */

static void facebook__build__message(void **state)
{
	struct bench *x = *state;

	assert_int_equal(x->ops->batch_max, 1);
	assert_true(bench_build(x));
	bench_asks(x, WIRE_POST, GRAPH "1001/messages", HEADERS,
		"{\"recipient\":{\"id\":\"25477\"},\"messaging_type\":\"RESPONSE\","
		"\"message\":{\"text\":\"Bonjour Awa\"}}");
}

static void facebook__build__post(void **state)
{
	struct bench *x = *state;

	as_post(x, "Ouvert dimanche\n\"ici\"", "");
	assert_true(bench_build(x));
	bench_asks(x, WIRE_POST, GRAPH "1001/feed", HEADERS,
		"{\"message\":\"Ouvert dimanche\\n\\\"ici\\\"\"}");
	as_post(x, "Ouvert", "https://x.bf/a.jpg");
	assert_true(bench_build(x));
	bench_asks(x, WIRE_POST, GRAPH "1001/photos", HEADERS,
		"{\"url\":\"https://x.bf/a.jpg\",\"caption\":\"Ouvert\"}");
}

static void facebook__build__longest(void **state)
{
	struct bench *x = *state;

	longest(x, 2000, "Facebook");
	x->batch.post = true;
	longest(x, 63206, "Facebook");
}

static void facebook__read__message(void **state)
{
	static const struct verdict rows[] = {
		{ 200, "{\"recipient_id\":\"25477\",\"message_id\":\"m_AG5\"}", SENT, 0, "",
			"m_AG5" },
		{ 200, "{\"id\":\"1\"}", SENT, 0, "", "" },
		{ 200, "", SENT, 0, "", "" },
		{ 400, SUBCODE("10", "2018065"), REFUSED, REASON_NOT_ALLOWED, 0, "10/2018065", "" },
		{ 400, SUBCODE("10", "2018278"), REFUSED, REASON_NOT_ALLOWED, 0, "10/2018278", "" },
		{ 400, SUBCODE("10", "2018108"), REFUSED, REASON_BLOCKED, 0, "10/2018108", "" },
		{ 400, SUBCODE("10", "1"), STOPPED, 0, "10/1", "" },
		{ 400, SUBCODE("100", "2018001"), REFUSED, REASON_BAD_ADDRESS, 0, "100/2018001",
			"" },
		{ 400, SUBCODE("200", "1545041"), REFUSED, REASON_BLOCKED, 0, "200/1545041", "" },
		{ 400, SUBCODE("200", "2018028"), STOPPED, 0, "200/2018028", "" },
		{ 400, ERROR("230"), REFUSED, REASON_NOT_ALLOWED, 0, "230", "" },
		{ 400, ERROR("551"), REFUSED, REASON_BLOCKED, 0, "551", "" },
		{ 400, ERROR("613"), QUOTA, 0, "613", "" },
		{ 400, ERROR("1200"), RETRY, 0, "1200", "" },
		{ 400, ERROR("1545041"), REFUSED, REASON_BLOCKED, 0, "1545041", "" },
		{ 500, ERROR("2022"), REFUSED, REASON_REJECTED, 0, "2022", "" },
		{ 400, ERROR("10900"), REFUSED, REASON_NOT_ALLOWED, 0, "10900", "" },
		{ 400, ERROR("10903"), REFUSED, REASON_NOT_ALLOWED, 0, "10903", "" },
		{ 400, ERROR("10904"), REFUSED, REASON_NOT_ALLOWED, 0, "10904", "" },
		{ 400, ERROR("10905"), REFUSED, REASON_REJECTED, 0, "10905", "" },
		{ 400, ERROR("190"), STOPPED, 0, "190", "" },
		{ 400, ERROR("368"), STOPPED, 0, "368", "" },
	};

	bench_verdicts(*state, rows, ARRAY_SIZE(rows));
}

static void facebook__read__post(void **state)
{
	static const struct verdict rows[] = {
		{ 200, "{\"id\":\"1001_77\"}", SENT, 0, "", "1001_77" },
		{ 200, "{\"id\":\"88\",\"post_id\":\"1001_78\"}", SENT, 0, "", "1001_78" },
		{ 200, "", SENT, 0, "", "" },
		{ 400, ERROR("506"), REFUSED, REASON_REJECTED, 0, "506", "" },
		{ 500, "", DOUBT, 0, "500", "" },
	};
	struct bench *x = *state;

	as_post(x, "Ouvert", "");
	bench_verdicts(x, rows, ARRAY_SIZE(rows));
}

static void facebook__read__hostile(void **state)
{
	struct bench *x = *state;

	bench_hostile(x);
	as_post(x, "Ouvert", "");
	bench_hostile(x);
}

/* --- Instagram --- */

static void instagram__build__message(void **state)
{
	struct bench *x = *state;

	assert_true(bench_build(x));
	bench_asks(x, WIRE_POST, GRAPH "17841/messages", HEADERS,
		"{\"recipient\":{\"id\":\"99077\"},\"message\":{\"text\":\"Bonjour Awa\"}}");
	bench_set(x, "page_id", "1001");
	assert_true(bench_build(x));
	assert_string_equal(x->req.url.buf, GRAPH "1001/messages");
}

static void instagram__build__post_in_two_steps(void **state)
{
	struct bench *x = *state;

	bench_set(x, "page_id", "1001");
	as_post(x, "Ouvert #bobo", "https://x.bf/a.jpg");
	assert_true(bench_build(x));
	bench_asks(x, WIRE_POST, GRAPH "17841/media", HEADERS,
		"{\"image_url\":\"https://x.bf/a.jpg\",\"caption\":\"Ouvert #bobo\"}");
	x->to.ref = "1795";
	assert_true(bench_build(x));
	bench_asks(
		x, WIRE_POST, GRAPH "17841/media_publish", HEADERS, "{\"creation_id\":\"1795\"}");
}

static void instagram__build__post_needs_a_picture(void **state)
{
	struct bench *x = *state;

	as_post(x, "Ouvert", "");
	assert_false(bench_build(x));
	assert_int_equal(x->err.code, ERR_POST_PICTURE);
}

static void instagram__build__longest(void **state)
{
	struct bench *x = *state;

	longest(x, 1000, "Instagram");
	as_post(x, "", "https://x.bf/a.jpg");
	longest(x, 2200, "Instagram");
}

static void instagram__read__message(void **state)
{
	static const struct verdict rows[] = {
		{ 200, "{\"recipient_id\":\"99077\",\"message_id\":\"aWdfZ\"}", SENT, 0, "",
			"aWdfZ" },
		{ 200, "", SENT, 0, "", "" },
		{ 400, SUBCODE("10", "2018278"), REFUSED, REASON_NOT_ALLOWED, 0, "10/2018278", "" },
		{ 400, SUBCODE("10", "2534022"), REFUSED, REASON_NOT_ALLOWED, 0, "10/2534022", "" },
		{ 400, SUBCODE("100", "2018001"), REFUSED, REASON_BAD_ADDRESS, 0, "100/2018001",
			"" },
		{ 400, SUBCODE("100", "2534014"), REFUSED, REASON_BAD_ADDRESS, 0, "100/2534014",
			"" },
		{ 400, ERROR("551"), REFUSED, REASON_BLOCKED, 0, "551", "" },
		{ 400, ERROR("1200"), RETRY, 0, "1200", "" },
		{ 400, ERROR("190"), STOPPED, 0, "190", "" },
		{ 500, "", DOUBT, 0, "500", "" },
	};

	bench_verdicts(*state, rows, ARRAY_SIZE(rows));
}

#define MORE OUTCOME_MORE, MESSAGE_QUEUED, REASON_NONE

/* Nobody sees a container: what is lost is made again. */
static void instagram__read__first_step(void **state)
{
	static const struct verdict rows[] = {
		{ 200, "{\"id\":\"1795\"}", MORE, 0, "", "1795" },
		{ 200, "", RETRY, 60, "", "" },
		{ 200, "{\"id\":\"a b\"}", RETRY, 60, "", "" },
		{ 500, "", RETRY, 60, "500", "" },
		{ 408, "", RETRY, 60, "408", "" },
		{ 200, ERROR("777"), RETRY, 60, "777", "" },
		{ 400, SUBCODE("-2", "2207003"), RETRY, 60, "-2/2207003", "" },
		{ 400, SUBCODE("-1", "2207001"), RETRY, 60, "-1/2207001", "" },
		{ 400, SUBCODE("4", "2207051"), STOPPED, 0, "4/2207051", "" },
		{ 400, ERROR("4"), QUOTA, 0, "4", "" },
		{ 400, SUBCODE("9", "2207042"), QUOTA, 0, "9/2207042", "" },
		{ 400, SUBCODE("25", "2207050"), STOPPED, 0, "25/2207050", "" },
		{ 500, SUBCODE("352", "2207026"), REFUSED, REASON_REJECTED, 0, "352/2207026", "" },
		{ 500, SUBCODE("9004", "2207052"), REFUSED, REASON_REJECTED, 0, "9004/2207052",
			"" },
		{ 400, SUBCODE("36000", "2207004"), REFUSED, REASON_REJECTED, 0, "36000/2207004",
			"" },
		{ 500, SUBCODE("36009", "1"), REFUSED, REASON_REJECTED, 0, "36009/1", "" },
		{ 400, ERROR("190"), STOPPED, 0, "190", "" },
	};
	struct bench *x = *state;

	as_post(x, "Ouvert", "https://x.bf/a.jpg");
	bench_verdicts(x, rows, ARRAY_SIZE(rows));
	bench_answer(x, 0, "");
	x->answer.end = WIRE_UNKNOWN;
	assert_int_equal(bench_read(x)->outcome, OUTCOME_RETRY);
	x->answer.end = WIRE_NOT_SENT;
	assert_int_equal(bench_read(x)->outcome, OUTCOME_DOWN);
	assert_string_equal(x->result.provider_id, "");
}

/* The container's id stays while it is of use; what is lost here stays in doubt. */
static void instagram__read__second_step(void **state)
{
	static const struct verdict rows[] = {
		{ 200, "{\"id\":\"180012\"}", SENT, 0, "", "180012" },
		{ 200, "", SENT, 0, "", "" },
		{ 500, "", DOUBT, 0, "500", "1795" },
		{ 408, "", DOUBT, 0, "408", "1795" },
		{ 400, SUBCODE("9007", "2207027"), RETRY, 30, "9007/2207027", "1795" },
		{ 400, SUBCODE("9007", "1"), REFUSED, REASON_REJECTED, 0, "9007/1", "1795" },
		{ 400, SUBCODE("24", "2207008"), RETRY, 60, "24/2207008", "1795" },
		{ 400, SUBCODE("-1", "2207001"), RETRY, 60, "-1/2207001", "1795" },
		{ 400, ERROR("2"), RETRY, 0, "2", "1795" },
		{ 400, ERROR("190"), STOPPED, 0, "190", "1795" },
		/* of no more use */
		{ 400, SUBCODE("24", "2207006"), RETRY, 60, "24/2207006", "" },
		{ 400, SUBCODE("-2", "2207020"), RETRY, 60, "-2/2207020", "" },
		{ 400, SUBCODE("-1", "2207032"), RETRY, 60, "-1/2207032", "" },
		{ 400, SUBCODE("-1", "2207053"), RETRY, 60, "-1/2207053", "" },
	};
	struct bench *x = *state;

	as_post(x, "Ouvert", "https://x.bf/a.jpg");
	x->to.ref = "1795";
	bench_verdicts(x, rows, ARRAY_SIZE(rows));
	bench_answer(x, 0, "");
	x->answer.end = WIRE_UNKNOWN;
	assert_int_equal(bench_read(x)->outcome, OUTCOME_UNCERTAIN);
	assert_string_equal(x->result.provider_id, "1795");
}

static void instagram__lookup__asks_the_container(void **state)
{
	struct bench *x = *state;

	assert_false(x->ops->lookup(&x->account, &x->batch, &x->req, &x->err));
	assert_int_equal(x->err.code, ERR_NO_LOOKUP);
	as_post(x, "Ouvert", "https://x.bf/a.jpg");
	assert_false(x->ops->lookup(&x->account, &x->batch, &x->req, &x->err));
	x->to.ref = "1795";
	assert_true(x->ops->lookup(&x->account, &x->batch, &x->req, &x->err));
	bench_asks(x, WIRE_GET, GRAPH "1795?fields=status_code", HEADERS, "");
}

#define STATUS(s) "{\"status_code\":\"" s "\",\"id\":\"1795\"}"

static void instagram__lookup_read__answers(void **state)
{
	static const struct {
		long status;
		const char *body;
		int since; /* seconds from the claim */
		enum lookup_answer found;
		const char *ref;
	} rows[] = {
		{ 200, STATUS("PUBLISHED"), 5, LOOKUP_SENT, "1795" },
		{ 200, STATUS("ERROR"), 5, LOOKUP_NEVER_ARRIVED, "" },
		{ 200, STATUS("EXPIRED"), 5, LOOKUP_NEVER_ARRIVED, "" },
		{ 200, STATUS("FINISHED"), 599, LOOKUP_UNKNOWN, "1795" },
		{ 200, STATUS("FINISHED"), 600, LOOKUP_NEVER_ARRIVED, "1795" },
		{ 200, STATUS("IN_PROGRESS"), 6000, LOOKUP_UNKNOWN, "1795" },
		{ 200, STATUS(""), 6000, LOOKUP_UNKNOWN, "1795" },
		{ 200, "", 6000, LOOKUP_UNKNOWN, "1795" },
		{ 400, STATUS("PUBLISHED"), 5, LOOKUP_UNKNOWN, "1795" },
		{ 400, ERROR("100"), 6000, LOOKUP_UNKNOWN, "1795" },
		{ 500, "", 6000, LOOKUP_UNKNOWN, "1795" },
	};
	struct bench *x = *state;
	char ref[160];

	as_post(x, "Ouvert", "https://x.bf/a.jpg");
	x->to.ref = "1795";
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		bench_answer(x, rows[i].status, rows[i].body);
		x->to.claimed_at = x->batch.now - rows[i].since;
		memset(ref, 'x', sizeof(ref));
		assert_int_equal(x->ops->lookup_read(&x->account, &x->batch, &x->answer, ref),
			rows[i].found);
		assert_string_equal(ref, rows[i].ref);
	}
	bench_answer(x, 200, STATUS("EXPIRED"));
	x->answer.end = WIRE_UNKNOWN;
	assert_int_equal(
		x->ops->lookup_read(&x->account, &x->batch, &x->answer, ref), LOOKUP_UNKNOWN);
}

static void instagram__read__hostile(void **state)
{
	struct bench *x = *state;

	bench_hostile(x);
	as_post(x, "Ouvert", "https://x.bf/a.jpg");
	bench_hostile(x);
	x->to.ref = "1795";
	bench_hostile(x);
}

int main(void)
{
#define FACEBOOK(f) cmocka_unit_test_setup_teardown(f, setup_facebook, teardown)
#define INSTAGRAM(f) cmocka_unit_test_setup_teardown(f, setup_instagram, teardown)
	const struct CMUnitTest tests[] = {
		FACEBOOK(facebook__build__message),
		FACEBOOK(facebook__build__post),
		FACEBOOK(facebook__build__longest),
		FACEBOOK(facebook__read__message),
		FACEBOOK(facebook__read__post),
		FACEBOOK(facebook__read__hostile),
		INSTAGRAM(instagram__build__message),
		INSTAGRAM(instagram__build__post_in_two_steps),
		INSTAGRAM(instagram__build__post_needs_a_picture),
		INSTAGRAM(instagram__build__longest),
		INSTAGRAM(instagram__read__message),
		INSTAGRAM(instagram__read__first_step),
		INSTAGRAM(instagram__read__second_step),
		INSTAGRAM(instagram__lookup__asks_the_container),
		INSTAGRAM(instagram__lookup_read__answers),
		INSTAGRAM(instagram__read__hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
