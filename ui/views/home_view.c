#include "home_view.h"

#include "cells.h"
#include "campaigns_view.h"
#include "chart.h"
#include "customer_form.h"
#include "customers_view.h"
#include "date.h"
#include "first_view.h"
#include "home_campaigns.h"
#include "i18n.h"
#include "list.h"
#include "num.h"
#include "overview.h"
#include "pace.h"
#include "tasks.h"
#include "tasks_view.h"
#include "undo.h"
#include "work.h"

enum panel {
	PANEL_TODO,
	PANEL_SINCE,
	PANEL_CUSTOMERS,
	PANEL_SEGMENTS,
	PANEL_CAMPAIGNS,
	PANEL_COUNT
};

/* Where the arrows lead from a panel; PANEL_COUNT: nowhere. */
static const struct {
	enum panel up, down, beside;
} ways[PANEL_COUNT] = {
	[PANEL_TODO] = { PANEL_COUNT, PANEL_CUSTOMERS, PANEL_SINCE },
	[PANEL_SINCE] = { PANEL_COUNT, PANEL_SEGMENTS, PANEL_TODO },
	[PANEL_CUSTOMERS] = { PANEL_TODO, PANEL_CAMPAIGNS, PANEL_SEGMENTS },
	[PANEL_SEGMENTS] = { PANEL_SINCE, PANEL_CAMPAIGNS, PANEL_CUSTOMERS },
	[PANEL_CAMPAIGNS] = { PANEL_CUSTOMERS, PANEL_COUNT, PANEL_COUNT },
};

/* A line of a panel, and what Enter opens. */
struct item {
	char figure[40];
	char text[96];
	enum role role; /* of the figure */
	const struct view_ops *view;
	const char *filter;		    /* of customers; NULL: none */
	unsigned (*run)(struct desk *desk); /* instead of a view */
	int64_t value;			    /* of a bar */
};

#define ITEMS_MOST 8
#define READ_MS 1000 /* between two readings while others write */
#define FIGURES 8    /* of customers */

struct items {
	struct item list[ITEMS_MOST];
	int count;
};

struct home {
	struct view view;
	struct desk *desk;
	struct overview now;
	struct home_campaigns campaigns;
	struct pace pace;
	struct items panels[PANEL_COUNT];
	int room[PANEL_COUNT]; /* lines that were drawn; 0: not yet */
	enum panel panel;
	int index;
	int64_t visit; /* when the last one ended, 0: the first */
};

static struct home *home_of(struct view *view)
{
	return (struct home *)view;
}

/* --- what is to be done -------------------------------------------------- */

static struct item *add_item(struct home *v, enum panel panel)
{
	struct items *items = &v->panels[panel];
	struct item *item = &items->list[items->count < ITEMS_MOST ? items->count : ITEMS_MOST - 1];

	items->count += items->count < ITEMS_MOST;
	*item = (struct item){ .role = ROLE_EMPHASIS };
	return item;
}

static void set_count(const struct home *v, struct item *item, int64_t n)
{
	struct strbuf text = STRBUF_INIT_MAX(sizeof(item->figure) - 1);

	cell_count(&text, v->desk, n);
	snprintf(item->figure, sizeof(item->figure), "%s", text.buf);
	item->value = n;
	strbuf_release(&text);
}

static void set_text(struct item *item, const char *text)
{
	snprintf(item->text, sizeof(item->text), "%s", text);
}

/* Work to do that has a count, unless there is none of it. */
static struct item *add_todo(struct home *v, int64_t n, const char *text)
{
	struct item *item;

	if (!n)
		return NULL;
	item = add_item(v, PANEL_TODO);
	set_count(v, item, n);
	set_text(item, text);
	return item;
}

static void add_tasks(struct home *v)
{
	struct tasks_count count = { 0, 0 };
	struct err err = ERR_INIT;
	struct item *item;

	if (!tasks_count(v->desk->s, NULL, &count, &err))
		return;
	item = add_todo(v, count.late,
		ngettext("task is late", "tasks are late", (unsigned long)count.late));
	if (item) {
		item->view = &tasks_view;
		item->role = ROLE_BAD;
	}
	item = add_todo(v, count.today,
		ngettext("task for today", "tasks for today", (unsigned long)count.today));
	if (item)
		item->view = &tasks_view;
}

