/*
 * Recalculating every customer, with none, a tenth and all of the scores changing,
 * against a bare scan of the same rows plus a bare update of the same columns and
 * indexes of as many customers.
 */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>

#include "scores.h"
#include "session.h"

#define LIMIT 1.5
#define BATCH 1000 /* rows a transaction of the bare update: it may not be long either */

/* What a bare update writes back. */
struct row {
	int64_t customer_id, score, satisfaction;
	char segment[16];
};

struct part {
	const char *what;
	int64_t every; /* each so manieth score is wrong beforehand; 0: none */
};

static struct row *read_rows(const struct bench *b, sqlite3 *raw, int64_t every, int64_t *n)
{
	struct row *rows = calloc((size_t)b->customers, sizeof(*rows));
	sqlite3_stmt *q = bench_prepare(raw,
		"SELECT customer_id, score, satisfaction, segment FROM customer_score"
		" WHERE company_id = ?1 AND customer_id % ?2 = 0 ORDER BY customer_id");

	if (!rows)
		bench_die("rows", "no memory");
	sqlite3_bind_int64(q, 1, b->company_id);
	sqlite3_bind_int64(q, 2, every);
	for (*n = 0; sqlite3_step(q) == SQLITE_ROW; ++*n) {
		rows[*n] = (struct row){ sqlite3_column_int64(q, 0), sqlite3_column_int64(q, 1),
			sqlite3_column_int64(q, 2), "" };
		snprintf(rows[*n].segment, sizeof(rows[*n].segment), "%s",
			(const char *)sqlite3_column_text(q, 3));
	}
	sqlite3_finalize(q);
	return rows;
}

/* Makes the scores wrong that a part is to put right, and forgets the history, so
 * that the same work is to be done again. */
static void spoil(const struct bench *b, sqlite3 *raw, const struct part *part)
{
	sqlite3_stmt *q = bench_prepare(raw,
		"UPDATE customer_score SET score = (score + 37) % 101, satisfaction = 11,"
		" segment = CASE segment WHEN 'VIP' THEN 'LOYAL' ELSE 'VIP' END"
		" WHERE company_id = ?1 AND customer_id % ?2 = 0");

	bench_exec(raw, "DELETE FROM score_history");
	sqlite3_bind_int64(q, 1, b->company_id);
	sqlite3_bind_int64(q, 2, part->every);
	if (part->every && sqlite3_step(q) != SQLITE_DONE)
		bench_die("spoil", sqlite3_errmsg(raw));
	sqlite3_finalize(q);
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
			sum += sqlite3_column_int64(q, i);
	sqlite3_finalize(q);
	return sum;
}

static int64_t bare_scan(const struct bench *b, sqlite3 *raw)
{
	int64_t began = bench_us(), sum = 0;

	sum += scan(
		b, raw, "SELECT * FROM customer_score WHERE company_id = ?1 ORDER BY customer_id");
	sum += scan(b, raw,
		"SELECT customer_id, id, issued, due, total, credits_id FROM invoice"
		" WHERE company_id = ?1 ORDER BY customer_id, issued");
	sum += scan(b, raw,
		"SELECT customer_id, invoice_id, paid_on, amount FROM payment"
		" WHERE company_id = ?1 ORDER BY customer_id, invoice_id, paid_on");
	if (sum == 42)
		printf(" ");
	return bench_us() - began;
}

static int64_t bare_update(
	const struct bench *b, sqlite3 *raw, const struct row *rows, int64_t n, int64_t batch)
{
	sqlite3_stmt *q = bench_prepare(raw,
		"UPDATE customer_score SET score = ?3, segment = ?4, satisfaction = ?5,"
		" computed_on = ?6 WHERE company_id = ?1 AND customer_id = ?2");
	int64_t began = bench_us();

	for (int64_t i = 0; i < n; i++) {
		if (i % batch == 0)
			bench_exec(raw, "BEGIN IMMEDIATE");
		sqlite3_bind_int64(q, 1, b->company_id);
		sqlite3_bind_int64(q, 2, rows[i].customer_id);
		sqlite3_bind_int64(q, 3, rows[i].score);
		sqlite3_bind_text(q, 4, rows[i].segment, -1, SQLITE_STATIC);
		sqlite3_bind_int64(q, 5, rows[i].satisfaction);
		sqlite3_bind_int64(q, 6, BENCH_DAY);
		if (sqlite3_step(q) != SQLITE_DONE)
			bench_die("update", sqlite3_errmsg(raw));
		sqlite3_reset(q);
		if (i % batch == batch - 1 || i == n - 1)
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

static void measure(const struct bench *b, struct session *s, const struct part *part)
{
	sqlite3 *raw = bench_open(b);
	int64_t n = 0, changed, us, scan_us, update_us = 0, one_us = 0;
	struct row *rows = part->every ? read_rows(b, raw, part->every, &n) : NULL;

	spoil(b, raw, part);
	us = recalculate(s, &changed);
	if (changed != n)
		bench_die(part->what, "not as many changed as were wrong");
	spoil(b, raw, part);
	scan_us = bare_scan(b, raw);
	if (n) {
		update_us = bare_update(b, raw, rows, n, BATCH);
		spoil(b, raw, part);
		one_us = bare_update(b, raw, rows, n, n);
	}
	bench_line(part->what, us, scan_us + update_us, LIMIT);
	printf("    bare scan %.1f ms, bare update %.1f ms in transactions of %d, %.1f ms in one\n",
		(double)scan_us / 1000, (double)update_us / 1000, BATCH, (double)one_us / 1000);
	free(rows);
	sqlite3_close(raw);
}

int main(int argc, char **argv)
{
	static const struct part parts[] = {
		{ "scores: all looked at, none changes", 0 },
		{ "scores: all looked at, 10 % change", 10 },
		{ "scores: all looked at, 100 % change", 1 },
	};
	struct session *s;
	struct bench b;
	int64_t changed, us;

	bench_args(&b, argc, argv);
	bench_base(&b);
	s = bench_session(&b);
	us = recalculate(s, &changed);
	printf("first calculation: %lld changed in %.1f ms\n", (long long)changed,
		(double)us / 1000);
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		measure(&b, s, &parts[i]);
	printf("memory at most %ld kB\n", bench_peak_kb());
	session_close(s);
	bench_end(&b);
	return 0;
}
