#include "stack.h"

#include "mem.h"

struct view *stack_top(const struct stack *s)
{
	return s->tops[s->tab];
}

int stack_depth(const struct stack *s)
{
	int n = 0;

	for (const struct view *v = stack_top(s); v; v = v->below)
		n++;
	return n;
}

struct view *stack_push(struct stack *s, struct ui *ui, const struct view_ops *ops, const void *arg,
	struct err *err)
{
	struct view *v = mem_zalloc(1, ops->size);

	v->ops = ops;
	v->ui = ui;
	if (ops->open && !ops->open(v, arg, err)) {
		free(v);
		return NULL;
	}
	v->below = s->tops[s->tab];
	s->tops[s->tab] = v;
	return v;
}

void stack_pop(struct stack *s)
{
	struct view *v = stack_top(s);

	if (!v)
		return;
	s->tops[s->tab] = v->below;
	if (v->ops->close)
		v->ops->close(v);
	free(v);
}

/* The tab that has it, -1 for none. */
static int tab_of(const struct stack *s, const struct view *v)
{
	for (int i = 0; i < STACK_TABS; i++)
		for (const struct view *at = s->tops[i]; at; at = at->below)
			if (at == v)
				return i;
	return -1;
}

bool stack_has(const struct stack *s, const struct view *v)
{
	return tab_of(s, v) >= 0;
}

bool stack_go_to(struct stack *s, const struct view *v)
{
	int tab = tab_of(s, v);

	if (tab < 0)
		return false;
	s->tab = tab;
	return true;
}

unsigned stack_each(struct stack *s, unsigned (*fn)(struct view *v, void *ctx), void *ctx)
{
	unsigned stale = STALE_NONE;

	for (int i = 0; i < STACK_TABS; i++)
		for (struct view *v = s->tops[i]; v; v = v->below)
			stale |= fn(v, ctx);
	return stale;
}

void stack_release(struct stack *s)
{
	for (s->tab = 0; s->tab < STACK_TABS; s->tab++)
		while (s->tops[s->tab])
			stack_pop(s);
	s->tab = 0;
}
