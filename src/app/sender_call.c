/* Calls on the wire: written, begun, judged. */
#include <stdlib.h>

#include "crypt.h"
#include "mem.h"
#include "sender_private.h"
#include "unsubscribe.h"

struct call *call_new(struct office *o, struct errand *e, enum provider_name provider)
{
	struct call *c = mem_zalloc(1, sizeof(*c));

	c->office = o;
	c->errand = e;
	c->provider = provider;
	c->account = account_keep(o->carriers[provider].account);
	if (e)
		e->refs++;
	return c;
}

void call_free(struct call *c)
{
	account_drop(c->account);
	errand_drop(c->errand);
	arena_release(&c->arena);
	free(c);
}

static const struct provider_ops *ops_of(const struct call *c)
{
	return c->account->opened.account.ops;
}

/* --- what is written --- */

/* Where this person says stop to e-mails. */
static const char *unsubscribe_for(struct call *c, const struct message *m)
{
	const struct account *a = &c->account->opened.account;
	unsigned char mac[CRYPT_HASH_SIZE];
	struct strbuf token = STRBUF_INIT, url = STRBUF_INIT;
	const char *from = account_get(a, "reply_to"), *out;
	char ref[32];

	if (m->channel != CHANNEL_EMAIL)
		return "";
	provider_ref(m->id, ref);
	crypt_hmac(a->salt, strlen(a->salt), ref, strlen(ref), mac);
	crypt_hex(mac, 16, &token);
	if (!*c->office->unsubscribe ||
		!unsubscribe_url(c->office->unsubscribe, ref, token.buf, &url))
		unsubscribe_mailto(*from ? from : account_get(a, "from_address"), ref, &url);
	out = arena_strndup(&c->arena, url.buf, url.len);
	strbuf_release(&token);
	strbuf_release(&url);
	return out;
}

static bool write_to(struct call *c, const struct composed *text, size_t i, struct err *err)
{
	const struct message *m = &c->messages[i];
	const char **values = arena_alloc(&c->arena, TEMPLATE_VAR_COUNT * sizeof(*values));
	const char *unsubscribe = unsubscribe_for(c, m);

	if (!composer_values(
		    &c->errand->composer, text, m->vars, unsubscribe, &c->arena, values, err))
		return false;
	c->to[i] = (struct outgoing){
		.message_id = m->id,
		.to = m->address,
		.to_name = "",
		.values = values,
		.unsubscribe = unsubscribe,
		.ref = m->provider_id,
		.claimed_at = m->claimed_at,
	};
	return true;
}

/* Everything the provider needs of the batch. */
static bool fill(struct sender *sd, struct call *c, struct err *err)
{
	const struct composed *text =
		composer_find(&c->errand->composer, c->messages[0].content_id);
	size_t n = c->batch.count;

	if (!text)
		return err_set(err, ERR_NO_TEXT, c->errand->campaign.name, "%lld",
			(long long)c->messages[0].content_id);
	c->to = arena_zalloc(&c->arena, n, sizeof(*c->to));
	for (size_t i = 0; i < n; i++)
		if (!write_to(c, text, i, err))
			return false;
	c->batch = (struct batch){
		.channel = text->content.channel,
		.marketing = c->errand->terms.marketing,
		.post = c->errand->campaign.kind == CAMPAIGN_POST,
		.campaign_id = c->errand->campaign.id,
		.language = text->content.language,
		.sender = c->errand->campaign.sender,
		.media = text->content.media,
		.subject = &text->subject,
		.text = &text->text,
		.html = text->html.count ? &text->html : NULL,
		.to = c->to,
		.count = n,
		.now = sender_now(sd),
	};
	return true;
}

/* --- done --- */

static void done(struct sender *sd, struct call *c)
{
	if (!sd->done.len)
		sd->done_ms = sender_ms(sd);
	vec_push(&sd->done, c);
}

static void put_out(struct sender *sd, struct call *c)
{
	vec_push(&sd->out, c);
	atomic_store(&sd->n_out, (int)sd->out.len);
}

static void all_results(struct call *c, const struct send_result *r)
{
	for (size_t i = 0; i < c->batch.count; i++)
		c->results[i] = *r;
}

