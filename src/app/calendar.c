#include "calendar.h"

#include <stdlib.h>

#include "date.h"
#include "holiday.h"
#include "rules.h"
#include "tz.h"

static bool read_hours(struct calendar *c, struct session *s, struct err *err)
{
	struct rule_now hours, days;

	if (!rules_get(s, CR_SMS_HOURS, &c->arena, &hours, err) ||
		!rules_get(s, CR_SMS_DAYS, &c->arena, &days, err))
		return false;
	/* What cannot be read is no leave to write at night. */
	if (send_hours_parse(hours.value, days.value, &c->sms) ||
		send_hours_parse("08:00-20:00", "MON_SAT", &c->sms))
		return true;
	return err_set(err, ERR_INVALID, hours.value, "%s", "hours");
}

bool calendar_open(struct calendar *c, struct session *s, struct err *err)
{
	*c = (struct calendar){ .country = "", .asked = DAY_NONE };
	snprintf(c->country, sizeof(c->country), "%s", s->company.country);
	c->home = (struct tz *)calendar_zone(c, s->company.time_zone);
	return read_hours(c, s, err) && store_holidays(s->db, s->company.id, c->country, &c->arena,
						&c->days, &c->n_days, err);
}

void calendar_release(struct calendar *c)
{
	for (size_t i = 0; i < c->zones.len; i++)
		tz_free(c->zones.items[i]);
	vec_release(&c->zones);
	arena_release(&c->arena);
}

const struct tz *calendar_zone(struct calendar *c, const char *name)
{
	struct err unused = ERR_INIT;
	struct tz *tz;

	if (!*name)
		return c->home;
	if (c->last && !strcmp(tz_name(c->last), name))
		return c->last;
	for (size_t i = 0; i < c->zones.len; i++)
		if (!strcmp(tz_name(c->zones.items[i]), name))
			return c->last = c->zones.items[i];
	tz = tz_load(name, &unused);
	if (!tz)
		return c->home;
	vec_push(&c->zones, tz);
	return c->last = tz;
}

static int compare_day(const void *key, const void *row)
{
	int32_t day = *(const int32_t *)key, other = ((const struct calendar_day *)row)->day;

	return day < other ? -1 : day > other;
}

bool calendar_holiday(const struct calendar *c, int32_t day)
{
	const struct calendar_day *own = NULL;
	const char *name;
	bool estimated;

	if (c->n_days)
		own = bsearch(&day, c->days, (size_t)c->n_days, sizeof(*c->days), compare_day);
	return own ? own->off : holiday_find(c->country, day, &name, &estimated);
}

/* Of message after message the same day is asked for. */
static bool is_holiday(void *data, int32_t day)
{
	struct calendar *c = data;

	if (c->asked != day)
		c->asked_off = calendar_holiday(c, day);
	c->asked = day;
	return c->asked_off;
}

int64_t calendar_next(struct calendar *c, enum channel channel, const char *zone, int64_t at)
{
	if (channel != CHANNEL_SMS)
		return at;
	return send_hours_next(&c->sms, calendar_zone(c, zone), is_holiday, c, at);
}

int64_t calendar_same_time(struct calendar *c, const char *zone, int64_t at)
{
	const struct tz *tz = calendar_zone(c, zone);
	struct tz_time local;

	if (tz == c->home || !tz || !c->home)
		return at;
	local = tz_local(c->home, at);
	return tz_instant(tz, local.day, local.minute * 60 + local.second);
}
