#include "test.h"

#include <string.h>

#include "date.h"
#include "holiday.h"

static void check_easter(int32_t year, int month, int day)
{
	assert_int_equal(holiday_easter(year), date_from_civil(year, month, day));
}

static void holiday__easter__known_years(void **state)
{
	(void)state;
	check_easter(1818, 3, 22);
	check_easter(1943, 4, 25);
	check_easter(1954, 4, 18);
	check_easter(1961, 4, 2);
	check_easter(2000, 4, 23);
	check_easter(2008, 3, 23);
	check_easter(2024, 3, 31);
	check_easter(2025, 4, 20);
	check_easter(2026, 4, 5);
	check_easter(2027, 3, 28);
	check_easter(2038, 4, 25);
	check_easter(2285, 3, 22);
}

static void check_hijri(int32_t y, int m, int d, int32_t year, int month, int day)
{
	struct hijri h = holiday_hijri(date_from_civil(y, m, d));

	assert_int_equal(h.year, year);
	assert_int_equal(h.month, month);
	assert_int_equal(h.day, day);
}

static void holiday__hijri__known_days(void **state)
{
	(void)state;
	check_hijri(622, 7, 19, 1, 1, 1);
	check_hijri(622, 8, 17, 1, 1, 30);
	check_hijri(622, 8, 18, 1, 2, 1);
	check_hijri(1945, 11, 12, 1364, 12, 6);
	check_hijri(2024, 4, 10, 1445, 10, 1);
	check_hijri(2024, 7, 7, 1445, 12, 30);
	check_hijri(2024, 7, 8, 1446, 1, 1);
	check_hijri(2026, 3, 19, 1447, 9, 30);
	check_hijri(2026, 3, 20, 1447, 10, 1);
}

/* Day by day through a cycle of thirty years: no day is left out, none comes twice. */
static void holiday__hijri__runs_without_a_gap(void **state)
{
	int32_t day = date_from_civil(2020, 1, 1);
	struct hijri last = holiday_hijri(day);
	int leap = 0;

	(void)state;
	for (int i = 0; i < 10631; i++) {
		struct hijri h = holiday_hijri(++day);

		if (h.day != last.day + 1) {
			bool next = h.month == last.month + 1 && h.year == last.year;
			bool year = h.month == 1 && last.month == 12 && h.year == last.year + 1;

			assert_int_equal(h.day, 1);
			assert_true(next || year);
			if (last.month < 12)
				assert_int_equal(last.day, last.month % 2 ? 30 : 29);
			else
				leap += last.day == 30;
		}
		last = h;
	}
	assert_int_equal(leap, 11);
}

