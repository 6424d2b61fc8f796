#include "db.h"

#include <errno.h>

#include "crypt.h"
#include "db_private.h"
#include "fold.h"
#include "mem.h"
#include "migrate.h"
#include "strbuf.h"

#define BUSY_TIMEOUT_MS 10000
#define STATION_SHIFT 41

static bool no_space(int os)
{
	return os == ENOSPC || os == EDQUOT;
}

/* `os` is the system's own reason, where the call under it failed. */
static enum err_code code_of(int rc, int os)
{
	switch (rc & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return ERR_STORE_BUSY;
	case SQLITE_FULL:
		return ERR_DISK_FULL;
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return ERR_STORE_READ_ONLY;
	case SQLITE_CORRUPT:
		return ERR_STORE_DAMAGED;
	case SQLITE_NOTADB:
		return ERR_STORE_NOT_OURS;
	case SQLITE_CANTOPEN:
		if (os == EIO)
			return ERR_DISK_FAILED;
		return no_space(os) ? ERR_DISK_FULL : ERR_STORE_OPEN;
	case SQLITE_INTERRUPT:
		return ERR_CANCELLED;
	case SQLITE_IOERR:
		return no_space(os) ? ERR_DISK_FULL : ERR_DISK_FAILED;
	case SQLITE_CONSTRAINT:
		if (rc == SQLITE_CONSTRAINT_UNIQUE || rc == SQLITE_CONSTRAINT_PRIMARYKEY)
			return ERR_DUPLICATE;
		return ERR_STORE;
	default:
		return ERR_STORE;
	}
}

struct db_reason db_reason(struct db *db)
{
	return (struct db_reason){
		.os = errno ? errno : sqlite3_system_errno(db->raw),
		.rc = sqlite3_extended_errcode(db->raw),
	};
}

bool db_fail_for(
	struct db *db, struct db_reason why, const char *what, const char *message, struct err *err)
{
	enum err_code code = code_of(why.rc, why.os);
	const char *subject = code == ERR_STORE ? sqlite3_errstr(why.rc) : db->path;

	/* SQLite then has only the file, and lacks a log that it cannot make. */
	if (code == ERR_STORE_OPEN && !db->read_only && db->raw &&
		sqlite3_db_readonly(db->raw, "main") == 1)
		code = ERR_STORE_READ_ONLY;
	return err_set(err, code, subject, "%s: %s (%d)", what, message, why.rc);
}

bool db_fail(struct db *db, const char *what, struct err *err)
{
	return db_fail_for(db, db_reason(db), what, sqlite3_errmsg(db->raw), err);
}

bool db_exec(struct db *db, const char *sql, struct err *err)
{
	errno = 0;
	if (sqlite3_exec(db->raw, sql, NULL, NULL, NULL) == SQLITE_OK)
		return true;
	return db_fail(db, sql, err);
}

/* fold(text) for filters: what no key column holds is folded when it is asked for. */
static void sql_fold(sqlite3_context *context, int n, sqlite3_value **values)
{
	const unsigned char *text = sqlite3_value_text(values[0]);
	struct strbuf folded = STRBUF_INIT;

	(void)n;
	fold_add(&folded, text ? (const char *)text : "");
	sqlite3_result_text64(context, folded.buf, folded.len, SQLITE_TRANSIENT, SQLITE_UTF8);
	strbuf_release(&folded);
}

