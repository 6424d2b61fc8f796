#include "page_question.h"

#include "customers.h"
#include "mem.h"

/* The text was parsed when it was typed: what cannot be read lets all pass. */
static const struct filter *read_filter(struct arena *a, const char *text)
{
	const struct filter *filter = NULL;
	struct filter_error wrong;

	return filter_parse(a, text, &filter, &wrong) ? filter : NULL;
}

/* --- pages --------------------------------------------------------------- */

static void fill(struct table_page *page, const struct list_page *got)
{
	for (int i = 0; i < got->count; i++) {
		struct customer_row *row = arena_zalloc(&page->arena, 1, sizeof(*row));

		row->line = got->lines[i];
		row->key = got->keys[i];
		table_page_add(page, row->line.id, row);
	}
	page->last = got->last;
}

bool page_question_run(struct page_question *q, struct session *s, struct err *err)
{
	struct list_page got = { .count = 0 };
	struct list_query query = q->query;

	query.filter = read_filter(&q->page.arena, q->filter);
	if (!customer_list_page(s, &query, q->started ? &q->from : NULL, q->back, q->with, q->want,
		    &q->page.arena, &got, err))
		return false;
	fill(&q->page, &got);
	return true;
}

static bool run_page(struct reading *r, struct session *s, struct err *err)
{
	struct page_question *q = (struct page_question *)r;

	arena_clear(&q->page.arena);
	q->page.rows.len = 0;
	return page_question_run(q, s, err);
}

static void free_page(struct reading *r)
{
	page_question_free((struct page_question *)r);
}

struct page_question *page_question_new(const struct list_query *query, const char *filter,
	const struct table_ask *ask, const void *owner)
{
	struct page_question *q = mem_zalloc(1, sizeof(*q));
	const struct customer_row *row = ask->row;

	q->reading = (struct reading){ .run = run_page, .free = free_page, .owner = owner };
	q->query = *query;
	q->query.filter = NULL;
	q->filter = mem_strdup(filter);
	q->ask = ask->serial;
	q->back = ask->from == TABLE_FROM_END || ask->from == TABLE_BEFORE;
	q->with = ask->from == TABLE_AT;
	q->started = row && ask->from != TABLE_FROM_START && ask->from != TABLE_FROM_END;
	q->want = (int)ask->want;
	if (q->started) {
		q->from = row->key;
		q->from.text = row->key.text ? mem_strdup(row->key.text) : NULL;
	}
	return q;
}

void page_question_free(struct page_question *q)
{
	arena_release(&q->page.arena);
	vec_release(&q->page.rows);
	free(q->filter);
	free((char *)q->from.text);
	free(q);
}

void page_question_take(struct page_question *q, struct table_page *page)
{
	*page = q->page;
	q->page = (struct table_page){ .arena = ARENA_INIT };
}

/* --- counts -------------------------------------------------------------- */

static bool run_count(struct reading *r, struct session *s, struct err *err)
{
	struct count_question *q = (struct count_question *)r;
	struct arena a = ARENA_INIT;
	bool ok;

	q->query.filter = read_filter(&a, q->filter);
	ok = customer_list_count(s, &q->query, &q->count, err);
	q->query.filter = NULL;
	arena_release(&a);
	return ok;
}

static void free_count(struct reading *r)
{
	count_question_free((struct count_question *)r);
}

struct count_question *count_question_new(
	const struct list_query *query, const char *filter, const void *owner)
{
	struct count_question *q = mem_zalloc(1, sizeof(*q));

	q->reading = (struct reading){
		.run = run_count, .free = free_count, .owner = owner, .lazy = true
	};
	q->query = *query;
	q->query.filter = NULL;
	q->filter = mem_strdup(filter);
	return q;
}

void count_question_free(struct count_question *q)
{
	free(q->filter);
	free(q);
}

/* --- where rows stand ---------------------------------------------------- */

static bool run_ruler(struct reading *r, struct session *s, struct err *err)
{
	struct ruler_question *q = (struct ruler_question *)r;
	struct arena a = ARENA_INIT;

	q->query.filter = read_filter(&a, q->filter);
	list_ruler_free(q->ruler);
	q->ruler = customer_list_ruler(s, &q->query, err);
	q->query.filter = NULL;
	arena_release(&a);
	return q->ruler != NULL;
}

static void free_ruler(struct reading *r)
{
	ruler_question_free((struct ruler_question *)r);
}

struct ruler_question *ruler_question_new(
	const struct list_query *query, const char *filter, const void *owner)
{
	struct ruler_question *q = mem_zalloc(1, sizeof(*q));

	q->reading = (struct reading){
		.run = run_ruler, .free = free_ruler, .owner = owner, .lazy = true
	};
	q->query = *query;
	q->query.filter = NULL;
	q->filter = mem_strdup(filter);
	return q;
}

void ruler_question_free(struct ruler_question *q)
{
	list_ruler_free(q->ruler);
	free(q->filter);
	free(q);
}

/* --- searches ------------------------------------------------------------ */

static bool run_search(struct reading *r, struct session *s, struct err *err)
{
	struct search_question *q = (struct search_question *)r;
	struct arena a = ARENA_INIT;
	struct customer_hits hits;
	bool ok;

	q->query.filter = read_filter(&a, q->filter);
	ok = customers_search(s, &q->query, q->text, &a, &hits, err);
	q->query.filter = NULL;
	if (ok) {
		free(q->hits);
		q->hits = mem_zalloc((size_t)hits.count + 1, sizeof(*q->hits));
		if (hits.count)
			memcpy(q->hits, hits.ids, (size_t)hits.count * sizeof(*q->hits));
		q->count = hits.count;
		q->more = hits.more;
	}
	arena_release(&a);
	return ok;
}

static void free_search(struct reading *r)
{
	search_question_free((struct search_question *)r);
}

struct search_question *search_question_new(
	const struct list_query *query, const char *filter, const char *text, const void *owner)
{
	struct search_question *q = mem_zalloc(1, sizeof(*q));

	q->reading = (struct reading){ .run = run_search, .free = free_search, .owner = owner };
	q->query = *query;
	q->query.filter = NULL;
	q->filter = mem_strdup(filter);
	q->text = mem_strdup(text);
	return q;
}

void search_question_free(struct search_question *q)
{
	free(q->filter);
	free(q->text);
	free(q->hits);
	free(q);
}
