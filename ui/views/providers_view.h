/*
 * The company's accounts at providers: how each is, what it took this hour, when it was
 * tested.
 */
#ifndef PROVIDERS_VIEW_H
#define PROVIDERS_VIEW_H

#include "view.h"

extern const struct view_ops providers_view;

#endif
