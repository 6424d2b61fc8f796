/*
 * What a user prefers: language, look, columns, the order of a list. Theirs
 * alone, so that no right is asked for; kept in the store, so that it follows
 * them from terminal to terminal.
 */
#ifndef PREFS_H
#define PREFS_H

#include "session.h"
#include "strbuf.h"

enum pref_scope {
	PREF_USER, /* in every company of the store */
	PREF_HERE, /* in this company */
};

/* Appends the value; nothing when there is none. */
bool pref_get(struct session *s, enum pref_scope scope, const char *key, struct strbuf *out,
	struct err *err) MUST_USE;
/* Not inside a transaction. Writes nothing when it is the value already. */
bool pref_put(struct session *s, enum pref_scope scope, const char *key, const char *value,
	struct err *err) MUST_USE;

#endif
