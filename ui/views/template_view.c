#include "template_view.h"

#include "cells.h"
#include "customer_pick.h"
#include "i18n.h"
#include "page.h"
#include "say.h"
#include "tabs.h"
#include "template_form.h"
#include "templates.h"

#define LANGUAGES_MOST 8
#define VERSIONS_MOST 20 /* that the menu offers */

struct template_screen {
	struct view view;
	struct desk *desk;
	int64_t id;
	struct arena arena;
	struct template_card card;
	const struct saved_version *shown; /* NULL: there is none yet */
	const char *languages[LANGUAGES_MOST];
	struct tabs tabs;
	int language;	/* index in languages */
	int64_t picked; /* a version that was chosen from the menu; 0: the latest */
	/* how it reads */
	struct arena read;
	struct template_preview preview;
	bool previewed;
	int64_t customer_id; /* 0: an invented one */
	char customer[160];
	bool raw;
	int top; /* paragraphs that are scrolled away */
	struct customer_pick pick;
};

static struct template_screen *screen_of(struct view *view)
{
	return (struct template_screen *)view;
}

void template_add_name(struct strbuf *out, const struct saved_template *t)
{
	strbuf_adds(out, *t->system_key ? _(t->name) : t->name);
}

/* --- reading ------------------------------------------------------------- */

static void find_languages(struct template_screen *v)
{
	v->tabs.count = 0;
	for (int i = 0; i < v->card.n_versions && v->tabs.count < LANGUAGES_MOST; i++) {
		const char *language = v->card.versions[i].language;
		enum lang lang;

		if (i && !strcmp(language, v->card.versions[i - 1].language))
			continue;
		v->languages[v->tabs.count] = language;
		v->tabs.items[v->tabs.count] =
			(struct tab){ -1 - v->tabs.count, !lang_parse(language, &lang) ? language
							  : lang == LANG_FR	       ? _("French")
									    : _("English") };
		v->tabs.count++;
	}
	if (v->language >= v->tabs.count)
		v->language = 0;
}

static void find_version(struct template_screen *v)
{
	v->shown = v->tabs.count ? template_latest(&v->card, v->languages[v->language]) : NULL;
	for (int i = 0; i < v->card.n_versions; i++)
		if (v->card.versions[i].id == v->picked)
			v->shown = &v->card.versions[i];
}

/* What cannot be written out is shown as it was typed. */
static unsigned read_preview(struct template_screen *v)
{
	struct err err = ERR_INIT;

	arena_clear(&v->read);
	v->previewed = false;
	if (!v->shown || v->raw)
		return STALE_PAINT;
	v->previewed = templates_preview(
		v->desk->s, &v->card.head, v->shown, v->customer_id, &v->read, &v->preview, &err);
	return v->previewed ? STALE_PAINT : ui_error(v->view.ui, &err);
}

static bool read_card(struct template_screen *v, struct err *err)
{
	arena_clear(&v->arena);
	v->shown = NULL;
	if (!templates_get(v->desk->s, v->id, &v->arena, &v->card, err))
		return false;
	find_languages(v);
	find_version(v);
	return true;
}

static unsigned show(struct template_screen *v, int language)
{
	v->language = language;
	v->picked = 0;
	v->top = 0;
	find_version(v);
	return read_preview(v);
}

/* --- drawing ------------------------------------------------------------- */

static void draw_about(struct template_screen *v, struct canvas *c, struct rect r)
{
	struct strbuf text = STRBUF_INIT_MAX(512);

	/* TRANSLATORS: the number of a version of a text */
	strbuf_addf(&text, _("Version %d"), v->shown->version);
	strbuf_adds(&text, " · ");
	cell_instant(&text, v->desk, v->shown->created_at);
	if (*v->shown->author)
		strbuf_addf(&text, " · %s", v->shown->author);
	draw_right(c, r.y, r.x, r.w, ROLE_DIM, text.buf);
	strbuf_clear(&text);
	if (!v->previewed)
		strbuf_adds(&text, _("AS WRITTEN"));
	else if (v->customer_id)
		/* TRANSLATORS: a customer's name follows */
		strbuf_addf(&text, _("AS READ BY %s"), v->customer);
	else
		strbuf_adds(&text, _("AS READ, by somebody invented"));
	draw_text(c, r.y, r.x, r.w, ROLE_TITLE, text.buf);
	strbuf_release(&text);
}

