#include "test.h"

#include "money.h"

#define NBSP "\xC2\xA0"
#define NNBSP "\xE2\x80\xAF"

static void check_text(struct strbuf *sb, const char *want)
{
	assert_string_equal(sb->buf, want);
	strbuf_clear(sb);
}

static void check_format(int64_t minor, const char *currency, const char *fr, const char *en)
{
	struct strbuf sb = STRBUF_INIT;

	money_format(&sb, minor, currency, LANG_FR);
	check_text(&sb, fr);
	money_format(&sb, minor, currency, LANG_EN);
	check_text(&sb, en);
	strbuf_release(&sb);
}

static void money__format__follows_the_language(void **state)
{
	(void)state;
	check_format(14250000, "XOF", "14" NBSP "250" NBSP "000" NBSP "F" NBSP "CFA",
		"XOF" NBSP "14,250,000");
	check_format(123450, "EUR", "1" NBSP "234,50" NBSP "€", "€1,234.50");
	check_format(-123450, "EUR", "-1" NBSP "234,50" NBSP "€", "-€1,234.50");
	check_format(-500, "XAF", "-500" NBSP "F" NBSP "CFA", "-XAF" NBSP "500");
	check_format(1234567, "TND", "1" NBSP "234,567" NBSP "DT", "TND" NBSP "1,234.567");
	check_format(0, "GBP", "0,00" NBSP "£", "£0.00");
	check_format(5, "USD", "0,05" NBSP "$US", "$0.05");
	check_format(1000, "ZZZ", "10,00" NBSP "ZZZ", "ZZZ" NBSP "10.00");
	check_format(INT64_MIN, "XPF",
		"-9" NBSP "223" NBSP "372" NBSP "036" NBSP "854" NBSP "775" NBSP "808" NBSP "F" NBSP
		"CFP",
		"-XPF" NBSP "9,223,372,036,854,775,808");
}

static void money__format__has_its_variants(void **state)
{
	struct strbuf sb = STRBUF_INIT;

	(void)state;
	money_format_bare(&sb, 14250000, "XOF", LANG_FR);
	check_text(&sb, "14" NBSP "250" NBSP "000");
	money_format_bare(&sb, -123450, "EUR", LANG_EN);
	check_text(&sb, "-1,234.50");
	money_format_sms(&sb, 14250000, "XOF", LANG_FR);
	check_text(&sb, "14 250 000 F CFA");
	money_format_sms(&sb, 14250000, "XOF", LANG_EN);
	check_text(&sb, "XOF 14,250,000");
	money_format_plain(&sb, 14250000, "XOF", ',');
	check_text(&sb, "14250000");
	money_format_plain(&sb, -123450, "EUR", ',');
	check_text(&sb, "-1234,50");
	money_format_plain(&sb, 7, "EUR", '.');
	check_text(&sb, "0.07");
	strbuf_release(&sb);
}

static void money__currencies__are_sorted_and_known(void **state)
{
	size_t i = 0;

	(void)state;
	for (; money_currency_at(i); i++) {
		assert_true(money_is_currency(money_currency_at(i)));
		assert_int_equal(strlen(money_currency_at(i)), 3);
		if (i)
			assert_true(strcmp(money_currency_at(i - 1), money_currency_at(i)) < 0);
	}
	assert_true(i > 30);
	assert_int_equal(money_decimals("XOF"), 0);
	assert_int_equal(money_decimals("GNF"), 0);
	assert_int_equal(money_decimals("EUR"), 2);
	assert_int_equal(money_decimals("MRU"), 2);
	assert_int_equal(money_decimals("TND"), 3);
	assert_int_equal(money_decimals("ZZZ"), 2);
	assert_false(money_is_currency("xof"));
	assert_false(money_is_currency("XO"));
}

static void money__arithmetic__reports_what_does_not_fit(void **state)
{
	int64_t n = 7;

	(void)state;
	assert_true(money_add(INT64_MAX - 1, 1, &n));
	assert_true(n == INT64_MAX);
	assert_false(money_add(INT64_MAX, 1, &n));
	assert_false(money_add(INT64_MIN, -1, &n));
	assert_false(money_mul(INT64_MAX / 2 + 1, 2, &n));
	assert_true(n == INT64_MAX);
	assert_true(money_mul(-3, 5, &n));
	assert_int_equal(n, -15);
}

