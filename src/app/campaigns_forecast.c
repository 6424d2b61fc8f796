/* What a campaign would do, counted person by person; nothing is written. */
#include <stdlib.h>

#include "campaigns_private.h"
#include "country.h"
#include "db.h"
#include "mem.h"
#include "provider.h"
#include "providers.h"
#include "rate.h"
#include "reach.h"
#include "settings.h"
#include "store_provider.h"

#define SLICE 2000
#define HOUR 3600
#define LANES_MOST 300 /* channels and countries */
#define VAR_BYTES 12   /* a name, about */

/* TRANSLATORS: half sentences: what decides how long a campaign takes */
static const struct word bounds[BOUND_COUNT] = {
	[BOUND_NONE] = { "NONE", "" },
	[BOUND_CHANNEL] = { "CHANNEL", N_("by the limit of the channel") },
	[BOUND_PROVIDER] = { "PROVIDER", N_("by the limit of the provider") },
	[BOUND_PAUSE] = { "PAUSE", N_("by the pause between rows of SMS") },
	[BOUND_SPEED] = { "SPEED", N_("by the speed of the provider") },
};

WORD_FUNCTIONS(forecast_bound, bounds)

/* --- addresses that were met: a campaign writes once to each --- */

struct address_set {
	uint64_t *slots; /* hashes; 0 free */
	size_t size, used;
};

static uint64_t hash_of(const char *s)
{
	uint64_t h = UINT64_C(14695981039346656037);

	while (*s)
		h = (h ^ (unsigned char)*s++) * UINT64_C(1099511628211);
	h = (h ^ h >> 31) * UINT64_C(0x9e3779b97f4a7c15);
	return h ^ h >> 29 ? h ^ h >> 29 : 1;
}

static void set_place(struct address_set *set, uint64_t hash)
{
	size_t at = (size_t)hash & (set->size - 1);

	while (set->slots[at])
		at = (at + 1) & (set->size - 1);
	set->slots[at] = hash;
}

static void set_grow(struct address_set *set)
{
	struct address_set bigger = { .size = set->size ? set->size * 2 : 1024, .used = set->used };

	bigger.slots = mem_zalloc(bigger.size, sizeof(*bigger.slots));
	for (size_t i = 0; i < set->size; i++)
		if (set->slots[i])
			set_place(&bigger, set->slots[i]);
	free(set->slots);
	*set = bigger;
}

/* False when it was there before. 64 bits: among a million, one mistake in ten million
 * campaigns, and in a forecast alone. */
static bool set_add(struct address_set *set, const char *address)
{
	uint64_t hash = hash_of(address);
	size_t at;

	if (set->used * 2 >= set->size)
		set_grow(set);
	at = (size_t)hash & (set->size - 1);
	while (set->slots[at] && set->slots[at] != hash)
		at = (at + 1) & (set->size - 1);
	if (set->slots[at])
		return false;
	set->slots[at] = hash;
	set->used++;
	return true;
}

/* --- everybody, one after the other --- */

struct walk {
	struct session *s;
	struct campaign campaign;
	struct reach reach;
	struct address_set seen;
	int64_t done;
	struct arena arena, people;
};

/* *more is set to false to end early. */
typedef void walk_fn(struct walk *w, const struct person *p, enum channel channel,
	enum message_reason reason, void *data, bool *more);

static bool walk_open(struct walk *w, struct session *s, int64_t id, struct err *err)
{
	*w = (struct walk){ .s = s };
	return session_ready(s, RIGHT_CAMPAIGNS_READ, err) &&
	       campaign_read(s, id, &w->arena, &w->campaign, err) &&
	       reach_open(&w->reach, s, &w->campaign, err);
}

static void walk_release(struct walk *w)
{
	reach_release(&w->reach);
	free(w->seen.slots);
	arena_release(&w->arena);
	arena_release(&w->people);
}

static bool walk_slice(
	struct walk *w, int64_t *after, walk_fn *each, void *data, bool *more, struct err *err)
{
	struct person *people;
	int n;

	arena_clear(&w->people);
	if (!reach_people(&w->reach, *after, SLICE, &w->people, &people, &n, err))
		return false;
	*more = n == SLICE;
	for (int i = 0; i < n; i++) {
		bool go_on = true;
		enum channel channel;
		enum message_reason reason = audience_choose(&people[i], &w->reach.terms, &channel);

		if (reason == REASON_NONE && !set_add(&w->seen, people[i].address[channel]))
			reason = REASON_DUPLICATE_ADDRESS;
		each(w, &people[i], channel, reason, data, &go_on);
		arena_clear(&w->reach.composer.one);
		if (!go_on) {
			*more = false;
			return true;
		}
		*after = people[i].id;
	}
	w->done += n;
	return true;
}

