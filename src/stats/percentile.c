#include "percentile.h"

#define LOW_PERCENT 60
#define MID_PERCENT 85
#define HIGH_PERCENT 95

/* More than any customer's revenue, and every bucket's value is an int64. */
#define REVENUE_MAX INT64_C(100000000000000000)

void percentile_start(struct percentile *p, int decimals)
{
	*p = (struct percentile){ .decimals = decimals };
}

/* Rounds half up; neither is negative. Written so that it cannot overflow. */
static int64_t divide(int64_t n, int64_t by)
{
	return n / by + (n % by >= by - n % by);
}

/* The bucket of a revenue: its number below 100, then by power of ten. */
static int bucket_of(int64_t minor, int decimals)
{
	int64_t unit = 1, tens = 1;
	int power = 0;
	int64_t digits;

	for (int i = 0; i < decimals; i++)
		unit *= 10;
	for (int64_t major = minor / unit; major / tens >= 100; tens *= 10)
		power++;
	digits = divide(minor, unit * tens);
	if (digits == 100) {
		digits = 10;
		power++;
	}
	return power == 0 ? (int)digits : 100 + (power - 1) * 90 + (int)digits - 10;
}

static int64_t bucket_value(int bucket)
{
	int64_t value;

	if (bucket < 100)
		return bucket;
	value = 10 + (bucket - 100) % 90;
	for (int power = (bucket - 100) / 90 + 1; power > 0; power--)
		value *= 10;
	return value;
}

void percentile_add(struct percentile *p, int64_t revenue)
{
	if (revenue <= 0)
		return;
	p->count++;
	if (revenue > REVENUE_MAX)
		revenue = REVENUE_MAX;
	p->buckets[bucket_of(revenue, p->decimals)]++;
}

static int bucket_at(const struct percentile *p, int percent)
{
	int64_t rank = (p->count * percent + 99) / 100;
	int64_t seen = 0;
	int bucket = 0;

	while (bucket < PERCENTILE_BUCKETS - 1 && (seen += p->buckets[bucket]) < rank)
		bucket++;
	return bucket;
}

int64_t percentile_at(const struct percentile *p, int percent)
{
	return p->count ? bucket_value(bucket_at(p, percent)) : 0;
}

static int greater(int bucket, int than)
{
	return bucket > than ? bucket : than + 1;
}

bool percentile_thresholds(const struct percentile *p, struct score_thresholds *t)
{
	int low, mid, high;

	if (!p->count)
		return false;
	low = greater(bucket_at(p, LOW_PERCENT), 0);
	mid = greater(bucket_at(p, MID_PERCENT), low);
	high = greater(bucket_at(p, HIGH_PERCENT), mid);
	*t = (struct score_thresholds){
		.low = bucket_value(low),
		.mid = bucket_value(mid),
		.high = bucket_value(high),
	};
	return true;
}
