#include "templates_view.h"

#include <stdlib.h>
#include <unistd.h>

#include "cells.h"
#include "fold.h"
#include "form_box.h"
#include "i18n.h"
#include "list.h"
#include "path.h"
#include "say.h"
#include "template_form.h"
#include "template_view.h"
#include "templates.h"
#include "whole.h"

#define FILES_MOST 1000

struct templates_screen {
	struct view view;
	struct desk *desk;
	struct list list;
	struct whole rows;
	int channel;   /* -1: all */
	bool archived; /* those put away too */
	struct form form;
	bool has_form;
};

static struct templates_screen *screen_of(struct view *view)
{
	return (struct templates_screen *)view;
}

/* --- the list ------------------------------------------------------------ */

static void draw_name(void *ctx, const void *row, struct table_cell *cell)
{
	const struct saved_template *t = row;

	(void)ctx;
	template_add_name(cell->text, t);
	if (t->archived_at) {
		strbuf_addf(cell->text, " (%s)", _("put away"));
		cell->role = ROLE_DIM;
	}
}

static void draw_channel(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, _(channel_label(((const struct saved_template *)row)->channel)));
}

static void draw_type(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, _(campaign_type_label(((const struct saved_template *)row)->type)));
}

static void draw_languages(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, ((const struct saved_template *)row)->languages);
}

static void draw_from(void *ctx, const void *row, struct table_cell *cell)
{
	const struct saved_template *t = row;

	(void)ctx;
	/* TRANSLATORS: whose a template is: it came with the program, or is the company's. */
	strbuf_adds(cell->text, *t->system_key ? _("the program") : _("yours"));
	cell->role = *t->system_key ? ROLE_DIM : ROLE_NORMAL;
}

static const struct table_col columns[] = {
	{ .name = "name",
		.title = N_("Template"),
		.min = 26,
		.max = 46,
		.cell = draw_name,
		.name_of = true },
	{ .name = "channel", .title = N_("Channel"), .min = 9, .max = 12, .cell = draw_channel },
	{ .name = "type", .title = N_("For"), .min = 14, .max = 22, .cell = draw_type },
	{ .name = "languages",
		.title = N_("Languages"),
		.min = 9,
		.max = 12,
		.cell = draw_languages },
	{ .name = "from",
		.title = N_("Origin"),
		.min = 12,
		.max = 14,
		.priority = 1,
		.cell = draw_from },
};

static enum table_fetch fetch(void *ctx, const struct table_ask *ask, struct table_page *page)
{
	return whole_fetch(&((struct templates_screen *)ctx)->rows, ask, page);
}

static void empty(void *ctx, struct strbuf *out)
{
	const struct templates_screen *v = ctx;

	if (*list_search(&v->list))
		strbuf_addf(out, _("Nothing for “%s”."), list_search(&v->list));
	else
		strbuf_adds(out, _("No template. n makes one, i takes a file in."));
}

static const struct table_ops table_ops = {
	.cols = columns, .count = ARRAY_SIZE(columns), .fetch = fetch, .empty = empty
};

static bool is_found(const struct templates_screen *v, const struct saved_template *t)
{
	struct strbuf name = STRBUF_INIT_MAX(512), have = STRBUF_INIT_MAX(2048),
		      want = STRBUF_INIT_MAX(2048);
	bool found;

	template_add_name(&name, t);
	fold_add(&have, name.buf);
	fold_add(&want, list_search(&v->list));
	found = strstr(have.buf, want.buf) != NULL;
	strbuf_release(&name);
	strbuf_release(&have);
	strbuf_release(&want);
	return found;
}

static bool read_all(struct templates_screen *v, struct err *err)
{
	struct saved_template *all;
	int n;

	whole_begin(&v->rows);
	if (!templates_list(v->desk->s, v->channel, v->archived, &v->rows.arena, &all, &n, err))
		return false;
	for (int i = 0; i < n; i++)
		if (is_found(v, &all[i]))
			whole_add(&v->rows, all[i].id, &all[i]);
	table_total(&v->list.table, (int64_t)v->rows.rows.len, true);
	return true;
}

static unsigned again(struct templates_screen *v)
{
	struct err err = ERR_INIT;

	if (!read_all(v, &err))
		return ui_error(v->view.ui, &err);
	table_restart(&v->list.table);
	return STALE_PAINT;
}

/* --- which ones ---------------------------------------------------------- */

enum { FILTER_ALL = CHANNEL_COUNT, FILTER_ARCHIVED };

static unsigned on_filter(void *ctx, const struct answer *answer)
{
	struct templates_screen *v = ctx;

	if (answer->value < 0)
		return STALE_PAINT;
	v->archived = answer->value == FILTER_ARCHIVED;
	v->channel = answer->value < CHANNEL_COUNT ? answer->value : -1;
	return again(v);
}

