#include "form.h"
#include "help.h"
#include "i18n.h"
#include "mem.h"
#include "palette.h"
#include "ui_state.h"

#define VALUE_PLACE 1000 /* in the palette: places come behind the actions */

/* --- closing ------------------------------------------------------------- */

void command_drop_box(struct ui *ui)
{
	struct overlay *o = ui->overlay;

	ui->overlay = o->below;
	ui->error_box = ui->error_box == o ? NULL : ui->error_box;
	o->ops->free(o);
}

void command_drop_boxes(struct ui *ui, struct view *v)
{
	while (ui->overlay && ui->overlay->owner == v)
		command_drop_box(ui);
}

static unsigned on_quit(void *ctx, const struct answer *answer)
{
	struct ui *ui = ctx;

	if (answer->value != 0)
		return STALE_PAINT;
	ui->result = UI_QUIT;
	ui->ended = true;
	return STALE_NONE;
}

unsigned command_ask_quit(struct ui *ui)
{
	bool busy = ui->config.busy && ui->config.busy(ui->config.ctx);

	return ui_confirm(ui, _("Quit?"),
		busy ? _("Work is running: it goes on in the background until it is done.")
		     : _("Everything is saved."),
		_("Quit"), on_quit, ui);
}

static unsigned close_top(struct ui *ui)
{
	struct view *v = ui_top(ui);
	unsigned stale = STALE_POP;

	if (v->ops->leave)
		stale = v->ops->leave(v);
	else if (v->form && form_changed(v->form))
		stale = form_ask_leave(v);
	if (!(stale & STALE_POP))
		return stale;
	return ui_close(ui, v);
}

static unsigned act_close(struct ui *ui)
{
	if (stack_depth(&ui->stack) > 1)
		return close_top(ui);
	if (ui->config.busy && ui->config.busy(ui->config.ctx))
		return command_ask_quit(ui);
	ui->result = UI_QUIT;
	ui->ended = true;
	return STALE_NONE;
}

/* --- the loop's own actions ---------------------------------------------- */

static unsigned go_place(struct ui *ui, const struct ui_place *p)
{
	if (p->tab)
		return ui_go(ui, p->tab);
	if (ui_top(ui) && ui_top(ui)->ops == p->ops)
		return STALE_NONE;
	return ui_push(ui, p->ops, NULL);
}

static unsigned on_goto(void *ctx, const struct answer *answer)
{
	struct ui *ui = ctx;

	if (answer->value < 0)
		return STALE_PAINT;
	if ((size_t)answer->value < ui->config.place_count)
		return go_place(ui, &ui->config.places[answer->value]);
	route_act(ui, ACT_TOP);
	return STALE_PAINT;
}

static unsigned ask_goto(struct ui *ui)
{
	size_t n = ui->config.place_count;
	struct menu_item *items = mem_zalloc(n + 1, sizeof(*items));
	struct menu_spec spec = { .title = _("Go to"), .items = items, .count = n + 1 };

	for (size_t i = 0; i < n; i++) {
		const struct ui_place *p = &ui->config.places[i];

		items[i] = (struct menu_item){ .letter = p->letter,
			.label = _(p->label ? p->label : p->ops->title),
			.value = (int)i };
	}
	items[n] = (struct menu_item){
		.letter = 'g', .label = _("Start of the list"), .value = (int)n
	};
	ui_menu(ui, &spec, on_goto, ui);
	free(items);
	return STALE_PAINT;
}

static unsigned act_undo(struct ui *ui)
{
	ui_undo *run = ui->undo.run;

	if (!run)
		return ui_say(ui, "%s", _("Nothing to undo."));
	ui->undo.run = NULL;
	return run(ui, ui->undo.ctx, ui->undo.id) | STALE_RELOAD;
}

static bool is_screen_key(enum action_id id)
{
	return id >= ACT_SCREEN_1 && id <= ACT_SCREEN_8;
}

/* What an action does; for the numbers of screens, the screen. NULL: there is no
 * such screen. */
static const char *help_text(const struct ui *ui, enum action_id id)
{
	if (!is_screen_key(id))
		return _(actions[id].help);
	for (int i = 0; i < ui->tabs.count; i++)
		if (ui->tabs.items[i].number == (int)(id - ACT_SCREEN_1) + 1)
			return ui->tabs.items[i].title;
	return NULL;
}

