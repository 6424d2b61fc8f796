#include "pace.h"

#include "desk_event.h"

void pace_event(struct pace *p, const struct event *event)
{
	/* What a job ended with was asked for here. */
	if (event->kind == EV_CHANGED || event->kind == EV_JOB_END)
		p->elsewhere = event->kind == EV_CHANGED;
}

bool pace_hold(struct pace *p, int64_t now)
{
	bool elsewhere = p->elsewhere;

	p->elsewhere = false;
	if (elsewhere && now - p->read_ms < p->every) {
		p->late = true;
		return true;
	}
	p->late = false;
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
	return pace_wait(p, now) == 0 && !pace_hold(p, now);
}
