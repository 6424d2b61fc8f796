#include "duplicates_view.h"

#include "cells.h"
#include "customer_view.h"
#include "customers.h"
#include "duplicates.h"
#include "i18n.h"
#include "list.h"
#include "mem.h"
#include "merge_view.h"
#include "whole.h"

/* A pair with both records' lines; in the whole's arena. */
struct pair_row {
	struct duplicate_pair pair;
	const struct customer_line *low, *high;
};

struct duplicates {
	struct view view;
	struct desk *desk;
	struct list list;
	struct whole whole;
	struct duplicate_pair *pairs; /* owned: what was found */
	int n_pairs;
	bool found; /* the search has ended */
};

static struct duplicates *screen_of(struct view *view)
{
	return (struct duplicates *)view;
}

void duplicate_reasons(struct strbuf *out, uint32_t why, int likeness)
{
	static const struct {
		uint32_t bit;
		const char *label;
	} reasons[] = {
		{ DUPLICATE_EMAIL, N_("same e-mail") },
		{ DUPLICATE_PHONE, N_("same phone") },
		{ DUPLICATE_CITY, N_("same city") },
		{ DUPLICATE_BIRTH_DAY, N_("same date of birth") },
	};

	for (size_t i = 0; i < ARRAY_SIZE(reasons); i++)
		if (why & reasons[i].bit)
			strbuf_addf(out, "%s%s", out->len ? ", " : "", _(reasons[i].label));
	if (why & DUPLICATE_NAME)
		/* TRANSLATORS: how alike two names are, in percent. */
		strbuf_addf(out, _("%snames alike to %d%%"), out->len ? ", " : "", likeness);
}

/* --- looking for them ---------------------------------------------------- */

struct find_job {
	struct job job;
	struct duplicate_pair *pairs; /* owned */
	int count;
};

static bool find(struct job *job, struct session *s, const struct progress *p, struct err *err)
{
	struct find_job *f = (struct find_job *)job;
	struct arena a = ARENA_INIT;
	struct duplicate_pair *pairs;
	bool ok = duplicates_find(s, p, &a, &pairs, &f->count, err);

	if (ok) {
		f->pairs = mem_zalloc((size_t)f->count + 1, sizeof(*f->pairs));
		if (f->count)
			memcpy(f->pairs, pairs, (size_t)f->count * sizeof(*pairs));
	}
	arena_release(&a);
	return ok;
}

static void free_find(struct job *job)
{
	free(((struct find_job *)job)->pairs);
	free(job);
}

static void take_pairs(struct duplicates *v, struct find_job *f);

static unsigned ended(struct desk *d, struct job *job)
{
	struct view *top = ui_top(d->ui);

	if (!job->ok)
		return job->err.code == ERR_CANCELLED ? STALE_NONE : ui_error(d->ui, &job->err);
	if (top && top->ops == &duplicates_view)
		take_pairs(screen_of(top), (struct find_job *)job);
	return STALE_PAINT;
}

static const struct job_ops find_ops = {
	.title = N_("Looking for duplicates"),
	.run = find,
	.ended = ended,
	.free = free_find,
};

static bool start(struct duplicates *v, struct err *err)
{
	struct find_job *f;

	if (job_find(v->desk, &find_ops))
		return true;
	f = mem_zalloc(1, sizeof(*f));
	f->job.ops = &find_ops;
	return job_start(v->desk, &f->job, err);
}

/* --- rows ---------------------------------------------------------------- */

static const struct customer_line *line_of(const struct customer_line *lines, int n, int64_t id)
{
	for (int i = 0; i < n; i++)
		if (lines[i].id == id)
			return &lines[i];
	return NULL;
}

/* The records as they are now: who was merged meanwhile is left out. */
static void fill(struct duplicates *v)
{
	struct err err = ERR_INIT;

	whole_begin(&v->whole);
	for (int i = 0; i < v->n_pairs; i++) {
		int64_t ids[] = { v->pairs[i].low_id, v->pairs[i].high_id };
		struct customer_line *lines;
		struct pair_row *row;
		int n = 0;

		if (!v->pairs[i].low_id ||
			!customers_lines(v->desk->s, ids, 2, &v->whole.arena, &lines, &n, &err) ||
			n < 2)
			continue;
		row = arena_zalloc(&v->whole.arena, 1, sizeof(*row));
		row->pair = v->pairs[i];
		row->low = line_of(lines, n, ids[0]);
		row->high = line_of(lines, n, ids[1]);
		whole_add(&v->whole, i + 1, row);
	}
	table_reload(&v->list.table);
}

static void take_pairs(struct duplicates *v, struct find_job *f)
{
	free(v->pairs);
	v->pairs = f->pairs;
	v->n_pairs = f->count;
	f->pairs = NULL;
	v->found = true;
	fill(v);
}

static const struct pair_row *pair_of(const void *row)
{
	return row;
}

