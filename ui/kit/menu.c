#include "menu.h"

#include "i18n.h"
#include "mem.h"
#include "utf8.h"

#define LETTER_CELLS 3

struct menu {
	struct overlay base;
	char *title;
	VEC(struct menu_item) items;
	size_t cursor, top;
	bool checks;
	struct rect lines; /* of the last drawing */
	struct strbuf text;
};

static void menu_free(struct overlay *o)
{
	struct menu *m = (struct menu *)o;

	for (size_t i = 0; i < m->items.len; i++) {
		free((char *)m->items.items[i].label);
		free((char *)m->items.items[i].note);
	}
	vec_release(&m->items);
	free(m->title);
	strbuf_release(&m->text);
	free(m);
}

/* The next line that can be chosen, from `from` in direction `by`; `from` when
 * there is none. */
static size_t next_on(const struct menu *m, size_t from, int by)
{
	for (size_t i = from + (size_t)by; i < m->items.len; i += (size_t)by)
		if (!m->items.items[i].off)
			return i;
	return from;
}

static unsigned take(struct menu *m)
{
	const struct menu_item *item = m->items.items + m->cursor;

	if (!m->items.len || (item->off && !m->checks))
		return STALE_NONE;
	m->base.answer.value = item->value;
	for (size_t i = 0; m->checks && i < m->items.len; i++)
		if (m->items.items[i].checked)
			strbuf_addf(
				&m->text, "%s%d", m->text.len ? "," : "", m->items.items[i].value);
	m->base.answer.text = m->text.buf;
	return STALE_POP;
}

static unsigned toggle(struct menu *m)
{
	if (!m->checks || !m->items.len || m->items.items[m->cursor].off)
		return STALE_NONE;
	m->items.items[m->cursor].checked = !m->items.items[m->cursor].checked;
	return STALE_PAINT;
}

static unsigned by_letter(struct menu *m, uint32_t letter)
{
	for (size_t i = 0; i < m->items.len; i++) {
		if (m->items.items[i].letter != letter || m->items.items[i].off)
			continue;
		m->cursor = i;
		return m->checks ? toggle(m) : take(m);
	}
	if (letter == 'j' || letter == 'k')
		m->cursor = next_on(m, m->cursor, letter == 'j' ? 1 : -1);
	if (letter == 'q') {
		m->base.answer.value = ANSWER_NONE;
		return STALE_POP;
	}
	return STALE_PAINT;
}

static unsigned menu_key(struct menu *m, struct key key)
{
	size_t last = m->items.len ? m->items.len - 1 : 0;

	switch (key.code) {
	case K_UP:
		m->cursor = next_on(m, m->cursor, -1);
		return STALE_PAINT;
	case K_DOWN:
		m->cursor = next_on(m, m->cursor, 1);
		return STALE_PAINT;
	case K_TAB:
		m->cursor = next_on(m, m->cursor, key.mods & MOD_SHIFT ? -1 : 1);
		return STALE_PAINT;
	case K_HOME:
	case K_PGUP:
		m->cursor = m->items.len && m->items.items[0].off ? next_on(m, 0, 1) : 0;
		return STALE_PAINT;
	case K_END:
	case K_PGDN:
		m->cursor = m->items.len && m->items.items[last].off ? next_on(m, last, -1) : last;
		return STALE_PAINT;
	case K_ENTER:
		return take(m);
	case K_ESC:
		m->base.answer.value = ANSWER_NONE;
		return STALE_POP;
	case ' ':
		return toggle(m);
	}
	return key_types(key) ? by_letter(m, key.code) : STALE_NONE;
}

static unsigned menu_mouse(struct menu *m, const struct mouse *mouse)
{
	size_t index = m->top + (size_t)(mouse->y - m->lines.y);

	if (mouse->what == MOUSE_WHEEL_UP || mouse->what == MOUSE_WHEEL_DOWN) {
		m->cursor = next_on(m, m->cursor, mouse->what == MOUSE_WHEEL_UP ? -1 : 1);
		return STALE_PAINT;
	}
	if (mouse->what != MOUSE_PRESS || !rect_has(m->lines, mouse->y, mouse->x) ||
		index >= m->items.len || m->items.items[index].off)
		return STALE_NONE;
	m->cursor = index;
	return m->checks ? toggle(m) : take(m);
}

