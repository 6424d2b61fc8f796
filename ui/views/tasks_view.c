#include "tasks_view.h"

#include "acts.h"
#include "cells.h"
#include "customer_view.h"
#include "date.h"
#include "i18n.h"
#include "list.h"
#include "tasks.h"
#include "undoing.h"

#define DAYS_AHEAD 30

enum column {
	COL_WHEN,
	COL_NAME,
	COL_KIND,
	COL_PHONE,
	COL_NOTE,
	COL_OVERDUE,
	COL_OWNER,
	COL_COUNT
};

struct tasks_screen {
	struct view view;
	struct desk *desk;
	struct list list;
	struct table_col cols[COL_COUNT];
	struct table_ops ops;
	char overdue_head[64];
	bool mine;     /* one's own alone */
	int32_t until; /* last day shown */
	struct tasks_count counts;
	struct acts acts;
};

/* A row of the list: its key is needed to ask for more. */
static const struct task_line *line_of(const void *row)
{
	return row;
}

static struct tasks_screen *screen_of(struct view *view)
{
	return (struct tasks_screen *)view;
}

static const struct desk *desk_in(void *ctx)
{
	return ((struct tasks_screen *)ctx)->desk;
}

/* --- cells --------------------------------------------------------------- */

static void draw_when(void *ctx, const void *row, struct table_cell *cell)
{
	const struct task *task = &line_of(row)->task;
	int32_t today = desk_today(desk_in(ctx));

	if (task->due_day == today)
		strbuf_adds(cell->text, _("today"));
	else
		cell_day(cell->text, desk_in(ctx), task->due_day);
	if (task->due_minute < TASK_ALL_DAY) {
		strbuf_addc(cell->text, ' ');
		date_add_time(cell->text, task->due_minute);
	}
	if (task->due_day < today)
		cell->role = ROLE_BAD;
	else if (task->due_day > today)
		cell->role = ROLE_DIM;
}

static void draw_name(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	customer_name(line_of(row)->name, line_of(row)->first_name, cell->text);
}

static void draw_kind(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, _(task_kind_label(line_of(row)->task.kind)));
}

static void draw_phone(void *ctx, const void *row, struct table_cell *cell)
{
	cell_phone(cell->text, desk_in(ctx), line_of(row)->phone_e164, line_of(row)->phone);
}

static void draw_note(void *ctx, const void *row, struct table_cell *cell)
{
	const struct task *task = &line_of(row)->task;

	if (task->promise_amount) {
		/* TRANSLATORS: an amount that was promised follows. */
		strbuf_addf(cell->text, "%s ", _("promised"));
		cell_amount(cell->text, desk_in(ctx), task->promise_amount);
		strbuf_adds(cell->text, *task->note ? " · " : "");
	}
	strbuf_adds(cell->text, task->note);
}

static void draw_overdue(void *ctx, const void *row, struct table_cell *cell)
{
	if (!line_of(row)->overdue)
		cell_none(cell);
	else
		cell_amount(cell->text, desk_in(ctx), line_of(row)->overdue);
}

static void draw_owner(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, line_of(row)->task.owner);
}

static const struct table_col columns[COL_COUNT] = {
	/* TRANSLATORS: head of a column: when a task is due. */
	[COL_WHEN] = { .name = "when",
		.title = N_("Due"),
		.min = 15,
		.max = 17,
		.cell = draw_when },
	[COL_NAME] = { .name = "name",
		.title = N_("Customer"),
		.min = 20,
		.max = 36,
		.cell = draw_name,
		.name_of = true },
	[COL_KIND] = { .name = "kind",
		.title = N_("What"),
		.min = 8,
		.max = 10,
		.priority = 3,
		.cell = draw_kind },
	[COL_PHONE] = { .name = "phone",
		.title = N_("Phone"),
		.min = 13,
		.max = 16,
		.priority = 1,
		.cell = draw_phone },
	[COL_NOTE] = { .name = "note",
		.title = N_("Note"),
		.min = 14,
		.max = 60,
		.priority = 2,
		.cell = draw_note },
	[COL_OVERDUE] = { .name = "overdue",
		.title = N_("Overdue"),
		.min = 11,
		.max = 16,
		.priority = 4,
		.align = ALIGN_RIGHT,
		.cell = draw_overdue },
	[COL_OWNER] = { .name = "owner",
		.title = N_("Who"),
		.min = 8,
		.max = 14,
		.priority = 5,
		.cell = draw_owner },
};

