/*
 * An import being done: how far it is, how fast, what is left. Esc stops it; leaving
 * the screen leaves it going on. In the end its result takes the place of all the
 * screens of this import. Pushed with a struct import_work, of which it takes a hold.
 */
#ifndef IMPORT_GOING_H
#define IMPORT_GOING_H

#include "view.h"

extern const struct view_ops import_going_view;

#endif
