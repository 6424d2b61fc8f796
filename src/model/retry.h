/*
 * How long a message waits that certainly did not go out, and when it has been tried
 * often enough: each wait is twice the one before, a tenth more or less, so that
 * messages that failed together do not come back together. Pure; any thread.
 *
 * Source: RFC 5321, section 4.5.4.1, gives e-mail four to five days; a server that
 * greylists (RFC 6647) takes a message at its second try some minutes later.
 */
#ifndef RETRY_H
#define RETRY_H

#include "message.h"
#include "rng.h"

#define RETRY_NEVER (-1)
#define RETRY_FIRST_SECONDS 30
#define RETRY_LATER_SECONDS 300 /* the first wait of what is full, or greylists */
#define RETRY_LONGEST_SECONDS 3600
#define RETRY_HINT_SECONDS 86400 /* a longer hint of the provider counts as this */
#define RETRY_MOST 8		 /* tries */
#define RETRY_GREYLIST_MOST 99	 /* tries: four days of waits */

/* The answer of an e-mail server that takes no message at its first try: 450 or 451. */
bool retry_greylisted(const struct send_result *why) MUST_USE;
/*
 * Seconds from now on, never less than the provider's own hint; RETRY_NEVER for what is
 * not tried again: after RETRY, which has then been tried too often, and after every
 * outcome that is an end or may have left. A provider that is down, full or refuses the
 * account never ends a message. `attempts` counts tries, this one too, from 1. `jitter`
 * NULL: the wait as it is.
 */
int64_t retry_wait(const struct send_result *why, int attempts, struct rng *jitter) MUST_USE;
/* first * 2^(times - 1), at most `longest`; times from 1. */
int64_t retry_doubled(int64_t first, int times, int64_t longest) MUST_USE;
/* A provider's hint as far as it is believed: 0 to RETRY_HINT_SECONDS. */
int64_t retry_hint(int64_t seconds) MUST_USE;

#endif
