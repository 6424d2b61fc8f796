/* import customers, import invoices, import payments, import resume: accounting
 * exports come in; what became of them is told in the end. */
#include <strings.h>

#include "cli_value.h"
#include "cmds.h"
#include "import_tell.h"

#include "i18n.h"

#define PASTE_MAX ((size_t)16 << 20)

/* --- options --- */

static bool take_charset(const struct cli *cli, enum charset *out)
{
	const char *text = cli_get(cli, "--charset", NULL);

	*out = CHARSET_NONE;
	if (!text)
		return true;
	for (int c = CHARSET_NONE + 1; c < CHARSET_COUNT; c++)
		if (!strcasecmp(text, charset_name((enum charset)c)))
			*out = (enum charset)c;
	return *out != CHARSET_NONE || cli_no_choice(cli, "--charset");
}

static bool take_dates(const struct cli *cli, enum import_dates *out)
{
	const char *text = cli_get(cli, "--dates", NULL);

	*out = IMPORT_DATES_FIND;
	if (!text)
		return true;
	if (!strcasecmp(text, "dmy"))
		*out = IMPORT_DATES_DMY;
	else if (!strcasecmp(text, "mdy"))
		*out = IMPORT_DATES_MDY;
	return *out != IMPORT_DATES_FIND || cli_no_choice(cli, "--dates");
}

static bool take_options(struct cli *cli, struct import_options *o)
{
	o->sheet = cli_get(cli, "--sheet", NULL);
	o->currency = cli_get(cli, "--currency", NULL);
	o->n_maps = cli_all(cli, "--map", &o->maps);
	o->n_rates = cli_all(cli, "--rate", &o->rates);
	o->merge_same_day = cli_has(cli, "--merge-same-day");
	o->create_customers = cli_has(cli, "--create-customers");
	o->existing_customers = cli_has(cli, "--existing-customers");
	o->collected_at_sale = cli_has(cli, "--collected-at-sale");
	o->similar_goods = cli_has(cli, "--similar-goods");
	o->told_they_may_refuse = cli_has(cli, "--told-they-may-refuse");
	if (cli_has(cli, "--no-header"))
		o->header = IMPORT_HEADER_NO;
	else if (cli_has(cli, "--header"))
		o->header = IMPORT_HEADER_YES;
	return take_charset(cli, &o->charset) && cli_decimal(cli, &o->decimal) &&
	       take_dates(cli, &o->dates) && cli_delimiter(cli, &o->delimiter);
}

/* "-": what was pasted, or comes from another program. */
static bool read_pasted(struct cli *cli, struct import_options *o, struct err *err)
{
	struct strbuf text = STRBUF_INIT_MAX(PASTE_MAX);
	char piece[8192];
	size_t n;

	while ((n = fread(piece, 1, sizeof(piece), stdin)) > 0)
		strbuf_add(&text, piece, n);
	if (ferror(stdin))
		err_set_errno(err, ERR_IO, "-");
	else if (text.full)
		err_set(err, ERR_TOO_LARGE, "-", "%s", "");
	o->text = arena_strndup(&cli->arena, text.buf, text.len);
	o->text_len = text.len;
	strbuf_release(&text);
	return err->code == ERR_NONE;
}

/* --- running --- */

static bool work(struct import *im, bool dry, const struct import_watch *watch,
	struct import_result *r, struct err *err)
{
	return dry ? import_check(im, watch, r, err) : import_run(im, watch, r, err);
}

/* Whether somebody must say what a column is. */
static bool is_question(enum err_code code)
{
	return code == ERR_IMPORT_ASK_FIELD || code == ERR_IMPORT_ASK_DECIMAL ||
	       code == ERR_IMPORT_ASK_DATES;
}

/* A dry run keeps nothing: its refused lines go to the file as they come. */
static bool begin_refused(struct import_told *told, const struct import *im, enum import_kind kind)
{
	const char *path = cli_get(told->cli, "--refused", NULL);
	enum sheet_format format;

	if (!path || !cli_has(told->cli, "--dry-run"))
		return true;
	if (!cli_format(told->cli, path, &format))
		return false;
	told->file = refused_file_open(
		path, format, kind, import_analysis(im)->header_raw, gettext, &told->err);
	return told->file;
}

/* A real run kept them, also those from before it was cut short. */
static bool end_refused(struct import_told *told, const struct import_result *r)
{
	struct export_options o = { .path = cli_get(told->cli, "--refused", NULL),
		.language = told->cli->lang,
		.translate = gettext };
	struct export_result unused;
	struct refused_file *file = told->file;

	told->file = NULL;
	if (told->err.code != ERR_NONE)
		return false;
	if (file && !r->counts.refused)
		refused_file_discard(file);
	else if (file)
		return refused_file_finish(file, &told->err);
	if (!o.path || !r->id || !r->counts.refused)
		return true;
	return cli_format(told->cli, o.path, &o.format) &&
	       export_refused(told->cli->s, r->id, &o, &told->cli->arena, &unused, &told->err);
}

