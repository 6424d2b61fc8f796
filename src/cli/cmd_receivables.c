/* receivables: what is past due, how old it is, and who owes it. */
#include "cli_value.h"
#include "cmds.h"
#include "out_doc.h"

#include "customer_list.h"
#include "customer_ref.h"
#include "i18n.h"
#include "receivables.h"
#include "vec.h"

#define PIECE 200

static const char *const age_keys[AGE_COUNT] = { "up_to_30", "up_to_60", "up_to_90", "over_90" };

static void tell_ages(struct cli *cli, struct out_doc *d, const struct receivables *r)
{
	const char *currency = cli->s->company.currency;

	out_doc_money(d, "overdue", N_("Overdue"), r->overdue, currency);
	for (int i = 0; i < AGE_COUNT; i++)
		out_doc_money(d, age_keys[i], receivables_age_label((enum receivables_age)i),
			r->ages[i], currency);
	out_doc_day(d, "since", N_("Since"), r->since);
}

/* --- the company --- */

static void print_debtor(struct cli *cli, struct out_table *t, const struct customer_line *line)
{
	const struct customer_score *score = &line->score;

	out_id(t, line->id);
	out_text(t, cli_customer_name(cli, line->name, line->first_name));
	out_text(t, cli_phone(cli, line->phone, line->phone_e164));
	out_money(t, score->overdue, cli->s->company.currency);
	out_day(t, score->overdue_since);
	if (score->overdue_since == DAY_NONE)
		out_none(t);
	else
		out_int(t, session_today(cli->s) - score->overdue_since);
	out_row_end(t);
}

static void tell_debtors(struct cli *cli, struct out_doc *d, const struct list_page *page)
{
	static const struct out_column columns[] = {
		{ "id", N_("Id"), OUT_LEFT },
		{ "name", N_("Name"), OUT_LEFT },
		{ "phone", N_("Telephone"), OUT_LEFT },
		{ "overdue", N_("Overdue"), OUT_RIGHT },
		{ "since", N_("Since"), OUT_LEFT },
		{ "days", N_("Days"), OUT_RIGHT },
	};
	struct out_table *t;

	t = out_doc_table(d, "debtors", page->count ? _("Who owes most") : NULL, columns,
		(int)ARRAY_SIZE(columns));
	for (int i = 0; i < page->count && page->lines[i].score.overdue > 0; i++)
		print_debtor(cli, t, &page->lines[i]);
	out_table_end(t);
}

static int company(struct cli *cli, int limit)
{
	struct list_query q = customer_list_query(cli->s);
	struct filter_error unused;
	struct err err = ERR_INIT;
	struct list_page page;
	struct receivables r;
	struct out_doc *d;

	q.order = LIST_OVERDUE;
	q.descending = true;
	if (!filter_parse(&cli->arena, "has=OVERDUE", &q.filter, &unused) ||
		!receivables_company(cli->s, &r, &err) ||
		!customer_list_page(
			cli->s, &q, NULL, false, false, limit, &cli->arena, &page, &err))
		return cli_fail(cli, &err);
	d = out_doc_new(cli->out, cli->json, cli->lang);
	tell_ages(cli, d, &r);
	out_doc_int(d, "customers", N_("Customers who owe it"), r.customers);
	tell_debtors(cli, d, &page);
	out_doc_end(d);
	return EXIT_DONE;
}

/* --- one customer --- */

struct open_invoices {
	VEC(struct invoice_line) lines;
};

/* The newest `limit` invoices that are still owed. */
static bool read_open(
	struct cli *cli, int64_t id, int limit, struct open_invoices *open, struct err *err)
{
	struct invoice_key key = INVOICE_KEY_FIRST;
	struct invoice_line *lines;
	int n = PIECE;

	while (n == PIECE && open->lines.len < (size_t)limit) {
		if (!receivables_invoices(cli->s, id, key, PIECE, &cli->arena, &lines, &n, err))
			return false;
		for (int i = 0; i < n && open->lines.len < (size_t)limit; i++)
			if (lines[i].open > 0)
				vec_push(&open->lines, lines[i]);
		if (n)
			key = (struct invoice_key){ lines[n - 1].invoice.issued,
				lines[n - 1].invoice.id };
	}
	return true;
}

static void tell_open(struct cli *cli, struct out_doc *d, const struct open_invoices *open)
{
	static const struct out_column columns[] = {
		{ "number", N_("Number"), OUT_LEFT },
		{ "issued", N_("Date"), OUT_LEFT },
		{ "due", N_("Due"), OUT_LEFT },
		{ "total", N_("Total"), OUT_RIGHT },
		{ "open", N_("Still owed"), OUT_RIGHT },
		{ "days_late", N_("Days late"), OUT_RIGHT },
	};
	const char *currency = cli->s->company.currency;
	struct out_table *t;

	t = out_doc_table(d, "invoices", open->lines.len ? _("Open invoices") : NULL, columns,
		(int)ARRAY_SIZE(columns));
	for (size_t i = 0; i < open->lines.len; i++) {
		const struct invoice_line *line = &open->lines.items[i];

		out_text(t, line->invoice.number);
		out_day(t, line->invoice.issued);
		out_day(t, line->due);
		out_money(t, line->invoice.total, currency);
		out_money(t, line->open, currency);
		if (line->late_known)
			out_int(t, line->days_late);
		else
			out_none(t);
		out_row_end(t);
	}
	out_table_end(t);
}

static int customer(struct cli *cli, int limit)
{
	struct open_invoices open = { .lines = { 0 } };
	struct err err = ERR_INIT;
	struct receivables r;
	struct out_doc *d;
	int64_t id;

	if (!customer_ref(cli->s, cli->args[0], &id, &err) ||
		!receivables_of(cli->s, id, &r, &err) || !read_open(cli, id, limit, &open, &err)) {
		vec_release(&open.lines);
		return cli_fail(cli, &err);
	}
	d = out_doc_new(cli->out, cli->json, cli->lang);
	if (cli->json)
		out_doc_id(d, "customer", NULL, id);
	tell_ages(cli, d, &r);
	out_doc_money(d, "not_due", N_("Not due yet"), r.not_due, cli->s->company.currency);
	tell_open(cli, d, &open);
	out_doc_end(d);
	vec_release(&open.lines);
	return EXIT_DONE;
}

static int receivables(struct cli *cli)
{
	int64_t limit;

	if (!cli_number(cli, "--limit", 1, 10000, 20, &limit))
		return EXIT_USAGE;
	return cli->n_args ? customer(cli, (int)limit) : company(cli, (int)limit);
}

static const struct cli_option options[] = {
	{ "--limit", N_("N"), N_("at most so many lines; 20 by default"), false },
	{ NULL, NULL, NULL, false },
};

const struct cmd cmd_receivables = {
	.name = "receivables",
	.args = N_("[CUSTOMER]"),
	.help = N_("what is past due, by age, and who owes most; or one customer's open invoices"),
	.more = N_("The company's figures are those of the last recalculation (see “score”), a "
		   "customer's are of now."),
	.options = options,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = receivables,
};
