/* Third step: what is said, by which channel, in which language. */
#include <errno.h>
#include <stdlib.h>

#include "builder.h"
#include "cells.h"
#include "i18n.h"
#include "mem.h"
#include "outside.h"
#include "path.h"
#include "say.h"
#include "templates.h"

#define OFFENDER_MOST 8 /* bytes of a character that is shown */
#define FILE_MOST 4096	/* bytes of a path */
#define VERSION_NAME 24

enum {
	RUN_SPELL = 1,
	RUN_NAMES,
	RUN_TEMPLATE,
	RUN_VERSIONS,
	RUN_HTML,
	RUN_PAGE,
	RUN_FIELD,
	RUN_EDITOR
};

/* Answers of the menu of versions and of the page. */
enum { VERSION_ADD = 0, VERSION_REMOVE = 1000 };
enum { HTML_EDIT, HTML_IMPORT, HTML_REMOVE };

static const struct form_field fields[] = {
	{ .name = "channels", .label = N_("Channel"), .kind = FORM_CHOICE, .width = 22 },
	/* TRANSLATORS: a text in one language for one channel. */
	{ .name = "version", .label = N_("Version"), .kind = FORM_CHOICE, .width = 22 },
	{ .name = "sender",
		.label = N_("Sender"),
		.kind = FORM_TEXT,
		.width = 22,
		.max = 64,
		/* TRANSLATORS: in an empty field: the name that messages come from. */
		.hint = N_("the provider's") },
	{ .name = "subject", .label = N_("Subject"), .kind = FORM_TEXT, .width = 60, .max = 998 },
	{ .name = "media",
		/* TRANSLATORS: of a message on Facebook or Instagram: its address. */
		.label = N_("Picture"),
		.kind = FORM_TEXT,
		.width = 60,
		.max = 2000,
		.hint = "https://" },
};

/* --- choices ------------------------------------------------------------- */

static const char *const combinations[] = { "SMS", "EMAIL", "WHATSAPP", "SMS,EMAIL", "EMAIL,SMS",
	"WHATSAPP,SMS", "FACEBOOK", "INSTAGRAM" };

/* "SMS, else E-mail". */
static const char *channels_label(struct builder *b, const char *words)
{
	struct strbuf text = STRBUF_INIT_MAX(256);
	const char *copy;

	while (*words) {
		size_t len = strcspn(words, ",");
		char word[32];
		enum channel channel;

		snprintf(word, sizeof(word), "%.*s", (int)len, words);
		if (channel_parse(word, &channel))
			/* TRANSLATORS: between two channels: "SMS, else e-mail". */
			strbuf_addf(&text, "%s%s", text.len ? _(", else ") : "",
				_(channel_label(channel)));
		words += len + (words[len] == ',');
	}
	copy = arena_strdup(&b->words, text.len ? text.buf : "–");
	strbuf_release(&text);
	return copy;
}

static size_t channel_choices(struct builder *b)
{
	const char *now = b->draft.order.buf;
	size_t n = 0;
	bool known = false;

	for (; n < ARRAY_SIZE(combinations); n++) {
		b->choices[n] =
			(struct form_choice){ combinations[n], channels_label(b, combinations[n]) };
		known |= !strcmp(now, combinations[n]);
	}
	if (!known)
		b->choices[n++] = (struct form_choice){ arena_strdup(&b->words, now),
			channels_label(b, now) };
	return n;
}

static const char *language_label(const char *code)
{
	return !strcmp(code, "fr") ? _("French") : _("English");
}

/* "SMS:fr", a stable name. */
static void version_name(const struct draft_text *t, char out[VERSION_NAME])
{
	snprintf(out, VERSION_NAME, "%s:%s", channel_word(t->channel), t->language);
}

static bool uses(const struct builder *b, enum channel channel)
{
	return b->draft.c.channels & UINT32_C(1) << channel;
}

