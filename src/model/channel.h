/* The ways a customer can be written to. The order is also the order of their
 * bits in a set of channels and of their consents (consent.h): it is stored, new
 * ones go at the end. */
#ifndef CHANNEL_H
#define CHANNEL_H

#include "word.h"

enum channel {
	CHANNEL_EMAIL,
	CHANNEL_SMS,
	CHANNEL_WHATSAPP,
	CHANNEL_FACEBOOK,
	CHANNEL_INSTAGRAM,
	CHANNEL_COUNT
};

const char *channel_word(enum channel v);
const char *channel_label(enum channel v);
bool channel_parse(const char *s, enum channel *v) MUST_USE;

#endif
