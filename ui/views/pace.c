#include "pace.h"

#include "desk_event.h"

void pace_event(struct pace *p, const struct event *event)
{
	if (event->kind == EV_CHANGED)
		p->elsewhere = true;
}

bool pace_hold(struct pace *p, int64_t now)
{
	if (p->elsewhere && now - p->read_ms < p->every) {
		p->late = true;
		return true;
	}
	p->elsewhere = p->late = false;
	p->read_ms = now;
	return false;
}

int pace_wait(const struct pace *p, int64_t now)
{
	int64_t left = p->read_ms + p->every - now;

	return !p->late ? -1 : left < 0 ? 0 : (int)left;
}

bool pace_due(struct pace *p, int64_t now)
{
	return p->late && !pace_hold(p, now);
}
