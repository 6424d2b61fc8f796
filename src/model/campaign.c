#include "campaign.h"

static const struct word types[CAMPAIGN_TYPE_COUNT] = {
	/* TRANSLATORS: type of a campaign */
	[CAMPAIGN_PROMOTIONAL] = { "PROMOTIONAL", N_("Promotion") },
	/* TRANSLATORS: type of a campaign: to new customers */
	[CAMPAIGN_WELCOME] = { "WELCOME", N_("Welcome") },
	/* TRANSLATORS: type of a campaign: keeps up the relation, sells nothing at once */
	[CAMPAIGN_NURTURING] = { "NURTURING", N_("Nurturing") },
	/* TRANSLATORS: type of a campaign: to customers who are about to leave */
	[CAMPAIGN_RETENTION] = { "RETENTION", N_("Retention") },
	/* TRANSLATORS: type of a campaign */
	[CAMPAIGN_BIRTHDAY] = { "BIRTHDAY", N_("Birthday") },
	/* TRANSLATORS: type of a campaign */
	[CAMPAIGN_NEWSLETTER] = { "NEWSLETTER", N_("Newsletter") },
	/* TRANSLATORS: type of a campaign: about an order or an invoice, not marketing */
	[CAMPAIGN_TRANSACTIONAL] = { "TRANSACTIONAL", N_("Transactional") },
};

static const struct word statuses[CAMPAIGN_STATUS_COUNT] = {
	/* TRANSLATORS: status of a campaign */
	[CAMPAIGN_DRAFT] = { "DRAFT", N_("Draft") },
	/* TRANSLATORS: status of a campaign: checked, it can be launched */
	[CAMPAIGN_READY] = { "READY", N_("Ready") },
	/* TRANSLATORS: status of a campaign: who receives it is being written down */
	[CAMPAIGN_LAUNCHING] = { "LAUNCHING", N_("Being launched") },
	/* TRANSLATORS: status of a campaign: it goes out at a set hour */
	[CAMPAIGN_SCHEDULED] = { "SCHEDULED", N_("Scheduled") },
	/* TRANSLATORS: status of a campaign: it is being sent */
	[CAMPAIGN_RUNNING] = { "RUNNING", N_("Under way") },
	/* TRANSLATORS: status of a campaign */
	[CAMPAIGN_PAUSED] = { "PAUSED", N_("Paused") },
	/* TRANSLATORS: status of a campaign: all its messages are dealt with */
	[CAMPAIGN_COMPLETED] = { "COMPLETED", N_("Finished") },
	/* TRANSLATORS: status of a campaign: a person stopped it for good */
	[CAMPAIGN_CANCELLED] = { "CANCELLED", N_("Stopped") },
	/* TRANSLATORS: status of a campaign: it could not be carried through */
	[CAMPAIGN_FAILED] = { "FAILED", N_("Broken off") },
};

/* TRANSLATORS: the half sentences below say why a campaign is paused or broken off. */
static const struct word causes[CAMPAIGN_CAUSE_COUNT] = {
	[CAUSE_NONE] = { "NONE", "" },
	[CAUSE_PERSON] = { "PERSON", N_("a person decided so") },
	[CAUSE_ERRORS] = { "ERRORS", N_("too many errors in a row") },
	[CAUSE_BUDGET] = { "BUDGET", N_("the budget is used up") },
	[CAUSE_COPY] = { "COPY", N_("this store is a copy") },
	[CAUSE_LATE] = { "LATE", N_("past its time, for a person to decide") },
};

static const struct word policies[LATE_POLICY_COUNT] = {
	/* TRANSLATORS: what becomes of messages that are past their time */
	[LATE_EXPIRE] = { "EXPIRE", N_("not sent any more") },
	/* TRANSLATORS: what becomes of messages that are past their time */
	[LATE_ASK] = { "ASK", N_("wait until a person decides") },
};

static const struct word kinds[CAMPAIGN_KIND_COUNT] = {
	/* TRANSLATORS: a message to many people */
	[CAMPAIGN_MANY] = { "MANY", N_("Campaign") },
	[CAMPAIGN_ONE] = { "ONE", N_("Message to one person") },
	[CAMPAIGN_POST] = { "POST", N_("Post on a page") },
};

WORD_FUNCTIONS(campaign_type, types)
WORD_FUNCTIONS(campaign_status, statuses)
WORD_FUNCTIONS(campaign_cause, causes)
WORD_FUNCTIONS(late_policy, policies)
WORD_FUNCTIONS(campaign_kind, kinds)

bool campaign_type_marketing(enum campaign_type v)
{
	return v != CAMPAIGN_TRANSACTIONAL;
}

/* One more than the status, so that what is not named may not be. */
#define TO(status) (CAMPAIGN_##status + 1)

static const unsigned char moves[CAMPAIGN_ACT_COUNT][CAMPAIGN_STATUS_COUNT] = {
	[CAMPAIGN_ACT_EDIT] = {
		[CAMPAIGN_DRAFT] = TO(DRAFT),
		[CAMPAIGN_READY] = TO(DRAFT),
	},
	[CAMPAIGN_ACT_CHECK] = {
		[CAMPAIGN_DRAFT] = TO(READY),
	},
	[CAMPAIGN_ACT_LAUNCH] = {
		[CAMPAIGN_DRAFT] = TO(LAUNCHING),
		[CAMPAIGN_READY] = TO(LAUNCHING),
	},
	[CAMPAIGN_ACT_SCHEDULE] = {
		[CAMPAIGN_LAUNCHING] = TO(SCHEDULED),
	},
	[CAMPAIGN_ACT_START] = {
		[CAMPAIGN_LAUNCHING] = TO(RUNNING),
		[CAMPAIGN_SCHEDULED] = TO(RUNNING),
	},
	[CAMPAIGN_ACT_DISCARD] = {
		[CAMPAIGN_LAUNCHING] = TO(DRAFT),
	},
	[CAMPAIGN_ACT_PAUSE] = {
		[CAMPAIGN_SCHEDULED] = TO(PAUSED),
		[CAMPAIGN_RUNNING] = TO(PAUSED),
	},
	/* One that was paused before its hour runs too: its messages have their own. */
	[CAMPAIGN_ACT_RESUME] = {
		[CAMPAIGN_PAUSED] = TO(RUNNING),
	},
	[CAMPAIGN_ACT_STOP] = {
		[CAMPAIGN_LAUNCHING] = TO(CANCELLED),
		[CAMPAIGN_SCHEDULED] = TO(CANCELLED),
		[CAMPAIGN_RUNNING] = TO(CANCELLED),
		[CAMPAIGN_PAUSED] = TO(CANCELLED),
	},
	/* An empty audience ends at once. */
	[CAMPAIGN_ACT_COMPLETE] = {
		[CAMPAIGN_LAUNCHING] = TO(COMPLETED),
		[CAMPAIGN_RUNNING] = TO(COMPLETED),
	},
	[CAMPAIGN_ACT_FAIL] = {
		[CAMPAIGN_LAUNCHING] = TO(FAILED),
		[CAMPAIGN_RUNNING] = TO(FAILED),
	},
	[CAMPAIGN_ACT_REOPEN] = {
		[CAMPAIGN_COMPLETED] = TO(RUNNING),
	},
};

bool campaign_next(enum campaign_act act, enum campaign_status from, enum campaign_status *to)
{
	if ((size_t)act >= CAMPAIGN_ACT_COUNT || (size_t)from >= CAMPAIGN_STATUS_COUNT ||
		!moves[act][from])
		return false;
	*to = (enum campaign_status)(moves[act][from] - 1);
	return true;
}