static unsigned ask_filter(struct templates_screen *v)
{
	struct menu_item items[CHANNEL_COUNT + 2];
	struct menu_spec spec = { .title = _("Show"), .items = items };

	items[spec.count++] = (struct menu_item){ '0', _("All"), NULL, FILTER_ALL, false, false };
	for (int i = 0; i < CHANNEL_COUNT; i++)
		items[spec.count++] = (struct menu_item){ .letter = (uint32_t)('1' + i),
			.label = _(channel_label((enum channel)i)),
			.value = i };
	items[spec.count++] = (struct menu_item){
		.letter = 'a', .label = _("Those put away too"), .value = FILTER_ARCHIVED
	};
	spec.current = v->archived ? FILTER_ARCHIVED : v->channel < 0 ? FILTER_ALL : v->channel;
	return ui_menu(v->view.ui, &spec, on_filter, v);
}

/* --- a new one ----------------------------------------------------------- */

static const struct form_choice channels[] = {
	{ "EMAIL", N_("E-mail") },
	{ "SMS", N_("SMS") },
	{ "WHATSAPP", N_("WhatsApp") },
	{ "FACEBOOK", N_("Facebook") },
	{ "INSTAGRAM", N_("Instagram") },
};

static const struct form_choice types[] = {
	{ "PROMOTIONAL", N_("Promotion") },
	{ "WELCOME", N_("Welcome") },
	{ "NURTURING", N_("Nurturing") },
	{ "RETENTION", N_("Retention") },
	{ "BIRTHDAY", N_("Birthday") },
	{ "NEWSLETTER", N_("Newsletter") },
	{ "TRANSACTIONAL", N_("Transactional") },
};

static const struct form_field new_fields[] = {
	{ .name = "name",
		.label = N_("Name"),
		.kind = FORM_TEXT,
		.width = 40,
		.max = TEMPLATE_NAME_MAX,
		.required = true },
	{ .name = "channel",
		.label = N_("Channel"),
		.kind = FORM_CHOICE,
		.choices = channels,
		.choice_count = ARRAY_SIZE(channels) },
	{ .name = "type",
		.label = N_("For"),
		.kind = FORM_CHOICE,
		.choices = types,
		.choice_count = ARRAY_SIZE(types) },
};

static void drop_form(struct templates_screen *v)
{
	if (v->has_form)
		form_release(&v->form);
	v->has_form = false;
}

static unsigned ask_new(struct templates_screen *v);

static unsigned on_new(void *ctx, const struct answer *answer)
{
	struct templates_screen *v = ctx;
	struct saved_template t = { .system_key = "", .languages = "" };
	struct template_text text = { .language = lang_code(v->desk->s->company.language) };
	struct arena a = ARENA_INIT;
	struct err err = ERR_INIT;
	unsigned stale;

	if (answer->value != 0)
		return STALE_PAINT;
	t.name = arena_strdup(&a, form_get(&v->form, "name"));
	if (!channel_parse(form_get(&v->form, "channel"), &t.channel) ||
		!campaign_type_parse(form_get(&v->form, "type"), &t.type)) {
		arena_release(&a);
		return STALE_PAINT;
	}
	if (templates_put(v->desk->s, &t, &err)) {
		text.id = t.id;
		stale = ui_push(v->view.ui, &template_form_view, &text) | STALE_RELOAD;
	} else if (err.code == ERR_DUPLICATE) {
		form_blame(&v->form, "name", _("There is one of that name already."));
		stale = ask_new(v);
	} else {
		stale = ui_error(v->view.ui, &err);
	}
	arena_release(&a);
	return stale;
}

static unsigned ask_new(struct templates_screen *v)
{
	return ui_open(v->view.ui,
		form_box_new(_("New template"), _("Its text comes next."), &v->form,
			_("Write its text")),
		on_new, v);
}

static unsigned make_new(struct templates_screen *v)
{
	struct err err = ERR_INIT;

	if (!session_may(v->desk->s, RIGHT_CAMPAIGNS_CHANGE, &err))
		return ui_error(v->view.ui, &err);
	drop_form(v);
	form_init(&v->form, new_fields, ARRAY_SIZE(new_fields), v);
	v->has_form = true;
	if (v->channel >= 0)
		form_set(&v->form, "channel", channel_word((enum channel)v->channel));
	return ask_new(v);
}

/* --- files --------------------------------------------------------------- */

static unsigned on_import(void *ctx, const struct answer *answer)
{
	struct templates_screen *v = ctx;
	struct strbuf path = STRBUF_INIT_MAX(4096);
	const char *home = getenv("HOME");
	struct templates_imported came;
	struct err err = ERR_INIT;
	bool ok, short_home;

	if (answer->value != 0 || !*answer->text)
		return STALE_PAINT;
	short_home = home && !strncmp(answer->text, "~/", 2);
	strbuf_addf(&path, "%s%s", short_home ? home : "", answer->text + short_home);
	ok = templates_import(v->desk->s, path.buf, &came, &err);
	strbuf_release(&path);
	if (!ok)
		return ui_error(v->view.ui, &err);
	return ui_say(v->view.ui, _("Templates: %d new, %d texts changed, %d as they were."),
		       came.made, came.changed, came.same) |
	       STALE_RELOAD;
}

