#include "campaigns_view.h"

#include "campaign_acts.h"
#include "campaign_builder.h"
#include "campaign_cells.h"
#include "date.h"
#include "i18n.h"
#include "list.h"
#include "pace.h"

#define READ_MS 1000 /* between two readings while it is sent */

enum column {
	COL_NAME,
	COL_CHANNEL,
	COL_STATUS,
	COL_SENT,
	COL_DELIVERED,
	COL_OPENED,
	COL_CLICKED,
	COL_STOP,
	COL_COST,
	COL_LAUNCHED,
	COL_BY,
	COL_COUNT
};

struct campaigns_screen {
	struct view view;
	struct desk *desk;
	struct list list;
	struct campaign_list show;
	struct campaign_acts acts;
	struct pace pace;
};

static struct campaigns_screen *screen_of(struct view *view)
{
	return (struct campaigns_screen *)view;
}

static const struct campaign_line *line_of(const void *row)
{
	return row;
}

static const struct desk *desk_in(void *ctx)
{
	return ((struct campaigns_screen *)ctx)->desk;
}

/* --- cells --------------------------------------------------------------- */

static void draw_name(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, line_of(row)->campaign.name);
}

static void draw_channel(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	if (line_of(row)->campaign.channels)
		campaign_add_channels(cell->text, &line_of(row)->campaign);
	else
		cell_none(cell);
}

static void draw_status(void *ctx, const void *row, struct table_cell *cell)
{
	enum campaign_status status = line_of(row)->campaign.status;

	(void)ctx;
	campaign_add_status(cell->text, cell->look, status);
	cell->role = campaign_status_role(status);
}

/* Nothing was written to anybody yet. */
static bool is_empty(const struct campaign_line *line)
{
	return !line->funnel.people;
}

static void draw_sent(void *ctx, const void *row, struct table_cell *cell)
{
	if (is_empty(line_of(row)))
		cell_none(cell);
	else
		campaign_add_sent(cell->text, desk_in(ctx), &line_of(row)->funnel);
}

static void add_rate(void *ctx, struct table_cell *cell, bool told, int64_t n, int64_t of)
{
	if (told && of)
		campaign_add_rate(cell->text, desk_in(ctx), n, of);
	else
		cell_none(cell);
}

static void draw_delivered(void *ctx, const void *row, struct table_cell *cell)
{
	const struct campaign_funnel *f = &line_of(row)->funnel;

	add_rate(ctx, cell, f->delivered > 0, f->delivered, f->sent);
}

static void draw_opened(void *ctx, const void *row, struct table_cell *cell)
{
	const struct campaign_funnel *f = &line_of(row)->funnel;

	add_rate(ctx, cell, campaign_tells_opens(line_of(row)->campaign.channels), f->opened,
		f->delivered);
}

static void draw_clicked(void *ctx, const void *row, struct table_cell *cell)
{
	const struct campaign_funnel *f = &line_of(row)->funnel;

	add_rate(ctx, cell, campaign_tells_clicks(line_of(row)->campaign.channels), f->clicked,
		f->delivered);
}

static void draw_stop(void *ctx, const void *row, struct table_cell *cell)
{
	if (!line_of(row)->funnel.sent) {
		cell_none(cell);
		return;
	}
	cell_count(cell->text, desk_in(ctx), line_of(row)->funnel.stopped);
	cell->role = line_of(row)->funnel.stopped ? ROLE_MIDDLE : ROLE_NORMAL;
}

static void draw_cost(void *ctx, const void *row, struct table_cell *cell)
{
	if (line_of(row)->funnel.cost)
		campaign_add_cost(cell->text, desk_in(ctx), line_of(row)->funnel.cost);
	else
		cell_none(cell);
}

static void draw_launched(void *ctx, const void *row, struct table_cell *cell)
{
	if (line_of(row)->campaign.launched_at)
		cell_instant(cell->text, desk_in(ctx), line_of(row)->campaign.launched_at);
	else
		cell_none(cell);
}

