/*
 * One real message through one provider, at once and outside of campaigns: to see that an
 * account works before anybody depends on it, or how a message arrives. It goes to an address
 * that the person who tests gives, their own. One thread, the session's; it waits
 * for the provider's answer, a minute at most.
 */
#ifndef PROVIDER_TEST_H
#define PROVIDER_TEST_H

#include "message.h"
#include "session.h"

struct provider_test {
	enum provider_name name;
	int channel;	/* enum channel; -1: the first that the provider carries */
	const char *to; /* as typed: an e-mail address, a telephone number, a user's id */
	/* A message to be tried, as it would be read; `text` NULL: the program's own. */
	const char *subject, *text, *html, *sender;
};

struct provider_test_result {
	enum channel channel;
	char to[256]; /* as it was written to */
	struct send_result result;
	int64_t took_ms;
};

/*
 * True once there is an answer, or certainly none: *out says which, and the account keeps
 * whether it worked. Right: RIGHT_SETTINGS, or for a message RIGHT_CAMPAIGNS_CHANGE, when the
 * account keeps it only where the settings may be changed. ERR_INVALID for an address that is
 * none, ERR_PROVIDER_CHANNEL, what providers_open says.
 */
bool provider_test_send(struct session *s, const struct provider_test *test,
	struct provider_test_result *out, struct err *err) MUST_USE;
/* What the answer means, a sentence; English, to be translated. */
const char *provider_test_sentence(const struct send_result *r);

#endif
