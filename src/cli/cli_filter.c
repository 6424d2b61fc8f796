#include "cli_filter.h"

#include "i18n.h"
#include "utf8.h"

static void tell_problem(const struct cli *cli, const char *text, const struct filter_error *e)
{
	struct strbuf expected = STRBUF_INIT, where = STRBUF_INIT;

	filter_error_add(e, gettext, &expected);
	utf8_add_clean(&where, text + e->at, e->len, "?");
	if (e->len)
		/* TRANSLATORS: filter “scor>5”, at “scor”: a field is expected */
		cli_usage(cli, _("filter “%s”, at “%s”: %s"), text, where.buf, expected.buf);
	else
		cli_usage(cli, _("filter “%s”, at its end: %s"), text, expected.buf);
	strbuf_release(&expected);
	strbuf_release(&where);
}

bool cli_filter(struct cli *cli, const char *text, const struct filter **out)
{
	struct filter_error error;

	if (filter_parse(&cli->arena, text, out, &error))
		return true;
	tell_problem(cli, text, &error);
	return false;
}

bool cli_filter_args(struct cli *cli, const struct filter **out)
{
	struct strbuf text = STRBUF_INIT_MAX(FILTER_TEXT_MAX + 1);
	bool ok;

	for (int i = 0; i < cli->n_args; i++)
		strbuf_addf(&text, "%s%s", i ? " " : "", cli->args[i]);
	ok = cli_filter(cli, text.buf, out);
	strbuf_release(&text);
	return ok;
}

static void add_choices(struct strbuf *out, const struct filter_choices *choices)
{
	for (int i = 0; i < choices->count; i++)
		strbuf_addf(out, "%s%s", i ? ", " : " (", choices->word(i));
	strbuf_addc(out, ')');
}

void cli_filter_terms(struct cli_terms *to)
{
	const struct filter_choices *told = NULL;

	cli_terms_title(to, _("Fields of a filter:"));
	for (int f = 0; f < FILTER_FIELDS; f++) {
		const struct filter_info *info = filter_info((enum filter_field)f);
		struct strbuf words = STRBUF_INIT;

		strbuf_adds(&words, _(info->help));
		/* The consents one after the other have the same: the first says which. */
		if (info->choices && info->choices != told)
			add_choices(&words, info->choices);
		told = info->choices;
		cli_term(to, info->name, words.buf);
		strbuf_release(&words);
	}
}
