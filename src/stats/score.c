#include "score.h"

#include <limits.h>

#define START 50
#define MAX_SCORE 100
#define SATISFACTION_START 5
#define MAX_TENTHS 10

/* Limits of the revenue rule are places in the company's thresholds. */
enum { LOW, MID, HIGH, THRESHOLDS };

/* The first step that holds is taken; the last one of a rule always holds. */
struct step {
	enum score_test test;
	int64_t limit;
	int points;
};

struct rule {
	enum score_rule rule;
	int count;
	const struct step *steps;
};

static const struct step revenue_steps[] = {
	{ TEST_AT_LEAST, HIGH, 30 },
	{ TEST_AT_LEAST, MID, 20 },
	{ TEST_AT_LEAST, LOW, 10 },
	{ TEST_LESS_THAN, LOW, 0 },
};
static const struct step delay_steps[] = {
	{ TEST_MISSING, 0, 0 },
	{ TEST_AT_MOST, 0, 25 },
	{ TEST_AT_MOST, 15, 15 },
	{ TEST_AT_MOST, 30, 5 },
	{ TEST_MORE_THAN, 30, -15 },
};
static const struct step purchases_steps[] = {
	{ TEST_AT_LEAST, 12, 20 },
	{ TEST_AT_LEAST, 6, 15 },
	{ TEST_AT_LEAST, 2, 10 },
	{ TEST_LESS_THAN, 2, 0 },
};
static const struct step last_purchase_steps[] = {
	{ TEST_MISSING, 0, 0 },
	{ TEST_AT_MOST, 30, 25 },
	{ TEST_AT_MOST, 90, 15 },
	{ TEST_AT_MOST, 180, 5 },
	{ TEST_MORE_THAN, 180, -10 },
};
static const struct step churn_delay_steps[] = {
	{ TEST_MISSING, 0, 0 },
	{ TEST_MORE_THAN, 60, 4 },
	{ TEST_MORE_THAN, 30, 2 },
	{ TEST_AT_MOST, 30, 0 },
};
static const struct step churn_last_purchase_steps[] = {
	{ TEST_MISSING, 0, 6 },
	{ TEST_MORE_THAN, 365, 5 },
	{ TEST_MORE_THAN, 180, 3 },
	{ TEST_MORE_THAN, 90, 1 },
	{ TEST_AT_MOST, 90, 0 },
};
static const struct step churn_purchases_steps[] = {
	{ TEST_LESS_THAN, 1, 3 },
	{ TEST_LESS_THAN, 2, 1 },
	{ TEST_AT_LEAST, 2, 0 },
};
static const struct step satisfaction_delay_steps[] = {
	{ TEST_MISSING, 0, 0 },
	{ TEST_AT_MOST, 0, 3 },
	{ TEST_AT_MOST, 15, 2 },
	{ TEST_AT_MOST, 30, 1 },
	{ TEST_MORE_THAN, 30, -2 },
};

#define RULE(id, table)                                                                            \
	{                                                                                          \
		.rule = (id), .count = ARRAY_SIZE(table), .steps = (table)                         \
	}

static const struct rule score_rules[SCORE_MOVES] = {
	RULE(RULE_REVENUE, revenue_steps),
	RULE(RULE_DELAY, delay_steps),
	RULE(RULE_PURCHASES, purchases_steps),
	RULE(RULE_LAST_PURCHASE, last_purchase_steps),
};
static const struct rule churn_rules[CHURN_LINES] = {
	RULE(RULE_DELAY, churn_delay_steps),
	RULE(RULE_LAST_PURCHASE, churn_last_purchase_steps),
	RULE(RULE_PURCHASES, churn_purchases_steps),
};
static const struct rule satisfaction_rule = RULE(RULE_DELAY, satisfaction_delay_steps);

static const char *const rule_labels[RULE_COUNT] = {
	/* TRANSLATORS: the points that every customer's score starts from */
	[RULE_START] = N_("To start with"),
	[RULE_REVENUE] = N_("Invoiced incl. tax"),
	[RULE_DELAY] = N_("Payment delay"),
	[RULE_PURCHASES] = N_("Purchases"),
	[RULE_LAST_PURCHASE] = N_("Last purchase"),
	[RULE_SCORE] = N_("Score"),
};

static const char *const score_levels[LEVEL_COUNT] = {
	/* TRANSLATORS: of a score */
	[LEVEL_BAD] = N_("bad"),
	/* TRANSLATORS: of a score */
	[LEVEL_MIDDLE] = N_("middling"),
	/* TRANSLATORS: of a score */
	[LEVEL_GOOD] = N_("good"),
};

