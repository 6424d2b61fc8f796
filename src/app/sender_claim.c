/*
 * What goes now: messages whose time has come, each asked once more whether it may,
 * given to the first provider that can take it, and marked before its first byte.
 */
#include <stdlib.h>

#include "db.h"
#include "sender_private.h"

#define LOOK_MOST 4000 /* messages looked at for one claim */
#define LOOK_PAST 500  /* that cannot go now, to find others behind them */

struct claim {
	struct sender *sd;
	struct errand *e;
	struct office *o;
	enum channel channel;
	int64_t now, now_ms;
	int64_t free_calls;
	/* why what was looked at waits: the one that ends first */
	struct route_answer wait;
	int64_t waiting, gone; /* of this look */
	int last_gone;	       /* its place in what was looked at */
	bool ended;	       /* the campaign was paused meanwhile */
};

/* --- one message, asked again --- */

static bool move(struct claim *cl, struct queued *q, enum message_status to,
	enum message_reason reason, int64_t due_at, struct err *err)
{
	bool moved;

	if (!store_message_move(cl->sd->s->db, &q->message, to, reason, due_at, cl->now, &moved,
		    &cl->sd->tally, err))
		return false;
	cl->sd->acted = true;
	cl->gone++;
	if (moved && to == MESSAGE_SKIPPED)
		cl->sd->report.skipped++;
	return true;
}

/* Past its time: it expires, or a person is asked. */
static bool too_late(struct claim *cl, struct queued *q, struct err *err)
{
	if (cl->e->campaign.late == LATE_ASK) {
		cl->ended = true;
		return errand_pause(cl->sd, cl->e, CAUSE_LATE, err);
	}
	return move(cl, q, MESSAGE_SKIPPED, REASON_EXPIRED, q->message.due_at, err);
}

/* *may is false once it has been moved elsewhere. */
static bool ask_again(struct claim *cl, struct queued *q, bool *may, struct err *err)
{
	struct message *m = &q->message;
	enum message_reason reason = REASON_NONE;
	int64_t at;

	*may = false;
	if (m->not_after < cl->now)
		return too_late(cl, q, err);
	if (m->customer_id)
		reason = audience_may(&q->person, &cl->e->terms, cl->channel);
	if (reason != REASON_NONE)
		return move(cl, q, MESSAGE_SKIPPED, reason, m->due_at, err);
	at = cl->e->terms.marketing && m->customer_id
		     ? calendar_next(&cl->o->calendar, cl->channel, q->person.time_zone, cl->now)
		     : cl->now;
	if (at > cl->now)
		return move(cl, q, MESSAGE_QUEUED, REASON_HOURS, at, err);
	*may = true;
	return true;
}

/* --- which provider --- */

static int64_t need_of(const struct message *m)
{
	return m->channel == CHANNEL_SMS ? m->parts : 1;
}

/* A provider that goes on with a step it began. */
static bool is_bound(const struct message *m, enum provider_name name)
{
	return !*m->provider_id || m->provider < 0 || m->provider == (int)name;
}

static bool ready_now(struct claim *cl, enum provider_name name)
{
	struct carrier *c = &cl->o->carriers[name];

	return c->account && !token_wanted(cl->sd, cl->o, name);
}

static struct route_answer choose(struct claim *cl, const struct queued *q, const char *country)
{
	bool abroad = cl->channel == CHANNEL_SMS && strcmp(country, cl->o->s.company.country);
	const enum provider_name *route = cl->o->route[cl->channel][abroad];
	struct route_candidate list[PROVIDER_COUNT];
	int n = cl->o->n_route[cl->channel][abroad];

	for (int i = 0; i < n; i++) {
		struct carrier *c = &cl->o->carriers[route[i]];

		list[i] = (struct route_candidate){
			.name = route[i],
			.active = c->account && is_bound(&q->message, route[i]),
			.named = true,
			.serves = c->account &&
				  provider_reaches(&c->account->opened.settings, country),
			.breaker = &c->breaker,
			.rate = &c->rate,
		};
	}
	return route_choose(
		list, n, &cl->o->channel_rates[cl->channel], need_of(&q->message), cl->now);
}