/* As money_parse reads with a decimal comma and grouping points, two decimals. */
static void check_comma(const char *s, enum money_result want, int64_t minor)
{
	int64_t n = 0;

	assert_int_equal(money_parse(s, strlen(s), ',', '.', 2, &n), want);
	assert_int_equal(n, minor);
}

static void check_whole(const char *s, enum money_result want, int64_t minor)
{
	int64_t n = 0;

	assert_int_equal(money_parse(s, strlen(s), '.', ',', 0, &n), want);
	assert_int_equal(n, minor);
}

static void money__parse__takes_every_way_of_grouping(void **state)
{
	(void)state;
	check_comma("1234,50", MONEY_OK, 123450);
	check_comma("1.234,50", MONEY_OK, 123450);
	check_comma("1 234,50", MONEY_OK, 123450);
	check_comma("1" NBSP "234" NBSP "567,5", MONEY_OK, 123456750);
	check_comma("1" NNBSP "234,50", MONEY_OK, 123450);
	check_comma("1'234'567,89", MONEY_OK, 123456789);
	check_comma("1’234,50", MONEY_OK, 123450);
	check_comma("  12 \r\n", MONEY_OK, 1200);
	check_comma("0,07", MONEY_OK, 7);
	check_comma(",5", MONEY_OK, 50);
	check_comma("007", MONEY_OK, 700);
	check_comma("1234567,00", MONEY_OK, 123456700);
	check_whole("14,250,000", MONEY_OK, 14250000);
	check_whole("14 250 000", MONEY_OK, 14250000);
	check_whole("1,000.00", MONEY_OK, 1000);
}

static void money__parse__takes_signs_and_parentheses(void **state)
{
	(void)state;
	check_comma("-5", MONEY_OK, -500);
	check_comma("- 5", MONEY_OK, -500);
	check_comma("5-", MONEY_OK, -500);
	check_comma("\xE2\x88\x92"
		    "5,25",
		MONEY_OK, -525);
	check_comma("(1 234,50)", MONEY_OK, -123450);
	check_comma("( 5 € )", MONEY_OK, -500);
	check_comma("+5", MONEY_OK, 500);
	check_comma("-0", MONEY_OK, 0);
	check_comma("(-5)", MONEY_NOT_A_NUMBER, 0);
	check_comma("-5-", MONEY_NOT_A_NUMBER, 0);
	check_comma("--5", MONEY_NOT_A_NUMBER, 0);
	check_comma("(5", MONEY_NOT_A_NUMBER, 0);
	check_comma("5)", MONEY_NOT_A_NUMBER, 0);
	check_comma("5+", MONEY_NOT_A_NUMBER, 0);
	check_comma("1-2", MONEY_NOT_A_NUMBER, 0);
}

static void money__parse__takes_the_currency_around(void **state)
{
	(void)state;
	check_whole("14 250 000 F CFA", MONEY_OK, 14250000);
	check_whole("14" NBSP "250" NBSP "000" NBSP "F" NBSP "CFA", MONEY_OK, 14250000);
	check_whole("500FCFA", MONEY_OK, 500);
	check_whole("XOF 14,250,000", MONEY_OK, 14250000);
	check_whole("-xof 500", MONEY_OK, -500);
	check_whole("500 F", MONEY_OK, 500);
	check_whole("500 Francs CFA", MONEY_OK, 500);
	check_comma("1 234,50 €", MONEY_OK, 123450);
	check_comma("€-5", MONEY_OK, -500);
	check_comma("5 euros", MONEY_OK, 500);
	check_comma("5 EUR", MONEY_OK, 500);
	check_comma("Fr. 5", MONEY_OK, 500);
	check_comma("5 Fr.", MONEY_OK, 500);
	check_comma("5 pommes", MONEY_NOT_A_NUMBER, 0);
	check_comma("EUR", MONEY_NOT_A_NUMBER, 0);
	check_comma("EUR EUR EUR 5", MONEY_NOT_A_NUMBER, 0);
}