static void tell_failure(
	struct cli *cli, const struct import *im, const struct import_result *r, enum err_code code)
{
	if (cli->quiet)
		return;
	if (is_question(code))
		import_tell_columns(cli, stderr, import_analysis(im));
	if (code == ERR_CANCELLED && r->id)
		fprintf(stderr,
			_("Line %lld is the last one that is in. “ecompta-crm import resume” goes "
			  "on.\n"),
			(long long)r->lines);
}

/* Runs an import that is open, and closes it. */
static int run_open(struct cli *cli, struct import *im, enum import_kind kind, int64_t most)
{
	bool dry = cli_has(cli, "--dry-run");
	struct import_told told = { .cli = cli, .most = (size_t)most };
	struct import_result r = { 0 };
	struct err err = ERR_INIT;
	struct import_watch watch = { .refused = import_told_note, .data = &told };
	int code;
	bool ok;

	watch.progress = cli_progress(cli, dry ? _("Dry run") : _("Import"));
	ok = begin_refused(&told, im, kind) && work(im, dry, &watch, &r, &err);
	cli_progress_end(cli);
	if (ok)
		import_tell(cli, import_analysis(im), kind, dry, &r, &told);
	else
		tell_failure(cli, im, &r, err.code);
	code = ok ? EXIT_DONE : cli_fail(cli, err.code == ERR_NONE ? &told.err : &err);
	if (ok && !end_refused(&told, &r))
		code = cli_fail(cli, &told.err);
	else if (ok && r.counts.refused)
		code = EXIT_REFUSED;
	import_told_release(&told);
	import_close(im);
	return code;
}

static int list_fields(struct cli *cli, enum import_kind kind)
{
	static const struct out_column columns[] = {
		{ "field", N_("Field"), OUT_LEFT },
		{ "label", N_("Meaning"), OUT_LEFT },
		{ "required", N_("Needed"), OUT_LEFT },
	};
	struct out_table *t =
		out_table_new(cli->out, cli->json, cli->lang, columns, (int)ARRAY_SIZE(columns));
	enum import_field f, end;

	for (import_fields_of(kind, &f, &end); f < end; f++) {
		const struct import_field_info *info = import_field_info(f);

		out_text(t, info->name);
		out_text(t, _(info->label));
		out_word(t, info->required ? "YES" : "NO", info->required ? N_("yes") : "");
		out_row_end(t);
	}
	out_table_end(t);
	return EXIT_DONE;
}

static int run_kind(struct cli *cli, enum import_kind kind)
{
	struct import_options o = { .kind = kind };
	struct err err = ERR_INIT;
	struct import *im;
	int64_t most;

	if (cli_has(cli, "--fields"))
		return list_fields(cli, kind);
	if (!cli->n_args)
		return cli_usage(cli, _("%s wants %s"), cli->cmd->name, _(cli->cmd->args));
	if (!take_options(cli, &o) || !cli_number(cli, "--show", 0, 100000, 10, &most))
		return EXIT_USAGE;
	if (strcmp(cli->args[0], "-") != 0)
		o.path = cli->args[0];
	else if (!read_pasted(cli, &o, &err))
		return cli_fail(cli, &err);
	im = import_open(cli->s, &o, cli_progress(cli, _("Reading")), &err);
	cli_progress_end(cli);
	return im ? run_open(cli, im, kind, most) : cli_fail(cli, &err);
}

static int customers(struct cli *cli)
{
	return run_kind(cli, IMPORT_CUSTOMERS);
}

static int invoices(struct cli *cli)
{
	return run_kind(cli, IMPORT_INVOICES);
}

static int payments(struct cli *cli)
{
	return run_kind(cli, IMPORT_PAYMENTS);
}

/* The one named, or the newest that was cut short. */
static bool find_cut_short(struct cli *cli, struct import_run *run, struct err *err)
{
	struct import_run *runs;
	int64_t id;
	int n;

	if (cli->n_args)
		return cli_id(cli, cli->args[0], _("an import"), &id) &&
		       imports_get(cli->s, id, &cli->arena, run, err);
	if (!imports_cut_short(cli->s, 1, &cli->arena, &runs, &n, err))
		return false;
	if (!n) {
		cli_usage(cli, "%s", _("no import was cut short"));
		return false;
	}
	*run = runs[0];
	return true;
}

