/*
 * Tasks and how calls ended. A promise to pay lives in two rows: the call that
 * ended with it (outcome PROMISE), and the task that follows it, due on the day
 * after the promised one, which names the same amount and day and waits. The
 * waiting task shows once its day has come, unless the customer's payments since
 * the call reach the amount: then it is kept, and shown nowhere as open.
 */
#ifndef STORE_TASK_H
#define STORE_TASK_H

#include "arena.h"
#include "db.h"
#include "task.h"

/* An id of 0 is taken from the store and set. Inside a write transaction. */
bool store_task_insert(struct db *db, struct task *task, struct err *err) MUST_USE;
/* Writes every column; ERR_CONFLICT unless task->revision is the stored one, which
 * is raised. */
bool store_task_update(struct db *db, struct task *task, struct err *err) MUST_USE;
bool store_task_get(struct db *db, int64_t company_id, int64_t id, struct arena *a,
	struct task *out, struct err *err) MUST_USE; /* ERR_GONE */
/* Takes back what was made; ERR_GONE. */
bool store_task_delete(
	struct db *db, int64_t company_id, int64_t id, int64_t now, struct err *err) MUST_USE;

/* Open tasks due up to a day, the earliest first, after `after`; `owner` NULL:
 * everybody's. Payments up to `today` keep a promise. */
bool store_task_due(struct db *db, int64_t company_id, int32_t today, int32_t until,
	const char *owner, struct task_key after, int n, struct arena *a, struct task_line **out,
	int *count, struct err *err) MUST_USE;
/* How many are due today, and how many were due before. */
bool store_task_count(struct db *db, int64_t company_id, int32_t today, const char *owner,
	int64_t *due_today, int64_t *late, struct err *err) MUST_USE;
/* A customer's tasks, done or not, the latest day first, below `after`. */
bool store_task_of(struct db *db, int64_t company_id, int64_t customer_id, int32_t today,
	struct task_key after, int n, struct arena *a, struct task_line **out, int *count,
	struct err *err) MUST_USE;
/* A customer's open calls, the waiting ones too. */
bool store_task_calls(struct db *db, int64_t company_id, int64_t customer_id, struct arena *a,
	struct task **out, int *count, struct err *err) MUST_USE;
/* Ends the tasks that wait for a promise that was kept and whose day is before
 * `before`, so that lists do not have to look at their payments for ever. */
bool store_task_end_kept(struct db *db, int64_t company_id, int32_t today, int32_t before,
	int64_t now, int64_t *ended, struct err *err) MUST_USE;

#endif
