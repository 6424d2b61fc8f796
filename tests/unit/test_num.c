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

#define NBSP "\xC2\xA0"

static void check_format(int64_t n, int decimals, const char *fr, const char *en)
{
	struct strbuf sb = STRBUF_INIT;

	num_format(&sb, n, decimals, LANG_FR);
	assert_string_equal(sb.buf, fr);
	strbuf_clear(&sb);
	num_format(&sb, n, decimals, LANG_EN);
	assert_string_equal(sb.buf, en);
	strbuf_release(&sb);
}

static void num__format__groups_by_three(void **state)
{
	(void)state;
	check_format(0, 0, "0", "0");
	check_format(999, 0, "999", "999");
	check_format(1000, 0, "1" NBSP "000", "1,000");
	check_format(-14250000, 0, "-14" NBSP "250" NBSP "000", "-14,250,000");
	check_format(123450, 2, "1" NBSP "234,50", "1,234.50");
	check_format(-5, 2, "-0,05", "-0.05");
	check_format(99999, 2, "999,99", "999.99");
	check_format(1, 3, "0,001", "0.001");
	check_format(INT64_MIN, 0,
		"-9" NBSP "223" NBSP "372" NBSP "036" NBSP "854" NBSP "775" NBSP "808",
		"-9,223,372,036,854,775,808");
	check_format(INT64_MAX, 18, "9,223372036854775807", "9.223372036854775807");
}

static void num__format_with__takes_any_marks(void **state)
{
	struct strbuf sb = STRBUF_INIT;

	(void)state;
	num_format_with(&sb, 123456789, 2, "", '.');
	assert_string_equal(sb.buf, "1234567.89");
	strbuf_release(&sb);
}

static void num__format_percent__takes_tenths(void **state)
{
	struct strbuf sb = STRBUF_INIT;

	(void)state;
	num_format_percent(&sb, 981, LANG_FR);
	strbuf_addc(&sb, '|');
	num_format_percent(&sb, 981, LANG_EN);
	strbuf_addc(&sb, '|');
	num_format_percent(&sb, -4, LANG_EN);
	strbuf_addc(&sb, '|');
	num_format_percent(&sb, 1000, LANG_FR);
	assert_string_equal(sb.buf, "98,1" NBSP "%|98.1%|-0.4%|100,0" NBSP "%");
	strbuf_release(&sb);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(num__parse_i64__takes_the_whole_range),
		cmocka_unit_test(num__parse_i64__holds_both_limits),
		cmocka_unit_test(num__parse_i64__refuses_all_but_digits),
		cmocka_unit_test(num__parse_size__has_no_sign),
		cmocka_unit_test(num__format__groups_by_three),
		cmocka_unit_test(num__format_with__takes_any_marks),
		cmocka_unit_test(num__format_percent__takes_tenths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
