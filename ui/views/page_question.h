/*
 * What is asked from the reader about customers: a page of a list, how many a
 * filter lets pass, where rows stand, whom a search finds.
 * A question carries its filter as text, since it is read in another thread.
 */
#ifndef PAGE_QUESTION_H
#define PAGE_QUESTION_H

#include "customer_list.h"
#include "desk.h"
#include "table.h"

/* A row of the list; in its page's arena. */
struct customer_row {
	struct customer_line line;
	struct list_key key;
};

struct page_question {
	struct reading reading;
	struct list_query query; /* filter is set in the reader's thread */
	char *filter;		 /* owned; "" for none */
	unsigned ask;		 /* serial of the table's question */
	bool back, with, started;
	struct list_key from; /* its text is owned */
	int want;
	struct table_page page; /* the answer, until taken */
};

/* What `ask` wants of `query` under `filter`, *owned*; `owner` as in reader.h. */
struct page_question *page_question_new(const struct list_query *query, const char *filter,
	const struct table_ask *ask, const void *owner) MUST_USE;
/* Answers it here and now, on this session. */
bool page_question_run(struct page_question *q, struct session *s, struct err *err) MUST_USE;
void page_question_free(struct page_question *q);
/* Hands the page over, *owned* by the caller. */
void page_question_take(struct page_question *q, struct table_page *page);

struct count_question {
	struct reading reading;
	struct list_query query;
	char *filter; /* owned */
	int64_t count;
};

struct count_question *count_question_new(
	const struct list_query *query, const char *filter, const void *owner) MUST_USE;
void count_question_free(struct count_question *q);

/* How far down the list its rows stand, see customer_list_ruler. */
struct ruler_question {
	struct reading reading;
	struct list_query query;
	char *filter;	     /* owned */
	struct ruler *ruler; /* the answer, owned until taken */
};

struct ruler_question *ruler_question_new(
	const struct list_query *query, const char *filter, const void *owner) MUST_USE;
void ruler_question_free(struct ruler_question *q);

/* Whom a search finds, under the query's filter. */
struct search_question {
	struct reading reading;
	struct list_query query;
	char *filter, *text; /* owned */
	int64_t *hits;	     /* the answer, owned until taken */
	int count;
	bool more;
};

struct search_question *search_question_new(const struct list_query *query, const char *filter,
	const char *text, const void *owner) MUST_USE;
void search_question_free(struct search_question *q);

#endif
