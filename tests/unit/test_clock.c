#include "test.h"

#include "clock.h"

static void clock__fixed__shows_what_it_is_set_to(void **state)
{
	int64_t at = 1794912060;
	struct clock clock = clock_fixed(&at);

	(void)state;
	assert_int_equal(clock.now(clock.data), 1794912060);
	at++;
	assert_int_equal(clock.now(clock.data), 1794912061);
	/* Waits go on: the machine has run for some time. */
	assert_true(clock.monotonic_ms(clock.data) > 0);
}

static void clock__system__is_the_machine_s(void **state)
{
	struct clock clock = clock_system();
	int64_t before = (int64_t)time(NULL);
	int64_t now = clock.now(clock.data);
	int64_t ms = clock.monotonic_ms(clock.data);

	(void)state;
	assert_int_equal(setenv("ECOMPTA_NOW", "2001-01-01T00:00:00Z", 1), 0);
	assert_in_range(now, before, before + 5);
	assert_true(clock.now(clock.data) >= before);
	assert_true(clock.monotonic_ms(clock.data) >= ms);
	unsetenv("ECOMPTA_NOW");
}

static void clock__env__sets_the_time(void **state)
{
	struct clock clock = clock_system_or_env();
	int64_t ms;

	(void)state;
	assert_int_equal(setenv("ECOMPTA_NOW", "2026-11-17T10:42:00Z", 1), 0);
	assert_int_equal(clock.now(clock.data), 1794912120);
	ms = clock.monotonic_ms(clock.data);
	assert_true(ms > 0);
	assert_true(clock.monotonic_ms(clock.data) >= ms);
	unsetenv("ECOMPTA_NOW");
}

static void clock__env__goes_on_from_a_time(void **state)
{
	struct clock clock = clock_system_or_env();
	char text[64];

	(void)state;
	snprintf(text, sizeof(text), "2026-11-17T10:42:00Z+%lld", (long long)time(NULL) - 60);
	assert_int_equal(setenv("ECOMPTA_NOW", text, 1), 0);
	assert_in_range(clock.now(clock.data), 1794912180, 1794912185);
	unsetenv("ECOMPTA_NOW");
}

static void clock__env__counts_only_with_an_instant(void **state)
{
	struct clock clock = clock_system_or_env();
	int64_t before = (int64_t)time(NULL);

	(void)state;
	unsetenv("ECOMPTA_NOW");
	assert_in_range(clock.now(clock.data), before, before + 5);
	assert_int_equal(setenv("ECOMPTA_NOW", "", 1), 0);
	assert_in_range(clock.now(clock.data), before, before + 5);
	assert_int_equal(setenv("ECOMPTA_NOW", "2026-11-17", 1), 0);
	assert_in_range(clock.now(clock.data), before, before + 5);
	unsetenv("ECOMPTA_NOW");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(clock__fixed__shows_what_it_is_set_to),
		cmocka_unit_test(clock__system__is_the_machine_s),
		cmocka_unit_test(clock__env__sets_the_time),
		cmocka_unit_test(clock__env__goes_on_from_a_time),
		cmocka_unit_test(clock__env__counts_only_with_an_instant),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
