/*
 * Recalculating every customer, with none, a tenth and all of the scores changing,
 * and after a first import, when every column does; against a bare scan of the same
 * rows plus a bare update of the same columns and indexes of as many customers. The
 * best of a few rounds counts, of both.
 */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>

#include "scores.h"
#include "session.h"

#define LIMIT 1.5
#define ROUNDS 3
#define BATCH 1000 /* rows a transaction of the bare update: it may not be long either */

struct part {
	const char *what;
	int64_t every; /* each so manieth row is wrong beforehand; 0: none */
	int rounds;
	const char *spoil;  /* makes it so */
	const char *read;   /* the right values, customer_id first */
	const char *update; /* writes them back, bound in that order */
};

#define WRONG " WHERE customer_id % ?1 = 0"
#define RIGHT " FROM customer_score WHERE customer_id % ?1 = 0 ORDER BY customer_id"
#define HERE " WHERE company_id = ?20 AND customer_id = ?1"

#define SPOIL_RATING                                                                               \
	"UPDATE customer_score SET score = (score + 37) % 101, satisfaction = 11,"                 \
	" segment = CASE segment WHEN 'VIP' THEN 'LOYAL' ELSE 'VIP' END" WRONG
#define READ_RATING "SELECT customer_id, score, segment, satisfaction, computed_on" RIGHT
#define UPDATE_RATING                                                                              \
	"UPDATE customer_score SET score = ?2, segment = ?3, satisfaction = ?4,"                   \
	" computed_on = ?5" HERE

/* As before anything was bought. */
#define SPOIL_ALL                                                                                  \
	"UPDATE customer_score SET score = 50, segment = 'OCCASIONAL', behaviour = 'UNKNOWN',"     \
	" churn = 9, revenue = 0, purchases = 0, delay_days = NULL,"                               \
	" last_purchase = -2147483648, last_interaction = -2147483648, lifetime_value = 0,"        \
	" satisfaction = 5, overdue = 0, overdue_30 = 0, overdue_60 = 0, overdue_90 = 0,"          \
	" overdue_since = 2147483647, active = 0, computed_on = 0" WRONG
#define READ_ALL                                                                                   \
	"SELECT customer_id, score, segment, behaviour, churn, revenue, purchases, delay_days,"    \
	" last_purchase, last_interaction, lifetime_value, satisfaction, overdue, overdue_30,"     \
	" overdue_60, overdue_90, overdue_since, active, computed_on" RIGHT
#define UPDATE_ALL                                                                                 \
	"UPDATE customer_score SET score = ?2, segment = ?3, behaviour = ?4, churn = ?5,"          \
	" revenue = ?6, purchases = ?7, delay_days = ?8, last_purchase = ?9,"                      \
	" last_interaction = ?10, lifetime_value = ?11, satisfaction = ?12, overdue = ?13,"        \
	" overdue_30 = ?14, overdue_60 = ?15, overdue_90 = ?16, overdue_since = ?17,"              \
	" active = ?18, computed_on = ?19" HERE

static const struct part parts[] = {
	{ "scores: none changes", 0, 2 * ROUNDS, NULL, NULL, NULL },
	{ "scores: 10 % change", 10, 2 * ROUNDS, SPOIL_RATING, READ_RATING, UPDATE_RATING },
	{ "scores: 100 % change", 1, ROUNDS, SPOIL_RATING, READ_RATING, UPDATE_RATING },
	{ "scores: the first time, every column", 1, 1, SPOIL_ALL, READ_ALL, UPDATE_ALL },
};

/* What the bare update writes. */
struct rows {
	int64_t n;
	int width;
	sqlite3_value **values;
};

static void read_rows(
	const struct bench *b, sqlite3 *raw, const struct part *part, struct rows *rows)
{
	sqlite3_stmt *q;

	*rows = (struct rows){ .n = 0 };
	if (!part->every)
		return;
	q = bench_prepare(raw, part->read);
	rows->width = sqlite3_column_count(q);
	rows->values = calloc((size_t)b->customers * (size_t)rows->width, sizeof(*rows->values));
	if (!rows->values)
		bench_die("rows", "no memory");
	sqlite3_bind_int64(q, 1, part->every);
	for (; sqlite3_step(q) == SQLITE_ROW; rows->n++)
		for (int i = 0; i < rows->width; i++)
			rows->values[rows->n * rows->width + i] =
				sqlite3_value_dup(sqlite3_column_value(q, i));
	sqlite3_finalize(q);
}

static void release_rows(struct rows *rows)
{
	for (int64_t i = 0; i < rows->n * rows->width; i++)
		sqlite3_value_free(rows->values[i]);
	free(rows->values);
}

/* Makes the rows wrong that are to be put right, and forgets the history, so that the
 * same work is to be done again. */