/* --- pages --------------------------------------------------------------- */

static struct task_key key_of(const struct task_line *line)
{
	return (struct task_key){ line->task.due_day, line->task.due_minute, line->task.id };
}

/* The service pages forward only: what lies before is read from the start. */
static bool read_from(struct tasks_screen *v, struct task_key after, int want,
	struct table_page *page, struct err *err)
{
	const char *owner = v->mine ? v->desk->s->actor.login : NULL;
	struct task_line *lines;
	int n = 0;

	if (!tasks_due(v->desk->s, v->until, owner, after, want, &page->arena, &lines, &n, err))
		return false;
	for (int i = 0; i < n; i++)
		table_page_add(page, lines[i].task.id, &lines[i]);
	page->last = n < want;
	return true;
}

/* Everything in front of `row`, or of the end: the tasks due in a month are few. */
static bool read_before(struct tasks_screen *v, const struct task_line *row, size_t want,
	struct table_page *page, struct err *err)
{
	struct task_key first = TASK_KEY_FIRST;
	size_t n;

	if (!read_from(v, first, INT16_MAX, page, err))
		return false;
	for (n = 0; n < page->rows.len; n++)
		if (row && page->rows.items[n].id == row->task.id)
			break;
	page->rows.len = n;
	page->last = n <= want;
	if (n > want) {
		memmove(page->rows.items, page->rows.items + (n - want),
			want * sizeof(*page->rows.items));
		page->rows.len = want;
	}
	return true;
}

static enum table_fetch fetch(void *ctx, const struct table_ask *ask, struct table_page *page)
{
	struct tasks_screen *v = ctx;
	const struct task_line *row = ask->row;
	struct task_key after = TASK_KEY_FIRST;
	struct err err = ERR_INIT;
	bool ok;

	if (row && ask->from == TABLE_AFTER)
		after = key_of(row);
	if (row && ask->from == TABLE_AT) {
		after = key_of(row);
		after.id--;
	}
	if (ask->from == TABLE_BEFORE || ask->from == TABLE_FROM_END)
		ok = read_before(v, ask->from == TABLE_BEFORE ? row : NULL, ask->want, page, &err);
	else
		ok = read_from(v, after, (int)ask->want, page, &err);
	if (ok)
		return TABLE_DONE;
	ui_error(v->view.ui, &err);
	return TABLE_FAILED;
}

static void details(void *ctx, const void *row, struct strbuf *out)
{
	const struct task_line *line = line_of(row);

	(void)ctx;
	customer_name(line->name, line->first_name, out);
	if (*line->task.note)
		strbuf_addf(out, " · %s", line->task.note);
	/* TRANSLATORS: a login follows. */
	strbuf_addf(out, " · %s %s", _("for"), line->task.owner);
}

static void empty(void *ctx, struct strbuf *out)
{
	(void)ctx;
	strbuf_addf(out, "%s",
		_("Nothing is to be done in the next 30 days. t sets a reminder on a customer."));
}

/* --- the screen ---------------------------------------------------------- */

static void read_counts(struct tasks_screen *v)
{
	struct err err = ERR_INIT;

	if (!tasks_count(v->desk->s, v->mine ? v->desk->s->actor.login : NULL, &v->counts, &err))
		v->counts = (struct tasks_count){ 0, 0 };
	v->until = desk_today(v->desk) + DAYS_AHEAD;
}

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct tasks_screen *v = screen_of(view);

	(void)arg;
	v->desk = desk_of(view);
	if (!session_ready(v->desk->s, RIGHT_CUSTOMERS_READ, err))
		return false;
	memcpy(v->cols, columns, sizeof(columns));
	cell_head(v->overdue_head, sizeof(v->overdue_head), v->desk, _(columns[COL_OVERDUE].title));
	v->cols[COL_OVERDUE].title = v->overdue_head;
	v->ops = (struct table_ops){ .cols = v->cols,
		.count = COL_COUNT,
		.fetch = fetch,
		.details = details,
		.empty = empty };
	list_init(&v->list, &v->ops, v, NULL);
	view->list = &v->list;
	acts_init(&v->acts, v->desk);
	read_counts(v);
	return true;
}

