#include "breaker.h"

#include <limits.h>
#include <string.h>

#include "retry.h"

/* While a call tries whether it is back: when to look again. */
#define LOOK_AGAIN_SECONDS 5

static const struct word states[BREAKER_STATE_COUNT] = {
	/* TRANSLATORS: state of a provider: it works */
	[BREAKER_UP] = { "UP", N_("Working") },
	/* TRANSLATORS: state of a provider */
	[BREAKER_RESTING] = { "RESTING", N_("Resting after errors") },
	/* TRANSLATORS: state of a provider */
	[BREAKER_REFUSING] = { "REFUSING", N_("Refuses the account") },
	/* TRANSLATORS: state of a provider: it takes no more for now */
	[BREAKER_FULL] = { "FULL", N_("At its limit") },
};

WORD_FUNCTIONS(breaker_state, states)

/* A clock that was put back must not make a wait longer than it can be. */
static void settle(struct breaker *b, int64_t now)
{
	int64_t longest = b->state == BREAKER_FULL ? RETRY_HINT_SECONDS : BREAKER_REST_LONGEST;

	if (b->until > now + longest)
		b->until = now + longest;
	if (b->probe_at > now || b->probe_at <= now - BREAKER_PROBE_SECONDS)
		b->probe_at = 0;
}

int64_t breaker_until(struct breaker *b, int64_t now)
{
	settle(b, now);
	if (b->state == BREAKER_UP)
		return now;
	if (b->state == BREAKER_REFUSING)
		return INT64_MAX;
	if (b->until > now)
		return b->until;
	return b->probe_at ? now + LOOK_AGAIN_SECONDS : now;
}

bool breaker_may(struct breaker *b, int64_t now)
{
	return breaker_until(b, now) == now;
}

void breaker_begin(struct breaker *b, int64_t now)
{
	if (b->state != BREAKER_UP)
		b->probe_at = now;
}

static void error(struct breaker *b, int64_t now)
{
	bool probe = b->probe_at != 0;

	/* Others that were out when it began to rest say nothing new. */
	if (b->state == BREAKER_REFUSING || (b->state != BREAKER_UP && !probe))
		return;
	b->probe_at = 0;
	if (b->errors < INT_MAX)
		b->errors++;
	if (b->errors < BREAKER_ERRORS && !probe)
		return;
	if (b->errors < BREAKER_ERRORS)
		b->errors = BREAKER_ERRORS;
	b->state = BREAKER_RESTING;
	b->until = now + retry_doubled(BREAKER_REST_SECONDS, b->errors - BREAKER_ERRORS + 1,
				 BREAKER_REST_LONGEST);
}

static void full(struct breaker *b, int64_t hint, int64_t now)
{
	int64_t wait = retry_hint(hint);

	if (b->state == BREAKER_REFUSING)
		return;
	if (b->state != BREAKER_FULL || b->probe_at) {
		if (b->fulls < INT_MAX)
			b->fulls++;
		b->until = 0;
	}
	if (!wait)
		wait = retry_doubled(BREAKER_FULL_SECONDS, b->fulls, BREAKER_FULL_LONGEST);
	b->state = BREAKER_FULL;
	b->probe_at = 0;
	b->errors = 0;
	if (b->until < now + wait)
		b->until = now + wait;
}

bool breaker_result(struct breaker *b, const struct send_result *r, int64_t now)
{
	enum breaker_state state = b->state;
	int64_t until = b->until;

	settle(b, now);
	if (r->outcome == OUTCOME_DOWN || r->outcome == OUTCOME_UNCERTAIN) {
		error(b, now);
	} else if (r->outcome == OUTCOME_QUOTA) {
		full(b, r->wait_seconds, now);
	} else if (r->outcome == OUTCOME_FORBIDDEN) {
		memset(b, 0, sizeof(*b));
		b->state = BREAKER_REFUSING;
	} else if (b->state == BREAKER_UP || b->state == BREAKER_RESTING || b->probe_at) {
		/* It answers. Of what was out before it refused or was full, that
		 * proves nothing. */
		memset(b, 0, sizeof(*b));
	}
	return b->state != state || b->until != until;
}

void breaker_reset(struct breaker *b)
{
	memset(b, 0, sizeof(*b));
}
