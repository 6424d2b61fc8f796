/*
 * A company's account at a provider with its secrets open, for the one who sends.
 * One thread, the session's.
 */
#ifndef PROVIDERS_OPEN_H
#define PROVIDERS_OPEN_H

#include "arena.h"
#include "provider.h"
#include "provider_account.h"
#include "session.h"

/* An account with its secrets open; everything in it lives until it is released. */
struct provider_opened {
	struct account account;		  /* for the provider's functions */
	struct provider_account settings; /* limits, state; without its secrets */
	struct arena arena;
	char *memory; /* the opened secrets */
	size_t size;
};

/*
 * *Owned*: release it. Not inside a transaction. ERR_DEMO_SENDS for all but FILE in a
 * demonstration; ERR_PROVIDER_UNSET when it is not set up (FILE in a demonstration is by
 * itself) or switched off; ERR_PROVIDER_NEEDS; what secrets_open says. A folder that was
 * not named is "outbox" in PATH_EXCHANGE, and is made.
 */
bool providers_open(struct session *s, enum provider_name name, struct provider_opened *out,
	struct err *err) MUST_USE;
/* Wipes it. Zeroed is allowed. */
void provider_opened_release(struct provider_opened *o);

#endif
