#include "campaign_builder.h"

#include "builder.h"
#include "cells.h"
#include "date.h"
#include "desk_event.h"
#include "i18n.h"
#include "say.h"

#define PAUSE_MS 600  /* in typing, after which the draft is stored */
#define SIDE_LEAST 64 /* cells of a screen that has room for two parts */

static const struct step_ops *const steps[STEP_COUNT] = {
	[STEP_TYPE] = &builder_type,
	[STEP_PEOPLE] = &builder_people,
	[STEP_MESSAGE] = &builder_message,
	[STEP_SENDING] = &builder_sending,
	[STEP_VERIFY] = &builder_verify,
};

static struct builder *builder_of(struct view *view)
{
	return (struct builder *)view;
}

static const struct step_ops *now(const struct builder *b)
{
	return steps[b->step];
}

/* A message to one person asks for less. */
static bool has_step(const struct builder *b, enum builder_step step)
{
	return b->draft.c.kind == CAMPAIGN_MANY || (step != STEP_PEOPLE && step != STEP_SENDING);
}

/* --- what the steps build ------------------------------------------------ */

void builder_form(struct builder *b, const struct form_field *fields, size_t n)
{
	memcpy(b->fields, fields, n * sizeof(*fields));
	form_init(&b->form, b->fields, n, b);
	b->form.today = desk_today(b->desk);
	b->has_form = true;
	b->view.form = &b->form;
}

void builder_choices(struct builder *b, const char *name, const struct form_choice *list, size_t n)
{
	size_t i = form_find(&b->form, name);

	b->fields[i].choices = list;
	b->fields[i].choice_count = n;
}

struct builder_item *builder_item(struct builder *b, int value, const char *label)
{
	struct builder_item *item = &b->items[b->n_items];

	if (b->n_items == BUILDER_ITEMS)
		return &b->items[BUILDER_ITEMS - 1];
	b->n_items++;
	*item = (struct builder_item){ .value = value };
	snprintf(item->label, sizeof(item->label), "%s", label);
	return item;
}

struct builder_item *builder_button(struct builder *b, int value, const char *label)
{
	struct builder_item *item = builder_item(b, value, label);

	item->button = true;
	return item;
}

struct draft_text *builder_text(const struct builder *b)
{
	return draft_text(&b->draft, b->channel, b->language);
}

static void leave_form(struct builder *b)
{
	if (b->has_form)
		form_release(&b->form);
	if (b->has_text)
		edit_release(&b->text);
	b->has_form = b->has_text = false;
	b->view.form = NULL;
	arena_clear(&b->words);
}

void builder_renew(struct builder *b)
{
	size_t focus = b->has_form ? b->form.focus : 0;

	leave_form(b);
	now(b)->enter(b);
	if (focus < b->form.count)
		b->form.focus = focus;
	if (now(b)->show)
		now(b)->show(b);
}

/* --- storing ------------------------------------------------------------- */

void builder_stored(struct builder *b, bool people)
{
	int channel = b->step == STEP_MESSAGE ? (int)b->channel : -1;

	if (people)
		preview_restart(&b->preview);
	if (b->draft.c.id && b->step != STEP_TYPE)
		figures_ask(b->figures, b->draft.c.id);
	if (b->draft.c.id && b->step == STEP_MESSAGE)
		preview_show(&b->preview, b->draft.c.id, channel);
}

static unsigned on_conflict(void *ctx, const struct answer *answer)
{
	struct builder *b = ctx;
	struct err err = ERR_INIT;
	bool ok;

	if (answer->value == 0)
		ok = draft_load(&b->draft, b->desk, b->draft.c.id, &err);
	else
		ok = draft_insist(&b->draft, &err);
	if (!ok)
		return ui_error(b->view.ui, &err);
	b->changes = b->draft.changes;
	builder_renew(b);
	builder_stored(b, true);
	return STALE_PAINT;
}

static void ask_conflict(struct builder *b)
{
	const char *buttons[] = { _("Take theirs"), _("Keep mine") };
	struct dialog_spec spec = { .title = _("Two people write this campaign"),
		.text = _("Somebody else changed this draft meanwhile; what you typed since is "
			  "not stored yet."),
		.buttons = buttons,
		.count = ARRAY_SIZE(buttons),
		.focus = 1 };

	ui_dialog(b->view.ui, &spec, on_conflict, b);
}

