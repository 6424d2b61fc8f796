/*
 * E-mail addresses: checked by their syntax only, cleaned of what spreadsheets
 * and pastes leave around them, and normalised for comparing.
 *
 * Accepted is what RFC 5321 (section 4.1.2) accepts: dot-strings and quoted local
 * parts, "+" tags, domains of one label or more, address literals ([192.0.2.1],
 * [IPv6:...], [tag:...]); at most 64 bytes before the @, 255 after it and 254
 * together. Domains may be internationalised (UTF-8 labels or xn--); a local part
 * that is not ASCII is refused, since most providers cannot write to it and it is
 * nearly always an accent typed by mistake. Pure; any thread.
 */
#ifndef EMAIL_H
#define EMAIL_H

#include <stdbool.h>

#include "compiler.h"

#define EMAIL_MAX 254 /* bytes of an address */
#define EMAIL_LOCAL_MAX 64
#define EMAIL_DOMAIN_MAX 255

enum email_result {
	EMAIL_OK,
	EMAIL_EMPTY,
	EMAIL_NO_AT,   /* no @, or nothing on one side of it */
	EMAIL_SEVERAL, /* more than one address */
	EMAIL_TOO_LONG,
	EMAIL_NOT_ASCII, /* an accent before the @ */
	EMAIL_BAD_LOCAL,
	EMAIL_BAD_DOMAIN,
	EMAIL_RESULTS
};

/* A sentence: what is wrong; English, to be translated. "" for OK. */
const char *email_result_label(enum email_result result);

struct email {
	enum email_result result;
	/* Valid, but a domain without a dot: most likely mistyped (awa@gmail). */
	bool doubtful;
	char address[EMAIL_MAX + 1]; /* to write to: the domain in lower case; "" unless OK */
	/* To compare: all in lower case, needless quotes gone. Two addresses with one
	 * key are one person's mailbox for every provider in use. */
	char key[EMAIL_MAX + 1];
};

/*
 * Cleans and checks. Blanks (no-break ones too) at the ends, "mailto:", "<...>"
 * with or without a name before it, quotes around the whole, and '.', ',' or ';'
 * after it are taken away first. Returns whether the address is OK.
 */
bool email_clean(const char *raw, struct email *email) MUST_USE;

#endif
