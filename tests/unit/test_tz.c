#include "test.h"

#include <unistd.h>

#include "date.h"
#include "tz.h"

#define AT(y, mo, d, h, mi, s)                                                                     \
	((int64_t)date_from_civil(y, mo, d) * DAY_SECONDS + (h)*3600 + (mi)*60 + (s))

/* The machine's zone, or a skip that names it. */
static struct tz *system_zone(const char *name)
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

static void check_local(const struct tz *tz, int64_t instant, int32_t day, int hour, int minute)
{
	struct tz_time t = tz_local(tz, instant);

	assert_int_equal(t.day, day);
	assert_int_equal(t.minute, hour * 60 + minute);
}

static void tz__load__needs_no_file_for_utc(void **state)
{
	struct err err = ERR_INIT;
	struct tz *tz;
	struct tz_time t;

	(void)state;
	assert_int_equal(setenv("TZDIR", "/nonexistent", 1), 0);
	tz = tz_load("UTC", &err);
	unsetenv("TZDIR");
	assert_non_null(tz);
	assert_string_equal(tz_name(tz), "UTC");
	assert_int_equal(tz_offset_at(tz, 0), 0);
	t = tz_local(tz, -1);
	assert_int_equal(t.day, -1);
	assert_int_equal(t.minute, 1439);
	assert_int_equal(t.second, 59);
	assert_int_equal(tz_instant(tz, 1, 3600), 90000);
	assert_true(tz_instant(tz, tz_local(tz, INT64_MAX).day, 0) > 0);
	assert_true(tz_instant(tz, tz_local(tz, INT64_MIN).day, 0) < 0);
	tz_free(tz);
	tz_free(NULL);
}

static void tz__load__refuses_what_is_no_zone(void **state)
{
	static const char *const wrong[] = { "", "Mars/Olympus", "../zoneinfo/UTC",
		"Europe/../Europe/Paris", "/etc/localtime", "Europe", "Europe/Paris ",
		"Europe/Paris\n", "%s",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		struct err err = ERR_INIT;

		assert_null(tz_load(wrong[i], &err));
		assert_int_equal(err.code, ERR_TZ_UNKNOWN);
		assert_string_equal(err.subject, wrong[i]);
	}
}

static void tz__paris__jumps_over_an_hour_in_spring(void **state)
{
	struct tz *tz = system_zone("Europe/Paris");
	int32_t day = date_from_civil(2026, 3, 29);

	(void)state;
	assert_int_equal(tz_offset_at(tz, AT(2026, 3, 29, 0, 59, 59)), 3600);
	assert_int_equal(tz_offset_at(tz, AT(2026, 3, 29, 1, 0, 0)), 7200);
	check_local(tz, AT(2026, 3, 29, 0, 59, 59), day, 1, 59);
	check_local(tz, AT(2026, 3, 29, 1, 0, 0), day, 3, 0);
	assert_int_equal(tz_instant(tz, day, 2 * 3600 - 1), AT(2026, 3, 29, 0, 59, 59));
	/* 2:00 to 2:59 are not: forward by an hour. */
	assert_int_equal(tz_instant(tz, day, 2 * 3600), AT(2026, 3, 29, 1, 0, 0));
	assert_int_equal(tz_instant(tz, day, 2 * 3600 + 1800), AT(2026, 3, 29, 1, 30, 0));
	assert_int_equal(tz_instant(tz, day, 3 * 3600), AT(2026, 3, 29, 1, 0, 0));
	assert_int_equal(tz_instant(tz, day, 20 * 3600), AT(2026, 3, 29, 18, 0, 0));
	tz_free(tz);
}

static void tz__paris__shows_an_hour_twice_in_autumn(void **state)
{
	struct tz *tz = system_zone("Europe/Paris");
	int32_t day = date_from_civil(2026, 10, 25);

	(void)state;
	check_local(tz, AT(2026, 10, 25, 0, 59, 59), day, 2, 59);
	check_local(tz, AT(2026, 10, 25, 1, 0, 0), day, 2, 0);
	assert_int_equal(tz_instant(tz, day, 2 * 3600 - 1), AT(2026, 10, 24, 23, 59, 59));
	assert_int_equal(tz_instant(tz, day, 2 * 3600), AT(2026, 10, 25, 0, 0, 0));
	assert_int_equal(tz_instant(tz, day, 3 * 3600 - 1), AT(2026, 10, 25, 0, 59, 59));
	assert_int_equal(tz_instant(tz, day, 3 * 3600), AT(2026, 10, 25, 2, 0, 0));
	tz_free(tz);
}

