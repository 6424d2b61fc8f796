#include "send_rules_view.h"

#include "cells.h"
#include "i18n.h"
#include "list.h"
#include "num.h"
#include "provider_words.h"
#include "settings.h"
#include "whole.h"

/* A line: a provider in its place, or a setting. */
struct rule_line {
	bool is_place;
	enum channel channel;
	bool abroad;
	int place; /* from 0 */
	enum provider_name name;
	const struct provider_card *card;
	enum setting setting;
	const char *value;
};

struct send_rules {
	struct view view;
	struct desk *desk;
	struct list list;
	struct whole rows;
	enum setting asked;
};

static struct send_rules *rules_of(struct view *view)
{
	return (struct send_rules *)view;
}

/* --- the list ------------------------------------------------------------ */

static void add_group(const struct send_rules *v, const struct rule_line *line, struct strbuf *out)
{
	strbuf_adds(out, _(channel_label(line->channel)));
	if (line->channel != CHANNEL_SMS)
		return;
	if (line->abroad)
		strbuf_addf(out, " · %s", _("abroad"));
	else if (v->desk->country)
		strbuf_addf(out, " · %s", _(v->desk->country->name));
}

static void draw_what(void *ctx, const void *row, struct table_cell *cell)
{
	const struct rule_line *line = row;

	if (!line->is_place) {
		strbuf_adds(cell->text, _(setting_label(line->setting)));
		return;
	}
	add_group(ctx, line, cell->text);
	/* TRANSLATORS: the place of a provider in the order in which they are tried. */
	strbuf_addf(cell->text, _(" · choice %d"), line->place + 1);
}

static void draw_value(void *ctx, const void *row, struct table_cell *cell)
{
	const struct rule_line *line = row;
	struct strbuf state = STRBUF_INIT_MAX(512);
	struct provider_words words;

	if (!line->is_place) {
		strbuf_adds(cell->text, line->value);
		if (!*line->value)
			cell_none(cell);
		return;
	}
	words = provider_words(&state, ((struct send_rules *)ctx)->desk, line->card);
	strbuf_addf(cell->text, "%s %s %s", _(provider_name_label(line->name)),
		cell->look->glyphs[words.sign], state.buf);
	cell->role = words.role == ROLE_GOOD ? ROLE_NORMAL : words.role;
	strbuf_release(&state);
}

static const struct table_col columns[] = {
	{ .name = "what",
		.title = N_("Setting"),
		.min = 40,
		.max = 64,
		.cell = draw_what,
		.name_of = true },
	{ .name = "value", .title = N_("Now"), .min = 30, .max = 60, .cell = draw_value },
};

static enum table_fetch fetch(void *ctx, const struct table_ask *ask, struct table_page *page)
{
	return whole_fetch(&((struct send_rules *)ctx)->rows, ask, page);
}

static void details(void *ctx, const void *row, struct strbuf *out)
{
	const struct rule_line *line = row;

	(void)ctx;
	if (line->is_place)
		strbuf_adds(out, _("The next one is taken when one is down, full or refuses the "
				   "account."));
	else
		strbuf_adds(out, _(setting_label(line->setting)));
}

static const struct table_ops table_ops = {
	.cols = columns, .count = ARRAY_SIZE(columns), .fetch = fetch, .details = details
};

/* A place keeps its id while another provider comes to it: the cursor goes along with
 * the provider. */
static int64_t place_id(const struct rule_line *line)
{
	return 1000 + line->channel * 100 + line->abroad * 50 + line->name;
}

static bool read_order(struct send_rules *v, const struct provider_card *cards,
	enum channel channel, bool abroad, struct err *err)
{
	enum provider_name names[PROVIDER_COUNT];
	int n;

	if (!providers_order(v->desk->s, channel, abroad, names, &n, err))
		return false;
	for (int i = 0; i < n; i++) {
		struct rule_line *line = arena_zalloc(&v->rows.arena, 1, sizeof(*line));

		*line = (struct rule_line){ .is_place = true,
			.channel = channel,
			.abroad = abroad,
			.place = i,
			.name = names[i],
			.card = &cards[names[i]] };
		whole_add(&v->rows, place_id(line), line);
	}
	return true;
}

