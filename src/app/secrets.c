#include "secrets.h"

#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "db.h"
#include "mem.h"
#include "secrets_private.h"
#include "store_company.h"
#include "store_provider.h"

/* Of `meta`. */
#define STORE_ID "store_id"
#define KEY_CHECK "key_check"
#define KEY_SALT "key_salt"
#define KEY_WRAPPED "key_wrapped"

#define ID_SIZE 16
#define WRAP_CONTEXT "ecompta-crm key"

struct secrets *secrets_copy(const struct secrets *k)
{
	struct secrets *copy;

	if (!k)
		return NULL;
	copy = mem_alloc(sizeof(*copy));
	*copy = *k;
	return copy;
}

void secrets_free(struct secrets *k)
{
	if (!k)
		return;
	crypt_wipe(k, sizeof(*k));
	free(k);
}

void secrets_close(struct session *s)
{
	secrets_free(s->secrets);
	s->secrets = NULL;
}

static void take_key(struct session *s, const unsigned char key[CRYPT_KEY_SIZE])
{
	secrets_close(s);
	crypt_no_dumps();
	s->secrets = mem_zalloc(1, sizeof(*s->secrets));
	memcpy(s->secrets->key, key, CRYPT_KEY_SIZE);
}

/* --- what the store knows --- */

/* What `meta` says of the key. Texts in the arena, "" none. */
struct known {
	struct arena arena;
	const char *id, *check, *salt, *wrapped;
};

static bool read_known(struct session *s, struct known *k, struct err *err)
{
	*k = (struct known){ .arena = ARENA_INIT };
	return store_meta_get(s->db, STORE_ID, &k->arena, &k->id, err) &&
	       store_meta_get(s->db, KEY_CHECK, &k->arena, &k->check, err) &&
	       store_meta_get(s->db, KEY_SALT, &k->arena, &k->salt, err) &&
	       store_meta_get(s->db, KEY_WRAPPED, &k->arena, &k->wrapped, err);
}

/* Inside a write transaction: the first who asks makes it. */
static bool make_id(struct session *s, struct known *k, struct err *err)
{
	struct strbuf hex = STRBUF_INIT;
	unsigned char random[ID_SIZE];
	bool ok = true;

	if (!*k->id) {
		crypt_random(random, sizeof(random));
		crypt_hex(random, sizeof(random), &hex);
		k->id = arena_strdup(&k->arena, hex.buf);
		ok = store_meta_put(s->db, STORE_ID, k->id, err);
	}
	strbuf_release(&hex);
	return ok;
}

bool secrets_store_id(struct session *s, char out[33], struct err *err)
{
	struct known k;
	bool ok = read_known(s, &k, err);

	if (ok && !*k.id) {
		arena_release(&k.arena);
		k = (struct known){ .arena = ARENA_INIT };
		ok = db_write(s->db, err) && read_known(s, &k, err) && make_id(s, &k, err) &&
		     db_commit(s->db, err);
		db_rollback(s->db);
	}
	if (ok)
		snprintf(out, 33, "%s", k.id);
	arena_release(&k.arena);
	return ok;
}

bool secrets_kept(struct session *s, enum secrets_kept *out, struct err *err)
{
	struct known k;
	bool ok = read_known(s, &k, err);

	*out = SECRETS_NONE;
	if (ok && *k.wrapped)
		*out = SECRETS_PASSPHRASE;
	else if (ok && *k.check)
		*out = SECRETS_FILE;
	arena_release(&k.arena);
	return ok;
}

static bool is_right(const struct known *k, const unsigned char key[CRYPT_KEY_SIZE])
{
	struct strbuf check = STRBUF_INIT;
	bool right;

	key_check(k->id, key, &check);
	right = !strcmp(check.buf, k->check);
	strbuf_release(&check);
	return right;
}

static bool put_check(struct session *s, const struct known *k,
	const unsigned char key[CRYPT_KEY_SIZE], struct err *err)
{
	struct strbuf check = STRBUF_INIT;
	bool ok;

	key_check(k->id, key, &check);
	ok = store_meta_put(s->db, KEY_CHECK, check.buf, err);
	strbuf_release(&check);
	return ok;
}

static bool put_wrapped(struct session *s, const char *salt, const char *wrapped, struct err *err)
{
	return store_meta_put(s->db, KEY_SALT, salt, err) &&
	       store_meta_put(s->db, KEY_WRAPPED, wrapped, err);
}

/* --- opening --- */

