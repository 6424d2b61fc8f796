/* customers list, customers search: which ones there are. */
#include "cli_filter.h"
#include "cli_value.h"
#include "cmds.h"

#include "customer_list.h"
#include "customers.h"
#include "i18n.h"

static bool take_order(const struct cli *cli, struct list_query *q)
{
	const char *sort = cli_get(cli, "--sort", "name");

	if (!list_order_parse(sort, &q->order))
		return cli_no_choice(cli, "--sort");
	q->descending = cli_has(cli, "--desc");
	return true;
}

/* Where the page begins: behind the customer --after names. */
static bool page_start(struct cli *cli, const struct list_query *q, struct list_key *key,
	const struct list_key **from, struct err *err)
{
	const char *after = cli_get(cli, "--after", NULL);
	bool found;
	int64_t id;

	*from = NULL;
	if (!after)
		return true;
	if (!cli_id(cli, after, _("a customer"), &id) ||
		!customer_list_key(cli->s, q, id, &cli->arena, key, &found, err))
		return false;
	if (!found)
		return err_set(err, ERR_GONE, after, "not in this list");
	*from = key;
	return true;
}

static int print_count(struct cli *cli, const struct list_query *q)
{
	struct err err = ERR_INIT;
	int64_t n;

	if (!customer_list_count(cli->s, q, &n, &err))
		return cli_fail(cli, &err);
	fprintf(cli->out, cli->json ? "{\"count\": %lld}\n" : "%lld\n", (long long)n);
	return EXIT_DONE;
}

static void print_lines(struct cli *cli, const struct customer_columns *columns,
	const struct customer_line *lines, int n)
{
	struct out_table *t;

	t = out_table_new(cli->out, cli->json, cli->lang, columns->columns, columns->n);
	for (int i = 0; i < n; i++)
		cli_columns_print(cli, t, columns, &lines[i]);
	out_table_end(t);
}

static int list(struct cli *cli)
{
	struct list_query q = customer_list_query(cli->s);
	struct customer_columns columns;
	const struct list_key *from;
	struct err err = ERR_INIT;
	struct list_page page;
	struct list_key key;
	int64_t limit;

	if (!cli_columns(cli, &columns) || !cli_filter_args(cli, &q.filter) ||
		!take_order(cli, &q) || !cli_number(cli, "--limit", 1, 100000, 50, &limit))
		return EXIT_USAGE;
	if (cli_has(cli, "--count"))
		return print_count(cli, &q);
	if (!page_start(cli, &q, &key, &from, &err) ||
		!customer_list_page(
			cli->s, &q, from, false, false, (int)limit, &cli->arena, &page, &err))
		return cli_fail(cli, &err);
	print_lines(cli, &columns, page.lines, page.count);
	return EXIT_DONE;
}

static int search(struct cli *cli)
{
	struct list_query q = customer_list_query(cli->s);
	struct customer_columns columns;
	struct customer_line *lines;
	struct customer_hits hits;
	struct err err = ERR_INIT;
	int64_t limit;
	int n;

	if (!cli_columns(cli, &columns) ||
		!cli_filter(cli, cli_get(cli, "--filter", ""), &q.filter) ||
		!cli_number(cli, "--limit", 1, HITS_MAX, 50, &limit))
		return EXIT_USAGE;
	if (!customers_search(cli->s, &q, cli->args[0], &cli->arena, &hits, &err))
		return cli_fail(cli, &err);
	n = hits.count < limit ? hits.count : (int)limit;
	if (!customers_lines(cli->s, hits.ids, n, &cli->arena, &lines, &n, &err))
		return cli_fail(cli, &err);
	print_lines(cli, &columns, lines, n);
	if ((hits.more || hits.count > limit) && !cli->quiet)
		fprintf(stderr, "%s\n",
			_("There are more: add letters, or give a greater --limit."));
	return EXIT_DONE;
}

static void list_terms(struct cli_terms *to)
{
	cli_columns_terms(to);
	cli_filter_terms(to);
}

static const struct cli_option list_options[] = {
	{ "--sort", "name|score|churn|revenue|overdue|last_purchase|last_interaction|city",
		N_("in which order; by name by default"), false },
	{ "--desc", NULL, N_("the other way round"), false },
	{ "--limit", N_("N"), N_("at most so many; 50 by default"), false },
	{ "--after", N_("ID"), N_("the page after the one that ended with this customer"), false },
	{ "--columns", N_("LIST"), N_("which ones, with commas; all in JSON by default"), false },
	{ "--count", NULL, N_("only how many there are"), false },
	{ NULL, NULL, NULL, false },
};

const struct cmd cmd_customers_list = {
	.name = "customers list",
	.args = N_("[FILTER]"),
	.help = N_("the customers, or those that pass a filter"),
	.more = N_("A filter is a row of conditions that must all hold, such as segment=VIP "
		   "last_purchase>180d; quote what the shell would take for itself. Values with "
		   "commas mean any of them; “or”, parentheses and a minus sign before a condition "
		   "are understood, and French names too."),
	.options = list_options,
	.terms = list_terms,
	.max_args = 1000,
	.needs = NEEDS_COMPANY,
	.run = list,
};

static const struct cli_option search_options[] = {
	{ "--filter", N_("FILTER"), N_("only those who pass it, see “customers list”"), false },
	{ "--limit", N_("N"), N_("at most so many; 50 by default"), false },
	{ "--columns", N_("LIST"), N_("as of “customers list”"), false },
	{ NULL, NULL, NULL, false },
};

const struct cmd cmd_customers_search = {
	.name = "customers search",
	.args = N_("TEXT"),
	.help = N_("finds customers by any part of a name, a firm, an e-mail, a key or a phone"),
	.options = search_options,
	.min_args = 1,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = search,
};
