#include "fold.h"
#include "help.h"
#include "i18n.h"
#include "list.h"
#include "palette.h"
#include "ui_state.h"

#define ACTIONS_MAX 96
#define VALUE_PLACE 1000 /* in the palette: places come behind the actions */

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
	return v && v->ops->have ? have | v->ops->have(v) : have;
}

bool route_typing(struct ui *ui)
{
	struct view *v = top(ui);

	if (ui->overlay)
		return ui->overlay->typing;
	if (v && v->list && v->list->searching)
		return true;
	return v && v->ops->typing && v->ops->typing(v);
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

/* --- closing ------------------------------------------------------------- */

static void drop_overlays_of(struct ui *ui, struct view *v)
{
	while (ui->overlay && ui->overlay->owner == v) {
		struct overlay *o = ui->overlay;

		ui->overlay = o->below;
		o->ops->free(o);
	}
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

unsigned route_ask_quit(struct ui *ui)
{
	bool busy = ui->config.busy && ui->config.busy(ui->config.ctx);

	return ui_confirm(ui, _("Quit?"),
		busy ? _("Work is running: it goes on in the background until it is done.")
		     : _("Everything is saved."),
		_("Quit"), on_quit, ui);
}

static unsigned close_top(struct ui *ui)
{
	struct view *v = top(ui);
	unsigned stale = v->ops->leave ? v->ops->leave(v) : STALE_POP;

	if (!(stale & STALE_POP))
		return stale;
	drop_overlays_of(ui, v);
	return ui_close(ui, v);
}

static unsigned act_close(struct ui *ui)
{
	if (stack_depth(&ui->stack) > 1)
		return close_top(ui);
	if (ui->config.busy && ui->config.busy(ui->config.ctx))
		return route_ask_quit(ui);
	ui->result = UI_QUIT;
	ui->ended = true;
	return STALE_NONE;
}

/* --- lists --------------------------------------------------------------- */

static unsigned search_changed(struct view *v)
{
	return v->ops->search ? v->ops->search(v, list_search(v->list)) | STALE_PAINT : STALE_PAINT;
}

static unsigned clear_search(struct view *v)
{
	v->list->searching = false;
	if (!v->list->search.text.len)
		return STALE_PAINT;
	edit_set(&v->list->search, "");
	return search_changed(v);
}

static unsigned list_move(struct ui *ui, struct list *l, enum action_id action)
{
	static const struct {
		enum action_id id;
		enum table_move move;
	} moves[] = {
		{ ACT_UP, TABLE_UP },
		{ ACT_DOWN, TABLE_DOWN },
		{ ACT_PAGE_UP, TABLE_PAGE_UP },
		{ ACT_PAGE_DOWN, TABLE_PAGE_DOWN },
		{ ACT_TOP, TABLE_TOP },
		{ ACT_BOTTOM, TABLE_BOTTOM },
	};

	for (size_t i = 0; i < ARRAY_SIZE(moves); i++)
		if (moves[i].id == action)
			return table_move(&l->table, moves[i].move, ui->now);
	return STALE_PASS;
}

static unsigned do_sort(struct view *v, int col, bool down)
{
	if (v->ops->sort)
		return v->ops->sort(v, col, down) | STALE_PAINT;
	table_sort(&v->list->table, col, down);
	return STALE_PAINT;
}

/* Choosing the column it is ordered by already turns the order round. */
static unsigned sort_by(struct view *v, int col)
{
	struct table *t = &v->list->table;

	return do_sort(v, col, t->sort == col ? !t->down : t->ops->cols[col].align == ALIGN_RIGHT);
}

static unsigned on_sort(void *ctx, const struct answer *answer)
{
	struct view *v = ctx;

	return answer->value < 0 ? STALE_PAINT : sort_by(v, answer->value);
}

static uint32_t menu_letter(size_t i)
{
	return i < 9 ? (uint32_t)('1' + i) : i < 35 ? (uint32_t)('a' + (i - 9)) : 0;
}

static unsigned ask_sort(struct ui *ui, struct view *v)
{
	const struct table *t = &v->list->table;
	struct menu_item *items = mem_zalloc(t->ops->count, sizeof(*items));
	struct menu_spec spec = { .title = _("Sort by"), .items = items, .current = t->sort };

	for (size_t i = 0; i < t->ops->count; i++) {
		const struct table_col *col = &t->ops->cols[i];

		if (!col->sorts)
			continue;
		items[spec.count] = (struct menu_item){
			.letter = menu_letter(spec.count), .label = _(col->title), .value = (int)i
		};
		if (t->sort == (int)i)
			items[spec.count].note = draw_sign(&ui->canvas, t->down ? G_DOWN : G_UP);
		spec.count++;
	}
	ui_menu(ui, &spec, on_sort, v);
	free(items);
	return STALE_PAINT;
}

static unsigned on_columns(void *ctx, const struct answer *answer)
{
	struct view *v = ctx;
	struct table *t = &v->list->table;
	struct strbuf names = STRBUF_INIT;
	const char *at = answer->text;

	if (answer->value < 0)
		return STALE_PAINT;
	while (*at) {
		char *end;
		unsigned long i = strtoul(at, &end, 10);

		if (i < t->ops->count)
			strbuf_addf(&names, "%s%s", names.len ? "," : "", t->ops->cols[i].name);
		at = *end ? end + 1 : end;
	}
	table_choose(t, names.buf);
	strbuf_release(&names);
	return v->ops->columns ? v->ops->columns(v) | STALE_REFLOW : STALE_REFLOW;
}

static unsigned ask_columns(struct ui *ui, struct view *v)
{
	const struct table *t = &v->list->table;
	struct menu_item *items = mem_zalloc(t->ops->count, sizeof(*items));
	struct menu_spec spec = { .title = _("Columns"), .items = items, .checks = true };

	for (size_t i = 0; i < t->ops->count; i++) {
		const struct table_col *col = &t->ops->cols[i];

		if (!col->title)
			continue;
		items[spec.count] = (struct menu_item){ .letter = menu_letter(spec.count),
			.label = _(col->title),
			.value = (int)i,
			.checked = t->shown[i],
			.off = col->priority == 0 };
		spec.count++;
	}
	ui_menu(ui, &spec, on_columns, v);
	free(items);
	return STALE_PAINT;
}

static unsigned list_act(struct ui *ui, struct view *v, enum action_id action)
{
	struct list *l = v->list;

	if (action == ACT_SEARCH && l->hint) {
		l->searching = true;
		return STALE_PAINT;
	}
	if (action == ACT_SORT)
		return ask_sort(ui, v);
	if (action == ACT_COLUMNS)
		return ask_columns(ui, v);
	if (action == ACT_MARK) {
		unsigned stale = table_mark(&l->table);

		return stale | table_move(&l->table, TABLE_DOWN, ui->now);
	}
	if (action == ACT_MARK_ALL)
		return table_mark_all(&l->table);
	if (action == ACT_BACK && l->search.text.len)
		return clear_search(v);
	if (action == ACT_BACK && table_marks(&l->table)) {
		table_unmark(&l->table);
		return STALE_PAINT;
	}
	return list_move(ui, l, action);
}

static unsigned search_key(struct ui *ui, struct view *v, struct key key)
{
	struct list *l = v->list;

	switch (key.code) {
	case K_ESC:
		return clear_search(v);
	case K_ENTER:
	case K_TAB:
		l->searching = false;
		return STALE_PAINT;
	case K_UP:
		return table_move(&l->table, TABLE_UP, ui->now) | STALE_PAINT;
	case K_DOWN:
		return table_move(&l->table, TABLE_DOWN, ui->now) | STALE_PAINT;
	case K_PGUP:
		return table_move(&l->table, TABLE_PAGE_UP, ui->now) | STALE_PAINT;
	case K_PGDN:
		return table_move(&l->table, TABLE_PAGE_DOWN, ui->now) | STALE_PAINT;
	}
	switch (edit_key(&l->search, key)) {
	case EDIT_CHANGED:
		return search_changed(v);
	case EDIT_MOVED:
	case EDIT_NOTHING:
		return STALE_PAINT;
	case EDIT_PASS:
		break;
	}
	return STALE_PASS;
}

/* --- the loop's own actions ---------------------------------------------- */

static bool goes_to_top(const struct ui_place *p, const struct view *v)
{
	return v && v->ops == p->ops;
}

static unsigned go_place(struct ui *ui, const struct ui_place *p)
{
	if (p->tab)
		return ui_go(ui, p->tab);
	return goes_to_top(p, top(ui)) ? STALE_NONE : ui_push(ui, p->ops, NULL);
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

static unsigned act_help(struct ui *ui)
{
	struct view_action list[ACTIONS_MAX];
	struct help_row rows[ACTIONS_MAX + 4];
	size_t n = route_actions(ui, list, ARRAY_SIZE(list)), count = 0;
	struct strbuf keys[ACTIONS_MAX];
	struct view *v = top(ui);
	size_t own = v ? v->ops->action_count : 0;

	for (size_t i = 0; i < n; i++) {
		strbuf_init(&keys[i], 256);
		if (i == 0 && own)
			rows[count++] = (struct help_row){ NULL, _("This screen") };
		if (i == own)
			rows[count++] = (struct help_row){ NULL, _("Everywhere") };
		keymap_keys(&ui->keys, list[i].id, &keys[i]);
		if (keys[i].len)
			rows[count++] =
				(struct help_row){ keys[i].buf, _(actions[list[i].id].help) };
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

static unsigned act_palette(struct ui *ui)
{
	struct view_action list[ACTIONS_MAX];
	struct palette_item items[2 * ACTIONS_MAX];
	struct strbuf keys[ACTIONS_MAX];
	size_t n = route_actions(ui, list, ARRAY_SIZE(list)), count = 0;
	unsigned have = route_have(ui);

	for (size_t i = 0; i < n; i++) {
		const struct action *a = &actions[list[i].id];

		strbuf_init(&keys[i], 256);
		keymap_keys(&ui->keys, list[i].id, &keys[i]);
		if (!(a->needs & ~have))
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

static unsigned own_act(struct ui *ui, enum action_id action)
{
	if (action >= ACT_SCREEN_1 && action <= ACT_SCREEN_8)
		return ui_go(ui, (int)(action - ACT_SCREEN_1) + 1);
	if (action == ACT_BACK)
		return stack_depth(&ui->stack) > 1 ? close_top(ui) : STALE_NONE;
	if (action == ACT_CLOSE)
		return act_close(ui);
	if (action == ACT_QUIT)
		return route_ask_quit(ui);
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
		return STALE_NONE; /* SIGCONT paints everything */
	}
	return STALE_PASS;
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
		stale = own_act(ui, action);
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
	if (stale & STALE_POP && v && stack_has(&ui->stack, v)) {
		drop_overlays_of(ui, v);
		stale |= ui_close(ui, v);
	}
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
	struct view_action list[ACTIONS_MAX];
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
		return search_key(ui, v, key);
	return v->ops->key ? v->ops->key(v, key) : STALE_PASS;
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

static unsigned paste_input(struct view *v, const struct input *in)
{
	unsigned stale = v->ops->paste ? v->ops->paste(v, in->text, in->len) : STALE_PASS;
	struct list *l = v->list;

	if (!(stale & STALE_PASS) || !l || !l->hint)
		return stale;
	if (!l->searching)
		edit_set(&l->search, "");
	l->searching = true;
	edit_paste(&l->search, in->text, in->len);
	return search_changed(v);
}

static unsigned list_mouse(struct ui *ui, struct view *v, const struct mouse *m)
{
	struct list *l = v->list;
	int col = table_header_at(&l->table, m->y, m->x);
	unsigned stale;

	if (m->what == MOUSE_PRESS && l->hint && rect_has(l->line, m->y, m->x)) {
		l->searching = true;
		edit_click(&l->search, l->line, m->y, m->x);
		return STALE_PAINT;
	}
	if (m->what == MOUSE_PRESS && col >= 0 && l->table.ops->cols[col].sorts)
		return sort_by(v, col);
	stale = table_mouse(&l->table, m, ui->now);
	if (m->again && !(stale & STALE_PASS))
		route_act(ui, ACT_OPEN);
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
			route_apply(ui, v, paste_input(v, in));
		break;
	case INPUT_MOUSE:
		mouse_input(ui, &in->mouse);
		break;
	case INPUT_NONE:
		break;
	}
}
