/* The imports there were, the latest first. */
#ifndef IMPORTS_VIEW_H
#define IMPORTS_VIEW_H

#include "view.h"

extern const struct view_ops imports_view;

#endif
