#include "store_list.h"

#include "score_row.h"
#include "segment_sql.h"

/*
 * An order: the table that drives it, its key column there, and the column of
 * the row's id. Each has an index that begins with the company and ends with
 * the id.
 */
static const struct order {
	const char *column;
	bool text;
	bool by_score; /* customer_score drives, else customer */
} orders[LIST_ORDERS] = {
	[LIST_NAME] = { "c.name_key", true, false },
	[LIST_CITY] = { "c.city_key", true, false },
	[LIST_SCORE] = { "s.score", false, true },
	[LIST_CHURN] = { "s.churn", false, true },
	[LIST_REVENUE] = { "s.revenue", false, true },
	[LIST_OVERDUE] = { "s.overdue", false, true },
	[LIST_LAST_PURCHASE] = { "s.last_purchase", false, true },
	[LIST_LAST_INTERACTION] = { "s.last_interaction", false, true },
};

/* CROSS JOIN keeps the driving table first, whatever the planner believes. */
#define FROM_SCORE                                                                                 \
	" FROM customer_score s CROSS JOIN customer c ON c.id = s.customer_id WHERE s.company_id " \
	"= ?1"
#define FROM_CUSTOMER                                                                              \
	" FROM customer c CROSS JOIN customer_score s ON s.company_id = c.company_id"              \
	" AND s.customer_id = c.id WHERE c.company_id = ?1 AND c.merged_into IS NULL"

#define LINE_COLUMNS                                                                               \
	"c.id, c.kind, c.account_key, c.name, c.first_name, c.email, c.email_key IS NOT NULL, "    \
	"c.phone, c.phone_e164, c.city, c.consents, " SCORE_ROW_COLUMNS
#define LINE_SCORE 11
#define LINE_KEY (LINE_SCORE + SCORE_ROW_COUNT)

static const char *from_of(const struct order *o)
{
	return o->by_score ? FROM_SCORE : FROM_CUSTOMER;
}

static const char *id_of(const struct order *o)
{
	return o->by_score ? "s.customer_id" : "c.id";
}

/*
 * Where a page begins. SQLite compares (key, id) as one only where the id is a
 * column of its own in the index; `customer`, whose id is the rowid, takes two
 * steps: the rest of the same key, then the keys beyond. Many share a name.
 */
enum edge {
	EDGE_NONE,   /* at the end of the list */
	EDGE_PAIR,   /* (key, id) beyond the given */
	EDGE_SAME,   /* key as given, id beyond */
	EDGE_BEYOND, /* key beyond */
};

/* ?1 company, ?2 how many, ?3 and ?4 key and id; then the filter's. */
#define PAGE_FILTER 5

static void add_edge(
	struct strbuf *out, const struct order *o, enum edge edge, bool down, bool with)
{
	const char *beyond = down ? "<" : ">";
	const char *id = id_of(o);

	switch (edge) {
	case EDGE_NONE:
		return;
	case EDGE_PAIR:
		strbuf_addf(
			out, " AND (%s, %s) %s%s (?3, ?4)", o->column, id, beyond, with ? "=" : "");
		return;
	case EDGE_SAME:
		strbuf_addf(
			out, " AND %s = ?3 AND %s %s%s ?4", o->column, id, beyond, with ? "=" : "");
		return;
	case EDGE_BEYOND:
		strbuf_addf(out, " AND %s %s ?3", o->column, beyond);
		return;
	}
}

static void page_sql(struct strbuf *out, const struct list_query *q,
	const struct segment_sql *where, enum edge edge, bool back, bool with)
{
	const struct order *o = &orders[q->order];
	bool down = q->descending != back;

	strbuf_addf(out, "SELECT " LINE_COLUMNS ", %s%s", o->column, from_of(o));
	add_edge(out, o, edge, down, with);
	strbuf_addf(out, "%s ORDER BY %s%s, %s%s LIMIT ?2", where->text.buf, o->column,
		down ? " DESC" : "", id_of(o), down ? " DESC" : "");
}

static enum customer_kind kind_of(const char *word)
{
	enum customer_kind kind = KIND_PERSON;

	return customer_kind_parse(word, &kind) ? kind : KIND_PERSON;
}