static unsigned ask_import(struct templates_screen *v)
{
	const char *buttons[] = { _("Take it in"), _("Cancel") };
	const struct dialog_spec spec = { .title = _("Import templates"),
		.text = _("A file that was written with w, here or elsewhere."),
		.buttons = buttons,
		.count = ARRAY_SIZE(buttons),
		.ask = true,
		.label = _("File"),
		.max = 1000 };

	return ui_dialog(v->view.ui, &spec, on_import, v);
}

/* templates.json in the exchange folder, or templates-2.json and so on. */
static bool find_name(struct strbuf *path, struct err *err)
{
	struct strbuf folder = STRBUF_INIT_MAX(4096);
	bool ok = path_place(PATH_EXCHANGE, &folder, err) && path_mkdirs(folder.buf, err);

	for (int i = 1; ok && i <= FILES_MOST; i++) {
		strbuf_clear(path);
		strbuf_addf(path, "%s/templates", folder.buf);
		if (i > 1)
			strbuf_addf(path, "-%d", i);
		strbuf_adds(path, ".json");
		if (access(path->buf, F_OK) != 0)
			break;
	}
	strbuf_release(&folder);
	return ok;
}

/* Those marked, else all in use. */
static unsigned export(struct templates_screen *v)
{
	const struct table *t = &v->list.table;
	bool marked = t->marked.len && !t->mark_all;
	struct strbuf path = STRBUF_INIT_MAX(4096);
	struct err err = ERR_INIT;
	unsigned stale;
	int n;

	if (find_name(&path, &err) && templates_export(v->desk->s, marked ? t->marked.items : NULL,
					      marked ? (int)t->marked.len : 0, path.buf, &n, &err))
		stale = ui_say(v->view.ui,
			ngettext("%d template: %s", "%d templates: %s", (unsigned long)n), n,
			path.buf);
	else
		stale = ui_error(v->view.ui, &err);
	strbuf_release(&path);
	return stale;
}

/* --- the screen ---------------------------------------------------------- */

static void on_close(struct view *view)
{
	struct templates_screen *v = screen_of(view);

	drop_form(v);
	list_release(&v->list);
	whole_release(&v->rows);
}

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct templates_screen *v = screen_of(view);

	(void)arg;
	v->desk = desk_of(view);
	v->channel = -1;
	list_init(&v->list, &table_ops, v, N_("Name of a template…"));
	if (read_all(v, err)) {
		view->list = &v->list;
		return true;
	}
	on_close(view);
	return false;
}

static unsigned on_reload(struct view *view)
{
	struct templates_screen *v = screen_of(view);
	struct err err = ERR_INIT;

	if (!read_all(v, &err))
		return ui_error(view->ui, &err);
	table_reload(&v->list.table);
	return STALE_PAINT;
}

static unsigned on_search(struct view *view, const char *text)
{
	(void)text;
	return again(screen_of(view));
}

static void headline(struct view *view, struct strbuf *out)
{
	const struct templates_screen *v = screen_of(view);

	strbuf_addf(out, "%s · ", _("Templates"));
	if (v->channel >= 0)
		strbuf_addf(out, "%s · ", _(channel_label((enum channel)v->channel)));
	cell_count(out, v->desk, (int64_t)v->rows.rows.len);
}

static unsigned on_act(struct view *view, enum action_id action)
{
	struct templates_screen *v = screen_of(view);
	int64_t id = table_id(&v->list.table);

	switch ((int)action) {
	case ACT_OPEN:
		return id ? ui_push(view->ui, &template_view, &id) : STALE_NONE;
	case ACT_NEW:
		return make_new(v);
	case ACT_FILTER:
		return ask_filter(v);
	case ACT_IMPORT:
		return ask_import(v);
	case ACT_EXPORT:
		return export(v);
	}
	return STALE_PASS;
}

static const struct view_action templates_actions[] = {
	{ ACT_OPEN, NULL },
	{ ACT_NEW, NULL },
	{ ACT_SEARCH, NULL },
	{ ACT_FILTER, NULL },
	{ ACT_IMPORT, N_("Import templates") },
	{ ACT_EXPORT, NULL },
};

const struct view_ops templates_view = {
	.name = "templates",
	.title = N_("Templates"),
	.size = sizeof(struct templates_screen),
	.actions = templates_actions,
	.action_count = ARRAY_SIZE(templates_actions),
	.open = on_open,
	.close = on_close,
	.reload = on_reload,
	.headline = headline,
	.search = on_search,
	.act = on_act,
};
