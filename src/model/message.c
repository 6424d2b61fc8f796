#include "message.h"

/* Without capitals: the same words with them head counts, which other languages put into
 * the plural. */
static const struct word statuses[MESSAGE_STATUS_COUNT] = {
	/* TRANSLATORS: status of a message */
	[MESSAGE_QUEUED] = { "QUEUED", N_("waiting") },
	/* TRANSLATORS: status of a message */
	[MESSAGE_SENDING] = { "SENDING", N_("being sent") },
	/* TRANSLATORS: status of a message */
	[MESSAGE_SENT] = { "SENT", N_("sent") },
	/* TRANSLATORS: status of a message */
	[MESSAGE_DELIVERED] = { "DELIVERED", N_("delivered") },
	/* TRANSLATORS: status of a message */
	[MESSAGE_OPENED] = { "OPENED", N_("opened") },
	/* TRANSLATORS: status of a message: a link in it was followed */
	[MESSAGE_CLICKED] = { "CLICKED", N_("clicked") },
	/* TRANSLATORS: status of a message: it came back, the address does not work */
	[MESSAGE_BOUNCED] = { "BOUNCED", N_("bounced") },
	/* TRANSLATORS: status of a message: it did not and will not go */
	[MESSAGE_FAILED] = { "FAILED", N_("failed") },
	/* TRANSLATORS: status of a message: never sent, for a reason */
	[MESSAGE_SKIPPED] = { "SKIPPED", N_("left out") },
	/* TRANSLATORS: status of a message: the person wants no more of them */
	[MESSAGE_UNSUBSCRIBED] = { "UNSUBSCRIBED", N_("unsubscribed") },
	/* TRANSLATORS: status of a message: the person reported it as spam */
	[MESSAGE_COMPLAINED] = { "COMPLAINED", N_("reported as spam") },
	/* TRANSLATORS: status of a message: whether it left is not known */
	[MESSAGE_UNCERTAIN] = { "UNCERTAIN", N_("uncertain") },
};

/* TRANSLATORS: the half sentences below say why a message was left out, came back,
 * failed, is uncertain or waits. */
static const struct word reasons[MESSAGE_REASON_COUNT] = {
	[REASON_NONE] = { "NONE", "" },

	[REASON_NO_CONSENT] = { "NO_CONSENT", N_("has not agreed") },
	[REASON_REFUSED] = { "REFUSED", N_("said stop") },
	[REASON_SUPPRESSED] = { "SUPPRESSED", N_("the address is never written to") },
	[REASON_INVALID_ADDRESS] = { "INVALID_ADDRESS", N_("not a valid address or number") },
	[REASON_FREQUENCY_CAP] = { "FREQUENCY_CAP", N_("written to often enough lately") },
	[REASON_DUPLICATE_ADDRESS] = { "DUPLICATE_ADDRESS", N_("another person has this address") },
	[REASON_NO_ADDRESS] = { "NO_ADDRESS", N_("no address or number") },
	[REASON_ANONYMISED] = { "ANONYMISED", N_("the person was erased") },
	[REASON_EXPIRED] = { "EXPIRED", N_("past its time") },
	/* TRANSLATORS: why a message was not sent: a person cancelled it */
	[REASON_CANCELLED] = { "CANCELLED", N_("cancelled before it left") },
	[REASON_BUDGET] = { "BUDGET", N_("over the budget") },

	[REASON_BAD_ADDRESS] = { "BAD_ADDRESS", N_("the provider knows no such address") },
	[REASON_BLOCKED] = { "BLOCKED", N_("turned away for now: mailbox full, policy") },
	[REASON_REJECTED] = { "REJECTED", N_("the message or its sender is not accepted") },
	[REASON_NOT_ALLOWED] = { "NOT_ALLOWED", N_("outside of what the channel allows") },
	[REASON_TOO_MANY_TRIES] = { "TOO_MANY_TRIES", N_("tried too often") },
	[REASON_TEMPLATE] = { "TEMPLATE", N_("could not be written for this person") },

	[REASON_NO_ANSWER] = { "NO_ANSWER", N_("the line broke before the answer") },
	[REASON_CRASHED] = { "CRASHED", N_("the sender ended while it was on its way") },
	[REASON_BAD_ANSWER] = { "BAD_ANSWER", N_("the answer could not be understood") },

	[REASON_SCHEDULED] = { "SCHEDULED", N_("its hour has not come") },
	[REASON_HOURS] = { "HOURS", N_("outside the hours allowed") },
	[REASON_QUOTA] = { "QUOTA", N_("the hourly limit is reached") },
	[REASON_RETRY] = { "RETRY", N_("will be tried again") },
	[REASON_PROVIDER_DOWN] = { "PROVIDER_DOWN", N_("the provider is down") },
	[REASON_CREDENTIALS] = { "CREDENTIALS", N_("the provider refuses the account") },
	[REASON_NO_PROVIDER] = { "NO_PROVIDER", N_("no provider is set up") },
	[REASON_OFFLINE] = { "OFFLINE", N_("no network") },
	/* TRANSLATORS: why a message waits: its campaign, or all sending, is paused */
	[REASON_PAUSED] = { "PAUSED", N_("sending is paused") },
	[REASON_COPY] = { "COPY", N_("this store is a copy") },
	[REASON_LATE] = { "LATE", N_("past its time, for a person to decide") },
};

