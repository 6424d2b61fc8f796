#include "route.h"

#include <string.h>

/* The program's own order; FILE, which carries every channel, comes after it. */
struct order {
	int count;
	enum provider_name names[3];
};

static const struct order orders[CHANNEL_COUNT] = {
	[CHANNEL_EMAIL] = { 3, { PROVIDER_SENDGRID, PROVIDER_MAILCHIMP, PROVIDER_SMTP } },
	[CHANNEL_SMS] = { 3, { PROVIDER_TWILIO, PROVIDER_ORANGE, PROVIDER_MTN } },
	[CHANNEL_WHATSAPP] = { 1, { PROVIDER_WHATSAPP } },
	[CHANNEL_FACEBOOK] = { 1, { PROVIDER_FACEBOOK } },
	[CHANNEL_INSTAGRAM] = { 1, { PROVIDER_INSTAGRAM } },
};
static const struct order sms_at_home = { 3, { PROVIDER_ORANGE, PROVIDER_MTN, PROVIDER_TWILIO } };

/* --- the order ----------------------------------------------------------- */

/* The next word of a setting; false past the last. A word that is no provider gives
 * PROVIDER_COUNT. */
static bool next_name(const char **at, enum provider_name *name)
{
	char word[16] = "";
	size_t len = strcspn(*at, ","), from = strspn(*at, " ");

	if (!**at)
		return false;
	*name = PROVIDER_COUNT;
	while (len > from && (*at)[len - 1] == ' ')
		len--;
	if (len > from && len - from < sizeof(word)) {
		memcpy(word, *at + from, len - from);
		if (!provider_name_parse(word, name))
			*name = PROVIDER_COUNT;
	}
	*at += strcspn(*at, ",");
	if (**at == ',')
		++*at;
	return true;
}

static bool has(const enum provider_name *names, int count, enum provider_name name)
{
	for (int i = 0; i < count; i++) {
		if (names[i] == name)
			return true;
	}
	return false;
}

/* Reads a setting; how many names were good. `all`: whether every one was. */
static int read_setting(enum channel channel, const char *setting,
	enum provider_name out[PROVIDER_COUNT], bool *all)
{
	enum provider_name name;
	int count = 0;

	*all = !*setting || setting[strlen(setting) - 1] != ',';
	while (next_name(&setting, &name)) {
		if (provider_serves(name, channel) && !has(out, count, name))
			out[count++] = name;
		else
			*all = false;
	}
	return count;
}

int route_order(enum channel channel, bool home, const char *setting,
	enum provider_name out[PROVIDER_COUNT])
{
	const struct order *own;
	bool all;
	int count = read_setting(channel, setting, out, &all);

	if (count || (size_t)channel >= CHANNEL_COUNT)
		return count;
	own = channel == CHANNEL_SMS && home ? &sms_at_home : &orders[channel];
	for (int i = 0; i < own->count; i++)
		out[count++] = own->names[i];
	out[count++] = PROVIDER_FILE;
	return count;
}

bool route_setting_valid(enum channel channel, const char *setting)
{
	enum provider_name names[PROVIDER_COUNT];
	bool all;

	(void)read_setting(channel, setting, names, &all);
	return all;
}

bool route_setting_names(const char *setting, enum provider_name name)
{
	enum provider_name named;

	while (next_name(&setting, &named)) {
		if (named == name)
			return true;
	}
	return false;
}

/* --- the choice ---------------------------------------------------------- */

/* FILE lays messages into a folder: beside a provider that sends them it would make
 * them vanish, so it then takes part only where it is asked to. */
static bool takes_part(const struct route_candidate *candidates, int count, int i)
{
	const struct route_candidate *c = &candidates[i];

	if (!c->active || !c->serves)
		return false;
	if (c->name != PROVIDER_FILE || c->named)
		return true;
	for (int j = 0; j < count; j++) {
		if (candidates[j].active && candidates[j].name != PROVIDER_FILE)
			return false;
	}
	return true;
}

/* What keeps a message and until when; INT64_MAX: until somebody acts. */
struct hold {
	int64_t until;
	enum message_reason reason;
};

static struct hold hold_of(const struct route_candidate *c, int64_t need, int64_t now)
{
	static const enum message_reason reasons[BREAKER_STATE_COUNT] = {
		[BREAKER_UP] = REASON_NONE,
		[BREAKER_RESTING] = REASON_PROVIDER_DOWN,
		[BREAKER_REFUSING] = REASON_CREDENTIALS,
		[BREAKER_FULL] = REASON_QUOTA,
	};
	struct hold hold = { now, REASON_NONE };
	int64_t room;

	if (c->breaker) {
		hold.until = breaker_until(c->breaker, now);
		hold.reason = reasons[c->breaker->state];
	}
	room = c->rate ? rate_until(c->rate, need, now) : now;
	if (room > hold.until)
		hold = (struct hold){ room, REASON_QUOTA };
	return hold;
}

static int64_t room_of(const struct route_candidate *c, struct rate *channel, int64_t now)
{
	int64_t own = c->rate ? rate_room(c->rate, now) : INT64_MAX;
	int64_t all = channel ? rate_room(channel, now) : INT64_MAX;

	return own < all ? own : all;
}

struct route_answer route_choose(const struct route_candidate *candidates, int count,
	struct rate *channel, int64_t need, int64_t now)
{
	struct route_answer answer = { .index = -1, .reason = REASON_NO_PROVIDER, .provider = -1 };
	int64_t first = INT64_MAX, own = channel ? rate_until(channel, need, now) : now;
	bool any = false;

	for (int i = 0; i < count; i++) {
		const struct route_candidate *c = &candidates[i];
		struct hold hold;
		int provider = (int)c->name;

		if (!takes_part(candidates, count, i))
			continue;
		hold = hold_of(c, need, now);
		if (own > hold.until) {
			hold = (struct hold){ own, REASON_QUOTA };
			provider = -1;
		}
		if (hold.until <= now)
			return (struct route_answer){ .index = i,
				.room = room_of(c, channel, now),
				.provider = (int)c->name };
		if (any && hold.until >= first)
			continue;
		any = true;
		first = hold.until;
		answer.reason = hold.reason;
		answer.provider = provider;
	}
	answer.until = first == INT64_MAX ? 0 : first;
	return answer;
}
