/* The settings: the company's, and how the screens look to this user. */
#ifndef SETTINGS_VIEW_H
#define SETTINGS_VIEW_H

#include "view.h"

extern const struct view_ops settings_view;

#endif