static bool walk_all(
	struct walk *w, const struct progress *p, walk_fn *each, void *data, struct err *err)
{
	bool more = w->campaign.kind != CAMPAIGN_POST;
	int64_t after = 0;

	while (more) {
		if (!walk_slice(w, &after, each, data, &more, err))
			return false;
		if (!progress_step(p, w->done, 0))
			return err_set(err, ERR_CANCELLED, NULL, "%s", "");
	}
	return true;
}

/* --- what a message costs --- */

/* What a text is for everybody. */
struct text_facts {
	struct sms_count sms; /* without anybody's words */
	bool same;	      /* no word of it is a person's */
	int64_t bytes;
};

/* Where messages of a channel go, and by whom first. */
struct lane {
	enum channel channel;
	char country[3];
	int provider; /* -1: none */
	int64_t price;
};

struct forecast {
	struct campaign_forecast *out;
	struct arena *names; /* of those told by name */
	struct text_facts *facts;
	struct provider_account *accounts;
	int n_accounts;
	struct lane lanes[LANES_MOST];
	int n_lanes;
	int64_t due_first[CHANNEL_COUNT], due_last[CHANNEL_COUNT];
	bool abroad[CHANNEL_COUNT];
};

static void read_facts(struct walk *w, struct forecast *f)
{
	const uint32_t own = UINT32_C(1) << VAR_STOP | UINT32_C(1) << VAR_MA_SOCIETE |
			     UINT32_C(1) << VAR_DATE | UINT32_C(1) << VAR_LIEN_DESINSCRIPTION;
	const struct person nobody = { .name = "",
		.first_name = "",
		.firm = "",
		.city = "",
		.invoice = "",
		.invoice_due = DAY_NONE,
		.kind = KIND_FIRM };
	struct composer *c = &w->reach.composer;

	f->facts = arena_zalloc(&w->arena, (size_t)c->n + 1, sizeof(*f->facts));
	for (int i = 0; i < c->n; i++) {
		const struct composed *t = &c->list[i];
		const char *values[TEMPLATE_VAR_COUNT];
		struct strbuf out = STRBUF_INIT;
		size_t pieces = t->subject.count + t->text.count + t->html.count;

		composer_values_for(c, t, &nobody, "", &c->one, values);
		template_write(&t->text, WRITE_SMS, values, &out);
		sms_count(out.buf, &f->facts[i].sms);
		f->facts[i].same = !(t->vars & ~own);
		f->facts[i].bytes = (int64_t)(strlen(t->content.subject) + out.len +
					      strlen(t->content.html) + pieces * VAR_BYTES);
		strbuf_release(&out);
		arena_clear(&c->one);
	}
}

/* The one of the route that would be asked first. */
static bool find_lane(
	struct walk *w, struct forecast *f, struct lane *lane, bool abroad, struct err *err)
{
	enum provider_name route[PROVIDER_COUNT];
	int n;

	lane->provider = -1;
	lane->price = 0;
	if (!providers_route(w->s, lane->channel, abroad, route, &n, err))
		return false;
	for (int i = 0; i < n && lane->provider < 0; i++) {
		const struct provider_account *account = NULL;

		for (int k = 0; k < f->n_accounts; k++)
			if (f->accounts[k].name == route[i])
				account = &f->accounts[k];
		if (account && (!provider_reaches(account, lane->country) ||
				       (account->state == BREAKER_REFUSING)))
			continue;
		lane->provider = (int)route[i];
		if (account)
			lane->price = providers_price(w->s, account, lane->country);
	}
	return true;
}

static const struct lane *lane_of(
	struct walk *w, struct forecast *f, enum channel channel, const char *address)
{
	const char *home = w->s->company.country;
	const char *country = channel == CHANNEL_SMS ? country_of_address(address, home) : home;
	struct err unused = ERR_INIT;
	struct lane *lane;

