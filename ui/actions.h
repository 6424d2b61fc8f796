/*
 * The table of actions and the keys they have by default. See actions.def.
 */
#ifndef ACTIONS_H
#define ACTIONS_H

#include "action.h"

/* What must hold for an action to be offered. The loop knows the first four. */
enum need {
	NEED_ROW = 1 << 0,   /* a row is under the cursor */
	NEED_LIST = 1 << 1,  /* the screen is a list */
	NEED_UNDO = 1 << 2,  /* there is something to undo */
	NEED_MARKS = 1 << 3, /* rows are marked */
	NEED_WRITE = 1 << 4, /* the person may change things, and the store can be written */
	NEED_EMPTY = 1 << 5, /* there is nothing in the company yet */
	NEED_RETRY = 1 << 5, /* something failed or was cut short */
	NEED_TEXT = 1 << 6,  /* a text is written: a form alone, or as the screen says */
};

enum action_id {
#define ACTION_(id, name, label, help, needs) ACT_##id,
#include "actions.def"
#undef ACTION_
	ACT_COUNT,
	ACT_NONE = -1
};

/* ACT_COUNT rows. */
extern const struct action actions[];
/* The text of data/keys.conf. */
extern const char keys_builtin[];

#endif
