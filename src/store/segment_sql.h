/*
 * The segment compiler: a filter's tree becomes the condition of a query. With
 * store_list.c, which puts the condition into its queries, it is the only place
 * where SQL is made at run time; what comes from a person goes into binds alone.
 */
#ifndef SEGMENT_SQL_H
#define SEGMENT_SQL_H

#include "arena.h"
#include "filter.h"
#include "stmt.h"
#include "store_list.h"
#include "vec.h"

struct segment_bind {
	int64_t number;
	const char *text; /* NULL: the number; borrowed from arena or filter */
};

/* A condition over the tables c (customer) and s (customer_score). */
struct segment_sql {
	struct strbuf text;		/* "" for no condition, else it begins with " AND " */
	VEC(struct segment_bind) binds; /* of its parameters in order */
	int first;			/* number of the first parameter */
	struct arena arena;
};

/* Its parameters are numbered from `first`. */
void segment_sql_make(struct segment_sql *sql, const struct list_query *q, int first);
void segment_sql_release(struct segment_sql *sql);
void segment_sql_bind(const struct segment_sql *sql, struct stmt *q);

#endif