static void read_line(struct stmt *q, struct arena *a, struct customer_line *out)
{
	*out = (struct customer_line){
		.id = col_i64(q, 0),
		.kind = kind_of(col_text(q, 1)),
		.account_key = col_dup(q, 2, a),
		.name = col_dup(q, 3, a),
		.first_name = col_dup(q, 4, a),
		.email = col_dup(q, 5, a),
		.email_valid = col_i64(q, 6),
		.phone = col_dup(q, 7, a),
		.phone_e164 = col_dup(q, 8, a),
		.city = col_dup(q, 9, a),
		.consents = (uint32_t)col_i64(q, 10),
	};
	score_row_read(q, LINE_SCORE, &out->score);
}

static void read_key(struct stmt *q, int at, enum list_order order, int64_t id, struct arena *a,
	struct list_key *out)
{
	*out = (struct list_key){ .id = id, .text = "" };
	if (orders[order].text)
		out->text = col_dup(q, at, a);
	else
		out->number = col_i64(q, at);
}

/* Both are bound wherever the page begins, so that the filter's keep their numbers. */
static void bind_edge(struct stmt *st, const struct list_query *q, const struct list_key *key)
{
	if (key && orders[q->order].text)
		stmt_text_at(st, 3, key->text);
	else
		stmt_i64_at(st, 3, key ? key->number : 0);
	stmt_i64_at(st, 4, key ? key->id : 0);
}

static void reverse(struct list_page *p)
{
	for (int i = 0, j = p->count - 1; i < j; i++, j--) {
		struct customer_line line = p->lines[i];
		struct list_key key = p->keys[i];

		p->lines[i] = p->lines[j];
		p->keys[i] = p->keys[j];
		p->lines[j] = line;
		p->keys[j] = key;
	}
}

/* Adds rows to the page up to `n`; one more than that says that there is more. */
static bool read_rows(struct db *db, const struct list_query *q, const struct segment_sql *where,
	enum edge edge, const struct list_key *from, bool back, bool with, int n, struct arena *a,
	struct list_page *out, struct err *err)
{
	struct strbuf sql = STRBUF_INIT;
	enum step step;
	struct stmt *st;

	page_sql(&sql, q, where, edge, back, with);
	st = stmt_made(db, sql.buf);
	stmt_i64_at(st, 1, q->company_id);
	stmt_i64_at(st, 2, n + 1 - out->count);
	bind_edge(st, q, from);
	segment_sql_bind(where, st);
	out->last = true;
	while ((step = stmt_step(st, err)) == STEP_ROW) {
		if (out->count == n) {
			out->last = false;
			break;
		}
		read_line(st, a, &out->lines[out->count]);
		read_key(st, LINE_KEY, q->order, out->lines[out->count].id, a,
			&out->keys[out->count]);
		out->count++;
	}
	stmt_done(st);
	strbuf_release(&sql);
	return step != STEP_FAIL;
}

bool store_list_page(struct db *db, const struct list_query *q, const struct list_key *from,
	bool back, bool with, int n, struct arena *a, struct list_page *out, struct err *err)
{
	bool two_steps = from && !orders[q->order].by_score;
	enum edge edge = !from ? EDGE_NONE : two_steps ? EDGE_SAME : EDGE_PAIR;
	struct segment_sql where;
	bool ok;

	*out = (struct list_page){
		.lines = arena_alloc(a, (size_t)n * sizeof(*out->lines)),
		.keys = arena_alloc(a, (size_t)n * sizeof(*out->keys)),
	};
	segment_sql_make(&where, q, PAGE_FILTER);
	ok = read_rows(db, q, &where, edge, from, back, with, n, a, out, err);
	if (ok && two_steps && out->last)
		ok = read_rows(db, q, &where, EDGE_BEYOND, from, back, with, n, a, out, err);
	if (back)
		reverse(out);
	segment_sql_release(&where);
	return ok;
}

bool store_list_key(struct db *db, const struct list_query *q, int64_t id, struct arena *a,
	struct list_key *out, bool *found, struct err *err)
{
	struct strbuf sql = STRBUF_INIT;
	struct segment_sql where;
	struct stmt *st;
	enum step step;

