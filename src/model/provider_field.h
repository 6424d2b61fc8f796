/*
 * What a company's account at a provider consists of: a row for each setting. The tables
 * stand beside the providers, in src/net. Any thread.
 */
#ifndef PROVIDER_FIELD_H
#define PROVIDER_FIELD_H

#include <stdbool.h>

#define PROVIDER_FIELDS 12

enum provider_field_kind {
	FIELD_TEXT,
	FIELD_SECRET, /* sealed in the store, never shown again */
	FIELD_URL,    /* https, or this machine */
	FIELD_EMAIL,
	FIELD_NUMBER,
	FIELD_CHOICE, /* `choices` */
	FIELD_FOLDER,
};

/* A setting of an account. */
struct provider_field {
	const char *key;   /* "auth_token" */
	const char *label; /* N_() */
	enum provider_field_kind kind;
	bool required;
	const char *initial; /* "" none */
	const char *choices; /* "starttls|tls|none"; NULL */
};

#endif
