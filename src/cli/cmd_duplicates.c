/* customers duplicates, merge, distinct: those who were entered twice. */
#include "cli_value.h"
#include "cmds.h"
#include "duplicate_tell.h"
#include "out.h"

#include "customer_ref.h"
#include "customers.h"
#include "i18n.h"

/* --- of one --- */

static int of_one(struct cli *cli)
{
	static const struct out_column columns[] = {
		{ "id", N_("Id"), OUT_LEFT },
		{ "code", N_("Code"), OUT_LEFT },
		{ "name", N_("Name"), OUT_LEFT },
		{ "phone", N_("Telephone"), OUT_LEFT },
		{ "city", N_("City"), OUT_LEFT },
		{ "why", N_("Why"), OUT_LEFT },
		{ "likeness", N_("Likeness"), OUT_RIGHT },
	};
	struct customer_card card;
	struct duplicate *found;
	struct err err = ERR_INIT;
	struct out_table *t;
	int64_t id;
	int n;

	if (!customer_ref(cli->s, cli->args[0], &id, &err) ||
		!customers_get(cli->s, id, &cli->arena, &card, &err) ||
		!duplicates_of(cli->s, &card.customer, &cli->arena, &found, &n, &err))
		return cli_fail(cli, &err);
	t = out_table_new(cli->out, cli->json, cli->lang, columns, (int)ARRAY_SIZE(columns));
	for (int i = 0; i < n; i++) {
		const struct customer_line *line = &found[i].line;

		out_id(t, line->id);
		out_text(t, line->account_key);
		out_text(t, cli_customer_name(cli, line->name, line->first_name));
		out_text(t, cli_phone(cli, line->phone, line->phone_e164));
		out_text(t, line->city);
		duplicate_tell_why(cli, t, found[i].why);
		out_int(t, found[i].likeness);
		out_row_end(t);
	}
	out_table_end(t);
	return EXIT_DONE;
}

/* --- of all --- */

static const char *name_of(struct cli *cli, int64_t id, struct err *err)
{
	struct customer_line *line;
	int n;

	if (!customers_lines(cli->s, &id, 1, &cli->arena, &line, &n, err))
		return NULL;
	return n ? cli_customer_name(cli, line->name, line->first_name) : "";
}

static bool print_pair(
	struct cli *cli, struct out_table *t, const struct duplicate_pair *p, struct err *err)
{
	const char *low = name_of(cli, p->low_id, err);
	const char *high = low ? name_of(cli, p->high_id, err) : NULL;

	if (!high)
		return false;
	out_id(t, p->low_id);
	out_text(t, low);
	out_id(t, p->high_id);
	out_text(t, high);
	duplicate_tell_why(cli, t, p->why);
	out_int(t, p->likeness);
	out_row_end(t);
	return true;
}

static int of_all(struct cli *cli, int limit)
{
	static const struct out_column columns[] = {
		{ "id", N_("Id"), OUT_LEFT },
		{ "name", N_("Name"), OUT_LEFT },
		{ "other_id", N_("Other"), OUT_LEFT },
		{ "other_name", N_("Name"), OUT_LEFT },
		{ "why", N_("Why"), OUT_LEFT },
		{ "likeness", N_("Likeness"), OUT_RIGHT },
	};
	struct duplicate_pair *pairs;
	struct err err = ERR_INIT;
	struct out_table *t;
	bool ok;
	int n;

	ok = duplicates_find(
		cli->s, cli_progress(cli, _("Compared")), &cli->arena, &pairs, &n, &err);
	cli_progress_end(cli);
	if (!ok)
		return cli_fail(cli, &err);
	t = out_table_new(cli->out, cli->json, cli->lang, columns, (int)ARRAY_SIZE(columns));
	for (int i = 0; i < n && i < limit && ok; i++)
		ok = print_pair(cli, t, &pairs[i], &err);
	out_table_end(t);
	return ok ? EXIT_DONE : cli_fail(cli, &err);
}

static int duplicates(struct cli *cli)
{
	int64_t limit;

	if (!cli_number(cli, "--limit", 1, DUPLICATE_PAIRS_MOST, 50, &limit))
		return EXIT_USAGE;
	return cli->n_args ? of_one(cli) : of_all(cli, (int)limit);
}

/* --- what is done about them --- */

static bool two(struct cli *cli, int64_t *a, int64_t *b, struct err *err)
{
	return customer_ref(cli->s, cli->args[0], a, err) &&
	       customer_ref(cli->s, cli->args[1], b, err);
}

static int merge(struct cli *cli)
{
	const char *const *taken;
	size_t n = cli_all(cli, "--take", &taken);
	struct err err = ERR_INIT;
	int64_t winner, loser, journal;
	uint32_t fields = 0;

	for (size_t i = 0; i < n; i++) {
		enum customer_field field;

		if (!customer_field_parse(taken[i], &field))
			return cli_no_choice(cli, "--take"), EXIT_USAGE;
		fields |= CF_BIT(field);
	}
	if (!two(cli, &winner, &loser, &err) ||
		!duplicates_merge(cli->s, winner, loser, fields, &journal, &err))
		return cli_fail(cli, &err);
	if (cli->json)
		return cli_tell_id(cli, journal);
	if (!cli->quiet)
		fprintf(cli->out, _("“ecompta-crm undo %lld” takes it back.\n"),
			(long long)journal);
	return EXIT_DONE;
}

static int distinct(struct cli *cli)
{
	struct err err = ERR_INIT;
	int64_t a, b;

	if (!two(cli, &a, &b, &err) || !duplicates_dismiss(cli->s, a, b, &err))
		return cli_fail(cli, &err);
	return EXIT_DONE;
}

static const struct cli_option options[] = {
	{ "--limit", N_("N"), N_("at most so many pairs; 50 by default"), false },
	{ NULL, NULL, NULL, false },
};

static const struct cli_option merge_options[] = {
	{ "--take",
		"name|first_name|firm|kind|nature|email|phone|street|postcode|city|country|birth_"
		"day|"
		"language|time_zone|channels|best_minute|account_key",
		N_("a field to take over from the other one; may be repeated"), true },
	{ NULL, NULL, NULL, false },
};

const struct cmd cmd_customers_duplicates = {
	.name = "customers duplicates",
	.args = N_("[CUSTOMER]"),
	.help = N_("pairs that may be one customer, or who may be the same as one"),
	.options = options,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = duplicates,
};

const struct cmd cmd_customers_merge = {
	.name = "customers merge",
	.args = N_("CUSTOMER OTHER"),
	.help = N_("makes one customer of two: the other's documents, notes, tasks and tags join "
		   "the first"),
	.more = N_("The first keeps its own fields unless --take says otherwise. Refusals of both "
		   "stand. It can be undone."),
	.options = merge_options,
	.min_args = 2,
	.max_args = 2,
	.needs = NEEDS_COMPANY,
	.run = merge,
};

const struct cmd cmd_customers_distinct = {
	.name = "customers distinct",
	.args = N_("CUSTOMER OTHER"),
	.help = N_("they are two, whatever they have in common: not told again"),
	.min_args = 2,
	.max_args = 2,
	.needs = NEEDS_COMPANY,
	.run = distinct,
};