/* Looks at what was typed; a change begins the pause anew. */
static void look(struct builder *b)
{
	if (!b->has_form && !b->has_text)
		return;
	now(b)->take(b);
	if (b->draft.changes == b->changes)
		return;
	b->changes = b->draft.changes;
	b->typed_ms = ui_now(b->view.ui);
}

bool builder_keep(struct builder *b)
{
	struct err err = ERR_INIT;
	bool ok;

	look(b);
	b->typed_ms = 0;
	if (!draft_changed(&b->draft))
		return true;
	ok = draft_save(&b->draft, &err);
	if (ok && b->has_form)
		form_saved(&b->form);
	if (ok)
		builder_stored(b, b->step == STEP_PEOPLE);
	else if (err.code == ERR_CONFLICT)
		ask_conflict(b);
	else
		ui_error(b->view.ui, &err);
	return ok;
}

/* Verifying and counting are of a draft that is stored. */
static bool keep_for_good(struct builder *b)
{
	struct err err = ERR_INIT;

	if (!builder_keep(b))
		return false;
	if (b->draft.c.id)
		return true;
	if (draft_save(&b->draft, &err))
		return true;
	ui_error(b->view.ui, &err);
	return false;
}

/* --- from step to step --------------------------------------------------- */

static void enter(struct builder *b, enum builder_step step)
{
	leave_form(b);
	b->step = step;
	b->zone = ZONE_FORM;
	b->item = 0;
	now(b)->enter(b);
	if (now(b)->show)
		now(b)->show(b);
	if (!b->has_form)
		b->zone = ZONE_ITEMS;
	b->changes = b->draft.changes;
}

unsigned builder_go(struct builder *b, enum builder_step step)
{
	if (step >= STEP_COUNT || step == b->step)
		return STALE_PAINT;
	if (b->has_form && !form_check(&b->form)) {
		b->zone = ZONE_FORM;
		return STALE_PAINT;
	}
	if (!keep_for_good(b))
		return STALE_PAINT;
	enter(b, step);
	builder_stored(b, false);
	return STALE_PAINT;
}

static unsigned go_by(struct builder *b, int by)
{
	int step = (int)b->step + by;

	while (step >= 0 && step < STEP_COUNT && !has_step(b, (enum builder_step)step))
		step += by;
	return step < 0 || step >= STEP_COUNT ? STALE_NONE : builder_go(b, (enum builder_step)step);
}

/* --- items --------------------------------------------------------------- */

/* The next one that can be chosen, or n_items. */
static size_t item_from(const struct builder *b, size_t from, int by)
{
	size_t i = from;

	while (i < b->n_items && b->items[i].value == ITEM_TEXT)
		i += (size_t)by;
	return i < b->n_items ? i : b->n_items;
}

static void fill_items(struct builder *b)
{
	b->n_items = 0;
	if (now(b)->fill)
		now(b)->fill(b);
	if (b->item >= b->n_items)
		b->item = b->n_items ? b->n_items - 1 : 0;
	b->item = item_from(b, b->item, 1);
	if (b->item >= b->n_items)
		b->item = item_from(b, 0, 1);
	if (b->zone == ZONE_ITEMS && b->item >= b->n_items && b->has_form)
		b->zone = ZONE_FORM;
}

static void draw_button(struct canvas *c, struct builder_item *item, int y, int x, bool on)
{
	enum role role = on ? ROLE_SELECT : ROLE_KEY_WORD;

	item->place = (struct rect){ y, x, 1, draw_width(item->label) + 4 };
	draw_textf(c, y, x, item->place.w, role, "[ %s ]", item->label);
	if (on)
		draw_cursor(c, y, x + 2);
}

static int draw_line(struct canvas *c, struct builder_item *item, struct rect r, bool on)
{
	bool chosen = item->value != ITEM_TEXT;
	struct rect rest = r;
	int lines;

	rect_left(&rest, chosen ? 2 : 0);
	lines = draw_wrapped(c, rest, on ? ROLE_EMPHASIS : item->role, item->label);
	if (!c)
		return lines;
	item->place = (struct rect){ r.y, r.x, lines, r.w };
	if (on) {
		draw_glyph(c, r.y, r.x, ROLE_MARKER, G_CURSOR);
		draw_cursor(c, r.y, r.x);
	}
	return lines;
}

