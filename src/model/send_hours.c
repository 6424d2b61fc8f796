#include "send_hours.h"

#include <stdio.h>
#include <string.h>

#include "country_rule.h"
#include "date.h"

#define DAY_MINUTES 1440
#define INSTANT_MOST (INT64_C(1) << 40) /* far past every year that can be written */

void send_hours_init(struct send_hours *h)
{
	*h = (struct send_hours){ .until = DAY_MINUTES, .days = SEND_HOURS_WEEK, .holidays = true };
}

static int two_digits(const char *s)
{
	return (s[0] - '0') * 10 + (s[1] - '0');
}

bool send_hours_parse(const char *hours, const char *days, struct send_hours *h)
{
	bool all = !strcmp(days, "ALL");

	if (!country_rule_valid(CR_SMS_HOURS, hours) || !country_rule_valid(CR_SMS_DAYS, days))
		return false;
	h->from = two_digits(hours) * 60 + two_digits(hours + 3);
	h->until = two_digits(hours + 6) * 60 + two_digits(hours + 9);
	h->days = all ? SEND_HOURS_WEEK : SEND_HOURS_WEEK >> 1;
	h->holidays = all;
	return true;
}

static bool on_weekday(const struct send_hours *h, int weekday)
{
	return h->days >> (weekday - 1) & 1;
}

void send_hours_add(struct strbuf *out, const struct send_hours *h, enum lang lang)
{
	const char *before = " ";

	date_add_time(out, h->from);
	strbuf_adds(out, "-");
	date_add_time(out, h->until);
	if (h->days == SEND_HOURS_WEEK)
		return;
	for (int first = 1; first <= 7; first++) {
		int last = first;

		if (!on_weekday(h, first))
			continue;
		while (last < 7 && on_weekday(h, last + 1))
			last++;
		strbuf_adds(out, before);
		strbuf_adds(out, date_weekday_short(lang, first));
		if (last > first) {
			strbuf_adds(out, last == first + 1 ? ", " : "-");
			strbuf_adds(out, date_weekday_short(lang, last));
		}
		before = ", ";
		first = last;
	}
}

/* The next instant at which the clock may show something else of interest: `minute` of
 * the same day (1440: the next), or a minute later when the clock is changed before. */
static int64_t step(const struct tz *tz, int64_t at, const struct tz_time *local, int minute)
{
	int64_t begun = at - local->second;
	int64_t next = begun + (int64_t)(minute - local->minute) * 60;

	if (tz_offset_at(tz, next) != tz_offset_at(tz, at))
		return begun + 60;
	return next;
}

int64_t send_hours_next(const struct send_hours *h, const struct tz *tz,
	bool (*holiday)(void *data, int32_t day), void *data, int64_t at)
{
	int32_t first = tz_local(tz, at).day, seen = DAY_NONE;
	bool open = false;

	if (h->from >= h->until || !(h->days & SEND_HOURS_WEEK) || at > INSTANT_MOST ||
		at < -INSTANT_MOST)
		return INT64_MAX;
	for (int64_t end = at + (int64_t)(SEND_HOURS_AHEAD + 2) * DAY_SECONDS; at < end;) {
		struct tz_time local = tz_local(tz, at);

		if (local.day > first + SEND_HOURS_AHEAD)
			break;
		if (local.day != seen) {
			seen = local.day;
			open = on_weekday(h, date_weekday(seen)) &&
			       (h->holidays || !holiday || !holiday(data, seen));
		}
		if (open && local.minute >= h->from && local.minute < h->until)
			return at;
		at = step(tz, at, &local, open && local.minute < h->from ? h->from : DAY_MINUTES);
	}
	return INT64_MAX;
}
