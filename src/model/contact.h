/*
 * What hangs on a customer beside its row: further addresses, ids in other
 * systems, tags, saved filters. Texts are never NULL and *borrowed*.
 */
#ifndef CONTACT_H
#define CONTACT_H

#include <stdint.h>

#include "arena.h"
#include "company.h"
#include "word.h"

enum contact_kind {
	CONTACT_EMAIL,
	CONTACT_PHONE,
	CONTACT_WHATSAPP,
	CONTACT_FACEBOOK, /* a handle */
	CONTACT_INSTAGRAM,
	CONTACT_POST, /* a second postal address, as typed */
	CONTACT_KINDS
};

const char *contact_kind_word(enum contact_kind v);
const char *contact_kind_label(enum contact_kind v);
bool contact_kind_parse(const char *s, enum contact_kind *v) MUST_USE;

/* A further address of a customer. */
struct contact {
	int64_t id;
	int64_t company_id;
	int64_t customer_id;
	enum contact_kind kind;
	const char *label; /* "accounting", "shop", a person's name */
	const char *typed;
	const char *value; /* normalised; "" if invalid */
};

#define CONTACT_INIT                                                                               \
	{                                                                                          \
		.label = "", .typed = "", .value = ""                                              \
	}

/*
 * Fills `value` from what was typed, in the arena: an e-mail's key, a phone's
 * E.164, a handle in lower case without its @ or the address of the site.
 */
void contact_normalise(struct contact *c, const struct company *company, struct arena *a);

/* The customer's id in another system. */
struct customer_key {
	const char *system;
	const char *key;
};

/* The system whose keys an import of third parties finds customers by. */
#define KEY_ACCOUNTING "ACCOUNTING"

struct tag {
	int64_t id;
	const char *name;
};

struct saved_filter {
	int64_t id;
	const char *name;
	const char *text; /* in the filter language */
	const char *created_by;
};

#endif
