#include "store_backup.h"

#include "stmt.h"

bool store_backup_counts(struct db *db, struct store_counts *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_BACKUP_COUNTS);
	enum step step = stmt_step(q, err);

	if (step == STEP_ROW)
		*out = (struct store_counts){ col_i64(q, 0), col_i64(q, 1), col_i64(q, 2) };
	stmt_done(q);
	return step == STEP_ROW;
}
