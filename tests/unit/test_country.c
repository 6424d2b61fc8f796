#include "test.h"

#include <string.h>

#include "country.h"

static void country__find__either_case(void **state)
{
	(void)state;
	assert_string_equal(country_find("BF")->name, "Burkina Faso");
	assert_string_equal(country_find("fr")->currency, "EUR");
	assert_null(country_find(""));
	assert_null(country_find("B"));
	assert_null(country_find("BFA"));
	assert_null(country_find("XX"));
	assert_non_null(country_find(COUNTRY_DEFAULT));
}

static void country__table__has_the_numbering_plans(void **state)
{
	static const struct {
		const char *iso;
		int code, min, max;
		char trunk;
		bool kept;
	} rows[] = {
		{ "BF", 226, 8, 8, 0, false },
		{ "CI", 225, 10, 10, '0', true },
		{ "BJ", 229, 10, 10, '0', true },
		{ "SN", 221, 9, 9, 0, false },
		{ "ML", 223, 8, 8, 0, false },
		{ "TG", 228, 8, 8, 0, false },
		{ "NE", 227, 8, 8, 0, false },
		{ "GW", 245, 9, 9, 0, false },
		{ "GN", 224, 8, 9, 0, false },
		{ "CM", 237, 9, 9, 0, false },
		{ "GA", 241, 8, 8, '0', false },
		{ "MA", 212, 9, 9, '0', false },
		{ "TN", 216, 8, 8, 0, false },
		{ "FR", 33, 9, 9, '0', false },
		{ "BE", 32, 8, 9, '0', false },
		{ "CH", 41, 9, 9, '0', false },
		{ "LU", 352, 4, 11, 0, false },
		{ "IT", 39, 6, 11, '0', true },
		{ "CA", 1, 10, 10, '1', false },
		{ "GB", 44, 9, 10, '0', false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct country *c = country_find(rows[i].iso);

		if (!c || c->code != rows[i].code || c->min != rows[i].min ||
			c->max != rows[i].max || c->trunk != rows[i].trunk ||
			c->trunk_kept != rows[i].kept)
			fail_msg("%s", rows[i].iso);
	}
}

static void country__table__is_whole(void **state)
{
	const struct country *c, *other;
	size_t taken;

	(void)state;
	for (size_t i = 0; (c = country_at(i)); i++) {
		char digits[16];

		assert_ptr_equal(country_find(c->iso), c);
		assert_int_equal(strlen(c->currency), 3);
		assert_non_null(strchr(c->time_zone, '/'));
		assert_true(c->name[0] && c->min <= c->max);
		snprintf(digits, sizeof(digits), "%d123", c->code);
		other = country_of_digits(digits, &taken);
		if (!other || other->code != c->code || taken != strlen(digits) - 3)
			fail_msg("%s: +%d reads as another", c->iso, c->code);
		for (size_t n = i + 1; (other = country_at(n)); n++)
			assert_string_not_equal(c->iso, other->iso);
	}
}

static void country__of_code__takes_the_main_one(void **state)
{
	(void)state;
	assert_string_equal(country_of_code(1)->iso, "US");
	assert_string_equal(country_of_code(262)->iso, "RE");
	assert_string_equal(country_of_code(590)->iso, "GP");
	assert_string_equal(country_of_code(226)->iso, "BF");
	assert_null(country_of_code(999));
	assert_null(country_of_code(0));
}

static void country__of_digits__needs_a_code(void **state)
{
	size_t taken = 9;

	(void)state;
	assert_null(country_of_digits("", &taken));
	assert_null(country_of_digits("22", &taken));
	assert_null(country_of_digits("0226", &taken));
	assert_null(country_of_digits("9991", &taken));
	assert_int_equal(taken, 9);
	assert_string_equal(country_of_digits("33", &taken)->iso, "FR");
	assert_int_equal(taken, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(country__find__either_case),
		cmocka_unit_test(country__table__has_the_numbering_plans),
		cmocka_unit_test(country__table__is_whole),
		cmocka_unit_test(country__of_code__takes_the_main_one),
		cmocka_unit_test(country__of_digits__needs_a_code),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
