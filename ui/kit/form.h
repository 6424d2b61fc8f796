/*
 * A form made from a table of fields: typed, checked field by field with a
 * sentence beside the field, undone field by field, saved as a whole. Owns the
 * values. Main thread.
 *
 * A value is text. That of a choice is the stable name of the chosen one, of a
 * check "1" or "0", of a day its ISO form ("" for none), of a number its digits.
 */
#ifndef FORM_H
#define FORM_H

#include "draw.h"
#include "edit.h"
#include "input.h"
#include "stale.h"

enum form_kind {
	FORM_HEADING, /* no field: a title over the next ones */
	FORM_TEXT,
	FORM_LINES, /* a text of several lines */
	FORM_SECRET,
	FORM_CHOICE,
	FORM_CHECK,
	FORM_DAY,
	FORM_NUMBER, /* whole numbers; Up and Down are the next field, + and - count */
};

struct form_choice {
	const char *name;  /* stable */
	const char *label; /* N_() */
};

struct form_field {
	const char *name;  /* stable */
	const char *label; /* N_() */
	enum form_kind kind;
	int width;	  /* cells of the value; 0: 30 */
	int lines;	  /* of FORM_LINES; 0: 4 */
	size_t max;	  /* bytes; 0: 200 (4000 for lines) */
	const char *hint; /* N_(): stands there while it is empty; may be NULL */
	const struct form_choice *choices;
	size_t choice_count;
	bool required;
	/* Adds a sentence when the value cannot stay; may be NULL. Called when the
	 * field is left and before saving, for values that are not empty. */
	void (*check)(void *ctx, const char *value, struct strbuf *sentence);
};

struct form_value {
	struct edit edit;	/* what is typed */
	size_t choice;		/* or chosen, or 0 and 1 of a check */
	struct strbuf before;	/* the value it had: undo, and what counts as a change */
	struct strbuf theirs;	/* what somebody else made of it meanwhile */
	struct strbuf sentence; /* why it cannot stay */
	bool conflict;		/* `theirs` counts */
	bool off;		/* not shown now */
	struct rect place;	/* of the last drawing */
};

struct form {
	const struct form_field *fields; /* *borrowed* */
	size_t count;
	void *ctx; /* of check() */
	struct form_value *values;
	size_t focus;
	int top;       /* first line shown */
	int32_t today; /* for days typed short; 0 unless set */
	struct strbuf out;
};

void form_init(struct form *f, const struct form_field *fields, size_t count, void *ctx);
void form_release(struct form *f);
/* The field of that name; there must be one. */
size_t form_find(const struct form *f, const char *name) MUST_USE;

/* Sets a value as the one that is saved already: no change. NULL is "". */
void form_set(struct form *f, const char *name, const char *value);
/* Sets a value as if it was typed: a proposal. */
void form_type(struct form *f, const char *name, const char *value);
/* *Borrowed until* the next call of form_get. A day that cannot be read is as typed. */
const char *form_get(struct form *f, const char *name) MUST_USE;
bool form_checked(struct form *f, const char *name) MUST_USE;
/* Shows or hides a field that depends on another. */
void form_show(struct form *f, const char *name, bool shown);
/* The sentence beside a field, from a check of the program's; NULL takes it away. */
void form_blame(struct form *f, const char *name, const char *sentence);
/* The store has another value than when the form was opened: it replaces one that
 * was not touched, else both are shown and Ctrl-Z takes theirs. */
void form_refresh(struct form *f, const char *name, const char *value);

bool form_changed(const struct form *f) MUST_USE;
bool form_field_changed(const struct form *f, size_t field) MUST_USE;
/* Fields that somebody else changed too. */
size_t form_conflicts(const struct form *f) MUST_USE;
/* Checks all fields; the focus goes to the first that is wrong. */
bool form_check(struct form *f) MUST_USE;
/* What is in it now was saved. */
void form_saved(struct form *f);

/* STALE_PASS for keys that are not the form's (Esc, Ctrl-S, Enter in the last
 * field, or in a choice: form_menu). Enter otherwise goes to the next field. */
unsigned form_key(struct form *f, struct key key);
unsigned form_paste(struct form *f, const char *text, size_t len);
unsigned form_mouse(struct form *f, const struct mouse *m);
/* Puts text into the field with the focus, at its cursor. */
unsigned form_insert(struct form *f, const char *text);
bool form_is_choice(const struct form *f) MUST_USE; /* has it the focus? */
bool form_is_last(const struct form *f) MUST_USE;
unsigned form_pick(struct form *f, size_t choice);

void form_draw(struct form *f, struct canvas *c, struct rect r, bool focus);
/* Lines it takes in that width. */
int form_height(const struct form *f, int width) MUST_USE;

#endif
