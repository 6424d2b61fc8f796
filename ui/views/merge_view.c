#include "merge_view.h"

#include "cells.h"
#include "customers.h"
#include "date.h"
#include "duplicates.h"
#include "i18n.h"
#include "list.h"
#include "undoing.h"
#include "whole.h"

struct merge_row {
	enum customer_field field;
	const char *winner, *loser; /* as shown; in the arena */
};

struct merge {
	struct view view;
	struct desk *desk;
	struct list list;
	struct whole whole;
	struct table_ops ops;
	struct merge_pair pair;
	struct customer winner, loser; /* in the whole's arena */
	uint32_t taken;		       /* CF_BITs taken from the loser */
};

static struct merge *merge_of(struct view *view)
{
	return (struct merge *)view;
}

/* --- reading ------------------------------------------------------------- */

/* A value as a person reads it. */
static const char *shown(struct merge *v, const struct customer *c, enum customer_field field)
{
	struct strbuf text = STRBUF_INIT_MAX(1024);
	const char *copy;

	if (field == CF_KIND)
		strbuf_adds(&text, _(customer_kind_label(c->kind)));
	else if (field == CF_NATURE)
		strbuf_adds(&text, _(nature_label(c->nature)));
	else if (field == CF_BIRTH_DAY)
		cell_date(&text, v->desk, c->birth_day);
	else if (field == CF_COUNTRY && country_find(c->country))
		strbuf_adds(&text, _(country_find(c->country)->name));
	else if (field == CF_BEST_MINUTE && c->best_minute >= 0)
		date_add_time(&text, c->best_minute);
	else
		customer_field_text(c, field, &text);
	copy = arena_strdup(&v->whole.arena, text.buf);
	strbuf_release(&text);
	return copy;
}

static bool read_both(struct merge *v, struct err *err)
{
	struct customer_card card;

	whole_begin(&v->whole);
	if (!customers_get(v->desk->s, v->pair.winner_id, &v->whole.arena, &card, err))
		return false;
	v->winner = card.customer;
	if (!customers_get(v->desk->s, v->pair.loser_id, &v->whole.arena, &card, err))
		return false;
	v->loser = card.customer;
	return true;
}

static void fill(struct merge *v)
{
	for (int i = 0; i < CF_COUNT; i++) {
		enum customer_field field = (enum customer_field)i;
		struct merge_row *row;

		if (field == CF_ACCOUNT_KEY || customer_field_same(&v->winner, &v->loser, field))
			continue;
		row = arena_zalloc(&v->whole.arena, 1, sizeof(*row));
		row->field = field;
		row->winner = shown(v, &v->winner, field);
		row->loser = shown(v, &v->loser, field);
		whole_add(&v->whole, i + 1, row);
	}
}

/* What only the other record has is worth keeping. */
static void choose_filled(struct merge *v)
{
	v->taken = 0;
	for (size_t i = 0; i < v->whole.rows.len; i++) {
		const struct merge_row *row = v->whole.rows.items[i].row;

		if (!*row->winner && *row->loser)
			v->taken |= CF_BIT(row->field);
	}
}

/* --- cells --------------------------------------------------------------- */

static const struct merge_row *row_of(const void *row)
{
	return row;
}

static void draw_field(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, _(customer_field_label(row_of(row)->field)));
}

static void draw_side(const struct merge *v, const void *row, bool loser, struct table_cell *cell)
{
	bool taken = (v->taken & CF_BIT(row_of(row)->field)) != 0;
	const char *text = loser ? row_of(row)->loser : row_of(row)->winner;

	strbuf_addf(cell->text, "%s %s", taken == loser ? cell->look->glyphs[G_YES] : " ",
		*text ? text : cell->look->glyphs[G_DASH]);
	cell->role = taken == loser ? ROLE_GOOD : ROLE_DIM;
}

static void draw_winner(void *ctx, const void *row, struct table_cell *cell)
{
	draw_side(ctx, row, false, cell);
}

static void draw_loser(void *ctx, const void *row, struct table_cell *cell)
{
	draw_side(ctx, row, true, cell);
}

static const struct table_col columns[] = {
	{ .name = "field",
		.title = N_("Field"),
		.min = 20,
		.max = 28,
		.cell = draw_field,
		.name_of = true },
	/* TRANSLATORS: of two records, the one that stays. */
	{ .name = "winner",
		.title = N_("The record that stays"),
		.min = 24,
		.max = 50,
		.cell = draw_winner },
	/* TRANSLATORS: of two records, the one that goes into the other. */
	{ .name = "loser", .title = N_("The other one"), .min = 24, .max = 50, .cell = draw_loser },
};

