/* customers add, edit, tag, untag, stop, note: what scripts change. */
#include "cli_filter.h"
#include "cli_value.h"
#include "cmds.h"
#include "duplicate_tell.h"

#include "customer_list.h"
#include "customer_ref.h"
#include "customers.h"
#include "i18n.h"

/* --- fields --- */

/* "--first-name" of FIRST_NAME. */
static void option_of(enum customer_field field, char *out, size_t size)
{
	snprintf(out, size, "--%s", customer_field_word(field));
	for (; *out; out++) {
		if (*out >= 'A' && *out <= 'Z')
			*out = (char)(*out - 'A' + 'a');
		else if (*out == '_')
			*out = '-';
	}
}

static bool has_option(const struct cli *cli, const char *name)
{
	for (const struct cli_option *o = cli->cmd->options; o->name; o++)
		if (!strcmp(o->name, name))
			return true;
	return false;
}

/* What the options say over what `c` holds; false after telling what is wrong. */
static bool take_fields(struct cli *cli, struct customer *c)
{
	for (int f = 0; f < CF_COUNT; f++) {
		char name[32];
		const char *text;

		option_of((enum customer_field)f, name, sizeof(name));
		text = has_option(cli, name) ? cli_get(cli, name, NULL) : NULL;
		/* A day may be written in more ways than it is stored. */
		if (f == CF_BIRTH_DAY && text && *text)
			continue;
		if (text && !customer_field_set(c, (enum customer_field)f, text))
			return cli_usage(cli, _("%s cannot be “%s”"), name, text), false;
	}
	if (*cli_get(cli, "--birth-day", "") &&
		!cli_day(cli, "--birth-day", DAY_NONE, &c->birth_day))
		return false;
	return cli_minute(cli, "--best-time", c->best_minute, &c->best_minute);
}

/* Whoever has the same address is there already, unless the caller knows better;
 * a similar name alone is only told. */
static bool check_new(struct cli *cli, const struct customer *c, struct err *err)
{
	struct duplicate *found;
	bool fine = true;
	int n;

	if (cli_has(cli, "--anyway"))
		return true;
	if (!duplicates_of(cli->s, c, &cli->arena, &found, &n, err))
		return false;
	for (int i = 0; i < n; i++) {
		const struct customer_line *line = &found[i].line;
		const char *name = cli_customer_name(cli, line->name, line->first_name);
		struct strbuf why = STRBUF_INIT;

		duplicate_words(found[i].why, &why);
		if (!cli->quiet)
			/* TRANSLATORS: the id and name of a record, and what it has in common */
			fprintf(stderr, _("%lld %s: %s\n"), (long long)line->id, name, why.buf);
		strbuf_release(&why);
		if (fine && found[i].why & (DUPLICATE_EMAIL | DUPLICATE_PHONE))
			fine = err_set(err, ERR_DUPLICATE, name, "%s", "");
	}
	if (!fine && !cli->quiet)
		fprintf(stderr, "%s\n", _("Nothing was added; --anyway adds it all the same."));
	return fine;
}

static int add(struct cli *cli)
{
	struct customer c = CUSTOMER_INIT;
	struct err err = ERR_INIT;

	c.name = cli->args[0];
	if (!take_fields(cli, &c) || !check_new(cli, &c, &err) || !customers_add(cli->s, &c, &err))
		return cli_fail(cli, &err);
	return cli_tell_id(cli, c.id);
}

static int edit(struct cli *cli)
{
	struct customer_conflict conflict;
	struct customer_card card;
	struct customer after;
	struct err err = ERR_INIT;
	int64_t id;

	if (!customer_ref(cli->s, cli->args[0], &id, &err) ||
		!customers_get(cli->s, id, &cli->arena, &card, &err))
		return cli_fail(cli, &err);
	after = card.customer;
	if (!take_fields(cli, &after) ||
		!customers_edit(cli->s, &card.customer, &after, &cli->arena, &conflict, &err))
		return cli_fail(cli, &err);
	return EXIT_DONE;
}

/* --- tags --- */

/* The customers named behind the tag, or those who pass --filter. */
static bool take_set(
	struct cli *cli, struct list_query *q, struct customer_set *set, struct err *err)
{
	const char *filter = cli_get(cli, "--filter", NULL);
	int64_t *ids = arena_zalloc(&cli->arena, (size_t)cli->n_args, sizeof(*ids));

