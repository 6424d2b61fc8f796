#include "migrate.h"

#include <unistd.h>

#include "db_private.h"
#include "strbuf.h"

static bool number(struct db *db, const char *sql, int64_t *out, struct err *err)
{
	struct stmt *q = stmt_make(db, sql);
	bool ok = stmt_number(q, 0, out, err);

	stmt_free(q);
	return ok;
}

static int newest(void)
{
	int version = 0;

	for (const struct migration *m = migrations; m->version; m++)
		version = m->version;
	return version;
}

bool migrate_check(struct db *db, struct err *err)
{
	int64_t id, version, tables;

	if (!number(db, "PRAGMA application_id", &id, err) ||
		!number(db, "PRAGMA user_version", &version, err) ||
		!number(db, "SELECT EXISTS (SELECT 1 FROM sqlite_schema)", &tables, err))
		return false;
	if (id != APPLICATION_ID && (id || version || tables))
		return err_set(err, ERR_STORE_NOT_OURS, db->path, "application_id %lld", (long long)id);
	if (version > newest())
		return err_set(err, ERR_STORE_NEWER, db->path, "version %lld, known %d",
			(long long)version, newest());
	return true;
}

/* A copy beside the store, kept until the next upgrade, so that a step can be gone back from. */
static bool keep_copy(struct db *db, int64_t version, struct err *err)
{
	struct strbuf to = STRBUF_INIT;
	bool ok;

	strbuf_addf(&to, "%s.before-%lld", db->path, (long long)version + 1);
	unlink(to.buf);
	ok = db_copy(db, to.buf, err);
	strbuf_release(&to);
	return ok;
}

/* One step; whoever came second finds the version already raised and does nothing. */
static bool step(struct db *db, const struct migration *m, struct err *err)
{
	struct strbuf sql = STRBUF_INIT;
	int64_t version;
	bool ok = false;

	if (!db_write(db, err))
		return false;
	if (!number(db, "PRAGMA user_version", &version, err))
		goto out;
	if (version >= m->version) {
		db_rollback(db);
		return true;
	}
	strbuf_addf(&sql, "PRAGMA user_version = %d; PRAGMA application_id = %d", m->version,
		APPLICATION_ID);
	ok = db_exec(db, m->sql, err) && db_exec(db, sql.buf, err);
	if (ok && m->version == 1) {
		ok = stmt_run(stmt_use(db, SQL_STORE_INIT), err) && db_new_station(db, err);
	}
	ok = ok && db_commit(db, err);
out:
	db_rollback(db);
	strbuf_release(&sql);
	return ok;
}

bool migrate(struct db *db, struct err *err)
{
	int64_t version;

	if (!number(db, "PRAGMA user_version", &version, err))
		return false;
	if (version == newest())
		return true;
	if (db->read_only)
		return err_set(err, ERR_STORE_READ_ONLY, db->path, "version %lld needs an upgrade",
			(long long)version);
	if (version && !keep_copy(db, version, err))
		return false;
	for (const struct migration *m = migrations; m->version; m++)
		if (m->version > version && !step(db, m, err))
			return false;
	return true;
}
