/* SendGrid, Mailchimp and Twilio over a real line, to the stand-in for them. */
#include "test.h"

#include <stdio.h>
#include <time.h>

#include "provider_case.h"
#include "sim_run.h"

#define SID "AC0123456789abcdef0123456789abcdef"
#define WAIT_STEPS 200 /* of 50 ms */

struct line {
	struct sim_run sim;
	struct wire *wire;
	bool absent; /* the stand-in was not built */
};

/* Any HTTP provider of messages to addresses: what its account holds. */
struct party {
	const struct provider_ops *ops;
	const char *name; /* of the stand-in */
	const char *path;
	const char *settings[8]; /* key, value ... */
	const char *to[3];
	size_t count;
};

static const struct party parties[] = {
	{ &provider_sendgrid, "sendgrid", "/sendgrid",
		{ "api_key", "SG.test", "from_address", "news@example.com", "reply_to",
			"help@example.com", "asm_group", "12345" },
		{ "awa@example.org", "bo@example.org", "ci@example.org" }, 3 },
	{ &provider_mailchimp, "mailchimp", "/mailchimp",
		{ "api_key", "test-key", "from_address", "news@example.com", "reply_to",
			"help@example.com" },
		{ "awa@example.org" }, 1 },
	{ &provider_twilio, "twilio", "/twilio",
		{ "account_sid", SID, "auth_token", "twilio-test", "from", "+15005550006",
			"status_callback", "https://crm.example.org/hook" },
		{ "+22670000000" }, 1 },
};

static int setup(void **state)
{
	static struct line line;
	const struct wire_options options = { .connections = 2,
		.connect_seconds = 5,
		.answer_seconds = 5,
		.agent = "ecompta-crm test" };
	struct err err = ERR_INIT;

	line = (struct line){ 0 };
	line.absent = !sim_run_start(&line.sim, false);
	if (!line.absent) {
		line.wire = wire_new(&options, &err);
		assert_non_null(line.wire);
	}
	*state = &line;
	return 0;
}

static int teardown(void **state)
{
	struct line *line = *state;

	wire_free(line->wire);
	if (!line->absent)
		sim_run_stop(&line->sim);
	return 0;
}

static struct line *line_of(void **state)
{
	struct line *line = *state;

	if (line->absent)
		skip();
	return line;
}

/* The party's account and a marketing batch; `url` is *owned*. */
static void begin(
	struct provider_case *c, const struct line *line, const struct party *p, char **url)
{
	*url = sim_run_url(&line->sim, p->path);
	case_init(c, p->ops);
	case_set(c, "base_url", *url);
	for (size_t i = 0; i + 1 < ARRAY_SIZE(p->settings) && p->settings[i]; i += 2)
		case_set(c, p->settings[i], p->settings[i + 1]);
	for (size_t i = 0; i < p->count; i++) {
		c->to[i] = c->to[0];
		c->to[i].message_id = 7 + (int64_t)i;
		c->to[i].to = p->to[i];
		c->to[i].claimed_at = time(NULL);
	}
	c->batch.count = p->count;
	c->batch.marketing = true;
	if (p->ops != &provider_twilio) {
		case_template(c, &c->html, "<p>Bonjour {{nom}}</p>");
		c->batch.html = &c->html;
	}
}

static void end(struct provider_case *c, char *url)
{
	case_release(c);
	free(url);
}

/* Sends c->req, which is gone then, and waits for c->answer. */
static void transfer(struct line *line, struct provider_case *c)
{
	void *tag;

	wire_answer_release(&c->answer);
	assert_true(wire_send(line->wire, &c->req, c, &c->err));
	wire_request_init(&c->req);
	for (int i = 0; i < WAIT_STEPS; i++) {
		if (wire_take(line->wire, &tag, &c->answer))
			return;
		wire_wait(line->wire, 50);
	}
	fail_msg("no end of a transfer");
}

static void deliver(struct line *line, struct provider_case *c)
{
	assert_true(case_build(c));
	transfer(line, c);
	memset(c->results, 0x5a, sizeof(c->results));
	c->account.ops->read(&c->account, &c->batch, &c->answer, c->results);
}

static enum lookup_answer look_up(struct line *line, struct provider_case *c, char id[160])
{
	wire_request_release(&c->req);
	wire_request_init(&c->req);
	assert_true(c->account.ops->lookup(&c->account, &c->batch, &c->req, &c->err));
	transfer(line, c);
	return c->account.ops->lookup_read(&c->account, &c->batch, &c->answer, id);
}

static void assert_clean(const struct line *line)
{
	struct strbuf lines = STRBUF_INIT;

	sim_run_lines(&line->sim, "violation", NULL, &lines);
	assert_string_equal(lines.buf, "");
	strbuf_release(&lines);
}

static void provider__send__keeps_the_contract(void **state)
{
	struct line *line = line_of(state);

	for (size_t i = 0; i < ARRAY_SIZE(parties); i++) {
		struct provider_case c;
		char *url;

		begin(&c, line, &parties[i], &url);
		deliver(line, &c);
		for (size_t n = 0; n < c.batch.count; n++)
			assert_int_equal(c.results[n].outcome, OUTCOME_SENT);
		assert_string_not_equal(c.results[0].provider_id, "");
		assert_int_equal(
			sim_run_count(&line->sim, "got", parties[i].name), parties[i].count);
		end(&c, url);
	}
	assert_clean(line);
}

