/* What was deleted, so that a sync does not bring it back. */
#ifndef STORE_TOMBSTONE_H
#define STORE_TOMBSTONE_H

#include "db.h"

/* `kind` is the table. Inside the transaction of the deletion. */
bool store_tombstone(struct db *db, int64_t company_id, int64_t id, const char *kind, int64_t now,
	struct err *err) MUST_USE;

#endif
