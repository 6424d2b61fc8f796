#include "tabs.h"

/* Cells of all tabs when only the open one is named, or all are. */
static int tabs_width(const struct tabs *t, bool all)
{
	int w = 1;

	for (int i = 0; i < t->count; i++) {
		bool named = all || t->items[i].number == t->open;

		w += 2 + (named ? 1 + draw_width(t->items[i].title) : 0);
		w -= t->items[i].number < 0 ? 2 : 0;
	}
	return w;
}

int tabs_draw(struct tabs *t, struct canvas *c, struct rect r)
{
	bool all = tabs_width(t, true) <= r.w;
	int x = r.x;

	for (int i = 0; i < t->count; i++) {
		const struct tab *tab = &t->items[i];
		bool open = tab->number == t->open;
		enum role role = open ? ROLE_TAB_OPEN : ROLE_TAB;
		int start = x;

		if (open)
			draw_text(c, r.y, x, 1, role, "[");
		x++;
		if (tab->number > 0)
			x += draw_textf(c, r.y, x, 2, role, "%d", tab->number);
		if (tab->number > 0 && (all || open))
			x++;
		if (tab->number < 0 || all || open)
			x += draw_text(c, r.y, x, r.x + r.w - x, role, tab->title);
		if (open)
			draw_text(c, r.y, x, 1, role, "]");
		t->places[i] = (struct rect){ r.y, start, 1, x - start };
	}
	return x + 1 - r.x;
}

int tabs_at(const struct tabs *t, int y, int x)
{
	for (int i = 0; i < t->count; i++)
		if (rect_has(t->places[i], y, x))
			return t->items[i].number;
	return 0;
}
