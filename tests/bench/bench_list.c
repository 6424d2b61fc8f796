/*
 * A page of 50 customers in every order: the first, the last, and after and before
 * many places in the middle, from small to large and from large to small; against
 * the bare query, prepared once, every column of every row read. Then the same
 * among few customers, which should cost no less.
 */
#include "bench.h"

#include <stdio.h>
#include <string.h>

#include "rng.h"
#include "score_row.h"
#include "session.h"
#include "store_list.h"

#define LIMIT 1.5
#define FEW 10000
#define ROWS 50
#define KEYS 24 /* places in the middle */
#define ROUNDS 4
#define SAMPLES (KEYS * ROUNDS)

enum place { FIRST, AFTER, BEFORE, LAST, PLACES };

static const char *const place_words[PLACES] = { "first page", "after a row", "before a row",
	"last page" };

/* The order by segments is made of pages by score, one segment after the other. */
#define BENCHED LIST_SEGMENT

/* Key columns; an order by one of customer_score's reads that table first. */
static const struct {
	const char *column;
	bool by_score, text;
} orders[LIST_ORDERS] = {
	[LIST_NAME] = { "c.name_key", false, true },
	[LIST_CITY] = { "c.city_key", false, true },
	[LIST_SCORE] = { "s.score", true, false },
	[LIST_CHURN] = { "s.churn", true, false },
	[LIST_REVENUE] = { "s.revenue", true, false },
	[LIST_OVERDUE] = { "s.overdue", true, false },
	[LIST_LAST_PURCHASE] = { "s.last_purchase", true, false },
	[LIST_LAST_INTERACTION] = { "s.last_interaction", true, false },
};

struct times {
	int64_t page, bare;
};

struct pages {
	struct times of[LIST_ORDERS][2][PLACES]; /* medians in ns; from large to small */
};

struct measure {
	struct bench *b;
	struct session *s;
	sqlite3 *raw;
	enum list_order order;
	bool down;
	struct arena arena;
	struct list_key keys[KEYS];
};

/* --- the bare query --- */

/* Two in a row where the key lies in `customer`: the rest of the same key, then
 * what lies beyond. */
struct bare {
	sqlite3_stmt *parts[2];
};

static sqlite3_stmt *bare_part(const struct measure *m, const char *edge, bool down)
{
	const char *column = orders[m->order].column, *way = down ? " DESC" : "";
	bool by_score = orders[m->order].by_score;
	char *sql = sqlite3_mprintf(
		"SELECT c.id, c.kind, c.account_key, c.name, c.first_name, c.email,"
		" c.email_key IS NOT NULL, c.phone, c.phone_e164, c.city, c.consents,"
		" " SCORE_ROW_COLUMNS ", %s FROM %s %s ORDER BY %s%s, %s%s LIMIT ?2",
		column,
		by_score ? "customer_score s CROSS JOIN customer c ON c.id = s.customer_id"
			   " WHERE s.company_id = ?1"
			 : "customer c CROSS JOIN customer_score s ON s.company_id = c.company_id"
			   " AND s.customer_id = c.id"
			   " WHERE c.company_id = ?1 AND c.merged_into IS NULL",
		edge, column, way, by_score ? "s.customer_id" : "c.id", way);
	sqlite3_stmt *q = bench_prepare(m->raw, sql);

	sqlite3_free(sql);
	return q;
}

static void bare_open(const struct measure *m, enum place place, struct bare *bare)
{
	bool down = m->down != (place == BEFORE || place == LAST);
	const char *column = orders[m->order].column;
	char edge[100];

	memset(bare, 0, sizeof(*bare));
	if (place == FIRST || place == LAST) {
		bare->parts[0] = bare_part(m, "", down);
	} else if (orders[m->order].by_score) {
		snprintf(edge, sizeof(edge), "AND (%s, s.customer_id) %s (?3, ?4)", column,
			down ? "<" : ">");
		bare->parts[0] = bare_part(m, edge, down);
	} else {
		snprintf(
			edge, sizeof(edge), "AND %s = ?3 AND c.id %s ?4", column, down ? "<" : ">");
		bare->parts[0] = bare_part(m, edge, down);
		snprintf(edge, sizeof(edge), "AND %s %s ?3", column, down ? "<" : ">");
		bare->parts[1] = bare_part(m, edge, down);
	}
}

