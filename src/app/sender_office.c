/* Companies that send: their accounts, limits, hours. */
#include <stdlib.h>

#include "country.h"
#include "db.h"
#include "mem.h"
#include "secrets.h"
#include "sender_private.h"
#include "settings.h"
#include "store_company.h"
#include "store_provider.h"

#define HOUR 3600

struct desk_account *account_keep(struct desk_account *a)
{
	a->refs++;
	return a;
}

void account_drop(struct desk_account *a)
{
	if (!a || --a->refs)
		return;
	provider_opened_release(&a->opened);
	free(a);
}

void office_free(struct office *o)
{
	for (int i = 0; i < PROVIDER_COUNT; i++)
		account_drop(o->carriers[i].account);
	calendar_release(&o->calendar);
	vec_release(&o->used);
	secrets_close(&o->s);
	free(o);
}

/* --- limits --- */

static bool read_limits(struct sender *sd, struct office *o, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct rate_use *use;
	int64_t now = sender_now(sd), hourly;
	bool ok = true;
	int n;

	for (int i = 0; ok && i < CHANNEL_COUNT; i++) {
		ok = providers_channel_hourly(&o->s, (enum channel)i, &hourly, err);
		if (ok)
			rate_init(&o->channel_rates[i], hourly);
	}
	for (int p = 0; p < PROVIDER_COUNT; p++)
		rate_init(&o->carriers[p].rate, o->carriers[p].rate.limit);
	ok = ok && store_rate_load(o->s.db, o->s.company.id, now / 60 - 61, &a, &use, &n, err);
	for (int i = 0; ok && i < n; i++) {
		char scope[RATE_SCOPE_SIZE];

		for (int p = 0; p < PROVIDER_COUNT; p++) {
			rate_scope_provider((enum provider_name)p, scope);
			if (!strcmp(scope, use[i].scope))
				rate_load(&o->carriers[p].rate, use[i].minute, use[i].used, now);
		}
		for (int c = 0; c < CHANNEL_COUNT; c++) {
			rate_scope_channel((enum channel)c, scope);
			if (!strcmp(scope, use[i].scope))
				rate_load(&o->channel_rates[c], use[i].minute, use[i].used, now);
		}
	}
	arena_release(&a);
	return ok;
}

static void note_use(struct office *o, const char *scope, int64_t n, int64_t now)
{
	struct rate_use use = { .minute = now / 60, .used = n };

	for (size_t i = 0; i < o->used.len; i++)
		if (!strcmp(o->used.items[i].scope, scope) &&
			o->used.items[i].minute == use.minute) {
			o->used.items[i].used += n;
			return;
		}
	snprintf(use.scope, sizeof(use.scope), "%s", scope);
	vec_push(&o->used, use);
}

void office_use(
	struct office *o, enum provider_name provider, enum channel channel, int64_t n, int64_t now)
{
	char scope[RATE_SCOPE_SIZE];

	rate_take(&o->carriers[provider].rate, n, now);
	rate_take(&o->channel_rates[channel], n, now);
	rate_scope_provider(provider, scope);
	note_use(o, scope, n, now);
	rate_scope_channel(channel, scope);
	note_use(o, scope, n, now);
}

/* --- accounts --- */

/* Opens what is set up; what cannot be opened takes no part, and says so in the log. */
static void open_carrier(struct sender *sd, struct office *o, enum provider_name name)
{
	struct carrier *c = &o->carriers[name];
	struct desk_account *fresh = mem_zalloc(1, sizeof(*fresh));
	struct err err = ERR_INIT;

	account_drop(c->account);
	c->account = NULL;
	c->token_asked = c->token_doubted = false;
	if (!providers_open(&o->s, name, &fresh->opened, &err)) {
		if (err.code != ERR_PROVIDER_UNSET && err.code != ERR_DEMO_SENDS)
			log_err(sd->options.log, LOG_WARN, provider_name_word(name), &err);
		provider_opened_release(&fresh->opened);
		free(fresh);
		return;
	}
	c->account = account_keep(fresh);
	c->rate.limit = fresh->opened.settings.hourly;
	c->breaker = (struct breaker){
		.state = fresh->opened.settings.state,
		.until = fresh->opened.settings.state_until,
		.errors = fresh->opened.settings.errors,
	};
}

/* A test has shown that a refusal is over, which the store knows first. */
static bool taken_again(const struct carrier *c, const struct provider_account *row)
{
	return c->breaker.state == BREAKER_REFUSING && !c->changed && row->state == BREAKER_UP;
}

