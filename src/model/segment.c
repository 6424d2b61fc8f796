#include "segment.h"

static const struct word segments[SEGMENT_COUNT] = {
	/* TRANSLATORS: customer segment, the best of five */
	[SEGMENT_VIP] = { "VIP", N_("VIP") },
	/* TRANSLATORS: customer segment */
	[SEGMENT_LOYAL] = { "LOYAL", N_("Loyal") },
	/* TRANSLATORS: customer segment */
	[SEGMENT_REGULAR] = { "REGULAR", N_("Regular") },
	/* TRANSLATORS: customer segment */
	[SEGMENT_OCCASIONAL] = { "OCCASIONAL", N_("Occasional") },
	/* TRANSLATORS: customer segment, the worst: likely to leave; one short word */
	[SEGMENT_AT_RISK] = { "AT_RISK", N_("At risk") },
};

static const struct word behaviours[BEHAVIOUR_COUNT] = {
	/* TRANSLATORS: how a customer pays: on the due day or before */
	[BEHAVIOUR_EXCELLENT] = { "EXCELLENT", N_("Excellent") },
	/* TRANSLATORS: how a customer pays: at most 15 days late */
	[BEHAVIOUR_GOOD] = { "GOOD", N_("Good") },
	/* TRANSLATORS: how a customer pays: 16 to 30 days late */
	[BEHAVIOUR_FAIR] = { "FAIR", N_("Fair") },
	/* TRANSLATORS: how a customer pays: 31 to 60 days late */
	[BEHAVIOUR_LATE] = { "LATE", N_("Late") },
	/* TRANSLATORS: how a customer pays: more than 60 days late */
	[BEHAVIOUR_CRITICAL] = { "CRITICAL", N_("Critical") },
	/* TRANSLATORS: not known: a customer's way of paying, or a consent never asked for */
	[BEHAVIOUR_UNKNOWN] = { "UNKNOWN", N_("Unknown") },
};

WORD_FUNCTIONS(segment, segments)
WORD_FUNCTIONS(behaviour, behaviours)
