#include "retry.h"

#include <string.h>

bool retry_greylisted(const struct send_result *why)
{
	const char *code = why->code;

	if (why->outcome != OUTCOME_RETRY || (strncmp(code, "450", 3) && strncmp(code, "451", 3)))
		return false;
	return !code[3] || code[3] == ' ' || code[3] == '-';
}

int64_t retry_doubled(int64_t first, int times, int64_t longest)
{
	int64_t wait = first;

	for (int i = 1; i < times && wait < longest; i++)
		wait *= 2;
	return wait < longest ? wait : longest;
}

int64_t retry_hint(int64_t seconds)
{
	if (seconds < 0)
		return 0;
	return seconds < RETRY_HINT_SECONDS ? seconds : RETRY_HINT_SECONDS;
}

int64_t retry_wait(const struct send_result *why, int attempts, struct rng *jitter)
{
	bool later = why->outcome == OUTCOME_QUOTA || retry_greylisted(why);
	int most = later ? RETRY_GREYLIST_MOST : RETRY_MOST;
	int64_t wait, hint = retry_hint(why->wait_seconds);

	if (why->outcome == OUTCOME_RETRY && attempts >= most)
		return RETRY_NEVER;
	if (why->outcome != OUTCOME_RETRY && why->outcome != OUTCOME_DOWN &&
		why->outcome != OUTCOME_FORBIDDEN && why->outcome != OUTCOME_QUOTA)
		return RETRY_NEVER;
	wait = retry_doubled(
		later ? RETRY_LATER_SECONDS : RETRY_FIRST_SECONDS, attempts, RETRY_LONGEST_SECONDS);
	if (jitter)
		wait += rng_range(jitter, -(wait / 10), wait / 10);
	return wait > hint ? wait : hint;
}
