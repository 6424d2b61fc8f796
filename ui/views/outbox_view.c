#include "outbox_view.h"

#include "campaign_acts.h"
#include "campaign_cells.h"
#include "campaign_messages.h"
#include "cells.h"
#include "date.h"
#include "i18n.h"
#include "list.h"
#include "mem.h"
#include "message_acts.h"
#include "pace.h"
#include "provider_words.h"
#include "providers_view.h"
#include "say.h"
#include "whole.h"

#define CAMPAIGNS_MOST 100 /* of each state in which something may still go */
#define LATEST_MOST 40	   /* of all: the latest */
#define READ_MS 2000
#define ANY (-1)
#define OPEN (-2) /* of lists: what is still to be done */

struct outbox_row {
	const struct campaign *campaign;
	enum channel channel;
	enum message_status status;
	enum message_reason reason;
	enum message_list list;
	int64_t messages;
	const struct campaign_wait *wait; /* of what waits; NULL */
	int64_t due_at;			  /* of the next one; 0 where it does not count */
};

struct outbox {
	struct view view;
	struct desk *desk;
	struct list list;
	struct whole rows;
	int64_t totals[MESSAGE_LIST_COUNT]; /* of what the other filters let pass */
	/* which ones: a list, ANY or OPEN; the others ANY, or 0 */
	int shown, channel, provider;
	int64_t campaign_id;
	char campaign[CAMPAIGN_NAME_MAX + 1];
	struct strbuf health;
	enum role health_role;
	struct arena cards_arena;
	struct pace pace;
	struct message_acts acts;
	struct messages_query cancel; /* what the box is about */
};

static struct outbox *outbox_of(struct view *view)
{
	return (struct outbox *)view;
}

/* --- the list ------------------------------------------------------------ */

static const struct outbox_row *row_of(const void *row)
{
	return row;
}

static void draw_campaign(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, row_of(row)->campaign->name);
}

static void draw_channel(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, _(channel_label(row_of(row)->channel)));
}

static void draw_state(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, _(message_status_label(row_of(row)->status)));
	cell->role = campaign_message_role(row_of(row)->status);
}

static void draw_count(void *ctx, const void *row, struct table_cell *cell)
{
	cell_count(cell->text, ((struct outbox *)ctx)->desk, row_of(row)->messages);
}

static void add_time(struct strbuf *out, const struct desk *d, const char *fmt, int64_t at)
{
	struct strbuf time = STRBUF_INIT_MAX(64);
	int minute;

	if (desk_day(d, at, &minute) != desk_today(d)) {
		cell_day(&time, d, desk_day(d, at, NULL));
		strbuf_addc(&time, ' ');
	}
	date_add_time(&time, minute);
	say_with(out, fmt, time.buf);
	strbuf_release(&time);
}

static void add_queued(struct strbuf *out, const struct desk *d, const struct outbox_row *r)
{
	int64_t now = session_now(d->s);

	if (r->campaign->status == CAMPAIGN_PAUSED) {
		strbuf_adds(out, _("paused"));
		if (r->campaign->cause != CAUSE_NONE)
			strbuf_addf(out, ", %s", _(campaign_cause_label(r->campaign->cause)));
	} else if (r->wait) {
		campaign_add_wait(out, d, r->wait);
	} else if (r->due_at > now) {
		/* TRANSLATORS: when messages leave: an hour, or a day and an hour. */
		add_time(out, d, _("from %s on"), r->due_at);
		if (r->reason != REASON_NONE)
			strbuf_addf(out, ", %s", _(message_reason_label(r->reason)));
	} else {
		strbuf_adds(out, _("next in line"));
	}
}

static void add_why(struct strbuf *out, const struct desk *d, const struct outbox_row *r)
{
	if (r->status == MESSAGE_QUEUED) {
		add_queued(out, d, r);
		return;
	}
	if (r->reason != REASON_NONE)
		strbuf_adds(out, _(message_reason_label(r->reason)));
	if (r->status != MESSAGE_UNCERTAIN)
		return;
	strbuf_adds(out, out->len ? ", " : "");
	if (r->due_at && r->due_at < INT64_MAX)
		/* TRANSLATORS: the provider is asked what became of messages; a time follows. */
		add_time(out, d, _("asked at %s"), r->due_at);
	else
		strbuf_adds(out, _("you decide"));
}