static size_t version_choices(struct builder *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->draft.texts.len && n < BUILDER_CHOICES; i++) {
		const struct draft_text *t = b->draft.texts.items[i];
		char name[VERSION_NAME];

		if (!uses(b, t->channel))
			continue;
		version_name(t, name);
		b->choices2[n++] = (struct form_choice){ arena_strdup(&b->words, name),
			arena_printf(&b->words, "%s, %s", _(channel_label(t->channel)),
				language_label(t->language)) };
	}
	return n;
}

/* --- the form ------------------------------------------------------------ */

/* The text that is shown is one of a channel in use: else the first one of the first. */
static void pick_text(struct builder *b)
{
	enum channel list[CHANNEL_COUNT];
	size_t n = draft_channels(&b->draft, list);

	if (builder_text(b) && uses(b, b->channel))
		return;
	for (size_t i = b->draft.texts.len; n && i--;) {
		const struct draft_text *t = b->draft.texts.items[i];

		if (t->channel != list[0])
			continue;
		b->channel = t->channel;
		snprintf(b->language, sizeof(b->language), "%s", t->language);
	}
}

static void enter(struct builder *b)
{
	char version[VERSION_NAME];
	struct draft_text *t;

	pick_text(b);
	t = builder_text(b);
	version_name(t, version);
	builder_form(b, fields, ARRAY_SIZE(fields));
	builder_choices(b, "channels", b->choices, channel_choices(b));
	builder_choices(b, "version", b->choices2, version_choices(b));
	form_set(&b->form, "channels", b->draft.order.buf);
	form_set(&b->form, "version", version);
	form_set(&b->form, "sender", b->draft.sender.buf);
	form_set(&b->form, "subject", t->subject.buf);
	form_set(&b->form, "media", t->media.buf);
	edit_init(&b->text, true, TEMPLATE_MAX);
	edit_set(&b->text, t->text.buf);
	b->text.pos = 0;
	b->has_text = true;
}

static bool is_page(enum channel channel)
{
	return channel == CHANNEL_FACEBOOK || channel == CHANNEL_INSTAGRAM;
}

static void show(struct builder *b)
{
	size_t version = form_find(&b->form, "version");

	form_show(&b->form, "version", b->fields[version].choice_count > 1);
	form_show(&b->form, "subject", b->channel == CHANNEL_EMAIL);
	form_show(&b->form, "media", is_page(b->channel));
}

static void take_channels(struct builder *b)
{
	enum channel list[CHANNEL_COUNT];
	const char *p = form_get(&b->form, "channels");
	size_t n = 0;

	while (*p && n < CHANNEL_COUNT) {
		size_t len = strcspn(p, ",");
		char word[32];

		snprintf(word, sizeof(word), "%.*s", (int)len, p);
		n += channel_parse(word, &list[n]);
		p += len + (p[len] == ',');
	}
	if (n)
		draft_set_channels(&b->draft, list, n);
}

/* True when another text is to be shown. */
static bool take_version(struct builder *b)
{
	const char *name = form_get(&b->form, "version");

	for (size_t i = 0; i < b->draft.texts.len; i++) {
		const struct draft_text *t = b->draft.texts.items[i];
		char version[VERSION_NAME];

		version_name(t, version);
		if (strcmp(version, name) ||
			(t->channel == b->channel && !strcmp(t->language, b->language)))
			continue;
		b->channel = t->channel;
		snprintf(b->language, sizeof(b->language), "%s", t->language);
		return true;
	}
	return false;
}

static void take(struct builder *b)
{
	struct draft_text *t = builder_text(b);
	struct draft *d = &b->draft;
	bool other = strcmp(form_get(&b->form, "channels"), d->order.buf) != 0;

	if (other)
		preview_restart(&b->preview); /* others are reached */
	else
		other = take_version(b);
	draft_text_set(d, t, &t->text, edit_text(&b->text));
	if (t->channel == CHANNEL_EMAIL)
		draft_text_set(d, t, &t->subject, form_get(&b->form, "subject"));
	if (is_page(t->channel))
		draft_text_set(d, t, &t->media, form_get(&b->form, "media"));
	draft_set(d, &d->sender, form_get(&b->form, "sender"));
	take_channels(b);
	if (!other)
		return;
	builder_renew(b);
	if (d->c.id && !draft_changed(d))
		preview_show(&b->preview, d->c.id, (int)b->channel);
}

