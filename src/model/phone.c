#include "phone.h"

#include "i18n.h"

#define RAW_MAX 100
#define DIGITS_MAX 32

static const char *const results[PHONE_RESULTS] = {
	[PHONE_OK] = "",
	[PHONE_NOT_A_NUMBER] = N_("this is not a telephone number"),
	[PHONE_SCIENTIFIC] =
		N_("the spreadsheet has shortened this number and lost its last digits: "
		   "make the column text there, then export again"),
	[PHONE_LOST_ZERO] = N_("a spreadsheet has taken the leading zero away: put it back"),
	[PHONE_TOO_SHORT] = N_("the number is too short: digits are missing"),
	[PHONE_TOO_LONG] = N_("the number is too long: more than one number, or digits too many"),
	[PHONE_NO_SUCH_START] = N_("no number of this country begins like this"),
};

const char *phone_result_label(enum phone_result result)
{
	return (size_t)result < PHONE_RESULTS ? results[result] : "";
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* What a number is made of once it has been read. */
struct reading {
	char digits[DIGITS_MAX + 1]; /* without + and 00; as many as fit */
	size_t len;		     /* more than DIGITS_MAX when they did not */
	bool plus;
	size_t zero_at; /* place of a "(0)" among the digits, or SIZE_MAX */
};

/* The length of raw's "70123456.0", as programs export a number, without its
 * decimals; that of all of raw when it is not of that form. */
static size_t without_decimals(const char *raw, size_t len)
{
	size_t n = 0, end;

	while (n < len && is_digit(raw[n]))
		n++;
	end = n;
	if (n < PHONE_MIN - 1 || n == len || (raw[n] != '.' && raw[n] != ','))
		return len;
	for (n++; n < len; n++)
		if (raw[n] != '0')
			return len;
	return end;
}

/* "2,267E+10", "2.267e10". */
static bool is_scientific(const char *s, size_t len)
{
	size_t n = 0, mantissa, exponent;

	while (n < len && (is_digit(s[n]) || ((s[n] == '.' || s[n] == ',') && n > 0)))
		n++;
	mantissa = n;
	if (!mantissa || n == len || (s[n] != 'e' && s[n] != 'E'))
		return false;
	n++;
	if (n < len && s[n] == '+')
		n++;
	exponent = n;
	while (n < len && is_digit(s[n]))
		n++;
	return n == len && n > exponent && n - exponent <= 2;
}

static size_t raw_length(const char *raw)
{
	size_t len = 0;

	while (len < RAW_MAX && raw[len])
		len++;
	return len;
}

static void reading_of(struct reading *r, const char *raw, size_t len)
{
	*r = (struct reading){ .zero_at = SIZE_MAX };
	for (size_t i = 0; i < len; i++) {
		if (raw[i] == '+' && !r->len)
			r->plus = true;
		if (!is_digit(raw[i]))
			continue;
		if (raw[i] == '0' && i > 0 && raw[i - 1] == '(' && i + 1 < len && raw[i + 1] == ')')
			r->zero_at = r->len;
		if (r->len < DIGITS_MAX)
			r->digits[r->len] = raw[i];
		r->len++;
	}
	if (r->len > DIGITS_MAX)
		return;
	if (!r->plus && r->digits[0] == '0' && r->digits[1] == '0') {
		memmove(r->digits, r->digits + 2, r->len - 1);
		r->len -= 2;
		r->plus = true;
		r->zero_at = r->zero_at == SIZE_MAX || r->zero_at < 2 ? SIZE_MAX : r->zero_at - 2;
	}
}

static bool starts_well(const struct country *c, const char *national)
{
	const char *s = c->starts;

	if (!*s)
		return true;
	for (;;) {
		size_t n = strcspn(s, " ");

		if (!strncmp(national, s, n))
			return true;
		if (!s[n])
			return false;
		s += n + 1;
	}
}

/* A national number written the way its country stores it. */
struct national {
	char digits[DIGITS_MAX + 1];
	size_t len;
};

static void national_prepend(struct national *n, const char *head, size_t len)
{
	memmove(n->digits + len, n->digits, n->len + 1);
	memcpy(n->digits, head, len);
	n->len += len;
}

/* Numbers of the country's former plan get what was put in front of all of them. */
static void national_upgrade(struct national *n, const struct country *c)
{
	if (*c->old && n->len == (size_t)(c->old[0] - '0') && n->digits[0] != '0')
		national_prepend(n, c->old + 2, strlen(c->old + 2));
}

/* No national number begins with its trunk, save Russia's 8. */
static bool drops_trunk(const struct country *c, const struct national *n)
{
	return c->trunk && !c->trunk_kept && n->digits[0] == c->trunk &&
	       (c->trunk != '8' || n->len > c->max);
}

/* Takes the digits from `from` on; drops the trunk, and a "(0)" that the number
 * does not keep. */
static void national_of(
	struct national *n, const struct reading *r, size_t from, const struct country *c)
{
	size_t at = 0;

	n->len = 0;
	for (size_t i = from; i < r->len; i++)
		if (i != r->zero_at || c->trunk_kept)
			n->digits[n->len++] = r->digits[i];
	n->digits[n->len] = '\0';
	if (drops_trunk(c, n))
		at = 1;
	memmove(n->digits, n->digits + at, n->len + 1 - at);
	n->len -= at;
	national_upgrade(n, c);
}

static enum phone_result national_check(const struct national *n, const struct country *c)
{
	if (n->len < c->min)
		return PHONE_TOO_SHORT;
	if (n->len > c->max)
		return PHONE_TOO_LONG;
	return starts_well(c, n->digits) ? PHONE_OK : PHONE_NO_SUCH_START;
}

/* A number one digit short that its country would know with the zero it keeps. */
static bool national_lost_zero(const struct national *n, const struct country *c)
{
	struct national with = *n;

	if (!c->trunk_kept || !*c->starts || n->len + 1 != c->min)
		return false;
	national_prepend(&with, &c->trunk, 1);
	return national_check(&with, c) == PHONE_OK;
}

static enum phone_result phone_set(
	struct phone *phone, const struct country *c, const struct national *n)
{
	char code[8];
	size_t len = (size_t)snprintf(code, sizeof(code), "+%d", c->code);

	if (len - 1 + n->len > PHONE_MAX)
		return PHONE_TOO_LONG;
	if (len - 1 + n->len < PHONE_MIN)
		return PHONE_TOO_SHORT;
	memcpy(phone->e164, code, len);
	memcpy(phone->e164 + len, n->digits, n->len + 1);
	return PHONE_OK;
}

/* The calling code that the digits begin with, if it counts. */
static bool read_abroad(const struct reading *r, struct phone *phone)
{
	struct national n;
	size_t taken;
	const struct country *c = country_of_digits(r->digits, &taken);

	if (!c)
		return false;
	national_of(&n, r, taken, c);
	return national_check(&n, c) == PHONE_OK && phone_set(phone, c, &n) == PHONE_OK;
}

/* With a + and a code that no country of the table has. */
static bool read_unknown(const struct reading *r, struct phone *phone)
{
	size_t taken;

	if (!r->plus || r->digits[0] == '0' || country_of_digits(r->digits, &taken) ||
		r->len < PHONE_MIN || r->len > PHONE_MAX)
		return false;
	phone->e164[0] = '+';
	memcpy(phone->e164 + 1, r->digits, r->len + 1);
	return true;
}

static enum phone_result read_home(
	const struct reading *r, const struct country *home, struct phone *phone)
{
	struct national n;
	enum phone_result result;

	national_of(&n, r, 0, home);
	result = national_check(&n, home);
	if (result == PHONE_OK)
		return phone_set(phone, home, &n);
	if (national_lost_zero(&n, home)) {
		national_prepend(&n, &home->trunk, 1);
		(void)phone_set(phone, home, &n);
		return PHONE_LOST_ZERO;
	}
	return result;
}

/* Too short or too long, said of the country that the number itself names. */
static enum phone_result blame(
	const struct reading *r, const struct country *home, enum phone_result at_home)
{
	struct national n;
	size_t taken;
	const struct country *c = country_of_digits(r->digits, &taken);
	enum phone_result there;

	if (!c || (!r->plus && c->code != home->code))
		return at_home;
	national_of(&n, r, taken, c);
	there = national_check(&n, c);
	return there == PHONE_OK ? at_home : there;
}

static enum phone_result phone_read(
	const struct reading *r, const struct country *home, struct phone *phone)
{
	bool one_length = home->min == home->max;
	enum phone_result result;

	if (!r->plus && one_length && read_home(r, home, phone) == PHONE_OK)
		return PHONE_OK;
	phone->e164[0] = '\0';
	if (read_abroad(r, phone))
		return PHONE_OK;
	result = read_home(r, home, phone);
	if (result == PHONE_OK || result == PHONE_LOST_ZERO)
		return result;
	if (read_unknown(r, phone))
		return PHONE_OK;
	return blame(r, home, result);
}

bool phone_clean(const char *raw, const struct country *home, struct phone *phone)
{
	struct reading r;
	size_t len;

	while (*raw == ' ' || *raw == '\t')
		raw++;
	len = raw_length(raw);
	while (len && (raw[len - 1] == ' ' || raw[len - 1] == '\t'))
		len--;
	*phone = (struct phone){ .result = PHONE_OK };
	reading_of(&r, raw, without_decimals(raw, len));
	if (is_scientific(raw, len))
		phone->result = PHONE_SCIENTIFIC;
	else if (r.len < 3 || (r.len <= DIGITS_MAX && strspn(r.digits, "0") == r.len))
		phone->result = PHONE_NOT_A_NUMBER;
	else if (r.len > DIGITS_MAX)
		phone->result = PHONE_TOO_LONG;
	else
		phone->result = phone_read(&r, home, phone);
	return phone->result == PHONE_OK;
}

/* In the country's groups when they add up to the number, else in pairs, an odd
 * digit making the first group one of three. */
static void add_groups(struct strbuf *out, const char *digits, const char *groups)
{
	size_t len = strlen(digits), sum = 0, at = 0;

	for (const char *g = groups; *g; g++)
		sum += (size_t)(*g - '0');
	while (at < len) {
		size_t n = at == 0 && len % 2 && len > 2 ? 3 : 2;

		if (sum == len)
			n = (size_t)(*groups++ - '0');
		if (n > len - at)
			n = len - at;
		if (at)
			strbuf_addc(out, ' ');
		strbuf_add(out, digits + at, n);
		at += n;
	}
}

void phone_show(struct strbuf *out, const char *e164, const struct country *home)
{
	char shown[DIGITS_MAX + 2];
	size_t taken = 0;
	const struct country *c;

	if (e164[0] != '+' || strlen(e164) > DIGITS_MAX) {
		strbuf_adds(out, e164);
		return;
	}
	c = country_of_digits(e164 + 1, &taken);
	if (!c) {
		strbuf_adds(out, e164);
	} else if (c->code != home->code) {
		strbuf_addf(out, "+%d %s", c->code, e164 + 1 + taken);
	} else if (home->trunk == '0' && !home->trunk_kept) {
		snprintf(shown, sizeof(shown), "0%s", e164 + 1 + taken);
		add_groups(out, shown, home->groups);
	} else {
		add_groups(out, e164 + 1 + taken, home->groups);
	}
}

/* Everything that people put between digits, the no-break spaces included. */
static bool only_number_signs(const char *s)
{
	while (*s) {
		size_t n = strspn(s, "0123456789+-./() \t");

		s += n;
		if (!strncmp(s, "\xc2\xa0", 2))
			s += 2;
		else if (!strncmp(s, "\xe2\x80", 2) && s[2])
			s += 3;
		else if (*s)
			return false;
	}
	return true;
}

bool phone_search(struct strbuf *out, const char *typed, const struct country *home)
{
	struct reading r;
	struct phone whole;
	size_t taken = 0, from = 0;
	const struct country *c;

	if (!only_number_signs(typed))
		return false;
	reading_of(&r, typed, raw_length(typed));
	if (!r.len || r.len > PHONE_MAX + 2)
		return false;
	c = country_of_digits(r.digits, &taken);
	if (phone_clean(typed, home, &whole)) {
		strbuf_adds(out, whole.e164 + 1);
		return true;
	}
	if (r.plus && c && c->code == home->code)
		from = taken;
	for (size_t i = from; i < r.len; i++) {
		bool trunk = i == from && i + 1 < r.len && r.digits[i] == home->trunk &&
			     home->trunk && !home->trunk_kept;

		if (i != r.zero_at && !trunk)
			strbuf_addc(out, r.digits[i]);
	}
	return true;
}
