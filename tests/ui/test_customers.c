#include "test.h"

#include "customers.h"
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
	screen_keys(o.ui, "f w");
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
	screen_keys(o.ui, "f w");
	screen_type(o.ui, "scorr>=70");
	screen_keys(o.ui, "Enter");
	assert_true(screen_has("At “scorr”"));
	screen_keys(o.ui, "Esc");
	assert_true(screen_has("Customers · all · 16"));
	office_close(&o);
}

static void customers__filter__by_fields_kept_and_taken_again(void **state)
{
	struct office_spec spec = small;

	(void)state;
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		struct office o;

		spec.lang = (enum lang)lang;
		office_open(&o, &spec);
		screen_keys(o.ui, "f f Left Tab Tab Tab");
		screen_type(o.ui, "180");
		screen_keys(o.ui, "Tab");
		screen_type(o.ui, "30");
		screen_expect(office_name(&spec, "customers-fields"));
		screen_keys(o.ui, "Enter");
		screen_expect(office_name(&spec, "customers-fields-pass"));
		screen_keys(o.ui, "f k");
		screen_type(o.ui, "Relances");
		screen_keys(o.ui, "Enter Esc");
		assert_true(screen_has("· 16"));
		screen_keys(o.ui, "f");
		screen_expect(office_name(&spec, "customers-saved"));
		screen_keys(o.ui, "1");
		assert_true(screen_has(" 1/2\n"));
		office_close(&o);
	}
}

static void customers__search__finds_half_a_number_pasted_with_spaces(void **state)
{
	struct office o;

	(void)state;
	office_open(&o, &small);
	screen_paste(o.ui, "+226 76\u00a000 11");
	assert_true(screen_has("Kabré Awa"));
	assert_false(screen_has("Zongo Issa"));
	assert_true(screen_has("Customers · all · 1 "));
	screen_keys(o.ui, "Enter Enter");
	assert_true(screen_has("Kabré Awa · VIP 100"));
	screen_keys(o.ui, "q");
	assert_true(screen_has("Customers · all · 1 "));
	screen_keys(o.ui, "Esc");
	assert_true(screen_has("Customers · all · 16"));
	office_close(&o);
}

static void customers__search__says_that_nothing_was_found(void **state)
{
	struct office o;

	(void)state;
	office_open(&o, &small);
	screen_keys(o.ui, "/");
	screen_type(o.ui, "kabx");
	assert_true(screen_has("Nothing for “kabx”. Esc clears the search."));
	screen_keys(o.ui, "Esc");
	assert_true(screen_has("Customers · all · 16"));
	office_close(&o);
}

static void customers__mark__tags_them_all_and_takes_it_back(void **state)
{
	struct office o;

	(void)state;
	office_open(&o, &small);
	screen_keys(o.ui, "f w");
	screen_type(o.ui, "segment=vip");
	screen_keys(o.ui, "Enter * m t");
	screen_type(o.ui, "gold");
	screen_keys(o.ui, "Enter");
	office_wait(&o);
	assert_true(screen_has("8 records changed."));
	screen_keys(o.ui, "Esc Esc f w");
	screen_type(o.ui, "tag=gold");
	screen_keys(o.ui, "Enter");
	assert_true(screen_has("Customers · 8 · sort Score ▼ · Tag = gold"));
	screen_keys(o.ui, "u");
	office_wait(&o);
	assert_true(screen_has("Undone."));
	assert_true(screen_has("Nobody passes this filter."));
	office_close(&o);
}

static void customers__reload__shows_what_another_program_wrote(void **state)
{
	struct office o;
	struct session *other;
	struct err err = ERR_INIT;
	struct customer c = CUSTOMER_INIT;

	(void)state;
	office_open(&o, &small);
	screen_keys(o.ui, "Down Down");
	other = office_session(&o);
	c.name = "Aaa";
	c.country = "BF";
	assert_true(customers_add(other, &c, &err));
	session_close(other);
	office_wait(&o);
	assert_true(screen_has("Customers · all · 17"));
	assert_true(screen_has("► Pharmacie de l'Étoi"));
	office_close(&o);
}

static void customers__export__writes_those_that_are_marked(void **state)
{
	char path[256];
	struct office o;
	FILE *f;
	char bytes[65536];
	size_t n;

	(void)state;
	office_open(&o, &small);
	setenv("HOME", o.folder, 1);
	screen_keys(o.ui, "Space Space w");
	screen_expect("customers-export");
	screen_keys(o.ui, "c");
	office_wait(&o);
	assert_true(screen_has("2 rows are in this file:"));
	snprintf(path, sizeof(path), "%s/ecompta/customers-2026-11-17.csv", o.folder);
	assert_true(screen_has("/ecompta/customers-2026-11-17.csv"));
	f = fopen(path, "r");
	assert_non_null(f);
	n = fread(bytes, 1, sizeof(bytes) - 1, f);
	bytes[n] = '\0';
	fclose(f);
	assert_non_null(strstr(bytes, "École La Sagesse"));
	assert_non_null(strstr(bytes, "Mariam"));
	assert_null(strstr(bytes, "Kabré"));
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
		cmocka_unit_test(customers__filter__by_fields_kept_and_taken_again),
		cmocka_unit_test(customers__search__finds_half_a_number_pasted_with_spaces),
		cmocka_unit_test(customers__search__says_that_nothing_was_found),
		cmocka_unit_test(customers__mark__tags_them_all_and_takes_it_back),
		cmocka_unit_test(customers__export__writes_those_that_are_marked),
		cmocka_unit_test(customers__reload__shows_what_another_program_wrote),
	};

	return cmocka_run_group_tests(tests, NULL, end);
}
