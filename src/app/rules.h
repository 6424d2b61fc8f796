/*
 * The rules of the company's country as they hold today: the company's own where
 * it has said something, else what the program takes them to be. One thread, the
 * session's.
 */
#ifndef RULES_H
#define RULES_H

#include "arena.h"
#include "country_rule.h"
#include "session.h"

struct rule_now {
	const char *value;
	const char *source; /* of the program's own: English, to be translated */
	int32_t since;	    /* DAY_NONE: the program's own */
};

bool rules_get(struct session *s, enum country_rule rule, struct arena *a, struct rule_now *out,
	struct err *err) MUST_USE;
/* From that day on; what held before stays known. Right: RIGHT_SETTINGS; audited.
 * ERR_INVALID for a value that cannot be, and without a source or a day. */
bool rules_set(struct session *s, enum country_rule rule, int32_t since, const char *value,
	const char *source, struct err *err) MUST_USE;

#endif
