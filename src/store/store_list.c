#include "store_list.h"

#include "list_source.h"
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
	[LIST_SEGMENT] = { "s.score", false, true },
};

#define LINE_COLUMNS                                                                               \
	"c.id, c.kind, c.account_key, c.name, c.first_name, c.email, c.email_key IS NOT NULL, "    \
	"c.phone, c.phone_e164, c.city, c.consents, " SCORE_ROW_COLUMNS
#define LINE_SCORE 11
#define LINE_KEY (LINE_SCORE + SCORE_ROW_COUNT)

static const char *id_of(const struct order *o)
{
	return o->by_score ? "s.customer_id" : "c.id";
}

/* LIST_SEGMENT in one number: the segment, then the score. */
#define SEGMENT_STEP 1000

static int64_t segment_number(const struct customer_score *s)
{
	return (int64_t)(SEGMENT_COUNT - 1 - (int)s->segment) * SEGMENT_STEP + s->score;
}

static int segment_of_number(int64_t number)
{
	return SEGMENT_COUNT - 1 - (int)(number / SEGMENT_STEP);
}

/* The same in SQL, for pages that are sorted anyway. */
#define SEGMENT_NUMBER                                                                             \
	"(CASE s.segment WHEN 'VIP' THEN 4000 WHEN 'LOYAL' THEN 3000 WHEN 'REGULAR' THEN 2000"     \
	" WHEN 'OCCASIONAL' THEN 1000 ELSE 0 END + s.score)"

/* What a page is made from. */
struct request {
	struct db *db;
	const struct list_query *q;
	struct segment_sql where;
	struct list_source source;
	const struct list_key *from; /* NULL: from the end of the list */
	bool back;
	bool with;
	int n;
	int segment; /* in LIST_SEGMENT the one that is read; else -1 */
	struct arena *a;
	struct list_page *out;
};