static void draw_why(void *ctx, const void *row, struct table_cell *cell)
{
	add_why(cell->text, ((struct outbox *)ctx)->desk, row_of(row));
	if (!cell->text->len)
		cell_none(cell);
}

static const struct table_col columns[] = {
	{ .name = "campaign",
		.title = N_("Campaign"),
		.min = 16,
		.max = 34,
		.cell = draw_campaign,
		.name_of = true },
	{ .name = "channel", .title = N_("Channel"), .min = 8, .max = 10, .cell = draw_channel },
	{ .name = "state", .title = N_("State"), .min = 14, .max = 16, .cell = draw_state },
	{ .name = "count",
		.title = N_("Messages"),
		.min = 8,
		.max = 10,
		.align = ALIGN_RIGHT,
		.cell = draw_count },
	{ .name = "why", .title = N_("Why"), .min = 24, .max = 64, .cell = draw_why },
};

static enum table_fetch fetch(void *ctx, const struct table_ask *ask, struct table_page *page)
{
	return whole_fetch(&((struct outbox *)ctx)->rows, ask, page);
}

static void details(void *ctx, const void *row, struct strbuf *out)
{
	const struct outbox_row *r = row_of(row);
	struct strbuf why = STRBUF_INIT_MAX(512);

	strbuf_addf(out, "%s · %s · %s", r->campaign->name, _(channel_label(r->channel)),
		_(message_status_label(r->status)));
	add_why(&why, ((struct outbox *)ctx)->desk, r);
	if (why.len)
		strbuf_addf(out, " · %s", why.buf);
	strbuf_release(&why);
}

static void empty(void *ctx, struct strbuf *out)
{
	const struct outbox *v = ctx;

	strbuf_adds(out, v->shown == OPEN ? _("Nothing waits and nothing is uncertain. f shows "
					      "what has gone.")
					  : _("No message like this. f shows others."));
}

static const struct table_ops table_ops = {
	.cols = columns,
	.count = ARRAY_SIZE(columns),
	.fetch = fetch,
	.details = details,
	.empty = empty,
};

/* --- reading ------------------------------------------------------------- */

static bool is_open(enum message_list list)
{
	return list == LIST_WAITING || list == LIST_UNCERTAIN || list == LIST_TO_CORRECT;
}

static const struct campaign_wait *wait_of(const struct campaign_card *card, enum channel channel)
{
	for (int i = 0; i < card->n_waits; i++)
		if (card->waits[i].channel == channel)
			return &card->waits[i];
	return NULL;
}

static struct messages_query query_of(const struct outbox_row *r)
{
	return (struct messages_query){ .campaign_id = r->campaign->id,
		.list = (int)r->list,
		.channel = (int)r->channel,
		.status = (int)r->status,
		.reason = (int)r->reason };
}

/* When the next of them is due. */
static bool read_due(struct outbox *v, struct outbox_row *r, struct err *err)
{
	const struct messages_query query = query_of(r);
	const struct messages_place first = { .begun = false };
	struct message_line *line;
	int n = 0;

	if (r->status != MESSAGE_QUEUED && r->status != MESSAGE_UNCERTAIN)
		return true;
	if (!messages_page(v->desk->s, &query, &first, 1, &v->rows.arena, &line, &n, err))
		return false;
	r->due_at = n ? line->message.due_at : 0;
	return true;
}

/* Ids of campaigns fill their 63 bits: the parts are spread over them. */
static int64_t row_id(const struct outbox_row *r)
{
	uint64_t part = ((uint64_t)r->channel * MESSAGE_STATUS_COUNT + (uint64_t)r->status) *
				MESSAGE_REASON_COUNT +
			(uint64_t)r->reason + 1;

	return (int64_t)(((uint64_t)r->campaign->id + part * UINT64_C(0x9e3779b97f4a7c15)) &
			 INT64_MAX);
}

