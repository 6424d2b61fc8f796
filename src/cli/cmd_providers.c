/* providers: a company's accounts at those who carry messages. */
#include "cli_secret.h"
#include "cli_value.h"
#include "cmds.h"
#include "out.h"
#include "out_doc.h"

#include "crypt.h"
#include "i18n.h"
#include "num.h"
#include "provider_test.h"
#include "providers.h"
#include "secrets.h"

#define CHANGES_MOST 24

static bool find_provider(const struct cli *cli, const char *text, enum provider_name *name)
{
	if (provider_name_parse(text, name))
		return true;
	cli_usage(cli, _("“%s” is none of the providers; “providers list” shows them"), text);
	return false;
}

static bool find_channel(const struct cli *cli, const char *text, enum channel *channel)
{
	if (channel_parse(text, channel))
		return true;
	cli_usage(cli, _("“%s” is none of the channels %s"), text,
		"email, sms, whatsapp, facebook, instagram");
	return false;
}

/* "SMS, WhatsApp"; in the command's arena. */
static const char *channels_of(struct cli *cli, enum provider_name name)
{
	struct strbuf s = STRBUF_INIT;
	const char *out;

	for (int i = 0; i < CHANNEL_COUNT; i++)
		if (provider_serves(name, (enum channel)i))
			strbuf_addf(&s, "%s%s", s.len ? "," : "", channel_word((enum channel)i));
	out = arena_strndup(&cli->arena, s.buf, s.len);
	strbuf_release(&s);
	return out;
}

static void out_set_up(struct out_table *t, const struct provider_card *c)
{
	if (!c->account.revision)
		/* TRANSLATORS: of an account at a provider */
		out_word(t, "NO", N_("not set up"));
	else if (!c->account.active)
		/* TRANSLATORS: of an account at a provider */
		out_word(t, "OFF", N_("switched off"));
	else if (c->missing)
		/* TRANSLATORS: of an account at a provider */
		out_word(t, "INCOMPLETE", N_("incomplete"));
	else
		out_word(t, breaker_state_word(c->account.state),
			breaker_state_label(c->account.state));
}

static void out_tested(struct out_table *t, const struct provider_account *a)
{
	if (!a->tested_at)
		/* TRANSLATORS: of an account at a provider */
		out_word(t, "NEVER", N_("never"));
	else if (a->tested_ok)
		/* TRANSLATORS: of a test of a provider */
		out_word(t, "OK", N_("worked"));
	else
		/* TRANSLATORS: of a test of a provider */
		out_word(t, "FAILED", N_("failed"));
}

static int list(struct cli *cli)
{
	static const struct out_column columns[] = {
		{ "name", N_("Name"), OUT_LEFT },
		{ "provider", N_("Provider"), OUT_LEFT },
		{ "channels", N_("Channels"), OUT_LEFT },
		{ "state", N_("State"), OUT_LEFT },
		{ "until", NULL, OUT_JSON },
		{ "code", N_("Code"), OUT_LEFT },
		{ "hourly", N_("An hour"), OUT_RIGHT },
		{ "tested", N_("Test"), OUT_LEFT },
		{ "tested_at", N_("On"), OUT_LEFT },
	};
	struct provider_card cards[PROVIDER_COUNT];
	struct err err = ERR_INIT;
	struct out_table *t;

	if (!providers_list(cli->s, &cli->arena, cards, &err))
		return cli_fail(cli, &err);
	t = out_table_new(cli->out, cli->json, cli->lang, columns, ARRAY_SIZE(columns));
	for (int i = 0; i < PROVIDER_COUNT; i++) {
		const struct provider_account *a = &cards[i].account;

		out_text(t, provider_name_word((enum provider_name)i));
		out_text(t, _(provider_name_label((enum provider_name)i)));
		out_text(t, channels_of(cli, (enum provider_name)i));
		out_set_up(t, &cards[i]);
		out_instant(t, a->state_until, cli->tz);
		out_text(t, a->state_code);
		out_int(t, a->hourly);
		out_tested(t, a);
		out_instant(t, a->tested_at, cli->tz);
		out_row_end(t);
	}
	out_table_end(t);
	return EXIT_DONE;
}

/* --- one account --- */

static const struct out_column field_columns[] = {
	{ "key", N_("Setting"), OUT_LEFT },
	{ "value", N_("Value"), OUT_LEFT },
	{ "what", N_("What it is"), OUT_LEFT },
	{ "needed", NULL, OUT_JSON },
};