static bool complete(const struct builder *b)
{
	enum channel list[CHANNEL_COUNT];
	size_t n = draft_channels(&b->draft, list);
	bool all = n > 0;

	for (size_t k = 0; k < n; k++) {
		bool there = false;

		for (size_t i = 0; i < b->draft.texts.len; i++) {
			const struct draft_text *t = b->draft.texts.items[i];
			const char *rest = t->text.buf + strspn(t->text.buf, " \n\t");

			there |= t->channel == list[k] &&
				 ((*rest && strncmp(rest, "{{", 2)) || t->html.len);
		}
		all &= there;
	}
	return all;
}

/* --- what is to be said about the text ----------------------------------- */

/* The first thing that cannot be written out, with its place. */
static void add_fault(struct builder *b, const char *text)
{
	struct arena a = ARENA_INIT;
	struct template t;
	struct template_error error;
	struct strbuf said = STRBUF_INIT_MAX(240);

	if (!template_parse(&a, text, !campaign_type_marketing(b->draft.c.type), &t, &error)) {
		strbuf_addf(&said, "%s ", ui_look(b->view.ui)->glyphs[G_WARN]);
		strbuf_addf(&said, _("Line %d, column %d: %s"), error.line, error.column,
			_(template_problem_label(error.problem)));
		if (error.len)
			strbuf_addf(&said, " (%.*s)", (int)(error.len < 40 ? error.len : 40),
				text + error.at);
		builder_item(b, ITEM_TEXT, said.buf)->role = ROLE_BAD;
	}
	strbuf_release(&said);
	arena_release(&a);
}

/* What stands in the text itself, and costs everybody; false when nothing does. */
static bool add_offender(struct builder *b, const char *text)
{
	struct strbuf said = STRBUF_INIT_MAX(240), spelled = STRBUF_INIT_MAX(64);
	char what[OFFENDER_MOST];
	size_t at, len;

	if (!sms_offender(text, &at, &len))
		return false;
	snprintf(what, sizeof(what), "%.*s", (int)len, text + at);
	strbuf_addf(&said, "%s ", ui_look(b->view.ui)->glyphs[G_WARN]);
	strbuf_addf(&said,
		_("“%s” is not in the alphabet of SMS: 70 characters fit in one, not 160"), what);
	builder_item(b, ITEM_TEXT, said.buf)->role = ROLE_MIDDLE;
	strbuf_clear(&said);
	if (sms_spell(what, &spelled) && strlen(spelled.buf))
		strbuf_addf(&said, _("Write “%s” for “%s”"), spelled.buf, what);
	else
		strbuf_adds(&said, _("Spell it for SMS"));
	builder_button(b, RUN_SPELL, said.buf);
	strbuf_release(&said);
	strbuf_release(&spelled);
	return true;
}

static void add_names(struct strbuf *out, const char *const *names, int n, int64_t all)
{
	for (int i = 0; i < n; i++)
		strbuf_addf(out, "%s%s", i ? ", " : "", names[i]);
	if (all > n)
		strbuf_adds(out, "…");
}

/* Whose own words cost more than the text does. */
static void add_dear(struct builder *b)
{
	const struct campaign_forecast *n = &b->figures->now;
	struct strbuf said = STRBUF_INIT_MAX(240), count = STRBUF_INIT_MAX(64);

	if (!b->figures->there || b->figures->old)
		return;
	strbuf_addf(&said, "%s ", ui_look(b->view.ui)->glyphs[G_WARN]);
	if (n->ucs2_people) {
		cell_count(&count, b->desk, n->ucs2_people);
		say_with(&said,
			ngettext("%s text is not in the alphabet of SMS because of a name: ",
				"%s texts are not in the alphabet of SMS because of a name: ",
				(unsigned long)n->ucs2_people),
			count.buf);
		add_names(&said, n->ucs2_names, n->n_ucs2_names, n->ucs2_people);
	} else if (n->long_people == n->people) {
		strbuf_adds(&said, _("Every text costs several SMS"));
	} else {
		cell_count(&count, b->desk, n->long_people);
		say_with(&said,
			ngettext("%s text costs several SMS: ", "%s texts cost several SMS: ",
				(unsigned long)n->long_people),
			count.buf);
		add_names(&said, n->long_names, n->n_long_names, n->long_people);
	}
	if (n->ucs2_people || n->long_people)
		builder_item(b, ITEM_TEXT, said.buf)->role = ROLE_MIDDLE;
	if (n->ucs2_people && !b->draft.c.plain_names)
		builder_button(b, RUN_NAMES, _("Write names in the alphabet of SMS"));
	strbuf_release(&said);
	strbuf_release(&count);
}

