#include "test.h"

#include "json.h"

static struct json_doc *parse(const char *text)
{
	struct err err = ERR_INIT;
	struct json_doc *doc = json_parse(text, strlen(text), 1000, &err);

	if (!doc)
		print_error("%s\n", err.detail);
	assert_non_null(doc);
	return doc;
}

static const char sample[] =
	"\xef\xbb\xbf { \"columns\" : [ {\"name\":\"Nom\",\"at\":0}, "
	"{\"name\":\"T\\u00e9l\",\"at\":-3},\n"
	"\t{\"at\":1.5} ], \"id\":\"9223372036854775807\", \"ok\":true, \"none\":null,\n"
	"\"opt\":{\"x\":[[1],[]]} } \r\n";

static void json__get__reads_typed_values(void **state)
{
	struct json_doc *doc = parse(sample);
	struct json root = json_root(doc), columns, column = { 0 }, opt;
	struct err err = ERR_INIT;
	const char *name;
	int64_t number;
	bool ok = false;

	(void)state;
	assert_true(json_array(&root, "columns", &columns, &err));
	assert_int_equal(json_count(&columns), 3);
	assert_true(json_next(&columns, &column));
	assert_true(json_str(&column, "name", &name, &err));
	assert_string_equal(name, "Nom");
	assert_true(json_next(&columns, &column));
	assert_true(json_str(&column, "name", &name, &err));
	assert_string_equal(name, "T\xc3\xa9l");
	assert_true(json_int(&column, "at", -3, 10, &number, &err));
	assert_int_equal(number, -3);
	assert_true(json_next(&columns, &column));
	assert_false(json_next(&columns, &column));
	assert_true(json_id(&root, "id", &number, &err));
	assert_true(number == INT64_MAX);
	assert_true(json_bool(&root, "ok", &ok, &err));
	assert_true(ok);
	assert_true(json_object(&root, "opt", &opt, &err));
	assert_true(json_find(&root, "opt", &opt));
	assert_false(json_find(&root, "none", &opt));
	assert_false(json_find(&root, "OK", &opt));
	assert_false(json_find(&columns, "name", &opt));
	assert_int_equal(err.code, ERR_NONE);
	json_free(doc);
	json_free(NULL);
}

static void assert_named(struct err *err, const char *path, const char *detail)
{
	assert_int_equal(err->code, ERR_JSON);
	assert_string_equal(err->subject, path);
	assert_string_equal(err->detail, detail);
	err_clear(err);
}

static void json__get__names_the_path_of_what_is_wrong(void **state)
{
	struct json_doc *doc = parse(sample);
	struct json root = json_root(doc), columns, column = { 0 }, opt, x, inner = { 0 },
		    one = { 0 };
	struct err err = ERR_INIT;
	const char *name;
	int64_t number;
	bool ok;

	(void)state;
	assert_true(json_array(&root, "columns", &columns, &err));
	for (int i = 0; i < 3; i++)
		assert_true(json_next(&columns, &column));
	assert_false(json_str(&column, "name", &name, &err));
	assert_named(&err, "$.columns[2].name", "missing");
	assert_false(json_int(&column, "at", 0, 10, &number, &err));
	assert_named(&err, "$.columns[2].at", "a whole number expected");
	assert_false(json_str(&column, "at", &name, &err));
	assert_named(&err, "$.columns[2].at", "a string expected");
	assert_false(json_object(&root, "columns", &opt, &err));
	assert_named(&err, "$.columns", "an object expected");
	assert_false(json_array(&root, "ok", &opt, &err));
	assert_named(&err, "$.ok", "an array expected");
	assert_false(json_bool(&root, "none", &ok, &err));
	assert_named(&err, "$.none", "missing");
	assert_false(json_bool(&root, "id", &ok, &err));
	assert_named(&err, "$.id", "true or false expected");
	assert_false(json_str(&columns, "name", &name, &err));
	assert_named(&err, "$.columns", "an object expected");
	assert_true(json_object(&root, "opt", &opt, &err));
	assert_true(json_array(&opt, "x", &x, &err));
	assert_true(json_next(&x, &inner));
	assert_true(json_next(&inner, &one));
	assert_false(json_as_int(&one, 2, 3, &number, &err));
	assert_named(&err, "$.opt.x[0][0]", "a number out of its range");
	assert_false(json_as_int(&one, -3, 0, &number, &err));
	assert_named(&err, "$.opt.x[0][0]", "a number out of its range");
	assert_true(json_as_int(&one, 1, 1, &number, &err));
	json_free(doc);
}