static void print_field(struct out_table *t, const struct provider_card *c, size_t i)
{
	const struct provider_field *f = &c->fields[i];

	out_text(t, f->key);
	if (f->kind != FIELD_SECRET)
		out_text(t, *c->values[i] ? c->values[i] : f->initial);
	else if (c->set[i])
		/* TRANSLATORS: of a password: there is one, and it is not shown */
		out_word(t, "SEALED", N_("(kept)"));
	else
		out_none(t);
	out_text(t, _(f->label));
	out_text(t, f->required ? "yes" : "no");
	out_row_end(t);
}

static void print_card(struct cli *cli, struct out_doc *d, const struct provider_card *c)
{
	const struct provider_account *a = &c->account;
	struct out_table *t;

	out_doc_word(d, "provider", N_("Provider"), provider_name_word(a->name),
		provider_name_label(a->name));
	out_doc_text(d, "channels", N_("Channels"), channels_of(cli, a->name));
	out_doc_bool(d, "set_up", a->revision);
	out_doc_bool(d, "active", a->active);
	out_doc_text(d, "missing", N_("Still needed"), c->missing ? c->missing : "");
	out_doc_word(d, "state", N_("State"), breaker_state_word(a->state),
		breaker_state_label(a->state));
	out_doc_text(d, "code", N_("Code"), a->state_code);
	out_doc_int(d, "hourly", N_("An hour"), a->hourly);
	out_doc_int(d, "batch", NULL, a->batch);
	out_doc_text(d, "countries", N_("Countries"), a->countries);
	out_doc_text(d, "prices", N_("Prices"), a->prices);
	out_doc_instant(d, "tested_at", N_("Tested"), a->tested_at, cli->tz);
	if (a->tested_at)
		out_doc_bool(d, "tested_ok", a->tested_ok);
	t = out_doc_table(d, "settings", NULL, field_columns, ARRAY_SIZE(field_columns));
	for (size_t i = 0; i < PROVIDER_FIELDS && c->fields[i].key; i++)
		print_field(t, c, i);
	out_table_end(t);
	if (c->help)
		out_doc_line(d, _(c->help));
}

static int show(struct cli *cli)
{
	struct provider_card card;
	struct err err = ERR_INIT;
	enum provider_name name;
	struct out_doc *d;

	if (!find_provider(cli, cli->args[0], &name))
		return EXIT_USAGE;
	if (!providers_get(cli->s, name, &cli->arena, &card, &err))
		return cli_fail(cli, &err);
	d = out_doc_new(cli->out, cli->json, cli->lang);
	print_card(cli, d, &card);
	out_doc_end(d);
	return EXIT_DONE;
}

static bool is_secret(const struct provider_card *c, const char *key)
{
	for (size_t i = 0; i < PROVIDER_FIELDS && c->fields[i].key; i++)
		if (!strcmp(c->fields[i].key, key))
			return c->fields[i].kind == FIELD_SECRET;
	return false;
}

/* KEY=VALUE; of a secret the value is asked for, never taken from the line. */
static bool take_change(struct cli *cli, const struct provider_card *card, const char *text,
	struct provider_change *out)
{
	const char *eq = strchr(text, '=');

	if (!eq || eq == text) {
		cli_usage(cli, _("“%s” is no KEY=VALUE"), text);
		return false;
	}
	out->key = arena_strndup(&cli->arena, text, (size_t)(eq - text));
	out->value = eq + 1;
	if (!is_secret(card, out->key) || !*out->value)
		return true;
	if (strcmp(out->value, "-") != 0) {
		cli_usage(cli,
			_("%s is a secret that others could read on the command line: give "
			  "%s=- and type it"),
			out->key, out->key);
		return false;
	}
	out->value = arena_alloc(&cli->arena, CLI_SECRET_MAX);
	return cli_secret(cli, arena_printf(&cli->arena, "%s:", out->key), (char *)out->value);
}

static void wipe_secrets(const struct provider_card *card, struct provider_change *changes, int n)
{
	for (int i = 0; i < n; i++)
		if (changes[i].key && is_secret(card, changes[i].key) && *changes[i].value)
			crypt_wipe((char *)changes[i].value, strlen(changes[i].value));
}

static int set(struct cli *cli)
{
	struct provider_change changes[CHANGES_MOST] = { { .key = NULL } };
	int n = cli->n_args - 1, code = EXIT_DONE;
	struct provider_card card;
	struct err err = ERR_INIT;
	enum provider_name name;

	if (!find_provider(cli, cli->args[0], &name))
		return EXIT_USAGE;
	if (!providers_get(cli->s, name, &cli->arena, &card, &err))
		return cli_fail(cli, &err);
	for (int i = 0; i < n; i++)
		if (!take_change(cli, &card, cli->args[i + 1], &changes[i]))
			return EXIT_USAGE;
	if (!providers_set(cli->s, name, PROVIDERS_ANY, changes, n, &err))
		code = cli_fail(cli, &err);
	wipe_secrets(&card, changes, n);
	return code;
}

