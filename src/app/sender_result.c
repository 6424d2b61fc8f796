/* What came back, written down. */
#include "db.h"
#include "retry.h"
#include "sender_private.h"
#include "store_consent.h"

static const char *outcome_word(enum send_outcome outcome)
{
	static const char *const words[SEND_OUTCOME_COUNT] = {
		[OUTCOME_SENT] = "SENT",
		[OUTCOME_REFUSED] = "REFUSED",
		[OUTCOME_RETRY] = "RETRY",
		[OUTCOME_DOWN] = "DOWN",
		[OUTCOME_FORBIDDEN] = "FORBIDDEN",
		[OUTCOME_QUOTA] = "QUOTA",
		[OUTCOME_UNCERTAIN] = "UNCERTAIN",
		[OUTCOME_MORE] = "MORE",
	};

	return words[outcome];
}

/* --- the provider's own state --- */

/* A token that was refused is asked for anew, once, before that is believed. */
static bool token_is_doubted(struct carrier *c, const struct send_result *r)
{
	struct account *a = &c->account->opened.account;

	if (r->outcome != OUTCOME_FORBIDDEN || !a->ops->token || c->token_doubted)
		return false;
	c->token_doubted = true;
	a->token[0] = '\0';
	a->token_until = 0;
	return true;
}

static void note_state(struct sender *sd, struct call *call, struct send_result *r)
{
	struct carrier *c = &call->office->carriers[call->provider];

	/* Its settings were changed meanwhile: what the old ones led to says nothing. */
	if (c->account != call->account)
		return;
	if (token_is_doubted(c, r))
		r->outcome = OUTCOME_MORE;
	if (r->outcome == OUTCOME_SENT)
		c->token_doubted = false;
	if (breaker_result(&c->breaker, r, sender_now(sd))) {
		c->changed = true;
		snprintf(c->code, sizeof(c->code), "%s", r->code);
		log_write(sd->options.log, LOG_WARN, "%s: %s %s",
			provider_name_word(call->provider), breaker_state_word(c->breaker.state),
			r->code);
	}
}

/* --- errors in a row --- */

static bool is_provider_error(const struct send_result *r)
{
	return r->outcome == OUTCOME_DOWN || r->outcome == OUTCOME_FORBIDDEN ||
	       r->outcome == OUTCOME_UNCERTAIN ||
	       (r->outcome == OUTCOME_REFUSED && r->reason == REASON_REJECTED) ||
	       (r->outcome == OUTCOME_RETRY && !retry_greylisted(r));
}

/* Somebody else of the channel could take it. */
static bool has_another(struct sender *sd, const struct call *call)
{
	struct office *o = call->office;
	enum channel channel = call->batch.channel;

	for (int abroad = 0; abroad < 2; abroad++)
		for (int i = 0; i < o->n_route[channel][abroad]; i++) {
			struct carrier *c = &o->carriers[o->route[channel][abroad][i]];

			if (o->route[channel][abroad][i] != call->provider && c->account &&
				breaker_may(&c->breaker, sender_now(sd)))
				return true;
		}
	return false;
}

static bool count_errors(
	struct sender *sd, struct call *c, const struct send_result *r, struct err *err)
{
	struct errand *e = c->errand;

	if (r->outcome == OUTCOME_SENT)
		e->errors = 0;
	if (!is_provider_error(r) || c->offline)
		return true;
	e->errors++;
	if (e->errors < c->office->pause_errors || !e->going)
		return true;
	if (r->outcome != OUTCOME_REFUSED && has_another(sd, c))
		return true;
	e->errors = 0;
	return errand_pause(sd, e, CAUSE_ERRORS, err);
}

/* --- one message --- */

