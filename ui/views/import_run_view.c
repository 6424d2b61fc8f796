#include "import_run_view.h"

#include "cells.h"
#include "desk_event.h"
#include "exports.h"
#include "i18n.h"
#include "import_lines.h"
#include "import_resume.h"
#include "import_said.h"
#include "import_undo.h"
#include "list.h"
#include "say.h"

#define PIECE 500
#define FIGURE_LINES 5

struct run_view {
	struct view view;
	struct desk *desk;
	struct list list;
	struct whole lines;
	struct arena arena;
	int64_t id;
	struct import_run run;
	bool going_on; /* somebody works on it */
	struct import_undo undo;
};

/* --- reading ------------------------------------------------------------- */

static bool read_lines(struct run_view *v, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct import_refusal *lines;
	const char *field = "";
	int64_t line = 0;
	int n = PIECE;
	bool ok = true;

	whole_begin(&v->lines);
	while (ok && n == PIECE && v->lines.rows.len < WHOLE_MOST) {
		ok = imports_refusals(v->desk->s, v->id, line, field, PIECE, &a, &lines, &n, err);
		for (int i = 0; ok && i < n; i++)
			import_lines_add(&v->lines, v->run.kind, &lines[i]);
		if (ok && n) {
			line = lines[n - 1].line;
			field = lines[n - 1].field;
		}
	}
	arena_release(&a);
	return ok;
}

static bool read_run(struct run_view *v, struct err *err)
{
	arena_clear(&v->arena);
	if (!imports_get(v->desk->s, v->id, &v->arena, &v->run, err) || !read_lines(v, err))
		return false;
	v->going_on = import_is_going_on(v->desk);
	table_total(&v->list.table, (int64_t)v->lines.rows.len, true);
	return true;
}

/* --- the list ------------------------------------------------------------ */

static enum table_fetch fetch(void *ctx, const struct table_ask *ask, struct table_page *page)
{
	return whole_fetch(&((struct run_view *)ctx)->lines, ask, page);
}

static void empty(void *ctx, struct strbuf *out)
{
	(void)ctx;
	strbuf_adds(out, _("No line was refused."));
}

static const struct table_ops table_ops = {
	.cols = import_line_columns, .count = IMPORT_LINE_COLUMNS, .fetch = fetch, .empty = empty
};

/* --- what can be done ---------------------------------------------------- */

static unsigned save_lines(struct run_view *v)
{
	struct export_options o = {
		.format = SHEET_CSV, .language = v->desk->lang, .translate = gettext
	};
	struct arena a = ARENA_INIT;
	struct export_result result;
	struct err err = ERR_INIT;
	unsigned stale;

	if (!v->run.counts.refused)
		return ui_say(v->view.ui, "%s", _("No line was refused."));
	if (export_refused(v->desk->s, v->id, &o, &a, &result, &err))
		stale = ui_say(v->view.ui, _("Saved, with the reasons: %s"), result.path);
	else
		stale = ui_error(v->view.ui, &err);
	arena_release(&a);
	return stale;
}

static bool can_go_on(const struct run_view *v)
{
	return !v->going_on && (v->run.status == IMPORT_RUNNING || v->run.status == IMPORT_UNDOING);
}

/* --- the screen ---------------------------------------------------------- */

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct run_view *v = (struct run_view *)view;

	v->desk = desk_of(view);
	v->id = *(const int64_t *)arg;
	list_init(&v->list, &table_ops, v, NULL);
	if (read_run(v, err)) {
		view->list = &v->list;
		return true;
	}
	list_release(&v->list);
	whole_release(&v->lines);
	arena_release(&v->arena);
	return false;
}

static void on_close(struct view *view)
{
	struct run_view *v = (struct run_view *)view;

	list_release(&v->list);
	whole_release(&v->lines);
	arena_release(&v->arena);
}

