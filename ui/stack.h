/*
 * The open screens: a pile for each tab, the current tab, and the screens under
 * it, which stay open and are told that their data is old.
 */
#ifndef STACK_H
#define STACK_H

#include "view.h"

#define STACK_TABS 9 /* 1 to 8; 0 is for what has no tab */

struct stack {
	struct view *tops[STACK_TABS];
	int tab;
};

struct view *stack_top(const struct stack *s);
/* How many screens the current tab has. */
int stack_depth(const struct stack *s);
/* Opens a screen on the current tab; NULL with `err` when it refuses. */
struct view *stack_push(struct stack *s, struct ui *ui, const struct view_ops *ops, const void *arg,
	struct err *err) MUST_USE;
/* Closes the top of the current tab. */
void stack_pop(struct stack *s);
/* Makes the tab that has it the current one; false when it is not open. */
bool stack_go_to(struct stack *s, const struct view *v) MUST_USE;
bool stack_has(const struct stack *s, const struct view *v);
/* Calls `fn` for every open screen and joins what became stale. */
unsigned stack_each(struct stack *s, unsigned (*fn)(struct view *v, void *ctx), void *ctx);
void stack_release(struct stack *s);

#endif
