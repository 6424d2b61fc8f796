/*
 * The texts that come with the program: e-mails and SMS in French and English, one
 * of each for every occasion. Made at build time from data/templates. A store copies
 * them and its people edit the copies. Constant; any thread.
 */
#ifndef SYSTEM_TEMPLATE_H
#define SYSTEM_TEMPLATE_H

#include <stddef.h>

#include "campaign.h"
#include "channel.h"
#include "compiler.h"

struct system_template {
	const char *key;      /* "WELCOME", as in template.system_key */
	const char *language; /* "fr", "en" */
	enum channel channel;
	enum campaign_type type; /* of the campaigns it is for */
	const char *name;	 /* English, to be translated */
	const char *subject;	 /* of e-mails; "" for the others */
	const char *text;
	const char *html; /* of e-mails; "" for the others */
};

extern const struct system_template system_templates[];
extern const size_t system_template_count;

/* The one of a key in a language for a channel, or NULL. */
const struct system_template *system_template_find(
	const char *key, const char *language, enum channel channel) MUST_USE;

#endif
