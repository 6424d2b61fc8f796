#include "stmt.h"

#include <errno.h>

#include "db_private.h"
#include "mem.h"

static bool prepare(struct stmt *q, unsigned flags)
{
	const char *rest = NULL;
	sqlite3 *raw = q->db->raw;

	errno = 0;
	if (sqlite3_prepare_v3(raw, q->sql->text, -1, flags, &q->raw, &rest) != SQLITE_OK) {
		q->lost = db_reason(q->db);
		return false;
	}
	q->n_params = sqlite3_bind_parameter_count(q->raw);
	return q->raw && rest[strspn(rest, "; \n\t")] == '\0';
}

struct stmt *stmt_use(struct db *db, enum sql_id id)
{
	struct stmt *q = db->stmts[id];

	if (!q) {
		q = mem_zalloc(1, sizeof(*q));
		q->db = db;
		q->sql = &sql_table[id];
		db->stmts[id] = q;
	}
	if (!q->raw && !prepare(q, SQLITE_PREPARE_PERSISTENT))
		return q;
	stmt_done(q);
	return q;
}

struct stmt *stmt_make(struct db *db, const char *sql)
{
	size_t len = strlen(sql);
	struct {
		struct stmt q;
		struct sql_text text;
		char sql[];
	} *made = mem_zalloc(1, sizeof(*made) + len + 1);

	memcpy(made->sql, sql, len);
	made->text = (struct sql_text){ "made", "at run time", made->sql };
	made->q.db = db;
	made->q.sql = &made->text;
	if (!prepare(&made->q, 0) && made->q.raw) {
		sqlite3_finalize(made->q.raw);
		made->q.raw = NULL;
	}
	return &made->q;
}

/* The most recently used stands first; the last one gives way. */
struct stmt *stmt_made(struct db *db, const char *sql)
{
	struct stmt *q = NULL;
	int at = 0;

	while (at < STMT_KEPT - 1 && db->made[at] && strcmp(db->made[at]->sql->text, sql) != 0)
		at++;
	q = db->made[at];
	if (!q || strcmp(q->sql->text, sql) != 0) {
		stmt_free(q);
		q = stmt_make(db, sql);
	}
	memmove(&db->made[1], &db->made[0], (size_t)at * sizeof(q));
	db->made[0] = q;
	stmt_done(q);
	return q;
}

void stmt_free(struct stmt *q)
{
	if (!q)
		return;
	sqlite3_finalize(q->raw);
	free(q);
}

/*
 * Names are literals, so the address found once answers the next time; the
 * comparison of texts happens once a statement and place of call.
 */
static int index_of(struct stmt *q, const char *name)
{
	int n = q->n_params < STMT_PARAMS ? q->n_params : STMT_PARAMS;

	for (int i = 0; i < n; i++)
		if (q->known[i] == name)
			return i + 1;
	for (int i = 0; i < n; i++) {
		const char *real = sqlite3_bind_parameter_name(q->raw, i + 1);

		if (real && !strcmp(real + 1, name)) {
			q->known[i] = name;
			return i + 1;
		}
	}
	return 0;
}

/* A statement made at run time may have more than are watched. */
static void mark_bound(struct stmt *q, int at)
{
	if (at > 0 && at <= 64)
		q->bound |= UINT64_C(1) << (at - 1);
}

static int bind_at(struct stmt *q, const char *name)
{
	int at = q->raw ? index_of(q, name) : 0;

	mark_bound(q, at);
	return at;
}

void stmt_i64(struct stmt *q, const char *name, int64_t v)
{
	sqlite3_bind_int64(q->raw, bind_at(q, name), v);
}

void stmt_text(struct stmt *q, const char *name, const char *s)
{
	sqlite3_bind_text(q->raw, bind_at(q, name), s, -1, SQLITE_STATIC);
}

void stmt_textn(struct stmt *q, const char *name, const char *s, size_t len)
{
	sqlite3_bind_text64(q->raw, bind_at(q, name), s, len, SQLITE_STATIC, SQLITE_UTF8);
}

void stmt_blob(struct stmt *q, const char *name, const void *p, size_t len)
{
	sqlite3_bind_blob64(q->raw, bind_at(q, name), p, len, SQLITE_STATIC);
}

void stmt_null(struct stmt *q, const char *name)
{
	sqlite3_bind_null(q->raw, bind_at(q, name));
}

void stmt_i64_or_null(struct stmt *q, const char *name, int64_t v, int64_t none)
{
	if (v == none)
		stmt_null(q, name);
	else
		stmt_i64(q, name, v);
}

