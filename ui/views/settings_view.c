#include "settings_view.h"

#include "cells.h"
#include "company_form.h"
#include "demo_erase.h"
#include "desk.h"
#include "duplicates_view.h"
#include "first_view.h"
#include "i18n.h"
#include "imports_view.h"
#include "language.h"
#include "list.h"
#include "page.h"
#include "path.h"
#include "prefs.h"
#include "provider_words.h"
#include "providers_view.h"
#include "rules_view.h"
#include "send_rules_view.h"
#include "store_acts.h"
#include "templates_view.h"
#include "thresholds.h"
#include "whole.h"

struct settings;

/* A line: what it is about, how it is set, what Enter does. */
struct setting {
	const char *label; /* N_() */
	void (*value)(const struct settings *v, struct strbuf *out);
	unsigned (*change)(struct settings *v);
	bool (*shown)(const struct settings *v); /* NULL: always */
};

struct settings {
	struct view view;
	struct desk *desk;
	struct list list;
	struct whole whole;
	struct thresholds thresholds;
};

static struct settings *settings_of(struct view *view)
{
	return (struct settings *)view;
}

/* --- one by one ---------------------------------------------------------- */

static void company_value(const struct settings *v, struct strbuf *out)
{
	const struct company *c = &v->desk->s->company;

	strbuf_addf(out, "%s · %s · %s · ", c->name,
		v->desk->country ? _(v->desk->country->name) : "", c->currency);
	strbuf_addf(
		out, ngettext("%d day", "%d days", (unsigned long)c->terms_days), c->terms_days);
}

static unsigned company_change(struct settings *v)
{
	struct err err = ERR_INIT;

	if (!session_may(v->desk->s, RIGHT_SETTINGS, &err))
		return ui_error(v->view.ui, &err);
	return ui_push(v->view.ui, &company_form_view, NULL);
}

static void thresholds_value(const struct settings *v, struct strbuf *out)
{
	const struct company *c = &v->desk->s->company;

	cell_count(out, v->desk, c->revenue_low);
	strbuf_adds(out, " · ");
	cell_count(out, v->desk, c->revenue_mid);
	strbuf_adds(out, " · ");
	cell_count(out, v->desk, c->revenue_high);
	strbuf_addf(out, "\u00a0%s", v->desk->currency);
}

static unsigned thresholds_change(struct settings *v)
{
	return thresholds_ask(&v->thresholds);
}

static void language_value(const struct settings *v, struct strbuf *out)
{
	strbuf_adds(out, v->desk->lang == LANG_FR ? _("French") : _("English"));
}

static unsigned keep(struct settings *v, const char *key, const char *value)
{
	struct err err = ERR_INIT;

	if (pref_put(v->desk->s, PREF_USER, key, value, &err))
		return STALE_RELOAD | STALE_REFLOW;
	return ui_error(v->view.ui, &err);
}

/* setenv and getenv of other threads do not go together. */
static unsigned on_language(void *ctx, const struct answer *answer)
{
	struct settings *v = ctx;

	if (answer->value < 0)
		return STALE_PAINT;
	if (jobs_busy(&v->desk->jobs))
		return ui_say(
			v->view.ui, "%s", _("Work is running: change the language after it."));
	keep(v, "language", lang_code((enum lang)answer->value));
	v->desk->lang = language_choose(lang_code((enum lang)answer->value));
	return desk_restart(v->desk);
}

static unsigned language_change(struct settings *v)
{
	const struct menu_item items[] = {
		{ .letter = 'f', .label = _("French"), .value = LANG_FR },
		{ .letter = 'e', .label = _("English"), .value = LANG_EN },
	};
	const struct menu_spec spec = { .title = _("Language of the screens"),
		.items = items,
		.count = ARRAY_SIZE(items),
		.current = (int)v->desk->lang };

	return ui_menu(v->view.ui, &spec, on_language, v);
}

static const char *const look_labels[LOOK_COUNT] = {
	[LOOK_RICH] = N_("Rich: for terminals with modern fonts"),
	[LOOK_WINDOWS] = N_("Windows: for PuTTY and the Windows console"),
	[LOOK_ASCII] = N_("ASCII: letters and signs that every terminal has"),
};

