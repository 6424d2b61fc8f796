/*
 * An import and its undo killed at random moments, again and again until they are
 * through: nothing half done, nothing lost, nothing twice.
 */
#include "own_store.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "arena.h"
#include "crash.h"
#include "crypt.h"
#include "db.h"
#include "imports.h"
#include "rng.h"
#include "stmt.h"
#include "undo.h"

#define CUSTOMERS 4000
#define LINES (2 * CUSTOMERS)

static struct test_store store;
static const char *path;
static struct arena arena;
static struct rng rng;

static int make_store(void **state)
{
	FILE *f;

	(void)state;
	test_store_make(&store);
	arena = (struct arena)ARENA_INIT;
	session_close(test_store_open(&store, "FR", NULL));
	path = arena_printf(&arena, "%s/in.csv", store.folder);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs("Numéro;Code client;Nom client;Date;Total TTC\n", f);
	for (int i = 0; i < LINES; i++)
		fprintf(f, "F%d;C%d;Client %d;%02d/10/2026;%d,50\n", i, i % CUSTOMERS,
			i % CUSTOMERS, i % 28 + 1, i);
	fclose(f);
	return 0;
}

static int remove_store(void **state)
{
	(void)state;
	arena_release(&arena);
	test_store_remove(&store);
	return 0;
}

/* --- the lives --- */

static bool import_all(void)
{
	struct import_options o = { .kind = IMPORT_INVOICES, .path = path };
	struct session *s = test_store_open(&store, "FR", NULL);
	struct import_result result;
	struct err err = ERR_INIT;
	struct import *im;
	bool ok;

	o.create_customers = true;
	im = import_open(s, &o, NULL, &err);
	ok = im && import_run(im, NULL, &result, &err);
	if (!ok)
		fprintf(stderr, "%s %s\n", err_name(err.code), err.detail);
	import_close(im);
	session_close(s);
	return ok;
}

static bool undo_all(void)
{
	struct session *s = test_store_open(&store, "FR", NULL);
	struct undo_result result;
	struct arena a = ARENA_INIT;
	struct err err = ERR_INIT;
	bool ok = undo_last(s, NULL, &a, &result, &err);

	if (!ok)
		fprintf(stderr, "%s %s\n", err_name(err.code), err.detail);
	arena_release(&a);
	session_close(s);
	return ok;
}

/* Whether the work came to its end before the kill. */
static bool live(bool (*work)(void), long microseconds)
{
	const struct timespec wait = { 0, microseconds * 1000 };
	pid_t pid = fork();
	int status;

	if (!pid)
		_exit(work() ? 0 : 1);
	assert_true(pid > 0);
	nanosleep(&wait, NULL);
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFEXITED(status))
		assert_int_equal(WEXITSTATUS(status), 0);
	return WIFEXITED(status);
}

/* --- what must be so at any moment --- */

static int64_t looked_at(const char *sql)
{
	struct session *s = test_store_open(&store, "FR", NULL);
	int64_t n = crash_number(s->db, sql);

	session_close(s);
	return n;
}

/* What is there is what the run says, and the journal knows all of it. */
static void check_position(void)
{
	struct session *s = test_store_open(&store, "FR", NULL);
	int64_t rows = crash_number(s->db, "SELECT ifnull(max(position), 0) FROM import_run");

	crash_sound(s->db);
	assert_int_equal(crash_number(s->db, "SELECT count(*) FROM invoice"), rows);
	assert_int_equal(
		crash_number(s->db, "SELECT ifnull(max(created), 0) FROM import_run"), rows);
	assert_int_equal(crash_number(s->db, "SELECT count(*) FROM customer"),
		rows < CUSTOMERS ? rows : CUSTOMERS);
	assert_int_equal(crash_number(s->db, "SELECT ifnull(sum(last_id - first_id + 1), 0) FROM "
					     "journal_made WHERE entity = 'invoice'"),
		rows);
	assert_true(crash_number(s->db, "SELECT count(*) FROM import_run") <= 1);
	session_close(s);
}

static void import__run__killed_again_and_again(void **state)
{
	long wait = 20000;
	int lives = 1;

	(void)state;
	/* A kill after the last commit, before the program ended, is one too late. */
	while (!live(import_all, wait + (long)rng_below(&rng, 60000)) &&
		!looked_at("SELECT count(*) FROM import_run WHERE status = 'DONE'")) {
		check_position();
		wait += 4000;
		assert_true(++lives < 500);
	}
	check_position();
	assert_int_equal(looked_at("SELECT count(*) FROM invoice"), LINES);
	assert_int_equal(looked_at("SELECT sum(total) FROM invoice"),
		(int64_t)LINES * (LINES - 1) / 2 * 100 + LINES * 50);
	assert_int_equal(looked_at("SELECT count(*) FROM import_run WHERE status = 'DONE'"), 1);
	assert_int_equal(looked_at("SELECT sum(revenue) FROM customer_score"),
		looked_at("SELECT sum(total) FROM invoice"));
	printf("%d lives\n", lives);
}

static void undo__import__killed_again_and_again(void **state)
{
	long wait = 20000;
	int lives = 1;

	(void)state;
	assert_true(import_all());
	while (!live(undo_all, wait + (long)rng_below(&rng, 60000)) &&
		looked_at("SELECT count(*) FROM journal WHERE undone_at IS NULL")) {
		struct session *s = test_store_open(&store, "FR", NULL);

		crash_sound(s->db);
		session_close(s);
		wait += 4000;
		assert_true(++lives < 500);
	}
	assert_int_equal(looked_at("SELECT count(*) FROM invoice"), 0);
	assert_int_equal(looked_at("SELECT count(*) FROM customer"), 0);
	assert_int_equal(looked_at("SELECT ifnull(sum(abs(value)), 0) FROM counter"), 0);
	assert_int_equal(looked_at("SELECT count(*) FROM import_run WHERE status = 'UNDONE'"), 1);
	printf("%d lives\n", lives);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			import__run__killed_again_and_again, make_store, remove_store),
		cmocka_unit_test_setup_teardown(
			undo__import__killed_again_and_again, make_store, remove_store),
	};
	struct err err = ERR_INIT;
	uint64_t seed;

	if (!crypt_init(&err))
		return 1;
	crypt_random(&seed, sizeof(seed));
	rng_init(&rng, seed);
	printf("seed %llu\n", (unsigned long long)seed);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
