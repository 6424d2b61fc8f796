/*
 * Customer intelligence: score, segment, payment behaviour, departure risk
 * (churn), predicted lifetime value, satisfaction; why they are what they are,
 * and what would move them. Integers only. Every rule stands once, in a table
 * that both the sum and its explanation read. Pure; any thread.
 *
 * The score starts at 50 and is clamped to 0..100:
 *	revenue >= high / mid / low			+30 / +20 / +10
 *	mean delay <= 0 / <= 15 / <= 30 / more		+25 / +15 / +5 / -15
 *	purchases a year >= 12 / >= 6 / >= 2		+20 / +15 / +10
 *	last purchase <= 30 / <= 90 / <= 180 days / more +25 / +15 / +5 / -10
 * Segment: VIP when score >= 80 and revenue >= mid; else LOYAL when >= 70 and
 * purchases >= 6; else REGULAR when >= 60; else OCCASIONAL when >= 40; else
 * AT_RISK. Churn, in tenths, clamped to 0..10:
 *	delay > 60 / > 30 days				4 / 2
 *	last purchase > 365 / > 180 / > 90 days / never	5 / 3 / 1 / 6
 *	purchases a year < 1 / < 2			3 / 1
 * Satisfaction starts at 5 and is clamped to 0..10: delay <= 0 / <= 15 / <= 30 /
 * more gives 3 / 2 / 1 / -2, and (score - 50) / 10 is added, truncated toward 0.
 * Unknown delay gives 0 everywhere; a customer who never bought gets 0 points for
 * the last purchase.
 */
#ifndef SCORE_H
#define SCORE_H

#include <stdbool.h>
#include <stdint.h>

#include "facts.h"
#include "segment.h"

/* Revenue thresholds in *major* units of the company's currency. */
struct score_thresholds {
	int64_t low;
	int64_t mid;
	int64_t high;
};

#define SCORE_THRESHOLDS_INIT                                                                      \
	{                                                                                          \
		.low = 10000, .mid = 50000, .high = 100000                                         \
	}

/* Positive and strictly increasing. */
bool score_thresholds_valid(const struct score_thresholds *t) MUST_USE;

struct score_input {
	int64_t revenue; /* minor units */
	int decimals;	 /* of the currency: 0 to 4 */
	bool has_delay;
	int32_t delay;	       /* mean days, when has_delay */
	int32_t purchases;     /* in the last 365 days */
	int32_t last_purchase; /* day, or DAY_NONE for never */
	int32_t today;
};

struct score_result {
	int score; /* 0..100 */
	int total; /* the same before clamping */
	enum segment segment;
	enum behaviour behaviour;
	int churn;	  /* tenths, 0..10 */
	int64_t ltv;	  /* minor units, >= 0 */
	int satisfaction; /* 0..10 */
};

void score_input_from(struct score_input *input, const struct facts *facts, int decimals);
void score_compute(const struct score_input *input, const struct score_thresholds *thresholds,
	struct score_result *result);

enum behaviour score_behaviour(bool has_delay, int32_t delay);
/*
 * Revenue / frequency, times frequency, times lifespan; 0 when nothing was bought
 * in a year. The mean basket is rounded half up to 2 decimals of the major unit,
 * the lifespan 1 / max(0.01, churn) likewise, and the result to minor units.
 */
int64_t score_ltv(int64_t revenue, int decimals, int32_t purchases, int churn);

/* How a figure is to be judged, for its colour and its word. */
enum score_level { LEVEL_BAD, LEVEL_MIDDLE, LEVEL_GOOD, LEVEL_COUNT };

#define SCORE_GOOD 70
#define SCORE_MIDDLE 40
#define CHURN_HIGH 7 /* tenths: from here the risk is high wherever the word stands */
#define CHURN_MIDDLE 4

enum score_level score_level(int score);
enum score_level churn_level(int churn);
const char *score_level_label(enum score_level level);
/* "high", "medium", "low", of a departure risk. */
const char *churn_level_label(enum score_level level);

/* --- the explanation --- */

enum score_rule {
	RULE_START,	    /* what everybody starts from */
	RULE_REVENUE,	    /* value and limit in minor units */
	RULE_DELAY,	    /* days */
	RULE_PURCHASES,	    /* how many in 365 days */
	RULE_LAST_PURCHASE, /* days ago */
	RULE_SCORE,	    /* the score itself, in the satisfaction */
	RULE_COUNT
};

/* "Revenue incl. tax", "Payment delay"...; English, to be translated. */
const char *score_rule_label(enum score_rule rule);

/* What the value was found to be. */
enum score_test {
	TEST_NONE,	/* nothing was asked: RULE_START, RULE_SCORE */
	TEST_MISSING,	/* no delay known, never bought */
	TEST_AT_LEAST,	/* value >= limit */
	TEST_AT_MOST,	/* value <= limit */
	TEST_MORE_THAN, /* value > limit */
	TEST_LESS_THAN, /* value < limit */
};

/* One line: payment delay, 6 days, 15 or less, +15. */
struct score_line {
	enum score_rule rule;
	int64_t value; /* 0 when missing */
	enum score_test test;
	int64_t limit;
	int points; /* tenths in the churn */
};

#define SCORE_LINES 5
#define CHURN_LINES 3
#define SATISFACTION_LINES 3

struct score_explanation {
	struct score_result result;
	struct score_line score[SCORE_LINES]; /* they add up to result.total */
	struct score_line churn[CHURN_LINES];
	struct score_line satisfaction[SATISFACTION_LINES];
	int churn_total; /* before clamping, like satisfaction_total */
	int satisfaction_total;
};

void score_explain(const struct score_input *input, const struct score_thresholds *thresholds,
	struct score_explanation *explanation);

/* --- what would move it --- */

enum score_goal {
	GOAL_LOWER_SCORE,
	GOAL_RAISE_SCORE,
	GOAL_LOWER_SEGMENT,
	GOAL_RAISE_SEGMENT,
};

struct score_move {
	enum score_rule rule;
	enum score_test test;
	int64_t limit;
};

#define SCORE_MOVES 4

/* "Below 95 if the delay exceeds 30 days and nothing is bought for 180 days":
 * the moves are to be joined by "and". */
struct score_hint {
	int count;
	struct score_move moves[SCORE_MOVES];
	struct score_result after; /* once they have happened */
};

/*
 * The fewest rules that must change for the goal to be met, and among those the
 * ones that change the total least. Buying moves what goes with it: whoever buys
 * again has a last purchase of today and one purchase more. false when nothing
 * can: the score is at its end, the segment is the best or the worst.
 */
bool score_hint(const struct score_input *input, const struct score_thresholds *thresholds,
	enum score_goal goal, struct score_hint *hint) MUST_USE;

#endif
