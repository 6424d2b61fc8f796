#include "date.h"

#define NBSP "\xC2\xA0"

/* 400 years always have as many days, and a whole number of weeks. */
#define ERA_YEARS 400
#define ERA_DAYS 146097
/* Days from 1 March of year 0, where eras are counted from, to 1970-01-01. */
#define EPOCH_DAYS 719468

#define EXCEL_1900_DAY_0 (-25569) /* 1899-12-30: serials over 60 count from it */
#define EXCEL_1904_DAY_0 (-24107) /* 1904-01-01 */
#define EXCEL_FAKE_DAY 60

static const struct {
	const char *months[12], *months_short[12], *weekdays[7], *weekdays_short[7];
} names[LANG_COUNT] = {
	[LANG_EN] = {
		.months = { "January", "February", "March", "April", "May", "June", "July",
			"August", "September", "October", "November", "December" },
		.months_short = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
			"Oct", "Nov", "Dec" },
		.weekdays = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
			"Sunday" },
		.weekdays_short = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" },
	},
	[LANG_FR] = {
		.months = { "janvier", "février", "mars", "avril", "mai", "juin", "juillet",
			"août", "septembre", "octobre", "novembre", "décembre" },
		.months_short = { "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.",
			"août", "sept.", "oct.", "nov.", "déc." },
		.weekdays = { "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi",
			"dimanche" },
		.weekdays_short = { "lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim." },
	},
};

bool date_is_leap(int32_t year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int date_month_days(int32_t year, int month)
{
	static const signed char days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return days[month - 1] + (month == 2 && date_is_leap(year));
}

bool date_exists(int32_t year, int month, int day)
{
	return year >= DATE_YEAR_MIN && year <= DATE_YEAR_MAX && month >= 1 && month <= 12 &&
	       day >= 1 && day <= date_month_days(year, month);
}

/*
 * Years are counted from March, so that the leap day is the last of its year;
 * months then begin (153 m + 2) / 5 days into it, m from 0. After Howard
 * Hinnant, "chrono-Compatible Low-Level Date Algorithms".
 */
int32_t date_from_civil(int32_t year, int month, int day)
{
	int32_t y = month > 2 ? year : year - 1;
	int32_t m = month > 2 ? month - 3 : month + 9;
	int32_t era = (y >= 0 ? y : y - (ERA_YEARS - 1)) / ERA_YEARS;
	int32_t year_of_era = y - era * ERA_YEARS;
	int32_t day_of_year = (153 * m + 2) / 5 + day - 1;
	int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

	return era * ERA_DAYS + day_of_era - EPOCH_DAYS;
}

struct civil date_to_civil(int32_t day)
{
	int64_t days = (int64_t)day + EPOCH_DAYS;
	int64_t era = (days >= 0 ? days : days - (ERA_DAYS - 1)) / ERA_DAYS;
	int32_t day_of_era = (int32_t)(days - era * ERA_DAYS);
	/* Leap days before it are taken out, then every year has 365. */
	int32_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
				      day_of_era / (ERA_DAYS - 1)) /
			      365;
	int32_t day_of_year =
		day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int m = (5 * day_of_year + 2) / 153;
	struct civil c;

	c.day = day_of_year - (153 * m + 2) / 5 + 1;
	c.month = m < 10 ? m + 3 : m - 9;
	c.year = (int32_t)(year_of_era + era * ERA_YEARS) + (c.month <= 2);
	return c;
}

int date_weekday(int32_t day)
{
	/* 1970-01-01 was a Thursday. */
	int64_t n = ((int64_t)day + 3) % 7;

	return (int)(n < 0 ? n + 7 : n) + 1;
}

int32_t date_add_months(int32_t day, int months)
{
	struct civil c = date_to_civil(day);
	int64_t total = (int64_t)c.year * 12 + (c.month - 1) + months;
	int64_t year = (total >= 0 ? total : total - 11) / 12;
	int last;

	c.month = (int)(total - year * 12) + 1;
	c.year = (int32_t)year;
	last = date_month_days(c.year, c.month);
	return date_from_civil(c.year, c.month, c.day < last ? c.day : last);
}

