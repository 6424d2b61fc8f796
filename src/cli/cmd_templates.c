/* templates: texts to begin campaigns from. */
#include "cli_value.h"
#include "cmds.h"
#include "out.h"
#include "out_doc.h"

#include "customer_ref.h"
#include "i18n.h"
#include "num.h"
#include "templates.h"

/* Of those that came with the program the name is ours to translate. */
static const char *name_of(const struct saved_template *t)
{
	return *t->system_key ? _(t->name) : t->name;
}

static bool take_channel(struct cli *cli, int *out)
{
	const char *word = cli_get(cli, "--channel", NULL);
	enum channel channel;

	*out = -1;
	if (!word)
		return true;
	if (!channel_parse(word, &channel))
		return cli_no_choice(cli, "--channel");
	*out = (int)channel;
	return true;
}

static int list(struct cli *cli)
{
	static const struct out_column columns[] = {
		{ "id", N_("Id"), OUT_LEFT },
		{ "name", N_("Name"), OUT_LEFT },
		{ "key", N_("Key"), OUT_LEFT },
		{ "channel", N_("Channel"), OUT_LEFT },
		{ "type", N_("For"), OUT_LEFT },
		{ "languages", N_("Languages"), OUT_LEFT },
		{ "archived_at", NULL, OUT_JSON },
	};
	struct saved_template *all;
	struct err err = ERR_INIT;
	struct out_table *t;
	int n, channel;

	if (!take_channel(cli, &channel))
		return EXIT_USAGE;
	if (!templates_list(cli->s, channel, cli_has(cli, "--all"), &cli->arena, &all, &n, &err))
		return cli_fail(cli, &err);
	t = out_table_new(cli->out, cli->json, cli->lang, columns, ARRAY_SIZE(columns));
	for (int i = 0; i < n; i++) {
		out_id(t, all[i].id);
		out_text(t, name_of(&all[i]));
		out_text(t, all[i].system_key);
		out_word(t, channel_word(all[i].channel), channel_label(all[i].channel));
		out_word(t, campaign_type_word(all[i].type), campaign_type_label(all[i].type));
		out_text(t, all[i].languages);
		out_instant(t, all[i].archived_at, cli->tz);
		out_row_end(t);
	}
	out_table_end(t);
	return EXIT_DONE;
}

/* By id; else by key or name, of the channel that --channel says or of the first that has
 * one. */
static bool find(struct cli *cli, const char *text, struct template_card *card, struct err *err)
{
	int channel;
	int64_t id;

	if (!take_channel(cli, &channel))
		return false;
	if (num_parse_i64(text, 1, INT64_MAX, &id))
		return templates_get(cli->s, id, &cli->arena, card, err);
	for (int i = 0; i < CHANNEL_COUNT; i++) {
		struct err why = ERR_INIT;

		if (channel >= 0 && i != channel)
			continue;
		if (templates_find(cli->s, (enum channel)i, text, &cli->arena, card, &why))
			return true;
		if (why.code != ERR_GONE) {
			*err = why;
			return false;
		}
	}
	return err_set(err, ERR_NOT_FOUND, text, "template");
}

static void print_text(struct cli *cli, struct out_doc *d, const struct saved_version *v,
	const struct template_preview *p)
{
	out_doc_section(d, v->language, v->language);
	out_doc_int(d, "version", N_("Version"), v->version);
	out_doc_text(d, "author", N_("By"), v->author);
	out_doc_instant(d, "created_at", N_("On"), v->created_at, cli->tz);
	out_doc_text(d, "subject", N_("Subject"), p ? p->subject : v->subject);
	out_doc_lines(d, "text", p ? p->text : v->text);
	out_doc_text(d, "html", NULL, p ? p->html : v->html);
	if (p && p->sms.parts)
		out_doc_int(d, "parts", N_("SMS"), p->sms.parts);
	out_doc_section_end(d);
}

static bool print_texts(
	struct cli *cli, struct out_doc *d, const struct template_card *card, struct err *err)
{
	const char *customer = cli_get(cli, "--for", NULL);
	struct template_preview p;
	int64_t id = 0;

	if (customer && *customer && !customer_ref(cli->s, customer, &id, err))
		return false;
	for (int i = 0; i < card->n_versions; i++) {
		const struct saved_version *v = &card->versions[i];

		if (i && !strcmp(card->versions[i - 1].language, v->language))
			continue;
		if (customer &&
			!templates_preview(cli->s, &card->head, v, id, &cli->arena, &p, err))
			return false;
		print_text(cli, d, v, customer ? &p : NULL);
	}
	return true;
}

static int show(struct cli *cli)
{
	struct template_card card;
	struct err err = ERR_INIT;
	struct out_doc *d;
	bool ok;

	if (!find(cli, cli->args[0], &card, &err))
		return cli_fail(cli, &err);
	d = out_doc_new(cli->out, cli->json, cli->lang);
	out_doc_id(d, "id", NULL, card.head.id);
	out_doc_text(d, "name", N_("Name"), name_of(&card.head));
	out_doc_text(d, "key", N_("Key"), card.head.system_key);
	out_doc_word(d, "channel", N_("Channel"), channel_word(card.head.channel),
		channel_label(card.head.channel));
	out_doc_word(d, "type", N_("For"), campaign_type_word(card.head.type),
		campaign_type_label(card.head.type));
	ok = print_texts(cli, d, &card, &err);
	out_doc_end(d);
	return ok ? EXIT_DONE : cli_fail(cli, &err);
}