static void draw_by(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, line_of(row)->campaign.created_by);
}

static const struct table_col columns[COL_COUNT] = {
	[COL_NAME] = { .name = "name",
		.title = N_("Campaign"),
		.min = 18,
		.max = 40,
		.cell = draw_name,
		.name_of = true },
	[COL_CHANNEL] = { .name = "channel",
		.title = N_("Channel"),
		.min = 7,
		.max = 18,
		.priority = 1,
		.cell = draw_channel },
	[COL_STATUS] = { .name = "status",
		.title = N_("State"),
		.min = 12,
		.max = 16,
		.cell = draw_status },
	[COL_SENT] = { .name = "sent",
		.title = N_("Gone"),
		.min = 8,
		.max = 15,
		.align = ALIGN_RIGHT,
		.cell = draw_sent },
	[COL_DELIVERED] = { .name = "delivered",
		.title = N_("Arrived"),
		.min = 7,
		.max = 8,
		.priority = 2,
		.align = ALIGN_RIGHT,
		.cell = draw_delivered },
	[COL_OPENED] = { .name = "opened",
		.title = N_("Opens"),
		.min = 7,
		.max = 8,
		.priority = 3,
		.align = ALIGN_RIGHT,
		.cell = draw_opened },
	[COL_CLICKED] = { .name = "clicked",
		.title = N_("Clicks"),
		.min = 6,
		.max = 8,
		.priority = 4,
		.align = ALIGN_RIGHT,
		.cell = draw_clicked },
	[COL_STOP] = { .name = "stop",
		.title = N_("STOP"),
		.min = 4,
		.max = 6,
		.priority = 5,
		.align = ALIGN_RIGHT,
		.cell = draw_stop },
	[COL_COST] = { .name = "cost",
		.title = N_("Cost"),
		.min = 11,
		.max = 16,
		.priority = 6,
		.align = ALIGN_RIGHT,
		.cell = draw_cost },
	[COL_LAUNCHED] = { .name = "launched",
		.title = N_("Launched"),
		.min = 16,
		.max = 17,
		.priority = 7,
		.cell = draw_launched },
	[COL_BY] = { .name = "by",
		.title = N_("By"),
		.min = 8,
		.max = 12,
		.priority = 8,
		.cell = draw_by },
};

/* --- pages --------------------------------------------------------------- */

static bool read_from(struct campaigns_screen *v, int64_t before, int want, struct table_page *page,
	struct err *err)
{
	struct campaign_line *lines;
	int n = 0;

	if (!campaigns_page(v->desk->s, &v->show, before, want, &page->arena, &lines, &n, err))
		return false;
	for (int i = 0; i < n; i++)
		table_page_add(page, lines[i].campaign.id, &lines[i]);
	page->last = n < want;
	return true;
}

/* The service pages forward only: what lies before is read from the start. */
static bool read_before(struct campaigns_screen *v, int64_t id, size_t want,
	struct table_page *page, struct err *err)
{
	size_t n;

	if (!read_from(v, INT64_MAX, INT16_MAX, page, err))
		return false;
	for (n = 0; n < page->rows.len && page->rows.items[n].id != id; n++)
		;
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
	struct campaigns_screen *v = ctx;
	int64_t before = INT64_MAX;
	struct err err = ERR_INIT;
	bool ok;

	if (ask->row && ask->from == TABLE_AFTER)
		before = ask->id;
	if (ask->row && ask->from == TABLE_AT)
		before = ask->id + 1;
	if (ask->from == TABLE_BEFORE || ask->from == TABLE_FROM_END)
		ok = read_before(v, ask->from == TABLE_BEFORE ? ask->id : 0, ask->want, page, &err);
	else
		ok = read_from(v, before, (int)ask->want, page, &err);
	if (ok)
		return TABLE_DONE;
	ui_error(v->view.ui, &err);
	return TABLE_FAILED;
}

