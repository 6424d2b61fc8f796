#include "status.h"

#define APART 2

void status_init(struct status *s)
{
	*s = (struct status){ .role = ROLE_STATUS };
	for (int i = 0; i < STATUS_COUNT; i++)
		strbuf_init(&s->slots[i], 1024);
}

void status_release(struct status *s)
{
	for (int i = 0; i < STATUS_COUNT; i++)
		strbuf_release(&s->slots[i]);
}

bool status_set(struct status *s, enum status_slot slot, const char *text)
{
	text = text ? text : "";
	if (!strcmp(s->slots[slot].buf, text))
		return false;
	strbuf_clear(&s->slots[slot]);
	strbuf_adds(&s->slots[slot], text);
	return true;
}

void status_draw(struct status *s, struct canvas *c, struct rect r)
{
	bool shown[STATUS_COUNT] = { false };
	int room = r.w - 2, x = r.x + 1, end = r.x + r.w - 1;

	for (int i = 0; i < STATUS_COUNT; i++) {
		int w = draw_width(s->slots[i].buf);

		if (!w)
			continue;
		shown[i] = i == STATUS_MESSAGE || w <= room;
		room -= shown[i] ? w + APART : 0;
	}
	for (int i = STATUS_COUNT - 1; i > STATUS_HOLD; i--) {
		if (!shown[i])
			continue;
		end -= draw_right(c, r.y, r.x, end - r.x,
			i == STATUS_OFFLINE ? ROLE_MIDDLE : ROLE_STATUS, s->slots[i].buf);
		end -= APART;
	}
	for (int i = 0; i <= STATUS_HOLD; i++)
		if (shown[i])
			x += APART + draw_text(c, r.y, x, end - x,
					     i == STATUS_MESSAGE ? s->role : ROLE_MIDDLE,
					     s->slots[i].buf);
}
