#include "money.h"

#include "num.h"

#define NBSP "\xC2\xA0"

/*
 * ISO 4217, alphabetical. French puts the symbol behind; English puts it before
 * where it has one, else the code. A space in a symbol is written as a no-break
 * one on screen. All symbols are in GSM-7, so that an SMS may carry them.
 */
static const struct currency {
	const char *code;
	int decimals;
	const char *french;
	const char *english; /* NULL for the code */
} currencies[] = {
	{ "AED", 2, "AED", NULL },
	{ "AUD", 2, "$AU", "A$" },
	{ "BIF", 0, "FBu", NULL },
	{ "BRL", 2, "R$", "R$" },
	{ "CAD", 2, "$CA", "CA$" },
	{ "CDF", 2, "FC", NULL },
	{ "CHF", 2, "CHF", NULL },
	{ "CNY", 2, "CNY", NULL },
	{ "CVE", 2, "CVE", NULL },
	{ "DJF", 0, "Fdj", NULL },
	{ "DKK", 2, "DKK", NULL },
	{ "DZD", 2, "DA", NULL },
	{ "EGP", 2, "EGP", NULL },
	{ "EUR", 2, "€", "€" },
	{ "GBP", 2, "£", "£" },
	{ "GHS", 2, "GHS", NULL },
	{ "GMD", 2, "GMD", NULL },
	{ "GNF", 0, "FG", NULL },
	{ "HTG", 2, "HTG", NULL },
	{ "INR", 2, "INR", NULL },
	{ "JPY", 0, "JPY", NULL },
	{ "KES", 2, "KES", NULL },
	{ "KMF", 0, "FC", NULL },
	{ "LBP", 2, "LBP", NULL },
	{ "LRD", 2, "LRD", NULL },
	{ "LYD", 3, "LYD", NULL },
	{ "MAD", 2, "DH", NULL },
	{ "MGA", 2, "Ar", NULL },
	{ "MRU", 2, "MRU", NULL },
	{ "MUR", 2, "MUR", NULL },
	{ "NGN", 2, "NGN", NULL },
	{ "NOK", 2, "NOK", NULL },
	{ "RON", 2, "RON", NULL },
	{ "RWF", 0, "FRw", NULL },
	{ "SAR", 2, "SAR", NULL },
	{ "SEK", 2, "SEK", NULL },
	{ "SLE", 2, "SLE", NULL },
	{ "STN", 2, "STN", NULL },
	{ "TND", 3, "DT", NULL },
	{ "TRY", 2, "TRY", NULL },
	{ "UGX", 0, "UGX", NULL },
	{ "USD", 2, "$US", "$" },
	{ "XAF", 0, "F CFA", NULL },
	{ "XOF", 0, "F CFA", NULL },
	{ "XPF", 0, "F CFP", NULL },
	{ "ZAR", 2, "ZAR", NULL },
};

/* Words beside the codes that people write around an amount, and what each may mean. */
static const struct word {
	const char *word;
	const char *codes;
} words[] = {
	{ "€", "EUR" },
	{ "euro", "EUR" },
	{ "euros", "EUR" },
	{ "$", "USD CAD AUD LRD" },
	{ "$US", "USD" },
	{ "US$", "USD" },
	{ "$CA", "CAD" },
	{ "CA$", "CAD" },
	{ "C$", "CAD" },
	{ "$AU", "AUD" },
	{ "A$", "AUD" },
	{ "R$", "BRL" },
	{ "£", "GBP" },
	{ "CFA", "XOF XAF" },
	{ "FCFA", "XOF XAF" },
	{ "CFP", "XPF" },
	{ "FCFP", "XPF" },
	{ "F", "XOF XAF XPF CHF GNF CDF KMF BIF DJF RWF" },
	{ "Fr", "XOF XAF XPF CHF GNF CDF KMF BIF DJF RWF" },
	{ "Fr.", "CHF" },
	{ "francs", "XOF XAF XPF CHF GNF CDF KMF BIF DJF RWF" },
	{ "DH", "MAD AED" },
	{ "DHS", "MAD AED" },
	{ "DT", "TND" },
	{ "DA", "DZD" },
	{ "FG", "GNF" },
	{ "FC", "CDF KMF" },
	{ "FBu", "BIF" },
	{ "Fdj", "DJF" },
	{ "FRw", "RWF" },
	{ "Ar", "MGA" },
	{ "UM", "MRU" },
	{ "₦", "NGN" },
	{ "GH₵", "GHS" },
	{ "₵", "GHS" },
};

