/*
 * How an SMS is counted and what it costs: GSM 03.38 7-bit with its extension
 * table (160 characters, 153 a part when there are several) or UCS-2 (70, 67).
 * Counted on rendered texts, since one name can change the encoding. Pure.
 *
 * Source: 3GPP TS 23.038 (alphabet), 3GPP TS 23.040 (concatenation).
 */
#ifndef SMS_H
#define SMS_H

#include <stdbool.h>
#include <stddef.h>

#include "compiler.h"
#include "strbuf.h"

enum sms_encoding { SMS_GSM7, SMS_UCS2 };

struct sms_count {
	enum sms_encoding encoding;
	int units; /* septets (an extension character is two) or UTF-16 units */
	int parts; /* 0 for an empty text */
	int left;  /* units until the next part begins */
};

/* A part never splits an extension character's escape, nor a surrogate pair. */
void sms_count(const char *text, struct sms_count *out);
/* The first character that is not in the GSM alphabet: its place and bytes; false
 * if all are. */
bool sms_offender(const char *text, size_t *at, size_t *len) MUST_USE;
/* Appends the nearest spelling in the GSM alphabet: ê e, ’ ', … ..., œ oe; what has
 * none is left as it is, bytes that are not UTF-8 become "?". true if it is all GSM
 * now. Spelling what was spelled changes nothing. */
bool sms_spell(const char *text, struct strbuf *out);
/* Appends it with plain spaces for no-break, narrow and thin ones, and straight
 * apostrophes for curly ones: nobody sees the difference, all of them cost. */
void sms_plain(const char *text, size_t len, struct strbuf *out);

#endif
