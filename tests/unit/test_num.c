#include "test.h"

#include "num.h"

static void num__parse_i64__takes_the_whole_range(void **state)
{
	int64_t n = 0;

	(void)state;
	assert_true(num_parse_i64("0", INT64_MIN, INT64_MAX, &n));
	assert_int_equal(n, 0);
	assert_true(num_parse_i64("-17", INT64_MIN, INT64_MAX, &n));
	assert_int_equal(n, -17);
	assert_true(num_parse_i64("007", INT64_MIN, INT64_MAX, &n));
	assert_int_equal(n, 7);
	assert_true(num_parse_i64("9223372036854775807", INT64_MIN, INT64_MAX, &n));
	assert_true(n == INT64_MAX);
	assert_true(num_parse_i64("-9223372036854775808", INT64_MIN, INT64_MAX, &n));
	assert_true(n == INT64_MIN);
	assert_false(num_parse_i64("9223372036854775808", INT64_MIN, INT64_MAX, &n));
	assert_false(num_parse_i64("-9223372036854775809", INT64_MIN, INT64_MAX, &n));
	assert_false(num_parse_i64("99999999999999999999", INT64_MIN, INT64_MAX, &n));
}

static void num__parse_i64__holds_both_limits(void **state)
{
	int64_t n = 5;

	(void)state;
	assert_true(num_parse_i64("1", 1, 23, &n));
	assert_true(num_parse_i64("23", 1, 23, &n));
	assert_int_equal(n, 23);
	assert_false(num_parse_i64("0", 1, 23, &n));
	assert_false(num_parse_i64("24", 1, 23, &n));
	assert_int_equal(n, 23);
}

static void num__parse_i64__refuses_all_but_digits(void **state)
{
	static const char *const wrong[] = { "", "-", "+1", " 1", "1 ", "1.0", "1,000", "0x10",
		"1e3", "--1", "١" };
	int64_t n;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
		assert_false(num_parse_i64(wrong[i], INT64_MIN, INT64_MAX, &n));
}

static void num__parse_size__has_no_sign(void **state)
{
	size_t n = 1;

	(void)state;
	assert_true(num_parse_size("4096", 4096, &n));
	assert_int_equal(n, 4096);
	assert_false(num_parse_size("4097", 4096, &n));
	assert_false(num_parse_size("-1", 4096, &n));
	assert_false(num_parse_size("", 4096, &n));
	assert_true(num_parse_size("18446744073709551615", SIZE_MAX, &n));
	assert_true(n == SIZE_MAX);
	assert_false(num_parse_size("18446744073709551616", SIZE_MAX, &n));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(num__parse_i64__takes_the_whole_range),
		cmocka_unit_test(num__parse_i64__holds_both_limits),
		cmocka_unit_test(num__parse_i64__refuses_all_but_digits),
		cmocka_unit_test(num__parse_size__has_no_sign),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
