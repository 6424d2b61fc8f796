/*
 * Whether a provider is spoken to. After BREAKER_ERRORS errors in a row it rests, longer
 * each time; then one call tries whether it is back. One that is full waits for what it
 * says, and one that refuses the account until somebody acts. A value; one thread at a
 * time. Instants are UTC seconds.
 */
#ifndef BREAKER_H
#define BREAKER_H

#include "message.h"

enum breaker_state {
	BREAKER_UP,
	BREAKER_RESTING,  /* after errors */
	BREAKER_REFUSING, /* the credentials or the account */
	BREAKER_FULL,	  /* it has had enough for now */
	BREAKER_STATE_COUNT
};

const char *breaker_state_word(enum breaker_state v);
const char *breaker_state_label(enum breaker_state v);
bool breaker_state_parse(const char *s, enum breaker_state *v) MUST_USE;

#define BREAKER_ERRORS 5
#define BREAKER_REST_SECONDS 30
#define BREAKER_REST_LONGEST 900
#define BREAKER_FULL_SECONDS 300
#define BREAKER_FULL_LONGEST 3600
#define BREAKER_PROBE_SECONDS 600 /* a call without a result after this is forgotten */

/* Zero is up. `state`, `until` and `errors` are what is stored. */
struct breaker {
	enum breaker_state state;
	int64_t until;	  /* of RESTING and FULL */
	int errors;	  /* DOWN and UNCERTAIN in a row; the length of a rest follows */
	int fulls;	  /* QUOTA in a row */
	int64_t probe_at; /* a call is out that tries whether it is back; 0 none */
};

/* A call may begin now. */
bool breaker_may(struct breaker *b, int64_t now) MUST_USE;
/* The first instant from `now` on at which one may, as far as can be said; INT64_MAX
 * when somebody has to act first. */
int64_t breaker_until(struct breaker *b, int64_t now) MUST_USE;
/* A call begins. */
void breaker_begin(struct breaker *b, int64_t now);
/* What came back, once for a call; true if the state or its end changed. */
bool breaker_result(struct breaker *b, const struct send_result *r, int64_t now);
/* Somebody acted: new settings, a test that went well. */
void breaker_reset(struct breaker *b);

#endif
