#include "import_columns.h"

#include "cells.h"
#include "chart.h"
#include "desk_event.h"
#include "import_ask.h"
#include "import_check.h"
#include "import_options_form.h"
#include "import_said.h"
#include "i18n.h"
#include "import_work.h"
#include "list.h"
#include "mem.h"
#include "whole.h"

struct columns {
	struct view view;
	struct desk *desk;
	struct import_work *work;
	struct list list;
	struct whole rows;
	struct import_asking ask;
	bool over; /* a step has ended: the next tick looks at it */
};

static const struct import_column *column_of(const struct columns *v, const void *row)
{
	return import_analysis(v->work->im)->columns + (*(const size_t *)row);
}

/* While a job goes on the import is the job's: it is not even looked at. */
static bool is_read(const struct columns *v)
{
	return !import_work_job(v->desk, v->work) && v->work->im;
}

/* --- the list ------------------------------------------------------------ */

static void draw_header(void *ctx, const void *row, struct table_cell *cell)
{
	const struct import_column *c = column_of(ctx, row);

	if (*c->header)
		strbuf_adds(cell->text, c->header);
	else
		strbuf_addf(cell->text, _("Column %zu"), *(const size_t *)row + 1);
}

static void draw_sample(void *ctx, const void *row, struct table_cell *cell)
{
	const struct import_column *c = column_of(ctx, row);

	strbuf_adds(cell->text, c->samples[0] ? c->samples[0] : "");
	cell->role = ROLE_DIM;
}

static void draw_filled(void *ctx, const void *row, struct table_cell *cell)
{
	const struct columns *v = ctx;

	cell_count(cell->text, v->desk, column_of(v, row)->filled);
}

static void draw_field(void *ctx, const void *row, struct table_cell *cell)
{
	const struct import_column *c = column_of(ctx, row);

	if (c->field == IMPORT_FIELDS) {
		/* TRANSLATORS: a column of the file that is not imported. */
		strbuf_addf(cell->text, "%s %s", cell->look->glyphs[G_DASH], _("not imported"));
		cell->role = ROLE_DIM;
		return;
	}
	strbuf_addf(cell->text, "%s %s", cell->look->glyphs[G_RIGHT],
		_(import_field_info(c->field)->label));
	cell->role = ROLE_GOOD;
}

static const struct table_col cols[] = {
	{ .name = "header",
		.title = N_("Column of the file"),
		.min = 24,
		.max = 40,
		.cell = draw_header,
		.name_of = true },
	{ .name = "field", .title = N_("Read as"), .min = 22, .max = 34, .cell = draw_field },
	{ .name = "sample",
		.title = N_("For example"),
		.min = 16,
		.max = 40,
		.priority = 1,
		.cell = draw_sample },
	{ .name = "filled",
		.title = N_("Filled"),
		.min = 8,
		.max = 10,
		.priority = 2,
		.align = ALIGN_RIGHT,
		.cell = draw_filled },
};

static enum table_fetch fetch(void *ctx, const struct table_ask *ask, struct table_page *page)
{
	return whole_fetch(&((struct columns *)ctx)->rows, ask, page);
}

static void details(void *ctx, const void *row, struct strbuf *out)
{
	const struct import_column *c = column_of(ctx, row);

	/* TRANSLATORS: values of a column follow. */
	strbuf_adds(out, _("For example: "));
	for (int i = 0; i < IMPORT_SAMPLES && c->samples[i]; i++)
		strbuf_addf(out, "%s%s", i ? " · " : "", c->samples[i]);
}

static const struct table_ops table_ops = {
	.cols = cols, .count = ARRAY_SIZE(cols), .fetch = fetch, .details = details
};

static void fill(struct columns *v)
{
	const struct import_analysis *a = import_analysis(v->work->im);

	whole_begin(&v->rows);
	for (size_t i = 0; i < a->n_columns; i++) {
		size_t *row = arena_alloc(&v->rows.arena, sizeof(*row));

		*row = i;
		whole_add(&v->rows, (int64_t)i + 1, row);
	}
	table_total(&v->list.table, (int64_t)a->n_columns, true);
	table_reload(&v->list.table);
}

/* --- reading and going on ------------------------------------------------ */

static unsigned read_source(struct columns *v)
{
	struct err err = ERR_INIT;

	v->view.list = NULL;
	if (!import_work_start(v->desk, v->work, IMPORT_STEP_READ, &err))
		return ui_error(v->view.ui, &err);
	return STALE_PAINT;
}

