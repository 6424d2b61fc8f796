/*
 * How a provider is, in words and as one sign. Everything is appended. Main thread.
 */
#ifndef PROVIDER_WORDS_H
#define PROVIDER_WORDS_H

#include "desk.h"
#include "draw.h"
#include "providers.h"

/* How it is for those who send by it. */
struct provider_words {
	enum glyph sign;
	enum role role;
};

/* "up", "resting until 14:32", "not set up". */
struct provider_words provider_words(
	struct strbuf *out, const struct desk *d, const struct provider_card *card);
/* "E-mail, SMS"; "all" of one that serves every channel. */
void provider_channels(struct strbuf *out, enum provider_name name);
/* 14:32 when that is today, else 18/11/2026 14:32. */
void provider_time(struct strbuf *out, const struct desk *d, int64_t at);

#endif
