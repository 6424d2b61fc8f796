/*
 * Searching customers by 1 to 12 characters of what there is to find: beginnings
 * of names, pieces of e-mails and phones, and near misses that find nothing; against
 * the bare full-text query and the bare look-up of each row it returns. Then
 * searches among few customers beside those among many that find as much.
 */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "country.h"
#include "rng.h"
#include "session.h"
#include "store_find.h"

#define LIMIT 1.5
#define FEW 10000
#define LONGEST 12
#define TEXTS 8	 /* of a kind and length */
#define ROUNDS 7 /* each is searched for; the median counts */
#define ENOUGH (HITS_MAX + 1)

enum kind { NAME, EMAIL, PHONE, MISS, KINDS };

struct text {
	char s[LONGEST + 1];
	int hits;
	int64_t ns, bare_ns;
};

struct texts {
	struct text of[LONGEST + 1][KINDS * TEXTS];
	int count[LONGEST + 1];
};

struct measure {
	struct bench *b;
	struct session *s;
	sqlite3 *raw;
	sqlite3_stmt *names, *words, *parts, *row;
	struct list_query list;
	struct arena arena;
};

/* --- searching --- */

static int search(struct measure *m, const char *text)
{
	struct find find = { &m->list, country_find("BF"), text };
	struct customer_hits hits;
	struct err err = ERR_INIT;

	arena_clear(&m->arena);
	bench_need(store_find(m->s->db, &find, &m->arena, &hits, &err), text, &err);
	return hits.count + hits.more;
}

static int64_t read_row(struct measure *m, int64_t id)
{
	int64_t sum = 0;

	sqlite3_bind_int64(m->row, 1, id);
	if (sqlite3_step(m->row) == SQLITE_ROW)
		for (int i = 0; i < sqlite3_column_count(m->row); i++)
			sum += sqlite3_column_text(m->row, i) != NULL;
	sqlite3_reset(m->row);
	return sum;
}

/* The rows a bare query returns, 2,001 at most, each looked up unless it is one of
 * names, whose index says all. */
static int64_t read_rows(struct measure *m, sqlite3_stmt *q)
{
	int64_t sum = 0;

	for (int n = 0; n < ENOUGH && sqlite3_step(q) == SQLITE_ROW; n++) {
		int64_t id = sqlite3_column_int64(q, 0);

		sum += q == m->names ? id : read_row(m, id);
	}
	sqlite3_reset(q);
	return sum;
}

/* All groups of three letters in a row: the texts here are ASCII. */
static int64_t search_bare(struct measure *m, const char *text)
{
	char match[LONGEST * 10], to[LONGEST + 5];
	size_t n = strlen(text), at = 0;

	if (n == 1) {
		snprintf(to, sizeof(to), "%s\xf4\x8f\xbf\xbf", text);
		sqlite3_bind_int64(m->names, 1, m->b->company_id);
		sqlite3_bind_text(m->names, 2, text, -1, SQLITE_STATIC);
		sqlite3_bind_text(m->names, 3, to, -1, SQLITE_STATIC);
		return read_rows(m, m->names);
	}
	if (n == 2) {
		snprintf(match, sizeof(match), "\"%s\"*", text);
		sqlite3_bind_text(m->words, 1, match, -1, SQLITE_STATIC);
		return read_rows(m, m->words);
	}
	for (size_t i = 0; i + 3 <= n; i++)
		at += (size_t)snprintf(
			match + at, sizeof(match) - at, "%s\"%.3s\"", i ? " AND " : "", text + i);
	sqlite3_bind_text(m->parts, 1, match, -1, SQLITE_STATIC);
	return read_rows(m, m->parts);
}

/* --- what is searched for --- */

/* Words of letters, or digits, that an index of words knows. */
static bool is_plain(const char *s)
{
	for (; *s; s++)
		if (!((*s >= 'a' && *s <= 'z') || (*s >= '0' && *s <= '9')))
			return false;
	return true;
}

