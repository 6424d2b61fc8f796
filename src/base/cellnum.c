#include "cellnum.h"

#define MAX_EXPONENT 400
#define MAX_WRITTEN 64 /* significant digits that are looked at */
#define DAY_IN_SECONDS 86400

/* Digits d1 d2 ... dn with the point before d1, times ten to the power. */
struct decimal {
	bool negative;
	char digits[MAX_WRITTEN];
	size_t n;
	int64_t point; /* digits before the point; may be negative or over n */
	bool whole;    /* written without point or exponent */
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "E+10" up to the end. */
static bool parse_exponent(const char *s, const char *end, int64_t *exponent)
{
	bool negative = s < end && *s == '-';
	int64_t value = 0;

	if (s < end && (*s == '-' || *s == '+'))
		s++;
	if (s == end)
		return false;
	for (; s < end; s++) {
		if (!is_digit(*s))
			return false;
		value = value * 10 + (*s - '0');
		if (value > MAX_EXPONENT)
			return false;
	}
	*exponent = negative ? -value : value;
	return true;
}

static void decimal_push(struct decimal *d, char digit, bool after_point)
{
	if (!d->n && digit == '0') {
		d->point -= after_point; /* a leading zero */
		return;
	}
	d->point += !after_point;
	if (d->n < MAX_WRITTEN)
		d->digits[d->n++] = digit;
}

static bool decimal_parse(struct decimal *d, const char *s, size_t len)
{
	const char *end = s + len;
	bool after_point = false, any = false;
	int64_t exponent = 0;

	*d = (struct decimal){ .negative = len && *s == '-', .whole = true };
	if (len && (*s == '-' || *s == '+'))
		s++;
	for (; s < end; s++) {
		if (is_digit(*s)) {
			decimal_push(d, *s, after_point);
			any = true;
		} else if (*s == '.' && !after_point) {
			after_point = true;
			d->whole = false;
		} else {
			break;
		}
	}
	if (s < end && (*s == 'e' || *s == 'E')) {
		d->whole = false;
		if (!parse_exponent(s + 1, end, &exponent))
			return false;
		s = end;
	}
	d->point += exponent;
	return any && s == end && d->point <= MAX_EXPONENT && d->point >= -MAX_EXPONENT;
}

/* Rounds to that many significant digits and drops zeros at the end. */
static void decimal_round(struct decimal *d, size_t most)
{
	if (d->n > most) {
		bool up = d->digits[most] >= '5';

		d->n = most;
		while (up && d->n && d->digits[d->n - 1] == '9')
			d->n--;
		if (up && d->n) {
			d->digits[d->n - 1]++;
		} else if (up) {
			d->digits[d->n++] = '1';
			d->point++;
		}
	}
	while (d->n && d->digits[d->n - 1] == '0')
		d->n--;
}

static void add_zeros(struct strbuf *out, int64_t n)
{
	while (n-- > 0)
		strbuf_addc(out, '0');
}

bool cellnum_add_decimal(struct strbuf *out, const char *s, size_t len)
{
	struct decimal d;
	size_t before;

	if (!decimal_parse(&d, s, len))
		return false;
	if (d.whole && d.point > MAX_WRITTEN)
		return false;
	decimal_round(&d, d.whole ? MAX_WRITTEN : CELLNUM_DIGITS);
	if (!d.n) {
		strbuf_addc(out, '0');
		return true;
	}
	if (d.negative)
		strbuf_addc(out, '-');
	before = d.point <= 0 ? 0 : (size_t)d.point < d.n ? (size_t)d.point : d.n;
	if (before) {
		strbuf_add(out, d.digits, before);
		add_zeros(out, d.point - (int64_t)d.n);
	} else {
		strbuf_addc(out, '0');
	}
	if (before < d.n) {
		strbuf_addc(out, '.');
		add_zeros(out, -d.point);
		strbuf_add(out, d.digits + before, d.n - before);
	}
	return true;
}

bool cellnum_serial(const char *decimal, size_t len, int64_t *days, int32_t *seconds)
{
	int64_t whole = 0, nanos = 0, scale = 100000000;
	size_t i = 0;

	for (; i < len && is_digit(decimal[i]); i++) {
		whole = whole * 10 + (decimal[i] - '0');
		if (whole > INT32_MAX)
			return false;
	}
	if (i < len && decimal[i] != '.')
		return false;
	for (i++; i < len && scale; i++, scale /= 10)
		nanos += (decimal[i] - '0') * scale;
	*seconds = (int32_t)((nanos * DAY_IN_SECONDS + 500000000) / 1000000000);
	*days = whole + *seconds / DAY_IN_SECONDS;
	*seconds %= DAY_IN_SECONDS;
	return true;
}

bool cellnum_builtin_is_date(int64_t id)
{
	return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) ||
	       (id >= 50 && id <= 58);
}

/* Steps over what a format shows as it stands; returns where it goes on. */
static const char *skip_literal(const char *p)
{
	const char *end;

	switch (*p) {
	case '"':
		end = strchr(p + 1, '"');
		return end ? end + 1 : p + strlen(p);
	case '[':
		end = strchr(p + 1, ']');
		return end ? end + 1 : p + strlen(p);
	case '\\':
	case '_':
	case '*':
		return p[1] ? p + 2 : p + 1;
	default:
		return p;
	}
}

bool cellnum_format_is_date(const char *code)
{
	bool date = false;

	for (const char *p = code; *p && *p != ';';) {
		const char *next = skip_literal(p);

		if (next != p) {
			p = next;
			continue;
		}
		/* ".00" after seconds is a fraction of them, elsewhere a number. */
		if (strchr("0#?", *p))
			return false;
		date = date || strchr("dmyhsDMYHS", *p);
		if (*p == 's' && p[1] == '.')
			p += 1 + strspn(p + 1, ".0");
		else
			p++;
	}
	return date;
}
