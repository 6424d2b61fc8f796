/*
 * A company's accounts at providers: what is set up, with which limits and prices, in
 * which order they are used. Secrets are sealed (secrets.h), and open only for the one who
 * sends. One thread, the session's.
 *
 * Besides the fields of its provider each account has: active (yes, no), hourly
 * (recipients, of SMS parts, an hour; 0 no limit), batch (recipients a call; 0: what the
 * provider takes), countries ("BF,FR"; empty: all), prices ("BF=25,FR=3.5", a message or
 * part in the company's currency).
 */
#ifndef PROVIDERS_H
#define PROVIDERS_H

#include "arena.h"
#include "provider_account.h"
#include "provider_field.h"
#include "session.h"

struct provider_ops; /* net/provider.h, for those who see it */

/* An account as it may be shown. Texts lie in the arena. */
struct provider_card {
	const struct provider_ops *ops;
	const struct provider_field *fields; /* ended by key NULL */
	const char *help;		     /* N_(): where to find what they ask for */
	struct provider_account account;     /* revision 0: not set up; without its secrets */
	const char *values[PROVIDER_FIELDS]; /* of the fields; "" none, and of secrets */
	bool set[PROVIDER_FIELDS];	     /* a value was given; of a secret: it is sealed here */
	const char *missing; /* the key of the first field that it still needs; NULL none */
};

/* All there are, set up or not. Right: RIGHT_CAMPAIGNS_READ or RIGHT_SETTINGS. */
bool providers_list(struct session *s, struct arena *a, struct provider_card out[PROVIDER_COUNT],
	struct err *err) MUST_USE;
bool providers_get(struct session *s, enum provider_name name, struct arena *a,
	struct provider_card *out, struct err *err) MUST_USE;

/* What each took within the last hour: recipients, of SMS parts. Right: as providers_list. */
bool providers_used(struct session *s, int64_t out[PROVIDER_COUNT], struct err *err) MUST_USE;

/* key=value; "" takes a value away, so that the field's initial one holds. */
struct provider_change {
	const char *key, *value;
};

#define PROVIDERS_ANY (-1) /* for `revision`: whatever the stored one is */

/*
 * Sets up an account, or changes it: all or nothing. What a form did not change it leaves
 * out. New settings begin anew: the state is UP, and no test has been made. Right:
 * RIGHT_SETTINGS; audited, of secrets only that they changed. ERR_PROVIDER_KEY,
 * ERR_PROVIDER_VALUE, ERR_PROVIDER_NEEDS name the key; ERR_URL; ERR_CONFLICT when
 * `revision` is not the stored one; what secrets_open says.
 */
bool providers_set(struct session *s, enum provider_name name, int64_t revision,
	const struct provider_change *changes, int n, struct err *err) MUST_USE;
/* What a test found; one that worked ends a refusal of the account. Right: RIGHT_SETTINGS. */
bool providers_tested(
	struct session *s, enum provider_name name, bool ok, struct err *err) MUST_USE;

/* --- order and limits of a channel: RIGHT_SETTINGS to change --- */

/*
 * The providers of a channel in the order in which they are tried, set up or not: the
 * setting "order.SMS" ("order.SMS.abroad" for other countries than the company's own) or
 * what the program takes it to be.
 */
bool providers_order(struct session *s, enum channel channel, bool abroad,
	enum provider_name out[PROVIDER_COUNT], int *n, struct err *err) MUST_USE;
/* "ORANGE,TWILIO"; "" back to the program's own. ERR_PROVIDER_CHANNEL, ERR_INVALID. */
bool providers_order_set(struct session *s, enum channel channel, bool abroad, const char *words,
	struct err *err) MUST_USE;
/*
 * Those of them that are set up and on, in that order. FILE is among them when the setting
 * names it, or when no other provider of the channel is set up; in a demonstration it is
 * the only one.
 */
bool providers_route(struct session *s, enum channel channel, bool abroad,
	enum provider_name out[PROVIDER_COUNT], int *n, struct err *err) MUST_USE;

/* Recipients (of SMS: parts) an hour of a channel as a whole, setting "hourly.SMS"; 0: no
 * limit. */
bool providers_channel_hourly(
	struct session *s, enum channel channel, int64_t *out, struct err *err) MUST_USE;
bool providers_channel_hourly_set(
	struct session *s, enum channel channel, int64_t hourly, struct err *err) MUST_USE;

/* What a message or part to a country costs, in hundredths of a minor unit of the
 * company's currency; 0 when it is not known. */
int64_t providers_price(
	const struct session *s, const struct provider_account *p, const char *country);

#endif