static void money__parse__names_what_is_wrong(void **state)
{
	(void)state;
	check_comma("", MONEY_EMPTY, 0);
	check_comma(" " NBSP "\t", MONEY_EMPTY, 0);
	check_comma("-", MONEY_NOT_A_NUMBER, 0);
	check_comma("abc", MONEY_NOT_A_NUMBER, 0);
	check_comma("#REF!", MONEY_NOT_A_NUMBER, 0);
	check_comma("12a", MONEY_NOT_A_NUMBER, 0);
	check_comma("5,", MONEY_NOT_A_NUMBER, 0);
	check_comma(",", MONEY_NOT_A_NUMBER, 0);
	check_comma("1e9", MONEY_EXPONENT, 0);
	check_comma("2,267E+10", MONEY_EXPONENT, 0);
	check_comma("1E-3", MONEY_EXPONENT, 0);
	check_comma("1e", MONEY_NOT_A_NUMBER, 0);
	check_comma("e9", MONEY_NOT_A_NUMBER, 0);
	check_comma("12,345", MONEY_TOO_MANY_DECIMALS, 0);
	check_comma("12,340", MONEY_OK, 1234);
	check_whole("12.5", MONEY_TOO_MANY_DECIMALS, 0);
	check_whole("14250000.00", MONEY_OK, 14250000);
}

static void money__parse__refuses_bad_groups(void **state)
{
	(void)state;
	check_comma("12.34", MONEY_BAD_GROUPING, 0);
	check_comma("1.23,5", MONEY_BAD_GROUPING, 0);
	check_comma("1234.567", MONEY_BAD_GROUPING, 0);
	check_comma("1.2345", MONEY_BAD_GROUPING, 0);
	check_comma("1,234.5", MONEY_BAD_GROUPING, 0);
	check_comma("1,234,567", MONEY_BAD_GROUPING, 0);
	check_comma("1 234.567", MONEY_BAD_GROUPING, 0);
	check_comma("1  234", MONEY_BAD_GROUPING, 0);
	check_comma("0.500", MONEY_BAD_GROUPING, 0);
	check_comma(".500", MONEY_BAD_GROUPING, 0);
	check_comma("70 12 34 56", MONEY_BAD_GROUPING, 0);
	check_comma("1,5 0", MONEY_BAD_GROUPING, 0);
}

static void money__parse__holds_its_limits(void **state)
{
	int64_t n = 0;

	(void)state;
	check_whole("9223372036854775807", MONEY_OK, INT64_MAX);
	check_whole("9223372036854775808", MONEY_OVERFLOW, 0);
	check_whole("99999999999999999999999", MONEY_OVERFLOW, 0);
	check_comma("92233720368547758,07", MONEY_OK, INT64_MAX);
	check_comma("92233720368547758,08", MONEY_OVERFLOW, 0);
	check_comma("92233720368547759", MONEY_OVERFLOW, 0);
	check_comma("-92233720368547758,07", MONEY_OK, -INT64_MAX);
	/* A separator that was not agreed on is no separator. */
	assert_int_equal(money_parse("1.234", 5, ',', 0, 2, &n), MONEY_BAD_GROUPING);
	assert_int_equal(money_parse("1 234", 5, ',', 0, 2, &n), MONEY_OK);
	assert_int_equal(n, 123400);
	assert_int_equal(money_parse("12345", 2, ',', '.', 0, &n), MONEY_OK);
	assert_int_equal(n, 12);
	assert_int_equal(money_parse("1\0002", 3, ',', '.', 0, &n), MONEY_NOT_A_NUMBER);
}

static bool names_other(const char *s, const char *currency)
{
	return money_names_other(s, strlen(s), currency);
}

static void money__names_other__sees_a_foreign_currency(void **state)
{
	(void)state;
	assert_false(names_other("500", "XOF"));
	assert_false(names_other("500 F CFA", "XOF"));
	assert_false(names_other("500 F CFA", "XAF"));
	assert_false(names_other("500 F", "XOF"));
	assert_true(names_other("500 F CFA", "EUR"));
	assert_true(names_other("5 €", "XOF"));
	assert_true(names_other("XAF 5", "XOF"));
	assert_false(names_other("5 $", "CAD"));
	assert_true(names_other("5 US$", "CAD"));
	assert_false(names_other("abc", "XOF"));
}

