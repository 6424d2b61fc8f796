#include "message_acts.h"

#include "cells.h"
#include "customer_form.h"
#include "customer_view.h"
#include "desk_event.h"
#include "form.h"
#include "i18n.h"
#include "message_retry.h"
#include "message_view.h"
#include "provider_name.h"
#include "sending.h"

void message_acts_init(struct message_acts *a, struct desk *desk)
{
	*a = (struct message_acts){ .desk = desk };
}

void message_acts_release(struct message_acts *a)
{
	reader_drop(a->desk->reader, a);
	retry_question_free(a->asked);
	arena_release(&a->arena);
}

static void take(struct message_acts *a, const struct message_line *line)
{
	struct message_line copy = *line;

	arena_clear(&a->arena);
	copy.name = arena_strdup(&a->arena, line->name);
	copy.first_name = arena_strdup(&a->arena, line->first_name);
	copy.campaign = arena_strdup(&a->arena, line->campaign);
	copy.message.address = arena_strdup(&a->arena, line->message.address);
	copy.message.vars = copy.message.provider_id = copy.message.code = "";
	a->line = copy;
}

static unsigned say(struct message_acts *a, const char *what)
{
	struct strbuf name = STRBUF_INIT_MAX(256);
	unsigned stale;

	customer_name(a->line.name, a->line.first_name, &name);
	sending_poke(a->desk);
	stale = ui_say(a->desk->ui, "%s · %s", name.buf, what) | STALE_RELOAD;
	strbuf_release(&name);
	return stale;
}

static unsigned fail(struct message_acts *a, const struct err *err)
{
	return ui_error(a->desk->ui, err) | STALE_RELOAD;
}

/* --- whose it is --------------------------------------------------------- */

unsigned message_acts_customer(struct message_acts *a, const struct message_line *line)
{
	int64_t id = line->message.customer_id;

	return id ? ui_push(a->desk->ui, &customer_view, &id) : STALE_NONE;
}

unsigned message_acts_correct(struct message_acts *a, const struct message_line *line)
{
	int64_t id = line->message.customer_id;
	struct ui *ui = a->desk->ui;
	unsigned stale;
	struct view *top;

	if (!id)
		return STALE_NONE;
	stale = ui_push(ui, &customer_form_view, &id);
	top = ui_top(ui);
	if (top && top->ops == &customer_form_view)
		top->form->focus = form_find(
			top->form, line->message.channel == CHANNEL_EMAIL ? "EMAIL" : "PHONE");
	return stale;
}

/* --- again --------------------------------------------------------------- */

static unsigned on_retry(void *ctx, const struct answer *answer)
{
	struct message_acts *a = ctx;
	struct retry_question *q = a->asked;

	a->asked = NULL;
	if (answer->value == 0 && q->outcome.done)
		return retry_start(a->desk, q) | STALE_PAINT;
	retry_question_free(q);
	return STALE_PAINT;
}

static unsigned ask_retry(struct message_acts *a, struct retry_question *q)
{
	const char *const both[] = { _("Send again"), _("Cancel") }, *const one[] = { _("OK") };
	struct strbuf text = STRBUF_INIT_MAX(4096);
	struct dialog_spec spec = { .title = _("Send again"), .focus = 0 };

	if (!q->reading.ok) {
		struct err err = q->reading.err;

		retry_question_free(q);
		return fail(a, &err);
	}
	retry_question_free(a->asked);
	a->asked = q;
	retry_say(&text, a->desk, q);
	spec.text = text.buf;
	spec.buttons = q->outcome.done ? both : one;
	spec.count = q->outcome.done ? ARRAY_SIZE(both) : ARRAY_SIZE(one);
	ui_dialog(a->desk->ui, &spec, on_retry, a);
	strbuf_release(&text);
	return STALE_PAINT;
}

unsigned message_acts_retry(struct message_acts *a, const struct message_choice *choice)
{
	struct retry_question *q;

	reader_drop(a->desk->reader, a);
	q = retry_question_new(choice, a);
	if (reader_ask(a->desk->reader, &q->reading, a->desk->patience, &a->serial)) {
		a->serial = 0;
		return ask_retry(a, q);
	}
	return ui_say(a->desk->ui, "%s", _("Counting who it reaches…"));
}

unsigned message_acts_event(struct message_acts *a, const struct event *event)
{
	struct retry_question *q;

	if (event->kind != EV_READ || !a->serial || event->id != a->serial)
		return STALE_NONE;
	q = (struct retry_question *)reader_take(a->desk->reader, a->serial);
	a->serial = 0;
	return q ? ask_retry(a, q) : STALE_NONE;
}

/* --- the uncertain ones -------------------------------------------------- */

static unsigned resolve(struct message_acts *a, enum message_deed deed)
{
	struct err err = ERR_INIT;

	if (!messages_resolve(a->desk->s, a->line.message.id, deed, &err))
		return fail(a, &err);
	switch ((int)deed) {
	case DEED_LOOK_UP:
		return say(a, _("the provider is being asked."));
	case DEED_MARK_SENT:
		return say(a, _("counts as sent."));
	}
	return say(a, _("goes again."));
}

static unsigned on_again(void *ctx, const struct answer *answer)
{
	return answer->value == 0 ? resolve(ctx, DEED_SEND_AGAIN) : STALE_PAINT;
}

static unsigned on_settle(void *ctx, const struct answer *answer)
{
	struct message_acts *a = ctx;

	if (answer->value < 0)
		return STALE_PAINT;
	if (answer->value == DEED_SEND_AGAIN)
		return ui_confirm(a->desk->ui, _("Send it again?"),
			_("Nobody knows whether it left: this person may get it twice."),
			_("Send again"), on_again, a);
	return resolve(a, (enum message_deed)answer->value);
}

