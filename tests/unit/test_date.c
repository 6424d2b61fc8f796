#include "test.h"

#include "date.h"

static void check_parse(const char *s, unsigned forms, enum date_result want, const char *iso)
{
	struct strbuf sb = STRBUF_INIT;
	int32_t day = DAY_NONE;

	assert_int_equal(date_parse(s, strlen(s), forms, &day), want);
	date_add_iso(&sb, day);
	assert_string_equal(sb.buf, iso);
	strbuf_release(&sb);
}

static void date__civil__counts_from_1970(void **state)
{
	(void)state;
	assert_int_equal(date_from_civil(1970, 1, 1), 0);
	assert_int_equal(date_from_civil(1969, 12, 31), -1);
	assert_int_equal(date_from_civil(2000, 2, 29), 11016);
	assert_int_equal(date_from_civil(2026, 11, 17), 20774);
	assert_int_equal(date_from_civil(1, 1, 1), -719162);
	assert_int_equal(date_from_civil(9999, 12, 31), 2932896);
}

static void date__civil__goes_both_ways_for_every_day(void **state)
{
	struct civil before = { 1599, 12, 31 };

	(void)state;
	for (int32_t day = date_from_civil(1600, 1, 1); day < date_from_civil(2401, 1, 1); day++) {
		struct civil c = date_to_civil(day);

		assert_int_equal(date_from_civil(c.year, c.month, c.day), day);
		assert_true(date_exists(c.year, c.month, c.day));
		/* The next day is one further, in the same month or the first of the next. */
		assert_true(
			c.day == before.day + 1 ||
			(c.day == 1 && before.day == date_month_days(before.year, before.month)));
		before = c;
	}
	assert_int_equal(date_to_civil(INT32_MAX).year, 5881580);
	assert_int_equal(date_to_civil(DAY_NONE + 1).year, -5877641);
}

static void date__is_leap__knows_the_centuries(void **state)
{
	(void)state;
	assert_true(date_is_leap(2000));
	assert_false(date_is_leap(1900));
	assert_true(date_is_leap(2024));
	assert_false(date_is_leap(2026));
	assert_int_equal(date_month_days(2024, 2), 29);
	assert_int_equal(date_month_days(2026, 2), 28);
	assert_false(date_exists(2026, 2, 29));
	assert_false(date_exists(0, 1, 1));
	assert_false(date_exists(10000, 1, 1));
	assert_false(date_exists(2026, 13, 1));
	assert_false(date_exists(2026, 0, 1));
	assert_false(date_exists(2026, 1, 0));
}

static void date__weekday__is_iso(void **state)
{
	(void)state;
	assert_int_equal(date_weekday(0), 4);
	assert_int_equal(date_weekday(-3), 1);
	assert_int_equal(date_weekday(-4), 7);
	assert_int_equal(date_weekday(date_from_civil(2026, 11, 17)), 2);
	assert_int_equal(date_weekday(date_from_civil(2026, 11, 15)), 7);
}

static void date__add_months__stays_within_the_month(void **state)
{
	(void)state;
	assert_int_equal(
		date_add_months(date_from_civil(2026, 1, 31), 1), date_from_civil(2026, 2, 28));
	assert_int_equal(
		date_add_months(date_from_civil(2024, 1, 31), 1), date_from_civil(2024, 2, 29));
	assert_int_equal(
		date_add_months(date_from_civil(2026, 11, 17), 2), date_from_civil(2027, 1, 17));
	assert_int_equal(
		date_add_months(date_from_civil(2026, 1, 31), -2), date_from_civil(2025, 11, 30));
	assert_int_equal(
		date_add_months(date_from_civil(2024, 2, 29), 12), date_from_civil(2025, 2, 28));
	assert_int_equal(
		date_add_months(date_from_civil(2026, 1, 1), -12), date_from_civil(2025, 1, 1));
	assert_int_equal(
		date_add_months(date_from_civil(2026, 12, 1), 0), date_from_civil(2026, 12, 1));
}

