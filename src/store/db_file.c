/*
 * The file of a store: found, made, copied. Never opened but through SQLite:
 * closing a descriptor of one's own would drop the locks that another connection
 * of this program holds on it.
 */
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crypt.h"
#include "db_private.h"
#include "path.h"
#include "strbuf.h"

/* The main file alone, whatever a log or journal beside it says; NULL if it is no database. */
static sqlite3 *look_at(const char *path)
{
	const int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX |
			  SQLITE_OPEN_PRIVATECACHE;
	struct strbuf uri = STRBUF_INIT;
	sqlite3 *raw = NULL;

	strbuf_adds(&uri, "file:");
	for (const char *p = path; *p; p++)
		if (strchr("%?#", *p))
			strbuf_addf(&uri, "%%%02X", (unsigned char)*p);
		else
			strbuf_addc(&uri, *p);
	strbuf_adds(&uri, "?immutable=1");
	sqlite3_open_v2(uri.buf, &raw, flags, NULL);
	strbuf_release(&uri);
	return raw;
}

static int ask(sqlite3 *raw, const char *sql, int64_t *out)
{
	sqlite3_stmt *q = NULL;
	int rc = sqlite3_prepare_v2(raw, sql, -1, &q, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(q);
	*out = rc == SQLITE_ROW ? sqlite3_column_int64(q, 0) : 0;
	sqlite3_finalize(q);
	return rc;
}

/* What cannot be read here may be readable with its log: that is told later. */
static bool is_ours(const char *path, struct err *err)
{
	sqlite3 *raw = look_at(path);
	int64_t id;
	int rc = ask(raw, "PRAGMA application_id", &id);

	sqlite3_close(raw);
	if (rc == SQLITE_NOTADB || (rc == SQLITE_ROW && id != APPLICATION_ID))
		return err_set(err, ERR_STORE_NOT_OURS, path, "application_id %lld", (long long)id);
	return true;
}

static bool has_content(const char *path, const char *end, struct strbuf *name)
{
	struct stat st;

	strbuf_clear(name);
	strbuf_addf(name, "%s%s", path, end);
	return !stat(name->buf, &st) && st.st_size > 0;
}

int64_t db_file_station(const char *path)
{
	struct strbuf log = STRBUF_INIT;
	int64_t station = 0;

	if (has_content(path, "-wal", &log)) {
		sqlite3 *raw = look_at(path);

		ask(raw, "SELECT station FROM id_counter", &station);
		sqlite3_close(raw);
	}
	strbuf_release(&log);
	return station;
}

/* --- making --- */

/* A log or journal without its store would be played into the new one. */
static bool is_free(const char *path, struct err *err)
{
	struct strbuf name = STRBUF_INIT;
	struct stat st;
	bool left = has_content(path, "-wal", &name) || has_content(path, "-journal", &name);
	bool ok = !left || !stat(path, &st);

	if (!ok)
		err_set(err, ERR_STORE_LOG, name.buf, "there is no %s", path);
	strbuf_release(&name);
	return ok;
}

static void remove_beside(const char *path)
{
	static const char *const ends[] = { "-wal", "-shm", "-journal" };
	struct strbuf name = STRBUF_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
		strbuf_clear(&name);
		strbuf_addf(&name, "%s%s", path, ends[i]);
		unlink(name.buf);
	}
	strbuf_release(&name);
}

/*
 * Made under another name and put in place as a whole, so that nobody ever meets
 * half a store; whoever comes second takes the first one's. The file is the
 * owner's alone from its first byte: SQLite gives journal and log its mode.
 */
static bool make(const char *path, struct err *err)
{
	struct err later = ERR_INIT;
	struct path_new made;
	struct db *db;
	bool ok;

	if (!is_free(path, err) || !path_new_open(&made, path, err))
		return false;
	db = db_connect(made.tmp, false, err);
	ok = db && db_checkpoint(db, err);
	if (db)
		db->ours = false;
	db_close(db);
	remove_beside(made.tmp);
	if (!ok)
		path_new_discard(&made);
	else if (!path_new_commit_once(&made, &later) && later.code != ERR_DUPLICATE) {
		*err = later;
		ok = false;
	}
	return ok;
}

bool db_file_ready(const char *path, enum db_mode mode, struct err *err)
{
	struct stat st;

	if (stat(path, &st)) {
		if (errno != ENOENT || mode != DB_CREATE)
			return err_set_errno(err, ERR_STORE_OPEN, path);
		if (!make(path, err))
			return false;
		if (stat(path, &st))
			return err_set_errno(err, ERR_STORE_OPEN, path);
	}
	if (S_ISDIR(st.st_mode))
		return err_set(err, ERR_IS_FOLDER, path, "%s", "");
	if (!S_ISREG(st.st_mode))
		return err_set(err, ERR_STORE_NOT_OURS, path, "not a regular file");
	if (!st.st_size)
		return err_set(err, ERR_STORE_EMPTY, path, "%s", "");
	return is_ours(path, err);
}

/* --- copying --- */

/*
 * Ids made in a copy must not meet those made in the store meanwhile; and a log of
 * the store that finds itself beside the copy is known by it.
 */
static bool give_station(const char *path, struct err *err)
{
	struct strbuf sql = STRBUF_INIT;
	sqlite3 *raw = NULL;
	int rc;

	strbuf_addf(&sql, "UPDATE id_counter SET station = %lld", (long long)db_random_station());
	rc = sqlite3_open_v2(path, &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_exec(raw, sql.buf, NULL, NULL, NULL);
	if (rc != SQLITE_OK)
		err_set_errno(err, ERR_IO, path);
	sqlite3_close(raw);
	strbuf_release(&sql);
	return rc == SQLITE_OK;
}

bool db_copy(struct db *db, const char *to, struct err *err)
{
	struct path_new copy;
	struct stmt *q;
	bool ok;

	if (!access(to, F_OK))
		return err_set(err, ERR_DUPLICATE, to, "%s", "");
	if (!path_new_open(&copy, to, err))
		return false;
	q = stmt_use(db, SQL_STORE_COPY);
	stmt_text(q, "path", copy.tmp);
	ok = stmt_run(q, err) && give_station(copy.tmp, err);
	remove_beside(copy.tmp);
	if (ok)
		return path_new_commit_once(&copy, err);
	path_new_discard(&copy);
	return false;
}
