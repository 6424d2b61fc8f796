#include "imports_private.h"

#include "date.h"
#include "utf8.h"

#define YEARS_AHEAD 10

/* --- refusing --- */

bool import_refuse(struct import_line *l, enum import_reason reason, enum import_field field,
	const char *value)
{
	l->why = (struct import_fault){ reason, field, value };
	return false;
}

void import_remark(struct import_line *l, enum import_reason reason, enum import_field field,
	const char *value)
{
	if (l->n_remarks < IMPORT_MAX_REMARKS)
		l->remarks[l->n_remarks++] = (struct import_fault){ reason, field, value };
}

/* --- texts --- */

const struct cell *import_cell(
	const struct import *im, const struct import_line *l, enum import_field field)
{
	static const struct cell empty = { .text = "", .kind = CELL_EMPTY };
	int column = im->mapping.column[field];

	if (column < 0 || (size_t)column >= l->row->n)
		return &empty;
	return &l->row->cells[column];
}

/* Nothing to take off and nothing to clean: printable ASCII, or UTF-8 letters. */
static bool is_clean(const struct cell *cell)
{
	const unsigned char *s = (const unsigned char *)cell->text;

	if (!cell->len)
		return true;
	if (s[0] == ' ' || s[cell->len - 1] == ' ')
		return false;
	for (size_t i = 0; i < cell->len; i++)
		if (s[i] < ' ' || s[i] == 0x7F || s[i] == 0xC2 || s[i] == 0xE2 || s[i] == 0xEF)
			return false;
	return true;
}

/* A run of blanks, no-break ones among them, at an end. */
static size_t blanks(const char *s, size_t len, bool at_end)
{
	static const char *const signs[] = { " ", "\u00a0", "\u202f", "\u2007", "\ufeff" };
	size_t n = 0;
	bool more = true;

	while (more) {
		more = false;
		for (size_t i = 0; i < ARRAY_SIZE(signs); i++) {
			size_t k = strlen(signs[i]);

			if (n + k <= len &&
				!memcmp(at_end ? s + len - n - k : s + n, signs[i], k)) {
				n += k;
				more = true;
			}
		}
	}
	return n;
}

static const char *clean(struct import *im, const struct cell *cell)
{
	struct strbuf text = STRBUF_INIT;
	size_t from, to;
	const char *out;

	utf8_add_clean(&text, cell->text, cell->len, "");
	from = blanks(text.buf, text.len, false);
	to = from < text.len ? blanks(text.buf + from, text.len - from, true) : 0;
	out = arena_strndup(&im->scrap, text.buf + from, text.len - from - to);
	strbuf_release(&text);
	return out;
}

bool import_text(
	struct import *im, struct import_line *l, enum import_field field, const char **out)
{
	const struct cell *cell = import_cell(im, l, field);

	*out = is_clean(cell) ? cell->text : clean(im, cell);
	if (cell->kind == CELL_ERROR)
		return import_refuse(l, REASON_SPREADSHEET_ERROR, field, *out);
	if (cell->len > IMPORT_TEXT_MAX && utf8_width(*out, strlen(*out)) > (size_t)IMPORT_TEXT_MAX)
		return import_refuse(
			l, REASON_TEXT_TOO_LONG, field, arena_printf(&im->scrap, "%.60s…", *out));
	return true;
}

bool import_needs(
	struct import *im, struct import_line *l, enum import_field field, const char **out)
{
	int column = im->mapping.column[field];

	if (!import_text(im, l, field, out))
		return false;
	if (**out)
		return true;
	if (im->analysis.facts->format == ROWS_CSV && column >= (int)l->row->n)
		return import_refuse(l, REASON_LINE_TOO_SHORT, field, "");
	return import_refuse(l, REASON_MISSING, field, "");
}

/* --- days --- */

