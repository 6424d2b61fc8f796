#include "test.h"

#include <sys/stat.h>
#include <unistd.h>

#include "crypt.h"

static void assert_hex(const unsigned char *bytes, size_t len, const char *expected)
{
	struct strbuf sb = STRBUF_INIT;

	crypt_hex(bytes, len, &sb);
	assert_string_equal(sb.buf, expected);
	strbuf_release(&sb);
}

/* Computed with Python's hashlib.blake2b(digest_size=32). */
#define BLAKE_EMPTY "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"
#define BLAKE_ABC "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"

static void crypt__hash__matches_blake2b_256(void **state)
{
	unsigned char out[CRYPT_HASH_SIZE];

	(void)state;
	crypt_hash("", 0, out);
	assert_hex(out, sizeof(out), BLAKE_EMPTY);
	crypt_hash("abc", 3, out);
	assert_hex(out, sizeof(out), BLAKE_ABC);
}

static void crypt__hash_add__does_not_see_the_cuts(void **state)
{
	unsigned char out[CRYPT_HASH_SIZE];
	struct crypt_hash h;

	(void)state;
	crypt_hash_init(&h);
	crypt_hash_add(&h, "a", 1);
	crypt_hash_add(&h, "", 0);
	crypt_hash_add(&h, "bc", 2);
	crypt_hash_final(&h, out);
	assert_hex(out, sizeof(out), BLAKE_ABC);
}

static void hash_two(const char *a, const char *b, unsigned char out[CRYPT_HASH_SIZE])
{
	struct crypt_hash h;

	crypt_hash_init(&h);
	crypt_hash_part(&h, a, strlen(a));
	crypt_hash_part(&h, b, strlen(b));
	crypt_hash_final(&h, out);
}

static void crypt__hash_part__keeps_fields_apart(void **state)
{
	unsigned char one[CRYPT_HASH_SIZE], two[CRYPT_HASH_SIZE], flat[CRYPT_HASH_SIZE];

	(void)state;
	hash_two("ab", "c", one);
	hash_two("a", "bc", two);
	assert_memory_not_equal(one, two, CRYPT_HASH_SIZE);
	hash_two("abc", "", two);
	assert_memory_not_equal(one, two, CRYPT_HASH_SIZE);
	/* the frame is written down, since the audit trail is read on other machines */
	crypt_hash("\2\0\0\0\0\0\0\0ab\1\0\0\0\0\0\0\0c", 19, flat);
	assert_memory_equal(one, flat, CRYPT_HASH_SIZE);
}

static void crypt__hash_int__is_eight_bytes_little_end_first(void **state)
{
	unsigned char one[CRYPT_HASH_SIZE], flat[CRYPT_HASH_SIZE];
	struct crypt_hash h;

	(void)state;
	crypt_hash_init(&h);
	crypt_hash_int(&h, -2);
	crypt_hash_final(&h, one);
	crypt_hash("\10\0\0\0\0\0\0\0\376\377\377\377\377\377\377\377", 16, flat);
	assert_memory_equal(one, flat, CRYPT_HASH_SIZE);
}

