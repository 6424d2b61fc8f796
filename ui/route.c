#include "form.h"
#include "i18n.h"
#include "list.h"
#include "ui_state.h"

/* What the loop does itself when the screen does not. */
static const enum action_id always[] = {
	ACT_UP,
	ACT_DOWN,
	ACT_LEFT,
	ACT_RIGHT,
	ACT_PAGE_UP,
	ACT_PAGE_DOWN,
	ACT_TOP,
	ACT_BOTTOM,
	ACT_NEXT_PART,
	ACT_PREV_PART,
	ACT_OPEN,
	ACT_BACK,
	ACT_CLOSE,
	ACT_QUIT,
	ACT_GOTO,
	ACT_SCREEN_1,
	ACT_SCREEN_2,
	ACT_SCREEN_3,
	ACT_SCREEN_4,
	ACT_SCREEN_5,
	ACT_SCREEN_6,
	ACT_SCREEN_7,
	ACT_SCREEN_8,
	ACT_UNDO,
	ACT_RELOAD,
	ACT_HELP,
	ACT_PALETTE,
	ACT_REDRAW,
	ACT_SUSPEND,
};

static const enum action_id of_lists[] = {
	ACT_SEARCH,
	ACT_SORT,
	ACT_COLUMNS,
	ACT_MARK,
	ACT_MARK_ALL,
};

static struct view *top(struct ui *ui)
{
	return stack_top(&ui->stack);
}

/* --- what counts now ----------------------------------------------------- */

unsigned route_have(struct ui *ui)
{
	struct view *v = top(ui);
	unsigned have = ui->config.have ? ui->config.have(ui->config.ctx) : 0;

	if (ui->undo.run)
		have |= NEED_UNDO;
	if (v && v->list) {
		have |= NEED_LIST;
		have |= table_row(&v->list->table) ? NEED_ROW : 0u;
		have |= table_marks(&v->list->table) ? NEED_MARKS : 0u;
	}
	if (v && v->ops->have)
		return have | v->ops->have(v);
	return v && v->form ? have | NEED_TEXT : have;
}

bool route_typing(struct ui *ui)
{
	struct view *v = top(ui);

	if (ui->overlay)
		return ui->overlay->typing;
	if (v && v->list && v->list->searching)
		return true;
	if (v && v->ops->typing)
		return v->ops->typing(v);
	return v && v->form;
}

static void add(struct view_action *out, size_t *n, size_t max, struct view_action a)
{
	for (size_t i = 0; i < *n; i++)
		if (out[i].id == a.id)
			return;
	if (*n < max)
		out[(*n)++] = a;
}

size_t route_actions(struct ui *ui, struct view_action *out, size_t max)
{
	struct view *v = top(ui);
	size_t n = 0;

	for (size_t i = 0; v && i < v->ops->action_count; i++)
		add(out, &n, max, v->ops->actions[i]);
	for (size_t i = 0; v && v->list && i < ARRAY_SIZE(of_lists); i++)
		if (of_lists[i] != ACT_SEARCH || v->list->hint)
			add(out, &n, max, (struct view_action){ of_lists[i], NULL });
	for (size_t i = 0; i < ui->config.action_count; i++)
		add(out, &n, max, ui->config.actions[i]);
	for (size_t i = 0; i < ARRAY_SIZE(always); i++)
		add(out, &n, max, (struct view_action){ always[i], NULL });
	return n;
}

void route_act(struct ui *ui, enum action_id action)
{
	struct view *v = top(ui);
	unsigned stale = STALE_PASS;

	if (actions[action].needs & ~route_have(ui)) {
		if (action == ACT_UNDO)
			route_apply(ui, v, ui_say(ui, "%s", _("Nothing to undo.")));
		return;
	}
	if (v && v->ops->act)
		stale = v->ops->act(v, action);
	if (stale & STALE_PASS && v && v->list)
		stale = list_act(ui, v, action);
	if (stale & STALE_PASS)
		stale = command_act(ui, action);
	if (stale & STALE_PASS && ui->config.act)
		stale = ui->config.act(ui->config.ctx, ui, action);
	route_apply(ui, v, stale);
}

/* --- input --------------------------------------------------------------- */

static unsigned set_old(struct view *v, void *ctx)
{
	(void)ctx;
	v->old = true;
	return STALE_NONE;
}

