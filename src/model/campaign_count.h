/*
 * How far a campaign is: how many of its messages are in which state, and why the
 * rest waits. Values alone; any thread.
 */
#ifndef CAMPAIGN_COUNT_H
#define CAMPAIGN_COUNT_H

#include "message.h"

struct campaign_count {
	enum channel channel;
	enum message_status status;
	enum message_reason reason;
	int64_t messages, parts, cost; /* cost: hundredths of a minor unit */
};

/* Why the messages of a channel wait as a whole. */
struct campaign_wait {
	enum channel channel;
	enum message_reason reason;
	int provider;  /* enum provider_name, or -1 */
	int64_t until; /* 0: until somebody acts */
	int64_t since;
};

#endif
