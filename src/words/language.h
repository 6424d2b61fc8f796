/* The language of what the program says: gettext's state, global to the process. */
#ifndef LANGUAGE_H
#define LANGUAGE_H

#include "lang.h"

/*
 * Takes the language `wish` ("fr", "en"), or the system's where it is NULL or no
 * language of ours, and returns it. It may be called again: what is drawn after
 * that is in the new one. Main thread, while no other one formats.
 */
enum lang language_choose(const char *wish);

#endif
