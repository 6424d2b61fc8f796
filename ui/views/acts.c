#include "acts.h"

#include "cells.h"
#include "consent_acts.h"
#include "customer_view.h"
#include "customer_form.h"
#include "date.h"
#include "duplicates.h"
#include "duplicates_view.h"
#include "form_box.h"
#include "i18n.h"
#include "mem.h"
#include "merge_view.h"
#include "message_new.h"
#include "money.h"
#include "num.h"
#include "scores.h"
#include "tasks.h"
#include "undoing.h"

#define COPY_MOST 16

/* --- start and stop ------------------------------------------------------ */

static void drop_form(struct acts *a)
{
	if (a->has_form)
		form_release(&a->form);
	a->has_form = false;
}

static void drop_values(struct acts *a)
{
	for (size_t i = 0; i < a->values.len; i++)
		free(a->values.items[i]);
	a->values.len = 0;
}

void acts_init(struct acts *a, struct desk *desk)
{
	*a = (struct acts){ .desk = desk, .arena = ARENA_INIT };
}

void acts_release(struct acts *a)
{
	drop_form(a);
	drop_values(a);
	vec_release(&a->values);
	vec_release(&a->alike);
	arena_release(&a->arena);
}

/* Reads the customer the act is about; its name goes into the titles. */
bool acts_take(struct acts *a, int64_t id, struct customer_card *card, struct err *err)
{
	struct strbuf name = STRBUF_INIT_MAX(sizeof(a->name) - 1);

	arena_clear(&a->arena);
	if (!customers_get(a->desk->s, id, &a->arena, card, err))
		return false;
	a->id = id;
	a->task_id = a->consent_id = 0;
	a->task = (struct task){ .id = 0 };
	a->note = (struct note){ .id = 0 };
	customer_name(card->customer.name, card->customer.first_name, &name);
	snprintf(a->name, sizeof(a->name), "%s", name.buf);
	strbuf_release(&name);
	return true;
}

struct form *acts_form(struct acts *a, const struct form_field *fields, size_t count)
{
	drop_form(a);
	form_init(&a->form, fields, count, a);
	a->form.today = desk_today(a->desk);
	a->has_form = true;
	return &a->form;
}

unsigned acts_ask(struct acts *a, const char *title, const char *ok, overlay_done *done)
{
	return ui_open(a->desk->ui, form_box_new(title, a->name, &a->form, ok), done, a);
}

unsigned acts_fail(struct acts *a, const struct err *err)
{
	return ui_error(a->desk->ui, err) | STALE_RELOAD;
}

/* --- copy ---------------------------------------------------------------- */

/* The label is the copy kept in a->values: it outlives the text that was offered. */
static void offer_value(struct acts *a, struct menu_item *items, size_t *n, const char *value)
{
	char *kept;

	if (!*value || *n == COPY_MOST)
		return;
	kept = mem_strdup(value);
	vec_push(&a->values, kept);
	items[*n] = (struct menu_item){
		.letter = (uint32_t)('1' + *n), .label = kept, .value = (int)*n
	};
	++*n;
}

static unsigned on_copy(void *ctx, const struct answer *answer)
{
	struct acts *a = ctx;

	if (answer->value < 0 || (size_t)answer->value >= a->values.len)
		return STALE_PAINT;
	return ui_copy(a->desk->ui, a->values.items[answer->value]);
}

static void add_address(const struct customer *c, struct strbuf *out)
{
	const char *parts[] = { c->street, c->postcode, c->city };

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		if (*parts[i])
			strbuf_addf(out, "%s%s",
				out->len ? i == 2 && *c->postcode ? " " : ", " : "", parts[i]);
}

