/*
 * What is to be imported: a file of the exchange folder, one whose path is typed,
 * or rows pasted from a spreadsheet.
 */
#ifndef IMPORT_PICK_H
#define IMPORT_PICK_H

#include "view.h"

extern const struct view_ops import_pick_view;

#endif