/* "customers owe 3 480 500 F CFA for more than 30 days". */
static void add_owing(struct home *v)
{
	struct strbuf text = STRBUF_INIT_MAX(256);
	struct item *item = add_todo(v, v->now.owing, "");

	if (item) {
		strbuf_adds(&text,
			ngettext("customer owes ", "customers owe ", (unsigned long)v->now.owing));
		cell_amount(&text, v->desk, v->now.overdue);
		set_text(item, text.buf);
		item->view = &customers_view;
		item->filter = "has=OVERDUE";
	}
	strbuf_release(&text);
}

static void add_departures(struct home *v)
{
	struct item *item = add_todo(v, v->now.churn_high,
		ngettext("customer is likely to leave", "customers are likely to leave",
			(unsigned long)v->now.churn_high));

	if (!item)
		return;
	item->view = &customers_view;
	item->filter = "churn>=0.7";
}

/* Scores know today's ages only from today's calculation. */
static void add_scores(struct home *v)
{
	struct strbuf text = STRBUF_INIT_MAX(128);
	struct item *item;

	if (!v->now.customers || (v->now.scored_at && desk_day(v->desk, v->now.scored_at, NULL) >=
							      desk_today(v->desk)))
		return;
	item = add_item(v, PANEL_TODO);
	item->run = work_scores;
	if (v->now.scored_at) {
		/* TRANSLATORS: a day follows; Enter does it. */
		strbuf_addf(&text, "%s ", _("recalculate the scores, of"));
		cell_date(&text, v->desk, desk_day(v->desk, v->now.scored_at, NULL));
	} else {
		strbuf_adds(&text, _("calculate the scores"));
	}
	set_text(item, text.buf);
	strbuf_release(&text);
}

/* Messages that may have left: nothing goes on with them by itself. */
static void add_uncertain(struct home *v)
{
	struct item *item = add_todo(v, v->campaigns.totals.uncertain,
		ngettext("uncertain message to settle", "uncertain messages to settle",
			(unsigned long)v->campaigns.totals.uncertain));

	if (!item)
		return;
	item->run = home_campaigns_settle;
	item->role = ROLE_BAD;
}

/* --- since the last visit ------------------------------------------------ */

struct news {
	int64_t imports, edits, merges, undone;
};

static void count_news(struct home *v, struct news *news)
{
	struct arena a = ARENA_INIT;
	struct undo_entry *entries;
	struct err err = ERR_INIT;
	int n = 0;

	if (!undo_list(v->desk->s, INT64_MAX, 500, &a, &entries, &n, &err))
		n = 0;
	for (int i = 0; i < n; i++) {
		const struct undo_entry *e = &entries[i];

		if (e->undone_at > v->visit)
			news->undone++;
		if (e->at <= v->visit || !strcmp(e->actor, v->desk->s->actor.login))
			continue;
		news->imports += !strcmp(e->kind, "IMPORT");
		news->merges += !strcmp(e->kind, "MERGE");
		news->edits += !strcmp(e->kind, "EDIT") || !strcmp(e->kind, "BULK");
	}
	arena_release(&a);
}

static void add_news(struct home *v, int64_t n, const char *text)
{
	struct item *item;

	if (!n)
		return;
	item = add_item(v, PANEL_SINCE);
	set_count(v, item, n);
	set_text(item, text);
	item->view = &customers_view;
}

static void add_sent(struct home *v, int64_t n, const char *text, enum role role)
{
	struct item *item;

	if (!n)
		return;
	item = add_item(v, PANEL_SINCE);
	set_count(v, item, n);
	set_text(item, text);
	item->view = &campaigns_view;
	item->role = role;
}

static void add_messages(struct home *v)
{
	const struct campaign_totals *since = &v->campaigns.since;

	add_sent(v, since->gone,
		ngettext("message has gone", "messages have gone", (unsigned long)since->gone),
		ROLE_EMPHASIS);
	add_sent(v, since->failed,
		ngettext("of them failed", "of them failed", (unsigned long)since->failed),
		ROLE_BAD);
	add_sent(v, since->expired,
		ngettext("message expired, never left", "messages expired, never left",
			(unsigned long)since->expired),
		ROLE_MIDDLE);
}

