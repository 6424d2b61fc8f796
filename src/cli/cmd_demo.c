/* demo: a company of invented customers. */
#include "cmds.h"

#include "demos.h"
#include "i18n.h"

static int demo(struct cli *cli)
{
	struct demos_options o;
	struct err err = ERR_INIT;
	int64_t seed;
	bool ok;

	if (!cli_number(cli, "--customers", 1, DEMOS_MOST, 2000, &o.customers) ||
		!cli_number(cli, "--seed", 0, INT64_MAX, 1, &seed))
		return EXIT_USAGE;
	o.seed = (uint64_t)seed;
	ok = demos_make(cli->s, &o, cli_progress(cli, _("Customers")), &err);
	cli_progress_end(cli);
	if (!ok)
		return cli_fail(cli, &err);
	if (!cli->quiet)
		fprintf(cli->out,
			_("%s holds %lld invented customers. Nothing is sent to anybody.\n"),
			session_store(cli->s), (long long)o.customers);
	return EXIT_DONE;
}

static const struct cli_option options[] = {
	{ "--customers", N_("N"), N_("how many, 2000 by default"), false },
	{ "--seed", N_("S"), N_("another number, other people; the same on every machine"), false },
	{ NULL, NULL, NULL, false },
};

const struct cmd cmd_demo = {
	.name = "demo",
	.args = "",
	.help = N_("adds a company of invented customers, invoices and payments"),
	.options = options,
	.needs = MAKES_STORE,
	.run = demo,
};
