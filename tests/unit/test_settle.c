#include "test.h"

#include "settle.h"

#define TODAY 20000

static void settle__done__on_the_day_the_total_is_reached(void **state)
{
	struct settlement s;

	(void)state;
	settle_start(&s, 1000, TODAY);
	assert_false(settle_done(&s));
	assert_int_equal(settle_open(&s), 1000);
	settle_payment(&s, 19900, 400);
	settle_payment(&s, 19910, 599);
	assert_false(settle_done(&s));
	assert_int_equal(settle_open(&s), 1);
	assert_int_equal(s.day, DAY_NONE);
	settle_payment(&s, 19920, 1);
	assert_true(settle_done(&s));
	assert_int_equal(settle_open(&s), 0);
	assert_int_equal(s.day, 19920);
	settle_payment(&s, 19930, 500);
	assert_int_equal(s.day, 19920);
	assert_int_equal(settle_open(&s), 0);
}

static void settle__payment__after_today_is_ignored(void **state)
{
	struct settlement s;

	(void)state;
	settle_start(&s, 1000, TODAY);
	settle_payment(&s, TODAY + 1, 1000);
	assert_false(settle_done(&s));
	assert_int_equal(settle_open(&s), 1000);
	settle_payment(&s, TODAY, 1000);
	assert_true(settle_done(&s));
	assert_int_equal(s.day, TODAY);
}

static void settle__payment__taken_back_opens_again(void **state)
{
	struct settlement s;

	(void)state;
	settle_start(&s, 1000, TODAY);
	settle_payment(&s, 100, 1000);
	settle_payment(&s, 110, -1000);
	assert_false(settle_done(&s));
	assert_int_equal(s.day, DAY_NONE);
	settle_payment(&s, 120, 1000);
	assert_int_equal(s.day, 120);
}

static void settle__done__without_a_day_when_nothing_is_owed(void **state)
{
	struct settlement s;

	(void)state;
	settle_start(&s, 0, TODAY);
	assert_true(settle_done(&s));
	assert_int_equal(s.day, DAY_NONE);
	settle_payment(&s, 100, 50);
	assert_int_equal(s.day, DAY_NONE);
	settle_start(&s, -300, TODAY);
	assert_true(settle_done(&s));
	assert_int_equal(settle_open(&s), 0);
}

static void settle__payment__never_wraps(void **state)
{
	struct settlement s;

	(void)state;
	settle_start(&s, INT64_MAX, TODAY);
	settle_payment(&s, 100, -5);
	assert_int_equal(settle_open(&s), INT64_MAX);
	settle_payment(&s, 100, INT64_MAX);
	settle_payment(&s, 100, INT64_MAX);
	assert_true(settle_done(&s));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(settle__done__on_the_day_the_total_is_reached),
		cmocka_unit_test(settle__payment__after_today_is_ignored),
		cmocka_unit_test(settle__payment__taken_back_opens_again),
		cmocka_unit_test(settle__done__without_a_day_when_nothing_is_owed),
		cmocka_unit_test(settle__payment__never_wraps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
