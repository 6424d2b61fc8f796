/*
 * How the columns of an import are understood: proposed from their headers or as
 * the last time, changed by hand, and whatever else a person must say. Pushed with
 * a struct import_work, of which it takes a hold.
 */
#ifndef IMPORT_COLUMNS_H
#define IMPORT_COLUMNS_H

#include "view.h"

extern const struct view_ops import_columns_view;

#endif
