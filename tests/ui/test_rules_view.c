#include "test.h"

#include "date.h"
#include "office.h"
#include "rules.h"
#include "rules_view.h"

static const struct {
	int rows, cols;
} sizes[] = { { 24, 80 }, { 40, 120 } };

static const struct office_spec small = {
	.rows = 24, .cols = 80, .look = LOOK_WINDOWS, .lang = LANG_FR, .view = &rules_view
};

static void rules__draw__both_languages_and_sizes(void **state)
{
	(void)state;
	for (int lang = 0; lang < LANG_COUNT; lang++)
		for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
			struct office_spec spec = small;
			struct office o;

			spec.rows = sizes[i].rows;
			spec.cols = sizes[i].cols;
			spec.lang = (enum lang)lang;
			office_open(&o, &spec);
			screen_expect(office_name(&spec, "rules"));
			office_close(&o);
		}
}

static struct rule_now rule_of(struct office *o, enum country_rule rule, struct arena *a)
{
	struct err err = ERR_INIT;
	struct rule_now now;

	assert_true(rules_get(o->desk.s, rule, a, &now, &err));
	return now;
}

static void rules__change__from_a_day_with_its_source(void **state)
{
	struct arena a = ARENA_INIT;
	struct office o;

	(void)state;
	office_open(&o, &small);
	assert_string_equal(rule_of(&o, CR_PROSPECT_MONTHS, &a).value, "36");
	assert_int_equal(rule_of(&o, CR_PROSPECT_MONTHS, &a).since, DAY_NONE);
	screen_keys(o.ui, "Down Down Enter Backspace Backspace");
	screen_type(o.ui, "0");
	screen_keys(o.ui, "Enter");
	assert_true(screen_has("Un nombre de mois"));
	screen_keys(o.ui, "Backspace");
	screen_type(o.ui, "24");
	screen_keys(o.ui, "Enter");
	assert_true(screen_has("vide"));
	screen_type(o.ui, "déclaration CIL 2026-118");
	screen_expect("rules-change");
	screen_keys(o.ui, "Enter");
	assert_string_equal(rule_of(&o, CR_PROSPECT_MONTHS, &a).value, "24");
	assert_int_equal(rule_of(&o, CR_PROSPECT_MONTHS, &a).since, desk_today(&o.desk));
	arena_release(&a);
	office_close(&o);
}

static void rules__choice__decides_who_may_be_written_to(void **state)
{
	struct arena a = ARENA_INIT;
	struct err err = ERR_INIT;
	struct office o;

	(void)state;
	office_open(&o, &small);
	assert_string_equal(rule_of(&o, CR_WITHOUT_OPT_IN, &a).value, "CONSENT_FIRST");
	assert_false(rules_set(o.desk.s, CR_WITHOUT_OPT_IN, 20000, "MAYBE", "x", &err));
	assert_int_equal(err.code, ERR_INVALID);
	err_clear(&err);
	assert_true(rules_set(o.desk.s, CR_WITHOUT_OPT_IN, 20000, "OWN_CUSTOMERS", "x", &err));
	assert_string_equal(rule_of(&o, CR_WITHOUT_OPT_IN, &a).value, "OWN_CUSTOMERS");
	/* One that begins later does not hold yet. */
	assert_true(rules_set(
		o.desk.s, CR_WITHOUT_OPT_IN, desk_today(&o.desk) + 1, "CONSENT_FIRST", "x", &err));
	assert_string_equal(rule_of(&o, CR_WITHOUT_OPT_IN, &a).value, "OWN_CUSTOMERS");
	arena_release(&a);
	office_close(&o);
}

static void rules__valid__both_sides(void **state)
{
	(void)state;
	assert_true(country_rule_valid(CR_SMS_HOURS, "08:00-20:00"));
	assert_false(country_rule_valid(CR_SMS_HOURS, "20:00-08:00"));
	assert_false(country_rule_valid(CR_SMS_HOURS, "08:00-24:00"));
	assert_false(country_rule_valid(CR_SMS_HOURS, "08:00-20:00x"));
	assert_false(country_rule_valid(CR_SMS_HOURS, "8h"));
	assert_false(country_rule_valid(CR_AFTER_MONTHS, "0"));
	assert_true(country_rule_valid(CR_AFTER_MONTHS, "1"));
	assert_true(country_rule_valid(CR_AFTER_MONTHS, "600"));
	assert_false(country_rule_valid(CR_AFTER_MONTHS, "601"));
	assert_false(country_rule_valid(CR_OPPOSITION_MONTHS, "35"));
	assert_true(country_rule_valid(CR_OPPOSITION_MONTHS, "36"));
	assert_true(country_rule_valid(CR_FORMALITY, ""));
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
		cmocka_unit_test(rules__draw__both_languages_and_sizes),
		cmocka_unit_test(rules__change__from_a_day_with_its_source),
		cmocka_unit_test(rules__choice__decides_who_may_be_written_to),
		cmocka_unit_test(rules__valid__both_sides),
	};

	return cmocka_run_group_tests(tests, NULL, end);
}
