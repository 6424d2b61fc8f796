#include "store_doctor.h"

#include "stmt.h"

bool store_doctor_payments(struct db *db, int64_t *n, struct err *err)
{
	return stmt_number(stmt_use(db, SQL_DOCTOR_PAYMENTS), 0, n, err);
}

bool store_doctor_imports(struct db *db, int64_t company_id, int64_t *n, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_DOCTOR_IMPORTS);

	stmt_i64(q, "company_id", company_id);
	return stmt_number(q, 0, n, err);
}