static bool passes(const struct outbox *v, const struct outbox_row *r)
{
	if (v->channel != ANY && v->channel != (int)r->channel)
		return false;
	return v->provider == ANY || (r->wait && r->wait->provider == v->provider);
}

static bool is_shown(const struct outbox *v, const struct outbox_row *r)
{
	return v->shown == ANY || (v->shown == OPEN ? is_open(r->list) : v->shown == (int)r->list);
}

/* Adds the rows of a campaign that belong to one list. */
static bool add_rows(
	struct outbox *v, const struct campaign_card *card, enum message_list list, struct err *err)
{
	for (int i = 0; i < card->n_counts; i++) {
		const struct campaign_count *c = &card->counts[i];
		struct outbox_row row = { .campaign = &card->campaign,
			.channel = c->channel,
			.status = c->status,
			.reason = c->reason,
			.list = message_list_of(c->status, c->reason),
			.messages = c->messages };
		struct outbox_row *kept;

		if (row.list != list || !c->messages)
			continue;
		row.wait = row.status == MESSAGE_QUEUED ? wait_of(card, c->channel) : NULL;
		if (!passes(v, &row))
			continue;
		v->totals[list] += row.messages;
		if (!is_shown(v, &row))
			continue;
		if (!read_due(v, &row, err))
			return false;
		kept = arena_alloc(&v->rows.arena, sizeof(*kept));
		*kept = row;
		whole_add(&v->rows, row_id(kept), kept);
	}
	return true;
}

struct cards {
	struct campaign_card *items;
	int n;
};

static bool has_card(const struct cards *cards, int64_t id)
{
	for (int i = 0; i < cards->n; i++)
		if (cards->items[i].campaign.id == id)
			return true;
	return false;
}

/* Those of a status; ANY: the latest of all. */
static bool read_cards(struct outbox *v, int status, struct cards *cards, struct err *err)
{
	const struct campaign_list list = { .kind = -1, .status = status };
	struct campaign_line *lines;
	int n;

	if (!campaigns_page(
		    v->desk->s, &list, INT64_MAX, CAMPAIGNS_MOST, &v->rows.arena, &lines, &n, err))
		return false;
	for (int i = 0; i < n; i++) {
		int64_t id = lines[i].campaign.id;

		if (!lines[i].funnel.people || has_card(cards, id) ||
			(v->campaign_id && v->campaign_id != id))
			continue;
		if (!campaigns_get(v->desk->s, id, &v->rows.arena, &cards->items[cards->n++], err))
			return false;
	}
	return true;
}

/* What needs a person comes first, then what waits. */
static const enum message_list order[MESSAGE_LIST_COUNT] = { LIST_UNCERTAIN, LIST_WAITING,
	LIST_TO_CORRECT, LIST_DEFINITE, LIST_NO_NEWS, LIST_LEFT_OUT, LIST_DELIVERED };

static bool read_rows(struct outbox *v, struct err *err)
{
	static const int statuses[] = { CAMPAIGN_RUNNING, CAMPAIGN_PAUSED, CAMPAIGN_SCHEDULED,
		ANY };
	struct cards cards = { .n = 0 };
	bool ok = true;

	whole_begin(&v->rows);
	memset(v->totals, 0, sizeof(v->totals));
	cards.items = arena_zalloc(
		&v->rows.arena, ARRAY_SIZE(statuses) * CAMPAIGNS_MOST, sizeof(*cards.items));
	for (size_t i = 0; ok && i < ARRAY_SIZE(statuses); i++)
		ok = read_cards(v, statuses[i], &cards, err);
	for (size_t l = 0; ok && l < MESSAGE_LIST_COUNT; l++)
		for (int i = 0; ok && i < cards.n; i++)
			ok = add_rows(v, &cards.items[i], order[l], err);
	table_total(&v->list.table, (int64_t)v->rows.rows.len, true);
	return ok;
}

static int severity(enum role role)
{
	return role == ROLE_BAD ? 0 : role == ROLE_MIDDLE ? 1 : 2;
}