static void draw_count(const struct template_screen *v, struct canvas *c, struct rect r)
{
	const struct sms_count *sms = &v->preview.sms;

	if (!v->previewed || v->card.head.channel != CHANNEL_SMS)
		return;
	draw_textf(c, r.y, r.x, r.w, sms->parts > 1 ? ROLE_MIDDLE : ROLE_DIM,
		ngettext("%s, %d characters, %d SMS", "%s, %d characters, %d SMS",
			(unsigned long)sms->parts),
		sms->encoding == SMS_GSM7 ? "GSM-7" : "UCS-2", sms->units, sms->parts);
}

/* Paragraph after paragraph, from the one at the top. */
static void draw_paragraphs(
	struct template_screen *v, struct canvas *c, struct rect r, const char *text)
{
	struct strbuf line = STRBUF_INIT_MAX(TEMPLATE_MAX);
	int at = 0;

	for (const char *p = text; *p && r.h > 0; at++) {
		size_t len = strcspn(p, "\n");

		strbuf_clear(&line);
		strbuf_add(&line, p, len);
		p += len + (p[len] == '\n');
		if (at < v->top)
			continue;
		if (!line.len)
			rect_top(&r, 1);
		else
			rect_top(&r, draw_wrapped(c, r, ROLE_NORMAL, line.buf));
	}
	if (v->top > 0)
		draw_glyph(c, r.y, r.x + r.w, ROLE_LINE, G_UP);
	strbuf_release(&line);
}

static void draw_text_of(struct template_screen *v, struct canvas *c, struct rect r)
{
	const char *subject = v->previewed ? v->preview.subject : v->shown->subject;
	const char *text = v->previewed ? v->preview.text : v->shown->text;
	const char *html = v->previewed ? v->preview.html : v->shown->html;
	struct rect foot = { r.y + r.h - 1, r.x, 1, r.w };

	draw_about(v, c, rect_top(&r, 1));
	if (*subject) {
		draw_textf(c, r.y, r.x, r.w, ROLE_EMPHASIS, "%s %s", _("Subject:"), subject);
		rect_top(&r, 1);
	}
	rect_top(&r, 1);
	r.h--;
	draw_paragraphs(v, c, r, *text ? text : html);
	draw_count(v, c, foot);
	if (*html)
		draw_right(c, foot.y, foot.x, foot.w, ROLE_DIM,
			_("It has a page (HTML) as well: p writes it to a file."));
}

static void draw(struct view *view, struct canvas *c, struct rect r)
{
	struct template_screen *v = screen_of(view);

	draw_cursor(c, r.y, r.x);
	if (!v->shown) {
		draw_wrapped(c, (struct rect){ r.y + 1, r.x + 1, 3, r.w - 2 }, ROLE_NORMAL,
			_("It has no text yet. e writes it."));
		return;
	}
	v->tabs.open = -1 - v->language;
	tabs_draw(&v->tabs, c, rect_top(&r, 1));
	r.x++;
	r.w -= 2;
	draw_text_of(v, c, r);
}

static void headline(struct view *view, struct strbuf *out)
{
	const struct template_screen *v = screen_of(view);

	template_add_name(out, &v->card.head);
	strbuf_addf(out, " · %s · %s", _(channel_label(v->card.head.channel)),
		_(campaign_type_label(v->card.head.type)));
	if (*v->card.head.system_key)
		strbuf_addf(out, " · %s", _("came with the program"));
	if (v->card.head.archived_at)
		strbuf_addf(out, " · %s", _("put away"));
}

/* --- what can be done ---------------------------------------------------- */

static unsigned write_text(struct template_screen *v)
{
	struct template_text text = { .id = v->id,
		.language = v->tabs.count ? v->languages[v->language]
					  : lang_code(v->desk->s->company.language),
		.version_id = v->picked };

	return ui_push(v->view.ui, &template_form_view, &text);
}

/* As a page in the exchange folder, to be looked at in a browser. */
static unsigned write_page(struct template_screen *v)
{
	if (!v->shown)
		return STALE_NONE;
	if (v->previewed)
		return page_message(v->desk, v->preview.subject, v->preview.html, v->preview.text);
	return page_message(v->desk, v->shown->subject, v->shown->html, v->shown->text);
}

