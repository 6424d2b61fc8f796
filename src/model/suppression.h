/*
 * Addresses that are never written to, whoever owns them: the person and the
 * address are two things. Texts are never NULL and *borrowed*.
 */
#ifndef SUPPRESSION_H
#define SUPPRESSION_H

#include <stdint.h>

#include "channel.h"
#include "contact.h"
#include "word.h"

enum address_kind {
	ADDRESS_EMAIL,
	ADDRESS_PHONE, /* SMS and WhatsApp */
	ADDRESS_FACEBOOK,
	ADDRESS_INSTAGRAM,
	ADDRESS_KINDS
};

const char *address_kind_word(enum address_kind v);
const char *address_kind_label(enum address_kind v);
bool address_kind_parse(const char *s, enum address_kind *v) MUST_USE;
enum address_kind address_of_channel(enum channel channel);
/* ADDRESS_KINDS for one that no message goes to. */
enum address_kind address_of_contact(enum contact_kind kind);

/* Reasons that the program gives itself. */
#define SUPPRESSED_REFUSED "REFUSED"
#define SUPPRESSED_BOUNCED "BOUNCED" /* a provider says that it does not exist */

struct suppression {
	int64_t id;
	int64_t company_id;
	enum address_kind kind;
	const char *value;  /* normalised */
	const char *reason; /* one of the above, or an operator's own words */
	int64_t at;
	const char *actor;
};

#endif