static void add_since(struct home *v)
{
	struct news news = { 0, 0, 0, 0 };

	add_messages(v);
	count_news(v, &news);
	add_news(v, news.edits,
		ngettext("change by others", "changes by others", (unsigned long)news.edits));
	add_news(v, news.imports,
		ngettext("import by others", "imports by others", (unsigned long)news.imports));
	add_news(v, news.merges,
		ngettext("merge by others", "merges by others", (unsigned long)news.merges));
	add_news(v, news.undone,
		ngettext("change taken back", "changes taken back", (unsigned long)news.undone));
}

/* --- figures ------------------------------------------------------------- */

static struct item *add_figure(struct home *v, const char *label, int64_t n, const char *filter)
{
	struct item *item = add_item(v, PANEL_CUSTOMERS);

	set_text(item, label);
	set_count(v, item, n);
	item->view = &customers_view;
	item->filter = filter;
	item->role = ROLE_NORMAL;
	return item;
}

static void set_money(struct home *v, struct item *item, int64_t minor)
{
	struct strbuf text = STRBUF_INIT_MAX(sizeof(item->figure) - 1);

	cell_money(&text, v->desk, minor);
	snprintf(item->figure, sizeof(item->figure), "%s", text.buf);
	strbuf_release(&text);
}

/* The first ones stay where room is short. */
static void add_customers(struct home *v)
{
	struct item *item;

	add_figure(v, _("All customers"), v->now.customers, NULL);
	add_figure(v, _("Active customers"), v->now.active, "active=yes");
	item = add_figure(v, _("Mean score"), v->now.mean_score, NULL);
	item->role = cell_level_role(score_level(v->now.mean_score));
	add_figure(v, _("Reachable by SMS"), v->now.reach[CHANNEL_SMS], "reachable=SMS");
	add_figure(v, _("Reachable by e-mail"), v->now.reach[CHANNEL_EMAIL], "reachable=EMAIL");
	item = add_figure(v, _("Overdue"), 0, "has=OVERDUE");
	set_money(v, item, v->now.overdue);
	item->role = v->now.overdue ? ROLE_BAD : ROLE_GOOD;
	item = add_figure(v, _("of it over 30 days"), 0, "overdue>30d");
	set_money(v, item, v->now.overdue_30);
	item->role = v->now.overdue_30 ? ROLE_BAD : ROLE_GOOD;
	item = add_figure(v, _("Departure likely"), v->now.churn_high, "churn>=0.7");
	item->role = v->now.churn_high ? ROLE_BAD : ROLE_GOOD;
}

static void add_segments(struct home *v)
{
	static const char *const filters[SEGMENT_COUNT] = {
		[SEGMENT_VIP] = "segment=VIP",
		[SEGMENT_LOYAL] = "segment=LOYAL",
		[SEGMENT_REGULAR] = "segment=REGULAR",
		[SEGMENT_OCCASIONAL] = "segment=OCCASIONAL",
		[SEGMENT_AT_RISK] = "segment=AT_RISK",
	};

	for (int i = 0; i < SEGMENT_COUNT; i++) {
		struct item *item = add_item(v, PANEL_SEGMENTS);

		set_text(item, _(segment_label((enum segment)i)));
		set_count(v, item, v->now.segments[i]);
		item->role = cell_segment_role((enum segment)i);
		item->view = &customers_view;
		item->filter = filters[i];
	}
}

/* --- the screen ---------------------------------------------------------- */

/* That can be seen. */
static int lines_of(const struct home *v, enum panel panel)
{
	int n = panel == PANEL_CAMPAIGNS ? v->campaigns.count : v->panels[panel].count;

	return v->room[panel] && v->room[panel] < n ? v->room[panel] : n;
}

static void clamp(struct home *v)
{
	for (int i = 0; i < PANEL_COUNT && !lines_of(v, v->panel); i++)
		v->panel = (enum panel)((v->panel + 1) % PANEL_COUNT);
	if (v->index >= lines_of(v, v->panel))
		v->index = lines_of(v, v->panel) - 1;
	v->index = v->index < 0 ? 0 : v->index;
}

