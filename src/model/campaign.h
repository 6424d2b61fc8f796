/*
 * A campaign: what is written to whom, by which channels, when. What may become of
 * it is a table here. Texts are never NULL and *borrowed*. Pure; any thread.
 */
#ifndef CAMPAIGN_H
#define CAMPAIGN_H

#include <stdint.h>

#include "channel.h"
#include "word.h"

enum campaign_type {
	CAMPAIGN_PROMOTIONAL,
	CAMPAIGN_WELCOME,
	CAMPAIGN_NURTURING,
	CAMPAIGN_RETENTION,
	CAMPAIGN_BIRTHDAY,
	CAMPAIGN_NEWSLETTER,
	CAMPAIGN_TRANSACTIONAL,
	CAMPAIGN_TYPE_COUNT
};

const char *campaign_type_word(enum campaign_type v);
const char *campaign_type_label(enum campaign_type v);
bool campaign_type_parse(const char *s, enum campaign_type *v) MUST_USE;
/* All but TRANSACTIONAL: consents, hours and the frequency cap hold for it. */
bool campaign_type_marketing(enum campaign_type v) MUST_USE;

enum campaign_status {
	CAMPAIGN_DRAFT,
	CAMPAIGN_READY,	    /* checked; nothing is frozen yet */
	CAMPAIGN_LAUNCHING, /* passing: the audience is being frozen, nobody else sees it */
	CAMPAIGN_SCHEDULED,
	CAMPAIGN_RUNNING,
	CAMPAIGN_PAUSED,
	CAMPAIGN_COMPLETED,
	CAMPAIGN_CANCELLED,
	CAMPAIGN_FAILED,
	CAMPAIGN_STATUS_COUNT
};

const char *campaign_status_word(enum campaign_status v);
const char *campaign_status_label(enum campaign_status v);
bool campaign_status_parse(const char *s, enum campaign_status *v) MUST_USE;

/* Everything that may change a campaign's status. */
enum campaign_act {
	CAMPAIGN_ACT_EDIT,     /* its content; READY falls back to DRAFT */
	CAMPAIGN_ACT_CHECK,    /* DRAFT to READY */
	CAMPAIGN_ACT_LAUNCH,   /* begin to freeze */
	CAMPAIGN_ACT_SCHEDULE, /* frozen, for later */
	CAMPAIGN_ACT_START,    /* frozen, or its hour has come */
	CAMPAIGN_ACT_DISCARD,  /* the freeze was not finished: a draft again */
	CAMPAIGN_ACT_PAUSE,
	CAMPAIGN_ACT_RESUME,
	CAMPAIGN_ACT_STOP,
	CAMPAIGN_ACT_COMPLETE,
	CAMPAIGN_ACT_FAIL,
	CAMPAIGN_ACT_REOPEN, /* messages of a completed one are sent again */
	CAMPAIGN_ACT_COUNT
};

/* Where `act` leads from there; false when it may not be. */
bool campaign_next(
	enum campaign_act act, enum campaign_status from, enum campaign_status *to) MUST_USE;

/* Why it is paused, or failed; the label is a half sentence, "" of NONE. */
enum campaign_cause {
	CAUSE_NONE,
	CAUSE_PERSON,
	CAUSE_ERRORS, /* too many provider errors in a row */
	CAUSE_BUDGET,
	CAUSE_COPY, /* the store is a copy */
	CAUSE_LATE, /* past its time, and it asks rather than lets expire */
	CAMPAIGN_CAUSE_COUNT
};

const char *campaign_cause_word(enum campaign_cause v);
const char *campaign_cause_label(enum campaign_cause v);
bool campaign_cause_parse(const char *s, enum campaign_cause *v) MUST_USE;

/* What becomes of messages that are past their time. */
enum late_policy { LATE_EXPIRE, LATE_ASK, LATE_POLICY_COUNT };

const char *late_policy_word(enum late_policy v);
const char *late_policy_label(enum late_policy v);
bool late_policy_parse(const char *s, enum late_policy *v) MUST_USE;

/* What it is for: ONE is a message to one person, POST one for a page. */
enum campaign_kind { CAMPAIGN_MANY, CAMPAIGN_ONE, CAMPAIGN_POST, CAMPAIGN_KIND_COUNT };

const char *campaign_kind_word(enum campaign_kind v);
const char *campaign_kind_label(enum campaign_kind v);
bool campaign_kind_parse(const char *s, enum campaign_kind *v) MUST_USE;

struct campaign {
	int64_t id;
	int64_t company_id;
	const char *name;
	enum campaign_kind kind;
	enum campaign_type type;
	enum campaign_status status;
	enum campaign_cause cause;
	uint32_t channels;   /* 1 << enum channel */
	const char *order;   /* the channels in the campaign's own order, "SMS,EMAIL" */
	const char *filter;  /* whom it reaches, in the filter language; "" everybody */
	const char *persons; /* ids, comma between: these alone; "" by the filter */
	const char *sender;  /* the name it goes out under; "" the provider's own */
	bool plain_names;    /* of SMS: names are written in the alphabet of SMS */
	int64_t start_at;    /* 0: at once */
	bool customer_zone;  /* start_at is that wall-clock time in each customer's zone */
	int64_t not_after;   /* 0: `late_seconds` after its start */
	enum late_policy late;
	int64_t budget;	     /* minor units; 0: no ceiling */
	int64_t frozen_upto; /* while LAUNCHING: the last customer frozen */
	const char *created_by;
	int64_t created_at, launched_at, ended_at;
	int64_t duplicate_of;
	int64_t revision;
};

/* A text for one channel in one language, frozen once the campaign is launched. */
struct campaign_content {
	int64_t id;
	int64_t campaign_id;
	enum channel channel;
	char language[8];
	const char *subject; /* of e-mails */
	const char *text;
	const char *html;	     /* of e-mails; "" none */
	const char *media;	     /* public URL of the picture of a post; "" none */
	int64_t template_version_id; /* that it was made from; 0 none */
};

#endif
