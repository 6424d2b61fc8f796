/*
 * Where the rows of a list come from: the index of its order, or, where a term of
 * the filter names few customers, the index of that term, sorted afterwards.
 * Private to src/store.
 */
#ifndef LIST_SOURCE_H
#define LIST_SOURCE_H

#include "customer_page.h"
#include "db.h"
#include "segment.h"

/* CROSS JOIN keeps the driving table first, whatever the planner believes. */
#define JOIN_CUSTOMER " CROSS JOIN customer c ON c.id = s.customer_id"
#define JOIN_SCORE                                                                                 \
	" CROSS JOIN customer_score s ON s.company_id = c.company_id AND s.customer_id = c.id"
#define FROM_SCORE " FROM customer_score s" JOIN_CUSTOMER " WHERE s.company_id = ?1"
#define FROM_CUSTOMER                                                                              \
	" FROM customer c" JOIN_SCORE " WHERE c.company_id = ?1 AND c.merged_into IS NULL"

struct list_source {
	char from[320]; /* " FROM ... WHERE ...": tables c and s; ?1 is the company */
	bool sorts;	/* its rows do not come in the order of the list */
};

/* Few: at most so many may be taken and sorted for one page. */
#define LIST_FEW 8192

bool list_source_choose(struct db *db, const struct list_query *q, struct list_source *out,
	struct err *err) MUST_USE;
/* All customers of the company, as they lie in the store. */
void list_source_all(struct list_source *out);
/* For statements that show nothing of table c: leaves it out where a condition
 * (segment_sql.h) does not name it, either. */
void list_source_narrow(struct list_source *source, const char *condition);

/* Whether customers of a segment can pass: a list by segments leaves the others out. */
bool list_source_may_pass(const struct filter *f, enum segment segment);

#endif
