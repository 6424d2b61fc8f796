#include "list.h"

#include "i18n.h"
#include "mem.h"
#include "ui_state.h"

#define SEARCH_MAX 200

void list_init(struct list *l, const struct table_ops *ops, void *ctx, const char *hint)
{
	*l = (struct list){ .hint = hint };
	table_init(&l->table, ops, ctx);
	edit_init(&l->search, false, SEARCH_MAX);
}

void list_release(struct list *l)
{
	table_release(&l->table);
	edit_release(&l->search);
}

const char *list_search(const struct list *l)
{
	return edit_text(&l->search);
}

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

unsigned list_act(struct ui *ui, struct view *v, enum action_id action)
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

unsigned list_key(struct ui *ui, struct view *v, struct key key)
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

unsigned list_mouse(struct ui *ui, struct view *v, const struct mouse *m)
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

unsigned list_paste(struct view *v, const char *text, size_t len)
{
	struct list *l = v->list;

	if (!l->hint)
		return STALE_PASS;
	if (!l->searching)
		edit_set(&l->search, "");
	l->searching = true;
	edit_paste(&l->search, text, len);
	return search_changed(v);
}
