/*
 * Erasing a company of invented customers, in steps that are short transactions
 * each. Nothing here checks that it is one: the caller does, and the last step
 * refuses any other.
 */
#ifndef STORE_DEMO_H
#define STORE_DEMO_H

#include "db.h"

/*
 * Removes `n` customers at most with all that hangs on them, inside a write
 * transaction; *done is how many. 0: there are none left.
 */
bool store_demo_customers(
	struct db *db, int64_t company_id, int n, int64_t now, int *done, struct err *err) MUST_USE;
/* The same of what imports refused and journals hold, in rows. */
bool store_demo_journals(
	struct db *db, int64_t company_id, int n, int *done, struct err *err) MUST_USE;
/* The rest, and the company itself. ERR_GONE unless it was a demo. */
bool store_demo_company(struct db *db, int64_t company_id, int64_t now, struct err *err) MUST_USE;

#endif
