#include "filter_box.h"

#include "customers.h"
#include "filter.h"
#include "form_box.h"
#include "i18n.h"

#define SAVED_SHOWN 12

/* Answers of the menu behind the saved filters, which come first. */
enum { ASK_FIELDS = 100, ASK_WRITE, ASK_SAVE, ASK_FORGET, ASK_CLEAR };

void filter_box_init(struct filter_box *b, struct desk *desk,
	unsigned (*done)(void *ctx, const char *text), void *ctx)
{
	*b = (struct filter_box){ .desk = desk, .arena = ARENA_INIT, .done = done, .ctx = ctx };
	strbuf_init(&b->text, FILTER_TEXT_MAX);
}

void filter_box_release(struct filter_box *b)
{
	if (b->has_form)
		form_release(&b->form);
	strbuf_release(&b->text);
	arena_release(&b->arena);
}

static void set_text(struct filter_box *b, const char *text)
{
	strbuf_clear(&b->text);
	strbuf_adds(&b->text, text);
	strbuf_trim(&b->text);
}

/* --- written ------------------------------------------------------------- */

/* "At “scorr”: a field is expected (score, segment...)." */
static void say_wrong(
	const struct filter_box *b, const struct filter_error *wrong, struct strbuf *out)
{
	if (wrong->len)
		strbuf_addf(out, _("At “%.*s”: "), (int)wrong->len, b->text.buf + wrong->at);
	else
		strbuf_adds(out, _("At the end: "));
	filter_error_add(wrong, gettext, out);
}

static unsigned ask_text(struct filter_box *b, const char *text);

static unsigned on_text(void *ctx, const struct answer *answer)
{
	struct filter_box *b = ctx;
	struct arena a = ARENA_INIT;
	const struct filter *filter;
	struct filter_error wrong;
	struct strbuf sentence = STRBUF_INIT_MAX(2048);
	unsigned stale = STALE_PAINT;

	if (answer->value != 0)
		return STALE_PAINT;
	set_text(b, answer->text);
	if (filter_parse(&a, b->text.buf, &filter, &wrong)) {
		stale |= b->done(b->ctx, b->text.buf);
	} else {
		say_wrong(b, &wrong, &sentence);
		stale |= ask_text(b, sentence.buf);
	}
	strbuf_release(&sentence);
	arena_release(&a);
	return stale;
}

static unsigned ask_text(struct filter_box *b, const char *text)
{
	const char *buttons[] = { _("Filter"), _("Cancel") };
	struct dialog_spec spec = { .title = _("Filter"),
		.text = text,
		.buttons = buttons,
		.count = ARRAY_SIZE(buttons),
		.ask = true,
		.initial = b->text.buf,
		.max = FILTER_TEXT_MAX };

	return ui_dialog(b->desk->ui, &spec, on_text, b);
}

/* --- by fields ----------------------------------------------------------- */

static const struct form_choice segments[] = {
	/* TRANSLATORS: no matter which segment, channel... */
	{ "", N_("any") },
	{ "VIP", N_("VIP") },
	{ "LOYAL", N_("Loyal") },
	{ "REGULAR", N_("Regular") },
	{ "OCCASIONAL", N_("Occasional") },
	{ "AT_RISK", N_("At risk") },
};

static const struct form_choice channels[] = {
	{ "", N_("any") },
	{ "SMS", N_("SMS") },
	{ "EMAIL", N_("E-mail") },
	{ "WHATSAPP", N_("WhatsApp") },
};

static const struct form_field fields[] = {
	{ .name = "segment",
		.label = N_("Segment"),
		.kind = FORM_CHOICE,
		.choices = segments,
		.choice_count = ARRAY_SIZE(segments) },
	{ .name = "score", .label = N_("Score at least"), .kind = FORM_NUMBER, .width = 8 },
	{ .name = "churn", .label = N_("Likely to leave"), .kind = FORM_CHECK },
	{ .name = "purchase",
		.label = N_("No purchase for, days"),
		.kind = FORM_NUMBER,
		.width = 8 },
	{ .name = "overdue",
		.label = N_("Overdue for over, days"),
		.kind = FORM_NUMBER,
		.width = 8 },
	{ .name = "reach",
		.label = N_("Reachable by"),
		.kind = FORM_CHOICE,
		.choices = channels,
		.choice_count = ARRAY_SIZE(channels) },
	{ .name = "city", .label = N_("City"), .kind = FORM_TEXT, .max = 100 },
	{ .name = "tag", .label = N_("Tag"), .kind = FORM_TEXT, .max = 60 },
};

static void add_word(struct filter_box *b, const char *name, const char *before, const char *after)
{
	const char *value = form_get(&b->form, name);

	if (*value)
		strbuf_addf(&b->text, "%s%s%s%s", b->text.len ? " " : "", before, value, after);
}

/* A value between quotation marks. */
static void add_quoted(struct filter_box *b, const char *name, const char *before)
{
	const char *value = form_get(&b->form, name);

	if (!*value)
		return;
	strbuf_addf(&b->text, "%s%s\"", b->text.len ? " " : "", before);
	for (; *value; value++) {
		if (*value == '"' || *value == '\\')
			strbuf_addc(&b->text, '\\');
		strbuf_addc(&b->text, *value);
	}
	strbuf_addc(&b->text, '"');
}

