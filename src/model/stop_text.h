/*
 * How a marketing SMS says to stop: "STOP au 36111". The place to write to is a
 * setting of the company: a short code, a number or a page, since the name an SMS
 * comes from cannot be answered. GSM alphabet alone. Pure; any thread.
 */
#ifndef STOP_TEXT_H
#define STOP_TEXT_H

#include "strbuf.h"
#include "word.h"

enum stop_way {
	STOP_SHORT_CODE, /* "36111" */
	STOP_NUMBER,	 /* "+22670123456", blanks allowed */
	STOP_LINK,	 /* "https://..." */
	STOP_WAY_COUNT
};

#define STOP_LINK_MAX 80 /* characters of a link */

const char *stop_way_word(enum stop_way v);
const char *stop_way_label(enum stop_way v);
bool stop_way_parse(const char *s, enum stop_way *v) MUST_USE;

/* Which way `value` is; false when it is none: three to six digits; a + and seven to
 * fifteen of them, or seven to fifteen; http:// or https:// and more, all of the GSM
 * alphabet. */
bool stop_way_find(const char *value, enum stop_way *way) MUST_USE;
/* Appends the words in a language ("fr..." or else English); false, and nothing, when
 * `value` is not of that way. */
bool stop_text(
	const char *language, enum stop_way way, const char *value, struct strbuf *out) MUST_USE;

#endif
