/* score: recalculates, explains, and proposes thresholds. */
#include "cmds.h"
#include "score_tell.h"

#include "customer_ref.h"
#include "i18n.h"
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

static int explain(struct cli *cli)
{
	struct scores_why why;
	struct out_doc *d;
	struct err err = ERR_INIT;
	int64_t id;

	if (!customer_ref(cli->s, cli->args[0], &id, &err) ||
		!scores_explain(cli->s, id, &cli->arena, &why, &err))
		return cli_fail(cli, &err);
	if (!why.found) {
		err_set(&err, ERR_GONE, cli->args[0], "%s", "");
		return cli_fail(cli, &err);
	}
	d = out_doc_new(cli->out, cli->json, cli->lang);
	if (cli->json)
		out_doc_id(d, "customer", NULL, id);
	score_tell(cli, d, &why);
	out_doc_end(d);
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
