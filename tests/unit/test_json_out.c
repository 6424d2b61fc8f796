#include "test.h"

#include "json_out.h"

static void write_sample(struct json_out *o)
{
	json_out_object(o, NULL);
	json_out_id(o, "id", INT64_C(9223372036854775807));
	json_out_str(o, "name", "Kabr\xc3\xa9 \"Awa\"");
	json_out_int(o, "least", INT64_MIN);
	json_out_decimal(o, "amount", -1205, 2);
	json_out_bool(o, "active", true);
	json_out_null(o, "city");
	json_out_str(o, "street", NULL);
	json_out_array(o, "tags");
	json_out_str(o, NULL, "gros");
	json_out_int(o, NULL, 2);
	json_out_end(o);
	json_out_array(o, "none");
	json_out_end(o);
	json_out_object(o, "empty");
	json_out_end(o);
	json_out_end(o);
}

static const char on_one_line[] =
	"{\"id\":\"9223372036854775807\",\"name\":\"Kabr\xc3\xa9 \\\"Awa\\\"\","
	"\"least\":-9223372036854775808,\"amount\":-12.05,\"active\":true,\"city\":null,"
	"\"street\":null,\"tags\":[\"gros\",2],\"none\":[],\"empty\":{}}";

static void json_out__buf__writes_one_line(void **state)
{
	struct strbuf sb = STRBUF_INIT;
	struct err err = ERR_INIT;
	struct json_out o;

	(void)state;
	json_out_init_buf(&o, &sb, false);
	write_sample(&o);
	assert_true(json_out_finish(&o, &err));
	assert_string_equal(sb.buf, on_one_line);
	strbuf_release(&sb);
}

static void json_out__indent__one_member_a_line(void **state)
{
	struct strbuf sb = STRBUF_INIT;
	struct err err = ERR_INIT;
	struct json_out o;

	(void)state;
	json_out_init_buf(&o, &sb, true);
	json_out_array(&o, NULL);
	json_out_object(&o, NULL);
	json_out_int(&o, "a", 1);
	json_out_array(&o, "b");
	json_out_end(&o);
	json_out_end(&o);
	json_out_bool(&o, NULL, false);
	json_out_end(&o);
	assert_true(json_out_finish(&o, &err));
	assert_string_equal(sb.buf, "[\n  {\n    \"a\": 1,\n    \"b\": []\n  },\n  false\n]");
	strbuf_release(&sb);
}

static void assert_text(const char *text, const char *expected)
{
	struct strbuf sb = STRBUF_INIT;
	struct err err = ERR_INIT;
	struct json_out o;

	json_out_init_buf(&o, &sb, false);
	json_out_str(&o, NULL, text);
	assert_true(json_out_finish(&o, &err));
	assert_string_equal(sb.buf, expected);
	strbuf_release(&sb);
}

static void json_out__str__escapes_what_it_must(void **state)
{
	(void)state;
	assert_text("", "\"\"");
	assert_text("\b\t\n\v\f\r\x01\x1f\x7f", "\"\\b\\t\\n\\u000b\\f\\r\\u0001\\u001f\x7f\"");
	assert_text("a\\b/\"c\"", "\"a\\\\b/\\\"c\\\"\"");
	assert_text("\xe2\x82\xac\xf0\x9f\x99\x82", "\"\xe2\x82\xac\xf0\x9f\x99\x82\"");
	assert_text("a\xff\xe9z\xef\xbf\xbd", "\"a\xef\xbf\xbd\xef\xbf\xbdz\xef\xbf\xbd\"");
}

static void assert_decimal(int64_t value, int decimals, const char *expected)
{
	struct strbuf sb = STRBUF_INIT;
	struct err err = ERR_INIT;
	struct json_out o;

	json_out_init_buf(&o, &sb, false);
	json_out_decimal(&o, NULL, value, decimals);
	assert_true(json_out_finish(&o, &err));
	assert_string_equal(sb.buf, expected);
	strbuf_release(&sb);
}

static void json_out__decimal__is_exact(void **state)
{
	(void)state;
	assert_decimal(7, 1, "0.7");
	assert_decimal(-7, 2, "-0.07");
	assert_decimal(1250, 0, "1250");
	assert_decimal(INT64_MIN, 2, "-92233720368547758.08");
	assert_decimal(INT64_MAX, 18, "9.223372036854775807");
}

static void json_out__finish__reports_the_ceiling(void **state)
{
	struct strbuf sb = STRBUF_INIT_MAX(4);
	struct err err = ERR_INIT;
	struct json_out o;

	(void)state;
	json_out_init_buf(&o, &sb, false);
	json_out_str(&o, NULL, "abc");
	assert_false(json_out_finish(&o, &err));
	assert_int_equal(err.code, ERR_TOO_LARGE);
	strbuf_release(&sb);
}

static void json_out__file__streams_all_of_it(void **state)
{
	FILE *file = tmpfile();
	struct err err = ERR_INIT;
	struct json_out o;
	char head[sizeof("[\"12345678\",")] = "";

	(void)state;
	json_out_init_file(&o, file, false);
	json_out_array(&o, NULL);
	for (int i = 0; i < 100000; i++)
		json_out_str(&o, NULL, "12345678");
	json_out_end(&o);
	assert_true(o.own.cap < 65536);
	assert_true(json_out_finish(&o, &err));
	assert_int_equal(ftell(file), 100000 * 11 + 1);
	rewind(file);
	assert_int_equal(fread(head, 1, sizeof(head) - 1, file), sizeof(head) - 1);
	assert_string_equal(head, "[\"12345678\",");
	fclose(file);
}

static void write_to_a_full_disk(int count)
{
	FILE *file = fopen("/dev/full", "w");
	struct err err = ERR_INIT;
	struct json_out o;

	if (!file)
		skip();
	json_out_init_file(&o, file, false);
	json_out_array(&o, NULL);
	for (int i = 0; i < count; i++)
		json_out_str(&o, NULL, "abc");
	json_out_end(&o);
	assert_false(json_out_finish(&o, &err));
	assert_int_equal(err.code, ERR_DISK_FULL);
	fclose(file);
}

static void json_out__file__reports_a_full_disk(void **state)
{
	(void)state;
	write_to_a_full_disk(1);
	write_to_a_full_disk(100000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_out__buf__writes_one_line),
		cmocka_unit_test(json_out__indent__one_member_a_line),
		cmocka_unit_test(json_out__str__escapes_what_it_must),
		cmocka_unit_test(json_out__decimal__is_exact),
		cmocka_unit_test(json_out__finish__reports_the_ceiling),
		cmocka_unit_test(json_out__file__streams_all_of_it),
		cmocka_unit_test(json_out__file__reports_a_full_disk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