int builder_draw_items(struct builder *b, struct canvas *c, struct rect r, bool side)
{
	int y = 0, x = 0;

	for (size_t i = 0; i < b->n_items; i++) {
		struct builder_item *item = &b->items[i];
		bool on = b->zone == ZONE_ITEMS && b->item == i && item->value != ITEM_TEXT;
		int w = draw_width(item->label) + 4;

		if (item->side != side)
			continue;
		if (x && (!item->button || x + w > r.w)) {
			x = 0;
			y++;
		}
		if (c)
			item->place = (struct rect){ 0, 0, 0, 0 };
		if (c && y >= r.h)
			break;
		if (item->button) {
			if (c)
				draw_button(c, item, r.y + y, r.x + x, on);
			x += w + 1;
		} else {
			struct rect line = { r.y + y, r.x, r.h - y, r.w };

			y += draw_line(c, item, line, on);
		}
	}
	return y + (x > 0);
}

/* --- the focus ----------------------------------------------------------- */

static bool is_first_field(const struct builder *b)
{
	for (size_t i = 0; i < b->form.focus; i++)
		if (b->form.fields[i].kind != FORM_HEADING && !b->form.values[i].off)
			return false;
	return true;
}

static void to_field(struct builder *b, bool last)
{
	struct form *f = &b->form;

	b->zone = ZONE_FORM;
	if (!last) {
		f->focus = 0;
		while (f->focus + 1 < f->count &&
			(f->fields[f->focus].kind == FORM_HEADING || f->values[f->focus].off))
			f->focus++;
		return;
	}
	f->focus = f->count - 1;
	while (f->focus && f->values[f->focus].off)
		f->focus--;
}

/* To what comes after the form, the text or the items; around the ends. */
static unsigned next_zone(struct builder *b)
{
	size_t first = item_from(b, 0, 1);

	if (b->zone == ZONE_FORM && b->has_text) {
		b->zone = ZONE_TEXT;
	} else if (b->zone != ZONE_ITEMS && first < b->n_items) {
		b->zone = ZONE_ITEMS;
		b->item = first;
	} else if (b->has_form) {
		to_field(b, false);
	} else {
		b->item = first;
	}
	return STALE_PAINT;
}

static unsigned prev_zone(struct builder *b)
{
	size_t last = b->n_items ? item_from(b, b->n_items - 1, -1) : 0;

	if (b->zone == ZONE_FORM && last < b->n_items) {
		b->zone = ZONE_ITEMS;
		b->item = last;
	} else if (b->zone != ZONE_TEXT && b->has_text) {
		b->zone = ZONE_TEXT;
	} else if (b->has_form) {
		to_field(b, true);
	} else if (last < b->n_items) {
		b->item = last;
	}
	return STALE_PAINT;
}

static unsigned move_item(struct builder *b, int by)
{
	size_t to = item_from(b, b->item + (size_t)by, by);

	if (to >= b->n_items)
		return by > 0 ? next_zone(b) : prev_zone(b);
	b->item = to;
	return STALE_PAINT;
}

static unsigned form_zone_key(struct builder *b, struct key key)
{
	bool last = form_is_last(&b->form), first = is_first_field(b);

	if (key.code == K_TAB && !(key.mods & MOD_SHIFT) && last)
		return next_zone(b);
	if (key.code == K_TAB && key.mods & MOD_SHIFT && first)
		return prev_zone(b);
	if (key.code == K_DOWN && last)
		return next_zone(b);
	if (key.code == K_UP && first)
		return STALE_NONE;
	if (key.code == K_ENTER && last && !form_is_choice(&b->form))
		return next_zone(b);
	return ui_form_key(&b->view, key);
}

