#include "pace.h"

#include "desk_event.h"

void pace_event(struct pace *p, const struct event *event)
{
	/* What a job ended with was asked for here. */
	if (event->kind == EV_CHANGED || event->kind == EV_JOB_END)
		p->elsewhere = event->kind == EV_CHANGED;
}

static bool is_soon(const struct pace *p, int64_t now)
{
	return now - p->read_ms < p->every;
}

/* What was written elsewhere is told once: the next reloading may be for a change of our own. */
bool pace_hold(struct pace *p, int64_t now)
{
	p->late = p->elsewhere && is_soon(p, now);
	p->elsewhere = false;
	if (!p->late)
		p->read_ms = now;
	return p->late;
}

int pace_wait(const struct pace *p, int64_t now)
{
	int64_t left = p->read_ms + p->every - now;

	return !p->late ? -1 : left < 0 ? 0 : (int)left;
}

bool pace_due(struct pace *p, int64_t now)
{
	return p->late && !is_soon(p, now) && !pace_hold(p, now);
}
