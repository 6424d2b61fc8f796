#include "list_source.h"

#include "segment_sql.h"
#include "store_contact.h"

/* The index of an order, as the planner finds it by itself; and those of terms. */
static const char *score_index(const struct filter *t)
{
	bool never = t->values[0].kind == VALUE_NEVER;

	switch ((int)t->field) {
	case FILTER_SEGMENT:
		return "score_by_segment";
	case FILTER_SCORE:
		return "score_by_score";
	case FILTER_CHURN:
		return "score_by_churn";
	case FILTER_REVENUE:
		return "score_by_revenue";
	case FILTER_OVERDUE_AMOUNT:
		return "score_by_overdue";
	case FILTER_LAST_PURCHASE:
		return "score_by_purchase";
	case FILTER_LAST_INTERACTION:
		return "score_by_interaction";
	case FILTER_OVERDUE:
		return never ? NULL : "score_by_overdue_since";
	default:
		return NULL;
	}
}

/* What makes an index narrow that the term alone leaves wide: the partial one's own
 * condition, and days that never were, which lie before all others. */
static const char *narrower(const struct filter *t)
{
	if (t->values[0].kind == VALUE_NEVER)
		return "";
	switch ((int)t->field) {
	case FILTER_OVERDUE:
		return " AND s.overdue > 0";
	case FILTER_LAST_PURCHASE:
		return " AND s.last_purchase > -2147483648";
	case FILTER_LAST_INTERACTION:
		return " AND s.last_interaction > -2147483648";
	default:
		return "";
	}
}

/* A term's own source: `table` alone to count its rows, `join` for what is missing. */
struct term_source {
	char table[96];
	const char *join;
	char where[96];
	bool holds_term; /* `where` says all that the term says */
};

/* Several values would be an OR, which only an equality keeps within an index. */
static bool from_score(const struct filter *t, struct term_source *out)
{
	const char *index = score_index(t);

	if (!index || (t->count > 1 && t->field != FILTER_SEGMENT))
		return false;
	snprintf(out->table, sizeof(out->table), " FROM customer_score s INDEXED BY %s", index);
	snprintf(out->where, sizeof(out->where), " WHERE s.company_id = ?1%s", narrower(t));
	out->join = JOIN_CUSTOMER;
	return true;
}

static bool from_city(const struct filter *t, struct term_source *out)
{
	if (t->field != FILTER_CITY || t->op != FILTER_EQ || t->count > 1)
		return false;
	snprintf(out->table, sizeof(out->table), " FROM customer c INDEXED BY customer_by_city");
	snprintf(out->where, sizeof(out->where),
		" WHERE c.company_id = ?1 AND c.merged_into IS NULL");
	out->join = JOIN_SCORE;
	return true;
}

static bool from_tag(struct db *db, const struct list_query *q, const struct filter *t,
	struct term_source *out, bool *is, struct err *err)
{
	int64_t tag_id;

	*is = t->field == FILTER_TAG && t->op == FILTER_EQ && t->count == 1;
	if (!*is)
		return true;
	if (!store_tag_find(db, q->company_id, t->values[0].text, false, &tag_id, err))
		return false;
	snprintf(out->table, sizeof(out->table), " FROM customer_tag m");
	snprintf(out->where, sizeof(out->where), " WHERE m.company_id = ?1 AND m.tag_id = %lld",
		(long long)tag_id);
	out->join = " CROSS JOIN customer c ON c.id = m.customer_id" JOIN_SCORE;
	out->holds_term = true;
	return true;
}

static bool find_source(struct db *db, const struct list_query *q, const struct filter *t,
	struct term_source *out, bool *is, struct err *err)
{
	*out = (struct term_source){ .holds_term = false };
	*is = false;
	if (t->kind != FILTER_TERM || t->op == FILTER_NE)
		return true;
	if (from_score(t, out) || from_city(t, out)) {
		*is = true;
		return true;
	}
	return from_tag(db, q, t, out, is, err);
}

/* How many rows a term names, up to one more than few. */
static bool count_few(struct db *db, const struct list_query *q, const struct filter *t,
	const struct term_source *source, int64_t *n, struct err *err)
{
	struct list_query one = *q;
	struct strbuf sql = STRBUF_INIT;
	struct segment_sql where;
	struct stmt *st;
	bool ok;

	one.filter = source->holds_term ? NULL : t;
	segment_sql_make(&where, &one, 2);
	strbuf_addf(&sql, "SELECT count(*) FROM (SELECT 1%s%s%s LIMIT %d)", source->table,
		source->where, where.text.buf, LIST_FEW + 1);
	st = stmt_made(db, sql.buf);
	stmt_i64_at(st, 1, q->company_id);
	segment_sql_bind(&where, st);
	ok = stmt_number(st, 0, n, err);
	segment_sql_release(&where);
	strbuf_release(&sql);
	return ok;
}

static void set_order(const struct list_query *q, struct list_source *out)
{
	bool by_name = q->order == LIST_NAME || q->order == LIST_CITY;

	snprintf(out->from, sizeof(out->from), "%s", by_name ? FROM_CUSTOMER : FROM_SCORE);
	out->sorts = false;
}

void list_source_all(struct list_source *out)
{
	snprintf(out->from, sizeof(out->from), "%s", FROM_SCORE);
	out->sorts = true;
}

bool list_source_choose(
	struct db *db, const struct list_query *q, struct list_source *out, struct err *err)
{
	const struct filter *f = q->filter, *t;
	int64_t least = LIST_FEW + 1;

	set_order(q, out);
	for (t = f && f->kind == FILTER_AND ? f->first : f; t; t = t == f ? NULL : t->next) {
		struct term_source source;
		int64_t n;
		bool is;

		if (!find_source(db, q, t, &source, &is, err))
			return false;
		if (!is)
			continue;
		if (!count_few(db, q, t, &source, &n, err))
			return false;
		if (n >= least)
			continue;
		least = n;
		out->sorts = true;
		snprintf(out->from, sizeof(out->from), "%s%s%s", source.table, source.join,
			source.where);
	}
	return true;
}

void list_source_narrow(struct list_source *source, const char *condition)
{
	char *join = strstr(source->from, JOIN_CUSTOMER);

	/* Behind tags and cities s hangs on c; what a person typed is in no condition. */
	if (!join || strstr(condition, "c.") || strstr(source->from, JOIN_SCORE))
		return;
	memmove(join, join + strlen(JOIN_CUSTOMER), strlen(join + strlen(JOIN_CUSTOMER)) + 1);
}

bool list_source_may_pass(const struct filter *f, enum segment segment)
{
	if (!f)
		return true;
	if (f->kind == FILTER_AND) {
		for (const struct filter *child = f->first; child; child = child->next)
			if (!list_source_may_pass(child, segment))
				return false;
		return true;
	}
	if (f->kind != FILTER_TERM || f->field != FILTER_SEGMENT)
		return true;
	for (size_t i = 0; i < f->count; i++)
		if (f->values[i].number == (int64_t)segment)
			return f->op != FILTER_NE;
	return f->op == FILTER_NE;
}