	*set = (struct customer_set){ .search = "" };
	if (!filter == (cli->n_args < 2)) {
		cli_usage(cli, "%s", _("name customers, or give --filter, and not both"));
		return false;
	}
	*q = customer_list_query(cli->s);
	if (filter) {
		set->query = q;
		return cli_filter(cli, filter, &q->filter);
	}
	for (int i = 1; i < cli->n_args; i++)
		if (!customer_ref(cli->s, cli->args[i], &ids[set->n++], err))
			return false;
	set->ids = ids;
	return true;
}

static int bulk(struct cli *cli, struct bulk_change *change)
{
	struct bulk_result r = { 0 };
	struct err err = ERR_INIT;
	struct customer_set set;
	struct list_query q;
	bool ok;

	change->tag = cli->args[0];
	if (!take_set(cli, &q, &set, &err))
		return cli_fail(cli, &err);
	ok = customers_bulk(cli->s, &set, change, cli_progress(cli, _("Customers")), &r, &err);
	cli_progress_end(cli);
	if (!ok)
		return cli_fail(cli, &err);
	if (cli->json)
		fprintf(cli->out, "{\"done\": %lld, \"changed\": %lld}\n", (long long)r.done,
			(long long)r.changed);
	else if (!cli->quiet)
		fprintf(cli->out,
			ngettext("%lld customer changed.\n", "%lld customers changed.\n",
				(unsigned long)r.changed),
			(long long)r.changed);
	return EXIT_DONE;
}

static int tag(struct cli *cli)
{
	struct bulk_change change = { .kind = BULK_TAG };

	return bulk(cli, &change);
}

static int untag(struct cli *cli)
{
	struct bulk_change change = { .kind = BULK_UNTAG };

	return bulk(cli, &change);
}

/* --- refusals, notes --- */

static bool take_channels(struct cli *cli, uint32_t *out)
{
	const char *const *all;
	size_t n = cli_all(cli, "--channel", &all);

	*out = 0;
	for (size_t i = 0; i < n; i++) {
		enum channel channel;

		if (!channel_parse(all[i], &channel))
			return cli_no_choice(cli, "--channel");
		*out |= UINT32_C(1) << channel;
	}
	return true;
}

static int stop(struct cli *cli)
{
	struct stop_request request = { .source = SOURCE_CALL, .note = cli_get(cli, "--note", "") };
	const char *how = cli_get(cli, "--how", NULL);
	struct err err = ERR_INIT;
	struct stop_result r;

	request.suppress = cli_has(cli, "--addresses");
	if (!take_channels(cli, &request.channels))
		return EXIT_USAGE;
	if (how && !consent_source_parse(how, &request.source)) {
		cli_no_choice(cli, "--how");
		return EXIT_USAGE;
	}
	if (!customer_ref(cli->s, cli->args[0], &request.customer_id, &err) ||
		!customers_stop_writing(cli->s, &request, &r, &err))
		return cli_fail(cli, &err);
	if (cli->quiet)
		return EXIT_DONE;
	for (int i = 0; i < CONSENT_SUBJECTS; i++)
		if (r.refused & CONSENT_BIT(i))
			/* TRANSLATORS: what it is about, and what is said of it */
			fprintf(cli->out, _("%s: %s\n"),
				_(consent_subject_label((enum consent_subject)i)),
				_(consent_state_label(CONSENT_REFUSED)));
	return EXIT_DONE;
}

static int note(struct cli *cli)
{
	struct note note = { .kind = NOTE_NOTE, .author = "", .text = cli->args[1] };
	struct err err = ERR_INIT;

	if (cli_has(cli, "--call"))
		note.kind = NOTE_CALL;
	if (!customer_ref(cli->s, cli->args[0], &note.customer_id, &err) ||
		!customers_note_add(cli->s, &note, &err))
		return cli_fail(cli, &err);
	return EXIT_DONE;
}

