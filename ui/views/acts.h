/*
 * What can be done with one customer wherever it is shown: copy a value, set a
 * reminder, note a call, write a note, stop writing, tag, favour. A screen has
 * one of these; each asks in a box and then does it. The box is the screen's, so
 * that its fields live here.
 */
#ifndef ACTS_H
#define ACTS_H

#include "customers.h"
#include "desk.h"
#include "form.h"

struct acts {
	struct desk *desk;
	struct arena arena;
	struct form form;
	bool has_form;
	int64_t id;		   /* the customer the box is about */
	int64_t task_id, revision; /* a task that a call ends; 0: none */
	char name[160];
	VEC(char *) values; /* to be copied */
	VEC(int64_t) alike; /* who may be the same */
};

void acts_init(struct acts *a, struct desk *desk);
void acts_release(struct acts *a);

/* The menu of a row: everything below. */
unsigned acts_menu(struct acts *a, int64_t id);
unsigned acts_copy(struct acts *a, int64_t id);
unsigned acts_remind(struct acts *a, int64_t id);
/* A call and how it ended; with a task, it is done by that. */
unsigned acts_call(struct acts *a, int64_t id, int64_t task_id, int64_t revision);
unsigned acts_note(struct acts *a, int64_t id);
unsigned acts_stop(struct acts *a, int64_t id);
unsigned acts_favour(struct acts *a, int64_t id);
unsigned acts_score(struct acts *a, int64_t id);
unsigned acts_merge(struct acts *a, int64_t id);
unsigned acts_edit(struct acts *a, int64_t id);

/* Minutes after midnight of "14:30", "14h30", "9"; -1 for anything else. */
int act_hour(const char *text) MUST_USE;
/* An amount above zero as somebody types it, in the company's currency. */
bool act_amount(const struct desk *d, const char *text, int64_t *minor) MUST_USE;

#endif
