#include "store_shelf.h"

#include "fold.h"
#include "stmt.h"
#include "store_tombstone.h"

static struct stmt *use(struct db *db, enum sql_id id, int64_t company_id, int64_t user_id)
{
	struct stmt *q = stmt_use(db, id);

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "user_id", user_id);
	return q;
}

static bool list_ids(
	struct stmt *q, int most, struct arena *a, int64_t **ids, int *count, struct err *err)
{
	int64_t *list = arena_alloc(a, (size_t)most * sizeof(*list));
	enum step step = STEP_DONE;
	int n = 0;

	stmt_i64(q, "n", most);
	while (n < most && (step = stmt_step(q, err)) == STEP_ROW)
		list[n++] = col_i64(q, 0);
	stmt_done(q);
	*ids = list;
	*count = n;
	return step != STEP_FAIL;
}

bool store_favourite_put(struct db *db, int64_t company_id, int64_t user_id, int64_t customer_id,
	bool on, int64_t now, struct err *err)
{
	struct stmt *q = use(db, on ? SQL_FAVOURITE_PUT : SQL_FAVOURITE_DROP, company_id, user_id);

	stmt_i64(q, "customer_id", customer_id);
	if (on)
		stmt_i64(q, "at", now);
	return stmt_run(q, err);
}

bool store_favourite_is(struct db *db, int64_t company_id, int64_t user_id, int64_t customer_id,
	bool *out, struct err *err)
{
	struct stmt *q = use(db, SQL_FAVOURITE_IS, company_id, user_id);
	int64_t found;

	stmt_i64(q, "customer_id", customer_id);
	if (!stmt_number(q, 0, &found, err))
		return false;
	*out = found;
	return true;
}

bool store_favourites(struct db *db, int64_t company_id, int64_t user_id, struct arena *a,
	int64_t **ids, int *count, struct err *err)
{
	return list_ids(use(db, SQL_FAVOURITE_LIST, company_id, user_id), FAVOURITES_MAX, a, ids,
		count, err);
}

bool store_recent_put(struct db *db, int64_t company_id, int64_t user_id, int64_t customer_id,
	int64_t now, struct err *err)
{
	struct stmt *q = use(db, SQL_RECENT_PUT, company_id, user_id);

	stmt_i64(q, "customer_id", customer_id);
	stmt_i64(q, "at", now);
	if (!stmt_run(q, err))
		return false;
	q = use(db, SQL_RECENT_TRIM, company_id, user_id);
	stmt_i64(q, "keep", RECENT_KEPT);
	return stmt_run(q, err);
}

bool store_recents(struct db *db, int64_t company_id, int64_t user_id, struct arena *a,
	int64_t **ids, int *count, struct err *err)
{
	return list_ids(
		use(db, SQL_RECENT_LIST, company_id, user_id), RECENT_KEPT, a, ids, count, err);
}

/* --- saved filters --- */

static void read_filter(struct stmt *q, struct arena *a, struct saved_filter *f)
{
	*f = (struct saved_filter){
		.id = col_i64(q, 0),
		.name = col_dup(q, 1, a),
		.text = col_dup(q, 2, a),
		.created_by = col_dup(q, 3, a),
	};
}

bool store_filter_save(struct db *db, int64_t company_id, struct saved_filter *f, struct err *err)
{
	struct strbuf key = STRBUF_INIT;
	struct stmt *q;
	bool ok = false;

	fold_add(&key, f->name);
	if (!key.len) {
		err_set(err, ERR_INVALID, f->name, "%s", "a name without a letter");
		goto out;
	}
	f->id = db_ids(db, 1, err);
	if (!f->id)
		goto out;
	q = stmt_use(db, SQL_FILTER_PUT);
	stmt_i64(q, "id", f->id);
	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "name", f->name);
	stmt_text(q, "name_key", key.buf);
	stmt_text(q, "filter", f->text);
	stmt_text(q, "created_by", f->created_by);
	ok = stmt_number(q, 0, &f->id, err);
out:
	strbuf_release(&key);
	return ok;
}

bool store_filter_find(struct db *db, int64_t company_id, const char *name, struct arena *a,
	struct saved_filter *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_FILTER_FIND);
	struct strbuf key = STRBUF_INIT;
	enum step step;

	*out = (struct saved_filter){ .name = "", .text = "", .created_by = "" };
	fold_add(&key, name);
	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "name_key", key.buf);
	step = stmt_step(q, err);
	if (step == STEP_ROW)
		read_filter(q, a, out);
	stmt_done(q);
	strbuf_release(&key);
	return step != STEP_FAIL;
}

bool store_filters(struct db *db, int64_t company_id, struct arena *a, struct saved_filter **out,
	int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_FILTER_LIST);
	struct saved_filter *list = arena_alloc(a, SAVED_FILTERS_MAX * sizeof(*list));
	enum step step = STEP_DONE;
	int n = 0;

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "n", SAVED_FILTERS_MAX);
	while (n < SAVED_FILTERS_MAX && (step = stmt_step(q, err)) == STEP_ROW)
		read_filter(q, a, &list[n++]);
	stmt_done(q);
	*out = list;
	*count = n;
	return step != STEP_FAIL;
}

bool store_filter_drop(struct db *db, int64_t company_id, int64_t id, int64_t now, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_FILTER_DROP);

	stmt_i64(q, "id", id);
	stmt_i64(q, "company_id", company_id);
	if (!stmt_run(q, err))
		return false;
	if (!db_changes(db))
		return err_set(err, ERR_GONE, "saved filter", "%lld", (long long)id);
	return store_tombstone(db, company_id, id, "saved_filter", now, err);
}
