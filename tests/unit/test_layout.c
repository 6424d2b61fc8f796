#include "test.h"

#include "layout.h"
#include "look.h"
#include "words.h"

#include "date.h"

static void check(const struct layout_col *cols, size_t n, int width, const int *want)
{
	int widths[8], used, sum = 0;

	used = layout_columns(cols, n, width, 1, widths);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(widths[i], want[i]);
		sum += widths[i] ? widths[i] + (sum ? 1 : 0) : 0;
	}
	assert_int_equal(used, sum);
	assert_true(used <= width);
}

static void layout__columns__by_priority(void **state)
{
	static const struct layout_col cols[] = {
		{ 10, 30, 0, false },
		{ 8, 10, 2, false },
		{ 5, 5, 1, false },
		{ 6, 9, 3, false },
	};

	(void)state;
	check(cols, 4, 32, (const int[]){ 10, 8, 5, 6 });
	check(cols, 4, 31, (const int[]){ 16, 8, 5, 0 });
	check(cols, 4, 33, (const int[]){ 11, 8, 5, 6 });
	check(cols, 4, 53, (const int[]){ 30, 9, 5, 6 });
	check(cols, 4, 100, (const int[]){ 30, 10, 5, 9 });
	check(cols, 4, 16, (const int[]){ 10, 0, 5, 0 });
	check(cols, 4, 15, (const int[]){ 15, 0, 0, 0 });
	check(cols, 4, 6, (const int[]){ 6, 0, 0, 0 }); /* the first one shrinks */
	check(cols, 4, 0, (const int[]){ 0, 0, 0, 0 });
}

static void layout__columns__not_chosen(void **state)
{
	static const struct layout_col cols[] = {
		{ 10, 20, 0, false },
		{ 8, 8, 1, true },
		{ 5, 5, 2, false },
	};

	(void)state;
	check(cols, 3, 24, (const int[]){ 18, 0, 5 });
}

static void layout__rect__cuts(void **state)
{
	struct rect r = { 2, 3, 10, 40 }, cut = rect_top(&r, 2);

	(void)state;
	assert_int_equal(cut.y, 2);
	assert_int_equal(cut.h, 2);
	assert_int_equal(r.y, 4);
	cut = rect_bottom(&r, 3);
	assert_int_equal(cut.y, 9);
	assert_int_equal(r.h, 5);
	cut = rect_right(&r, 10);
	assert_int_equal(cut.x, 33);
	cut = rect_left(&r, 100);
	assert_int_equal(cut.w, 30);
	assert_int_equal(r.w, 0);
	r = (struct rect){ 0, 0, 24, 80 };
	cut = rect_centre(r, 100, 20);
	assert_int_equal(cut.h, 24);
	assert_int_equal(cut.x, 30);
	assert_true(rect_has(cut, 23, 49));
	assert_false(rect_has(cut, 24, 49));
	assert_false(rect_has(cut, 23, 50));
}

static void look__fold__to_ascii(void **state)
{
	static const struct {
		unsigned cp;
		const char *want;
	} cases[] = {
		{ 'a', "a" },
		{ 0xE9, "e" },
		{ 0xC7, "C" },
		{ 0x153, "oe" },
		{ 0x178, "Y" },
		{ 0x17E, "z" },
		{ 0x160, "S" },
		{ 0x141, "L" },
		{ 0xDF, "ss" },
		{ 0x2019, "'" },
		{ 0x202F, " " },
		{ 0x2500, "-" },
		{ 0x25BA, ">" },
		{ 0x20AC, "EUR" },
		{ 0x65E5, "?" },
		{ 0x301, "" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct strbuf out = STRBUF_INIT;

		look_fold(&out, cases[i].cp);
		assert_string_equal(out.buf, cases[i].want);
		strbuf_release(&out);
	}
}

static void words__read_day__as_people_type(void **state)
{
	int32_t today = date_from_civil(2026, 11, 17);
	static const struct {
		const char *text, *want; /* NULL: none */
	} cases[] = {
		{ "17/11", "2026-11-17" },
		{ "16/11", "2027-11-16" },
		{ "1/1", "2027-01-01" },
		{ "1.12.26", "2026-12-01" },
		{ "29/2", NULL },
		{ "29/02/28", "2028-02-29" },
		{ "+0", "2026-11-17" },
		{ "+30", "2026-12-17" },
		{ "+", NULL },
		{ "+-1", NULL },
		{ "31/02/2026", NULL },
		{ "12", NULL },
		{ "1/2/3/4", NULL },
		{ "", NULL },
		{ "tomorrow", NULL },
		{ "2026-11-03", "2026-11-03" },
		{ "03/11/2026", "2026-11-03" },
		{ "99999999/1", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct strbuf out = STRBUF_INIT;
		int32_t day = DAY_NONE;
		bool read = words_read_day(cases[i].text, today, &day);

		assert_int_equal(read, cases[i].want != NULL);
		date_add_iso(&out, read ? day : DAY_NONE);
		assert_string_equal(out.buf, cases[i].want ? cases[i].want : "");
		strbuf_release(&out);
	}
}

static void words__duration__units(void **state)
{
	static const struct {
		int64_t seconds;
		const char *want;
	} cases[] = {
		{ 0, "0\u00a0s" },
		{ 59, "59\u00a0s" },
		{ 60, "1\u00a0min" },
		{ 89, "1\u00a0min" },
		{ 90, "2\u00a0min" },
		{ 3600, "1\u00a0h\u00a000" },
		{ 3660, "1\u00a0h\u00a001" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct strbuf out = STRBUF_INIT;

		words_duration(&out, cases[i].seconds);
		assert_string_equal(out.buf, cases[i].want);
		strbuf_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(layout__columns__by_priority),
		cmocka_unit_test(layout__columns__not_chosen),
		cmocka_unit_test(layout__rect__cuts),
		cmocka_unit_test(look__fold__to_ascii),
		cmocka_unit_test(words__read_day__as_people_type),
		cmocka_unit_test(words__duration__units),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
