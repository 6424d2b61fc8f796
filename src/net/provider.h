/*
 * What each provider must be able to do: make a request of some messages, and say
 * from the answer what became of each. Both are plain functions over memory: the
 * sender moves the bytes (wire.h), keeps tokens fresh and writes results down. One
 * provider_*.c each, one row in the table. Any thread.
 *
 * The contracts are each provider's published API, as named in its file.
 */
#ifndef PROVIDER_H
#define PROVIDER_H

#include "message.h"
#include "provider_field.h"
#include "template.h"
#include "wire.h"

/* A company's account at a provider, settings in the order of its fields. */
struct account {
	const struct provider_ops *ops;
	const char *values[PROVIDER_FIELDS]; /* "" none; never NULL */
	char token[2048];		     /* of those that need one; "" none */
	int64_t token_until;		     /* UTC seconds at which to ask for a new one */
	const char *salt;		     /* the store's, for refs that cannot be guessed */
};

/* The value of a field by its key, or its initial value; "" if there is neither. */
const char *account_get(const struct account *a, const char *key);

/* One recipient of a send. */
struct outgoing {
	int64_t message_id;
	const char *to;		   /* as the provider wants to be told: e-mail, +E.164, user id */
	const char *to_name;	   /* "" none */
	const char *const *values; /* TEMPLATE_VAR_COUNT of them */
	const char *unsubscribe;   /* one-click URL of this message; "" none */
	const char *ref;	   /* provider_id of the first step; "" */
	int64_t claimed_at;	   /* for look-ups */
};

/* Messages of one campaign and one content, for one call. */
struct batch {
	enum channel channel;
	bool marketing;
	bool post; /* on the page itself, to nobody in particular */
	int64_t campaign_id;
	const char *language;			      /* "fr" */
	const char *sender;			      /* the campaign's own; "" the account's */
	const char *media;			      /* "" none */
	const struct template *subject, *text, *html; /* html NULL: none */
	const struct outgoing *to;
	size_t count; /* 1 to batch_max */
	int64_t now;
};

/* NEVER_ARRIVED: the provider lists what it has, and this is not among it. The sender asks
 * more than once, some time apart, before it believes that. */
enum lookup_answer { LOOKUP_UNKNOWN, LOOKUP_SENT, LOOKUP_NEVER_ARRIVED };

struct provider_ops {
	enum provider_name name;
	const struct provider_field *fields; /* ended by key NULL */
	size_t batch_max;
	int per_second;	  /* calls; 0 no limit of its own */
	const char *help; /* N_(): where to find what the fields ask for */

	/* Where a token is needed: the request for one, and what came back. A token may die
	 * before its time: on FORBIDDEN from a provider with `token`, the sender asks for a
	 * new one and tries that message once more, before it believes it. */
	bool (*token)(const struct account *a, struct wire_request *req, struct err *err);
	/* Sets a->token and token_until; else *why says what is the matter. */
	bool (*token_read)(struct account *a, const struct wire_answer *answer, int64_t now,
		struct send_result *why);

	/* Whether b->to[i] can be written within what the provider takes; else *why is its
	 * result, REFUSED. To be asked of each before `build`; NULL: all can. */
	bool (*fits)(
		const struct account *a, const struct batch *b, size_t i, struct send_result *why);
	/* Fills `req`. false: the batch cannot be written (err says why); nothing left. */
	bool (*build)(const struct account *a, const struct batch *b, struct wire_request *req,
		struct err *err);
	/* results[i] for b->to[i]. Whatever the answer holds. Once a first step is done
	 * (MORE), the provider_id of whatever comes until SENT is the `ref` to go on with;
	 * "": begin again. */
	void (*read)(const struct account *a, const struct batch *b,
		const struct wire_answer *answer, struct send_result *results);

	/* Instead of build and read: delivers here and now. */
	bool (*deliver)(const struct account *a, const struct batch *b, struct send_result *results,
		struct err *err);
	/* And what became of b->to[0] of a delivery that was broken off: asked here and now. */
	enum lookup_answer (*look)(
		const struct account *a, const struct batch *b, char provider_id[160]);

	/* What became of one message whose answer was lost; NULL, or false: it cannot be
	 * asked. Of one that never arrived, provider_id is its `ref` as above. */
	bool (*lookup)(const struct account *a, const struct batch *b, struct wire_request *req,
		struct err *err);
	enum lookup_answer (*lookup_read)(const struct account *a, const struct batch *b,
		const struct wire_answer *answer, char provider_id[160]);
};

/* Never NULL. */
const struct provider_ops *provider_ops(enum provider_name name);

/* What every HTTP provider's answer means before it is looked into: NOT_SENT is DOWN,
 * UNKNOWN is UNCERTAIN, 429 QUOTA with its hint, 401, 403, 307 and 308 (not taken, by RFC
 * 9110, and the address is wrong) FORBIDDEN, 408 UNCERTAIN, 503 with a hint DOWN, other
 * 4xx REFUSED as FAILED/REJECTED. 5xx: UNCERTAIN unless `own_error` (the provider's own
 * error body was found): then RETRY. `code` is the status. true when it says all there is
 * to say; false, as SENT, for 2xx, to be looked into. */
bool provider_judge(const struct wire_answer *answer, bool own_error, struct send_result *out);

/* The id by which we know a message, "m-123", and back; 0 if it is none of ours. */
void provider_ref(int64_t message_id, char out[32]);
int64_t provider_unref(const char *ref);

#endif
