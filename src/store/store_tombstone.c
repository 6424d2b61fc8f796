#include "store_tombstone.h"

#include "stmt.h"

bool store_tombstone(struct db *db, int64_t company_id, int64_t id, const char *kind, int64_t now,
	struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_TOMBSTONE_ADD);

	stmt_i64(q, "id", id);
	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "kind", kind);
	stmt_i64(q, "at", now);
	return stmt_run(q, err);
}
