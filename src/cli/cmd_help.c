/* help: the commands, one command, the man page, the completions. */
#include "cli.h"
#include "cmds.h"

#include "i18n.h"
#include "utf8.h"

static void print_wrapped(FILE *out, const char *text, size_t indent, size_t width)
{
	size_t at = 0;

	while (*text) {
		size_t len = strcspn(text, " ");
		size_t cells = utf8_width(text, len);

		if (at && at + 1 + cells > width) {
			putc('\n', out);
			at = 0;
		}
		if (!at) {
			fprintf(out, "%*s", (int)indent, "");
			at = indent;
		} else {
			putc(' ', out);
			at++;
		}
		fwrite(text, 1, len, out);
		at += cells;
		text += len;
		text += strspn(text, " ");
	}
	putc('\n', out);
}

static void print_options(FILE *out, const struct cli_option *o)
{
	for (; o && o->name; o++) {
		struct strbuf left = STRBUF_INIT;

		strbuf_addf(&left, "  %s", o->name);
		if (o->arg)
			strbuf_addf(&left, " %s", _(o->arg));
		fputs(left.buf, out);
		for (size_t w = utf8_width(left.buf, left.len); w < 24; w++)
			putc(' ', out);
		fprintf(out, " %s\n", _(o->help));
		strbuf_release(&left);
	}
}

static void print_all(FILE *out)
{
	fprintf(out, "%s\n\n", _("ecompta-crm: customers of the accounting suite, known, scored and at hand"));
	fprintf(out, "  ecompta-crm                            %s\n", _("open the screens"));
	for (const struct cmd *const *c = cmd_table; *c; c++) {
		struct strbuf left = STRBUF_INIT;

		strbuf_addf(&left, "  ecompta-crm %s%s%s", (*c)->name, *(*c)->args ? " " : "",
			*(*c)->args ? _((*c)->args) : "");
		fputs(left.buf, out);
		for (size_t w = utf8_width(left.buf, left.len); w < 40; w++)
			putc(' ', out);
		fprintf(out, " %s\n", _((*c)->help));
		strbuf_release(&left);
	}
	fprintf(out, "\n%s\n", _("With every command:"));
	print_options(out, cli_common);
	fprintf(out, "\n%s\n", _("“ecompta-crm COMMAND --help” says more; the rest is in “man ecompta-crm”."));
}

int cmd_help_of(struct cli *cli, const struct cmd *cmd)
{
	if (!cmd) {
		print_all(cli->out);
		return EXIT_DONE;
	}
	fprintf(cli->out, "ecompta-crm %s%s%s\n\n", cmd->name, *cmd->args ? " " : "",
		*cmd->args ? _(cmd->args) : "");
	print_wrapped(cli->out, _(cmd->help), 2, 78);
	if (cmd->more) {
		putc('\n', cli->out);
		print_wrapped(cli->out, _(cmd->more), 2, 78);
	}
	if (cmd->options && cmd->options->name)
		putc('\n', cli->out);
	print_options(cli->out, cmd->options);
	putc('\n', cli->out);
	print_options(cli->out, cli_common);
	return EXIT_DONE;
}

/* Text for roff: a leading dot or quote and every backslash and dash are escaped. */
static void roff(FILE *out, const char *s)
{
	if (*s == '.' || *s == '\'')
		fputs("\\&", out);
	for (; *s; s++) {
		if (*s == '\\')
			fputs("\\e", out);
		else if (*s == '-')
			fputs("\\-", out);
		else
			putc(*s, out);
	}
}

static void man_options(FILE *out, const struct cli_option *o)
{
	for (; o && o->name; o++) {
		fputs(".TP\n.B ", out);
		roff(out, o->name);
		if (o->arg) {
			fputs(" \\fI", out);
			roff(out, _(o->arg));
			fputs("\\fR", out);
		}
		putc('\n', out);
		roff(out, _(o->help));
		putc('\n', out);
	}
}

static void man_command(FILE *out, const struct cmd *c)
{
	fputs(".SS \"", out);
	roff(out, c->name);
	if (*c->args) {
		putc(' ', out);
		roff(out, _(c->args));
	}
	fputs("\"\n", out);
	roff(out, _(c->help));
	fputs(".\n", out);
	if (c->more) {
		fputs(".PP\n", out);
		roff(out, _(c->more));
		putc('\n', out);
	}
	man_options(out, c->options);
}

/* The part of the man page that the tables know; data/ecompta-crm.1.in has the rest. */
static int print_man(FILE *out)
{
	for (const struct cmd *const *c = cmd_table; *c; c++)
		man_command(out, *c);
	fprintf(out, ".SH \"%s\"\n", _("COMMON OPTIONS"));
	man_options(out, cli_common);
	return EXIT_DONE;
}

/* Lines "command words<TAB>--option --option" for the completion script. */
static int print_words(FILE *out)
{
	for (const struct cmd *const *c = cmd_table; *c; c++) {
		fprintf(out, "%s\t", (*c)->name);
		for (const struct cli_option *o = (*c)->options; o && o->name; o++)
			fprintf(out, "%s ", o->name);
		for (const struct cli_option *o = cli_common; o->name; o++)
			fprintf(out, "%s%s", o->name, o[1].name ? " " : "\n");
	}
	return EXIT_DONE;
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

	if (cli_has(cli, "--man"))
		return print_man(cli->out);
	if (cli_has(cli, "--words"))
		return print_words(cli->out);
	if (cli->n_args && !cmd)
		return cli_usage(cli, _("there is no command “%s”; “ecompta-crm help” lists them"),
			cli->args[0]);
	return cmd_help_of(cli, cmd);
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
