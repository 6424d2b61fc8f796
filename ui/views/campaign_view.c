#include "campaign_view.h"

#include "campaign_acts.h"
#include "campaign_cells.h"
#include "campaign_messages.h"
#include "campaign_report.h"
#include "chart.h"
#include "date.h"
#include "desk_event.h"
#include "i18n.h"
#include "mem.h"
#include "messages.h"
#include "pace.h"
#include "page.h"

#define LARGE_ROWS 30	/* from here why people were left out, and the text, stand below */
#define READ_MS 1000	/* between two readings while it is sent */
#define METRICS_MS 5000 /* between two of what has to go over all messages */
#define LABEL 16
#define FIGURE 8
#define RATE 8

/* The lists in their order, and all messages behind them. */
enum { ROW_ALL = MESSAGE_LIST_COUNT, ROW_COUNT };

struct campaign_screen {
	struct view view;
	struct desk *desk;
	int64_t id;
	struct arena arena;
	struct campaign_card card;
	int64_t lists[ROW_COUNT];
	struct campaign_metrics metrics;
	bool measured;
	int index;
	struct rect places; /* of the rows at the last drawing */
	struct campaign_acts acts;
	/* reading anew */
	struct pace pace;
	bool outdated;		       /* the metrics are */
	int64_t asked_ms, measured_ms; /* the metrics */
	unsigned serial;	       /* of the question for the metrics; 0: none */
};

static struct campaign_screen *screen_of(struct view *view)
{
	return (struct campaign_screen *)view;
}

/* --- reading ------------------------------------------------------------- */

struct metrics_question {
	struct reading reading;
	int64_t id;
	struct campaign_metrics metrics;
};

static bool run_metrics(struct reading *r, struct session *s, struct err *err)
{
	struct metrics_question *q = (struct metrics_question *)r;

	return campaigns_metrics(s, q->id, &q->metrics, err);
}

static void free_reading(struct reading *r)
{
	free(r);
}

static void take_metrics(struct campaign_screen *v, struct metrics_question *q)
{
	v->serial = 0;
	v->measured_ms = ui_now(v->view.ui);
	if (q->reading.ok) {
		v->metrics = q->metrics;
		v->measured = true;
	}
	free(q);
}

/* When they may be asked for again: one that took long is not asked for all the time. */
static int64_t metrics_due(const struct campaign_screen *v)
{
	int64_t rest = 10 * (v->measured_ms - v->asked_ms);

	return v->measured_ms + (rest > METRICS_MS ? rest : METRICS_MS);
}

/* They go over all messages of the campaign: beside the screens, not too often, and set
 * aside while a list is to be read. */
static void ask_metrics(struct campaign_screen *v)
{
	struct metrics_question *q;
	int64_t now = ui_now(v->view.ui);

	v->outdated = true;
	if (v->serial || (v->measured && now < metrics_due(v)))
		return;
	v->outdated = false;
	v->asked_ms = now;
	q = mem_zalloc(1, sizeof(*q));
	q->reading = (struct reading){
		.run = run_metrics, .free = free_reading, .owner = v, .lazy = true
	};
	q->id = v->id;
	if (reader_ask(v->desk->reader, &q->reading, v->desk->patience, &v->serial))
		take_metrics(v, q);
}

static void count_lists(struct campaign_screen *v)
{
	memset(v->lists, 0, sizeof(v->lists));
	for (int i = 0; i < v->card.n_counts; i++) {
		const struct campaign_count *c = &v->card.counts[i];

		v->lists[message_list_of(c->status, c->reason)] += c->messages;
		v->lists[ROW_ALL] += c->messages;
	}
}

static bool read_all(struct campaign_screen *v, struct err *err)
{
	arena_clear(&v->arena);
	if (!campaigns_get(v->desk->s, v->id, &v->arena, &v->card, err))
		return false;
	count_lists(v);
	ask_metrics(v);
	return true;
}

