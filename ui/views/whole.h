/*
 * The rows of a list that is short enough to be held as a whole: a customer's
 * invoices, the tags, the imports. It is filled anew when the data changed; the
 * rows handed out before stay until the filling after that, since the table still
 * looks at them.
 */
#ifndef WHOLE_H
#define WHOLE_H

#include "table.h"

#define WHOLE_MOST 2000 /* rows that a whole list is filled with */

struct whole {
	struct arena arena; /* of the rows now, to fill */
	struct arena before;
	VEC(struct table_row) rows;
};

void whole_release(struct whole *w);
/* Begins a new filling: the arena is empty. */
void whole_begin(struct whole *w);
/* `row` lies in the arena or lives as long as the screen. */
void whole_add(struct whole *w, int64_t id, const void *row);
/* Answers a table's question. */
enum table_fetch whole_fetch(
	const struct whole *w, const struct table_ask *ask, struct table_page *page);

#endif
