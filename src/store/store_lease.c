#include "store_lease.h"

#include "stmt.h"

bool store_lease_take(struct db *db, const char *name, const char *owner, int64_t now,
	int64_t until, int64_t *epoch, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_LEASE_TAKE);

	stmt_text(q, "name", name);
	stmt_text(q, "owner", owner);
	stmt_i64(q, "now", now);
	stmt_i64(q, "until", until);
	return stmt_number(q, 0, epoch, err);
}

bool store_lease_renew(struct db *db, const char *name, const char *owner, int64_t epoch,
	int64_t until, bool *held, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_LEASE_RENEW);

	stmt_text(q, "name", name);
	stmt_text(q, "owner", owner);
	stmt_i64(q, "epoch", epoch);
	stmt_i64(q, "until", until);
	if (!stmt_run(q, err))
		return false;
	*held = db_changes(db) > 0;
	return true;
}

bool store_lease_release(struct db *db, const char *name, const char *owner, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_LEASE_RELEASE);

	stmt_text(q, "name", name);
	stmt_text(q, "owner", owner);
	return stmt_run(q, err);
}

bool store_lease_owner(struct db *db, const char *name, int64_t now, struct arena *a,
	const char **owner, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_LEASE_OWNER);
	enum step step;

	*owner = "";
	stmt_text(q, "name", name);
	stmt_i64(q, "now", now);
	step = stmt_step(q, err);
	if (step == STEP_ROW)
		*owner = col_dup(q, 0, a);
	stmt_done(q);
	return step != STEP_FAIL;
}