static void add_plain_names(struct builder *b)
{
	struct strbuf said = STRBUF_INIT_MAX(240);

	strbuf_addf(&said, "%s ", ui_look(b->view.ui)->glyphs[G_YES]);
	/* TRANSLATORS: names of people, in an SMS: Aïcha becomes Aicha. */
	strbuf_adds(&said, _("Names are written in the alphabet of SMS: Aicha, Noel"));
	builder_item(b, ITEM_TEXT, said.buf)->role = ROLE_DIM;
	builder_button(b, RUN_NAMES, _("Write names as they are"));
	strbuf_release(&said);
}

static void add_html(struct builder *b, const struct draft_text *t)
{
	struct strbuf said = STRBUF_INIT_MAX(240), n = STRBUF_INIT_MAX(64);

	if (t->html.len) {
		cell_count(&n, b->desk, (int64_t)(t->html.len + 1023) / 1024);
		/* TRANSLATORS: an e-mail has an HTML page beside its text; %s is a size. */
		say_with(&said, _("With an HTML page of %s kB"), n.buf);
		builder_item(b, ITEM_TEXT, said.buf)->role = ROLE_DIM;
	}
	builder_button(b, RUN_HTML, _("HTML page…"));
	strbuf_release(&said);
	strbuf_release(&n);
}

static void fill(struct builder *b)
{
	const struct draft_text *t = builder_text(b);
	const char *text = edit_text(&b->text);

	add_fault(b, text);
	if (t->channel == CHANNEL_EMAIL)
		add_fault(b, t->subject.buf);
	if (t->channel == CHANNEL_SMS && !add_offender(b, text))
		add_dear(b);
	if (t->channel == CHANNEL_SMS && b->draft.c.plain_names)
		add_plain_names(b);
	if (t->channel == CHANNEL_EMAIL)
		add_html(b, t);
	builder_button(b, RUN_TEMPLATE, _("Template…"));
	builder_button(b, RUN_VERSIONS, _("Languages…"));
	builder_button(b, RUN_FIELD, _("Insert a field…"));
	builder_button(b, RUN_EDITOR, _("Editor"));
	if (t->channel == CHANNEL_EMAIL)
		builder_button(b, RUN_PAGE, _("Preview as a page"));
}

/* --- fields -------------------------------------------------------------- */

static unsigned on_field(void *ctx, const struct answer *answer)
{
	struct builder *b = ctx;
	struct strbuf text = STRBUF_INIT_MAX(128);
	bool subject = b->zone == ZONE_FORM && b->form.focus == form_find(&b->form, "subject");

	if (answer->value < 0)
		return STALE_PAINT;
	strbuf_addf(&text, "{{%s}}", template_var_name((enum template_var)answer->value));
	if (subject)
		form_insert(&b->form, text.buf);
	else
		edit_insert(&b->text, text.buf);
	b->zone = subject ? ZONE_FORM : ZONE_TEXT;
	strbuf_release(&text);
	return STALE_PAINT;
}

static bool has_field(const struct builder *b, enum template_var var)
{
	if (template_var_transactional(var))
		return !campaign_type_marketing(b->draft.c.type);
	if (var == VAR_STOP)
		return b->channel == CHANNEL_SMS;
	return var != VAR_LIEN_DESINSCRIPTION || b->channel == CHANNEL_EMAIL;
}