static void tz__paris__goes_on_by_the_footer(void **state)
{
	struct tz *tz = system_zone("Europe/Paris");

	(void)state;
	/* The last Sundays: 27 March and 30 October 2050. */
	assert_int_equal(tz_offset_at(tz, AT(2050, 3, 27, 0, 59, 59)), 3600);
	assert_int_equal(tz_offset_at(tz, AT(2050, 3, 27, 1, 0, 0)), 7200);
	assert_int_equal(tz_offset_at(tz, AT(2050, 10, 30, 0, 59, 59)), 7200);
	assert_int_equal(tz_offset_at(tz, AT(2050, 10, 30, 1, 0, 0)), 3600);
	assert_int_equal(tz_offset_at(tz, AT(2050, 1, 1, 0, 0, 0)), 3600);
	assert_int_equal(
		tz_instant(tz, date_from_civil(2050, 7, 14), 0), AT(2050, 7, 13, 22, 0, 0));
	tz_free(tz);
}

static void tz__ouagadougou__is_on_utc(void **state)
{
	struct tz *tz = system_zone("Africa/Ouagadougou");

	(void)state;
	assert_int_equal(tz_offset_at(tz, AT(2026, 7, 14, 12, 0, 0)), 0);
	assert_int_equal(tz_offset_at(tz, AT(2050, 7, 14, 12, 0, 0)), 0);
	check_local(tz, AT(2026, 11, 17, 10, 41, 0), date_from_civil(2026, 11, 17), 10, 41);
	tz_free(tz);
}

static void tz__sydney__has_summer_over_new_year(void **state)
{
	struct tz *tz = system_zone("Australia/Sydney");

	(void)state;
	assert_int_equal(tz_offset_at(tz, AT(2050, 1, 1, 0, 0, 0)), 39600);
	assert_int_equal(tz_offset_at(tz, AT(2050, 7, 1, 0, 0, 0)), 36000);
	assert_int_equal(tz_offset_at(tz, AT(2050, 12, 31, 23, 0, 0)), 39600);
	tz_free(tz);
}

static void tz__apia__left_out_a_day(void **state)
{
	struct tz *tz = system_zone("Pacific/Apia");

	(void)state;
	check_local(tz, AT(2011, 12, 30, 9, 59, 0), date_from_civil(2011, 12, 29), 23, 59);
	check_local(tz, AT(2011, 12, 30, 10, 0, 0), date_from_civil(2011, 12, 31), 0, 0);
	assert_int_equal(
		tz_instant(tz, date_from_civil(2011, 12, 30), 43200), AT(2011, 12, 30, 22, 0, 0));
	tz_free(tz);
}

/* Files of our own. */
static char folder[] = "/tmp/ecompta-tz-XXXXXX";

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	char path[64];

	(void)state;
	snprintf(path, sizeof(path), "%s/Zone", folder);
	unlink(path);
	return rmdir(folder);
}

static struct tz *load_bytes(const struct strbuf *bytes, struct err *err)
{
	char path[64];
	struct tz *tz;
	FILE *f;

	snprintf(path, sizeof(path), "%s/Zone", folder);
	f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(bytes->buf, 1, bytes->len, f), bytes->len);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(setenv("TZDIR", folder, 1), 0);
	tz = tz_load("Zone", err);
	unsetenv("TZDIR");
	return tz;
}

static void add_be(struct strbuf *sb, int64_t n, int bytes)
{
	while (bytes-- > 0)
		strbuf_addc(sb, (char)(unsigned char)((uint64_t)n >> (8 * bytes)));
}

/* Two types, +0 and +1 h, the second from instant 1000 on. */
static void add_block(struct strbuf *sb, char version, int time_bytes)
{
	strbuf_adds(sb, "TZif");
	strbuf_addc(sb, version);
	for (int i = 0; i < 15; i++)
		strbuf_addc(sb, '\0');
	add_be(sb, 0, 4); /* UT marks */
	add_be(sb, 0, 4); /* standard marks */
	add_be(sb, 0, 4); /* leap seconds */
	add_be(sb, 1, 4);
	add_be(sb, 2, 4);
	add_be(sb, 4, 4);
	add_be(sb, 1000, time_bytes);
	strbuf_addc(sb, 1);
	add_be(sb, 0, 4);
	add_be(sb, 0, 2);
	add_be(sb, 3600, 4);
	add_be(sb, 0, 2);
	strbuf_add(sb, "AAA", 4);
}

static void tz__load__reads_version_1(void **state)
{
	struct strbuf sb = STRBUF_INIT;
	struct err err = ERR_INIT;
	struct tz *tz;

	(void)state;
	add_block(&sb, '\0', 4);
	tz = load_bytes(&sb, &err);
	assert_non_null(tz);
	assert_int_equal(tz_offset_at(tz, 999), 0);
	assert_int_equal(tz_offset_at(tz, 1000), 3600);
	assert_int_equal(tz_offset_at(tz, AT(2050, 1, 1, 0, 0, 0)), 3600);
	tz_free(tz);
	strbuf_release(&sb);
}

static struct tz *load_footer(const char *footer, struct err *err)
{
	struct strbuf sb = STRBUF_INIT;
	struct tz *tz;