static unsigned act_help(struct ui *ui)
{
	struct view_action list[ROUTE_ACTIONS];
	struct help_row rows[ROUTE_ACTIONS + 4];
	size_t n = route_actions(ui, list, ARRAY_SIZE(list)), count = 0;
	struct strbuf keys[ROUTE_ACTIONS];
	struct view *v = ui_top(ui);
	size_t own = v ? v->ops->action_count : 0;
	const char *text;

	for (size_t i = 0; i < n; i++) {
		strbuf_init(&keys[i], 256);
		if (i == 0 && own)
			rows[count++] = (struct help_row){ NULL, _("This screen") };
		if (i == own)
			rows[count++] = (struct help_row){ NULL, _("Everywhere") };
		keymap_keys(&ui->keys, list[i].id, &keys[i]);
		text = help_text(ui, list[i].id);
		if (keys[i].len && text)
			rows[count++] = (struct help_row){ keys[i].buf, text };
	}
	ui_open(ui, help_new(v ? _(v->ops->title) : "", rows, count), NULL, NULL);
	for (size_t i = 0; i < n; i++)
		strbuf_release(&keys[i]);
	return STALE_PAINT;
}

static unsigned on_palette(void *ctx, const struct answer *answer)
{
	struct ui *ui = ctx;

	if (answer->value >= VALUE_PLACE)
		return go_place(ui, &ui->config.places[answer->value - VALUE_PLACE]);
	if (answer->value >= 0)
		route_act(ui, (enum action_id)answer->value);
	return STALE_PAINT;
}

/* Moving about is no command, and screens are found by their name. */
static bool is_command(enum action_id id)
{
	return id > ACT_PREV_PART && !is_screen_key(id);
}

static unsigned act_palette(struct ui *ui)
{
	struct view_action list[ROUTE_ACTIONS];
	struct palette_item items[2 * ROUTE_ACTIONS];
	struct strbuf keys[ROUTE_ACTIONS];
	size_t n = route_actions(ui, list, ARRAY_SIZE(list)), count = 0;
	unsigned have = route_have(ui);

	for (size_t i = 0; i < n; i++) {
		const struct action *a = &actions[list[i].id];

		strbuf_init(&keys[i], 256);
		keymap_keys(&ui->keys, list[i].id, &keys[i]);
		if (!(a->needs & ~have) && is_command(list[i].id))
			items[count++] = (struct palette_item){ a->name, _(a->help), keys[i].buf,
				(int)list[i].id };
	}
	for (size_t i = 0; i < ui->config.place_count && count < ARRAY_SIZE(items); i++) {
		const struct ui_place *p = &ui->config.places[i];

		items[count++] = (struct palette_item){ p->ops->name, _(p->ops->title), "",
			VALUE_PLACE + (int)i };
	}
	ui_open(ui, palette_new(items, count), on_palette, ui);
	for (size_t i = 0; i < n; i++)
		strbuf_release(&keys[i]);
	return STALE_PAINT;
}

unsigned command_act(struct ui *ui, enum action_id action)
{
	if (action >= ACT_SCREEN_1 && action <= ACT_SCREEN_8)
		return ui_go(ui, (int)(action - ACT_SCREEN_1) + 1);
	if (action == ACT_BACK)
		return stack_depth(&ui->stack) > 1 ? close_top(ui) : STALE_NONE;
	if (action == ACT_CLOSE)
		return act_close(ui);
	if (action == ACT_QUIT)
		return command_ask_quit(ui);
	if (action == ACT_GOTO)
		return ask_goto(ui);
	if (action == ACT_UNDO)
		return act_undo(ui);
	if (action == ACT_RELOAD)
		return STALE_RELOAD;
	if (action == ACT_HELP)
		return act_help(ui);
	if (action == ACT_PALETTE)
		return act_palette(ui);
	if (action == ACT_REDRAW) {
		term_redraw(ui->term);
		return STALE_REFLOW;
	}
	if (action == ACT_SUSPEND) {
		term_suspend(ui->term);
		return STALE_REFLOW;
	}
	return STALE_PASS;
}