static unsigned ask_field(struct builder *b)
{
	struct menu_item items[TEMPLATE_VAR_COUNT];
	struct menu_spec spec = { .title = _("Insert a field"), .items = items };

	for (int i = 0; i < TEMPLATE_VAR_COUNT; i++) {
		if (!has_field(b, (enum template_var)i))
			continue;
		items[spec.count++] =
			(struct menu_item){ .label = _(template_var_label((enum template_var)i)),
				.note = template_var_name((enum template_var)i),
				.value = i };
	}
	spec.current = VAR_PRENOM;
	return ui_menu(b->view.ui, &spec, on_field, b);
}

/* --- other texts --------------------------------------------------------- */

/* What was put into the draft's text is shown, and stored. */
static unsigned text_changed(struct builder *b)
{
	builder_renew(b);
	b->zone = ZONE_TEXT;
	builder_keep(b);
	return STALE_PAINT;
}

static unsigned spell(struct builder *b)
{
	struct strbuf out = STRBUF_INIT_MAX(TEMPLATE_MAX);
	struct draft_text *t = builder_text(b);
	bool all = sms_spell(edit_text(&b->text), &out);

	draft_text_set(&b->draft, t, &t->text, out.buf);
	strbuf_release(&out);
	text_changed(b);
	if (all)
		return ui_say(b->view.ui, "%s", _("Everything is in the alphabet of SMS now."));
	return ui_say(
		b->view.ui, "%s", _("Some signs have no other spelling: take them out by hand."));
}

static unsigned on_template(void *ctx, const struct answer *answer)
{
	struct builder *b = ctx;
	struct arena a = ARENA_INIT;
	struct template_card card;
	const struct saved_version *version;
	struct draft_text *t = builder_text(b);
	struct err err = ERR_INIT;
	unsigned stale = STALE_PAINT;

	if (answer->value < 0)
		return stale;
	if (!templates_get(b->desk->s, b->template_ids[answer->value], &a, &card, &err)) {
		arena_release(&a);
		return ui_error(b->view.ui, &err);
	}
	version = template_latest(&card, b->language);
	if (version) {
		draft_text_set(&b->draft, t, &t->text, version->text);
		draft_text_set(&b->draft, t, &t->subject, version->subject);
		draft_text_set(&b->draft, t, &t->html, version->html);
		t->template_version_id = version->id;
		stale = text_changed(b);
	} else {
		stale = ui_say(b->view.ui, _("This template has no text in %s."),
			language_label(b->language));
	}
	arena_release(&a);
	return stale;
}

static unsigned ask_template(struct builder *b)
{
	struct menu_item items[BUILDER_TEMPLATES];
	struct menu_spec spec = { .title = _("Begin from a template"), .items = items };
	struct saved_template *list;
	struct arena a = ARENA_INIT;
	struct err err = ERR_INIT;
	unsigned stale;
	int n;

	if (!templates_list(b->desk->s, (int)b->channel, false, &a, &list, &n, &err)) {
		arena_release(&a);
		return ui_error(b->view.ui, &err);
	}
	for (int i = 0; i < n && spec.count < ARRAY_SIZE(items); i++) {
		b->template_ids[spec.count] = list[i].id;
		items[spec.count] =
			(struct menu_item){ .label = *list[i].system_key ? _(list[i].name)
									 : list[i].name,
				.note = list[i].languages,
				.value = (int)spec.count };
		spec.count++;
	}
	stale = n ? ui_menu(b->view.ui, &spec, on_template, b)
		  : ui_say(b->view.ui, "%s", _("There is no template for this channel."));
	arena_release(&a);
	return stale;
}

