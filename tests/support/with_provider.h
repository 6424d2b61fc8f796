/* One message at one account of one provider: what is asked, what is made of an
 * answer. For providers that take one message a call. */
#ifndef WITH_PROVIDER_H
#define WITH_PROVIDER_H

#include <string.h>

#include "provider.h"

struct bench {
	const struct provider_ops *ops;
	struct account account;
	struct arena arena;
	struct template subject, text;
	const char *values[TEMPLATE_VAR_COUNT];
	struct outgoing to;
	struct batch batch;
	struct wire_request req;
	struct wire_answer answer;
	struct send_result result;
	struct err err;
};

static inline void bench_text(struct bench *x, struct template *t, const char *text)
{
	struct template_error error;

	assert_true(template_parse(&x->arena, text, true, t, &error));
}

static inline void bench_init(
	struct bench *x, enum provider_name name, enum channel channel, const char *text)
{
	*x = (struct bench){ .ops = provider_ops(name), .err = ERR_INIT };
	x->account.ops = x->ops;
	x->account.salt = "salt";
	for (size_t i = 0; i < PROVIDER_FIELDS; i++)
		x->account.values[i] = "";
	bench_text(x, &x->subject, "");
	bench_text(x, &x->text, text);
	x->values[VAR_PRENOM] = "Awa";
	x->to = (struct outgoing){ .message_id = 42,
		.to = "+22670000000",
		.to_name = "",
		.values = x->values,
		.unsubscribe = "",
		.ref = "" };
	x->batch = (struct batch){ .channel = channel,
		.language = "fr",
		.sender = "",
		.media = "",
		.subject = &x->subject,
		.text = &x->text,
		.to = &x->to,
		.count = 1,
		.now = 1800000000 };
	wire_request_init(&x->req);
	wire_answer_init(&x->answer);
}

static inline void bench_release(struct bench *x)
{
	wire_answer_release(&x->answer);
	wire_request_release(&x->req);
	arena_release(&x->arena);
}

static inline void bench_set(struct bench *x, const char *key, const char *value)
{
	for (size_t i = 0; x->ops->fields[i].key; i++) {
		if (strcmp(x->ops->fields[i].key, key) == 0) {
			x->account.values[i] = value;
			return;
		}
	}
	fail_msg("no field %s", key);
}

static inline bool bench_build(struct bench *x)
{
	wire_request_release(&x->req);
	wire_request_init(&x->req);
	return x->ops->build(&x->account, &x->batch, &x->req, &x->err);
}

/* The whole request; `headers` a line each. */
static inline void bench_asks(struct bench *x, enum wire_method method, const char *url,
	const char *headers, const char *body)
{
	struct strbuf lines = STRBUF_INIT;

	for (int i = 0; i < x->req.n_headers; i++)
		strbuf_addf(&lines, "%s\n", x->req.headers[i].buf);
	assert_int_equal(x->req.method, method);
	assert_string_equal(x->req.url.buf, url);
	assert_string_equal(lines.buf, headers);
	assert_string_equal(x->req.body.buf, body);
	strbuf_release(&lines);
}

static inline void bench_answer(struct bench *x, long status, const char *body)
{
	wire_answer_release(&x->answer);
	wire_answer_init(&x->answer);
	x->answer.end = WIRE_ANSWERED;
	x->answer.status = status;
	strbuf_adds(&x->answer.body, body);
}

static inline const struct send_result *bench_read(struct bench *x)
{
	memset(&x->result, 0x5a, sizeof(x->result));
	x->ops->read(&x->account, &x->batch, &x->answer, &x->result);
	return &x->result;
}

/* One line of a table of answers: everything that may be made of one. */
struct verdict {
	long status;
	const char *body;
	enum send_outcome outcome;
	enum message_status message;
	enum message_reason reason;
	int wait;
	const char *code, *id;
};