static enum provider_name chosen(
	const struct claim *cl, const char *country, const struct route_answer *answer)
{
	bool abroad = cl->channel == CHANNEL_SMS && strcmp(country, cl->o->s.company.country);

	return cl->o->route[cl->channel][abroad][answer->index];
}

/* --- a place in a call --- */

static size_t batch_most(const struct claim *cl, enum provider_name name)
{
	const struct desk_account *a = cl->o->carriers[name].account;
	size_t most = a->opened.account.ops->batch_max, wished = (size_t)a->opened.settings.batch;

	return wished && wished < most ? wished : most;
}

/* One that is being filled with the same text for the same provider. */
static struct call *open_call(
	struct claim *cl, const struct message *m, enum provider_name name, size_t most)
{
	for (size_t i = cl->sd->ready.len; i-- && most > 1;) {
		struct call *c = cl->sd->ready.items[i];

		if (c->errand == cl->e && c->provider == name &&
			c->messages[0].content_id == m->content_id && c->batch.count < most)
			return c;
	}
	return NULL;
}

static struct call *new_call(struct claim *cl, enum provider_name name, size_t most)
{
	struct carrier *carrier = &cl->o->carriers[name];
	struct call *c = call_new(cl->o, cl->e, name);

	c->messages = arena_alloc(&c->arena, most * sizeof(*c->messages));
	vec_push(&cl->sd->ready, c);
	breaker_begin(&carrier->breaker, cl->now);
	carrier->pace_calls -= 1000;
	/* What is delivered here and now takes its time: one at a time, so that a pause bites. */
	cl->free_calls = carrier->account->opened.account.ops->deliver ? 0 : cl->free_calls - 1;
	return c;
}

static void copy_texts(struct call *c, struct message *m)
{
	m->address = arena_strdup(&c->arena, m->address);
	m->vars = arena_strdup(&c->arena, m->vars);
	m->provider_id = arena_strdup(&c->arena, m->provider_id);
	m->code = "";
}

/* --- why it cannot go now --- */

static void note_wait(struct claim *cl, const struct route_answer *answer)
{
	int64_t until = answer->until ? answer->until : NEVER;
	int64_t known = cl->wait.until ? cl->wait.until : NEVER;

	if (!cl->waiting++ || until < known)
		cl->wait = *answer;
}

static bool over_budget(const struct claim *cl, const struct message *m, int64_t price)
{
	return cl->e->campaign.budget &&
	       cl->e->spent + price * need_of(m) > cl->e->campaign.budget * 100;
}

/* The rows and pauses of SMS, and calls a second: nothing is stored of so short a wait. */
static void pause_until(struct claim *cl, int64_t ms)
{
	if (ms < cl->sd->next_ms)
		cl->sd->next_ms = ms;
}

static bool paced(struct claim *cl, enum provider_name name)
{
	struct carrier *c = &cl->o->carriers[name];

	if (carrier_pace(c, cl->now_ms) >= 1)
		return false;
	pause_until(cl, cl->now_ms + 1000 / c->account->opened.account.ops->per_second);
	return true;
}

static bool sms_pauses(struct claim *cl)
{
	struct office *o = cl->o;

	if (cl->channel != CHANNEL_SMS || !o->sms_pause)
		return false;
	if (o->sms_row >= o->sms_batch) {
		o->sms_row = 0;
		o->sms_until_ms = cl->now_ms + o->sms_pause * 1000;
	}
	if (o->sms_until_ms <= cl->now_ms)
		return false;
	pause_until(cl, o->sms_until_ms);
	return true;
}

/* --- claiming --- */

/* *full: no call more can begin. */
static bool claim_for(struct claim *cl, struct queued *q, enum provider_name name, int64_t price,
	bool *full, struct err *err)
{
	struct message *m = &q->message;
	size_t most = batch_most(cl, name);
	struct call *c = open_call(cl, m, name, most);
	bool claimed;

	if (!c && (!cl->free_calls || paced(cl, name))) {
		*full = true;
		return true;
	}
	if (!store_queue_claim(cl->sd->s->db, m, name, cl->sd->lease.epoch, cl->now, &claimed,
		    &cl->sd->tally, err))
		return false;
	if (!claimed)
		return true;
	if (!c)
		c = new_call(cl, name, most);
	copy_texts(c, m);
	c->messages[c->batch.count++] = *m;
	office_use(cl->o, name, cl->channel, need_of(m), cl->now);
	cl->o->sms_row += cl->channel == CHANNEL_SMS;
	cl->e->spent += price * need_of(m);
	cl->sd->acted = true;
	cl->gone++;
	return true;
}

