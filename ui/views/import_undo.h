/*
 * Taking an import back as a whole, beside the screens: asks, does it, and says
 * which rows were kept because somebody changed them since. Main thread.
 */
#ifndef IMPORT_UNDO_H
#define IMPORT_UNDO_H

#include "desk.h"
#include "import_run.h"

/* The question, in the struct of the screen that asks it. */
struct import_undo {
	struct desk *d;
	int64_t id;
};

unsigned import_undo_ask(struct import_undo *q, struct desk *d, const struct import_run *run);
/* Does it, or goes on with one that was cut short. */
unsigned import_undo_start(struct desk *d, int64_t id);
/* The `u` of the message that an import has ended. */
unsigned import_undo_by_key(struct ui *ui, void *ctx, int64_t id);
bool import_undo_any(const struct desk *d);

#endif
