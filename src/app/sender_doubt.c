/* Messages whose answer was lost: what an earlier sender left, and asking providers. */
#include "db.h"
#include "sender_private.h"
#include "store_message.h"

#define SLICE 500
#define ASK_MOST 16 /* look-ups on their way */
#define LOOKUPS_MOST 5
#define LATER_SECONDS 600  /* a message that did not arrive by then will not */
#define NO_WORD_SECONDS 30 /* the first wait for a provider that does not say anything */
#define NO_WORD_LONGEST 3600
#define NO_WORD_END 604800 /* then it is for a person */

static bool inherit_slice(struct sender *sd, bool known_dead, bool *more, struct err *err)
{
	enum message_reason reason = known_dead ? REASON_CRASHED : REASON_NO_ANSWER;
	struct message *list;
	bool moved, held, ok;
	int n = 0;

	arena_clear(&sd->arena);
	if (!db_write(sd->s->db, err))
		return false;
	ok = lease_renew(sd->s, &sd->lease, &held, err) &&
	     (!held || store_queue_sending(sd->s->db, SLICE, &sd->arena, &list, &n, err));
	for (int i = 0; ok && i < n; i++) {
		int64_t ask = sender_now(sd);

		ok = store_queue_lost(sd->s->db, &list[i], reason, ask, &moved, &sd->tally, err);
		sd->report.uncertain += ok && moved;
	}
	ok = ok && store_campaign_count(sd->s->db, &sd->tally, err) && db_commit(sd->s->db, err);
	db_rollback(sd->s->db);
	*more = n == SLICE;
	if (ok && !held)
		sd->lease.epoch = 0;
	return ok;
}

bool doubts_inherit(struct sender *sd, bool known_dead, struct err *err)
{
	bool more = true;

	while (more)
		if (!inherit_slice(sd, known_dead, &more, err))
			return false;
	return true;
}

/* --- asking --- */

static bool ask_at(struct sender *sd, int64_t id, int64_t at, struct err *err)
{
	bool ok = db_write(sd->s->db, err) && store_queue_doubt_again(sd->s->db, id, at, err) &&
		  db_commit(sd->s->db, err);

	db_rollback(sd->s->db);
	return ok;
}

/* When to ask one that could not be asked now: later and later. */
static int64_t when_reached(struct sender *sd, const struct message *m)
{
	int64_t now = sender_now(sd), age = now - m->claimed_at, wait = age / 4;

	if (age > NO_WORD_END)
		return NEVER;
	if (wait < NO_WORD_SECONDS)
		wait = NO_WORD_SECONDS;
	return now + (wait < NO_WORD_LONGEST ? wait : NO_WORD_LONGEST);
}

static bool can_ask(const struct provider_ops *ops)
{
	return ops->look || ops->lookup;
}

/* The campaign's texts may be needed to compare. One that ended is opened for this. */
static bool begin_lookup(struct sender *sd, const struct message *m, struct err *err)
{
	struct office *o = office_of(sd, m->company_id, err);
	struct carrier *carrier;
	struct err why = ERR_INIT;
	struct call *c;

	if (!o)
		return false;
	if (m->provider < 0 || !can_ask(provider_ops((enum provider_name)m->provider)))
		return ask_at(sd, m->id, NEVER, err);
	carrier = &o->carriers[m->provider];
	/* Its key is not at hand, or it is not spoken to. */
	if (!carrier->account || !breaker_may(&carrier->breaker, sender_now(sd)))
		return ask_at(sd, m->id, when_reached(sd, m), err);
	if (token_wanted(sd, o, (enum provider_name)m->provider))
		return true;
	c = call_lookup(sd, o, m, &why);
	if (c)
		return true;
	log_err(sd->options.log, LOG_WARN, "look-up", &why);
	return ask_at(sd, m->id, NEVER, err);
}

static bool is_asked(const struct sender *sd, int64_t id)
{
	for (size_t i = 0; i < sd->asked.len; i++)
		if (sd->asked.items[i] == id)
			return true;
	return false;
}

bool doubts_ask(struct sender *sd, struct err *err)
{
	struct message m;
	int64_t *ids;
	int n;

	arena_clear(&sd->arena);
	if (sd->asked.len >= ASK_MOST)
		return true;
	if (!store_queue_doubts(sd->s->db, sender_now(sd), 2 * ASK_MOST, &sd->arena, &ids, &n, err))
		return false;
	for (int i = 0; i < n && sd->asked.len < ASK_MOST; i++) {
		if (is_asked(sd, ids[i]))
			continue;
		if (!store_message_get(sd->s->db, ids[i], &sd->arena, &m, err) ||
			!begin_lookup(sd, &m, err))
			return false;
	}
	return true;
}

