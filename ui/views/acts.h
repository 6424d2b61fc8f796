/*
 * What can be done with one customer wherever it is shown: copy a value, set a
 * reminder, note a call, write a note, stop writing, tag, favour. A screen has
 * one of these; each asks in a box and then does it. The box is the screen's, so
 * that its fields live here.
 */
#ifndef ACTS_H
#define ACTS_H

#include "channel.h"
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
	struct task task;	   /* the row the box or menu is about, id 0: none; */
	struct note note;	   /* texts in the arena */
	int64_t consent_id;
	int64_t draft_id; /* of a message that is being written; 0: none */
	enum channel channel;
	char language[8];
	char name[160];
	VEC(char *) values; /* to be copied */
	VEC(int64_t) alike; /* who may be the same */
};

void acts_init(struct acts *a, struct desk *desk);
void acts_release(struct acts *a);

/* The menu of a row: everything below. */
unsigned acts_menu(struct acts *a, int64_t id);
/* The same of a line under the customer, with what can be done with it: at most one
 * of them is set. A task that is done and somebody else's note offer nothing. */
struct act_row {
	const struct task *task;
	const struct note *note;
	int64_t consent_id; /* a line of the history; 0: none */
};
unsigned acts_menu_of(struct acts *a, int64_t id, const struct act_row *row);
unsigned acts_task_edit(struct acts *a, const struct task *task);
/* Nothing happens with somebody else's note or a call's. */
unsigned acts_note_edit(struct acts *a, const struct note *note);
bool acts_note_mine(const struct acts *a, const struct note *note) MUST_USE;
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

/* For acts in files of their own: reads the customer, its name goes into the titles;
 * begins the box's form; asks; says what failed. */
bool acts_take(struct acts *a, int64_t id, struct customer_card *card, struct err *err) MUST_USE;
struct form *acts_form(struct acts *a, const struct form_field *fields, size_t count);
unsigned acts_ask(struct acts *a, const char *title, const char *ok, overlay_done *done);
unsigned acts_fail(struct acts *a, const struct err *err);

/* A day that form_check let through, DAY_NONE if there is none. */
int32_t act_day(struct form *f, const char *name) MUST_USE;
/* Minutes after midnight of "14:30", "14h30", "9"; -1 for anything else. */
int act_hour(const char *text) MUST_USE;
/* An amount above zero as somebody types it, in the company's currency. */
bool act_amount(const struct desk *d, const char *text, int64_t *minor) MUST_USE;

#endif
