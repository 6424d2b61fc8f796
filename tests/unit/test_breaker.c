#include "test.h"

#include "breaker.h"

#define T0 INT64_C(1790000000)

static bool got(struct breaker *b, enum send_outcome outcome, int64_t hint, int64_t now)
{
	struct send_result r = { .outcome = outcome, .wait_seconds = hint };

	return breaker_result(b, &r, now);
}

/* Rests from T0 on. */
static struct breaker resting(void)
{
	struct breaker b = { 0 };

	for (int i = 0; i < BREAKER_ERRORS; i++)
		(void)got(&b, OUTCOME_DOWN, 0, T0);
	assert_int_equal(b.state, BREAKER_RESTING);
	return b;
}

static void breaker__errors__five_in_a_row_make_it_rest(void **state)
{
	struct breaker b = { 0 };

	(void)state;
	for (int i = 0; i < 4; i++) {
		assert_false(got(&b, OUTCOME_DOWN, 0, T0));
		assert_true(breaker_may(&b, T0));
	}
	assert_true(got(&b, OUTCOME_DOWN, 0, T0));
	assert_int_equal(b.state, BREAKER_RESTING);
	assert_int_equal(b.errors, 5);
	assert_int_equal(b.until, T0 + 30);
	assert_false(breaker_may(&b, T0 + 29));
	assert_int_equal(breaker_until(&b, T0 + 29), T0 + 30);
	assert_true(breaker_may(&b, T0 + 30));
}

static void breaker__errors__any_answer_breaks_the_row(void **state)
{
	static const enum send_outcome answers[] = { OUTCOME_SENT, OUTCOME_REFUSED, OUTCOME_RETRY,
		OUTCOME_MORE };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(answers); i++) {
		struct breaker b = { 0 };

		for (int j = 0; j < 4; j++)
			(void)got(&b, OUTCOME_DOWN, 0, T0);
		assert_false(got(&b, answers[i], 0, T0));
		assert_int_equal(b.errors, 0);
		for (int j = 0; j < 4; j++)
			(void)got(&b, OUTCOME_DOWN, 0, T0);
		assert_int_equal(b.state, BREAKER_UP);
	}
}

static void breaker__errors__no_answer_counts(void **state)
{
	struct breaker b = { 0 };

	(void)state;
	for (int i = 0; i < 3; i++)
		(void)got(&b, OUTCOME_UNCERTAIN, 0, T0);
	(void)got(&b, OUTCOME_DOWN, 0, T0);
	assert_int_equal(b.state, BREAKER_UP);
	(void)got(&b, OUTCOME_UNCERTAIN, 0, T0);
	assert_int_equal(b.state, BREAKER_RESTING);
}

static void breaker__rest__late_errors_do_not_lengthen_it(void **state)
{
	struct breaker b = resting();

	(void)state;
	for (int i = 0; i < 20; i++)
		assert_false(got(&b, OUTCOME_DOWN, 0, T0 + 10));
	assert_int_equal(b.errors, 5);
	assert_int_equal(b.until, T0 + 30);
	assert_true(got(&b, OUTCOME_SENT, 0, T0 + 11));
	assert_true(breaker_may(&b, T0 + 11));
}

static void breaker__probe__is_one_call(void **state)
{
	struct breaker b = resting();

	(void)state;
	assert_true(breaker_may(&b, T0 + 40));
	breaker_begin(&b, T0 + 40);
	assert_false(breaker_may(&b, T0 + 40));
	assert_int_equal(breaker_until(&b, T0 + 40), T0 + 45);
	assert_true(got(&b, OUTCOME_SENT, 0, T0 + 41));
	assert_int_equal(b.state, BREAKER_UP);
	assert_int_equal(b.errors, 0);
	breaker_begin(&b, T0 + 41);
	assert_true(breaker_may(&b, T0 + 41));
}

static void breaker__probe__that_fails_doubles_the_rest(void **state)
{
	static const int64_t rests[] = { 60, 120, 240, 480, 900, 900 };
	struct breaker b = resting();
	int64_t now = T0;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rests); i++) {
		now = b.until;
		assert_true(breaker_may(&b, now));
		breaker_begin(&b, now);
		assert_true(got(&b, OUTCOME_DOWN, 0, now + 3));
		assert_int_equal(b.until, now + 3 + rests[i]);
		assert_false(breaker_may(&b, now + 3 + rests[i] - 1));
	}
}

static void breaker__probe__without_a_result_is_forgotten(void **state)
{
	struct breaker b = resting();

	(void)state;
	breaker_begin(&b, T0 + 30);
	assert_false(breaker_may(&b, T0 + 30 + 599));
	assert_true(breaker_may(&b, T0 + 30 + 600));
}