static unsigned on_reload(struct view *view)
{
	struct run_view *v = (struct run_view *)view;
	struct err err = ERR_INIT;

	if (!read_run(v, &err))
		return ui_error(view->ui, &err);
	table_reload(&v->list.table);
	return STALE_PAINT;
}

static void headline(struct view *view, struct strbuf *out)
{
	const struct run_view *v = (const struct run_view *)view;

	import_say_title(out, v->run.path);
	strbuf_addf(out, " · %s", _(import_kind_label(v->run.kind)));
}

/* "imported · 17/11/2026 10:42", and what that leaves to do. */
static void draw_state(struct run_view *v, struct canvas *c, struct rect r)
{
	struct strbuf state = STRBUF_INIT_MAX(256);
	enum role role = import_say_state(&state, v->desk, &v->run, v->going_on);

	strbuf_adds(&state, " · ");
	cell_instant(&state, v->desk, v->run.ended_at ? v->run.ended_at : v->run.started_at);
	draw_text(c, r.y, r.x + 1, r.w - 1, role, state.buf);
	strbuf_release(&state);
}

static void draw_more(struct run_view *v, struct canvas *c, struct rect r)
{
	int64_t all = v->run.counts.refused + v->run.counts.remarks;
	int64_t shown = (int64_t)v->lines.rows.len;
	struct strbuf text = STRBUF_INIT_MAX(256), n = STRBUF_INIT_MAX(64);

	if (all > shown) {
		cell_count(&n, v->desk, all - shown);
		say_with(&text, _("Below are the first ones; %s more are not shown."), n.buf);
		draw_text(c, r.y, r.x + 1, r.w - 1, ROLE_DIM, text.buf);
	}
	strbuf_release(&text);
	strbuf_release(&n);
}

static void draw(struct view *view, struct canvas *c, struct rect r)
{
	struct run_view *v = (struct run_view *)view;
	struct rect top = rect_top(&r, FIGURE_LINES);

	draw_state(v, c, rect_top(&top, 1));
	import_draw_counts(c, top.y, v->desk, &v->run.counts);
	rect_top(&top, 2);
	draw_more(v, c, top);
	table_draw(&v->list.table, c, r, true, ui_now(view->ui));
}

static unsigned have(struct view *view)
{
	const struct run_view *v = (const struct run_view *)view;

	return (v->run.status == IMPORT_DONE ? NEED_UNDO : 0u) | (can_go_on(v) ? NEED_RETRY : 0u);
}

static unsigned on_act(struct view *view, enum action_id action)
{
	struct run_view *v = (struct run_view *)view;
	const struct import_line_row *row = table_row(&v->list.table);

	switch ((int)action) {
	case ACT_OPEN:
		return row ? import_lines_show(view->ui, row) : STALE_NONE;
	case ACT_EXPORT:
		return save_lines(v);
	case ACT_UNDO:
		return v->run.status == IMPORT_DONE ? import_undo_ask(&v->undo, v->desk, &v->run)
						    : STALE_PASS;
	case ACT_RETRY:
		return can_go_on(v) ? import_resume(v->desk, &v->run) : STALE_NONE;
	}
	return STALE_PASS;
}

static unsigned on_event(struct view *view, const struct event *event)
{
	(void)view;
	return event->kind == EV_JOB_END ? STALE_RELOAD : STALE_NONE;
}

static const struct view_action run_actions[] = {
	{ ACT_OPEN, N_("Whole line") },
	{ ACT_EXPORT, N_("Save refused") },
	{ ACT_UNDO, N_("Take back") },
	{ ACT_RETRY, N_("Go on") },
};

const struct view_ops import_run_view = {
	.name = "import-run",
	.title = N_("What an import came to"),
	.size = sizeof(struct run_view),
	.actions = run_actions,
	.action_count = ARRAY_SIZE(run_actions),
	.open = on_open,
	.close = on_close,
	.reload = on_reload,
	.headline = headline,
	.draw = draw,
	.have = have,
	.act = on_act,
	.event = on_event,
};
