#include "form.h"
#include "i18n.h"
#include "list.h"
#include "ui_state.h"

#define RULES_ROWS 30
#define RULES_COLS 110
#define LEAST_ROWS 8
#define LEAST_COLS 30

static bool is_large(const struct ui *ui)
{
	return ui->canvas.rows >= RULES_ROWS && ui->canvas.cols >= RULES_COLS;
}

/* --- top ----------------------------------------------------------------- */

static void draw_company(struct ui *ui, struct rect r)
{
	draw_right(&ui->canvas, r.y, r.x, r.w - 1, ROLE_NORMAL, ui->company.buf);
}

static void draw_tabs(struct ui *ui, struct rect r)
{
	int used;

	ui->tabs.open = ui->stack.tab;
	used = tabs_draw(&ui->tabs, &ui->canvas, r);
	if (is_large(ui) && used < r.w)
		draw_company(ui, (struct rect){ r.y, r.x + used, 1, r.w - used });
}

struct rect frame_search_place(const struct ui *ui, struct rect headline)
{
	int w = ui->canvas.cols / 3;

	return rect_right(&headline, w < 20 ? 20 : w);
}

static void draw_search(struct ui *ui, struct list *l, struct rect r)
{
	struct strbuf key = STRBUF_INIT_MAX(64);

	keymap_key(&ui->keys, ACT_SEARCH, &key);
	r.x += draw_text(&ui->canvas, r.y, r.x, 3, ROLE_KEY, key.buf) + 1;
	r.w = ui->canvas.cols - 1 - r.x;
	l->line = r;
	if (l->searching || l->search.text.len)
		edit_draw(&l->search, &ui->canvas, r, l->searching, NULL);
	else
		draw_text(&ui->canvas, r.y, r.x, r.w, ROLE_DIM, _(l->hint));
	strbuf_release(&key);
}

static void draw_headline(struct ui *ui, struct view *v, struct rect r)
{
	struct strbuf text = STRBUF_INIT_MAX(1024);
	struct rect left = r;
	bool search = v->list && v->list->hint;

	if (v->ops->headline)
		v->ops->headline(v, &text);
	else
		strbuf_adds(&text, _(v->ops->title));
	if (search)
		rect_right(&left, frame_search_place(ui, r).w + 1);
	else if (!is_large(ui))
		rect_right(&left, draw_width(ui->company.buf) + 2);
	draw_text(&ui->canvas, r.y, r.x + 1, left.w - 1, ROLE_TITLE, text.buf);
	if (!search && !is_large(ui))
		draw_company(ui, r);
	strbuf_release(&text);
}

/* --- bottom -------------------------------------------------------------- */

static bool has_places(const struct ui *ui)
{
	return ui->tabs.count > 0;
}

static const char *quit_label(const struct ui *ui)
{
	return stack_depth(&ui->stack) > 1 ? _(actions[ACT_CLOSE].label)
					   : _(actions[ACT_QUIT].label);
}

static void add_key(struct ui *ui, enum action_id id, const char *label)
{
	struct strbuf key = STRBUF_INIT_MAX(64);

	keymap_key(&ui->keys, id, &key);
	if (key.len)
		keyline_add(&ui->keyline, key.buf, label, id);
	strbuf_release(&key);
}

static void fill_keyline(struct ui *ui, struct view *v)
{
	unsigned have = route_have(ui);

	keyline_clear(&ui->keyline);
	for (size_t i = 0; v && i < v->ops->action_count; i++) {
		const struct view_action *a = &v->ops->actions[i];

		if ((actions[a->id].needs & ~have) || ui->keyline.count >= KEYLINE_MAX - 2)
			continue;
		add_key(ui, a->id, _(a->label ? a->label : actions[a->id].label));
	}
	add_key(ui, ACT_HELP, _(actions[ACT_HELP].label));
	add_key(ui, ACT_CLOSE, quit_label(ui));
}

static bool works_while_typing(enum action_id id)
{
	return id == ACT_SAVE || id == ACT_INSERT_FIELD || id == ACT_TEST_SEND ||
	       id == ACT_EDITOR || id == ACT_NEXT_PERSON || id == ACT_PAGE_DOWN;
}