static unsigned check(void *ctx)
{
	struct columns *v = ctx;

	return ui_push(v->view.ui, &import_check_view, v->work);
}

/* The mapping or a mark may have changed. */
static unsigned on_answered(void *ctx)
{
	struct columns *v = ctx;

	if (!is_read(v))
		v->view.list = NULL;
	else
		table_reload(&v->list.table);
	return STALE_PAINT;
}

static unsigned on_field(void *ctx, const struct answer *answer)
{
	struct columns *v = ctx;
	const size_t *row = table_row(&v->list.table);
	enum import_field now;
	struct err err = ERR_INIT;
	bool ok = true;

	if (answer->value == ANSWER_NONE || !row)
		return STALE_PAINT;
	now = column_of(v, row)->field;
	if (answer->value != IMPORT_FIELDS)
		ok = import_work_map(
			v->desk, v->work, (enum import_field)answer->value, (int)*row, &err);
	else if (now != IMPORT_FIELDS)
		ok = import_work_map(v->desk, v->work, now, -1, &err);
	if (!ok)
		return ui_error(v->view.ui, &err);
	return on_answered(v);
}

/* Which column has the field already, or that it must have one. */
static const char *field_note(const struct columns *v, enum import_field f)
{
	const struct import_analysis *a = import_analysis(v->work->im);
	int column = a->mapping->column[f];

	if (column >= 0)
		return a->columns[column].header;
	return import_field_info(f)->required ? _("needed") : NULL;
}

static unsigned ask_field(struct columns *v)
{
	struct menu_item items[IMPORT_FIELDS + 1];
	const size_t *row = table_row(&v->list.table);
	struct strbuf title = STRBUF_INIT_MAX(256);
	struct menu_spec spec = { .items = items };
	enum import_field f, end;
	unsigned stale;

	if (!row)
		return STALE_NONE;
	items[spec.count++] =
		(struct menu_item){ .letter = '-', .label = _("not imported"), .value = IMPORT_FIELDS };
	for (import_fields_of(v->work->o.kind, &f, &end); f < end; f++)
		items[spec.count++] = (struct menu_item){ .label = _(import_field_info(f)->label),
			.note = field_note(v, f),
			.value = (int)f };
	spec.current = column_of(v, row)->field;
	strbuf_addf(&title, _("“%s” is read as"), column_of(v, row)->header);
	spec.title = title.buf;
	stale = ui_menu(v->view.ui, &spec, on_field, v);
	strbuf_release(&title);
	return stale;
}

/* --- the screen ---------------------------------------------------------- */

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct columns *v = (struct columns *)view;

	v->desk = desk_of(view);
	v->work = (struct import_work *)arg;
	import_work_hold(v->work);
	if (!import_work_start(v->desk, v->work, IMPORT_STEP_READ, err)) {
		import_work_let_go(v->work);
		return false;
	}
	list_init(&v->list, &table_ops, v, NULL);
	import_ask_init(&v->ask, v->desk, v->work, on_answered, check, v);
	return true;
}

static void on_close(struct view *view)
{
	struct columns *v = (struct columns *)view;
	struct job *job = import_work_job(v->desk, v->work);

	if (job && v->work->step != IMPORT_STEP_RUN)
		job_stop(job);
	list_release(&v->list);
	whole_release(&v->rows);
	import_work_let_go(v->work);
}

static unsigned on_reload(struct view *view)
{
	(void)view;
	return STALE_PAINT;
}

static void headline(struct view *view, struct strbuf *out)
{
	const struct columns *v = (const struct columns *)view;

	import_say_title(out, v->work->path.buf);
	if (is_read(v))
		strbuf_addf(out, " · %s", _(import_kind_label(v->work->o.kind)));
}

/* "1,240 lines · CSV, semicolons, Windows-1252", or the sheet of a workbook. */
static void draw_source(struct columns *v, struct canvas *c, struct rect r)
{
	const struct import_analysis *a = import_analysis(v->work->im);
	struct strbuf text = STRBUF_INIT_MAX(1024), n = STRBUF_INIT_MAX(64);

	cell_count(&n, v->desk, a->rows);
	strbuf_addf(&text, ngettext("%s line", "%s lines", (unsigned long)a->rows), n.buf);
	if (a->facts->format == ROWS_XLSX)
		strbuf_addf(&text, " · %s", a->facts->sheet);
	else
		strbuf_addf(&text, " · CSV · %s", charset_name(a->facts->charset));
	if (a->done_before)
		strbuf_addf(
			&text, " · %s", _("imported before: what is in already changes nothing"));
	else if (a->remembered)
		strbuf_addf(&text, " · %s", _("columns as the last time"));
	draw_text(c, r.y, r.x + 1, r.w - 1, ROLE_DIM, text.buf);
	strbuf_release(&text);
	strbuf_release(&n);
}