static void could_not_write(struct sender *sd, struct call *c, const struct err *err)
{
	struct send_result r = {
		.outcome = OUTCOME_REFUSED, .status = MESSAGE_FAILED, .reason = REASON_TEMPLATE
	};

	log_err(sd->options.log, LOG_ERROR, "message", err);
	snprintf(r.code, sizeof(r.code), "%s", err_name(err->code));
	all_results(c, &r);
	done(sd, c);
}

/* Takes out those that the provider cannot take; their results stand. Returns how
 * many go. */
static size_t take_out_unfit(struct call *c)
{
	const struct account *a = &c->account->opened.account;
	size_t kept = 0, n = c->batch.count, out = n;
	struct send_result why;

	if (!ops_of(c)->fits)
		return n;
	for (size_t i = 0; i < n; i++) {
		struct message m = c->messages[i];
		struct outgoing to = c->to[i];

		why = (struct send_result){ .outcome = OUTCOME_REFUSED };
		if (ops_of(c)->fits(a, &c->batch, i, &why)) {
			c->messages[kept] = m;
			c->to[kept++] = to;
			continue;
		}
		c->unfit[--out] = m;
		c->unfit_why[out] = why;
	}
	c->n_unfit = n - kept;
	c->first_unfit = out;
	c->batch.count = kept;
	return kept;
}

static void begin_request(struct sender *sd, struct call *c, struct err *err)
{
	struct wire_request req;

	wire_request_init(&req);
	if (!ops_of(c)->build(&c->account->opened.account, &c->batch, &req, err)) {
		wire_request_release(&req);
		could_not_write(sd, c, err);
		return;
	}
	if (!wire_send(sd->wire, &req, c, err)) {
		struct send_result r = { .outcome = OUTCOME_DOWN };

		all_results(c, &r);
		done(sd, c);
		return;
	}
	put_out(sd, c);
	sd->report.calls++;
}

static void begin_send(struct sender *sd, struct call *c)
{
	struct err err = ERR_INIT;
	size_t n = c->batch.count;

	c->results = arena_zalloc(&c->arena, n, sizeof(*c->results));
	c->unfit = arena_alloc(&c->arena, n * sizeof(*c->unfit));
	c->unfit_why = arena_alloc(&c->arena, n * sizeof(*c->unfit_why));
	if (!fill(sd, c, &err)) {
		could_not_write(sd, c, &err);
		return;
	}
	if (!take_out_unfit(c)) {
		done(sd, c);
		return;
	}
	if (!ops_of(c)->deliver) {
		begin_request(sd, c, &err);
		return;
	}
	if (!ops_of(c)->deliver(&c->account->opened.account, &c->batch, c->results, &err))
		could_not_write(sd, c, &err);
	else
		done(sd, c);
	sd->report.calls++;
}

void calls_begin(struct sender *sd)
{
	size_t begun = 0, left;

	while (begun < sd->ready.len && !round_lease_stale(sd))
		begin_send(sd, sd->ready.items[begun++]);
	left = sd->ready.len - begun;
	if (begun && left)
		memmove(sd->ready.items, sd->ready.items + begun, left * sizeof(*sd->ready.items));
	sd->ready.len = left;
}

/* --- tokens --- */

static void ask_token(struct sender *sd, struct office *o, enum provider_name name)
{
	struct call *c = call_new(o, NULL, name);
	const struct send_result down = { .outcome = OUTCOME_DOWN };
	struct wire_request req;
	struct err err = ERR_INIT;

	c->kind = CALL_TOKEN;
	wire_request_init(&req);
	if (ops_of(c)->token(&c->account->opened.account, &req, &err) &&
		wire_send(sd->wire, &req, c, &err)) {
		o->carriers[name].token_asked = true;
		put_out(sd, c);
		return;
	}
	log_err(sd->options.log, LOG_ERROR, "token", &err);
	o->carriers[name].changed |=
		breaker_result(&o->carriers[name].breaker, &down, sender_now(sd));
	wire_request_release(&req);
	call_free(c);
}

bool token_wanted(struct sender *sd, struct office *o, enum provider_name name)
{
	struct carrier *c = &o->carriers[name];
	const struct account *a = &c->account->opened.account;

	if (!a->ops->token || (*a->token && a->token_until > sender_now(sd)))
		return false;
	if (!c->token_asked)
		ask_token(sd, o, name);
	return true;
}

