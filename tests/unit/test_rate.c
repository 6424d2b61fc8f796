#include "test.h"

#include "rate.h"

#define T0 INT64_C(60000000) /* a full minute */

static void rate__room__is_the_limit_less_what_was_taken(void **state)
{
	struct rate r;

	(void)state;
	rate_init(&r, 100);
	assert_int_equal(rate_room(&r, T0), 100);
	rate_take(&r, 60, T0);
	rate_take(&r, 39, T0 + 59);
	assert_int_equal(rate_used(&r, T0 + 59), 99);
	assert_int_equal(rate_room(&r, T0 + 59), 1);
	assert_int_equal(rate_until(&r, 1, T0 + 59), T0 + 59);
	rate_take(&r, 1, T0 + 59);
	assert_int_equal(rate_room(&r, T0 + 59), 0);
	rate_take(&r, 5, T0 + 59);
	assert_int_equal(rate_room(&r, T0 + 59), 0);
	rate_take(&r, 0, T0 + 59);
	rate_take(&r, -7, T0 + 59);
	assert_int_equal(rate_used(&r, T0 + 59), 105);
}

/* Taken in the last second of a minute, it is an hour old in the last of another. */
static void rate__minute__counts_until_all_of_it_is_an_hour_old(void **state)
{
	struct rate r;

	(void)state;
	rate_init(&r, 10);
	rate_take(&r, 10, T0 + 59);
	assert_int_equal(rate_room(&r, T0 + 59 + 3600), 0);
	assert_int_equal(rate_room(&r, T0 + 60 + 3600), 10);
	assert_int_equal(rate_used(&r, T0 + 60 + 3600), 0);
}

static void rate__until__is_when_enough_has_aged(void **state)
{
	struct rate r;

	(void)state;
	rate_init(&r, 100);
	rate_take(&r, 30, T0);
	rate_take(&r, 30, T0 + 600);
	rate_take(&r, 40, T0 + 1230);
	assert_int_equal(rate_until(&r, 0, T0 + 1260), T0 + 1260);
	assert_int_equal(rate_until(&r, 1, T0 + 1260), T0 + 3660);
	assert_int_equal(rate_until(&r, 30, T0 + 1260), T0 + 3660);
	assert_int_equal(rate_until(&r, 31, T0 + 1260), T0 + 600 + 3660);
	assert_int_equal(rate_until(&r, 60, T0 + 1260), T0 + 600 + 3660);
	assert_int_equal(rate_until(&r, 61, T0 + 1260), T0 + 1200 + 3660);
	assert_int_equal(rate_until(&r, 100, T0 + 1260), T0 + 1200 + 3660);
	assert_int_equal(rate_until(&r, 101, T0 + 1260), INT64_MAX);
	assert_int_equal(rate_room(&r, T0 + 3659), 0);
	assert_int_equal(rate_room(&r, T0 + 3660), 30);
}

static void rate__until__after_a_burst_of_this_minute(void **state)
{
	struct rate r;

	(void)state;
	rate_init(&r, 5);
	rate_take(&r, 5, T0 + 30);
	assert_int_equal(rate_until(&r, 1, T0 + 30), T0 + 3660);
}

static void rate__limit__none(void **state)
{
	struct rate r;

	(void)state;
	rate_init(&r, 0);
	rate_take(&r, 1000000, T0);
	assert_int_equal(rate_room(&r, T0), INT64_MAX);
	assert_int_equal(rate_until(&r, INT64_MAX, T0), T0);
	assert_int_equal(rate_used(&r, T0), 1000000);
	rate_take(&r, INT64_MAX, T0 + 60);
	assert_int_equal(rate_used(&r, T0 + 60), INT64_MAX);
}

static void rate__limit__lowered_below_what_was_used(void **state)
{
	struct rate r;

	(void)state;
	rate_init(&r, 100);
	rate_take(&r, 50, T0);
	rate_take(&r, 10, T0 + 120);
	r.limit = 20;
	assert_int_equal(rate_room(&r, T0 + 120), 0);
	assert_int_equal(rate_until(&r, 10, T0 + 120), T0 + 3660);
	assert_int_equal(rate_until(&r, 11, T0 + 120), T0 + 120 + 3660);
}