static void date__parse__reads_the_three_forms(void **state)
{
	(void)state;
	check_parse("2026-11-17", DATE_ISO, DATE_OK, "2026-11-17");
	check_parse("17/11/2026", DATE_DMY, DATE_OK, "2026-11-17");
	check_parse("17.11.2026", DATE_DMY, DATE_OK, "2026-11-17");
	check_parse("11/17/2026", DATE_MDY, DATE_OK, "2026-11-17");
	check_parse("11/17/2026", DATE_ANY, DATE_NO_SUCH_DAY, "");
	check_parse("17/11/2026", DATE_MDY, DATE_NO_SUCH_DAY, "");
	check_parse("11/17/26", DATE_MDY, DATE_SHORT_YEAR, "");
	check_parse("17-11-2026", DATE_ANY, DATE_OK, "2026-11-17");
	check_parse("7/1/2026", DATE_ANY, DATE_OK, "2026-01-07");
	check_parse("20261117", DATE_COMPACT, DATE_OK, "2026-11-17");
	check_parse(" 2026-11-17\r\n", DATE_ANY, DATE_OK, "2026-11-17");
	check_parse("29/02/2024", DATE_ANY, DATE_OK, "2024-02-29");
	check_parse("31/12/9999", DATE_ANY, DATE_OK, "9999-12-31");
}

static void date__parse__keeps_to_the_forms_it_was_given(void **state)
{
	(void)state;
	check_parse("2026-11-17", DATE_DMY | DATE_COMPACT, DATE_BAD_FORM, "");
	check_parse("17/11/2026", DATE_ISO | DATE_COMPACT, DATE_BAD_FORM, "");
	check_parse("20261117", DATE_ISO | DATE_DMY, DATE_BAD_FORM, "");
	check_parse("2026-11-17", 0, DATE_BAD_FORM, "");
}

static void date__parse__leaves_the_time_aside(void **state)
{
	(void)state;
	check_parse("2026-11-17T10:20:00", DATE_ANY, DATE_OK, "2026-11-17");
	check_parse("2026-11-17T10:20:00.123Z", DATE_ANY, DATE_OK, "2026-11-17");
	check_parse("2026-11-17T23:59:60+01:00", DATE_ANY, DATE_OK, "2026-11-17");
	check_parse("17/11/2026 10:20", DATE_ANY, DATE_OK, "2026-11-17");
	check_parse("17/11/2026 9:05:00", DATE_ANY, DATE_OK, "2026-11-17");
	check_parse("20261117 10:20", DATE_ANY, DATE_OK, "2026-11-17");
	check_parse("2026-11-17T24:00", DATE_ANY, DATE_BAD_FORM, "");
	check_parse("2026-11-17T10:60", DATE_ANY, DATE_BAD_FORM, "");
	check_parse("2026-11-17T", DATE_ANY, DATE_BAD_FORM, "");
	check_parse("2026-11-17 10", DATE_ANY, DATE_BAD_FORM, "");
	check_parse("2026-11-17 10:20 x", DATE_ANY, DATE_BAD_FORM, "");
}

static void date__parse__names_what_is_wrong(void **state)
{
	(void)state;
	check_parse("31/02/2026", DATE_ANY, DATE_NO_SUCH_DAY, "");
	check_parse("29/02/1900", DATE_ANY, DATE_NO_SUCH_DAY, "");
	check_parse("2026-13-01", DATE_ANY, DATE_NO_SUCH_DAY, "");
	check_parse("20260230", DATE_ANY, DATE_NO_SUCH_DAY, "");
	check_parse("00/01/2026", DATE_ANY, DATE_NO_SUCH_DAY, "");
	check_parse("0000-01-01", DATE_ANY, DATE_NO_SUCH_DAY, "");
	check_parse("17/11/26", DATE_ANY, DATE_SHORT_YEAR, "");
	check_parse("31/02/26", DATE_ANY, DATE_SHORT_YEAR, "");
	check_parse("26-11-17", DATE_ISO, DATE_SHORT_YEAR, "");
	check_parse("261117", DATE_COMPACT, DATE_SHORT_YEAR, "");
	check_parse("", DATE_ANY, DATE_BAD_FORM, "");
	check_parse("hier", DATE_ANY, DATE_BAD_FORM, "");
	check_parse("17/11", DATE_ANY, DATE_BAD_FORM, "");
	check_parse("17/11-2026", DATE_ANY, DATE_BAD_FORM, "");
	check_parse("17/11/026", DATE_ANY, DATE_BAD_FORM, "");
	check_parse("17/11/20261", DATE_ANY, DATE_BAD_FORM, "");
	check_parse("117/11/2026", DATE_ANY, DATE_BAD_FORM, "");
	check_parse("2026-1-7", DATE_ANY, DATE_BAD_FORM, "");
	check_parse("2026111", DATE_ANY, DATE_BAD_FORM, "");
}

static void check_excel(int64_t serial, bool from_1904, const char *iso)
{
	struct strbuf sb = STRBUF_INIT;
	int32_t day = DAY_NONE, back = 0;
	enum date_result want = iso[0] ? DATE_OK : DATE_NO_SUCH_DAY;

	assert_int_equal(date_from_excel(serial, from_1904, &day), want);
	date_add_iso(&sb, day);
	assert_string_equal(sb.buf, iso);
	assert_int_equal(date_to_excel(day, from_1904, &back), want == DATE_OK);
	if (want == DATE_OK)
		assert_int_equal(back, serial);
	strbuf_release(&sb);
}