static bool claim_one(struct claim *cl, struct queued *q, bool *full, struct err *err)
{
	const char *country;
	struct route_answer answer;
	enum provider_name name;
	int64_t price;
	bool may;

	if (!ask_again(cl, q, &may, err))
		return false;
	if (!may)
		return true;
	country = office_country(cl->o, q->message.address);
	answer = choose(cl, q, country);
	if (answer.index < 0) {
		note_wait(cl, &answer);
		return true;
	}
	name = chosen(cl, country, &answer);
	if (!ready_now(cl, name)) {
		*full = true;
		return true;
	}
	price = providers_price(
		&cl->o->s, &cl->o->carriers[name].account->opened.settings, country);
	if (over_budget(cl, &q->message, price)) {
		cl->ended = true;
		return errand_pause(cl->sd, cl->e, CAUSE_BUDGET, err);
	}
	return claim_for(cl, q, name, price, full, err);
}

/* Those that wait and stood before others that went: they are looked at again when they
 * may go, and say why. */
static bool step_aside(struct claim *cl, struct queued *list, struct err *err)
{
	int64_t until = cl->wait.until && cl->wait.until > cl->now ? cl->wait.until : cl->now + 60;
	int moved = 0;

	for (int i = 0; i < cl->last_gone && moved < LOOK_PAST; i++) {
		if (list[i].message.status != MESSAGE_QUEUED || list[i].message.due_at > cl->now)
			continue;
		if (!move(cl, &list[i], MESSAGE_QUEUED, cl->wait.reason, until, err))
			return false;
		moved++;
	}
	return true;
}

static bool store_wait(struct claim *cl, struct err *err)
{
	struct campaign_wait wait = {
		.channel = cl->channel,
		.reason = cl->sd->offline && cl->wait.reason == REASON_PROVIDER_DOWN
				  ? REASON_OFFLINE
				  : cl->wait.reason,
		.provider = cl->wait.provider,
		.until = cl->wait.until,
		.since = cl->now,
	};

	cl->e->wait_until[cl->channel] = cl->wait.until ? cl->wait.until : cl->now + 60;
	cl->e->waits[cl->channel] = true;
	cl->sd->acted = true;
	return store_wait_put(cl->sd->s->db, cl->e->campaign.id, &wait, err);
}

static bool end_wait(struct claim *cl, struct err *err)
{
	if (!cl->e->waits[cl->channel])
		return true;
	cl->e->waits[cl->channel] = false;
	return store_wait_clear(cl->sd->s->db, cl->e->campaign.id, (int)cl->channel, err);
}

/* How many messages are worth looking at: as many as the free calls can carry. */
static int look_most(const struct claim *cl)
{
	size_t most = 1;
	int64_t n;

	for (int abroad = 0; abroad < 2; abroad++)
		for (int i = 0; i < cl->o->n_route[cl->channel][abroad]; i++) {
			enum provider_name name = cl->o->route[cl->channel][abroad][i];

			if (cl->o->carriers[name].account && batch_most(cl, name) > most)
				most = batch_most(cl, name);
		}
	n = cl->free_calls * (int64_t)most;
	return n < LOOK_MOST ? (int)n : LOOK_MOST;
}

static bool look(struct claim *cl, int most, bool *all, struct err *err)
{
	int64_t since =
		cl->e->terms.marketing && cl->e->terms.cap ? cl->now - cl->o->cap_seconds : 0;
	struct queued *list;
	bool full = false, ok;
	int n, seen = 0;

	cl->waiting = cl->gone = cl->last_gone = 0;
	cl->wait = (struct route_answer){ .index = -1, .provider = -1 };
	ok = store_queue_due(cl->sd->s->db, cl->e->campaign.id, cl->e->campaign.company_id,
		cl->channel, cl->now, since, most, &cl->sd->arena, &list, &n, err);
	while (ok && seen < n && !full && !cl->ended) {
		int64_t gone = cl->gone;

		ok = claim_one(cl, &list[seen], &full, err);
		if (cl->gone > gone)
			cl->last_gone = seen;
		seen++;
	}
	*all = n < most || full;
	if (!ok || cl->ended || (cl->gone && !step_aside(cl, list, err)))
		return ok && cl->ended;
	if (cl->waiting && (cl->gone || *all || most >= LOOK_MOST))
		return store_wait(cl, err);
	return !cl->gone || end_wait(cl, err);
}

