#include "facts.h"

#include "sum.h"

void facts_start(struct facts *f, int32_t today, int32_t terms)
{
	*f = (struct facts){
		.today = today,
		.terms = terms,
		.last_purchase = DAY_NONE,
		.overdue_since = DAY_NONE,
	};
}

static bool in_last_year(int32_t day, int32_t today)
{
	return day != DAY_NONE && day <= today && (int64_t)day > (int64_t)today - FACTS_YEAR;
}

static void facts_count_delay(struct facts *f, int64_t days)
{
	f->delay_sum += days;
	f->delays++;
}

static void facts_count_overdue(struct facts *f, int64_t due_day, int64_t open)
{
	int64_t age = f->today - due_day;

	f->overdue = sum_add(f->overdue, open);
	if (age > 30)
		f->overdue_30 = sum_add(f->overdue_30, open);
	if (age > 60)
		f->overdue_60 = sum_add(f->overdue_60, open);
	if (age > 90)
		f->overdue_90 = sum_add(f->overdue_90, open);
	if (f->overdue_since == DAY_NONE || due_day < f->overdue_since)
		f->overdue_since = (int32_t)due_day;
}

void facts_invoice(struct facts *f, int32_t issued, int32_t due, const struct settlement *settled)
{
	int64_t due_day = due == DAY_NONE ? (int64_t)issued + f->terms : due;

	if (issued > f->today)
		return;
	f->revenue = sum_add(f->revenue, settled->total);
	if (settled->total < 0)
		return;
	if (issued > f->last_purchase)
		f->last_purchase = issued;
	if (in_last_year(issued, f->today))
		f->purchases++;
	if (settle_done(settled)) {
		if (settled->day != DAY_NONE)
			facts_count_delay(f, settled->day - due_day);
	} else if (due_day < f->today) {
		facts_count_delay(f, f->today - due_day);
		facts_count_overdue(f, due_day, settle_open(settled));
	} else {
		f->not_due = sum_add(f->not_due, settle_open(settled));
	}
}

bool facts_delay(const struct facts *f, int32_t *days)
{
	int64_t size = f->delay_sum < 0 ? -f->delay_sum : f->delay_sum;
	int64_t mean;

	if (!f->delays)
		return false;
	mean = (2 * size + f->delays) / (2 * (int64_t)f->delays);
	if (mean > INT32_MAX)
		mean = INT32_MAX;
	*days = (int32_t)(f->delay_sum < 0 ? -mean : mean);
	return true;
}

bool facts_active(int32_t last_purchase, int32_t last_interaction, int32_t today)
{
	return in_last_year(last_purchase, today) || in_last_year(last_interaction, today);
}