/* --- order and limits --- */

static int order(struct cli *cli)
{
	enum provider_name names[PROVIDER_COUNT];
	bool abroad = cli_has(cli, "--abroad");
	struct err err = ERR_INIT;
	enum channel channel;
	int n;

	if (!find_channel(cli, cli->args[0], &channel))
		return EXIT_USAGE;
	if (cli->n_args > 1)
		return providers_order_set(cli->s, channel, abroad, cli->args[1], &err)
			       ? EXIT_DONE
			       : cli_fail(cli, &err);
	if (!providers_order(cli->s, channel, abroad, names, &n, &err))
		return cli_fail(cli, &err);
	for (int i = 0; i < n; i++)
		fprintf(cli->out, "%s%s", i ? "," : "", provider_name_word(names[i]));
	putc('\n', cli->out);
	return EXIT_DONE;
}

static int list_limits(struct cli *cli)
{
	static const struct out_column columns[] = {
		{ "name", N_("Name"), OUT_LEFT },
		{ "hourly", N_("An hour"), OUT_RIGHT },
	};
	struct provider_card cards[PROVIDER_COUNT];
	int64_t hourly[CHANNEL_COUNT];
	struct err err = ERR_INIT;
	struct out_table *t;

	if (!providers_list(cli->s, &cli->arena, cards, &err))
		return cli_fail(cli, &err);
	for (int i = 0; i < CHANNEL_COUNT; i++)
		if (!providers_channel_hourly(cli->s, (enum channel)i, &hourly[i], &err))
			return cli_fail(cli, &err);
	t = out_table_new(cli->out, cli->json, cli->lang, columns, ARRAY_SIZE(columns));
	for (int i = 0; i < CHANNEL_COUNT + PROVIDER_COUNT; i++) {
		int p = i - CHANNEL_COUNT;

		out_text(t, p < 0 ? channel_word((enum channel)i)
				  : provider_name_word((enum provider_name)p));
		out_int(t, p < 0 ? hourly[i] : cards[p].account.hourly);
		out_row_end(t);
	}
	out_table_end(t);
	return EXIT_DONE;
}

/* A channel and a provider may have one name: Facebook's are the channel's here. */
static int limits(struct cli *cli)
{
	struct provider_change change = { "hourly", NULL };
	struct err err = ERR_INIT;
	enum provider_name name;
	enum channel channel;
	int64_t hourly;
	bool ok;

	if (!cli->n_args)
		return list_limits(cli);
	if (cli->n_args != 2 || !num_parse_i64(cli->args[1], 0, PROVIDER_HOURLY_MOST, &hourly))
		return cli_usage(cli, _("a limit is a name and a number, 0 for none"));
	if (channel_parse(cli->args[0], &channel)) {
		ok = providers_channel_hourly_set(cli->s, channel, hourly, &err);
	} else {
		if (!find_provider(cli, cli->args[0], &name))
			return EXIT_USAGE;
		change.value = cli->args[1];
		ok = providers_set(cli->s, name, PROVIDERS_ANY, &change, 1, &err);
	}
	return ok ? EXIT_DONE : cli_fail(cli, &err);
}

/* --- a test --- */

static void print_result(struct cli *cli, const struct provider_test_result *r)
{
	static const char *const words[SEND_OUTCOME_COUNT] = { "SENT", "REFUSED", "RETRY", "DOWN",
		"FORBIDDEN", "QUOTA", "UNCERTAIN", "MORE" };
	const struct send_result *s = &r->result;
	struct out_doc *d = out_doc_new(cli->out, cli->json, cli->lang);

	out_doc_text(d, "outcome", NULL, words[s->outcome]);
	out_doc_line(d, _(provider_test_sentence(s)));
	out_doc_word(d, "channel", NULL, channel_word(r->channel), channel_label(r->channel));
	out_doc_text(d, "to", N_("Written to"), r->to);
	if (s->reason != REASON_NONE)
		out_doc_word(d, "reason", N_("Why"), message_reason_word(s->reason),
			message_reason_label(s->reason));
	out_doc_text(d, "code", N_("Code"), s->code);
	out_doc_text(d, "provider_id", N_("Its id there"), s->provider_id);
	out_doc_int(d, "took_ms", NULL, r->took_ms);
	out_doc_end(d);
}

