#include "test.h"

#include "date.h"
#include "send_hours.h"

#define AT(y, mo, d, h, mi, s)                                                                     \
	((int64_t)date_from_civil(y, mo, d) * DAY_SECONDS + (h)*3600 + (mi)*60 + (s))

/* The machine's zone, or a skip that names it. */
static struct tz *zone(const char *name)
{
	struct err err = ERR_INIT;
	struct tz *tz = tz_load(name, &err);

	if (!tz && err.code == ERR_TZ_UNKNOWN) {
		print_message("skipped: no zone %s on this machine\n", name);
		skip();
	}
	assert_non_null(tz);
	return tz;
}

static struct send_hours hours(int from, int until)
{
	struct send_hours h;

	send_hours_init(&h);
	h.from = from;
	h.until = until;
	return h;
}

static struct send_hours marketing(void)
{
	struct send_hours h;

	assert_true(send_hours_parse("08:00-20:00", "MON_SAT", &h));
	return h;
}

static bool is_day(void *data, int32_t day)
{
	return day == *(const int32_t *)data;
}

static bool every_day(void *data, int32_t day)
{
	(void)day;
	++*(int *)data;
	return true;
}

static void send_hours__parse__of_the_rules(void **state)
{
	struct send_hours h;

	(void)state;
	assert_true(send_hours_parse("08:00-20:00", "MON_SAT", &h));
	assert_int_equal(h.from, 480);
	assert_int_equal(h.until, 1200);
	assert_int_equal(h.days, 0x3f);
	assert_false(h.holidays);
	assert_true(send_hours_parse("00:00-23:59", "ALL", &h));
	assert_int_equal(h.from, 0);
	assert_int_equal(h.until, 1439);
	assert_int_equal(h.days, 0x7f);
	assert_true(h.holidays);
	assert_false(send_hours_parse("8:00-20:00", "ALL", &h));
	assert_false(send_hours_parse("20:00-08:00", "ALL", &h));
	assert_false(send_hours_parse("08:00-24:00", "ALL", &h));
	assert_false(send_hours_parse("08:00-20:00", "MON_FRI", &h));
	assert_false(send_hours_parse("", "", &h));
	assert_int_equal(h.until, 1439);
}

static void check_text(uint32_t days, enum lang lang, const char *want)
{
	struct send_hours h = hours(480, 1200);
	struct strbuf sb = STRBUF_INIT;

	h.days = days;
	send_hours_add(&sb, &h, lang);
	assert_string_equal(sb.buf, want);
	strbuf_release(&sb);
}

static void send_hours__add__in_words(void **state)
{
	(void)state;
	check_text(0x7f, LANG_EN, "08:00-20:00");
	check_text(0x3f, LANG_EN, "08:00-20:00 Mon-Sat");
	check_text(0x3f, LANG_FR, "08:00-20:00 lun.-sam.");
	check_text(0x01, LANG_EN, "08:00-20:00 Mon");
	check_text(0x03, LANG_EN, "08:00-20:00 Mon, Tue");
	check_text(0x1d, LANG_EN, "08:00-20:00 Mon, Wed-Fri");
	check_text(0x60, LANG_EN, "08:00-20:00 Sat, Sun");
	check_text(0x00, LANG_EN, "08:00-20:00");
}

static void send_hours__next__in_ouagadougou(void **state)
{
	struct send_hours h = marketing();
	struct tz *tz = zone("Africa/Ouagadougou");

	(void)state;
	/* 2026-11-20 is a Friday. */
#define NEXT(at) send_hours_next(&h, tz, NULL, NULL, at)
	assert_int_equal(NEXT(AT(2026, 11, 20, 7, 59, 59)), AT(2026, 11, 20, 8, 0, 0));
	assert_int_equal(NEXT(AT(2026, 11, 20, 8, 0, 0)), AT(2026, 11, 20, 8, 0, 0));
	assert_int_equal(NEXT(AT(2026, 11, 20, 12, 34, 56)), AT(2026, 11, 20, 12, 34, 56));
	assert_int_equal(NEXT(AT(2026, 11, 20, 19, 59, 59)), AT(2026, 11, 20, 19, 59, 59));
	assert_int_equal(NEXT(AT(2026, 11, 20, 20, 0, 0)), AT(2026, 11, 21, 8, 0, 0));
	assert_int_equal(NEXT(AT(2026, 11, 21, 20, 0, 0)), AT(2026, 11, 23, 8, 0, 0));
	assert_int_equal(NEXT(AT(2026, 11, 22, 12, 0, 0)), AT(2026, 11, 23, 8, 0, 0));
	assert_int_equal(NEXT(AT(2026, 11, 22, 23, 59, 59)), AT(2026, 11, 23, 8, 0, 0));
#undef NEXT
	tz_free(tz);
}

