#include "providers_view.h"

#include "cells.h"
#include "i18n.h"
#include "list.h"
#include "provider_form.h"
#include "provider_try.h"
#include "provider_words.h"
#include "send_rules_view.h"
#include "whole.h"

struct providers {
	struct view view;
	struct desk *desk;
	struct list list;
	struct whole rows;
	int64_t used[PROVIDER_COUNT];
	struct provider_try try;
};

static struct providers *providers_of(struct view *view)
{
	return (struct providers *)view;
}

/* --- the list ------------------------------------------------------------ */

static const struct provider_card *card_of(const void *row)
{
	return row;
}

static void draw_name(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, _(provider_name_label(card_of(row)->account.name)));
}

static void draw_channels(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	provider_channels(cell->text, card_of(row)->account.name);
}

static void draw_state(void *ctx, const void *row, struct table_cell *cell)
{
	struct strbuf text = STRBUF_INIT_MAX(512);
	struct provider_words words =
		provider_words(&text, ((struct providers *)ctx)->desk, card_of(row));

	strbuf_addf(cell->text, "%s %s", cell->look->glyphs[words.sign], text.buf);
	cell->role = words.role;
	strbuf_release(&text);
}

static void draw_used(void *ctx, const void *row, struct table_cell *cell)
{
	const struct providers *v = ctx;
	const struct provider_account *p = &card_of(row)->account;

	if (!p->revision) {
		cell_none(cell);
		return;
	}
	cell_count(cell->text, v->desk, v->used[p->name]);
	if (p->hourly) {
		strbuf_adds(cell->text, "/");
		cell_count(cell->text, v->desk, p->hourly);
	}
	if (p->hourly && v->used[p->name] >= p->hourly)
		cell->role = ROLE_MIDDLE;
}

static void draw_tested(void *ctx, const void *row, struct table_cell *cell)
{
	const struct desk *d = ((struct providers *)ctx)->desk;
	const struct provider_account *p = &card_of(row)->account;

	if (!p->tested_at) {
		cell_none(cell);
		return;
	}
	strbuf_addf(cell->text, "%s ", cell->look->glyphs[p->tested_ok ? G_YES : G_WARN]);
	cell_day(cell->text, d, desk_day(d, p->tested_at, NULL));
	cell->role = p->tested_ok ? ROLE_NORMAL : ROLE_BAD;
}

static const struct table_col columns[] = {
	{ .name = "name",
		.title = N_("Provider"),
		.min = 12,
		.max = 20,
		.cell = draw_name,
		.name_of = true },
	{ .name = "channels",
		.title = N_("Channels"),
		.min = 15,
		.max = 20,
		.priority = 1,
		.cell = draw_channels },
	{ .name = "state", .title = N_("State"), .min = 24, .max = 44, .cell = draw_state },
	{ .name = "used",
		.title = N_("This hour"),
		.min = 11,
		.max = 16,
		.align = ALIGN_RIGHT,
		.cell = draw_used },
	{ .name = "tested",
		.title = N_("Tested"),
		.min = 11,
		.max = 12,
		.priority = 2,
		.cell = draw_tested },
};

static enum table_fetch fetch(void *ctx, const struct table_ask *ask, struct table_page *page)
{
	return whole_fetch(&((struct providers *)ctx)->rows, ask, page);
}

/* What the account takes besides: "At most 50 a call · BF, FR · BF=25". */
static void details(void *ctx, const void *row, struct strbuf *out)
{
	const struct providers *v = ctx;
	const struct provider_account *p = &card_of(row)->account;

	strbuf_adds(out, _(provider_name_label(p->name)));
	strbuf_adds(out, " · ");
	provider_words(out, v->desk, card_of(row));
	if (!p->revision)
		return;
	strbuf_addf(out, " · %s", *p->countries ? p->countries : _("all countries"));
	if (*p->prices)
		strbuf_addf(out, " · %s", p->prices);
}

static const struct table_ops table_ops = {
	.cols = columns, .count = ARRAY_SIZE(columns), .fetch = fetch, .details = details
};

static bool read_cards(struct providers *v, struct err *err)
{
	struct provider_card *cards;

	whole_begin(&v->rows);
	cards = arena_zalloc(&v->rows.arena, PROVIDER_COUNT, sizeof(*cards));
	if (!providers_list(v->desk->s, &v->rows.arena, cards, err) ||
		!providers_used(v->desk->s, v->used, err))
		return false;
	for (int i = 0; i < PROVIDER_COUNT; i++)
		whole_add(&v->rows, i + 1, &cards[i]);
	table_total(&v->list.table, PROVIDER_COUNT, true);
	return true;
}

/* --- what can be done ---------------------------------------------------- */

static unsigned open_form(struct providers *v)
{
	const struct provider_card *card = table_row(&v->list.table);

	return card ? ui_push(v->view.ui, &provider_form_view, &card->account.name) : STALE_NONE;
}

