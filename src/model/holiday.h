/*
 * Public holidays of the countries the program knows, for the hours of marketing. Fixed
 * days, days counted from Easter and, as an estimate, the feasts of Islam, which the
 * moon decides: they may fall a day earlier or later, and neither neighbour is taken for
 * one. A company's own calendar of holidays adds to these and takes away; it also knows
 * what a government gives for a year, or for a holiday on a Sunday. Pure; any thread.
 *
 * Sources: Easter: "Anonymous Gregorian" algorithm, in J. Meeus, Astronomical Algorithms,
 * 2nd ed., 1998, chapter 8. Islam: tabular civil calendar, in E. M. Reingold,
 * N. Dershowitz, Calendrical Calculations, 4th ed., 2018, chapter 7. Days: each country's
 * labour law; Switzerland: the federal day and those that all cantons keep; Canada: the
 * labour code's general holidays.
 */
#ifndef HOLIDAY_H
#define HOLIDAY_H

#include <stdbool.h>
#include <stdint.h>

#include "compiler.h"

/* Whether `day` (date.h) is a holiday in the country, "BF": its English name, to
 * translate, and whether its day is an estimate; either may be NULL. A country that is
 * not known has none. */
bool holiday_find(const char *country, int32_t day, const char **name, bool *estimated);
/* Whether the program knows the country's holidays. */
bool holiday_country(const char *country) MUST_USE;
/* Easter Sunday of a year of the Gregorian calendar. */
int32_t holiday_easter(int32_t year) MUST_USE;

/* A date of the tabular Islamic calendar. */
struct hijri {
	int32_t year;
	int month, day;
};

/* Of a day from 622-07-19 on. */
struct hijri holiday_hijri(int32_t day) MUST_USE;

#endif
