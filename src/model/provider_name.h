/*
 * Who carries messages: the nine services the program speaks to, and FILE, which
 * lays each message into a folder. The words are stored; new ones go at the end.
 */
#ifndef PROVIDER_NAME_H
#define PROVIDER_NAME_H

#include <stdint.h>

#include "channel.h"
#include "word.h"

enum provider_name {
	PROVIDER_SENDGRID,
	PROVIDER_MAILCHIMP,
	PROVIDER_SMTP,
	PROVIDER_TWILIO,
	PROVIDER_ORANGE,
	PROVIDER_MTN,
	PROVIDER_WHATSAPP,
	PROVIDER_FACEBOOK,
	PROVIDER_INSTAGRAM,
	PROVIDER_FILE,
	PROVIDER_COUNT
};

const char *provider_name_word(enum provider_name v);
const char *provider_name_label(enum provider_name v);
bool provider_name_parse(const char *s, enum provider_name *v) MUST_USE;

/* Whether it can carry this channel's messages at all. */
bool provider_serves(enum provider_name v, enum channel channel) MUST_USE;
/* Recipients (of SMS: parts) an hour until a setting says otherwise; 0: no limit. */
int provider_hourly(enum provider_name v);
/* The same of a channel as a whole, whoever carries it. */
int channel_hourly(enum channel channel);

#endif
