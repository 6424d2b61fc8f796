/* The campaigns, newest first: how far each is and what came of it. */
#ifndef CAMPAIGNS_VIEW_H
#define CAMPAIGNS_VIEW_H

#include "view.h"

extern const struct view_ops campaigns_view;

#endif