void route_apply(struct ui *ui, struct view *v, unsigned stale)
{
	if (stale & STALE_RELOAD)
		stack_each(&ui->stack, set_old, NULL);
	if (stale & STALE_POP && v && stack_has(&ui->stack, v))
		stale |= ui_close(ui, v);
	if (stale & STALE_QUIT) {
		ui->result = UI_QUIT;
		ui->ended = true;
	}
	ui->stale |= stale & (STALE_PAINT | STALE_RELOAD | STALE_REFLOW);
}

static void overlay_input(struct ui *ui, const struct input *in)
{
	struct overlay *o = ui->overlay;
	unsigned stale = o->ops->input(o, in, ui->now);

	if (stale & STALE_POP) {
		ui->overlay = o->below;
		ui->error_box = ui->error_box == o ? NULL : ui->error_box;
		stale = STALE_PAINT;
		if (o->done)
			stale |= o->done(o->ctx, &o->answer);
		o->ops->free(o);
	}
	route_apply(ui, top(ui), stale);
}

/* The action a key stands for among those that count now. */
static enum action_id find_action(struct ui *ui, struct key key)
{
	struct view_action list[ROUTE_ACTIONS];
	size_t n = route_actions(ui, list, ARRAY_SIZE(list));
	unsigned have = route_have(ui);
	enum action_id found = ACT_NONE;

	for (size_t i = 0; i < n; i++) {
		if (!keymap_has(&ui->keys, (int)list[i].id, key))
			continue;
		if (!(actions[list[i].id].needs & ~have))
			return list[i].id;
		found = found == ACT_NONE ? list[i].id : found;
	}
	return found;
}

static unsigned typed(struct ui *ui, struct view *v, struct key key)
{
	if (v->list && v->list->searching)
		return list_key(ui, v, key);
	if (v->ops->key && (!v->form || v->ops->typing))
		return v->ops->key(v, key);
	return v->form ? form_screen_key(v, key) : STALE_PASS;
}

static void key_input(struct ui *ui, struct key key)
{
	struct view *v = top(ui);
	enum action_id action;

	if (v && route_typing(ui)) {
		unsigned stale = typed(ui, v, key);

		route_apply(ui, v, stale & ~(unsigned)STALE_PASS);
		if (!(stale & STALE_PASS) || key_types(key))
			return;
	}
	action = find_action(ui, key);
	if (action != ACT_NONE)
		route_act(ui, action);
}

static unsigned paste_input(struct view *v, const char *text, size_t len)
{
	unsigned stale = v->ops->paste ? v->ops->paste(v, text, len) : STALE_PASS;

	if (stale & STALE_PASS && v->form)
		stale = form_paste(v->form, text, len);
	if (stale & STALE_PASS && v->list)
		stale = list_paste(v, text, len);
	return stale;
}

static void mouse_input(struct ui *ui, const struct mouse *m)
{
	struct view *v = top(ui);
	unsigned stale = STALE_PASS;

	if (m->what == MOUSE_PRESS) {
		int tab = tabs_at(&ui->tabs, m->y, m->x);
		int action = keyline_at(&ui->keyline, m->y, m->x);

		if (tab) {
			route_apply(ui, NULL, ui_go(ui, tab));
			return;
		}
		if (action >= 0) {
			route_act(ui, (enum action_id)action);
			return;
		}
	}
	if (v && v->ops->mouse)
		stale = v->ops->mouse(v, m);
	if (stale & STALE_PASS && v && v->form)
		stale = form_mouse(v->form, m);
	if (stale & STALE_PASS && v && v->list)
		stale = list_mouse(ui, v, m);
	route_apply(ui, v, stale);
}

void route_input(struct ui *ui, const struct input *in)
{
	struct view *v = top(ui);

	if (ui->overlay) {
		overlay_input(ui, in);
		return;
	}
	switch (in->kind) {
	case INPUT_KEY:
		key_input(ui, in->key);
		break;
	case INPUT_PASTE:
		if (v)
			route_apply(ui, v, paste_input(v, in->text, in->len));
		break;
	case INPUT_MOUSE:
		mouse_input(ui, &in->mouse);
		break;
	case INPUT_NONE:
		break;
	}
}