/* "Orange ! at its limit until 14:32 · Twilio √ ready": the worst first. */
static bool read_health(struct outbox *v, struct err *err)
{
	struct provider_card cards[PROVIDER_COUNT];
	const struct look *look = ui_look(v->view.ui);

	arena_clear(&v->cards_arena);
	strbuf_clear(&v->health);
	v->health_role = ROLE_NORMAL;
	if (!providers_list(v->desk->s, &v->cards_arena, cards, err))
		return false;
	for (int pass = 0; pass < 3; pass++)
		for (int i = 0; i < PROVIDER_COUNT; i++) {
			struct strbuf text = STRBUF_INIT_MAX(512);
			struct provider_words words = provider_words(&text, v->desk, &cards[i]);
			bool used = (cards[i].account.revision && cards[i].account.active) ||
				    (v->desk->s->company.demo && i == PROVIDER_FILE);

			if (used && severity(words.role) == pass)
				strbuf_addf(&v->health, "%s%s %s %s", v->health.len ? " · " : "",
					_(provider_name_label((enum provider_name)i)),
					look->glyphs[words.sign], text.buf);
			if (used && severity(words.role) < severity(v->health_role))
				v->health_role = words.role;
			strbuf_release(&text);
		}
	if (!v->health.len) {
		strbuf_adds(&v->health, _("No provider is set up: nothing can leave. g p sets one "
					  "up."));
		v->health_role = ROLE_BAD;
	}
	return true;
}

static bool read_all(struct outbox *v, struct err *err)
{
	return read_rows(v, err) && read_health(v, err);
}

static unsigned again(struct outbox *v)
{
	struct err err = ERR_INIT;

	if (!read_all(v, &err))
		return ui_error(v->view.ui, &err);
	table_restart(&v->list.table);
	return STALE_PAINT;
}

/* --- which ones ---------------------------------------------------------- */

enum { PICK_OPEN = 100, PICK_ANY, PICK_CHANNEL, PICK_PROVIDER, PICK_CAMPAIGN };

static unsigned on_channel(void *ctx, const struct answer *answer)
{
	struct outbox *v = ctx;

	if (answer->value < 0)
		return STALE_PAINT;
	v->channel = answer->value < CHANNEL_COUNT ? answer->value : ANY;
	return again(v);
}

static unsigned ask_channel(struct outbox *v)
{
	struct menu_item items[CHANNEL_COUNT + 1];
	struct menu_spec spec = { .title = _("Channel"), .items = items };

	items[spec.count++] =
		(struct menu_item){ .letter = '0', .label = _("All"), .value = CHANNEL_COUNT };
	for (int i = 0; i < CHANNEL_COUNT; i++)
		items[spec.count++] = (struct menu_item){ .letter = (uint32_t)('1' + i),
			.label = _(channel_label((enum channel)i)),
			.value = i };
	spec.current = v->channel == ANY ? CHANNEL_COUNT : v->channel;
	return ui_menu(v->view.ui, &spec, on_channel, v);
}

static unsigned on_provider(void *ctx, const struct answer *answer)
{
	struct outbox *v = ctx;

	if (answer->value < 0)
		return STALE_PAINT;
	v->provider = answer->value < PROVIDER_COUNT ? answer->value : ANY;
	return again(v);
}

static unsigned ask_provider(struct outbox *v)
{
	struct menu_item items[PROVIDER_COUNT + 1];
	struct menu_spec spec = { .title = _("What waits for"), .items = items };

	items[spec.count++] =
		(struct menu_item){ .letter = '0', .label = _("All"), .value = PROVIDER_COUNT };
	for (int i = 0; i < PROVIDER_COUNT; i++)
		items[spec.count++] = (struct menu_item){ .letter = (uint32_t)('a' + i),
			.label = _(provider_name_label((enum provider_name)i)),
			.value = i };
	spec.current = v->provider == ANY ? PROVIDER_COUNT : v->provider;
	return ui_menu(v->view.ui, &spec, on_provider, v);
}

static unsigned this_campaign(struct outbox *v)
{
	const struct outbox_row *r = table_row(&v->list.table);

	if (v->campaign_id) {
		v->campaign_id = 0;
		return again(v);
	}
	if (!r)
		return STALE_NONE;
	v->campaign_id = r->campaign->id;
	snprintf(v->campaign, sizeof(v->campaign), "%s", r->campaign->name);
	return again(v);
}

