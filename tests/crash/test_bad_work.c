/*
 * The disk fails, or is full, in the middle of an import, of a recalculation, of
 * an undo: the error says so, nothing is left open and nothing is there by
 * halves; on a disk that is well again the work ends as if nothing had happened.
 */
#include "test.h"

#include <sqlite3.h>

#include "crash.h"
#include "deeds.h"
#include "powercut.h"

#define FAULTS 4 /* of a kind, a deed */

static struct crash crash;
static struct powercut *pc;

static int set_up(void **state)
{
	(void)state;
	crash_begin(&crash);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	powercut_remove(pc);
	pc = NULL;
	crash_end(&crash);
	return 0;
}

static const struct kind {
	const char *name;
	unsigned faults;
	bool full;
	bool lasting;
} kinds[] = {
	{ "a read", POWERCUT_READ, false, false },
	{ "all reads", POWERCUT_READ, false, true },
	{ "a write", POWERCUT_WRITE, false, false },
	{ "all writes", POWERCUT_WRITE, false, true },
	{ "a full write", POWERCUT_WRITE, true, false },
	{ "all full", POWERCUT_WRITE | POWERCUT_SYNC, true, true },
	{ "a sync", POWERCUT_SYNC, false, false },
	{ "all but reads", POWERCUT_ALL & ~POWERCUT_READ, false, true },
	{ "an opening", POWERCUT_OPEN | POWERCUT_SHM, false, false },
};

static bool tells_of_disk(const struct err *err, bool full)
{
	switch ((int)err->code) {
	case ERR_DISK_FULL:
		return full;
	case ERR_DISK_FAILED:
	case ERR_IO:
	case ERR_BACKUP_BAD:
		return !full;
	default:
		return false;
	}
}

static void fail_at(enum deed deed, const struct kind *k, int64_t n, const struct strbuf *expected)
{
	struct err err = ERR_INIT;
	struct strbuf content = STRBUF_INIT;
	sqlite3_int64 memory;
	bool ok;

	deeds_fresh(&crash);
	powercut_settle(pc);
	memory = sqlite3_memory_used();
	powercut_fail(pc, k->faults, n, k->full, k->lasting);
	ok = deeds_do(&crash, deed, &err);
	powercut_fail(pc, 0, 0, false, false);
	if (!ok && !tells_of_disk(&err, k->full))
		fail_msg("%s, %s %d: %s (%s): %s", deed_name(deed), k->name, (int)n,
			err_name(err.code), err.subject, err.detail);
	assert_int_equal(sqlite3_memory_used(), memory);
	deeds_sound(&crash);
	err_clear(&err);
	if (!ok && !deeds_do(&crash, deed, &err))
		fail_msg("%s, %s %d, again: %s (%s): %s", deed_name(deed), k->name, (int)n,
			err_name(err.code), err.subject, err.detail);
	deeds_content(&crash, &content);
	if (strcmp(content.buf, expected->buf) != 0)
		fail_msg("%s, %s %d: another content", deed_name(deed), k->name, (int)n);
	deeds_settled(&crash, deed);
	strbuf_release(&content);
}

static void fail_everywhere(enum deed deed)
{
	struct strbuf expected = STRBUF_INIT;
	struct err err = ERR_INIT;

	deeds_prepare(&crash, deed);
	pc = powercut_install(crash.folder, 31 + (uint64_t)deed);
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		int64_t calls;

		deeds_fresh(&crash);
		powercut_settle(pc);
		powercut_fail(pc, kinds[i].faults, 0, false, false);
		if (!deeds_do(&crash, deed, &err))
			fail_msg("%s: %s", err_name(err.code), err.detail);
		calls = powercut_fault_calls(pc);
		deeds_content(&crash, &expected);
		for (int64_t n = 1; n <= calls; n += calls / crash_rounds(FAULTS) + 1)
			fail_at(deed, &kinds[i], n, &expected);
	}
	strbuf_release(&expected);
}

static void bad_work__customers__are_told_and_gone_on_with(void **state)
{
	(void)state;
	fail_everywhere(DEED_CUSTOMERS);
}

static void bad_work__invoices__are_told_and_gone_on_with(void **state)
{
	(void)state;
	fail_everywhere(DEED_INVOICES);
}

static void bad_work__payments__are_told_and_gone_on_with(void **state)
{
	(void)state;
	fail_everywhere(DEED_PAYMENTS);
}

static void bad_work__scores__are_told_and_gone_on_with(void **state)
{
	(void)state;
	fail_everywhere(DEED_SCORES);
}

static void bad_work__undo__is_told_and_gone_on_with(void **state)
{
	(void)state;
	fail_everywhere(DEED_UNDO);
}

#define work_test(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		work_test(bad_work__customers__are_told_and_gone_on_with),
		work_test(bad_work__invoices__are_told_and_gone_on_with),
		work_test(bad_work__payments__are_told_and_gone_on_with),
		work_test(bad_work__scores__are_told_and_gone_on_with),
		work_test(bad_work__undo__is_told_and_gone_on_with),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
