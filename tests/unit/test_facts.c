#include "test.h"

#include "compiler.h"
#include "facts.h"

#define TODAY 20000

/* One invoice with at most one payment; paid_on DAY_NONE for none. */
static void add(
	struct facts *f, int32_t issued, int32_t due, int64_t total, int32_t paid_on, int64_t paid)
{
	struct settlement s;

	settle_start(&s, total, TODAY);
	if (paid_on != DAY_NONE)
		settle_payment(&s, paid_on, paid);
	facts_invoice(f, issued, due, &s);
}

static void facts__start__knows_nothing(void **state)
{
	struct facts f;
	int32_t days = 7;

	(void)state;
	facts_start(&f, TODAY, FACTS_TERMS);
	assert_int_equal(f.revenue, 0);
	assert_int_equal(f.purchases, 0);
	assert_int_equal(f.last_purchase, DAY_NONE);
	assert_int_equal(f.overdue_since, DAY_NONE);
	assert_false(facts_delay(&f, &days));
	assert_int_equal(days, 7);
}

static void facts__invoice__counts_a_year_of_purchases(void **state)
{
	struct facts f;

	(void)state;
	facts_start(&f, TODAY, FACTS_TERMS);
	add(&f, TODAY - 365, TODAY, 10, DAY_NONE, 0);
	assert_int_equal(f.purchases, 0);
	assert_int_equal(f.last_purchase, TODAY - 365);
	add(&f, TODAY - 364, TODAY, 10, DAY_NONE, 0);
	assert_int_equal(f.purchases, 1);
	add(&f, TODAY, TODAY, 10, DAY_NONE, 0);
	assert_int_equal(f.purchases, 2);
	assert_int_equal(f.last_purchase, TODAY);
	add(&f, TODAY + 1, TODAY + 1, 10, DAY_NONE, 0);
	assert_int_equal(f.purchases, 2);
	assert_int_equal(f.last_purchase, TODAY);
	assert_int_equal(f.revenue, 30);
	add(&f, TODAY - 10, TODAY, 0, DAY_NONE, 0);
	assert_int_equal(f.purchases, 3);
}

static void facts__invoice__credit_note_counts_in_revenue_only(void **state)
{
	struct facts f;
	int32_t days;

	(void)state;
	facts_start(&f, TODAY, FACTS_TERMS);
	add(&f, TODAY - 5, TODAY - 100, -400, DAY_NONE, 0);
	assert_int_equal(f.revenue, -400);
	assert_int_equal(f.purchases, 0);
	assert_int_equal(f.last_purchase, DAY_NONE);
	assert_int_equal(f.overdue, 0);
	assert_false(facts_delay(&f, &days));
}

