#include "audience.h"

#include <string.h>

#include "consent.h"

int channel_list(const char *text, enum channel out[CHANNEL_COUNT])
{
	uint32_t seen = 0;
	int n = 0;

	while (*text) {
		size_t len = strcspn(text, ",");
		char word[16];
		enum channel channel;

		snprintf(word, sizeof(word), "%.*s", (int)len, text);
		if (channel_parse(word, &channel) && !(seen & UINT32_C(1) << channel)) {
			seen |= UINT32_C(1) << channel;
			out[n++] = channel;
		}
		text += len;
		text += *text == ',';
	}
	return n;
}

/* A refusal weighs more than a consent that was never asked for. */
static enum message_reason why_no_consent(uint32_t consents, enum channel channel, bool marketing)
{
	if (consents_get(consents, consent_of_channel(channel)) == CONSENT_REFUSED)
		return REASON_REFUSED;
	if (marketing && (consents_get(consents, CONSENT_MARKETING) == CONSENT_REFUSED ||
				 consents_get(consents, CONSENT_PROCESSING) == CONSENT_REFUSED))
		return REASON_REFUSED;
	return REASON_NO_CONSENT;
}

enum message_reason audience_may(
	const struct person *p, const struct audience_terms *terms, enum channel channel)
{
	uint32_t bit = UINT32_C(1) << channel;

	if (p->anonymised || p->merged)
		return REASON_ANONYMISED;
	if (!consent_may_send(p->consents, channel, !terms->marketing))
		return why_no_consent(p->consents, channel, terms->marketing);
	if (!*p->address[channel])
		return p->wrong & bit ? REASON_INVALID_ADDRESS : REASON_NO_ADDRESS;
	if (p->suppressed & bit)
		return REASON_SUPPRESSED;
	if (terms->marketing && terms->cap && p->recent >= terms->cap)
		return REASON_FREQUENCY_CAP;
	return REASON_NONE;
}

/* The first of `list` that the campaign uses and that may be. */
static bool first_that_may(const struct person *p, const struct audience_terms *terms,
	const enum channel *list, int n, enum channel *out)
{
	for (int i = 0; i < n; i++)
		if (terms->channels & UINT32_C(1) << list[i] &&
			audience_may(p, terms, list[i]) == REASON_NONE) {
			*out = list[i];
			return true;
		}
	return false;
}

/* The campaign's channels: those of its order first, the others behind. */
static int campaign_order(const struct audience_terms *terms, enum channel out[CHANNEL_COUNT])
{
	enum channel wished[CHANNEL_COUNT];
	int wishes = channel_list(terms->order, wished), n = 0;
	uint32_t left = terms->channels;

	for (int i = 0; i < wishes; i++)
		if (left & UINT32_C(1) << wished[i]) {
			left &= ~(UINT32_C(1) << wished[i]);
			out[n++] = wished[i];
		}
	for (int i = 0; i < CHANNEL_COUNT; i++)
		if (left & UINT32_C(1) << i)
			out[n++] = (enum channel)i;
	return n;
}

enum message_reason audience_choose(
	const struct person *p, const struct audience_terms *terms, enum channel *channel)
{
	enum channel list[CHANNEL_COUNT];
	int n = channel_list(p->preferred, list);

	if (first_that_may(p, terms, list, n, channel))
		return REASON_NONE;
	n = campaign_order(terms, list);
	if (first_that_may(p, terms, list, n, channel))
		return REASON_NONE;
	*channel = n ? list[0] : CHANNEL_EMAIL;
	return n ? audience_may(p, terms, *channel) : REASON_NO_ADDRESS;
}
