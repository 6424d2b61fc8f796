#include "consent.h"

static const struct word subjects[CONSENT_SUBJECTS] = {
	/* TRANSLATORS: consent to the processing of one's data */
	[CONSENT_PROCESSING] = { "PROCESSING", N_("Data processing") },
	/* TRANSLATORS: consent to receive marketing */
	[CONSENT_MARKETING] = { "MARKETING", N_("Marketing") },
	[CONSENT_EMAIL] = { "EMAIL", N_("E-mail") },
	[CONSENT_SMS] = { "SMS", N_("SMS") },
	[CONSENT_WHATSAPP] = { "WHATSAPP", N_("WhatsApp") },
	[CONSENT_FACEBOOK] = { "FACEBOOK", N_("Facebook") },
	[CONSENT_INSTAGRAM] = { "INSTAGRAM", N_("Instagram") },
	[CONSENT_CALLS] = { "CALLS", N_("Phone calls") },
};

static const struct word states[CONSENT_STATES] = {
	[CONSENT_UNKNOWN] = { "UNKNOWN", N_("Unknown") },
	/* TRANSLATORS: state of a consent: yes */
	[CONSENT_GRANTED] = { "GRANTED", N_("Granted") },
	/* TRANSLATORS: state of a consent: no */
	[CONSENT_REFUSED] = { "REFUSED", N_("Refused") },
};

static const struct word bases[BASIS_COUNT] = {
	/* TRANSLATORS: legal basis of a message */
	[BASIS_CONSENT] = { "CONSENT", N_("Consent") },
	/* TRANSLATORS: legal basis of a message */
	[BASIS_EXISTING_CUSTOMER] = { "EXISTING_CUSTOMER", N_("Existing customer") },
	/* TRANSLATORS: legal basis of a message */
	[BASIS_CONTRACT] = { "CONTRACT", N_("Contract") },
};

/* Where a consent or a refusal came from. */
static const struct word sources[SOURCE_COUNT] = {
	[SOURCE_CALL] = { "CALL", N_("Call") },
	/* TRANSLATORS: said at the counter of the shop */
	[SOURCE_COUNTER] = { "COUNTER", N_("At the counter") },
	/* TRANSLATORS: by post */
	[SOURCE_LETTER] = { "LETTER", N_("Letter") },
	[SOURCE_FORM] = { "FORM", N_("Form") },
	/* TRANSLATORS: noun: an answer to a message */
	[SOURCE_REPLY] = { "REPLY", N_("Reply") },
	/* TRANSLATORS: the link in a message that leads to the unsubscribe page */
	[SOURCE_LINK] = { "LINK", N_("Link in a message") },
	[SOURCE_API] = { "API", N_("Other program") },
	/* TRANSLATORS: the person reported a message as spam */
	[SOURCE_COMPLAINT] = { "COMPLAINT", N_("Reported as spam") },
	[SOURCE_IMPORT] = { "IMPORT", N_("Imported file") },
	[SOURCE_CORRECTION] = { "CORRECTION", N_("Correction") },
	[SOURCE_UNDO] = { "UNDO", N_("Taken back") },
	/* TRANSLATORS: noun: two records were merged */
	[SOURCE_MERGE] = { "MERGE", N_("Merge") },
	/* TRANSLATORS: noun: a backup was restored */
	[SOURCE_RESTORE] = { "RESTORE", N_("Restored backup") },
	/* TRANSLATORS: came from another computer by synchronisation */
	[SOURCE_SYNC] = { "SYNC", N_("Synchronisation") },
};

static const char *const verdicts[CONSENT_VERDICTS] = {
	[CONSENT_OK] = "",
	[CONSENT_SAME] = N_("it is so already"),
	[CONSENT_REFUSAL_STANDS] = N_("a refusal is lifted only by the person's own later yes"),
	[CONSENT_NEEDS_PROOF] = N_("a yes after a refusal needs its proof"),
	[CONSENT_NOT_LATER] = N_("this yes was said before the refusal"),
	[CONSENT_NOT_FROM_HERE] = N_("a consent cannot be changed this way"),
	[CONSENT_NOT_A_SLIP] = N_("the person did this, not an operator"),
	[CONSENT_NOT_YOURS] = N_("only its author or an administrator may correct it"),
	[CONSENT_TOO_OLD] = N_("a slip can be corrected within 24 hours only"),
	[CONSENT_NO_REASON] = N_("a correction needs a reason"),
};

