#include "rules_view.h"

#include "cells.h"
#include "date.h"
#include "form_box.h"
#include "i18n.h"
#include "list.h"
#include "rules.h"
#include "say.h"
#include "whole.h"

struct rules {
	struct view view;
	struct desk *desk;
	struct list list;
	struct whole rows;
	struct form form; /* of the box that is open */
	bool has_form;
	struct form_field fields[3];
	struct form_choice choices[2];
	enum country_rule edited;
};

struct rule_row {
	enum country_rule rule;
	struct rule_now now;
};

/* --- the list ------------------------------------------------------------ */

static void add_value(enum country_rule rule, const char *value, struct strbuf *out)
{
	if (country_rule_type(rule) != CR_CHOICE) {
		strbuf_adds(out, value);
		return;
	}
	for (size_t i = 0; i < 2; i++)
		if (!strcmp(country_rule_choice(rule, i).word, value))
			strbuf_adds(out, _(country_rule_choice(rule, i).label));
}

static void draw_rule(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, _(country_rule_label(((const struct rule_row *)row)->rule)));
}

static void draw_value(void *ctx, const void *row, struct table_cell *cell)
{
	const struct rule_row *r = row;

	(void)ctx;
	add_value(r->rule, r->now.value, cell->text);
	if (!cell->text->len)
		cell_none(cell);
}

static void draw_since(void *ctx, const void *row, struct table_cell *cell)
{
	const struct rule_row *r = row;

	if (r->now.since == DAY_NONE)
		cell_none(cell);
	else
		cell_day(cell->text, ((struct rules *)ctx)->desk, r->now.since);
}

static void add_source(const struct rule_row *r, struct strbuf *out)
{
	if (*r->now.source)
		strbuf_adds(out, r->now.since == DAY_NONE ? _(r->now.source) : r->now.source);
}

static void draw_source(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	add_source(row, cell->text);
	cell->role = ROLE_DIM;
}

static const struct table_col columns[] = {
	{ .name = "rule",
		.title = N_("Rule"),
		.min = 30,
		.max = 42,
		.cell = draw_rule,
		.name_of = true },
	{ .name = "value", .title = N_("In force"), .min = 33, .max = 40, .cell = draw_value },
	{ .name = "since",
		.title = N_("Since"),
		.min = 9,
		.max = 10,
		.priority = 1,
		.cell = draw_since },
	{ .name = "source",
		.title = N_("Source"),
		.min = 24,
		.max = 60,
		.priority = 2,
		.cell = draw_source },
};

static enum table_fetch fetch(void *ctx, const struct table_ask *ask, struct table_page *page)
{
	return whole_fetch(&((struct rules *)ctx)->rows, ask, page);
}

static void details(void *ctx, const void *row, struct strbuf *out)
{
	(void)ctx;
	add_source(row, out);
}

static const struct table_ops table_ops = {
	.cols = columns, .count = ARRAY_SIZE(columns), .fetch = fetch, .details = details
};

static bool read_rules(struct rules *v, struct err *err)
{
	whole_begin(&v->rows);
	for (int i = 0; i < CR_COUNT; i++) {
		struct rule_row *row = arena_zalloc(&v->rows.arena, 1, sizeof(*row));

		row->rule = (enum country_rule)i;
		if (!rules_get(v->desk->s, row->rule, &v->rows.arena, &row->now, err))
			return false;
		whole_add(&v->rows, i + 1, row);
	}
	table_total(&v->list.table, CR_COUNT, true);
	return true;
}

/* --- changing one -------------------------------------------------------- */

static void check_value(void *ctx, const char *value, struct strbuf *sentence)
{
	const struct rules *v = ctx;

	if (country_rule_valid(v->edited, value))
		return;
	if (country_rule_type(v->edited) == CR_HOURS)
		strbuf_adds(sentence, _("Write it as 08:00-20:00."));
	else
		strbuf_addf(sentence, _("A number of months, %d to %d."),
			country_rule_least_months(v->edited), COUNTRY_RULE_MONTHS_MOST);
}

static void drop_form(struct rules *v)
{
	if (v->has_form)
		form_release(&v->form);
	v->has_form = false;
}