static void details(void *ctx, const void *row, struct strbuf *out)
{
	const struct campaign *c = &line_of(row)->campaign;

	strbuf_addf(out, "%s · %s", c->name, _(campaign_type_label(c->type)));
	if (c->cause && (c->status == CAMPAIGN_PAUSED || c->status == CAMPAIGN_FAILED))
		strbuf_addf(out, " · %s", _(campaign_cause_label(c->cause)));
	if (c->status == CAMPAIGN_SCHEDULED && c->start_at) {
		/* TRANSLATORS: when a campaign starts: a day and a time follow. */
		strbuf_addf(out, " · %s ", _("starts on"));
		cell_instant(out, desk_in(ctx), c->start_at);
	}
	/* TRANSLATORS: who made a campaign: a login follows. */
	strbuf_addf(out, " · %s %s", _("by"), c->created_by);
}

static void empty(void *ctx, struct strbuf *out)
{
	const struct campaigns_screen *v = ctx;

	if (v->show.status < 0 && v->show.kind == CAMPAIGN_MANY)
		strbuf_adds(out, _("No campaign yet. n New campaign"));
	else
		strbuf_adds(out, _("None of these. f Change what is shown"));
}

static const struct table_ops table_ops = {
	.cols = columns,
	.count = COL_COUNT,
	.fetch = fetch,
	.details = details,
	.empty = empty,
};

/* --- what is shown ------------------------------------------------------- */

/* The answers of the menu: a state, or one of these behind them. */
enum { SHOW_ALL = CAMPAIGN_STATUS_COUNT, SHOW_KINDS };

static unsigned on_filter(void *ctx, const struct answer *answer)
{
	struct campaigns_screen *v = ctx;

	if (answer->value < 0)
		return STALE_PAINT;
	v->show = (struct campaign_list){ .kind = CAMPAIGN_MANY, .status = -1 };
	if (answer->value < SHOW_ALL)
		v->show.status = answer->value;
	else if (answer->value >= SHOW_KINDS)
		v->show.kind = answer->value - SHOW_KINDS;
	table_restart(&v->list.table);
	return STALE_PAINT;
}

static unsigned ask_filter(struct campaigns_screen *v)
{
	static const enum campaign_status shown[] = {
		CAMPAIGN_DRAFT,
		CAMPAIGN_SCHEDULED,
		CAMPAIGN_RUNNING,
		CAMPAIGN_PAUSED,
		CAMPAIGN_COMPLETED,
		CAMPAIGN_CANCELLED,
		CAMPAIGN_FAILED,
	};
	struct menu_item items[ARRAY_SIZE(shown) + 3];
	struct menu_spec spec = { .title = _("Show"), .items = items };

	items[spec.count++] =
		(struct menu_item){ .letter = '0', .label = _("All campaigns"), .value = SHOW_ALL };
	for (size_t i = 0; i < ARRAY_SIZE(shown); i++)
		items[spec.count++] = (struct menu_item){ .letter = (uint32_t)('1' + i),
			.label = _(campaign_status_label(shown[i])),
			.value = (int)shown[i] };
	items[spec.count++] = (struct menu_item){ .letter = 'o',
		.label = _("Messages to one person"),
		.value = SHOW_KINDS + CAMPAIGN_ONE };
	items[spec.count++] = (struct menu_item){
		.letter = 'p', .label = _("Posts on pages"), .value = SHOW_KINDS + CAMPAIGN_POST
	};
	spec.current = v->show.status >= 0	       ? v->show.status
		       : v->show.kind != CAMPAIGN_MANY ? SHOW_KINDS + v->show.kind
						       : SHOW_ALL;
	return ui_menu(v->view.ui, &spec, on_filter, v);
}

/* --- the screen ---------------------------------------------------------- */

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct campaigns_screen *v = screen_of(view);

	(void)arg;
	v->desk = desk_of(view);
	if (!session_ready(v->desk->s, RIGHT_CAMPAIGNS_READ, err))
		return false;
	v->show = (struct campaign_list){ .kind = CAMPAIGN_MANY, .status = -1 };
	v->acts.desk = v->desk;
	v->pace = (struct pace){ .every = READ_MS, .read_ms = ui_now(view->ui) };
	list_init(&v->list, &table_ops, v, NULL);
	view->list = &v->list;
	return true;
}