static void date__excel__knows_the_day_that_never_was(void **state)
{
	(void)state;
	check_excel(0, false, "");
	check_excel(1, false, "1900-01-01");
	check_excel(59, false, "1900-02-28");
	check_excel(60, false, "");
	check_excel(61, false, "1900-03-01");
	check_excel(25569, false, "1970-01-01");
	check_excel(46343, false, "2026-11-17");
	check_excel(2958465, false, "9999-12-31");
	check_excel(2958466, false, "");
	check_excel(-1, true, "");
	check_excel(0, true, "1904-01-01");
	check_excel(60, true, "1904-03-01");
	check_excel(44881, true, "2026-11-17");
	check_excel(2957003, true, "9999-12-31");
	check_excel(2957004, true, "");
}

static void date__parse_excel__leaves_the_time_aside(void **state)
{
	int32_t day = DAY_NONE;

	(void)state;
	assert_int_equal(date_parse_excel("46343.4305555", 13, false, &day), DATE_OK);
	assert_int_equal(day, 20774);
	assert_int_equal(date_parse_excel("44881", 5, true, &day), DATE_OK);
	assert_int_equal(day, 20774);
	assert_int_equal(date_parse_excel("60", 2, false, &day), DATE_NO_SUCH_DAY);
	assert_int_equal(date_parse_excel("46343,5", 7, false, &day), DATE_BAD_FORM);
	assert_int_equal(date_parse_excel("46343.", 6, false, &day), DATE_BAD_FORM);
	assert_int_equal(date_parse_excel("-1", 2, false, &day), DATE_BAD_FORM);
	assert_int_equal(date_parse_excel("", 0, false, &day), DATE_BAD_FORM);
	assert_int_equal(date_parse_excel("1234567890", 10, false, &day), DATE_BAD_FORM);
}

static void check_text(struct strbuf *sb, const char *want)
{
	assert_string_equal(sb->buf, want);
	strbuf_clear(sb);
}

static void date__add__writes_both_languages(void **state)
{
	struct strbuf sb = STRBUF_INIT;
	int32_t third = date_from_civil(2026, 11, 3), tuesday = date_from_civil(2026, 11, 17);

	(void)state;
	date_add_short(&sb, third, LANG_FR);
	check_text(&sb, "03/11/26");
	date_add_short(&sb, third, LANG_EN);
	check_text(&sb, "3 Nov 26");
	date_add_medium(&sb, third, LANG_FR);
	check_text(&sb, "03/11/2026");
	date_add_medium(&sb, third, LANG_EN);
	check_text(&sb, "3 Nov 2026");
	date_add_long(&sb, tuesday, LANG_FR);
	check_text(&sb, "mardi 17 novembre 2026");
	date_add_long(&sb, tuesday, LANG_EN);
	check_text(&sb, "Tuesday 17 November 2026");
	date_add_long(&sb, date_from_civil(2026, 11, 1), LANG_FR);
	check_text(&sb, "dimanche 1er novembre 2026");
	date_add_long(&sb, date_from_civil(2026, 8, 1), LANG_EN);
	check_text(&sb, "Saturday 1 August 2026");
	date_add_short(&sb, date_from_civil(2005, 1, 9), LANG_EN);
	check_text(&sb, "9 Jan 05");
	strbuf_release(&sb);
}

static void date__add__writes_nothing_for_no_day(void **state)
{
	struct strbuf sb = STRBUF_INIT;

	(void)state;
	date_add_iso(&sb, DAY_NONE);
	date_add_short(&sb, DAY_NONE, LANG_FR);
	date_add_medium(&sb, DAY_NONE, LANG_EN);
	date_add_long(&sb, DAY_NONE, LANG_FR);
	check_text(&sb, "");
	strbuf_release(&sb);
}

static void date__add_time__has_a_form_for_sentences(void **state)
{
	struct strbuf sb = STRBUF_INIT;

	(void)state;
	date_add_time(&sb, 14 * 60 + 32);
	check_text(&sb, "14:32");
	date_add_time(&sb, 5);
	check_text(&sb, "00:05");
	date_add_time_words(&sb, 14 * 60 + 32, LANG_FR);
	check_text(&sb, "14\xC2\xA0h\xC2\xA0"
			"32");
	date_add_time_words(&sb, 9 * 60 + 5, LANG_FR);
	check_text(&sb, "9\xC2\xA0h\xC2\xA0"
			"05");
	date_add_time_words(&sb, 8 * 60, LANG_FR);
	check_text(&sb, "8\xC2\xA0h");
	date_add_time_words(&sb, 14 * 60 + 32, LANG_EN);
	check_text(&sb, "14:32");
	strbuf_release(&sb);
}