/* Back into the queue: now for the next provider, or later. */
static void plan_again(struct sender *sd, const struct call *c, const struct message *m,
	const struct send_result *r, struct settled *out)
{
	int64_t now = sender_now(sd), wait = retry_wait(r, m->attempts, &sd->rng);

	*out = (struct settled){ .to = MESSAGE_QUEUED,
		.reason = REASON_RETRY,
		.due_at = now,
		.provider_id = r->provider_id,
		.code = r->code };
	switch (r->outcome) {
	case OUTCOME_MORE:
		out->reason = REASON_NONE;
		return;
	case OUTCOME_RETRY:
		if (wait == RETRY_NEVER) {
			out->to = MESSAGE_FAILED;
			out->reason = REASON_TOO_MANY_TRIES;
		} else {
			out->due_at = now + wait;
		}
		return;
	case OUTCOME_QUOTA:
		out->reason = REASON_QUOTA;
		return;
	case OUTCOME_FORBIDDEN:
		out->reason = REASON_CREDENTIALS;
		return;
	case OUTCOME_DOWN:
		out->reason = c->offline ? REASON_OFFLINE : REASON_PROVIDER_DOWN;
		/* The breaker decides how long; a first error may be a hiccup. */
		out->due_at =
			breaker_may(&c->office->carriers[c->provider].breaker, now) ? now + 1 : now;
		return;
	case OUTCOME_SENT:
	case OUTCOME_REFUSED:
	case OUTCOME_UNCERTAIN:
	case SEND_OUTCOME_COUNT:
		break;
	}
}

static void plan(struct sender *sd, const struct call *c, const struct message *m,
	const struct send_result *r, struct settled *out)
{
	*out = (struct settled){ .due_at = m->due_at,
		.provider_id = r->provider_id,
		.code = r->code,
		.reason = r->reason };
	if (r->outcome == OUTCOME_SENT) {
		out->to = MESSAGE_SENT;
		out->reason = REASON_NONE;
		out->cost = call_price(c, m);
	} else if (r->outcome == OUTCOME_REFUSED) {
		out->to = r->status;
	} else if (r->outcome == OUTCOME_UNCERTAIN) {
		out->to = MESSAGE_UNCERTAIN;
		if (r->reason == REASON_NONE)
			out->reason = REASON_NO_ANSWER;
		out->due_at = c->account->opened.account.ops->lookup
				      ? sender_now(sd) + c->office->lookup_seconds
				      : NEVER;
	} else {
		plan_again(sd, c, m, r, out);
	}
}

static bool note_attempt(struct sender *sd, const struct call *c, const struct message *m,
	const struct send_result *r, struct err *err)
{
	struct message_attempt attempt = { .at = sender_now(sd),
		.provider = (int)c->provider,
		.outcome = outcome_word(r->outcome),
		.reason = r->reason,
		.code = r->code,
		.actor = "" };

	if (r->outcome == OUTCOME_SENT && m->attempts == 1)
		return true;
	return store_attempt_add(sd->s->db, m->id, &attempt, err);
}

/* --- what it says of the person, and of the address --- */

static bool said_no(const struct send_result *r)
{
	return r->outcome == OUTCOME_REFUSED &&
	       (r->status == MESSAGE_UNSUBSCRIBED || r->status == MESSAGE_COMPLAINED);
}

/* Nobody has it. That a telephone has no WhatsApp says nothing of its SMS. */
static bool is_nobodys(const struct message *m, const struct send_result *r)
{
	return r->outcome == OUTCOME_REFUSED && r->status == MESSAGE_BOUNCED &&
	       r->reason == REASON_BAD_ADDRESS &&
	       (m->channel == CHANNEL_EMAIL || m->channel == CHANNEL_SMS);
}

static bool suppress(struct sender *sd, const struct message *m, const char *reason,
	struct tally *tally, struct err *err)
{
	struct suppression row = { .company_id = m->company_id,
		.kind = address_of_channel(m->channel),
		.value = m->address,
		.reason = reason,
		.at = sender_now(sd),
		.actor = sd->s->actor.login };
	bool added;

	return !*m->address || store_suppress(sd->s->db, &row, &added, tally, err);
}

static bool refuse(struct sender *sd, const struct call *c, const struct message *m,
	const struct send_result *r, struct tally *tally, struct err *err)
{
	struct consent_event event = CONSENT_EVENT_INIT;
	struct consent_outcome outcome;

	event.company_id = m->company_id;
	event.customer_id = m->customer_id;
	event.at = event.noted_at = sender_now(sd);
	event.refused = CONSENT_BIT(consent_of_channel(m->channel));
	event.source = r->status == MESSAGE_COMPLAINED ? SOURCE_COMPLAINT : SOURCE_REPLY;
	event.note = r->code;
	event.actor = provider_name_word(c->provider);
	return !m->customer_id || store_consent_add(sd->s->db, &event, &outcome, tally, err);
}

