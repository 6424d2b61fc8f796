#include "test.h"

#include <string.h>

#include "sms.h"
#include "stop_text.h"

static void check_text(const char *language, const char *value, enum stop_way way, const char *want)
{
	struct strbuf out = STRBUF_INIT;
	enum stop_way found = STOP_WAY_COUNT;
	size_t at, len;

	assert_true(stop_way_find(value, &found));
	assert_int_equal(found, way);
	assert_true(stop_text(language, way, value, &out));
	assert_string_equal(out.buf, want);
	assert_false(sms_offender(out.buf, &at, &len));
	strbuf_release(&out);
}

static void stop_text__says_it_in_the_language(void **state)
{
	(void)state;
	check_text("fr", "36111", STOP_SHORT_CODE, "STOP au 36111");
	check_text("fr_BF", "36111", STOP_SHORT_CODE, "STOP au 36111");
	check_text("en", "36111", STOP_SHORT_CODE, "STOP to 36111");
	check_text("", "36111", STOP_SHORT_CODE, "STOP to 36111");
	check_text("fr", "+226 70 12 34 56", STOP_NUMBER, "STOP au +22670123456");
	check_text("en", "70123456", STOP_NUMBER, "STOP to 70123456");
	check_text("fr", "https://x.y/z", STOP_LINK, "Stop : https://x.y/z");
	check_text("en", "https://x.y/z", STOP_LINK, "Stop: https://x.y/z");
	check_text("en", "http://x", STOP_LINK, "Stop: http://x");
}

static void check_none(const char *value)
{
	enum stop_way way = STOP_WAY_COUNT;

	assert_false(stop_way_find(value, &way));
	assert_int_equal(way, STOP_WAY_COUNT);
}

static void stop_way__find__holds_its_limits(void **state)
{
	static const char link[] =
		"https://x.y/34567890123456789012345678901234567890123456789012345678"
		"9012345678901";
	char shorter[sizeof(link)];
	enum stop_way way;

	(void)state;
	check_none("");
	check_none("12");
	assert_true(stop_way_find("123", &way));
	assert_true(stop_way_find("123456", &way));
	assert_int_equal(way, STOP_SHORT_CODE);
	assert_true(stop_way_find("1234567", &way));
	assert_int_equal(way, STOP_NUMBER);
	assert_true(stop_way_find("+123456789012345", &way));
	check_none("+1234567890123456");
	check_none("+123456");
	check_none("36 1a1");
	check_none("++2267012345");
	check_none("https://");
	check_none("ftp://x.y");
	check_none("www.x.y");
	check_none("https://x y");
	check_none("https://forêt.fr");
	check_none("https://x\ny");
	assert_int_equal(sizeof(link) - 1, STOP_LINK_MAX + 1);
	check_none(link);
	memcpy(shorter, link, sizeof(link));
	shorter[STOP_LINK_MAX] = '\0';
	assert_true(stop_way_find(shorter, &way));
}

static void stop_text__refuses_another_way(void **state)
{
	struct strbuf out = STRBUF_INIT;

	(void)state;
	assert_false(stop_text("fr", STOP_LINK, "36111", &out));
	assert_false(stop_text("fr", STOP_SHORT_CODE, "https://x.y", &out));
	assert_false(stop_text("fr", STOP_NUMBER, "36111", &out));
	assert_int_equal(out.len, 0);
}

static void stop_way__parse__knows_its_words(void **state)
{
	enum stop_way way;

	(void)state;
	assert_true(stop_way_parse("short-code", &way));
	assert_int_equal(way, STOP_SHORT_CODE);
	assert_true(stop_way_parse(stop_way_word(STOP_LINK), &way));
	assert_int_equal(way, STOP_LINK);
	assert_string_equal(stop_way_label(STOP_NUMBER), "Phone number");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stop_text__says_it_in_the_language),
		cmocka_unit_test(stop_way__find__holds_its_limits),
		cmocka_unit_test(stop_text__refuses_another_way),
		cmocka_unit_test(stop_way__parse__knows_its_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
