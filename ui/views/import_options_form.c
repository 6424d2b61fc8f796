#include "import_options_form.h"

#include "form.h"
#include "i18n.h"
#include "import_said.h"
#include "import_work.h"
#include "mem.h"
#include "say.h"

struct options {
	struct view view;
	struct import_work *work;
	struct form form;
	struct form_field *fields; /* the table below with the sheets of the workbook */
	struct form_choice *sheets;
};

/* --- the fields ---------------------------------------------------------- */

static const struct form_choice kinds[] = {
	{ "CUSTOMERS", N_("Customers") },
	{ "INVOICES", N_("Invoices") },
	{ "PAYMENTS", N_("Payments") },
};

static const struct form_choice delimiters[] = {
	{ "", N_("found out") },
	{ "semicolon", N_("a semicolon ;") },
	{ "comma", N_("a comma ,") },
	{ "tab", N_("a tab") },
	{ "pipe", N_("a bar |") },
	{ "space", N_("blanks") },
};

static const struct form_choice charsets[] = {
	{ "", N_("found out") },
	{ "UTF-8", "UTF-8" },
	{ "Windows-1252", "Windows-1252" },
	{ "ISO-8859-1", "ISO-8859-1" },
	{ "UTF-16LE", "UTF-16LE" },
	{ "UTF-16BE", "UTF-16BE" },
};

static const struct form_choice headers[] = {
	{ "find", N_("found out") },
	{ "yes", N_("names of the columns") },
	{ "no", N_("data already") },
};

static const struct form_choice decimals[] = {
	{ "", N_("found out, or asked") },
	{ ",", N_("a comma: 1 234,50") },
	{ ".", N_("a point: 1,234.50") },
};

static const struct form_choice dates[] = {
	{ "find", N_("the day, unless values say no") },
	{ "dmy", N_("the day") },
	{ "mdy", N_("the month") },
};

static const struct form_choice bases[] = {
	{ "none", N_("stay unknown: nobody writes to them") },
	{ "existing", N_("are existing customers") },
};

static void check_currency(void *ctx, const char *value, struct strbuf *sentence)
{
	(void)ctx;
	if (!money_is_currency(value))
		strbuf_adds(sentence, _("Three letters, such as XOF or EUR."));
}

#define CHOICES(table) .choices = (table), .choice_count = ARRAY_SIZE(table)

static const struct form_field fields[] = {
	{ .kind = FORM_HEADING, .name = "file", .label = N_("The file") },
	{ .kind = FORM_CHOICE, .name = "kind", .label = N_("It holds"), CHOICES(kinds) },
	{ .kind = FORM_CHOICE, .name = "sheet", .label = N_("Sheet") },
	{ .kind = FORM_CHOICE,
		.name = "header",
		.label = N_("Its first line is"),
		CHOICES(headers) },
	{ .kind = FORM_CHOICE,
		.name = "delimiter",
		.label = N_("Columns parted by"),
		CHOICES(delimiters) },
	{ .kind = FORM_CHOICE, .name = "charset", .label = N_("Written in"), CHOICES(charsets) },
	{ .kind = FORM_HEADING, .name = "values", .label = N_("Its values") },
	{ .kind = FORM_CHOICE,
		.name = "dates",
		.label = N_("03/04/2026 begins with"),
		.width = 34,
		CHOICES(dates) },
	{ .kind = FORM_CHOICE,
		.name = "decimal",
		.label = N_("Decimals after"),
		CHOICES(decimals) },
	{ .kind = FORM_TEXT,
		.name = "currency",
		.label = N_("Currency of amounts"),
		.width = 10,
		.max = 3,
		.hint = N_("ours"),
		.check = check_currency },
	{ .kind = FORM_TEXT,
		.name = "rates",
		.label = N_("Exchange rates"),
		.width = 34,
		.hint = N_("EUR=655.957 USD=605.50") },
	{ .kind = FORM_CHECK, .name = "merge", .label = N_("One invoice a day") },
	{ .kind = FORM_CHECK, .name = "create", .label = N_("Make missing customers") },
	{ .kind = FORM_HEADING, .name = "consent", .label = N_("Agreement to be written to") },
	{ .kind = FORM_CHOICE,
		.name = "basis",
		.label = N_("Those who say nothing"),
		.width = 40,
		CHOICES(bases) },
	{ .kind = FORM_CHECK, .name = "sale", .label = N_("Collected at a sale") },
	{ .kind = FORM_CHECK, .name = "similar", .label = N_("For similar goods") },
	{ .kind = FORM_CHECK, .name = "told", .label = N_("Told they can refuse") },
};

