#include "import_check.h"

#include "cells.h"
#include "desk_event.h"
#include "i18n.h"
#include "import_going.h"
#include "import_lines.h"
#include "import_said.h"
#include "list.h"
#include "say.h"
#include "whole.h"

#define FIGURE_LINES 3

struct check {
	struct view view;
	struct desk *desk;
	struct import_work *work;
	struct list list;
	struct whole lines;
	bool over; /* a step has ended: the next tick looks at it */
};

static bool is_going(const struct check *v)
{
	return v->over || import_work_job(v->desk, v->work);
}

/* --- the lines ----------------------------------------------------------- */

static enum table_fetch fetch(void *ctx, const struct table_ask *ask, struct table_page *page)
{
	return whole_fetch(&((struct check *)ctx)->lines, ask, page);
}

static void empty(void *ctx, struct strbuf *out)
{
	(void)ctx;
	strbuf_adds(out, _("Every line can be taken in as it is."));
}

static const struct table_ops table_ops = {
	.cols = import_line_columns, .count = IMPORT_LINE_COLUMNS, .fetch = fetch, .empty = empty
};

static void fill(struct check *v)
{
	whole_begin(&v->lines);
	for (size_t i = 0; i < v->work->lines.len && i < WHOLE_MOST; i++)
		import_lines_add(&v->lines, v->work->o.kind, &v->work->lines.items[i]);
	table_total(&v->list.table, (int64_t)v->lines.rows.len, true);
	table_restart(&v->list.table);
}

/* --- the run itself ------------------------------------------------------ */

static unsigned on_run(void *ctx, const struct answer *answer)
{
	struct check *v = ctx;

	return answer->value == 0 ? ui_push(v->view.ui, &import_going_view, v->work) : STALE_PAINT;
}

static unsigned ask_run(struct check *v)
{
	const struct import_counts *c = &v->work->result.counts;
	const char *buttons[] = { _("Import now"), _("Not yet") };
	struct dialog_spec spec = {
		.title = _("Import for good?"), .buttons = buttons, .count = 2
	};
	struct strbuf text = STRBUF_INIT_MAX(1024);
	unsigned stale;

	say_import_counts(&text, v->work->o.kind, c, v->desk->lang);
	strbuf_adds(&text, ".\n\n");
	strbuf_adds(&text, _("The store is copied first, and the whole import can be taken back."));
	spec.text = text.buf;
	stale = ui_dialog(v->view.ui, &spec, on_run, v);
	strbuf_release(&text);
	return stale;
}

static unsigned check_ended(struct check *v)
{
	struct ui *ui = v->view.ui;
	struct err err = v->work->err;

	v->over = false;
	if (v->work->ok) {
		fill(v);
		v->view.list = &v->list;
		return STALE_REFLOW;
	}
	ui_close(ui, &v->view);
	return err.code == ERR_CANCELLED ? STALE_REFLOW : ui_error(ui, &err);
}

/* --- the screen ---------------------------------------------------------- */

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct check *v = (struct check *)view;

	v->desk = desk_of(view);
	v->work = (struct import_work *)arg;
	if (!import_work_start(v->desk, v->work, IMPORT_STEP_CHECK, err))
		return false;
	import_work_hold(v->work);
	list_init(&v->list, &table_ops, v, NULL);
	return true;
}

static void on_close(struct view *view)
{
	struct check *v = (struct check *)view;
	struct job *job = import_work_job(v->desk, v->work);

	if (job && v->work->step == IMPORT_STEP_CHECK)
		job_stop(job);
	list_release(&v->list);
	whole_release(&v->lines);
	import_work_let_go(v->work);
}

/* The store's changes are the import's own. */
static unsigned on_reload(struct view *view)
{
	(void)view;
	return STALE_PAINT;
}

static void headline(struct view *view, struct strbuf *out)
{
	const struct check *v = (const struct check *)view;

	import_say_title(out, v->work->path.buf);
	strbuf_addf(out, " · %s", _(import_kind_label(v->work->o.kind)));
	strbuf_addf(out, " · %s", _("dry run"));
}

static void draw_going(struct check *v, struct canvas *c, struct rect r)
{
	struct job *job = import_work_job(v->desk, v->work);

	r = (struct rect){ r.y + 1, r.x + 1, r.h - 1, r.w - 2 };
	if (job)
		meter_draw(&job->meter, c, r);
	draw_cursor(c, r.y, r.x);
	rect_top(&r, 2);
	draw_wrapped(c, r, ROLE_NORMAL,
		_("Every line is tried out; nothing is written yet. Esc stops it."));
}

static void draw_checked(struct check *v, struct canvas *c, struct rect r)
{
	struct strbuf more = STRBUF_INIT_MAX(256), n = STRBUF_INIT_MAX(64);
	int64_t shown = (int64_t)v->lines.rows.len;
	int64_t all = v->work->result.counts.refused + v->work->result.counts.remarks;
	struct rect top = rect_top(&r, FIGURE_LINES);

	import_draw_counts(c, top.y, v->desk, &v->work->result.counts);
	if (all > shown) {
		cell_count(&n, v->desk, all - shown);
		say_with(&more, _("Below are the first ones; %s more are not shown."), n.buf);
		draw_text(c, top.y + 2, top.x + 1, top.w - 1, ROLE_DIM, more.buf);
	}
	table_draw(&v->list.table, c, r, true, ui_now(v->view.ui));
	strbuf_release(&more);
	strbuf_release(&n);
}

static void draw(struct view *view, struct canvas *c, struct rect r)
{
	struct check *v = (struct check *)view;

	if (is_going(v))
		draw_going(v, c, r);
	else
		draw_checked(v, c, r);
}

static unsigned on_act(struct view *view, enum action_id action)
{
	struct check *v = (struct check *)view;
	const struct import_line_row *row = view->list ? table_row(&v->list.table) : NULL;

	if (is_going(v))
		return action == ACT_OPEN || action == ACT_NEXT_PART ? STALE_NONE : STALE_PASS;
	if (action == ACT_NEXT_PART)
		return ask_run(v);
	if (action == ACT_OPEN && row)
		return import_lines_show(view->ui, row);
	return STALE_PASS;
}

static int on_wait(struct view *view)
{
	return ((struct check *)view)->over ? 0 : -1;
}

static unsigned on_tick(struct view *view)
{
	return check_ended((struct check *)view);
}

static unsigned on_event(struct view *view, const struct event *event)
{
	struct check *v = (struct check *)view;

	if (event->kind != EV_JOB && event->kind != EV_JOB_END)
		return STALE_NONE;
	if (v->work->step != IMPORT_STEP_CHECK)
		return STALE_NONE;
	if (event->kind == EV_JOB_END && !v->work->job && !v->view.list)
		v->over = true;
	return STALE_PAINT;
}

static const struct view_action check_actions[] = {
	{ ACT_NEXT_PART, N_("Import now") },
	{ ACT_OPEN, N_("Whole line") },
};

const struct view_ops import_check_view = {
	.name = "import-check",
	.title = N_("Dry run"),
	.size = sizeof(struct check),
	.actions = check_actions,
	.action_count = ARRAY_SIZE(check_actions),
	.open = on_open,
	.close = on_close,
	.reload = on_reload,
	.headline = headline,
	.draw = draw,
	.act = on_act,
	.wait = on_wait,
	.tick = on_tick,
	.event = on_event,
};
