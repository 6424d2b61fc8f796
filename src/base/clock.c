#include "clock.h"

#include "date.h"
#include "num.h"

static int64_t system_now(void *data)
{
	struct timespec ts;

	(void)data;
	clock_gettime(CLOCK_REALTIME, &ts);
	return ts.tv_sec;
}

static int64_t system_ms(void *data)
{
	struct timespec ts;

	(void)data;
	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* Read at each call, so that nothing has to be kept. */
static int64_t env_now(void *data)
{
	const char *text = getenv("ECOMPTA_NOW"), *plus = text ? strchr(text, '+') : NULL;
	int64_t at, since;

	if (!text || !date_parse_instant(text, plus ? (size_t)(plus - text) : strlen(text), &at))
		return system_now(data);
	if (plus && num_parse_i64(plus + 1, 0, INT64_MAX, &since))
		return at + system_now(data) - since;
	return at;
}

static int64_t fixed_now(void *data)
{
	return *(int64_t *)data;
}

struct clock clock_system(void)
{
	return (struct clock){ system_now, system_ms, NULL };
}

struct clock clock_system_or_env(void)
{
	return (struct clock){ env_now, system_ms, NULL };
}

struct clock clock_fixed(int64_t *at)
{
	return (struct clock){ fixed_now, system_ms, at };
}
