/* company list, company add, company set: the tenants of the store. */
#include "cmds.h"
#include "out.h"

#include "companies.h"
#include "i18n.h"
#include "money.h"
#include "scores.h"

static const struct out_column columns[] = {
	{ "id", N_("Id"), OUT_LEFT },
	{ "name", N_("Name"), OUT_LEFT },
	{ "country", N_("Country"), OUT_LEFT },
	{ "currency", N_("Currency"), OUT_LEFT },
	{ "time_zone", N_("Time zone"), OUT_LEFT },
	{ "language", N_("Language"), OUT_LEFT },
	{ "terms_days", N_("Terms"), OUT_RIGHT },
	{ "revenue_low", N_("Low"), OUT_RIGHT },
	{ "revenue_mid", N_("Middle"), OUT_RIGHT },
	{ "revenue_high", N_("High"), OUT_RIGHT },
};

static void print_company(struct out_table *t, const struct company *c)
{
	out_id(t, c->id);
	out_text(t, c->name);
	out_text(t, c->country);
	out_text(t, c->currency);
	out_text(t, c->time_zone);
	out_text(t, lang_code(c->language));
	out_int(t, c->terms_days);
	out_int(t, c->revenue_low);
	out_int(t, c->revenue_mid);
	out_int(t, c->revenue_high);
	out_row_end(t);
}

static int list(struct cli *cli)
{
	struct err err = ERR_INIT;
	struct out_table *t;
	struct company *all;
	int n;

	if (!companies_list(cli->s, &cli->arena, &all, &n, &err))
		return cli_fail(cli, &err);
	t = out_table_new(cli->out, cli->json, cli->lang, columns, ARRAY_SIZE(columns));
	for (int i = 0; i < n; i++)
		print_company(t, &all[i]);
	out_table_end(t);
	return EXIT_DONE;
}

static void take_text(const struct cli *cli, const char *option, char *to, size_t size)
{
	const char *text = cli_get(cli, option, NULL);

	if (text)
		snprintf(to, size, "%s", text);
}

/* What the options say over what `c` holds; false after telling what is wrong. */
static bool take_options(struct cli *cli, struct company *c)
{
	const char *language = cli_get(cli, "--language", NULL);
	int64_t terms;

	if (!cli_number(cli, "--terms", 0, 3650, c->terms_days, &terms) ||
		!cli_number(cli, "--low", 1, INT64_MAX / 1000, c->revenue_low, &c->revenue_low) ||
		!cli_number(
			cli, "--middle", 1, INT64_MAX / 1000, c->revenue_mid, &c->revenue_mid) ||
		!cli_number(cli, "--high", 1, INT64_MAX / 1000, c->revenue_high, &c->revenue_high))
		return false;
	c->terms_days = (int)terms;
	take_text(cli, "--currency", c->currency, sizeof(c->currency));
	take_text(cli, "--time-zone", c->time_zone, sizeof(c->time_zone));
	if (language && !lang_parse(language, &c->language)) {
		cli_usage(cli, _("%s wants fr or en, not “%s”"), "--language", language);
		return false;
	}
	return true;
}

static int add(struct cli *cli)
{
	struct err err = ERR_INIT;
	struct company c;

	if (!company_suggest(cli_get(cli, "--country", "BF"), &c, &err))
		return cli_fail(cli, &err);
	snprintf(c.name, sizeof(c.name), "%s", cli->args[0]);
	if (!take_options(cli, &c))
		return EXIT_USAGE;
	if (!companies_add(cli->s, &c, &err))
		return cli_fail(cli, &err);
	if (!cli->quiet)
		fprintf(cli->out, "%lld\n", (long long)cli->s->company.id);
	return EXIT_DONE;
}

static int set(struct cli *cli)
{
	struct err err = ERR_INIT;
	struct company c = cli->s->company;

	if (!take_options(cli, &c))
		return EXIT_USAGE;
	take_text(cli, "--name", c.name, sizeof(c.name));
	if (!companies_change(cli->s, &c, &err))
		return cli_fail(cli, &err);
	return EXIT_DONE;
}

#define SETTINGS                                                                                   \
	{ "--currency", N_("CODE"), N_("reporting currency, ISO 4217"), false },                   \
		{ "--time-zone", N_("ZONE"), N_("for example Africa/Ouagadougou"), false },        \
		{ "--language", N_("LANG"), N_("fr or en: of its customers, unless they say"),     \
			false },                                                                   \
		{ "--terms", N_("DAYS"), N_("from invoice to due date where none is given"),       \
			false },                                                                   \
		{ "--low", N_("AMOUNT"), N_("revenue threshold for 10 points, whole units"),       \
			false },                                                                   \
		{ "--middle", N_("AMOUNT"), N_("revenue threshold for 20 points, and for VIP"),    \
			false },                                                                   \
	{                                                                                          \
		"--high", N_("AMOUNT"), N_("revenue threshold for 30 points"), false               \
	}

static const struct cli_option add_options[] = {
	{ "--country", N_("CODE"), N_("ISO 3166 code, BF by default; it suggests the rest"),
		false },
	SETTINGS,
	{ NULL, NULL, NULL, false },
};

static const struct cli_option set_options[] = {
	{ "--name", N_("NAME"), N_("a new name"), false },
	SETTINGS,
	{ NULL, NULL, NULL, false },
};

const struct cmd cmd_company_list = {
	.name = "company list",
	.args = "",
	.help = N_("the companies of the store"),
	.needs = NEEDS_STORE,
	.run = list,
};

const struct cmd cmd_company_add = {
	.name = "company add",
	.args = N_("NAME"),
	.help = N_("a new company; its id is printed"),
	.options = add_options,
	.min_args = 1,
	.max_args = 1,
	.needs = MAKES_STORE,
	.run = add,
};

const struct cmd cmd_company_set = {
	.name = "company set",
	.args = "",
	.help = N_("changes the company's settings"),
	.more = N_("Thresholds and terms bear on scores: recalculate them afterwards with "
		   "“ecompta-crm score --all”."),
	.options = set_options,
	.needs = NEEDS_COMPANY,
	.run = set,
};