static void on_close(struct view *view)
{
	struct campaign_screen *v = screen_of(view);

	reader_drop(v->desk->reader, v);
	arena_release(&v->arena);
}

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct campaign_screen *v = screen_of(view);

	v->desk = desk_of(view);
	v->id = *(const int64_t *)arg;
	v->acts.desk = v->desk;
	v->pace = (struct pace){ .every = READ_MS, .read_ms = ui_now(view->ui) };
	if (read_all(v, err))
		return true;
	on_close(view);
	return false;
}

static unsigned read_now(struct campaign_screen *v)
{
	struct ui *ui = v->view.ui;
	struct err err = ERR_INIT;

	if (read_all(v, &err))
		return STALE_PAINT;
	ui_close(ui, &v->view);
	return ui_error(ui, &err) | STALE_REFLOW;
}

static unsigned on_reload(struct view *view)
{
	struct campaign_screen *v = screen_of(view);

	return pace_hold(&v->pace, ui_now(view->ui)) ? STALE_NONE : read_now(v);
}

static int on_wait(struct view *view)
{
	const struct campaign_screen *v = screen_of(view);
	int64_t now = ui_now(view->ui), left = metrics_due(v) - now;
	int wait = pace_wait(&v->pace, now);

	if (!v->outdated || v->serial || (wait >= 0 && wait < left))
		return wait;
	return left < 0 ? 0 : (int)left;
}

static unsigned on_tick(struct view *view)
{
	struct campaign_screen *v = screen_of(view);

	if (pace_due(&v->pace, ui_now(view->ui)))
		return read_now(v);
	ask_metrics(v);
	return STALE_PAINT;
}

static unsigned on_event(struct view *view, const struct event *event)
{
	struct campaign_screen *v = screen_of(view);
	struct metrics_question *q;

	pace_event(&v->pace, event);
	if (event->kind != EV_READ || !v->serial || event->id != v->serial)
		return STALE_NONE;
	q = (struct metrics_question *)reader_take(v->desk->reader, v->serial);
	v->serial = 0;
	if (q)
		take_metrics(v, q);
	return STALE_PAINT;
}

/* --- how it is ----------------------------------------------------------- */

static void draw_state(const struct campaign_screen *v, struct canvas *c, struct rect r)
{
	struct strbuf text = STRBUF_INIT_MAX(1024);

	report_state(&text, v->desk, &v->card);
	draw_text(c, r.y, r.x, r.w, campaign_status_role(v->card.campaign.status), text.buf);
	strbuf_release(&text);
}

/* --- the funnel ---------------------------------------------------------- */

static void draw_step(const struct campaign_screen *v, struct canvas *c, struct rect r,
	const struct report_step *step, int64_t most)
{
	struct strbuf text = STRBUF_INIT_MAX(64);
	int bar = LABEL + FIGURE + RATE + 1;

	draw_text(c, r.y, r.x, LABEL - 1, ROLE_NORMAL, step->label);
	if (!step->told) {
		draw_right(c, r.y, r.x + LABEL, FIGURE, ROLE_DIM, draw_sign(c, G_DASH));
		return;
	}
	cell_count(&text, v->desk, step->n);
	draw_right(c, r.y, r.x + LABEL, FIGURE, ROLE_EMPHASIS, text.buf);
	strbuf_clear(&text);
	if (step->of)
		campaign_add_rate(&text, v->desk, step->n, step->of);
	draw_right(c, r.y, r.x + LABEL + FIGURE, RATE, ROLE_DIM, text.buf);
	if (r.w > bar)
		chart_bar(c, r.y, r.x + bar, r.w - bar, step->role, step->n, most);
	strbuf_release(&text);
}

