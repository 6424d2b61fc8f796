#include "table_window.h"

#define PAGE_LEAST 50
#define WINDOW_PAGES 6

static size_t page_size(const struct table *t)
{
	size_t two = 2 * (size_t)(t->height > 0 ? t->height : 0);

	return two > PAGE_LEAST ? two : PAGE_LEAST;
}

static void drop_all(struct table *t)
{
	for (size_t i = 0; i < t->chunks.len; i++)
		arena_release(&t->chunks.items[i].arena);
	t->chunks.len = 0;
	t->rows.len = 0;
}

void window_release(struct table *t)
{
	drop_all(t);
	vec_release(&t->chunks);
	vec_release(&t->rows);
}

static void page_release(struct table_page *page)
{
	arena_release(&page->arena);
	vec_release(&page->rows);
}

/* --- pages into the window ----------------------------------------------- */

static void append(struct table *t, struct table_page *page)
{
	struct table_chunk chunk = { page->arena, page->rows.len };

	if (!page->rows.len) {
		page_release(page);
		return;
	}
	for (size_t i = 0; i < page->rows.len; i++)
		vec_push(&t->rows, page->rows.items[i]);
	vec_push(&t->chunks, chunk);
	vec_release(&page->rows);
}

static void prepend(struct table *t, struct table_page *page)
{
	struct table_chunk chunk = { page->arena, page->rows.len };
	size_t n = page->rows.len;

	if (!page->rows.len) {
		page_release(page);
		return;
	}
	for (size_t i = 0; i < n; i++)
		vec_push(&t->rows, page->rows.items[i]);
	memmove(t->rows.items + n, t->rows.items, (t->rows.len - n) * sizeof(*t->rows.items));
	memcpy(t->rows.items, page->rows.items, n * sizeof(*t->rows.items));
	vec_push(&t->chunks, chunk);
	memmove(t->chunks.items + 1, t->chunks.items,
		(t->chunks.len - 1) * sizeof(*t->chunks.items));
	t->chunks.items[0] = chunk;
	vec_release(&page->rows);
	t->cursor += n;
	t->top += n;
	if (t->first >= 0)
		t->first -= (int64_t)n;
}

/* Lets go of pages far behind the direction of travel. */
static void trim_front(struct table *t)
{
	while (t->rows.len > WINDOW_PAGES * page_size(t) && t->chunks.items[0].count <= t->top &&
		t->chunks.items[0].count <= t->cursor) {
		size_t n = t->chunks.items[0].count;

		arena_release(&t->chunks.items[0].arena);
		t->chunks.len--;
		memmove(t->chunks.items, t->chunks.items + 1,
			t->chunks.len * sizeof(*t->chunks.items));
		t->rows.len -= n;
		memmove(t->rows.items, t->rows.items + n, t->rows.len * sizeof(*t->rows.items));
		t->cursor -= n;
		t->top -= n;
		t->at_start = false;
		if (t->first >= 0)
			t->first += (int64_t)n;
	}
}

static void trim_back(struct table *t)
{
	while (t->rows.len > WINDOW_PAGES * page_size(t)) {
		size_t n = t->chunks.items[t->chunks.len - 1].count;
		size_t kept = t->rows.len - n;

		if (t->cursor >= kept || t->top + (size_t)t->height > kept)
			return;
		arena_release(&t->chunks.items[--t->chunks.len].arena);
		t->rows.len = kept;
		t->at_end = false;
	}
}

static void find_kept(struct table *t)
{
	t->cursor = t->keep_row < t->rows.len ? t->keep_row : t->rows.len ? t->rows.len - 1 : 0;
	for (size_t i = 0; t->keep_id && i < t->rows.len; i++)
		if (t->rows.items[i].id == t->keep_id)
			t->cursor = i;
	t->top = 0;
}

static void replace(struct table *t, enum table_from from, struct table_page *page)
{
	int64_t was = t->first >= 0 ? t->first + (int64_t)t->top : -1;

	drop_all(t);
	t->at_start = from == TABLE_FROM_START || (from == TABLE_FROM_END && page->last);
	t->at_end = from == TABLE_FROM_END || page->last;
	append(t, page);
	find_kept(t);
	if (from == TABLE_FROM_END) {
		t->cursor = t->rows.len ? t->rows.len - 1 : 0;
		t->first = t->total >= 0 ? t->total - (int64_t)t->rows.len : -1;
	} else if (from == TABLE_AT) {
		t->first = t->centre ? -1 : was;
	}
	if (from == TABLE_AT && t->centre && t->ops->rank && t->rows.len)
		t->first = t->ops->rank(t->ctx, t->rows.items[0].row);
}

