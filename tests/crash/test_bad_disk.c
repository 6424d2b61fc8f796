/*
 * The disk fails or is full in the n-th read, write, sync, truncation, deletion
 * or opening, for every n, once or for good: what was asked for ends with an
 * error that says so, never by halves; a commit that failed may have been kept,
 * nothing that was acknowledged is lost, no connection and no memory is left
 * behind, and the store goes on once the disk is well.
 */
#include "test.h"

#include <sqlite3.h>
#include <unistd.h>

#include "crash.h"
#include "powercut.h"

static struct crash crash;
static struct powercut *pc;
static char copy[160];

static int set_up(void **state)
{
	(void)state;
	crash_begin(&crash);
	snprintf(copy, sizeof(copy), "%s/copy.db", crash.folder);
	pc = powercut_install(crash.folder, 23);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	powercut_remove(pc);
	crash_end(&crash);
	return 0;
}

/* One life of a store: *done is what was acknowledged. */
static bool life(int64_t *done, struct err *err)
{
	struct db *db = db_open(crash.path, DB_OPEN, err);
	bool ok = db != NULL;

	crash_remove(copy);
	for (int i = 0; ok && i < 4; i++) {
		ok = crash_work(db, crash.company_id, *done + 1, err);
		*done += ok;
		if (ok && i == 1)
			ok = db_checkpoint(db, err);
	}
	ok = ok && db_copy(db, copy, err);
	db_close(db);
	return ok;
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

/* The sentence must be about the disk: not that the store is damaged or not ours. */
static void assert_told(const struct err *err, bool full)
{
	if (full ? err->code != ERR_DISK_FULL : err->code != ERR_DISK_FAILED && err->code != ERR_IO)
		fail_msg("%s (%s): %s", err_name(err->code), err->subject, err->detail);
}

/* The n-th call fails; false when the life did not come so far. */
static bool fail_once(unsigned fault, int64_t n, bool full, bool lasting)
{
	struct err err = ERR_INIT;
	int64_t done = 0, left;
	bool hit, ok;

	crash_fresh(&crash);
	powercut_settle(pc);
	powercut_fail(pc, fault, n, full, lasting);
	ok = life(&done, &err);
	hit = powercut_failed(pc);
	powercut_fail(pc, 0, 0, false, false);
	if (!ok) {
		assert_true(hit);
		assert_told(&err, full);
	}
	if (!access(copy, F_OK))
		crash_sound_at(copy);
	left = look();
	assert_true(left == done || (!ok && left == done + 1));
	err_clear(&err);
	done = left;
	if (!life(&done, &err))
		fail_msg("well again, but %s: %s", err_name(err.code), err.detail);
	assert_int_equal(done, left + 4);
	/* The outage after a failed sync: what was acknowledged since is safe all the same. */
	powercut_now(pc);
	assert_true(powercut_restore(pc));
	assert_int_equal(look(), done);
	return hit;
}

/* Every n, `stride` apart. */
static void fail_everywhere(unsigned fault, bool full, bool lasting, int64_t stride)
{
	sqlite3_int64 before;
	int64_t n = 1;

	look();
	before = sqlite3_memory_used();
	while (fail_once(fault, n, full, lasting))
		n += stride;
	print_message("up to call %d\n", (int)n);
	assert_true(n > 1);
	assert_int_equal(sqlite3_memory_used(), before);
}

/* `n` in a short run, wider under a sanitizer, closer in a long one. */
static int64_t stride(int64_t n)
{
	int64_t wide = n * 5 / crash_rounds(5);

	return wide > 1 ? wide : 1;
}

static void bad_disk__read__is_told(void **state)
{
	(void)state;
	fail_everywhere(POWERCUT_READ, false, false, stride(3));
	fail_everywhere(POWERCUT_READ, false, true, stride(7));
}

static void bad_disk__write__is_told(void **state)
{
	(void)state;
	fail_everywhere(POWERCUT_WRITE, false, false, stride(5));
	fail_everywhere(POWERCUT_WRITE, false, true, stride(9));
}

static void bad_disk__full__is_told(void **state)
{
	(void)state;
	fail_everywhere(POWERCUT_WRITE, true, false, stride(5));
	fail_everywhere(POWERCUT_WRITE, true, true, stride(9));
}

static void bad_disk__sync__is_told_and_loses_nothing_later(void **state)
{
	(void)state;
	fail_everywhere(POWERCUT_SYNC, false, false, stride(1));
	fail_everywhere(POWERCUT_SYNC, false, true, stride(1));
	fail_everywhere(POWERCUT_SYNC, true, false, stride(1));
}

static void bad_disk__truncation_and_deletion__are_survived(void **state)
{
	(void)state;
	fail_everywhere(POWERCUT_TRUNCATE | POWERCUT_DELETE, false, false, stride(1));
	fail_everywhere(POWERCUT_TRUNCATE | POWERCUT_DELETE, false, true, stride(1));
}

static void bad_disk__opening__is_told(void **state)
{
	(void)state;
	fail_everywhere(POWERCUT_OPEN, false, false, stride(1));
	fail_everywhere(POWERCUT_OPEN, true, false, stride(1));
	fail_everywhere(POWERCUT_SHM, false, false, stride(3));
	fail_everywhere(POWERCUT_SHM, true, false, stride(3));
}

#define disk_test(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		disk_test(bad_disk__read__is_told),
		disk_test(bad_disk__write__is_told),
		disk_test(bad_disk__full__is_told),
		disk_test(bad_disk__sync__is_told_and_loses_nothing_later),
		disk_test(bad_disk__truncation_and_deletion__are_survived),
		disk_test(bad_disk__opening__is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