static void draw_funnel(const struct campaign_screen *v, struct canvas *c, struct rect r)
{
	struct report_step steps[REPORT_STEPS];

	report_steps(&v->card, steps);
	draw_text(c, r.y, r.x, r.w, ROLE_TITLE, _("FROM THE CHOICE TO THE CLICK"));
	rect_top(&r, 1);
	for (int i = 0; i < REPORT_STEPS && r.h > 0; i++)
		draw_step(v, c, rect_top(&r, 1), &steps[i], v->card.funnel.people);
}

/* --- money --------------------------------------------------------------- */

static void draw_pair(struct canvas *c, struct rect line, const struct report_pair *pair)
{
	int used = draw_right(c, line.y, line.x, line.w, pair->role,
		*pair->value ? pair->value : draw_sign(c, G_DASH));

	draw_text(c, line.y, line.x, line.w - used - 1, ROLE_NORMAL, pair->label);
}

static void draw_money(const struct campaign_screen *v, struct canvas *c, struct rect r)
{
	struct report_pair pairs[REPORT_PAIRS];
	int n = report_pairs(v->desk, &v->card, v->measured ? &v->metrics : NULL, pairs);

	draw_text(c, r.y, r.x, r.w, ROLE_TITLE, _("COST AND RETURN"));
	rect_top(&r, 1);
	for (int i = 0; i < n && r.h > 0; i++)
		draw_pair(c, rect_top(&r, 1), &pairs[i]);
	if (!v->measured)
		draw_text(c, r.y, r.x, r.w, ROLE_DIM, _("Being counted…"));
}

/* --- by hour ------------------------------------------------------------- */

/* A column may stand for several hours where room is short; returns how many. */
static int hours_a_column(const struct campaign_metrics *m, int w, int *count)
{
	int64_t hours = (m->last_sent_at - m->first_sent_at) / 3600 + 1;
	int each = 1;

	hours = hours > METRIC_HOURS ? METRIC_HOURS : hours;
	while (hours > (int64_t)each * w)
		each++;
	*count = (int)((hours + each - 1) / each);
	return each;
}

static void draw_hours(const struct campaign_screen *v, struct canvas *c, struct rect r)
{
	const struct campaign_metrics *m = &v->metrics;
	int64_t values[METRIC_HOURS] = { 0 };
	struct strbuf text = STRBUF_INIT_MAX(64);
	int count, each;

	draw_text(c, r.y, r.x, r.w, ROLE_TITLE, _("WHEN IT WENT, BY HOUR"));
	rect_top(&r, 1);
	if (!v->measured || !m->first_sent_at || r.h < 2) {
		draw_text(
			c, r.y, r.x, r.w, ROLE_DIM, v->measured ? _("Nothing has gone yet.") : "");
		return;
	}
	each = hours_a_column(m, r.w, &count);
	for (int i = 0; i < METRIC_HOURS && i / each < count; i++)
		values[i / each] += m->by_hour[i];
	/* A campaign of few hours is no wall. */
	if (r.w / count > 6)
		r.w = count * 6;
	chart_columns(c, r, ROLE_NORMAL, values, (size_t)count);
	campaign_add_until(&text, v->desk, m->first_sent_at);
	if (m->last_sent_at - m->first_sent_at >= 60) {
		strbuf_addf(&text, " %s ", draw_sign(c, G_RIGHT));
		campaign_add_until(&text, v->desk, m->last_sent_at);
	}
	draw_text(c, r.y + r.h - 1, r.x, v->places.w, ROLE_DIM, text.buf);
	strbuf_release(&text);
}

/* --- the lists ----------------------------------------------------------- */

static enum role list_role(int row, int64_t n)
{
	if (!n)
		return ROLE_DIM;
	switch (row) {
	case LIST_DELIVERED:
		return ROLE_GOOD;
	case LIST_TO_CORRECT:
	case LIST_UNCERTAIN:
		return ROLE_BAD;
	}
	return ROLE_EMPHASIS;
}

static const char *list_label(int row)
{
	return row == ROW_ALL ? _("All of them") : _(message_list_label((enum message_list)row));
}