static const struct currency *find_currency(const char *code)
{
	for (size_t i = 0; i < ARRAY_SIZE(currencies); i++)
		if (strcmp(currencies[i].code, code) == 0)
			return &currencies[i];
	return NULL;
}

bool money_is_currency(const char *code)
{
	return find_currency(code) != NULL;
}

int money_decimals(const char *code)
{
	const struct currency *c = find_currency(code);

	return c ? c->decimals : 2;
}

const char *money_currency_at(size_t i)
{
	return i < ARRAY_SIZE(currencies) ? currencies[i].code : NULL;
}

bool money_add(int64_t a, int64_t b, int64_t *out)
{
	int64_t sum;

	if (__builtin_add_overflow(a, b, &sum))
		return false;
	*out = sum;
	return true;
}

bool money_mul(int64_t a, int64_t b, int64_t *out)
{
	int64_t product;

	if (__builtin_mul_overflow(a, b, &product))
		return false;
	*out = product;
	return true;
}

static void add_symbol(struct strbuf *out, const char *symbol, const char *space)
{
	for (; *symbol; symbol++) {
		if (*symbol == ' ')
			strbuf_adds(out, space);
		else
			strbuf_addc(out, *symbol);
	}
}

static void format(
	struct strbuf *out, int64_t minor, const char *code, enum lang lang, const char *space)
{
	const struct currency *c = find_currency(code);
	int decimals = c ? c->decimals : 2;

	if (lang == LANG_FR) {
		num_format_with(out, minor, decimals, space, ',');
		strbuf_adds(out, space);
		add_symbol(out, c ? c->french : code, space);
		return;
	}
	if (minor < 0)
		strbuf_addc(out, '-');
	if (c && c->english) {
		strbuf_adds(out, c->english);
	} else {
		strbuf_adds(out, code);
		strbuf_adds(out, space);
	}
	num_format_magnitude(out, minor, decimals, ",", '.');
}

void money_format(struct strbuf *out, int64_t minor, const char *currency, enum lang lang)
{
	format(out, minor, currency, lang, NBSP);
}

void money_format_bare(struct strbuf *out, int64_t minor, const char *currency, enum lang lang)
{
	num_format(out, minor, money_decimals(currency), lang);
}

void money_format_sms(struct strbuf *out, int64_t minor, const char *currency, enum lang lang)
{
	format(out, minor, currency, lang, " ");
}

void money_format_plain(struct strbuf *out, int64_t minor, const char *currency, char mark)
{
	num_format_with(out, minor, money_decimals(currency), "", mark);
}

/* An amount's text, narrowed to its digits and marks by peel(). */
struct piece {
	const char *p, *end;
	int signs;
	int opened, closed; /* parentheses */
	bool negative;
	const char *codes[2]; /* what the currency words may mean */
	size_t n_codes;
};

/* Signs of several bytes that stand for one of ASCII. */
static const struct {
	const char *bytes;
	char same;
} aliases[] = {
	{ "\xC2\xA0", ' ' },	 /* no-break space */
	{ "\xE2\x80\xAF", ' ' }, /* narrow no-break space */
	{ "\xE2\x80\x89", ' ' }, /* thin space */
	{ "\xE2\x80\x87", ' ' }, /* figure space */
	{ "\t", ' ' },
	{ "\r", ' ' },
	{ "\n", ' ' },
	{ "\xE2\x88\x92", '-' }, /* minus */
	{ "\xE2\x80\x93", '-' }, /* en dash */
	{ "\xE2\x80\x99", '\'' },
};

