/* campaigns create, edit, duplicate, delete: drafts. */
#include "campaign_args.h"
#include "cli_value.h"
#include "cmds.h"

#include "i18n.h"

static bool put_texts(struct cli *cli, struct campaign_args *a, struct err *err)
{
	for (int i = 0; i < a->n_texts; i++) {
		a->texts[i].campaign_id = a->campaign.id;
		if (!campaigns_text_put(cli->s, &a->texts[i], &a->campaign.revision, err))
			return false;
	}
	return true;
}

static int create(struct cli *cli)
{
	struct campaign_args a = { .campaign = { .name = "",
					   .order = "",
					   .filter = "",
					   .persons = "",
					   .sender = "",
					   .created_by = "" } };
	struct err err = ERR_INIT, unused = ERR_INIT;
	int code;

	if (!campaign_args_take(cli, &a, &err) || !campaigns_save(cli->s, &a.campaign, &err))
		return cli_fail(cli, &err);
	if (!put_texts(cli, &a, &err)) {
		/* All or nothing: half of a campaign is of no use to a script. */
		if (!campaigns_delete(cli->s, a.campaign.id, &unused))
			err_clear(&unused);
		return cli_fail(cli, &err);
	}
	code = cli_tell_id(cli, a.campaign.id);
	return code == EXIT_DONE && a.unknown ? EXIT_REFUSED : code;
}

static bool get(struct cli *cli, struct campaign *out, struct err *err)
{
	struct campaign_card card;
	int64_t id;

	if (!cli_id(cli, cli->args[0], _("a campaign"), &id) ||
		!campaigns_get(cli->s, id, &cli->arena, &card, err))
		return false;
	*out = card.campaign;
	return true;
}

static int edit(struct cli *cli)
{
	struct campaign_args a = { .n_texts = 0 };
	struct err err = ERR_INIT;

	if (!get(cli, &a.campaign, &err) || !campaign_args_take(cli, &a, &err) ||
		!campaigns_save(cli->s, &a.campaign, &err) || !put_texts(cli, &a, &err))
		return cli_fail(cli, &err);
	return a.unknown ? EXIT_REFUSED : EXIT_DONE;
}

static int duplicate(struct cli *cli)
{
	struct err err = ERR_INIT;
	int64_t id, made;

	if (!cli_id(cli, cli->args[0], _("a campaign"), &id) ||
		!campaigns_duplicate(cli->s, id, &made, &err))
		return cli_fail(cli, &err);
	return cli_tell_id(cli, made);
}

static int delete (struct cli *cli)
{
	struct err err = ERR_INIT;
	int64_t id;

	if (!cli_id(cli, cli->args[0], _("a campaign"), &id) || !campaigns_delete(cli->s, id, &err))
		return cli_fail(cli, &err);
	return EXIT_DONE;
}

const struct cmd cmd_campaigns_create = {
	.name = "campaigns create",
	.args = "",
	.help = N_("a new campaign, as a draft; its id is printed"),
	.more = N_("Nothing is sent before “campaigns launch”. Texts may ask for {{prenom|cher "
		   "client}} and the like; “campaigns check” says what is wrong with them."),
	.options = campaign_options,
	.terms = campaign_args_terms,
	.needs = NEEDS_COMPANY,
	.run = create,
};

const struct cmd cmd_campaigns_edit = {
	.name = "campaigns edit",
	.args = N_("ID"),
	.help = N_("changes a draft: what is given, the rest stays"),
	.options = campaign_options,
	.terms = campaign_args_terms,
	.min_args = 1,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = edit,
};

const struct cmd cmd_campaigns_duplicate = {
	.name = "campaigns duplicate",
	.args = N_("ID"),
	.help = N_("a draft with the same texts and people and no schedule; its id is printed"),
	.min_args = 1,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = duplicate,
};

const struct cmd cmd_campaigns_delete = {
	.name = "campaigns delete",
	.args = N_("ID"),
	.help = N_("removes a draft"),
	.min_args = 1,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = delete,
};
