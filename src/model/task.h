/*
 * What is to be done about a customer, and what was said: tasks, calls, notes.
 * Texts are never NULL and *borrowed*.
 */
#ifndef TASK_H
#define TASK_H

#include <stdbool.h>
#include <stdint.h>

#include "date.h"
#include "kind.h"

#define TASK_ALL_DAY 1440 /* due_minute of a task with no hour */

struct task {
	int64_t id;
	int64_t company_id;
	int64_t customer_id;
	enum task_kind kind;
	int32_t due_day;
	int due_minute;	   /* after midnight, or TASK_ALL_DAY */
	const char *owner; /* a login */
	const char *note;
	int outcome;		/* enum call_outcome, -1 while there is none */
	int64_t promise_amount; /* minor units, 0 if none */
	int32_t promise_day;	/* DAY_NONE if none */
	int32_t promise_from;	/* the day it was given: payments from then on keep it */
	int64_t follows;	/* the task whose outcome made this one, 0 if none */
	int64_t created_at;
	int64_t done_at; /* 0 while open */
	int64_t revision;
};

/* A task as a list shows it, with what one needs to make the call. */
struct task_line {
	struct task task;
	const char *name; /* the customer's */
	const char *first_name;
	enum customer_kind customer_kind;
	const char *phone;	/* as typed */
	const char *phone_e164; /* "" if none or invalid */
	int64_t overdue;	/* of the customer, minor units */
	bool kept;		/* waits for a promise that was kept: no longer open */
};

/* Where a page of tasks ended: the next one goes on after it. */
struct task_key {
	int32_t day;
	int minute;
	int64_t id;
};

#define TASK_KEY_FIRST                                                                             \
	{                                                                                          \
		.day = INT32_MIN                                                                   \
	}
#define TASK_KEY_LAST                                                                              \
	{                                                                                          \
		.day = INT32_MAX, .minute = TASK_ALL_DAY, .id = INT64_MAX                          \
	}

enum note_kind { NOTE_NOTE, NOTE_CALL };

struct note {
	int64_t id;
	int64_t customer_id;
	int64_t at;
	enum note_kind kind;
	const char *author;
	const char *text;
};

#endif