static unsigned text_zone_key(struct builder *b, struct key key)
{
	switch (edit_key(&b->text, key)) {
	case EDIT_CHANGED:
	case EDIT_MOVED:
		return STALE_PAINT;
	case EDIT_NOTHING:
		return STALE_NONE;
	case EDIT_PASS:
		break;
	}
	if (key.code == K_TAB)
		return key.mods & MOD_SHIFT ? prev_zone(b) : next_zone(b);
	if (key.code == K_UP)
		return prev_zone(b);
	if (key.code == K_DOWN)
		return next_zone(b);
	return STALE_PASS;
}

static unsigned on_key(struct view *view, struct key key)
{
	struct builder *b = builder_of(view);

	if (key_is(key, K_PGDN, 0) || key_is(key, K_PGUP, 0))
		return go_by(b, key.code == K_PGDN ? 1 : -1);
	look(b); /* what the key before this one chose may show other fields */
	if (now(b)->show)
		now(b)->show(b);
	fill_items(b);
	return b->zone == ZONE_TEXT ? text_zone_key(b, key) : form_zone_key(b, key);
}

static bool on_typing(struct view *view)
{
	struct builder *b = builder_of(view);

	return b->zone != ZONE_ITEMS && !builder_launching(b);
}

static unsigned on_paste(struct view *view, const char *text, size_t len)
{
	struct builder *b = builder_of(view);
	unsigned stale = now(b)->paste ? now(b)->paste(b, text, len) : STALE_PASS;

	if (stale != STALE_PASS)
		return stale;
	if (b->zone == ZONE_TEXT) {
		edit_paste(&b->text, text, len);
		return STALE_PAINT;
	}
	return b->zone == ZONE_FORM ? form_paste(&b->form, text, len) : STALE_NONE;
}

static unsigned on_mouse(struct view *view, const struct mouse *m)
{
	struct builder *b = builder_of(view);

	if (m->what != MOUSE_PRESS || builder_launching(b))
		return STALE_NONE;
	for (size_t i = 0; i < b->n_items; i++) {
		if (b->items[i].value == ITEM_TEXT || !rect_has(b->items[i].place, m->y, m->x))
			continue;
		b->zone = ZONE_ITEMS;
		b->item = i;
		look(b);
		return now(b)->run(b, b->items[i].value);
	}
	if (b->has_text && rect_has(b->text_place, m->y, m->x)) {
		b->zone = ZONE_TEXT;
		edit_click(&b->text, b->text_place, m->y, m->x);
		return STALE_PAINT;
	}
	if (b->has_form && !(form_mouse(&b->form, m) & STALE_PASS)) {
		b->zone = ZONE_FORM;
		return STALE_PAINT;
	}
	return STALE_NONE;
}

/* --- actions ------------------------------------------------------------- */

static unsigned keep_now(struct builder *b)
{
	return keep_for_good(b) ? ui_say(b->view.ui, "%s", _("The draft is stored.")) : STALE_PAINT;
}

static unsigned act_on_items(struct builder *b, enum action_id action)
{
	fill_items(b);
	switch ((int)action) {
	case ACT_NEXT_PART:
	case ACT_DOWN:
	case ACT_RIGHT:
		return move_item(b, 1);
	case ACT_PREV_PART:
	case ACT_UP:
	case ACT_LEFT:
		return move_item(b, -1);
	case ACT_OPEN:
		return b->item < b->n_items && b->items[b->item].value != ITEM_TEXT
			       ? now(b)->run(b, b->items[b->item].value)
			       : STALE_NONE;
	}
	return STALE_PASS;
}

static unsigned on_act(struct view *view, enum action_id action)
{
	struct builder *b = builder_of(view);

	if (builder_launching(b))
		return action == ACT_BACK ? builder_launch_stop(b) : STALE_PASS;
	look(b);
	switch ((int)action) {
	case ACT_PAGE_DOWN:
		return go_by(b, 1);
	case ACT_PAGE_UP:
		return go_by(b, -1);
	case ACT_SAVE:
		return keep_now(b);
	case ACT_RELOAD:
		builder_stored(b, true);
		return STALE_PASS;
	case ACT_TEST_SEND:
		return builder_test(b);
	case ACT_INSERT_FIELD:
	case ACT_EDITOR:
	case ACT_NEXT_PERSON:
	case ACT_PREV_PERSON:
		return builder_message_act(b, action);
	}
	return b->zone == ZONE_ITEMS ? act_on_items(b, action) : STALE_PASS;
}