static unsigned on_filter(void *ctx, const struct answer *answer)
{
	struct outbox *v = ctx;

	switch (answer->value) {
	case ANSWER_NONE:
		return STALE_PAINT;
	case PICK_CHANNEL:
		return ask_channel(v);
	case PICK_PROVIDER:
		return ask_provider(v);
	case PICK_CAMPAIGN:
		return this_campaign(v);
	}
	v->shown = answer->value == PICK_OPEN  ? OPEN
		   : answer->value == PICK_ANY ? ANY
					       : answer->value;
	return again(v);
}

static unsigned ask_filter(struct outbox *v)
{
	struct menu_item items[MESSAGE_LIST_COUNT + 5];
	struct menu_spec spec = { .title = _("Show"), .items = items };
	struct arena a = ARENA_INIT;

	items[spec.count++] = (struct menu_item){
		.letter = 'o', .label = _("What is still to be done"), .value = PICK_OPEN
	};
	for (int i = 0; i < MESSAGE_LIST_COUNT; i++) {
		struct strbuf n = STRBUF_INIT_MAX(64);

		cell_count(&n, v->desk, v->totals[order[i]]);
		items[spec.count++] = (struct menu_item){ .letter = (uint32_t)('1' + i),
			.label = _(message_list_label(order[i])),
			.note = arena_strdup(&a, n.buf),
			.value = (int)order[i] };
		strbuf_release(&n);
	}
	items[spec.count++] =
		(struct menu_item){ .letter = 'a', .label = _("All"), .value = PICK_ANY };
	items[spec.count++] = (struct menu_item){
		.letter = 'c', .label = _("By channel…"), .value = PICK_CHANNEL
	};
	items[spec.count++] = (struct menu_item){
		.letter = 'p', .label = _("By provider…"), .value = PICK_PROVIDER
	};
	items[spec.count++] = (struct menu_item){ .letter = 'm',
		.label = v->campaign_id ? _("All campaigns") : _("This campaign only"),
		.value = PICK_CAMPAIGN };
	spec.current = v->shown == OPEN ? PICK_OPEN : v->shown == ANY ? PICK_ANY : v->shown;
	ui_menu(v->view.ui, &spec, on_filter, v);
	arena_release(&a);
	return STALE_PAINT;
}

/* --- what can be done ---------------------------------------------------- */

static unsigned open_messages(struct outbox *v, const struct outbox_row *r)
{
	const struct messages_query query = query_of(r);

	return ui_push(v->view.ui, &campaign_messages_view, &query);
}

static bool may_retry(const struct outbox_row *r)
{
	return r->list == LIST_TO_CORRECT || r->list == LIST_DEFINITE || r->list == LIST_LEFT_OUT ||
	       r->list == LIST_UNCERTAIN;
}

/* Uncertain ones are settled one by one. */
static unsigned retry(struct outbox *v, const struct outbox_row *r)
{
	const struct message_choice choice = { .query = query_of(r), .all = true };

	if (!may_retry(r))
		return STALE_NONE;
	if (r->list == LIST_UNCERTAIN)
		return open_messages(v, r);
	return message_acts_retry(&v->acts, &choice);
}

struct cancel_job {
	struct job job;
	struct messages_query query;
	struct messages_outcome outcome;
};

static bool run_cancel(
	struct job *job, struct session *s, const struct progress *p, struct err *err)
{
	struct cancel_job *c = (struct cancel_job *)job;
	const struct messages_choice choice = { .query = c->query };

	return messages_cancel(s, &choice, false, p, &c->outcome, err);
}

static unsigned cancelled(struct desk *d, struct job *job)
{
	const struct cancel_job *c = (struct cancel_job *)job;
	struct strbuf n = STRBUF_INIT_MAX(64);
	unsigned stale;

	if (!job->ok)
		return ui_error(d->ui, &job->err);
	cell_count(&n, d, c->outcome.done);
	stale = ui_say(d->ui,
		ngettext("%s message will not leave.", "%s messages will not leave.",
			(unsigned long)c->outcome.done),
		n.buf);
	strbuf_release(&n);
	return stale | STALE_RELOAD;
}

