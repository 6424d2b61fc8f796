#include "test.h"

#include "unsubscribe.h"

static void assert_url(const char *base, const char *ref, const char *token, const char *expected)
{
	struct strbuf out = STRBUF_INIT;

	assert_int_equal(unsubscribe_url(base, ref, token, &out), expected != NULL);
	assert_string_equal(out.buf, expected ? expected : "");
	strbuf_release(&out);
}

static void unsubscribe__url__is_base_ref_and_token(void **state)
{
	(void)state;
	assert_url(
		"https://crm.example.com", "m-12", "0af3", "https://crm.example.com/u/m-12.0af3");
	assert_url("https://example.com:8443/crm//", "m-12", "0af3",
		"https://example.com:8443/crm/u/m-12.0af3");
	assert_url("http://127.0.0.1:8080", "m-1", "ff", "http://127.0.0.1:8080/u/m-1.ff");
	assert_url("http://localhost/", "m-1", "ff", "http://localhost/u/m-1.ff");
	assert_url("http://[::1]:80", "m-1", "ff", "http://[::1]:80/u/m-1.ff");
}

static void unsubscribe__url__refuses_what_will_not_do(void **state)
{
	char base[600];

	(void)state;
	assert_url("", "m-1", "ff", NULL);
	assert_url("https://", "m-1", "ff", NULL);
	assert_url("https:///u", "m-1", "ff", NULL);
	assert_url("http://example.com", "m-1", "ff", NULL);
	assert_url("http://localhost.example.com", "m-1", "ff", NULL);
	assert_url("ftp://example.com", "m-1", "ff", NULL);
	assert_url("https://example.com/?a=b", "m-1", "ff", NULL);
	assert_url("https://example.com/#a", "m-1", "ff", NULL);
	assert_url("https://user@example.com", "m-1", "ff", NULL);
	assert_url("https://example.com\r\nBcc: x", "m-1", "ff", NULL);
	assert_url("https://exämple.com", "m-1", "ff", NULL);
	assert_url("https://example.com", "", "ff", NULL);
	assert_url("https://example.com", "m-1", "", NULL);
	assert_url("https://example.com", "m/1", "ff", NULL);
	memset(base, 'a', sizeof(base));
	memcpy(base, "https://", 8);
	base[513] = '\0';
	assert_url(base, "m-1", "ff", NULL);
}

static void unsubscribe__mailto__names_the_message(void **state)
{
	struct strbuf out = STRBUF_INIT;

	(void)state;
	unsubscribe_mailto("contact@example.com", "m-12", &out);
	assert_string_equal(out.buf, "mailto:contact@example.com?subject=unsubscribe%20m-12");
	strbuf_clear(&out);
	unsubscribe_mailto("a+b?&c@example.com", "m-9", &out);
	assert_string_equal(out.buf, "mailto:a%2Bb%3F%26c@example.com?subject=unsubscribe%20m-9");
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unsubscribe__url__is_base_ref_and_token),
		cmocka_unit_test(unsubscribe__url__refuses_what_will_not_do),
		cmocka_unit_test(unsubscribe__mailto__names_the_message),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
