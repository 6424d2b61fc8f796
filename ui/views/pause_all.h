/* `!` on every screen: pauses every sending, and lets what it paused go on again. */
#ifndef PAUSE_ALL_H
#define PAUSE_ALL_H

#include "desk.h"

unsigned pause_all(struct desk *d);
/* Whether something still is paused by it. */
bool pause_all_holds(struct desk *d);

#endif