static void look_value(const struct settings *v, struct strbuf *out)
{
	strbuf_adds(out, _(look_labels[ui_look(v->view.ui)->id]));
}

static unsigned on_look(void *ctx, const struct answer *answer)
{
	struct settings *v = ctx;

	if (answer->value < 0)
		return STALE_PAINT;
	ui_set_look(v->view.ui, (enum look_id)answer->value, desk_theme(v->desk));
	return keep(v, "look", look_name((enum look_id)answer->value));
}

static unsigned look_change(struct settings *v)
{
	struct menu_item items[LOOK_COUNT];
	struct menu_spec spec = { .title = _("Signs"), .items = items, .count = LOOK_COUNT };

	for (int i = 0; i < LOOK_COUNT; i++)
		items[i] = (struct menu_item){
			.letter = (uint32_t)('1' + i), .label = _(look_labels[i]), .value = i
		};
	spec.current = (int)ui_look(v->view.ui)->id;
	return ui_menu(v->view.ui, &spec, on_look, v);
}

static const char *const theme_labels[THEME_COUNT] = {
	[THEME_DARK] = N_("Dark background"),
	[THEME_LIGHT] = N_("Light background"),
	[THEME_MONO] = N_("No colours"),
};

static void theme_value(const struct settings *v, struct strbuf *out)
{
	strbuf_adds(out, _(theme_labels[desk_theme(v->desk)]));
}

static unsigned on_theme(void *ctx, const struct answer *answer)
{
	struct settings *v = ctx;

	if (answer->value < 0)
		return STALE_PAINT;
	ui_set_look(v->view.ui, ui_look(v->view.ui)->id, (enum theme_id)answer->value);
	return keep(v, "theme", theme_name((enum theme_id)answer->value));
}

static unsigned theme_change(struct settings *v)
{
	struct menu_item items[THEME_COUNT];
	struct menu_spec spec = { .title = _("Colours"), .items = items, .count = THEME_COUNT };

	for (int i = 0; i < THEME_COUNT; i++)
		items[i] = (struct menu_item){
			.letter = (uint32_t)('1' + i), .label = _(theme_labels[i]), .value = i
		};
	spec.current = (int)desk_theme(v->desk);
	return ui_menu(v->view.ui, &spec, on_theme, v);
}

static bool mouse_on(const struct settings *v)
{
	struct strbuf kept = STRBUF_INIT_MAX(16);
	struct err err = ERR_INIT;
	bool on = !term_is_remote();

	if (pref_get(v->desk->s, PREF_USER, "mouse", &kept, &err) && kept.len)
		on = !strcmp(kept.buf, "on");
	strbuf_release(&kept);
	return on;
}

static void mouse_value(const struct settings *v, struct strbuf *out)
{
	strbuf_adds(out, mouse_on(v) ? _("on: a click chooses")
				     : _("off: the mouse selects text in the terminal"));
}

static unsigned mouse_change(struct settings *v)
{
	keep(v, "mouse", mouse_on(v) ? "off" : "on");
	return desk_restart(v->desk);
}

static void keys_value(const struct settings *v, struct strbuf *out)
{
	struct err err = ERR_INIT;

	(void)v;
	if (path_place(PATH_CONFIG, out, &err))
		strbuf_adds(out, "/keys.conf");
}

static unsigned on_keys(void *ctx, const struct answer *answer)
{
	struct settings *v = ctx;

	return answer->value == 1 ? page_keys(v->desk) : STALE_PAINT;
}

static unsigned keys_change(struct settings *v)
{
	struct strbuf path = STRBUF_INIT_MAX(4096), text = STRBUF_INIT_MAX(8192);
	const char *buttons[] = { _("OK"), _("Page to be printed") };
	struct dialog_spec spec = { .title = _("Keys"), .buttons = buttons, .count = 2 };

	keys_value(v, &path);
	strbuf_addf(&text,
		_("Write lines such as “copy  c y” into %s, one for each action, and start again. "
		  "? shows all keys, and : the names of the actions."),
		path.buf);
	spec.text = text.buf;
	ui_dialog(v->view.ui, &spec, on_keys, v);
	strbuf_release(&path);
	strbuf_release(&text);
	return STALE_PAINT;
}

