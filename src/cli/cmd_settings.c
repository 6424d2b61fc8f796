/* settings: how a company sends. */
#include "cmds.h"
#include "out.h"

#include "i18n.h"
#include "settings.h"

static int list(struct cli *cli)
{
	static const struct out_column columns[] = {
		{ "key", N_("Setting"), OUT_LEFT },
		{ "value", N_("Value"), OUT_LEFT },
		{ "what", N_("What it is"), OUT_LEFT },
	};
	struct strbuf value = STRBUF_INIT;
	struct err err = ERR_INIT;
	struct out_table *t =
		out_table_new(cli->out, cli->json, cli->lang, columns, ARRAY_SIZE(columns));
	bool ok = true;

	for (int i = 0; ok && i < SETTING_COUNT; i++) {
		enum setting setting = (enum setting)i;

		strbuf_clear(&value);
		ok = settings_text(cli->s, setting, &value, &err);
		if (!ok)
			break;
		out_text(t, setting_key(setting));
		out_text(t, value.buf);
		out_text(t, _(setting_label(setting)));
		out_row_end(t);
	}
	out_table_end(t);
	strbuf_release(&value);
	return ok ? EXIT_DONE : cli_fail(cli, &err);
}

static int set(struct cli *cli)
{
	struct err err = ERR_INIT;
	enum setting setting;

	if (!setting_find(cli->args[0], &setting))
		return cli_usage(cli, _("there is no setting “%s”; “settings list” shows them"),
			cli->args[0]);
	return settings_set(cli->s, setting, cli->args[1], &err) ? EXIT_DONE : cli_fail(cli, &err);
}

const struct cmd cmd_settings_list = {
	.name = "settings list",
	.args = "",
	.help = N_("how the company sends: limits, hours, orders, and what each setting is"),
	.needs = NEEDS_COMPANY,
	.run = list,
};

const struct cmd cmd_settings_set = {
	.name = "settings set",
	.args = N_("KEY VALUE"),
	.help = N_("changes a setting; an empty value goes back to the program's own"),
	.min_args = 2,
	.max_args = 2,
	.needs = NEEDS_COMPANY,
	.run = set,
};
