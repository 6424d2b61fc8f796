/*
 * An import tried out: what would come of it, which lines are refused and why.
 * Nothing is written. Pushed with a struct import_work, of which it takes a hold.
 */
#ifndef IMPORT_CHECK_H
#define IMPORT_CHECK_H

#include "view.h"

extern const struct view_ops import_check_view;

#endif