static void rules_value(const struct settings *v, struct strbuf *out)
{
	(void)v;
	strbuf_adds(out, _("hours of SMS, how long what is kept, who may be written to"));
}

static unsigned rules_change(struct settings *v)
{
	return ui_push(v->view.ui, &rules_view, NULL);
}

/* "3 set up", and what is the matter with one. */
static void providers_value(const struct settings *v, struct strbuf *out)
{
	struct provider_card cards[PROVIDER_COUNT];
	struct arena a = ARENA_INIT;
	struct err err = ERR_INIT;
	int n = 0;

	if (!providers_list(v->desk->s, &a, cards, &err))
		memset(cards, 0, sizeof(cards));
	for (int i = 0; i < PROVIDER_COUNT; i++)
		n += cards[i].account.revision != 0;
	strbuf_addf(out, ngettext("%d set up", "%d set up", (unsigned long)n), n);
	for (int i = 0; i < PROVIDER_COUNT; i++)
		if (cards[i].account.revision && cards[i].account.active &&
			(cards[i].missing || cards[i].account.state != BREAKER_UP)) {
			strbuf_addf(out, " · %s ", _(provider_name_label((enum provider_name)i)));
			provider_words(out, v->desk, &cards[i]);
		}
	arena_release(&a);
}

static unsigned providers_change(struct settings *v)
{
	return ui_push(v->view.ui, &providers_view, NULL);
}

static void send_rules_value(const struct settings *v, struct strbuf *out)
{
	(void)v;
	strbuf_adds(out, _("order of the providers, limits an hour, how to say stop"));
}

static unsigned send_rules_change(struct settings *v)
{
	return ui_push(v->view.ui, &send_rules_view, NULL);
}

static void templates_value(const struct settings *v, struct strbuf *out)
{
	(void)v;
	strbuf_adds(out, _("texts to begin messages from"));
}

static unsigned templates_change(struct settings *v)
{
	return ui_push(v->view.ui, &templates_view, NULL);
}

static void key_value(const struct settings *v, struct strbuf *out)
{
	store_key_words(out, v->desk);
}

static unsigned key_change(struct settings *v)
{
	return store_key_ask(v->desk);
}

static bool is_copy(const struct settings *v)
{
	return v->desk->station == STATION_COPY;
}

static void copy_value(const struct settings *v, struct strbuf *out)
{
	(void)v;
	strbuf_adds(out, _("nothing is sent until you say which of the two goes on"));
}

static unsigned copy_change(struct settings *v)
{
	return store_copy_ask(v->desk);
}

static void imports_value(const struct settings *v, struct strbuf *out)
{
	(void)v;
	strbuf_adds(out, _("what came in, refused lines, undo"));
}

static unsigned imports_change(struct settings *v)
{
	return ui_push(v->view.ui, &imports_view, NULL);
}

static void duplicates_value(const struct settings *v, struct strbuf *out)
{
	(void)v;
	strbuf_adds(out, _("customers who may be entered twice"));
}

static unsigned duplicates_change(struct settings *v)
{
	return ui_push(v->view.ui, &duplicates_view, NULL);
}

static void others_value(const struct settings *v, struct strbuf *out)
{
	(void)v;
	strbuf_adds(out, _("choose another one, make one, a demonstration"));
}

static unsigned others_change(struct settings *v)
{
	return ui_push(v->view.ui, &first_view, NULL);
}

static bool is_demo(const struct settings *v)
{
	return v->desk->s->company.demo;
}

static void erase_value(const struct settings *v, struct strbuf *out)
{
	(void)v;
	strbuf_adds(out, _("all invented customers go, in one action"));
}

static unsigned erase_change(struct settings *v)
{
	return demo_erase_ask(v->desk);
}

