#include "test.h"

#include "office.h"

/* Both languages, the two sizes, the three looks. */
static void customers__draw__every_look(void **state)
{
	static const struct {
		int rows, cols;
	} sizes[] = { { 24, 80 }, { 40, 120 } };

	(void)state;
	for (int lang = 0; lang < LANG_COUNT; lang++)
		for (int look = 0; look < LOOK_COUNT; look++)
			for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
				struct office_spec spec = { .rows = sizes[i].rows,
					.cols = sizes[i].cols,
					.look = (enum look_id)look,
					.lang = (enum lang)lang };
				struct office o;

				office_open(&o, &spec);
				screen_expect(office_name(&spec, "customers"));
				office_close(&o);
			}
}

static const struct office_spec small = {
	.rows = 24, .cols = 80, .look = LOOK_WINDOWS, .lang = LANG_EN
};

static void customers__filter__shows_whom_it_lets_pass(void **state)
{
	struct office o;

	(void)state;
	office_open(&o, &small);
	screen_keys(o.ui, "f");
	screen_type(o.ui, "segment=vip");
	screen_keys(o.ui, "Enter");
	screen_expect("customers-filter");
	screen_keys(o.ui, "Esc");
	assert_true(screen_has("Customers · all · 16"));
	office_close(&o);
}

static void customers__filter__says_where_it_is_wrong(void **state)
{
	struct office o;

	(void)state;
	office_open(&o, &small);
	screen_keys(o.ui, "f");
	screen_type(o.ui, "scorr>=70");
	screen_keys(o.ui, "Enter");
	assert_true(screen_has("At “scorr”"));
	screen_keys(o.ui, "Esc");
	assert_true(screen_has("Customers · all · 16"));
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
		cmocka_unit_test(customers__draw__every_look),
		cmocka_unit_test(customers__filter__shows_whom_it_lets_pass),
		cmocka_unit_test(customers__filter__says_where_it_is_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, end);
}