unsigned acts_copy(struct acts *a, int64_t id)
{
	struct menu_item items[COPY_MOST];
	struct menu_spec spec = { .items = items };
	struct strbuf address = STRBUF_INIT_MAX(1024);
	struct customer_card card;
	struct err err = ERR_INIT;
	const struct customer *c = &card.customer;

	if (!acts_take(a, id, &card, &err))
		return acts_fail(a, &err);
	drop_values(a);
	offer_value(a, items, &spec.count, *c->phone_e164 ? c->phone_e164 : c->phone);
	offer_value(a, items, &spec.count, c->email);
	offer_value(a, items, &spec.count, a->name);
	offer_value(a, items, &spec.count, c->firm);
	add_address(c, &address);
	offer_value(a, items, &spec.count, address.buf);
	offer_value(a, items, &spec.count, c->account_key);
	for (int i = 0; i < card.n_contacts; i++)
		offer_value(a, items, &spec.count,
			*card.contacts[i].value ? card.contacts[i].value : card.contacts[i].typed);
	strbuf_release(&address);
	spec.title = _("Copy");
	return ui_menu(a->desk->ui, &spec, on_copy, a);
}

/* --- reminder ------------------------------------------------------------ */

static void check_hour(void *ctx, const char *value, struct strbuf *sentence)
{
	(void)ctx;
	if (act_hour(value) < 0)
		strbuf_adds(sentence, _("This is no time: write 14:30, 14h30 or 9."));
}

int act_hour(const char *text)
{
	int hour = 0, minute = 0, digits = 0;
	const char *p = text;

	for (; *p >= '0' && *p <= '9' && digits < 2; p++, digits++)
		hour = hour * 10 + (*p - '0');
	if (!digits)
		return -1;
	if (*p == ':' || *p == 'h' || *p == 'H' || *p == '.') {
		p++;
		for (digits = 0; *p >= '0' && *p <= '9' && digits < 2; p++, digits++)
			minute = minute * 10 + (*p - '0');
		if (digits == 1)
			return -1;
	}
	return *p || hour > 23 || minute > 59 ? -1 : hour * 60 + minute;
}

static const struct form_choice task_kinds[] = {
	{ "CALL", N_("Call") },
	{ "REMINDER", N_("Reminder") },
	{ "OTHER", N_("Other") },
};

static const struct form_field remind_fields[] = {
	{ .name = "day", .label = N_("Day"), .kind = FORM_DAY, .required = true },
	{ .name = "hour",
		.label = N_("Time"),
		.kind = FORM_TEXT,
		.width = 12,
		.max = 8,
		.hint = N_("any time"),
		.check = check_hour },
	{ .name = "kind",
		.label = N_("What"),
		.kind = FORM_CHOICE,
		.choices = task_kinds,
		.choice_count = ARRAY_SIZE(task_kinds) },
	{ .name = "note", .label = N_("Note"), .kind = FORM_TEXT, .width = 44, .max = 500 },
};

int32_t act_day(struct form *f, const char *name)
{
	const char *text = form_get(f, name);
	int32_t day = DAY_NONE;

	if (date_parse(text, strlen(text), DATE_ISO, &day) != DATE_OK)
		return DAY_NONE;
	return day;
}

static int form_minute(struct form *f, const char *name)
{
	int minute = act_hour(form_get(f, name));

	return minute < 0 ? TASK_ALL_DAY : minute;
}

static unsigned on_remind(void *ctx, const struct answer *answer)
{
	struct acts *a = ctx;
	struct strbuf when = STRBUF_INIT_MAX(128);
	struct task task = { .customer_id = a->id, .owner = "", .outcome = -1 };
	struct err err = ERR_INIT;
	unsigned stale;

	if (answer->value != 0)
		return STALE_PAINT;
	task.due_day = act_day(&a->form, "day");
	task.due_minute = form_minute(&a->form, "hour");
	if (!task_kind_parse(form_get(&a->form, "kind"), &task.kind))
		task.kind = TASK_CALL;
	task.note = arena_strdup(&a->arena, form_get(&a->form, "note"));
	if (!tasks_add(a->desk->s, &task, &err))
		return acts_fail(a, &err);
	cell_date(&when, a->desk, task.due_day);
	/* TRANSLATORS: the customer's name, and the day. */
	stale = undoing_offer(a->desk, _("%s: reminder on %s."), a->name, when.buf);
	strbuf_release(&when);
	return stale;
}

