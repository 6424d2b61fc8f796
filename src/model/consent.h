/*
 * What a person agreed to. Eight subjects, two purposes, the five channels and
 * being called by a person, each UNKNOWN, GRANTED or REFUSED, packed into one
 * number; who may move one from where to where; and whether a message may go.
 * Refusals only ever add up. Pure; any thread.
 *
 * The packing is stored in the database and read there by filters: subject s is
 * two bits at position 2 * s, 0 UNKNOWN, 1 GRANTED, 2 REFUSED; in SQL
 * `(consents >> 2 * s) & 3`. 3 is never written and reads as REFUSED. New
 * subjects go at the end.
 */
#ifndef CONSENT_H
#define CONSENT_H

#include <stdint.h>

#include "channel.h"
#include "word.h"

enum consent_subject {
	CONSENT_PROCESSING,
	CONSENT_MARKETING,
	CONSENT_EMAIL, /* the channels, in the order of enum channel */
	CONSENT_SMS,
	CONSENT_WHATSAPP,
	CONSENT_FACEBOOK,
	CONSENT_INSTAGRAM,
	CONSENT_CALLS, /* "please do not call me again"; says nothing of messages */
	CONSENT_SUBJECTS
};

const char *consent_subject_word(enum consent_subject v);
const char *consent_subject_label(enum consent_subject v);
bool consent_subject_parse(const char *s, enum consent_subject *v) MUST_USE;
enum consent_subject consent_of_channel(enum channel channel);

/* When two truths meet, the greater one wins. */
enum consent_state { CONSENT_UNKNOWN, CONSENT_GRANTED, CONSENT_REFUSED, CONSENT_STATES };

const char *consent_state_word(enum consent_state v);
const char *consent_state_label(enum consent_state v);
bool consent_state_parse(const char *s, enum consent_state *v) MUST_USE;

enum legal_basis { BASIS_CONSENT, BASIS_EXISTING_CUSTOMER, BASIS_CONTRACT, BASIS_COUNT };

const char *legal_basis_word(enum legal_basis v);
const char *legal_basis_label(enum legal_basis v);
bool legal_basis_parse(const char *s, enum legal_basis *v) MUST_USE;

/* Where a change came from. */
enum consent_source {
	/* the person's own word, noted by an operator */
	SOURCE_CALL,
	SOURCE_COUNTER,
	SOURCE_LETTER,
	SOURCE_FORM, /* filled in by the person, typed in by the operator */
	/* the person's own word, as it arrived */
	SOURCE_REPLY,	  /* STOP, or yes, to a message */
	SOURCE_LINK,	  /* unsubscribe or confirmation page, RFC 8058 */
	SOURCE_API,	  /* another program that collected it: a web form, a till */
	SOURCE_COMPLAINT, /* "this is spam", by the provider */
	/* not the person */
	SOURCE_IMPORT,
	SOURCE_CORRECTION, /* an operator's slip, see consent_correct */
	SOURCE_UNDO,
	SOURCE_MERGE,
	SOURCE_RESTORE,
	SOURCE_SYNC,
	SOURCE_COUNT
};

const char *consent_source_word(enum consent_source v);
const char *consent_source_label(enum consent_source v);
bool consent_source_parse(const char *s, enum consent_source *v) MUST_USE;

enum consent_state consents_get(uint32_t consents, enum consent_subject subject);
uint32_t consents_set(uint32_t consents, enum consent_subject subject, enum consent_state state);
/* Two records of one person, or two stations: the refusal wins, then the grant. */
uint32_t consents_merge(uint32_t a, uint32_t b);

/* Whether a message may go by `channel`, as far as consents say: suppression,
 * a working address and the caps are asked elsewhere. Marketing needs processing,
 * marketing and the channel GRANTED; a transactional message only needs the
 * channel not REFUSED. */
bool consent_may_send(uint32_t consents, enum channel channel, bool transactional) MUST_USE;

/* The answer to a wished change; the label is a sentence's half: why not. */
enum consent_verdict {
	CONSENT_OK,
	CONSENT_SAME,		/* nothing to change: no line of history either */
	CONSENT_REFUSAL_STANDS, /* this source cannot lift a refusal */
	CONSENT_NEEDS_PROOF,	/* the person's own yes, but without its proof */
	CONSENT_NOT_LATER,	/* a yes said before the refusal */
	CONSENT_NOT_FROM_HERE,	/* this source does not make such a change */
	CONSENT_NOT_A_SLIP,	/* the person acted, not an operator */
	CONSENT_NOT_YOURS,	/* a slip of somebody else's */
	CONSENT_TOO_OLD,	/* a slip more than 24 hours ago */
	CONSENT_NO_REASON,	/* a correction must say why */
	CONSENT_VERDICTS
};

/* English, to be translated; "" for CONSENT_OK. */
const char *consent_verdict_label(enum consent_verdict verdict);

struct consent_change {
	enum consent_state from;
	enum consent_state to;
	enum consent_source source;
	bool proof;    /* the sentence agreed to, a reply, a letter: something to show */
	int64_t at;    /* when the person said it, UTC seconds */
	int64_t since; /* when `from` was said; only a refusal's is looked at */
};

/*
 * Imports: UNKNOWN to GRANTED, or anything to REFUSED. Merge, restore and sync:
 * the same, that is consents_merge. Undo takes a grant back to UNKNOWN and leaves
 * refusals. The person's own word refuses always, grants, and lifts a refusal when
 * it is later and has its proof. Nothing else goes back to UNKNOWN. A history line
 * that arrives by sync is checked under its own source, not SOURCE_SYNC.
 * SOURCE_CORRECTION is decided by consent_correct alone.
 */
enum consent_verdict consent_change_check(const struct consent_change *change) MUST_USE;

/* The latest history line of a subject, and who wants it corrected. */
struct consent_slip {
	enum consent_source source; /* of the line */
	int64_t made_at;	    /* when the line was written, UTC seconds */
	int64_t now;
	bool by_author; /* the one who corrects wrote the line */
	bool by_admin;
	bool reason; /* one was given */
};

#define CONSENT_SLIP_SECONDS (24 * 60 * 60)

/* Whether the line may be taken back, to the state before it. A line from the
 * future (a clock that was wrong) counts as fresh. */
enum consent_verdict consent_correct(const struct consent_slip *slip) MUST_USE;

#endif