static void bare_close(struct bare *bare)
{
	sqlite3_finalize(bare->parts[0]);
	sqlite3_finalize(bare->parts[1]);
}

/* Steps through one and reads every column; the sum of the ids. */
static int64_t bare_read(
	const struct measure *m, sqlite3_stmt *q, const struct list_key *key, int *rows)
{
	int columns = sqlite3_column_count(q);
	int64_t sum = 0;

	sqlite3_bind_int64(q, 1, m->b->company_id);
	sqlite3_bind_int64(q, 2, ROWS - *rows);
	if (key && orders[m->order].text)
		sqlite3_bind_text(q, 3, key->text, -1, SQLITE_STATIC);
	else if (key)
		sqlite3_bind_int64(q, 3, key->number);
	if (key)
		sqlite3_bind_int64(q, 4, key->id);
	for (; sqlite3_step(q) == SQLITE_ROW; ++*rows) {
		sum += sqlite3_column_int64(q, 0);
		for (int i = 1; i < columns; i++) {
			if (sqlite3_column_type(q, i) == SQLITE_TEXT)
				sum += sqlite3_column_text(q, i) == NULL;
			else
				sum += sqlite3_column_int64(q, i) == INT64_MIN;
		}
	}
	sqlite3_reset(q);
	return sum;
}

static int64_t bare_page(
	const struct measure *m, const struct bare *bare, const struct list_key *key)
{
	int rows = 0;
	int64_t sum = bare_read(m, bare->parts[0], key, &rows);

	if (bare->parts[1] && rows < ROWS)
		sum += bare_read(m, bare->parts[1], key, &rows);
	return sum;
}

/* --- the page --- */

static int64_t page(
	const struct measure *m, const struct list_key *key, enum place place, struct arena *a)
{
	struct list_query q = {
		.company_id = m->b->company_id, .order = m->order, .descending = m->down
	};
	struct err err = ERR_INIT;
	struct list_page got;
	int64_t sum = 0;

	arena_clear(a);
	bench_need(store_list_page(m->s->db, &q, key, place == BEFORE || place == LAST, false, ROWS,
			   a, &got, &err),
		"page", &err);
	for (int i = 0; i < got.count; i++)
		sum += got.lines[i].id;
	return sum;
}

/* --- measuring --- */

/* Rows anywhere in the order. */
static void find_keys(struct measure *m)
{
	bool text = orders[m->order].text;
	char *sql = sqlite3_mprintf("SELECT %s, %s FROM %s WHERE company_id = ?1%s ORDER BY 1, 2",
		orders[m->order].column + 2, text ? "id" : "customer_id",
		text ? "customer" : "customer_score", text ? " AND merged_into IS NULL" : "");
	sqlite3_stmt *q = bench_prepare(m->raw, sql);
	int64_t n = 0;

	arena_clear(&m->arena);
	sqlite3_bind_int64(q, 1, m->b->company_id);
	for (int i = 0; i < KEYS; i++) {
		int64_t at = m->b->customers * (2 * i + 1) / (2 * KEYS);

		while (n <= at && sqlite3_step(q) == SQLITE_ROW)
			n++;
		m->keys[i] = (struct list_key){ .id = sqlite3_column_int64(q, 1) };
		if (text)
			m->keys[i].text =
				arena_strdup(&m->arena, (const char *)sqlite3_column_text(q, 0));
		else
			m->keys[i].number = sqlite3_column_int64(q, 0);
	}
	sqlite3_finalize(q);
	sqlite3_free(sql);
}

/* All keys the one way, then all the other way, so that neither finds rows that the
 * other has just brought into the processor's cache. */
static struct times measure_place(struct measure *m, enum place place)
{
	static int64_t ns[2][SAMPLES], sums[2][SAMPLES];
	struct arena a = ARENA_INIT;
	struct bare bare;

