/* The commands as a part of the man page. */
#include "cli.h"
#include "cmds.h"
#include "help_terms.h"

#include "i18n.h"

/* Text for roff: a leading dot or quote and every backslash, quotation mark and dash
 * are escaped. */
static void roff(FILE *out, const char *s)
{
	if (*s == '.' || *s == '\'')
		fputs("\\&", out);
	for (; *s; s++) {
		if (*s == '\\')
			fputs("\\e", out);
		else if (*s == '-')
			fputs("\\-", out);
		else if (*s == '"')
			fputs("\\(dq", out);
		else if (*s == '~')
			fputs("\\(ti", out);
		else
			putc(*s, out);
	}
}

static void man_title(FILE *out, const char *title)
{
	fputs(".PP\n", out);
	roff(out, title);
	putc('\n', out);
}

static void man_term(FILE *out, const char *name, const char *words)
{
	fputs(".TP\n.B \"", out);
	roff(out, name);
	fputs("\"\n", out);
	roff(out, words);
	putc('\n', out);
}

static void man_options(FILE *out, const struct cli_option *o)
{
	for (; o && o->name; o++) {
		fputs(".TP\n.B \"", out);
		roff(out, o->name);
		if (o->arg) {
			fputs(" \\fI", out);
			roff(out, _(o->arg));
			fputs("\\fR", out);
		}
		fputs("\"\n", out);
		roff(out, _(o->help));
		putc('\n', out);
	}
}

static void man_command(FILE *out, const struct cmd *c)
{
	struct cli_terms terms = { out, man_title, man_term };

	fputs(".SS \"", out);
	roff(out, c->name);
	if (*c->args) {
		putc(' ', out);
		roff(out, _(c->args));
	}
	fputs("\"\n", out);
	roff(out, _(c->help));
	fputs(".\n", out);
	if (c->more)
		man_title(out, _(c->more));
	man_options(out, c->options);
	if (c->terms)
		c->terms(&terms);
}

void help_man(FILE *out)
{
	for (const struct cmd *const *c = cmd_table; *c; c++)
		man_command(out, *c);
	fprintf(out, ".SH \"%s\"\n", _("COMMON OPTIONS"));
	man_options(out, cli_common);
}