/* What is known of the whole list once an end was seen. */
static void learn(struct table *t)
{
	if (t->at_start)
		t->first = 0;
	if (t->at_start && t->at_end) {
		t->total = (int64_t)t->rows.len;
		t->total_exact = true;
	}
	if (t->first < 0 && t->at_end && t->total >= (int64_t)t->rows.len)
		t->first = t->total - (int64_t)t->rows.len;
}

static void install(struct table *t, struct table_page *page)
{
	switch (t->asked.from) {
	case TABLE_FROM_START:
	case TABLE_FROM_END:
	case TABLE_AT:
		replace(t, t->asked.from, page);
		break;
	case TABLE_AFTER:
		t->at_end = page->last;
		append(t, page);
		trim_front(t);
		break;
	case TABLE_BEFORE:
		t->at_start = page->last;
		prepend(t, page);
		trim_back(t);
		break;
	}
	learn(t);
}

/* --- asking -------------------------------------------------------------- */

/* True when the answer is in the window. */
static bool ask(struct table *t, enum table_from from, const void *row, int64_t id)
{
	struct table_page page = { .last = false };

	t->asked = (struct table_ask){ from, row, id, page_size(t), t->asked.serial + 1 };
	t->waiting = false;
	switch (t->ops->fetch(t->ctx, &t->asked, &page)) {
	case TABLE_DONE:
		install(t, &page);
		return true;
	case TABLE_LATER:
		t->waiting = true;
		break;
	case TABLE_FAILED:
		t->failed = true;
		break;
	}
	page_release(&page);
	return false;
}

static bool more_after(struct table *t)
{
	const struct table_row *last;

	if (t->at_end || t->waiting || t->failed || !t->rows.len)
		return false;
	last = &t->rows.items[t->rows.len - 1];
	return ask(t, TABLE_AFTER, last->row, last->id);
}

static bool more_before(struct table *t)
{
	if (t->at_start || t->waiting || t->failed || !t->rows.len)
		return false;
	return ask(t, TABLE_BEFORE, t->rows.items[0].row, t->rows.items[0].id);
}

void window_ask(struct table *t, enum table_from from, const void *row, int64_t id)
{
	t->started = true;
	t->failed = false;
	t->steps = 0;
	ask(t, from, row, id);
}

void window_start(struct table *t)
{
	if (!t->started)
		window_ask(t, TABLE_FROM_START, NULL, 0);
}

unsigned table_answer(struct table *t, unsigned serial, bool good, struct table_page *page)
{
	int64_t steps = t->steps;

	if (!t->waiting || serial != t->asked.serial) {
		page_release(page);
		return STALE_NONE;
	}
	t->waiting = false;
	t->steps = 0;
	if (!good) {
		t->failed = true;
		page_release(page);
		return STALE_PAINT;
	}
	install(t, page);
	window_step(t, steps);
	t->moved_ms = t->moved_ms < 0 ? 0 : t->moved_ms;
	return STALE_PAINT;
}

/* --- the cursor ---------------------------------------------------------- */

void window_step(struct table *t, int64_t by)
{
	int64_t target;

	if (!t->rows.len)
		return;
	while ((int64_t)t->cursor + by < 0 && more_before(t))
		;
	while ((int64_t)t->cursor + by >= (int64_t)t->rows.len && more_after(t))
		;
	target = (int64_t)t->cursor + by;
	if (t->waiting && target >= (int64_t)t->rows.len)
		t->steps = target - (int64_t)t->rows.len + 1;
	if (t->waiting && target < 0)
		t->steps = target;
	t->cursor = target < 0			    ? 0
		    : target < (int64_t)t->rows.len ? (size_t)target
						    : t->rows.len - 1;
}

static void settle_centre(struct table *t)
{
	size_t half = (size_t)t->height / 2;

	if (t->cursor < half)
		(void)more_before(t);
	if (t->cursor < half && t->waiting)
		return;
	t->top = t->cursor > half ? t->cursor - half : 0;
	t->centre = false;
}

void window_settle(struct table *t)
{
	size_t height = t->height > 0 ? (size_t)t->height : 1;

	window_start(t);
	if (t->centre)
		settle_centre(t);
	if (t->cursor < t->top)
		t->top = t->cursor;
	if (t->cursor >= t->top + height)
		t->top = t->cursor - height + 1;
	if (t->top + height > t->rows.len)
		more_after(t);
	if (t->at_end && t->top + height > t->rows.len) {
		if (t->rows.len < height)
			more_before(t);
		t->top = t->rows.len > height ? t->rows.len - height : 0;
	}
}
