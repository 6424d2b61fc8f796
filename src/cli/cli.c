#include "cli.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <unistd.h>

#include "clock.h"
#include "cmds.h"
#include "crypt.h"
#include "i18n.h"
#include "language.h"
#include "num.h"
#include "say.h"
#include "tz.h"

const struct cli_option cli_common[] = {
	{ "--store", N_("FILE"), N_("the store to work on"), false },
	{ "--company", N_("NAME"), N_("the company, by name or id"), false },
	{ "--lang", "fr|en", N_("language of what is printed"), false },
	{ "--json", NULL, N_("print JSON"), false },
	{ "--quiet", NULL, N_("no progress, no closing remark"), false },
	{ "--verbose", NULL, N_("say the technical reason of an error too"), false },
	{ "--help", NULL, N_("how the command goes"), false },
	{ NULL, NULL, NULL, false },
};

static const struct cli_option *find_option(
	const struct cli_option *table, const char *name, size_t len)
{
	for (; table && table->name; table++)
		if (strlen(table->name) == len && !memcmp(table->name, name, len))
			return table;
	return NULL;
}

/* How many words of the line name this command; 0 if they name another. */
static int match(const struct cmd *cmd, int argc, char **argv)
{
	const char *name = cmd->name;

	for (int n = 0; n < argc; n++) {
		size_t len = strlen(argv[n]);

		if (strncmp(name, argv[n], len) || (name[len] && name[len] != ' '))
			return 0;
		if (!name[len])
			return n + 1;
		name += len + 1;
	}
	return 0;
}

/* The longest name wins: "tasks" and "tasks add" may both be there. */
static const struct cmd *find_cmd(int argc, char **argv, int *used)
{
	const struct cmd *found = NULL;

	*used = 0;
	for (const struct cmd *const *c = cmd_table; *c; c++) {
		int n = match(*c, argc, argv);

		if (n > *used) {
			*used = n;
			found = *c;
		}
	}
	return found;
}

bool cli_wants(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "--version") ||
			argv[i][0] != '-')
			return true;
		if (!strcmp(argv[i], "--store") || !strcmp(argv[i], "--company") ||
			!strcmp(argv[i], "--lang"))
			i++;
		else if (strncmp(argv[i], "--store=", 8) && strncmp(argv[i], "--company=", 10) &&
			 strncmp(argv[i], "--lang=", 7))
			return true;
	}
	return false;
}

const char *cli_get(const struct cli *cli, const char *name, const char *none)
{
	for (int i = cli->n_values - 1; i >= 0; i--)
		if (!strcmp(cli->values[i].option->name, name))
			return cli->values[i].text;
	return none;
}

bool cli_has(const struct cli *cli, const char *name)
{
	return cli_get(cli, name, NULL) != NULL;
}

size_t cli_all(struct cli *cli, const char *name, const char *const **out)
{
	const char **all = arena_zalloc(&cli->arena, (size_t)cli->n_values + 1, sizeof(*all));
	size_t n = 0;

	for (int i = 0; i < cli->n_values; i++)
		if (!strcmp(cli->values[i].option->name, name))
			all[n++] = cli->values[i].text;
	*out = all;
	return n;
}

bool cli_number(const struct cli *cli, const char *name, int64_t min, int64_t max, int64_t none,
	int64_t *out)
{
	const char *text = cli_get(cli, name, NULL);

	*out = none;
	if (!text || num_parse_i64(text, min, max, out))
		return true;
	cli_usage(cli, _("%s wants a whole number from %lld to %lld, not “%s”"), name,
		(long long)min, (long long)max, text);
	return false;
}

static int exit_of(enum err_code code)
{
	switch ((int)code) {
	case ERR_NOT_FOUND:
	case ERR_GONE:
	case ERR_NO_COMPANY:
	case ERR_PROVIDER_UNSET:
	case ERR_LIST_NOBODY:
		return EXIT_MISSING;
	case ERR_USAGE:
	case ERR_INVALID:
	case ERR_MAP_FIELD:
	case ERR_MAP_COLUMN:
	case ERR_IMPORT_ASK_FIELD:
	case ERR_IMPORT_ASK_DECIMAL:
	case ERR_IMPORT_ASK_DATES:
	case ERR_IMPORT_TICKS:
	case ERR_IMPORT_RATE:
	case ERR_EXPORT_COLUMN:
	case ERR_KEY_TYPED:
	case ERR_PASSPHRASE_SHORT:
	case ERR_PROVIDER_KEY:
	case ERR_PROVIDER_VALUE:
	case ERR_PROVIDER_NEEDS:
	case ERR_PROVIDER_CHANNEL:
	case ERR_URL:
	case ERR_FILTER:
	case ERR_LAUNCH_PEOPLE:
		return EXIT_USAGE;
	case ERR_STORE_BUSY:
	case ERR_SCORES_BUSY:
	case ERR_IMPORT_BUSY:
	case ERR_LAUNCH_BUSY:
	case ERR_SEND_BUSY:
		return EXIT_BUSY;
	case ERR_FORBIDDEN:
	case ERR_NO_RIGHT:
		return EXIT_FORBIDDEN;
	case ERR_CANCELLED:
		return EXIT_STOPPED;
	default:
		return EXIT_FAILED;
	}
}