static bool read_all(struct home *v, struct err *err)
{
	if (!overview_read(v->desk->s, &v->now, err) ||
		!home_campaigns_read(&v->campaigns, v->desk, err))
		return false;
	for (int i = 0; i < PANEL_COUNT; i++)
		v->panels[i].count = 0;
	add_tasks(v);
	add_uncertain(v);
	add_owing(v);
	add_departures(v);
	add_scores(v);
	if (v->visit)
		add_since(v);
	add_customers(v);
	add_segments(v);
	clamp(v);
	return true;
}

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct home *v = home_of(view);

	(void)arg;
	v->desk = desk_of(view);
	v->visit = v->desk->visit;
	v->pace = (struct pace){ .every = READ_MS, .read_ms = ui_now(view->ui) };
	if (read_all(v, err))
		return true;
	home_campaigns_release(&v->campaigns);
	return false;
}

static void on_close(struct view *view)
{
	home_campaigns_release(&home_of(view)->campaigns);
}

static unsigned read_now(struct home *v)
{
	struct err err = ERR_INIT;

	return read_all(v, &err) ? STALE_PAINT : ui_error(v->view.ui, &err);
}

static unsigned on_reload(struct view *view)
{
	struct home *v = home_of(view);

	return pace_hold(&v->pace, ui_now(view->ui)) ? STALE_NONE : read_now(v);
}

static int on_wait(struct view *view)
{
	return pace_wait(&home_of(view)->pace, ui_now(view->ui));
}

static unsigned on_tick(struct view *view)
{
	struct home *v = home_of(view);

	return pace_due(&v->pace, ui_now(view->ui)) ? read_now(v) : STALE_NONE;
}

static unsigned on_event(struct view *view, const struct event *event)
{
	pace_event(&home_of(view)->pace, event);
	return STALE_NONE;
}

static void headline(struct view *view, struct strbuf *out)
{
	struct home *v = home_of(view);

	strbuf_addf(out, "%s · ", _("Today"));
	date_add_long(out, desk_today(v->desk), v->desk->lang);
}

static bool is_here(const struct home *v, enum panel panel, int i)
{
	return v->panel == panel && v->index == i;
}

static void mark(struct home *v, struct canvas *c, struct rect r, enum panel panel, int i)
{
	if (!is_here(v, panel, i))
		return;
	draw_glyph(c, r.y, r.x, ROLE_MARKER, G_CURSOR);
	draw_cursor(c, r.y, r.x + 2);
}

/* "  9 tasks for today": the figure first. */
static void draw_sentences(struct home *v, struct canvas *c, struct rect r, enum panel panel)
{
	const struct items *items = &v->panels[panel];
	int figures = 0;

	v->room[panel] = r.h;
	for (int i = 0; i < items->count; i++) {
		int w = draw_width(items->list[i].figure);

		figures = w > figures ? w : figures;
	}
	for (int i = 0; i < items->count && r.h > 0; i++) {
		struct rect line = rect_top(&r, 1);
		const struct item *item = &items->list[i];
		enum role role = is_here(v, panel, i) ? ROLE_EMPHASIS : ROLE_NORMAL;
		int x = line.x + 2 + figures + (figures ? 1 : 0);

		mark(v, c, line, panel, i);
		draw_right(c, line.y, line.x + 2, figures, item->role, item->figure);
		draw_text(c, line.y, *item->figure ? x : line.x + 2, line.x + line.w - x, role,
			item->text);
	}
}

/* "Active        1 240": the figure last. */
static void draw_figures(struct home *v, struct canvas *c, struct rect r)
{
	const struct items *items = &v->panels[PANEL_CUSTOMERS];

	v->room[PANEL_CUSTOMERS] = r.h;
	for (int i = 0; i < items->count && r.h > 0; i++) {
		struct rect line = rect_top(&r, 1);
		const struct item *item = &items->list[i];
		int used;

		mark(v, c, line, PANEL_CUSTOMERS, i);
		used = draw_right(c, line.y, line.x + 2, line.w - 3, item->role, item->figure);
		draw_text(c, line.y, line.x + 2, line.w - 4 - used,
			is_here(v, PANEL_CUSTOMERS, i) ? ROLE_EMPHASIS : ROLE_NORMAL, item->text);
	}
}