static void add_line(const struct customer_line *line, struct table_cell *cell)
{
	customer_name(line->name, line->first_name, cell->text);
	if (*line->account_key)
		strbuf_addf(cell->text, " (%s)", line->account_key);
}

static void draw_low(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	add_line(pair_of(row)->low, cell);
}

static void draw_high(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	add_line(pair_of(row)->high, cell);
}

static void draw_why(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	duplicate_reasons(cell->text, pair_of(row)->pair.why, pair_of(row)->pair.likeness);
}

static const struct table_col columns[] = {
	{ .name = "low",
		.title = N_("Record"),
		.min = 24,
		.max = 40,
		.cell = draw_low,
		.name_of = true },
	/* TRANSLATORS: head of a column: a record that may be the same customer. */
	{ .name = "high",
		.title = N_("May be the same as"),
		.min = 24,
		.max = 40,
		.cell = draw_high },
	{ .name = "why",
		.title = N_("Why"),
		.min = 22,
		.max = 50,
		.priority = 1,
		.cell = draw_why },
};

static enum table_fetch fetch(void *ctx, const struct table_ask *ask, struct table_page *page)
{
	return whole_fetch(&((struct duplicates *)ctx)->whole, ask, page);
}

static void details(void *ctx, const void *row, struct strbuf *out)
{
	const struct duplicates *v = ctx;
	const struct customer_line *lines[] = { pair_of(row)->low, pair_of(row)->high };

	for (size_t i = 0; i < 2; i++) {
		strbuf_adds(out, i ? " | " : "");
		cell_phone(out, v->desk, lines[i]->phone_e164, lines[i]->phone);
		strbuf_addf(out, " %s %s", lines[i]->email, lines[i]->city);
	}
}

static void empty(void *ctx, struct strbuf *out)
{
	const struct duplicates *v = ctx;

	strbuf_adds(out, v->found ? _("Nobody seems to be entered twice.") : _("Looking…"));
}

static const struct table_ops table_ops = {
	.cols = columns,
	.count = ARRAY_SIZE(columns),
	.fetch = fetch,
	.details = details,
	.empty = empty,
};

/* --- the screen ---------------------------------------------------------- */

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct duplicates *v = screen_of(view);

	(void)arg;
	v->desk = desk_of(view);
	if (!session_ready(v->desk->s, RIGHT_CUSTOMERS_READ, err) || !start(v, err))
		return false;
	list_init(&v->list, &table_ops, v, NULL);
	view->list = &v->list;
	return true;
}

static void on_close(struct view *view)
{
	struct duplicates *v = screen_of(view);
	struct job *job = job_find(v->desk, &find_ops);

	if (job)
		job_stop(job);
	list_release(&v->list);
	whole_release(&v->whole);
	free(v->pairs);
}

static unsigned on_reload(struct view *view)
{
	struct duplicates *v = screen_of(view);
	struct err err = ERR_INIT;

	fill(v);
	/* What was found while another screen was open went by. */
	if (!v->found && !start(v, &err))
		return ui_error(view->ui, &err);
	return STALE_PAINT;
}

static void headline(struct view *view, struct strbuf *out)
{
	struct duplicates *v = screen_of(view);

	strbuf_adds(out, _("Duplicates"));
	if (v->found) {
		strbuf_adds(out, " · ");
		cell_count(out, v->desk, (int64_t)v->whole.rows.len);
	}
}

/* They are two: not told again. */
static unsigned dismiss(struct duplicates *v, const struct pair_row *row)
{
	struct err err = ERR_INIT;

	if (!duplicates_dismiss(v->desk->s, row->pair.low_id, row->pair.high_id, &err))
		return ui_error(v->view.ui, &err);
	for (int i = 0; i < v->n_pairs; i++)
		if (v->pairs[i].low_id == row->pair.low_id &&
			v->pairs[i].high_id == row->pair.high_id)
			v->pairs[i].low_id = 0;
	fill(v);
	return ui_say(v->view.ui, "%s", _("They are two: this is not asked again."));
}

static unsigned on_act(struct view *view, enum action_id action)
{
	struct duplicates *v = screen_of(view);
	const struct pair_row *row = table_row(&v->list.table);
	struct merge_pair pair;

	if (!row)
		return STALE_PASS;
	switch ((int)action) {
	case ACT_OPEN:
		pair = (struct merge_pair){ row->pair.low_id, row->pair.high_id };
		return ui_push(view->ui, &merge_view, &pair);
	case ACT_DISMISS:
		return dismiss(v, row);
	}
	return STALE_PASS;
}

static const struct view_action duplicates_actions[] = {
	{ ACT_OPEN, N_("Compare") },
	{ ACT_DISMISS, NULL },
};

const struct view_ops duplicates_view = {
	.name = "duplicates",
	.title = N_("Duplicates"),
	.size = sizeof(struct duplicates),
	.actions = duplicates_actions,
	.action_count = ARRAY_SIZE(duplicates_actions),
	.open = on_open,
	.close = on_close,
	.reload = on_reload,
	.headline = headline,
	.act = on_act,
};
