#include "test.h"

#include <unistd.h>

#include "office.h"
#include "path.h"
#include "templates.h"
#include "templates_view.h"

static const struct {
	int rows, cols;
} sizes[] = { { 24, 80 }, { 40, 120 } };

static const struct office_spec small = {
	.rows = 24, .cols = 80, .look = LOOK_WINDOWS, .lang = LANG_EN, .view = &templates_view
};

static void open_office(struct office *o, const struct office_spec *spec)
{
	office_open(o, spec);
	setenv("ECOMPTA_EXCHANGE", o->folder, 1);
	setenv("HOME", o->folder, 1);
}

static void templates__draw__every_look(void **state)
{
	(void)state;
	for (int lang = 0; lang < LANG_COUNT; lang++)
		for (int look = 0; look < LOOK_COUNT; look++)
			for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
				struct office_spec spec = small;
				struct office o;

				spec.rows = sizes[i].rows;
				spec.cols = sizes[i].cols;
				spec.look = (enum look_id)look;
				spec.lang = (enum lang)lang;
				open_office(&o, &spec);
				screen_expect(office_name(&spec, "templates"));
				screen_keys(o.ui, "Enter");
				screen_expect(office_name(&spec, "template"));
				if (look == LOOK_WINDOWS) {
					screen_keys(o.ui, "e");
					screen_expect(office_name(&spec, "template-form"));
				}
				office_close(&o);
			}
}

static void templates__preview__for_a_customer_and_as_written(void **state)
{
	struct office o;

	(void)state;
	open_office(&o, &small);
	screen_keys(o.ui, "f 2");
	assert_true(screen_has("Templates · SMS · 5"));
	screen_keys(o.ui, "Enter");
	assert_true(screen_has("AS READ, by somebody invented"));
	screen_keys(o.ui, "/");
	screen_type(o.ui, "kabre");
	screen_keys(o.ui, "Enter");
	assert_true(screen_has("AS READ BY Kabré Awa"));
	assert_true(screen_has("Awa"));
	assert_false(screen_has("{{"));
	assert_true(screen_has("GSM-7"));
	screen_keys(o.ui, "Enter");
	assert_true(screen_has("AS WRITTEN"));
	assert_true(screen_has("{{"));
	screen_keys(o.ui, "Tab");
	assert_true(screen_has("[French]"));
	office_close(&o);
}

static void templates__write__makes_the_next_version(void **state)
{
	struct office o;

	(void)state;
	open_office(&o, &small);
	screen_keys(o.ui, "f 2 Enter e End");
	screen_type(o.ui, " {{prenm}}");
	screen_keys(o.ui, "Ctrl-s");
	assert_true(screen_has("Line 1, character"));
	for (int i = 0; i < 10; i++)
		screen_keys(o.ui, "Backspace");
	screen_keys(o.ui, "Ctrl-o");
	screen_expect("template-insert");
	screen_keys(o.ui, "b Ctrl-s");
	assert_true(screen_has("Version 2 is kept. The ones before stay."));
	assert_true(screen_has("Version 2 · "));
	screen_keys(o.ui, "m v");
	assert_true(screen_has("en · 1"));
	screen_keys(o.ui, "Down Enter");
	assert_true(screen_has("Version 1 · "));
	office_close(&o);
}

static void templates__page__is_written_to_a_file(void **state)
{
	struct office o;

	(void)state;
	open_office(&o, &small);
	screen_keys(o.ui, "Enter p");
	assert_true(screen_has(".html"));
	office_close(&o);
}

static void templates__new__is_named_and_written(void **state)
{
	struct office o;

	(void)state;
	open_office(&o, &small);
	screen_keys(o.ui, "n");
	screen_type(o.ui, "Soldes");
	screen_keys(o.ui, "Tab Right Enter");
	assert_true(screen_has("Soldes · SMS · new version"));
	screen_type(o.ui, "Bonjour {{prenom|cher client}}");
	screen_keys(o.ui, "Ctrl-s");
	assert_true(screen_has("Version 1 is kept."));
	screen_keys(o.ui, "n");
	screen_type(o.ui, "Soldes");
	screen_keys(o.ui, "Tab Right Enter");
	assert_true(screen_has("There is one of that name already."));
	screen_keys(o.ui, "Esc /");
	screen_type(o.ui, "sold");
	screen_keys(o.ui, "Enter");
	assert_true(screen_has("► Soldes"));
	assert_true(screen_has("yours"));
	office_close(&o);
}

static void templates__file__goes_out_and_comes_back(void **state)
{
	struct strbuf path = STRBUF_INIT_MAX(512);
	struct err err = ERR_INIT;
	struct office o;

	(void)state;
	open_office(&o, &small);
	screen_keys(o.ui, "w");
	assert_true(screen_has("templates: "));
	assert_true(path_place(PATH_EXCHANGE, &path, &err));
	strbuf_adds(&path, "/templates.json");
	assert_int_equal(access(path.buf, R_OK), 0);
	screen_keys(o.ui, "i");
	screen_type(o.ui, path.buf);
	screen_keys(o.ui, "Enter");
	assert_true(screen_has("Templates: 0 new, 0 texts changed, 20 as they were."));
	strbuf_release(&path);
	office_close(&o);
}

static void templates__away__is_hidden_until_asked_for(void **state)
{
	struct office o;

	(void)state;
	open_office(&o, &small);
	screen_keys(o.ui, "f 2 Enter m x");
	assert_true(screen_has("Put away: it is not offered any more."));
	screen_keys(o.ui, "q");
	assert_true(screen_has("Templates · SMS · 4"));
	screen_keys(o.ui, "f a");
	assert_true(screen_has("(put away)"));
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
		cmocka_unit_test(templates__draw__every_look),
		cmocka_unit_test(templates__preview__for_a_customer_and_as_written),
		cmocka_unit_test(templates__write__makes_the_next_version),
		cmocka_unit_test(templates__page__is_written_to_a_file),
		cmocka_unit_test(templates__new__is_named_and_written),
		cmocka_unit_test(templates__file__goes_out_and_comes_back),
		cmocka_unit_test(templates__away__is_hidden_until_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, end);
}
