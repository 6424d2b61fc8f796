#include "test.h"

#include "compiler.h"
#include "score.h"

#define TODAY 20000
#define NO_DELAY INT32_MIN /* in tables: delay unknown */
#define NEVER INT32_MIN	   /* in tables: never bought */

static const struct score_thresholds defaults = SCORE_THRESHOLDS_INIT;

/* Days ago and delay in days, in a currency without decimals. */
static struct score_input input(int64_t revenue, int32_t delay, int32_t purchases, int32_t days_ago)
{
	struct score_input in = {
		.revenue = revenue,
		.has_delay = delay != NO_DELAY,
		.delay = delay == NO_DELAY ? 0 : delay,
		.purchases = purchases,
		.last_purchase = days_ago == NEVER ? DAY_NONE : TODAY - days_ago,
		.today = TODAY,
	};

	return in;
}

static struct score_result compute(
	int64_t revenue, int32_t delay, int32_t purchases, int32_t days_ago)
{
	struct score_input in = input(revenue, delay, purchases, days_ago);
	struct score_result r;

	score_compute(&in, &defaults, &r);
	return r;
}

/* With nothing known at all the total is 50, so each rule shows alone. */
static void score__compute__points_of_each_input(void **state)
{
	static const struct {
		const char *name;
		int64_t revenue;
		int32_t delay, purchases, days_ago;
		int total;
	} rows[] = {
		{ "nothing known", 0, NO_DELAY, 0, NEVER, 50 },
		{ "negative revenue", -5, NO_DELAY, 0, NEVER, 50 },
		{ "revenue 9 999", 9999, NO_DELAY, 0, NEVER, 50 },
		{ "revenue 10 000", 10000, NO_DELAY, 0, NEVER, 60 },
		{ "revenue 49 999", 49999, NO_DELAY, 0, NEVER, 60 },
		{ "revenue 50 000", 50000, NO_DELAY, 0, NEVER, 70 },
		{ "revenue 99 999", 99999, NO_DELAY, 0, NEVER, 70 },
		{ "revenue 100 000", 100000, NO_DELAY, 0, NEVER, 80 },
		{ "delay -20", 0, -20, 0, NEVER, 75 },
		{ "delay 0", 0, 0, 0, NEVER, 75 },
		{ "delay 1", 0, 1, 0, NEVER, 65 },
		{ "delay 15", 0, 15, 0, NEVER, 65 },
		{ "delay 16", 0, 16, 0, NEVER, 55 },
		{ "delay 30", 0, 30, 0, NEVER, 55 },
		{ "delay 31", 0, 31, 0, NEVER, 35 },
		{ "delay 9 999", 0, 9999, 0, NEVER, 35 },
		{ "1 purchase", 0, NO_DELAY, 1, NEVER, 50 },
		{ "2 purchases", 0, NO_DELAY, 2, NEVER, 60 },
		{ "5 purchases", 0, NO_DELAY, 5, NEVER, 60 },
		{ "6 purchases", 0, NO_DELAY, 6, NEVER, 65 },
		{ "11 purchases", 0, NO_DELAY, 11, NEVER, 65 },
		{ "12 purchases", 0, NO_DELAY, 12, NEVER, 70 },
		{ "today", 0, NO_DELAY, 0, 0, 75 },
		{ "30 days ago", 0, NO_DELAY, 0, 30, 75 },
		{ "31 days ago", 0, NO_DELAY, 0, 31, 65 },
		{ "90 days ago", 0, NO_DELAY, 0, 90, 65 },
		{ "91 days ago", 0, NO_DELAY, 0, 91, 55 },
		{ "180 days ago", 0, NO_DELAY, 0, 180, 55 },
		{ "181 days ago", 0, NO_DELAY, 0, 181, 40 },
		{ "9 999 days ago", 0, NO_DELAY, 0, 9999, 40 },
		{ "all of the best", 100000, 0, 12, 0, 150 },
		{ "the worst", 0, 31, 0, 181, 25 },
		{ "the customer of the screen", 14250000, 6, 8, 14, 135 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct score_result r = compute(
			rows[i].revenue, rows[i].delay, rows[i].purchases, rows[i].days_ago);
		int want = rows[i].total > 100 ? 100 : rows[i].total;

		if (r.total != rows[i].total || r.score != want)
			fail_msg("%s: %d (%d)", rows[i].name, r.total, r.score);
	}
}

static void score__compute__thresholds_are_in_major_units(void **state)
{
	static const struct {
		int decimals;
		int64_t revenue;
		int total;
	} rows[] = {
		{ 2, 999999, 50 },
		{ 2, 1000000, 60 },
		{ 2, 4999999, 60 },
		{ 2, 5000000, 70 },
		{ 2, 9999999, 70 },
		{ 2, 10000000, 80 },
		{ 3, 9999999, 50 },
		{ 3, 10000000, 60 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct score_input in = input(rows[i].revenue, NO_DELAY, 0, NEVER);
		struct score_result r;

		in.decimals = rows[i].decimals;
		score_compute(&in, &defaults, &r);
		if (r.total != rows[i].total)
			fail_msg("%lld: %d", (long long)rows[i].revenue, r.total);
	}
}

static void score__compute__takes_the_company_s_thresholds(void **state)
{
	static const struct score_thresholds own = { 1000000, 5000000, 20000000 };
	struct score_input in = input(4999999, 0, 6, 10);
	struct score_result r;

	(void)state;
	score_compute(&in, &own, &r);
	assert_int_equal(r.total, 50 + 10 + 25 + 15 + 25);
	assert_int_equal(r.segment, SEGMENT_LOYAL);
	in.revenue = 5000000;
	score_compute(&in, &own, &r);
	assert_int_equal(r.total, 50 + 20 + 25 + 15 + 25);
	assert_int_equal(r.segment, SEGMENT_VIP);
}

static void score__compute__segments(void **state)
{
	static const struct {
		const char *name;
		int64_t revenue;
		int32_t delay, purchases, days_ago;
		int score;
		enum segment segment;
	} rows[] = {
		{ "80 and 100 000", 100000, NO_DELAY, 0, NEVER, 80, SEGMENT_VIP },
		{ "75 and 100 000", 100000, NO_DELAY, 1, 91, 85, SEGMENT_VIP },
		{ "90, 50 000", 50000, NO_DELAY, 12, NEVER, 90, SEGMENT_VIP },
		{ "90, 49 999, 12", 49999, 30, 6, 31, 95, SEGMENT_LOYAL },
		{ "70, 12 purchases", 0, NO_DELAY, 12, NEVER, 70, SEGMENT_LOYAL },
		{ "75, VIP's revenue", 50000, 30, 1, NEVER, 75, SEGMENT_REGULAR },
		{ "70, VIP's revenue, 12", 50000, NO_DELAY, 0, NEVER, 70, SEGMENT_REGULAR },
		{ "75, 6", 0, NO_DELAY, 6, 181, 55, SEGMENT_OCCASIONAL },
		{ "70, 6: 65 and 5", 0, 30, 6, NEVER, 70, SEGMENT_LOYAL },
		{ "65, 6", 0, NO_DELAY, 6, NEVER, 65, SEGMENT_REGULAR },
		{ "100, 5 purchases", 49999, 0, 5, 0, 100, SEGMENT_REGULAR },
		{ "100, 6 purchases", 49999, 0, 6, 0, 100, SEGMENT_LOYAL },
		{ "60", 10000, NO_DELAY, 0, NEVER, 60, SEGMENT_REGULAR },
		{ "55", 0, 30, 0, NEVER, 55, SEGMENT_OCCASIONAL },
		{ "40", 0, NO_DELAY, 0, 181, 40, SEGMENT_OCCASIONAL },
		{ "35", 0, 31, 0, NEVER, 35, SEGMENT_AT_RISK },
		{ "25", 0, 31, 0, 181, 25, SEGMENT_AT_RISK },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct score_result r = compute(
			rows[i].revenue, rows[i].delay, rows[i].purchases, rows[i].days_ago);

		if (r.score != rows[i].score || r.segment != rows[i].segment)
			fail_msg("%s: %d %s", rows[i].name, r.score, segment_word(r.segment));
	}
}

static void score__behaviour__by_the_mean_delay(void **state)
{
	static const struct {
		int32_t delay;
		enum behaviour want;
	} rows[] = {
		{ -9, BEHAVIOUR_EXCELLENT },
		{ 0, BEHAVIOUR_EXCELLENT },
		{ 1, BEHAVIOUR_GOOD },
		{ 15, BEHAVIOUR_GOOD },
		{ 16, BEHAVIOUR_FAIR },
		{ 30, BEHAVIOUR_FAIR },
		{ 31, BEHAVIOUR_LATE },
		{ 60, BEHAVIOUR_LATE },
		{ 61, BEHAVIOUR_CRITICAL },
		{ NO_DELAY, BEHAVIOUR_UNKNOWN },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_int_equal(compute(0, rows[i].delay, 0, NEVER).behaviour, rows[i].want);
}

static void score__compute__churn(void **state)
{
	static const struct {
		const char *name;
		int32_t delay, purchases, days_ago;
		int churn;
	} rows[] = {
		{ "nothing wrong", 0, 2, 0, 0 },
		{ "delay 30", 30, 2, 0, 0 },
		{ "delay 31", 31, 2, 0, 2 },
		{ "delay 60", 60, 2, 0, 2 },
		{ "delay 61", 61, 2, 0, 4 },
		{ "delay unknown", NO_DELAY, 2, 0, 0 },
		{ "90 days ago", 0, 2, 90, 0 },
		{ "91 days ago", 0, 2, 91, 1 },
		{ "180 days ago", 0, 2, 180, 1 },
		{ "181 days ago", 0, 2, 181, 3 },
		{ "365 days ago", 0, 2, 365, 3 },
		{ "366 days ago", 0, 2, 366, 5 },
		{ "never", 0, 2, NEVER, 6 },
		{ "1 purchase", 0, 1, 0, 1 },
		{ "no purchase", 0, 0, 0, 3 },
		{ "never and none", NO_DELAY, 0, NEVER, 9 },
		{ "late and gone", 31, 0, 366, 10 },
		{ "clamped from 1.2", 61, 0, 366, 10 },
		{ "clamped from 1.3", 61, 0, NEVER, 10 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		int churn = compute(0, rows[i].delay, rows[i].purchases, rows[i].days_ago).churn;

		if (churn != rows[i].churn)
			fail_msg("%s: %d", rows[i].name, churn);
	}
}

static void score__ltv__is_decimal_and_half_up(void **state)
{
	static const struct {
		const char *name;
		int64_t revenue;
		int decimals;
		int32_t purchases;
		int churn;
		int64_t ltv;
	} rows[] = {
		{ "no purchase this year", 100000, 0, 0, 5, 0 },
		{ "negative revenue", -100000, 0, 4, 5, 0 },
		{ "lifespan 100", 1000, 0, 1, 0, 100000 },
		{ "lifespan 10", 1000, 0, 1, 1, 10000 },
		{ "lifespan 5", 1000, 0, 1, 2, 5000 },
		{ "lifespan 3.33", 1000, 0, 1, 3, 3330 },
		{ "lifespan 2.5", 1000, 0, 1, 4, 2500 },
		{ "lifespan 2", 1000, 0, 1, 5, 2000 },
		{ "lifespan 1.67", 1000, 0, 1, 6, 1670 },
		{ "lifespan 1.43", 1000, 0, 1, 7, 1430 },
		{ "lifespan 1.25", 1000, 0, 1, 8, 1250 },
		{ "lifespan 1.11", 1000, 0, 1, 9, 1110 },
		{ "lifespan 1", 1000, 0, 1, 10, 1000 },
		/* 1000 / 3 = 333.33; times 3 = 999.99; times 100 */
		{ "basket rounded down", 1000, 0, 3, 0, 99999 },
		/* 2000 / 3 = 666.67; times 3 = 2000.01 */
		{ "basket rounded up", 2000, 0, 3, 0, 200001 },
		/* 1 / 8 = 0.125 -> 0.13; times 8 = 1.04 */
		{ "basket half up", 1, 0, 8, 10, 1 },
		{ "basket half up, seen", 1, 0, 8, 0, 104 },
		/* 50 * 1.67 = 83.5 */
		{ "result half up", 50, 0, 1, 6, 84 },
		/* 50 * 1.43 = 71.5; 49 * 1.43 = 70.07 */
		{ "result half up again", 50, 0, 1, 7, 72 },
		{ "result down", 49, 0, 1, 7, 70 },
		/* 10.00 / 3 = 3.33; times 3 = 9.99; times 3.33 = 33.2667 */
		{ "cents", 1000, 2, 3, 3, 3327 },
		/* 1.000 TND / 3 = 0.33; times 3 = 0.99; times 3.33 = 3.2967 */
		{ "thousandths", 1000, 3, 3, 3, 3297 },
		{ "too large", INT64_MAX, 0, 1, 0, INT64_MAX },
		{ "too large, thousandths", INT64_MAX, 3, 1000000, 0, INT64_MAX },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		int64_t ltv = score_ltv(
			rows[i].revenue, rows[i].decimals, rows[i].purchases, rows[i].churn);

		if (ltv != rows[i].ltv)
			fail_msg("%s: %lld", rows[i].name, (long long)ltv);
	}
	assert_int_equal(compute(1000, 0, 1, 0).ltv, 10000);
}

static void score__compute__satisfaction(void **state)
{
	static const struct {
		const char *name;
		int64_t revenue;
		int32_t delay, purchases, days_ago;
		int score, satisfaction;
	} rows[] = {
		{ "nothing known", 0, NO_DELAY, 0, NEVER, 50, 5 },
		{ "55: half a point is none", 0, NO_DELAY, 0, 180, 55, 5 },
		{ "60", 10000, NO_DELAY, 0, NEVER, 60, 6 },
		{ "40", 0, NO_DELAY, 0, 181, 40, 4 },
		{ "45: toward zero", 0, 30, 0, 181, 45, 6 },
		{ "delay 0, 75", 0, 0, 0, NEVER, 75, 10 },
		{ "delay 1, 65", 0, 1, 0, NEVER, 65, 8 },
		{ "delay 15, 65", 0, 15, 0, NEVER, 65, 8 },
		{ "delay 16, 55", 0, 16, 0, NEVER, 55, 6 },
		{ "delay 30, 55", 0, 30, 0, NEVER, 55, 6 },
		{ "delay 31, 35", 0, 31, 0, NEVER, 35, 2 },
		{ "the worst", 0, 31, 0, 181, 25, 1 },
		{ "delay 0, 65", 0, 0, 0, 181, 65, 9 },
		{ "clamped", 100000, 0, 12, 0, 100, 10 },
		{ "100 without delay", 100000, NO_DELAY, 12, 0, 100, 10 },
		{ "95 without delay", 50000, NO_DELAY, 2, 90, 95, 9 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct score_result r = compute(
			rows[i].revenue, rows[i].delay, rows[i].purchases, rows[i].days_ago);

		if (r.score != rows[i].score || r.satisfaction != rows[i].satisfaction)
			fail_msg("%s: %d, %d", rows[i].name, r.score, r.satisfaction);
	}
}

static void score__level__both_sides(void **state)
{
	(void)state;
	assert_int_equal(score_level(70), LEVEL_GOOD);
	assert_int_equal(score_level(69), LEVEL_MIDDLE);
	assert_int_equal(score_level(40), LEVEL_MIDDLE);
	assert_int_equal(score_level(39), LEVEL_BAD);
	assert_int_equal(churn_level(7), LEVEL_BAD);
	assert_int_equal(churn_level(6), LEVEL_MIDDLE);
	assert_int_equal(churn_level(4), LEVEL_MIDDLE);
	assert_int_equal(churn_level(3), LEVEL_GOOD);
}

static void score__thresholds_valid__strictly_increasing(void **state)
{
	struct score_thresholds t = SCORE_THRESHOLDS_INIT;

	(void)state;
	assert_true(score_thresholds_valid(&t));
	t.mid = t.low;
	assert_false(score_thresholds_valid(&t));
	t.mid = t.high;
	assert_false(score_thresholds_valid(&t));
	t = (struct score_thresholds){ 0, 1, 2 };
	assert_false(score_thresholds_valid(&t));
	t.low = -1;
	assert_false(score_thresholds_valid(&t));
}

static void score__input_from__copies_the_facts(void **state)
{
	struct facts f;
	struct settlement s;
	struct score_input in;

	(void)state;
	facts_start(&f, TODAY, FACTS_TERMS);
	settle_start(&s, 5000, TODAY);
	settle_payment(&s, TODAY - 10, 5000);
	facts_invoice(&f, TODAY - 50, TODAY - 20, &s);
	score_input_from(&in, &f, 2);
	assert_int_equal(in.revenue, 5000);
	assert_int_equal(in.decimals, 2);
	assert_true(in.has_delay);
	assert_int_equal(in.delay, 10);
	assert_int_equal(in.purchases, 1);
	assert_int_equal(in.last_purchase, TODAY - 50);
	assert_int_equal(in.today, TODAY);
}

static void check_line(const struct score_line *line, enum score_rule rule, int64_t value,
	enum score_test test, int64_t limit, int points)
{
	assert_int_equal(line->rule, rule);
	assert_int_equal(line->value, value);
	assert_int_equal(line->test, test);
	assert_int_equal(line->limit, limit);
	assert_int_equal(line->points, points);
}

static void score__explain__is_the_table_of_the_screen(void **state)
{
	struct score_input in = input(14250000, 6, 8, 14);
	struct score_explanation e;

	(void)state;
	score_explain(&in, &defaults, &e);
	check_line(&e.score[0], RULE_START, 0, TEST_NONE, 0, 50);
	check_line(&e.score[1], RULE_REVENUE, 14250000, TEST_AT_LEAST, 100000, 30);
	check_line(&e.score[2], RULE_DELAY, 6, TEST_AT_MOST, 15, 15);
	check_line(&e.score[3], RULE_PURCHASES, 8, TEST_AT_LEAST, 6, 15);
	check_line(&e.score[4], RULE_LAST_PURCHASE, 14, TEST_AT_MOST, 30, 25);
	assert_int_equal(e.result.total, 135);
	assert_int_equal(e.result.score, 100);
	check_line(&e.churn[0], RULE_DELAY, 6, TEST_AT_MOST, 30, 0);
	check_line(&e.churn[1], RULE_LAST_PURCHASE, 14, TEST_AT_MOST, 90, 0);
	check_line(&e.churn[2], RULE_PURCHASES, 8, TEST_AT_LEAST, 2, 0);
	assert_int_equal(e.churn_total, 0);
	check_line(&e.satisfaction[0], RULE_START, 0, TEST_NONE, 0, 5);
	check_line(&e.satisfaction[1], RULE_DELAY, 6, TEST_AT_MOST, 15, 2);
	check_line(&e.satisfaction[2], RULE_SCORE, 100, TEST_NONE, 0, 5);
	assert_int_equal(e.satisfaction_total, 12);
	assert_int_equal(e.result.satisfaction, 10);
}

static void score__explain__names_what_is_missing(void **state)
{
	struct score_input in = input(100, NO_DELAY, 0, NEVER);
	struct score_explanation e;

	(void)state;
	in.decimals = 2;
	score_explain(&in, &defaults, &e);
	check_line(&e.score[1], RULE_REVENUE, 100, TEST_LESS_THAN, 1000000, 0);
	check_line(&e.score[2], RULE_DELAY, 0, TEST_MISSING, 0, 0);
	check_line(&e.score[3], RULE_PURCHASES, 0, TEST_LESS_THAN, 2, 0);
	check_line(&e.score[4], RULE_LAST_PURCHASE, 0, TEST_MISSING, 0, 0);
	check_line(&e.churn[0], RULE_DELAY, 0, TEST_MISSING, 0, 0);
	check_line(&e.churn[1], RULE_LAST_PURCHASE, 0, TEST_MISSING, 0, 6);
	check_line(&e.churn[2], RULE_PURCHASES, 0, TEST_LESS_THAN, 1, 3);
	assert_int_equal(e.churn_total, 9);
}

/* Whatever the input, the lines add up to what score_compute says. */
static void score__explain__adds_up(void **state)
{
	static const int64_t revenues[] = { -1, 9999, 10000, 50000, 100000 };
	static const int32_t delays[] = { NO_DELAY, 0, 15, 30, 60, 61 };
	static const int32_t counts[] = { 0, 1, 2, 6, 12 };
	static const int32_t ages[] = { NEVER, 0, 31, 91, 181, 366 };

	(void)state;
	for (int i = 0; i < 5 * 6 * 5 * 6; i++) {
		struct score_input in = input(
			revenues[i % 5], delays[i / 5 % 6], counts[i / 30 % 5], ages[i / 150]);
		struct score_explanation e;
		struct score_result r;
		int total = 0;

		score_compute(&in, &defaults, &r);
		score_explain(&in, &defaults, &e);
		assert_int_equal(e.result.score, r.score);
		assert_int_equal(e.result.segment, r.segment);
		for (int n = 0; n < SCORE_LINES; n++)
			total += e.score[n].points;
		assert_int_equal(total, r.total);
		assert_int_equal(e.churn_total > 10 ? 10 : e.churn_total, r.churn);
		assert_int_equal(
			e.satisfaction_total > 10 ? 10 : e.satisfaction_total, r.satisfaction);
	}
}

static void check_move(const struct score_hint *h, int i, enum score_rule rule,
	enum score_test test, int64_t limit)
{
	assert_int_equal(h->moves[i].rule, rule);
	assert_int_equal(h->moves[i].test, test);
	assert_int_equal(h->moves[i].limit, limit);
}

static void score__hint__one_rule_is_enough(void **state)
{
	struct score_input in = input(60000, 20, 1, 60);
	struct score_hint h;

	(void)state;
	/* 50 + 20 + 5 + 0 + 15 = 90, VIP */
	assert_true(score_hint(&in, &defaults, GOAL_LOWER_SCORE, &h));
	assert_int_equal(h.count, 1);
	check_move(&h, 0, RULE_LAST_PURCHASE, TEST_MORE_THAN, 90);
	assert_int_equal(h.after.score, 80);
	assert_int_equal(h.after.segment, SEGMENT_VIP);
	assert_true(score_hint(&in, &defaults, GOAL_LOWER_SEGMENT, &h));
	assert_int_equal(h.count, 1);
	check_move(&h, 0, RULE_DELAY, TEST_MORE_THAN, 30);
	assert_int_equal(h.after.score, 70);
	assert_int_equal(h.after.segment, SEGMENT_REGULAR);
	assert_false(score_hint(&in, &defaults, GOAL_RAISE_SEGMENT, &h));
	assert_true(score_hint(&in, &defaults, GOAL_RAISE_SCORE, &h));
	check_move(&h, 0, RULE_DELAY, TEST_AT_MOST, 15);
	assert_int_equal(h.after.score, 100);
}

static void score__hint__joins_rules_when_it_must(void **state)
{
	struct score_input in = input(14250000, 6, 8, 14);
	struct score_hint h;

	(void)state;
	/* 135 clamped to 100: no single rule takes more than 35 away. */
	assert_true(score_hint(&in, &defaults, GOAL_LOWER_SCORE, &h));
	assert_int_equal(h.count, 2);
	assert_true(h.after.score < 100);
	assert_int_equal(h.after.total, 95);
	check_move(&h, 0, RULE_DELAY, TEST_MORE_THAN, 30);
	check_move(&h, 1, RULE_LAST_PURCHASE, TEST_MORE_THAN, 30);
	assert_false(score_hint(&in, &defaults, GOAL_RAISE_SCORE, &h));
}

static void score__hint__buying_moves_what_goes_with_it(void **state)
{
	struct score_input in = input(0, 31, 0, 400);
	struct score_hint h;

	(void)state;
	/* 50 - 15 - 10 = 25, at risk: paying faster or buying again. */
	assert_true(score_hint(&in, &defaults, GOAL_RAISE_SEGMENT, &h));
	assert_int_equal(h.count, 1);
	check_move(&h, 0, RULE_DELAY, TEST_AT_MOST, 30);
	assert_int_equal(h.after.score, 45);
	assert_int_equal(h.after.segment, SEGMENT_OCCASIONAL);
	in = input(0, NO_DELAY, 1, NEVER);
	assert_true(score_hint(&in, &defaults, GOAL_RAISE_SCORE, &h));
	assert_int_equal(h.count, 1);
	/* A purchase today is also the second of the year. */
	check_move(&h, 0, RULE_DELAY, TEST_AT_MOST, 30);
	assert_int_equal(h.after.score, 55);
}

static void score__hint__none_at_the_end(void **state)
{
	struct score_input in = input(0, 31, 0, 181);
	struct score_hint h = { .count = 9 };

	(void)state;
	assert_false(score_hint(&in, &defaults, GOAL_LOWER_SCORE, &h));
	assert_false(score_hint(&in, &defaults, GOAL_LOWER_SEGMENT, &h));
	assert_int_equal(h.count, 9);
	in = input(100000, 0, 12, 0);
	assert_false(score_hint(&in, &defaults, GOAL_RAISE_SEGMENT, &h));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(score__compute__points_of_each_input),
		cmocka_unit_test(score__compute__thresholds_are_in_major_units),
		cmocka_unit_test(score__compute__takes_the_company_s_thresholds),
		cmocka_unit_test(score__compute__segments),
		cmocka_unit_test(score__behaviour__by_the_mean_delay),
		cmocka_unit_test(score__compute__churn),
		cmocka_unit_test(score__ltv__is_decimal_and_half_up),
		cmocka_unit_test(score__compute__satisfaction),
		cmocka_unit_test(score__level__both_sides),
		cmocka_unit_test(score__thresholds_valid__strictly_increasing),
		cmocka_unit_test(score__input_from__copies_the_facts),
		cmocka_unit_test(score__explain__is_the_table_of_the_screen),
		cmocka_unit_test(score__explain__names_what_is_missing),
		cmocka_unit_test(score__explain__adds_up),
		cmocka_unit_test(score__hint__one_rule_is_enough),
		cmocka_unit_test(score__hint__joins_rules_when_it_must),
		cmocka_unit_test(score__hint__buying_moves_what_goes_with_it),
		cmocka_unit_test(score__hint__none_at_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