static enum date_result parse_day(
	const struct import *im, const struct import_column *c, const char *text, int32_t *out)
{
	unsigned forms = DATE_ISO | DATE_COMPACT;
	enum date_result result;

	forms |= im->o.dates == IMPORT_DATES_MDY ? DATE_MDY : DATE_DMY;
	result = date_parse(text, strlen(text), forms, out);
	if (result == DATE_BAD_FORM && c->dates.serial && !c->dates.dmy && !c->dates.either &&
		!c->dates.mdy)
		result = date_parse_excel(text, strlen(text), false, out);
	return result;
}

bool import_day(struct import *im, struct import_line *l, enum import_field field, int32_t *out)
{
	const struct cell *cell = import_cell(im, l, field);
	enum date_result result = DATE_OK;
	const char *text;

	*out = DAY_NONE;
	if (!import_text(im, l, field, &text))
		return false;
	if (!*text)
		return true;
	if (cell->kind == CELL_DATE)
		*out = cell->day;
	else
		result = parse_day(im, &im->columns.items[im->mapping.column[field]], text, out);
	if (result == DATE_NO_SUCH_DAY)
		return import_refuse(l, REASON_NO_SUCH_DAY, field, text);
	if (result == DATE_SHORT_YEAR)
		return import_refuse(l, REASON_SHORT_YEAR, field, text);
	if (result == DATE_BAD_FORM)
		return import_refuse(l, REASON_BAD_DATE, field, text);
	if (*out < date_from_civil(1900, 1, 1) ||
		*out > date_add_months(im->today, 12 * YEARS_AHEAD))
		return import_refuse(l, REASON_FAR_DATE, field, text);
	return true;
}

/* --- money --- */

static const enum import_reason money_reasons[] = {
	[MONEY_EMPTY] = REASON_MISSING,
	[MONEY_NOT_A_NUMBER] = REASON_BAD_AMOUNT,
	[MONEY_EXPONENT] = REASON_EXPONENT,
	[MONEY_TOO_MANY_DECIMALS] = REASON_TOO_MANY_DECIMALS,
	[MONEY_OVERFLOW] = REASON_AMOUNT_TOO_LARGE,
	[MONEY_BAD_GROUPING] = REASON_BAD_GROUPING,
};

static bool parse_money(struct import *im, struct import_line *l, enum import_field field,
	const char *currency, int64_t *out)
{
	const struct cell *cell = import_cell(im, l, field);
	char mark = '.', group = 0;
	enum money_result result;
	const char *text;

	if (!import_needs(im, l, field, &text))
		return false;
	if (cell->kind == CELL_TEXT && !import_marks(im, im->mapping.column[field], &mark, &group))
		return import_refuse(l, REASON_BAD_AMOUNT, field, text);
	if (money_names_other(text, strlen(text), currency))
		return import_refuse(l, REASON_OTHER_CURRENCY, field, text);
	result = money_parse(text, strlen(text), mark, group, money_decimals(currency), out);
	return result == MONEY_OK || import_refuse(l, money_reasons[result], field, text);
}

/* A code, or the names that the most usual ones go by; "" if it is none. */
static const char *find_currency(struct import *im, const char *text)
{
	static const struct {
		const char *name;
		const char *code;
	} names[] = { { "€", "EUR" }, { "EURO", "EUR" }, { "EUROS", "EUR" }, { "$", "USD" },
		{ "US$", "USD" }, { "£", "GBP" }, { "DH", "MAD" }, { "DHS", "MAD" } };
	char *code = arena_strdup(&im->scrap, text);

	for (char *p = code; *p; p++)
		if (*p >= 'a' && *p <= 'z')
			*p = (char)(*p - 'a' + 'A');
	if (money_is_currency(code))
		return code;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (!strcmp(code, names[i].name))
			return names[i].code;
	/* Two currencies are called CFA: here it is the company's, if it is one of them. */
	if (strstr(code, "CFA") && im->currency[0] == 'X' && strlen(code) <= 11)
		return im->currency;
	return "";
}

/* Either mark is the decimal one: a rate has no thousands worth grouping. */
static bool parse_rate(const char *text, int64_t *out)
{
	char mark = strchr(text, ',') ? ',' : '.';

	return money_parse(text, strlen(text), mark, 0, IMPORT_RATE_DECIMALS, out) == MONEY_OK &&
	       *out > 0;
}

