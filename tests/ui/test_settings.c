#include "test.h"

#include "office.h"

static const struct office_spec small = {
	.rows = 24, .cols = 80, .look = LOOK_WINDOWS, .lang = LANG_EN, .tab = 8
};

/* What depends on the machine stands below: the store and the keys file. */
static void settings__draw__both_languages(void **state)
{
	struct office_spec spec = small;
	struct office o;

	(void)state;
	office_open(&o, &spec);
	assert_true(
		screen_has("► Company                    Sahel Négoce SARL · Burkina Faso · XOF"));
	assert_true(screen_has("10,000 · 50,000 · 100,000"));
	office_close(&o);
	spec.lang = LANG_FR;
	office_open(&o, &spec);
	assert_true(
		screen_has("► Société                    Sahel Négoce SARL · Burkina Faso · XOF"));
	office_close(&o);
}

static void settings__thresholds__are_proposed_and_taken(void **state)
{
	struct office_spec spec = small;

	(void)state;
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		struct office o;

		spec.lang = (enum lang)lang;
		office_open(&o, &spec);
		screen_keys(o.ui, "Down Enter");
		screen_expect(office_name(&spec, "thresholds"));
		screen_keys(o.ui, "Enter");
		office_wait(&o);
		assert_int_equal(o.desk.s->company.revenue_low, 240000);
		office_close(&o);
	}
}

static void settings__thresholds__others_must_rise(void **state)
{
	struct office o;

	(void)state;
	office_open(&o, &small);
	screen_keys(o.ui, "Down Enter Tab Enter Ctrl-u");
	screen_type(o.ui, "90000");
	screen_keys(o.ui, "Enter");
	assert_true(screen_has("Each must be larger than the one before."));
	screen_keys(o.ui, "Esc");
	assert_int_equal(o.desk.s->company.revenue_low, 10000);
	office_close(&o);
}

static void settings__look__changes_at_once_and_stays(void **state)
{
	struct office o;

	(void)state;
	office_open(&o, &small);
	while (!screen_has("► Signs"))
		screen_keys(o.ui, "Down");
	screen_keys(o.ui, "Enter 3");
	assert_true(screen_has("> Signs"));
	screen_keys(o.ui, "q");
	office_close(&o);
}

static void settings__company__is_changed(void **state)
{
	struct office o;

	(void)state;
	office_open(&o, &small);
	screen_keys(o.ui, "Enter End");
	screen_type(o.ui, " Export");
	screen_keys(o.ui, "Ctrl-s");
	assert_true(o.desk.again);
	assert_string_equal(o.desk.s->company.name, "Sahel Négoce SARL Export");
	office_close(&o);
}

static int end(void **state)
{
	(void)state;
	office_end();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(settings__draw__both_languages),
		cmocka_unit_test(settings__thresholds__are_proposed_and_taken),
		cmocka_unit_test(settings__thresholds__others_must_rise),
		cmocka_unit_test(settings__look__changes_at_once_and_stays),
		cmocka_unit_test(settings__company__is_changed),
	};

	return cmocka_run_group_tests(tests, NULL, end);
}
