#include "store_task.h"

#include "stmt.h"
#include "store_tombstone.h"

/* The columns that an insert and an edit both write. */
static void bind_task(struct stmt *q, const struct task *t)
{
	stmt_i64(q, "id", t->id);
	stmt_i64(q, "company_id", t->company_id);
	stmt_text(q, "kind", task_kind_word(t->kind));
	stmt_i64(q, "due_day", t->due_day);
	stmt_i64(q, "due_minute", t->due_minute);
	stmt_text(q, "owner", t->owner);
	stmt_text(q, "note", t->note);
	stmt_text(q, "outcome",
		t->outcome < 0 ? NULL : call_outcome_word((enum call_outcome)t->outcome));
	stmt_i64_or_null(q, "promise_amount", t->promise_amount, 0);
	stmt_i64_or_null(q, "promise_day", t->promise_day, DAY_NONE);
	stmt_i64_or_null(q, "promise_from", t->promise_from, DAY_NONE);
	stmt_i64_or_null(q, "done_at", t->done_at, 0);
}

bool store_task_insert(struct db *db, struct task *task, struct err *err)
{
	struct stmt *q;

	if (!task->id && !(task->id = db_ids(db, 1, err)))
		return false;
	q = stmt_use(db, SQL_TASK_INSERT);
	bind_task(q, task);
	stmt_i64(q, "customer_id", task->customer_id);
	stmt_i64_or_null(q, "follows", task->follows, 0);
	stmt_i64(q, "created_at", task->created_at);
	task->revision = 1;
	return stmt_run(q, err);
}

bool store_task_update(struct db *db, struct task *task, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_TASK_UPDATE);

	bind_task(q, task);
	stmt_i64(q, "revision", task->revision);
	if (!stmt_run(q, err))
		return false;
	if (!db_changes(db))
		return err_set(err, ERR_CONFLICT, "task", "%lld", (long long)task->id);
	task->revision++;
	return true;
}

static void read_task(struct stmt *q, struct arena *a, struct task *out)
{
	enum call_outcome outcome;

	*out = (struct task){
		.id = col_i64(q, 0),
		.company_id = col_i64(q, 1),
		.customer_id = col_i64(q, 2),
		.kind = TASK_OTHER,
		.due_day = (int32_t)col_i64(q, 4),
		.due_minute = (int)col_i64(q, 5),
		.owner = col_dup(q, 6, a),
		.note = col_dup(q, 7, a),
		.outcome = -1,
		.promise_amount = col_i64_or(q, 9, 0),
		.promise_day = (int32_t)col_i64_or(q, 10, DAY_NONE),
		.promise_from = (int32_t)col_i64_or(q, 11, DAY_NONE),
		.follows = col_i64_or(q, 12, 0),
		.created_at = col_i64(q, 13),
		.done_at = col_i64_or(q, 14, 0),
		.revision = col_i64(q, 15),
	};
	if (!task_kind_parse(col_text(q, 3), &out->kind))
		out->kind = TASK_OTHER;
	if (call_outcome_parse(col_text(q, 8), &outcome))
		out->outcome = (int)outcome;
}

static void read_line(struct stmt *q, struct arena *a, struct task_line *out)
{
	read_task(q, a, &out->task);
	out->name = col_dup(q, 16, a);
	out->first_name = col_dup(q, 17, a);
	if (!customer_kind_parse(col_text(q, 18), &out->customer_kind))
		out->customer_kind = KIND_FIRM;
	out->phone = col_dup(q, 19, a);
	out->phone_e164 = col_dup(q, 20, a);
	out->overdue = col_i64(q, 21);
	out->kept = col_i64(q, 22);
}

bool store_task_get(struct db *db, int64_t company_id, int64_t id, struct arena *a,
	struct task *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_TASK_GET);
	enum step step;

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "id", id);
	step = stmt_step(q, err);
	if (step == STEP_ROW)
		read_task(q, a, out);
	stmt_done(q);
	if (step == STEP_DONE)
		return err_set(err, ERR_GONE, "task", "%lld", (long long)id);
	return step == STEP_ROW;
}

bool store_task_delete(struct db *db, int64_t company_id, int64_t id, int64_t now, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_TASK_DELETE);

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "id", id);
	if (!stmt_run(q, err))
		return false;
	if (!db_changes(db))
		return err_set(err, ERR_GONE, "task", "%lld", (long long)id);
	return store_tombstone(db, company_id, id, "task", now, err);
}

/* Steps through a query of lines. */
static bool read_lines(
	struct stmt *q, int n, struct arena *a, struct task_line **out, int *count, struct err *err)
{
	struct task_line *lines = arena_zalloc(a, (size_t)n, sizeof(*lines));
	enum step step = STEP_DONE;
	int i = 0;

	while (i < n && (step = stmt_step(q, err)) == STEP_ROW)
		read_line(q, a, &lines[i++]);
	stmt_done(q);
	*out = lines;
	*count = i;
	return step != STEP_FAIL;
}

bool store_task_due(struct db *db, int64_t company_id, int32_t today, int32_t until,
	const char *owner, struct task_key after, int n, struct arena *a, struct task_line **out,
	int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_TASK_DUE);

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "today", today);
	stmt_i64(q, "until", until);
	stmt_text(q, "owner", owner);
	stmt_i64(q, "day", after.day);
	stmt_i64(q, "minute", after.minute);
	stmt_i64(q, "id", after.id);
	stmt_i64(q, "n", n);
	return read_lines(q, n, a, out, count, err);
}

bool store_task_of(struct db *db, int64_t company_id, int64_t customer_id, int32_t today,
	struct task_key after, int n, struct arena *a, struct task_line **out, int *count,
	struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_TASK_OF);

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "customer_id", customer_id);
	stmt_i64(q, "today", today);
	stmt_i64(q, "day", after.day);
	stmt_i64(q, "id", after.id);
	stmt_i64(q, "n", n);
	return read_lines(q, n, a, out, count, err);
}

bool store_task_count(struct db *db, int64_t company_id, int32_t today, const char *owner,
	int64_t *due_today, int64_t *late, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_TASK_COUNT);
	enum step step;

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "today", today);
	stmt_text(q, "owner", owner);
	step = stmt_step(q, err);
	if (step == STEP_ROW) {
		*due_today = col_i64(q, 0);
		*late = col_i64(q, 1);
	}
	stmt_done(q);
	return step == STEP_ROW;
}

#define CALLS_MAX 100

bool store_task_calls(struct db *db, int64_t company_id, int64_t customer_id, struct arena *a,
	struct task **out, int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_TASK_CALLS);
	struct task *list = arena_alloc(a, CALLS_MAX * sizeof(*list));
	enum step step = STEP_DONE;
	int i = 0;

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "customer_id", customer_id);
	while (i < CALLS_MAX && (step = stmt_step(q, err)) == STEP_ROW)
		read_task(q, a, &list[i++]);
	stmt_done(q);
	*out = list;
	*count = i;
	return step != STEP_FAIL;
}

bool store_task_end_kept(struct db *db, int64_t company_id, int32_t today, int32_t before,
	int64_t now, int64_t *ended, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_TASK_END_KEPT);

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "today", today);
	stmt_i64(q, "before", before);
	stmt_i64(q, "now", now);
	if (!stmt_run(q, err))
		return false;
	*ended = db_changes(db);
	return true;
}
