/*
 * Who does a thing: every service that changes something takes one, and the
 * audit trail names it.
 */
#ifndef ACTOR_H
#define ACTOR_H

#include <stdint.h>

/* Where the act came from. */
enum origin { ORIGIN_SCREEN, ORIGIN_COMMAND, ORIGIN_DAEMON };

/* SCREEN, COMMAND, DAEMON, as the audit trail stores them. */
const char *origin_word(enum origin origin);

struct actor {
	int64_t user_id;
	char login[64];
	uint32_t roles; /* bit set of ROLE_BIT, see role.h */
	enum origin origin;
};

#endif