static unsigned on_customer(void *ctx, int64_t id)
{
	struct template_screen *v = ctx;
	struct strbuf name = STRBUF_INIT_MAX(sizeof(v->customer) - 1);
	struct arena a = ARENA_INIT;
	struct customer_card card;
	struct err err = ERR_INIT;
	unsigned stale;

	if (customers_get(v->desk->s, id, &a, &card, &err)) {
		customer_name(card.customer.name, card.customer.first_name, &name);
		snprintf(v->customer, sizeof(v->customer), "%s", name.buf);
		v->customer_id = id;
		v->raw = false;
		stale = read_preview(v);
	} else {
		stale = ui_error(v->view.ui, &err);
	}
	strbuf_release(&name);
	arena_release(&a);
	return stale;
}

static unsigned on_version(void *ctx, const struct answer *answer)
{
	struct template_screen *v = ctx;

	if (answer->value < 0 || answer->value >= v->card.n_versions)
		return STALE_PAINT;
	v->picked = v->card.versions[answer->value].id;
	v->top = 0;
	for (int i = 0; i < v->tabs.count; i++)
		if (!strcmp(v->languages[i], v->card.versions[answer->value].language))
			v->language = i;
	find_version(v);
	return read_preview(v);
}

static unsigned ask_version(struct template_screen *v)
{
	struct menu_item items[VERSIONS_MOST];
	struct menu_spec spec = { .title = _("Versions"), .items = items };

	for (int i = 0; i < v->card.n_versions && i < VERSIONS_MOST; i++) {
		const struct saved_version *version = &v->card.versions[i];
		struct strbuf when = STRBUF_INIT_MAX(128);

		cell_instant(&when, v->desk, version->created_at);
		items[i] = (struct menu_item){ .label = arena_printf(&v->read, "%s · %d",
						       version->language, version->version),
			.note = arena_printf(&v->read, "%s %s", when.buf, version->author),
			.value = i };
		if (version == v->shown)
			spec.current = i;
		spec.count++;
		strbuf_release(&when);
	}
	return ui_menu(v->view.ui, &spec, on_version, v);
}

static unsigned put_away(struct template_screen *v)
{
	struct saved_template t = v->card.head;
	struct err err = ERR_INIT;
	bool was = t.archived_at != 0;

	t.archived_at = was ? 0 : session_now(v->desk->s);
	if (!templates_put(v->desk->s, &t, &err))
		return ui_error(v->view.ui, &err) | STALE_RELOAD;
	return ui_say(v->view.ui, "%s",
		       was ? _("It is offered again.")
			   : _("Put away: it is not offered any more. Its texts stay.")) |
	       STALE_RELOAD;
}

static unsigned on_name(void *ctx, const struct answer *answer)
{
	struct template_screen *v = ctx;
	struct saved_template t = v->card.head;
	struct err err = ERR_INIT;

	if (answer->value != 0 || !*answer->text)
		return STALE_PAINT;
	t.name = answer->text;
	if (!templates_put(v->desk->s, &t, &err))
		return ui_error(v->view.ui, &err) | STALE_RELOAD;
	return STALE_RELOAD;
}

static unsigned ask_name(struct template_screen *v)
{
	const char *buttons[] = { _("Keep it"), _("Cancel") };
	struct strbuf name = STRBUF_INIT_MAX(TEMPLATE_NAME_MAX);
	struct dialog_spec spec = { .title = _("Another name"),
		.text = "",
		.buttons = buttons,
		.count = ARRAY_SIZE(buttons),
		.ask = true,
		.label = _("Name"),
		.max = TEMPLATE_NAME_MAX };

	template_add_name(&name, &v->card.head);
	spec.initial = name.buf;
	ui_dialog(v->view.ui, &spec, on_name, v);
	strbuf_release(&name);
	return STALE_PAINT;
}

enum { MENU_WRITE, MENU_CUSTOMER, MENU_RAW, MENU_VERSIONS, MENU_RENAME, MENU_AWAY };

static unsigned toggle_raw(struct template_screen *v)
{
	v->raw = !v->raw;
	v->top = 0;
	return read_preview(v);
}

static unsigned on_menu(void *ctx, const struct answer *answer)
{
	struct template_screen *v = ctx;

	switch (answer->value) {
	case MENU_WRITE:
		return write_text(v);
	case MENU_CUSTOMER:
		return customer_pick_ask(&v->pick, _("Preview for"));
	case MENU_RAW:
		return toggle_raw(v);
	case MENU_VERSIONS:
		return ask_version(v);
	case MENU_RENAME:
		return ask_name(v);
	case MENU_AWAY:
		return put_away(v);
	}
	return STALE_PAINT;
}