/* The sign at `p`, or before it with `back`; its bytes in `n`. */
static char sign_at(const struct piece *v, bool back, size_t *n)
{
	char c = back ? v->end[-1] : *v->p;

	for (size_t i = 0; !(c > ' ' && c < 0x7F) && i < ARRAY_SIZE(aliases); i++) {
		*n = strlen(aliases[i].bytes);
		if ((size_t)(v->end - v->p) >= *n &&
			memcmp(back ? v->end - *n : v->p, aliases[i].bytes, *n) == 0)
			return aliases[i].same;
	}
	*n = 1;
	return c;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool same_word(const char *s, const char *word, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (lower(s[i]) != lower(word[i]))
			return false;
	return true;
}

/* Bytes of the longest currency word at this end, 0 for none. */
static size_t word_at(const struct piece *v, bool back, const char **codes)
{
	size_t best = 0, room = (size_t)(v->end - v->p);

	for (size_t i = 0; i < ARRAY_SIZE(words) + ARRAY_SIZE(currencies); i++) {
		bool word = i < ARRAY_SIZE(words);
		const char *text = word ? words[i].word : currencies[i - ARRAY_SIZE(words)].code;
		size_t len = strlen(text);

		if (len <= best || len > room || !same_word(back ? v->end - len : v->p, text, len))
			continue;
		best = len;
		*codes = word ? words[i].codes : text;
	}
	return best;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Takes one sign, space, parenthesis or word from an end; false at the digits. */
static bool peel_one(struct piece *v, bool back)
{
	size_t n;
	const char *codes;
	char c;

	if (v->p == v->end)
		return false;
	c = sign_at(v, back, &n);
	if (is_digit(c) || c == ',' || (c == '.' && !back))
		return false;
	if (c == '-' || (c == '+' && !back)) {
		v->signs++;
		v->negative |= c == '-';
	} else if (c == (back ? ')' : '(')) {
		v->opened += !back;
		v->closed += back;
		v->negative = true;
	} else if (c != ' ') {
		n = word_at(v, back, &codes);
		if (!n || v->n_codes == ARRAY_SIZE(v->codes))
			return false;
		v->codes[v->n_codes++] = codes;
	}
	if (back)
		v->end -= n;
	else
		v->p += n;
	return true;
}

/* False when the signs around the digits make no sense. */
static bool peel(struct piece *v, const char *s, size_t len)
{
	*v = (struct piece){ .p = s, .end = s + len };
	while (peel_one(v, false))
		;
	while (peel_one(v, true))
		;
	return v->opened == v->closed && v->signs + v->opened <= 1;
}

static bool is_exponent(const char *p, const char *end)
{
	if (p == end || lower(*p) != 'e')
		return false;
	p++;
	if (p < end && (*p == '+' || *p == '-'))
		p++;
	if (p == end)
		return false;
	while (p < end && is_digit(*p))
		p++;
	return p == end;
}

/* Nothing but digits, marks and group signs, with at least one digit. */
static enum money_result check_signs(struct piece v)
{
	bool digits = false;

	while (v.p < v.end) {
		size_t n;
		char c = sign_at(&v, false, &n);

		if (is_digit(c))
			digits = true;
		else if (!strchr(" ',.", c) || !c)
			return digits && is_exponent(v.p, v.end) ? MONEY_EXPONENT
								 : MONEY_NOT_A_NUMBER;
		v.p += n;
	}
	return digits ? MONEY_OK : MONEY_NOT_A_NUMBER;
}

/*
 * Checks the groups and finds how many digits follow the mark. Groups have three
 * digits, the first one to three and no zero in front, and one sign throughout.
 */
static enum money_result check_groups(struct piece v, char mark, char group, size_t *fraction)
{
	char kind = 0;
	size_t run = 0, n;
	const char *first = v.p;

	*fraction = 0;
	for (; v.p < v.end; v.p += n) {
		char c = sign_at(&v, false, &n);

		if (is_digit(c)) {
			run++;
			continue;
		}
		if (kind ? run != 3 : (c != mark && (run < 1 || run > 3 || *first == '0')))
			return MONEY_BAD_GROUPING;
		if (c == mark)
			break;
		if ((c != group && c != ' ' && c != '\'') || (kind && c != kind))
			return MONEY_BAD_GROUPING;
		kind = c;
		run = 0;
	}
	if (v.p == v.end)
		return kind && run != 3 ? MONEY_BAD_GROUPING : MONEY_OK;
	for (v.p++; v.p < v.end; v.p++, (*fraction)++)
		if (!is_digit(*v.p))
			return MONEY_BAD_GROUPING;
	return *fraction ? MONEY_OK : MONEY_NOT_A_NUMBER;
}

static enum money_result check(
	struct piece *v, const char *s, size_t len, char mark, char group, size_t *fraction)
{
	enum money_result result;

	if (!peel(v, s, len))
		return MONEY_NOT_A_NUMBER;
	if (v->p == v->end)
		return v->signs || v->opened || v->n_codes ? MONEY_NOT_A_NUMBER : MONEY_EMPTY;
	result = check_signs(*v);
	return result == MONEY_OK ? check_groups(*v, mark, group, fraction) : result;
}

/* The digits as one number, `fraction` of them after the mark. */
static enum money_result collect(const struct piece *v, size_t fraction, int decimals, int64_t *out)
{
	size_t keep = (size_t)decimals;
	int64_t n = 0;

	for (const char *p = v->p; p < v->end; p++) {
		bool beyond = fraction > keep && (size_t)(v->end - p) <= fraction - keep;

		if (!is_digit(*p))
			continue;
		if (beyond && *p != '0')
			return MONEY_TOO_MANY_DECIMALS;
		if (!beyond && (!money_mul(n, 10, &n) || !money_add(n, *p - '0', &n)))
			return MONEY_OVERFLOW;
	}
	for (size_t i = fraction; i < keep; i++)
		if (!money_mul(n, 10, &n))
			return MONEY_OVERFLOW;
	*out = v->negative ? -n : n;
	return MONEY_OK;
}

enum money_result money_parse(
	const char *s, size_t len, char mark, char group, int decimals, int64_t *out)
{
	struct piece v;
	size_t fraction;
	enum money_result result = check(&v, s, len, mark, group, &fraction);

	return result == MONEY_OK ? collect(&v, fraction, decimals, out) : result;
}

bool money_names_other(const char *s, size_t len, const char *currency)
{
	struct piece v;

	if (!peel(&v, s, len))
		return false;
	for (size_t i = 0; i < v.n_codes; i++)
		if (!strstr(v.codes[i], currency))
			return true;
	return false;
}

void money_guess_add(struct money_guess *g, const char *s, size_t len)
{
	struct piece v;
	size_t after_comma, after_point;
	bool comma = check(&v, s, len, ',', '.', &after_comma) == MONEY_OK;
	bool point = check(&v, s, len, '.', ',', &after_point) == MONEY_OK;

	if (comma && point && after_comma == after_point)
		g->plain++;
	else if (comma && point)
		g->ambiguous++;
	else if (comma)
		g->comma++;
	else if (point)
		g->point++;
}

enum money_column money_guess_answer(const struct money_guess *g)
{
	if (g->comma && g->point)
		return MONEY_COLUMN_MIXED;
	if (g->comma)
		return MONEY_COLUMN_COMMA;
	if (g->point)
		return MONEY_COLUMN_POINT;
	return g->ambiguous ? MONEY_COLUMN_UNDECIDABLE : MONEY_COLUMN_PLAIN;
}

bool money_column_marks(enum money_column column, char *mark, char *group)
{
	if (column == MONEY_COLUMN_UNDECIDABLE || column == MONEY_COLUMN_MIXED)
		return false;
	*mark = column == MONEY_COLUMN_POINT ? '.' : ',';
	*group = column == MONEY_COLUMN_POINT ? ',' : '.';
	return true;
}
