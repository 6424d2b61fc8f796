#include "table.h"

#include "i18n.h"
#include "table_window.h"
#include "words.h"

#define GAP 1
#define MARKER 2 /* cells in front of a row: the cursor's sign and the mark's */
#define SCROLLBAR 1

void table_init(struct table *t, const struct table_ops *ops, void *ctx)
{
	*t = (struct table){ .ops = ops, .ctx = ctx, .total = -1, .first = -1, .sort = -1 };
	t->moved_ms = 0;
	t->shown = mem_zalloc(ops->count, sizeof(*t->shown));
	t->widths = mem_zalloc(ops->count, sizeof(*t->widths));
	strbuf_init(&t->details, 4096);
	strbuf_init(&t->place, 64);
	table_choose(t, "");
}

void table_release(struct table *t)
{
	window_release(t);
	vec_release(&t->marked);
	free(t->shown);
	free(t->widths);
	strbuf_release(&t->details);
	strbuf_release(&t->place);
}

void table_restart(struct table *t)
{
	t->keep_id = 0;
	t->keep_row = 0;
	t->total = -1;
	t->centre = false;
	t->moved_ms = 0;
	t->started = false;
}

void table_reload(struct table *t)
{
	size_t top = t->top;

	t->moved_ms = 0;
	if (!t->started || !t->rows.len) {
		t->started = false;
		return;
	}
	t->centre = false;
	t->keep_id = t->rows.items[t->cursor].id;
	t->keep_row = t->cursor - top;
	if (t->at_start && top == 0)
		window_ask(t, TABLE_FROM_START, NULL, 0);
	else
		window_ask(t, TABLE_AT, t->rows.items[top].row, t->rows.items[top].id);
}

void table_show(struct table *t, int64_t id, const void *row)
{
	t->keep_id = id;
	t->keep_row = 0;
	t->centre = true;
	t->moved_ms = 0;
	window_ask(t, TABLE_AT, row, id);
}

void table_total(struct table *t, int64_t total, bool exact)
{
	t->total = total;
	t->total_exact = exact;
	if (t->at_end && total >= (int64_t)t->rows.len && exact)
		t->first = total - (int64_t)t->rows.len;
	t->moved_ms = t->moved_ms < 0 ? 0 : t->moved_ms;
}

void table_sort(struct table *t, int col, bool down)
{
	const void *row = table_row(t);

	t->sort = col;
	t->down = down;
	if (row && t->rows.items[t->cursor].id)
		table_show(t, t->rows.items[t->cursor].id, row);
	else
		table_restart(t);
}

const void *table_row(const struct table *t)
{
	return t->cursor < t->rows.len ? t->rows.items[t->cursor].row : NULL;
}

int64_t table_id(const struct table *t)
{
	return t->cursor < t->rows.len ? t->rows.items[t->cursor].id : 0;
}

int64_t table_position(const struct table *t)
{
	return t->first >= 0 && t->rows.len ? t->first + (int64_t)t->cursor : -1;
}

void table_page_add(struct table_page *page, int64_t id, const void *row)
{
	struct table_row added = { id, row };

	vec_push(&page->rows, added);
}

/* --- moves --------------------------------------------------------------- */

static void page_step(struct table *t, int64_t by)
{
	size_t was = t->cursor - t->top;

	window_step(t, by);
	t->top = t->cursor > was ? t->cursor - was : 0;
}

static void go_top(struct table *t)
{
	if (t->at_start) {
		t->cursor = t->top = 0;
		return;
	}
	t->keep_id = 0;
	t->keep_row = 0;
	window_ask(t, TABLE_FROM_START, NULL, 0);
}

static void go_bottom(struct table *t)
{
	if (t->at_end)
		t->cursor = t->rows.len ? t->rows.len - 1 : 0;
	else
		window_ask(t, TABLE_FROM_END, NULL, 0);
}

