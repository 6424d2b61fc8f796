#include "message_view.h"

#include "campaign_cells.h"
#include "i18n.h"
#include "message_acts.h"
#include "page.h"
#include "say.h"

#define LABEL 16

struct message_screen {
	struct view view;
	struct desk *desk;
	int64_t id;
	struct arena arena;
	struct message_card card;
	struct message_acts acts;
};

static struct message_screen *screen_of(struct view *view)
{
	return (struct message_screen *)view;
}

/* --- reading ------------------------------------------------------------- */

static bool read_all(struct message_screen *v, struct err *err)
{
	arena_clear(&v->arena);
	return messages_get(v->desk->s, v->id, &v->arena, &v->card, err);
}

static void on_close(struct view *view)
{
	struct message_screen *v = screen_of(view);

	message_acts_release(&v->acts);
	arena_release(&v->arena);
}

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct message_screen *v = screen_of(view);

	v->desk = desk_of(view);
	v->id = *(const int64_t *)arg;
	message_acts_init(&v->acts, v->desk);
	if (read_all(v, err))
		return true;
	on_close(view);
	return false;
}

static unsigned on_reload(struct view *view)
{
	struct ui *ui = view->ui;
	struct err err = ERR_INIT;

	if (read_all(screen_of(view), &err))
		return STALE_PAINT;
	ui_close(ui, view);
	return ui_error(ui, &err) | STALE_REFLOW;
}

/* --- drawing ------------------------------------------------------------- */

static const struct message *message_of(const struct message_screen *v)
{
	return &v->card.line.message;
}

/* A label and what it is; nothing of an empty value. */
static void draw_pair(
	struct canvas *c, struct rect *r, const char *label, enum role role, const char *value)
{
	struct rect line;

	if (!*value || r->h < 1)
		return;
	line = rect_top(r, 1);
	draw_text(c, line.y, line.x, LABEL - 1, ROLE_DIM, label);
	draw_text(c, line.y, line.x + LABEL, line.w - LABEL, role, value);
}

static void draw_when(
	struct message_screen *v, struct canvas *c, struct rect *r, const char *label, int64_t at)
{
	struct strbuf text = STRBUF_INIT_MAX(64);

	if (at)
		cell_instant(&text, v->desk, at);
	draw_pair(c, r, label, ROLE_NORMAL, text.buf);
	strbuf_release(&text);
}

static void draw_state(struct message_screen *v, struct canvas *c, struct rect *r)
{
	const struct message *m = message_of(v);
	struct strbuf text = STRBUF_INIT_MAX(512);

	strbuf_adds(&text, _(message_status_label(m->status)));
	if (m->reason)
		strbuf_addf(&text, " · %s", _(message_reason_label(m->reason)));
	if (*m->code)
		strbuf_addf(&text, " (%s)", m->code);
	draw_pair(c, r, _("State"), campaign_message_role(m->status), text.buf);
	strbuf_release(&text);
}

static void draw_where(struct message_screen *v, struct canvas *c, struct rect *r)
{
	const struct message *m = message_of(v);
	struct strbuf text = STRBUF_INIT_MAX(512);

	strbuf_addf(&text, "%s", _(channel_label(m->channel)));
	if (*m->address)
		strbuf_addf(&text, " · %s", m->address);
	draw_pair(c, r, _("To"), ROLE_EMPHASIS, text.buf);
	if (*v->card.address_now && strcmp(v->card.address_now, m->address))
		draw_pair(c, r, _("Address today"), ROLE_MIDDLE, v->card.address_now);
	strbuf_clear(&text);
	if (m->provider >= 0)
		campaign_add_provider(&text, c->look, m->provider);
	if (*m->provider_id)
		strbuf_addf(&text, " · %s", m->provider_id);
	draw_pair(c, r, _("By way of"), ROLE_NORMAL, text.buf);
	strbuf_clear(&text);
	if (m->cost)
		campaign_add_cost(&text, v->desk, m->cost);
	draw_pair(c, r, _("Cost"), ROLE_NORMAL, text.buf);
	strbuf_release(&text);
}

static void draw_times(struct message_screen *v, struct canvas *c, struct rect *r)
{
	const struct message *m = message_of(v);

	if (m->status == MESSAGE_QUEUED) {
		draw_when(v, c, r, _("Not before"), m->due_at);
		draw_when(v, c, r, _("Not after"), m->not_after);
		return;
	}
	draw_when(v, c, r, _("Gone on"), m->sent_at);
	draw_when(v, c, r, _("Arrived on"), m->delivered_at);
	draw_when(v, c, r, _("Opened on"), m->opened_at);
	draw_when(v, c, r, _("Link followed on"), m->clicked_at);
	draw_when(v, c, r, _("Came back on"), m->bounced_at);
	draw_when(v, c, r, _("Said stop on"), m->unsubscribed_at);
	draw_when(v, c, r, _("Reported on"), m->complained_at);
}

