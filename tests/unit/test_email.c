#include "test.h"

#include <string.h>

#include "compiler.h"
#include "email.h"

#define TEN "abcdefghij"
#define SIXTY TEN TEN TEN TEN TEN TEN

static void email__clean__accepts(void **state)
{
	static const struct {
		const char *raw, *address, *key;
	} rows[] = {
		{ "awa@mail.bf", "awa@mail.bf", "awa@mail.bf" },
		{ "Awa.Kabre+Promo@Mail.BF", "Awa.Kabre+Promo@mail.bf", "awa.kabre+promo@mail.bf" },
		{ "o'brien@x.ie", "o'brien@x.ie", "o'brien@x.ie" },
		{ "!#$%&'*+-/=?^_`{|}~@x.bf", "!#$%&'*+-/=?^_`{|}~@x.bf",
			"!#$%&'*+-/=?^_`{|}~@x.bf" },
		{ "\"Awa Kabre\"@x.bf", "\"Awa Kabre\"@x.bf", "\"awa kabre\"@x.bf" },
		{ "\"a@b\"@x.bf", "\"a@b\"@x.bf", "\"a@b\"@x.bf" },
		{ "\"a\\\"b\"@x.bf", "\"a\\\"b\"@x.bf", "\"a\\\"b\"@x.bf" },
		{ "\"Awa\"@x.bf", "\"Awa\"@x.bf", "awa@x.bf" },
		{ "\"\"@x.bf", "\"\"@x.bf", "\"\"@x.bf" },
		{ "a@xn--9ca.fr", "a@xn--9ca.fr", "a@xn--9ca.fr" },
		{ "a@École.fr", "a@école.fr", "a@école.fr" },
		{ "a@例え.jp", "a@例え.jp", "a@例え.jp" },
		{ "a@1.x-y.bf", "a@1.x-y.bf", "a@1.x-y.bf" },
		{ "a@[192.0.2.1]", "a@[192.0.2.1]", "a@[192.0.2.1]" },
		{ "a@[IPv6:2001:DB8::1]", "a@[ipv6:2001:db8::1]", "a@[ipv6:2001:db8::1]" },
		{ "a@[x-tag:b@c]", "a@[x-tag:b@c]", "a@[x-tag:b@c]" },
		/* what spreadsheets and pastes leave */
		{ "  awa@mail.bf\t\r\n", "awa@mail.bf", "awa@mail.bf" },
		{ "\xc2\xa0"
		  "awa@mail.bf\xe2\x80\x8b",
			"awa@mail.bf", "awa@mail.bf" },
		{ "\xef\xbb\xbf"
		  "awa@mail.bf",
			"awa@mail.bf", "awa@mail.bf" },
		{ "mailto:awa@mail.bf", "awa@mail.bf", "awa@mail.bf" },
		{ "MAILTO: awa@mail.bf", "awa@mail.bf", "awa@mail.bf" },
		{ "awa@mail.bf.", "awa@mail.bf", "awa@mail.bf" },
		{ "awa@mail.bf;", "awa@mail.bf", "awa@mail.bf" },
		{ "awa@mail.bf , ", "awa@mail.bf", "awa@mail.bf" },
		{ "<awa@mail.bf>", "awa@mail.bf", "awa@mail.bf" },
		{ "Awa Kabré <awa@mail.bf>;", "awa@mail.bf", "awa@mail.bf" },
		{ "'awa@mail.bf'", "awa@mail.bf", "awa@mail.bf" },
		{ "\"awa@mail.bf\"", "awa@mail.bf", "awa@mail.bf" },
		{ SIXTY "abcd@x.bf", SIXTY "abcd@x.bf", SIXTY "abcd@x.bf" },
		{ "a@" SIXTY "abc.bf", "a@" SIXTY "abc.bf", "a@" SIXTY "abc.bf" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct email e;

		if (!email_clean(rows[i].raw, &e) || strcmp(e.address, rows[i].address) != 0 ||
			strcmp(e.key, rows[i].key) != 0 || e.doubtful)
			fail_msg("“%s”: %d “%s” “%s”", rows[i].raw, e.result, e.address, e.key);
	}
}

static void email__clean__refuses(void **state)
{
	static const struct {
		const char *raw;
		enum email_result result;
	} rows[] = {
		{ "", EMAIL_EMPTY },
		{ " \t", EMAIL_EMPTY },
		{ "awa", EMAIL_NO_AT },
		{ "awa.mail.bf", EMAIL_NO_AT },
		{ "@mail.bf", EMAIL_NO_AT },
		{ "awa@", EMAIL_NO_AT },
		{ "\"awa\"mail.bf", EMAIL_NO_AT },
		{ "awa@x.bf; issa@x.bf", EMAIL_SEVERAL },
		{ "awa@x.bf issa@x.bf", EMAIL_SEVERAL },
		{ "kaboré@x.bf", EMAIL_NOT_ASCII },
		{ "awa kabre@x.bf", EMAIL_BAD_LOCAL },
		{ ".awa@x.bf", EMAIL_BAD_LOCAL },
		{ "awa.@x.bf", EMAIL_BAD_LOCAL },
		{ "a..b@x.bf", EMAIL_BAD_LOCAL },
		{ "a(b@x.bf", EMAIL_BAD_LOCAL },
		{ "a\x01@x.bf", EMAIL_BAD_LOCAL },
		{ "\"a@x.bf", EMAIL_BAD_LOCAL },
		{ "a@x..bf", EMAIL_BAD_DOMAIN },
		{ "a@.bf", EMAIL_BAD_DOMAIN },
		{ "a@-x.bf", EMAIL_BAD_DOMAIN },
		{ "a@x-.bf", EMAIL_BAD_DOMAIN },
		{ "a@x_y.bf", EMAIL_BAD_DOMAIN },
		{ "a@x y.bf", EMAIL_BAD_DOMAIN },
		{ "a@x\xff.bf", EMAIL_BAD_DOMAIN },
		{ "a@x\xc2\xa0y.bf", EMAIL_BAD_DOMAIN },
		{ "a@x\xe2\x80\xaey.bf", EMAIL_BAD_DOMAIN },
		{ "a@[192.0.2.256]", EMAIL_BAD_DOMAIN },
		{ "a@[IPv6:zz]", EMAIL_BAD_DOMAIN },
		{ "a@[192.0.2.1", EMAIL_BAD_DOMAIN },
		{ "a@[]", EMAIL_BAD_DOMAIN },
		{ "a@[tag:]", EMAIL_BAD_DOMAIN },
		{ SIXTY "abcde@x.bf", EMAIL_TOO_LONG },
		{ "a@" SIXTY "abcd.bf", EMAIL_BAD_DOMAIN },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct email e;
		bool ok = email_clean(rows[i].raw, &e);

		if (ok || e.result != rows[i].result || e.address[0] || e.key[0])
			fail_msg("“%s”: %d “%s”", rows[i].raw, e.result, e.address);
	}
}

/* 254 bytes are an address, 255 are not. */
static void email__clean__knows_the_longest(void **state)
{
	char raw[2048] = "a@";
	struct email e;

	(void)state;
	for (size_t i = 0; i < 252; i++)
		raw[2 + i] = i % 60 == 59 ? '.' : 'x';
	raw[254] = '\0';
	assert_true(email_clean(raw, &e));
	assert_int_equal(strlen(e.address), 254);
	raw[254] = 'x';
	raw[255] = '\0';
	assert_false(email_clean(raw, &e));
	assert_int_equal(e.result, EMAIL_TOO_LONG);
	memset(raw, 'x', sizeof(raw) - 1);
	raw[sizeof(raw) - 1] = '\0';
	assert_false(email_clean(raw, &e));
	assert_int_equal(e.result, EMAIL_TOO_LONG);
}

static void email__clean__doubts_a_domain_without_a_dot(void **state)
{
	struct email e;

	(void)state;
	assert_true(email_clean("awa@gmail", &e));
	assert_true(e.doubtful);
	assert_true(email_clean("root@localhost", &e));
	assert_true(e.doubtful);
	assert_true(email_clean("a@[192.0.2.1]", &e));
	assert_false(e.doubtful);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(email__clean__accepts),
		cmocka_unit_test(email__clean__refuses),
		cmocka_unit_test(email__clean__knows_the_longest),
		cmocka_unit_test(email__clean__doubts_a_domain_without_a_dot),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
