#include "campaign_messages.h"

#include "campaign_cells.h"
#include "date.h"
#include "desk_event.h"
#include "i18n.h"
#include "list.h"
#include "mem.h"
#include "message_acts.h"
#include "message_view.h"
#include "pace.h"

#define READ_MS 5000 /* between two readings while it is sent: whole lines move */
#define PARTS_MOST 40

enum column { COL_NAME, COL_ADDRESS, COL_WHY, COL_TIME, COL_PROVIDER, COL_STATUS, COL_COUNT };

struct messages_screen {
	struct view view;
	struct desk *desk;
	struct list list;
	struct messages_query query;
	int base; /* the list, that a filter narrows; -1 all messages */
	struct arena arena;
	struct campaign_card card;
	struct pace pace;
	unsigned serial; /* of the question for a page */
	struct message_acts acts;
};

static struct messages_screen *screen_of(struct view *view)
{
	return (struct messages_screen *)view;
}

static const struct message_line *line_of(const void *row)
{
	return row;
}

static const struct desk *desk_in(void *ctx)
{
	return ((struct messages_screen *)ctx)->desk;
}

/* --- cells --------------------------------------------------------------- */

static void draw_name(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	customer_name(line_of(row)->name, line_of(row)->first_name, cell->text);
}

static void add_address(struct strbuf *out, const struct desk *d, const struct message *m)
{
	if (*m->address == '+')
		cell_phone(out, d, m->address, m->address);
	else
		strbuf_adds(out, m->address);
}

static void draw_address(void *ctx, const void *row, struct table_cell *cell)
{
	if (*line_of(row)->message.address)
		add_address(cell->text, desk_in(ctx), &line_of(row)->message);
	else
		cell_none(cell);
}

/* Why it is where it is; where nothing is to be said, how far it came. */
static void draw_why(void *ctx, const void *row, struct table_cell *cell)
{
	const struct message *m = &line_of(row)->message;

	(void)ctx;
	strbuf_adds(cell->text, m->reason ? _(message_reason_label(m->reason))
					  : _(message_status_label(m->status)));
	cell->role = campaign_message_role(m->status);
}

static int64_t last_moved(const struct message *m)
{
	const int64_t times[] = { m->sent_at, m->delivered_at, m->opened_at, m->clicked_at,
		m->bounced_at, m->complained_at, m->unsubscribed_at };
	int64_t last = m->claimed_at;

	for (size_t i = 0; i < ARRAY_SIZE(times); i++)
		last = times[i] > last ? times[i] : last;
	return last ? last : m->queued_at;
}

/* The hour alone today, the day alone where room is short. */
static void draw_time(void *ctx, const void *row, struct table_cell *cell)
{
	const struct desk *d = desk_in(ctx);
	int64_t at = last_moved(&line_of(row)->message);
	int minute;
	int32_t day = desk_day(d, at, &minute);

	if (day != desk_today(d) && cell->width < 14) {
		cell_day(cell->text, d, day);
		return;
	}
	if (day != desk_today(d)) {
		cell_day(cell->text, d, day);
		strbuf_addc(cell->text, ' ');
	}
	date_add_time(cell->text, minute);
}

static void draw_provider(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	campaign_add_provider(cell->text, cell->look, line_of(row)->message.provider);
}

static void draw_status(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, _(message_status_label(line_of(row)->message.status)));
}

static const struct table_col columns[COL_COUNT] = {
	[COL_NAME] = { .name = "name",
		.title = N_("Customer"),
		.min = 19,
		.max = 32,
		.cell = draw_name,
		.name_of = true },
	[COL_ADDRESS] = { .name = "address",
		.title = N_("Address"),
		.min = 15,
		.max = 34,
		.priority = 2,
		.cell = draw_address },
	[COL_WHY] = { .name = "why",
		.title = N_("What became of it"),
		.min = 30,
		.max = 48,
		.cell = draw_why },
	[COL_TIME] = { .name = "time",
		.title = N_("When"),
		.min = 8,
		.max = 16,
		.priority = 1,
		.cell = draw_time },
	[COL_PROVIDER] = { .name = "provider",
		.title = N_("By way of"),
		.min = 9,
		.max = 10,
		.priority = 3,
		.cell = draw_provider },
	[COL_STATUS] = { .name = "status",
		.title = N_("State"),
		.min = 10,
		.max = 16,
		.priority = 4,
		.hidden = true,
		.cell = draw_status },
};