static const char *const churn_levels[LEVEL_COUNT] = {
	/* TRANSLATORS: of the risk that a customer leaves */
	[LEVEL_BAD] = N_("high"),
	/* TRANSLATORS: of the risk that a customer leaves */
	[LEVEL_MIDDLE] = N_("medium"),
	/* TRANSLATORS: of the risk that a customer leaves */
	[LEVEL_GOOD] = N_("low"),
};

const char *score_rule_label(enum score_rule rule)
{
	return rule_labels[rule];
}

const char *score_level_label(enum score_level level)
{
	return score_levels[level];
}

const char *churn_level_label(enum score_level level)
{
	return churn_levels[level];
}

enum score_level score_level(int score)
{
	if (score >= SCORE_GOOD)
		return LEVEL_GOOD;
	return score >= SCORE_MIDDLE ? LEVEL_MIDDLE : LEVEL_BAD;
}

enum score_level churn_level(int churn)
{
	if (churn >= CHURN_HIGH)
		return LEVEL_BAD;
	return churn >= CHURN_MIDDLE ? LEVEL_MIDDLE : LEVEL_GOOD;
}

static int64_t power_of_ten(int exponent)
{
	int64_t power = 1;

	while (exponent-- > 0)
		power *= 10;
	return power;
}

static int64_t saturate(__int128 n)
{
	if (n > INT64_MAX)
		return INT64_MAX;
	return n < INT64_MIN ? INT64_MIN : (int64_t)n;
}

static int clamp(int n, int most)
{
	if (n < 0)
		return 0;
	return n > most ? most : n;
}

bool score_thresholds_valid(const struct score_thresholds *t)
{
	return t->low > 0 && t->low < t->mid && t->mid < t->high;
}

void score_input_from(struct score_input *input, const struct facts *facts, int decimals)
{
	*input = (struct score_input){
		.revenue = facts->revenue,
		.decimals = decimals,
		.purchases = facts->purchases,
		.last_purchase = facts->last_purchase,
		.today = facts->today,
	};
	input->has_delay = facts_delay(facts, &input->delay);
}

/* --- evaluating --- */

/* The input with its limits in the same units: minor ones. */
struct question {
	const struct score_input *in;
	int64_t limits[THRESHOLDS];
};

static struct question question_of(
	const struct score_input *in, const struct score_thresholds *thresholds)
{
	__int128 scale = power_of_ten(in->decimals);

	return (struct question){
		.in = in,
		.limits = {
			[LOW] = saturate(scale * thresholds->low),
			[MID] = saturate(scale * thresholds->mid),
			[HIGH] = saturate(scale * thresholds->high),
		},
	};
}

/* false when the input does not have it. */
static bool question_value(const struct question *q, enum score_rule rule, int64_t *value)
{
	const struct score_input *in = q->in;

	*value = 0;
	switch (rule) {
	case RULE_REVENUE:
		*value = in->revenue;
		return true;
	case RULE_DELAY:
		*value = in->has_delay ? in->delay : 0;
		return in->has_delay;
	case RULE_PURCHASES:
		*value = in->purchases;
		return true;
	case RULE_LAST_PURCHASE:
		if (in->last_purchase == DAY_NONE)
			return false;
		*value = (int64_t)in->today - in->last_purchase;
		return true;
	case RULE_START:
	case RULE_SCORE:
	case RULE_COUNT:
		break;
	}
	return false;
}

static int64_t question_limit(
	const struct question *q, const struct rule *rule, const struct step *step)
{
	return rule->rule == RULE_REVENUE ? q->limits[step->limit] : step->limit;
}

static bool test_holds(enum score_test test, bool known, int64_t value, int64_t limit)
{
	switch (test) {
	case TEST_NONE:
		return true;
	case TEST_MISSING:
		return !known;
	case TEST_AT_LEAST:
		return known && value >= limit;
	case TEST_AT_MOST:
		return known && value <= limit;
	case TEST_MORE_THAN:
		return known && value > limit;
	case TEST_LESS_THAN:
		return known && value < limit;
	}
	return false;
}

static int rule_step(const struct rule *rule, const struct question *q)
{
	int64_t value;
	bool known = question_value(q, rule->rule, &value);
	int i = 0;

	while (i < rule->count - 1 && !test_holds(rule->steps[i].test, known, value,
					      question_limit(q, rule, &rule->steps[i])))
		i++;
	return i;
}

static int rules_sum(const struct rule *rules, int count, const struct question *q)
{
	int sum = 0;

	for (int i = 0; i < count; i++)
		sum += rules[i].steps[rule_step(&rules[i], q)].points;
	return sum;
}

static enum segment segment_of(const struct question *q, int score)
{
	if (score >= 80 && q->in->revenue >= q->limits[MID])
		return SEGMENT_VIP;
	if (score >= 70 && q->in->purchases >= 6)
		return SEGMENT_LOYAL;
	if (score >= 60)
		return SEGMENT_REGULAR;
	return score >= 40 ? SEGMENT_OCCASIONAL : SEGMENT_AT_RISK;
}

