#include "holiday.h"

#include <stddef.h>
#include <string.h>

#include "date.h"
#include "i18n.h"

enum rule {
	RULE_DAY,     /* month `a`, day `b` */
	RULE_WEEKDAY, /* `weekday` on that day or in the six after it */
	RULE_EASTER,  /* `a` days after Easter Sunday */
	RULE_ISLAMIC, /* Islamic month `a`, day `b` */
};

struct feast {
	const char *countries;
	const char *name;
	enum rule rule;
	int a, b;
	int weekday;
	int since, until; /* years; 0: always */
};

#define ON(month, day) .rule = RULE_DAY, .a = (month), .b = (day)
#define FIRST(day_of_week, month, day)                                                             \
	.rule = RULE_WEEKDAY, .a = (month), .b = (day), .weekday = (day_of_week)
#define EASTER(days) .rule = RULE_EASTER, .a = (days)
#define MOON(month, day) .rule = RULE_ISLAMIC, .a = (month), .b = (day)

#define KNOWN "BF CI SN ML NE TG BJ CM GA GN CG CD MG MA TN DZ FR BE CH LU CA"
#define UMMA "BF CI SN ML NE TG BJ CM GA GN MG MA TN DZ"

/* What is certain comes first: of two feasts on one day it gives the name.
 * TRANSLATORS: the names below are public holidays. */
