#include "test.h"

#include "lang.h"

static void lang__parse__takes_codes_and_locale_names(void **state)
{
	enum lang lang = LANG_EN;

	(void)state;
	assert_true(lang_parse("fr", &lang));
	assert_int_equal(lang, LANG_FR);
	assert_true(lang_parse("EN", &lang));
	assert_int_equal(lang, LANG_EN);
	assert_true(lang_parse("fr_BF.UTF-8", &lang));
	assert_int_equal(lang, LANG_FR);
	assert_true(lang_parse("en-GB", &lang));
	assert_int_equal(lang, LANG_EN);
}

static void lang__parse__refuses_the_rest(void **state)
{
	static const char *const wrong[] = { "", "f", "fra", "de", "C", "french" };
	enum lang lang = LANG_FR;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_false(lang_parse(wrong[i], &lang));
	assert_int_equal(lang, LANG_FR);
}

static void lang__code__is_what_parse_takes(void **state)
{
	(void)state;
	assert_string_equal(lang_code(LANG_EN), "en");
	assert_string_equal(lang_code(LANG_FR), "fr");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lang__parse__takes_codes_and_locale_names),
		cmocka_unit_test(lang__parse__refuses_the_rest),
		cmocka_unit_test(lang__code__is_what_parse_takes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