static unsigned on_fields(void *ctx, const struct answer *answer)
{
	struct filter_box *b = ctx;

	if (answer->value != 0)
		return STALE_PAINT;
	strbuf_clear(&b->text);
	add_word(b, "segment", "segment=", "");
	add_word(b, "score", "score>=", "");
	if (form_checked(&b->form, "churn"))
		strbuf_addf(&b->text, "%schurn>=0.7", b->text.len ? " " : "");
	add_word(b, "purchase", "last_purchase>", "d");
	add_word(b, "overdue", "overdue>", "d");
	add_word(b, "reach", "reachable=", "");
	add_quoted(b, "city", "city~");
	add_quoted(b, "tag", "tag=");
	return b->done(b->ctx, b->text.buf);
}

static unsigned ask_fields(struct filter_box *b)
{
	if (!b->has_form)
		form_init(&b->form, fields, ARRAY_SIZE(fields), b);
	b->has_form = true;
	return ui_open(b->desk->ui,
		form_box_new(_("Filter"), _("Whoever passes all of these:"), &b->form, _("Filter")),
		on_fields, b);
}

/* --- saved --------------------------------------------------------------- */

static unsigned on_name(void *ctx, const struct answer *answer)
{
	struct filter_box *b = ctx;
	struct err err = ERR_INIT;

	if (answer->value != 0 || !*answer->text)
		return STALE_PAINT;
	if (!customers_filter_save(b->desk->s, answer->text, b->text.buf, &err))
		return ui_error(b->desk->ui, &err);
	return ui_say(b->desk->ui, _("The filter “%s” is kept."), answer->text);
}

static unsigned ask_name(struct filter_box *b)
{
	const char *buttons[] = { _("Keep it"), _("Cancel") };
	struct dialog_spec spec = { .title = _("Keep this filter"),
		.text = b->text.buf,
		.buttons = buttons,
		.count = ARRAY_SIZE(buttons),
		.ask = true,
		.label = _("Name"),
		.max = 60 };

	return ui_dialog(b->desk->ui, &spec, on_name, b);
}

static unsigned on_forget(void *ctx, const struct answer *answer)
{
	struct filter_box *b = ctx;
	struct err err = ERR_INIT;

	if (answer->value < 0 || answer->value >= b->n_saved)
		return STALE_PAINT;
	if (!customers_filter_drop(b->desk->s, b->saved[answer->value].id, &err))
		return ui_error(b->desk->ui, &err);
	return ui_say(
		b->desk->ui, _("The filter “%s” is forgotten."), b->saved[answer->value].name);
}

/* The saved ones as lines of a menu; returns how many. */
static size_t add_saved(const struct filter_box *b, struct menu_item *items)
{
	size_t n = 0;

	for (; n < (size_t)b->n_saved && n < SAVED_SHOWN; n++)
		items[n] = (struct menu_item){ .letter = n < 9 ? (uint32_t)('1' + n) : 0,
			.label = b->saved[n].name,
			.note = b->saved[n].text,
			.value = (int)n };
	return n;
}

static unsigned ask_forget(struct filter_box *b)
{
	struct menu_item items[SAVED_SHOWN];
	struct menu_spec spec = { .title = _("Forget a filter"), .items = items };

	spec.count = add_saved(b, items);
	return ui_menu(b->desk->ui, &spec, on_forget, b);
}

/* --- the menu ------------------------------------------------------------ */

static unsigned on_way(void *ctx, const struct answer *answer)
{
	struct filter_box *b = ctx;

	switch (answer->value) {
	case ASK_FIELDS:
		return ask_fields(b);
	case ASK_WRITE:
		return ask_text(b, _("For instance: segment=vip,loyal score>=70 overdue>30d\n"
				     "or: tag=export city~bobo -consent.sms=refused"));
	case ASK_SAVE:
		return ask_name(b);
	case ASK_FORGET:
		return ask_forget(b);
	case ASK_CLEAR:
		return b->done(b->ctx, "");
	}
	if (answer->value < 0 || answer->value >= b->n_saved)
		return STALE_PAINT;
	return b->done(b->ctx, b->saved[answer->value].text);
}

unsigned filter_box_ask(struct filter_box *b, const char *text)
{
	const struct menu_item ways[] = {
		{ .letter = 'f', .label = _("Choose by fields"), .value = ASK_FIELDS },
		{ .letter = 'w', .label = _("Write a filter"), .value = ASK_WRITE },
		{ .letter = 'k', .label = _("Keep this filter"), .value = ASK_SAVE, .off = !*text },
		{ .letter = 'o', .label = _("Forget a filter"), .value = ASK_FORGET },
		{ .letter = 'a', .label = _("Show all"), .value = ASK_CLEAR, .off = !*text },
	};
	struct menu_item items[SAVED_SHOWN + ARRAY_SIZE(ways)];
	struct menu_spec spec = { .title = _("Filter"), .items = items, .current = ASK_FIELDS };
	struct err err = ERR_INIT;

	set_text(b, text);
	arena_clear(&b->arena);
	if (!customers_filters(b->desk->s, &b->arena, &b->saved, &b->n_saved, &err))
		return ui_error(b->desk->ui, &err);
	spec.count = add_saved(b, items);
	for (size_t i = 0; i < ARRAY_SIZE(ways); i++)
		if (ways[i].value != ASK_FORGET || b->n_saved)
			items[spec.count++] = ways[i];
	return ui_menu(b->desk->ui, &spec, on_way, b);
}
