/*
 * What the store holds sealed: passwords and tokens of providers. The key lies outside of
 * it, so that a store, a backup or a copy gives none of them away: in a file of the user's
 * own (keys/<store id>-<its check>.key in the configuration folder, 0600), made when the first
 * secret is kept; or nowhere, where a passphrase wraps it (Argon2id; salt and wrapped key stand in
 * `meta`), which is then asked of ECOMPTA_PASSPHRASE_FILE or of the session's `ask`.
 *
 * A session opens the key when it needs it and keeps it in memory until it is closed;
 * from then on the process leaves no crash dumps. Neither a key nor a secret is ever
 * logged, audited or part of an error. One thread, the session's.
 */
#ifndef SECRETS_H
#define SECRETS_H

#include "session.h"
#include "strbuf.h"

enum secrets_kept {
	SECRETS_NONE, /* there is no key yet */
	SECRETS_FILE,
	SECRETS_PASSPHRASE,
};

#define PASSPHRASE_LEAST 8   /* characters */
#define PASSPHRASE_MOST 1024 /* bytes */

/* Characters of a recovery key: 14 groups of 4, a dash between. */
#define RECOVERY_LEN 69

/* The store's own name, 32 hex digits, made when it is first asked for. Not inside a
 * transaction. */
bool secrets_store_id(struct session *s, char out[33], struct err *err) MUST_USE;

bool secrets_kept(struct session *s, enum secrets_kept *out, struct err *err) MUST_USE;
/*
 * Opens the key if it is not open; `make` makes one where there is none yet. Not inside a
 * transaction. ERR_KEY_MISSING, ERR_KEY_WRONG, ERR_KEY_OPEN, ERR_KEY_FILE, ERR_PASSPHRASE.
 */
bool secrets_open(struct session *s, bool make, struct err *err) MUST_USE;
/* Wipes the open key. */
void secrets_close(struct session *s);

/* Once the key is open: as crypt_seal and crypt_open, for this store. `context` says what
 * it is. ERR_SECRETS_DAMAGED about `what`. */
void secrets_seal(const struct session *s, const char *context, const void *data, size_t len,
	struct strbuf *out);
bool secrets_unseal(const struct session *s, const char *context, const void *sealed, size_t len,
	void *out, const char *what, struct err *err) MUST_USE;

/* --- what a person does with the key; right: RIGHT_SETTINGS, audited --- */

/* Writes the key as a text to be kept on paper; wipe it after use. Makes a key if there
 * is none. */
bool secrets_recovery(struct session *s, char out[RECOVERY_LEN + 1], struct err *err) MUST_USE;
/* Takes it back as it was typed, and keeps the key in the file again. ERR_KEY_TYPED;
 * ERR_KEY_WRONG when it is another store's. */
bool secrets_recover(struct session *s, const char *text, struct err *err) MUST_USE;
/* From now on the passphrase opens the key, and the file is removed; "" goes back to the
 * file. ERR_PASSPHRASE_SHORT. */
bool secrets_passphrase(struct session *s, const char *passphrase, struct err *err) MUST_USE;
/* The key is lost: a new one, in a file; what was sealed is forgotten, `*lost` accounts
 * of the store have to be given their secrets again. */
bool secrets_renew(struct session *s, int64_t *lost, struct err *err) MUST_USE;

/* For session.c. NULL is allowed. */
struct secrets *secrets_copy(const struct secrets *k) MUST_USE;
void secrets_free(struct secrets *k);

#endif
