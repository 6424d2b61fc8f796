#include "settle.h"

#include "sum.h"

void settle_start(struct settlement *s, int64_t total, int32_t today)
{
	*s = (struct settlement){ .total = total, .today = today, .day = DAY_NONE };
}

void settle_payment(struct settlement *s, int32_t day, int64_t amount)
{
	bool before = settle_done(s);

	if (day > s->today)
		return;
	s->paid = sum_add(s->paid, amount);
	if (!settle_done(s))
		s->day = DAY_NONE;
	else if (!before)
		s->day = day;
}

bool settle_done(const struct settlement *s)
{
	return s->paid >= s->total;
}

int64_t settle_open(const struct settlement *s)
{
	return settle_done(s) ? 0 : sum_sub(s->total, s->paid);
}