static int export(struct cli *cli)
{
	int64_t *ids = arena_zalloc(&cli->arena, (size_t)cli->n_args, sizeof(*ids));
	struct template_card card;
	struct err err = ERR_INIT;
	int n;

	for (int i = 1; i < cli->n_args; i++) {
		if (!find(cli, cli->args[i], &card, &err))
			return cli_fail(cli, &err);
		ids[i - 1] = card.head.id;
	}
	if (!templates_export(cli->s, ids, cli->n_args - 1, cli->args[0], &n, &err))
		return cli_fail(cli, &err);
	if (!cli->quiet)
		fprintf(cli->out, ngettext("%d template\n", "%d templates\n", (unsigned long)n), n);
	return EXIT_DONE;
}

/* --- in --- */

static bool ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), tail = strlen(end);

	return len > tail && !strcmp(text + len - tail, end);
}

/* NAME.LANGUAGE.txt gives both, unless the options say otherwise. */
static bool read_name(struct cli *cli, const char *path, struct saved_template *t, char language[8])
{
	const char *slash = strrchr(path, '/'), *type = cli_get(cli, "--type", "promotional");
	char *name = arena_strdup(&cli->arena, slash ? slash + 1 : path), *dot;
	int channel;

	if (!take_channel(cli, &channel))
		return false;
	if (!campaign_type_parse(type, &t->type))
		return cli_no_choice(cli, "--type");
	t->channel = channel >= 0 ? (enum channel)channel : CHANNEL_EMAIL;
	*strrchr(name, '.') = '\0';
	dot = strrchr(name, '.');
	snprintf(language, 8, "%s", lang_code(cli->s->company.language));
	if (dot && strlen(dot) == 3) {
		snprintf(language, 8, "%s", dot + 1);
		*dot = '\0';
	}
	snprintf(
		language, 8, "%s", cli_get(cli, "--language", arena_strdup(&cli->arena, language)));
	t->name = cli_get(cli, "--name", name);
	return true;
}

static int import(struct cli *cli)
{
	const char *path = cli->args[0];
	struct saved_template t = { .languages = "" };
	struct templates_imported got;
	struct err err = ERR_INIT;
	char language[8];
	bool ok;

	if (ends_with(path, ".txt") || ends_with(path, ".html") || ends_with(path, ".htm")) {
		if (!read_name(cli, path, &t, language))
			return EXIT_USAGE;
		ok = templates_import_text(cli->s, path, &t, language, &got, &err);
	} else {
		ok = templates_import(cli->s, path, &got, &err);
	}
	if (!ok)
		return cli_fail(cli, &err);
	if (!cli->quiet)
		fprintf(cli->out, _("new: %d, texts changed: %d, as they were: %d\n"), got.made,
			got.changed, got.same);
	return EXIT_DONE;
}

#define CHANNEL_OPTION                                                                             \
	{                                                                                          \
		"--channel", "email|sms|whatsapp|facebook|instagram", N_("of one channel"), false  \
	}

static const struct cli_option list_options[] = {
	CHANNEL_OPTION,
	{ "--all", NULL, N_("archived ones too"), false },
	{ NULL, NULL, NULL, false },
};

static const struct cli_option show_options[] = {
	CHANNEL_OPTION,
	{ "--for", N_("CUSTOMER"),
		N_("as it would be written for a customer; \"\" for an invented one"), false },
	{ NULL, NULL, NULL, false },
};

static const struct cli_option export_options[] = {
	CHANNEL_OPTION,
	{ NULL, NULL, NULL, false },
};

static const struct cli_option import_options[] = {
	CHANNEL_OPTION,
	{ "--name", N_("NAME"), N_("of a text: the template's name"), false },
	{ "--language", "fr|en", N_("of a text: its language"), false },
	{ "--type", "promotional|welcome|nurturing|retention|birthday|newsletter|transactional",
		N_("of a new template: what campaigns it is for"), false },
	{ NULL, NULL, NULL, false },
};

const struct cmd cmd_templates_list = {
	.name = "templates list",
	.args = "",
	.help = N_("texts to begin campaigns from"),
	.options = list_options,
	.needs = NEEDS_COMPANY,
	.run = list,
};

const struct cmd cmd_templates_show = {
	.name = "templates show",
	.args = N_("TEMPLATE"),
	.help = N_("a template's texts, by id, key or name; or as one customer would get them"),
	.options = show_options,
	.min_args = 1,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = show,
};

const struct cmd cmd_templates_export = {
	.name = "templates export",
	.args = N_("FILE [TEMPLATE]..."),
	.help = N_("writes templates to a JSON file, all or those named"),
	.options = export_options,
	.min_args = 1,
	.max_args = 200,
	.needs = NEEDS_COMPANY,
	.run = export,
};

const struct cmd cmd_templates_import = {
	.name = "templates import",
	.args = N_("FILE"),
	.help = N_("takes a file of templates, or one text: NAME.LANGUAGE.txt or .html"),
	.more = N_("A text that differs becomes the next version of its template; what was there "
		   "stays as it was. A first line “Subject: ...” followed by an empty one is the "
		   "subject of an e-mail."),
	.options = import_options,
	.min_args = 1,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = import,
};
