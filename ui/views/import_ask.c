#include "import_ask.h"

#include "date.h"
#include "i18n.h"
#include "mem.h"
#include "num.h"
#include "say.h"

void import_ask_init(struct import_asking *a, struct desk *d, struct import_work *w,
	unsigned (*answered)(void *ctx), unsigned (*done)(void *ctx), void *ctx)
{
	*a = (struct import_asking){
		.desk = d, .work = w, .answered = answered, .done = done, .ctx = ctx
	};
}

static const char *column_name(const struct import_asking *a, int column)
{
	return column < 0 ? "" : import_analysis(a->work->im)->columns[column].header;
}

bool import_ask_sentence(const struct import_asking *a, struct strbuf *out)
{
	struct import_question q;

	if (!import_question(a->work->im, 0, &q))
		return false;
	switch (q.ask) {
	case IMPORT_ASK_FIELD:
		say_with(out, _("No column is known to hold “%s”: Tab asks which one."),
			_(import_field_info(q.field)->label));
		break;
	case IMPORT_ASK_DECIMAL:
		say_with(out, _("“%s” can be read in two ways: Tab asks which one."), q.value);
		break;
	case IMPORT_ASK_DATES:
		say_with(out, _("“%s” seems to begin with its month: Tab asks."), q.value);
		break;
	}
	return true;
}

static unsigned go_on(struct import_asking *a)
{
	return a->answered(a->ctx) | import_ask_go(a);
}

/* --- which column -------------------------------------------------------- */

static unsigned on_column(void *ctx, const struct answer *answer)
{
	struct import_asking *a = ctx;
	struct err err = ERR_INIT;

	if (answer->value == ANSWER_NONE)
		return STALE_PAINT;
	if (!import_work_map(a->desk, a->work, a->q.field, answer->value, &err))
		return ui_error(a->desk->ui, &err);
	return go_on(a);
}

static unsigned ask_column(struct import_asking *a)
{
	const struct import_analysis *an = import_analysis(a->work->im);
	struct menu_item *items = mem_zalloc(an->n_columns + 1, sizeof(*items));
	struct strbuf title = STRBUF_INIT_MAX(256);
	struct menu_spec spec = { .items = items, .count = an->n_columns };
	unsigned stale;

	for (size_t i = 0; i < an->n_columns; i++) {
		const struct import_column *c = &an->columns[i];

		items[i] = (struct menu_item){ .label = *c->header ? c->header : c->samples[0],
			.note = *c->header ? c->samples[0] : NULL,
			.value = (int)i };
	}
	say_with(&title, _("Which column holds “%s”?"), _(import_field_info(a->q.field)->label));
	spec.title = title.buf;
	stale = ui_menu(a->desk->ui, &spec, on_column, a);
	strbuf_release(&title);
	free(items);
	return stale;
}

/* --- decimals ------------------------------------------------------------ */

/* The value as it would be read, without zeros that say nothing. */
static void add_reading(const struct import_asking *a, char mark, struct strbuf *out)
{
	int64_t thousandths;
	char group = mark == ',' ? '.' : ',';

	if (money_parse(a->q.value, strlen(a->q.value), mark, group, 3, &thousandths) != MONEY_OK)
		strbuf_adds(out, a->q.value);
	else if (thousandths % 1000)
		num_format(out, thousandths, 3, a->desk->lang);
	else
		num_format(out, thousandths / 1000, 0, a->desk->lang);
}

static unsigned on_decimal(void *ctx, const struct answer *answer)
{
	struct import_asking *a = ctx;

	if (answer->value == ANSWER_NONE)
		return STALE_PAINT;
	a->work->o.decimal = (char)answer->value;
	import_set_decimal(a->work->im, (char)answer->value);
	return go_on(a);
}

static unsigned ask_decimal(struct import_asking *a)
{
	struct strbuf title = STRBUF_INIT_MAX(256);
	struct strbuf comma = STRBUF_INIT_MAX(64), point = STRBUF_INIT_MAX(64);
	struct menu_item items[] = {
		{ .letter = ',', .label = _("decimals after a comma"), .value = ',' },
		{ .letter = '.', .label = _("decimals after a point"), .value = '.' },
	};
	struct menu_spec spec = { .items = items, .count = ARRAY_SIZE(items), .current = ',' };
	unsigned stale;

	add_reading(a, ',', &comma);
	add_reading(a, '.', &point);
	items[0].note = comma.buf;
	items[1].note = point.buf;
	/* TRANSLATORS: a column of the file and one of its values. */
	strbuf_addf(&title, _("In “%s”, what is %s?"), column_name(a, a->q.column), a->q.value);
	spec.title = title.buf;
	stale = ui_menu(a->desk->ui, &spec, on_decimal, a);
	strbuf_release(&title);
	strbuf_release(&comma);
	strbuf_release(&point);
	return stale;
}

/* --- dates --------------------------------------------------------------- */

static unsigned on_dates(void *ctx, const struct answer *answer)
{
	struct import_asking *a = ctx;

	if (answer->value == ANSWER_NONE)
		return STALE_PAINT;
	a->work->o.dates = (enum import_dates)answer->value;
	import_set_dates(a->work->im, a->work->o.dates);
	return go_on(a);
}

static unsigned ask_dates(struct import_asking *a)
{
	struct strbuf title = STRBUF_INIT_MAX(256), read = STRBUF_INIT_MAX(64);
	struct menu_item items[] = {
		{ .letter = 'm', .label = _("month first"), .value = IMPORT_DATES_MDY },
		{ .letter = 'j',
			.label = _("day first"),
			.note = _("such lines are refused"),
			.value = IMPORT_DATES_DMY },
	};
	struct menu_spec spec = { .items = items, .count = ARRAY_SIZE(items) };
	int32_t day;
	unsigned stale;

	if (date_parse(a->q.value, strlen(a->q.value), DATE_MDY, &day) == DATE_OK)
		date_add_medium(&read, day, a->desk->lang);
	items[0].note = read.buf;
	spec.current = IMPORT_DATES_MDY;
	/* TRANSLATORS: a column of the file and one of its values. */
	strbuf_addf(
		&title, _("In “%s”, how does %s begin?"), column_name(a, a->q.column), a->q.value);
	spec.title = title.buf;
	stale = ui_menu(a->desk->ui, &spec, on_dates, a);
	strbuf_release(&title);
	strbuf_release(&read);
	return stale;
}

unsigned import_ask_go(struct import_asking *a)
{
	a->waiting = import_work_job(a->desk, a->work) != NULL;
	if (a->waiting)
		return STALE_PAINT;
	if (!import_question(a->work->im, 0, &a->q))
		return a->done(a->ctx);
	switch (a->q.ask) {
	case IMPORT_ASK_FIELD:
		return ask_column(a);
	case IMPORT_ASK_DECIMAL:
		return ask_decimal(a);
	case IMPORT_ASK_DATES:
		break;
	}
	return ask_dates(a);
}
