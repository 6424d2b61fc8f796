/*
 * Random bytes, hashes, keyed hashes and sealed texts: the only user of libsodium. Owns
 * nothing. Call crypt_init once, before other threads start; the rest may be
 * called by any thread.
 *
 * Hashes are BLAKE2b (RFC 7693) of 256 bits, keyed hashes HMAC-SHA-256
 * (RFC 2104, FIPS 180-4). Sealing is XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) with a
 * random nonce of 24 bytes in front; passwords become keys by Argon2id (RFC 9106).
 */
#ifndef CRYPT_H
#define CRYPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "compiler.h"
#include "err.h"
#include "strbuf.h"

enum {
	CRYPT_HASH_SIZE = 32, /* bytes of a hash and of an HMAC */
	CRYPT_KEY_SIZE = 32,  /* bytes of a key made here */
	CRYPT_STATE_SIZE = 384,
	CRYPT_SEAL_EXTRA = 40, /* bytes that a sealed text is longer: nonce and tag */
	CRYPT_SALT_SIZE = 16,  /* bytes of a password's salt */
};

/* A hash under way. Lives on the stack or in a static: its alignment is more
 * than malloc promises. */
struct crypt_hash {
	_Alignas(64) unsigned char state[CRYPT_STATE_SIZE];
};

/* Calling it again does no harm. */
bool crypt_init(struct err *err) MUST_USE;

/* From the system's generator; never fails once crypt_init has succeeded. */
void crypt_random(void *out, size_t len);

/* BLAKE2b-256 of one piece of memory. */
void crypt_hash(const void *data, size_t len, unsigned char out[CRYPT_HASH_SIZE]);

/*
 * The same over several pieces. _add takes bytes as they come, so that how they
 * were cut does not count. _part and _int frame what they take with its length
 * in 8 bytes, little end first, so that the parts "ab","c" and "a","bc" differ
 * and no field of a chained record can lend bytes to its neighbour; an integer
 * is a part of 8 bytes, little end first, on every machine. After _final the
 * state is wiped.
 */
void crypt_hash_init(struct crypt_hash *h);
void crypt_hash_add(struct crypt_hash *h, const void *data, size_t len);
void crypt_hash_part(struct crypt_hash *h, const void *data, size_t len);
void crypt_hash_int(struct crypt_hash *h, int64_t value);
void crypt_hash_final(struct crypt_hash *h, unsigned char out[CRYPT_HASH_SIZE]);

/* BLAKE2b-256 of what a regular file holds: by it the same file imported twice
 * is known. ERR_IS_FOLDER, ERR_INVALID for a pipe or a device, else as open(). */
bool crypt_hash_file(
	const char *path, unsigned char out[CRYPT_HASH_SIZE], struct err *err) MUST_USE;

/* HMAC-SHA-256; a key may have any length, CRYPT_KEY_SIZE is the right one. */
void crypt_hmac(const void *key, size_t key_len, const void *data, size_t len,
	unsigned char out[CRYPT_HASH_SIZE]);

/*
 * Seals: nobody without the key can read it, nor change it unseen. `context` says what it
 * is ("provider 12 SMTP"); it is not kept, and opening asks for the same one, so that what
 * was sealed for one place cannot be put in another. Appends len + CRYPT_SEAL_EXTRA bytes.
 */
void crypt_seal(const unsigned char key[CRYPT_KEY_SIZE], const char *context, const void *data,
	size_t len, struct strbuf *out);
/* Writes len - CRYPT_SEAL_EXTRA bytes; false, and `out` holds nothing of it, when another
 * key or context sealed it, or anything of it was changed. */
bool crypt_open(const unsigned char key[CRYPT_KEY_SIZE], const char *context, const void *sealed,
	size_t len, void *out) MUST_USE;

/* Argon2id with 64 MiB and 3 passes, some tenths of a second: the key that a password
 * stands for with that salt. ERR_MEMORY. */
bool crypt_password_key(const char *password, const unsigned char salt[CRYPT_SALT_SIZE],
	unsigned char key[CRYPT_KEY_SIZE], struct err *err) MUST_USE;

/* From now on a crash leaves no image of this process on the disk. */
void crypt_no_dumps(void);

/* Takes the same time wherever the two differ. */
bool crypt_equal(const void *a, const void *b, size_t len) MUST_USE;
/* Clears memory that held a secret; not optimised away. */
void crypt_wipe(void *data, size_t len);

/* Adds two lowercase digits a byte. */
void crypt_hex(const void *data, size_t len, struct strbuf *out);
/* Reads exactly 2 * len digits of either case, in a time that does not depend
 * on them; anything else is ERR_INVALID and leaves `out` unspecified. */
bool crypt_unhex(const char *hex, void *out, size_t len, struct err *err) MUST_USE;

#endif