/* It holds for every campaign to come. */
static bool remember(struct sender *sd, const struct call *c, const struct message *m,
	const struct send_result *r, struct err *err)
{
	struct tally tally = TALLY_INIT;
	bool ok;

	if (said_no(r))
		ok = suppress(sd, m, SUPPRESSED_REFUSED, &tally, err) &&
		     refuse(sd, c, m, r, &tally, err);
	else if (is_nobodys(m, r))
		ok = suppress(sd, m, SUPPRESSED_BOUNCED, &tally, err);
	else
		return true;
	return ok && store_counter_apply(sd->s->db, m->company_id, &tally, err);
}

static void report(struct sender *sd, enum message_status to)
{
	if (to == MESSAGE_SENT)
		sd->report.sent++;
	else if (to == MESSAGE_UNCERTAIN)
		sd->report.uncertain++;
	else if (to != MESSAGE_QUEUED)
		sd->report.refused++;
}

bool requeued(struct sender *sd, const struct message *m, enum message_reason reason,
	int64_t due_at, struct err *err)
{
	struct message queued = *m;
	enum campaign_status status;
	bool moved;

	queued.status = MESSAGE_QUEUED;
	queued.reason = reason;
	if (!store_campaign_status(sd->s->db, m->campaign_id, &status, err))
		return false;
	return status != CAMPAIGN_CANCELLED ||
	       store_message_move(sd->s->db, &queued, MESSAGE_SKIPPED, REASON_CANCELLED, due_at,
		       sender_now(sd), &moved, &sd->tally, err);
}

static bool write_one(struct sender *sd, struct call *c, struct message *m,
	const struct send_result *r, struct err *err)
{
	struct settled what;
	bool settled;

	plan(sd, c, m, r, &what);
	if (!store_queue_settle(sd->s->db, m, &what, sender_now(sd), &settled, &sd->tally, err))
		return false;
	if (!settled)
		return true;
	sd->acted = true;
	if (what.to != MESSAGE_SENT && what.to != MESSAGE_UNCERTAIN)
		c->errand->spent -= call_price(c, m);
	report(sd, what.to);
	if (what.to == MESSAGE_QUEUED && !requeued(sd, m, what.reason, what.due_at, err))
		return false;
	return note_attempt(sd, c, m, r, err) && remember(sd, c, m, r, err);
}

/* --- a call --- */

/* What the call as a whole says of its provider: the worst that is not one message's. */
static struct send_result *verdict(struct call *c)
{
	for (size_t i = 0; i < c->batch.count; i++)
		if (c->results[i].outcome != OUTCOME_REFUSED)
			return &c->results[i];
	return &c->results[0];
}

static bool write_send(struct sender *sd, struct call *c, struct err *err)
{
	bool ok = true;

	if (c->batch.count && !c->noted) {
		struct send_result *r = verdict(c);
		enum send_outcome before = r->outcome;

		note_state(sd, c, r);
		if (before != r->outcome)
			for (size_t i = 0; i < c->batch.count; i++)
				if (c->results[i].outcome == before)
					c->results[i] = *r;
		sd->offline = c->offline;
		c->noted = true;
		ok = count_errors(sd, c, r, err);
	}
	for (size_t i = 0; ok && i < c->batch.count; i++)
		ok = write_one(sd, c, &c->messages[i], &c->results[i], err);
	for (size_t i = 0; ok && i < c->n_unfit; i++)
		ok = write_one(sd, c, &c->unfit[c->first_unfit + i],
			&c->unfit_why[c->first_unfit + i], err);
	return ok;
}

static void write_token(struct sender *sd, struct call *c)
{
	struct carrier *carrier = &c->office->carriers[c->provider];

	if (carrier->account != c->account || c->noted)
		return;
	c->noted = true;
	carrier->token_asked = false;
	sd->offline = c->offline;
	if (c->token_ok)
		return;
	/* Believed at once: there is no newer token to try. */
	carrier->token_doubted = true;
	note_state(sd, c, &c->results[0]);
}

bool results_write(struct sender *sd, bool held, struct err *err)
{
	bool ok = true;

	for (size_t i = 0; ok && i < sd->done.len; i++) {
		struct call *c = sd->done.items[i];

		switch (c->kind) {
		case CALL_SEND:
			ok = write_send(sd, c, err);
			break;
		case CALL_TOKEN:
			write_token(sd, c);
			break;
		case CALL_LOOKUP:
			ok = doubt_write(sd, c, held, err);
			break;
		}
	}
	return ok;
}

void results_free(struct sender *sd)
{
	for (size_t i = 0; i < sd->done.len; i++)
		call_free(sd->done.items[i]);
	sd->done.len = 0;
}
