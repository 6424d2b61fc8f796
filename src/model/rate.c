#include "rate.h"

#include <string.h>

void rate_init(struct rate *r, int64_t limit)
{
	memset(r, 0, sizeof(*r));
	r->limit = limit;
}

static int64_t minute_of(int64_t instant)
{
	return instant > 0 ? instant / 60 : 0;
}

/* The minute lies within the window: its slot holds it, or is empty. */
static void add(struct rate *r, int64_t minute, int64_t n)
{
	size_t i = (size_t)(minute % RATE_MINUTES);

	r->minute[i] = minute;
	r->used[i] = n > INT64_MAX - r->used[i] ? INT64_MAX : r->used[i] + n;
}

/* Empties what is over an hour old and brings back what a clock put back has left in
 * the future; then every slot in use lies within the window. */
static void settle(struct rate *r, int64_t minute)
{
	for (size_t i = 0; i < RATE_MINUTES; i++) {
		if (r->used[i] && r->minute[i] <= minute - RATE_MINUTES)
			r->used[i] = 0;
	}
	for (size_t i = 0; i < RATE_MINUTES; i++) {
		int64_t used = r->used[i];

		if (!used || r->minute[i] <= minute)
			continue;
		r->used[i] = 0;
		add(r, minute, used);
	}
}

void rate_load(struct rate *r, int64_t minute, int64_t used, int64_t now)
{
	int64_t here = minute_of(now);

	settle(r, here);
	if (used > 0 && minute > here - RATE_MINUTES && minute >= 0)
		add(r, minute < here ? minute : here, used);
}

void rate_take(struct rate *r, int64_t n, int64_t now)
{
	rate_load(r, minute_of(now), n, now);
}

int64_t rate_used(struct rate *r, int64_t now)
{
	int64_t sum = 0;

	settle(r, minute_of(now));
	for (size_t i = 0; i < RATE_MINUTES; i++)
		sum = r->used[i] > INT64_MAX - sum ? INT64_MAX : sum + r->used[i];
	return sum;
}

int64_t rate_room(struct rate *r, int64_t now)
{
	int64_t used = rate_used(r, now);

	if (r->limit <= 0)
		return INT64_MAX;
	return used < r->limit ? r->limit - used : 0;
}

int64_t rate_until(struct rate *r, int64_t n, int64_t now)
{
	int64_t here = minute_of(now), room = rate_room(r, now), left;

	if (n <= room)
		return now;
	if (n > r->limit)
		return INT64_MAX;
	left = rate_used(r, now);
	for (int64_t minute = here - RATE_MINUTES + 1; minute < here; minute++) {
		size_t i = (size_t)(minute % RATE_MINUTES);

		if (minute < 0 || r->minute[i] != minute)
			continue;
		left -= r->used[i];
		if (left <= r->limit - n)
			return (minute + RATE_MINUTES) * 60;
	}
	return (here + RATE_MINUTES) * 60;
}
