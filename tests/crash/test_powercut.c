/*
 * Does the disk of tests/support/powercut lose what it should, and only that?
 * Plain SQLite on it, so that what is known of SQLite's modes must come out.
 */
#include "test.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crash.h"
#include "powercut.h"

static struct crash crash;
static struct powercut *pc;

static int set_up(void **state)
{
	(void)state;
	crash_begin(&crash);
	pc = powercut_install(crash.folder, 7);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	powercut_remove(pc);
	crash_end(&crash);
	return 0;
}

static sqlite3 *open_plain(const char *journal, const char *synchronous)
{
	sqlite3 *db;
	char sql[128];

	assert_int_equal(sqlite3_open(crash.path, &db), SQLITE_OK);
	snprintf(sql, sizeof(sql), "PRAGMA journal_mode = %s; PRAGMA synchronous = %s", journal,
		synchronous);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	return db;
}

/* The one number of a query; -1 where the file is a wreck. */
static int64_t ask(const char *sql)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *q = NULL;
	int64_t n = -1;

	if (sqlite3_open(crash.path, &db) == SQLITE_OK &&
		sqlite3_prepare_v2(db, sql, -1, &q, NULL) == SQLITE_OK &&
		sqlite3_step(q) == SQLITE_ROW)
		n = sqlite3_column_int64(q, 0);
	sqlite3_finalize(q);
	sqlite3_close(db);
	return n;
}

struct outcome {
	int lost;    /* lives in which an acknowledged commit was gone */
	int damaged; /* in which the file was no longer sound */
};

/* `n` lives: rows are added one a transaction until the power goes somewhere. */
static struct outcome live(int n, const char *journal, const char *synchronous)
{
	struct outcome out = { 0, 0 };

	for (int i = 0; i < n; i++) {
		int64_t done = 0, left;
		bool damaged;
		sqlite3 *db;

		crash_remove(crash.path);
		powercut_settle(pc);
		db = open_plain(journal, synchronous);
		assert_int_equal(
			sqlite3_exec(db, "CREATE TABLE t (a INTEGER PRIMARY KEY, b)", 0, 0, 0),
			SQLITE_OK);
		powercut_at(pc, 1 + i % 40);
		while (sqlite3_exec(db, "INSERT INTO t (b) VALUES (randomblob(900))", 0, 0, 0) ==
			SQLITE_OK)
			done++;
		assert_true(powercut_happened(pc));
		assert_false(powercut_restore(pc));
		sqlite3_close(db);
		assert_true(powercut_restore(pc));
		left = ask("SELECT count(*) FROM t");
		damaged = ask("SELECT integrity_check = 'ok' FROM pragma_integrity_check") != 1;
		out.damaged += damaged;
		out.lost += left < done;
		assert_true(damaged || left <= done + 1);
	}
	return out;
}

static void powercut__off__loses_acknowledged_commits(void **state)
{
	struct outcome out = live(400, "WAL", "OFF");

	(void)state;
	print_message("WAL, OFF: %d of 400 lost, %d damaged\n", out.lost, out.damaged);
	assert_true(out.lost > 100);
}

static void powercut__normal_log__loses_but_never_damages(void **state)
{
	struct outcome out = live(400, "WAL", "NORMAL");

	(void)state;
	print_message("WAL, NORMAL: %d of 400 lost, %d damaged\n", out.lost, out.damaged);
	assert_true(out.lost > 100);
	assert_int_equal(out.damaged, 0);
}

static void powercut__full__loses_nothing(void **state)
{
	struct outcome log = live(400, "WAL", "FULL");
	struct outcome journal = live(400, "DELETE", "EXTRA");

	(void)state;
	assert_int_equal(log.lost, 0);
	assert_int_equal(log.damaged, 0);
	assert_int_equal(journal.lost, 0);
	assert_int_equal(journal.damaged, 0);
}