static bool has(const struct texts *t, int length, const char *s)
{
	for (int i = 0; i < t->count[length]; i++)
		if (!strcmp(t->of[length][i].s, s))
			return true;
	return false;
}

/* A piece of a customer's text: names from the beginning of one of their words. */
static bool piece(
	struct rng *rng, enum kind kind, const char *from, int length, char out[LONGEST + 1])
{
	int len = (int)strlen(from), at = 0;

	if (len < length)
		return false;
	if (kind != NAME)
		at = (int)rng_below(rng, (uint64_t)(len - length + 1));
	else if (rng_chance(rng, 1, 2) && strchr(from, ' '))
		at = (int)(strchr(from, ' ') + 1 - from);
	snprintf(out, LONGEST + 1, "%.*s", length, from + at);
	return (int)strlen(out) == length && is_plain(out);
}

/* Almost what there is: another last character. */
static bool spoil(struct measure *m, char *s)
{
	char *last = s + strlen(s) - 1;

	for (const char *to = "qxzwjk0948753"; *to; to++) {
		*last = *to;
		if (!search(m, s))
			return true;
	}
	return false;
}

static void add_texts(struct measure *m, struct rng *rng, struct texts *t, int length)
{
	static const char *const columns[KINDS] = { "name_key", "email", "substr(phone_e164, 2)",
		"name_key" };
	sqlite3_stmt *q;

	for (int kind = 0; kind < KINDS; kind++) {
		int most = t->count[length] + TEXTS;
		char *sql = sqlite3_mprintf(
			"SELECT %s FROM customer WHERE id >= ?1 LIMIT 1", columns[kind]);

		q = bench_prepare(m->raw, sql);
		sqlite3_free(sql);
		for (int tries = 0; tries < 500 && t->count[length] < most; tries++) {
			struct text *text = &t->of[length][t->count[length]];
			const char *from;

			sqlite3_bind_int64(q, 1,
				m->b->first_id + rng_range(rng, 0, m->b->last_id - m->b->first_id));
			sqlite3_step(q);
			from = (const char *)sqlite3_column_text(q, 0);
			if (from && piece(rng, (enum kind)kind, from, length, text->s) &&
				(kind != MISS || spoil(m, text->s)) && !has(t, length, text->s))
				t->count[length]++;
			sqlite3_reset(q);
		}
		sqlite3_finalize(q);
	}
}

/* --- measuring --- */

static void measure_text(struct measure *m, struct text *t)
{
	int64_t ns[ROUNDS], bare[ROUNDS];

	/* By turns: who comes second finds much in the processor's cache. */
	for (int i = 0; i < 2 * ROUNDS; i++) {
		int64_t began = bench_ns();

		if ((i + i / 2) % 2) {
			t->hits = search(m, t->s);
			ns[i / 2] = bench_ns() - began;
		} else {
			search_bare(m, t->s);
			bare[i / 2] = bench_ns() - began;
		}
	}
	t->ns = bench_percentile(ns, ROUNDS, 50);
	t->bare_ns = bench_percentile(bare, ROUNDS, 50);
}

static void open_all(struct measure *m)
{
	m->s = bench_session(m->b);
	m->raw = bench_open(m->b);
	m->list = (struct list_query){ .company_id = m->b->company_id };
	m->names = bench_prepare(m->raw,
		"SELECT id FROM customer INDEXED BY customer_by_name WHERE company_id = ?1"
		" AND merged_into IS NULL AND name_key >= ?2 AND name_key < ?3 ORDER BY name_key");
	m->words = bench_prepare(
		m->raw, "SELECT rowid FROM search_word WHERE search_word MATCH ?1 ORDER BY rowid");
	m->parts = bench_prepare(
		m->raw, "SELECT rowid FROM search_part WHERE search_part MATCH ?1 ORDER BY rowid");
	m->row = bench_prepare(m->raw,
		"SELECT company_id, merged_into IS NULL, name_key, name, first_name, firm, email,"
		" account_key, phone, phone_e164 FROM customer WHERE id = ?1");
}

