/*
 * "Done (u Undo)": what was just written can be taken back by one key. Small
 * changes are taken back at once, large ones as work beside the screens.
 */
#ifndef UNDOING_H
#define UNDOING_H

#include "desk.h"

/* Says what was done; `u` takes back this user's newest journal, which it is. */
unsigned undoing_offer(struct desk *d, const char *fmt, ...) PRINTF(2, 3);
/* The same of a journal that may hold many rows. */
unsigned undoing_offer_many(struct desk *d, int64_t journal_id, const char *fmt, ...) PRINTF(3, 4);
/* Takes a journal back as work beside the screens. */
unsigned undoing_start(struct desk *d, int64_t journal_id);

#endif
