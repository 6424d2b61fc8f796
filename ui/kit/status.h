/*
 * The status line. It keeps, in this order, as much as fits: the last message
 * (with the key that undoes it), why sending waits, offline, the time; the first
 * two at the left, the others at the right.
 */
#ifndef STATUS_H
#define STATUS_H

#include "draw.h"

enum status_slot { STATUS_MESSAGE, STATUS_HOLD, STATUS_OFFLINE, STATUS_TIME, STATUS_COUNT };

struct status {
	struct strbuf slots[STATUS_COUNT];
	enum role role; /* of the message */
};

void status_init(struct status *s);
void status_release(struct status *s);
/* NULL or "" takes it away. True when that changed something. */
bool status_set(struct status *s, enum status_slot slot, const char *text);
void status_draw(struct status *s, struct canvas *c, struct rect r);

#endif
