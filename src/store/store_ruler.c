#include "store_ruler.h"

#include "mem.h"
#include "rng.h"
#include "stmt.h"
#include "store_list.h"
#include "vec.h"

#define STATION_SHIFT 41 /* of ids, see data/schema */

struct ruler {
	struct arena arena; /* texts of the keys */
	VEC(struct list_key) keys;
	VEC(double) weights; /* of each */
	bool descending;
	bool by_text;
};

/* --- the ids in use --- */

struct range {
	int64_t first, last;
};

struct ranges {
	VEC(struct range) list;
	int64_t total;
};

static bool bound(struct db *db, enum sql_id which, const char *name, int64_t company_id,
	int64_t id, int64_t *out, struct err *err)
{
	struct stmt *q = stmt_use(db, which);

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, name, id);
	return stmt_number(q, 0, out, err);
}

static bool find_ranges(struct db *db, int64_t company_id, struct ranges *out, struct err *err)
{
	for (int64_t from = 0;;) {
		struct range r;
		int64_t end;

		if (!bound(db, SQL_RULER_FIRST, "from", company_id, from, &r.first, err))
			return false;
		if (!r.first)
			return true;
		end = ((r.first >> STATION_SHIFT) + 1) << STATION_SHIFT;
		if (!bound(db, SQL_RULER_LAST, "to", company_id, end, &r.last, err))
			return false;
		vec_push(&out->list, r);
		out->total += r.last - r.first + 1;
		from = end;
	}
}

/* An id of a range in use, each as likely as any other. */
static int64_t draw(struct rng *rng, const struct ranges *ranges, const struct range **in)
{
	int64_t at = (int64_t)rng_below(rng, (uint64_t)ranges->total);
	size_t i = 0;

	for (; i + 1 < ranges->list.len; i++) {
		int64_t len = ranges->list.items[i].last - ranges->list.items[i].first + 1;

		if (at < len)
			break;
		at -= len;
	}
	*in = &ranges->list.items[i];
	return (*in)->first + at;
}

/* --- the sample --- */

static bool take(struct db *db, const struct list_query *q, int64_t id, double weight,
	struct ruler *r, struct err *err)
{
	struct list_key key;
	bool found;

	if (!store_list_key(db, q, id, &r->arena, &key, &found, err))
		return false;
	if (found) {
		vec_push(&r->keys, key);
		vec_push(&r->weights, weight);
	}
	return true;
}

static bool take_all(struct db *db, const struct list_query *q, const int64_t *ids, int n,
	struct ruler *r, struct err *err)
{
	for (int i = 0; i < n; i++)
		if (!take(db, q, ids[i], 1, r, err))
			return false;
	return true;
}

/* The next customer from a drawn id on, and how many ids lead to it. */
static bool take_next(struct db *db, const struct list_query *q, const struct range *in,
	int64_t drawn, struct ruler *r, struct err *err)
{
	int64_t id, before;

	if (!bound(db, SQL_RULER_FIRST, "from", q->company_id, drawn, &id, err) ||
		!bound(db, SQL_RULER_LAST, "to", q->company_id, drawn, &before, err))
		return false;
	if (before < in->first)
		before = in->first - 1;
	return take(db, q, id, 1 / (double)(id - before), r, err);
}

/* How many customers of equal weight the sample is worth. */
static double worth(const struct ruler *r)
{
	double sum = 0, squares = 0;

	for (size_t i = 0; i < r->weights.len; i++) {
		sum += r->weights.items[i];
		squares += r->weights.items[i] * r->weights.items[i];
	}
	return squares > 0 ? sum * sum / squares : 0;
}

static bool take_some(struct db *db, const struct list_query *q, struct ruler *r, struct err *err)
{
	struct ranges ranges = { .total = 0 };
	struct rng rng;
	bool ok = find_ranges(db, q->company_id, &ranges, err);

	rng_init(&rng, (uint64_t)q->company_id);
	for (int drawn = 0; ok && drawn < RULER_DRAWS; drawn++) {
		const struct range *in;
		int64_t id = draw(&rng, &ranges, &in);

		ok = take_next(db, q, in, id, r, err);
		if (drawn % RULER_SAMPLE == 0 && worth(r) >= RULER_SAMPLE)
			break;
	}
	vec_release(&ranges.list);
	return ok;
}

struct ruler *store_ruler(struct db *db, const struct list_query *q, struct err *err)
{
	struct ruler *r = mem_zalloc(1, sizeof(*r));
	int64_t *ids = mem_zalloc(RULER_WHOLE + 1, sizeof(*ids));
	struct list_query all = *q;
	bool ok;
	int n;

	all.filter = NULL;
	r->descending = q->descending;
	r->by_text = q->order == LIST_NAME || q->order == LIST_CITY;
	ok = store_list_ids(db, &all, 0, RULER_WHOLE + 1, ids, &n, err) &&
	     (n > RULER_WHOLE ? take_some(db, q, r, err) : take_all(db, q, ids, n, r, err));
	free(ids);
	if (ok)
		return r;
	ruler_free(r);
	return NULL;
}

/* --- reading it --- */

static int compare(const struct ruler *r, const struct list_key *a, const struct list_key *b)
{
	int way = r->by_text ? strcmp(a->text, b->text)
			     : (a->number > b->number) - (a->number < b->number);

	if (!way)
		way = (a->id > b->id) - (a->id < b->id);
	return r->descending ? -way : way;
}

int ruler_at(const struct ruler *ruler, const struct list_key *key)
{
	double before = 0, all = 0;

	for (size_t i = 0; i < ruler->keys.len; i++) {
		all += ruler->weights.items[i];
		if (compare(ruler, &ruler->keys.items[i], key) < 0)
			before += ruler->weights.items[i];
	}
	return all > 0 ? (int)(before * 10000 / all) : 0;
}

void ruler_free(struct ruler *ruler)
{
	if (!ruler)
		return;
	vec_release(&ruler->keys);
	vec_release(&ruler->weights);
	arena_release(&ruler->arena);
	free(ruler);
}
