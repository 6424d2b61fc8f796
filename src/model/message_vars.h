/*
 * What a template's variables are for one person: names as they are, amounts, dates
 * and segments in the message's language. Pure; any thread.
 */
#ifndef MESSAGE_VARS_H
#define MESSAGE_VARS_H

#include "arena.h"
#include "audience.h"
#include "company.h"
#include "template.h"

/* In the arena or *borrowed* from the person; "" where there is none. Links and how to
 * stop are known when the message is sent: "" here. */
const char *message_var(enum template_var var, const struct person *p,
	const struct company *company, enum lang lang, int32_t today, struct arena *a);

#endif
