/*
 * Messages of one campaign, each list and each state of them: whose, where to, by whom,
 * when, and why it is where it is. The argument is a const struct messages_query *.
 */
#ifndef CAMPAIGN_MESSAGES_H
#define CAMPAIGN_MESSAGES_H

#include "view.h"

extern const struct view_ops campaign_messages_view;

#endif