void stmt_i64_at(struct stmt *q, int at, int64_t v)
{
	mark_bound(q, at);
	sqlite3_bind_int64(q->raw, at, v);
}

void stmt_text_at(struct stmt *q, int at, const char *s)
{
	mark_bound(q, at);
	sqlite3_bind_text(q->raw, at, s, -1, SQLITE_STATIC);
}

static void name_of(const struct stmt *q, char *out, size_t size)
{
	snprintf(out, size, "%s (%s)", q->sql->name, q->sql->place);
}

static bool fail(struct stmt *q, const char *why, struct err *err)
{
	char what[160];

	name_of(q, what, sizeof(what));
	if (why)
		return err_set(err, ERR_STORE, q->sql->name, "%s: %s", what, why);
	return db_fail(q->db, what, err);
}

static bool all_bound(const struct stmt *q)
{
	uint64_t all = q->n_params >= 64 ? UINT64_MAX : (UINT64_C(1) << q->n_params) - 1;

	return (q->bound & all) == all;
}

/* Why a statement could not be prepared: it is tried again, for SQLite's message. */
static enum step unprepared(struct stmt *q, struct err *err)
{
	char what[160];

	if (prepare(q, 0) && q->lost.rc) {
		name_of(q, what, sizeof(what));
		db_fail_for(q->db, q->lost, what, sqlite3_errstr(q->lost.rc), err);
	} else {
		fail(q, sqlite3_errcode(q->db->raw) ? NULL : "not one statement", err);
	}
	return STEP_FAIL;
}

enum step stmt_step(struct stmt *q, struct err *err)
{
	if (!q->raw)
		return unprepared(q, err);
	if (!q->running && !all_bound(q)) {
		fail(q, "a parameter was left unbound", err);
		return STEP_FAIL;
	}
	q->running = true;
	errno = 0;
	switch (sqlite3_step(q->raw)) {
	case SQLITE_ROW:
		return STEP_ROW;
	case SQLITE_DONE:
		return STEP_DONE;
	default:
		fail(q, NULL, err);
		return STEP_FAIL;
	}
}

void stmt_done(struct stmt *q)
{
	if (q->running)
		sqlite3_reset(q->raw);
	q->running = false;
	q->bound = 0;
}

bool stmt_run(struct stmt *q, struct err *err)
{
	enum step step = stmt_step(q, err);

	stmt_done(q);
	return step != STEP_FAIL;
}

bool stmt_number(struct stmt *q, int64_t none, int64_t *out, struct err *err)
{
	enum step step = stmt_step(q, err);

	*out = step == STEP_ROW ? col_i64_or(q, 0, none) : none;
	stmt_done(q);
	return step != STEP_FAIL;
}

int64_t col_i64(struct stmt *q, int i)
{
	return sqlite3_column_int64(q->raw, i);
}

int64_t col_i64_or(struct stmt *q, int i, int64_t none)
{
	return col_is_null(q, i) ? none : col_i64(q, i);
}

bool col_is_null(struct stmt *q, int i)
{
	return sqlite3_column_type(q->raw, i) == SQLITE_NULL;
}

const char *col_text(struct stmt *q, int i)
{
	const unsigned char *s = sqlite3_column_text(q->raw, i);

	return s ? (const char *)s : "";
}

size_t col_bytes(struct stmt *q, int i)
{
	return (size_t)sqlite3_column_bytes(q->raw, i);
}

const void *col_blob(struct stmt *q, int i)
{
	return sqlite3_column_blob(q->raw, i);
}

const char *col_dup(struct stmt *q, int i, struct arena *a)
{
	const char *s = col_text(q, i);

	return *s ? arena_strndup(a, s, col_bytes(q, i)) : "";
}

static int spend(void *data)
{
	struct db *db = data;

	db->spent = --db->budget < 0;
	return db->spent;
}

void stmt_budget(struct db *db, int thousand_steps)
{
	db->budget = thousand_steps;
	if (thousand_steps)
		db->spent = false;
	sqlite3_progress_handler(
		db->raw, thousand_steps ? BUDGET_STEPS : 0, thousand_steps ? spend : NULL, db);
}

bool stmt_spent(const struct db *db)
{
	return db->spent;
}

bool stmt_prepare_all(struct db *db, struct err *err)
{
	for (int i = 0; i < SQL_COUNT; i++) {
		struct stmt *q = stmt_use(db, (enum sql_id)i);

		if (!q->raw)
			return fail(q, sqlite3_errcode(db->raw) ? NULL : "not one statement", err);
	}
	return true;
}