/* While a text is typed only these do something. */
static void fill_typing(struct ui *ui, struct view *v)
{
	unsigned have = route_have(ui);

	keyline_clear(&ui->keyline);
	for (size_t i = 0; v && i < v->ops->action_count; i++) {
		const struct view_action *a = &v->ops->actions[i];

		if (works_while_typing(a->id) && !(actions[a->id].needs & ~have))
			add_key(ui, a->id, _(a->label ? a->label : actions[a->id].label));
	}
	add_key(ui, ACT_NEXT_PART, _(actions[ACT_NEXT_PART].label));
	add_key(ui, ACT_OPEN, _("Done"));
	add_key(ui, ACT_BACK, _(actions[ACT_BACK].label));
}

static void draw_keys(struct ui *ui, struct view *v, struct rect r)
{
	struct strbuf text = STRBUF_INIT_MAX(512);

	if (ui->overlay) {
		keyline_clear(&ui->keyline);
		ui->overlay->ops->keys(ui->overlay, &text);
		draw_text(&ui->canvas, r.y, r.x + 1, r.w - 1, ROLE_KEY_WORD, text.buf);
		strbuf_release(&text);
		return;
	}
	if (route_typing(ui))
		fill_typing(ui, v);
	else
		fill_keyline(ui, v);
	keyline_draw(&ui->keyline, &ui->canvas, r);
}

static void draw_status(struct ui *ui, struct rect r)
{
	/* The message comes back when typing is over. */
	struct strbuf kept = ui->status.slots[STATUS_MESSAGE];
	bool typing = route_typing(ui);

	if (typing) {
		strbuf_init(&ui->status.slots[STATUS_MESSAGE], 0);
		status_set(&ui->status, STATUS_MESSAGE, _("Typing: every key writes"));
	}
	if (ui->banner.len)
		rect_left(&r, 1 + draw_text(&ui->canvas, r.y, r.x + 1, r.w / 2, ROLE_BANNER,
					  ui->banner.buf));
	status_draw(&ui->status, &ui->canvas, r);
	if (typing) {
		strbuf_release(&ui->status.slots[STATUS_MESSAGE]);
		ui->status.slots[STATUS_MESSAGE] = kept;
	}
}

/* --- all ----------------------------------------------------------------- */

static void draw_view(struct ui *ui, struct view *v, struct rect r)
{
	struct rect headline = rect_top(&r, 1);
	bool focus = !ui->overlay && !route_typing(ui);

	draw_headline(ui, v, headline);
	if (v->ops->draw)
		v->ops->draw(v, &ui->canvas, r);
	else if (v->form)
		form_draw(v->form, &ui->canvas, r, !ui->overlay);
	else if (v->list)
		table_draw(&v->list->table, &ui->canvas, r, focus, ui->now);
	if (v->list && v->list->hint)
		draw_search(ui, v->list, frame_search_place(ui, headline));
}

static void draw_overlays(struct ui *ui, struct overlay *o, struct rect body)
{
	if (!o)
		return;
	draw_overlays(ui, o->below, body);
	o->ops->draw(o, &ui->canvas, body);
}

void frame_draw(struct ui *ui)
{
	struct view *v = stack_top(&ui->stack);
	struct rect r, keys, status, all;

	draw_begin(&ui->canvas);
	r = (struct rect){ 0, 0, ui->canvas.rows, ui->canvas.cols };
	if (r.h < LEAST_ROWS || r.w < LEAST_COLS) {
		draw_wrapped(&ui->canvas, r, ROLE_NORMAL,
			_("This window is too small: make it 80 columns and 24 lines."));
		return;
	}
	if (has_places(ui)) {
		draw_tabs(ui, rect_top(&r, 1));
		if (is_large(ui))
			draw_hline(&ui->canvas, rect_top(&r, 1).y, 0, r.w, ROLE_LINE);
	}
	keys = rect_bottom(&r, 1);
	status = rect_bottom(&r, 1);
	if (is_large(ui))
		draw_hline(&ui->canvas, rect_bottom(&r, 1).y, 0, r.w, ROLE_LINE);
	all = r;
	if (v)
		draw_view(ui, v, r);
	draw_status(ui, status);
	draw_keys(ui, v, keys);
	draw_overlays(ui, ui->overlay, all);
}