/* --- open and close ------------------------------------------------------ */

static void begin(struct builder *b, const struct builder_start *start)
{
	draft_begin(&b->draft, b->desk);
	if (start && start->filter)
		draft_set(&b->draft, &b->draft.filter, start->filter);
	if (start && start->persons) {
		draft_set(&b->draft, &b->draft.persons, start->persons);
		strbuf_adds(&b->marked, start->persons);
	}
}

static void choose_text(struct builder *b)
{
	enum channel list[CHANNEL_COUNT];
	const char *own = lang_code(b->desk->s->company.language);
	const struct draft_text *t;

	b->channel = draft_channels(&b->draft, list) ? list[0] : CHANNEL_SMS;
	snprintf(b->language, sizeof(b->language), "%s", own);
	for (size_t i = 0; i < b->draft.texts.len && !builder_text(b); i++) {
		t = b->draft.texts.items[i];
		if (t->channel == b->channel)
			snprintf(b->language, sizeof(b->language), "%s", t->language);
	}
	if (!builder_text(b))
		draft_text_make(&b->draft, b->channel, b->language);
}

static unsigned on_filter(void *ctx, const char *text)
{
	struct builder *b = ctx;

	draft_set(&b->draft, &b->draft.filter, text);
	b->by = BY_FILTER;
	builder_renew(b);
	return STALE_PAINT;
}

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct builder *b = builder_of(view);
	const struct builder_start *start = arg;

	b->desk = desk_of(view);
	strbuf_init(&b->marked, 0);
	strbuf_init(&b->listed, 0);
	strbuf_init(&b->list_said, 0);
	if (!session_ready(b->desk->s, RIGHT_CAMPAIGNS_CHANGE, err))
		return false;
	if (start && start->id) {
		if (!draft_load(&b->draft, b->desk, start->id, err))
			return false;
		strbuf_adds(&b->marked, b->draft.persons.buf);
	} else {
		begin(b, start);
	}
	strbuf_init(&b->proposed, CAMPAIGN_NAME_MAX);
	draft_propose(&b->draft, &b->proposed);
	b->figures = figures_new(b->desk);
	preview_init(&b->preview, b->desk);
	filter_box_init(&b->ask_filter, b->desk, on_filter, b);
	choose_text(b);
	enter(b, b->draft.c.kind == CAMPAIGN_ONE ? STEP_MESSAGE : STEP_TYPE);
	return true;
}

static void on_close(struct view *view)
{
	struct builder *b = builder_of(view);
	struct err err = ERR_INIT;

	/* Also when the program ends: nobody is there to be told that it cannot be stored. */
	look(b);
	if (draft_changed(&b->draft) && !draft_save(&b->draft, &err))
		err_clear(&err);
	builder_launch_let_go(b);
	leave_form(b);
	figures_let_go(b->figures);
	preview_release(&b->preview);
	filter_box_release(&b->ask_filter);
	draft_release(&b->draft);
	strbuf_release(&b->marked);
	strbuf_release(&b->listed);
	strbuf_release(&b->list_said);
	strbuf_release(&b->proposed);
	arena_release(&b->words);
}

static unsigned on_leave(struct view *view)
{
	struct builder *b = builder_of(view);

	if (builder_launching(b))
		return STALE_POP;
	look(b);
	if (!draft_changed(&b->draft))
		return STALE_POP;
	return builder_keep(b) ? STALE_POP : STALE_PAINT;
}

/* Our own storing is no news; somebody else's is, where nothing was typed meanwhile. */
static unsigned on_reload(struct view *view)
{
	struct builder *b = builder_of(view);
	struct arena a = ARENA_INIT;
	struct campaign_card card;
	struct err err = ERR_INIT;
	int64_t revision = b->draft.c.revision;
	bool ok;

	look(b);
	if (!b->draft.c.id || draft_changed(&b->draft) || builder_launching(b) || b->launch)
		return STALE_NONE;
	ok = campaigns_get(b->desk->s, b->draft.c.id, &a, &card, &err);
	if (ok && card.campaign.revision != revision) {
		ok = draft_load(&b->draft, b->desk, b->draft.c.id, &err);
		if (ok) {
			if (!builder_text(b))
				choose_text(b);
			builder_renew(b);
			b->changes = b->draft.changes;
			builder_stored(b, true);
		}
	}
	arena_release(&a);
	if (ok)
		return STALE_PAINT;
	ui_close(view->ui, view);
	return ui_error(desk_of(view)->ui, &err);
}