static void draw_state(struct columns *v, struct canvas *c, struct rect r)
{
	struct strbuf text = STRBUF_INIT_MAX(1024);
	bool asks = import_ask_sentence(&v->ask, &text);

	if (!asks)
		strbuf_adds(&text, _("Everything is understood. Tab tries it out: nothing is "
				     "written yet."));
	draw_glyph(c, r.y, r.x + 1, asks ? ROLE_MIDDLE : ROLE_GOOD, asks ? G_WARN : G_YES);
	draw_text(c, r.y, r.x + 3, r.w - 3, ROLE_NORMAL, text.buf);
	strbuf_release(&text);
}

static void draw_reading(struct columns *v, struct canvas *c, struct rect r)
{
	struct job *job = import_work_job(v->desk, v->work);

	draw_text(c, r.y + 1, r.x + 1, r.w - 1, ROLE_NORMAL,
		_("The file is being read. Esc stops it."));
	if (job && job->meter.total > 0)
		chart_gauge(
			c, r.y + 3, r.x + 1, r.w / 2, ROLE_GOOD, job->meter.done, job->meter.total);
	draw_cursor(c, r.y + 1, r.x + 1);
}

static void draw(struct view *view, struct canvas *c, struct rect r)
{
	struct columns *v = (struct columns *)view;

	if (!is_read(v)) {
		draw_reading(v, c, r);
		return;
	}
	draw_source(v, c, rect_top(&r, 1));
	draw_state(v, c, rect_top(&r, 1));
	table_draw(&v->list.table, c, r, true, ui_now(view->ui));
}

static unsigned on_options(struct columns *v)
{
	struct import_options_show show = { v->work };

	return ui_push(v->view.ui, &import_options_view, &show);
}

static unsigned on_act(struct view *view, enum action_id action)
{
	struct columns *v = (struct columns *)view;

	if (!is_read(v))
		return action == ACT_OPEN || action == ACT_EDIT || action == ACT_NEXT_PART
			       ? STALE_NONE
			       : STALE_PASS;
	if (action == ACT_OPEN)
		return ask_field(v);
	if (action == ACT_EDIT)
		return on_options(v);
	return action == ACT_NEXT_PART ? import_ask_go(&v->ask) : STALE_PASS;
}

/* What the options changed may need the source to be read again. */
static unsigned look_again(struct columns *v)
{
	if (v->work->again) {
		v->work->again = false;
		return read_source(v);
	}
	v->over = false;
	if (!v->work->ok) {
		struct ui *ui = v->view.ui;
		struct err err = v->work->err;

		ui_close(ui, &v->view);
		return err.code == ERR_CANCELLED ? STALE_PAINT : ui_error(ui, &err);
	}
	v->view.list = &v->list;
	fill(v);
	return v->ask.waiting ? import_ask_go(&v->ask) | STALE_REFLOW : STALE_REFLOW;
}

static int on_wait(struct view *view)
{
	const struct columns *v = (const struct columns *)view;

	return v->over || v->work->again ? 0 : -1;
}

static unsigned on_tick(struct view *view)
{
	return look_again((struct columns *)view);
}

static unsigned on_event(struct view *view, const struct event *event)
{
	struct columns *v = (struct columns *)view;

	if (v->work->step != IMPORT_STEP_READ && v->work->step != IMPORT_STEP_MAP)
		return STALE_NONE;
	if (event->kind == EV_JOB_END && !v->work->job && !v->view.list)
		v->over = true;
	return event->kind == EV_JOB || event->kind == EV_JOB_END ? STALE_PAINT : STALE_NONE;
}

static const struct view_action column_actions[] = {
	{ ACT_OPEN, N_("Read as") },
	{ ACT_NEXT_PART, N_("Try out") },
	{ ACT_EDIT, N_("Options") },
};

const struct view_ops import_columns_view = {
	.name = "import-columns",
	.title = N_("Columns"),
	.size = sizeof(struct columns),
	.actions = column_actions,
	.action_count = ARRAY_SIZE(column_actions),
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
