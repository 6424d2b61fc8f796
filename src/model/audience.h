/*
 * Who is written to, on which channel, and why somebody is left out. Asked when a
 * campaign is frozen, and again before each message leaves. Pure; any thread.
 */
#ifndef AUDIENCE_H
#define AUDIENCE_H

#include "campaign.h"
#include "kind.h"
#include "message.h"
#include "segment.h"

/* Everything about a customer that a message depends on. Texts are never NULL. */
struct person {
	int64_t id;
	uint32_t consents;
	bool anonymised;
	bool merged;
	const char *address[CHANNEL_COUNT]; /* normalised; "" none, or not valid */
	uint32_t wrong;	       /* 1 << channel: there is an address, but it cannot be one */
	uint32_t suppressed;   /* 1 << channel */
	int64_t recent;	       /* marketing messages of the last days, for the cap */
	const char *preferred; /* channels, "SMS,EMAIL" */
	const char *language;  /* "" the company's */
	const char *time_zone; /* "" the company's */
	const char *country;
	enum customer_kind kind;
	const char *name, *first_name, *firm, *city;
	int score;
	enum segment segment;
	int64_t overdue;
	const char *invoice; /* number of the oldest open one; "" */
	int32_t invoice_due; /* DAY_NONE */
};

/* What the campaign asks. */
struct audience_terms {
	uint32_t channels; /* 1 << channel */
	const char *order; /* of the campaign; "" that of the enumeration */
	bool marketing;
	int64_t cap; /* marketing messages in the days of the cap; 0 none */
};

/* Whether this person may be written to on this channel now; REASON_NONE: yes. */
enum message_reason audience_may(
	const struct person *p, const struct audience_terms *terms, enum channel channel) MUST_USE;
/*
 * The first of the person's preferred channels that the campaign uses and they
 * permit, else the first in the campaign's own order. *channel is set in any case;
 * of somebody left out the reason is that of the campaign's first channel.
 */
enum message_reason audience_choose(
	const struct person *p, const struct audience_terms *terms, enum channel *channel) MUST_USE;

/* Channels of a stored list "SMS,EMAIL" in their order; how many. Unknown words and
 * repeated ones are left out. */
int channel_list(const char *text, enum channel out[CHANNEL_COUNT]);

#endif