static bool configure(struct db *db, struct err *err)
{
	sqlite3_create_function(db->raw, "fold", 1,
		SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL, sql_fold, NULL, NULL);
	sqlite3_db_config(db->raw, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(db->raw, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(db->raw, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
	sqlite3_db_config(db->raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	if (!db_exec(db,
		    "PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON;"
		    "PRAGMA mmap_size = 0; PRAGMA synchronous = FULL",
		    err))
		return false;
	return db->read_only || db_exec(db, "PRAGMA journal_mode = WAL", err);
}

static bool connect(struct db *db, bool memory, struct err *err)
{
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;

	flags |= db->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
	if (memory)
		flags |= SQLITE_OPEN_CREATE;
	errno = 0;
	if (sqlite3_open_v2(db->path, &db->raw, flags, NULL) != SQLITE_OK)
		return db_fail(db, "open", err);
	/* Before the first read: others may be making or removing the log just now. */
	sqlite3_busy_timeout(db->raw, BUSY_TIMEOUT_MS);
	sqlite3_extended_result_codes(db->raw, 1);
	return true;
}

static bool was_station(struct db *db, int64_t station, bool *was, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_STORE_STATION_WAS);
	int64_t found;

	stmt_i64(q, "station", station);
	if (!stmt_number(q, 0, &found, err))
		return false;
	*was = found > 0;
	return true;
}

/*
 * A log that somebody left beside another store, or beside an older copy of its
 * own, would be played into it. They tell themselves apart by their station, or
 * by making no sense together where the main file alone does.
 */
static bool log_is_ours(struct db *db, int64_t station, struct err *err)
{
	struct strbuf log = STRBUF_INIT;
	bool was = false;
	int64_t now;

	if (!station)
		return true;
	now = db_station(db, err);
	if (now == station)
		return true;
	if (now ? !was_station(db, station, &was, err) : err->code != ERR_STORE_DAMAGED)
		return false;
	if (was)
		return true;
	strbuf_addf(&log, "%s-wal", db->path);
	err_set(err, ERR_STORE_LOG, log.buf, "station %lld beside %lld", (long long)now,
		(long long)station);
	strbuf_release(&log);
	return false;
}

struct db *db_connect(const char *path, bool read_only, struct err *err)
{
	bool memory = !strcmp(path, ":memory:");
	int64_t station = memory ? 0 : db_file_station(path);
	struct db *db = mem_zalloc(1, sizeof(*db));

	db->path = mem_strdup(path);
	db->read_only = read_only;
	if (connect(db, memory, err) && log_is_ours(db, station, err) && migrate_check(db, err) &&
		configure(db, err) && migrate(db, err)) {
		db->ours = true;
		return db;
	}
	db_close(db);
	return NULL;
}

struct db *db_open(const char *path, enum db_mode mode, struct err *err)
{
	if (strcmp(path, ":memory:") != 0 && !db_file_ready(path, mode, err))
		return NULL;
	return db_connect(path, mode == DB_READ_ONLY, err);
}

void db_close(struct db *db)
{
	if (!db)
		return;
	db_rollback(db);
	db_read_end(db);
	if (db->raw && !db->ours)
		sqlite3_db_config(db->raw, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	else if (!db->read_only)
		sqlite3_exec(
			db->raw, "PRAGMA analysis_limit = 400; PRAGMA optimize", NULL, NULL, NULL);
	for (int i = 0; i < SQL_COUNT; i++) {
		if (!db->stmts[i])
			continue;
		sqlite3_finalize(db->stmts[i]->raw);
		free(db->stmts[i]);
	}
	for (int i = 0; i < STMT_KEPT; i++)
		stmt_free(db->made[i]);
	sqlite3_close_v2(db->raw);
	free(db->path);
	free(db);
}

const char *db_path(const struct db *db)
{
	return db->path;
}

bool db_durable(struct db *db, bool full, struct err *err)
{
	return db_exec(db, full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL", err);
}

/* The pages of the log and the kilobytes of cache that SQLite has by itself. */
#define LOG_PAGES "1000"
#define CACHE_KB "2000"

bool db_rewrite(struct db *db, bool on, struct err *err)
{
	if (on)
		return db_durable(db, false, err) &&
		       db_exec(db, "PRAGMA wal_autocheckpoint = 16000; PRAGMA cache_size = -65536",
			       err);
	return db_exec(db,
		       "PRAGMA wal_autocheckpoint = " LOG_PAGES "; PRAGMA cache_size = -" CACHE_KB
		       "; PRAGMA shrink_memory",
		       err) &&
	       db_durable(db, true, err);
}

bool db_read(struct db *db, struct err *err)
{
	if (db->writing || db->reading)
		return true;
	db->reading = db_exec(db, "BEGIN", err);
	return db->reading;
}

void db_read_end(struct db *db)
{
	if (!db->reading)
		return;
	db->reading = false;
	sqlite3_exec(db->raw, "COMMIT", NULL, NULL, NULL);
}

bool db_write_at(struct db *db, const char *file, int line, struct err *err)
{
	if (db->writing || db->reading)
		return err_set(err, ERR_STORE, "nested transaction", "%s:%d inside %s:%d", file,
			line, db->writing ? db->write_file : "a read", db->write_line);
	if (!db_exec(db, "BEGIN IMMEDIATE", err))
		return false;
	db->writing = true;
	db->write_file = file;
	db->write_line = line;
	return true;
}

bool db_commit(struct db *db, struct err *err)
{
	if (!db_exec(db, "COMMIT", err)) {
		db_rollback(db);
		return false;
	}
	db->writing = false;
	return true;
}

void db_rollback(struct db *db)
{
	if (!db->writing)
		return;
	db->writing = false;
	if (!sqlite3_get_autocommit(db->raw))
		sqlite3_exec(db->raw, "ROLLBACK", NULL, NULL, NULL);
}

bool db_writing(const struct db *db)
{
	return db->writing;
}

int64_t db_station(struct db *db, struct err *err)
{
	int64_t station;

	if (!stmt_number(stmt_use(db, SQL_STORE_STATION), 0, &station, err))
		return 0;
	if (!station)
		err_set(err, ERR_STORE_DAMAGED, db->path, "no station");
	return station;
}

int64_t db_random_station(void)
{
	uint32_t random;

	crypt_random(&random, sizeof(random));
	return 1 + random % ((1 << 22) - 1);
}

bool db_new_station(struct db *db, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_STORE_STATION_SET);

	stmt_i64(q, "station", db_random_station());
	return stmt_run(stmt_use(db, SQL_STORE_STATION_KEEP), err) && stmt_run(q, err);
}

int64_t db_ids(struct db *db, int64_t n, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_STORE_IDS);
	int64_t first = 0;
	enum step step;

	if (!db->writing) {
		err_set(err, ERR_STORE, "id outside a write transaction", "%s", "");
		return 0;
	}
	step = stmt_step(q, err);
	if (step == STEP_ROW)
		first = col_i64(q, 0) << STATION_SHIFT | col_i64(q, 1);
	stmt_done(q);
	if (step == STEP_DONE || (step == STEP_ROW && first <= 0)) {
		err_set(err, ERR_STORE_DAMAGED, db->path, "no counter of ids");
		return 0;
	}
	q = stmt_use(db, SQL_STORE_IDS_TAKE);
	stmt_i64(q, "n", n);
	return stmt_run(q, err) ? first : 0;
}

int64_t db_data_version(struct db *db)
{
	struct err err = ERR_INIT;
	int64_t version;

	if (!stmt_number(stmt_use(db, SQL_STORE_DATA_VERSION), -1, &version, &err))
		return -1;
	return version;
}

int64_t db_changes(struct db *db)
{
	return sqlite3_changes64(db->raw);
}

void db_interrupt(struct db *db)
{
	sqlite3_interrupt(db->raw);
}

bool db_checkpoint(struct db *db, struct err *err)
{
	return db_exec(db, "PRAGMA wal_checkpoint(TRUNCATE)", err);
}

static bool tell_rows(struct db *db, const char *sql, const char *fine,
	void (*tell)(void *data, const char *finding), void *data, struct err *err)
{
	struct stmt *q = stmt_make(db, sql);
	enum step step;

	while ((step = stmt_step(q, err)) == STEP_ROW)
		if (strcmp(col_text(q, 0), fine))
			tell(data, col_text(q, 0));
	stmt_free(q);
	return step == STEP_DONE;
}

bool db_check_pages(struct db *db, bool quick, void (*tell)(void *data, const char *finding),
	void *data, struct err *err)
{
	const char *sql = quick ? "PRAGMA quick_check(20)" : "PRAGMA integrity_check(20)";

	return tell_rows(db, sql, "ok", tell, data, err);
}

bool db_check_links(
	struct db *db, void (*tell)(void *data, const char *finding), void *data, struct err *err)
{
	return tell_rows(db,
		"SELECT printf('%s row %s points to a missing %s', \"table\", rowid, parent)"
		" FROM pragma_foreign_key_check LIMIT 20",
		"", tell, data, err);
}