static const struct known {
	const char *country;
	int year, month, day;
	const char *name; /* NULL: a working day */
	bool estimated;
} known[] = {
	{ "FR", 2026, 1, 1, "New Year's Day", false },
	{ "FR", 2026, 4, 5, NULL, false },
	{ "FR", 2026, 4, 6, "Easter Monday", false },
	{ "FR", 2026, 4, 3, NULL, false },
	{ "FR", 2026, 5, 1, "Labour Day", false },
	{ "FR", 2026, 5, 8, "Victory Day 1945", false },
	{ "FR", 2026, 5, 14, "Ascension Day", false },
	{ "FR", 2026, 5, 25, "Whit Monday", false },
	{ "FR", 2026, 7, 14, "National Day", false },
	{ "FR", 2026, 8, 15, "Assumption Day", false },
	{ "FR", 2026, 11, 11, "Armistice Day", false },
	{ "FR", 2026, 12, 26, NULL, false },
	{ "FR", 2026, 3, 20, NULL, false },
	{ "FR", 2024, 5, 20, "Whit Monday", false },
	{ "FR", 2025, 4, 21, "Easter Monday", false },
	{ "FR", 2027, 5, 6, "Ascension Day", false },
	{ "BF", 2026, 3, 8, "International Women's Day", false },
	{ "BF", 2026, 3, 19, NULL, false },
	{ "BF", 2026, 3, 20, "Eid al-Fitr", true },
	{ "BF", 2026, 3, 21, NULL, false },
	{ "BF", 2024, 4, 10, "Eid al-Fitr", true },
	{ "BF", 2025, 3, 31, "Eid al-Fitr", true },
	{ "BF", 2027, 3, 10, "Eid al-Fitr", true },
	{ "BF", 2026, 5, 27, "Eid al-Adha", true },
	{ "BF", 2026, 8, 26, "Mawlid", true },
	{ "BF", 2026, 5, 14, "Ascension Day", false },
	{ "BF", 2026, 5, 25, NULL, false },
	{ "BF", 2023, 5, 15, NULL, false },
	{ "BF", 2024, 5, 15, "Day of Customs and Traditions", false },
	{ "BF", 2026, 12, 11, "Republic Day", false },
	/* Days that the law of January 2026 made working days. */
	{ "BF", 2025, 1, 3, "Popular Uprising Day", false },
	{ "BF", 2026, 1, 3, NULL, false },
	{ "BF", 2025, 8, 5, "Independence Day", false },
	{ "BF", 2026, 8, 5, NULL, false },
	{ "BF", 2025, 11, 1, "All Saints' Day", false },
	{ "BF", 2026, 11, 1, NULL, false },
	{ "BF", 2025, 4, 21, "Easter Monday", false },
	{ "BF", 2026, 4, 6, NULL, false },
	{ "CI", 2026, 8, 7, "Independence Day", false },
	{ "CI", 2026, 11, 15, "National Peace Day", false },
	{ "CI", 2026, 4, 6, "Easter Monday", false },
	{ "SN", 2026, 4, 4, "Independence Day", false },
	{ "SN", 2024, 8, 23, NULL, false },
	{ "SN", 2025, 8, 13, "Grand Magal of Touba", true },
	{ "ML", 2026, 9, 22, "Independence Day", false },
	{ "ML", 2026, 5, 14, NULL, false },
	{ "NE", 2026, 12, 18, "Republic Day", false },
	{ "NE", 2026, 6, 17, "Islamic New Year", true },
	{ "TG", 2026, 4, 27, "Independence Day", false },
	{ "TG", 2026, 4, 3, "Good Friday", false },
	{ "BJ", 2024, 1, 10, "Vodun Festival", false },
	{ "BJ", 2025, 1, 9, "Vodun Festival", false },
	{ "BJ", 2025, 1, 10, "Vodun Festival", false },
	{ "BJ", 2026, 1, 8, "Vodun Festival", false },
	{ "BJ", 2026, 1, 9, "Vodun Festival", false },
	{ "BJ", 2026, 1, 10, NULL, false },
	{ "CM", 2026, 2, 11, "Youth Day", false },
	{ "CM", 2026, 4, 6, NULL, false },
	{ "GA", 2026, 8, 17, "Independence Day", false },
	{ "GN", 2026, 10, 2, "Independence Day", false },
	{ "CG", 2026, 8, 15, "National Day", false },
	{ "CG", 2026, 3, 20, NULL, false },
	{ "CD", 2026, 6, 30, "Independence Day", false },
	{ "CD", 2022, 4, 6, NULL, false },
	{ "CD", 2023, 4, 6, "Simon Kimbangu Day", false },
	{ "MG", 2026, 6, 26, "Independence Day", false },
	{ "MA", 2026, 7, 30, "Throne Day", false },
	{ "MA", 2026, 3, 21, "Eid al-Fitr", true },
	{ "MA", 2026, 12, 25, NULL, false },
	{ "TN", 2026, 3, 20, "Independence Day", false },
	{ "DZ", 2026, 11, 1, "Revolution Day", false },
	{ "BE", 2026, 7, 21, "National Day", false },
	{ "CH", 2026, 8, 1, "National Day", false },
	{ "CH", 2026, 4, 6, NULL, false },
	{ "LU", 2026, 6, 23, "National Day", false },
	{ "LU", 2018, 5, 9, NULL, false },
	{ "CA", 2026, 5, 18, "Victoria Day", false },
	{ "CA", 2024, 5, 20, "Victoria Day", false },
	{ "CA", 2027, 5, 24, "Victoria Day", false },
	{ "CA", 2026, 5, 25, NULL, false },
	{ "CA", 2026, 9, 7, "Labour Day", false },
	{ "CA", 2026, 10, 12, "Thanksgiving", false },
	{ "CA", 2024, 10, 14, "Thanksgiving", false },
	{ "XX", 2026, 1, 1, NULL, false },
	{ "", 2026, 1, 1, NULL, false },
	{ "F", 2026, 1, 1, NULL, false },
	{ "F C", 2026, 1, 1, NULL, false },
	{ "R ", 2026, 1, 1, NULL, false },
};

static void holiday__find__known_days(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(known); i++) {
		const struct known *k = &known[i];
		const char *name = "none";
		bool estimated = false;
		bool found = holiday_find(
			k->country, date_from_civil(k->year, k->month, k->day), &name, &estimated);

		if (found != (k->name != NULL) || strcmp(name, found ? k->name : "none") ||
			estimated != k->estimated)
			fail_msg("%s %d-%d-%d: %s", k->country, k->year, k->month, k->day, name);
	}
	assert_true(holiday_find("FR", date_from_civil(2026, 1, 1), NULL, NULL));
	assert_false(holiday_find("FR", DAY_NONE, NULL, NULL));
}

static void holiday__find__so_many_a_year(void **state)
{
	static const struct {
		const char *country;
		int days;
	} want[] = { { "FR", 11 }, { "BF", 11 }, { "BE", 10 }, { "CH", 4 }, { "LU", 11 },
		{ "CA", 10 } };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(want); i++) {
		int days = 0;

		for (int32_t day = date_from_civil(2026, 1, 1); day < date_from_civil(2027, 1, 1);
			day++)
			days += holiday_find(want[i].country, day, NULL, NULL);
		assert_int_equal(days, want[i].days);
		assert_true(holiday_country(want[i].country));
	}
	assert_false(holiday_country("XX"));
	assert_false(holiday_country("B"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(holiday__easter__known_years),
		cmocka_unit_test(holiday__hijri__known_days),
		cmocka_unit_test(holiday__hijri__runs_without_a_gap),
		cmocka_unit_test(holiday__find__known_days),
		cmocka_unit_test(holiday__find__so_many_a_year),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