	bare_open(m, place, &bare);
	for (int i = 0; i < 2 * SAMPLES; i++) {
		bool is_bare = i / KEYS % 2;
		int at = i / (2 * KEYS) * KEYS + i % KEYS;
		bool between = place == AFTER || place == BEFORE;
		const struct list_key *key = between ? &m->keys[i % KEYS] : NULL;
		int64_t began = bench_ns();

		sums[is_bare][at] = is_bare ? bare_page(m, &bare, key) : page(m, key, place, &a);
		ns[is_bare][at] = bench_ns() - began;
	}
	if (memcmp(sums[0], sums[1], sizeof(sums[0])))
		bench_die(place_words[place], "not the rows of the bare query");
	bare_close(&bare);
	arena_release(&a);
	return (struct times){ bench_percentile(ns[0], SAMPLES, 50),
		bench_percentile(ns[1], SAMPLES, 50) };
}

static void measure_all(struct bench *b, struct pages *out)
{
	struct measure m = { .b = b, .arena = ARENA_INIT };

	m.s = bench_session(b);
	m.raw = bench_open(b);
	for (int order = 0; order < BENCHED; order++) {
		m.order = (enum list_order)order;
		find_keys(&m);
		for (int down = 0; down < 2; down++)
			for (int place = 0; place < PLACES; place++) {
				m.down = down;
				out->of[order][down][place] = measure_place(&m, (enum place)place);
			}
	}
	arena_release(&m.arena);
	sqlite3_close(m.raw);
	session_close(m.s);
}

/* --- telling --- */

static double ratio(struct times t)
{
	return (double)t.page / (double)t.bare;
}

/* The worse of the two directions. */
static struct times worse(struct times a, struct times b)
{
	return ratio(a) > ratio(b) ? a : b;
}

static void tell(const struct pages *p)
{
	char what[64];

	for (int order = 0; order < BENCHED; order++)
		for (int place = 0; place < PLACES; place++) {
			struct times t = worse(p->of[order][0][place], p->of[order][1][place]);

			snprintf(what, sizeof(what), "page by %s: %s",
				list_order_word((enum list_order)order), place_words[place]);
			bench_line(what, t.page / 1000, t.bare / 1000, LIMIT);
		}
}

/* How much dearer the worst place of an order is among many than among few. */
static double bare_growth(const struct pages *many, const struct pages *few, int order)
{
	double worst = 0;

	for (int i = 0; i < 2 * PLACES; i++) {
		double growth = (double)many->of[order][i / PLACES][i % PLACES].bare /
				(double)few->of[order][i / PLACES][i % PLACES].bare;

		worst = growth > worst ? growth : worst;
	}
	return worst;
}

static void compare(const struct pages *many, const struct pages *few, int64_t customers)
{
	char what[64];

	printf("\nthe same among %lld customers, beside %d\n", (long long)customers, FEW);
	for (int order = 0; order < BENCHED; order++) {
		struct times worst = { 0, 1 };

		for (int i = 0; i < 2 * PLACES; i++)
			worst = worse(
				worst, (struct times){ many->of[order][i / PLACES][i % PLACES].page,
					       few->of[order][i / PLACES][i % PLACES].page });
		snprintf(what, sizeof(what), "page by %s: the worst place",
			list_order_word((enum list_order)order));
		bench_line(what, worst.page / 1000, worst.bare / 1000, LIMIT);
		printf("    the bare query %.2fx\n", bare_growth(many, few, order));
	}
}

int main(int argc, char **argv)
{
	static struct pages many, few;
	struct bench b, small;

	bench_args(&b, argc, argv);
	small = b;
	small.customers = FEW;
	bench_demo(&b);
	bench_demo(&small);
	measure_all(&small, &few);
	measure_all(&b, &many);
	printf("pages of %d among %lld customers, beside the bare query\n", ROWS,
		(long long)b.customers);
	tell(&many);
	compare(&many, &few, b.customers);
	bench_end(&small);
	bench_end(&b);
	return 0;
}