static const struct job_ops cancel_ops = {
	.title = N_("Cancelling"),
	.run = run_cancel,
	.ended = cancelled,
};

static unsigned on_cancel(void *ctx, const struct answer *answer)
{
	struct outbox *v = ctx;
	struct cancel_job *job;
	struct err err = ERR_INIT;

	if (answer->value != 0)
		return STALE_PAINT;
	job = mem_zalloc(1, sizeof(*job));
	job->job.ops = &cancel_ops;
	job->query = v->cancel;
	return job_start(v->desk, &job->job, &err) ? STALE_PAINT : ui_error(v->view.ui, &err);
}

static unsigned ask_cancel(struct outbox *v, const struct outbox_row *r)
{
	struct strbuf text = STRBUF_INIT_MAX(1024), n = STRBUF_INIT_MAX(64);
	struct err err = ERR_INIT;
	unsigned stale;

	if (!session_may(v->desk->s, RIGHT_CAMPAIGNS_CHANGE, &err))
		return ui_error(v->view.ui, &err);
	if (r->status != MESSAGE_QUEUED)
		return ui_say(v->view.ui, "%s", _("Only what waits can be kept from leaving."));
	v->cancel = query_of(r);
	cell_count(&n, v->desk, r->messages);
	strbuf_addf(&text,
		ngettext("%s message of “%s” does not leave. It can be sent again later.",
			"%s messages of “%s” do not leave. They can be sent again later.",
			(unsigned long)r->messages),
		n.buf, r->campaign->name);
	stale = ui_confirm(v->view.ui, _("Keep these messages from leaving?"), text.buf,
		_("Do not send"), on_cancel, v);
	strbuf_release(&text);
	strbuf_release(&n);
	return stale;
}

enum { MENU_OPEN, MENU_CAMPAIGN, MENU_RETRY, MENU_CANCEL, MENU_PROVIDERS };

static unsigned on_menu(void *ctx, const struct answer *answer)
{
	struct outbox *v = ctx;
	const struct outbox_row *r = table_row(&v->list.table);

	if (answer->value == MENU_PROVIDERS)
		return ui_push(v->view.ui, &providers_view, NULL);
	if (!r)
		return STALE_PAINT;
	switch (answer->value) {
	case MENU_OPEN:
		return open_messages(v, r);
	case MENU_CAMPAIGN:
		return campaign_open(v->desk, r->campaign->id, r->campaign->status);
	case MENU_RETRY:
		return retry(v, r);
	case MENU_CANCEL:
		return ask_cancel(v, r);
	}
	return STALE_PAINT;
}

static unsigned open_menu(struct outbox *v, const struct outbox_row *r)
{
	struct menu_item items[] = {
		{ .letter = 'o', .label = _("The messages"), .value = MENU_OPEN },
		{ .letter = 'm', .label = _("The campaign"), .value = MENU_CAMPAIGN },
		{ .letter = 'r', .label = _("Send again"), .value = MENU_RETRY },
		{ .letter = 'x', .label = _("Keep them from leaving"), .value = MENU_CANCEL },
		{ .letter = 'p', .label = _("Providers"), .value = MENU_PROVIDERS },
	};
	const struct menu_spec spec = {
		.title = r->campaign->name, .items = items, .count = ARRAY_SIZE(items)
	};

	if (r->list == LIST_UNCERTAIN)
		items[2].label = _("Settle them one by one");
	items[2].off = !may_retry(r);
	items[3].off = r->status != MESSAGE_QUEUED;
	return ui_menu(v->view.ui, &spec, on_menu, v);
}

/* --- the screen ---------------------------------------------------------- */

static void on_close(struct view *view)
{
	struct outbox *v = outbox_of(view);

	message_acts_release(&v->acts);
	strbuf_release(&v->health);
	arena_release(&v->cards_arena);
	list_release(&v->list);
	whole_release(&v->rows);
}

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct outbox *v = outbox_of(view);

	(void)arg;
	v->desk = desk_of(view);
	v->shown = OPEN;
	v->channel = v->provider = ANY;
	v->pace.every = READ_MS;
	strbuf_init(&v->health, 2048);
	message_acts_init(&v->acts, v->desk);
	list_init(&v->list, &table_ops, v, NULL);
	if (read_all(v, err)) {
		view->list = &v->list;
		return true;
	}
	on_close(view);
	return false;
}

