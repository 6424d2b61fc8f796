/*
 * What is to be done about a customer, and what was said: tasks, calls, notes.
 * Texts are never NULL and *borrowed*.
 */
#ifndef TASK_H
#define TASK_H

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
	int32_t promise_day;
	int64_t follows; /* the task whose outcome made this one, 0 if none */
	int64_t created_at;
	int64_t done_at; /* 0 while open */
	int64_t revision;
};

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