/* What can be done about those of a list, at its right. */
static const char *list_hint(int row)
{
	switch (row) {
	case LIST_TO_CORRECT:
		return _("Enter, then r");
	case LIST_NO_NEWS:
		return _("no receipt");
	case LIST_UNCERTAIN:
		return _("to be settled");
	}
	return "";
}

static void draw_lists(struct campaign_screen *v, struct canvas *c, struct rect r)
{
	struct strbuf text = STRBUF_INIT_MAX(64);
	int hint = 2 + LABEL + FIGURE;

	draw_text(c, r.y, r.x, r.w, ROLE_TITLE, _("LISTS"));
	rect_top(&r, 1);
	v->places = r;
	for (int i = 0; i < ROW_COUNT && i < r.h; i++) {
		enum role role = i == v->index ? ROLE_EMPHASIS : ROLE_NORMAL;

		if (i == v->index) {
			draw_glyph(c, r.y + i, r.x, ROLE_MARKER, G_CURSOR);
			draw_cursor(c, r.y + i, r.x + 2);
		}
		draw_text(c, r.y + i, r.x + 2, LABEL, role, list_label(i));
		strbuf_clear(&text);
		cell_count(&text, v->desk, v->lists[i]);
		draw_right(c, r.y + i, r.x + 2 + LABEL, FIGURE - 2, list_role(i, v->lists[i]),
			text.buf);
		if (v->lists[i])
			draw_text(c, r.y + i, r.x + hint, r.w - hint, ROLE_DIM, list_hint(i));
	}
	strbuf_release(&text);
}

/* --- below, where there is room ------------------------------------------ */

static void draw_left_out(const struct campaign_screen *v, struct canvas *c, struct rect r)
{
	int64_t by[MESSAGE_REASON_COUNT];
	struct strbuf text = STRBUF_INIT_MAX(64);

	draw_text(c, r.y, r.x, r.w, ROLE_TITLE, _("LEFT OUT OR FAILED, AND WHY"));
	rect_top(&r, 1);
	report_reasons(&v->card, by);
	for (int i = 0; i < MESSAGE_REASON_COUNT && r.h > 0; i++) {
		if (!by[i])
			continue;
		strbuf_clear(&text);
		cell_count(&text, v->desk, by[i]);
		draw_right(c, r.y, r.x, FIGURE, ROLE_EMPHASIS, text.buf);
		draw_text(c, r.y, r.x + FIGURE + 1, r.w - FIGURE - 1, ROLE_NORMAL,
			_(message_reason_label((enum message_reason)i)));
		rect_top(&r, 1);
	}
	strbuf_release(&text);
}

static void draw_texts(const struct campaign_screen *v, struct canvas *c, struct rect r)
{
	draw_text(c, r.y, r.x, r.w, ROLE_TITLE, _("WHAT IS WRITTEN"));
	rect_top(&r, 1);
	for (int i = 0; i < v->card.n_texts && r.h > 1; i++) {
		const struct campaign_content *t = &v->card.texts[i];

		draw_textf(c, r.y, r.x, r.w, ROLE_DIM, "%s (%s)%s%s", _(channel_label(t->channel)),
			t->language, *t->subject ? " · " : "", t->subject);
		rect_top(&r, 1);
		rect_top(&r, draw_wrapped(c, r, ROLE_NORMAL, t->text));
	}
}

/* --- the screen ---------------------------------------------------------- */

static void headline(struct view *view, struct strbuf *out)
{
	const struct campaign *c = &screen_of(view)->card.campaign;

	strbuf_addf(out, "%s · ", c->name);
	campaign_add_channels(out, c);
	strbuf_addf(out, " · %s", _(campaign_type_label(c->type)));
}

