/*
 * A company's account at a provider as the store keeps it: settings, limits,
 * countries, prices, and how the provider was last. Secrets are here only as sealed
 * bytes. Texts are never NULL and *borrowed*. Pure; any thread.
 */
#ifndef PROVIDER_ACCOUNT_H
#define PROVIDER_ACCOUNT_H

#include <stddef.h>
#include <stdint.h>

#include "breaker.h"
#include "provider_name.h"
#include "strbuf.h"
#include "word.h"

struct provider_account {
	int64_t company_id;
	enum provider_name name;
	bool active;
	const char *fields;  /* JSON: a text, or true for one that is sealed */
	const void *secrets; /* NULL none */
	size_t secrets_len;
	int64_t hourly;	       /* recipients (of SMS: parts) an hour; 0 no limit */
	int batch;	       /* recipients a call; 0: what the provider takes */
	const char *countries; /* "BF,FR"; "" all */
	const char *prices;    /* "BF=25,FR=3.5", major units a message or part; "" unknown */
	int64_t tested_at;     /* UTC seconds; 0 never */
	bool tested_ok;
	enum breaker_state state;
	int64_t state_until;	/* UTC seconds; 0: until somebody acts */
	const char *state_code; /* the provider's own code, "" none */
	int errors;		/* in a row */
	int64_t revision;	/* 0: not set up */
};

#define PROVIDER_HOURLY_MOST 10000000
#define PROVIDER_BATCH_MOST 10000

/* Whether it may be asked now: it is on, and up or its rest is over. */
bool provider_awake(const struct provider_account *p, int64_t now) MUST_USE;
/* Whether it serves a country (ISO 3166-1 alpha-2); "" is served by all. */
bool provider_reaches(const struct provider_account *p, const char *country) MUST_USE;

/* Appends a list of countries as it is stored: capitals, a comma between. false when one
 * is none that the program knows, or stands there twice. */
bool provider_countries_clean(const char *text, struct strbuf *out) MUST_USE;
/* The same of prices, of a currency with so many decimals: at most two more. */
bool provider_prices_clean(const char *text, int decimals, struct strbuf *out) MUST_USE;
/* What a message or part to a country costs, in hundredths of a minor unit; 0 unknown. */
int64_t provider_price(const char *prices, int decimals, const char *country);

/* Under what name use of a limit is counted: a provider's, a channel's. */
#define RATE_SCOPE_SIZE 24
void rate_scope_provider(enum provider_name name, char out[RATE_SCOPE_SIZE]);
void rate_scope_channel(enum channel channel, char out[RATE_SCOPE_SIZE]);

/* What was used in one minute. */
struct rate_use {
	char scope[RATE_SCOPE_SIZE];
	int64_t minute; /* of UTC, since 1970 */
	int64_t used;
};

#endif
