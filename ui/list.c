#include "list.h"

#define SEARCH_MAX 200

void list_init(struct list *l, const struct table_ops *ops, void *ctx, const char *hint)
{
	*l = (struct list){ .hint = hint };
	table_init(&l->table, ops, ctx);
	edit_init(&l->search, false, SEARCH_MAX);
}

void list_release(struct list *l)
{
	table_release(&l->table);
	edit_release(&l->search);
}

const char *list_search(const struct list *l)
{
	return edit_text(&l->search);
}
