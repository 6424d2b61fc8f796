#include "shelf_view.h"

#include "acts.h"
#include "cells.h"
#include "customer_view.h"
#include "customers.h"
#include "i18n.h"
#include "list.h"
#include "whole.h"

enum column { COL_NAME, COL_PHONE, COL_SEGMENT, COL_SCORE, COL_OVERDUE, COL_CITY, COL_COUNT };

struct shelf {
	struct view view;
	struct desk *desk;
	struct list list;
	struct whole whole;
	struct table_col cols[COL_COUNT];
	struct table_ops ops;
	char overdue_head[64];
	struct acts acts;
};

static struct shelf *shelf_of(struct view *view)
{
	return (struct shelf *)view;
}

static const struct customer_line *line_of(const void *row)
{
	return row;
}

static const struct desk *desk_in(void *ctx)
{
	return ((struct shelf *)ctx)->desk;
}

/* --- cells --------------------------------------------------------------- */

static void draw_name(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	customer_name(line_of(row)->name, line_of(row)->first_name, cell->text);
}

static void draw_phone(void *ctx, const void *row, struct table_cell *cell)
{
	cell_phone(cell->text, desk_in(ctx), line_of(row)->phone_e164, line_of(row)->phone);
}

static void draw_segment(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, _(segment_label(line_of(row)->score.segment)));
	cell->role = cell_segment_role(line_of(row)->score.segment);
}

static void draw_score(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_addf(cell->text, "%d", line_of(row)->score.score);
	cell->role = cell_level_role(score_level(line_of(row)->score.score));
}

static void draw_overdue(void *ctx, const void *row, struct table_cell *cell)
{
	if (!line_of(row)->score.overdue)
		cell_none(cell);
	else
		cell_amount(cell->text, desk_in(ctx), line_of(row)->score.overdue);
}

static void draw_city(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, line_of(row)->city);
}

static const struct table_col columns[COL_COUNT] = {
	[COL_NAME] = { .name = "name",
		.title = N_("Customer"),
		.min = 22,
		.max = 44,
		.cell = draw_name,
		.name_of = true },
	[COL_PHONE] = { .name = "phone",
		.title = N_("Phone"),
		.min = 14,
		.max = 16,
		.cell = draw_phone },
	[COL_SEGMENT] = { .name = "segment",
		.title = N_("Segment"),
		.min = 11,
		.max = 12,
		.cell = draw_segment },
	[COL_SCORE] = { .name = "score",
		.title = N_("Score"),
		.min = 6,
		.max = 6,
		.align = ALIGN_RIGHT,
		.cell = draw_score },
	[COL_OVERDUE] = { .name = "overdue",
		.title = N_("Overdue"),
		.min = 11,
		.max = 16,
		.priority = 1,
		.align = ALIGN_RIGHT,
		.cell = draw_overdue },
	[COL_CITY] = { .name = "city",
		.title = N_("City"),
		.min = 12,
		.max = 20,
		.priority = 2,
		.cell = draw_city },
};

/* --- the screens --------------------------------------------------------- */

static bool fill(struct shelf *v, struct err *err)
{
	struct customer_line *lines;
	int n = 0;
	bool ok;

	whole_begin(&v->whole);
	ok = v->view.ops == &favourites_view
		     ? customers_favourites(v->desk->s, &v->whole.arena, &lines, &n, err)
		     : customers_recent(v->desk->s, &v->whole.arena, &lines, &n, err);
	for (int i = 0; ok && i < n; i++)
		whole_add(&v->whole, lines[i].id, &lines[i]);
	return ok;
}

static enum table_fetch fetch(void *ctx, const struct table_ask *ask, struct table_page *page)
{
	return whole_fetch(&((struct shelf *)ctx)->whole, ask, page);
}

static void empty(void *ctx, struct strbuf *out)
{
	const struct shelf *v = ctx;

	strbuf_adds(out, v->view.ops == &favourites_view
				 ? _("No favourites. m and v on a customer makes one.")
				 : _("No customer was opened yet."));
}

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct shelf *v = shelf_of(view);

	(void)arg;
	v->desk = desk_of(view);
	if (!fill(v, err)) {
		whole_release(&v->whole);
		return false;
	}
	memcpy(v->cols, columns, sizeof(columns));
	cell_head(v->overdue_head, sizeof(v->overdue_head), v->desk, _(columns[COL_OVERDUE].title));
	v->cols[COL_OVERDUE].title = v->overdue_head;
	v->ops = (struct table_ops){
		.cols = v->cols, .count = COL_COUNT, .fetch = fetch, .empty = empty
	};
	list_init(&v->list, &v->ops, v, NULL);
	view->list = &v->list;
	acts_init(&v->acts, v->desk);
	return true;
}

static void on_close(struct view *view)
{
	struct shelf *v = shelf_of(view);

	acts_release(&v->acts);
	list_release(&v->list);
	whole_release(&v->whole);
}

static unsigned on_reload(struct view *view)
{
	struct shelf *v = shelf_of(view);
	struct err err = ERR_INIT;

	if (!fill(v, &err))
		return ui_error(view->ui, &err);
	table_reload(&v->list.table);
	return STALE_PAINT;
}

static unsigned on_act(struct view *view, enum action_id action)
{
	struct shelf *v = shelf_of(view);
	int64_t id = table_id(&v->list.table);

	if (!id)
		return STALE_PASS;
	switch ((int)action) {
	case ACT_OPEN:
		return ui_push(view->ui, &customer_view, &id);
	case ACT_EDIT:
		return acts_edit(&v->acts, id);
	case ACT_COPY:
		return acts_copy(&v->acts, id);
	case ACT_REMIND:
		return acts_remind(&v->acts, id);
	case ACT_STOP:
		return acts_stop(&v->acts, id);
	case ACT_MENU:
		return acts_menu(&v->acts, id);
	}
	return STALE_PASS;
}

static const struct view_action shelf_actions[] = {
	{ ACT_OPEN, N_("Record") },
	{ ACT_MENU, NULL },
	{ ACT_COPY, NULL },
	{ ACT_EDIT, NULL },
	{ ACT_REMIND, NULL },
	{ ACT_STOP, NULL },
};

const struct view_ops recent_view = {
	.name = "recent",
	.title = N_("Opened lately"),
	.size = sizeof(struct shelf),
	.actions = shelf_actions,
	.action_count = ARRAY_SIZE(shelf_actions),
	.open = on_open,
	.close = on_close,
	.reload = on_reload,
	.act = on_act,
};

const struct view_ops favourites_view = {
	.name = "favourites",
	.title = N_("Favourites"),
	.size = sizeof(struct shelf),
	.actions = shelf_actions,
	.action_count = ARRAY_SIZE(shelf_actions),
	.open = on_open,
	.close = on_close,
	.reload = on_reload,
	.act = on_act,
};
