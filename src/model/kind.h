/*
 * Small enumerations of the customer base: what a customer is, what a task is,
 * and how a call ended.
 */
#ifndef KIND_H
#define KIND_H

#include "word.h"

enum customer_kind { KIND_PERSON, KIND_FIRM, KIND_COUNT };

const char *customer_kind_word(enum customer_kind v);
const char *customer_kind_label(enum customer_kind v);
bool customer_kind_parse(const char *s, enum customer_kind *v) MUST_USE;

/* In what quality they are written to: some countries let a professional be
 * written to about their job without an opt-in. */
enum nature { NATURE_PRIVATE, NATURE_PROFESSIONAL, NATURE_COUNT };

const char *nature_word(enum nature v);
const char *nature_label(enum nature v);
bool nature_parse(const char *s, enum nature *v) MUST_USE;

enum task_kind { TASK_CALL, TASK_REMINDER, TASK_OTHER, TASK_KIND_COUNT };

const char *task_kind_word(enum task_kind v);
const char *task_kind_label(enum task_kind v);
bool task_kind_parse(const char *s, enum task_kind *v) MUST_USE;

enum call_outcome {
	CALL_REACHED,
	CALL_NOT_REACHED, /* again on another day */
	CALL_PROMISE,	  /* to pay an amount on a day */
	CALL_NO_MORE_CALLS,
	CALL_OUTCOME_COUNT
};

const char *call_outcome_word(enum call_outcome v);
const char *call_outcome_label(enum call_outcome v);
bool call_outcome_parse(const char *s, enum call_outcome *v) MUST_USE;

#endif
