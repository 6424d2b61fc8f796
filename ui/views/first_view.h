/*
 * The first start: a store without a company, or several and none chosen. Try
 * with invented customers, make a company, choose one, change the signs.
 */
#ifndef FIRST_VIEW_H
#define FIRST_VIEW_H

#include "view.h"

struct desk;

extern const struct view_ops first_view;

/* Makes a company of invented customers beside the screens, and opens it. */
unsigned first_demo(struct desk *d);

#endif