static unsigned on_version(void *ctx, const struct answer *answer)
{
	struct builder *b = ctx;
	struct err err = ERR_INIT;
	int channel = answer->value / LANG_COUNT, lang = answer->value % LANG_COUNT;

	if (answer->value < 0)
		return STALE_PAINT;
	if (answer->value == VERSION_REMOVE) {
		builder_keep(b);
		if (!draft_text_drop(&b->draft, builder_text(b), &err))
			return ui_error(b->view.ui, &err);
		pick_text(b);
		builder_renew(b);
		builder_stored(b, false);
		return STALE_PAINT;
	}
	draft_text_make(&b->draft, (enum channel)channel, lang_code((enum lang)lang));
	b->channel = (enum channel)channel;
	snprintf(b->language, sizeof(b->language), "%s", lang_code((enum lang)lang));
	return text_changed(b);
}

/* A channel without any text gets one by itself: the last one stays. */
static bool is_last_text(const struct builder *b)
{
	int n = 0;

	for (size_t i = 0; i < b->draft.texts.len; i++)
		n += b->draft.texts.items[i]->channel == b->channel;
	return n < 2;
}

static unsigned ask_version(struct builder *b)
{
	struct menu_item items[CHANNEL_COUNT * LANG_COUNT + 1];
	struct menu_spec spec = { .title = _("Languages"), .items = items };
	struct arena a = ARENA_INIT;

	for (int i = 0; i < CHANNEL_COUNT * LANG_COUNT; i++) {
		enum channel channel = (enum channel)(i / LANG_COUNT);
		const char *code = lang_code((enum lang)(i % LANG_COUNT));

		if (!uses(b, channel) || draft_text(&b->draft, channel, code))
			continue;
		items[spec.count++] = (struct menu_item){
			.label = arena_printf(&a, "%s %s, %s", _("Add:"), _(channel_label(channel)),
				language_label(code)),
			.value = VERSION_ADD + i
		};
	}
	items[spec.count++] = (struct menu_item){
		.label = arena_printf(&a, "%s %s, %s", _("Remove:"), _(channel_label(b->channel)),
			language_label(b->language)),
		.note = is_last_text(b) ? _("it is the only one") : NULL,
		.value = VERSION_REMOVE,
		.off = is_last_text(b)
	};
	ui_menu(b->view.ui, &spec, on_version, b);
	arena_release(&a);
	return STALE_PAINT;
}

/* --- in another editor, from a file -------------------------------------- */

/* `field` in the editor of the person, and what came of it back. */
static unsigned edit_outside(struct builder *b, struct strbuf *field, const char *ending)
{
	struct strbuf text = STRBUF_INIT_MAX(TEMPLATE_MAX);
	struct err err = ERR_INIT;
	unsigned stale;

	strbuf_adds(&text, field->buf);
	if (outside_edit(b->view.ui, &text, ending, &err)) {
		draft_text_set(&b->draft, builder_text(b), field, text.buf);
		stale = text_changed(b);
	} else {
		stale = ui_error(b->view.ui, &err);
	}
	strbuf_release(&text);
	return stale | STALE_REFLOW;
}

static unsigned edit_text_outside(struct builder *b)
{
	builder_keep(b);
	return edit_outside(b, &builder_text(b)->text, ".txt");
}

static unsigned on_file(void *ctx, const struct answer *answer)
{
	struct builder *b = ctx;
	struct strbuf path = STRBUF_INIT_MAX(FILE_MOST), html = STRBUF_INIT_MAX(TEMPLATE_MAX);
	struct draft_text *t = builder_text(b);
	const char *home = getenv("HOME");
	struct err err = ERR_INIT;
	unsigned stale = STALE_PAINT;

	if (answer->value == 0 && *answer->text) {
		strbuf_addf(&path, "%s%s", !strncmp(answer->text, "~/", 2) && home ? home : "",
			answer->text + (!strncmp(answer->text, "~/", 2) && home));
		if (outside_read(path.buf, &html, &err)) {
			draft_text_set(&b->draft, t, &t->html, html.buf);
			stale = text_changed(b);
		} else {
			stale = ui_error(b->view.ui, &err);
		}
	}
	strbuf_release(&path);
	strbuf_release(&html);
	return stale;
}