#define SENT OUTCOME_SENT, MESSAGE_QUEUED, REASON_NONE
#define REFUSED OUTCOME_REFUSED, MESSAGE_FAILED /* and a reason */
#define BOUNCED OUTCOME_REFUSED, MESSAGE_BOUNCED
#define STOPPED OUTCOME_FORBIDDEN, MESSAGE_QUEUED, REASON_CREDENTIALS
#define QUOTA OUTCOME_QUOTA, MESSAGE_QUEUED, REASON_QUOTA
#define RETRY OUTCOME_RETRY, MESSAGE_QUEUED, REASON_RETRY
#define DOWN OUTCOME_DOWN, MESSAGE_QUEUED, REASON_PROVIDER_DOWN
#define DOUBT OUTCOME_UNCERTAIN, MESSAGE_QUEUED, REASON_BAD_ANSWER

static inline void bench_is(const struct bench *x, const struct verdict *v)
{
	const struct send_result *r = &x->result;

	if (r->outcome != v->outcome || r->status != v->message || r->reason != v->reason ||
		r->wait_seconds != v->wait || strcmp(r->code, v->code) != 0 ||
		strcmp(r->provider_id, v->id) != 0)
		fail_msg("%ld %s\n   outcome %d, %s, %s, wait %d, code “%s”, id “%s”", v->status,
			v->body, (int)r->outcome, message_status_word(r->status),
			message_reason_word(r->reason), (int)r->wait_seconds, r->code,
			r->provider_id);
}

static inline void bench_verdicts(struct bench *x, const struct verdict *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		bench_answer(x, rows[i].status, rows[i].body);
		bench_read(x);
		bench_is(x, &rows[i]);
	}
}

/* What no provider may trip over, whatever the status: nothing is read beyond its end
 * and each result is whole. */
static inline void bench_hostile(struct bench *x)
{
	static const char *const bodies[] = { "", " ", "{", "[", "]", "null", "true", "0", "\"\"",
		"[]", "{}", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "<html>502</html>",
		"\xff\xfe", "{\"error\":null}", "{\"error\":[]}", "{\"error\":{}}",
		"{\"error\":{\"code\":\"x\"}}", "{\"error\":{\"code\":1e99}}",
		"{\"error\":{\"code\":{}}}", "{\"code\":[]}", "{\"code\":-1}",
		"{\"requestError\":1}", "{\"requestError\":{\"policyException\":[]}}",
		"{\"requestError\":{\"serviceException\":{\"messageId\":7,\"variables\":{}}}}",
		"{\"requestError\":{\"policyException\":{\"messageId\":\"POL0001\","
		"\"variables\":[1,null,[\"unit\"]]}}}",
		"{\"outboundSMSMessageRequest\":\"x\"}",
		"{\"outboundSMSMessageRequest\":{\"resourceURL\":\"/\"}}", "{\"messages\":{}}",
		"{\"messages\":[]}", "{\"messages\":[1]}", "{\"messages\":[{\"id\":{}}]}",
		"{\"statusCode\":0}", "{\"statusCode\":\"\"}", "{\"id\":12}", "{\"id\":\"\"}",
		"{\"id\":\"a b\"}", "{\"id\":\"\\u001b[2J\"}", "{\"message_id\":[]}" };
	static const long statuses[] = { 0, -1, 100, 200, 201, 204, 302, 400, 401, 404, 408, 429,
		500, 502, 503, 599, 999999 };

	for (size_t i = 0; i < ARRAY_SIZE(bodies); i++) {
		for (size_t s = 0; s < ARRAY_SIZE(statuses); s++) {
			for (int end = WIRE_ANSWERED; end <= WIRE_UNKNOWN; end++) {
				const struct send_result *r;

				bench_answer(x, statuses[s], bodies[i]);
				x->answer.end = (enum wire_end)end;
				r = bench_read(x);
				assert_in_range(r->outcome, 0, SEND_OUTCOME_COUNT - 1);
				assert_in_range(r->reason, 0, MESSAGE_REASON_COUNT - 1);
				assert_in_range(r->wait_seconds, 0, 86400);
				assert_non_null(memchr(r->code, 0, sizeof(r->code)));
				assert_non_null(memchr(r->provider_id, 0, 160));
				for (const char *p = r->provider_id; *p; p++)
					assert_in_range(*p, '!', '~');
				if (end == WIRE_NOT_SENT)
					assert_int_equal(r->outcome, OUTCOME_DOWN);
			}
		}
	}
}

#endif