unsigned acts_remind(struct acts *a, int64_t id)
{
	struct customer_card card;
	struct err err = ERR_INIT;
	struct strbuf day = STRBUF_INIT_MAX(32);
	struct form *f;

	if (!acts_take(a, id, &card, &err))
		return acts_fail(a, &err);
	f = acts_form(a, remind_fields, ARRAY_SIZE(remind_fields));
	date_add_iso(&day, f->today + 1);
	form_set(f, "day", day.buf);
	strbuf_release(&day);
	return acts_ask(a, _("Reminder"), _("Set it"), on_remind);
}

/* --- a task that is there ------------------------------------------------ */

static void keep_task(struct acts *a, const struct task *task)
{
	a->task = *task;
	a->task.owner = arena_strdup(&a->arena, task->owner);
	a->task.note = arena_strdup(&a->arena, task->note);
}

static unsigned on_task_edit(void *ctx, const struct answer *answer)
{
	struct acts *a = ctx;
	struct task task = a->task;
	struct err err = ERR_INIT;

	if (answer->value != 0)
		return STALE_PAINT;
	task.due_day = act_day(&a->form, "day");
	task.due_minute = form_minute(&a->form, "hour");
	if (!task_kind_parse(form_get(&a->form, "kind"), &task.kind))
		task.kind = a->task.kind;
	task.note = arena_strdup(&a->arena, form_get(&a->form, "note"));
	if (!tasks_edit(a->desk->s, &task, &err))
		return acts_fail(a, &err);
	return undoing_offer(a->desk, _("%s: task changed."), a->name);
}

static unsigned ask_task(struct acts *a, int64_t id)
{
	struct form *f = acts_form(a, remind_fields, ARRAY_SIZE(remind_fields));
	struct strbuf text = STRBUF_INIT_MAX(32);

	(void)id;
	date_add_iso(&text, a->task.due_day);
	form_set(f, "day", text.buf);
	strbuf_clear(&text);
	if (a->task.due_minute < TASK_ALL_DAY)
		date_add_time(&text, a->task.due_minute);
	form_set(f, "hour", text.buf);
	form_set(f, "kind", task_kind_word(a->task.kind));
	form_set(f, "note", a->task.note);
	strbuf_release(&text);
	return acts_ask(a, _("Edit the task"), _("Save"), on_task_edit);
}

unsigned acts_task_edit(struct acts *a, const struct task *task)
{
	struct customer_card card;
	struct err err = ERR_INIT;

	if (!acts_take(a, task->customer_id, &card, &err))
		return acts_fail(a, &err);
	keep_task(a, task);
	return ask_task(a, a->id);
}

static unsigned close_task(struct acts *a, int64_t id)
{
	struct err err = ERR_INIT;

	(void)id;
	if (!tasks_done(a->desk->s, a->task.id, a->task.revision, &err))
		return acts_fail(a, &err);
	return undoing_offer(a->desk, _("%s: the task is off the list."), a->name);
}

/* --- a call -------------------------------------------------------------- */

static void check_amount(void *ctx, const char *value, struct strbuf *sentence)
{
	const struct acts *a = ctx;
	int64_t amount;

	if (!act_amount(a->desk, value, &amount))
		strbuf_adds(sentence, _("This is no amount above zero."));
}

bool act_amount(const struct desk *d, const char *text, int64_t *minor)
{
	const char *currency = d->s->company.currency;
	int64_t amount;
	char mark = d->lang == LANG_FR ? ',' : '.', group = d->lang == LANG_FR ? '.' : ',';

	if (money_parse(text, strlen(text), mark, group, money_decimals(currency), &amount) !=
			MONEY_OK ||
		amount <= 0)
		return false;
	*minor = amount;
	return true;
}

static const struct form_choice outcomes[] = {
	{ "REACHED", N_("Reached") },
	{ "NOT_REACHED", N_("Not reached") },
	{ "PROMISE", N_("Promise to pay") },
	{ "NO_MORE_CALLS", N_("Wants no more calls") },
};

