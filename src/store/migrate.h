/*
 * Brings a store to the newest schema: one transaction a step, with a copy of
 * the file beside it first. A newer store, or a file that is not ours, is
 * refused and left as it is.
 */
#ifndef MIGRATE_H
#define MIGRATE_H

#include "db.h"

struct migration {
	int version; /* PRAGMA user_version after it */
	const char *name;
	const char *sql;
};

/* In order of version, ended by version 0. */
extern const struct migration migrations[];

/* Is it empty or ours, and not newer than this program? Writes nothing. */
bool migrate_check(struct db *db, struct err *err) MUST_USE;
bool migrate(struct db *db, struct err *err) MUST_USE;

#endif
