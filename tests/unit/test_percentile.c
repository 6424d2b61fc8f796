#include "test.h"

#include "percentile.h"

static void percentile__at__is_the_nearest_rank(void **state)
{
	struct percentile p;

	(void)state;
	percentile_start(&p, 0);
	for (int64_t i = 20; i > 0; i--)
		percentile_add(&p, i * 1000);
	assert_int_equal(p.count, 20);
	assert_int_equal(percentile_at(&p, 1), 1000);
	assert_int_equal(percentile_at(&p, 5), 1000);
	assert_int_equal(percentile_at(&p, 6), 2000);
	assert_int_equal(percentile_at(&p, 60), 12000);
	assert_int_equal(percentile_at(&p, 61), 13000);
	assert_int_equal(percentile_at(&p, 85), 17000);
	assert_int_equal(percentile_at(&p, 95), 19000);
	assert_int_equal(percentile_at(&p, 96), 20000);
	assert_int_equal(percentile_at(&p, 100), 20000);
}

static void percentile__at__rounds_to_two_digits(void **state)
{
	static const struct {
		int64_t revenue;
		int decimals;
		int64_t rounded;
	} rows[] = {
		{ 1, 0, 1 },
		{ 49, 2, 0 },
		{ 50, 2, 1 },
		{ 9949, 2, 99 },
		{ 9950, 2, 100 },
		{ 99, 0, 99 },
		{ 100, 0, 100 },
		{ 104, 0, 100 },
		{ 105, 0, 110 },
		{ 994, 0, 990 },
		{ 995, 0, 1000 },
		{ 99460, 2, 990 },
		{ 99499, 2, 990 },
		{ 99500, 2, 1000 },
		{ 123456789, 0, 120000000 },
		{ 125000000, 0, 130000000 },
		{ 1250000, 3, 1300 },
		{ INT64_MAX, 0, INT64_C(100000000000000000) },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct percentile p;

		percentile_start(&p, rows[i].decimals);
		percentile_add(&p, rows[i].revenue);
		if (percentile_at(&p, 60) != rows[i].rounded)
			fail_msg("%lld: %lld", (long long)rows[i].revenue,
				(long long)percentile_at(&p, 60));
	}
}

static void percentile__add__leaves_out_who_never_bought(void **state)
{
	struct percentile p;
	struct score_thresholds t = SCORE_THRESHOLDS_INIT;

	(void)state;
	percentile_start(&p, 0);
	percentile_add(&p, 0);
	percentile_add(&p, -5);
	assert_int_equal(p.count, 0);
	assert_int_equal(percentile_at(&p, 60), 0);
	assert_false(percentile_thresholds(&p, &t));
	assert_int_equal(t.mid, 50000);
}

static void percentile__thresholds__are_60_85_and_95(void **state)
{
	struct percentile p;
	struct score_thresholds t;

	(void)state;
	percentile_start(&p, 2);
	for (int64_t i = 1; i <= 100; i++)
		percentile_add(&p, i * 123400);
	assert_true(percentile_thresholds(&p, &t));
	assert_int_equal(t.low, 74000);
	assert_int_equal(t.mid, 100000);
	assert_int_equal(t.high, 120000);
}

static void percentile__thresholds__strictly_increase(void **state)
{
	static const struct {
		int64_t revenue;
		struct score_thresholds want;
	} rows[] = {
		{ 50000, { 50000, 51000, 52000 } },
		{ 98, { 98, 99, 100 } },
		{ 99000, { 99000, 100000, 110000 } },
		{ 1, { 1, 2, 3 } },
		{ INT64_MAX, { INT64_C(100000000000000000), INT64_C(110000000000000000),
				     INT64_C(120000000000000000) } },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct percentile p;
		struct score_thresholds t;

		percentile_start(&p, 0);
		for (int n = 0; n < 7; n++)
			percentile_add(&p, rows[i].revenue);
		assert_true(percentile_thresholds(&p, &t));
		assert_true(score_thresholds_valid(&t));
		assert_int_equal(t.low, rows[i].want.low);
		assert_int_equal(t.mid, rows[i].want.mid);
		assert_int_equal(t.high, rows[i].want.high);
	}
}

static void percentile__thresholds__are_positive(void **state)
{
	struct percentile p;
	struct score_thresholds t;

	(void)state;
	percentile_start(&p, 2);
	percentile_add(&p, 1);
	assert_true(percentile_thresholds(&p, &t));
	assert_int_equal(t.low, 1);
	assert_int_equal(t.mid, 2);
	assert_int_equal(t.high, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(percentile__at__is_the_nearest_rank),
		cmocka_unit_test(percentile__at__rounds_to_two_digits),
		cmocka_unit_test(percentile__add__leaves_out_who_never_bought),
		cmocka_unit_test(percentile__thresholds__are_60_85_and_95),
		cmocka_unit_test(percentile__thresholds__strictly_increase),
		cmocka_unit_test(percentile__thresholds__are_positive),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