static void spoil(sqlite3 *raw, const struct part *part)
{
	bench_exec(raw, "DELETE FROM score_history");
	if (part->every) {
		sqlite3_stmt *q = bench_prepare(raw, part->spoil);

		sqlite3_bind_int64(q, 1, part->every);
		if (sqlite3_step(q) != SQLITE_DONE)
			bench_die("spoil", sqlite3_errmsg(raw));
		sqlite3_finalize(q);
	}
	bench_exec(raw, "PRAGMA wal_checkpoint(TRUNCATE)");
}

/* Steps through a query and reads every column. */
static int64_t scan(const struct bench *b, sqlite3 *raw, const char *sql)
{
	sqlite3_stmt *q = bench_prepare(raw, sql);
	int64_t sum = 0;
	int n = sqlite3_column_count(q);

	sqlite3_bind_int64(q, 1, b->company_id);
	while (sqlite3_step(q) == SQLITE_ROW)
		for (int i = 0; i < n; i++)
			sum ^= sqlite3_column_int64(q, i);
	sqlite3_finalize(q);
	return sum;
}

static int64_t bare_scan(const struct bench *b, sqlite3 *raw)
{
	static const char *const queries[] = {
		"SELECT * FROM customer_score WHERE company_id = ?1 ORDER BY customer_id",
		"SELECT customer_id, id, issued, due, total, credits_id FROM invoice"
		" WHERE company_id = ?1 ORDER BY customer_id, issued",
		"SELECT customer_id, invoice_id, paid_on, amount FROM payment"
		" WHERE company_id = ?1 ORDER BY customer_id, invoice_id, paid_on",
	};
	static volatile int64_t sink; /* so that the reading is not optimised away */
	int64_t began = bench_us();

	for (size_t i = 0; i < sizeof(queries) / sizeof(*queries); i++)
		sink ^= scan(b, raw, queries[i]);
	return bench_us() - began;
}

static int64_t bare_update(const struct bench *b, sqlite3 *raw, const struct part *part,
	const struct rows *rows, int64_t batch)
{
	sqlite3_stmt *q;
	int64_t began;

	if (!rows->n)
		return 0;
	q = bench_prepare(raw, part->update);
	sqlite3_bind_int64(q, 20, b->company_id);
	began = bench_us();
	for (int64_t i = 0; i < rows->n; i++) {
		if (i % batch == 0)
			bench_exec(raw, "BEGIN IMMEDIATE");
		for (int k = 0; k < rows->width; k++)
			sqlite3_bind_value(q, k + 1, rows->values[i * rows->width + k]);
		if (sqlite3_step(q) != SQLITE_DONE)
			bench_die("update", sqlite3_errmsg(raw));
		sqlite3_reset(q);
		if (i % batch == batch - 1 || i == rows->n - 1)
			bench_exec(raw, "COMMIT");
	}
	began = bench_us() - began;
	sqlite3_finalize(q);
	return began;
}

static int64_t recalculate(struct session *s, int64_t *changed)
{
	struct scores_result result;
	struct err err = ERR_INIT;
	int64_t began = bench_us();

	bench_need(scores_update_all(s, NULL, &result, &err), "recalculation", &err);
	*changed = result.changed;
	return bench_us() - began;
}

static void keep_best(int64_t *best, int64_t us)
{
	if (!*best || us < *best)
		*best = us;
}

static void measure(const struct bench *b, struct session *s, const struct part *part)
{
	int64_t us = 0, scan_us = 0, update_us = 0, whole_us = 0, changed;
	sqlite3 *raw = bench_open(b);
	struct rows rows;

	read_rows(b, raw, part, &rows);
	for (int round = 0; round < part->rounds; round++) {
		spoil(raw, part);
		keep_best(&us, recalculate(s, &changed));
		if (changed > rows.n || changed < rows.n * 98 / 100)
			bench_die(part->what, "not as many changed as were wrong");
		keep_best(&scan_us, bare_scan(b, raw));
		spoil(raw, part);
		keep_best(&update_us, bare_update(b, raw, part, &rows, BATCH));
		spoil(raw, part);
		keep_best(&whole_us, bare_update(b, raw, part, &rows, rows.n));
	}
	bench_line(part->what, us, scan_us + update_us, LIMIT);
	printf("    scan %.1f ms; update %.1f ms by %d rows a transaction, %.1f ms in one\n",
		(double)scan_us / 1000, (double)update_us / 1000, BATCH, (double)whole_us / 1000);
	release_rows(&rows);
	sqlite3_close(raw);
}

int main(int argc, char **argv)
{
	struct session *s;
	struct bench b;
	int64_t changed;

	bench_args(&b, argc, argv);
	bench_base(&b);
	s = bench_session(&b);
	recalculate(s, &changed);
	printf("%lld scores calculated, memory at most %ld kB\n", (long long)changed,
		bench_peak_kb());
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		measure(&b, s, &parts[i]);
	session_close(s);
	bench_end(&b);
	return 0;
}
