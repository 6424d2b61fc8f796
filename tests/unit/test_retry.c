#include "test.h"

#include <string.h>

#include "retry.h"

static struct send_result result(enum send_outcome outcome, const char *code, int64_t hint)
{
	struct send_result r = { .outcome = outcome, .wait_seconds = hint };

	memcpy(r.code, code, strlen(code));
	return r;
}

static void retry__wait__doubles_until_an_hour(void **state)
{
	static const int64_t want[] = { 30, 60, 120, 240, 480, 960, 1920 };
	struct send_result r = result(OUTCOME_RETRY, "", 0), down = result(OUTCOME_DOWN, "", 0);

	(void)state;
	for (int i = 0; i < 7; i++) {
		assert_int_equal(retry_wait(&r, i + 1, NULL), want[i]);
		assert_int_equal(retry_wait(&down, i + 1, NULL), want[i]);
	}
	assert_int_equal(retry_wait(&r, 0, NULL), 30);
	assert_int_equal(retry_wait(&r, 8, NULL), RETRY_NEVER);
	assert_int_equal(retry_wait(&r, 9, NULL), RETRY_NEVER);
	assert_int_equal(retry_wait(&down, 8, NULL), 3600);
	assert_int_equal(retry_wait(&down, INT32_MAX, NULL), 3600);
}

static void retry__wait__of_a_full_or_refusing_provider_never_ends(void **state)
{
	static const int64_t want[] = { 300, 600, 1200, 2400, 3600, 3600 };
	struct send_result full = result(OUTCOME_QUOTA, "", 0);
	struct send_result no = result(OUTCOME_FORBIDDEN, "", 0);

	(void)state;
	for (int i = 0; i < 6; i++)
		assert_int_equal(retry_wait(&full, i + 1, NULL), want[i]);
	assert_int_equal(retry_wait(&full, 1000, NULL), 3600);
	assert_int_equal(retry_wait(&no, 1, NULL), 30);
	assert_int_equal(retry_wait(&no, 1000, NULL), 3600);
}

static void retry__greylisted__is_450_or_451_of_a_retry(void **state)
{
	static const char *const yes[] = { "450", "451", "450 4.2.0", "451-4.7.1" };
	static const char *const no[] = { "", "4", "45", "452", "449", "421", "4510", "21450" };
	struct send_result r;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(yes); i++) {
		r = result(OUTCOME_RETRY, yes[i], 0);
		assert_true(retry_greylisted(&r));
		assert_int_equal(retry_wait(&r, 1, NULL), 300);
		r = result(OUTCOME_DOWN, yes[i], 0);
		assert_false(retry_greylisted(&r));
	}
	for (size_t i = 0; i < ARRAY_SIZE(no); i++) {
		r = result(OUTCOME_RETRY, no[i], 0);
		assert_false(retry_greylisted(&r));
		assert_int_equal(retry_wait(&r, 1, NULL), 30);
	}
}

static void retry__greylisted__for_four_days(void **state)
{
	struct send_result r = result(OUTCOME_RETRY, "451 4.7.1", 0);
	int64_t sum = 0;
	int tries = 1;

	(void)state;
	for (int64_t wait; (wait = retry_wait(&r, tries, NULL)) != RETRY_NEVER; tries++)
		sum += wait;
	assert_int_equal(tries, 99);
	assert_int_equal(sum, 300 + 600 + 1200 + 2400 + 94 * 3600);
	assert_in_range(sum, 4 * 86400 - 3600, 4 * 86400);
}

static void retry__hint__is_a_minimum(void **state)
{
	struct rng rng;
	struct send_result r = result(OUTCOME_QUOTA, "", 1000);

	(void)state;
	rng_init(&rng, 1);
	for (int i = 0; i < 100; i++) {
		r.wait_seconds = 1000;
		assert_int_equal(retry_wait(&r, 1, &rng), 1000);
	}
	r.wait_seconds = 301;
	assert_int_equal(retry_wait(&r, 1, NULL), 301);
	r.wait_seconds = 299;
	assert_int_equal(retry_wait(&r, 1, NULL), 300);
	r.wait_seconds = 86400;
	assert_int_equal(retry_wait(&r, 1, NULL), 86400);
	r.wait_seconds = 86401;
	assert_int_equal(retry_wait(&r, 1, NULL), 86400);
	r.wait_seconds = -50;
	assert_int_equal(retry_wait(&r, 1, NULL), 300);
	r = result(OUTCOME_RETRY, "", 5000);
	assert_int_equal(retry_wait(&r, 8, NULL), RETRY_NEVER);
}

static void retry__jitter__is_a_tenth_each_way(void **state)
{
	struct send_result r = result(OUTCOME_RETRY, "", 0);
	int64_t least = INT64_MAX, most = 0;
	struct rng rng;

	(void)state;
	rng_init(&rng, 42);
	for (int i = 0; i < 5000; i++) {
		int64_t wait = retry_wait(&r, 4, &rng);

		least = wait < least ? wait : least;
		most = wait > most ? wait : most;
	}
	assert_int_equal(least, 216);
	assert_int_equal(most, 264);
}

static void retry__wait__of_what_is_not_tried_again(void **state)
{
	static const enum send_outcome ends[] = { OUTCOME_SENT, OUTCOME_REFUSED, OUTCOME_UNCERTAIN,
		OUTCOME_MORE };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
		struct send_result r = result(ends[i], "450", 60);

		assert_int_equal(retry_wait(&r, 1, NULL), RETRY_NEVER);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(retry__wait__doubles_until_an_hour),
		cmocka_unit_test(retry__wait__of_a_full_or_refusing_provider_never_ends),
		cmocka_unit_test(retry__greylisted__is_450_or_451_of_a_retry),
		cmocka_unit_test(retry__greylisted__for_four_days),
		cmocka_unit_test(retry__hint__is_a_minimum),
		cmocka_unit_test(retry__jitter__is_a_tenth_each_way),
		cmocka_unit_test(retry__wait__of_what_is_not_tried_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