int cli_fail(const struct cli *cli, const struct err *err)
{
	struct strbuf words = STRBUF_INIT;
	struct err said = *err;

	if (err->code == ERR_NONE)
		return EXIT_USAGE;
	/* Somebody typed it: nobody has seen it go. */
	if (err->code == ERR_GONE) {
		said.code = ERR_NOT_FOUND;
		/* Its id, where it has no name. */
		if (*err->detail && !err->detail[strspn(err->detail, "0123456789")])
			snprintf(said.subject, sizeof(said.subject), "%.200s %.20s",
				say_subject(err), err->detail);
	}
	say_error(&words, &said);
	fprintf(stderr, "ecompta-crm: %s\n", words.buf);
	if (cli->verbose && *err->detail)
		fprintf(stderr, "  %s: %s\n", err_name(err->code), err->detail);
	strbuf_release(&words);
	return exit_of(err->code);
}

int cli_usage(const struct cli *cli, const char *fmt, ...)
{
	struct strbuf what = STRBUF_INIT;
	struct err err = ERR_INIT;
	va_list ap;
	int code;

	va_start(ap, fmt);
	strbuf_vaddf(&what, fmt, ap);
	va_end(ap);
	err_set(&err, ERR_USAGE, what.buf, "%s", "");
	code = cli_fail(cli, &err);
	strbuf_release(&what);
	return code;
}

/* One option of argv[*i]; moves *i over its value. */
static bool take_option(struct cli *cli, int argc, char **argv, int *i)
{
	const char *word = argv[*i];
	const char *eq = strchr(word, '=');
	size_t len = eq ? (size_t)(eq - word) : strlen(word);
	const struct cli_option *o = cli->cmd ? find_option(cli->cmd->options, word, len) : NULL;
	const char *text = "";

	if (!o)
		o = find_option(cli_common, word, len);
	if (!o) {
		cli_usage(cli, _("“%s” is not one of its options"), word);
		return false;
	}
	if (o->arg) {
		if (!eq && *i + 1 >= argc) {
			cli_usage(cli, _("%s wants a value"), o->name);
			return false;
		}
		text = eq ? eq + 1 : argv[++*i];
	} else if (eq) {
		cli_usage(cli, _("%s takes no value"), o->name);
		return false;
	}
	cli->values[cli->n_values++] = (struct cli_value){ o, text };
	return true;
}

static bool parse(struct cli *cli, int argc, char **argv)
{
	bool options = true;

	for (int i = 0; i < argc; i++) {
		if (options && !strcmp(argv[i], "--"))
			options = false;
		else if (options && argv[i][0] == '-' && argv[i][1] == '-') {
			if (!take_option(cli, argc, argv, &i))
				return false;
		} else
			cli->args[cli->n_args++] = argv[i];
	}
	return true;
}

/* Options that must be known before anything is said. */
const char *cli_early(int argc, char **argv, const char *name)
{
	size_t len = strlen(name);
	const char *found = NULL;

	for (int i = 0; i < argc; i++) {
		if (!strncmp(argv[i], name, len) && argv[i][len] == '=')
			found = argv[i] + len + 1;
		else if (!strcmp(argv[i], name) && i + 1 < argc)
			found = argv[i + 1];
	}
	return found;
}

/* The clock on the company's wall. A zone that this machine does not have is told
 * by doctor; until then times are those of UTC, which needs no file. */
static struct tz *zone_of(const struct company *c)
{
	struct err unseen = ERR_INIT;
	struct tz *tz = c->id ? tz_load(c->time_zone, &unseen) : NULL;

	err_clear(&unseen);
	return tz ? tz : tz_load("UTC", &unseen);
}

