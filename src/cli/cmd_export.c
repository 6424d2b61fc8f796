/* export customers, export invoices, export payments, export tasks, import refused:
 * files. */
#include "cli_filter.h"
#include "cli_value.h"
#include "cmds.h"
#include "out_doc.h"

#include "exports.h"
#include "i18n.h"

static int tell(struct cli *cli, const struct export_result *r)
{
	if (cli->json) {
		struct out_doc *d = out_doc_new(cli->out, true, cli->lang);

		out_doc_text(d, "path", NULL, r->path);
		out_doc_int(d, "rows", NULL, r->rows);
		out_doc_end(d);
	} else if (!cli->quiet) {
		fprintf(cli->out,
			ngettext("%s: %lld row\n", "%s: %lld rows\n", (unsigned long)r->rows),
			r->path, (long long)r->rows);
	}
	return EXIT_DONE;
}

static int run_export(struct cli *cli, enum export_what what)
{
	struct export_options o = {
		.what = what,
		.path = cli_get(cli, "--to", NULL),
		.columns = cli_get(cli, "--columns", NULL),
		.language = cli->lang,
		.translate = gettext,
	};
	struct export_result r;
	struct err err = ERR_INIT;
	bool ok;

	if (!cli_filter_args(cli, &o.filter) || !cli_format(cli, o.path, &o.format) ||
		!cli_delimiter(cli, &o.delimiter) || !cli_decimal(cli, &o.decimal_mark))
		return EXIT_USAGE;
	ok = export_run(cli->s, &o, cli_progress(cli, _("Export")), &cli->arena, &r, &err);
	cli_progress_end(cli);
	return ok ? tell(cli, &r) : cli_fail(cli, &err);
}

static int customers(struct cli *cli)
{
	return run_export(cli, EXPORT_CUSTOMERS);
}

static int invoices(struct cli *cli)
{
	return run_export(cli, EXPORT_INVOICES);
}

static int payments(struct cli *cli)
{
	return run_export(cli, EXPORT_PAYMENTS);
}

static int tasks(struct cli *cli)
{
	return run_export(cli, EXPORT_TASKS);
}

static int refused(struct cli *cli)
{
	struct export_options o = {
		.path = cli_get(cli, "--to", NULL),
		.language = cli->lang,
		.translate = gettext,
	};
	struct export_result r;
	struct err err = ERR_INIT;
	int64_t id;

	if (!cli_id(cli, cli->args[0], _("an import"), &id) || !cli_format(cli, o.path, &o.format))
		return EXIT_USAGE;
	if (!export_refused(cli->s, id, &o, &cli->arena, &r, &err))
		return cli_fail(cli, &err);
	return tell(cli, &r);
}

static void column_terms(struct cli_terms *to, enum export_what what)
{
	const char *key, *label;

	cli_terms_title(to, _("Columns:"));
	for (size_t i = 0; (key = export_column(what, i, &label)); i++)
		cli_term(to, key, _(label));
}

static void customer_terms(struct cli_terms *to)
{
	column_terms(to, EXPORT_CUSTOMERS);
}

static void invoice_terms(struct cli_terms *to)
{
	column_terms(to, EXPORT_INVOICES);
}

static void payment_terms(struct cli_terms *to)
{
	column_terms(to, EXPORT_PAYMENTS);
}

static void task_terms(struct cli_terms *to)
{
	column_terms(to, EXPORT_TASKS);
}

#define FILE_OPTIONS                                                                               \
	{ "--to", N_("FILE"), N_("where to; by default a new file in the exchange folder"),        \
		false },                                                                           \
	{                                                                                          \
		"--format", "csv|xlsx|json",                                                       \
			N_("by default what the file's name ends in, else csv"), false             \
	}

static const struct cli_option options[] = {
	FILE_OPTIONS,
	{ "--columns", N_("LIST"), N_("which ones, with commas; all by default"), false },
	{ "--delimiter", "comma|semicolon|tab|pipe|space",
		N_("of CSV: what parts the columns; semicolon by default"), false },
	{ "--decimal", "comma|point", N_("of CSV: by default as the language has it"), false },
	{ NULL, NULL, NULL, false },
};

static const struct cli_option refused_options[] = {
	FILE_OPTIONS,
	{ NULL, NULL, NULL, false },
};

const struct cmd cmd_customers_export = {
	.name = "customers export",
	.args = N_("[FILTER]"),
	.help = N_("the same as “export customers”"),
	.options = options,
	.max_args = 1000,
	.needs = NEEDS_COMPANY,
	.run = customers,
};

const struct cmd cmd_export_customers = {
	.name = "export customers",
	.args = N_("[FILTER]"),
	.help = N_(
		"customers as a file, which an import knows again; filters as of “customers list”"),
	.options = options,
	.terms = customer_terms,
	.max_args = 1000,
	.needs = NEEDS_COMPANY,
	.run = customers,
};

const struct cmd cmd_export_invoices = {
	.name = "export invoices",
	.args = N_("[FILTER]"),
	.help = N_("invoices of the customers, or of those who pass a filter, as a file"),
	.options = options,
	.terms = invoice_terms,
	.max_args = 1000,
	.needs = NEEDS_COMPANY,
	.run = invoices,
};

const struct cmd cmd_export_payments = {
	.name = "export payments",
	.args = N_("[FILTER]"),
	.help = N_("payments of the customers, or of those who pass a filter, as a file"),
	.options = options,
	.terms = payment_terms,
	.max_args = 1000,
	.needs = NEEDS_COMPANY,
	.run = payments,
};

const struct cmd cmd_export_tasks = {
	.name = "export tasks",
	.args = N_("[FILTER]"),
	.help = N_("tasks and calls, open and done, of the customers as a file"),
	.options = options,
	.terms = task_terms,
	.max_args = 1000,
	.needs = NEEDS_COMPANY,
	.run = tasks,
};

const struct cmd cmd_import_refused = {
	.name = "import refused",
	.args = N_("ID"),
	.help = N_("the lines that an import refused, with their reasons, as a file to correct"),
	.options = refused_options,
	.min_args = 1,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = refused,
};