static void send_hours__next__goes_by_the_customers_clock(void **state)
{
	struct send_hours h = marketing();
	struct tz *tokyo = zone("Asia/Tokyo"), *montreal = zone("America/Montreal");

	(void)state;
	/* Saturday 20:00 in UTC is Sunday in Tokyo, Saturday afternoon in Montreal. */
	assert_int_equal(send_hours_next(&h, tokyo, NULL, NULL, AT(2026, 11, 21, 20, 0, 0)),
		AT(2026, 11, 22, 23, 0, 0));
	assert_int_equal(send_hours_next(&h, montreal, NULL, NULL, AT(2026, 11, 21, 20, 0, 0)),
		AT(2026, 11, 21, 20, 0, 0));
	assert_int_equal(send_hours_next(&h, montreal, NULL, NULL, AT(2026, 11, 22, 1, 0, 0)),
		AT(2026, 11, 23, 13, 0, 0));
	tz_free(tokyo);
	tz_free(montreal);
}

static void send_hours__next__leaves_out_holidays(void **state)
{
	struct send_hours h = marketing();
	struct tz *tz = zone("UTC");
	int32_t day = date_from_civil(2026, 12, 25);

	(void)state;
	assert_int_equal(send_hours_next(&h, tz, is_day, &day, AT(2026, 12, 24, 20, 0, 0)),
		AT(2026, 12, 26, 8, 0, 0));
	assert_int_equal(send_hours_next(&h, tz, is_day, &day, AT(2026, 12, 25, 9, 0, 0)),
		AT(2026, 12, 26, 8, 0, 0));
	h.holidays = true;
	assert_int_equal(send_hours_next(&h, tz, is_day, &day, AT(2026, 12, 25, 9, 0, 0)),
		AT(2026, 12, 25, 9, 0, 0));
	tz_free(tz);
}

static void send_hours__next__gives_up_after_400_days(void **state)
{
	struct send_hours h = marketing();
	struct tz *tz = zone("UTC");
	int asked = 0;

	(void)state;
	assert_int_equal(
		send_hours_next(&h, tz, every_day, &asked, AT(2026, 11, 20, 9, 0, 0)), INT64_MAX);
	assert_int_equal(asked, 401 - 57); /* each day once, Sundays apart */
	h.days = 0;
	assert_int_equal(send_hours_next(&h, tz, NULL, NULL, 0), INT64_MAX);
	h = hours(600, 600);
	assert_int_equal(send_hours_next(&h, tz, NULL, NULL, 0), INT64_MAX);
	h = hours(0, 1440);
	assert_int_equal(send_hours_next(&h, tz, NULL, NULL, INT64_MAX), INT64_MAX);
	assert_int_equal(send_hours_next(&h, tz, NULL, NULL, INT64_MIN), INT64_MAX);
	assert_int_equal(send_hours_next(&h, tz, NULL, NULL, 12345), 12345);
	h = hours(1, 2);
	assert_int_equal(send_hours_next(&h, tz, NULL, NULL, INT64_C(1) << 40), INT64_MAX);
	tz_free(tz);
}

/* The last of the 400 days is looked at, the next is not. */
struct but_one {
	int32_t day;
};

static bool but_one(void *data, int32_t day)
{
	return day != ((const struct but_one *)data)->day;
}

static void send_hours__next__looks_at_the_last_day(void **state)
{
	struct send_hours h = hours(480, 1200);
	struct tz *tz = zone("UTC");
	int32_t today = date_from_civil(2026, 11, 20);
	struct but_one open = { today + 400 };

	(void)state;
	h.holidays = false;
	assert_int_equal(send_hours_next(&h, tz, but_one, &open, AT(2026, 11, 20, 23, 0, 0)),
		(int64_t)(today + 400) * DAY_SECONDS + 8 * 3600);
	open.day++;
	assert_int_equal(
		send_hours_next(&h, tz, but_one, &open, AT(2026, 11, 20, 23, 0, 0)), INT64_MAX);
	tz_free(tz);
}