static int open_session(struct cli *cli, struct err *err)
{
	struct session_options o = {
		.store = cli->store,
		.company = cli->company,
		.origin = ORIGIN_COMMAND,
		.clock = clock_system_or_env(),
		.must_exist = cli->cmd->needs != MAKES_STORE,
	};

	if (cli->cmd->needs == NEEDS_NOTHING)
		return EXIT_DONE;
	cli->s = session_open(&o, err);
	if (!cli->s)
		return cli_fail(cli, err);
	cli->tz = zone_of(&cli->s->company);
	if (cli->cmd->needs == NEEDS_COMPANY && !cli->s->company.id) {
		err_set(err, ERR_NO_COMPANY, cli->company ? cli->company : "?", "%s", "");
		return cli_fail(cli, err);
	}
	return EXIT_DONE;
}

static bool count_fits(const struct cli *cli)
{
	const struct cmd *cmd = cli->cmd;

	if (cli->n_args < cmd->min_args) {
		cli_usage(cli, _("%s wants %s"), cmd->name, _(cmd->args));
		return false;
	}
	if (cli->n_args > cmd->max_args) {
		cli_usage(cli, _("“%s” is one word too many"), cli->args[cmd->max_args]);
		return false;
	}
	return true;
}

/* The first word of a family alone is told what may follow. */
static int no_command(const struct cli *cli)
{
	const char *family = cli->n_args ? cli->args[0] : "";
	struct strbuf which = STRBUF_INIT;
	int code;

	for (const struct cmd *const *c = cmd_table; *c; c++)
		if (cmd_in_family(*c, family))
			strbuf_addf(&which, "%s%s", which.len ? ", " : "",
				(*c)->name + strlen(family) + 1);
	if (which.len)
		code = cli_usage(cli, _("“%s” wants one of these after it: %s"), family, which.buf);
	else
		code = cli_usage(
			cli, _("there is no command “%s”; “ecompta-crm help” lists them"), family);
	strbuf_release(&which);
	return code;
}

static int run(struct cli *cli)
{
	struct err err = ERR_INIT;
	int code;

	if (cli_has(cli, "--help"))
		return cli->cmd ? cmd_help_of(cli, cli->cmd)
				: cmd_help_family(cli, cli->n_args ? cli->args[0] : "");
	if (!cli->cmd)
		return no_command(cli);
	if (!count_fits(cli))
		return EXIT_USAGE;
	if (!crypt_init(&err))
		return cli_fail(cli, &err);
	code = open_session(cli, &err);
	if (code == EXIT_DONE)
		code = cli->cmd->run(cli);
	if (fflush(cli->out) || ferror(cli->out)) {
		err_set_errno(&err, ERR_IO, "stdout");
		code = cli_fail(cli, &err);
	}
	return code;
}

int cli_run(int argc, char **argv)
{
	struct cli cli = { .out = stdout, .arena = ARENA_INIT };
	int used, code = EXIT_USAGE;

	argc--, argv++;
	cli.lang = language_choose(cli_early(argc, argv, "--lang"));
	if (argc && !strcmp(argv[0], "--version")) {
		printf("%s\n", PACKAGE_STRING);
		return EXIT_DONE;
	}
	cli.values = arena_zalloc(&cli.arena, (size_t)argc + 1, sizeof(*cli.values));
	cli.args = arena_zalloc(&cli.arena, (size_t)argc + 1, sizeof(*cli.args));
	/* The habit of services: a switch that is a command. */
	for (int i = 0; i < argc; i++)
		if (!strcmp(argv[i], "--daemon"))
			argv[i] += 2;
	/* Options may stand before the command: the command's words come first then. */
	for (used = 0; used < argc && argv[used][0] == '-';)
		if (!take_option(&cli, argc, argv, &used))
			goto out;
		else
			used++;
	argc -= used, argv += used;
	cli.cmd = find_cmd(argc, argv, &used);
	if (!parse(&cli, argc - used, argv + used))
		goto out;
	cli.store = cli_get(&cli, "--store", getenv("ECOMPTA_STORE"));
	cli.company = cli_get(&cli, "--company", getenv("ECOMPTA_COMPANY"));
	cli.json = cli_has(&cli, "--json");
	cli.quiet = cli_has(&cli, "--quiet");
	cli.verbose = cli_has(&cli, "--verbose");
	code = run(&cli);
out:
	tz_free(cli.tz);
	session_close(cli.s);
	arena_release(&cli.arena);
	return code;
}
