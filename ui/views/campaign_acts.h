/*
 * What can be done with one campaign wherever it is shown: pause, go on, stop for good,
 * duplicate, delete a draft. A screen has one of these; what cannot be called back is
 * said before it is asked. Main thread.
 */
#ifndef CAMPAIGN_ACTS_H
#define CAMPAIGN_ACTS_H

#include "campaigns.h"
#include "desk.h"

struct campaign_acts {
	struct desk *desk;
	/* what the box is about */
	int64_t id;
	char name[CAMPAIGN_NAME_MAX + 1];
	enum campaign_status status;
	enum campaign_cause cause;
};

/* Everything below that may be done with it now. `c` is *borrowed for* the call. */
unsigned campaign_acts_menu(struct campaign_acts *a, const struct campaign *c);
unsigned campaign_acts_pause(struct campaign_acts *a, const struct campaign *c);
/* Asks for the decision that its cause wants. */
unsigned campaign_acts_resume(struct campaign_acts *a, const struct campaign *c);
unsigned campaign_acts_stop(struct campaign_acts *a, const struct campaign *c);
unsigned campaign_acts_duplicate(struct campaign_acts *a, const struct campaign *c);
unsigned campaign_acts_delete(struct campaign_acts *a, const struct campaign *c);

/* A draft's screen, or what came of one that was launched. */
unsigned campaign_open(struct desk *d, int64_t id, enum campaign_status status);

#endif