static const char *const of_csv[] = { "delimiter", "charset" };
static const char *const of_money[] = { "decimal", "currency", "rates" };
static const char *const of_invoices[] = { "merge", "create" };
static const char *const of_customers[] = { "consent", "basis" };
static const char *const ticks[] = { "sale", "similar", "told" };

static void show_all(struct form *f, const char *const *names, size_t n, bool shown)
{
	for (size_t i = 0; i < n; i++)
		form_show(f, names[i], shown);
}

static enum import_kind kind_of(struct form *f)
{
	enum import_kind kind = IMPORT_CUSTOMERS;

	return import_kind_parse(form_get(f, "kind"), &kind) ? kind : IMPORT_CUSTOMERS;
}

/* Fields that mean nothing for this kind of file are not there. */
static void show_what_counts(struct options *o)
{
	struct form *f = &o->form;
	enum import_kind kind = kind_of(f);
	bool csv = !o->work->sheets.n;
	bool existing = !strcmp(form_get(f, "basis"), "existing");

	form_show(f, "sheet", !csv);
	show_all(f, of_csv, ARRAY_SIZE(of_csv), csv);
	show_all(f, of_money, ARRAY_SIZE(of_money), kind != IMPORT_CUSTOMERS);
	show_all(f, of_invoices, ARRAY_SIZE(of_invoices), kind == IMPORT_INVOICES);
	show_all(f, of_customers, ARRAY_SIZE(of_customers), kind == IMPORT_CUSTOMERS);
	show_all(f, ticks, ARRAY_SIZE(ticks), kind == IMPORT_CUSTOMERS && existing);
}

/* --- from the options and back ------------------------------------------- */

