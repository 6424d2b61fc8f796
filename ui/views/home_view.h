/*
 * The first screen: what is to be done, what happened since the last visit, the
 * customers in figures. Every line opens the list behind it.
 */
#ifndef HOME_VIEW_H
#define HOME_VIEW_H

#include "view.h"

extern const struct view_ops home_view;

#endif
