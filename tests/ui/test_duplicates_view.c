#include "test.h"

#include "customers.h"
#include "office.h"

static const struct office_spec small = {
	.rows = 24, .cols = 80, .look = LOOK_WINDOWS, .lang = LANG_EN
};

static void add(struct office *o, const char *name, const char *first, const char *phone)
{
	struct customer c = CUSTOMER_INIT;
	struct err err = ERR_INIT;

	c.name = name;
	c.first_name = first;
	c.phone = phone;
	c.city = "Ouagadougou";
	c.country = "BF";
	assert_true(customers_add(o->desk.s, &c, &err));
}

static void duplicates__new__warns_before_entering(void **state)
{
	struct office_spec spec = small;

	(void)state;
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		struct office o;

		spec.lang = (enum lang)lang;
		office_open(&o, &spec);
		screen_keys(o.ui, "n");
		screen_type(o.ui, "Kabre");
		screen_keys(o.ui, "Tab Tab Tab Tab");
		screen_type(o.ui, "76001122");
		screen_keys(o.ui, "Ctrl-s");
		screen_expect(office_name(&spec, "customer-new-alike"));
		screen_keys(o.ui, "1");
		assert_true(screen_has("Kabré Awa · VIP 100"));
		office_close(&o);
	}
}

static void duplicates__list__merged_and_taken_back(void **state)
{
	struct office_spec spec = small;

	(void)state;
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		struct office o;

		spec.lang = (enum lang)lang;
		office_open(&o, &spec);
		add(&o, "Kabre", "Awa", "76 00 11 22");
		screen_keys(o.ui, "g d");
		office_wait(&o);
		screen_expect(office_name(&spec, "duplicates"));
		screen_keys(o.ui, "Enter");
		screen_expect(office_name(&spec, "merge"));
		screen_keys(o.ui, "Ctrl-s");
		office_wait(&o);
		assert_false(screen_has("76 00 11 22"));
		screen_keys(o.ui, "u");
		office_wait(&o);
		assert_true(screen_has("Kabré Awa (C006)"));
		office_close(&o);
	}
}

static void duplicates__dismiss__is_not_asked_again(void **state)
{
	struct office o;

	(void)state;
	office_open(&o, &small);
	add(&o, "Kabre", "Awa", "76 00 11 22");
	screen_keys(o.ui, "g d");
	office_wait(&o);
	screen_keys(o.ui, "d");
	assert_true(screen_has("Nobody seems to be entered twice."));
	screen_keys(o.ui, "q g d");
	office_wait(&o);
	assert_true(screen_has("Nobody seems to be entered twice."));
	office_close(&o);
}

static void shelf__recent_and_favourites(void **state)
{
	struct office o;

	(void)state;
	office_open(&o, &small);
	screen_keys(o.ui, "Enter q Down Enter m v q g r");
	screen_expect("recent");
	screen_keys(o.ui, "g f");
	screen_expect("favourites");
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
		cmocka_unit_test(duplicates__new__warns_before_entering),
		cmocka_unit_test(duplicates__list__merged_and_taken_back),
		cmocka_unit_test(duplicates__dismiss__is_not_asked_again),
		cmocka_unit_test(shelf__recent_and_favourites),
	};

	return cmocka_run_group_tests(tests, NULL, end);
}
