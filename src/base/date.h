/*
 * Days and times as the program stores, reads and writes them. A day is an
 * int32_t of days since 1970-01-01 in the proleptic Gregorian calendar, without
 * a zone; an instant is an int64_t of UTC seconds (tz.h turns one into the
 * other). Months count from 1, weekdays are ISO's: Monday 1 to Sunday 7.
 *
 * The names of months and weekdays live here, since what is formatted may be
 * for a customer whose language is not the screen's. Relative words ("3 days
 * ago") belong to the layers above. Any thread.
 */
#ifndef DATE_H
#define DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "compiler.h"
#include "lang.h"
#include "strbuf.h"

#define DAY_NONE INT32_MIN /* no day: not known, not applicable */
#define DAY_SECONDS 86400
#define DATE_YEAR_MIN 1 /* years that are read and written */
#define DATE_YEAR_MAX 9999

struct civil {
	int32_t year;
	int month; /* 1..12 */
	int day;   /* 1..31 */
};

bool date_is_leap(int32_t year) MUST_USE;
int date_month_days(int32_t year, int month) MUST_USE;
bool date_exists(int32_t year, int month, int day) MUST_USE;
/* The month is 1..12; a day beyond its month's runs on into the next one. */
int32_t date_from_civil(int32_t year, int month, int day) MUST_USE;
struct civil date_to_civil(int32_t day) MUST_USE;
int date_weekday(int32_t day) MUST_USE;
/* The same day of the month `months` later or earlier, or that month's last. */
int32_t date_add_months(int32_t day, int months) MUST_USE;
/* The UTC day of an instant and, unless NULL, the second within it. Instants
 * outside the years 1 to 9999 count as the nearest one inside. */
int32_t date_of_instant(int64_t instant, int32_t *second) MUST_USE;

enum date_form {
	DATE_ISO = 1 << 0,     /* 2026-11-17 */
	DATE_DMY = 1 << 1,     /* 17/11/2026, 17.11.2026, 17-11-2026; 7/1/2026 too */
	DATE_COMPACT = 1 << 2, /* 20261117 */
	DATE_MDY = 1 << 3,     /* 11/17/2026: only where somebody said so */
	DATE_ANY = DATE_ISO | DATE_DMY | DATE_COMPACT,
};

enum date_result {
	DATE_OK,
	DATE_BAD_FORM,	  /* not a date in any of the forms */
	DATE_NO_SUCH_DAY, /* 31/02/2026 */
	DATE_SHORT_YEAR,  /* 17/11/26: which century is anybody's guess */
};

/* Reads a day in one of `forms` (enum date_form). Blanks around it and a time
 * after it ("T10:20:00Z", " 10:20") are accepted and left aside. `day` is set
 * only on DATE_OK. */
enum date_result date_parse(const char *s, size_t len, unsigned forms, int32_t *day) MUST_USE;
/* Reads "2026-11-17T10:41:00Z"; also an offset in place of Z, a fraction of a
 * second (dropped), a leap second (the next second). */
bool date_parse_instant(const char *s, size_t len, int64_t *instant) MUST_USE;

/* A spreadsheet's serial day, in its 1900 system (whose day 60 is a 29 February
 * 1900 that never was: DATE_NO_SUCH_DAY) or the 1904 one of old Macintoshes. */
enum date_result date_from_excel(int64_t serial, bool from_1904, int32_t *day) MUST_USE;
/* The same from a cell's stored text, "46343" or "46343.5"; the time of day is
 * left aside. DATE_BAD_FORM when it is not such a number. */
enum date_result date_parse_excel(const char *s, size_t len, bool from_1904, int32_t *day) MUST_USE;
/* False for a day that the system cannot count (before 1900 or 1904, over 9999). */
bool date_to_excel(int32_t day, bool from_1904, int32_t *serial) MUST_USE;

const char *date_month_name(enum lang lang, int month) MUST_USE;      /* November, novembre */
const char *date_month_short(enum lang lang, int month) MUST_USE;     /* Nov, nov. */
const char *date_weekday_name(enum lang lang, int weekday) MUST_USE;  /* Tuesday, mardi */
const char *date_weekday_short(enum lang lang, int weekday) MUST_USE; /* Tue, mar. */

/* Each appends; DAY_NONE appends nothing. */
void date_add_iso(struct strbuf *out, int32_t day);		       /* 2026-11-03 */
void date_add_short(struct strbuf *out, int32_t day, enum lang lang);  /* 3 Nov 26, 03/11/26 */
void date_add_medium(struct strbuf *out, int32_t day, enum lang lang); /* 3 Nov 2026, 03/11/2026 */
/* Tuesday 3 November 2026, mardi 3 novembre 2026; dimanche 1er novembre 2026 */
void date_add_long(struct strbuf *out, int32_t day, enum lang lang);
/* 14:32, from minutes since midnight. */
void date_add_time(struct strbuf *out, int minute);
/* In a sentence: 14:32, or 14 h 32 with no-break spaces (14 h on the hour). */
void date_add_time_words(struct strbuf *out, int minute, enum lang lang);
/* 2026-11-17T10:41:00Z */
void date_add_instant(struct strbuf *out, int64_t instant);

#endif