	for (int i = f->n_lanes; i--;)
		if (f->lanes[i].channel == channel && !strcmp(f->lanes[i].country, country))
			return &f->lanes[i];
	lane = &f->lanes[f->n_lanes < LANES_MOST ? f->n_lanes++ : LANES_MOST - 1];
	lane->channel = channel;
	snprintf(lane->country, sizeof(lane->country), "%s", country);
	f->abroad[channel] |= strcmp(country, home) != 0;
	if (!find_lane(w, f, lane, strcmp(country, home) != 0, &unused))
		lane->provider = -1;
	return lane;
}

static void add_name(const char **names, int *n, const struct person *p, struct arena *a)
{
	if (*n < FORECAST_NAMES)
		names[(*n)++] = *p->first_name ? arena_printf(a, "%s %s", p->first_name, p->name)
					       : arena_strdup(a, p->name);
}

static int count_sms(struct walk *w, struct forecast *f, const struct person *p,
	const struct composed *text, const struct text_facts *facts)
{
	struct campaign_forecast *out = f->out;
	struct sms_count count = facts->sms;
	struct strbuf words = STRBUF_INIT;

	if (!facts->same) {
		const char *values[TEMPLATE_VAR_COUNT];

		composer_values_for(
			&w->reach.composer, text, p, "", &w->reach.composer.one, values);
		template_write(&text->text, WRITE_SMS, values, &words);
		sms_count(words.buf, &count);
		strbuf_release(&words);
	}
	if (count.parts > 1) {
		out->long_people++;
		add_name(out->long_names, &out->n_long_names, p, f->names);
	}
	if (count.encoding == SMS_UCS2 && facts->sms.encoding != SMS_UCS2) {
		out->ucs2_people++;
		add_name(out->ucs2_names, &out->n_ucs2_names, p, f->names);
	}
	return count.parts ? count.parts : 1;
}

static void note_due(struct forecast *f, enum channel channel, int64_t due)
{
	if (!f->out->channels[channel].people || due < f->due_first[channel])
		f->due_first[channel] = due;
	if (!f->out->channels[channel].people || due > f->due_last[channel])
		f->due_last[channel] = due;
}

static const struct text_facts *facts_of(
	const struct walk *w, const struct forecast *f, const struct composed *text)
{
	return &f->facts[text - w->reach.composer.list];
}

/* People are counted before there is a text for them, too. */
static void count_message(struct walk *w, struct forecast *f, const struct person *p,
	enum channel channel, int64_t due)
{
	const struct composed *text =
		composer_pick(&w->reach.composer, channel, p ? p->language : "");
	const struct lane *lane = lane_of(w, f, channel, p ? p->address[channel] : "");
	struct channel_forecast *ch = &f->out->channels[channel];
	int parts = 1;

	if (channel == CHANNEL_SMS && p && text)
		parts = count_sms(w, f, p, text, facts_of(w, f, text));
	note_due(f, channel, due);
	ch->people++;
	ch->parts += parts;
	ch->cost += lane->price * parts;
	ch->unpriced += !lane->price;
	ch->bytes += text ? facts_of(w, f, text)->bytes : 0;
	if (ch->provider < 0)
		ch->provider = lane->provider;
}

static void count_person(struct walk *w, const struct person *p, enum channel channel,
	enum message_reason reason, void *data, bool *more)
{
	struct forecast *f = data;

	(void)more;
	f->out->looked_at++;
	if (reason != REASON_NONE) {
		f->out->left_out++;
		f->out->by_reason[reason]++;
		return;
	}
	f->out->people++;
	count_message(w, f, p, channel, reach_due(&w->reach, p, channel));
}

/* A post is one message a channel. */
static void count_posts(struct walk *w, struct forecast *f)
{
	for (int i = 0; i < CHANNEL_COUNT; i++)
		if (w->campaign.channels & UINT32_C(1) << i) {
			f->out->people++;
			count_message(w, f, NULL, (enum channel)i, w->reach.start);
		}
}

/* --- how long it takes --- */

struct limits {
	struct rate channel;
	struct rate providers[PROVIDER_COUNT];
	uint32_t used; /* 1 << provider: takes part */
	int64_t sms_batch, sms_pause;
	int64_t per_second; /* messages that the first provider takes; 0 no limit of its own */
};

static bool load_use(
	struct walk *w, enum channel channel, struct limits *l, struct arena *a, struct err *err)
{
	char scope[RATE_SCOPE_SIZE];
	struct rate_use *use;
	int64_t now = w->reach.now;
	int n;

