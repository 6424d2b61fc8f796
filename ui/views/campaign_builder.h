/*
 * Making a campaign: its type, whom it reaches, what it says, when and with which limits,
 * and what is wrong with it before it is launched. A draft is stored at every pause in
 * typing. Main thread.
 */
#ifndef CAMPAIGN_BUILDER_H
#define CAMPAIGN_BUILDER_H

#include "desk.h"
#include "view.h"

/* `arg` is a struct builder_start, or NULL for a new campaign. */
extern const struct view_ops campaign_builder_view;

struct builder_start {
	int64_t id;	     /* a draft; 0: a new one, with what follows */
	const char *persons; /* ids with commas between; NULL none */
	const char *filter;  /* in the filter language; NULL none */
};

unsigned builder_new(struct ui *ui);
unsigned builder_open(struct ui *ui, int64_t id);

#endif