WORD_FUNCTIONS(consent_subject, subjects)
WORD_FUNCTIONS(consent_state, states)
WORD_FUNCTIONS(legal_basis, bases)
WORD_FUNCTIONS(consent_source, sources)

const char *consent_verdict_label(enum consent_verdict verdict)
{
	return (size_t)verdict < CONSENT_VERDICTS ? verdicts[verdict] : "";
}

enum consent_subject consent_of_channel(enum channel channel)
{
	return (enum consent_subject)(CONSENT_EMAIL + (int)channel);
}

enum consent_state consents_get(uint32_t consents, enum consent_subject subject)
{
	uint32_t bits = consents >> (2 * subject) & 3;

	return bits == 3 ? CONSENT_REFUSED : (enum consent_state)bits;
}

uint32_t consents_set(uint32_t consents, enum consent_subject subject, enum consent_state state)
{
	uint32_t mask = UINT32_C(3) << (2 * subject);

	return (consents & ~mask) | (uint32_t)state << (2 * subject);
}

uint32_t consents_merge(uint32_t a, uint32_t b)
{
	uint32_t merged = 0;

	for (int i = 0; i < CONSENT_SUBJECTS; i++) {
		enum consent_subject s = (enum consent_subject)i;
		enum consent_state x = consents_get(a, s), y = consents_get(b, s);

		merged = consents_set(merged, s, x > y ? x : y);
	}
	return merged;
}

bool consent_may_send(uint32_t consents, enum channel channel, bool transactional)
{
	enum consent_state way = consents_get(consents, consent_of_channel(channel));

	if (transactional)
		return way != CONSENT_REFUSED;
	return way == CONSENT_GRANTED &&
	       consents_get(consents, CONSENT_PROCESSING) == CONSENT_GRANTED &&
	       consents_get(consents, CONSENT_MARKETING) == CONSENT_GRANTED;
}

/* Sources whose word is the person's. A complaint only ever refuses. */
static bool source_is_person(enum consent_source source)
{
	return source <= SOURCE_API;
}

static bool source_is_operator(enum consent_source source)
{
	return source <= SOURCE_FORM;
}

static enum consent_verdict check_grant(const struct consent_change *change)
{
	if (change->from == CONSENT_UNKNOWN) {
		if (change->source == SOURCE_UNDO || change->source == SOURCE_COMPLAINT)
			return CONSENT_NOT_FROM_HERE;
		return CONSENT_OK;
	}
	if (!source_is_person(change->source))
		return CONSENT_REFUSAL_STANDS;
	if (change->at <= change->since)
		return CONSENT_NOT_LATER;
	return change->proof ? CONSENT_OK : CONSENT_NEEDS_PROOF;
}

enum consent_verdict consent_change_check(const struct consent_change *change)
{
	if (change->from == change->to)
		return CONSENT_SAME;
	if (change->source == SOURCE_CORRECTION)
		return CONSENT_NOT_FROM_HERE;
	if (change->to == CONSENT_REFUSED)
		return CONSENT_OK;
	if (change->to == CONSENT_GRANTED)
		return check_grant(change);
	if (change->from == CONSENT_REFUSED)
		return CONSENT_REFUSAL_STANDS;
	return change->source == SOURCE_UNDO ? CONSENT_OK : CONSENT_NOT_FROM_HERE;
}

enum consent_verdict consent_correct(const struct consent_slip *slip)
{
	if (!source_is_operator(slip->source))
		return CONSENT_NOT_A_SLIP;
	if (!slip->by_author && !slip->by_admin)
		return CONSENT_NOT_YOURS;
	if (slip->now - slip->made_at > CONSENT_SLIP_SECONDS)
		return CONSENT_TOO_OLD;
	return slip->reason ? CONSENT_OK : CONSENT_NO_REASON;
}