	if (!store_rate_load(w->s->db, w->s->company.id, now / 60 - 61, a, &use, &n, err))
		return false;
	for (int i = 0; i < n; i++) {
		rate_scope_channel(channel, scope);
		if (!strcmp(scope, use[i].scope))
			rate_load(&l->channel, use[i].minute, use[i].used, now);
		for (int p = 0; p < PROVIDER_COUNT; p++) {
			rate_scope_provider((enum provider_name)p, scope);
			if (!strcmp(scope, use[i].scope))
				rate_load(&l->providers[p], use[i].minute, use[i].used, now);
		}
	}
	return true;
}

static bool add_route(struct walk *w, struct forecast *f, enum channel channel, bool abroad,
	struct limits *l, struct err *err)
{
	enum provider_name route[PROVIDER_COUNT];
	int n;

	if (!providers_route(w->s, channel, abroad, route, &n, err))
		return false;
	for (int i = 0; i < n; i++) {
		int64_t hourly = 0;
		bool serves = true;

		for (int k = 0; k < f->n_accounts; k++)
			if (f->accounts[k].name == route[i]) {
				hourly = f->accounts[k].hourly;
				serves = f->accounts[k].state != BREAKER_REFUSING &&
					 (abroad || provider_reaches(&f->accounts[k],
							    w->s->company.country));
			}
		if (!serves)
			continue;
		rate_init(&l->providers[route[i]], hourly);
		if (!l->used)
			l->per_second = provider_ops(route[i])->per_second;
		l->used |= UINT32_C(1) << route[i];
	}
	return true;
}

static bool read_limits(
	struct walk *w, struct forecast *f, enum channel channel, struct limits *l, struct err *err)
{
	struct arena a = ARENA_INIT;
	int64_t hourly;
	bool ok;

	*l = (struct limits){ .used = 0 };
	ok = providers_channel_hourly(w->s, channel, &hourly, err) &&
	     add_route(w, f, channel, false, l, err) &&
	     (!f->abroad[channel] || add_route(w, f, channel, true, l, err)) &&
	     settings_number(w->s, SETTING_SMS_BATCH, &l->sms_batch, err) &&
	     settings_number(w->s, SETTING_SMS_PAUSE, &l->sms_pause, err);
	if (ok) {
		rate_init(&l->channel, hourly);
		ok = load_use(w, channel, l, &a, err);
	}
	arena_release(&a);
	return ok;
}

static int64_t plus(int64_t a, int64_t b)
{
	return a == INT64_MAX || b == INT64_MAX ? INT64_MAX : a + b;
}