static unsigned ask_file(struct builder *b)
{
	const char *buttons[] = { _("Take it"), _("Cancel") };
	struct strbuf folder = STRBUF_INIT_MAX(FILE_MOST);
	struct err err = ERR_INIT;
	struct dialog_spec spec = { .title = _("HTML page from a file"),
		.text = _("The path of an HTML file. ~ is your own folder."),
		.label = _("Path"),
		.buttons = buttons,
		.count = ARRAY_SIZE(buttons),
		.focus = ARRAY_SIZE(buttons),
		.ask = true,
		.max = FILE_MOST - 1 };
	unsigned stale;

	if (path_place(PATH_EXCHANGE, &folder, &err))
		strbuf_addc(&folder, '/');
	spec.initial = folder.buf;
	stale = ui_dialog(b->view.ui, &spec, on_file, b);
	strbuf_release(&folder);
	return stale;
}

static unsigned on_html(void *ctx, const struct answer *answer)
{
	struct builder *b = ctx;
	struct draft_text *t = builder_text(b);

	switch (answer->value) {
	case HTML_EDIT:
		return edit_outside(b, &t->html, ".html");
	case HTML_IMPORT:
		return ask_file(b);
	case HTML_REMOVE:
		draft_text_set(&b->draft, t, &t->html, "");
		return text_changed(b);
	}
	return STALE_PAINT;
}

static unsigned ask_html(struct builder *b)
{
	const bool none = !builder_text(b)->html.len;
	const struct menu_item items[] = {
		{ .letter = 'e', .label = _("Write it in the editor"), .value = HTML_EDIT },
		{ .letter = 'f', .label = _("Take it from a file"), .value = HTML_IMPORT },
		{ .letter = 'r', .label = _("Leave it out"), .value = HTML_REMOVE, .off = none },
	};
	struct menu_spec spec = {
		.title = _("HTML page of the e-mail"), .items = items, .count = 3
	};

	builder_keep(b);
	return ui_menu(b->view.ui, &spec, on_html, b);
}

/* --- actions ------------------------------------------------------------- */

static unsigned run(struct builder *b, int value)
{
	switch (value) {
	case RUN_SPELL:
		return spell(b);
	case RUN_NAMES:
		draft_plain_names(&b->draft, !b->draft.c.plain_names);
		return text_changed(b);
	case RUN_TEMPLATE:
		return ask_template(b);
	case RUN_VERSIONS:
		return ask_version(b);
	case RUN_HTML:
		return ask_html(b);
	case RUN_PAGE:
		return preview_page(&b->preview);
	case RUN_FIELD:
		return ask_field(b);
	case RUN_EDITOR:
		return edit_text_outside(b);
	}
	return value >= ITEM_REASON ? builder_open_reason(b, value) : STALE_NONE;
}

unsigned builder_message_act(struct builder *b, enum action_id action)
{
	int by = action == ACT_NEXT_PERSON ? 1 : -1;

	if (action == ACT_INSERT_FIELD)
		return ask_field(b);
	if (action == ACT_EDITOR)
		return edit_text_outside(b);
	if (!builder_keep(b) || !b->draft.c.id)
		return STALE_PAINT;
	return preview_step(&b->preview, b->draft.c.id, (int)b->channel, by) | STALE_PAINT;
}

static void side(struct builder *b, struct canvas *c, struct rect r)
{
	const struct figures *f = b->figures;
	struct rect low;
	int lines = 0;

	if (f->there && f->now.people)
		lines = figures_draw_cost(f, NULL, r);
	low = rect_bottom(&r, lines + 2);
	preview_draw(&b->preview, c, r, f->there ? f->now.people : -1);
	draw_hline(c, low.y, low.x, low.w, ROLE_LINE);
	rect_top(&low, 1);
	rect_top(&low, figures_draw_people(f, c, low));
	figures_draw_cost(f, c, low);
}

const struct step_ops builder_message = {
	/* TRANSLATORS: a step of making a campaign; up to 12 cells. */
	.title = N_("Message"),
	.enter = enter,
	.take = take,
	.show = show,
	.fill = fill,
	.run = run,
	.side = side,
	.complete = complete,
};
