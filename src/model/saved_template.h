/*
 * A text to begin campaigns from, as a company keeps it: one a channel, in one or more
 * languages. A version is never edited; a change is the next one. Values alone; texts are
 * never NULL and *borrowed*. Any thread.
 */
#ifndef SAVED_TEMPLATE_H
#define SAVED_TEMPLATE_H

#include "campaign.h"

struct saved_template {
	int64_t id;
	int64_t company_id;
	const char *name;
	/* "WELCOME" of those that came with the program, whose name is English, to be
	 * translated, until somebody gives it another; "" of others. */
	const char *system_key;
	enum channel channel;
	enum campaign_type type; /* of the campaigns it is meant for */
	int64_t archived_at;	 /* 0: in use */
	int64_t created_at;
	int64_t revision;
	const char *languages; /* "en,fr", in lists; "" else */
};

struct saved_version {
	int64_t id;
	int64_t template_id;
	char language[8];    /* "fr" */
	int version;	     /* from 1 in each language */
	const char *subject; /* of e-mails */
	const char *text;
	const char *html; /* of e-mails; "" none */
	const char *author;
	int64_t created_at;
};

#endif