static const struct feast feasts[] = {
	{ KNOWN, N_("New Year's Day"), ON(1, 1) },
	{ "BF CI SN ML NE TG BJ CM GA GN CG CD MG MA TN DZ FR BE LU", N_("Labour Day"), ON(5, 1) },
	{ "BF CI SN NE TG BJ CM GA GN MG FR BE LU", N_("Assumption Day"), ON(8, 15) },
	{ "CI SN NE TG BJ GA CG MG FR BE LU", N_("All Saints' Day"), ON(11, 1) },
	{ "BF", N_("All Saints' Day"), ON(11, 1), .until = 2025 },
	{ "BF CI SN ML NE TG BJ CM GA GN CG CD MG FR BE CH LU CA", N_("Christmas Day"),
		ON(12, 25) },
	{ "LU CA", N_("Boxing Day"), ON(12, 26) },

	{ "TG CM CA", N_("Good Friday"), EASTER(-2) },
	{ "CI SN ML NE TG BJ GA GN CG MG FR BE LU", N_("Easter Monday"), EASTER(1) },
	{ "BF", N_("Easter Monday"), EASTER(1), .until = 2025 },
	{ "BF CI SN NE TG BJ CM GA CG MG FR BE CH LU", N_("Ascension Day"), EASTER(39) },
	{ "CI SN NE TG BJ GA CG MG FR BE LU", N_("Whit Monday"), EASTER(50) },

	{ "BF", N_("Popular Uprising Day"), ON(1, 3), .until = 2025 },
	{ "BF MG", N_("International Women's Day"), ON(3, 8) },
	{ "BF", N_("Day of Customs and Traditions"), ON(5, 15), .since = 2024 },
	{ "BF", N_("Independence Day"), ON(8, 5), .until = 2025 },
	{ "BF", N_("Martyrs' Day"), ON(10, 31), .since = 2016, .until = 2025 },
	{ "BF", N_("Republic Day"), ON(12, 11) },
	{ "CI", N_("Independence Day"), ON(8, 7) },
	{ "CI", N_("National Peace Day"), ON(11, 15), .since = 1996 },
	{ "SN", N_("Independence Day"), ON(4, 4) },
	{ "ML", N_("Army Day"), ON(1, 20) },
	{ "ML", N_("Martyrs' Day"), ON(3, 26), .since = 1992 },
	{ "ML GN", N_("Africa Day"), ON(5, 25) },
	{ "ML", N_("Independence Day"), ON(9, 22) },
	{ "NE", N_("Concord Day"), ON(4, 24), .since = 1995 },
	{ "NE", N_("Homeland Day"), ON(7, 26), .since = 2024 },
	{ "NE", N_("Independence Day"), ON(8, 3) },
	{ "NE", N_("Republic Day"), ON(12, 18) },
	{ "TG", N_("Independence Day"), ON(4, 27) },
	{ "TG", N_("Martyrs' Day"), ON(6, 21) },
	{ "BJ", N_("Vodun Festival"), ON(1, 10), .until = 2024 },
	{ "BJ", N_("Vodun Festival"), FIRST(4, 1, 7), .since = 2025 },
	{ "BJ", N_("Vodun Festival"), FIRST(5, 1, 8), .since = 2025 },
	{ "BJ", N_("Independence Day"), ON(8, 1) },
	{ "CM", N_("Youth Day"), ON(2, 11) },
	{ "CM", N_("National Day"), ON(5, 20) },
	{ "GA", N_("Women's Rights Day"), ON(4, 17), .since = 2015 },
	{ "GA", N_("Independence Day"), ON(8, 16) },
	{ "GA", N_("Independence Day"), ON(8, 17) },
	{ "GA", N_("Liberation Day"), ON(8, 30), .since = 2024 },
	{ "GN", N_("Independence Day"), ON(10, 2) },
	{ "CG", N_("Reconciliation Day"), ON(6, 10) },
	{ "CG", N_("National Day"), ON(8, 15) },
	{ "CG", N_("Republic Day"), ON(11, 28), .since = 2010 },
	{ "CD", N_("Martyrs of Independence Day"), ON(1, 4) },
	{ "CD", N_("Laurent-Désiré Kabila Day"), ON(1, 16) },
	{ "CD", N_("Patrice Lumumba Day"), ON(1, 17) },
	{ "CD", N_("Simon Kimbangu Day"), ON(4, 6), .since = 2023 },
	{ "CD", N_("Liberation Day"), ON(5, 17) },
	{ "CD", N_("Independence Day"), ON(6, 30) },
	{ "CD", N_("Parents' Day"), ON(8, 1) },
	{ "CD", N_("Genocide Memorial Day"), ON(8, 2), .since = 2024 },
	{ "MG", N_("Martyrs' Day"), ON(3, 29) },
	{ "MG", N_("Independence Day"), ON(6, 26) },
	{ "MA", N_("Independence Manifesto Day"), ON(1, 11) },
	{ "MA", N_("Amazigh New Year"), ON(1, 14), .since = 2024 },
	{ "MA", N_("Throne Day"), ON(7, 30) },
	{ "MA", N_("Oued Ed-Dahab Day"), ON(8, 14) },
	{ "MA", N_("Revolution of the King and the People"), ON(8, 20) },
	{ "MA", N_("Youth Day"), ON(8, 21) },
	{ "MA", N_("Unity Day"), ON(10, 31), .since = 2026 },
	{ "MA", N_("Green March Day"), ON(11, 6) },
	{ "MA", N_("Independence Day"), ON(11, 18) },
	{ "TN", N_("Independence Day"), ON(3, 20) },
	{ "TN", N_("Martyrs' Day"), ON(4, 9) },
	{ "TN", N_("Republic Day"), ON(7, 25) },
	{ "TN", N_("Women's Day"), ON(8, 13) },
	{ "TN", N_("Evacuation Day"), ON(10, 15) },
	{ "TN", N_("Revolution Day"), ON(12, 17), .since = 2021 },
	{ "DZ", N_("Amazigh New Year"), ON(1, 12), .since = 2018 },
	{ "DZ", N_("Independence Day"), ON(7, 5) },
	{ "DZ", N_("Revolution Day"), ON(11, 1) },
	{ "FR", N_("Victory Day 1945"), ON(5, 8) },
	{ "FR", N_("National Day"), ON(7, 14) },
	{ "FR BE", N_("Armistice Day"), ON(11, 11) },
	{ "BE", N_("National Day"), ON(7, 21) },
	{ "CH", N_("National Day"), ON(8, 1) },
	{ "LU", N_("Europe Day"), ON(5, 9), .since = 2019 },
	{ "LU", N_("National Day"), ON(6, 23) },
	{ "CA", N_("Victoria Day"), FIRST(1, 5, 18) },
	{ "CA", N_("Canada Day"), ON(7, 1) },
	{ "CA", N_("Labour Day"), FIRST(1, 9, 1) },
	{ "CA", N_("Day for Truth and Reconciliation"), ON(9, 30), .since = 2021 },
	{ "CA", N_("Thanksgiving"), FIRST(1, 10, 8) },
	{ "CA", N_("Remembrance Day"), ON(11, 11) },

	{ UMMA, N_("Eid al-Fitr"), MOON(10, 1) },
	{ "MA TN DZ", N_("Eid al-Fitr"), MOON(10, 2) },
	{ "DZ", N_("Eid al-Fitr"), MOON(10, 3), .since = 2023 },
	{ UMMA, N_("Eid al-Adha"), MOON(12, 10) },
	{ "NE MA TN DZ", N_("Eid al-Adha"), MOON(12, 11) },
	{ "DZ", N_("Eid al-Adha"), MOON(12, 12), .since = 2023 },
	{ "BF CI SN ML NE BJ GN MA TN DZ", N_("Mawlid"), MOON(3, 12) },
	{ "MA", N_("Mawlid"), MOON(3, 13) },
	{ "NE MA TN DZ", N_("Islamic New Year"), MOON(1, 1) },
	{ "SN DZ", N_("Ashura"), MOON(1, 10) },
	{ "SN", N_("Grand Magal of Touba"), MOON(2, 18), .since = 2014 },
	{ "CI NE GN", N_("Night of Destiny"), MOON(9, 27) },
};