static bool still_runs(struct claim *cl, bool *runs, struct err *err)
{
	enum campaign_status status;

	if (!store_campaign_status(cl->sd->s->db, cl->e->campaign.id, &status, err))
		return false;
	*runs = status == CAMPAIGN_RUNNING;
	if (!*runs)
		cl->e->going = false;
	return true;
}

static int64_t free_calls(const struct sender *sd)
{
	int64_t busy = (int64_t)sd->out.len + (int64_t)sd->ready.len;

	return busy < sd->options.connections ? sd->options.connections - busy : 0;
}

static bool claim_channel(
	struct sender *sd, struct errand *e, enum channel channel, struct err *err)
{
	struct claim cl = { .sd = sd,
		.e = e,
		.o = e->office,
		.channel = channel,
		.now = sender_now(sd),
		.now_ms = sender_ms(sd) };
	bool runs, all;

	cl.free_calls = free_calls(sd);
	if (!cl.free_calls || e->wait_until[channel] > cl.now || sms_pauses(&cl))
		return true;
	if (!still_runs(&cl, &runs, err))
		return false;
	if (!runs)
		return true;
	if (!look(&cl, look_most(&cl), &all, err))
		return false;
	/* All of them wait: perhaps not those behind. */
	return cl.ended || all || cl.gone || !cl.waiting || look(&cl, LOOK_MOST, &all, err);
}

static bool claim_errand(struct sender *sd, struct errand *e, struct err *err)
{
	bool ok = true;

	for (int c = 0; ok && e->going && c < CHANNEL_COUNT; c++)
		if (e->terms.channels & UINT32_C(1) << c)
			ok = claim_channel(sd, e, (enum channel)c, err);
	return ok;
}

/* A message to one person does not stand behind a campaign to all of them; the others take
 * turns, so that none waits until a larger one has ended. */
bool claim_all(struct sender *sd, struct err *err)
{
	size_t n = sd->errands.len;
	bool ok = true;

	sd->next_ms = NEVER;
	sd->turn++;
	for (int one = 1; one >= 0; one--)
		for (size_t i = 0; ok && i < n; i++) {
			struct errand *e = sd->errands.items[(sd->turn + i) % n];

			if ((e->campaign.kind == CAMPAIGN_ONE) == one)
				ok = claim_errand(sd, e, err);
		}
	return ok;
}

/* --- when --- */

static bool next_of(
	struct sender *sd, struct errand *e, enum channel channel, int64_t *at, struct err *err)
{
	if (!store_queue_next(sd->s->db, e->campaign.id, channel, at, err))
		return false;
	if (*at != NEVER && *at < e->wait_until[channel])
		*at = e->wait_until[channel];
	return true;
}

/* Nothing is queued. */
static bool may_complete(struct sender *sd, struct errand *e, int64_t *at, struct err *err)
{
	bool open;

	if (!store_messages_open(sd->s->db, e->campaign.id, &open, err))
		return false;
	if (!open)
		*at = 0;
	return true;
}

bool claim_next(struct sender *sd, int64_t *at, struct err *err)
{
	*at = NEVER;
	for (size_t i = 0; i < sd->errands.len; i++) {
		struct errand *e = sd->errands.items[i];
		bool any = false;

		for (int c = 0; e->going && c < CHANNEL_COUNT; c++) {
			int64_t due = NEVER;

			if (e->terms.channels & UINT32_C(1) << c &&
				!next_of(sd, e, (enum channel)c, &due, err))
				return false;
			any |= due != NEVER;
			if (due < *at)
				*at = due;
		}
		if (e->going && !any && e->refs == 1 && !may_complete(sd, e, at, err))
			return false;
	}
	return true;
}
