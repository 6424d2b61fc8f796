#include "store_rebuild.h"

#include "stmt.h"
#include "store_consent.h"
#include "store_contact.h"
#include "store_customer.h"
#include "store_search.h"

bool store_rebuild_ids(struct db *db, int64_t company_id, int64_t after, int n, int64_t *out,
	int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_REBUILD_IDS);
	enum step step = STEP_DONE;
	int i = 0;

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "after", after);
	stmt_i64(q, "n", n);
	while (i < n && (step = stmt_step(q, err)) == STEP_ROW)
		out[i++] = col_i64(q, 0);
	stmt_done(q);
	*count = i;
	return step != STEP_FAIL;
}

bool store_rebuild_fits(struct db *db, const struct customer *c, bool *fits, struct err *err)
{
	uint32_t consents;

	if (!store_customer_keys_fit(db, c, fits, err) ||
		!store_consent_replay(db, c->company_id, c->id, &consents, err))
		return false;
	*fits = *fits && consents == c->consents;
	return true;
}

bool store_rebuild_write(struct db *db, const struct customer *c, struct err *err)
{
	uint32_t consents;
	struct stmt *q;

	if (!store_customer_keys_write(db, c, err) ||
		!store_consent_replay(db, c->company_id, c->id, &consents, err))
		return false;
	q = stmt_use(db, SQL_REBUILD_CONSENTS);
	stmt_i64(q, "id", c->id);
	stmt_i64(q, "consents", consents);
	return stmt_run(q, err);
}

bool store_rebuild_search_clear(struct db *db, struct err *err)
{
	return stmt_run(stmt_use(db, SQL_REBUILD_WORDS_CLEAR), err) &&
	       stmt_run(stmt_use(db, SQL_REBUILD_PARTS_CLEAR), err);
}

bool store_rebuild_search_add(struct db *db, const struct customer *c, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct contact *contacts;
	bool ok;
	int n;

	if (c->merged_into)
		return true;
	ok = store_search_add(db, c, err) &&
	     store_contacts_of(db, c->company_id, c->id, &a, &contacts, &n, err);
	for (int i = 0; ok && i < n; i++)
		ok = store_search_add_contact(db, &contacts[i], err);
	arena_release(&a);
	return ok;
}

bool store_rebuild_search_check(struct db *db, int64_t *wrong, struct err *err)
{
	return stmt_number(stmt_use(db, SQL_REBUILD_SEARCH_WRONG), 0, wrong, err);
}

bool store_rebuild_unscored(struct db *db, int64_t company_id, int64_t *wrong, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_REBUILD_UNSCORED);

	stmt_i64(q, "company_id", company_id);
	return stmt_number(q, 0, wrong, err);
}