int32_t date_of_instant(int64_t instant, int32_t *second)
{
	int64_t first = (int64_t)date_from_civil(DATE_YEAR_MIN, 1, 1) * DAY_SECONDS;
	int64_t end = (int64_t)date_from_civil(DATE_YEAR_MAX + 1, 1, 1) * DAY_SECONDS;
	int64_t day;

	if (instant < first)
		instant = first;
	if (instant >= end)
		instant = end - 1;
	day = (instant >= 0 ? instant : instant - (DAY_SECONDS - 1)) / DAY_SECONDS;
	if (second)
		*second = (int32_t)(instant - day * DAY_SECONDS);
	return (int32_t)day;
}

/* A reader over the text: `p` moves on over what was recognised. */
struct cursor {
	const char *p, *end;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static struct cursor cursor_trimmed(const char *s, size_t len)
{
	struct cursor c = { s, s + len };

	while (c.p < c.end && is_blank(*c.p))
		c.p++;
	while (c.p < c.end && is_blank(c.end[-1]))
		c.end--;
	return c;
}

static bool take_char(struct cursor *c, char want)
{
	if (c->p >= c->end || *c->p != want)
		return false;
	c->p++;
	return true;
}

/* All the digits that stand here, at least one and at most `most`; returns how
 * many, 0 when there are none or too many. */
static int take_number(struct cursor *c, int most, int *n)
{
	int count = 0;

	*n = 0;
	while (c->p < c->end && is_digit(*c->p)) {
		if (++count > most)
			return 0;
		*n = *n * 10 + (*c->p++ - '0');
	}
	return count;
}

static bool take_two(struct cursor *c, int least, int most, int *n)
{
	return take_number(c, 2, n) == 2 && *n >= least && *n <= most;
}

static bool take_zone(struct cursor *c, int *offset)
{
	int sign, hours, minutes;

	*offset = 0;
	if (take_char(c, 'Z') || take_char(c, 'z'))
		return true;
	if (take_char(c, '+'))
		sign = 1;
	else if (take_char(c, '-'))
		sign = -1;
	else
		return false;
	if (c->end - c->p == 4 && is_digit(c->p[2])) {
		/* +0100 */
		if (take_number(c, 4, &hours) != 4)
			return false;
		minutes = hours % 100;
		hours /= 100;
	} else if (!take_two(c, 0, 23, &hours) || !take_char(c, ':') ||
		   !take_two(c, 0, 59, &minutes)) {
		return false;
	}
	*offset = sign * (hours * 3600 + minutes * 60);
	return hours <= 23 && minutes <= 59;
}

/* hh:mm, hh:mm:ss, hh:mm:ss.fff */
static bool take_time(struct cursor *c, int *second)
{
	int h, m, s = 0;

	if (!take_number(c, 2, &h) || h > 23 || !take_char(c, ':') || !take_two(c, 0, 59, &m))
		return false;
	if (take_char(c, ':')) {
		if (!take_two(c, 0, 60, &s))
			return false;
		if (take_char(c, '.') || take_char(c, ',')) {
			const char *from = c->p;

			while (c->p < c->end && is_digit(*c->p))
				c->p++;
			if (c->p == from)
				return false;
		}
	}
	*second = h * 3600 + m * 60 + s;
	return true;
}

/* The end of the text, or a time of day and then the end. */
static bool take_rest(struct cursor *c)
{
	int second, offset;

	if (c->p == c->end)
		return true;
	if (!take_char(c, 'T') && !take_char(c, ' '))
		return false;
	if (!take_time(c, &second))
		return false;
	return c->p == c->end || (take_zone(c, &offset) && c->p == c->end);
}

static enum date_result make_day(int year, int month, int day, int32_t *out)
{
	if (!date_exists(year, month, day))
		return DATE_NO_SUCH_DAY;
	*out = date_from_civil(year, month, day);
	return DATE_OK;
}

static enum date_result parse_iso(struct cursor c, int32_t *day)
{
	int y, m, d, digits = take_number(&c, 4, &y);