static void make_fields(struct rules *v)
{
	bool chosen = country_rule_type(v->edited) == CR_CHOICE;

	v->fields[0] = (struct form_field){ .kind = chosen ? FORM_CHOICE : FORM_TEXT,
		.name = "value",
		.label = N_("In force"),
		.width = 40,
		.choices = v->choices,
		.choice_count = chosen ? 2 : 0,
		.check = check_value };
	v->fields[1] = (struct form_field){
		.kind = FORM_DAY, .name = "since", .label = N_("Since"), .required = true
	};
	v->fields[2] = (struct form_field){ .kind = FORM_TEXT,
		.name = "source",
		.label = N_("Source"),
		.width = 40,
		.hint = N_("law, declaration, contract"),
		.required = true };
	for (size_t i = 0; chosen && i < 2; i++)
		v->choices[i] = (struct form_choice){ country_rule_choice(v->edited, i).word,
			country_rule_choice(v->edited, i).label };
}

static unsigned on_saved(void *ctx, const struct answer *answer)
{
	struct rules *v = ctx;
	struct strbuf value = STRBUF_INIT_MAX(512), source = STRBUF_INIT_MAX(512);
	struct err err = ERR_INIT;
	unsigned stale = STALE_PAINT;
	int32_t since;

	if (answer->value != 0 || date_parse(form_get(&v->form, "since"), 10, DATE_ISO, &since))
		return stale;
	strbuf_adds(&value, form_get(&v->form, "value"));
	strbuf_adds(&source, form_get(&v->form, "source"));
	if (rules_set(v->desk->s, v->edited, since, value.buf, source.buf, &err))
		stale = ui_say(v->view.ui, _("%s: noted."), _(country_rule_label(v->edited))) |
			STALE_RELOAD;
	else
		stale = ui_error(v->view.ui, &err);
	strbuf_release(&value);
	strbuf_release(&source);
	return stale;
}

static unsigned change(struct rules *v)
{
	const struct rule_row *row = table_row(&v->list.table);
	struct strbuf today = STRBUF_INIT_MAX(16);
	struct err err = ERR_INIT;

	if (!row)
		return STALE_NONE;
	if (!session_may(v->desk->s, RIGHT_SETTINGS, &err))
		return ui_error(v->view.ui, &err);
	drop_form(v);
	v->edited = row->rule;
	make_fields(v);
	form_init(&v->form, v->fields, ARRAY_SIZE(v->fields), v);
	v->form.today = desk_today(v->desk);
	v->has_form = true;
	date_add_iso(&today, v->form.today);
	form_set(&v->form, "value", row->now.value);
	form_set(&v->form, "since", today.buf);
	/* A change has a source of its own. */
	form_set(&v->form, "source", row->now.since == DAY_NONE ? "" : row->now.source);
	ui_open(v->view.ui,
		form_box_new(_(country_rule_label(v->edited)),
			_("What held before stays known. The change is in the audit trail."),
			&v->form, _("Keep it")),
		on_saved, v);
	strbuf_release(&today);
	return STALE_PAINT;
}

/* --- the screen ---------------------------------------------------------- */

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct rules *v = (struct rules *)view;

	(void)arg;
	v->desk = desk_of(view);
	list_init(&v->list, &table_ops, v, NULL);
	if (read_rules(v, err)) {
		view->list = &v->list;
		return true;
	}
	list_release(&v->list);
	whole_release(&v->rows);
	return false;
}

static void on_close(struct view *view)
{
	struct rules *v = (struct rules *)view;

	drop_form(v);
	list_release(&v->list);
	whole_release(&v->rows);
}

static unsigned on_reload(struct view *view)
{
	struct rules *v = (struct rules *)view;
	struct err err = ERR_INIT;

	if (!read_rules(v, &err))
		return ui_error(view->ui, &err);
	table_reload(&v->list.table);
	return STALE_PAINT;
}

static void headline(struct view *view, struct strbuf *out)
{
	const struct rules *v = (const struct rules *)view;

	say_with(out, _("Rules · %s"), v->desk->country ? _(v->desk->country->name) : "");
}

static unsigned on_act(struct view *view, enum action_id action)
{
	return action == ACT_OPEN || action == ACT_EDIT ? change((struct rules *)view) : STALE_PASS;
}

static const struct view_action rules_actions[] = {
	{ ACT_OPEN, N_("Change") },
};

const struct view_ops rules_view = {
	.name = "rules",
	.title = N_("Rules of the country"),
	.size = sizeof(struct rules),
	.actions = rules_actions,
	.action_count = ARRAY_SIZE(rules_actions),
	.open = on_open,
	.close = on_close,
	.reload = on_reload,
	.headline = headline,
	.act = on_act,
};
