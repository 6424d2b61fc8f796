#include "store_scratch.h"

#include <sqlite3.h>

#include "mem.h"

struct scratch {
	sqlite3 *raw;
	sqlite3_stmt *get;
	sqlite3_stmt *put;
};

static bool fail(struct scratch *scratch, struct err *err)
{
	int rc = sqlite3_extended_errcode(scratch->raw);
	enum err_code code = (rc & 0xff) == SQLITE_FULL ? ERR_DISK_FULL : ERR_IO;

	return err_set(err, code, "temporary file", "%s (%d)", sqlite3_errmsg(scratch->raw), rc);
}

struct scratch *scratch_open(struct err *err)
{
	static const char schema[] =
		"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = "
		"EXCLUSIVE;"
		"CREATE TABLE seen (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;"
		"BEGIN";
	struct scratch *scratch = mem_zalloc(1, sizeof(*scratch));
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
		    SQLITE_OPEN_PRIVATECACHE;

	if (sqlite3_open_v2("", &scratch->raw, flags, NULL) == SQLITE_OK &&
		sqlite3_exec(scratch->raw, schema, NULL, NULL, NULL) == SQLITE_OK &&
		sqlite3_prepare_v2(scratch->raw, "SELECT value FROM seen WHERE key = ?1", -1,
			&scratch->get, NULL) == SQLITE_OK &&
		sqlite3_prepare_v2(scratch->raw,
			"INSERT INTO seen (key, value) VALUES (?1, ?2)"
			" ON CONFLICT DO UPDATE SET value = excluded.value",
			-1, &scratch->put, NULL) == SQLITE_OK)
		return scratch;
	fail(scratch, err);
	scratch_close(scratch);
	return NULL;
}

void scratch_close(struct scratch *scratch)
{
	if (!scratch)
		return;
	sqlite3_finalize(scratch->get);
	sqlite3_finalize(scratch->put);
	sqlite3_close_v2(scratch->raw);
	free(scratch);
}

bool scratch_get(struct scratch *scratch, const char *key, int64_t *value, struct err *err)
{
	int rc;

	*value = 0;
	sqlite3_bind_text(scratch->get, 1, key, -1, SQLITE_STATIC);
	rc = sqlite3_step(scratch->get);
	if (rc == SQLITE_ROW)
		*value = sqlite3_column_int64(scratch->get, 0);
	sqlite3_reset(scratch->get);
	return rc == SQLITE_ROW || rc == SQLITE_DONE || fail(scratch, err);
}

bool scratch_put(struct scratch *scratch, const char *key, int64_t value, struct err *err)
{
	int rc;

	sqlite3_bind_text(scratch->put, 1, key, -1, SQLITE_STATIC);
	sqlite3_bind_int64(scratch->put, 2, value);
	rc = sqlite3_step(scratch->put);
	sqlite3_reset(scratch->put);
	return rc == SQLITE_DONE || fail(scratch, err);
}
