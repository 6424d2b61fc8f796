#include "single.h"

#include <string.h>

#include "num.h"
#include "utf8.h"

void single_headers(struct wire_request *req, const char *token)
{
	struct strbuf bearer = STRBUF_INIT;

	strbuf_addf(&bearer, "Bearer %s", token);
	wire_header(req, "Authorization", bearer.buf);
	wire_header(req, "Content-Type", "application/json");
	wire_header(req, "Accept", "application/json");
	strbuf_release(&bearer);
}

static size_t characters(const struct strbuf *text)
{
	size_t n = 0;
	uint32_t cp;

	for (size_t at = 0; at < text->len; n++)
		at += utf8_decode(text->buf + at, text->len - at, &cp);
	return n;
}

bool single_text(const struct batch *b, enum template_way form, size_t most, const char *whose,
	struct strbuf *out, struct err *err)
{
	size_t n;

	template_write(b->text, form, b->to[0].values, out);
	n = characters(out);
	if (!n)
		return err_set(err, ERR_MESSAGE_EMPTY, NULL, "%s", "");
	if (out->full || (most && n > most))
		return err_set(err, ERR_MESSAGE_LONG, whose, "%zu characters", n);
	return true;
}

bool single_fits(const struct batch *b, size_t i, enum template_way form, size_t most,
	struct send_result *why)
{
	struct strbuf text = STRBUF_INIT_MAX(TEMPLATE_MAX);
	struct err ignored = ERR_INIT;
	struct batch one = *b;
	bool ok;

	one.to += i;
	ok = single_text(&one, form, most, "", &text, &ignored);
	if (!ok) {
		*why = (struct send_result){ .wait_seconds = 0 };
		single_result(why, OUTCOME_REFUSED, REASON_TEMPLATE, 0);
	}
	strbuf_release(&text);
	return ok;
}

struct json_doc *single_parse(const struct wire_answer *answer)
{
	return answer->end == WIRE_ANSWERED ? provider_json(answer) : NULL;
}

struct json single_root(const struct json_doc *doc)
{
	return doc ? json_root(doc) : (struct json){ .item = NULL };
}

bool single_int(const struct json *obj, const char *key, int64_t lo, int64_t hi, int64_t *out)
{
	struct err ignored = ERR_INIT;
	struct json at;
	const char *s;

	if (!json_find(obj, key, &at))
		return false;
	if (json_as_str(&at, &s, &ignored))
		return num_parse_i64(s, lo, hi, out);
	return json_as_int(&at, lo, hi, out, &ignored);
}

void single_result(
	struct send_result *r, enum send_outcome outcome, enum message_reason reason, int64_t wait)
{
	static const enum message_reason own[SEND_OUTCOME_COUNT] = {
		[OUTCOME_RETRY] = REASON_RETRY,
		[OUTCOME_DOWN] = REASON_PROVIDER_DOWN,
		[OUTCOME_FORBIDDEN] = REASON_CREDENTIALS,
		[OUTCOME_QUOTA] = REASON_QUOTA,
		[OUTCOME_UNCERTAIN] = REASON_BAD_ANSWER,
	};

	r->outcome = outcome;
	r->reason = outcome == OUTCOME_REFUSED ? reason : own[outcome];
	r->status = MESSAGE_QUEUED;
	if (outcome == OUTCOME_REFUSED)
		r->status = reason == REASON_REFUSED ? MESSAGE_UNSUBSCRIBED : MESSAGE_FAILED;
	if (!r->wait_seconds)
		r->wait_seconds = wait;
}

void single_id(char out[160], const char *id)
{
	size_t len = strlen(id);

	out[0] = '\0';
	if (len >= 160)
		return;
	for (size_t i = 0; i < len; i++) {
		if (id[i] <= ' ' || id[i] > '~')
			return;
	}
	memcpy(out, id, len + 1);
}

void single_sent(struct send_result *r, const char *id)
{
	*r = (struct send_result){ .outcome = OUTCOME_SENT };
	single_id(r->provider_id, id);
}