	if ((digits != 4 && digits != 2) || !take_char(&c, '-') || take_number(&c, 2, &m) != 2 ||
		!take_char(&c, '-') || take_number(&c, 2, &d) != 2 || !take_rest(&c))
		return DATE_BAD_FORM;
	return digits == 2 ? DATE_SHORT_YEAR : make_day(y, m, d, day);
}

/* Two numbers and a year with the same mark between. */
static enum date_result take_parted(struct cursor c, int *first, int *second, int *year)
{
	int digits;
	char mark;

	if (!take_number(&c, 2, first) || c.p == c.end || !strchr("/.-", *c.p))
		return DATE_BAD_FORM;
	mark = *c.p++;
	if (!take_number(&c, 2, second) || !take_char(&c, mark))
		return DATE_BAD_FORM;
	digits = take_number(&c, 4, year);
	if ((digits != 4 && digits != 2) || !take_rest(&c))
		return DATE_BAD_FORM;
	return digits == 2 ? DATE_SHORT_YEAR : DATE_OK;
}

static enum date_result parse_dmy(struct cursor c, int32_t *day)
{
	int y, m, d;
	enum date_result result = take_parted(c, &d, &m, &y);

	return result == DATE_OK ? make_day(y, m, d, day) : result;
}

static enum date_result parse_mdy(struct cursor c, int32_t *day)
{
	int y, m, d;
	enum date_result result = take_parted(c, &m, &d, &y);

	return result == DATE_OK ? make_day(y, m, d, day) : result;
}

static enum date_result parse_compact(struct cursor c, int32_t *day)
{
	int n, digits = take_number(&c, 8, &n);

	if ((digits != 8 && digits != 6) || !take_rest(&c))
		return DATE_BAD_FORM;
	return digits == 6 ? DATE_SHORT_YEAR : make_day(n / 10000, n / 100 % 100, n % 100, day);
}

enum date_result date_parse(const char *s, size_t len, unsigned forms, int32_t *day)
{
	static const struct {
		enum date_form form;
		enum date_result (*parse)(struct cursor c, int32_t *day);
	} parsers[] = {
		{ DATE_ISO, parse_iso },
		{ DATE_DMY, parse_dmy },
		{ DATE_COMPACT, parse_compact },
		{ DATE_MDY, parse_mdy },
	};
	struct cursor c = cursor_trimmed(s, len);
	enum date_result result = DATE_BAD_FORM;

	for (size_t i = 0; i < ARRAY_SIZE(parsers) && result == DATE_BAD_FORM; i++)
		if (forms & parsers[i].form)
			result = parsers[i].parse(c, day);
	return result;
}

bool date_parse_instant(const char *s, size_t len, int64_t *instant)
{
	struct cursor c = { s, s + len };
	int y, m, d, second, offset;

	if (take_number(&c, 4, &y) != 4 || !take_char(&c, '-') || !take_two(&c, 1, 12, &m) ||
		!take_char(&c, '-') || !take_two(&c, 1, 31, &d) || !date_exists(y, m, d))
		return false;
	if (!take_char(&c, 'T') && !take_char(&c, ' '))
		return false;
	if (!take_time(&c, &second) || !take_zone(&c, &offset) || c.p != c.end)
		return false;
	*instant = (int64_t)date_from_civil(y, m, d) * DAY_SECONDS + second - offset;
	return true;
}

enum date_result date_from_excel(int64_t serial, bool from_1904, int32_t *day)
{
	int32_t zero = from_1904 ? EXCEL_1904_DAY_0 : EXCEL_1900_DAY_0;
	int32_t last = date_from_civil(DATE_YEAR_MAX, 12, 31);