static const struct form_field call_fields[] = {
	{ .name = "outcome",
		.label = N_("How did it end?"),
		.kind = FORM_CHOICE,
		.choices = outcomes,
		.choice_count = ARRAY_SIZE(outcomes) },
	{ .name = "note",
		.label = N_("What was said"),
		.kind = FORM_TEXT,
		.width = 44,
		.max = 500 },
	{ .name = "again", .label = N_("Call again on"), .kind = FORM_DAY },
	{ .name = "hour",
		.label = N_("Time"),
		.kind = FORM_TEXT,
		.width = 12,
		.max = 8,
		.hint = N_("any time"),
		.check = check_hour },
	{ .name = "amount",
		.label = N_("Promised amount"),
		.kind = FORM_TEXT,
		.width = 18,
		.max = 40,
		.check = check_amount },
	{ .name = "day", .label = N_("To be paid on"), .kind = FORM_DAY },
};

static unsigned ask_call(struct acts *a);

/* What the outcome needs and was not given; the box opens again with it. */
static bool lacks(struct acts *a, enum call_outcome outcome)
{
	const char *name = NULL;

	if (outcome == CALL_NOT_REACHED && !*form_get(&a->form, "again"))
		name = "again";
	if (outcome == CALL_PROMISE && !*form_get(&a->form, "day"))
		name = "day";
	if (outcome == CALL_PROMISE && !*form_get(&a->form, "amount"))
		name = "amount";
	if (!name)
		return false;
	form_blame(&a->form, name, _("This is needed for such an outcome."));
	a->form.focus = form_find(&a->form, name);
	return true;
}

static unsigned say_call(struct acts *a, enum call_outcome outcome, int64_t next)
{
	const char *label = _(call_outcome_label(outcome));

	if (outcome == CALL_NO_MORE_CALLS)
		return undoing_offer(a->desk, _("%s wants no more calls: noted."), a->name);
	if (next)
		return undoing_offer(
			a->desk, _("%s: %s, and what follows is among the tasks."), a->name, label);
	/* TRANSLATORS: of whom, and what was noted: how a call ended */
	return undoing_offer(a->desk, _("%s: %s."), a->name, label);
}

static unsigned on_call(void *ctx, const struct answer *answer)
{
	struct acts *a = ctx;
	struct call_result r = { .outcome = CALL_REACHED };
	struct err err = ERR_INIT;
	int64_t next = 0;
	bool ok;

	if (answer->value != 0)
		return STALE_PAINT;
	if (!call_outcome_parse(form_get(&a->form, "outcome"), &r.outcome))
		return STALE_PAINT;
	if (lacks(a, r.outcome))
		return ask_call(a);
	r.note = arena_strdup(&a->arena, form_get(&a->form, "note"));
	r.again_day = act_day(&a->form, "again");
	r.again_minute = form_minute(&a->form, "hour");
	r.promise_day = act_day(&a->form, "day");
	if (r.outcome == CALL_PROMISE)
		(void)!act_amount(a->desk, form_get(&a->form, "amount"), &r.promise_amount);
	ok = a->task_id ? tasks_outcome(a->desk->s, a->task_id, a->revision, &r, &next, &err)
			: tasks_call(a->desk->s, a->id, &r, &next, &err);
	return ok ? say_call(a, r.outcome, next) : acts_fail(a, &err);
}

static unsigned ask_call(struct acts *a)
{
	return acts_ask(a, _("Call"), _("Note it"), on_call);
}

unsigned acts_call(struct acts *a, int64_t id, int64_t task_id, int64_t revision)
{
	struct customer_card card;
	struct err err = ERR_INIT;
	struct strbuf text = STRBUF_INIT_MAX(64);
	struct form *f;

	if (!acts_take(a, id, &card, &err))
		return acts_fail(a, &err);
	a->task_id = task_id;
	a->revision = revision;
	f = acts_form(a, call_fields, ARRAY_SIZE(call_fields));
	date_add_iso(&text, f->today + 1);
	form_set(f, "again", text.buf);
	if (card.score.overdue) {
		strbuf_clear(&text);
		cell_amount(&text, a->desk, card.score.overdue);
		form_set(f, "amount", text.buf);
	}
	strbuf_release(&text);
	return ask_call(a);
}

/* --- a note -------------------------------------------------------------- */

static const struct form_field note_fields[] = {
	{ .name = "text",
		.label = N_("Note"),
		.kind = FORM_LINES,
		.lines = 6,
		.max = 4000,
		.required = true },
};

