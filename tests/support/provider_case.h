/* A provider with an account, a batch, a request and an answer, for one test. */
#ifndef PROVIDER_CASE_H
#define PROVIDER_CASE_H

#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "json.h"
#include "provider_table.h"

struct provider_case {
	struct account account;
	struct arena arena;
	struct template subject, text, html;
	const char *values[TEMPLATE_VAR_COUNT];
	struct outgoing to[4];
	struct batch batch;
	struct wire_request req;
	struct wire_answer answer;
	struct send_result results[4];
	struct err err;
};

static inline void case_set(struct provider_case *c, const char *key, const char *value)
{
	for (int i = 0; c->account.ops->fields[i].key; i++) {
		if (strcmp(c->account.ops->fields[i].key, key) == 0) {
			c->account.values[i] = value;
			return;
		}
	}
	fail_msg("no field %s", key);
}

static inline void case_template(struct provider_case *c, struct template *t, const char *text)
{
	struct template_error error;

	assert_true(template_parse(&c->arena, text, true, t, &error));
}

/* Awa Kabré, message 7 of campaign 9, claimed on 2026-11-22 at 10:00:00 UTC. */
static inline void case_init(struct provider_case *c, const struct provider_ops *ops)
{
	*c = (struct provider_case){ .err = ERR_INIT };
	c->account.ops = ops;
	c->account.salt = "a salt of the store";
	for (int i = 0; i < PROVIDER_FIELDS; i++)
		c->account.values[i] = "";
	case_template(c, &c->subject, "Bonjour {{prenom}}");
	case_template(c, &c->text, "Bonjour {{prenom|cher client}} {{nom}}");
	for (int i = 0; i < TEMPLATE_VAR_COUNT; i++)
		c->values[i] = "";
	c->values[VAR_PRENOM] = "Awa";
	c->values[VAR_NOM] = "Kabr\xc3\xa9";
	c->to[0] = (struct outgoing){ 7, "awa@example.org", "Awa Kabr\xc3\xa9", c->values,
		"https://crm.example.org/u/7", "", 1795341600 };
	c->batch = (struct batch){ .campaign_id = 9,
		.language = "fr",
		.sender = "",
		.media = "",
		.subject = &c->subject,
		.text = &c->text,
		.to = c->to,
		.count = 1,
		.now = 1795341600 };
	wire_request_init(&c->req);
	wire_answer_init(&c->answer);
}

static inline void case_release(struct provider_case *c)
{
	wire_request_release(&c->req);
	wire_answer_release(&c->answer);
	arena_release(&c->arena);
}

/* A fresh request of the batch as it stands. */
static inline bool case_build(struct provider_case *c)
{
	wire_request_release(&c->req);
	wire_request_init(&c->req);
	return c->account.ops->build(&c->account, &c->batch, &c->req, &c->err);
}

static inline void case_answer(struct provider_case *c, long status, const char *body)
{
	strbuf_clear(&c->answer.body);
	c->answer.end = WIRE_ANSWERED;
	c->answer.status = status;
	strbuf_adds(&c->answer.body, body);
}

/* What the provider makes of this answer, for the first recipient. */
static inline const struct send_result *case_read(
	struct provider_case *c, long status, const char *body)
{
	case_answer(c, status, body);
	memset(c->results, 0x5a, sizeof(c->results));
	c->account.ops->read(&c->account, &c->batch, &c->answer, c->results);
	return c->results;
}

static inline void assert_result(const struct send_result *r, enum send_outcome outcome,
	enum message_status status, enum message_reason reason, const char *code)
{
	assert_int_equal(r->outcome, outcome);
	assert_int_equal(r->status, status);
	assert_int_equal(r->reason, reason);
	assert_string_equal(r->code, code);
}

static inline void assert_header(const struct wire_request *req, const char *line)
{
	for (int i = 0; i < req->n_headers; i++) {
		if (strcmp(req->headers[i].buf, line) == 0)
			return;
	}
	fail_msg("no header %s", line);
}

/* An array that opens itself `depth` times. *Owned*. */
static inline char *deep_json(size_t depth)
{
	char *s = calloc(depth + 1, 1);

	assert_non_null(s);
	memset(s, '[', depth);
	return s;
}

#endif
