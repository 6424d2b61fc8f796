/*
 * Imports and their taking back that were cut short: gone on with, or offered to be
 * when the program starts. Main thread.
 */
#ifndef IMPORT_RESUME_H
#define IMPORT_RESUME_H

#include "desk.h"
#include "import_run.h"

/* Whether anybody works on an import of this store now. */
bool import_is_going_on(struct desk *d);
unsigned import_resume(struct desk *d, const struct import_run *run);
/* Asks what to do with one that was cut short, if there is one. */
unsigned import_resume_offer(struct desk *d);

#endif