int32_t holiday_easter(int32_t year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
	int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	int n = h + l - 7 * m + 114;

	return date_from_civil(year, n / 31, n % 31 + 1);
}

/* Days from the first of the Islamic calendar, 622-07-19, to 1970-01-01. */
#define HIJRI_EPOCH 492148

static int64_t days_of_hijri(int64_t year, int month, int day)
{
	return day - 1 + 29 * (month - 1) + (6 * month - 1) / 11 + (year - 1) * 354 +
	       (3 + 11 * year) / 30;
}

struct hijri holiday_hijri(int32_t day)
{
	int64_t days = (int64_t)day + HIJRI_EPOCH;
	struct hijri h = { (int32_t)((30 * days + 10646) / 10631), 12, 0 };

	while (h.month > 1 && days_of_hijri(h.year, h.month, 1) > days)
		h.month--;
	h.day = (int)(days - days_of_hijri(h.year, h.month, 1)) + 1;
	return h;
}

static bool listed(const char *countries, const char *country)
{
	return strlen(country) == 2 && !strchr(country, ' ') && strstr(countries, country);
}

static bool falls_on(const struct feast *f, int32_t day, const struct civil *civil)
{
	struct hijri hijri;

	switch (f->rule) {
	case RULE_DAY:
		return civil->month == f->a && civil->day == f->b;
	case RULE_WEEKDAY:
		return civil->month == f->a && civil->day >= f->b && civil->day < f->b + 7 &&
		       date_weekday(day) == f->weekday;
	case RULE_EASTER:
		return day == holiday_easter(civil->year) + f->a;
	case RULE_ISLAMIC:
		break;
	}
	hijri = holiday_hijri(day);
	return hijri.month == f->a && hijri.day == f->b;
}

bool holiday_country(const char *country)
{
	return listed(KNOWN, country);
}

bool holiday_find(const char *country, int32_t day, const char **name, bool *estimated)
{
	struct civil civil = date_to_civil(day);

	if (civil.year < 1900 || civil.year > DATE_YEAR_MAX)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(feasts); i++) {
		const struct feast *f = &feasts[i];

		if (civil.year < f->since || (f->until && civil.year > f->until) ||
			!listed(f->countries, country) || !falls_on(f, day, &civil))
			continue;
		if (name)
			*name = f->name;
		if (estimated)
			*estimated = f->rule == RULE_ISLAMIC;
		return true;
	}
	return false;
}
