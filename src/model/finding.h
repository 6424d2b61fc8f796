/*
 * What a check of a campaign finds before it is launched: how grave, what, about what.
 * Values and their words alone; any thread.
 */
#ifndef FINDING_H
#define FINDING_H

#include <stdint.h>

#include "channel.h"
#include "word.h"

enum finding_level { FINDING_OK, FINDING_WARN, FINDING_STOP, FINDING_LEVELS };

const char *finding_level_word(enum finding_level v);
const char *finding_level_label(enum finding_level v);
bool finding_level_parse(const char *s, enum finding_level *v) MUST_USE;

enum finding_code {
	FINDING_READY, /* nothing is: the only one then */
	FINDING_NO_NAME,
	FINDING_NO_CHANNEL,
	FINDING_NO_TEXT,	/* subject: channel */
	FINDING_NO_SUBJECT,	/* channel */
	FINDING_TEXT,		/* what cannot be read, and where */
	FINDING_NO_UNSUBSCRIBE, /* channel */
	FINDING_NO_STOP_TEXT,
	FINDING_NO_STOP_SETTING,
	FINDING_LINK_BAD,  /* the link */
	FINDING_LINK_HTTP, /* the link */
	FINDING_SMS_UCS2,  /* the character */
	FINDING_SMS_LONG,  /* amount: parts */
	FINDING_FILTER,
	FINDING_NOBODY,
	FINDING_NO_PROVIDER,	   /* channel */
	FINDING_PROVIDER_UNTESTED, /* provider */
	FINDING_PROVIDER_STALE,	   /* provider */
	FINDING_PROVIDER_FAILED,   /* provider */
	FINDING_PROVIDER_REFUSES,  /* provider */
	FINDING_START_PAST,
	FINDING_NOT_AFTER,
	FINDING_BUDGET, /* cost; only with a forecast */
	FINDING_COPY,
	FINDING_DEMO,
	FINDING_FOLDER, /* channel: its messages go into the folder alone */
	FINDING_MEDIA,	/* channel */
	FINDING_CODES
};

/* Stored nowhere; for JSON and tests. */
const char *finding_code_word(enum finding_code v);
/* A sentence, English, to be translated; one %s at most, for the subject. */
const char *finding_code_label(enum finding_code v);
bool finding_code_parse(const char *s, enum finding_code *v) MUST_USE;

struct finding {
	enum finding_level level;
	enum finding_code code;
	/* "" none. Where `translate`, a label of the program's; else as it stands. */
	const char *subject;
	bool translate;
	enum channel channel; /* whose text it is about; CHANNEL_COUNT none */
	char language[8];     /* "" none */
	int line, column;     /* of FINDING_TEXT; 0 none */
	const char *why;      /* of FINDING_TEXT: a label, to be translated; else NULL */
	int64_t amount;	      /* of BUDGET: minor units; of SMS_LONG: parts */
};

#endif