unsigned table_move(struct table *t, enum table_move move, int64_t now)
{
	int64_t page = t->height > 1 ? t->height - 1 : 1;
	int64_t id = table_id(t);
	size_t top = t->top;

	if (!t->rows.len)
		return STALE_NONE;
	switch (move) {
	case TABLE_UP:
		window_step(t, -1);
		break;
	case TABLE_DOWN:
		window_step(t, 1);
		break;
	case TABLE_PAGE_UP:
		page_step(t, -page);
		break;
	case TABLE_PAGE_DOWN:
		page_step(t, page);
		break;
	case TABLE_TOP:
		go_top(t);
		break;
	case TABLE_BOTTOM:
		go_bottom(t);
		break;
	}
	if (table_id(t) == id && t->top == top)
		return STALE_NONE;
	t->moved_ms = now;
	return STALE_PAINT;
}

int table_header_at(const struct table *t, int y, int x)
{
	int at = t->drawn.x + MARKER;

	if (y != t->drawn.y - 1)
		return -1;
	for (size_t i = 0; i < t->ops->count; i++) {
		if (!t->widths[i])
			continue;
		if (x >= at && x < at + t->widths[i])
			return (int)i;
		at += t->widths[i] + GAP;
	}
	return -1;
}

unsigned table_mouse(struct table *t, const struct mouse *m, int64_t now)
{
	size_t index = t->top + (size_t)(m->y - t->drawn.y);

	if (m->what == MOUSE_WHEEL_UP || m->what == MOUSE_WHEEL_DOWN) {
		page_step(t, m->what == MOUSE_WHEEL_UP ? -3 : 3);
	} else if (m->what == MOUSE_PRESS && rect_has(t->drawn, m->y, m->x) &&
		   index < t->rows.len) {
		t->cursor = index;
	} else {
		return STALE_PASS;
	}
	t->moved_ms = now;
	return STALE_PAINT;
}

/* --- marks --------------------------------------------------------------- */