/* What all its providers take in an hour, and have room for now; INT64_MAX no limit. */
static void sum_providers(struct limits *l, int64_t now, int64_t *hourly, int64_t *room)
{
	*hourly = *room = 0;
	for (int p = 0; p < PROVIDER_COUNT; p++)
		if (l->used & UINT32_C(1) << p) {
			int64_t limit = l->providers[p].limit;

			*hourly = plus(*hourly, limit ? limit : INT64_MAX);
			*room = plus(*room, rate_room(&l->providers[p], now));
		}
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* Seconds that so many SMS take with a pause after each row. */
static int64_t pauses(const struct limits *l, enum channel channel, int64_t n)
{
	return channel == CHANNEL_SMS && n ? (n - 1) / l->sms_batch * l->sms_pause : 0;
}

/* The same where the first provider takes so many a second, whichever is slower. */
static int64_t duration(const struct limits *l, enum channel channel, int64_t n)
{
	int64_t paused = pauses(l, channel, n), spoken = l->per_second ? n / l->per_second : 0;

	return paused > spoken ? paused : spoken;
}

/* Hour by hour: each takes what the limits let through, nights and holidays left out. */
static int64_t end_of(struct walk *w, struct limits *l, enum channel channel,
	const struct channel_forecast *ch, int64_t room, int64_t hourly)
{
	int64_t at = ch->starts_at, left = ch->parts, end = at;

	while (left > 0) {
		int64_t n = least(left, room), took = duration(l, channel, n);

		end = at + took;
		left -= n;
		room = hourly;
		if (!left)
			break;
		at += took > HOUR ? took : HOUR;
		if (w->reach.terms.marketing)
			at = calendar_next(&w->reach.calendar, channel, "", at);
		if (at == INT64_MAX)
			return 0;
	}
	return end;
}

static void bind(struct limits *l, struct channel_forecast *ch, int64_t room, int64_t hourly,
	enum channel channel)
{
	ch->bound = BOUND_NONE;
	if (ch->parts > room) {
		bool own = l->channel.limit && l->channel.limit <= hourly;

		ch->bound = own ? BOUND_CHANNEL : BOUND_PROVIDER;
		ch->hourly = hourly;
	} else if (duration(l, channel, ch->people)) {
		bool paused = duration(l, channel, ch->people) == pauses(l, channel, ch->people);

		ch->bound = paused ? BOUND_PAUSE : BOUND_SPEED;
	}
}

static bool time_channel(struct walk *w, struct forecast *f, enum channel channel, struct err *err)
{
	struct channel_forecast *ch = &f->out->channels[channel];
	int64_t hourly, room, now = w->reach.now;
	struct limits l;

	if (!ch->people)
		return true;
	if (!read_limits(w, f, channel, &l, err))
		return false;
	if (!l.used)
		return true;
	ch->starts_at = f->due_first[channel];
	sum_providers(&l, now, &hourly, &room);
	hourly = least(hourly, l.channel.limit ? l.channel.limit : INT64_MAX);
	room = least(room, rate_room(&l.channel, now));
	/* Later than an hour from now, what was used is forgotten. */
	if (ch->starts_at - now >= HOUR)
		room = hourly;
	bind(&l, ch, room, hourly, channel);
	ch->ends_at = end_of(w, &l, channel, ch, room, hourly);
	if (ch->ends_at && ch->ends_at < f->due_last[channel])
		ch->ends_at = f->due_last[channel];
	return true;
}

static bool sum_up(struct walk *w, struct forecast *f, struct err *err)
{
	struct campaign_forecast *out = f->out;

	for (int i = 0; i < CHANNEL_COUNT; i++) {
		struct channel_forecast *ch = &out->channels[i];

		if (!time_channel(w, f, (enum channel)i, err))
			return false;
		out->parts += ch->parts;
		out->cost += ch->cost;
		out->unpriced += ch->unpriced;
		out->bytes += ch->bytes;
		if (ch->starts_at && (!out->starts_at || ch->starts_at < out->starts_at))
			out->starts_at = ch->starts_at;
		if (ch->ends_at > out->ends_at)
			out->ends_at = ch->ends_at;
	}
	return true;
}

bool campaigns_forecast(struct session *s, int64_t id, const struct progress *p, struct arena *a,
	struct campaign_forecast *out, struct err *err)
{
	struct forecast *f = mem_zalloc(1, sizeof(*f));
	struct walk w;
	bool ok;

	*out = (struct campaign_forecast){ .people = 0 };
	for (int i = 0; i < CHANNEL_COUNT; i++)
		out->channels[i].provider = -1;
	f->out = out;
	f->names = a;
	ok = walk_open(&w, s, id, err) &&
	     store_provider_list(s->db, s->company.id, &w.arena, &f->accounts, &f->n_accounts, err);
	if (ok) {
		read_facts(&w, f);
		if (w.campaign.kind == CAMPAIGN_POST)
			count_posts(&w, f);
		ok = walk_all(&w, p, count_person, f, err) && sum_up(&w, f, err);
	}
	walk_release(&w);
	free(f);
	return ok;
}

/* --- who is left out --- */

struct left_page {
	struct left_out *list;
	int n, most, reason;
	int64_t after;
	struct arena *a;
};

static void take_left(struct walk *w, const struct person *p, enum channel channel,
	enum message_reason reason, void *data, bool *more)
{
	struct left_page *page = data;

	(void)w;
	if (reason == REASON_NONE || p->id <= page->after ||
		(page->reason >= 0 && (int)reason != page->reason))
		return;
	page->list[page->n++] = (struct left_out){
		.customer_id = p->id,
		.name = arena_strdup(page->a, p->name),
		.first_name = arena_strdup(page->a, p->first_name),
		.channel = channel,
		.address = arena_strdup(page->a, p->address[channel]),
		.reason = reason,
	};
	*more = page->n < page->most;
}

bool campaigns_left_out(struct session *s, int64_t id, int reason, int64_t after, int n,
	struct arena *a, struct left_out **out, int *count, struct err *err)
{
	struct left_page page = { .most = n, .reason = reason, .after = after, .a = a };
	struct walk w;
	bool ok;

	page.list = arena_zalloc(a, (size_t)n, sizeof(*page.list));
	/* From the beginning: whose address came before is known by then alone. */
	ok = walk_open(&w, s, id, err) && walk_all(&w, NULL, take_left, &page, err);
	walk_release(&w);
	*out = page.list;
	*count = page.n;
	return ok;
}
