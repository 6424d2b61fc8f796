/*
 * What the first screen says of campaigns: the last ones that were launched, messages to
 * be settled, and what went since the last visit, which is the difference to the counts
 * that were kept when it ended. Main thread.
 */
#ifndef HOME_CAMPAIGNS_H
#define HOME_CAMPAIGNS_H

#include "campaigns.h"
#include "desk.h"

#define HOME_CAMPAIGNS 3

struct home_campaigns {
	struct arena arena;
	struct campaign_line lines[HOME_CAMPAIGNS];
	int count;
	struct campaign_totals totals;
	struct campaign_totals since; /* the last visit; all 0 without one */
};

void home_campaigns_release(struct home_campaigns *h);
/* Reads it anew; nothing for whom campaigns are none of their business. */
bool home_campaigns_read(struct home_campaigns *h, struct desk *d, struct err *err) MUST_USE;
/* A head and a line for each; `index` has the cursor, -1 none. */
void home_campaigns_draw(const struct home_campaigns *h, const struct desk *d, struct canvas *c,
	struct rect r, int index);
unsigned home_campaigns_open(const struct home_campaigns *h, struct desk *d, int index);
/* The uncertain ones, of the campaign that has the first. */
unsigned home_campaigns_settle(struct desk *d);
/* At the end of a visit. */
void home_keep_visit(struct desk *d);

#endif