/* --- pages --------------------------------------------------------------- */

struct page_question {
	struct reading reading;
	struct messages_query query;
	struct messages_place from;
	bool back;
	int want;
	unsigned ask;
	struct table_page page; /* the answer, until taken */
};

static bool run_page(struct reading *r, struct session *s, struct err *err)
{
	struct page_question *q = (struct page_question *)r;
	struct message_line *lines;
	int n = 0;
	bool ok;

	arena_clear(&q->page.arena);
	q->page.rows.len = 0;
	ok = (q->back ? messages_page_back : messages_page)(
		s, &q->query, &q->from, q->want, &q->page.arena, &lines, &n, err);
	for (int i = 0; ok && i < n; i++)
		table_page_add(&q->page, lines[i].message.id, &lines[i]);
	q->page.last = n < q->want;
	return ok;
}

static void free_page(struct reading *r)
{
	struct page_question *q = (struct page_question *)r;

	arena_release(&q->page.arena);
	vec_release(&q->page.rows);
	free(q);
}

static struct page_question *page_question_new(
	struct messages_screen *v, const struct table_ask *ask)
{
	struct page_question *q = mem_zalloc(1, sizeof(*q));
	const struct message_line *row = ask->row;

	q->reading = (struct reading){ .run = run_page, .free = free_page, .owner = &v->serial };
	q->query = v->query;
	q->back = ask->from == TABLE_FROM_END || ask->from == TABLE_BEFORE;
	q->want = (int)ask->want;
	q->ask = ask->serial;
	if (row && ask->from != TABLE_FROM_START && ask->from != TABLE_FROM_END)
		q->from = messages_place_of(&row->message);
	if (ask->from == TABLE_AT)
		q->from.key.id--;
	return q;
}

static void take_page(struct page_question *q, struct table_page *page)
{
	*page = q->page;
	q->page = (struct table_page){ .arena = ARENA_INIT };
}

static enum table_fetch fetch(void *ctx, const struct table_ask *ask, struct table_page *page)
{
	struct messages_screen *v = ctx;
	struct page_question *q = page_question_new(v, ask);
	enum table_fetch result = TABLE_DONE;

	reader_drop(v->desk->reader, &v->serial);
	if (!reader_ask(v->desk->reader, &q->reading, v->desk->patience, &v->serial))
		return TABLE_LATER;
	if (q->reading.ok) {
		take_page(q, page);
	} else {
		ui_error(v->view.ui, &q->reading.err);
		result = TABLE_FAILED;
	}
	free_page(&q->reading);
	return result;
}

static unsigned page_came(struct messages_screen *v)
{
	struct page_question *q = (struct page_question *)reader_take(v->desk->reader, v->serial);
	struct table_page page = { .arena = ARENA_INIT };
	unsigned stale = STALE_NONE;

	if (!q)
		return STALE_NONE;
	if (q->reading.ok)
		take_page(q, &page);
	else
		stale = ui_error(v->view.ui, &q->reading.err);
	stale |= table_answer(&v->list.table, q->ask, q->reading.ok, &page);
	free_page(&q->reading);
	return stale | STALE_PAINT;
}

static void details(void *ctx, const void *row, struct strbuf *out)
{
	const struct message_line *line = line_of(row);
	const struct message *m = &line->message;

	customer_name(line->name, line->first_name, out);
	if (*m->address) {
		strbuf_adds(out, " · ");
		add_address(out, desk_in(ctx), m);
	}
	strbuf_addf(out, " · %s", _(message_status_label(m->status)));
	if (m->reason)
		strbuf_addf(out, "%s%s", _(": "), _(message_reason_label(m->reason)));
	if (*m->code)
		strbuf_addf(out, " (%s)", m->code);
}

static void empty(void *ctx, struct strbuf *out)
{
	(void)ctx;
	strbuf_adds(out, _("No message here."));
}

static const struct table_ops table_ops = {
	.cols = columns,
	.count = COL_COUNT,
	.fetch = fetch,
	.details = details,
	.empty = empty,
};

/* --- what is shown ------------------------------------------------------- */

/* A state and reason of the list, in its channels. */
struct part {
	enum message_status status;
	enum message_reason reason;
	int64_t messages;
};