/* Tenths of a percent, half up. */
static int64_t tenths_of(int64_t n, int64_t all)
{
	return (n * 2000 + all) / (2 * all);
}

static void draw_segments(struct home *v, struct canvas *c, struct rect r)
{
	const struct items *items = &v->panels[PANEL_SEGMENTS];
	int64_t most = 1;
	int bar = r.w - 2 - 12 - 9 - 8;

	for (int i = 0; i < items->count; i++)
		most = items->list[i].value > most ? items->list[i].value : most;
	for (int i = 0; i < items->count && r.h > 0; i++) {
		struct rect line = rect_top(&r, 1);
		const struct item *item = &items->list[i];
		struct strbuf part = STRBUF_INIT_MAX(32);

		mark(v, c, line, PANEL_SEGMENTS, i);
		draw_text(c, line.y, line.x + 2, 12, item->role, item->text);
		chart_bar(c, line.y, line.x + 14, bar, item->role, item->value, most);
		draw_right(c, line.y, line.x + 14 + bar, 9, ROLE_NORMAL, item->figure);
		if (v->now.customers)
			num_format_percent(
				&part, tenths_of(item->value, v->now.customers), v->desk->lang);
		draw_right(c, line.y, line.x + 23 + bar, 8, ROLE_DIM, part.buf);
		strbuf_release(&part);
	}
}

static void add_since_title(const struct home *v, struct strbuf *out)
{
	if (!v->visit) {
		strbuf_adds(out, _("YOUR FIRST VISIT"));
		return;
	}
	/* TRANSLATORS: a day and a time follow. */
	strbuf_addf(out, "%s ", _("SINCE YOUR VISIT ON"));
	cell_instant(out, v->desk, v->visit);
}

static void draw_top(struct home *v, struct canvas *c, struct rect left, struct rect right)
{
	struct strbuf title = STRBUF_INIT_MAX(128);

	draw_text(c, left.y, left.x, left.w, ROLE_TITLE, _("TO DO"));
	add_since_title(v, &title);
	draw_text(c, right.y, right.x, right.w, ROLE_TITLE, title.buf);
	strbuf_release(&title);
	rect_top(&left, 1);
	rect_top(&right, 1);
	if (!v->panels[PANEL_TODO].count)
		draw_text(c, left.y, left.x + 2, left.w - 2, ROLE_GOOD, _("Nothing for today."));
	draw_sentences(v, c, left, PANEL_TODO);
	if (!v->panels[PANEL_SINCE].count)
		draw_text(c, right.y, right.x + 2, right.w - 2, ROLE_DIM,
			v->visit ? _("Nothing was changed by others.") : _("Welcome."));
	draw_sentences(v, c, right, PANEL_SINCE);
}

static void draw_bottom(struct home *v, struct canvas *c, struct rect left, struct rect right)
{
	draw_text(c, left.y, left.x, left.w, ROLE_TITLE, _("CUSTOMERS"));
	draw_text(c, right.y, right.x, right.w, ROLE_TITLE, _("SEGMENTS"));
	rect_top(&left, 1);
	rect_top(&right, 1);
	draw_figures(v, c, left);
	draw_segments(v, c, right);
}

static void draw(struct view *view, struct canvas *c, struct rect r)
{
	struct home *v = home_of(view);
	struct rect top, left, right;
	int half = (r.w - 2) * 9 / 20, rows;

	r.x++;
	r.w -= 2;
	rect_top(&r, 1);
	if (!v->now.customers) {
		draw_wrapped(c, r, ROLE_NORMAL,
			_("No customers yet.\ni Import a file · n New customer · d Try with "
			  "examples"));
		draw_cursor(c, r.y, r.x);
		return;
	}
	rows = v->campaigns.count ? v->campaigns.count + 2 : 0;
	top = rect_top(&r, r.h > 24 ? 9 : 7);
	left = rect_left(&top, half);
	draw_top(v, c, left, top);
	right = rect_top(&r, r.h - rows < FIGURES + 1 ? r.h - rows : FIGURES + 1);
	left = rect_left(&right, half);
	left.w -= 2;
	draw_bottom(v, c, left, right);
	rect_top(&r, 1);
	if (rows)
		home_campaigns_draw(
			&v->campaigns, v->desk, c, r, v->panel == PANEL_CAMPAIGNS ? v->index : -1);
}