static void facts__overdue__is_kept_by_age(void **state)
{
	static const struct {
		int32_t age;
		int64_t over, over_30, over_60, over_90, not_due;
	} cases[] = {
		{ 0, 0, 0, 0, 0, 70 },
		{ 1, 70, 0, 0, 0, 0 },
		{ 30, 70, 0, 0, 0, 0 },
		{ 31, 70, 70, 0, 0, 0 },
		{ 60, 70, 70, 0, 0, 0 },
		{ 61, 70, 70, 70, 0, 0 },
		{ 90, 70, 70, 70, 0, 0 },
		{ 91, 70, 70, 70, 70, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct facts f;

		facts_start(&f, TODAY, FACTS_TERMS);
		add(&f, TODAY - 200, TODAY - cases[i].age, 100, TODAY - 150, 30);
		assert_int_equal(f.overdue, cases[i].over);
		assert_int_equal(f.overdue_30, cases[i].over_30);
		assert_int_equal(f.overdue_60, cases[i].over_60);
		assert_int_equal(f.overdue_90, cases[i].over_90);
		assert_int_equal(f.not_due, cases[i].not_due);
	}
}

static void facts__delay__is_due_day_to_settlement_or_today(void **state)
{
	static const struct {
		const char *name;
		int32_t issued, due;
		int32_t paid_on;
		int64_t paid;
		bool counted;
		int32_t days;
		int64_t overdue;
	} rows[] = {
		{ "paid before due", 19000, 19030, 19020, 100, true, -10, 0 },
		{ "paid on the day", 19000, 19030, 19030, 100, true, 0, 0 },
		{ "paid late", 19000, 19030, 19042, 100, true, 12, 0 },
		{ "no due date: 30 days", 19000, DAY_NONE, 19042, 100, true, 12, 0 },
		{ "open, due tomorrow", 19980, TODAY + 1, DAY_NONE, 0, false, 0, 0 },
		{ "open, due today", 19980, TODAY, DAY_NONE, 0, false, 0, 0 },
		{ "open, due yesterday", 19980, TODAY - 1, DAY_NONE, 0, true, 1, 100 },
		{ "partly paid, past due", 19000, 19900, 19950, 99, true, 100, 1 },
		{ "open, no due date, not due", TODAY - 30, DAY_NONE, DAY_NONE, 0, false, 0, 0 },
		{ "open, no due date, past due", TODAY - 31, DAY_NONE, DAY_NONE, 0, true, 1, 100 },
		{ "paid tomorrow is open", 19000, 19990, TODAY + 1, 100, true, 10, 100 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct facts f;
		int32_t days = 0;
		bool counted;

		facts_start(&f, TODAY, FACTS_TERMS);
		add(&f, rows[i].issued, rows[i].due, 100, rows[i].paid_on, rows[i].paid);
		counted = facts_delay(&f, &days);
		if (counted != rows[i].counted || days != rows[i].days ||
			f.overdue != rows[i].overdue)
			fail_msg("%s: %d, %d days, overdue %lld", rows[i].name, counted, days,
				(long long)f.overdue);
	}
}

static void facts__delay__free_invoice_does_not_count(void **state)
{
	struct facts f;
	int32_t days;

	(void)state;
	facts_start(&f, TODAY, FACTS_TERMS);
	add(&f, 19000, 19030, 0, DAY_NONE, 0);
	assert_false(facts_delay(&f, &days));
	assert_int_equal(f.overdue_since, DAY_NONE);
}

static void facts__delay__rounds_half_away_from_zero(void **state)
{
	static const struct {
		int32_t a, b, c; /* days of three invoices; DAY_NONE for none */
		int32_t mean;
	} rows[] = {
		{ 1, 2, DAY_NONE, 2 },
		{ -1, -2, DAY_NONE, -2 },
		{ 0, 1, DAY_NONE, 1 },
		{ 0, -1, DAY_NONE, -1 },
		{ 0, 0, 1, 0 },
		{ 0, 1, 1, 1 },
		{ 0, 0, -1, 0 },
		{ -1, -1, 0, -1 },
		{ 15, 16, DAY_NONE, 16 },
		{ 15, 15, 16, 15 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct facts f;
		int32_t mean = 0;

		facts_start(&f, TODAY, FACTS_TERMS);
		add(&f, 18000, 19000, 100, 19000 + rows[i].a, 100);
		add(&f, 18000, 19000, 100, 19000 + rows[i].b, 100);
		if (rows[i].c != DAY_NONE)
			add(&f, 18000, 19000, 100, 19000 + rows[i].c, 100);
		assert_true(facts_delay(&f, &mean));
		if (mean != rows[i].mean)
			fail_msg("row %zu: %d, not %d", i, mean, rows[i].mean);
	}
}

static void facts__overdue__sums_and_keeps_the_oldest_in_any_order(void **state)
{
	struct facts f, g;

	(void)state;
	facts_start(&f, TODAY, FACTS_TERMS);
	add(&f, 19000, 19500, 700, 19600, 200);
	add(&f, 19000, 19400, 300, DAY_NONE, 0);
	add(&f, 19000, 19300, 50, 19350, 50);
	add(&f, 19990, 20010, 900, DAY_NONE, 0);
	assert_int_equal(f.overdue, 800);
	assert_int_equal(f.overdue_since, 19400);
	assert_int_equal(f.revenue, 1950);
	facts_start(&g, TODAY, FACTS_TERMS);
	add(&g, 19990, 20010, 900, DAY_NONE, 0);
	add(&g, 19000, 19300, 50, 19350, 50);
	add(&g, 19000, 19400, 300, DAY_NONE, 0);
	add(&g, 19000, 19500, 700, 19600, 200);
	assert_int_equal(f.overdue, g.overdue);
	assert_int_equal(f.overdue_since, g.overdue_since);
	assert_int_equal(f.last_purchase, g.last_purchase);
	assert_int_equal(f.delay_sum, g.delay_sum);
	assert_int_equal(f.delays, 3);
}

static void facts__active__within_365_days(void **state)
{
	(void)state;
	assert_true(facts_active(TODAY - 364, DAY_NONE, TODAY));
	assert_false(facts_active(TODAY - 365, DAY_NONE, TODAY));
	assert_true(facts_active(DAY_NONE, TODAY - 364, TODAY));
	assert_false(facts_active(DAY_NONE, TODAY - 365, TODAY));
	assert_true(facts_active(TODAY - 1000, TODAY, TODAY));
	assert_false(facts_active(DAY_NONE, DAY_NONE, TODAY));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(facts__start__knows_nothing),
		cmocka_unit_test(facts__invoice__counts_a_year_of_purchases),
		cmocka_unit_test(facts__invoice__credit_note_counts_in_revenue_only),
		cmocka_unit_test(facts__overdue__is_kept_by_age),
		cmocka_unit_test(facts__delay__is_due_day_to_settlement_or_today),
		cmocka_unit_test(facts__delay__free_invoice_does_not_count),
		cmocka_unit_test(facts__delay__rounds_half_away_from_zero),
		cmocka_unit_test(facts__overdue__sums_and_keeps_the_oldest_in_any_order),
		cmocka_unit_test(facts__active__within_365_days),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