static enum table_fetch fetch(void *ctx, const struct table_ask *ask, struct table_page *page)
{
	return whole_fetch(&((struct merge *)ctx)->whole, ask, page);
}

static void empty(void *ctx, struct strbuf *out)
{
	(void)ctx;
	strbuf_adds(out, _("The two records say the same. Ctrl-S makes one of them."));
}

/* --- the screen ---------------------------------------------------------- */

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct merge *v = merge_of(view);

	v->desk = desk_of(view);
	v->pair = *(const struct merge_pair *)arg;
	if (!session_may(v->desk->s, RIGHT_CUSTOMERS_CHANGE, err) || !read_both(v, err)) {
		whole_release(&v->whole);
		return false;
	}
	fill(v);
	choose_filled(v);
	v->ops = (struct table_ops){
		.cols = columns, .count = ARRAY_SIZE(columns), .fetch = fetch, .empty = empty
	};
	list_init(&v->list, &v->ops, v, NULL);
	view->list = &v->list;
	return true;
}

static void on_close(struct view *view)
{
	struct merge *v = merge_of(view);

	list_release(&v->list);
	whole_release(&v->whole);
}

static unsigned on_reload(struct view *view)
{
	struct merge *v = merge_of(view);
	struct ui *ui = view->ui;
	struct err err = ERR_INIT;

	if (!read_both(v, &err))
		ui_close(ui, view);
	return ui_error(ui, &err) | STALE_REFLOW;
	fill(v);
	table_reload(&v->list.table);
	return STALE_PAINT;
}

static void headline(struct view *view, struct strbuf *out)
{
	struct merge *v = merge_of(view);

	/* TRANSLATORS: two records become one; the name follows. */
	strbuf_addf(out, "%s · ", _("Merge"));
	customer_name(v->winner.name, v->winner.first_name, out);
	if (*v->winner.account_key || *v->loser.account_key)
		strbuf_addf(out, " · %s + %s", *v->winner.account_key ? v->winner.account_key : "?",
			*v->loser.account_key ? v->loser.account_key : "?");
}

static unsigned merge(struct merge *v)
{
	struct desk *d = v->desk;
	struct strbuf name = STRBUF_INIT_MAX(256);
	struct err err = ERR_INIT;
	int64_t journal_id = 0;
	unsigned stale;

	if (!duplicates_merge(
		    d->s, v->pair.winner_id, v->pair.loser_id, v->taken, &journal_id, &err))
		return ui_error(d->ui, &err);
	customer_name(v->winner.name, v->winner.first_name, &name);
	stale = ui_close(d->ui, &v->view); /* `v` is gone */
	stale |= undoing_offer_many(d, journal_id, _("%s: the two records are one."), name.buf);
	strbuf_release(&name);
	return stale;
}

static unsigned swap(struct merge *v)
{
	int64_t id = v->pair.winner_id;
	struct err err = ERR_INIT;

	v->pair.winner_id = v->pair.loser_id;
	v->pair.loser_id = id;
	if (!read_both(v, &err))
		return ui_error(v->view.ui, &err);
	fill(v);
	choose_filled(v);
	table_restart(&v->list.table);
	return STALE_PAINT;
}

static unsigned on_act(struct view *view, enum action_id action)
{
	struct merge *v = merge_of(view);
	const struct merge_row *row = table_row(&v->list.table);

	switch ((int)action) {
	case ACT_SAVE:
		return merge(v);
	case ACT_SWAP:
		return swap(v);
	case ACT_OPEN:
	case ACT_MARK:
		if (row)
			v->taken ^= CF_BIT(row->field);
		return STALE_PAINT;
	case ACT_LEFT:
		if (row)
			v->taken &= ~CF_BIT(row->field);
		return STALE_PAINT;
	case ACT_RIGHT:
		if (row)
			v->taken |= CF_BIT(row->field);
		return STALE_PAINT;
	}
	return STALE_PASS;
}

static const struct view_action merge_actions[] = {
	{ ACT_SAVE, N_("Merge") },
	{ ACT_MARK, N_("Other value") },
	{ ACT_SWAP, NULL },
};

const struct view_ops merge_view = {
	.name = "merge",
	.title = N_("Merge"),
	.size = sizeof(struct merge),
	.actions = merge_actions,
	.action_count = ARRAY_SIZE(merge_actions),
	.open = on_open,
	.close = on_close,
	.reload = on_reload,
	.headline = headline,
	.act = on_act,
};
