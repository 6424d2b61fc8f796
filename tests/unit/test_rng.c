#include "test.h"

#include "rng.h"

static void rng__u64__follows_the_published_sequence(void **state)
{
	static const uint64_t expected[] = {
		UINT64_C(6457827717110365317),
		UINT64_C(3203168211198807973),
		UINT64_C(9817491932198370423),
		UINT64_C(4593380528125082431),
		UINT64_C(16408922859458223821),
	};
	struct rng r;

	(void)state;
	rng_init(&r, 1234567);
	for (size_t i = 0; i < 5; i++)
		assert_true(rng_u64(&r) == expected[i]);
}

static void rng__init_stream__gives_each_item_its_own(void **state)
{
	struct rng a, b, again;

	(void)state;
	rng_init_stream(&a, 1, 2);
	rng_init_stream(&b, 2, 1);
	rng_init_stream(&again, 1, 2);
	for (int i = 0; i < 100; i++) {
		uint64_t x = rng_u64(&a);

		assert_true(x == rng_u64(&again));
		assert_true(x != rng_u64(&b));
	}
}

static void rng__below__is_even_and_within(void **state)
{
	unsigned seen[7] = { 0 };
	struct rng r;

	(void)state;
	rng_init(&r, 42);
	for (int i = 0; i < 70000; i++) {
		uint64_t x = rng_below(&r, 7);

		assert_true(x < 7);
		seen[x]++;
	}
	for (int i = 0; i < 7; i++)
		assert_in_range(seen[i], 9700, 10300);
	for (int i = 0; i < 100; i++)
		assert_true(rng_below(&r, 1) == 0);
}

/* Two thirds of 2^64: multiplying without a second draw would give the low
 * third twice as often. */
static void rng__below__has_no_bias_for_a_wide_range(void **state)
{
	const uint64_t third = UINT64_MAX / 3;
	unsigned low = 0;
	struct rng r;

	(void)state;
	rng_init(&r, 7);
	for (int i = 0; i < 30000; i++)
		low += rng_below(&r, 2 * third) < third;
	assert_in_range(low, 14600, 15400);
}

static void rng__range__reaches_both_ends(void **state)
{
	bool low = false, high = false;
	struct rng r;

	(void)state;
	rng_init(&r, 3);
	for (int i = 0; i < 1000; i++) {
		int64_t x = rng_range(&r, -2, 2);

		assert_true(x >= -2 && x <= 2);
		low = low || x == -2;
		high = high || x == 2;
	}
	assert_true(low && high);
	assert_true(rng_range(&r, INT64_MIN, INT64_MIN) == INT64_MIN);
	(void)rng_range(&r, INT64_MIN, INT64_MAX);
}

static void rng__weighted__follows_the_weights(void **state)
{
	static const uint16_t weights[] = { 0, 1, 0, 3, 6 };
	unsigned seen[5] = { 0 };
	struct rng r;

	(void)state;
	rng_init(&r, 5);
	for (int i = 0; i < 10000; i++)
		seen[rng_weighted(&r, weights, 5)]++;
	assert_int_equal(seen[0], 0);
	assert_int_equal(seen[2], 0);
	assert_in_range(seen[1], 900, 1100);
	assert_in_range(seen[3], 2850, 3150);
	assert_in_range(seen[4], 5850, 6150);
}

static void rng__triangular__peaks_at_its_mode(void **state)
{
	unsigned below = 0;
	int64_t sum = 0;
	struct rng r;

	(void)state;
	rng_init(&r, 6);
	for (int i = 0; i < 20000; i++) {
		int64_t x = rng_triangular(&r, 0, 100, 1000);

		assert_true(x >= 0 && x <= 1000);
		below += x < 100;
		sum += x;
	}
	assert_in_range(below, 1850, 2150);	/* the left side's share: 10 % */
	assert_in_range(sum / 20000, 360, 374); /* (0 + 100 + 1000) / 3 */
	assert_true(rng_triangular(&r, 4, 4, 4) == 4);
}

static void rng__exponential__has_its_mean_and_its_ceiling(void **state)
{
	unsigned over = 0;
	int64_t sum = 0;
	struct rng r;

	(void)state;
	rng_init(&r, 8);
	for (int i = 0; i < 40000; i++) {
		int64_t x = rng_exponential(&r, 1000, INT64_MAX);

		assert_true(x >= 0);
		sum += x;
		over += x > 1000;
	}
	assert_in_range(sum / 40000, 985, 1015);
	assert_in_range(over, 14400, 15030); /* 1/e of them */
	for (int i = 0; i < 1000; i++)
		assert_true(rng_exponential(&r, 1000, 500) <= 500);
	assert_true(rng_exponential(&r, 0, 500) == 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rng__u64__follows_the_published_sequence),
		cmocka_unit_test(rng__init_stream__gives_each_item_its_own),
		cmocka_unit_test(rng__below__is_even_and_within),
		cmocka_unit_test(rng__below__has_no_bias_for_a_wide_range),
		cmocka_unit_test(rng__range__reaches_both_ends),
		cmocka_unit_test(rng__weighted__follows_the_weights),
		cmocka_unit_test(rng__triangular__peaks_at_its_mode),
		cmocka_unit_test(rng__exponential__has_its_mean_and_its_ceiling),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