static enum money_column guess(const char *const *values, size_t count)
{
	struct money_guess g = { 0 };

	for (size_t i = 0; i < count; i++)
		money_guess_add(&g, values[i], strlen(values[i]));
	return money_guess_answer(&g);
}

static void check_guess(const char *value, enum money_column want)
{
	assert_int_equal(guess(&value, 1), want);
}

static void money__guess__decides_by_one_value(void **state)
{
	(void)state;
	check_guess("1.234,50", MONEY_COLUMN_COMMA);
	check_guess("1,234.50", MONEY_COLUMN_POINT);
	check_guess("12,5", MONEY_COLUMN_COMMA);
	check_guess("12.50 €", MONEY_COLUMN_POINT);
	check_guess("1.234.567", MONEY_COLUMN_COMMA);
	check_guess("1,234,567", MONEY_COLUMN_POINT);
	check_guess("1234.567", MONEY_COLUMN_POINT);
	check_guess("0.500", MONEY_COLUMN_POINT);
	check_guess("1" NBSP "234,567", MONEY_COLUMN_COMMA);
	check_guess("1'234.567", MONEY_COLUMN_POINT);
	check_guess("1.234", MONEY_COLUMN_UNDECIDABLE);
	check_guess("-1,234", MONEY_COLUMN_UNDECIDABLE);
	check_guess("(123.456)", MONEY_COLUMN_UNDECIDABLE);
	check_guess("1 234 567", MONEY_COLUMN_PLAIN);
	check_guess("1234567", MONEY_COLUMN_PLAIN);
	check_guess("abc", MONEY_COLUMN_PLAIN);
	check_guess("", MONEY_COLUMN_PLAIN);
}

static void money__guess__decides_by_the_column(void **state)
{
	static const char *const comma[] = { "1.234", "n/a", "500", "12,5" };
	static const char *const mixed[] = { "1.234", "12,5", "12.5" };
	static const char *const open[] = { "1.234", "500", "2.000", "" };

	(void)state;
	assert_int_equal(guess(comma, 4), MONEY_COLUMN_COMMA);
	assert_int_equal(guess(mixed, 3), MONEY_COLUMN_MIXED);
	assert_int_equal(guess(open, 4), MONEY_COLUMN_UNDECIDABLE);
}

static void money__guess__gives_the_marks(void **state)
{
	char mark = 0, group = 0;

	(void)state;
	assert_true(money_column_marks(MONEY_COLUMN_COMMA, &mark, &group));
	assert_int_equal(mark, ',');
	assert_int_equal(group, '.');
	assert_true(money_column_marks(MONEY_COLUMN_POINT, &mark, &group));
	assert_int_equal(mark, '.');
	assert_int_equal(group, ',');
	assert_true(money_column_marks(MONEY_COLUMN_PLAIN, &mark, &group));
	assert_false(money_column_marks(MONEY_COLUMN_UNDECIDABLE, &mark, &group));
	assert_false(money_column_marks(MONEY_COLUMN_MIXED, &mark, &group));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(money__format__follows_the_language),
		cmocka_unit_test(money__format__has_its_variants),
		cmocka_unit_test(money__currencies__are_sorted_and_known),
		cmocka_unit_test(money__arithmetic__reports_what_does_not_fit),
		cmocka_unit_test(money__parse__takes_every_way_of_grouping),
		cmocka_unit_test(money__parse__takes_signs_and_parentheses),
		cmocka_unit_test(money__parse__takes_the_currency_around),
		cmocka_unit_test(money__parse__names_what_is_wrong),
		cmocka_unit_test(money__parse__refuses_bad_groups),
		cmocka_unit_test(money__parse__holds_its_limits),
		cmocka_unit_test(money__names_other__sees_a_foreign_currency),
		cmocka_unit_test(money__guess__decides_by_one_value),
		cmocka_unit_test(money__guess__decides_by_the_column),
		cmocka_unit_test(money__guess__gives_the_marks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
