#include "test.h"

#include "cellnum.h"

static void check_decimal(const char *stored, const char *expected)
{
	struct strbuf got = STRBUF_INIT;

	assert_int_equal(cellnum_add_decimal(&got, stored, strlen(stored)), expected != NULL);
	assert_string_equal(got.buf, expected ? expected : "");
	strbuf_release(&got);
}

static void cellnum__decimal__whole_numbers_keep_every_digit(void **state)
{
	(void)state;
	check_decimal("0", "0");
	check_decimal("-0", "0");
	check_decimal("007", "7");
	check_decimal("+5", "5");
	check_decimal("22670123456", "22670123456");
	check_decimal("9223372036854775807", "9223372036854775807");
	check_decimal("-100", "-100");
}

static void cellnum__decimal__expands_exponents_exactly(void **state)
{
	(void)state;
	check_decimal("2.2670123456E10", "22670123456");
	check_decimal("2.2670123456e+10", "22670123456");
	check_decimal("2.2670123456E+9", "2267012345.6");
	check_decimal("1E3", "1000");
	check_decimal("5E-1", "0.5");
	check_decimal("-1.5E-3", "-0.0015");
	check_decimal("1E20", "100000000000000000000");
	check_decimal("0E5", "0");
	check_decimal("12E-2", "0.12");
}

static void cellnum__decimal__drops_zeros_that_say_nothing(void **state)
{
	(void)state;
	check_decimal("1.50", "1.5");
	check_decimal("1.00", "1");
	check_decimal(".5", "0.5");
	check_decimal("5.", "5");
	check_decimal("0.050", "0.05");
	check_decimal("-0.0", "0");
}

static void cellnum__decimal__rounds_to_what_a_spreadsheet_shows(void **state)
{
	(void)state;
	check_decimal("1234.5599999999999", "1234.56");
	check_decimal("0.30000000000000004", "0.3");
	check_decimal("2.2670123456000001E10", "22670123456");
	check_decimal("0.99999999999999994", "1");
	check_decimal("-999999999999999.95", "-1000000000000000");
	/* The fifteenth digit is kept, the sixteenth decides it. */
	check_decimal("1.23456789012345", "1.23456789012345");
	check_decimal("1.234567890123454", "1.23456789012345");
	check_decimal("1.234567890123455", "1.23456789012346");
}

static void cellnum__decimal__refuses_what_is_no_number(void **state)
{
	(void)state;
	check_decimal("", NULL);
	check_decimal("-", NULL);
	check_decimal(".", NULL);
	check_decimal("1,5", NULL);
	check_decimal("1.2.3", NULL);
	check_decimal("1E", NULL);
	check_decimal("1E+", NULL);
	check_decimal("E5", NULL);
	check_decimal(" 1", NULL);
	check_decimal("1 ", NULL);
	check_decimal("NaN", NULL);
	check_decimal("0x10", NULL);
}

static void cellnum__decimal__has_a_ceiling(void **state)
{
	char digits[66];
	struct strbuf got = STRBUF_INIT;

	(void)state;
	assert_true(cellnum_add_decimal(&got, "1E399", 5));
	assert_int_equal(got.len, 400);
	strbuf_release(&got);
	check_decimal("1E400", NULL);
	check_decimal("1E99999999999999999999", NULL);
	memset(digits, '7', sizeof(digits));
	digits[64] = '\0';
	check_decimal(digits, digits);
	digits[64] = '7';
	digits[65] = '\0';
	check_decimal(digits, NULL);
}

static void check_serial(const char *decimal, int64_t days, int32_t seconds)
{
	int64_t got_days;
	int32_t got_seconds;

	assert_true(cellnum_serial(decimal, strlen(decimal), &got_days, &got_seconds));
	assert_int_equal(got_days, days);
	assert_int_equal(got_seconds, seconds);
}

static void cellnum__serial__splits_days_and_seconds(void **state)
{
	int64_t days;
	int32_t seconds;

	(void)state;
	check_serial("45382", 45382, 0);
	check_serial("45382.5", 45382, 43200);
	check_serial("0.586805555555556", 0, 50700); /* 14:05 */
	check_serial("45382.9999999", 45383, 0);
	check_serial("45382.99999", 45382, 86399);
	assert_false(cellnum_serial("-1", 2, &days, &seconds));
	assert_false(cellnum_serial("22670123456", 11, &days, &seconds));
}

static void cellnum__format__builtin_ids(void **state)
{
	static const int dates[] = { 14, 22, 27, 36, 45, 47, 50, 58 };
	static const int others[] = { -1, 0, 1, 13, 23, 26, 37, 44, 48, 49, 59, 164 };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(dates); i++)
		assert_true(cellnum_builtin_is_date(dates[i]));
	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		assert_false(cellnum_builtin_is_date(others[i]));
}

static void cellnum__format__tells_days_from_amounts(void **state)
{
	static const char *const dates[] = {
		"dd/mm/yyyy",
		"yyyy\\-mm\\-dd",
		"[$-40C]d\\ mmmm\\ yyyy;@",
		"mm:ss.0",
		"h:mm",
		"[h]:mm:ss",
		"mmm\\-yy",
		"DD/MM/YYYY",
		"dd/mm/yyyy\\ hh:mm",
		"d\" du mois\"",
	};
	static const char *const others[] = {
		"General",
		"0.00",
		"#,##0",
		"#,##0\\ \"F CFA\"",
		"[Red]0.00",
		"0%",
		"@",
		"0.00E+00",
		"\"dd/mm/yyyy\"",
		"\\d\\m\\y",
		"#,##0.00\\ [$MAD]",
		"# ##0 MAD",
		"0.00 USD",
		"_-* #,##0.00_d_-",
		"\"mois\"",
		"[Magenta]",
		"\\",
		"_",
		"\"open",
		"[open",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(dates); i++)
		assert_true(cellnum_format_is_date(dates[i]));
	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		assert_false(cellnum_format_is_date(others[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cellnum__decimal__whole_numbers_keep_every_digit),
		cmocka_unit_test(cellnum__decimal__expands_exponents_exactly),
		cmocka_unit_test(cellnum__decimal__drops_zeros_that_say_nothing),
		cmocka_unit_test(cellnum__decimal__rounds_to_what_a_spreadsheet_shows),
		cmocka_unit_test(cellnum__decimal__refuses_what_is_no_number),
		cmocka_unit_test(cellnum__decimal__has_a_ceiling),
		cmocka_unit_test(cellnum__serial__splits_days_and_seconds),
		cmocka_unit_test(cellnum__format__builtin_ids),
		cmocka_unit_test(cellnum__format__tells_days_from_amounts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