static void on_close(struct view *view)
{
	list_release(&screen_of(view)->list);
}

static unsigned read_now(struct campaigns_screen *v)
{
	table_reload(&v->list.table);
	return STALE_PAINT;
}

static unsigned on_reload(struct view *view)
{
	struct campaigns_screen *v = screen_of(view);

	return pace_hold(&v->pace, ui_now(view->ui)) ? STALE_NONE : read_now(v);
}

static int on_wait(struct view *view)
{
	return pace_wait(&screen_of(view)->pace, ui_now(view->ui));
}

static unsigned on_tick(struct view *view)
{
	struct campaigns_screen *v = screen_of(view);

	return pace_due(&v->pace, ui_now(view->ui)) ? read_now(v) : STALE_NONE;
}

static unsigned on_event(struct view *view, const struct event *event)
{
	pace_event(&screen_of(view)->pace, event);
	return STALE_NONE;
}

static void headline(struct view *view, struct strbuf *out)
{
	const struct campaigns_screen *v = screen_of(view);

	strbuf_adds(out, _("Campaigns"));
	if (v->show.status >= 0)
		strbuf_addf(out, " · %s",
			_(campaign_status_label((enum campaign_status)v->show.status)));
	else if (v->show.kind != CAMPAIGN_MANY)
		strbuf_addf(out, " · %s",
			v->show.kind == CAMPAIGN_ONE ? _("Messages to one person")
						     : _("Posts on pages"));
}

static unsigned have(struct view *view)
{
	const struct campaign_line *line = table_row(&screen_of(view)->list.table);
	enum campaign_status to;
	bool resume = line && campaign_next(CAMPAIGN_ACT_RESUME, line->campaign.status, &to);

	return (desk_may(screen_of(view)->desk, RIGHT_CAMPAIGNS_CHANGE) ? NEED_WRITE : 0u) |
	       (resume ? NEED_RETRY : 0u);
}

static unsigned on_row(struct campaigns_screen *v, enum action_id action, const struct campaign *c)
{
	switch ((int)action) {
	case ACT_OPEN:
		return campaign_open(v->desk, c->id, c->status);
	case ACT_MENU:
		return campaign_acts_menu(&v->acts, c);
	case ACT_RETRY:
		return campaign_acts_resume(&v->acts, c);
	case ACT_STOP:
		return campaign_acts_stop(&v->acts, c);
	}
	return STALE_PASS;
}

static unsigned on_act(struct view *view, enum action_id action)
{
	struct campaigns_screen *v = screen_of(view);
	const struct campaign_line *line = table_row(&v->list.table);

	if (action == ACT_FILTER)
		return ask_filter(v);
	if (action == ACT_NEW)
		return builder_new(view->ui);
	return line ? on_row(v, action, &line->campaign) : STALE_PASS;
}

static const struct view_action campaign_actions[] = {
	{ ACT_OPEN, NULL },
	{ ACT_NEW, N_("New one") },
	{ ACT_MENU, NULL },
	{ ACT_RETRY, N_("Go on") },
	{ ACT_PAUSE, NULL },
	{ ACT_STOP, N_("Stop") },
	{ ACT_FILTER, N_("Show") },
};

const struct view_ops campaigns_view = {
	.name = "campaigns",
	.title = N_("Campaigns"),
	.size = sizeof(struct campaigns_screen),
	.actions = campaign_actions,
	.action_count = ARRAY_SIZE(campaign_actions),
	.open = on_open,
	.close = on_close,
	.reload = on_reload,
	.headline = headline,
	.have = have,
	.act = on_act,
	.wait = on_wait,
	.tick = on_tick,
	.event = on_event,
};