enum behaviour score_behaviour(bool has_delay, int32_t delay)
{
	if (!has_delay)
		return BEHAVIOUR_UNKNOWN;
	if (delay <= 0)
		return BEHAVIOUR_EXCELLENT;
	if (delay <= 15)
		return BEHAVIOUR_GOOD;
	if (delay <= 30)
		return BEHAVIOUR_FAIR;
	return delay <= 60 ? BEHAVIOUR_LATE : BEHAVIOUR_CRITICAL;
}

/* Half up; n is not negative. */
static __int128 divide(__int128 n, __int128 by)
{
	return (2 * n + by) / (2 * by);
}

int64_t score_ltv(int64_t revenue, int decimals, int32_t purchases, int churn)
{
	__int128 scale = power_of_ten(decimals);
	__int128 basket, lifespan; /* hundredths */

	if (purchases <= 0 || revenue <= 0)
		return 0;
	basket = divide((__int128)revenue * 100, scale * purchases);
	lifespan = churn > 0 ? divide(1000, churn) : 10000;
	return saturate(divide(basket * purchases * lifespan * scale, 10000));
}

static int satisfaction_of_score(int score)
{
	return (score - 50) / 10;
}

void score_compute(const struct score_input *input, const struct score_thresholds *thresholds,
	struct score_result *result)
{
	struct question q = question_of(input, thresholds);
	int total = START + rules_sum(score_rules, SCORE_MOVES, &q);
	int score = clamp(total, MAX_SCORE);
	int churn = clamp(rules_sum(churn_rules, CHURN_LINES, &q), MAX_TENTHS);
	int satisfaction = SATISFACTION_START + rules_sum(&satisfaction_rule, 1, &q) +
			   satisfaction_of_score(score);

	*result = (struct score_result){
		.score = score,
		.total = total,
		.segment = segment_of(&q, score),
		.behaviour = score_behaviour(input->has_delay, input->delay),
		.churn = churn,
		.ltv = score_ltv(input->revenue, input->decimals, input->purchases, churn),
		.satisfaction = clamp(satisfaction, MAX_TENTHS),
	};
}

/* --- explaining --- */

static int explain_rules(
	const struct rule *rules, int count, const struct question *q, struct score_line *lines)
{
	int sum = 0;

	for (int i = 0; i < count; i++) {
		const struct step *step = &rules[i].steps[rule_step(&rules[i], q)];

		lines[i] = (struct score_line){
			.rule = rules[i].rule,
			.test = step->test,
			.limit = question_limit(q, &rules[i], step),
			.points = step->points,
		};
		(void)question_value(q, rules[i].rule, &lines[i].value);
		sum += step->points;
	}
	return sum;
}

void score_explain(const struct score_input *input, const struct score_thresholds *thresholds,
	struct score_explanation *explanation)
{
	struct score_explanation *e = explanation;
	struct question q = question_of(input, thresholds);

	*e = (struct score_explanation){ 0 };
	score_compute(input, thresholds, &e->result);
	e->score[0] = (struct score_line){ .rule = RULE_START, .points = START };
	explain_rules(score_rules, SCORE_MOVES, &q, &e->score[1]);
	e->churn_total = explain_rules(churn_rules, CHURN_LINES, &q, e->churn);
	e->satisfaction[0] =
		(struct score_line){ .rule = RULE_START, .points = SATISFACTION_START };
	e->satisfaction_total =
		SATISFACTION_START + explain_rules(&satisfaction_rule, 1, &q, &e->satisfaction[1]);
	e->satisfaction[2] = (struct score_line){
		.rule = RULE_SCORE,
		.value = e->result.score,
		.points = satisfaction_of_score(e->result.score),
	};
	e->satisfaction_total += e->satisfaction[2].points;
}

/* --- hints --- */

/* Puts the value on the near side of the step, coming from the other. */
static int64_t step_value(const struct step *step, int64_t limit)
{
	if (step->test == TEST_MORE_THAN)
		return limit + 1;
	return step->test == TEST_LESS_THAN ? limit - 1 : limit;
}

/* Makes the rule's value meet the step. */
static void input_move(struct score_input *in, enum score_rule rule, int64_t value, bool better)
{
	switch (rule) {
	case RULE_REVENUE:
		in->revenue = value;
		break;
	case RULE_DELAY:
		in->has_delay = true;
		in->delay = (int32_t)value;
		break;
	case RULE_PURCHASES:
		if (!better || in->purchases < value)
			in->purchases = (int32_t)value;
		break;
	case RULE_LAST_PURCHASE:
		if (!better)
			in->last_purchase = (int32_t)(in->today - value);
		break;
	case RULE_START:
	case RULE_SCORE:
	case RULE_COUNT:
		break;
	}
}