bool doubts_next(struct sender *sd, int64_t *at, struct err *err)
{
	return store_queue_next_doubt(sd->s->db, at, err);
}

/* --- the answer --- */

static void forget_asked(struct sender *sd, int64_t id)
{
	for (size_t i = 0; i < sd->asked.len; i++)
		if (sd->asked.items[i] == id) {
			sd->asked.items[i] = sd->asked.items[--sd->asked.len];
			return;
		}
}

static bool note_lookup(struct sender *sd, const struct call *c, struct err *err)
{
	static const char *const words[] = {
		[LOOKUP_UNKNOWN] = "UNKNOWN",
		[LOOKUP_SENT] = "FOUND",
		[LOOKUP_NEVER_ARRIVED] = "NOT_FOUND",
	};
	struct message_attempt attempt = { .at = sender_now(sd),
		.provider = (int)c->provider,
		.outcome = "LOOKUP",
		.code = words[c->answer],
		.actor = "" };

	return store_attempt_add(sd->s->db, c->messages[0].id, &attempt, err);
}

/* A sender known to be dead can write nothing more; else the message may still be on a
 * line that hangs, until long after. */
static int64_t arrives_until(const struct call *c, const struct message *m)
{
	return m->claimed_at +
	       (m->reason == REASON_CRASHED ? 2 * c->office->lookup_seconds : LATER_SECONDS);
}

static bool will_not_arrive(
	struct sender *sd, const struct call *c, const struct message *m, int64_t asked)
{
	return m->provider == PROVIDER_FILE ||
	       (asked >= 2 && sender_now(sd) >= arrives_until(c, m));
}

/* Later and later; the last time when one that was not found can be believed gone. */
static int64_t ask_next(
	struct sender *sd, const struct call *c, const struct message *m, int64_t asked)
{
	int64_t seconds = c->office->lookup_seconds, now = sender_now(sd);
	int64_t until = arrives_until(c, m), at;

	/* A person may have had it asked more often. */
	if (asked > LOOKUPS_MOST)
		asked = LOOKUPS_MOST;
	at = now + (seconds ? seconds << (asked - 1) : 1);
	if (asked < LOOKUPS_MOST - 1)
		return at;
	if (c->answer == LOOKUP_NEVER_ARRIVED)
		return until > now ? until : at;
	return asked < LOOKUPS_MOST ? at : NEVER;
}

/* It is still the doubt that was asked about: nobody decided, or sent it again. */
static bool still_in_doubt(struct sender *sd, const struct message *m, bool *doubt, struct err *err)
{
	struct message now;

	if (!store_message_get(sd->s->db, m->id, &sd->arena, &now, err))
		return false;
	*doubt = now.status == MESSAGE_UNCERTAIN && now.epoch == m->epoch &&
		 now.attempts == m->attempts;
	return true;
}

bool doubt_write(struct sender *sd, struct call *c, bool held, struct err *err)
{
	struct message asked_of = c->messages[0], *m = &asked_of;
	int64_t now = sender_now(sd), asked;
	bool moved = false, doubt;

	forget_asked(sd, m->id);
	/* Without the lease it is the other one's to ask, and to send again. */
	if (!held)
		return true;
	if (!still_in_doubt(sd, m, &doubt, err))
		return false;
	if (!doubt)
		return true;
	sd->acted = true;
	if (c->unasked)
		return store_queue_doubt_again(sd->s->db, m->id, when_reached(sd, m), err);
	if (!note_lookup(sd, c, err) ||
		!store_queue_lookups(sd->s->db, m->id, m->claimed_at, &asked, err))
		return false;
	if (c->answer == LOOKUP_SENT) {
		struct settled what = { .to = MESSAGE_SENT,
			.reason = REASON_NONE,
			.due_at = m->due_at,
			.provider_id = c->provider_id,
			.code = "",
			.cost = call_price(c, m) };

		sd->report.sent++;
		return store_queue_settle(sd->s->db, m, &what, now, &moved, &sd->tally, err);
	}
	if (c->answer == LOOKUP_NEVER_ARRIVED && will_not_arrive(sd, c, m, asked))
		return store_message_move(sd->s->db, m, MESSAGE_QUEUED, REASON_RETRY, now, now,
			       &moved, &sd->tally, err) &&
		       (!moved || requeued(sd, m, REASON_RETRY, now, err));
	return store_queue_doubt_again(sd->s->db, m->id, ask_next(sd, c, m, asked), err);
}
