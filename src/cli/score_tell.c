#include "score_tell.h"

#include "i18n.h"
#include "say.h"

static void tell_lines(struct cli *cli, struct out_doc *d, const struct score_line *lines, int n)
{
	struct say_style style = { cli->lang, cli->s->company.currency };
	static const struct out_column columns[] = {
		{ "rule", N_("Rule"), OUT_LEFT },
		{ "value", N_("Value"), OUT_LEFT },
		{ "test", N_("Held against"), OUT_LEFT },
		{ "points", N_("Points"), OUT_RIGHT },
	};
	struct out_table *t = out_doc_table(d, NULL, NULL, columns, (int)ARRAY_SIZE(columns));
	struct strbuf s = STRBUF_INIT;

	for (int i = 0; i < n; i++) {
		out_text(t, _(score_rule_label(lines[i].rule)));
		say_rule_value(&s, &lines[i], &style);
		out_text(t, s.buf);
		strbuf_clear(&s);
		say_rule_test(&s, &lines[i], &style);
		out_text(t, s.buf);
		strbuf_clear(&s);
		say_points(&s, &lines[i]);
		out_text(t, s.buf);
		strbuf_clear(&s);
		out_row_end(t);
	}
	out_table_end(t);
	strbuf_release(&s);
}

static void tell_hint(
	struct cli *cli, struct out_doc *d, const struct score_hint *hint, enum score_goal goal)
{
	struct say_style style = { cli->lang, cli->s->company.currency };
	struct strbuf s = STRBUF_INIT;

	if (!hint->count)
		return;
	say_hint(&s, hint, goal, &style);
	strbuf_addc(&s, '.');
	out_doc_line(d, s.buf);
	strbuf_release(&s);
}

/* How the score went, oldest first. */
static void tell_history(struct out_doc *d, const struct scores_why *w)
{
	static const struct out_column columns[] = {
		{ "day", N_("Day"), OUT_LEFT },
		{ "before", N_("Before"), OUT_RIGHT },
		{ "after", N_("After"), OUT_RIGHT },
		{ "segment", N_("Segment"), OUT_LEFT },
	};
	struct out_table *t;

	if (!w->n_history)
		return;
	t = out_doc_table(d, NULL, _("In the last 12 months"), columns, (int)ARRAY_SIZE(columns));
	for (int i = 0; i < w->n_history; i++) {
		out_day(t, w->history[i].day);
		out_int(t, w->history[i].score_before);
		out_int(t, w->history[i].score_after);
		out_text(t, _(segment_label(w->history[i].segment_after)));
		out_row_end(t);
	}
	out_table_end(t);
}

static void tell_people(struct cli *cli, struct out_doc *d, const struct scores_why *w)
{
	const struct score_result *r = &w->why.result;
	struct arena *a = &cli->arena;

	out_doc_line(d, arena_printf(a, _("Score %d, %s"), r->score, _(segment_label(r->segment))));
	out_doc_line(d, "");
	tell_lines(cli, d, w->why.score, SCORE_LINES);
	if (r->total != r->score)
		out_doc_line(d,
			arena_printf(a, _("The total of %d is capped at %d."), r->total, r->score));
	else
		out_doc_line(d, arena_printf(a, _("Total: %d."), r->score));
	tell_hint(cli, d, &w->down, GOAL_LOWER_SCORE);
	tell_hint(cli, d, &w->segment_up, GOAL_RAISE_SEGMENT);
	out_doc_line(d, "");
	out_doc_line(d, arena_printf(a, _("Departure risk %d.%d (%s)"), r->churn / 10,
				r->churn % 10, _(churn_level_label(churn_level(r->churn)))));
	out_doc_line(d, "");
	tell_lines(cli, d, w->why.churn, CHURN_LINES);
	tell_history(d, w);
}

static void json_lines(struct out_doc *d, const char *key, const struct score_line *lines, int n)
{
	static const char *const rules[] = { "start", "revenue", "delay", "purchases",
		"last_purchase", "score" };
	static const char *const tests[] = { "none", "missing", "at_least", "at_most", "more_than",
		"less_than" };
	static const struct out_column columns[] = {
		{ "rule", NULL, OUT_JSON },
		{ "value", NULL, OUT_JSON },
		{ "test", NULL, OUT_JSON },
		{ "limit", NULL, OUT_JSON },
		{ "points", NULL, OUT_JSON },
	};
	struct out_table *t = out_doc_table(d, key, NULL, columns, (int)ARRAY_SIZE(columns));

	for (int i = 0; i < n; i++) {
		out_text(t, rules[lines[i].rule]);
		if (lines[i].test == TEST_MISSING)
			out_none(t);
		else
			out_int(t, lines[i].value);
		out_text(t, tests[lines[i].test]);
		out_int(t, lines[i].limit);
		out_int(t, lines[i].points);
		out_row_end(t);
	}
	out_table_end(t);
}

static void json_history(struct out_doc *d, const struct scores_why *w)
{
	static const struct out_column columns[] = {
		{ "day", NULL, OUT_JSON },
		{ "before", NULL, OUT_JSON },
		{ "after", NULL, OUT_JSON },
	};
	struct out_table *t = out_doc_table(d, "history", NULL, columns, (int)ARRAY_SIZE(columns));

	for (int i = 0; i < w->n_history; i++) {
		out_day(t, w->history[i].day);
		out_int(t, w->history[i].score_before);
		out_int(t, w->history[i].score_after);
		out_row_end(t);
	}
	out_table_end(t);
}

static void tell_json(struct out_doc *d, const struct scores_why *w)
{
	const struct score_result *r = &w->why.result;

	out_doc_int(d, "score", NULL, r->score);
	out_doc_int(d, "total", NULL, r->total);
	out_doc_text(d, "segment", NULL, segment_word(r->segment));
	out_doc_text(d, "behaviour", NULL, behaviour_word(r->behaviour));
	out_doc_decimal(d, "churn", NULL, r->churn, 1);
	out_doc_int(d, "satisfaction", NULL, r->satisfaction);
	json_lines(d, "score_lines", w->why.score, SCORE_LINES);
	json_lines(d, "churn_lines", w->why.churn, CHURN_LINES);
	json_lines(d, "satisfaction_lines", w->why.satisfaction, SATISFACTION_LINES);
	json_history(d, w);
}

void score_tell(struct cli *cli, struct out_doc *d, const struct scores_why *w)
{
	if (cli->json)
		tell_json(d, w);
	else
		tell_people(cli, d, w);
}