#define WRAPPED_SIZE (CRYPT_KEY_SIZE + CRYPT_SEAL_EXTRA)

static bool unwrap(const struct known *k, const char *passphrase, unsigned char key[CRYPT_KEY_SIZE],
	struct err *err)
{
	unsigned char salt[CRYPT_SALT_SIZE], wrapped[WRAPPED_SIZE], outer[CRYPT_KEY_SIZE];
	bool ok = crypt_unhex(k->salt, salt, sizeof(salt), err) &&
		  crypt_unhex(k->wrapped, wrapped, sizeof(wrapped), err) &&
		  crypt_password_key(passphrase, salt, outer, err);

	if (ok && !crypt_open(outer, WRAP_CONTEXT, wrapped, sizeof(wrapped), key))
		ok = err_set(err, ERR_KEY_WRONG, k->id, "passphrase");
	crypt_wipe(outer, sizeof(outer));
	return ok;
}

static bool read_key(struct session *s, const struct known *k, unsigned char key[CRYPT_KEY_SIZE],
	struct err *err)
{
	char passphrase[PASSPHRASE_MOST + 1];
	bool ok;

	if (!*k->wrapped)
		return key_read(k->id, k->check, key, err);
	ok = key_ask(&s->ask, passphrase, err) && unwrap(k, passphrase, key, err);
	/* A program that ended while the passphrase was set may have left the file. */
	ok = ok && key_remove(k->id, k->check, err);
	crypt_wipe(passphrase, sizeof(passphrase));
	return ok;
}

/* The key is on the disk before the store says that there is one. */
static bool make_key(
	struct session *s, struct known *k, unsigned char key[CRYPT_KEY_SIZE], struct err *err)
{
	crypt_random(key, CRYPT_KEY_SIZE);
	return make_id(s, k, err) && key_write(k->id, key, err) && put_check(s, k, key, err) &&
	       put_wrapped(s, "", "", err);
}

/* Unless somebody else made one meanwhile. */
static bool make_first(struct session *s, struct known *k, struct err *err)
{
	unsigned char key[CRYPT_KEY_SIZE];
	bool ok = db_write(s->db, err), made = false;

	arena_release(&k->arena);
	ok = read_known(s, k, ok ? err : &(struct err)ERR_INIT) && ok;
	if (ok && !*k->check) {
		ok = make_key(s, k, key, err) && db_commit(s->db, err);
		made = ok;
	}
	db_rollback(s->db);
	if (made)
		take_key(s, key);
	crypt_wipe(key, sizeof(key));
	return ok;
}

/* One that is open may be another program's past by now. */
static void close_old(struct session *s, const struct known *k)
{
	if (s->secrets && !is_right(k, s->secrets->key))
		secrets_close(s);
}

static bool open_key(struct session *s, const struct known *k, struct err *err)
{
	unsigned char key[CRYPT_KEY_SIZE];
	bool ok = read_key(s, k, key, err);

	if (ok && !is_right(k, key))
		ok = err_set(err, ERR_KEY_WRONG, k->id, "%s", "");
	if (ok)
		take_key(s, key);
	crypt_wipe(key, sizeof(key));
	return ok;
}

bool secrets_open(struct session *s, bool make, struct err *err)
{
	struct known k;
	bool ok = read_known(s, &k, err);

	if (ok)
		close_old(s, &k);
	if (ok && !*k.check)
		ok = make ? make_first(s, &k, err)
			  : err_set(err, ERR_KEY_MISSING, session_store(s), "none was made");
	if (ok && !s->secrets)
		ok = open_key(s, &k, err);
	arena_release(&k.arena);
	return ok;
}

void secrets_seal(const struct session *s, const char *context, const void *data, size_t len,
	struct strbuf *out)
{
	crypt_seal(s->secrets->key, context, data, len, out);
}

bool secrets_unseal(const struct session *s, const char *context, const void *sealed, size_t len,
	void *out, const char *what, struct err *err)
{
	return crypt_open(s->secrets->key, context, sealed, len, out) ||
	       err_set(err, ERR_SECRETS_DAMAGED, what, "%zu bytes", len);
}

/* --- what a person does with the key --- */

static bool audit(struct session *s, const char *action, struct err *err)
{
	return session_audit(s, action, "key", 0, "", err);
}