static int resume(struct cli *cli)
{
	struct err err = ERR_INIT;
	struct import_run run;
	struct import *im;
	int64_t most;

	if (!cli_number(cli, "--show", 0, 100000, 10, &most) || !find_cut_short(cli, &run, &err))
		return cli_fail(cli, &err);
	im = import_reopen(cli->s, run.id, cli_progress(cli, _("Reading")), &err);
	cli_progress_end(cli);
	return im ? run_open(cli, im, run.kind, most) : cli_fail(cli, &err);
}

#define FILE_OPTIONS                                                                               \
	{ "--map", N_("FIELD=COLUMN"),                                                             \
		N_("the column of a field, by header or number; “-” for none; may be repeated"),   \
		true },                                                                            \
		{ "--fields", NULL, N_("list the fields instead"), false },                        \
		{ "--dry-run", NULL, N_("only say what would come of it; nothing is written"),     \
			false },                                                                   \
		{ "--show", N_("N"),                                                               \
			N_("how many refused lines and remarks to tell; 10 by default"), false },  \
		{ "--refused", N_("FILE"),                                                         \
			N_("write refused lines there, with their reasons, to be corrected"),      \
			false },                                                                   \
		{ "--sheet", N_("NAME"),                                                           \
			N_("of a workbook; the first that holds something by default"), false },   \
		{ "--delimiter", "comma|semicolon|tab|pipe|space",                                 \
			N_("what parts the columns of a CSV file; found out by default"), false }, \
		{ "--charset", "UTF-8|UTF-16LE|UTF-16BE|ISO-8859-1|Windows-1252",                  \
			N_("what a CSV file is written in; found out by default"), false },        \
		{ "--header", NULL,                                                                \
			N_("the first line names the columns, whatever it looks like"), false },   \
		{ "--no-header", NULL, N_("the first line is data already"), false },              \
	{                                                                                          \
		"--dates", "dmy|mdy", N_("whether 03/04/2026 begins with its day or its month"),   \
			false                                                                      \
	}

#define MONEY_OPTIONS                                                                              \
	{ "--decimal", "comma|point",                                                              \
		N_("what decimals stand after, where the values leave it open"), false },          \
		{ "--currency", N_("CODE"),                                                        \
			N_("of amounts that name none; the company's by default"), false },        \
	{                                                                                          \
		"--rate", N_("CODE=RATE"),                                                         \
			N_("one of that currency in the company's; may be repeated"), true         \
	}

static const struct cli_option customer_options[] = {
	FILE_OPTIONS,
	{ "--existing-customers", NULL,
		N_("those who say nothing may be written to as existing customers; needs the next "
		   "three"),
		false },
	{ "--collected-at-sale", NULL, N_("their addresses were collected at a sale"), false },
	{ "--similar-goods", NULL, N_("they will be written to about similar goods"), false },
	{ "--told-they-may-refuse", NULL, N_("they were told that they can refuse"), false },
	{ NULL, NULL, NULL, false },
};

static const struct cli_option invoice_options[] = {
	FILE_OPTIONS,
	MONEY_OPTIONS,
	{ "--merge-same-day", NULL,
		N_("lines of one customer and day that stand together are one invoice"), false },
	{ "--create-customers", NULL, N_("make the customers that are not there yet"), false },
	{ NULL, NULL, NULL, false },
};

static const struct cli_option payment_options[] = {
	FILE_OPTIONS,
	MONEY_OPTIONS,
	{ NULL, NULL, NULL, false },
};

static const struct cli_option resume_options[] = {
	{ "--refused", N_("FILE"), N_("write refused lines there, with their reasons"), false },
	{ "--show", N_("N"), N_("how many refused lines and remarks to tell; 10 by default"),
		false },
	{ NULL, NULL, NULL, false },
};

const struct cmd cmd_import_customers = {
	.name = "import customers",
	.args = N_("FILE"),
	.help = N_("takes customers in from a CSV file or a workbook; “-” reads pasted rows"),
	.more = N_(
		"Columns are known by their headers, or as they were mapped the last time. The "
		"store is backed up first, and “undo” takes the whole import back. The same file "
		"again changes nothing; after an interruption it goes on where it was. The exit "
		"code is 4 when some lines were refused."),
	.options = customer_options,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = customers,
};

const struct cmd cmd_import_invoices = {
	.name = "import invoices",
	.args = N_("FILE"),
	.help = N_("takes invoices and credit notes in; see “import customers”"),
	.options = invoice_options,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = invoices,
};

const struct cmd cmd_import_payments = {
	.name = "import payments",
	.args = N_("FILE"),
	.help = N_("takes payments in; see “import customers”"),
	.options = payment_options,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = payments,
};

const struct cmd cmd_import_resume = {
	.name = "import resume",
	.args = N_("[ID]"),
	.help = N_("goes on with an import that was cut short; the last one by default"),
	.options = resume_options,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = resume,
};
