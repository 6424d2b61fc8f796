/*
 * What a campaign came to, as figures with their words: the same on its screen and on the
 * page that is printed. Main thread.
 */
#ifndef CAMPAIGN_REPORT_H
#define CAMPAIGN_REPORT_H

#include "campaign_cells.h"

/* A step from the choice to the click. */
struct report_step {
	const char *label; /* translated */
	int64_t n, of;	   /* `of` 0: no rate */
	bool told;	   /* false: nobody can know */
	enum role role;
};

#define REPORT_STEPS 7
void report_steps(const struct campaign_card *card, struct report_step out[REPORT_STEPS]);

/* Cost, revenue, return: "" of what is not known. */
struct report_pair {
	char label[96], value[64];
	enum role role;
};

#define REPORT_PAIRS 8
/* `m` NULL: it is not known yet. Returns how many. */
int report_pairs(const struct desk *d, const struct campaign_card *card,
	const struct campaign_metrics *m, struct report_pair out[REPORT_PAIRS]);

/* How many were left out, came back or failed, by why. */
void report_reasons(const struct campaign_card *card, int64_t out[MESSAGE_REASON_COUNT]);

/* "! Paused · too many errors in a row", "● Under way · resumes at 14:32 (limit of Orange)". */
void report_state(struct strbuf *out, const struct desk *d, const struct campaign_card *card);

#endif