/* A deleted journal may come back with its name: FULL rolls the commit back, EXTRA does not. */
static void powercut__names__are_lost_until_their_folder_is_synced(void **state)
{
	struct outcome out = live(400, "DELETE", "FULL");

	(void)state;
	print_message("DELETE, FULL: %d of 400 lost, %d damaged\n", out.lost, out.damaged);
	assert_true(out.lost > 0);
	assert_int_equal(out.damaged, 0);
}

static void powercut__off_journal__damages(void **state)
{
	struct outcome out = live(400, "DELETE", "OFF");

	(void)state;
	print_message("DELETE, OFF: %d of 400 lost, %d damaged\n", out.lost, out.damaged);
	assert_true(out.damaged > 0);
}

/* What fsync() was called for by the program itself is safe, name and content. */
static void powercut__fsync__makes_a_file_safe(void **state)
{
	int kept = 0, fd, folder;

	(void)state;
	for (int i = 0; i < 100; i++) {
		sqlite3 *db;

		crash_remove(crash.path);
		powercut_settle(pc);
		db = open_plain("OFF", "OFF");
		sqlite3_exec(db, "CREATE TABLE t (a)", 0, 0, 0);
		fd = open(crash.path, O_RDONLY);
		folder = open(crash.folder, O_RDONLY | O_DIRECTORY);
		if (i % 2) {
			assert_int_equal(fsync(fd), 0);
			assert_int_equal(fsync(folder), 0);
		}
		close(folder);
		close(fd);
		powercut_now(pc);
		sqlite3_close(db);
		assert_true(powercut_restore(pc));
		if (i % 2)
			assert_int_equal(ask("SELECT count(*) FROM t"), 0);
		else
			kept += ask("SELECT count(*) FROM t") == 0;
	}
	assert_true(kept > 0 && kept < 50);
}

static void powercut__fail__hits_the_nth_call(void **state)
{
	sqlite3 *db = open_plain("WAL", "FULL");
	int64_t calls;

	(void)state;
	sqlite3_exec(db, "CREATE TABLE t (a)", 0, 0, 0);
	powercut_fail(pc, POWERCUT_SYNC, 2, false, false);
	assert_int_equal(sqlite3_exec(db, "INSERT INTO t VALUES (1)", 0, 0, 0), SQLITE_OK);
	assert_false(powercut_failed(pc));
	assert_int_equal(sqlite3_exec(db, "INSERT INTO t VALUES (2)", 0, 0, 0), SQLITE_IOERR);
	assert_int_equal(sqlite3_extended_errcode(db), SQLITE_IOERR_FSYNC);
	assert_true(powercut_failed(pc));
	assert_int_equal(sqlite3_exec(db, "INSERT INTO t VALUES (3)", 0, 0, 0), SQLITE_OK);
	calls = powercut_fault_calls(pc);
	assert_int_equal(calls, 3);
	powercut_fail(pc, POWERCUT_WRITE, 1, true, true);
	assert_int_equal(sqlite3_exec(db, "INSERT INTO t VALUES (4)", 0, 0, 0), SQLITE_FULL);
	assert_int_equal(sqlite3_exec(db, "INSERT INTO t VALUES (5)", 0, 0, 0), SQLITE_FULL);
	powercut_fail(pc, 0, 0, false, false);
	assert_int_equal(sqlite3_exec(db, "INSERT INTO t VALUES (6)", 0, 0, 0), SQLITE_OK);
	sqlite3_close(db);
}

#define disk_test(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		disk_test(powercut__off__loses_acknowledged_commits),
		disk_test(powercut__normal_log__loses_but_never_damages),
		disk_test(powercut__full__loses_nothing),
		disk_test(powercut__names__are_lost_until_their_folder_is_synced),
		disk_test(powercut__off_journal__damages),
		disk_test(powercut__fsync__makes_a_file_safe),
		disk_test(powercut__fail__hits_the_nth_call),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