static int parts_of(const struct messages_screen *v, struct part *parts)
{
	int n = 0;

	for (int i = 0; i < v->card.n_counts; i++) {
		const struct campaign_count *c = &v->card.counts[i];
		int at = 0;

		if (!c->messages ||
			(v->query.channel >= 0 && (int)c->channel != v->query.channel) ||
			(v->base >= 0 && (int)message_list_of(c->status, c->reason) != v->base))
			continue;
		while (at < n && (parts[at].status != c->status || parts[at].reason != c->reason))
			at++;
		if (at == PARTS_MOST)
			continue;
		if (at == n)
			parts[n++] = (struct part){ c->status, c->reason, 0 };
		parts[at].messages += c->messages;
	}
	return n;
}

static void count(struct messages_screen *v)
{
	struct part parts[PARTS_MOST];
	int n = parts_of(v, parts);
	int64_t total = 0;

	for (int i = 0; i < n; i++)
		if (v->query.status < 0 || (v->query.status == (int)parts[i].status &&
						   v->query.reason == (int)parts[i].reason))
			total += parts[i].messages;
	table_total(&v->list.table, total, true);
}

static unsigned on_filter(void *ctx, const struct answer *answer)
{
	struct messages_screen *v = ctx;
	struct part parts[PARTS_MOST];
	int n = parts_of(v, parts);

	if (answer->value < 0)
		return STALE_PAINT;
	v->query.status = v->query.reason = -1;
	if (answer->value > 0 && answer->value <= n) {
		v->query.status = (int)parts[answer->value - 1].status;
		v->query.reason = (int)parts[answer->value - 1].reason;
	}
	count(v);
	table_restart(&v->list.table);
	return STALE_PAINT;
}

static void add_part(struct strbuf *out, const struct part *part)
{
	strbuf_adds(out, _(message_status_label(part->status)));
	if (part->reason)
		strbuf_addf(out, "%s%s", _(": "), _(message_reason_label(part->reason)));
}

static unsigned ask_filter(struct messages_screen *v)
{
	struct part parts[PARTS_MOST];
	struct menu_item items[PARTS_MOST + 1];
	struct menu_spec spec = { .title = _("Show"), .items = items };
	struct arena a = ARENA_INIT;
	int n = parts_of(v, parts);

	items[spec.count++] = (struct menu_item){ .letter = '0', .label = _("All of them") };
	for (int i = 0; i < n; i++) {
		struct strbuf label = STRBUF_INIT_MAX(256), note = STRBUF_INIT_MAX(64);

		add_part(&label, &parts[i]);
		cell_count(&note, v->desk, parts[i].messages);
		if ((int)parts[i].status == v->query.status &&
			(int)parts[i].reason == v->query.reason)
			spec.current = i + 1;
		items[spec.count++] = (struct menu_item){
			.letter = i < 9 ? (uint32_t)('1' + i) : (uint32_t)('a' + (i - 9) % 26),
			.label = arena_strdup(&a, label.buf),
			.note = arena_strdup(&a, note.buf),
			.value = i + 1,
		};
		strbuf_release(&label);
		strbuf_release(&note);
	}
	ui_menu(v->view.ui, &spec, on_filter, v);
	arena_release(&a);
	return STALE_PAINT;
}

/* --- the screen ---------------------------------------------------------- */

static bool read_counts(struct messages_screen *v, struct err *err)
{
	arena_clear(&v->arena);
	if (!campaigns_get(v->desk->s, v->query.campaign_id, &v->arena, &v->card, err))
		return false;
	count(v);
	return true;
}

static void on_close(struct view *view)
{
	struct messages_screen *v = screen_of(view);

	reader_drop(v->desk->reader, &v->serial);
	message_acts_release(&v->acts);
	list_release(&v->list);
	arena_release(&v->arena);
}

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct messages_screen *v = screen_of(view);

	v->desk = desk_of(view);
	v->query = *(const struct messages_query *)arg;
	v->base = v->query.list;
	v->pace = (struct pace){ .every = READ_MS, .read_ms = ui_now(view->ui) };
	message_acts_init(&v->acts, v->desk);
	list_init(&v->list, &table_ops, v, NULL);
	if (read_counts(v, err)) {
		view->list = &v->list;
		return true;
	}
	on_close(view);
	return false;
}