/* "Kabré Awa · Orange, 10:42 · the line broke before the answer". */
static void add_known(struct strbuf *out, const struct message_acts *a)
{
	const struct message *m = &a->line.message;

	customer_name(a->line.name, a->line.first_name, out);
	strbuf_adds(out, " · ");
	if (m->provider >= 0)
		strbuf_addf(out, "%s ", _(provider_name_label((enum provider_name)m->provider)));
	if (m->claimed_at)
		cell_instant(out, a->desk, m->claimed_at);
	strbuf_addf(out, " · %s", _(message_reason_label(m->reason)));
}

unsigned message_acts_settle(struct message_acts *a, const struct message_line *line)
{
	const struct menu_item items[] = {
		{ .letter = 'l',
			.label = _("Ask the provider what became of it"),
			.value = DEED_LOOK_UP },
		{ .letter = 's',
			.label = _("It arrived: mark it as sent"),
			.value = DEED_MARK_SENT },
		{ .letter = 'a',
			.label = _("It did not arrive: send it again"),
			.value = DEED_SEND_AGAIN },
	};
	struct menu_spec spec = {
		.items = items, .count = ARRAY_SIZE(items), .current = DEED_LOOK_UP
	};
	struct strbuf title = STRBUF_INIT_MAX(256);

	take(a, line);
	add_known(&title, a);
	spec.title = title.buf;
	ui_menu(a->desk->ui, &spec, on_settle, a);
	strbuf_release(&title);
	return STALE_PAINT;
}

/* --- the menu ------------------------------------------------------------ */

static unsigned open_message(struct message_acts *a, const struct message_line *line)
{
	return ui_push(a->desk->ui, &message_view, &line->message.id);
}

static unsigned retry_one(struct message_acts *a, const struct message_line *line)
{
	const struct message_choice choice = { .ids = &line->message.id, .n = 1 };

	return message_acts_retry(a, &choice);
}

static unsigned on_cancel(void *ctx, const struct answer *answer)
{
	struct message_acts *a = ctx;
	struct messages_choice choice = { .ids = &a->line.message.id, .n_ids = 1 };
	struct messages_outcome outcome;
	struct err err = ERR_INIT;

	if (answer->value != 0)
		return STALE_PAINT;
	if (!messages_cancel(a->desk->s, &choice, false, NULL, &outcome, &err))
		return fail(a, &err);
	return say(a, outcome.done ? _("the message will not leave.")
				   : _("the message had left already."));
}

static unsigned cancel(struct message_acts *a, const struct message_line *line)
{
	take(a, line);
	return ui_confirm(a->desk->ui, _("Keep this message from leaving?"),
		_("The person does not get it. It can be sent again later."), _("Do not send"),
		on_cancel, a);
}

static bool always(const struct message *m)
{
	(void)m;
	return true;
}

static bool has_customer(const struct message *m)
{
	return m->customer_id != 0;
}

static bool is_wrong(const struct message *m)
{
	return has_customer(m) && message_list_of(m->status, m->reason) == LIST_TO_CORRECT;
}

static bool may_retry(const struct message *m)
{
	return message_may(ACT_PERSON, m->status, MESSAGE_QUEUED) &&
	       m->status != MESSAGE_UNCERTAIN && m->status != MESSAGE_QUEUED;
}

static bool is_queued(const struct message *m)
{
	return m->status == MESSAGE_QUEUED;
}

static bool is_uncertain(const struct message *m)
{
	return m->status == MESSAGE_UNCERTAIN;
}

static const struct {
	uint32_t letter;
	const char *label; /* N_() */
	bool (*may)(const struct message *m);
	unsigned (*run)(struct message_acts *a, const struct message_line *line);
} deeds[] = {
	{ 'o', N_("The message: what was written, what was tried"), always, open_message },
	{ 'c', N_("The customer"), has_customer, message_acts_customer },
	{ 'e', N_("Correct the address"), is_wrong, message_acts_correct },
	{ 'r', N_("Send again"), may_retry, retry_one },
	{ 's', N_("Settle it: asked, sent or again"), is_uncertain, message_acts_settle },
	{ 'x', N_("Keep it from leaving"), is_queued, cancel },
};

static unsigned on_menu(void *ctx, const struct answer *answer)
{
	struct message_acts *a = ctx;
	struct message_card card;
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	unsigned stale;

	if (answer->value < 0)
		return STALE_PAINT;
	if (messages_get(a->desk->s, a->line.message.id, &arena, &card, &err))
		stale = deeds[answer->value].run(a, &card.line);
	else
		stale = fail(a, &err);
	arena_release(&arena);
	return stale;
}

unsigned message_acts_menu(struct message_acts *a, const struct message_line *line)
{
	struct menu_item items[ARRAY_SIZE(deeds)];
	struct menu_spec spec = { .items = items };
	struct strbuf title = STRBUF_INIT_MAX(256);

	take(a, line);
	customer_name(line->name, line->first_name, &title);
	spec.title = title.buf;
	for (size_t i = 0; i < ARRAY_SIZE(deeds); i++)
		if (deeds[i].may(&line->message))
			items[spec.count++] = (struct menu_item){ .letter = deeds[i].letter,
				.label = _(deeds[i].label),
				.value = (int)i };
	ui_menu(a->desk->ui, &spec, on_menu, a);
	strbuf_release(&title);
	return STALE_PAINT;
}
