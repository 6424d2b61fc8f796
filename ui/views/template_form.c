#include "template_form.h"

#include "cells.h"
#include "form.h"
#include "i18n.h"
#include "outside.h"
#include "template_view.h"
#include "templates.h"

struct template_edit {
	struct view view;
	struct desk *desk;
	struct arena arena;
	struct template_card card;
	struct form form;
};

static struct template_edit *screen_of(struct view *view)
{
	return (struct template_edit *)view;
}

static const struct form_choice languages[] = {
	{ "fr", N_("French") },
	{ "en", N_("English") },
};

static const struct form_field fields[] = {
	{ .name = "language",
		.label = N_("Language"),
		.kind = FORM_CHOICE,
		.choices = languages,
		.choice_count = ARRAY_SIZE(languages) },
	{ .name = "subject",
		.label = N_("Subject"),
		.kind = FORM_TEXT,
		.width = 60,
		.max = TEMPLATE_SUBJECT_MAX },
	{ .name = "text",
		.label = N_("Text"),
		.kind = FORM_LINES,
		.lines = 9,
		.max = TEMPLATE_MAX },
	{ .name = "html",
		.label = N_("Page (HTML)"),
		.kind = FORM_LINES,
		.lines = 6,
		.max = TEMPLATE_MAX,
		.hint = N_("none: the text is sent alone") },
};

static bool is_email(const struct template_edit *v)
{
	return v->card.head.channel == CHANNEL_EMAIL;
}

static const struct saved_version *version_to_begin(
	const struct template_edit *v, const struct template_text *arg)
{
	for (int i = 0; i < v->card.n_versions; i++)
		if (arg->version_id && v->card.versions[i].id == arg->version_id)
			return &v->card.versions[i];
	return template_latest(&v->card, arg->language);
}

static void put(struct template_edit *v, const struct template_text *arg)
{
	const struct saved_version *version = version_to_begin(v, arg);

	form_set(&v->form, "language", arg->language);
	form_show(&v->form, "subject", is_email(v));
	form_show(&v->form, "html", is_email(v));
	if (!version)
		return;
	form_set(&v->form, "subject", version->subject);
	form_set(&v->form, "text", version->text);
	form_set(&v->form, "html", version->html);
	/* Long texts are read from their beginning. */
	v->form.values[form_find(&v->form, "text")].edit.pos = 0;
	v->form.values[form_find(&v->form, "html")].edit.pos = 0;
}

/* --- saving -------------------------------------------------------------- */

static const char *const part_fields[TEMPLATE_PART_COUNT] = {
	[PART_SUBJECT] = "subject",
	[PART_TEXT] = "text",
	[PART_HTML] = "html",
};

static const char *kept(struct template_edit *v, const char *name)
{
	return arena_strdup(&v->arena, form_get(&v->form, name));
}

static void take(struct template_edit *v, struct saved_version *version)
{
	*version = (struct saved_version){ .template_id = v->card.head.id, .author = "" };
	snprintf(
		version->language, sizeof(version->language), "%s", form_get(&v->form, "language"));
	version->subject = is_email(v) ? kept(v, "subject") : "";
	version->html = is_email(v) ? kept(v, "html") : "";
	version->text = kept(v, "text");
}

static bool check(struct template_edit *v, const struct saved_version *version)
{
	struct strbuf text = STRBUF_INIT_MAX(512);
	struct template_fault fault;
	const char *field;

	if (templates_check(version, v->card.head.type, &fault))
		return true;
	field = part_fields[fault.part];
	/* TRANSLATORS: a place in a text, and what is wrong there. */
	strbuf_addf(&text, _("Line %d, character %d: %s."), fault.error.line, fault.error.column,
		_(template_problem_label(fault.error.problem)));
	form_blame(&v->form, field, text.buf);
	v->form.focus = form_find(&v->form, field);
	strbuf_release(&text);
	return false;
}

static unsigned save(struct template_edit *v)
{
	struct ui *ui = v->view.ui;
	struct saved_version version;
	struct err err = ERR_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
		form_blame(&v->form, fields[i].name, NULL);
	take(v, &version);
	if (!*version.text && !*version.html) {
		form_blame(&v->form, "text", _("This cannot stay empty."));
		return STALE_PAINT;
	}
	if (!check(v, &version))
		return STALE_PAINT;
	if (!templates_save(v->desk->s, &v->card.head, &version, &err))
		return ui_error(ui, &err);
	form_saved(&v->form);
	return ui_close(ui, &v->view) | STALE_RELOAD |
	       ui_say(ui, _("Version %d is kept. The ones before stay."), version.version);
}

