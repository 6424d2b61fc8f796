#include "message_list.h"

static const struct word lists[MESSAGE_LIST_COUNT] = {
	/* TRANSLATORS: list of messages that arrived */
	[LIST_DELIVERED] = { "DELIVERED", N_("Delivered") },
	/* TRANSLATORS: list of messages whose address is wrong and can be corrected */
	[LIST_TO_CORRECT] = { "TO_CORRECT", N_("To be corrected") },
	/* TRANSLATORS: list of messages that will never arrive */
	[LIST_DEFINITE] = { "DEFINITE", N_("Definite") },
	/* TRANSLATORS: list of messages that were sent and no receipt came */
	[LIST_NO_NEWS] = { "NO_NEWS", N_("Without news") },
	/* TRANSLATORS: list of people who were not written to */
	[LIST_LEFT_OUT] = { "LEFT_OUT", N_("Those left out") },
	/* TRANSLATORS: list of messages that have not left yet */
	[LIST_WAITING] = { "WAITING", N_("Waiting") },
	/* TRANSLATORS: list of messages of which nobody knows whether they left */
	[LIST_UNCERTAIN] = { "UNCERTAIN", N_("Uncertain ones") },
};

/* TRANSLATORS: what a person did with a message */
static const struct word deeds[MESSAGE_DEED_COUNT] = {
	[DEED_RETRY] = { "AGAIN", N_("sent again") },
	[DEED_CANCEL] = { "CANCELLED", N_("cancelled") },
	[DEED_LOOK_UP] = { "ASKED", N_("asked the provider") },
	[DEED_MARK_SENT] = { "MARKED_SENT", N_("marked as sent") },
	[DEED_SEND_AGAIN] = { "SENT_AGAIN", N_("sent again although it may have left") },
};

/* TRANSLATORS: what came of one try to send a message */
static const struct {
	const char *word;
	const char *label;
} tries[] = {
	{ "SENT", N_("taken by the provider") },
	{ "REFUSED", N_("turned away") },
	{ "RETRY", N_("not taken for now") },
	{ "DOWN", N_("provider not reached") },
	{ "FORBIDDEN", N_("account refused") },
	{ "QUOTA", N_("limit reached") },
	{ "UNCERTAIN", N_("no clear answer") },
	{ "MORE", N_("begun") },
	{ "LOOKUP", N_("asked after") },
};

/* TRANSLATORS: the half sentences below say why a message is not sent again. */
static const struct word noes[MESSAGE_NO_COUNT] = {
	[NO_PERSON] = { "PERSON", "" },
	[NO_WENT] = { "WENT", N_("already went") },
	[NO_WAITS] = { "WAITS", N_("already waits to be sent") },
	[NO_DOUBT] = { "DOUBT", N_("uncertain, to be settled one by one") },
	[NO_ADDRESS] = { "ADDRESS", N_("another message goes to this address") },
	[NO_CAMPAIGN] = { "CAMPAIGN", N_("the campaign was stopped") },
	[NO_TEXT] = { "TEXT", N_("no text for this person") },
};

WORD_FUNCTIONS(message_list, lists)
WORD_FUNCTIONS(message_deed, deeds)
WORD_FUNCTIONS(message_no, noes)

const char *message_attempt_label(const char *outcome)
{
	enum message_deed deed;

	for (size_t i = 0; i < ARRAY_SIZE(tries); i++)
		if (!strcmp(tries[i].word, outcome))
			return tries[i].label;
	return message_deed_parse(outcome, &deed) ? message_deed_label(deed) : "";
}

static bool is_address_wrong(enum message_reason reason)
{
	return reason == REASON_BAD_ADDRESS || reason == REASON_INVALID_ADDRESS;
}

static bool is_a_no(enum message_reason reason)
{
	return reason == REASON_REFUSED || reason == REASON_SUPPRESSED;
}

enum message_list message_list_of(enum message_status status, enum message_reason reason)
{
	switch (status) {
	case MESSAGE_QUEUED:
	case MESSAGE_SENDING:
		return LIST_WAITING;
	case MESSAGE_SENT:
		return LIST_NO_NEWS;
	case MESSAGE_DELIVERED:
	case MESSAGE_OPENED:
	case MESSAGE_CLICKED:
		return LIST_DELIVERED;
	case MESSAGE_UNCERTAIN:
		return LIST_UNCERTAIN;
	case MESSAGE_SKIPPED:
		if (is_address_wrong(reason))
			return LIST_TO_CORRECT;
		return is_a_no(reason) ? LIST_DEFINITE : LIST_LEFT_OUT;
	case MESSAGE_BOUNCED:
	case MESSAGE_FAILED:
		return is_address_wrong(reason) ? LIST_TO_CORRECT : LIST_DEFINITE;
	case MESSAGE_UNSUBSCRIBED:
	case MESSAGE_COMPLAINED:
	case MESSAGE_STATUS_COUNT:
		break;
	}
	return LIST_DEFINITE;
}
