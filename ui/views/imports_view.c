#include "imports_view.h"

#include "cells.h"
#include "desk_event.h"
#include "i18n.h"
#include "import_pick.h"
#include "import_resume.h"
#include "import_run_view.h"
#include "import_said.h"
#include "import_undo.h"
#include "list.h"
#include "whole.h"

struct imports {
	struct view view;
	struct desk *desk;
	struct list list;
	struct whole runs;
	bool going_on;
	struct import_undo undo;
};

static struct desk *desk_in(void *ctx)
{
	return ((struct imports *)ctx)->desk;
}

static const struct import_run *run_of(const void *row)
{
	return row;
}

/* --- the list ------------------------------------------------------------ */

static void draw_begun(void *ctx, const void *row, struct table_cell *cell)
{
	cell_instant(cell->text, desk_in(ctx), run_of(row)->started_at);
}

static void draw_kind(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, _(import_kind_label(run_of(row)->kind)));
}

static void draw_file(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, import_say_file(run_of(row)->path));
}

static void draw_state(void *ctx, const void *row, struct table_cell *cell)
{
	const struct imports *v = ctx;

	cell->role = import_say_state(cell->text, v->desk, run_of(row), v->going_on);
}

static void draw_created(void *ctx, const void *row, struct table_cell *cell)
{
	cell_count(cell->text, desk_in(ctx), run_of(row)->counts.created);
}

static void draw_changed(void *ctx, const void *row, struct table_cell *cell)
{
	cell_count(cell->text, desk_in(ctx), run_of(row)->counts.changed);
}

static void draw_refused(void *ctx, const void *row, struct table_cell *cell)
{
	cell_count(cell->text, desk_in(ctx), run_of(row)->counts.refused);
	cell->role = run_of(row)->counts.refused ? ROLE_BAD : ROLE_NORMAL;
}

static const struct table_col columns[] = {
	{ .name = "begun", .title = N_("Begun"), .min = 17, .max = 18, .cell = draw_begun },
	{ .name = "file",
		.title = N_("File"),
		.min = 18,
		.max = 60,
		.cell = draw_file,
		.name_of = true },
	{ .name = "kind",
		.title = N_("Kind"),
		.min = 9,
		.max = 11,
		.priority = 4,
		.cell = draw_kind },
	{ .name = "state", .title = N_("State"), .min = 12, .max = 30, .cell = draw_state },
	{ .name = "created",
		.title = N_("Created"),
		.min = 7,
		.max = 10,
		.priority = 2,
		.align = ALIGN_RIGHT,
		.cell = draw_created },
	{ .name = "changed",
		.title = N_("Changed"),
		.min = 8,
		.max = 10,
		.priority = 3,
		.align = ALIGN_RIGHT,
		.cell = draw_changed },
	{ .name = "refused",
		.title = N_("Refusals"),
		.min = 8,
		.max = 10,
		.priority = 1,
		.align = ALIGN_RIGHT,
		.cell = draw_refused },
};

static enum table_fetch fetch(void *ctx, const struct table_ask *ask, struct table_page *page)
{
	return whole_fetch(&((struct imports *)ctx)->runs, ask, page);
}

static void empty(void *ctx, struct strbuf *out)
{
	(void)ctx;
	strbuf_adds(out, _("Nothing was imported yet. i Import a file or pasted rows"));
}

static void details(void *ctx, const void *row, struct strbuf *out)
{
	const struct import_run *run = row;

	import_say_path(out, run->path);
	strbuf_adds(out, *run->path ? " · " : "");
	import_say_state(out, desk_in(ctx), run, ((struct imports *)ctx)->going_on);
}

static const struct table_ops table_ops = { .cols = columns,
	.count = ARRAY_SIZE(columns),
	.fetch = fetch,
	.empty = empty,
	.details = details };

/* --- the screen ---------------------------------------------------------- */

static bool read_runs(struct imports *v, struct err *err)
{
	struct import_run *runs;
	int n;

	whole_begin(&v->runs);
	if (!imports_list(v->desk->s, INT64_MAX, WHOLE_MOST, &v->runs.arena, &runs, &n, err))
		return false;
	for (int i = 0; i < n; i++)
		whole_add(&v->runs, runs[i].id, &runs[i]);
	table_total(&v->list.table, n, true);
	v->going_on = import_is_going_on(v->desk);
	return true;
}

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct imports *v = (struct imports *)view;

	(void)arg;
	v->desk = desk_of(view);
	list_init(&v->list, &table_ops, v, NULL);
	if (read_runs(v, err)) {
		view->list = &v->list;
		return true;
	}
	list_release(&v->list);
	whole_release(&v->runs);
	return false;
}

static void on_close(struct view *view)
{
	struct imports *v = (struct imports *)view;

	list_release(&v->list);
	whole_release(&v->runs);
}

static unsigned on_reload(struct view *view)
{
	struct imports *v = (struct imports *)view;
	struct err err = ERR_INIT;

	if (!read_runs(v, &err))
		return ui_error(view->ui, &err);
	table_reload(&v->list.table);
	return STALE_PAINT;
}

static bool can_go_on(const struct imports *v, const struct import_run *run)
{
	return run && !v->going_on &&
	       (run->status == IMPORT_RUNNING || run->status == IMPORT_UNDOING);
}

static unsigned have(struct view *view)
{
	const struct imports *v = (const struct imports *)view;
	const struct import_run *run = table_row(&v->list.table);

	return (run && run->status == IMPORT_DONE ? NEED_UNDO : 0u) |
	       (can_go_on(v, run) ? NEED_RETRY : 0u);
}

static unsigned on_act(struct view *view, enum action_id action)
{
	struct imports *v = (struct imports *)view;
	const struct import_run *run = table_row(&v->list.table);

	switch ((int)action) {
	case ACT_OPEN:
		return run ? ui_push(view->ui, &import_run_view, &run->id) : STALE_NONE;
	case ACT_IMPORT:
	case ACT_NEW:
		return ui_push(view->ui, &import_pick_view, NULL);
	case ACT_UNDO:
		return run && run->status == IMPORT_DONE ? import_undo_ask(&v->undo, v->desk, run)
							 : STALE_PASS;
	case ACT_RETRY:
		return can_go_on(v, run) ? import_resume(v->desk, run) : STALE_NONE;
	}
	return STALE_PASS;
}

static unsigned on_event(struct view *view, const struct event *event)
{
	(void)view;
	return event->kind == EV_JOB_END ? STALE_RELOAD : STALE_NONE;
}

static const struct view_action imports_actions[] = {
	{ ACT_OPEN, NULL },
	{ ACT_IMPORT, NULL },
	{ ACT_UNDO, N_("Take back") },
	{ ACT_RETRY, N_("Go on") },
};

const struct view_ops imports_view = {
	.name = "imports",
	.title = N_("Imports"),
	.size = sizeof(struct imports),
	.actions = imports_actions,
	.action_count = ARRAY_SIZE(imports_actions),
	.open = on_open,
	.close = on_close,
	.reload = on_reload,
	.have = have,
	.act = on_act,
	.event = on_event,
};
