/*
 * What comes of one campaign: how far it is and why it waits, its funnel, what it cost
 * and brought in, when it went, and the lists of its messages, which Enter opens. The
 * argument is its id, a const int64_t *.
 */
#ifndef CAMPAIGN_VIEW_H
#define CAMPAIGN_VIEW_H

#include "view.h"

extern const struct view_ops campaign_view;

#endif