/* --- a field of the text ------------------------------------------------- */

static unsigned on_field(void *ctx, const struct answer *answer)
{
	struct template_edit *v = ctx;
	char text[64];

	if (answer->value < 0)
		return STALE_PAINT;
	snprintf(text, sizeof(text), "{{%s}}", template_var_name((enum template_var)answer->value));
	return form_insert(&v->form, text);
}

static unsigned insert_field(struct template_edit *v)
{
	struct menu_item items[TEMPLATE_VAR_COUNT];
	struct menu_spec spec = { .title = _("Insert a field"), .items = items };

	for (int i = 0; i < TEMPLATE_VAR_COUNT; i++) {
		if (template_var_transactional((enum template_var)i) &&
			v->card.head.type != CAMPAIGN_TRANSACTIONAL)
			continue;
		items[spec.count] = (struct menu_item){
			.letter = (uint32_t)('a' + spec.count),
			.label = _(template_var_label((enum template_var)i)),
			.note = template_var_name((enum template_var)i),
			.value = i,
		};
		spec.count++;
	}
	return ui_menu(v->view.ui, &spec, on_field, v);
}

/* --- in another editor --------------------------------------------------- */

/* The page while it has the focus, else the text. */
static unsigned edit_outside(struct template_edit *v)
{
	bool page = v->form.focus == form_find(&v->form, "html");
	const char *field = page ? "html" : "text";
	struct strbuf text = STRBUF_INIT_MAX(TEMPLATE_MAX);
	struct err err = ERR_INIT;
	unsigned stale = STALE_PAINT | STALE_REFLOW;

	strbuf_adds(&text, form_get(&v->form, field));
	if (outside_edit(v->view.ui, &text, page ? ".html" : ".txt", &err))
		form_type(&v->form, field, text.buf);
	else
		stale |= ui_error(v->view.ui, &err);
	strbuf_release(&text);
	return stale;
}

/* --- the screen ---------------------------------------------------------- */

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct template_edit *v = screen_of(view);
	const struct template_text *text = arg;

	v->desk = desk_of(view);
	if (!session_may(v->desk->s, RIGHT_CAMPAIGNS_CHANGE, err) ||
		!templates_get(v->desk->s, text->id, &v->arena, &v->card, err)) {
		arena_release(&v->arena);
		return false;
	}
	form_init(&v->form, fields, ARRAY_SIZE(fields), v);
	put(v, text);
	v->form.focus = form_find(&v->form, is_email(v) ? "subject" : "text");
	view->form = &v->form;
	return true;
}

static void on_close(struct view *view)
{
	struct template_edit *v = screen_of(view);

	form_release(&v->form);
	arena_release(&v->arena);
}

static unsigned on_reload(struct view *view)
{
	(void)view; /* what is being written stays; saving tells of a conflict */
	return STALE_PAINT;
}

static unsigned on_act(struct view *view, enum action_id action)
{
	if (action == ACT_SAVE)
		return save(screen_of(view));
	if (action == ACT_INSERT_FIELD)
		return insert_field(screen_of(view));
	if (action == ACT_EDITOR)
		return edit_outside(screen_of(view));
	return STALE_PASS;
}

static void headline(struct view *view, struct strbuf *out)
{
	const struct template_edit *v = screen_of(view);

	template_add_name(out, &v->card.head);
	strbuf_addf(out, " · %s · %s", _(channel_label(v->card.head.channel)), _("new version"));
}

static void draw(struct view *view, struct canvas *c, struct rect r)
{
	form_draw(&screen_of(view)->form, c, r, true);
}

static const struct view_action form_actions[] = {
	{ ACT_SAVE, NULL },
	{ ACT_INSERT_FIELD, NULL },
	{ ACT_EDITOR, NULL },
};

const struct view_ops template_form_view = {
	.name = "template-form",
	.title = N_("Template"),
	.size = sizeof(struct template_edit),
	.actions = form_actions,
	.action_count = ARRAY_SIZE(form_actions),
	.open = on_open,
	.close = on_close,
	.reload = on_reload,
	.headline = headline,
	.draw = draw,
	.act = on_act,
};