static void draw(struct view *view, struct canvas *c, struct rect r)
{
	struct campaign_screen *v = screen_of(view);
	struct rect left, right;
	int half = r.w * 11 / 20;

	r.x++;
	r.w -= 2;
	draw_state(v, c, rect_top(&r, 1));
	rect_top(&r, 1);
	right = rect_top(&r, 8);
	left = rect_left(&right, half);
	left.w -= 2;
	draw_funnel(v, c, left);
	draw_money(v, c, right);
	rect_top(&r, 1);
	right = rect_top(&r, 1 + ROW_COUNT);
	left = rect_left(&right, half);
	left.w -= 2;
	draw_lists(v, c, left);
	draw_hours(v, c, right);
	if (r.h < LARGE_ROWS - 24)
		return;
	rect_top(&r, 1);
	right = r;
	left = rect_left(&right, half);
	left.w -= 2;
	draw_left_out(v, c, left);
	draw_texts(v, c, right);
}

/* --- keys ---------------------------------------------------------------- */

static unsigned choose(struct campaign_screen *v, int index)
{
	if (index < 0 || index >= ROW_COUNT)
		return STALE_NONE;
	v->index = index;
	return STALE_PAINT;
}

static unsigned open_list(struct campaign_screen *v)
{
	struct messages_query query = MESSAGES_ALL(v->id);

	if (v->index < ROW_ALL)
		query.list = v->index;
	/* The list is read by the same reader: it need not wait for the metrics. */
	reader_drop(v->desk->reader, v);
	v->outdated = v->outdated || v->serial;
	v->serial = 0;
	return ui_push(v->view.ui, &campaign_messages_view, &query);
}

static unsigned on_act(struct view *view, enum action_id action)
{
	struct campaign_screen *v = screen_of(view);
	const struct campaign *c = &v->card.campaign;

	switch ((int)action) {
	case ACT_UP:
		return choose(v, v->index - 1);
	case ACT_DOWN:
		return choose(v, v->index + 1);
	case ACT_TOP:
		return choose(v, 0);
	case ACT_BOTTOM:
		return choose(v, ROW_COUNT - 1);
	case ACT_OPEN:
		return open_list(v);
	case ACT_MENU:
		return campaign_acts_menu(&v->acts, c);
	case ACT_RETRY:
		return campaign_acts_resume(&v->acts, c);
	case ACT_STOP:
		return campaign_acts_stop(&v->acts, c);
	case ACT_PRINT:
		return page_campaign(v->desk, &v->card, v->measured ? &v->metrics : NULL);
	}
	return STALE_PASS;
}

static unsigned on_mouse(struct view *view, const struct mouse *m)
{
	struct campaign_screen *v = screen_of(view);

	if (m->what != MOUSE_PRESS || !rect_has(v->places, m->y, m->x))
		return STALE_PASS;
	if (m->again)
		return open_list(v);
	return choose(v, m->y - v->places.y);
}

static unsigned on_have(struct view *view)
{
	const struct campaign_screen *v = screen_of(view);
	bool paused = v->card.campaign.status == CAMPAIGN_PAUSED;

	return NEED_ROW | (paused ? NEED_RETRY : 0u) |
	       (desk_may(v->desk, RIGHT_CAMPAIGNS_CHANGE) ? NEED_WRITE : 0u);
}

static const struct view_action campaign_actions[] = {
	{ ACT_OPEN, N_("Open the list") },
	{ ACT_RETRY, N_("Go on") },
	{ ACT_MENU, NULL },
	{ ACT_PAUSE, NULL },
	{ ACT_STOP, N_("Stop") },
	{ ACT_PRINT, NULL },
};

const struct view_ops campaign_view = {
	.name = "campaign",
	.title = N_("Campaign"),
	.size = sizeof(struct campaign_screen),
	.actions = campaign_actions,
	.action_count = ARRAY_SIZE(campaign_actions),
	.open = on_open,
	.close = on_close,
	.reload = on_reload,
	.headline = headline,
	.draw = draw,
	.have = on_have,
	.act = on_act,
	.mouse = on_mouse,
	.wait = on_wait,
	.tick = on_tick,
	.event = on_event,
};
