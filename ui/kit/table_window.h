/* The part of a list that is in memory: asking for pages and letting them go.
 * Only table.c uses it. */
#ifndef TABLE_WINDOW_H
#define TABLE_WINDOW_H

#include "table.h"

void window_release(struct table *t);
/* Asks for a whole new window; the old one stays until the answer is there. */
void window_ask(struct table *t, enum table_from from, const void *row, int64_t id);
/* Asks for the first page if none was. */
void window_start(struct table *t);
/* Moves the cursor by that many rows, asking for what lies in between. */
void window_step(struct table *t, int64_t by);
/* Makes `top` and `cursor` fit the height, and fills what is visible. */
void window_settle(struct table *t);

#endif
