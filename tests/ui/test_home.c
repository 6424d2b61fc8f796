#include "test.h"

#include "office.h"

static const struct office_spec small = {
	.rows = 24, .cols = 80, .look = LOOK_WINDOWS, .lang = LANG_EN, .tab = 1
};

static void home__draw__every_look(void **state)
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
					.lang = (enum lang)lang,
					.tab = 1 };
				struct office o;

				office_open(&o, &spec);
				screen_expect(office_name(&spec, "home"));
				office_close(&o);
			}
}

static void home__open__each_line_leads_to_its_list(void **state)
{
	struct office o;

	(void)state;
	office_open(&o, &small);
	screen_keys(o.ui, "Enter");
	assert_true(screen_has("7 · sort Score ▼ · Has = an overd"));
	screen_keys(o.ui, "q Tab Tab Down Down Enter");
	assert_true(screen_has("Segment = Regular"));
	screen_keys(o.ui, "q");
	assert_true(screen_has("[1 Today]"));
	screen_keys(o.ui, "/");
	screen_type(o.ui, "zongo");
	assert_true(screen_has("[2 Customers]"));
	assert_true(screen_has("Zongo Issa"));
	office_close(&o);
}

static void home__first_start__makes_a_company(void **state)
{
	struct office_spec spec = small;
	struct office o;

	(void)state;
	spec.empty = true;
	spec.tab = 0;
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		spec.lang = (enum lang)lang;
		office_open(&o, &spec);
		screen_expect(office_name(&spec, "first"));
		screen_keys(o.ui, "Down Enter");
		screen_expect(office_name(&spec, "company-new"));
		screen_type(o.ui, "Faso Tissus");
		screen_keys(o.ui, "Ctrl-s");
		assert_true(ui_ended(o.ui));
		assert_true(o.desk.again);
		assert_string_equal(o.desk.s->company.name, "Faso Tissus");
		assert_string_equal(o.desk.s->company.currency, "XOF");
		office_close(&o);
	}
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
		cmocka_unit_test(home__draw__every_look),
		cmocka_unit_test(home__open__each_line_leads_to_its_list),
		cmocka_unit_test(home__first_start__makes_a_company),
	};

	return cmocka_run_group_tests(tests, NULL, end);
}
