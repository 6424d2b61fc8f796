/*
 * A screen over an invented list of any length, paged by key, to try the kit
 * with: what a real screen does, without a store.
 */
#ifndef TOY_H
#define TOY_H

#include "form.h"
#include "list.h"
#include "ui.h"

struct toy_row {
	int64_t id;
	const char *name;
	int64_t amount;
};

/* What the tests set and look at. */
struct toy_world {
	int64_t count; /* rows there are, ids 1 to count */
	int64_t gone;  /* an id that was deleted, 0 for none */
	bool later;    /* answers come by toy_answer */
	int64_t now;   /* milliseconds, moved on by hand */
	int fetches, reloads, undone, opened;
	struct table_ask asked; /* the last one */
	const char *last_search;
	char opened_name[64];
	struct form *form; /* of the form that is open */
	int saved;
};

extern const struct view_ops toy_ops;
extern const struct view_ops toy_detail_ops;
extern const struct view_ops toy_form_ops;

struct ui *toy_start_on(struct toy_world *world, struct term_opts term, enum look_id look);
/* A ui over such a world on a terminal of that size; `world` is *borrowed*. */
struct ui *toy_start(struct toy_world *world, int rows, int cols, enum look_id look);
void toy_stop(struct ui *ui);
/* Answers the question a table waits for. */
unsigned toy_answer(struct toy_world *world, struct table *t);
struct table *toy_table(struct ui *ui);

#endif
