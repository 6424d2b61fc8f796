/* backup, backup list: verified copies of the store. */
#include "cmds.h"
#include "out.h"

#include "backup.h"
#include "i18n.h"

static int backup(struct cli *cli)
{
	struct err err = ERR_INIT;
	const char *path;

	if (!backup_make(cli->s, BACKUP_MANUAL, &cli->arena, &path, &err))
		return cli_fail(cli, &err);
	if (!cli->quiet)
		fprintf(cli->out, "%s\n", path);
	return EXIT_DONE;
}

/* Why it was taken, as part of its name, and for people. */
static const struct {
	const char *word;
	const char *label;
} reasons[] = {
	{ "manual", N_("by hand") },
	{ "import", N_("before an import") },
	{ "undo", N_("before an undo") },
	{ "merge", N_("before a merge") },
};

static void out_reason(struct out_table *t, const char *word)
{
	const char *label = word;

	for (size_t i = 0; i < ARRAY_SIZE(reasons); i++)
		if (!strcmp(reasons[i].word, word))
			label = reasons[i].label;
	out_word(t, word, label);
}

static int list(struct cli *cli)
{
	static const struct out_column columns[] = {
		{ "at", N_("Taken"), OUT_LEFT },
		{ "reason", N_("Why"), OUT_LEFT },
		{ "bytes", N_("Bytes"), OUT_RIGHT },
		{ "path", N_("File"), OUT_LEFT },
	};
	struct err err = ERR_INIT;
	struct out_table *t;
	struct backup *all;
	int n;

	if (!backup_list(cli->s, &cli->arena, &all, &n, &err))
		return cli_fail(cli, &err);
	t = out_table_new(cli->out, cli->json, cli->lang, columns, (int)ARRAY_SIZE(columns));
	for (int i = 0; i < n; i++) {
		out_instant(t, all[i].at, cli->tz);
		out_reason(t, all[i].reason);
		out_int(t, all[i].bytes);
		out_text(t, all[i].path);
		out_row_end(t);
	}
	out_table_end(t);
	return EXIT_DONE;
}

const struct cmd cmd_backup = {
	.name = "backup",
	.args = "",
	.help = N_("copies the store, checks the copy and prints where it is"),
	.more = N_("Copies are kept in the folder “backups” beside the store. Imports, undos and "
		   "merges make one by themselves first."),
	.needs = NEEDS_STORE,
	.run = backup,
};

const struct cmd cmd_backup_list = {
	.name = "backup list",
	.args = "",
	.help = N_("the copies there are, the latest first"),
	.needs = NEEDS_STORE,
	.run = list,
};
