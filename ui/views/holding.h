/*
 * How sending is, in the status line of every screen: how far, why it waits and until
 * when, or that it was paused. Main thread.
 */
#ifndef HOLDING_H
#define HOLDING_H

#include "desk.h"

/* Says it anew, and returns what became stale: after a change of the store, never per key. */
unsigned holding_show(struct desk *d);

#endif
