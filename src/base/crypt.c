#include "crypt.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <unistd.h>

#include "mem.h"

static_assert(sizeof(crypto_generichash_state) <= CRYPT_STATE_SIZE, "state fits");
static_assert(_Alignof(crypto_generichash_state) <= _Alignof(struct crypt_hash), "aligned");
static_assert(crypto_auth_hmacsha256_BYTES == CRYPT_HASH_SIZE, "HMAC size");
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == CRYPT_KEY_SIZE, "key size");
static_assert(
	crypto_aead_xchacha20poly1305_ietf_NPUBBYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES ==
		CRYPT_SEAL_EXTRA,
	"nonce and tag");
static_assert(crypto_pwhash_argon2id_SALTBYTES == CRYPT_SALT_SIZE, "salt size");
static_assert(crypto_generichash_BYTES == CRYPT_HASH_SIZE, "hash size");

bool crypt_init(struct err *err)
{
	if (sodium_init() < 0)
		return err_set(err, ERR_IO, "libsodium", "sodium_init failed: no random source");
	return true;
}

void crypt_random(void *out, size_t len)
{
	randombytes_buf(out, len);
}

void crypt_hash(const void *data, size_t len, unsigned char out[CRYPT_HASH_SIZE])
{
	crypto_generichash(out, CRYPT_HASH_SIZE, data, len, NULL, 0);
}

static crypto_generichash_state *hash_state(struct crypt_hash *h)
{
	return (crypto_generichash_state *)(void *)h->state;
}

static void put_le64(unsigned char out[8], uint64_t value)
{
	for (int i = 0; i < 8; i++)
		out[i] = (unsigned char)(value >> (8 * i));
}

void crypt_hash_init(struct crypt_hash *h)
{
	crypto_generichash_init(hash_state(h), NULL, 0, CRYPT_HASH_SIZE);
}

void crypt_hash_add(struct crypt_hash *h, const void *data, size_t len)
{
	crypto_generichash_update(hash_state(h), data, len);
}

void crypt_hash_part(struct crypt_hash *h, const void *data, size_t len)
{
	unsigned char frame[8];

	put_le64(frame, len);
	crypt_hash_add(h, frame, sizeof(frame));
	crypt_hash_add(h, data, len);
}

void crypt_hash_int(struct crypt_hash *h, int64_t value)
{
	unsigned char bytes[8];

	put_le64(bytes, (uint64_t)value);
	crypt_hash_part(h, bytes, sizeof(bytes));
}

void crypt_hash_final(struct crypt_hash *h, unsigned char out[CRYPT_HASH_SIZE])
{
	crypto_generichash_final(hash_state(h), out, CRYPT_HASH_SIZE);
	crypt_wipe(h->state, sizeof(h->state));
}

/* Opens a regular file for reading; -1 with err set for anything else. A pipe
 * without a writer must not hang the caller, hence O_NONBLOCK. */
static int open_regular(const char *path, struct err *err)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0) {
		err_set_errno(err, ERR_IO, path);
		return -1;
	}
	if (fstat(fd, &st) < 0)
		err_set_errno(err, ERR_IO, path);
	else if (S_ISDIR(st.st_mode))
		err_set(err, ERR_IS_FOLDER, path, "%s", "");
	else if (!S_ISREG(st.st_mode))
		err_set(err, ERR_INVALID, path, "not a regular file");
	else
		return fd;
	close(fd);
	return -1;
}

bool crypt_hash_file(const char *path, unsigned char out[CRYPT_HASH_SIZE], struct err *err)
{
	struct crypt_hash h;
	unsigned char buf[32768];
	ssize_t got;
	int fd = open_regular(path, err);

	if (fd < 0)
		return false;
	crypt_hash_init(&h);
	while ((got = read(fd, buf, sizeof(buf))) != 0) {
		if (got > 0)
			crypt_hash_add(&h, buf, (size_t)got);
		else if (errno != EINTR)
			break;
	}
	if (got < 0)
		err_set_errno(err, ERR_IO, path);
	crypt_hash_final(&h, out);
	close(fd);
	return got == 0;
}

void crypt_hmac(const void *key, size_t key_len, const void *data, size_t len,
	unsigned char out[CRYPT_HASH_SIZE])
{
	crypto_auth_hmacsha256_state state;

	crypto_auth_hmacsha256_init(&state, key, key_len);
	crypto_auth_hmacsha256_update(&state, data, len);
	crypto_auth_hmacsha256_final(&state, out);
	crypt_wipe(&state, sizeof(state));
}

#define NONCE_SIZE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES

void crypt_seal(const unsigned char key[CRYPT_KEY_SIZE], const char *context, const void *data,
	size_t len, struct strbuf *out)
{
	unsigned char *sealed = mem_alloc(len + CRYPT_SEAL_EXTRA);
	unsigned long long made;

	crypt_random(sealed, NONCE_SIZE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + NONCE_SIZE, &made, data, len,
		(const unsigned char *)context, strlen(context), NULL, sealed, key);
	strbuf_add(out, sealed, len + CRYPT_SEAL_EXTRA);
	free(sealed);
}

bool crypt_open(const unsigned char key[CRYPT_KEY_SIZE], const char *context, const void *sealed,
	size_t len, void *out)
{
	const unsigned char *nonce = sealed;
	unsigned long long made;

	if (len < CRYPT_SEAL_EXTRA)
		return false;
	return crypto_aead_xchacha20poly1305_ietf_decrypt(out, &made, NULL, nonce + NONCE_SIZE,
		       len - NONCE_SIZE, (const unsigned char *)context, strlen(context), nonce,
		       key) == 0;
}

#define PASSES 3
#define MEMORY ((size_t)64 << 20)

bool crypt_password_key(const char *password, const unsigned char salt[CRYPT_SALT_SIZE],
	unsigned char key[CRYPT_KEY_SIZE], struct err *err)
{
	if (crypto_pwhash(key, CRYPT_KEY_SIZE, password, strlen(password), salt, PASSES, MEMORY,
		    crypto_pwhash_ALG_ARGON2ID13) == 0)
		return true;
	return err_set(err, ERR_MEMORY, "64", "%s", "argon2id");
}

void crypt_no_dumps(void)
{
	const struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
#ifdef __linux__
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

bool crypt_equal(const void *a, const void *b, size_t len)
{
	return sodium_memcmp(a, b, len) == 0;
}

void crypt_wipe(void *data, size_t len)
{
	sodium_memzero(data, len);
}

void crypt_hex(const void *data, size_t len, struct strbuf *out)
{
	const unsigned char *bytes = data;
	char pair[3];

	for (size_t i = 0; i < len; i++)
		strbuf_adds(out, sodium_bin2hex(pair, sizeof(pair), bytes + i, 1));
}

bool crypt_unhex(const char *hex, void *out, size_t len, struct err *err)
{
	size_t digits = strlen(hex);
	size_t got = 0;

	if (digits != 2 * len || sodium_hex2bin(out, len, hex, digits, NULL, &got, NULL) != 0 ||
		got != len)
		return err_set(err, ERR_INVALID, "hex", "%zu hex digits expected", 2 * len);
	return true;
}
