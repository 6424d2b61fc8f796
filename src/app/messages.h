/*
 * Messages as people follow them up: the lists of a campaign, of a customer, of those
 * nobody knows about; one message's card; and what a person may do: send again, cancel,
 * settle an uncertain one. One thread, the session's; what goes over many messages is
 * given a progress and writes in short transactions.
 *
 * Nobody who got a message gets it twice: what was sent, or may have been, never goes
 * again. The one exception is a person's own decision about an UNCERTAIN message, which is
 * audited in their name.
 *
 * Rights: RIGHT_CAMPAIGNS_READ, and RIGHT_CAMPAIGNS_CHANGE for whatever changes something;
 * changes are audited. Texts that come back lie in the arena that was given.
 */
#ifndef MESSAGES_H
#define MESSAGES_H

#include "arena.h"
#include "campaign.h"
#include "message_line.h"
#include "message_list.h"
#include "session.h"

/* --- lists --- */

/* Which messages of a campaign; -1: any. */
struct messages_query {
	int64_t campaign_id;
	int list;    /* enum message_list */
	int channel; /* enum channel */
	int status;  /* enum message_status */
	int reason;  /* enum message_reason */
};

#define MESSAGES_ALL(campaign)                                                                     \
	{                                                                                          \
		.campaign_id = (campaign), .list = -1, .channel = -1, .status = -1, .reason = -1   \
	}

/* Where a page begins: behind this line. */
struct messages_place {
	bool begun; /* false: at the first */
	enum channel channel;
	enum message_status status;
	enum message_reason reason;
	struct message_key key;
};

struct messages_place messages_place_of(const struct message *m);

/* By channel, status and reason, in each by when they were due; ERR_GONE. */
bool messages_page(struct session *s, const struct messages_query *query,
	const struct messages_place *after, int n, struct arena *a, struct message_line **out,
	int *count, struct err *err) MUST_USE;
/* The `n` in front of `before` (not begun: of the end), in the same order. */
bool messages_page_back(struct session *s, const struct messages_query *query,
	const struct messages_place *before, int n, struct arena *a, struct message_line **out,
	int *count, struct err *err) MUST_USE;
/* How many are in each list of the campaign, of a channel or -1 of all. */
bool messages_count(struct session *s, int64_t campaign_id, int channel,
	int64_t out[MESSAGE_LIST_COUNT], struct err *err) MUST_USE;

/* A customer's, newest first, of ids below `before` (INT64_MAX to begin). */
bool messages_of(struct session *s, int64_t customer_id, int64_t before, int n, struct arena *a,
	struct message_line **out, int *count, struct err *err) MUST_USE;
/* UNCERTAIN ones of the company, those whose provider is asked next first. */
bool messages_doubtful(struct session *s, struct message_key after, int n, struct arena *a,
	struct message_line **out, int *count, struct err *err) MUST_USE;

/* --- one message --- */

struct message_card {
	struct message_line line;
	struct campaign campaign;
	const char *address_now; /* the customer's on that channel today; "" none */
	/* As it was, or will be, written: "" where the customer was erased. */
	const char *subject, *text, *html;
	struct message_attempt *attempts;
	int n_attempts;
	bool can_retry; /* what messages_retry would say, but for the person */
	enum message_no no;
	bool can_cancel;
	bool can_resolve;
	bool can_look_up; /* its provider can be asked */
};

/* ERR_GONE. */
bool messages_get(struct session *s, int64_t id, struct arena *a, struct message_card *out,
	struct err *err) MUST_USE;

/* --- sending again --- */

/* These alone, of any campaigns, or with `n_ids` 0 all that `query` gives. */
struct messages_choice {
	const int64_t *ids;
	int n_ids;
	struct messages_query query;
};

/* What became of them, or would. */
struct messages_outcome {
	int64_t looked_at;
	int64_t done;
	int64_t parts;
	int64_t cost;	  /* hundredths of a minor unit */
	int64_t unpriced; /* of `done`, to where no price is known */
	int64_t no[MESSAGE_NO_COUNT];
	int64_t why[MESSAGE_REASON_COUNT]; /* of NO_PERSON */
};

/*
 * Asks of each message anew whether its person may be written to, at the address they
 * have now, and puts it back into the queue with today's texts and a new time by which
 * it must go; a completed campaign runs again. An address that a provider knows not is
 * not tried again until it is another one. With `dry` nothing is written, and the outcome
 * is the same. Stopped by `p` (ERR_CANCELLED) what is done is done.
 */
bool messages_retry(struct session *s, const struct messages_choice *choice, bool dry,
	const struct progress *p, struct messages_outcome *out, struct err *err) MUST_USE;
/* Those that wait become SKIPPED, CANCELLED; the others are NO_WENT. */
bool messages_cancel(struct session *s, const struct messages_choice *choice, bool dry,
	const struct progress *p, struct messages_outcome *out, struct err *err) MUST_USE;

/* --- settling an uncertain one --- */

/*
 * DEED_LOOK_UP: the sender asks the provider at once (ERR_NO_LOOKUP where it cannot be
 * asked); DEED_MARK_SENT; DEED_SEND_AGAIN, as messages_retry does: ERR_MAY_NOT names why
 * the person may not be written to. ERR_NOT_UNCERTAIN when it is settled meanwhile.
 */
bool messages_resolve(
	struct session *s, int64_t id, enum message_deed deed, struct err *err) MUST_USE;

#endif
