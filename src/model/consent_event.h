/*
 * A line of the consent history: one act by which somebody agreed or refused,
 * for several subjects at once. The packed consents of a customer are its lines
 * in order, replayed. Texts are never NULL and *borrowed*. Pure; any thread.
 */
#ifndef CONSENT_EVENT_H
#define CONSENT_EVENT_H

#include "consent.h"

#define CONSENT_BIT(subject) (UINT32_C(1) << (subject))
/* The five channels and the purpose that they serve: what a plain STOP refuses. */
#define CONSENT_ALL_CHANNELS                                                                       \
	(CONSENT_BIT(CONSENT_EMAIL) | CONSENT_BIT(CONSENT_SMS) | CONSENT_BIT(CONSENT_WHATSAPP) |   \
		CONSENT_BIT(CONSENT_FACEBOOK) | CONSENT_BIT(CONSENT_INSTAGRAM))

struct consent_event {
	int64_t id;
	int64_t company_id;
	int64_t customer_id;
	int64_t at;	  /* when the person said it, UTC seconds */
	int64_t noted_at; /* when the line was written */
	uint32_t granted; /* sets of CONSENT_BIT, no subject in two of them */
	uint32_t refused;
	uint32_t cleared; /* unknown again: a grant was undone, a slip taken back */
	enum consent_source source;
	int basis;	     /* enum legal_basis, -1 if none was named */
	const char *ip;	     /* "" if not known */
	int64_t wording_id;  /* the sentence agreed to, 0 if not known */
	const char *wording; /* its text, where it was read with the line */
	const char *note; /* what there is to show: a letter, a reply; the reason of a correction */
	int64_t corrects_id; /* the line that this one takes back, 0 if none */
	const char *actor;   /* a login */
};

#define CONSENT_EVENT_INIT                                                                         \
	{                                                                                          \
		.basis = -1, .ip = "", .wording = "", .note = "", .actor = ""                      \
	}

/* What became of each subject that was asked for. */
struct consent_outcome {
	uint32_t before; /* packed */
	uint32_t after;
	int64_t id; /* of the line; 0: nothing changed, none was written */
	enum consent_verdict verdict[CONSENT_SUBJECTS]; /* CONSENT_OK where not asked */
	bool refusal_stands; /* some yes met a refusal that it could not lift */
};

/* What the packed consents are after one more line. */
uint32_t consents_apply(uint32_t consents, const struct consent_event *event);

#endif