/* --- look-ups --- */

static struct call *new_lookup(struct office *o, struct errand *e, const struct message *m)
{
	struct call *c = call_new(o, e, (enum provider_name)m->provider);

	c->kind = CALL_LOOKUP;
	c->messages = arena_alloc(&c->arena, sizeof(*c->messages));
	c->messages[0] = *m;
	c->messages[0].address = arena_strdup(&c->arena, m->address);
	c->messages[0].vars = arena_strdup(&c->arena, m->vars);
	c->messages[0].provider_id = arena_strdup(&c->arena, m->provider_id);
	c->messages[0].code = "";
	c->batch.count = 1;
	return c;
}

struct call *call_lookup(
	struct sender *sd, struct office *o, const struct message *m, struct err *err)
{
	struct errand *e = errand_get(sd, m->company_id, m->campaign_id, err);
	struct wire_request req;
	struct call *c;

	if (!e)
		return NULL;
	c = new_lookup(o, e, m);
	errand_drop(e);
	wire_request_init(&req);
	if (ops_of(c)->look && fill(sd, c, err)) {
		c->answer = ops_of(c)->look(&c->account->opened.account, &c->batch, c->provider_id);
		vec_push(&sd->asked, m->id);
		done(sd, c);
		return c;
	}
	if (!fill(sd, c, err) ||
		!ops_of(c)->lookup(&c->account->opened.account, &c->batch, &req, err)) {
		wire_request_release(&req);
		call_free(c);
		return NULL;
	}
	if (!wire_send(sd->wire, &req, c, err)) {
		call_free(c);
		return NULL;
	}
	vec_push(&sd->asked, m->id);
	put_out(sd, c);
	return c;
}

int64_t call_price(const struct call *c, const struct message *m)
{
	return providers_price(&c->office->s, &c->account->opened.settings,
		       office_country(c->office, m->address)) *
	       m->parts;
}

/* --- what came back --- */

static void judge_token(struct sender *sd, struct call *c, const struct wire_answer *answer)
{
	struct send_result why = { .outcome = OUTCOME_DOWN };

	c->token_ok =
		ops_of(c)->token_read(&c->account->opened.account, answer, sender_now(sd), &why);
	c->results = arena_zalloc(&c->arena, 1, sizeof(*c->results));
	c->results[0] = why;
}

static void judge(struct sender *sd, struct call *c, const struct wire_answer *answer)
{
	const struct account *a = &c->account->opened.account;

	c->offline = answer->end == WIRE_NOT_SENT && answer->offline;
	switch (c->kind) {
	case CALL_SEND:
		ops_of(c)->read(a, &c->batch, answer, c->results);
		break;
	case CALL_TOKEN:
		judge_token(sd, c, answer);
		break;
	case CALL_LOOKUP:
		c->unasked = answer->end != WIRE_ANSWERED || answer->status / 100 != 2;
		c->answer = ops_of(c)->lookup_read(a, &c->batch, answer, c->provider_id);
		break;
	}
	if (answer->end != WIRE_ANSWERED)
		log_write(sd->options.log, LOG_WARN, "%s: %s", provider_name_word(c->provider),
			answer->detail);
}

static void take_out(struct sender *sd, const struct call *c)
{
	for (size_t i = 0; i < sd->out.len; i++)
		if (sd->out.items[i] == c) {
			sd->out.items[i] = sd->out.items[--sd->out.len];
			atomic_store(&sd->n_out, (int)sd->out.len);
			return;
		}
}

static void free_list(struct call **list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		call_free(list[i]);
}

void calls_free(struct sender *sd)
{
	free_list(sd->ready.items, sd->ready.len);
	free_list(sd->out.items, sd->out.len);
	free_list(sd->done.items, sd->done.len);
	free_list(sd->unsure.items, sd->unsure.len);
	sd->ready.len = sd->out.len = sd->done.len = sd->unsure.len = 0;
}

void calls_take(struct sender *sd)
{
	struct wire_answer answer;
	void *tag;

	while (wire_take(sd->wire, &tag, &answer)) {
		struct call *c = tag;

		take_out(sd, c);
		judge(sd, c, &answer);
		wire_answer_release(&answer);
		done(sd, c);
	}
}