static unsigned read_now(struct messages_screen *v)
{
	struct ui *ui = v->view.ui;
	struct err err = ERR_INIT;

	if (read_counts(v, &err)) {
		table_reload(&v->list.table);
		return STALE_PAINT;
	}
	ui_close(ui, &v->view);
	return ui_error(ui, &err) | STALE_REFLOW;
}

static unsigned on_reload(struct view *view)
{
	struct messages_screen *v = screen_of(view);

	return pace_hold(&v->pace, ui_now(view->ui)) ? STALE_NONE : read_now(v);
}

static int on_wait(struct view *view)
{
	return pace_wait(&screen_of(view)->pace, ui_now(view->ui));
}

static unsigned on_tick(struct view *view)
{
	struct messages_screen *v = screen_of(view);

	return pace_due(&v->pace, ui_now(view->ui)) ? read_now(v) : STALE_NONE;
}

static unsigned on_event(struct view *view, const struct event *event)
{
	struct messages_screen *v = screen_of(view);

	pace_event(&v->pace, event);
	if (event->kind == EV_READ && v->serial && event->id == v->serial)
		return page_came(v);
	return message_acts_event(&v->acts, event);
}

static void headline(struct view *view, struct strbuf *out)
{
	const struct messages_screen *v = screen_of(view);
	struct part part = { (enum message_status)v->query.status,
		(enum message_reason)v->query.reason, 0 };

	strbuf_addf(out, "%s · %s", v->card.campaign.name,
		v->base < 0 ? _("All messages")
			    : _(message_list_label((enum message_list)v->base)));
	if (v->query.status >= 0) {
		strbuf_adds(out, " · ");
		add_part(out, &part);
	}
}

/* Those marked, or all that are listed. */
static unsigned retry(struct messages_screen *v)
{
	const struct table *t = &v->list.table;
	struct message_choice choice = {
		.query = v->query,
		.ids = t->marked.items,
		.n = t->marked.len,
		.all = t->mark_all || !t->marked.len,
	};
	const struct message_line *line = table_row(t);

	if (v->base == LIST_UNCERTAIN)
		return line ? message_acts_settle(&v->acts, line) : STALE_NONE;
	return message_acts_retry(&v->acts, &choice);
}

static unsigned open_row(struct messages_screen *v, const struct message_line *line)
{
	if (v->base == LIST_TO_CORRECT && desk_may(v->desk, RIGHT_CUSTOMERS_CHANGE))
		return message_acts_correct(&v->acts, line);
	return ui_push(v->view.ui, &message_view, &line->message.id);
}

static unsigned on_act(struct view *view, enum action_id action)
{
	struct messages_screen *v = screen_of(view);
	const struct message_line *line = table_row(&v->list.table);

	if (action == ACT_FILTER)
		return ask_filter(v);
	if (!line)
		return STALE_PASS;
	switch ((int)action) {
	case ACT_OPEN:
		return open_row(v, line);
	case ACT_RETRY:
		return retry(v);
	case ACT_MENU:
		return message_acts_menu(&v->acts, line);
	case ACT_EDIT:
		return message_acts_correct(&v->acts, line);
	}
	return STALE_PASS;
}

/* Where nothing can go again, the key is not offered. */
static bool may_retry(const struct messages_screen *v)
{
	return v->base < 0 || v->base == LIST_TO_CORRECT || v->base == LIST_DEFINITE ||
	       v->base == LIST_LEFT_OUT || v->base == LIST_UNCERTAIN;
}

static unsigned have(struct view *view)
{
	const struct messages_screen *v = screen_of(view);
	bool write = desk_may(v->desk, RIGHT_CAMPAIGNS_CHANGE);

	return (write ? NEED_WRITE : 0u) |
	       (write && may_retry(v) && table_row(&v->list.table) ? NEED_RETRY : 0u);
}

static const struct view_action messages_actions[] = {
	{ ACT_OPEN, NULL },
	{ ACT_RETRY, N_("Send again") },
	{ ACT_MENU, NULL },
	{ ACT_FILTER, N_("Show") },
	{ ACT_EDIT, N_("Correct") },
};

const struct view_ops campaign_messages_view = {
	.name = "campaign-messages",
	.title = N_("Messages"),
	.size = sizeof(struct messages_screen),
	.actions = messages_actions,
	.action_count = ARRAY_SIZE(messages_actions),
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