static void breaker__refuses__until_somebody_acts(void **state)
{
	struct breaker b = { 0 };

	(void)state;
	assert_true(got(&b, OUTCOME_FORBIDDEN, 0, T0));
	assert_int_equal(b.state, BREAKER_REFUSING);
	assert_int_equal(b.until, 0);
	assert_false(breaker_may(&b, T0 + 1000000000));
	assert_int_equal(breaker_until(&b, T0), INT64_MAX);
	/* What was out before. */
	assert_false(got(&b, OUTCOME_SENT, 0, T0 + 1));
	assert_false(got(&b, OUTCOME_DOWN, 0, T0 + 1));
	assert_false(got(&b, OUTCOME_QUOTA, 60, T0 + 1));
	assert_int_equal(b.state, BREAKER_REFUSING);
	breaker_reset(&b);
	assert_true(breaker_may(&b, T0 + 2));
}

static void breaker__full__until_its_hint(void **state)
{
	struct breaker b = { 0 };

	(void)state;
	assert_true(got(&b, OUTCOME_QUOTA, 77, T0));
	assert_int_equal(b.state, BREAKER_FULL);
	assert_false(breaker_may(&b, T0 + 76));
	assert_true(breaker_may(&b, T0 + 77));
	/* Others that were out: the latest hint holds, never a sooner one. */
	assert_false(got(&b, OUTCOME_QUOTA, 60, T0 + 1));
	assert_true(got(&b, OUTCOME_QUOTA, 90, T0 + 1));
	assert_int_equal(b.until, T0 + 91);
	assert_false(got(&b, OUTCOME_SENT, 0, T0 + 2));
	assert_int_equal(b.state, BREAKER_FULL);
}

static void breaker__full__without_a_hint_doubles_to_an_hour(void **state)
{
	static const int64_t waits[] = { 300, 600, 1200, 2400, 3600, 3600 };
	struct breaker b = { 0 };
	int64_t now = T0;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(waits); i++) {
		assert_true(breaker_may(&b, now));
		breaker_begin(&b, now);
		assert_true(got(&b, OUTCOME_QUOTA, 0, now));
		assert_int_equal(b.until, now + waits[i]);
		assert_false(got(&b, OUTCOME_QUOTA, 0, now));
		now = b.until;
	}
	breaker_begin(&b, now);
	assert_false(breaker_may(&b, now));
	assert_true(got(&b, OUTCOME_SENT, 0, now));
	assert_true(got(&b, OUTCOME_QUOTA, 0, now));
	assert_int_equal(b.until, now + 300);
}

static void breaker__clock__put_back_does_not_lengthen_a_rest(void **state)
{
	struct breaker b = resting();

	(void)state;
	assert_int_equal(breaker_until(&b, T0 - 1000000), T0 - 1000000 + 900);
	b = (struct breaker){ 0 };
	(void)got(&b, OUTCOME_QUOTA, 86400, T0);
	assert_int_equal(breaker_until(&b, T0), T0 + 86400);
	assert_int_equal(breaker_until(&b, T0 - 1), T0 - 1 + 86400);
}

static void breaker__words__come_back(void **state)
{
	static const char *const words[] = { "UP", "RESTING", "REFUSING", "FULL" };
	enum breaker_state v;

	(void)state;
	for (int i = 0; i < BREAKER_STATE_COUNT; i++) {
		assert_string_equal(breaker_state_word((enum breaker_state)i), words[i]);
		assert_true(breaker_state_parse(words[i], &v));
		assert_int_equal(v, i);
		assert_true(*breaker_state_label(v));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(breaker__errors__five_in_a_row_make_it_rest),
		cmocka_unit_test(breaker__errors__any_answer_breaks_the_row),
		cmocka_unit_test(breaker__errors__no_answer_counts),
		cmocka_unit_test(breaker__rest__late_errors_do_not_lengthen_it),
		cmocka_unit_test(breaker__probe__is_one_call),
		cmocka_unit_test(breaker__probe__that_fails_doubles_the_rest),
		cmocka_unit_test(breaker__probe__without_a_result_is_forgotten),
		cmocka_unit_test(breaker__refuses__until_somebody_acts),
		cmocka_unit_test(breaker__full__until_its_hint),
		cmocka_unit_test(breaker__full__without_a_hint_doubles_to_an_hour),
		cmocka_unit_test(breaker__clock__put_back_does_not_lengthen_a_rest),
		cmocka_unit_test(breaker__words__come_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