static unsigned on_note(void *ctx, const struct answer *answer)
{
	struct acts *a = ctx;
	struct note note = { .customer_id = a->id, .kind = NOTE_NOTE };
	struct err err = ERR_INIT;

	if (answer->value != 0)
		return STALE_PAINT;
	note.text = arena_strdup(&a->arena, form_get(&a->form, "text"));
	if (!customers_note_add(a->desk->s, &note, &err))
		return acts_fail(a, &err);
	return undoing_offer(a->desk, _("%s: note kept."), a->name);
}

unsigned acts_note(struct acts *a, int64_t id)
{
	struct customer_card card;
	struct err err = ERR_INIT;

	if (!acts_take(a, id, &card, &err))
		return acts_fail(a, &err);
	acts_form(a, note_fields, ARRAY_SIZE(note_fields));
	return acts_ask(a, _("Note"), _("Keep it"), on_note);
}

bool acts_note_mine(const struct acts *a, const struct note *note)
{
	return note->kind == NOTE_NOTE && !strcmp(note->author, a->desk->s->actor.login);
}

static void keep_note(struct acts *a, const struct note *note)
{
	a->note = *note;
	a->note.author = arena_strdup(&a->arena, note->author);
	a->note.text = arena_strdup(&a->arena, note->text);
}

static unsigned on_note_edit(void *ctx, const struct answer *answer)
{
	struct acts *a = ctx;
	struct err err = ERR_INIT;

	if (answer->value != 0)
		return STALE_PAINT;
	if (!customers_note_edit(a->desk->s, a->note.id, form_get(&a->form, "text"), &err))
		return acts_fail(a, &err);
	return undoing_offer(a->desk, _("%s: note changed."), a->name);
}

static unsigned ask_note(struct acts *a, int64_t id)
{
	struct form *f = acts_form(a, note_fields, ARRAY_SIZE(note_fields));

	(void)id;
	form_set(f, "text", a->note.text);
	return acts_ask(a, _("Edit the note"), _("Save"), on_note_edit);
}

unsigned acts_note_edit(struct acts *a, const struct note *note)
{
	struct customer_card card;
	struct err err = ERR_INIT;

	if (!acts_note_mine(a, note))
		return STALE_NONE;
	if (!acts_take(a, note->customer_id, &card, &err))
		return acts_fail(a, &err);
	keep_note(a, note);
	return ask_note(a, a->id);
}

static unsigned drop_note(struct acts *a, int64_t id)
{
	struct err err = ERR_INIT;

	(void)id;
	if (!customers_note_drop(a->desk->s, a->note.id, &err))
		return acts_fail(a, &err);
	return undoing_offer(a->desk, _("%s: note removed."), a->name);
}

/* --- no more messages ---------------------------------------------------- */

static const struct form_choice stop_channels[] = {
	/* TRANSLATORS: all channels. */
	{ "ALL", N_("All channels") },
	{ "EMAIL", N_("E-mail") },
	{ "SMS", N_("SMS") },
	{ "WHATSAPP", N_("WhatsApp") },
	{ "FACEBOOK", N_("Facebook") },
	{ "INSTAGRAM", N_("Instagram") },
};

static const struct form_choice stop_sources[] = {
	{ "CALL", N_("Call") },
	{ "COUNTER", N_("At the counter") },
	{ "LETTER", N_("Letter") },
	{ "REPLY", N_("Reply") },
};

static const struct form_field stop_fields[] = {
	{ .name = "channel",
		.label = N_("No more messages by"),
		.kind = FORM_CHOICE,
		.choices = stop_channels,
		.choice_count = ARRAY_SIZE(stop_channels) },
	{ .name = "source",
		.label = N_("How they said so"),
		.kind = FORM_CHOICE,
		.choices = stop_sources,
		.choice_count = ARRAY_SIZE(stop_sources) },
	{ .name = "note", .label = N_("Note"), .kind = FORM_TEXT, .width = 40, .max = 500 },
};