bool secrets_recovery(struct session *s, char out[RECOVERY_LEN + 1], struct err *err)
{
	bool ok = session_may(s, RIGHT_SETTINGS, err) && secrets_open(s, true, err) &&
		  db_write(s->db, err);

	if (!ok)
		return false;
	ok = audit(s, "key.show", err) && db_commit(s->db, err);
	db_rollback(s->db);
	if (ok)
		key_to_text(s->secrets->key, out);
	return ok;
}

/* The key goes into the file; what was wrapped goes. */
static bool keep_in_file(struct session *s, const struct known *k,
	const unsigned char key[CRYPT_KEY_SIZE], const char *action, struct err *err)
{
	bool ok = key_write(k->id, key, err) && db_write(s->db, err) &&
		  put_wrapped(s, "", "", err) && audit(s, action, err) && db_commit(s->db, err);

	db_rollback(s->db);
	return ok;
}

bool secrets_recover(struct session *s, const char *text, struct err *err)
{
	unsigned char key[CRYPT_KEY_SIZE];
	struct known k = { .arena = ARENA_INIT };
	bool ok = session_may(s, RIGHT_SETTINGS, err) && key_from_text(text, key, err) &&
		  read_known(s, &k, err);

	if (ok && !is_right(&k, key))
		ok = err_set(err, ERR_KEY_WRONG, *k.id ? k.id : session_store(s), "%s", "");
	ok = ok && keep_in_file(s, &k, key, "key.recover", err);
	if (ok)
		take_key(s, key);
	crypt_wipe(key, sizeof(key));
	arena_release(&k.arena);
	return ok;
}

static size_t characters(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += (*s & 0xc0) != 0x80;
	return n;
}

/* Wrapped under the passphrase; only then the file goes. */
static bool keep_wrapped(struct session *s, const char *passphrase, struct err *err)
{
	unsigned char salt[CRYPT_SALT_SIZE], outer[CRYPT_KEY_SIZE];
	struct strbuf sealed = STRBUF_INIT, hex = STRBUF_INIT, salt_hex = STRBUF_INIT;
	bool ok;

	crypt_random(salt, sizeof(salt));
	ok = crypt_password_key(passphrase, salt, outer, err);
	if (ok) {
		crypt_seal(outer, WRAP_CONTEXT, s->secrets->key, CRYPT_KEY_SIZE, &sealed);
		crypt_hex(sealed.buf, sealed.len, &hex);
		crypt_hex(salt, sizeof(salt), &salt_hex);
		ok = db_write(s->db, err) && put_wrapped(s, salt_hex.buf, hex.buf, err) &&
		     audit(s, "key.passphrase", err) && db_commit(s->db, err);
		db_rollback(s->db);
	}
	crypt_wipe(outer, sizeof(outer));
	strbuf_release(&sealed);
	strbuf_release(&hex);
	strbuf_release(&salt_hex);
	return ok;
}

bool secrets_passphrase(struct session *s, const char *passphrase, struct err *err)
{
	struct known k = { .arena = ARENA_INIT };
	char least[8];
	bool ok;

	snprintf(least, sizeof(least), "%d", PASSPHRASE_LEAST);
	if (*passphrase && characters(passphrase) < PASSPHRASE_LEAST)
		return err_set(err, ERR_PASSPHRASE_SHORT, least, "%s", "");
	if (strlen(passphrase) > PASSPHRASE_MOST || strpbrk(passphrase, "\r\n"))
		return err_set(err, ERR_INVALID, "passphrase", "too long, or of several lines");
	ok = session_may(s, RIGHT_SETTINGS, err) && secrets_open(s, true, err) &&
	     read_known(s, &k, err);
	if (ok && *passphrase)
		ok = keep_wrapped(s, passphrase, err) && key_remove(k.id, k.check, err);
	else if (ok)
		ok = keep_in_file(s, &k, s->secrets->key, "key.file", err);
	arena_release(&k.arena);
	return ok;
}

bool secrets_renew(struct session *s, int64_t *lost, struct err *err)
{
	unsigned char key[CRYPT_KEY_SIZE];
	struct known k = { .arena = ARENA_INIT };
	bool ok = session_may(s, RIGHT_SETTINGS, err) && db_write(s->db, err);

	if (!ok)
		return false;
	ok = read_known(s, &k, err) && make_key(s, &k, key, err) &&
	     store_provider_forget(s->db, lost, err) && audit(s, "key.renew", err) &&
	     db_commit(s->db, err);
	db_rollback(s->db);
	if (ok)
		take_key(s, key);
	crypt_wipe(key, sizeof(key));
	arena_release(&k.arena);
	return ok;
}