static bool read_settings(struct send_rules *v, struct err *err)
{
	struct strbuf value = STRBUF_INIT_MAX(512);
	bool ok = true;

	for (int i = 0; ok && i < SETTING_COUNT; i++) {
		struct rule_line *line = arena_zalloc(&v->rows.arena, 1, sizeof(*line));
		int64_t n, least, most;

		strbuf_clear(&value);
		line->setting = (enum setting)i;
		ok = settings_text(v->desk->s, line->setting, &value, err);
		if (setting_number_bounds(line->setting, &least, &most) &&
			num_parse_i64(value.buf, least, most, &n)) {
			strbuf_clear(&value);
			cell_count(&value, v->desk, n);
		}
		line->value = arena_strdup(&v->rows.arena, value.buf);
		whole_add(&v->rows, i + 1, line);
	}
	strbuf_release(&value);
	return ok;
}

static bool read_all(struct send_rules *v, struct err *err)
{
	struct provider_card *cards;

	whole_begin(&v->rows);
	cards = arena_zalloc(&v->rows.arena, PROVIDER_COUNT, sizeof(*cards));
	if (!providers_list(v->desk->s, &v->rows.arena, cards, err) ||
		!read_order(v, cards, CHANNEL_EMAIL, false, err) ||
		!read_order(v, cards, CHANNEL_SMS, false, err) ||
		!read_order(v, cards, CHANNEL_SMS, true, err) || !read_settings(v, err))
		return false;
	table_total(&v->list.table, (int64_t)v->rows.rows.len, true);
	return true;
}

/* --- changing ------------------------------------------------------------ */

static unsigned move(struct send_rules *v, int by)
{
	const struct rule_line *line = table_row(&v->list.table);
	enum provider_name names[PROVIDER_COUNT], kept;
	struct strbuf words = STRBUF_INIT_MAX(512);
	struct err err = ERR_INIT;
	int n, to;
	bool ok;

	if (!line || !line->is_place)
		return ui_say(v->view.ui, "%s", _("Only providers have an order."));
	to = line->place + by;
	if (!providers_order(v->desk->s, line->channel, line->abroad, names, &n, &err))
		return ui_error(v->view.ui, &err);
	if (to < 0 || to >= n)
		return STALE_NONE;
	kept = names[to];
	names[to] = names[line->place];
	names[line->place] = kept;
	for (int i = 0; i < n; i++)
		strbuf_addf(&words, "%s%s", i ? "," : "", provider_name_word(names[i]));
	ok = providers_order_set(v->desk->s, line->channel, line->abroad, words.buf, &err);
	strbuf_release(&words);
	return ok ? STALE_RELOAD : ui_error(v->view.ui, &err);
}

static unsigned put_back(struct send_rules *v)
{
	const struct rule_line *line = table_row(&v->list.table);
	struct err err = ERR_INIT;

	if (!providers_order_set(v->desk->s, line->channel, line->abroad, "", &err))
		return ui_error(v->view.ui, &err);
	return STALE_RELOAD;
}

enum { PLACE_UP, PLACE_DOWN, PLACE_BACK };

static unsigned on_place(void *ctx, const struct answer *answer)
{
	struct send_rules *v = ctx;
	const struct rule_line *line = table_row(&v->list.table);

	if (!line || !line->is_place || answer->value == ANSWER_NONE)
		return STALE_PAINT;
	if (answer->value == PLACE_BACK)
		return put_back(v);
	return move(v, answer->value == PLACE_UP ? -1 : 1);
}

static unsigned ask_place(struct send_rules *v, const struct rule_line *line)
{
	const struct menu_item items[] = {
		{ .letter = 'k', .label = _("Move up"), .value = PLACE_UP, .off = !line->place },
		{ .letter = 'j', .label = _("Move down"), .value = PLACE_DOWN },
		{ .letter = 'b', .label = _("The program's own order"), .value = PLACE_BACK },
	};
	const struct menu_spec spec = { .title = _(provider_name_label(line->name)),
		.items = items,
		.count = ARRAY_SIZE(items),
		.current = line->place ? PLACE_UP : PLACE_DOWN };

	return ui_menu(v->view.ui, &spec, on_place, v);
}

static unsigned ask_setting(struct send_rules *v, const char *typed);

