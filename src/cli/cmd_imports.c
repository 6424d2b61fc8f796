/* import list, import show: what came in, and which lines did not. */
#include "cli_value.h"
#include "cmds.h"
#include "import_tell.h"

#include "i18n.h"

#define PIECE 1000

static const struct out_column columns[] = {
	{ "id", N_("Id"), OUT_LEFT },
	{ "started_at", N_("Begun"), OUT_LEFT },
	{ "ended_at", NULL, OUT_JSON },
	{ "kind", N_("Kind"), OUT_LEFT },
	{ "file", N_("File"), OUT_LEFT },
	{ "status", N_("State"), OUT_LEFT },
	{ "created", N_("Created"), OUT_RIGHT },
	{ "changed", N_("Changed"), OUT_RIGHT },
	{ "unchanged", N_("Unchanged"), OUT_RIGHT },
	{ "refused", N_("Refusals"), OUT_RIGHT },
	{ "remarks", NULL, OUT_JSON },
	{ "customers", NULL, OUT_JSON },
};

static const char *file_of(const struct import_run *run)
{
	return *run->path ? run->path : _("(pasted)");
}

static void print_run(struct cli *cli, struct out_table *t, const struct import_run *run)
{
	const struct import_counts *c = &run->counts;

	out_id(t, run->id);
	out_instant(t, run->started_at, cli->tz);
	out_instant(t, run->ended_at, cli->tz);
	out_word(t, import_kind_word(run->kind), import_kind_label(run->kind));
	out_text(t, file_of(run));
	out_word(t, import_status_word(run->status), import_status_label(run->status));
	out_int(t, c->created);
	out_int(t, c->changed);
	out_int(t, c->unchanged);
	out_int(t, c->refused);
	out_int(t, c->remarks);
	out_int(t, c->customers);
	out_row_end(t);
}

static int list(struct cli *cli)
{
	const char *before_text = cli_get(cli, "--after", NULL);
	int64_t before = INT64_MAX, limit;
	struct err err = ERR_INIT;
	struct import_run *runs;
	struct out_table *t;
	int n;

	if ((before_text && !cli_id(cli, before_text, _("an import"), &before)) ||
		!cli_number(cli, "--limit", 1, 10000, 50, &limit) ||
		!imports_list(cli->s, before, (int)limit, &cli->arena, &runs, &n, &err))
		return cli_fail(cli, &err);
	t = out_table_new(cli->out, cli->json, cli->lang, columns, (int)ARRAY_SIZE(columns));
	for (int i = 0; i < n; i++)
		print_run(cli, t, &runs[i]);
	out_table_end(t);
	return EXIT_DONE;
}

static void tell_run(struct cli *cli, struct out_doc *d, const struct import_run *run)
{
	const struct import_counts *c = &run->counts;

	out_doc_id(d, "id", N_("Id"), run->id);
	out_doc_word(
		d, "kind", N_("Kind"), import_kind_word(run->kind), import_kind_label(run->kind));
	out_doc_said(d, "file", N_("File"), run->path, file_of(run));
	out_doc_text(d, "sheet", N_("Sheet"), run->sheet);
	out_doc_word(d, "status", N_("State"), import_status_word(run->status),
		import_status_label(run->status));
	out_doc_instant(d, "started_at", N_("Begun"), run->started_at, cli->tz);
	out_doc_instant(d, "ended_at", N_("Ended"), run->ended_at, cli->tz);
	out_doc_int(d, "created", N_("Created"), c->created);
	out_doc_int(d, "changed", N_("Changed"), c->changed);
	out_doc_int(d, "unchanged", N_("Unchanged"), c->unchanged);
	out_doc_int(d, "refused", N_("Refusals"), c->refused);
	out_doc_int(d, "remarks", N_("Remarks"), c->remarks);
	out_doc_int(d, "customers", c->customers ? N_("Customers created") : NULL, c->customers);
}

/* The lines one after the other, refusals and remarks apart. */
static bool read_lines(
	struct cli *cli, int64_t id, int64_t most, struct import_told *told, struct err *err)
{
	struct import_refusal *lines;
	const char *field = "";
	int64_t line = 0;
	int n = PIECE;

	told->most = (size_t)most;
	while (n == PIECE && (told->refused.len < told->most || told->remarks.len < told->most)) {
		if (!imports_refusals(cli->s, id, line, field, PIECE, &cli->arena, &lines, &n, err))
			return false;
		for (int i = 0; i < n; i++)
			import_told_note(told, &lines[i]);
		if (n) {
			line = lines[n - 1].line;
			field = lines[n - 1].field;
		}
	}
	return true;
}

static int show(struct cli *cli)
{
	struct import_told told = { .cli = cli };
	struct err err = ERR_INIT;
	struct import_run run;
	struct out_doc *d;
	int64_t id, most;

	if (!cli_id(cli, cli->args[0], _("an import"), &id) ||
		!cli_number(cli, "--limit", 0, INT32_MAX, 50, &most) ||
		!imports_get(cli->s, id, &cli->arena, &run, &err))
		return cli_fail(cli, &err);
	if (!read_lines(cli, id, most, &told, &err)) {
		import_told_release(&told);
		return cli_fail(cli, &err);
	}
	d = out_doc_new(cli->out, cli->json, cli->lang);
	tell_run(cli, d, &run);
	import_tell_told(cli, d, run.kind, &run.counts, &told);
	out_doc_end(d);
	import_told_release(&told);
	return EXIT_DONE;
}

static const struct cli_option list_options[] = {
	{ "--limit", N_("N"), N_("at most so many; 50 by default"), false },
	{ "--after", N_("ID"), N_("the page after the one that ended with this import"), false },
	{ NULL, NULL, NULL, false },
};

static const struct cli_option show_options[] = {
	{ "--limit", N_("N"), N_("at most so many lines; 50 by default"), false },
	{ NULL, NULL, NULL, false },
};

const struct cmd cmd_import_list = {
	.name = "import list",
	.args = "",
	.help = N_("the imports, the latest first"),
	.options = list_options,
	.needs = NEEDS_COMPANY,
	.run = list,
};

const struct cmd cmd_import_show = {
	.name = "import show",
	.args = N_("ID"),
	.help = N_("one import, with the lines it refused and why"),
	.options = show_options,
	.min_args = 1,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = show,
};