static unsigned try_it(struct providers *v)
{
	const struct provider_card *card = table_row(&v->list.table);

	return card ? provider_try_ask(&v->try, card) : STALE_NONE;
}

static unsigned turn(struct providers *v)
{
	const struct provider_card *card = table_row(&v->list.table);
	struct provider_change change = { "active", NULL };
	struct err err = ERR_INIT;

	if (!card)
		return STALE_NONE;
	change.value = card->account.active ? "no" : "yes";
	if (!providers_set(
		    v->desk->s, card->account.name, card->account.revision, &change, 1, &err))
		return ui_error(v->view.ui, &err) | STALE_RELOAD;
	return STALE_RELOAD | ui_say(v->view.ui,
				      card->account.active ? _("%s is switched off.")
							   : _("%s is used for sending again."),
				      _(provider_name_label(card->account.name)));
}

enum { MENU_ACCOUNT, MENU_TEST, MENU_TURN, MENU_RULES };

static unsigned on_menu(void *ctx, const struct answer *answer)
{
	struct providers *v = ctx;

	switch (answer->value) {
	case MENU_ACCOUNT:
		return open_form(v);
	case MENU_TEST:
		return try_it(v);
	case MENU_TURN:
		return turn(v);
	case MENU_RULES:
		return ui_push(v->view.ui, &send_rules_view, NULL);
	}
	return STALE_PAINT;
}

static unsigned open_menu(struct providers *v)
{
	const struct provider_card *card = table_row(&v->list.table);
	struct menu_item items[] = {
		{ .letter = 'e', .label = _("Account, limits, prices"), .value = MENU_ACCOUNT },
		{ .letter = 't', .label = _("Send a test"), .value = MENU_TEST },
		{ .letter = 'x', .value = MENU_TURN },
		{ .letter = 'o', .label = _("Order and limits of channels"), .value = MENU_RULES },
	};
	struct menu_spec spec = { .items = items, .count = ARRAY_SIZE(items) };

	if (!card)
		return STALE_NONE;
	items[2].label = card->account.active || !card->account.revision
				 ? _("Do not use it for sending")
				 : _("Use it for sending");
	items[2].off = !card->account.revision;
	items[1].off = !provider_can_be_tried(v->desk, card);
	items[1].note = items[1].off ? _("not set up") : NULL;
	items[2].note = items[2].off ? _("not set up") : NULL;
	spec.title = _(provider_name_label(card->account.name));
	return ui_menu(v->view.ui, &spec, on_menu, v);
}

/* --- the screen ---------------------------------------------------------- */

static void on_close(struct view *view)
{
	struct providers *v = providers_of(view);

	list_release(&v->list);
	whole_release(&v->rows);
}

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct providers *v = providers_of(view);

	(void)arg;
	v->desk = desk_of(view);
	provider_try_init(&v->try, v->desk);
	list_init(&v->list, &table_ops, v, NULL);
	if (read_cards(v, err)) {
		view->list = &v->list;
		return true;
	}
	on_close(view);
	return false;
}

static unsigned on_reload(struct view *view)
{
	struct providers *v = providers_of(view);
	struct err err = ERR_INIT;

	if (!read_cards(v, &err))
		return ui_error(view->ui, &err);
	table_reload(&v->list.table);
	return STALE_PAINT;
}

static void headline(struct view *view, struct strbuf *out)
{
	const struct providers *v = providers_of(view);
	int n = 0;

	for (size_t i = 0; i < v->rows.rows.len; i++)
		n += card_of(v->rows.rows.items[i].row)->account.revision != 0;
	strbuf_addf(out, "%s · ", _("Providers"));
	strbuf_addf(out, ngettext("%d set up", "%d set up", (unsigned long)n), n);
	if (v->desk->s->company.demo)
		strbuf_addf(out, " · %s", _("a demonstration writes into a folder"));
}

static unsigned on_act(struct view *view, enum action_id action)
{
	struct providers *v = providers_of(view);

	switch ((int)action) {
	case ACT_OPEN:
		return open_form(v);
	case ACT_TEST_SEND:
		return try_it(v);
	case ACT_MENU:
		return open_menu(v);
	}
	return STALE_PASS;
}

static const struct view_action providers_actions[] = {
	{ ACT_OPEN, N_("Set up") },
	{ ACT_TEST_SEND, N_("Send a test") },
	{ ACT_MENU, NULL },
};

const struct view_ops providers_view = {
	.name = "providers",
	.title = N_("Providers"),
	.size = sizeof(struct providers),
	.actions = providers_actions,
	.action_count = ARRAY_SIZE(providers_actions),
	.open = on_open,
	.close = on_close,
	.reload = on_reload,
	.headline = headline,
	.act = on_act,
};
