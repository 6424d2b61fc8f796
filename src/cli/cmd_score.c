/* score: recalculates, explains, and proposes thresholds. */
#include "cmds.h"
#include "out.h"
#include "say.h"

#include "customer_ref.h"
#include "date.h"
#include "i18n.h"
#include "json_out.h"
#include "scores.h"

static int tell_result(struct cli *cli, const struct scores_result *r)
{
	if (cli->json)
		fprintf(cli->out, "{\"done\": %lld, \"changed\": %lld}\n", (long long)r->done,
			(long long)r->changed);
	else if (!cli->quiet) {
		fprintf(cli->out,
			ngettext("%lld customer looked at, ", "%lld customers looked at, ",
				(unsigned long)r->done),
			(long long)r->done);
		fprintf(cli->out,
			ngettext("%lld changed.\n", "%lld changed.\n", (unsigned long)r->changed),
			(long long)r->changed);
	}
	return EXIT_DONE;
}

static int update_all(struct cli *cli)
{
	struct scores_result r = { 0 };
	struct err err = ERR_INIT;
	bool ok = scores_update_all(cli->s, cli_progress(cli, _("Scores")), &r, &err);

	cli_progress_end(cli);
	return ok ? tell_result(cli, &r) : cli_fail(cli, &err);
}