static void provider__lookup__finds_what_was_lost(void **state)
{
	struct line *line = line_of(state);

	for (size_t i = 0; i < ARRAY_SIZE(parties); i++) {
		struct provider_case c;
		char order[80], id[160], *url;

		begin(&c, line, &parties[i], &url);
		/* Twilio lists all it has of a number; the others list some time later. */
		assert_int_equal(look_up(line, &c, id),
			parties[i].ops == &provider_twilio ? LOOKUP_NEVER_ARRIVED : LOOKUP_UNKNOWN);
		snprintf(order, sizeof(order), "provider=%s&mode=close&count=1", parties[i].name);
		sim_run_fault(&line->sim, order);
		deliver(line, &c);
		assert_result(c.results, OUTCOME_UNCERTAIN, MESSAGE_QUEUED, REASON_NO_ANSWER, "");
		assert_int_equal(
			sim_run_count(&line->sim, "got", parties[i].name), parties[i].count);
		assert_int_equal(look_up(line, &c, id), LOOKUP_SENT);
		assert_string_not_equal(id, "");
		end(&c, url);
	}
	assert_clean(line);
}

static const struct {
	const char *fault;
	enum send_outcome sendgrid, mailchimp, twilio;
	int64_t wait;
} faults[] = {
	{ "mode=429", OUTCOME_QUOTA, OUTCOME_QUOTA, OUTCOME_QUOTA, 0 },
	{ "mode=quota", OUTCOME_QUOTA, OUTCOME_QUOTA, OUTCOME_QUOTA, 0 },
	{ "mode=500", OUTCOME_RETRY, OUTCOME_RETRY, OUTCOME_RETRY, 0 },
	{ "mode=500bare", OUTCOME_UNCERTAIN, OUTCOME_UNCERTAIN, OUTCOME_UNCERTAIN, 0 },
	{ "mode=502", OUTCOME_UNCERTAIN, OUTCOME_UNCERTAIN, OUTCOME_UNCERTAIN, 0 },
	{ "mode=503&hint=30", OUTCOME_DOWN, OUTCOME_DOWN, OUTCOME_DOWN, 30 },
	{ "mode=401", OUTCOME_FORBIDDEN, OUTCOME_FORBIDDEN, OUTCOME_FORBIDDEN, 0 },
	{ "mode=403", OUTCOME_FORBIDDEN, OUTCOME_FORBIDDEN, OUTCOME_FORBIDDEN, 0 },
	{ "mode=close_before", OUTCOME_UNCERTAIN, OUTCOME_UNCERTAIN, OUTCOME_UNCERTAIN, 0 },
	{ "mode=garbage", OUTCOME_SENT, OUTCOME_UNCERTAIN, OUTCOME_SENT, 0 },
};

static void provider__read__what_goes_wrong(void **state)
{
	struct line *line = line_of(state);

	for (size_t i = 0; i < ARRAY_SIZE(parties) * ARRAY_SIZE(faults); i++) {
		const struct party *p = &parties[i % ARRAY_SIZE(parties)];
		size_t f = i / ARRAY_SIZE(parties);
		const enum send_outcome want[] = { faults[f].sendgrid, faults[f].mailchimp,
			faults[f].twilio };
		struct provider_case c;
		char order[80], *url;

		begin(&c, line, p, &url);
		snprintf(order, sizeof(order), "provider=%s&count=1&%s", p->name, faults[f].fault);
		sim_run_fault(&line->sim, order);
		deliver(line, &c);
		for (size_t n = 0; n < c.batch.count; n++) {
			if (c.results[n].outcome != want[i % ARRAY_SIZE(parties)])
				fail_msg("%s: %d", order, c.results[n].outcome);
			assert_true(c.results[n].wait_seconds == faults[f].wait);
		}
		end(&c, url);
	}
	assert_clean(line);
}

static void provider__read__one_bad_address(void **state)
{
	struct line *line = line_of(state);
	struct provider_case c;
	char *url;

	begin(&c, line, &parties[0], &url);
	sim_run_fault(&line->sim, "provider=sendgrid&mode=reject&address=bo%40example.org");
	deliver(line, &c);
	assert_int_equal(c.results[0].outcome, OUTCOME_RETRY);
	assert_int_equal(c.results[1].outcome, OUTCOME_REFUSED);
	assert_int_equal(c.results[1].status, MESSAGE_BOUNCED);
	assert_int_equal(c.results[2].outcome, OUTCOME_RETRY);
	assert_int_equal(sim_run_count(&line->sim, "got", "sendgrid"), 0);
	end(&c, url);
	begin(&c, line, &parties[2], &url);
	sim_run_fault(&line->sim,
		"provider=twilio&mode=reject&address=%2B22670000000&code=21610&count=1");
	deliver(line, &c);
	assert_result(c.results, OUTCOME_REFUSED, MESSAGE_UNSUBSCRIBED, REASON_REFUSED, "21610");
	end(&c, url);
	assert_clean(line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			provider__send__keeps_the_contract, setup, teardown),
		cmocka_unit_test_setup_teardown(
			provider__lookup__finds_what_was_lost, setup, teardown),
		cmocka_unit_test_setup_teardown(provider__read__what_goes_wrong, setup, teardown),
		cmocka_unit_test_setup_teardown(provider__read__one_bad_address, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
