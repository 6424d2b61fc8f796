#include "builder_left_out.h"

#include "campaigns.h"
#include "cells.h"
#include "customer_view.h"
#include "desk_event.h"
#include "i18n.h"
#include "list.h"
#include "mem.h"
#include "whole.h"

struct left_out_view {
	struct view view;
	struct desk *desk;
	struct list list;
	struct whole people;
	struct left_out_show show;
	unsigned serial;
	bool asked; /* an answer is on its way */
};

/* --- asking -------------------------------------------------------------- */

struct question {
	struct reading reading;
	struct left_out_show show;
	struct arena arena;
	struct left_out *people;
	int count;
};

static void free_question(struct reading *r)
{
	struct question *q = (struct question *)r;

	arena_release(&q->arena);
	free(q);
}

static bool run(struct reading *r, struct session *s, struct err *err)
{
	struct question *q = (struct question *)r;

	arena_clear(&q->arena);
	return campaigns_left_out(s, q->show.campaign_id, q->show.reason, 0, WHOLE_MOST, &q->arena,
		&q->people, &q->count, err);
}

static unsigned take(struct left_out_view *v, struct question *q)
{
	unsigned stale = STALE_PAINT;

	v->asked = false;
	if (q->reading.ok) {
		whole_begin(&v->people);
		arena_release(&v->people.arena);
		v->people.arena = q->arena;
		q->arena = (struct arena)ARENA_INIT;
		for (int i = 0; i < q->count; i++)
			whole_add(&v->people, q->people[i].customer_id, &q->people[i]);
		table_total(&v->list.table, q->count, q->count < WHOLE_MOST);
		table_reload(&v->list.table);
	} else {
		stale = ui_error(v->view.ui, &q->reading.err);
	}
	free_question(&q->reading);
	return stale;
}

static unsigned ask(struct left_out_view *v)
{
	struct question *q = mem_zalloc(1, sizeof(*q));

	reader_drop(v->desk->reader, &v->serial);
	q->reading.run = run;
	q->reading.free = free_question;
	q->reading.owner = &v->serial;
	q->show = v->show;
	v->asked = true;
	if (!reader_ask(v->desk->reader, &q->reading, v->desk->patience, &v->serial))
		return STALE_NONE;
	return take(v, q);
}

/* --- the list ------------------------------------------------------------ */

static const struct left_out *person(const void *row)
{
	return row;
}

static void draw_name(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	customer_name(person(row)->name, person(row)->first_name, cell->text);
}

static void draw_channel(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, _(channel_label(person(row)->channel)));
}

static void draw_address(void *ctx, const void *row, struct table_cell *cell)
{
	const struct left_out *p = person(row);
	struct left_out_view *v = ctx;

	if (!*p->address)
		cell_none(cell);
	else if (p->channel == CHANNEL_SMS || p->channel == CHANNEL_WHATSAPP)
		cell_phone(cell->text, v->desk, p->address, p->address);
	else
		strbuf_adds(cell->text, p->address);
}

static const struct table_col columns[] = {
	{ .name = "name",
		.title = N_("Customer"),
		.min = 24,
		.max = 44,
		.cell = draw_name,
		.name_of = true },
	{ .name = "channel",
		/* TRANSLATORS: head of a column: SMS, e-mail... */
		.title = N_("Channel"),
		.min = 9,
		.max = 12,
		.priority = 2,
		.cell = draw_channel },
	{ .name = "address",
		/* TRANSLATORS: head of a column: a telephone number or an e-mail address. */
		.title = N_("Number or address"),
		.min = 17,
		.max = 40,
		.priority = 1,
		.cell = draw_address },
};

static enum table_fetch fetch(void *ctx, const struct table_ask *ask, struct table_page *page)
{
	return whole_fetch(&((struct left_out_view *)ctx)->people, ask, page);
}

static void empty(void *ctx, struct strbuf *out)
{
	const struct left_out_view *v = ctx;

	strbuf_adds(out, v->asked ? _("Looking who it is…") : _("Nobody is left out for this."));
}

static const struct table_ops table_ops = {
	.cols = columns, .count = ARRAY_SIZE(columns), .fetch = fetch, .empty = empty
};

/* --- the screen ---------------------------------------------------------- */

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct left_out_view *v = (struct left_out_view *)view;

	(void)err;
	v->desk = desk_of(view);
	v->show = *(const struct left_out_show *)arg;
	list_init(&v->list, &table_ops, v, NULL);
	view->list = &v->list;
	ask(v);
	return true;
}

static void on_close(struct view *view)
{
	struct left_out_view *v = (struct left_out_view *)view;

	reader_drop(v->desk->reader, &v->serial);
	list_release(&v->list);
	whole_release(&v->people);
}

static unsigned on_reload(struct view *view)
{
	return ask((struct left_out_view *)view);
}

static void headline(struct view *view, struct strbuf *out)
{
	struct left_out_view *v = (struct left_out_view *)view;

	strbuf_addf(out, "%s · %s", _("Left out"),
		_(message_reason_label((enum message_reason)v->show.reason)));
	if (v->list.table.total >= 0) {
		strbuf_adds(out, " · ");
		cell_count(out, v->desk, v->list.table.total);
	}
	if (v->people.rows.len == WHOLE_MOST)
		/* TRANSLATORS: there are more than are listed. */
		strbuf_adds(out, _(" and more"));
}

static unsigned on_act(struct view *view, enum action_id action)
{
	struct left_out_view *v = (struct left_out_view *)view;
	int64_t id = table_id(&v->list.table);

	return action == ACT_OPEN && id ? ui_push(view->ui, &customer_view, &id) : STALE_PASS;
}

static unsigned on_event(struct view *view, const struct event *event)
{
	struct left_out_view *v = (struct left_out_view *)view;
	struct question *q;

	if (event->kind != EV_READ || event->id != v->serial)
		return STALE_NONE;
	q = (struct question *)reader_take(v->desk->reader, v->serial);
	return q ? take(v, q) : STALE_NONE;
}

static const struct view_action actions_here[] = {
	{ ACT_OPEN, N_("Record") },
};

const struct view_ops builder_left_out_view = {
	.name = "left-out",
	.title = N_("Left out"),
	.size = sizeof(struct left_out_view),
	.actions = actions_here,
	.action_count = ARRAY_SIZE(actions_here),
	.open = on_open,
	.close = on_close,
	.reload = on_reload,
	.headline = headline,
	.act = on_act,
	.event = on_event,
};