/* --- drawing ------------------------------------------------------------- */

static void headline(struct view *view, struct strbuf *out)
{
	struct builder *b = builder_of(view);
	struct strbuf time = STRBUF_INIT_MAX(32);
	int minute;

	strbuf_adds(out, b->draft.name.buf);
	strbuf_adds(out, " · ");
	if (b->draft.saved_at) {
		desk_day(b->desk, b->draft.saved_at, &minute);
		date_add_time(&time, minute);
		/* TRANSLATORS: %s is a time. */
		say_with(out, _("draft saved at %s"), time.buf);
	} else {
		strbuf_adds(out, _("draft"));
	}
	strbuf_release(&time);
}

/* "Type √   Recipients √   [Message]   Sending   Verify          step 3 of 5" */
static void draw_steps(struct builder *b, struct canvas *c, struct rect r)
{
	struct strbuf place = STRBUF_INIT_MAX(128);
	int x = r.x + 1, number = 0, count = 0;

	for (int i = 0; i < STEP_COUNT; i++) {
		const char *title = _(steps[i]->title);
		bool on = (enum builder_step)i == b->step;

		if (!has_step(b, (enum builder_step)i))
			continue;
		count++;
		number = on ? count : number;
		if (on)
			x += draw_textf(c, r.y, x, r.w, ROLE_TAB_OPEN, "[%s]", title);
		else
			x += draw_text(c, r.y, x, r.w, ROLE_TAB, title);
		if (!on && steps[i]->complete && steps[i]->complete(b))
			x += 1 + draw_text(c, r.y, x + 1, 1, ROLE_GOOD, draw_sign(c, G_YES));
		x += 3;
	}
	strbuf_addf(&place, _("step %d of %d"), number, count);
	draw_right(c, r.y, x, r.x + r.w - 1 - x, ROLE_DIM, place.buf);
	strbuf_release(&place);
}

static void draw_text_box(struct builder *b, struct canvas *c, struct rect r)
{
	if (r.h < 3) {
		b->text_place = r;
		edit_draw(&b->text, c, r, b->zone == ZONE_TEXT, NULL);
		return;
	}
	b->text_place = draw_box(c, r, _("Text"));
	edit_draw(&b->text, c, b->text_place, b->zone == ZONE_TEXT, NULL);
}

static void draw_left(struct builder *b, struct canvas *c, struct rect r)
{
	struct rect inner = { r.y, r.x + 1, r.h, r.w - 1 };
	int items = builder_draw_items(b, NULL, inner, false);
	int form = b->has_form ? form_height(&b->form, r.w) : 0;
	int most = r.h - (b->has_text ? 4 : 1);
	struct rect low;

	items = items > r.h / 2 && (b->has_form || b->has_text) ? r.h / 2 : items;
	if (form + items > most)
		form = most - items > 1 ? most - items : 1;
	if (b->has_form)
		form_draw(&b->form, c, rect_top(&r, form), b->zone == ZONE_FORM);
	if (b->has_text) {
		low = rect_bottom(&r, items);
		draw_text_box(b, c, r);
		rect_left(&low, 1);
		builder_draw_items(b, c, low, false);
		return;
	}
	if (b->has_form)
		rect_top(&r, 1);
	rect_left(&r, 1);
	builder_draw_items(b, c, r, false);
}

static void draw_launching(struct builder *b, struct canvas *c, struct rect r)
{
	struct meter meter = builder_launching(b)->meter;

	r = (struct rect){ r.y + 1, r.x + 1, r.h - 1, r.w - 2 };
	if (meter.total < 0 && b->figures->there)
		meter.total = b->figures->now.looked_at;
	meter_draw(&meter, c, r);
	draw_cursor(c, r.y, r.x);
	rect_top(&r, 2);
	draw_wrapped(c, r, ROLE_NORMAL,
		_("Whoever receives it is being written down; nothing has left yet. You can leave "
		  "this screen, it goes on. Esc stops it: then it is a draft again."));
}

