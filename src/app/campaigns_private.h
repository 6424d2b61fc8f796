/* Inside the service of campaigns: what its parts share. For campaigns*.c alone. */
#ifndef CAMPAIGNS_PRIVATE_H
#define CAMPAIGNS_PRIVATE_H

#include "campaigns.h"
#include "store_campaign.h"
#include "strbuf.h"

/* The campaign of the session's company. ERR_GONE. */
bool campaign_read(struct session *s, int64_t id, struct arena *a, struct campaign *out,
	struct err *err) MUST_USE;
/* Where `act` leads it; ERR_CAMPAIGN_STATE. */
bool campaign_may(const struct campaign *c, enum campaign_act act, enum campaign_status *to,
	struct err *err) MUST_USE;
/* One line of the audit trail about it. */
bool campaign_audit(struct session *s, const char *action, int64_t id, const char *detail,
	struct err *err) MUST_USE;

/* Adds `messages` that stand in that status, and all the steps they went through. */
void funnel_add(struct campaign_funnel *f, enum message_status status, int64_t messages);
void funnel_of(const struct campaign_count *counts, int n, struct campaign_funnel *out);

#endif