/* Paris, 2026-03-29: at 1:00 UTC the clock goes from 2:00 to 3:00. */
static void send_hours__spring__a_time_that_is_jumped_over(void **state)
{
	struct send_hours h = hours(150, 1200);
	struct tz *tz = zone("Europe/Paris");

	(void)state;
	/* From 2:30, which is not shown: at 3:00. */
	assert_int_equal(send_hours_next(&h, tz, NULL, NULL, AT(2026, 3, 29, 0, 10, 7)),
		AT(2026, 3, 29, 1, 0, 0));
	/* 8:00 is 6:00 UTC now. */
	h = hours(480, 1200);
	assert_int_equal(send_hours_next(&h, tz, NULL, NULL, AT(2026, 3, 29, 0, 10, 7)),
		AT(2026, 3, 29, 6, 0, 0));
	assert_int_equal(send_hours_next(&h, tz, NULL, NULL, AT(2026, 3, 28, 19, 0, 0)),
		AT(2026, 3, 29, 6, 0, 0));
	/* 2:00 to 3:00 is not shown that day at all. */
	h = hours(120, 180);
	assert_int_equal(send_hours_next(&h, tz, NULL, NULL, AT(2026, 3, 28, 22, 0, 0)),
		AT(2026, 3, 30, 0, 0, 0));
	tz_free(tz);
}

/* Paris, 2026-10-25: at 1:00 UTC the clock goes from 3:00 back to 2:00. */
static void send_hours__autumn__a_time_that_is_shown_twice(void **state)
{
	struct send_hours h = hours(480, 1200);
	struct tz *tz = zone("Europe/Paris");

	(void)state;
	assert_int_equal(send_hours_next(&h, tz, NULL, NULL, AT(2026, 10, 25, 0, 10, 7)),
		AT(2026, 10, 25, 7, 0, 0));
	h = hours(120, 150);
	assert_int_equal(send_hours_next(&h, tz, NULL, NULL, AT(2026, 10, 24, 23, 0, 0)),
		AT(2026, 10, 25, 0, 0, 0));
	assert_int_equal(send_hours_next(&h, tz, NULL, NULL, AT(2026, 10, 25, 0, 29, 59)),
		AT(2026, 10, 25, 0, 29, 59));
	assert_int_equal(send_hours_next(&h, tz, NULL, NULL, AT(2026, 10, 25, 0, 30, 0)),
		AT(2026, 10, 25, 1, 0, 0));
	assert_int_equal(send_hours_next(&h, tz, NULL, NULL, AT(2026, 10, 25, 1, 30, 0)),
		AT(2026, 10, 26, 1, 0, 0));
	tz_free(tz);
}

/* Beirut's clocks jump at midnight: 2021-03-28 begins at 1:00. */
static void send_hours__midnight__that_is_jumped_over(void **state)
{
	struct send_hours h = hours(0, 60);
	struct tz *tz = zone("Asia/Beirut");

	(void)state;
	assert_int_equal(send_hours_next(&h, tz, NULL, NULL, AT(2021, 3, 27, 12, 0, 0)),
		AT(2021, 3, 28, 21, 0, 0));
	h = hours(30, 1440);
	assert_int_equal(send_hours_next(&h, tz, NULL, NULL, AT(2021, 3, 27, 22, 0, 0)),
		AT(2021, 3, 27, 22, 0, 0));
	tz_free(tz);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(send_hours__parse__of_the_rules),
		cmocka_unit_test(send_hours__add__in_words),
		cmocka_unit_test(send_hours__next__in_ouagadougou),
		cmocka_unit_test(send_hours__next__goes_by_the_customers_clock),
		cmocka_unit_test(send_hours__next__leaves_out_holidays),
		cmocka_unit_test(send_hours__next__gives_up_after_400_days),
		cmocka_unit_test(send_hours__next__looks_at_the_last_day),
		cmocka_unit_test(send_hours__spring__a_time_that_is_jumped_over),
		cmocka_unit_test(send_hours__autumn__a_time_that_is_shown_twice),
		cmocka_unit_test(send_hours__midnight__that_is_jumped_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
