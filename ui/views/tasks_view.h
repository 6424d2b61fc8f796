/*
 * What is to be done and when: tasks that are due, the late ones first. Enter
 * notes how the call ended.
 */
#ifndef TASKS_VIEW_H
#define TASKS_VIEW_H

#include "view.h"

extern const struct view_ops tasks_view;

#endif