static void close_all(struct measure *m)
{
	sqlite3_finalize(m->names);
	sqlite3_finalize(m->words);
	sqlite3_finalize(m->parts);
	sqlite3_finalize(m->row);
	sqlite3_close(m->raw);
	session_close(m->s);
	arena_release(&m->arena);
}

static void measure_all(struct bench *b, struct texts *t)
{
	struct measure m = { .b = b, .arena = ARENA_INIT };
	struct rng rng;

	rng_init(&rng, 7);
	open_all(&m);
	for (int length = 1; length <= LONGEST; length++) {
		add_texts(&m, &rng, t, length);
		for (int i = 0; i < t->count[length]; i++)
			measure_text(&m, &t->of[length][i]);
	}
	close_all(&m);
}

/* --- telling --- */

static void tell(const struct texts *t)
{
	for (int length = 1; length <= LONGEST; length++) {
		const struct text *worst = &t->of[length][0];
		int64_t ns = 0, bare = 0;
		char what[64];

		for (int i = 0; i < t->count[length]; i++) {
			const struct text *text = &t->of[length][i];

			ns += text->ns;
			bare += text->bare_ns;
			if (text->ns > worst->ns)
				worst = text;
		}
		snprintf(what, sizeof(what), "search of %d: %d texts", length, t->count[length]);
		bench_line(what, ns / 1000, bare / 1000, LIMIT);
		printf("    the slowest: \"%s\", %d found, %.3f ms, bare %.3f ms\n", worst->s,
			worst->hits, (double)worst->ns / 1e6, (double)worst->bare_ns / 1e6);
	}
}

/* The text whose hits are nearest in number; NULL when none is within a tenth. */
static const struct text *like(const struct texts *t, int hits)
{
	const struct text *best = NULL;

	for (int length = 2; length <= LONGEST; length++)
		for (int i = 0; i < t->count[length]; i++) {
			const struct text *text = &t->of[length][i];

			if (10 * abs(text->hits - hits) <= hits &&
				(!best || abs(text->hits - hits) < abs(best->hits - hits)))
				best = text;
		}
	return best;
}

/* Texts with so many hits, each beside one that finds as many among few customers. */
static void compare(const struct texts *many, const struct texts *few, int least, int most)
{
	int64_t ns = 0, bare = 0, few_ns = 0, few_bare = 0;
	int pairs = 0;
	char what[64];

	for (int length = 2; length <= LONGEST; length++)
		for (int i = 0; i < many->count[length]; i++) {
			const struct text *text = &many->of[length][i];
			const struct text *other = like(few, text->hits);

			if (text->hits < least || text->hits > most || !other)
				continue;
			ns += text->ns;
			bare += text->bare_ns;
			few_ns += other->ns;
			few_bare += other->bare_ns;
			pairs++;
		}
	if (!pairs)
		return;
	snprintf(what, sizeof(what), "searches that find %d to %d: %d", least, most, pairs);
	bench_line(what, ns / 1000, few_ns / 1000, LIMIT);
	printf("    the bare query %.2fx\n", (double)bare / (double)few_bare);
}

static void compare_all(const struct texts *many, const struct texts *few, int64_t customers)
{
	static const int most[] = { 0, 10, 100, HITS_MAX - 1, ENOUGH };
	int least = 0;

	printf("\nthe same among %lld customers, beside %d\n", (long long)customers, FEW);
	for (size_t i = 0; i < ARRAY_SIZE(most); i++) {
		compare(many, few, least, most[i]);
		least = most[i] + 1;
	}
}

int main(int argc, char **argv)
{
	static struct texts many, few;
	struct bench b, small;

	bench_args(&b, argc, argv);
	small = b;
	small.customers = FEW;
	bench_demo(&b);
	bench_demo(&small);
	measure_all(&small, &few);
	measure_all(&b, &many);
	printf("searches among %lld customers, beside the bare query and its rows\n",
		(long long)b.customers);
	tell(&many);
	compare_all(&many, &few, b.customers);
	bench_end(&small);
	bench_end(&b);
	return 0;
}