static bool as_int(const char *text, int64_t *out)
{
	struct json_doc *doc = parse(text);
	struct json root = json_root(doc);
	struct err err = ERR_INIT;
	bool ok = json_as_int(&root, INT64_MIN, INT64_MAX, out, &err);

	json_free(doc);
	return ok;
}

static bool as_id(const char *text, int64_t *out)
{
	struct json_doc *doc = parse(text);
	struct json root = json_root(doc);
	struct err err = ERR_INIT;
	bool ok = json_as_id(&root, out, &err);

	json_free(doc);
	return ok;
}

static void json__as_int__refuses_what_was_rounded(void **state)
{
	int64_t out = 0;

	(void)state;
	assert_true(as_int("9007199254740991", &out));
	assert_true(out == INT64_C(9007199254740991));
	assert_true(as_int("-9007199254740991", &out));
	assert_true(as_int("1e3", &out));
	assert_int_equal(out, 1000);
	assert_false(as_int("9007199254740993", &out));
	assert_false(as_int("1e999", &out));
	assert_false(as_int("-1e300", &out));
	assert_false(as_int("0.5", &out));
	assert_false(as_int("\"1\"", &out));
}

static void json__as_id__takes_digits_only(void **state)
{
	int64_t out = 0;

	(void)state;
	assert_true(as_id("\"1\"", &out));
	assert_true(as_id("12", &out));
	assert_int_equal(out, 12);
	assert_false(as_id("\"\"", &out));
	assert_false(as_id("\"0\"", &out));
	assert_false(as_id("0", &out));
	assert_false(as_id("-1", &out));
	assert_false(as_id("\"-1\"", &out));
	assert_false(as_id("\" 1\"", &out));
	assert_false(as_id("\"1x\"", &out));
	assert_false(as_id("\"9223372036854775808\"", &out));
	assert_false(as_id("true", &out));
}

static void assert_refused(const char *text, size_t len)
{
	struct err err = ERR_INIT;

	assert_null(json_parse(text, len, 1000, &err));
	assert_int_equal(err.code, ERR_JSON);
}

static void json__parse__refuses_what_is_no_json(void **state)
{
	static const char *const bad[] = { "", " ", "{", "[1,]", "{\"a\":1", "{\"a\" 1}", "{a:1}",
		"1 2", "{} x", "nul", "\"abc", "\"a\\u0000b\"", "\"\xff\"", "[1]]" };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		assert_refused(bad[i], strlen(bad[i]));
	assert_refused("[1\0]", 4);
	assert_refused("\"a\0b\"", 5);
}

static void json__parse__keeps_its_ceilings(void **state)
{
	char deep[2 * JSON_DEPTH + 2];
	struct err err = ERR_INIT;
	struct json_doc *doc;

	(void)state;
	memset(deep, '[', JSON_DEPTH);
	memset(deep + JSON_DEPTH, ']', JSON_DEPTH);
	doc = json_parse(deep, 2 * JSON_DEPTH, 1000, &err);
	assert_non_null(doc);
	json_free(doc);
	memset(deep, '[', JSON_DEPTH + 1);
	memset(deep + JSON_DEPTH + 1, ']', JSON_DEPTH + 1);
	assert_refused(deep, sizeof(deep));
	doc = parse("\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\\"[[\"");
	json_free(doc);
	doc = json_parse("[1]  ", 5, 5, &err);
	assert_non_null(doc);
	json_free(doc);
	assert_null(json_parse("[1]   ", 6, 5, &err));
	assert_int_equal(err.code, ERR_TOO_LARGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json__get__reads_typed_values),
		cmocka_unit_test(json__get__names_the_path_of_what_is_wrong),
		cmocka_unit_test(json__as_int__refuses_what_was_rounded),
		cmocka_unit_test(json__as_id__takes_digits_only),
		cmocka_unit_test(json__parse__refuses_what_is_no_json),
		cmocka_unit_test(json__parse__keeps_its_ceilings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