static void on_close(struct view *view)
{
	struct tasks_screen *v = screen_of(view);

	acts_release(&v->acts);
	list_release(&v->list);
}

static unsigned on_reload(struct view *view)
{
	struct tasks_screen *v = screen_of(view);

	read_counts(v);
	table_reload(&v->list.table);
	return STALE_PAINT;
}

static void headline(struct view *view, struct strbuf *out)
{
	struct tasks_screen *v = screen_of(view);

	strbuf_addf(out, "%s · %s", _("Tasks"), v->mine ? _("mine") : _("everybody's"));
	/* TRANSLATORS: tasks that are due today. */
	strbuf_addf(out, ngettext(" · %ld today", " · %ld today", (unsigned long)v->counts.today),
		(long)v->counts.today);
	if (v->counts.late)
		strbuf_addf(out,
			ngettext(" · %ld late", " · %ld late", (unsigned long)v->counts.late),
			(long)v->counts.late);
}

static unsigned done(struct tasks_screen *v, const struct task_line *line)
{
	struct err err = ERR_INIT;
	struct strbuf name = STRBUF_INIT_MAX(256);
	unsigned stale;

	if (!tasks_done(v->desk->s, line->task.id, line->task.revision, &err))
		return ui_error(v->view.ui, &err) | STALE_RELOAD;
	customer_name(line->name, line->first_name, &name);
	stale = undoing_offer(v->desk, _("%s: done."), name.buf);
	strbuf_release(&name);
	return stale;
}

static unsigned on_row(struct tasks_screen *v, enum action_id action, const struct task_line *line)
{
	const struct act_row row = { .task = &line->task };
	int64_t id = line->task.customer_id;

	switch ((int)action) {
	case ACT_OPEN:
		return ui_push(v->view.ui, &customer_view, &id);
	case ACT_DONE:
		return line->task.kind == TASK_CALL
			       ? acts_call(&v->acts, id, line->task.id, line->task.revision)
			       : done(v, line);
	case ACT_EDIT:
		return acts_task_edit(&v->acts, &line->task);
	case ACT_COPY:
		return acts_copy(&v->acts, id);
	case ACT_REMIND:
		return acts_remind(&v->acts, id);
	case ACT_STOP:
		return acts_stop(&v->acts, id);
	case ACT_MENU:
		return acts_menu_of(&v->acts, id, &row);
	}
	return STALE_PASS;
}

static unsigned on_act(struct view *view, enum action_id action)
{
	struct tasks_screen *v = screen_of(view);
	const struct task_line *line = table_row(&v->list.table);

	if (action == ACT_FILTER) {
		v->mine = !v->mine;
		read_counts(v);
		table_restart(&v->list.table);
		return STALE_PAINT;
	}
	return line ? on_row(v, action, line) : STALE_PASS;
}

static const struct view_action task_actions[] = {
	{ ACT_OPEN, N_("Record") },
	{ ACT_DONE, NULL },
	{ ACT_EDIT, NULL },
	{ ACT_COPY, NULL },
	{ ACT_REMIND, NULL },
	{ ACT_MENU, NULL },
	{ ACT_STOP, NULL },
	{ ACT_FILTER, N_("Mine/all") },
};

const struct view_ops tasks_view = {
	.name = "tasks",
	.title = N_("Tasks"),
	.size = sizeof(struct tasks_screen),
	.actions = task_actions,
	.action_count = ARRAY_SIZE(task_actions),
	.open = on_open,
	.close = on_close,
	.reload = on_reload,
	.headline = headline,
	.act = on_act,
};
