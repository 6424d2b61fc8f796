/*
 * Any answer to every provider: what it is, a line "answered 202", "lost 0" or
 * "unsent 0", then headers (SMTP: replies), an empty line, the body.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "provider.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define NOW INT64_C(1795341600)
#define COUNT 3

/* Not assert: it must hold in every build. */
static void must(bool holds, const char *what, const struct provider_ops *ops)
{
	if (holds)
		return;
	fprintf(stderr, "%s: %s\n", provider_name_word(ops->name), what);
	abort();
}

static size_t line_end(const uint8_t *data, size_t size, size_t at)
{
	const uint8_t *end = memchr(data + at, '\n', size - at);

	return end ? (size_t)(end - data) : size;
}

static void read_first(const uint8_t *data, size_t len, struct wire_answer *a)
{
	long status = 0;

	a->end = WIRE_ANSWERED;
	if (len && data[0] == 'l')
		a->end = WIRE_UNKNOWN;
	else if (len && data[0] == 'u')
		a->end = WIRE_NOT_SENT;
	a->offline = len > 1 && data[1] == 'N';
	a->untrusted = len > 1 && data[1] == 'T';
	for (size_t i = 0; i < len && status < 100000; i++)
		if (data[i] >= '0' && data[i] <= '9')
			status = status * 10 + (data[i] - '0');
	a->status = status;
	a->wait_seconds = len && data[len - 1] == '!' ? INT64_MAX : 0;
}

static void read_input(const uint8_t *data, size_t size, struct wire_answer *a)
{
	size_t end = line_end(data, size, 0), at = end < size ? end + 1 : size;

	read_first(data, end, a);
	while (at < size) {
		end = line_end(data, size, at);
		if (end == at)
			break;
		/* A reader of lines ends each at a NUL, too. */
		for (size_t i = at; i < end && data[i]; i++)
			strbuf_addc(&a->lines, (char)data[i]);
		strbuf_addc(&a->lines, '\n');
		at = end < size ? end + 1 : size;
	}
	if (at < size)
		strbuf_add(&a->body, data + at + 1, size - at - 1);
}

static void check_result(
	const struct provider_ops *ops, const struct wire_answer *a, const struct send_result *r)
{
	bool left = r->outcome == OUTCOME_SENT || r->outcome == OUTCOME_MORE;
	bool refused = r->status == MESSAGE_BOUNCED || r->status == MESSAGE_FAILED ||
		       r->status == MESSAGE_UNSUBSCRIBED || r->status == MESSAGE_COMPLAINED;
	bool http = ops->name != PROVIDER_SMTP;

	must((unsigned)r->outcome < SEND_OUTCOME_COUNT, "no outcome", ops);
	must((unsigned)r->reason < MESSAGE_REASON_COUNT, "no reason", ops);
	must(memchr(r->code, 0, sizeof(r->code)), "the code has no end", ops);
	must(memchr(r->provider_id, 0, sizeof(r->provider_id)), "the id has no end", ops);
	must(r->wait_seconds >= 0 && r->wait_seconds <= 7 * 86400, "no wait", ops);
	must(r->outcome != OUTCOME_REFUSED || refused, "refused without a status", ops);
	must(r->outcome == OUTCOME_SENT || r->outcome == OUTCOME_MORE || r->reason,
		"no reason why not", ops);
	must(r->outcome != OUTCOME_MORE || *r->provider_id, "more of nothing", ops);
	if (a->end == WIRE_NOT_SENT)
		must(!left && r->outcome != OUTCOME_UNCERTAIN, "sent what did not leave", ops);
	if (a->end == WIRE_UNKNOWN && http)
		must(r->outcome == OUTCOME_UNCERTAIN, "certain of what was lost", ops);
	if (a->end == WIRE_ANSWERED && http && a->status >= 300)
		must(!left, "sent what was turned away", ops);
}

