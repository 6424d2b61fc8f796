#include "test.h"

#include "desk_event.h"
#include "pace.h"

static const struct event elsewhere = { .kind = EV_CHANGED };

static void pace__hold__what_others_write_waits(void **state)
{
	struct pace p = { .every = 1000, .read_ms = 5000 };

	(void)state;
	assert_int_equal(pace_wait(&p, 5100), -1);
	pace_event(&p, &elsewhere);
	assert_true(pace_hold(&p, 5250));
	assert_int_equal(pace_wait(&p, 5250), 750);
	assert_false(pace_due(&p, 5999));
	assert_int_equal(pace_wait(&p, 5999), 1);
	assert_true(pace_due(&p, 6000));
	assert_false(pace_due(&p, 6000));
	assert_int_equal(pace_wait(&p, 6000), -1);
	/* The next second begins where it was read. */
	pace_event(&p, &elsewhere);
	assert_true(pace_hold(&p, 6999));
	assert_true(pace_due(&p, 7000));
}

static void pace__hold__after_a_silence_at_once(void **state)
{
	struct pace p = { .every = 1000, .read_ms = 5000 };

	(void)state;
	pace_event(&p, &elsewhere);
	assert_false(pace_hold(&p, 6000));
	pace_event(&p, &elsewhere);
	assert_true(pace_hold(&p, 6001));
}

static void pace__hold__own_changes_at_once(void **state)
{
	struct pace p = { .every = 1000, .read_ms = 5000 };

	(void)state;
	assert_false(pace_hold(&p, 5001));
	/* Also while what others wrote waits; that is read with it. */
	pace_event(&p, &elsewhere);
	assert_true(pace_hold(&p, 5250));
	assert_false(pace_hold(&p, 5300));
	assert_int_equal(pace_wait(&p, 5300), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pace__hold__what_others_write_waits),
		cmocka_unit_test(pace__hold__after_a_silence_at_once),
		cmocka_unit_test(pace__hold__own_changes_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