struct search {
	const struct score_input *in;
	const struct score_thresholds *thresholds;
	struct question q;
	struct score_result now;
	enum score_goal goal;
	bool better;
	int change; /* of the total, by the best hint so far */
	struct score_hint *best;
};

static bool goal_met(const struct search *s, const struct score_result *after)
{
	switch (s->goal) {
	case GOAL_LOWER_SCORE:
		return after->score < s->now.score;
	case GOAL_RAISE_SCORE:
		return after->score > s->now.score;
	case GOAL_LOWER_SEGMENT:
		return after->segment > s->now.segment;
	case GOAL_RAISE_SEGMENT:
		return after->segment < s->now.segment;
	}
	return false;
}

/* How a step is said and reached when coming from a better one: the value passed
 * the limit of the step above, "more than 30 days" or "less than 6". */
static struct step step_below(const struct rule *rule, int i)
{
	const struct step *above = &rule->steps[i - 1];
	struct step step = rule->steps[i];

	step.limit = above->limit;
	step.test = above->test == TEST_AT_LEAST ? TEST_LESS_THAN : TEST_MORE_THAN;
	return step;
}

/* Everything but a delay improves by buying, and only so. */
static bool targets_buy(const int targets[SCORE_MOVES])
{
	for (int r = 0; r < SCORE_MOVES; r++)
		if (targets[r] >= 0 && score_rules[r].rule != RULE_DELAY)
			return true;
	return false;
}

/* One of the combinations: for each rule the step to reach, or -1 to stay. */
static void search_try(struct search *s, const int targets[SCORE_MOVES])
{
	struct score_hint hint = { 0 };
	struct score_input in = *s->in;
	int change;

	if (s->better && targets_buy(targets)) {
		in.purchases++;
		in.last_purchase = in.today;
	}
	for (int r = 0; r < SCORE_MOVES; r++) {
		const struct rule *rule = &score_rules[r];
		struct step step;
		int64_t limit;

		if (targets[r] < 0)
			continue;
		step = s->better ? rule->steps[targets[r]] : step_below(rule, targets[r]);
		limit = question_limit(&s->q, rule, &step);
		input_move(&in, rule->rule, step_value(&step, limit), s->better);
		hint.moves[hint.count++] = (struct score_move){ rule->rule, step.test, limit };
	}
	score_compute(&in, s->thresholds, &hint.after);
	change = hint.after.total - s->now.total;
	if (change < 0)
		change = -change;
	if (!hint.count || !goal_met(s, &hint.after))
		return;
	if (s->best->count && (hint.count > s->best->count ||
				      (hint.count == s->best->count && change >= s->change)))
		return;
	*s->best = hint;
	s->change = change;
}

/* Whether a customer now at `from` can come to `to` in the wanted direction. What
 * is known does not become unknown; a first purchase or payment is possible. The
 * revenue only grows, a rare credit note apart. */
static bool step_reachable(const struct rule *rule, int from, int to, bool better)
{
	if (rule->steps[to].test == TEST_MISSING || (!better && rule->rule == RULE_REVENUE))
		return false;
	if (rule->steps[from].test == TEST_MISSING)
		return better ? rule->steps[to].points > rule->steps[from].points
			      : rule->rule == RULE_DELAY && to == rule->count - 1;
	return better ? to < from : to > from;
}

static void search_rule(struct search *s, int r, int targets[SCORE_MOVES])
{
	int from;

	if (r == SCORE_MOVES) {
		search_try(s, targets);
		return;
	}
	from = rule_step(&score_rules[r], &s->q);
	for (int to = 0; to < score_rules[r].count; to++) {
		if (!step_reachable(&score_rules[r], from, to, s->better))
			continue;
		targets[r] = to;
		search_rule(s, r + 1, targets);
	}
	/* Last, so that among equals the rule that stands first is named. */
	targets[r] = -1;
	search_rule(s, r + 1, targets);
}

bool score_hint(const struct score_input *input, const struct score_thresholds *thresholds,
	enum score_goal goal, struct score_hint *hint)
{
	struct score_hint best = { 0 };
	struct search s = {
		.in = input,
		.thresholds = thresholds,
		.q = question_of(input, thresholds),
		.goal = goal,
		.better = goal == GOAL_RAISE_SCORE || goal == GOAL_RAISE_SEGMENT,
		.best = &best,
	};
	int targets[SCORE_MOVES];

	score_compute(input, thresholds, &s.now);
	search_rule(&s, 0, targets);
	if (!best.count)
		return false;
	*hint = best;
	return true;
}