static unsigned on_setting(void *ctx, const struct answer *answer)
{
	struct send_rules *v = ctx;
	struct strbuf value = STRBUF_INIT_MAX(256);
	struct err err = ERR_INIT;
	unsigned stale = STALE_RELOAD;

	if (answer->value != 0)
		return STALE_PAINT;
	strbuf_adds(&value, answer->text);
	strbuf_trim(&value);
	if (!settings_set(v->desk->s, v->asked, value.buf, &err))
		stale = err.code == ERR_INVALID ? ask_setting(v, value.buf)
						: ui_error(v->view.ui, &err);
	strbuf_release(&value);
	return stale;
}

static unsigned ask_setting(struct send_rules *v, const char *typed)
{
	const char *buttons[] = { _("Keep it"), _("Cancel") };
	struct dialog_spec spec = { .title = _("Order and limits"),
		.buttons = buttons,
		.count = ARRAY_SIZE(buttons),
		.ask = true,
		.max = 159,
		.initial = typed };
	struct strbuf text = STRBUF_INIT_MAX(512);
	int64_t least, most;

	strbuf_adds(&text, _(setting_label(v->asked)));
	if (setting_number_bounds(v->asked, &least, &most)) {
		struct strbuf from = STRBUF_INIT_MAX(32), to = STRBUF_INIT_MAX(32);

		cell_count(&from, v->desk, least);
		cell_count(&to, v->desk, most);
		strbuf_adds(&text, "\n");
		/* TRANSLATORS: the least and the largest number that may be typed. */
		strbuf_addf(&text, _("A whole number, %s to %s."), from.buf, to.buf);
		strbuf_release(&from);
		strbuf_release(&to);
	}
	spec.text = text.buf;
	spec.label = _("Value");
	ui_dialog(v->view.ui, &spec, on_setting, v);
	strbuf_release(&text);
	return STALE_PAINT;
}

static unsigned change(struct send_rules *v)
{
	const struct rule_line *line = table_row(&v->list.table);
	struct strbuf value = STRBUF_INIT_MAX(512);
	struct err err = ERR_INIT;
	unsigned stale;

	if (!line)
		return STALE_NONE;
	if (!session_may(v->desk->s, RIGHT_SETTINGS, &err))
		return ui_error(v->view.ui, &err);
	if (line->is_place)
		return ask_place(v, line);
	v->asked = line->setting;
	if (settings_text(v->desk->s, v->asked, &value, &err))
		stale = ask_setting(v, value.buf);
	else
		stale = ui_error(v->view.ui, &err);
	strbuf_release(&value);
	return stale;
}

/* --- the screen ---------------------------------------------------------- */

static void on_close(struct view *view)
{
	struct send_rules *v = rules_of(view);

	list_release(&v->list);
	whole_release(&v->rows);
}

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct send_rules *v = rules_of(view);

	(void)arg;
	v->desk = desk_of(view);
	list_init(&v->list, &table_ops, v, NULL);
	if (read_all(v, err)) {
		view->list = &v->list;
		return true;
	}
	on_close(view);
	return false;
}

static unsigned on_reload(struct view *view)
{
	struct send_rules *v = rules_of(view);
	struct err err = ERR_INIT;

	if (!read_all(v, &err))
		return ui_error(view->ui, &err);
	table_reload(&v->list.table);
	return STALE_PAINT;
}

static unsigned on_act(struct view *view, enum action_id action)
{
	struct send_rules *v = rules_of(view);

	switch ((int)action) {
	case ACT_OPEN:
		return change(v);
	case ACT_EARLIER:
		return move(v, -1);
	case ACT_LATER:
		return move(v, 1);
	}
	return STALE_PASS;
}

static const struct view_action rules_actions[] = {
	{ ACT_OPEN, N_("Change") },
	{ ACT_EARLIER, NULL },
	{ ACT_LATER, NULL },
};

const struct view_ops send_rules_view = {
	.name = "send-rules",
	.title = N_("Sending: order and limits"),
	.size = sizeof(struct send_rules),
	.actions = rules_actions,
	.action_count = ARRAY_SIZE(rules_actions),
	.open = on_open,
	.close = on_close,
	.reload = on_reload,
	.act = on_act,
};
