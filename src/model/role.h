/*
 * Roles and what each may do. A user holds a set of roles, one bit each
 * (ROLE_BIT), stored as that number: the order of the enumeration is fixed, new
 * roles go at the end. Pure; any thread.
 */
#ifndef ROLE_H
#define ROLE_H

#include <stdint.h>

#include "word.h"

enum user_role {
	ROLE_CRM_USER,
	ROLE_CRM_ADMIN,
	ROLE_MARKETING_USER,
	ROLE_MARKETING_ADMIN,
	ROLE_GDPR_OFFICER,
	ROLE_ADMIN,
	USER_ROLE_COUNT
};

#define ROLE_BIT(role) (UINT32_C(1) << (role))

const char *user_role_word(enum user_role v);
const char *user_role_label(enum user_role v);
bool user_role_parse(const char *s, enum user_role *v) MUST_USE;

/* Customers belong to CRM_*, campaigns and messages to MARKETING_*, GDPR to
 * GDPR_OFFICER, settings to every *_ADMIN, and ADMIN may do everything. */
enum right {
	RIGHT_CUSTOMERS_READ,	/* list, search, open; receivables, tasks, scores */
	RIGHT_CUSTOMERS_CHANGE, /* enter, edit, tag, merge, tasks, recalculate */
	RIGHT_CUSTOMERS_EXPORT,
	RIGHT_IMPORT,	      /* and its undo */
	RIGHT_REFUSAL,	      /* note that a person wants no more messages: everybody's duty */
	RIGHT_CAMPAIGNS_READ, /* campaigns and messages */
	RIGHT_CAMPAIGNS_CHANGE,
	RIGHT_GDPR, /* requests, personal export, anonymisation, opposition list */
	RIGHT_AUDIT_READ,
	RIGHT_SETTINGS,
	RIGHT_USERS, /* accounts and their roles */
	RIGHT_COUNT
};

/* What the right lets one do, English, to be translated: "change customers". */
const char *right_label(enum right right);
/* Whether one of `roles` (ROLE_BITs) has the right. */
bool role_may(uint32_t roles, enum right right) MUST_USE;

#endif