#define FIELDS                                                                                     \
	{ "--first-name", N_("TEXT"), N_("of a person"), false },                                  \
		{ "--kind", "person|firm", N_("a person or a firm"), false },                      \
		{ "--nature", "private|professional", N_("in what quality they are written to"),   \
			false },                                                                   \
		{ "--firm", N_("TEXT"), N_("where a person works"), false },                       \
		{ "--email", N_("ADDRESS"), N_("wrong ones are kept and never written to"),        \
			false },                                                                   \
		{ "--phone", N_("NUMBER"),                                                         \
			N_("with its country's code unless it is the company's"), false },         \
		{ "--street", N_("TEXT"), N_("street and number"), false },                        \
		{ "--postcode", N_("TEXT"), N_("postcode"), false },                               \
		{ "--city", N_("TEXT"), N_("city"), false },                                       \
		{ "--country", N_("CODE"), N_("ISO 3166 code"), false },                           \
		{ "--birth-day", N_("DAY"), N_("date of birth"), false },                          \
		{ "--language", "fr|en", N_("that they are written to in"), false },               \
		{ "--time-zone", N_("ZONE"), N_("for example Africa/Ouagadougou"), false },        \
		{ "--channels", N_("LIST"),                                                        \
			N_("preferred ones in their order, such as SMS,EMAIL"), false },           \
		{ "--best-time", N_("TIME"), N_("best contact time, such as 14:30"), false },      \
		{ "--account-key", N_("KEY"), N_("the accounting system's own key"), false },      \
	{                                                                                          \
		NULL, NULL, NULL, false                                                            \
	}

static const struct cli_option add_options[] = {
	{ "--anyway", NULL, N_("even if somebody has the same e-mail or telephone"), false },
	FIELDS,
};

static const struct cli_option edit_options[] = {
	{ "--name", N_("TEXT"), N_("a firm's name, a person's family name"), false },
	FIELDS,
};

static const struct cli_option tag_options[] = {
	{ "--filter", N_("FILTER"), N_("those who pass it instead, see “customers list”"), false },
	{ NULL, NULL, NULL, false },
};

static const struct cli_option stop_options[] = {
	{ "--channel", "email|sms|whatsapp|facebook|instagram",
		N_("only this one; may be repeated; all by default"), true },
	{ "--how", "call|counter|letter|form|reply", N_("how they said it; by a call by default"),
		false },
	{ "--note", N_("TEXT"), N_("what there is to show"), false },
	{ "--addresses", NULL, N_("their addresses too, for whoever else has them"), false },
	{ NULL, NULL, NULL, false },
};

static const struct cli_option note_options[] = {
	{ "--call", NULL, N_("it was said in a call"), false },
	{ NULL, NULL, NULL, false },
};

const struct cmd cmd_customers_add = {
	.name = "customers add",
	.args = N_("NAME"),
	.help = N_("a new customer; the id is printed"),
	.more = N_(
		"Who may be the same is told. With the same e-mail or telephone nothing is added "
		"unless --anyway is given."),
	.options = add_options,
	.min_args = 1,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = add,
};

const struct cmd cmd_customers_edit = {
	.name = "customers edit",
	.args = N_("CUSTOMER"),
	.help = N_("changes fields of a customer; an empty value clears one"),
	.options = edit_options,
	.min_args = 1,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = edit,
};

const struct cmd cmd_customers_tag = {
	.name = "customers tag",
	.args = N_("TAG [CUSTOMER]..."),
	.help = N_("gives customers a tag"),
	.options = tag_options,
	.min_args = 1,
	.max_args = 1000,
	.needs = NEEDS_COMPANY,
	.run = tag,
};

const struct cmd cmd_customers_untag = {
	.name = "customers untag",
	.args = N_("TAG [CUSTOMER]..."),
	.help = N_("takes a tag from customers"),
	.options = tag_options,
	.min_args = 1,
	.max_args = 1000,
	.needs = NEEDS_COMPANY,
	.run = untag,
};

const struct cmd cmd_customers_stop = {
	.name = "customers stop",
	.args = N_("CUSTOMER"),
	.help = N_("the person wants no more messages"),
	.more = N_(
		"Only the person's own later yes lifts a refusal; no import, merge or undo does."),
	.options = stop_options,
	.min_args = 1,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = stop,
};

const struct cmd cmd_customers_note = {
	.name = "customers note",
	.args = N_("CUSTOMER TEXT"),
	.help = N_("adds a note about a customer"),
	.options = note_options,
	.min_args = 2,
	.max_args = 2,
	.needs = NEEDS_COMPANY,
	.run = note,
};