/* Where `id` is or belongs in the sorted list. */
static size_t mark_place(const struct table *t, int64_t id)
{
	size_t low = 0, high = t->marked.len;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (t->marked.items[mid] < id)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static bool listed(const struct table *t, int64_t id, size_t *place)
{
	*place = mark_place(t, id);
	return *place < t->marked.len && t->marked.items[*place] == id;
}

bool table_is_marked(const struct table *t, int64_t id)
{
	size_t place;

	return listed(t, id, &place) != t->mark_all;
}

unsigned table_mark(struct table *t)
{
	int64_t id = table_id(t);
	size_t place, after;

	if (!t->rows.len)
		return STALE_NONE;
	if (listed(t, id, &place)) {
		after = t->marked.len - place - 1;
		memmove(t->marked.items + place, t->marked.items + place + 1,
			after * sizeof(*t->marked.items));
		t->marked.len--;
		return STALE_PAINT;
	}
	vec_push(&t->marked, id);
	after = t->marked.len - place - 1;
	memmove(t->marked.items + place + 1, t->marked.items + place,
		after * sizeof(*t->marked.items));
	t->marked.items[place] = id;
	return STALE_PAINT;
}

unsigned table_mark_all(struct table *t)
{
	bool all = !(t->mark_all && t->marked.len == 0);

	table_unmark(t);
	t->mark_all = all;
	return STALE_PAINT;
}

void table_unmark(struct table *t)
{
	t->marked.len = 0;
	t->mark_all = false;
}

int64_t table_marks(const struct table *t)
{
	if (!t->mark_all)
		return (int64_t)t->marked.len;
	return t->total >= 0 ? t->total - (int64_t)t->marked.len : -1;
}

/* --- columns ------------------------------------------------------------- */

static bool in_list(const char *names, const char *name)
{
	size_t len = strlen(name);

	while (*names) {
		size_t n = strcspn(names, ",");

		if (n == len && !memcmp(names, name, n))
			return true;
		names += n + (names[n] == ',');
	}
	return false;
}

void table_choose(struct table *t, const char *names)
{
	bool any = false;

	for (size_t i = 0; i < t->ops->count; i++) {
		const struct table_col *col = &t->ops->cols[i];

		t->shown[i] = in_list(names, col->name) || !col->priority;
		if (!col->title && i)
			t->shown[i] = t->shown[i - 1];
		any = any || (t->shown[i] && col->priority);
	}
	for (size_t i = 0; i < t->ops->count && !any; i++)
		t->shown[i] = !t->ops->cols[i].hidden;
}

void table_chosen(const struct table *t, struct strbuf *names)
{
	for (size_t i = 0; i < t->ops->count; i++)
		if (t->shown[i] && t->ops->cols[i].title)
			strbuf_addf(names, "%s%s", names->len ? "," : "", t->ops->cols[i].name);
}

static void place_columns(struct table *t, int width)
{
	struct layout_col *wants = mem_zalloc(t->ops->count, sizeof(*wants));
	bool lonely = false;

	for (size_t i = 0; i < t->ops->count; i++) {
		const struct table_col *col = &t->ops->cols[i];

		wants[i] = (struct layout_col){ col->min, col->max, col->priority, !t->shown[i] };
	}
	layout_columns(wants, t->ops->count, width, GAP, t->widths);
	/* A sign whose column found no place leaves its own to the others. */
	for (size_t i = 1; i < t->ops->count; i++)
		if (!t->ops->cols[i].title && !t->widths[i - 1] && t->widths[i])
			wants[i].off = lonely = true;
	if (lonely)
		layout_columns(wants, t->ops->count, width, GAP, t->widths);
	free(wants);
}

/* --- drawing ------------------------------------------------------------- */

static void draw_aligned(struct canvas *c, int y, int x, int w, enum table_align align,
	enum role role, const char *text)
{
	if (align == ALIGN_RIGHT)
		draw_right(c, y, x, w, role, text);
	else if (align == ALIGN_MIDDLE)
		draw_middle(c, y, x, w, role, text);
	else
		draw_text(c, y, x, w, role, text);
}

static void draw_header(struct table *t, struct canvas *c, int y, int x)
{
	struct strbuf title = STRBUF_INIT;

	for (size_t i = 0; i < t->ops->count; i++) {
		const struct table_col *col = &t->ops->cols[i];

		if (!t->widths[i])
			continue;
		strbuf_clear(&title);
		if (col->title)
			strbuf_adds(&title, _(col->title));
		if (t->sort == (int)i)
			strbuf_adds(&title, draw_sign(c, t->down ? G_DOWN : G_UP));
		draw_aligned(c, y, x, t->widths[i], col->align, ROLE_TITLE, title.buf);
		x += t->widths[i] + GAP;
	}
	strbuf_release(&title);
}

static void draw_cells(
	struct table *t, struct canvas *c, int y, int x, const struct table_row *row, bool current)
{
	enum role base = t->ops->row_role ? t->ops->row_role(t->ctx, row->row) : ROLE_NORMAL;
	struct strbuf text = STRBUF_INIT_MAX(4096);

	for (size_t i = 0; i < t->ops->count; i++) {
		const struct table_col *col = &t->ops->cols[i];
		struct table_cell cell = { &text, ROLE_NORMAL, c->look, t->widths[i] };

		if (!t->widths[i])
			continue;
		strbuf_clear(&text);
		col->cell(t->ctx, row->row, &cell);
		if (cell.role == ROLE_NORMAL)
			cell.role = base;
		if (col->name_of && table_is_marked(t, row->id))
			cell.role = ROLE_MARKED;
		if (col->name_of && current)
			cell.role = ROLE_EMPHASIS;
		draw_aligned(c, y, x, t->widths[i], col->align, cell.role, text.buf);
		x += t->widths[i] + GAP;
	}
	strbuf_release(&text);
}

static void draw_row(struct table *t, struct canvas *c, int y, size_t index, bool focus)
{
	const struct table_row *row = &t->rows.items[index];
	bool current = index == t->cursor;

	if (current)
		draw_glyph(c, y, t->drawn.x, ROLE_MARKER, G_CURSOR);
	if (table_is_marked(t, row->id))
		draw_glyph(c, y, t->drawn.x + 1, ROLE_MARKED, G_MARK);
	draw_cells(t, c, y, t->drawn.x + MARKER, row, current && focus);
	if (current && focus)
		draw_cursor(c, y, t->drawn.x + MARKER);
}

/* Where the visible part is in the whole, in lines of a bar of `height`. */
static void bar_place(const struct table *t, int height, int *from, int *len)
{
	int64_t total = t->total, first = t->first >= 0 ? t->first + (int64_t)t->top : -1;

	if (first < 0 && t->ops->rank && t->rows.len)
		first = t->ops->rank(t->ctx, t->rows.items[t->top].row);
	if (total < (int64_t)t->rows.len)
		total = 4 * (int64_t)t->rows.len; /* not known yet: somewhere in a long list */
	*len = (int)(height * (int64_t)height / (total > height ? total : height));
	*len = *len < 1 ? 1 : *len;
	if (first < 0)
		first = t->at_start ? 0 : t->at_end ? total : total / 2;
	*from = total > height ? (int)(first * (height - *len) / (total - height)) : 0;
	*from = *from > height - *len ? height - *len : *from;
	if (first > 0 && *from == 0 && height > *len + 1)
		*from = 1; /* the ends are reached only at the ends */
}

static void draw_bar(struct table *t, struct canvas *c, int x)
{
	int from, len;

	if (t->at_start && t->at_end && t->rows.len <= (size_t)t->height)
		return;
	bar_place(t, t->height, &from, &len);
	for (int i = 0; i < t->height; i++)
		draw_glyph(c, t->drawn.y + i, x, ROLE_LINE,
			i >= from && i < from + len ? G_FULL : G_VLINE);
}

static void draw_empty(struct table *t, struct canvas *c, struct rect r)
{
	struct strbuf text = STRBUF_INIT_MAX(4096);

	if (t->waiting || !t->ops->empty)
		return;
	t->ops->empty(t->ctx, &text);
	r.x += MARKER;
	r.w -= MARKER + SCROLLBAR;
	draw_wrapped(c, r, ROLE_NORMAL, text.buf);
	draw_cursor(c, r.y, r.x);
	strbuf_release(&text);
}

static void note_details(struct table *t)
{
	int64_t place = table_position(t);

	strbuf_clear(&t->details);
	strbuf_clear(&t->place);
	t->moved_ms = -1;
	if (!t->rows.len)
		return;
	if (t->ops->details)
		t->ops->details(t->ctx, table_row(t), &t->details);
	if (place >= 0) {
		words_count(&t->place, place + 1);
		if (t->total >= 0)
			strbuf_addc(&t->place, '/');
	}
	if (t->total >= 0) {
		if (!t->total_exact)
			strbuf_adds(&t->place, "~");
		words_count(&t->place, t->total);
	}
}

static void draw_details(struct table *t, struct canvas *c, struct rect r, int64_t now)
{
	int used;

	if (t->moved_ms >= 0 && (!t->moved_ms || now - t->moved_ms >= TABLE_REST_MS))
		note_details(t);
	used = draw_right(c, r.y, r.x + 1, r.w - 2, ROLE_DIM, t->place.buf);
	draw_text(c, r.y, r.x + 1, r.w - 3 - used, ROLE_NORMAL, t->details.buf);
}

void table_draw(struct table *t, struct canvas *c, struct rect r, bool focus, int64_t now)
{
	struct rect header, foot = { 0, 0, 0, 0 };

	if (r.h < 2 || r.w < 8)
		return;
	header = rect_top(&r, 1);
	if (t->ops->details && r.h > 3)
		foot = rect_bottom(&r, 1);
	t->drawn = r;
	t->height = r.h;
	place_columns(t, r.w - MARKER - SCROLLBAR);
	window_settle(t);
	if (!t->rows.len) {
		draw_empty(t, c, r);
		return;
	}
	draw_header(t, c, header.y, header.x + MARKER);
	for (size_t i = t->top; i < t->rows.len && i < t->top + (size_t)r.h; i++)
		draw_row(t, c, r.y + (int)(i - t->top), i, focus);
	draw_bar(t, c, r.x + r.w - 1);
	if (foot.h)
		draw_details(t, c, foot, now);
}

int table_wait(const struct table *t, int64_t now)
{
	int64_t left = t->moved_ms + TABLE_REST_MS - now;

	if (t->moved_ms < 0 || !t->ops->details)
		return -1;
	return t->moved_ms && left > 0 ? (int)left : 0;
}