static unsigned on_stop(void *ctx, const struct answer *answer)
{
	struct acts *a = ctx;
	struct stop_request request = { .customer_id = a->id, .suppress = true };
	struct stop_result result;
	struct err err = ERR_INIT;
	enum channel channel;

	if (answer->value != 0)
		return STALE_PAINT;
	if (channel_parse(form_get(&a->form, "channel"), &channel))
		request.channels = UINT32_C(1) << channel;
	if (!consent_source_parse(form_get(&a->form, "source"), &request.source))
		request.source = SOURCE_CALL;
	request.note = arena_strdup(&a->arena, form_get(&a->form, "note"));
	if (!customers_stop_writing(a->desk->s, &request, &result, &err))
		return acts_fail(a, &err);
	if (!result.refused && !result.suppressed)
		return ui_say(a->desk->ui, _("%s had said so already."), a->name);
	return ui_say(a->desk->ui, _("%s will not be written to any more."), a->name) |
	       STALE_RELOAD;
}

unsigned acts_stop(struct acts *a, int64_t id)
{
	struct customer_card card;
	struct err err = ERR_INIT;

	if (!acts_take(a, id, &card, &err))
		return acts_fail(a, &err);
	acts_form(a, stop_fields, ARRAY_SIZE(stop_fields));
	return acts_ask(a, _("Stop writing"), _("Stop writing"), on_stop);
}

/* --- the others ---------------------------------------------------------- */

unsigned acts_favour(struct acts *a, int64_t id)
{
	struct customer_card card;
	struct err err = ERR_INIT;

	if (!acts_take(a, id, &card, &err) ||
		!customers_favourite(a->desk->s, id, !card.favourite, &err))
		return acts_fail(a, &err);
	return ui_say(a->desk->ui,
		       card.favourite ? _("%s is no favourite any more.")
				      : _("%s is among your favourites (g f)."),
		       a->name) |
	       STALE_RELOAD;
}

unsigned acts_score(struct acts *a, int64_t id)
{
	struct scores_result result;
	struct customer_card card;
	struct err err = ERR_INIT;

	if (!scores_update_one(a->desk->s, id, &result, &err) || !acts_take(a, id, &card, &err))
		return acts_fail(a, &err);
	return ui_say(a->desk->ui, _("%s: score %d, as of today."), a->name, card.score.score) |
	       STALE_RELOAD;
}

unsigned acts_edit(struct acts *a, int64_t id)
{
	return ui_push(a->desk->ui, &customer_form_view, &id);
}

/* --- merging ------------------------------------------------------------- */

static unsigned on_merge(void *ctx, const struct answer *answer)
{
	struct acts *a = ctx;
	struct merge_pair pair = { .winner_id = a->id };

	if (answer->value < 0 || (size_t)answer->value >= a->alike.len)
		return STALE_PAINT;
	pair.loser_id = a->alike.items[answer->value];
	return ui_push(a->desk->ui, &merge_view, &pair);
}

static const char *describe(struct acts *a, const struct duplicate *d)
{
	struct strbuf text = STRBUF_INIT_MAX(512), why = STRBUF_INIT_MAX(256);
	const char *copy;

	customer_name(d->line.name, d->line.first_name, &text);
	duplicate_reasons(&why, d->why, d->likeness);
	strbuf_addf(&text, " · %s", why.buf);
	copy = arena_strdup(&a->arena, text.buf);
	strbuf_release(&text);
	strbuf_release(&why);
	return copy;
}

unsigned acts_merge(struct acts *a, int64_t id)
{
	struct menu_item items[DUPLICATES_MOST];
	struct menu_spec spec = { .title = _("Merge with"), .items = items };
	struct customer_card card;
	struct duplicate *found;
	struct err err = ERR_INIT;
	int n = 0;

	if (!acts_take(a, id, &card, &err) ||
		!duplicates_of(a->desk->s, &card.customer, &a->arena, &found, &n, &err))
		return acts_fail(a, &err);
	a->alike.len = 0;
	for (int i = 0; i < n; i++) {
		vec_push(&a->alike, found[i].line.id);
		items[i] = (struct menu_item){ .letter = i < 9 ? (uint32_t)('1' + i) : 0,
			.label = describe(a, &found[i]),
			.value = i };
	}
	spec.count = (size_t)n;
	if (!n)
		return ui_say(a->desk->ui, _("Nobody seems to be the same as %s."), a->name);
	return ui_menu(a->desk->ui, &spec, on_merge, a);
}

/* --- the menu ------------------------------------------------------------ */

