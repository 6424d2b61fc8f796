#include "whole.h"

void whole_release(struct whole *w)
{
	arena_release(&w->arena);
	arena_release(&w->before);
	vec_release(&w->rows);
}

void whole_begin(struct whole *w)
{
	struct arena old = w->before;

	w->before = w->arena;
	arena_clear(&old);
	w->arena = old;
	w->rows.len = 0;
}

void whole_add(struct whole *w, int64_t id, const void *row)
{
	struct table_row r = { .id = id, .row = row };

	vec_push(&w->rows, r);
}

static size_t index_of(const struct whole *w, int64_t id)
{
	for (size_t i = 0; i < w->rows.len; i++)
		if (w->rows.items[i].id == id)
			return i;
	return w->rows.len;
}

enum table_fetch whole_fetch(
	const struct whole *w, const struct table_ask *ask, struct table_page *page)
{
	size_t n = w->rows.len, at = ask->row ? index_of(w, ask->id) : 0, from = 0, to = n;

	switch (ask->from) {
	case TABLE_FROM_START:
		break;
	case TABLE_FROM_END:
		from = n > ask->want ? n - ask->want : 0;
		break;
	case TABLE_AFTER:
		from = at < n ? at + 1 : n;
		break;
	case TABLE_BEFORE:
		to = at < n ? at : 0;
		from = to > ask->want ? to - ask->want : 0;
		break;
	case TABLE_AT:
		from = at < n ? at : 0;
		break;
	}
	if (ask->from != TABLE_BEFORE && to - from > ask->want)
		to = from + ask->want;
	for (size_t i = from; i < to; i++)
		table_page_add(page, w->rows.items[i].id, w->rows.items[i].row);
	page->last = ask->from == TABLE_BEFORE || ask->from == TABLE_FROM_END ? from == 0 : to == n;
	return TABLE_DONE;
}
