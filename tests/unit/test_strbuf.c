#include "test.h"

#include "strbuf.h"

static void strbuf__add__grows_and_terminates(void **state)
{
	struct strbuf sb = STRBUF_INIT;

	(void)state;
	assert_string_equal(sb.buf, "");
	for (int i = 0; i < 100; i++)
		strbuf_addf(&sb, "%d,", i);
	assert_int_equal(sb.len, 10 * 2 + 90 * 3);
	assert_int_equal(sb.buf[sb.len], '\0');
	strbuf_release(&sb);
	assert_string_equal(sb.buf, "");
}

static void strbuf__add__stops_at_its_ceiling(void **state)
{
	struct strbuf sb = STRBUF_INIT_MAX(5);

	(void)state;
	strbuf_adds(&sb, "abc");
	strbuf_adds(&sb, "def");
	assert_true(sb.full);
	assert_string_equal(sb.buf, "abc");
	strbuf_addc(&sb, 'd');
	assert_string_equal(sb.buf, "abc");
	strbuf_clear(&sb);
	strbuf_adds(&sb, "12345");
	assert_false(sb.full);
	assert_string_equal(sb.buf, "12345");
	strbuf_release(&sb);
}

static void strbuf__trim__removes_blanks_at_both_ends(void **state)
{
	struct strbuf sb = STRBUF_INIT;

	(void)state;
	strbuf_adds(&sb, " \t a b\r\n");
	strbuf_trim(&sb);
	assert_string_equal(sb.buf, "a b");
	strbuf_release(&sb);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strbuf__add__grows_and_terminates),
		cmocka_unit_test(strbuf__add__stops_at_its_ceiling),
		cmocka_unit_test(strbuf__trim__removes_blanks_at_both_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
