#include "keyline.h"

#define APART 2

void keyline_clear(struct keyline *k)
{
	k->count = 0;
}

void keyline_add(struct keyline *k, const char *key, const char *label, int action)
{
	struct keyline_item *item = &k->items[k->count];

	if (k->count == KEYLINE_MAX)
		return;
	snprintf(item->key, sizeof(item->key), "%s", key);
	snprintf(item->label, sizeof(item->label), "%s", label);
	item->action = action;
	k->count++;
}

static int item_width(const struct keyline_item *item)
{
	return draw_width(item->key) + 1 + draw_width(item->label);
}

void keyline_draw(struct keyline *k, struct canvas *c, struct rect r)
{
	int kept = k->count < KEYLINE_KEPT ? k->count : KEYLINE_KEPT;
	int room = r.w - 2, x = r.x + 1, head = 0;

	for (int i = k->count - kept; i < k->count; i++)
		room -= item_width(&k->items[i]) + APART;
	for (; head < k->count - kept; head++) {
		int w = item_width(&k->items[head]) + APART;

		if (room + APART < w) /* the last one needs no blanks behind it */
			break;
		room -= w;
	}
	for (int i = 0; i < k->count; i++) {
		struct keyline_item *item = &k->items[i];
		int start = x, left = r.x + r.w - x;

		item->place = (struct rect){ r.y, x, 1, 0 };
		if (i >= head && i < k->count - kept)
			continue;
		x += draw_text(c, r.y, x, left, ROLE_KEY, item->key) + 1;
		x += draw_text(c, r.y, x, left - (x - start), ROLE_KEY_WORD, item->label);
		item->place.w = x - start;
		x += APART;
	}
}

int keyline_at(const struct keyline *k, int y, int x)
{
	for (int i = 0; i < k->count; i++)
		if (rect_has(k->items[i].place, y, x))
			return k->items[i].action;
	return -1;
}