static unsigned menu_input(struct overlay *o, const struct input *in, int64_t now)
{
	struct menu *m = (struct menu *)o;

	(void)now;
	if (in->kind == INPUT_KEY)
		return menu_key(m, in->key);
	return in->kind == INPUT_MOUSE ? menu_mouse(m, &in->mouse) : STALE_NONE;
}

static int menu_width(const struct menu *m)
{
	int w = draw_width(m->title) + 6;

	for (size_t i = 0; i < m->items.len; i++) {
		const struct menu_item *item = &m->items.items[i];
		int need = 2 + LETTER_CELLS + (m->checks ? 4 : 0) + draw_width(item->label) +
			   (item->note ? 2 + draw_width(item->note) : 0) + 3;

		w = need > w ? need : w;
	}
	return w;
}

static void draw_item(struct menu *m, struct canvas *c, int y, struct rect r, size_t index)
{
	const struct menu_item *item = &m->items.items[index];
	enum role role = item->off ? ROLE_DIM : index == m->cursor ? ROLE_SELECT : ROLE_NORMAL;
	int x = r.x + 1, used = 0;

	if (index == m->cursor)
		draw_glyph(c, y, r.x, ROLE_MARKER, G_CURSOR);
	x++;
	if (item->letter) {
		struct strbuf letter = STRBUF_INIT;

		utf8_add(&letter, item->letter);
		draw_text(c, y, x, 1, ROLE_KEY, letter.buf);
		strbuf_release(&letter);
	}
	x += LETTER_CELLS - 1;
	if (m->checks)
		x += 1 + draw_text(c, y, x, 3, role, item->checked ? "[x]" : "[ ]");
	if (item->note)
		used = draw_right(c, y, x, r.x + r.w - 1 - x, ROLE_DIM, item->note) + 2;
	draw_text(c, y, x, r.x + r.w - 1 - x - used, role, item->label);
	if (index == m->cursor)
		draw_cursor(c, y, x);
}

static void menu_draw(struct overlay *o, struct canvas *c, struct rect body)
{
	struct menu *m = (struct menu *)o;
	struct rect r = overlay_place(body, (int)m->items.len + 2, menu_width(m));

	r = draw_box(c, r, m->title);
	m->lines = r;
	if (m->cursor < m->top)
		m->top = m->cursor;
	if (r.h > 0 && m->cursor >= m->top + (size_t)r.h)
		m->top = m->cursor - (size_t)r.h + 1;
	for (int i = 0; i < r.h && m->top + (size_t)i < m->items.len; i++)
		draw_item(m, c, r.y + i, r, m->top + (size_t)i);
}

static void menu_keys(const struct overlay *o, struct strbuf *out)
{
	const struct menu *m = (const struct menu *)o;

	/* TRANSLATORS: keys of a menu, as they are printed on the keyboard. */
	strbuf_adds(out, m->checks ? _("Space On/off  Enter Take  Esc Close")
				   : _("Enter Choose  Esc Close"));
}

static const struct overlay_ops menu_ops = {
	.input = menu_input,
	.draw = menu_draw,
	.keys = menu_keys,
	.free = menu_free,
};

struct overlay *menu_new(const struct menu_spec *spec)
{
	struct menu *m = mem_zalloc(1, sizeof(*m));

	m->base.ops = &menu_ops;
	m->base.answer = (struct answer){ ANSWER_NONE, "" };
	m->title = mem_strdup(spec->title ? spec->title : "");
	m->checks = spec->checks;
	strbuf_init(&m->text, 0);
	for (size_t i = 0; i < spec->count; i++) {
		struct menu_item item = spec->items[i];

		item.label = mem_strdup(item.label);
		item.note = item.note ? mem_strdup(item.note) : NULL;
		vec_push(&m->items, item);
		if (item.value == spec->current)
			m->cursor = i;
	}
	if (m->items.len && m->items.items[m->cursor].off)
		m->cursor = next_on(m, m->cursor, 1);
	return &m->base;
}
