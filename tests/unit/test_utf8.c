#include "test.h"

#include "utf8.h"

#define FAMILY "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7" /* woman, joiner, girl */

static void check_decode(const char *s, size_t len, uint32_t want, size_t taken)
{
	uint32_t cp = 0;

	assert_int_equal(utf8_decode(s, len, &cp), taken);
	assert_int_equal(cp, want);
}

static void utf8__decode__reads_one_to_four_bytes(void **state)
{
	(void)state;
	check_decode("A", 1, 'A', 1);
	check_decode("\0", 1, 0, 1);
	check_decode("é!", 3, 0xE9, 2);
	check_decode("€", 3, 0x20AC, 3);
	check_decode("\xEF\xBF\xBD", 3, 0xFFFD, 3);
	check_decode("\xF0\x9F\x98\x80", 4, 0x1F600, 4);
	check_decode("\xF4\x8F\xBF\xBF", 4, 0x10FFFF, 4);
	check_decode("x", 0, 0xFFFD, 0);
}

static void utf8__decode__answers_one_replacement_a_bad_byte(void **state)
{
	static const struct {
		const char *s;
		size_t len;
	} bad[] = {
		{ "\x80", 1 },		       /* a tail alone */
		{ "\xC3", 1 },		       /* a head alone */
		{ "\xC3(", 2 },		       /* a head without its tail */
		{ "\xE2\x82", 2 },	       /* cut short */
		{ "\xC0\x80", 2 },	       /* overlong */
		{ "\xE0\x9F\xBF", 3 },	       /* overlong */
		{ "\xF0\x8F\xBF\xBF", 4 },     /* overlong */
		{ "\xED\xA0\x80", 3 },	       /* a surrogate */
		{ "\xF4\x90\x80\x80", 4 },     /* over the last one */
		{ "\xF8\x88\x80\x80\x80", 5 }, /* five bytes */
		{ "\xFF", 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		check_decode(bad[i].s, bad[i].len, 0xFFFD, 1);
		assert_false(utf8_valid(bad[i].s, bad[i].len));
	}
	/* The ceiling counts, not what follows it. */
	check_decode("€", 2, 0xFFFD, 1);
}

static void utf8__valid__takes_every_code_point(void **state)
{
	char bytes[UTF8_MAX];

	(void)state;
	for (uint32_t cp = 0; cp <= 0x10FFFF; cp += cp < 0x3000 ? 1 : 97) {
		size_t n = utf8_encode(cp, bytes);

		if (cp >= 0xD800 && cp <= 0xDFFF) {
			check_decode(bytes, n, 0xFFFD, 3);
			continue;
		}
		assert_true(utf8_valid(bytes, n));
		check_decode(bytes, n, cp, n);
	}
	assert_int_equal(utf8_encode(0x110000, bytes), 3);
	assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
	assert_true(utf8_valid("", 0));
	assert_true(utf8_valid("\xEF\xBF\xBD", 3));
}

static void utf8__next__keeps_marks_with_their_base(void **state)
{
	/* e + acute + cedilla, a, family, b */
	static const char s[] = "e\xCC\x81\xCC\xA7"
				"a" FAMILY "b";
	static const size_t stops[] = { 0, 5, 6, 17, 18 };

	(void)state;
	for (size_t i = 0; i + 1 < 5; i++) {
		assert_int_equal(utf8_next(s, 18, stops[i]), stops[i + 1]);
		assert_int_equal(utf8_prev(s, 18, stops[i + 1]), stops[i]);
	}
	assert_int_equal(utf8_next(s, 18, 18), 18);
	assert_int_equal(utf8_prev(s, 18, 0), 0);
}

static void utf8__prev__steps_over_bad_bytes_one_by_one(void **state)
{
	static const char s[] = "a\xC3\x80\x80\xE2\x82";
	static const size_t stops[] = { 0, 1, 3, 4, 5, 6 };

	(void)state;
	for (size_t i = 0; i + 1 < 6; i++) {
		assert_int_equal(utf8_next(s, 6, stops[i]), stops[i + 1]);
		assert_int_equal(utf8_prev(s, 6, stops[i + 1]), stops[i]);
	}
	assert_int_equal(utf8_prev("\xCC\x81z", 3, 2), 0);
}

static void utf8__width__counts_cells(void **state)
{
	(void)state;
	assert_int_equal(utf8_width("Aïcha", 6), 5);
	assert_int_equal(utf8_width("e\xCC\x81", 3), 1);
	assert_int_equal(utf8_width("日本", 6), 4);
	assert_int_equal(utf8_width("\xF0\x9F\x98\x80", 4), 2);
	assert_int_equal(utf8_width("1\xC2\xA0"
				    "000",
				 6),
		5);
	assert_int_equal(utf8_width("\xE2\x80\x8B", 3), 0); /* zero width space */
	assert_int_equal(utf8_width("\xFF\xFE", 2), 2);
	assert_int_equal(utf8_char_width(0x02FF), 1);
	assert_int_equal(utf8_char_width(0x0300), 0);
	assert_int_equal(utf8_char_width(0x036F), 0);
	assert_int_equal(utf8_char_width(0x0370), 1);
	assert_int_equal(utf8_char_width(0x10FF), 1);
	assert_int_equal(utf8_char_width(0x1100), 2);
	assert_int_equal(utf8_char_width(0xAD), 1);
	assert_int_equal(utf8_char_width(0x25CF), 1); /* ambiguous ones are narrow */
	assert_int_equal(utf8_char_width(0x3FFFD), 2);
	assert_int_equal(utf8_char_width(0xE0100), 0);
	assert_int_equal(utf8_char_width(0x10FFFF), 1);
	assert_int_equal(utf8_char_width('\n'), 1);
	assert_int_equal(utf8_char_width(0x202E), 1);
}

static void utf8__fit__ends_between_characters(void **state)
{
	(void)state;
	assert_int_equal(utf8_fit("Aïcha", 6, 2), 3);
	assert_int_equal(utf8_fit("Aïcha", 6, 5), 6);
	assert_int_equal(utf8_fit("Aïcha", 6, 0), 0);
	assert_int_equal(utf8_fit("日本", 6, 3), 3);
	/* The mark goes with its base though it needs no cell. */
	assert_int_equal(utf8_fit("e\xCC\x81z", 4, 1), 3);
	assert_int_equal(utf8_fit(FAMILY, 11, 3), 0);
	assert_int_equal(utf8_fit(FAMILY, 11, 4), 11);
}

static void check_cut(const char *s, size_t cells, const char *ellipsis, const char *want)
{
	struct strbuf sb = STRBUF_INIT;

	utf8_add_cut(&sb, s, strlen(s), cells, ellipsis);
	assert_string_equal(sb.buf, want);
	strbuf_release(&sb);
}

static void utf8__add_cut__leaves_room_for_the_ellipsis(void **state)
{
	(void)state;
	check_cut("Ouédraogo", 9, "…", "Ouédraogo");
	check_cut("Ouédraogo", 8, "…", "Ouédrao…");
	check_cut("Ouédraogo", 4, "...", "O...");
	check_cut("Ouédraogo", 2, "...", "..");
	check_cut("Ouédraogo", 1, "…", "…");
	check_cut("Ouédraogo", 0, "…", "");
	check_cut("Ouédraogo", 3, "", "Oué");
	check_cut("日本語", 4, "…", "日…");
	check_cut("", 0, "…", "");
}

static void check_clean(const char *s, size_t len, const char *instead, const char *want)
{
	struct strbuf sb = STRBUF_INIT;

	utf8_add_clean(&sb, s, len, instead);
	assert_string_equal(sb.buf, want);
	strbuf_release(&sb);
}

static void utf8__add_clean__takes_the_terminal_out_of_reach(void **state)
{
	(void)state;
	check_clean("Aïcha", 6, "?", "Aïcha");
	check_clean("a\x1B[31mb", 7, "?", "a?[31mb");
	check_clean("a\x1B[31mb", 7, "", "a[31mb");
	check_clean("a\tb\nc\r", 6, "?", "a b c ");
	check_clean("a\0b\x7F", 4, "?", "a?b?");
	check_clean("a\xC2\x9B"
		    "b",
		4, "?", "a?b"); /* C1 */
	check_clean("a\xE2\x80\xAE"
		    "b\xE2\x81\xA9",
		8, "?", "a?b?"); /* bidi */
	check_clean("a\xE2\x80\xA8"
		    "b",
		5, "?", "a b"); /* line separator */
	check_clean("\xFF"
		    "b\xC3",
		3, "\xEF\xBF\xBD",
		"\xEF\xBF\xBD"
		"b\xEF\xBF\xBD");
	check_clean("\xEF\xBF\xBD", 3, "?", "\xEF\xBF\xBD");
	check_clean("1\xC2\xA0"
		    "000",
		6, "?",
		"1\xC2\xA0"
		"000");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(utf8__decode__reads_one_to_four_bytes),
		cmocka_unit_test(utf8__decode__answers_one_replacement_a_bad_byte),
		cmocka_unit_test(utf8__valid__takes_every_code_point),
		cmocka_unit_test(utf8__next__keeps_marks_with_their_base),
		cmocka_unit_test(utf8__prev__steps_over_bad_bytes_one_by_one),
		cmocka_unit_test(utf8__width__counts_cells),
		cmocka_unit_test(utf8__fit__ends_between_characters),
		cmocka_unit_test(utf8__add_cut__leaves_room_for_the_ellipsis),
		cmocka_unit_test(utf8__add_clean__takes_the_terminal_out_of_reach),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