/* "17/11/2026 10:42  Orange  RETRY  500 busy": what was tried, the last ones. */
static void draw_attempt(struct message_screen *v, struct canvas *c, struct rect r,
	const struct message_attempt *attempt)
{
	struct strbuf text = STRBUF_INIT_MAX(512);
	const char *label = message_attempt_label(attempt->outcome);

	cell_instant(&text, v->desk, attempt->at);
	if (attempt->provider >= 0) {
		strbuf_adds(&text, "  ");
		campaign_add_provider(&text, c->look, attempt->provider);
	}
	/* The reason of a try says it better. */
	if (*label && (!attempt->reason || *attempt->actor))
		strbuf_addf(&text, "  %s", _(label));
	if (attempt->reason)
		strbuf_addf(&text, "  %s", _(message_reason_label(attempt->reason)));
	if (*attempt->code)
		strbuf_addf(&text, "  (%s)", attempt->code);
	if (*attempt->actor)
		/* TRANSLATORS: who did something: a login follows. */
		strbuf_addf(&text, "  %s %s", _("by"), attempt->actor);
	draw_text(c, r.y, r.x, r.w, ROLE_NORMAL, text.buf);
	strbuf_release(&text);
}

static void draw_attempts(struct message_screen *v, struct canvas *c, struct rect *r)
{
	int most = r->h / 3, from = v->card.n_attempts > most ? v->card.n_attempts - most : 0;

	if (!v->card.n_attempts || r->h < 3)
		return;
	rect_top(r, 1);
	draw_text(c, r->y, r->x, r->w, ROLE_TITLE, _("WHAT WAS TRIED"));
	rect_top(r, 1);
	for (int i = from; i < v->card.n_attempts; i++)
		draw_attempt(v, c, rect_top(r, 1), &v->card.attempts[i]);
}

static void draw_written(struct message_screen *v, struct canvas *c, struct rect r)
{
	if (r.h < 3)
		return;
	rect_top(&r, 1);
	draw_text(c, r.y, r.x, r.w, ROLE_TITLE,
		message_of(v)->sent_at ? _("WHAT WAS WRITTEN") : _("WHAT IS WRITTEN"));
	rect_top(&r, 1);
	if (*v->card.subject)
		draw_text(c, rect_top(&r, 1).y, r.x, r.w, ROLE_EMPHASIS, v->card.subject);
	if (*v->card.text)
		draw_wrapped(c, r, ROLE_NORMAL, v->card.text);
	else
		draw_text(c, r.y, r.x, r.w, ROLE_DIM,
			message_of(v)->status == MESSAGE_SKIPPED
				? _("Nothing was written: the person was left out.")
				: _("The text was erased with the person."));
}

static void draw(struct view *view, struct canvas *c, struct rect r)
{
	struct message_screen *v = screen_of(view);

	r.x++;
	r.w -= 2;
	draw_cursor(c, r.y, r.x);
	draw_state(v, c, &r);
	draw_where(v, c, &r);
	draw_times(v, c, &r);
	draw_attempts(v, c, &r);
	draw_written(v, c, r);
}

static void headline(struct view *view, struct strbuf *out)
{
	const struct message_line *line = &screen_of(view)->card.line;

	if (line->message.customer_id)
		customer_name(line->name, line->first_name, out);
	else
		strbuf_adds(out, _("Post on a page"));
	strbuf_addf(out, " · %s", line->campaign);
}

/* --- keys ---------------------------------------------------------------- */

static unsigned retry(struct message_screen *v)
{
	const struct message_choice choice = { .ids = &v->id, .n = 1 };

	if (v->card.can_resolve)
		return message_acts_settle(&v->acts, &v->card.line);
	return v->card.can_retry ? message_acts_retry(&v->acts, &choice) : STALE_NONE;
}

static unsigned on_act(struct view *view, enum action_id action)
{
	struct message_screen *v = screen_of(view);

	switch ((int)action) {
	case ACT_OPEN:
		return message_acts_customer(&v->acts, &v->card.line);
	case ACT_EDIT:
		return message_acts_correct(&v->acts, &v->card.line);
	case ACT_RETRY:
		return retry(v);
	case ACT_MENU:
		return message_acts_menu(&v->acts, &v->card.line);
	case ACT_PRINT:
		return page_message(v->desk, v->card.subject, v->card.html, v->card.text);
	case ACT_COPY:
		return *message_of(v)->address ? ui_copy(view->ui, message_of(v)->address)
					       : STALE_NONE;
	}
	return STALE_PASS;
}

static unsigned on_have(struct view *view)
{
	const struct message_screen *v = screen_of(view);
	bool write = desk_may(v->desk, RIGHT_CAMPAIGNS_CHANGE);

	return NEED_ROW | (write ? NEED_WRITE : 0u) |
	       (write && (v->card.can_retry || v->card.can_resolve) ? NEED_RETRY : 0u);
}

static unsigned on_event(struct view *view, const struct event *event)
{
	return message_acts_event(&screen_of(view)->acts, event);
}

static const struct view_action message_actions[] = {
	{ ACT_OPEN, N_("Customer") },
	{ ACT_RETRY, N_("Send again") },
	{ ACT_EDIT, N_("Correct") },
	{ ACT_MENU, NULL },
	{ ACT_COPY, NULL },
	{ ACT_PRINT, NULL },
};

const struct view_ops message_view = {
	.name = "message",
	.title = N_("Message"),
	.size = sizeof(struct message_screen),
	.actions = message_actions,
	.action_count = ARRAY_SIZE(message_actions),
	.open = on_open,
	.close = on_close,
	.reload = on_reload,
	.headline = headline,
	.draw = draw,
	.have = on_have,
	.act = on_act,
	.event = on_event,
};
