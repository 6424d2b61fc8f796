#include "store_demo.h"

#include "mem.h"
#include "stmt.h"
#include "store_counter.h"
#include "store_customer.h"
#include "store_tombstone.h"

/* --- customers ----------------------------------------------------------- */

static bool find_ids(struct db *db, enum sql_id sql, int64_t company_id, int n, int64_t *ids,
	int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, sql);
	enum step step;

	*count = 0;
	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "n", n);
	while ((step = stmt_step(q, err)) == STEP_ROW)
		ids[(*count)++] = col_i64(q, 0);
	stmt_done(q);
	return step == STEP_DONE;
}

static bool drop_customer(struct db *db, int64_t company_id, int64_t id, int64_t now,
	struct tally *tally, struct err *err)
{
	static const enum sql_id drops[] = {
		SQL_DEMO_DROP_PAYMENTS,
		SQL_DEMO_DROP_INVOICES,
		SQL_DEMO_DROP_NOTES,
		SQL_DEMO_DROP_TASKS,
		SQL_DEMO_DROP_ATTEMPTS,
		SQL_DEMO_DROP_MESSAGES,
	};

	for (size_t i = 0; i < ARRAY_SIZE(drops); i++) {
		struct stmt *q = stmt_use(db, drops[i]);

		stmt_i64(q, "company_id", company_id);
		stmt_i64(q, "id", id);
		if (!stmt_run(q, err))
			return false;
	}
	return store_customer_delete(db, company_id, id, now, "", tally, err);
}

bool store_demo_customers(
	struct db *db, int64_t company_id, int n, int64_t now, int *done, struct err *err)
{
	int64_t *ids = mem_zalloc((size_t)n, sizeof(*ids));
	struct tally tally = TALLY_INIT;
	bool ok = find_ids(db, SQL_DEMO_MERGED, company_id, n, ids, done, err);

	if (ok && !*done)
		ok = find_ids(db, SQL_DEMO_CUSTOMERS, company_id, n, ids, done, err);
	for (int i = 0; ok && i < *done; i++)
		ok = drop_customer(db, company_id, ids[i], now, &tally, err);
	free(ids);
	return ok && store_counter_apply(db, company_id, &tally, err);
}

/* --- the rest ------------------------------------------------------------ */

bool store_demo_journals(struct db *db, int64_t company_id, int n, int *done, struct err *err)
{
	static const enum sql_id drops[] = {
		SQL_DEMO_DROP_REFUSALS,
		SQL_DEMO_DROP_MADE,
		SQL_DEMO_DROP_CHANGED,
	};

	*done = 0;
	for (size_t i = 0; i < ARRAY_SIZE(drops) && !*done; i++) {
		struct stmt *q = stmt_use(db, drops[i]);

		stmt_i64(q, "company_id", company_id);
		stmt_i64(q, "n", n);
		if (!stmt_run(q, err))
			return false;
		*done = (int)db_changes(db);
	}
	return true;
}

bool store_demo_company(struct db *db, int64_t company_id, int64_t now, struct err *err)
{
	static const enum sql_id drops[] = {
		SQL_DEMO_DROP_IMPORTS,
		SQL_DEMO_DROP_MAPPINGS,
		SQL_DEMO_DROP_JOURNALS,
		SQL_DEMO_DROP_POST_ATTEMPTS,
		SQL_DEMO_DROP_POSTS,
		SQL_DEMO_DROP_COUNTS,
		SQL_DEMO_DROP_PAST,
		SQL_DEMO_DROP_WAITS,
		SQL_DEMO_DROP_CONTENTS,
		SQL_DEMO_DROP_CAMPAIGNS,
		SQL_DEMO_DROP_VERSIONS,
		SQL_DEMO_DROP_TEMPLATES,
		SQL_DEMO_DROP_FILTERS,
		SQL_DEMO_DROP_TAGS,
		SQL_DEMO_DROP_SUPPRESSIONS,
		SQL_DEMO_DROP_WORDINGS,
		SQL_DEMO_DROP_COUNTERS,
		SQL_DEMO_DROP_RULES,
		SQL_DEMO_DROP_PROVIDERS,
		SQL_DEMO_DROP_RATES,
		SQL_DEMO_DROP_HOLIDAYS,
		SQL_DEMO_DROP_SETTINGS,
		SQL_DEMO_DROP_TOMBSTONES,
		SQL_DEMO_DROP_COMPANY,
	};

	for (size_t i = 0; i < ARRAY_SIZE(drops); i++) {
		struct stmt *q = stmt_use(db, drops[i]);

		stmt_i64(q, "company_id", company_id);
		if (!stmt_run(q, err))
			return false;
	}
	if (!db_changes(db))
		return err_set(err, ERR_GONE, "company", "%lld", (long long)company_id);
	return store_tombstone(db, company_id, company_id, "company", now, err);
}
