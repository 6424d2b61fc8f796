/*
 * The power goes while the store is made and written to, thousands of times:
 * nothing acknowledged is lost, nothing is there by halves, and the store is
 * sound after each of them.
 */
#include "test.h"

#include <unistd.h>

#include "crash.h"
#include "powercut.h"
#include "rng.h"

static struct crash crash;
static struct powercut *pc;

static int set_up(void **state)
{
	(void)state;
	crash_begin(&crash);
	pc = powercut_install(crash.folder, 11);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	powercut_remove(pc);
	crash_end(&crash);
	return 0;
}

/* Works until the power goes; the last piece that was acknowledged. */
static int64_t work_on(int64_t done, bool full, bool busy_checkpoint)
{
	struct err err = ERR_INIT;
	struct db *db = db_open(crash.path, DB_OPEN, &err);

	if (db && !db_durable(db, full, &err))
		goto out;
	while (db && crash_work(db, crash.company_id, done + 1, &err)) {
		done++;
		if (busy_checkpoint && done % 5 == 0 && !db_checkpoint(db, &err))
			break;
	}
out:
	if (!powercut_happened(pc))
		fail_msg("%s: %s", err_name(err.code), err.detail);
	db_close(db);
	return done;
}

static int64_t look(void)
{
	struct err err = ERR_INIT;
	struct db *db = db_open(crash.path, DB_OPEN, &err);
	int64_t done;

	if (!db)
		fail_msg("%s: %s", err_name(err.code), err.detail);
	done = crash_worked(db, crash.company_id);
	db_close(db);
	return done;
}

/* One store lives through many outages; the returned number lost something. */
static int outages(int n, bool full, uint64_t seed)
{
	struct rng rng;
	int64_t done = 0;
	int lost = 0;

	rng_init(&rng, seed);
	for (int i = 0; i < n; i++) {
		int64_t left;

		if (i % 20 == 0) {
			crash_fresh(&crash);
			powercut_settle(pc);
			done = 0;
		}
		powercut_at(pc, rng_range(&rng, 1, rng_chance(&rng, 1, 4) ? 400 : 60));
		done = work_on(done, full, rng_chance(&rng, 1, 3));
		assert_true(powercut_restore(pc));
		left = look();
		assert_true(left <= done + 1);
		lost += left < done;
		done = left;
	}
	return lost;
}

static void cut__full__loses_nothing_acknowledged(void **state)
{
	int rounds = crash_rounds(800);

	(void)state;
	assert_int_equal(outages(rounds, true, 1), 0);
}

static void cut__normal__loses_the_newest_but_nothing_by_halves(void **state)
{
	int rounds = crash_rounds(300);
	int lost = outages(rounds, false, 2);

	(void)state;
	print_message("NORMAL: %d of %d outages lost a commit\n", lost, rounds);
	assert_true(lost > rounds / 10);
}

/* At every call of making a new store, several times: the next start makes it or finds it. */
static void cut__new_store__is_made_at_the_next_start(void **state)
{
	struct err err = ERR_INIT;
	int rounds = crash_rounds(1);
	int64_t calls, before = powercut_calls(pc), step = crash_rounds(5) < 5 ? 4 : 1;

	(void)state;
	crash_remove(crash.path);
	db_close(db_open(crash.path, DB_CREATE, &err));
	calls = powercut_calls(pc) - before;
	for (int64_t at = 1; at <= calls; at += step)
		for (int i = 0; i < rounds; i++) {
			struct db *db;

			crash_remove(crash.path);
			powercut_settle(pc);
			powercut_at(pc, at);
			db_close(db_open(crash.path, DB_CREATE, &err));
			assert_true(powercut_happened(pc));
			assert_true(powercut_restore(pc));
			err_clear(&err);
			db = db_open(crash.path, DB_CREATE, &err);
			if (!db)
				fail_msg("cut %d of %d: %s: %s", (int)at, (int)calls,
					err_name(err.code), err.detail);
			crash_sound(db);
			db_close(db);
		}
}

static bool copy_store(const char *to, struct err *err)
{
	struct db *db = db_open(crash.path, DB_OPEN, err);
	bool ok = db && db_copy(db, to, err);

	db_close(db);
	return ok;
}

/* A copy is there as a whole or not at all, at any time; and surely once that was said. */
static void cut__copy__is_whole_or_not_there(void **state)
{
	struct err err = ERR_INIT;
	char copy[160];
	int64_t at = 1, step = crash_rounds(5) < 5 ? 4 : 1;
	bool said;

	(void)state;
	snprintf(copy, sizeof(copy), "%s/copy.db", crash.folder);
	do {
		struct db *db;

		crash_fresh(&crash);
		crash_remove(copy);
		powercut_settle(pc);
		db = db_open(crash.path, DB_OPEN, &err);
		assert_true(crash_work(db, crash.company_id, 1, &err));
		db_close(db);
		powercut_at(pc, at);
		at += step;
		said = copy_store(copy, &err);
		powercut_now(pc);
		assert_true(powercut_restore(pc));
		assert_int_equal(look(), 1);
		if (said || !access(copy, F_OK)) {
			db = db_open(copy, DB_OPEN, &err);
			if (!db)
				fail_msg("before cut %d: %s: %s", (int)at, err_name(err.code),
					err.detail);
			assert_int_equal(crash_worked(db, crash.company_id), 1);
			db_close(db);
		} else {
			err_clear(&err);
			if (!copy_store(copy, &err))
				fail_msg("again: %s: %s", err_name(err.code), err.detail);
		}
	} while (!said);
	assert_true(at > 10);
}

#define cut_test(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cut_test(cut__full__loses_nothing_acknowledged),
		cut_test(cut__normal__loses_the_newest_but_nothing_by_halves),
		cut_test(cut__copy__is_whole_or_not_there),
		cut_test(cut__new_store__is_made_at_the_next_start),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
