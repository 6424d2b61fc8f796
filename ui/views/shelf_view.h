/* A user's own lists: customers opened lately, and favourites. */
#ifndef SHELF_VIEW_H
#define SHELF_VIEW_H

#include "view.h"

extern const struct view_ops recent_view;
extern const struct view_ops favourites_view;

#endif
