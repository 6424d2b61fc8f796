/*
 * The texts to begin messages from: those that come with the program and the company's
 * own.
 */
#ifndef TEMPLATES_VIEW_H
#define TEMPLATES_VIEW_H

#include "view.h"

extern const struct view_ops templates_view;

#endif
