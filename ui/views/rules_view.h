/* The rules of the company's country: what holds, since when, by which source. */
#ifndef RULES_VIEW_H
#define RULES_VIEW_H

#include "view.h"

extern const struct view_ops rules_view;

#endif