	segment_sql_make(&where, q, 3);
	strbuf_addf(&sql, "SELECT %s" FROM_CUSTOMER " AND c.id = ?2%s", orders[q->order].column,
		where.text.buf);
	st = stmt_made(db, sql.buf);
	stmt_i64_at(st, 1, q->company_id);
	stmt_i64_at(st, 2, id);
	segment_sql_bind(&where, st);
	step = stmt_step(st, err);
	*found = step == STEP_ROW;
	if (*found)
		read_key(st, 0, q->order, id, a, out);
	stmt_done(st);
	segment_sql_release(&where);
	strbuf_release(&sql);
	return step != STEP_FAIL;
}

bool store_list_line(struct db *db, int64_t company_id, int64_t id, struct arena *a,
	struct customer_line *out, bool *found, struct err *err)
{
	struct stmt *st = stmt_made(db, "SELECT " LINE_COLUMNS FROM_CUSTOMER " AND c.id = ?2");
	enum step step;

	stmt_i64_at(st, 1, company_id);
	stmt_i64_at(st, 2, id);
	step = stmt_step(st, err);
	*found = step == STEP_ROW;
	if (*found)
		read_line(st, a, out);
	stmt_done(st);
	return step != STEP_FAIL;
}

bool store_list_count(struct db *db, const struct list_query *q, int64_t *n, struct err *err)
{
	struct strbuf sql = STRBUF_INIT;
	struct segment_sql where;
	struct stmt *st;
	bool ok;

	segment_sql_make(&where, q, 2);
	strbuf_addf(&sql, "SELECT count(*)" FROM_SCORE "%s", where.text.buf);
	st = stmt_made(db, sql.buf);
	stmt_i64_at(st, 1, q->company_id);
	segment_sql_bind(&where, st);
	ok = stmt_number(st, 0, n, err);
	segment_sql_release(&where);
	strbuf_release(&sql);
	return ok;
}

bool store_list_ids(struct db *db, const struct list_query *q, int64_t after, int n, int64_t *out,
	int *count, struct err *err)
{
	struct strbuf sql = STRBUF_INIT;
	struct segment_sql where;
	enum step step = STEP_DONE;
	struct stmt *st;
	int i = 0;

	segment_sql_make(&where, q, 4);
	strbuf_addf(&sql,
		"SELECT s.customer_id" FROM_SCORE " AND s.customer_id > ?2%s"
		" ORDER BY s.customer_id LIMIT ?3",
		where.text.buf);
	st = stmt_made(db, sql.buf);
	stmt_i64_at(st, 1, q->company_id);
	stmt_i64_at(st, 2, after);
	stmt_i64_at(st, 3, n);
	segment_sql_bind(&where, st);
	while (i < n && (step = stmt_step(st, err)) == STEP_ROW)
		out[i++] = col_i64(st, 0);
	stmt_done(st);
	*count = i;
	segment_sql_release(&where);
	strbuf_release(&sql);
	return step != STEP_FAIL;
}

static bool add_plan(struct db *db, const struct list_query *q, const struct segment_sql *where,
	enum edge edge, bool back, struct strbuf *out, struct err *err)
{
	struct strbuf sql = STRBUF_INIT;
	enum step step;
	struct stmt *st;

	strbuf_adds(&sql, "EXPLAIN QUERY PLAN ");
	page_sql(&sql, q, where, edge, back, false);
	st = stmt_made(db, sql.buf);
	stmt_i64_at(st, 1, q->company_id);
	stmt_i64_at(st, 2, 50);
	bind_edge(st, q, NULL);
	segment_sql_bind(where, st);
	while ((step = stmt_step(st, err)) == STEP_ROW)
		strbuf_addf(out, "%s\n", col_text(st, 3));
	stmt_done(st);
	strbuf_release(&sql);
	return step == STEP_DONE;
}

bool store_list_plan(
	struct db *db, const struct list_query *q, bool back, struct strbuf *out, struct err *err)
{
	bool two_steps = !orders[q->order].by_score;
	struct segment_sql where;
	bool ok;

	segment_sql_make(&where, q, PAGE_FILTER);
	ok = add_plan(db, q, &where, EDGE_NONE, back, out, err) &&
	     add_plan(db, q, &where, two_steps ? EDGE_SAME : EDGE_PAIR, back, out, err) &&
	     (!two_steps || add_plan(db, q, &where, EDGE_BEYOND, back, out, err));
	segment_sql_release(&where);
	return ok;
}