static const char *column_of(const struct request *r)
{
	if (r->q->order == LIST_SEGMENT && r->source.sorts)
		return SEGMENT_NUMBER;
	return orders[r->q->order].column;
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

/* ?1 company, ?2 how many, ?3 and ?4 key and id, ?5 segment; then the filter's. */
#define PAGE_FILTER 6

static void add_edge(struct strbuf *out, const struct request *r, enum edge edge, bool down)
{
	const char *column = column_of(r), *id = id_of(&orders[r->q->order]);
	const char *beyond = down ? "<" : ">", *with = r->with ? "=" : "";

	switch (edge) {
	case EDGE_NONE:
		return;
	case EDGE_PAIR:
		strbuf_addf(out, " AND (%s, %s) %s%s (?3, ?4)", column, id, beyond, with);
		return;
	case EDGE_SAME:
		strbuf_addf(out, " AND %s = ?3 AND %s %s%s ?4", column, id, beyond, with);
		return;
	case EDGE_BEYOND:
		strbuf_addf(out, " AND %s %s ?3", column, beyond);
		return;
	}
}

static void page_sql(struct strbuf *out, const struct request *r, enum edge edge)
{
	const char *column = column_of(r), *id = id_of(&orders[r->q->order]);
	bool down = r->q->descending != r->back;
	const char *direction = down ? " DESC" : "";

	strbuf_addf(out, "SELECT " LINE_COLUMNS ", %s%s%s", column, r->source.from,
		r->segment < 0 ? "" : " AND s.segment = ?5");
	add_edge(out, r, edge, down);
	strbuf_addf(out, "%s ORDER BY %s%s, %s%s LIMIT ?2", r->where.text.buf, column, direction,
		id, direction);
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

static void read_key(struct stmt *q, int at, enum list_order order,
	const struct customer_score *score, int64_t id, struct arena *a, struct list_key *out)
{
	*out = (struct list_key){ .id = id, .text = "" };
	if (orders[order].text)
		out->text = col_dup(q, at, a);
	else if (order == LIST_SEGMENT)
		out->number = segment_number(score);
	else
		out->number = col_i64(q, at);
}

/* All are bound wherever the page begins, so that the filter's keep their numbers. */
static void bind_page(struct stmt *st, const struct request *r, int rows)
{
	const struct list_key *key = r->from;

	stmt_i64_at(st, 1, r->q->company_id);
	stmt_i64_at(st, 2, rows);
	if (key && orders[r->q->order].text)
		stmt_text_at(st, 3, key->text);
	else if (key && r->segment >= 0)
		stmt_i64_at(st, 3, key->number % SEGMENT_STEP);
	else
		stmt_i64_at(st, 3, key ? key->number : 0);
	stmt_i64_at(st, 4, key ? key->id : 0);
	stmt_text_at(st, 5, r->segment < 0 ? "" : segment_word((enum segment)r->segment));
	segment_sql_bind(&r->where, st);
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
static bool read_rows(struct request *r, enum edge edge, struct err *err)
{
	struct list_page *out = r->out;
	struct strbuf sql = STRBUF_INIT;
	enum step step;
	struct stmt *st;

	page_sql(&sql, r, edge);
	st = stmt_made(r->db, sql.buf);
	bind_page(st, r, r->n + 1 - out->count);
	out->last = true;
	while ((step = stmt_step(st, err)) == STEP_ROW) {
		struct customer_line *line = &out->lines[out->count];

		if (out->count == r->n) {
			out->last = false;
			break;
		}
		read_line(st, r->a, line);
		read_key(st, LINE_KEY, r->q->order, &line->score, line->id, r->a,
			&out->keys[out->count]);
		out->count++;
	}
	stmt_done(st);
	strbuf_release(&sql);
	return step != STEP_FAIL;
}

static bool read_order(struct request *r, struct err *err)
{
	bool two_steps = r->from && !orders[r->q->order].by_score && !r->source.sorts;
	enum edge edge = !r->from ? EDGE_NONE : two_steps ? EDGE_SAME : EDGE_PAIR;

	if (!read_rows(r, edge, err))
		return false;
	return !two_steps || !r->out->last || read_rows(r, EDGE_BEYOND, err);
}

/* Segments stand in the index by their words: they are taken in turn. */
static bool read_segments(struct request *r, struct err *err)
{
	bool down = r->q->descending != r->back;
	bool ok = true;

	if (r->from)
		r->segment = segment_of_number(r->from->number);
	else
		r->segment = down ? SEGMENT_VIP : SEGMENT_COUNT - 1;
	do {
		if (list_source_may_pass(r->q->filter, (enum segment)r->segment))
			ok = read_order(r, err);
		else
			r->out->last = true;
		r->segment += down ? 1 : -1; /* the best has the least number */
		r->from = NULL;
	} while (ok && r->out->last && r->segment >= 0 && r->segment < SEGMENT_COUNT);
	return ok;
}

static bool read_page(struct request *r, struct err *err)
{
	r->out->count = 0;
	r->segment = -1;
	if (r->q->order == LIST_SEGMENT && !r->source.sorts)
		return read_segments(r, err);
	return read_order(r, err);
}

#define WALK_BUDGET 500 /* thousand steps: some 50 ms */

/*
 * Along the index of the order, unless a term of the filter names few customers.
 * A walk that meets hardly anybody who passes is given up for one through all
 * scores, which reads the store in its own order: much faster for what is rare.
 */
static bool find_page(struct request *r, struct err *err)
{
	const struct list_key *from = r->from;
	struct err first = ERR_INIT;
	bool ok;

	if (!list_source_choose(r->db, r->q, &r->source, err))
		return false;
	if (!r->q->filter || r->source.sorts)
		return read_page(r, err);
	stmt_budget(r->db, WALK_BUDGET);
	ok = read_page(r, &first);
	stmt_budget(r->db, 0);
	if (ok)
		return true;
	if (!stmt_spent(r->db)) {
		*err = first;
		return false;
	}
	r->from = from;
	list_source_all(&r->source);
	return read_page(r, err);
}

bool store_list_page(struct db *db, const struct list_query *q, const struct list_key *from,
	bool back, bool with, int n, struct arena *a, struct list_page *out, struct err *err)
{
	struct request r = { .db = db,
		.q = q,
		.from = from,
		.back = back,
		.with = with,
		.n = n,
		.a = a,
		.out = out };
	bool ok;

	*out = (struct list_page){
		.lines = arena_alloc(a, (size_t)n * sizeof(*out->lines)),
		.keys = arena_alloc(a, (size_t)n * sizeof(*out->keys)),
	};
	segment_sql_make(&r.where, q, PAGE_FILTER);
	ok = find_page(&r, err);
	if (back)
		reverse(out);
	segment_sql_release(&r.where);
	return ok;
}

/* Keys of single customers: the statement, and what it is bound to but the id. */
struct key_query {
	struct db *db;
	const struct list_query *q;
	struct segment_sql where;
	struct strbuf sql;
};

static void key_query_make(struct key_query *k, struct db *db, const struct list_query *q)
{
	*k = (struct key_query){ .db = db, .q = q, .sql = STRBUF_INIT };
	segment_sql_make(&k->where, q, 3);
	strbuf_addf(&k->sql, "SELECT %s, " SCORE_ROW_COLUMNS FROM_CUSTOMER " AND c.id = ?2%s",
		orders[q->order].column, k->where.text.buf);
}

static void key_query_release(struct key_query *k)
{
	segment_sql_release(&k->where);
	strbuf_release(&k->sql);
}

static bool one_key(struct key_query *k, int64_t id, struct arena *a, struct list_key *out,
	bool *found, struct err *err)
{
	struct stmt *st = stmt_made(k->db, k->sql.buf);
	struct customer_score score;
	enum step step;

	stmt_i64_at(st, 1, k->q->company_id);
	stmt_i64_at(st, 2, id);
	segment_sql_bind(&k->where, st);
	step = stmt_step(st, err);
	*found = step == STEP_ROW;
	if (*found) {
		score_row_read(st, 1, &score);
		read_key(st, 0, k->q->order, &score, id, a, out);
	}
	stmt_done(st);
	return step != STEP_FAIL;
}

bool store_list_key(struct db *db, const struct list_query *q, int64_t id, struct arena *a,
	struct list_key *out, bool *found, struct err *err)
{
	struct key_query k;
	bool ok;

	key_query_make(&k, db, q);
	ok = one_key(&k, id, a, out, found, err);
	key_query_release(&k);
	return ok;
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
	struct list_source source;
	struct segment_sql where;
	struct stmt *st;
	bool ok;

	if (!list_source_choose(db, q, &source, err))
		return false;
	if (!source.sorts)
		list_source_all(&source);
	segment_sql_make(&where, q, 2);
	list_source_narrow(&source, where.text.buf);
	strbuf_addf(&sql, "SELECT count(*)%s%s", source.from, where.text.buf);
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
	struct list_source source;
	struct segment_sql where;
	enum step step = STEP_DONE;
	struct stmt *st;
	int i = 0;

	if (!list_source_choose(db, q, &source, err))
		return false;
	if (!source.sorts)
		list_source_all(&source);
	segment_sql_make(&where, q, 4);
	list_source_narrow(&source, where.text.buf);
	strbuf_addf(&sql,
		"SELECT s.customer_id%s AND s.customer_id > ?2%s"
		" ORDER BY s.customer_id LIMIT ?3",
		source.from, where.text.buf);
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

static bool add_plan(struct request *r, enum edge edge, struct strbuf *out, struct err *err)
{
	struct strbuf sql = STRBUF_INIT;
	enum step step;
	struct stmt *st;

	strbuf_adds(&sql, "EXPLAIN QUERY PLAN ");
	page_sql(&sql, r, edge);
	st = stmt_made(r->db, sql.buf);
	bind_page(st, r, 50);
	while ((step = stmt_step(st, err)) == STEP_ROW)
		strbuf_addf(out, "%s\n", col_text(st, 3));
	stmt_done(st);
	strbuf_release(&sql);
	return step == STEP_DONE;
}

bool store_list_plan(
	struct db *db, const struct list_query *q, bool back, struct strbuf *out, struct err *err)
{
	bool two_steps = !orders[q->order].by_score, ok;
	struct request r = { .db = db,
		.q = q,
		.back = back,
		.segment = q->order == LIST_SEGMENT ? SEGMENT_VIP : -1 };

	if (!list_source_choose(db, q, &r.source, err))
		return false;
	segment_sql_make(&r.where, q, PAGE_FILTER);
	ok = add_plan(&r, EDGE_NONE, out, err) &&
	     add_plan(&r, two_steps ? EDGE_SAME : EDGE_PAIR, out, err) &&
	     (!two_steps || add_plan(&r, EDGE_BEYOND, out, err));
	segment_sql_release(&r.where);
	return ok;
}
