/* Erasing the company of invented customers, in one action. Main thread. */
#ifndef DEMO_ERASE_H
#define DEMO_ERASE_H

#include "desk.h"

/* Asks, erases it beside the screens, and opens what is left. */
unsigned demo_erase_ask(struct desk *d);

#endif
