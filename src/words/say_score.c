/* Why a score is what it is. */
#include "say.h"

#include "i18n.h"
#include "money.h"
#include "num.h"

static void add_number(struct strbuf *out, int64_t n, enum lang lang)
{
	num_format(out, n, 0, lang);
}

static const char *days_format(enum score_rule rule, long n)
{
	switch ((int)rule) {
	case RULE_DELAY:
		return ngettext("%s day on average", "%s days on average", (unsigned long)labs(n));
	case RULE_LAST_PURCHASE:
		return ngettext("%s day ago", "%s days ago", (unsigned long)labs(n));
	case RULE_PURCHASES:
		return _("%s in 365 days");
	default:
		return "%s";
	}
}

void say_rule_value(
	struct strbuf *out, const struct score_line *line, const struct say_style *style)
{
	struct strbuf number = STRBUF_INIT;

	if (line->rule == RULE_START)
		return;
	if (line->test == TEST_MISSING) {
		/* TRANSLATORS: of a payment delay; of a purchase. */
		strbuf_adds(out, line->rule == RULE_LAST_PURCHASE ? _("never") : _("unknown"));
		return;
	}
	if (line->rule == RULE_REVENUE) {
		money_format(out, line->value, style->currency, style->lang);
		return;
	}
	if (line->rule == RULE_LAST_PURCHASE && line->value == 0) {
		strbuf_adds(out, _("today"));
		return;
	}
	add_number(&number, line->value, style->lang);
	say_with(out, days_format(line->rule, (long)line->value), number.buf);
	strbuf_release(&number);
}

static const char *limit_format(const struct score_line *line)
{
	unsigned long n = line->limit > 0 ? (unsigned long)line->limit : 0;
	bool days = line->rule == RULE_DELAY || line->rule == RULE_LAST_PURCHASE;

	switch (line->test) {
	case TEST_AT_LEAST:
		return days ? ngettext("%s day or more", "%s days or more", n) : _("%s or more");
	case TEST_AT_MOST:
		return days ? ngettext("%s day or less", "%s days or less", n) : _("%s or less");
	case TEST_MORE_THAN:
		return days ? ngettext("more than %s day", "more than %s days", n)
			    : _("more than %s");
	case TEST_LESS_THAN:
		return days ? ngettext("less than %s day", "less than %s days", n)
			    : _("less than %s");
	case TEST_NONE:
	case TEST_MISSING:
		break;
	}
	return NULL;
}

static void add_limit(
	struct strbuf *number, const struct score_line *line, const struct say_style *style)
{
	if (line->rule == RULE_REVENUE)
		money_format_bare(number, line->limit, style->currency, style->lang);
	else
		add_number(number, line->limit, style->lang);
}

void say_rule_test(struct strbuf *out, const struct score_line *line, const struct say_style *style)
{
	const char *fmt = limit_format(line);
	struct strbuf number = STRBUF_INIT;

	if (!fmt)
		return;
	add_limit(&number, line, style);
	say_with(out, fmt, number.buf);
	strbuf_release(&number);
}

void say_points(struct strbuf *out, const struct score_line *line)
{
	if (line->rule == RULE_START || !line->points)
		strbuf_addf(out, "%d", line->points);
	else
		strbuf_addf(out, "%+d", line->points);
}

/* What would have to happen, as half a sentence after "if". */
static const char *move_format(const struct score_move *m)
{
	unsigned long n = m->limit > 0 ? (unsigned long)m->limit : 0;
	bool more = m->test == TEST_AT_LEAST || m->test == TEST_MORE_THAN;

	switch ((int)m->rule) {
	case RULE_REVENUE:
		return more ? _("%s or more is invoiced") : _("less than %s is invoiced");
	case RULE_DELAY:
		return more ? ngettext("the delay exceeds %s day", "the delay exceeds %s days", n)
			    : ngettext("the delay is %s day or less",
				      "the delay is %s days or less", n);
	case RULE_PURCHASES:
		return more ? ngettext("%s purchase a year is reached",
				      "%s purchases a year are reached", n)
			    : ngettext("there is less than %s purchase a year",
				      "there are less than %s purchases a year", n);
	default:
		return more ? ngettext("nothing is bought for %s day",
				      "nothing is bought for %s days", n)
			    : ngettext("something is bought within %s day",
				      "something is bought within %s days", n);
	}
}

static const char *hint_start(enum score_goal goal)
{
	switch (goal) {
	case GOAL_LOWER_SCORE:
		return N_("Down to %s if");
	case GOAL_RAISE_SCORE:
		return N_("Up to %s if");
	case GOAL_LOWER_SEGMENT:
	case GOAL_RAISE_SEGMENT:
		break;
	}
	return N_("%s if");
}

static void add_move(struct strbuf *out, const struct score_move *m, const struct say_style *style)
{
	struct score_line line = { .rule = m->rule, .test = m->test, .limit = m->limit };
	struct strbuf number = STRBUF_INIT;

	add_limit(&number, &line, style);
	say_with(out, move_format(m), number.buf);
	strbuf_release(&number);
}

void say_hint(struct strbuf *out, const struct score_hint *hint, enum score_goal goal,
	const struct say_style *style)
{
	char score[8];

	snprintf(score, sizeof(score), "%d", hint->after.score);
	say_with(out, _(hint_start(goal)),
		goal == GOAL_LOWER_SCORE || goal == GOAL_RAISE_SCORE
			? score
			: _(segment_label(hint->after.segment)));
	for (int i = 0; i < hint->count; i++) {
		/* TRANSLATORS: between the conditions of a hint. */
		strbuf_adds(out, i ? _(" and ") : " ");
		add_move(out, &hint->moves[i], style);
	}
}