static const char *delimiter_word(char c)
{
	static const char *const words[] = { "semicolon", "comma", "tab", "pipe", "space" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (import_delimiter(words[i]) == c)
			return words[i];
	return "";
}

static void set_check(struct form *f, const char *name, bool on)
{
	form_set(f, name, on ? "1" : "0");
}

static void fill(struct options *o)
{
	static const char *const header_words[] = { "find", "yes", "no" };
	static const char *const date_words[] = { "find", "dmy", "mdy" };
	const struct import_options *io = &o->work->o;
	char decimal[2] = { io->decimal, '\0' };
	struct form *f = &o->form;

	form_set(f, "kind", import_kind_word(io->kind));
	form_set(f, "sheet",
		o->work->sheet.len ? o->work->sheet.buf
				   : import_analysis(o->work->im)->facts->sheet);
	form_set(f, "header", header_words[io->header]);
	form_set(f, "delimiter", io->delimiter ? delimiter_word(io->delimiter) : "");
	form_set(f, "charset", io->charset ? charset_name(io->charset) : "");
	form_set(f, "dates", date_words[io->dates]);
	form_set(f, "decimal", decimal);
	form_set(f, "currency", o->work->currency.buf);
	form_set(f, "rates", o->work->rates.buf);
	form_set(f, "basis", io->existing_customers ? "existing" : "none");
	set_check(f, "merge", io->merge_same_day);
	set_check(f, "create", io->create_customers);
	set_check(f, "sale", io->collected_at_sale);
	set_check(f, "similar", io->similar_goods);
	set_check(f, "told", io->told_they_may_refuse);
}

/* What needs the source to be read again; true if any of it is another. */
static bool take_source(struct options *o)
{
	static const char *const names[] = { "kind", "sheet", "header", "delimiter", "charset" };
	struct import_options *io = &o->work->o;
	struct form *f = &o->form;
	const char *header;
	bool changed = false;

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		changed = changed || form_field_changed(f, form_find(f, names[i]));
	if (!changed)
		return false;
	if (form_field_changed(f, form_find(f, "kind")) ||
		form_field_changed(f, form_find(f, "sheet")))
		o->work->mapped = false;
	o->work->guess = false;
	io->kind = kind_of(f);
	strbuf_clear(&o->work->sheet);
	if (o->work->sheets.n)
		strbuf_adds(&o->work->sheet, form_get(f, "sheet"));
	header = form_get(f, "header");
	io->header = *header == 'f'   ? IMPORT_HEADER_FIND
		     : *header == 'y' ? IMPORT_HEADER_YES
				      : IMPORT_HEADER_NO;
	io->delimiter = import_delimiter(form_get(f, "delimiter"));
	io->charset = CHARSET_NONE;
	for (int c = CHARSET_NONE + 1; c < CHARSET_COUNT; c++)
		if (!strcmp(form_get(f, "charset"), charset_name((enum charset)c)))
			io->charset = (enum charset)c;
	return true;
}

static void take_values(struct options *o)
{
	struct import_work *w = o->work;
	struct form *f = &o->form;
	const char *which = form_get(f, "dates");

	w->o.dates = *which == 'f'   ? IMPORT_DATES_FIND
		     : *which == 'd' ? IMPORT_DATES_DMY
				     : IMPORT_DATES_MDY;
	w->o.decimal = *form_get(f, "decimal");
	strbuf_clear(&w->currency);
	strbuf_adds(&w->currency, form_get(f, "currency"));
	strbuf_clear(&w->rates);
	strbuf_adds(&w->rates, form_get(f, "rates"));
	w->o.merge_same_day = form_checked(f, "merge");
	w->o.create_customers = form_checked(f, "create");
	w->o.existing_customers = !strcmp(form_get(f, "basis"), "existing");
	w->o.collected_at_sale = form_checked(f, "sale");
	w->o.similar_goods = form_checked(f, "similar");
	w->o.told_they_may_refuse = form_checked(f, "told");
}

/* --- the screen ---------------------------------------------------------- */

static unsigned save(struct options *o)
{
	struct err err = ERR_INIT;

	show_what_counts(o);
	if (!form_check(&o->form))
		return STALE_PAINT;
	if (form_checked(&o->form, "told") + form_checked(&o->form, "sale") +
				form_checked(&o->form, "similar") <
			3 &&
		!strcmp(form_get(&o->form, "basis"), "existing")) {
		err_set(&err, ERR_IMPORT_TICKS, "", "%s", "");
		return ui_error(o->view.ui, &err);
	}
	o->work->again = take_source(o);
	take_values(o);
	if (!import_work_decide(o->work, &err))
		return ui_error(o->view.ui, &err);
	form_saved(&o->form);
	return STALE_POP;
}

static void make_fields(struct options *o)
{
	const struct rows_sheets *s = &o->work->sheets;

	o->fields = mem_zalloc(ARRAY_SIZE(fields), sizeof(*o->fields));
	memcpy(o->fields, fields, sizeof(fields));
	o->sheets = mem_zalloc(s->n + 1, sizeof(*o->sheets));
	for (size_t i = 0; i < s->n; i++)
		o->sheets[i] = (struct form_choice){ s->names[i], s->names[i] };
	for (size_t i = 0; i < ARRAY_SIZE(fields); i++) {
		if (strcmp(o->fields[i].name, "sheet"))
			continue;
		o->fields[i].choices = o->sheets;
		o->fields[i].choice_count = s->n;
	}
}

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct options *o = (struct options *)view;

	(void)err;
	o->work = ((const struct import_options_show *)arg)->work;
	import_work_hold(o->work);
	make_fields(o);
	form_init(&o->form, o->fields, ARRAY_SIZE(fields), o);
	fill(o);
	show_what_counts(o);
	view->form = &o->form;
	return true;
}

static void on_close(struct view *view)
{
	struct options *o = (struct options *)view;

	form_release(&o->form);
	free(o->fields);
	free(o->sheets);
	import_work_let_go(o->work);
}

static void draw(struct view *view, struct canvas *c, struct rect r)
{
	struct options *o = (struct options *)view;

	show_what_counts(o);
	form_draw(&o->form, c, r, true);
}

static void headline(struct view *view, struct strbuf *out)
{
	const struct options *o = (const struct options *)view;

	import_say_title(out, o->work->path.buf);
	strbuf_addf(out, " · %s", _("Options"));
}

static unsigned on_act(struct view *view, enum action_id action)
{
	return action == ACT_SAVE ? save((struct options *)view) : STALE_PASS;
}

static const struct view_action option_actions[] = {
	{ ACT_SAVE, N_("Take") },
};

const struct view_ops import_options_view = {
	.name = "import-options",
	.title = N_("Options of an import"),
	.size = sizeof(struct options),
	.actions = option_actions,
	.action_count = ARRAY_SIZE(option_actions),
	.open = on_open,
	.close = on_close,
	.draw = draw,
	.headline = headline,
	.act = on_act,
};
