#include "store_audit.h"

#include "crypt.h"
#include "stmt.h"

#define SALT_SIZE 16

static void digest_of(const void *salt, const char *detail, unsigned char out[CRYPT_HASH_SIZE])
{
	struct crypt_hash h;

	crypt_hash_init(&h);
	crypt_hash_part(&h, salt, SALT_SIZE);
	crypt_hash_part(&h, detail, strlen(detail));
	crypt_hash_final(&h, out);
}

static void part(struct crypt_hash *h, const char *s)
{
	crypt_hash_part(h, s, strlen(s));
}

static void chain(const struct audit_entry *e, const unsigned char prev[CRYPT_HASH_SIZE],
	const unsigned char digest[CRYPT_HASH_SIZE], unsigned char out[CRYPT_HASH_SIZE])
{
	struct crypt_hash h;

	crypt_hash_init(&h);
	crypt_hash_part(&h, prev, CRYPT_HASH_SIZE);
	crypt_hash_int(&h, e->seq);
	crypt_hash_int(&h, e->at);
	crypt_hash_int(&h, e->company_id);
	part(&h, e->actor);
	part(&h, e->origin);
	part(&h, e->action);
	part(&h, e->subject);
	crypt_hash_int(&h, e->subject_id);
	crypt_hash_part(&h, digest, CRYPT_HASH_SIZE);
	crypt_hash_final(&h, out);
}

/* The last line's number and hash; 0 and zeros for the first. */
static bool last_line(
	struct db *db, int64_t *seq, unsigned char hash[CRYPT_HASH_SIZE], struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_AUDIT_LAST);
	enum step step = stmt_step(q, err);

	*seq = 0;
	memset(hash, 0, CRYPT_HASH_SIZE);
	if (step == STEP_ROW) {
		*seq = col_i64(q, 0);
		if (col_bytes(q, 1) == CRYPT_HASH_SIZE)
			memcpy(hash, col_blob(q, 1), CRYPT_HASH_SIZE);
	}
	stmt_done(q);
	return step != STEP_FAIL;
}

static bool add_detail(
	struct db *db, int64_t seq, const void *salt, const char *detail, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_AUDIT_DETAIL_ADD);

	stmt_i64(q, "seq", seq);
	stmt_blob(q, "salt", salt, SALT_SIZE);
	stmt_text(q, "detail", detail);
	return stmt_run(q, err);
}

bool store_audit_add(
	struct db *db, const struct actor *actor, struct audit_entry *entry, struct err *err)
{
	unsigned char prev[CRYPT_HASH_SIZE], digest[CRYPT_HASH_SIZE], hash[CRYPT_HASH_SIZE];
	unsigned char salt[SALT_SIZE];
	int64_t seq;
	struct stmt *q;

	if (!last_line(db, &seq, prev, err))
		return false;
	entry->seq = seq + 1;
	entry->actor = actor->login;
	entry->origin = origin_word(actor->origin);
	crypt_random(salt, sizeof(salt));
	digest_of(salt, entry->detail, digest);
	chain(entry, prev, digest, hash);
	q = stmt_use(db, SQL_AUDIT_ADD);
	stmt_i64(q, "seq", entry->seq);
	stmt_i64(q, "at", entry->at);
	stmt_i64(q, "company_id", entry->company_id);
	stmt_text(q, "actor", entry->actor);
	stmt_text(q, "origin", entry->origin);
	stmt_text(q, "action", entry->action);
	stmt_text(q, "subject", entry->subject);
	stmt_i64(q, "subject_id", entry->subject_id);
	stmt_blob(q, "digest", digest, sizeof(digest));
	stmt_blob(q, "hash", hash, sizeof(hash));
	return stmt_run(q, err) && add_detail(db, entry->seq, salt, entry->detail, err);
}

static struct audit_entry read_entry(struct stmt *q, struct arena *a)
{
	return (struct audit_entry){
		.seq = col_i64(q, 0),
		.at = col_i64(q, 1),
		.company_id = col_i64(q, 2),
		.actor = col_dup(q, 3, a),
		.origin = col_dup(q, 4, a),
		.action = col_dup(q, 5, a),
		.subject = col_dup(q, 6, a),
		.subject_id = col_i64(q, 7),
		.detail = col_dup(q, 8, a),
	};
}

bool store_audit_of(struct db *db, int64_t company_id, const char *subject, int64_t subject_id,
	int64_t before_seq, int n, struct arena *a, struct audit_entry **out, int *count,
	struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_AUDIT_OF);
	struct audit_entry *list = arena_alloc(a, (size_t)n * sizeof(*list));
	enum step step = STEP_DONE;
	int i = 0;

	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "subject", subject);
	stmt_i64(q, "subject_id", subject_id);
	stmt_i64(q, "before", before_seq ? before_seq : INT64_MAX);
	stmt_i64(q, "n", n);
	while (i < n && (step = stmt_step(q, err)) == STEP_ROW)
		list[i++] = read_entry(q, a);
	stmt_done(q);
	*out = list;
	*count = i;
	return step != STEP_FAIL;
}

/* Does the line's stored digest fit its details? Erased ones have none to compare. */
static bool detail_fits(struct stmt *q)
{
	unsigned char digest[CRYPT_HASH_SIZE];

	if (col_bytes(q, 11) != SALT_SIZE || !*col_text(q, 8))
		return true;
	digest_of(col_blob(q, 11), col_text(q, 8), digest);
	return !memcmp(digest, col_blob(q, 9), CRYPT_HASH_SIZE);
}

static bool line_fits(
	struct stmt *q, const struct audit_entry *e, unsigned char prev[CRYPT_HASH_SIZE])
{
	unsigned char hash[CRYPT_HASH_SIZE];

	if (col_bytes(q, 9) != CRYPT_HASH_SIZE || col_bytes(q, 10) != CRYPT_HASH_SIZE)
		return false;
	chain(e, prev, col_blob(q, 9), hash);
	memcpy(prev, hash, sizeof(hash));
	return !memcmp(hash, col_blob(q, 10), CRYPT_HASH_SIZE) && detail_fits(q);
}

bool store_audit_verify(struct db *db, int64_t *lines, int64_t *broken_at, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_AUDIT_ALL);
	unsigned char prev[CRYPT_HASH_SIZE] = { 0 };
	struct arena a = ARENA_INIT;
	enum step step;

	*lines = *broken_at = 0;
	while ((step = stmt_step(q, err)) == STEP_ROW) {
		struct audit_entry e = read_entry(q, &a);

		++*lines;
		if (e.seq != *lines || !line_fits(q, &e, prev)) {
			*broken_at = e.seq;
			break;
		}
		arena_clear(&a);
	}
	stmt_done(q);
	arena_release(&a);
	return step != STEP_FAIL;
}
