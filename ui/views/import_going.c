#include "import_going.h"

#include "desk_event.h"
#include "i18n.h"
#include "import_check.h"
#include "import_columns.h"
#include "import_pick.h"
#include "import_run_view.h"
#include "import_said.h"
#include "import_work.h"

struct going {
	struct view view;
	struct desk *desk;
	struct import_work *work;
	bool over; /* the run has ended: the next tick shows what it came to */
};

static unsigned on_stop(void *ctx, const struct answer *answer)
{
	struct going *v = ctx;
	struct job *job = import_work_job(v->desk, v->work);

	if (answer->value == 0 && job)
		job_stop(job);
	return STALE_PAINT;
}

static unsigned ask_stop(struct going *v)
{
	return ui_confirm(v->view.ui, _("Stop the import?"),
		_("What is in stays, and the import can be gone on with or taken back."), _("Stop"),
		on_stop, v);
}

static bool is_of_this_import(const struct view *v)
{
	return v->ops == &import_check_view || v->ops == &import_columns_view ||
	       v->ops == &import_pick_view;
}

/* All screens of this import, with `v` on top. */
static void close_all(struct going *v)
{
	struct view *first = &v->view;

	while (first->below && is_of_this_import(first->below))
		first = first->below;
	ui_close(v->view.ui, first);
}

static unsigned show_run(struct going *v)
{
	struct ui *ui = v->view.ui;
	int64_t id = v->work->result.id;
	struct err err = v->work->err;
	bool failed = !v->work->ok && err.code != ERR_CANCELLED;

	close_all(v);
	if (id)
		ui_push(ui, &import_run_view, &id);
	return failed ? ui_error(ui, &err) : STALE_REFLOW;
}

/* Whoever leaves has other things to do. */
static unsigned on_leave(struct view *view)
{
	close_all((struct going *)view);
	return STALE_REFLOW;
}

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct going *v = (struct going *)view;

	v->desk = desk_of(view);
	v->work = (struct import_work *)arg;
	if (!import_work_start(v->desk, v->work, IMPORT_STEP_RUN, err))
		return false;
	import_work_hold(v->work);
	return true;
}

static void on_close(struct view *view)
{
	import_work_let_go(((struct going *)view)->work);
}

/* The store's changes are the import's own. */
static unsigned on_reload(struct view *view)
{
	(void)view;
	return STALE_PAINT;
}

static void headline(struct view *view, struct strbuf *out)
{
	const struct going *v = (const struct going *)view;

	import_say_title(out, v->work->path.buf);
	strbuf_addf(out, " · %s", _(import_kind_label(v->work->o.kind)));
}

static void draw(struct view *view, struct canvas *c, struct rect r)
{
	struct going *v = (struct going *)view;
	struct job *job = import_work_job(v->desk, v->work);

	r = (struct rect){ r.y + 1, r.x + 1, r.h - 1, r.w - 2 };
	if (job)
		meter_draw(&job->meter, c, r);
	draw_cursor(c, r.y, r.x);
	rect_top(&r, 2);
	draw_wrapped(c, r, ROLE_NORMAL,
		_("You can leave this screen, or even close the window: the import goes on, and "
		  "the status line says when it is done. Esc stops it; what is in stays."));
}

static unsigned on_act(struct view *view, enum action_id action)
{
	return action == ACT_BACK ? ask_stop((struct going *)view) : STALE_PASS;
}

static int on_wait(struct view *view)
{
	return ((struct going *)view)->over ? 0 : -1;
}

static unsigned on_tick(struct view *view)
{
	return show_run((struct going *)view);
}

static unsigned on_event(struct view *view, const struct event *event)
{
	struct going *v = (struct going *)view;

	if (event->kind != EV_JOB && event->kind != EV_JOB_END)
		return STALE_NONE;
	if (event->kind == EV_JOB_END && !v->work->job)
		v->over = true;
	return STALE_PAINT;
}

static const struct view_action going_actions[] = {
	{ ACT_BACK, N_("Stop") },
};

const struct view_ops import_going_view = {
	.name = "import-going",
	.title = N_("Import"),
	.size = sizeof(struct going),
	.actions = going_actions,
	.action_count = ARRAY_SIZE(going_actions),
	.open = on_open,
	.close = on_close,
	.reload = on_reload,
	.headline = headline,
	.draw = draw,
	.act = on_act,
	.leave = on_leave,
	.wait = on_wait,
	.tick = on_tick,
	.event = on_event,
};
