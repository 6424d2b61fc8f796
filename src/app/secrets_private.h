/* The key of a store's secrets: how it is kept. */
#ifndef SECRETS_PRIVATE_H
#define SECRETS_PRIVATE_H

#include "crypt.h"
#include "secrets.h"

struct secrets {
	unsigned char key[CRYPT_KEY_SIZE];
};

/*
 * Appends the path of the key file, and makes its folder. Each key has a file of its own,
 * named by its check too: copies and backups of a store have its id, and one that gets a
 * new key must not take the others' away.
 */
bool key_path(
	const char *store_id, const char *check, struct strbuf *out, struct err *err) MUST_USE;
/* ERR_KEY_MISSING when there is none. */
bool key_read(const char *store_id, const char *check, unsigned char key[CRYPT_KEY_SIZE],
	struct err *err) MUST_USE;
/* Replaces one that is there. */
bool key_write(
	const char *store_id, const unsigned char key[CRYPT_KEY_SIZE], struct err *err) MUST_USE;
bool key_remove(const char *store_id, const char *check, struct err *err) MUST_USE;

/* By which the right key is known, as it stands in `meta`. */
void key_check(const char *store_id, const unsigned char key[CRYPT_KEY_SIZE], struct strbuf *out);

/* The key as a person keeps it: base 32 without I, L, O and U (Crockford's), three bytes of
 * a hash behind the key. */
void key_to_text(const unsigned char key[CRYPT_KEY_SIZE], char out[RECOVERY_LEN + 1]);
/* Blanks, dashes, the letters I, L and O and the case are forgiven. ERR_KEY_TYPED. */
bool key_from_text(const char *text, unsigned char key[CRYPT_KEY_SIZE], struct err *err) MUST_USE;

/* Asks ECOMPTA_PASSPHRASE_FILE, then `ask`. ERR_PASSPHRASE, ERR_KEY_OPEN. */
bool key_ask(
	const struct passphrase_ask *ask, char out[PASSPHRASE_MOST + 1], struct err *err) MUST_USE;

#endif
