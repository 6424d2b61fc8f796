/*
 * A message to one person: a durable row from the moment a campaign is launched,
 * for those left out too. What may become of it is a table here; nothing else
 * decides it. Texts are never NULL and *borrowed*. Pure; any thread.
 */
#ifndef MESSAGE_H
#define MESSAGE_H

#include <stdint.h>

#include "channel.h"
#include "provider_name.h"
#include "word.h"

enum message_status {
	MESSAGE_QUEUED,
	MESSAGE_SENDING, /* claimed; from here on it may have left */
	MESSAGE_SENT,	 /* the provider took it */
	MESSAGE_DELIVERED,
	MESSAGE_OPENED,
	MESSAGE_CLICKED,
	MESSAGE_BOUNCED,      /* the address does not work */
	MESSAGE_FAILED,	      /* it did not and will not go */
	MESSAGE_SKIPPED,      /* left out, never sent */
	MESSAGE_UNSUBSCRIBED, /* the provider says the person said stop */
	MESSAGE_COMPLAINED,
	MESSAGE_UNCERTAIN, /* whether it left is not known: never resent by itself */
	MESSAGE_STATUS_COUNT
};

const char *message_status_word(enum message_status v);
const char *message_status_label(enum message_status v);
bool message_status_parse(const char *s, enum message_status *v) MUST_USE;

/* Why a message is where it is; the label is a half sentence for lists, "" of NONE. */
enum message_reason {
	REASON_NONE,
	/* SKIPPED */
	REASON_NO_CONSENT,
	REASON_REFUSED, /* said stop */
	REASON_SUPPRESSED,
	REASON_INVALID_ADDRESS,
	REASON_FREQUENCY_CAP,
	REASON_DUPLICATE_ADDRESS,
	REASON_NO_ADDRESS, /* none on the campaign's channels */
	REASON_ANONYMISED,
	REASON_EXPIRED, /* past its time, never sent */
	REASON_CANCELLED,
	REASON_BUDGET,
	/* BOUNCED, FAILED */
	REASON_BAD_ADDRESS, /* the provider knows no such address or number */
	REASON_BLOCKED,	    /* turned away for now: mailbox full, policy */
	REASON_REJECTED,    /* the message or its sender is not accepted */
	REASON_NOT_ALLOWED, /* outside of what the channel permits: 24 hours, region */
	REASON_TOO_MANY_TRIES,
	REASON_TEMPLATE, /* could not be written for this person */
	/* UNCERTAIN */
	REASON_NO_ANSWER, /* the line broke after the message was written */
	REASON_CRASHED,	  /* the sender ended while it was on its way */
	REASON_BAD_ANSWER,
	/* why it waits */
	REASON_SCHEDULED,
	REASON_HOURS, /* outside the hours for this channel */
	REASON_QUOTA,
	REASON_RETRY,
	REASON_PROVIDER_DOWN,
	REASON_CREDENTIALS,
	REASON_NO_PROVIDER, /* none is set up for this channel */
	REASON_OFFLINE,
	REASON_PAUSED,
	REASON_COPY, /* the store is a copy and nobody has said which goes on */
	REASON_LATE, /* past its time, and a person is to decide */
	MESSAGE_REASON_COUNT
};

const char *message_reason_word(enum message_reason v);
const char *message_reason_label(enum message_reason v);
bool message_reason_parse(const char *s, enum message_reason *v) MUST_USE;

/* Who wants a message to change. */
enum message_act {
	ACT_CLAIM,   /* the sender, before the first byte */
	ACT_RELEASE, /* the sender: certainly not sent, back to the queue */
	ACT_RESULT,  /* the provider's answer to the send */
	ACT_LOST,    /* no answer: it may have left */
	ACT_EVENT,   /* a receipt, a bounce, an opening; late, twice, out of order */
	ACT_LOOKUP,  /* the provider was asked what became of it */
	ACT_PERSON,  /* somebody decides: send again, mark as sent, cancel */
	ACT_EXPIRE,  /* its time is over, or its campaign has ended */
	MESSAGE_ACT_COUNT
};

/*
 * Whether `act` may move a message. Events only move forward (QUEUED < SENT <
 * DELIVERED < OPENED < CLICKED); BOUNCED and FAILED end the ladder, but a later
 * DELIVERED overtakes FAILED and a later BOUNCED overtakes DELIVERED (providers.md,
 * status precedence). UNCERTAIN becomes QUEUED by a person alone, or by a look-up
 * that knows it never arrived. A person may send a SKIPPED one again only once what it
 * was left out for has been checked anew; that is the caller's to do.
 */
bool message_may(enum message_act act, enum message_status from, enum message_status to) MUST_USE;
/* Nothing more is to be done by the sender. UNCERTAIN too has ended: an event, a look-up
 * or a person goes on with it. */
bool message_ended(enum message_status v) MUST_USE;

/* What came back for one recipient of a send. */
enum send_outcome {
	OUTCOME_SENT,
	OUTCOME_REFUSED,   /* this message alone: `status` and `reason` say how */
	OUTCOME_RETRY,	   /* certainly not sent; later, by whoever is next */
	OUTCOME_DOWN,	   /* certainly not sent: the provider is down, pass over to the next */
	OUTCOME_FORBIDDEN, /* certainly not sent: it refuses the credentials or the account */
	OUTCOME_QUOTA,	   /* certainly not sent: it has had enough for now */
	OUTCOME_UNCERTAIN,
	OUTCOME_MORE, /* the first of two steps is done: `provider_id` names it */
	SEND_OUTCOME_COUNT
};

struct send_result {
	enum send_outcome outcome;
	enum message_status status; /* of REFUSED: BOUNCED, FAILED, UNSUBSCRIBED, COMPLAINED */
	enum message_reason reason;
	int64_t wait_seconds;  /* the provider's own hint; 0: none */
	char code[32];	       /* the provider's own code, "21211", "550 5.1.1" */
	char provider_id[160]; /* by which it knows the message; "" if none */
};

/* A message as lists and its own screen show it. */
struct message {
	int64_t id;
	int64_t company_id;
	int64_t campaign_id;
	int64_t customer_id; /* 0: a post on a page, to nobody in particular */
	enum channel channel;
	enum message_status status;
	enum message_reason reason;
	int64_t content_id;
	const char *address; /* normalised; "" if none, or erased */
	const char *vars;    /* JSON of its variables; "" if none, or erased */
	int parts;	     /* of an SMS; else 1 */
	int64_t due_at;	     /* not before; UTC seconds as all below, 0: never */
	int64_t not_after;
	int attempts;
	int provider; /* enum provider_name, or -1 */
	const char *provider_id;
	const char *code;
	int64_t epoch; /* of the lease under which it was claimed */
	int64_t queued_at, claimed_at, sent_at, delivered_at, opened_at, clicked_at;
	int64_t bounced_at, complained_at, unsubscribed_at;
	int64_t cost; /* minor units times 100; 0 unknown or free */
};

#endif
