/*
 * One customer: who it is, why its score is what it is, what it owes, what was
 * said. Pushed with its id (an int64_t).
 */
#ifndef CUSTOMER_VIEW_H
#define CUSTOMER_VIEW_H

#include "view.h"

extern const struct view_ops customer_view;

#endif
