/*
 * Launching a campaign: its audience is frozen into one message a person, those left
 * out too, in short steps under the passing status LAUNCHING; the last transaction
 * shows all of it at once. Killed on the way, it goes on where it was, by whoever
 * launches again or sends. One thread, the session's.
 */
#ifndef LAUNCH_H
#define LAUNCH_H

#include "campaign.h"
#include "session.h"

struct launch_result {
	bool already; /* it had been launched before: nothing was done */
	enum campaign_status status;
	int64_t queued;
	int64_t left_out;
};

/*
 * Right: RIGHT_CAMPAIGNS_CHANGE. ERR_TEMPLATE, ERR_NO_TEXT where it cannot be written;
 * ERR_LAUNCH_BUSY while another program freezes it. Stopped by `p` (ERR_CANCELLED) it is
 * a draft again and no message is left.
 */
bool launch_campaign(struct session *s, int64_t id, const struct progress *p,
	struct launch_result *result, struct err *err) MUST_USE;
/* Goes on with one that was broken off, or with its discarding; *done is false while its
 * launcher lives. Stopped by `p` it stays as it is (ERR_CANCELLED). The session's company
 * must be the campaign's; asks for no right. */
bool launch_resume(struct session *s, const struct campaign *campaign, const struct progress *p,
	bool *done, struct err *err) MUST_USE;

#endif
