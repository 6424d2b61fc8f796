/*
 * The fields of a customer that a person may edit, one by one: for forms, for
 * what two people changed at the same time, for merging records. Pure; any thread.
 */
#ifndef CUSTOMER_FIELD_H
#define CUSTOMER_FIELD_H

#include "customer.h"
#include "word.h"

enum customer_field {
	CF_KIND,
	CF_NATURE,
	CF_NAME,
	CF_FIRST_NAME,
	CF_FIRM,
	CF_EMAIL,
	CF_PHONE,
	CF_STREET,
	CF_POSTCODE,
	CF_CITY,
	CF_COUNTRY,
	CF_BIRTH_DAY,
	CF_LANGUAGE,
	CF_TIME_ZONE,
	CF_CHANNELS,
	CF_BEST_MINUTE,
	CF_ACCOUNT_KEY,
	CF_COUNT
};

#define CF_BIT(field) (UINT32_C(1) << (field))

/* "first_name": the name in settings, in JSON and on the command line. */
const char *customer_field_word(enum customer_field v);
const char *customer_field_label(enum customer_field v);
bool customer_field_parse(const char *s, enum customer_field *v) MUST_USE;

/* Appends the value as it is stored: a word, a text, an ISO day, minutes. */
void customer_field_text(const struct customer *c, enum customer_field field, struct strbuf *out);
/*
 * Reads a value as customer_field_text writes it; "" is none. The text is kept,
 * *borrowed*. false where it is none of the field's. Addresses: normalise after.
 */
bool customer_field_set(struct customer *c, enum customer_field field, const char *text) MUST_USE;
bool customer_field_same(
	const struct customer *a, const struct customer *b, enum customer_field field) MUST_USE;
/* With what is derived from it: an e-mail takes its key along. */
void customer_field_copy(
	struct customer *to, const struct customer *from, enum customer_field field);
/* The set of CF_BITs in which they differ. */
uint32_t customer_fields_differ(const struct customer *a, const struct customer *b);

#endif
