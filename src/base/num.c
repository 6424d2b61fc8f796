#include "num.h"

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