/* RFC 4231, test cases 1, 2 and 6. */
static void crypt__hmac__matches_rfc_4231(void **state)
{
	unsigned char out[CRYPT_HASH_SIZE], key[131];
	const char *text = "Test Using Larger Than Block-Size Key - Hash Key First";

	(void)state;
	memset(key, 0x0b, 20);
	crypt_hmac(key, 20, "Hi There", 8, out);
	assert_hex(out, sizeof(out),
		"b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
	crypt_hmac("Jefe", 4, "what do ya want for nothing?", 28, out);
	assert_hex(out, sizeof(out),
		"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
	memset(key, 0xaa, sizeof(key));
	crypt_hmac(key, sizeof(key), text, strlen(text), out);
	assert_hex(out, sizeof(out),
		"60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

static void crypt__equal__compares_every_byte(void **state)
{
	unsigned char a[CRYPT_HASH_SIZE] = { 0 }, b[CRYPT_HASH_SIZE] = { 0 };

	(void)state;
	assert_true(crypt_equal(a, b, sizeof(a)));
	b[CRYPT_HASH_SIZE - 1] = 1;
	assert_false(crypt_equal(a, b, sizeof(a)));
	assert_true(crypt_equal(a, b, sizeof(a) - 1));
	crypt_wipe(b, sizeof(b));
	assert_true(crypt_equal(a, b, sizeof(a)));
}

static void crypt__unhex__reads_back_and_refuses(void **state)
{
	static const char *const bad[] = { "", "0", "00f", "00ff1", "00ff1g", "00ff 1",
		"00ff1234" };
	unsigned char out[3];
	struct err err = ERR_INIT;

	(void)state;
	assert_true(crypt_unhex("00fF1a", out, 3, &err));
	assert_memory_equal(out, "\x00\xff\x1a", 3);
	assert_true(crypt_unhex("", out, 0, &err));
	assert_int_equal(err.code, ERR_NONE);
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		assert_false(crypt_unhex(bad[i], out, 3, &err));
		assert_int_equal(err.code, ERR_INVALID);
		err_clear(&err);
	}
}

/* draft-irtf-cfrg-xchacha-03, A.3.1. */
static void crypt__open__matches_the_draft(void **state)
{
	static const char sealed_hex[] =
		"404142434445464748494a4b4c4d4e4f5051525354555657"
		"bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb"
		"731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452"
		"2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
		"21f9664c97637da9768812f615c68b13b52e"
		"c0875924c1c7987947deafd8780acf49";
	unsigned char key[CRYPT_KEY_SIZE], sealed[114 + CRYPT_SEAL_EXTRA];
	struct err err = ERR_INIT;
	char out[115] = "";

	(void)state;
	for (int i = 0; i < CRYPT_KEY_SIZE; i++)
		key[i] = (unsigned char)(0x80 + i);
	assert_true(crypt_unhex(sealed_hex, sealed, sizeof(sealed), &err));
	assert_true(crypt_open(
		key, "PQRS\xc0\xc1\xc2\xc3\xc4\xc5\xc6\xc7", sealed, sizeof(sealed), out));
	assert_string_equal(out,
		"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for "
		"the future, sunscreen would be it.");
	assert_false(crypt_open(key, "PQRS", sealed, sizeof(sealed), out));
}

static void crypt__seal__opens_by_its_key_and_context_alone(void **state)
{
	unsigned char key[CRYPT_KEY_SIZE] = { 1 }, other[CRYPT_KEY_SIZE] = { 2 };
	struct strbuf one = STRBUF_INIT, two = STRBUF_INIT;
	char out[8] = "";

	(void)state;
	crypt_seal(key, "a", "geheim", 6, &one);
	crypt_seal(key, "a", "geheim", 6, &two);
	assert_int_equal(one.len, 6 + CRYPT_SEAL_EXTRA);
	assert_memory_not_equal(one.buf, two.buf, one.len);
	assert_true(crypt_open(key, "a", one.buf, one.len, out));
	assert_string_equal(out, "geheim");
	assert_false(crypt_open(other, "a", one.buf, one.len, out));
	assert_false(crypt_open(key, "b", one.buf, one.len, out));
	assert_false(crypt_open(key, "", one.buf, one.len, out));
	assert_false(crypt_open(key, "a", one.buf, one.len - 1, out));
	assert_false(crypt_open(key, "a", one.buf, CRYPT_SEAL_EXTRA - 1, out));
	strbuf_release(&one);
	crypt_seal(key, "a", "", 0, &one);
	assert_true(crypt_open(key, "a", one.buf, CRYPT_SEAL_EXTRA, out));
	one.buf[CRYPT_SEAL_EXTRA - 1] ^= 1;
	assert_false(crypt_open(key, "a", one.buf, CRYPT_SEAL_EXTRA, out));
	strbuf_release(&one);
	strbuf_release(&two);
}

/* The value is what libsodium 1.0.18 makes: keys that were wrapped must open for ever. */
static void crypt__password_key__is_the_same_for_ever(void **state)
{
	unsigned char salt[CRYPT_SALT_SIZE] = { 7 }, key[CRYPT_KEY_SIZE], other[CRYPT_KEY_SIZE];
	struct err err = ERR_INIT;

	(void)state;
	assert_true(crypt_password_key("correct horse", salt, key, &err));
	assert_hex(key, sizeof(key),
		"4236bcc1a6af7b385435201a0480b9fdeef241a1c358fd432ea2834f64b2422a");
	assert_true(crypt_password_key("correct horsf", salt, other, &err));
	assert_memory_not_equal(key, other, sizeof(key));
	salt[15] = 1;
	assert_true(crypt_password_key("correct horse", salt, other, &err));
	assert_memory_not_equal(key, other, sizeof(key));
}

static void crypt__random__fills_all_and_never_repeats(void **state)
{
	unsigned char a[64] = { 0 }, b[64] = { 0 };

	(void)state;
	crypt_random(a, sizeof(a));
	crypt_random(b, sizeof(b));
	assert_memory_not_equal(a, b, 32);
	assert_memory_not_equal(a + 32, b + 32, 32);
}

static void crypt__hash_file__hashes_what_it_holds(void **state)
{
	char path[] = "/tmp/test_crypt.XXXXXX";
	unsigned char out[CRYPT_HASH_SIZE], expected[CRYPT_HASH_SIZE];
	static unsigned char big[100001];
	struct err err = ERR_INIT;
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	assert_true(crypt_hash_file(path, out, &err));
	assert_hex(out, sizeof(out), BLAKE_EMPTY);
	memset(big, 'x', sizeof(big));
	assert_int_equal(write(fd, big, sizeof(big)), sizeof(big));
	assert_true(crypt_hash_file(path, out, &err));
	crypt_hash(big, sizeof(big), expected);
	assert_memory_equal(out, expected, CRYPT_HASH_SIZE);
	close(fd);
	unlink(path);
	assert_false(crypt_hash_file(path, out, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_false(crypt_hash_file("/tmp", out, &err));
	assert_int_equal(err.code, ERR_IS_FOLDER);
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_false(crypt_hash_file(path, out, &err));
	assert_int_equal(err.code, ERR_INVALID);
	unlink(path);
}

static int setup(void **state)
{
	struct err err = ERR_INIT;

	(void)state;
	return crypt_init(&err) && crypt_init(&err) ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(crypt__hash__matches_blake2b_256),
		cmocka_unit_test(crypt__hash_add__does_not_see_the_cuts),
		cmocka_unit_test(crypt__hash_part__keeps_fields_apart),
		cmocka_unit_test(crypt__hash_int__is_eight_bytes_little_end_first),
		cmocka_unit_test(crypt__hmac__matches_rfc_4231),
		cmocka_unit_test(crypt__equal__compares_every_byte),
		cmocka_unit_test(crypt__unhex__reads_back_and_refuses),
		cmocka_unit_test(crypt__open__matches_the_draft),
		cmocka_unit_test(crypt__seal__opens_by_its_key_and_context_alone),
		cmocka_unit_test(crypt__password_key__is_the_same_for_ever),
		cmocka_unit_test(crypt__random__fills_all_and_never_repeats),
		cmocka_unit_test(crypt__hash_file__hashes_what_it_holds),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