static void store_value(const struct settings *v, struct strbuf *out)
{
	strbuf_adds(out, session_store(v->desk->s));
}

static unsigned store_change(struct settings *v)
{
	return ui_copy(v->view.ui, session_store(v->desk->s));
}

static const struct setting settings[] = {
	{ N_("This store is a copy"), copy_value, copy_change, is_copy },
	{ N_("Company"), company_value, company_change, NULL },
	{ N_("Score thresholds"), thresholds_value, thresholds_change, NULL },
	{ N_("Rules of the country"), rules_value, rules_change, NULL },
	{ N_("Providers"), providers_value, providers_change, NULL },
	{ N_("Order and limits"), send_rules_value, send_rules_change, NULL },
	{ N_("Templates"), templates_value, templates_change, NULL },
	{ N_("Imports"), imports_value, imports_change, NULL },
	{ N_("Duplicates"), duplicates_value, duplicates_change, NULL },
	{ N_("Other companies"), others_value, others_change, NULL },
	{ N_("Erase the demonstration"), erase_value, erase_change, is_demo },
	{ N_("Language of the screens"), language_value, language_change, NULL },
	{ N_("Signs"), look_value, look_change, NULL },
	{ N_("Colours"), theme_value, theme_change, NULL },
	{ N_("Mouse"), mouse_value, mouse_change, NULL },
	{ N_("Keys"), keys_value, keys_change, NULL },
	{ N_("Recovery key"), key_value, key_change, NULL },
	{ N_("Store"), store_value, store_change, NULL },
};

/* --- the screen ---------------------------------------------------------- */

static void draw_label(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, _(((const struct setting *)row)->label));
}

static void draw_value(void *ctx, const void *row, struct table_cell *cell)
{
	((const struct setting *)row)->value(ctx, cell->text);
}

static const struct table_col columns[] = {
	{ .name = "setting",
		.title = N_("Setting"),
		.min = 22,
		.max = 26,
		.cell = draw_label,
		.name_of = true },
	{ .name = "value", .title = N_("Now"), .min = 30, .max = 100, .cell = draw_value },
};

static enum table_fetch fetch(void *ctx, const struct table_ask *ask, struct table_page *page)
{
	return whole_fetch(&((struct settings *)ctx)->whole, ask, page);
}

static const struct table_ops table_ops = {
	.cols = columns,
	.count = ARRAY_SIZE(columns),
	.fetch = fetch,
};

static void fill(struct settings *v)
{
	whole_begin(&v->whole);
	for (size_t i = 0; i < ARRAY_SIZE(settings); i++)
		if (!settings[i].shown || settings[i].shown(v))
			whole_add(&v->whole, (int64_t)i + 1, &settings[i]);
}

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct settings *v = settings_of(view);

	(void)arg;
	(void)err;
	v->desk = desk_of(view);
	thresholds_init(&v->thresholds, v->desk);
	list_init(&v->list, &table_ops, v, NULL);
	fill(v);
	view->list = &v->list;
	return true;
}

static unsigned on_reload(struct view *view)
{
	fill(settings_of(view));
	table_reload(&settings_of(view)->list.table);
	return STALE_PAINT;
}

static void on_close(struct view *view)
{
	struct settings *v = settings_of(view);

	thresholds_release(&v->thresholds);
	list_release(&v->list);
	whole_release(&v->whole);
}

static unsigned on_act(struct view *view, enum action_id action)
{
	struct settings *v = settings_of(view);
	const struct setting *setting = table_row(&v->list.table);

	if (action != ACT_OPEN || !setting)
		return STALE_PASS;
	return setting->change(v);
}

static const struct view_action settings_actions[] = {
	{ ACT_OPEN, N_("Change") },
};

const struct view_ops settings_view = {
	.name = "settings",
	.title = N_("Settings"),
	.size = sizeof(struct settings),
	.actions = settings_actions,
	.action_count = ARRAY_SIZE(settings_actions),
	.open = on_open,
	.close = on_close,
	.reload = on_reload,
	.act = on_act,
};
