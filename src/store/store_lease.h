/*
 * Leases: who does a thing that only one program may do at a time. A lease is
 * held until a time and renewed while the work goes on; that of a program that
 * died runs out by itself. The epoch rises with every new holder, so that results
 * of an earlier one can be told.
 */
#ifndef STORE_LEASE_H
#define STORE_LEASE_H

#include "arena.h"
#include "db.h"

/*
 * Takes the lease if it is free, has run out at `now`, or is `owner`'s already
 * (which renews it under its epoch). *epoch is 0 when somebody else holds it.
 * Inside a write transaction; instants are UTC seconds.
 */
bool store_lease_take(struct db *db, const char *name, const char *owner, int64_t now,
	int64_t until, int64_t *epoch, struct err *err) MUST_USE;
/* Also past its end, where nobody took it meanwhile; *held is false when somebody did. */
bool store_lease_renew(struct db *db, const char *name, const char *owner, int64_t epoch,
	int64_t until, bool *held, struct err *err) MUST_USE;
/* Gives it back; does nothing when it is no longer `owner`'s. */
bool store_lease_release(
	struct db *db, const char *name, const char *owner, struct err *err) MUST_USE;
/* Who holds it at `now`; "" if nobody. */
bool store_lease_owner(struct db *db, const char *name, int64_t now, struct arena *a,
	const char **owner, struct err *err) MUST_USE;

#endif