static unsigned open_menu(struct template_screen *v)
{
	const struct menu_item items[] = {
		{ .letter = 'e', .label = _("Write a new version"), .value = MENU_WRITE },
		{ .letter = 'c', .label = _("As read by a customer"), .value = MENU_CUSTOMER },
		{ .letter = 'w',
			.label = v->raw ? _("As read") : _("As written, with its fields"),
			.value = MENU_RAW },
		{ .letter = 'v', .label = _("Versions before"), .value = MENU_VERSIONS },
		{ .letter = 'n', .label = _("Another name"), .value = MENU_RENAME },
		{ .letter = 'x',
			.label = v->card.head.archived_at ? _("Offer it again") : _("Put it away"),
			.value = MENU_AWAY },
	};
	struct strbuf title = STRBUF_INIT_MAX(256);
	struct menu_spec spec = { .items = items, .count = ARRAY_SIZE(items) };

	template_add_name(&title, &v->card.head);
	spec.title = title.buf;
	ui_menu(v->view.ui, &spec, on_menu, v);
	strbuf_release(&title);
	return STALE_PAINT;
}

/* --- the screen ---------------------------------------------------------- */

static void on_close(struct view *view)
{
	struct template_screen *v = screen_of(view);

	customer_pick_release(&v->pick);
	arena_release(&v->read);
	arena_release(&v->arena);
}

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct template_screen *v = screen_of(view);

	v->desk = desk_of(view);
	v->id = *(const int64_t *)arg;
	customer_pick_init(&v->pick, v->desk, on_customer, v);
	if (!read_card(v, err)) {
		on_close(view);
		return false;
	}
	for (int i = 0; i < v->tabs.count; i++)
		if (!strcmp(v->languages[i], lang_code(v->desk->lang)))
			v->language = i;
	find_version(v);
	read_preview(v);
	return true;
}

static unsigned on_reload(struct view *view)
{
	struct template_screen *v = screen_of(view);
	struct ui *ui = view->ui;
	struct err err = ERR_INIT;

	if (read_card(v, &err))
		return read_preview(v);
	ui_close(ui, view);
	return ui_error(ui, &err) | STALE_REFLOW;
}

static unsigned scroll(struct template_screen *v, int by)
{
	v->top = v->top + by < 0 ? 0 : v->top + by;
	return STALE_PAINT;
}

static unsigned turn(struct template_screen *v, int by)
{
	int n = v->tabs.count;

	return n ? show(v, (v->language + n + by) % n) : STALE_NONE;
}

static unsigned on_act(struct view *view, enum action_id action)
{
	struct template_screen *v = screen_of(view);

	switch ((int)action) {
	case ACT_OPEN:
		return toggle_raw(v);
	case ACT_EDIT:
		return write_text(v);
	case ACT_MENU:
		return open_menu(v);
	case ACT_PRINT:
		return write_page(v);
	case ACT_SEARCH:
		return customer_pick_ask(&v->pick, _("Preview for"));
	case ACT_NEXT_PART:
	case ACT_RIGHT:
		return turn(v, 1);
	case ACT_PREV_PART:
	case ACT_LEFT:
		return turn(v, -1);
	case ACT_DOWN:
		return scroll(v, 1);
	case ACT_UP:
		return scroll(v, -1);
	case ACT_PAGE_DOWN:
		return scroll(v, 8);
	case ACT_PAGE_UP:
		return scroll(v, -8);
	case ACT_TOP:
		return scroll(v, -v->top);
	}
	return STALE_PASS;
}

static unsigned on_have(struct view *view)
{
	(void)view;
	return NEED_ROW; /* the template itself */
}

static const struct view_action template_actions[] = {
	{ ACT_EDIT, N_("New version") },
	{ ACT_MENU, NULL },
	{ ACT_NEXT_PART, N_("Language") },
	{ ACT_SEARCH, N_("Preview for") },
	{ ACT_OPEN, N_("As written") },
	{ ACT_PRINT, NULL },
};

const struct view_ops template_view = {
	.name = "template",
	.title = N_("Template"),
	.size = sizeof(struct template_screen),
	.actions = template_actions,
	.action_count = ARRAY_SIZE(template_actions),
	.open = on_open,
	.close = on_close,
	.reload = on_reload,
	.headline = headline,
	.draw = draw,
	.have = on_have,
	.act = on_act,
};