static void print_lines(struct cli *cli, const struct score_line *lines, int n)
{
	struct say_style style = { cli->lang, cli->s->company.currency };
	static const struct out_column columns[] = {
		{ "rule", N_("Rule"), OUT_LEFT },
		{ "value", N_("Value"), OUT_LEFT },
		{ "test", N_("Held against"), OUT_LEFT },
		{ "points", N_("Points"), OUT_RIGHT },
	};
	struct out_table *t =
		out_table_new(cli->out, false, cli->lang, columns, ARRAY_SIZE(columns));
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

static void print_hint(struct cli *cli, const struct score_hint *hint, enum score_goal goal)
{
	struct say_style style = { cli->lang, cli->s->company.currency };
	struct strbuf s = STRBUF_INIT;

	if (!hint->count)
		return;
	say_hint(&s, hint, goal, &style);
	fprintf(cli->out, "%s.\n", s.buf);
	strbuf_release(&s);
}

static void print_why(struct cli *cli, const struct scores_why *w)
{
	const struct score_result *r = &w->why.result;

	fprintf(cli->out, _("Score %d, %s\n\n"), r->score, _(segment_label(r->segment)));
	print_lines(cli, w->why.score, SCORE_LINES);
	if (r->total != r->score)
		fprintf(cli->out, _("The total of %d is capped at %d.\n"), r->total, r->score);
	else
		fprintf(cli->out, _("Total: %d.\n"), r->score);
	print_hint(cli, &w->down, GOAL_LOWER_SCORE);
	print_hint(cli, &w->segment_up, GOAL_RAISE_SEGMENT);
	fprintf(cli->out, _("\nDeparture risk %d.%d (%s)\n\n"), r->churn / 10, r->churn % 10,
		_(churn_level_label(churn_level(r->churn))));
	print_lines(cli, w->why.churn, CHURN_LINES);
}

static void json_lines(struct json_out *o, const char *key, const struct score_line *lines, int n)
{
	static const char *const rules[] = { "start", "revenue", "delay", "purchases",
		"last_purchase", "score" };
	static const char *const tests[] = { "none", "missing", "at_least", "at_most", "more_than",
		"less_than" };

	json_out_array(o, key);
	for (int i = 0; i < n; i++) {
		json_out_object(o, NULL);
		json_out_str(o, "rule", rules[lines[i].rule]);
		if (lines[i].test == TEST_MISSING)
			json_out_null(o, "value");
		else
			json_out_int(o, "value", lines[i].value);
		json_out_str(o, "test", tests[lines[i].test]);
		json_out_int(o, "limit", lines[i].limit);
		json_out_int(o, "points", lines[i].points);
		json_out_end(o);
	}
	json_out_end(o);
}

static void json_history(struct json_out *o, const struct scores_why *w)
{
	json_out_array(o, "history");
	for (int i = 0; i < w->n_history; i++) {
		struct strbuf day = STRBUF_INIT;

		date_add_iso(&day, w->history[i].day);
		json_out_object(o, NULL);
		json_out_str(o, "day", day.buf);
		json_out_int(o, "before", w->history[i].score_before);
		json_out_int(o, "after", w->history[i].score_after);
		json_out_end(o);
		strbuf_release(&day);
	}
	json_out_end(o);
}

static void print_why_json(struct cli *cli, const struct scores_why *w)
{
	const struct score_result *r = &w->why.result;
	struct err unused = ERR_INIT;
	struct json_out o;

	json_out_init_file(&o, cli->out, true);
	json_out_object(&o, NULL);
	json_out_id(&o, "customer", w->customer_id);
	json_out_int(&o, "score", r->score);
	json_out_int(&o, "total", r->total);
	json_out_str(&o, "segment", segment_word(r->segment));
	json_out_str(&o, "behaviour", behaviour_word(r->behaviour));
	json_out_decimal(&o, "churn", r->churn, 1);
	json_out_int(&o, "satisfaction", r->satisfaction);
	json_lines(&o, "score_lines", w->why.score, SCORE_LINES);
	json_lines(&o, "churn_lines", w->why.churn, CHURN_LINES);
	json_lines(&o, "satisfaction_lines", w->why.satisfaction, SATISFACTION_LINES);
	json_history(&o, w);
	json_out_end(&o);
	if (json_out_finish(&o, &unused))
		putc('\n', cli->out);
}

static int explain(struct cli *cli)
{
	struct scores_why why;
	struct err err = ERR_INIT;
	int64_t id;

	if (!customer_ref(cli->s, cli->args[0], &id, &err) ||
		!scores_explain(cli->s, id, &cli->arena, &why, &err))
		return cli_fail(cli, &err);
	if (!why.found) {
		err_set(&err, ERR_GONE, cli->args[0], "%s", "");
		return cli_fail(cli, &err);
	}
	if (cli->json)
		print_why_json(cli, &why);
	else
		print_why(cli, &why);
	return EXIT_DONE;
}

static int update_some(struct cli *cli)
{
	int64_t *ids = arena_zalloc(&cli->arena, (size_t)cli->n_args, sizeof(*ids));
	struct scores_result r = { 0 };
	struct err err = ERR_INIT;

	for (int i = 0; i < cli->n_args; i++)
		if (!customer_ref(cli->s, cli->args[i], &ids[i], &err))
			return cli_fail(cli, &err);
	if (!scores_update_some(cli->s, ids, (size_t)cli->n_args, NULL, &r, &err))
		return cli_fail(cli, &err);
	return tell_result(cli, &r);
}

static void print_thresholds(struct cli *cli, const char *label, const struct score_thresholds *t)
{
	fprintf(cli->out, "%s %lld / %lld / %lld\n", label, (long long)t->low, (long long)t->mid,
		(long long)t->high);
}

static int thresholds(struct cli *cli, bool accept)
{
	struct scores_proposal p;
	struct err err = ERR_INIT;

	if (!scores_thresholds_propose(cli->s, &p, &err))
		return cli_fail(cli, &err);
	if (!p.customers) {
		fprintf(cli->out, "%s\n",
			_("No customer has a revenue yet: there is nothing to propose."));
		return EXIT_DONE;
	}
	if (accept && !scores_thresholds_accept(cli->s, &p.proposed, &err))
		return cli_fail(cli, &err);
	if (cli->json)
		fprintf(cli->out,
			"{\"low\": %lld, \"mid\": %lld, \"high\": %lld, \"customers\": %lld}\n",
			(long long)p.proposed.low, (long long)p.proposed.mid,
			(long long)p.proposed.high, (long long)p.customers);
	else if (!cli->quiet) {
		print_thresholds(cli, _("Now:     "), &p.now);
		print_thresholds(cli, accept ? _("Accepted:") : _("Proposed:"), &p.proposed);
	}
	return accept ? update_all(cli) : EXIT_DONE;
}

static int score(struct cli *cli)
{
	int ways = cli_has(cli, "--all") + cli_has(cli, "--propose") + cli_has(cli, "--accept") +
		   (cli->n_args > 0);

	if (ways != 1)
		return cli_usage(cli, "%s",
			_("name one customer or several, or give --all, --propose or --accept"));
	if (cli_has(cli, "--all"))
		return update_all(cli);
	if (!cli->n_args)
		return thresholds(cli, cli_has(cli, "--accept"));
	if (cli_has(cli, "--update"))
		return update_some(cli);
	if (cli->n_args > 1)
		return cli_usage(cli, "%s",
			_("one customer at a time is explained; --update takes several"));
	return explain(cli);
}

static const struct cli_option options[] = {
	{ "--all", NULL, N_("recalculate every customer"), false },
	{ "--update", NULL, N_("recalculate the customers named instead of explaining one"),
		false },
	{ "--propose", NULL, N_("revenue thresholds from the company's own revenues"), false },
	{ "--accept", NULL, N_("take the proposed thresholds and recalculate every customer"),
		false },
	{ NULL, NULL, NULL, false },
};

const struct cmd cmd_score = {
	.name = "score",
	.args = N_("[CUSTOMER]..."),
	.help = N_("why a customer's score is what it is; recalculates scores"),
	.more = N_("A customer is named by id or by accounting key. The rules, their inputs and "
		   "their points are those of the last import and of today's date."),
	.options = options,
	.max_args = 1000,
	.needs = NEEDS_COMPANY,
	.run = score,
};