WORD_FUNCTIONS(message_status, statuses)
WORD_FUNCTIONS(message_reason, reasons)

#define TO(status) (UINT32_C(1) << MESSAGE_##status)
/* How a provider turns one message away; final. */
#define TURNED_AWAY (TO(BOUNCED) | TO(FAILED) | TO(UNSUBSCRIBED) | TO(COMPLAINED))
/* The person's own no, which does not hide that the message arrived. */
#define PERSONS_NO (TO(UNSUBSCRIBED) | TO(COMPLAINED))

/*
 * An event of QUEUED is one of an earlier try that was taken for lost: it keeps the
 * message from going twice. One of SENDING came before the answer to the send.
 */
#define EVER_SEEN (TO(DELIVERED) | TO(OPENED) | TO(CLICKED))
#define ANY_EVENT (TO(SENT) | EVER_SEEN | TURNED_AWAY)

static const uint32_t moves[MESSAGE_ACT_COUNT][MESSAGE_STATUS_COUNT] = {
	[ACT_CLAIM] = {
		[MESSAGE_QUEUED] = TO(SENDING),
	},
	[ACT_RELEASE] = {
		[MESSAGE_SENDING] = TO(QUEUED),
	},
	/* Of UNCERTAIN: the late answer of a sender whose lease had been taken over. */
	[ACT_RESULT] = {
		[MESSAGE_SENDING] = TO(SENT) | TURNED_AWAY | TO(UNCERTAIN),
		[MESSAGE_UNCERTAIN] = TO(SENT) | TURNED_AWAY,
	},
	[ACT_LOST] = {
		[MESSAGE_SENDING] = TO(UNCERTAIN),
	},
	[ACT_EVENT] = {
		[MESSAGE_QUEUED] = ANY_EVENT,
		[MESSAGE_SENDING] = ANY_EVENT,
		[MESSAGE_UNCERTAIN] = ANY_EVENT,
		[MESSAGE_SENT] = EVER_SEEN | TURNED_AWAY,
		[MESSAGE_DELIVERED] = TO(OPENED) | TO(CLICKED) | TO(BOUNCED) | PERSONS_NO,
		[MESSAGE_OPENED] = TO(CLICKED) | PERSONS_NO,
		[MESSAGE_CLICKED] = PERSONS_NO,
		[MESSAGE_FAILED] = TO(DELIVERED),
		[MESSAGE_UNSUBSCRIBED] = TO(COMPLAINED),
	},
	[ACT_LOOKUP] = {
		[MESSAGE_UNCERTAIN] = TO(SENT) | TO(QUEUED),
	},
	/* Nobody who got it gets it twice: what was taken is not sent again. */
	[ACT_PERSON] = {
		[MESSAGE_QUEUED] = TO(SKIPPED),
		[MESSAGE_BOUNCED] = TO(QUEUED),
		[MESSAGE_FAILED] = TO(QUEUED),
		[MESSAGE_SKIPPED] = TO(QUEUED),
		[MESSAGE_UNCERTAIN] = TO(QUEUED) | TO(SENT),
	},
	[ACT_EXPIRE] = {
		[MESSAGE_QUEUED] = TO(SKIPPED),
	},
};

bool message_may(enum message_act act, enum message_status from, enum message_status to)
{
	if ((size_t)act >= MESSAGE_ACT_COUNT || (size_t)from >= MESSAGE_STATUS_COUNT ||
		(size_t)to >= MESSAGE_STATUS_COUNT)
		return false;
	return moves[act][from] >> to & 1;
}

bool message_ended(enum message_status v)
{
	return v != MESSAGE_QUEUED && v != MESSAGE_SENDING;
}