static int test(struct cli *cli)
{
	struct provider_test trial = { .channel = -1, .to = cli_get(cli, "--to", "") };
	const char *word = cli_get(cli, "--channel", NULL);
	struct provider_test_result result;
	struct err err = ERR_INIT;
	enum channel channel;

	if (!find_provider(cli, cli->args[0], &trial.name) ||
		(word && !find_channel(cli, word, &channel)))
		return EXIT_USAGE;
	if (!*trial.to)
		return cli_usage(cli, _("%s wants %s"), "providers test", "--to");
	if (word)
		trial.channel = (int)channel;
	if (!provider_test_send(cli->s, &trial, &result, &err))
		return cli_fail(cli, &err);
	print_result(cli, &result);
	return result.result.outcome == OUTCOME_SENT ? EXIT_DONE : EXIT_FAILED;
}

/* --- the key that opens the secrets --- */

static int recovery_key(struct cli *cli)
{
	char key[RECOVERY_LEN + 1];
	struct err err = ERR_INIT;

	if (!secrets_recovery(cli->s, key, &err))
		return cli_fail(cli, &err);
	fprintf(cli->out, "%s\n", key);
	crypt_wipe(key, sizeof(key));
	return EXIT_DONE;
}

static int recover(struct cli *cli)
{
	char typed[CLI_SECRET_MAX];
	struct err err = ERR_INIT;
	bool ok;

	if (!cli_secret(cli, _("Recovery key:"), typed))
		return EXIT_USAGE;
	ok = secrets_recover(cli->s, typed, &err);
	crypt_wipe(typed, sizeof(typed));
	return ok ? EXIT_DONE : cli_fail(cli, &err);
}

static const struct cli_option order_options[] = {
	{ "--abroad", NULL, N_("of SMS to other countries than the company's own"), false },
	{ NULL, NULL, NULL, false },
};

static const struct cli_option test_options[] = {
	{ "--to", N_("ADDRESS"), N_("one's own e-mail address, telephone number or id"), false },
	{ "--channel", "email|sms|whatsapp|facebook|instagram",
		N_("of a provider that carries several"), false },
	{ NULL, NULL, NULL, false },
};

const struct cmd cmd_providers_list = {
	.name = "providers list",
	.args = "",
	.help = N_("who carries messages: set up or not, how they are, limits, last test"),
	.needs = NEEDS_COMPANY,
	.run = list,
};

const struct cmd cmd_providers_show = {
	.name = "providers show",
	.args = N_("NAME"),
	.help = N_("an account at a provider, and what it still needs"),
	.min_args = 1,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = show,
};

const struct cmd cmd_providers_set = {
	.name = "providers set",
	.args = N_("NAME KEY=VALUE..."),
	.help = N_("sets up an account at a provider, or changes it"),
	.more = N_("Of passwords and tokens the value is “-”: they are typed without being shown, "
		   "or come line by line from the standard input. An empty value takes one away. "
		   "Every account also has active, hourly, batch, countries and prices."),
	.min_args = 2,
	.max_args = CHANGES_MOST + 1,
	.needs = NEEDS_COMPANY,
	.run = set,
};

const struct cmd cmd_providers_order = {
	.name = "providers order",
	.args = N_("CHANNEL [NAME,NAME...]"),
	.help = N_("in which order the providers of a channel are tried"),
	.more = N_("Without names it prints the order; an empty one goes back to the program's."),
	.options = order_options,
	.min_args = 1,
	.max_args = 2,
	.needs = NEEDS_COMPANY,
	.run = order,
};

const struct cmd cmd_providers_limits = {
	.name = "providers limits",
	.args = N_("[NAME N]"),
	.help = N_("recipients an hour, of a provider or a channel; 0 for no limit"),
	.max_args = 2,
	.needs = NEEDS_COMPANY,
	.run = limits,
};

const struct cmd cmd_providers_test = {
	.name = "providers test",
	.args = N_("NAME"),
	.help = N_("sends one real message through a provider at once, to oneself"),
	.options = test_options,
	.min_args = 1,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = test,
};

const struct cmd cmd_providers_recovery_key = {
	.name = "providers recovery-key",
	.args = "",
	.help = N_("prints the key that opens the secrets elsewhere: keep it on paper"),
	.needs = NEEDS_COMPANY,
	.run = recovery_key,
};

const struct cmd cmd_providers_recover = {
	.name = "providers recover",
	.args = "",
	.help = N_("opens the secrets with the recovery key, typed or from the standard input"),
	.needs = NEEDS_COMPANY,
	.run = recover,
};