/* Every answer of a send of up to COUNT messages, and of a post where there are any. */
static void check_read(const struct account *a, struct batch b, const struct wire_answer *answer)
{
	const struct provider_ops *ops = a->ops;
	struct send_result results[COUNT];

	if (!ops->read)
		return;
	b.count = ops->batch_max < COUNT ? ops->batch_max : COUNT;
	for (int post = 0; post < 2; post++) {
		b.post = post;
		memset(results, 0x5a, sizeof(results));
		ops->read(a, &b, answer, results);
		for (size_t i = 0; i < b.count; i++)
			check_result(ops, answer, &results[i]);
	}
}

static void check_lookup(
	const struct account *a, const struct batch *b, const struct wire_answer *answer)
{
	const struct provider_ops *ops = a->ops;
	enum lookup_answer found;
	char id[160];

	if (!ops->lookup_read)
		return;
	memset(id, 0x5a, sizeof(id));
	found = ops->lookup_read(a, b, answer, id);
	must((unsigned)found <= LOOKUP_NEVER_ARRIVED, "no answer to a look-up", ops);
	must(memchr(id, 0, sizeof(id)), "the id has no end", ops);
	must(answer->end == WIRE_ANSWERED || found == LOOKUP_UNKNOWN, "found in nothing", ops);
}

static void check_token(struct account *a, const struct wire_answer *answer)
{
	const struct provider_ops *ops = a->ops;
	struct send_result why;

	if (!ops->token_read)
		return;
	memset(&why, 0x5a, sizeof(why));
	if (ops->token_read(a, answer, NOW, &why)) {
		must(*a->token && memchr(a->token, 0, sizeof(a->token)), "no token", ops);
		must(a->token_until > NOW, "a token that is over", ops);
		must(answer->end == WIRE_ANSWERED, "a token out of nothing", ops);
		return;
	}
	must(why.outcome == OUTCOME_FORBIDDEN || why.outcome == OUTCOME_QUOTA ||
			why.outcome == OUTCOME_DOWN || why.outcome == OUTCOME_RETRY,
		"a token was a message", ops);
	must(memchr(why.code, 0, sizeof(why.code)), "the code has no end", ops);
}

static void check_provider(const struct provider_ops *ops, const struct wire_answer *answer)
{
	static const struct template_piece pieces[] = { { "Bonjour ", 8, -1 },
		{ "", 0, VAR_PRENOM } };
	static const struct template text = { pieces, 2, 1u << VAR_PRENOM };
	static const char *const values[TEMPLATE_VAR_COUNT] = { [VAR_PRENOM] = "Awa" };
	static const struct outgoing to[COUNT] = {
		{ 7, "+22670000000", "Awa", values, "", "ref", NOW },
		{ 8, "bo@example.org", "", values, "", "ref", NOW },
		{ 9, "22670000000", "", values, "", "ref", NOW },
	};
	struct account a = { .ops = ops, .salt = "salt" };
	struct batch b = { .marketing = true,
		.campaign_id = 9,
		.language = "fr",
		.sender = "",
		.media = "",
		.subject = &text,
		.text = &text,
		.to = to,
		.count = 1,
		.now = NOW };

	for (int i = 0; i < PROVIDER_FIELDS; i++)
		a.values[i] = "";
	for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
		b.channel = (enum channel)channel;
		if (provider_serves(ops->name, b.channel)) {
			check_read(&a, b, answer);
			check_lookup(&a, &b, answer);
		}
	}
	check_token(&a, answer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct wire_answer answer = { .end = WIRE_ANSWERED };

	strbuf_init(&answer.body, WIRE_BODY_MAX);
	strbuf_init(&answer.lines, WIRE_BODY_MAX);
	read_input(data, size, &answer);
	for (int name = 0; name < PROVIDER_COUNT; name++)
		check_provider(provider_ops((enum provider_name)name), &answer);
	strbuf_release(&answer.body);
	strbuf_release(&answer.lines);
	return 0;
}