static bool read_accounts(struct sender *sd, struct office *o, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct provider_account *list;
	bool there[PROVIDER_COUNT] = { false };
	int n;
	bool ok = store_provider_list(o->s.db, o->s.company.id, &a, &list, &n, err);

	for (int i = 0; ok && i < n; i++) {
		struct carrier *c = &o->carriers[list[i].name];

		there[list[i].name] = true;
		if (c->account && c->revision == list[i].revision && !taken_again(c, &list[i]))
			continue;
		c->revision = list[i].revision;
		open_carrier(sd, o, list[i].name);
	}
	for (int i = 0; ok && i < PROVIDER_COUNT; i++)
		if (!there[i] && (o->carriers[i].account || i == PROVIDER_FILE) &&
			!(i == PROVIDER_FILE && o->carriers[i].account))
			open_carrier(sd, o, (enum provider_name)i);
	arena_release(&a);
	return ok;
}

static bool read_routes(struct office *o, struct err *err)
{
	bool ok = true;

	for (int c = 0; ok && c < CHANNEL_COUNT; c++)
		for (int abroad = 0; ok && abroad < 2; abroad++)
			ok = providers_route(&o->s, (enum channel)c, abroad, o->route[c][abroad],
				&o->n_route[c][abroad], err);
	return ok;
}

static bool read_settings(struct office *o, struct err *err)
{
	struct strbuf url = STRBUF_INIT;
	int64_t days;
	bool ok = settings_number(&o->s, SETTING_CAP_MESSAGES, &o->cap, err) &&
		  settings_number(&o->s, SETTING_CAP_DAYS, &days, err) &&
		  settings_number(&o->s, SETTING_PAUSE_ERRORS, &o->pause_errors, err) &&
		  settings_number(&o->s, SETTING_LOOKUP_SECONDS, &o->lookup_seconds, err) &&
		  settings_number(&o->s, SETTING_SMS_BATCH, &o->sms_batch, err) &&
		  settings_number(&o->s, SETTING_SMS_PAUSE, &o->sms_pause, err) &&
		  settings_text(&o->s, SETTING_UNSUBSCRIBE_URL, &url, err);

	if (ok) {
		o->cap_seconds = days * 24 * HOUR;
		snprintf(o->unsubscribe, sizeof(o->unsubscribe), "%s", url.buf);
	}
	strbuf_release(&url);
	return ok;
}

bool office_read(struct sender *sd, struct office *o, struct err *err)
{
	calendar_release(&o->calendar);
	return store_company_get(o->s.db, o->s.company.id, &o->s.company, err) &&
	       calendar_open(&o->calendar, &o->s, err) && read_settings(o, err) &&
	       read_limits(sd, o, err) && read_accounts(sd, o, err) && read_routes(o, err);
}

struct office *office_of(struct sender *sd, int64_t company_id, struct err *err)
{
	struct office *o;

	for (size_t i = 0; i < sd->offices.len; i++)
		if (sd->offices.items[i]->s.company.id == company_id)
			return sd->offices.items[i];
	o = mem_zalloc(1, sizeof(*o));
	o->s = *sd->s;
	o->s.secrets = secrets_copy(sd->s->secrets);
	o->s.company = (struct company){ .id = company_id };
	if (!office_read(sd, o, err)) {
		office_free(o);
		return NULL;
	}
	vec_push(&sd->offices, o);
	return o;
}

static bool write_state(struct office *o, enum provider_name name, struct err *err)
{
	struct carrier *c = &o->carriers[name];
	struct provider_account row = {
		.company_id = o->s.company.id,
		.name = name,
		.state = c->breaker.state,
		.state_until = c->breaker.state == BREAKER_REFUSING ? 0 : c->breaker.until,
		.state_code = c->breaker.state == BREAKER_UP ? "" : c->code,
		.errors = c->breaker.errors,
	};

	return store_provider_state(o->s.db, &row, err);
}

bool office_write(struct sender *sd, struct office *o, struct err *err)
{
	int64_t minute = sender_now(sd) / 60;
	bool ok = true;

	for (size_t i = 0; ok && i < o->used.len; i++)
		ok = store_rate_add(o->s.db, o->s.company.id, &o->used.items[i], err);
	if (ok && o->used.len)
		ok = store_rate_drop(o->s.db, o->s.company.id, minute - 120, err);
	for (int i = 0; ok && i < PROVIDER_COUNT; i++)
		if (o->carriers[i].changed)
			ok = write_state(o, (enum provider_name)i, err);
	return ok;
}

void office_written(struct office *o, bool committed)
{
	o->used.len = 0;
	for (int i = 0; committed && i < PROVIDER_COUNT; i++)
		o->carriers[i].changed = false;
}

int64_t carrier_pace(struct carrier *c, int64_t now_ms)
{
	int64_t second = c->account->opened.account.ops->per_second;

	if (!second)
		return INT64_MAX;
	if (!c->pace_ms || now_ms - c->pace_ms > 1000)
		c->pace_calls = second * 1000;
	else
		c->pace_calls += (now_ms - c->pace_ms) * second;
	if (c->pace_calls > second * 1000)
		c->pace_calls = second * 1000;
	c->pace_ms = now_ms;
	return c->pace_calls / 1000;
}

const char *office_country(const struct office *o, const char *address)
{
	return country_of_address(address, o->s.company.country);
}