static void rate__load__takes_the_hour_and_leaves_the_rest(void **state)
{
	struct rate r;
	int64_t m = T0 / 60;

	(void)state;
	rate_init(&r, 100);
	rate_load(&r, m - 61, 7, T0);
	assert_int_equal(rate_used(&r, T0), 0);
	rate_load(&r, m - 60, 7, T0);
	rate_load(&r, m - 1, 11, T0);
	rate_load(&r, m, 13, T0);
	rate_load(&r, m, -3, T0);
	assert_int_equal(rate_used(&r, T0), 31);
	assert_int_equal(rate_used(&r, T0 + 60), 24);
	assert_int_equal(rate_used(&r, T0 + 60 * 60), 13);
	assert_int_equal(rate_used(&r, T0 + 61 * 60), 0);
}

/* Stored under a clock that was two hours ahead: it counts, for an hour from now. */
static void rate__load__counts_the_future_as_now(void **state)
{
	struct rate r;
	int64_t m = T0 / 60;

	(void)state;
	rate_init(&r, 100);
	for (int i = 0; i < 200; i++)
		rate_load(&r, m + i, 1, T0);
	assert_int_equal(rate_used(&r, T0), 200);
	assert_int_equal(rate_used(&r, T0 + 3659), 200);
	assert_int_equal(rate_used(&r, T0 + 3660), 0);
}

static void rate__clock__put_back_gives_no_room(void **state)
{
	struct rate r;

	(void)state;
	rate_init(&r, 100);
	for (int i = 0; i < 61; i++)
		rate_take(&r, 1, T0 + i * 60);
	assert_int_equal(rate_room(&r, T0 + 3600), 39);
	/* By half an hour: minutes 31 to 60 are in the future. */
	assert_int_equal(rate_room(&r, T0 + 1800), 39);
	assert_int_equal(rate_until(&r, 40, T0 + 1800), T0 + 3660);
	assert_int_equal(rate_used(&r, T0 + 1800 + 3600), 31);
	assert_int_equal(rate_used(&r, T0 + 1860 + 3600), 0);
}

static void rate__clock__put_back_by_years(void **state)
{
	struct rate r;

	(void)state;
	rate_init(&r, 10);
	rate_take(&r, 10, T0);
	assert_int_equal(rate_room(&r, -5), 0);
	assert_int_equal(rate_room(&r, 3659), 0);
	assert_int_equal(rate_room(&r, 3660), 10);
}

/* At any pace no hour holds more than the limit: seconds are walked one by one. */
static void rate__hour__never_holds_more_than_the_limit(void **state)
{
	static int sent[4 * 3600];
	struct rate r;
	int within = 0, total = 0;

	(void)state;
	rate_init(&r, 50);
	for (int s = 0; s < (int)ARRAY_SIZE(sent); s++) {
		int want = s * 7919 % 11 == 0 ? 1 + s % 3 : 0;

		if (want && rate_room(&r, T0 + s) >= want) {
			rate_take(&r, want, T0 + s);
			sent[s] = want;
		}
		total += sent[s];
		within += sent[s] - (s >= 3600 ? sent[s - 3600] : 0);
		assert_true(within <= 50);
	}
	assert_true(total >= 190);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rate__room__is_the_limit_less_what_was_taken),
		cmocka_unit_test(rate__minute__counts_until_all_of_it_is_an_hour_old),
		cmocka_unit_test(rate__until__is_when_enough_has_aged),
		cmocka_unit_test(rate__until__after_a_burst_of_this_minute),
		cmocka_unit_test(rate__limit__none),
		cmocka_unit_test(rate__limit__lowered_below_what_was_used),
		cmocka_unit_test(rate__load__takes_the_hour_and_leaves_the_rest),
		cmocka_unit_test(rate__load__counts_the_future_as_now),
		cmocka_unit_test(rate__clock__put_back_gives_no_room),
		cmocka_unit_test(rate__clock__put_back_by_years),
		cmocka_unit_test(rate__hour__never_holds_more_than_the_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
