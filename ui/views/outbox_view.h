/*
 * What is being sent, of all campaigns: how the providers are, what waits and why and until
 * when, what nobody knows about, what failed. A line is what a campaign has in one state by
 * one channel; it opens the messages.
 */
#ifndef OUTBOX_VIEW_H
#define OUTBOX_VIEW_H

#include "view.h"

extern const struct view_ops outbox_view;

#endif