	add_block(&sb, '2', 4);
	add_block(&sb, '2', 8);
	strbuf_addf(&sb, "\n%s\n", footer);
	tz = load_bytes(&sb, err);
	strbuf_release(&sb);
	return tz;
}

static void check_footer(const char *footer, int64_t instant, int32_t offset)
{
	struct err err = ERR_INIT;
	struct tz *tz = load_footer(footer, &err);

	assert_non_null(tz);
	assert_int_equal(tz_offset_at(tz, instant), offset);
	assert_int_equal(tz_offset_at(tz, 999), 0);
	tz_free(tz);
}

static void tz__footer__knows_every_form(void **state)
{
	(void)state;
	check_footer("", AT(2030, 1, 1, 0, 0, 0), 3600);
	check_footer("<+0530>-5:30", AT(2030, 1, 1, 0, 0, 0), 19800);
	check_footer("<-03>3", AT(2030, 1, 1, 0, 0, 0), -10800);
	/* Dublin: summer time is the standard, winter an hour back. */
	check_footer("IST-1GMT0,M10.5.0,M3.5.0/1", AT(2030, 1, 1, 0, 0, 0), 0);
	check_footer("IST-1GMT0,M10.5.0,M3.5.0/1", AT(2030, 7, 1, 0, 0, 0), 3600);
	/* J60 is 1 March in leap years too, 59 is 1 March in the others only. */
	check_footer("AAA0BBB,J60/0,J300", AT(2028, 2, 29, 23, 59, 59), 0);
	check_footer("AAA0BBB,J60/0,J300", AT(2028, 3, 1, 0, 0, 0), 3600);
	check_footer("AAA0BBB,J60/0,J300", AT(2027, 3, 1, 0, 0, 0), 3600);
	check_footer("AAA0BBB,59/0,J300", AT(2028, 2, 29, 0, 0, 0), 3600);
	check_footer("AAA0BBB,59/0,J300", AT(2027, 2, 28, 23, 59, 59), 0);
	/* Hours beyond the day, and before it: Greenland's Saturday night. */
	check_footer("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", AT(2030, 3, 31, 0, 59, 59), -7200);
	check_footer("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", AT(2030, 3, 31, 1, 0, 0), -3600);
	/* The first Sunday of March 2030 is the 3rd, the second the 10th. */
	check_footer("EST5EDT,M3.2.0,M11.1.0", AT(2030, 3, 10, 6, 59, 59), -18000);
	check_footer("EST5EDT,M3.2.0,M11.1.0", AT(2030, 3, 10, 7, 0, 0), -14400);
	check_footer("EST5EDT,M3.2.0,M11.1.0", AT(2030, 11, 3, 6, 0, 0), -18000);
}

static void tz__footer__refuses_nonsense(void **state)
{
	static const char *const wrong[] = { "A", "AAA", "AAA99", "AAA0BBB", "AAA0BBB,M3.2.0",
		"AAA0BBB,M13.1.0,M3.1.0", "AAA0BBB,M3.6.0,M4.1.0", "AAA0BBB,M3.1.7,M4.1.0",
		"AAA0BBB,J0,J300", "AAA0BBB,J1,J366", "AAA0BBB,J1/168,J300", "AAA0x",
		"AAA0BBB,J1,J2x", "<+01" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		struct err err = ERR_INIT;

		assert_null(load_footer(wrong[i], &err));
		assert_int_equal(err.code, ERR_TZ_DAMAGED);
		assert_string_equal(err.subject, "Zone");
	}
}

static void tz__load__refuses_a_file_cut_anywhere(void **state)
{
	struct strbuf sb = STRBUF_INIT;
	size_t whole;

	(void)state;
	add_block(&sb, '2', 4);
	add_block(&sb, '2', 8);
	strbuf_adds(&sb, "\nAAA0\n");
	for (whole = sb.len; whole > 0; whole--) {
		struct err err = ERR_INIT;

		strbuf_truncate(&sb, whole - 1);
		assert_null(load_bytes(&sb, &err));
		assert_int_equal(err.code, ERR_TZ_DAMAGED);
	}
	strbuf_release(&sb);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tz__load__needs_no_file_for_utc),
		cmocka_unit_test(tz__load__refuses_what_is_no_zone),
		cmocka_unit_test(tz__paris__jumps_over_an_hour_in_spring),
		cmocka_unit_test(tz__paris__shows_an_hour_twice_in_autumn),
		cmocka_unit_test(tz__paris__goes_on_by_the_footer),
		cmocka_unit_test(tz__ouagadougou__is_on_utc),
		cmocka_unit_test(tz__sydney__has_summer_over_new_year),
		cmocka_unit_test(tz__apia__left_out_a_day),
		cmocka_unit_test(tz__load__reads_version_1),
		cmocka_unit_test(tz__footer__knows_every_form),
		cmocka_unit_test(tz__footer__refuses_nonsense),
		cmocka_unit_test(tz__load__refuses_a_file_cut_anywhere),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
