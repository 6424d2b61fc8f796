/*
 * The contract of a screen. A screen is a struct whose first member is `struct
 * view`, and one `static const struct view_ops` with designated initialisers.
 * Everything not set has a sensible default; a screen that is one list sets
 * `v->list` in open() and leaves drawing, moving, searching, sorting, marking
 * and the mouse to it.
 *
 * Handlers never draw and never wait: they change state and return what became
 * stale (stale.h); the loop reloads and draws, once per wake-up. Main thread.
 */
#ifndef VIEW_H
#define VIEW_H

#include "actions.h"
#include "draw.h"
#include "err.h"
#include "input.h"
#include "stale.h"

struct event; /* base/evq.h */
struct form;
struct list;
struct ui;
struct view;

/* An action of a screen, in the order of its key line: the first ones stay when
 * room is short. */
struct view_action {
	enum action_id id;
	const char *label; /* N_(), the screen's own word; NULL: the action's */
};

struct view_ops {
	const char *name;  /* stable: "customers" */
	const char *title; /* N_() */
	size_t size;	   /* of the screen's struct; it comes zeroed */
	const struct view_action *actions;
	size_t action_count;

	/* `arg` is what ui_push was given. False: the screen does not open, `err` is
	 * shown, and what open() took it has released. */
	bool (*open)(struct view *v, const void *arg, struct err *err);
	void (*close)(struct view *v);
	/* The data may have changed: ask again, keep the place. Default: the list's. */
	unsigned (*reload)(struct view *v);
	/* The line over the body: where one is and what is shown. Default: the title. */
	void (*headline)(struct view *v, struct strbuf *out);
	/* Draws the body and puts the hardware cursor on the focused item. */
	void (*draw)(struct view *v, struct canvas *c, struct rect r);
	/* Which of enum need hold, beyond what the loop knows. */
	unsigned (*have)(struct view *v);
	/* An action of `actions` or a moving one; STALE_PASS hands it to the loop. */
	unsigned (*act)(struct view *v, enum action_id action);
	/* The search line changed; "" when it was cleared. */
	unsigned (*search)(struct view *v, const char *text);
	/* Another order was chosen: a column, and from large to small. Default: the
	 * table's, which asks its source again. */
	unsigned (*sort)(struct view *v, int col, bool down);
	/* Other columns were chosen (table_chosen): to be kept as a setting. */
	unsigned (*columns)(struct view *v);

	/* While true, keys go to key() before anything else; STALE_PASS gives arrows,
	 * Tab, Esc and Ctrl-keys to the actions, but never a printable key. */
	bool (*typing)(struct view *v);
	unsigned (*key)(struct view *v, struct key key);
	unsigned (*paste)(struct view *v, const char *text, size_t len);
	unsigned (*mouse)(struct view *v, const struct mouse *m);
	/* May it close? STALE_POP: yes. Else it asks first, and pops later. Default: yes,
	 * unless its form was changed. */
	unsigned (*leave)(struct view *v);

	/* Milliseconds until tick() wants to be called, -1 for never. */
	int (*wait)(struct view *v);
	unsigned (*tick)(struct view *v);
	/* Something happened elsewhere: work went on, data changed. */
	unsigned (*event)(struct view *v, const struct event *event);
};

struct view {
	const struct view_ops *ops;
	struct ui *ui;	    /* *borrowed for* its life */
	struct view *below; /* the loop's */
	struct list *list;  /* *borrowed*, set by open(); see list.h */
	struct form *form;  /* *borrowed*, set by open(); see form.h */
	bool old;	    /* the loop's: reload before the next drawing */
};

#endif
