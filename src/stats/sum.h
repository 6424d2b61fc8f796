/* Sums of amounts that stay at the end of their range instead of wrapping, so
 * that one absurd line of an import cannot turn a total's sign. Any thread. */
#ifndef SUM_H
#define SUM_H

#include <stdint.h>

static inline int64_t sum_add(int64_t a, int64_t b)
{
	int64_t sum;

	if (__builtin_add_overflow(a, b, &sum))
		return b < 0 ? INT64_MIN : INT64_MAX;
	return sum;
}

static inline int64_t sum_sub(int64_t a, int64_t b)
{
	int64_t difference;

	if (__builtin_sub_overflow(a, b, &difference))
		return b < 0 ? INT64_MAX : INT64_MIN;
	return difference;
}

#endif
