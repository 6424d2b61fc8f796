#include "num.h"

#define NBSP "\xC2\xA0"

/* The digits of `s` up to its end as a number of at most `max`. */
static bool parse_digits(const char *s, uint64_t max, uint64_t *out)
{
	uint64_t n = 0;

	if (!*s)
		return false;
	for (; *s; s++) {
		unsigned digit = (unsigned)*s - '0';

		if (digit > 9 || n > max / 10 || digit > max - n * 10)
			return false;
		n = n * 10 + digit;
	}
	*out = n;
	return true;
}

bool num_parse_i64(const char *s, int64_t min, int64_t max, int64_t *out)
{
	bool negative = *s == '-';
	uint64_t most = negative ? (uint64_t)INT64_MAX + 1 : (uint64_t)INT64_MAX;
	uint64_t n;
	int64_t value;

	if (!parse_digits(s + negative, most, &n))
		return false;
	if (negative)
		value = n > (uint64_t)INT64_MAX ? INT64_MIN : -(int64_t)n;
	else
		value = (int64_t)n;
	if (value < min || value > max)
		return false;
	*out = value;
	return true;
}

bool num_parse_size(const char *s, size_t max, size_t *out)
{
	uint64_t n;

	if (!parse_digits(s, max, &n))
		return false;
	*out = (size_t)n;
	return true;
}

void num_format_magnitude(struct strbuf *out, int64_t n, int decimals, const char *group, char mark)
{
	uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	char digits[NUM_DECIMALS_MAX + 24];
	int count = 0;

	/* The digits from the last to the first, at least one before the mark. */
	while (left || count <= decimals) {
		digits[count++] = (char)('0' + left % 10);
		left /= 10;
	}
	while (count > 0) {
		strbuf_addc(out, digits[--count]);
		if (count == decimals && decimals > 0)
			strbuf_addc(out, mark);
		else if (count > decimals && (count - decimals) % 3 == 0)
			strbuf_adds(out, group);
	}
}

void num_format_with(struct strbuf *out, int64_t n, int decimals, const char *group, char mark)
{
	if (n < 0)
		strbuf_addc(out, '-');
	num_format_magnitude(out, n, decimals, group, mark);
}

void num_format(struct strbuf *out, int64_t n, int decimals, enum lang lang)
{
	if (lang == LANG_FR)
		num_format_with(out, n, decimals, NBSP, ',');
	else
		num_format_with(out, n, decimals, ",", '.');
}

void num_format_percent(struct strbuf *out, int64_t tenths, enum lang lang)
{
	num_format(out, tenths, 1, lang);
	strbuf_adds(out, lang == LANG_FR ? NBSP "%" : "%");
}
