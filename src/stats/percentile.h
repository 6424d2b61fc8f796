/*
 * Revenue thresholds proposed from a company's own customers: the 60th, 85th and
 * 95th percentile of their revenues, rounded to two significant digits.
 *
 * Percentiles are nearest-rank: the p-th of n values is the one at place
 * ceil(p * n / 100) in ascending order. The values are counted by what they round
 * to; since rounding never changes their order, the result is the exact one, in
 * fixed memory and in one pass. Customers whose revenue is not positive are left
 * out: they would only say how many never bought. Pure; one thread at a time.
 */
#ifndef PERCENTILE_H
#define PERCENTILE_H

#include <stdint.h>

#include "score.h"

/* 0 to 99, then 90 two-digit values for each power of ten up to 10^17. */
#define PERCENTILE_BUCKETS (100 + 16 * 90)

/* About 12 kB. */
struct percentile {
	int decimals;
	int64_t count; /* customers counted */
	int64_t buckets[PERCENTILE_BUCKETS];
};

/* `decimals` of the company's currency, 0 to 4. */
void percentile_start(struct percentile *p, int decimals);
/* One customer's revenue, minor units. */
void percentile_add(struct percentile *p, int64_t revenue);
/* The value at 1..100 percent, in major units rounded to two significant digits
 * (half up; below 100 to whole units); 0 when nobody was counted. */
int64_t percentile_at(const struct percentile *p, int percent);
/*
 * The proposal: positive and strictly increasing, where values coincide the next
 * two-digit value is taken. false when nobody was counted. A handful of customers
 * proposes little: p->count says how many it rests on.
 */
bool percentile_thresholds(const struct percentile *p, struct score_thresholds *t) MUST_USE;

#endif
