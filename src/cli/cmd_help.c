/* help: the commands, one command, the man page, the completions. */
#include "cli.h"
#include "cmds.h"
#include "help_terms.h"

#include "i18n.h"
#include "utf8.h"

#define WIDTH 80
#define HANGING 25 /* where the words of an option begin */

/* Words from column `at` on, further lines from column `indent`. */
static void print_wrapped(FILE *out, const char *text, size_t at, size_t indent)
{
	bool first = true;

	while (*text) {
		size_t len = strcspn(text, " ");
		size_t cells = utf8_width(text, len);

		if (!first && at + 1 + cells > WIDTH) {
			putc('\n', out);
			at = 0;
			first = true;
		}
		if (first && at < indent) {
			fprintf(out, "%*s", (int)(indent - at), "");
			at = indent;
		} else if (!first) {
			putc(' ', out);
			at++;
		}
		fwrite(text, 1, len, out);
		at += cells;
		first = false;
		text += len;
		text += strspn(text, " ");
	}
	putc('\n', out);
}

/* A name and, from a column of their own, its words. */
static void print_term(FILE *out, const char *name, const char *words)
{
	size_t width = 2 + utf8_width(name, strlen(name));

	fprintf(out, "  %s", name);
	if (width > HANGING - 2) {
		putc('\n', out);
		width = 0;
	}
	print_wrapped(out, words, width, HANGING);
}

static void print_title(FILE *out, const char *title)
{
	fprintf(out, "\n%s\n", title);
}

void cli_terms_title(struct cli_terms *to, const char *title)
{
	to->title(to->out, title);
}

void cli_term(struct cli_terms *to, const char *name, const char *words)
{
	to->term(to->out, name, words);
}

static void print_options(FILE *out, const struct cli_option *o)
{
	for (; o && o->name; o++) {
		struct strbuf left = STRBUF_INIT;

		strbuf_adds(&left, o->name);
		if (o->arg)
			strbuf_addf(&left, " %s", _(o->arg));
		print_term(out, left.buf, _(o->help));
		strbuf_release(&left);
	}
}

bool cmd_in_family(const struct cmd *cmd, const char *family)
{
	size_t len = strlen(family);

	return !strncmp(cmd->name, family, len) && cmd->name[len] == ' ';
}

/* The commands of a family; of all for NULL. */
static void print_commands(FILE *out, const char *family)
{
	for (const struct cmd *const *c = cmd_table; *c; c++) {
		struct strbuf left = STRBUF_INIT;

		if (family && !cmd_in_family(*c, family) && strcmp((*c)->name, family) != 0)
			continue;
		strbuf_adds(&left, (*c)->name);
		if (*(*c)->args)
			strbuf_addf(&left, " %s", _((*c)->args));
		print_term(out, left.buf, _((*c)->help));
		strbuf_release(&left);
	}
}

static bool is_family(const char *name)
{
	for (const struct cmd *const *c = cmd_table; *c; c++)
		if (cmd_in_family(*c, name))
			return true;
	return false;
}

int cmd_help_family(struct cli *cli, const char *family)
{
	FILE *out = cli->out;
	bool known = is_family(family);

	if (!known) {
		fprintf(out, "%s\n\n",
			_("ecompta-crm: customers of the accounting suite, known, scored and at "
			  "hand"));
		print_term(out, "ecompta-crm", _("open the screens"));
		print_term(out, _("ecompta-crm COMMAND"), _("do one of these and end:"));
		putc('\n', out);
	}
	print_commands(out, known ? family : NULL);
	fprintf(out, "\n%s\n", _("With every command:"));
	print_options(out, cli_common);
	fprintf(out, "\n%s\n",
		_("“ecompta-crm COMMAND --help” says more; the rest is in “man ecompta-crm”."));
	return EXIT_DONE;
}

int cmd_help_of(struct cli *cli, const struct cmd *cmd)
{
	struct cli_terms terms = { cli->out, print_title, print_term };

	fprintf(cli->out, "ecompta-crm %s%s%s\n\n", cmd->name, *cmd->args ? " " : "",
		*cmd->args ? _(cmd->args) : "");
	print_wrapped(cli->out, _(cmd->help), 0, 2);
	if (cmd->more) {
		putc('\n', cli->out);
		print_wrapped(cli->out, _(cmd->more), 0, 2);
	}
	if (cmd->options && cmd->options->name)
		putc('\n', cli->out);
	print_options(cli->out, cmd->options);
	if (cmd->terms)
		cmd->terms(&terms);
	putc('\n', cli->out);
	print_options(cli->out, cli_common);
	return EXIT_DONE;
}

static void print_option_words(FILE *out, const struct cli_option *o)
{
	for (; o && o->name; o++) {
		const char *arg = o->arg ? o->arg : "";

		fprintf(out, " %s%s", o->name, *arg ? "=" : "");
		for (; *arg; arg++)
			putc(*arg == ' ' ? '_' : *arg, out);
	}
}

/* Lines "command words<TAB>--switch --option=ARG" for the completion script. */
static void print_words(FILE *out)
{
	for (const struct cmd *const *c = cmd_table; *c; c++) {
		fprintf(out, "%s\t", (*c)->name);
		print_option_words(out, (*c)->options);
		print_option_words(out, cli_common);
		putc('\n', out);
	}
}

static const struct cmd *by_name(const struct cli *cli)
{
	struct strbuf name = STRBUF_INIT;
	const struct cmd *found = NULL;

	for (int i = 0; i < cli->n_args; i++)
		strbuf_addf(&name, "%s%s", i ? " " : "", cli->args[i]);
	for (const struct cmd *const *c = cmd_table; *c; c++)
		if (!strcmp((*c)->name, name.buf))
			found = *c;
	strbuf_release(&name);
	return found;
}

static int help(struct cli *cli)
{
	const struct cmd *cmd = by_name(cli);

	if (cli_has(cli, "--man")) {
		help_man(cli->out);
		return EXIT_DONE;
	}
	if (cli_has(cli, "--words")) {
		print_words(cli->out);
		return EXIT_DONE;
	}
	if (cmd)
		return cmd_help_of(cli, cmd);
	if (cli->n_args && !is_family(cli->args[0]))
		return cli_usage(cli, _("there is no command “%s”; “ecompta-crm help” lists them"),
			cli->args[0]);
	return cmd_help_family(cli, cli->n_args ? cli->args[0] : "");
}

static const struct cli_option options[] = {
	{ "--man", NULL, N_("the commands as a part of the man page"), false },
	{ "--words", NULL, N_("commands and options for completion scripts"), false },
	{ NULL, NULL, NULL, false },
};

const struct cmd cmd_help = {
	.name = "help",
	.args = N_("[COMMAND]"),
	.help = N_("the commands, or how one goes"),
	.options = options,
	.max_args = 3,
	.needs = NEEDS_NOTHING,
	.run = help,
};