static void draw_parts(struct builder *b, struct canvas *c, struct rect r)
{
	struct rect right, top = rect_top(&r, 1);
	int side = r.w < SIDE_LEAST ? 0 : r.w * 47 / 100;
	int bar = r.x + r.w - side - 1;

	draw_hline(c, top.y, top.x, top.w, ROLE_LINE);
	if (!side) {
		draw_left(b, c, r);
		return;
	}
	right = rect_right(&r, side);
	draw_glyph(c, top.y, bar, ROLE_LINE, G_TEE_DOWN);
	draw_vline(c, r.y, bar, r.h, ROLE_LINE);
	r.w--;
	right.x++;
	right.w -= 2;
	now(b)->side(b, c, right);
	draw_left(b, c, r);
}

static void draw(struct view *view, struct canvas *c, struct rect r)
{
	struct builder *b = builder_of(view);

	if (builder_launching(b)) {
		draw_launching(b, c, r);
		return;
	}
	if (now(b)->show)
		now(b)->show(b);
	fill_items(b);
	draw_steps(b, c, rect_top(&r, 1));
	draw_parts(b, c, r);
}

/* --- time and events ----------------------------------------------------- */

static int on_wait(struct view *view)
{
	struct builder *b = builder_of(view);
	int64_t left;

	if (builder_launch_over(b) || b->recheck)
		return 0;
	if (builder_launching(b))
		return -1;
	look(b);
	if (!b->typed_ms)
		return -1;
	left = b->typed_ms + PAUSE_MS - ui_now(view->ui);
	return left > 0 ? (int)left : 0;
}

static unsigned on_tick(struct view *view)
{
	struct builder *b = builder_of(view);

	if (builder_launch_over(b))
		return builder_launched(b);
	if (b->recheck)
		builder_stored(b, false);
	b->recheck = false;
	builder_keep(b);
	return STALE_PAINT;
}

static unsigned on_event(struct view *view, const struct event *event)
{
	struct builder *b = builder_of(view);

	if (event->kind == EV_READ && event->id == b->preview.serial)
		return preview_came(&b->preview);
	if (event->kind == EV_JOB)
		return STALE_PAINT;
	if (event->kind != EV_JOB_END)
		return STALE_NONE;
	figures_event(b->figures);
	return STALE_PAINT;
}

/* Enter chooses an item; in a form it is the form's. Fields go into a text alone. */
static unsigned on_have(struct view *view)
{
	const struct builder *b = builder_of(view);

	return (b->zone == ZONE_ITEMS ? NEED_ROW : 0u) | (b->has_text ? NEED_TEXT : 0u);
}

static const struct view_action builder_actions[] = {
	{ ACT_PAGE_DOWN, N_("Step") },
	{ ACT_OPEN, N_("Choose") },
	{ ACT_INSERT_FIELD, NULL },
	{ ACT_TEST_SEND, NULL },
	{ ACT_NEXT_PERSON, NULL },
	{ ACT_EDITOR, NULL },
	{ ACT_PREV_PERSON, NULL },
	{ ACT_SAVE, NULL },
	{ ACT_BACK, NULL },
};

const struct view_ops campaign_builder_view = {
	.name = "campaign-builder",
	.title = N_("Campaign"),
	.size = sizeof(struct builder),
	.actions = builder_actions,
	.action_count = ARRAY_SIZE(builder_actions),
	.open = on_open,
	.close = on_close,
	.reload = on_reload,
	.headline = headline,
	.draw = draw,
	.have = on_have,
	.act = on_act,
	.typing = on_typing,
	.key = on_key,
	.paste = on_paste,
	.mouse = on_mouse,
	.leave = on_leave,
	.wait = on_wait,
	.tick = on_tick,
	.event = on_event,
};

unsigned builder_new(struct ui *ui)
{
	return ui_push(ui, &campaign_builder_view, NULL);
}

unsigned builder_open(struct ui *ui, int64_t id)
{
	const struct builder_start start = { .id = id };

	return ui_push(ui, &campaign_builder_view, &start);
}