/* --- keys ---------------------------------------------------------------- */

static unsigned open_item(struct home *v)
{
	const struct item *item = &v->panels[v->panel].list[v->index];
	struct customers_show show = { .filter = item->filter };

	if (v->panel == PANEL_CAMPAIGNS)
		return home_campaigns_open(&v->campaigns, v->desk, v->index);
	if (!lines_of(v, v->panel))
		return STALE_NONE;
	if (item->run)
		return item->run(v->desk);
	if (item->view == &customers_view && !item->filter)
		return ui_go(v->view.ui, 2);
	if (item->view == &campaigns_view)
		return ui_go(v->view.ui, 3);
	return item->view ? ui_push(v->view.ui, item->view, item->filter ? &show : NULL)
			  : STALE_NONE;
}

static unsigned turn(struct home *v, int by)
{
	do
		v->panel = (enum panel)((v->panel + PANEL_COUNT + by) % PANEL_COUNT);
	while (!lines_of(v, v->panel));
	v->index = 0;
	return STALE_PAINT;
}

/* Down from the last line goes to the panel under it, and back. */
static unsigned step(struct home *v, int by)
{
	int to = v->index + by;
	enum panel other = by > 0 ? ways[v->panel].down : ways[v->panel].up;

	if (to >= 0 && to < lines_of(v, v->panel)) {
		v->index = to;
	} else if (other < PANEL_COUNT && lines_of(v, other)) {
		v->panel = other;
		v->index = by > 0 ? 0 : lines_of(v, other) - 1;
	} else {
		return STALE_NONE;
	}
	return STALE_PAINT;
}

static unsigned across(struct home *v, int by)
{
	enum panel other = ways[v->panel].beside;

	if (other == PANEL_COUNT || (by > 0) == (v->panel & 1) || !lines_of(v, other))
		return STALE_NONE;
	v->panel = other;
	clamp(v);
	return STALE_PAINT;
}

/* The list of customers, with the cursor in its search line. */
static unsigned search_customers(struct home *v)
{
	unsigned stale = ui_go(v->view.ui, 2);
	struct view *top = ui_top(v->view.ui);

	if (top->list && top->list->hint)
		top->list->searching = true;
	return stale | STALE_PAINT;
}

static unsigned on_act(struct view *view, enum action_id action)
{
	struct home *v = home_of(view);

	switch ((int)action) {
	case ACT_UP:
		return step(v, -1);
	case ACT_DOWN:
		return step(v, 1);
	case ACT_LEFT:
		return across(v, -1);
	case ACT_RIGHT:
		return across(v, 1);
	case ACT_NEXT_PART:
		return turn(v, 1);
	case ACT_PREV_PART:
		return turn(v, -1);
	case ACT_OPEN:
		return open_item(v);
	case ACT_NEW:
		return ui_push(view->ui, &customer_form_view, NULL);
	case ACT_EXAMPLE:
		return first_demo(v->desk);
	case ACT_SEARCH:
		return search_customers(v);
	}
	return STALE_PASS;
}

static unsigned on_have(struct view *view)
{
	return NEED_ROW | (home_of(view)->now.customers ? 0u : NEED_EMPTY);
}

static const struct view_action home_actions[] = {
	{ ACT_OPEN, NULL },
	{ ACT_NEXT_PART, N_("Panel") },
	{ ACT_SEARCH, NULL },
	{ ACT_NEW, N_("New customer") },
	{ ACT_EXAMPLE, NULL },
};

const struct view_ops home_view = {
	.name = "home",
	.title = N_("Today"),
	.size = sizeof(struct home),
	.actions = home_actions,
	.action_count = ARRAY_SIZE(home_actions),
	.open = on_open,
	.close = on_close,
	.reload = on_reload,
	.headline = headline,
	.draw = draw,
	.have = on_have,
	.act = on_act,
	.wait = on_wait,
	.tick = on_tick,
	.event = on_event,
};
