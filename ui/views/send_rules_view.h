/*
 * In which order the providers of a channel are tried, how many messages go an hour, and
 * what else the company has settled about sending.
 */
#ifndef SEND_RULES_VIEW_H
#define SEND_RULES_VIEW_H

#include "view.h"

extern const struct view_ops send_rules_view;

#endif