bool import_rate_option(struct import *im, const char *text, struct err *err)
{
	struct import_rate rate = { .rate = 0 };
	const char *equals = strchr(text, '=');

	if (!equals || equals - text != 3 || im->n_rates == IMPORT_MAX_RATES)
		return err_set(err, ERR_IMPORT_RATE, text, "%s", "");
	memcpy(rate.code, text, 3);
	if (!money_is_currency(rate.code) || !parse_rate(equals + 1, &rate.rate))
		return err_set(err, ERR_IMPORT_RATE, text, "%s", "");
	im->rates[im->n_rates++] = rate;
	return true;
}

static bool find_rate(struct import *im, struct import_line *l, enum import_field field,
	const char *currency, int64_t *out)
{
	const char *text;

	if (!import_text(im, l, field, &text))
		return false;
	if (*text)
		return parse_rate(text, out) || import_refuse(l, REASON_BAD_RATE, field, text);
	for (size_t i = 0; i < im->n_rates; i++) {
		if (!strcmp(im->rates[i].code, currency)) {
			*out = im->rates[i].rate;
			return true;
		}
	}
	return import_refuse(l, REASON_NEEDS_RATE, field, currency);
}

static int64_t power_of_ten(int n)
{
	int64_t p = 1;

	while (n-- > 0)
		p *= 10;
	return p;
}

/* Half away from zero, in 128 bits: an amount times a rate never leaves them. */
static bool convert(int64_t amount, int from_decimals, int64_t rate, int to_decimals, int64_t *out)
{
	__int128 n = (__int128)amount * rate;
	__int128 divisor = power_of_ten(IMPORT_RATE_DECIMALS);

	if (from_decimals > to_decimals)
		divisor *= power_of_ten(from_decimals - to_decimals);
	else if (__builtin_mul_overflow(n, (__int128)power_of_ten(to_decimals - from_decimals), &n))
		return false;
	n += n < 0 ? -divisor / 2 : divisor / 2;
	n /= divisor;
	if (n > INT64_MAX / 2 || n < -(INT64_MAX / 2))
		return false;
	*out = (int64_t)n;
	return true;
}

static bool line_currency(
	struct import *im, struct import_line *l, enum import_field field, const char **out)
{
	const char *text;

	*out = im->o.currency ? im->o.currency : im->currency;
	if (!import_text(im, l, field, &text))
		return false;
	if (!*text)
		return true;
	*out = find_currency(im, text);
	return **out || import_refuse(l, REASON_UNKNOWN_CURRENCY, field, text);
}

bool import_money(struct import *im, struct import_line *l, enum import_field total,
	enum import_field currency, enum import_field rate, struct import_amount *out)
{
	const char *code;
	int64_t times;

	*out = (struct import_amount){ .original_currency = "" };
	if (!line_currency(im, l, currency, &code) || !parse_money(im, l, total, code, &out->minor))
		return false;
	if (!strcmp(code, im->currency))
		return true;
	if (!find_rate(im, l, rate, code, &times))
		return false;
	out->original = out->minor;
	out->original_currency = code;
	return convert(out->original, money_decimals(code), times, im->decimals, &out->minor) ||
	       import_refuse(l, REASON_AMOUNT_TOO_LARGE, total, import_cell(im, l, total)->text);
}

/* --- the line as it was --- */

void import_add_raw(struct strbuf *out, const struct row *row)
{
	for (size_t i = 0; i < row->n; i++) {
		const struct cell *c = &row->cells[i];
		bool quote = strpbrk(c->text, ",\"\r\n") || strlen(c->text) < c->len;

		if (i)
			strbuf_addc(out, ',');
		if (quote)
			strbuf_addc(out, '"');
		for (size_t k = 0; k < c->len && quote; k++) {
			if (c->text[k] == '"')
				strbuf_addc(out, '"');
			strbuf_addc(out, c->text[k]);
		}
		if (!quote)
			strbuf_add(out, c->text, c->len);
		else
			strbuf_addc(out, '"');
	}
}
