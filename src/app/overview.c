#include "overview.h"

#include "scores.h"
#include "store_counter.h"

static int mean(int64_t sum, int64_t n)
{
	return n > 0 ? (int)((2 * sum + n) / (2 * n)) : 0;
}

bool overview_read(struct session *s, struct overview *out, struct err *err)
{
	struct tally t = TALLY_INIT;

	*out = (struct overview){ .customers = 0 };
	if (!session_ready(s, RIGHT_CUSTOMERS_READ, err) ||
		!store_counter_read(s->db, s->company.id, &t, err) ||
		!scores_updated_at(s, &out->scored_at, err))
		return false;
	out->customers = t.by[COUNTER_CUSTOMERS];
	out->active = t.by[COUNTER_ACTIVE];
	out->mean_score = mean(t.by[COUNTER_SCORE_SUM], out->customers);
	out->churn_high = t.by[COUNTER_CHURN_HIGH];
	out->owing = t.by[COUNTER_OVERDUE];
	out->overdue = t.by[COUNTER_OVERDUE_SUM];
	out->overdue_30 = t.by[COUNTER_OVERDUE_30];
	out->overdue_90 = t.by[COUNTER_OVERDUE_90];
	out->revenue = t.by[COUNTER_REVENUE_SUM];
	for (int i = 0; i < SEGMENT_COUNT; i++)
		out->segments[i] = t.by[COUNTER_SEGMENT + i];
	for (int i = 0; i < CHANNEL_COUNT; i++)
		out->reach[i] = t.by[COUNTER_REACH + i];
	return true;
}
