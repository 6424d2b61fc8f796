/*
 * Tasks and calls: what is to be done about a customer, by whom and when, and how
 * a call ended.
 *
 *	reached			the task is done
 *	not reached		done, and a new call on the day it is to be tried again
 *	promise to pay		done, and a task that waits until the day after the promised
 *				one: it shows by itself then, unless the customer's payments
 *				since the call reach the amount
 *	wants no more calls	done; CONSENT_CALLS is REFUSED with the call as its source,
 *				the customer's open calls are ended (those that wait for a
 *				promise become reminders), and new ones are refused here
 *				(ERR_NO_CALLS) until the person's own later yes. Messages
 *				keep their own consents
 *
 * Each outcome leaves a note of kind CALL, which counts as an interaction. Every
 * change can be undone through the journal and leaves a line in the audit trail.
 * Undo leaves a refusal as it is: a wrong row is a slip, corrected where consents
 * are, and a call that undo would open again comes back as a reminder.
 *
 * The rules of what follows are here; app/undo.h takes journals back.
 */
#ifndef TASKS_H
#define TASKS_H

#include "arena.h"
#include "session.h"
#include "task.h"

struct journal_line;

#define TASK_NOTE_MAX 2000 /* bytes of a task's note and of what was said */

/* Right for changes: RIGHT_CUSTOMERS_CHANGE; for reading RIGHT_CUSTOMERS_READ. A value
 * that cannot be is ERR_INVALID. */

/* Of `task`: customer, kind, due, owner ("" is oneself) and note; id and the rest are
 * set. ERR_GONE for a customer that is not there. */
bool tasks_add(struct session *s, struct task *task, struct err *err) MUST_USE;
/* Changes kind, due, owner and note of an open task; ERR_CONFLICT by revision,
 * ERR_TASK_DONE. */
bool tasks_edit(struct session *s, struct task *task, struct err *err) MUST_USE;
bool tasks_done(struct session *s, int64_t id, int64_t revision, struct err *err) MUST_USE;

struct call_result {
	enum call_outcome outcome;
	const char *note;	/* what was said; "" for nothing */
	int32_t again_day;	/* not reached: when to try again, today or later */
	int again_minute;	/* or TASK_ALL_DAY */
	int64_t promise_amount; /* promise: minor units, > 0 */
	int32_t promise_day;	/* promise: today or later */
};

/* Ends an open task by a call. *next is the task that follows, 0 if none. */
bool tasks_outcome(struct session *s, int64_t id, int64_t revision,
	const struct call_result *result, int64_t *next, struct err *err) MUST_USE;
/* A call that was not planned: the same without a task before. */
bool tasks_call(struct session *s, int64_t customer_id, const struct call_result *result,
	int64_t *next, struct err *err) MUST_USE;

bool tasks_get(
	struct session *s, int64_t id, struct arena *a, struct task *out, struct err *err) MUST_USE;
/* Open tasks due up to `until`, the earliest first, so late ones lead. `owner` NULL:
 * everybody's. After `after` (TASK_KEY_FIRST to begin). */
bool tasks_due(struct session *s, int32_t until, const char *owner, struct task_key after, int n,
	struct arena *a, struct task_line **out, int *count, struct err *err) MUST_USE;
/* A customer's tasks, done or not, the latest day first (TASK_KEY_LAST to begin). */
bool tasks_of(struct session *s, int64_t customer_id, struct task_key after, int n, struct arena *a,
	struct task_line **out, int *count, struct err *err) MUST_USE;

struct tasks_count {
	int64_t today; /* due today */
	int64_t late;  /* due before today */
};

bool tasks_count(
	struct session *s, const char *owner, struct tasks_count *out, struct err *err) MUST_USE;

/*
 * Takes back one line of a journal, of entity "task", inside the caller's write
 * transaction. *undone is false when somebody changed the task since, and it stays.
 */
bool tasks_undo_line(
	struct session *s, const struct journal_line *line, bool *undone, struct err *err) MUST_USE;

#endif
