/*
 * One message: to whom, what was written, what was tried and what came back, and what
 * can be done. The argument is its id, a const int64_t *.
 */
#ifndef MESSAGE_VIEW_H
#define MESSAGE_VIEW_H

#include "view.h"

extern const struct view_ops message_view;

#endif
