/*
 * What one import came to: its figures, the lines it refused and why. It can be
 * gone on with where it was cut short, taken back, and its refused lines saved to
 * be corrected. Pushed with the id, an int64_t.
 */
#ifndef IMPORT_RUN_VIEW_H
#define IMPORT_RUN_VIEW_H

#include "view.h"

extern const struct view_ops import_run_view;

#endif
