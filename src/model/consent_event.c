#include "consent_event.h"

uint32_t consents_apply(uint32_t consents, const struct consent_event *event)
{
	for (int i = 0; i < CONSENT_SUBJECTS; i++) {
		enum consent_subject s = (enum consent_subject)i;

		if (event->cleared & CONSENT_BIT(s))
			consents = consents_set(consents, s, CONSENT_UNKNOWN);
		if (event->granted & CONSENT_BIT(s))
			consents = consents_set(consents, s, CONSENT_GRANTED);
		if (event->refused & CONSENT_BIT(s))
			consents = consents_set(consents, s, CONSENT_REFUSED);
	}
	return consents;
}