static unsigned open_customer(struct acts *a, int64_t id)
{
	return ui_push(a->desk->ui, &customer_view, &id);
}

static unsigned call_now(struct acts *a, int64_t id)
{
	return acts_call(a, id, 0, 0);
}

/* What an entry is about: the customer, or the row under it. */
enum about { ABOUT_CUSTOMER, ABOUT_TASK, ABOUT_NOTE, ABOUT_CONSENT };

static const struct {
	uint32_t letter;
	const char *label; /* N_() */
	unsigned (*run)(struct acts *a, int64_t id);
	bool writes;
	enum about about;
} entries[] = {
	{ 'k', N_("Edit the task"), ask_task, true, ABOUT_TASK },
	{ 'r', N_("Task done, or not needed any more"), close_task, true, ABOUT_TASK },
	{ 'k', N_("Edit the note"), ask_note, true, ABOUT_NOTE },
	{ 'r', N_("Remove the note"), drop_note, true, ABOUT_NOTE },
	{ 'k', N_("Correct a slip: take this line back"), consent_acts_correct, true,
		ABOUT_CONSENT },
	{ 'o', N_("Open the record"), open_customer, false, ABOUT_CUSTOMER },
	{ 'e', N_("Edit"), acts_edit, true, ABOUT_CUSTOMER },
	{ 'c', N_("Copy a value"), acts_copy, false, ABOUT_CUSTOMER },
	{ 'm', N_("New message"), message_new, false, ABOUT_CUSTOMER },
	{ 't', N_("Set a reminder"), acts_remind, true, ABOUT_CUSTOMER },
	{ 'a', N_("Note a call"), call_now, true, ABOUT_CUSTOMER },
	{ 'n', N_("Write a note"), acts_note, true, ABOUT_CUSTOMER },
	{ 'y', N_("Note a consent or a refusal"), consent_acts_note, false, ABOUT_CUSTOMER },
	{ 'x', N_("Stop writing to this person"), acts_stop, false, ABOUT_CUSTOMER },
	{ 'v', N_("Favourite, yes or no"), acts_favour, false, ABOUT_CUSTOMER },
	{ 's', N_("Update the score"), acts_score, true, ABOUT_CUSTOMER },
	{ 'd', N_("Merge with another record"), acts_merge, true, ABOUT_CUSTOMER },
};

static unsigned on_menu(void *ctx, const struct answer *answer)
{
	struct acts *a = ctx;

	if (answer->value < 0 || (size_t)answer->value >= ARRAY_SIZE(entries))
		return STALE_PAINT;
	return entries[answer->value].run(a, a->id);
}

static bool offered(const struct acts *a, enum about about)
{
	switch (about) {
	case ABOUT_TASK:
		return a->task.id != 0;
	case ABOUT_NOTE:
		return a->note.id != 0;
	case ABOUT_CONSENT:
		return a->consent_id != 0;
	case ABOUT_CUSTOMER:
		break;
	}
	return true;
}

unsigned acts_menu_of(struct acts *a, int64_t id, const struct act_row *row)
{
	struct menu_item items[ARRAY_SIZE(entries)];
	struct menu_spec spec = { .title = a->name, .items = items };
	struct customer_card card;
	struct err err = ERR_INIT;
	bool may = desk_may(a->desk, RIGHT_CUSTOMERS_CHANGE);

	if (!acts_take(a, id, &card, &err))
		return acts_fail(a, &err);
	if (row->task && !row->task->done_at)
		keep_task(a, row->task);
	if (row->note && acts_note_mine(a, row->note))
		keep_note(a, row->note);
	a->consent_id = row->consent_id;
	for (size_t i = 0; i < ARRAY_SIZE(entries); i++)
		if (offered(a, entries[i].about))
			items[spec.count++] = (struct menu_item){ .letter = entries[i].letter,
				.label = _(entries[i].label),
				.value = (int)i,
				.off = entries[i].writes && !may };
	spec.current = items[0].value;
	return ui_menu(a->desk->ui, &spec, on_menu, a);
}

unsigned acts_menu(struct acts *a, int64_t id)
{
	const struct act_row none = { .consent_id = 0 };

	return acts_menu_of(a, id, &none);
}