	if (serial < (from_1904 ? 0 : 1) || serial > last - zero)
		return DATE_NO_SUCH_DAY;
	if (!from_1904 && serial == EXCEL_FAKE_DAY)
		return DATE_NO_SUCH_DAY;
	*day = zero + (int32_t)serial + (!from_1904 && serial < EXCEL_FAKE_DAY);
	return DATE_OK;
}

enum date_result date_parse_excel(const char *s, size_t len, bool from_1904, int32_t *day)
{
	struct cursor c = cursor_trimmed(s, len);
	int serial;

	if (!take_number(&c, 9, &serial))
		return DATE_BAD_FORM;
	if (take_char(&c, '.')) {
		if (c.p == c.end)
			return DATE_BAD_FORM;
		while (c.p < c.end && is_digit(*c.p))
			c.p++;
	}
	return c.p == c.end ? date_from_excel(serial, from_1904, day) : DATE_BAD_FORM;
}

bool date_to_excel(int32_t day, bool from_1904, int32_t *serial)
{
	int32_t first = from_1904 ? EXCEL_1904_DAY_0 : EXCEL_1900_DAY_0 + 2;
	int32_t n;

	if (day < first || day > date_from_civil(DATE_YEAR_MAX, 12, 31))
		return false;
	n = day - (from_1904 ? EXCEL_1904_DAY_0 : EXCEL_1900_DAY_0);
	*serial = !from_1904 && n <= EXCEL_FAKE_DAY ? n - 1 : n;
	return true;
}

const char *date_month_name(enum lang lang, int month)
{
	return names[lang].months[month - 1];
}

const char *date_month_short(enum lang lang, int month)
{
	return names[lang].months_short[month - 1];
}

const char *date_weekday_name(enum lang lang, int weekday)
{
	return names[lang].weekdays[weekday - 1];
}

const char *date_weekday_short(enum lang lang, int weekday)
{
	return names[lang].weekdays_short[weekday - 1];
}

void date_add_iso(struct strbuf *out, int32_t day)
{
	struct civil c = date_to_civil(day);

	if (day != DAY_NONE)
		strbuf_addf(out, "%04d-%02d-%02d", (int)c.year, c.month, c.day);
}

void date_add_short(struct strbuf *out, int32_t day, enum lang lang)
{
	struct civil c = date_to_civil(day);

	if (day == DAY_NONE)
		return;
	if (lang == LANG_FR)
		strbuf_addf(out, "%02d/%02d/%02d", c.day, c.month, (int)(c.year % 100));
	else
		strbuf_addf(out, "%d %s %02d", c.day, date_month_short(lang, c.month),
			(int)(c.year % 100));
}

void date_add_medium(struct strbuf *out, int32_t day, enum lang lang)
{
	struct civil c = date_to_civil(day);

	if (day == DAY_NONE)
		return;
	if (lang == LANG_FR)
		strbuf_addf(out, "%02d/%02d/%04d", c.day, c.month, (int)c.year);
	else
		strbuf_addf(out, "%d %s %d", c.day, date_month_short(lang, c.month), (int)c.year);
}

void date_add_long(struct strbuf *out, int32_t day, enum lang lang)
{
	struct civil c = date_to_civil(day);

	if (day == DAY_NONE)
		return;
	strbuf_addf(out, "%s %d%s %s %d", date_weekday_name(lang, date_weekday(day)), c.day,
		lang == LANG_FR && c.day == 1 ? "er" : "", date_month_name(lang, c.month),
		(int)c.year);
}

void date_add_time(struct strbuf *out, int minute)
{
	strbuf_addf(out, "%02d:%02d", minute / 60, minute % 60);
}

void date_add_time_words(struct strbuf *out, int minute, enum lang lang)
{
	if (lang != LANG_FR) {
		date_add_time(out, minute);
		return;
	}
	strbuf_addf(out, "%d" NBSP "h", minute / 60);
	if (minute % 60)
		strbuf_addf(out, NBSP "%02d", minute % 60);
}

void date_add_instant(struct strbuf *out, int64_t instant)
{
	int32_t second;

	date_add_iso(out, date_of_instant(instant, &second));
	strbuf_addf(out, "T%02d:%02d:%02dZ", (int)(second / 3600), (int)(second / 60 % 60),
		(int)(second % 60));
}
