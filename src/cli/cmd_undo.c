/* undo: takes back an import, an edit, a change of many, a merge. */
#include "cli_value.h"
#include "cmds.h"
#include "out_doc.h"

#include "i18n.h"
#include "undo.h"

static int list(struct cli *cli)
{
	static const struct out_column columns[] = {
		{ "id", N_("Id"), OUT_LEFT },
		{ "at", N_("When"), OUT_LEFT },
		{ "actor", N_("Who"), OUT_LEFT },
		{ "kind", N_("Kind"), OUT_LEFT },
		{ "title", N_("What"), OUT_LEFT },
		{ "undone_at", N_("Taken back"), OUT_LEFT },
	};
	int64_t before = INT64_MAX, limit;
	const char *after = cli_get(cli, "--after", NULL);
	struct undo_entry *entries;
	struct err err = ERR_INIT;
	struct out_table *t;
	int n;

	if ((after && !cli_id(cli, after, _("a change"), &before)) ||
		!cli_number(cli, "--limit", 1, 10000, 50, &limit) ||
		!undo_list(cli->s, before, (int)limit, &cli->arena, &entries, &n, &err))
		return cli_fail(cli, &err);
	t = out_table_new(cli->out, cli->json, cli->lang, columns, (int)ARRAY_SIZE(columns));
	for (int i = 0; i < n; i++) {
		out_id(t, entries[i].journal_id);
		out_instant(t, entries[i].at, cli->tz);
		out_text(t, entries[i].actor);
		out_word(t, entries[i].kind, undo_kind_label(entries[i].kind));
		out_text(t, entries[i].title);
		out_instant(t, entries[i].undone_at, cli->tz);
		out_row_end(t);
	}
	out_table_end(t);
	return EXIT_DONE;
}

static void tell_kept(struct out_doc *d, const struct undo_result *r)
{
	static const struct out_column columns[] = {
		{ "entity", N_("What"), OUT_LEFT },
		{ "id", N_("Id"), OUT_LEFT },
		{ "why", N_("Why"), OUT_LEFT },
	};
	struct out_table *t;

	t = out_doc_table(d, "kept_rows", r->n_list ? _("Left as it is") : NULL, columns,
		(int)ARRAY_SIZE(columns));
	for (int i = 0; i < r->n_list; i++) {
		out_text(t, r->list[i].entity);
		out_id(t, r->list[i].id);
		out_word(t, r->list[i].why == UNDO_EDITED ? "EDITED" : "IN_USE",
			undo_why_label(r->list[i].why));
		out_row_end(t);
	}
	out_table_end(t);
}

static void tell(struct cli *cli, const struct undo_result *r)
{
	struct out_doc *d = out_doc_new(cli->out, cli->json, cli->lang);
	struct strbuf line = STRBUF_INIT;

	if (cli->json) {
		out_doc_id(d, "id", NULL, r->journal_id);
		out_doc_text(d, "title", NULL, r->title);
		out_doc_int(d, "taken_back", NULL, r->taken_back);
		out_doc_int(d, "kept", NULL, r->kept);
	}
	/* TRANSLATORS: “tiers.csv” is taken back: 12 rows. */
	strbuf_addf(&line,
		ngettext("“%s” is taken back: %lld row.", "“%s” is taken back: %lld rows.",
			(unsigned long)r->taken_back),
		r->title, (long long)r->taken_back);
	out_doc_line(d, line.buf);
	tell_kept(d, r);
	out_doc_end(d);
	strbuf_release(&line);
}

static int undo(struct cli *cli)
{
	struct undo_result r = { .title = "" };
	const struct progress *p;
	struct err err = ERR_INIT;
	int64_t id = 0;
	bool ok;

	if (cli_has(cli, "--list"))
		return list(cli);
	if (cli->n_args && !cli_id(cli, cli->args[0], _("a change"), &id))
		return EXIT_USAGE;
	p = cli_progress(cli, _("Undoing"));
	ok = id ? undo_journal(cli->s, id, p, &cli->arena, &r, &err)
		: undo_last(cli->s, p, &cli->arena, &r, &err);
	cli_progress_end(cli);
	if (!ok)
		return cli_fail(cli, &err);
	if (!cli->quiet || cli->json)
		tell(cli, &r);
	return r.kept ? EXIT_REFUSED : EXIT_DONE;
}

static const struct cli_option options[] = {
	{ "--list", NULL, N_("list what can be taken back, or was, instead"), false },
	{ "--limit", N_("N"), N_("of the list: at most so many; 50 by default"), false },
	{ "--after", N_("ID"), N_("of the list: the page after the one that ended with this"),
		false },
	{ NULL, NULL, NULL, false },
};

const struct cmd cmd_undo = {
	.name = "undo",
	.args = N_("[ID]"),
	.help = N_("takes back an import or another change as a whole; one's last by default"),
	.more = N_("What somebody changed since, or what is needed by now, is left and told, and "
		   "the exit code is 4 then. Refusals are never taken back. Cut short, the same "
		   "command goes on."),
	.options = options,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = undo,
};
