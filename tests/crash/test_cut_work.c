/*
 * The power goes in the middle of an import, of a recalculation, of an undo, at
 * calls all over it: the store is sound at once, what was said to be done is
 * there, and the work done again ends exactly as if nothing had happened.
 */
#include "test.h"

#include "crash.h"
#include "deeds.h"
#include "powercut.h"

#define CUTS 30 /* of a deed */

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

static void must_do(enum deed deed)
{
	struct err err = ERR_INIT;

	if (!deeds_do(&crash, deed, &err))
		fail_msg("%s: %s (%s): %s", deed_name(deed), err_name(err.code), err.subject,
			err.detail);
}

static void begin_again(void)
{
	deeds_fresh(&crash);
	powercut_settle(pc);
}

/* Tells the first line that differs. */
static void assert_content(enum deed deed, int64_t at, const struct strbuf *expected)
{
	struct strbuf actual = STRBUF_INIT;
	const char *a, *b;

	deeds_content(&crash, &actual);
	a = actual.buf;
	b = expected->buf;
	while (*a && *a == *b)
		a++, b++;
	if (*a != *b) {
		while (a > actual.buf && a[-1] != '\n')
			a--, b--;
		fail_msg("%s, call %d: expected %.*s, not %.*s", deed_name(deed), (int)at,
			(int)strcspn(b, "\n"), b, (int)strcspn(a, "\n"), a);
	}
	strbuf_release(&actual);
}

/* The power goes in call `at` of the deed, or right after it. */
static void cut_at(enum deed deed, int64_t at, const struct strbuf *expected)
{
	struct err err = ERR_INIT;
	bool said;

	begin_again();
	powercut_at(pc, at);
	said = deeds_do(&crash, deed, &err);
	powercut_now(pc);
	if (!powercut_restore(pc))
		fail_msg("%s, call %d: a connection was left open", deed_name(deed), (int)at);
	deeds_sound(&crash);
	if (said)
		assert_content(deed, at, expected);
	else
		must_do(deed);
	assert_content(deed, at, expected);
	deeds_settled(&crash, deed);
}

static void cut_everywhere(enum deed deed)
{
	struct strbuf expected = STRBUF_INIT;
	int64_t calls, step;

	deeds_prepare(&crash, deed);
	pc = powercut_install(crash.folder, (uint64_t)deed);
	begin_again();
	calls = powercut_calls(pc);
	must_do(deed);
	calls = powercut_calls(pc) - calls;
	deeds_content(&crash, &expected);
	deeds_settled(&crash, deed);
	step = calls / crash_rounds(CUTS) + 1;
	for (int64_t at = 1; at <= calls + step; at += step)
		cut_at(deed, at, &expected);
	print_message("%s: %d calls\n", deed_name(deed), (int)calls);
	strbuf_release(&expected);
}

static void cut__customers__come_in_whole(void **state)
{
	(void)state;
	cut_everywhere(DEED_CUSTOMERS);
}

static void cut__invoices__come_in_whole(void **state)
{
	(void)state;
	cut_everywhere(DEED_INVOICES);
}

static void cut__payments__come_in_whole(void **state)
{
	(void)state;
	cut_everywhere(DEED_PAYMENTS);
}

static void cut__scores__are_all_of_one_day(void **state)
{
	(void)state;
	cut_everywhere(DEED_SCORES);
}

static void cut__undo__takes_all_back(void **state)
{
	(void)state;
	cut_everywhere(DEED_UNDO);
}

/*
 * A recalculation was stopped behind the customers of an import that was then cut
 * short and gone on with: it may not go on where the recalculation was.
 */
static void cut__import__scores_those_behind_a_stopped_recalculation(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	deeds_prepare(&crash, DEED_MORE);
	deeds_fresh(&crash);
	assert_false(deeds_do_some(&crash, DEED_SCORES, 2, &err));
	assert_int_equal(err.code, ERR_CANCELLED);
	err_clear(&err);
	assert_false(deeds_do_some(&crash, DEED_MORE, 4, &err));
	assert_int_equal(err.code, ERR_CANCELLED);
	must_do(DEED_MORE);
	deeds_settled(&crash, DEED_MORE);
}

#define cut_test(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cut_test(cut__customers__come_in_whole),
		cut_test(cut__invoices__come_in_whole),
		cut_test(cut__payments__come_in_whole),
		cut_test(cut__scores__are_all_of_one_day),
		cut_test(cut__undo__takes_all_back),
		cut_test(cut__import__scores_those_behind_a_stopped_recalculation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