static unsigned read_now(struct outbox *v)
{
	struct err err = ERR_INIT;

	if (!read_all(v, &err))
		return ui_error(v->view.ui, &err);
	table_reload(&v->list.table);
	return STALE_PAINT;
}

static unsigned on_reload(struct view *view)
{
	struct outbox *v = outbox_of(view);

	return pace_hold(&v->pace, ui_now(view->ui)) ? STALE_NONE : read_now(v);
}

static int on_wait(struct view *view)
{
	struct outbox *v = outbox_of(view);

	return pace_wait(&v->pace, ui_now(view->ui));
}

static unsigned on_tick(struct view *view)
{
	struct outbox *v = outbox_of(view);

	return pace_due(&v->pace, ui_now(view->ui)) ? read_now(v) : STALE_NONE;
}

static unsigned on_event(struct view *view, const struct event *event)
{
	struct outbox *v = outbox_of(view);

	pace_event(&v->pace, event);
	return message_acts_event(&v->acts, event);
}

static void add_total(struct strbuf *out, const struct outbox *v, enum message_list list)
{
	if (!v->totals[list])
		return;
	strbuf_addf(out, " · %s ", _(message_list_label(list)));
	cell_count(out, v->desk, v->totals[list]);
}

static void headline(struct view *view, struct strbuf *out)
{
	const struct outbox *v = outbox_of(view);

	strbuf_adds(out, _("Outbox"));
	if (v->shown == OPEN) {
		add_total(out, v, LIST_WAITING);
		add_total(out, v, LIST_UNCERTAIN);
		add_total(out, v, LIST_TO_CORRECT);
	} else {
		strbuf_addf(out, " · %s",
			v->shown == ANY ? _("All")
					: _(message_list_label((enum message_list)v->shown)));
	}
	if (v->channel != ANY)
		strbuf_addf(out, " · %s", _(channel_label((enum channel)v->channel)));
	if (v->provider != ANY)
		strbuf_addf(out, " · %s", _(provider_name_label((enum provider_name)v->provider)));
	if (v->campaign_id)
		strbuf_addf(out, " · %s", v->campaign);
}

static void draw(struct view *view, struct canvas *c, struct rect r)
{
	struct outbox *v = outbox_of(view);

	draw_text(c, r.y, r.x + 1, r.w - 2, v->health_role, v->health.buf);
	rect_top(&r, r.h > 18 ? 2 : 1);
	table_draw(&v->list.table, c, r, true, ui_now(view->ui));
}

static unsigned on_act(struct view *view, enum action_id action)
{
	struct outbox *v = outbox_of(view);
	const struct outbox_row *r = table_row(&v->list.table);

	if (action == ACT_FILTER)
		return ask_filter(v);
	if (!r)
		return STALE_PASS;
	switch ((int)action) {
	case ACT_OPEN:
		return open_messages(v, r);
	case ACT_RETRY:
		return retry(v, r);
	case ACT_MENU:
		return open_menu(v, r);
	}
	return STALE_PASS;
}

static unsigned on_have(struct view *view)
{
	const struct outbox *v = outbox_of(view);
	const struct outbox_row *r = table_row(&v->list.table);
	bool write = desk_may(v->desk, RIGHT_CAMPAIGNS_CHANGE);

	return (write ? NEED_WRITE : 0u) | (write && r && may_retry(r) ? NEED_RETRY : 0u);
}

static const struct view_action outbox_actions[] = {
	{ ACT_OPEN, N_("Messages") },
	{ ACT_FILTER, NULL },
	{ ACT_RETRY, N_("Send again") },
	{ ACT_MENU, NULL },
	{ ACT_PAUSE, NULL },
};

const struct view_ops outbox_view = {
	.name = "outbox",
	.title = N_("Outbox"),
	.size = sizeof(struct outbox),
	.actions = outbox_actions,
	.action_count = ARRAY_SIZE(outbox_actions),
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