static void date__names__are_whole(void **state)
{
	(void)state;
	assert_string_equal(date_month_name(LANG_FR, 12), "décembre");
	assert_string_equal(date_month_short(LANG_FR, 2), "févr.");
	assert_string_equal(date_weekday_short(LANG_FR, 2), "mar.");
	assert_string_equal(date_weekday_short(LANG_EN, 7), "Sun");
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		for (int m = 1; m <= 12; m++) {
			assert_true(*date_month_name((enum lang)lang, m));
			assert_true(*date_month_short((enum lang)lang, m));
		}
		for (int d = 1; d <= 7; d++) {
			assert_true(*date_weekday_name((enum lang)lang, d));
			assert_true(*date_weekday_short((enum lang)lang, d));
		}
	}
}

static void check_instant(const char *s, int64_t want)
{
	int64_t instant = 0;

	assert_true(date_parse_instant(s, strlen(s), &instant));
	assert_int_equal(instant, want);
}

static void date__parse_instant__reads_iso(void **state)
{
	static const char *const wrong[] = { "", "2026-11-17", "2026-11-17T10:41:00",
		"2026-11-17T10:41:00X", "2026-02-30T10:41:00Z", "2026-11-17T10:41:00Z ",
		"2026-11-17T25:41:00Z", "2026-11-17T10:41:00+1:00", "2026-11-17T10:41:00+01:60",
		"2026-11-17T10:41:00+2400", "17/11/2026T10:41:00Z", "2026-11-17T10:41:00.Z" };
	int64_t instant = 7;

	(void)state;
	check_instant("1970-01-01T00:00:00Z", 0);
	check_instant("2026-11-17T10:41:00Z", 1794912060);
	check_instant("2026-11-17T11:41:00+01:00", 1794912060);
	check_instant("2026-11-17 05:41:00.999-0500", 1794912060);
	check_instant("2026-11-17T10:41Z", 1794912060);
	check_instant("2016-12-31T23:59:60Z", 1483228800);
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
		assert_false(date_parse_instant(wrong[i], strlen(wrong[i]), &instant));
	assert_int_equal(instant, 7);
}

static void date__add_instant__writes_utc(void **state)
{
	struct strbuf sb = STRBUF_INIT;

	(void)state;
	date_add_instant(&sb, 1794912060);
	check_text(&sb, "2026-11-17T10:41:00Z");
	date_add_instant(&sb, -1);
	check_text(&sb, "1969-12-31T23:59:59Z");
	date_add_instant(&sb, INT64_MIN);
	check_text(&sb, "0001-01-01T00:00:00Z");
	date_add_instant(&sb, INT64_MAX);
	check_text(&sb, "9999-12-31T23:59:59Z");
	strbuf_release(&sb);
}

static void date__of_instant__rounds_down(void **state)
{
	int32_t second;

	(void)state;
	assert_int_equal(date_of_instant(-1, &second), -1);
	assert_int_equal(second, 86399);
	assert_int_equal(date_of_instant(86400, &second), 1);
	assert_int_equal(second, 0);
	assert_int_equal(date_of_instant(86399, NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(date__civil__counts_from_1970),
		cmocka_unit_test(date__civil__goes_both_ways_for_every_day),
		cmocka_unit_test(date__is_leap__knows_the_centuries),
		cmocka_unit_test(date__weekday__is_iso),
		cmocka_unit_test(date__add_months__stays_within_the_month),
		cmocka_unit_test(date__parse__reads_the_three_forms),
		cmocka_unit_test(date__parse__keeps_to_the_forms_it_was_given),
		cmocka_unit_test(date__parse__leaves_the_time_aside),
		cmocka_unit_test(date__parse__names_what_is_wrong),
		cmocka_unit_test(date__excel__knows_the_day_that_never_was),
		cmocka_unit_test(date__parse_excel__leaves_the_time_aside),
		cmocka_unit_test(date__add__writes_both_languages),
		cmocka_unit_test(date__add__writes_nothing_for_no_day),
		cmocka_unit_test(date__add_time__has_a_form_for_sentences),
		cmocka_unit_test(date__names__are_whole),
		cmocka_unit_test(date__parse_instant__reads_iso),
		cmocka_unit_test(date__add_instant__writes_utc),
		cmocka_unit_test(date__of_instant__rounds_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
