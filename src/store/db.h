/*
 * One connection to the store. One per thread, never shared: every function
 * here and in the store families belongs to the thread that opened it.
 *
 * Reading and writing are different calls. A write transaction is immediate,
 * so that it waits for its turn at the start and never fails in the middle; it
 * should last under 100 ms, since every other thread and program waits for it.
 */
#ifndef DB_H
#define DB_H

#include <stdbool.h>
#include <stdint.h>

#include "err.h"

struct db;

enum db_mode {
	DB_CREATE,    /* make the store if there is none */
	DB_OPEN,      /* it must exist */
	DB_READ_ONLY, /* it must exist and is never written, not even migrated */
};

/* Opens, checks that it is ours, migrates. ":memory:" is allowed with DB_CREATE. */
struct db *db_open(const char *path, enum db_mode mode, struct err *err) MUST_USE;
/* Rolls back what is open. NULL is allowed. */
void db_close(struct db *db);
const char *db_path(const struct db *db);

/*
 * How sure a commit is of having reached the disk when it returns. FULL is the
 * default and right wherever somebody is told "done"; NORMAL is for imports
 * and recalculations, which can be repeated.
 */
bool db_durable(struct db *db, bool full, struct err *err) MUST_USE;
/*
 * For many short transactions that rewrite rows all over the store: not durable, and
 * with a cache and a log large enough (64 MB each) that a page is not written back for
 * each of them. Off again, all is as before and the memory given back. Not for index
 * builds, which such a cache makes slower.
 */
bool db_rewrite(struct db *db, bool on, struct err *err) MUST_USE;

/* A read transaction: everything read until db_read_end is of one moment. */
bool db_read(struct db *db, struct err *err) MUST_USE;
void db_read_end(struct db *db);

/* A write transaction. Not inside another transaction. */
#define db_write(db, err) db_write_at(db, __FILE__, __LINE__, err)
bool db_write_at(struct db *db, const char *file, int line, struct err *err) MUST_USE;
/*
 * After a failed commit the state is unknown (it may have reached the disk):
 * read it again before telling anybody that it did not happen.
 */
bool db_commit(struct db *db, struct err *err) MUST_USE;
void db_rollback(struct db *db);
bool db_writing(const struct db *db);

/*
 * Takes `n` ids in a row, inside a write transaction; the first is returned,
 * 0 on error. Ids are station << 41 | counter, see data/schema.
 */
int64_t db_ids(struct db *db, int64_t n, struct err *err) MUST_USE;
/* As the store says now, for another program may have given it a new one; 0 on error. */
int64_t db_station(struct db *db, struct err *err) MUST_USE;
/* Gives the store a new station number: after a copy was restored elsewhere. */
bool db_new_station(struct db *db, struct err *err) MUST_USE;

/* Rises when another connection or program has committed; -1 on error. */
int64_t db_data_version(struct db *db);
/* Rows changed by the last statement. */
int64_t db_changes(struct db *db);

/* Makes whatever this connection is doing return soon; any thread may call it. */
void db_interrupt(struct db *db);

/*
 * Copies the store, consistent while others write. Refuses an existing file. The
 * copy takes its name as a whole, and once true was returned survives an outage.
 */
bool db_copy(struct db *db, const char *to, struct err *err) MUST_USE;
/* A truncating checkpoint: nothing of the past stays in the log. */
bool db_checkpoint(struct db *db, struct err *err) MUST_USE;

/*
 * SQLite's own checks: of the pages and indexes (quick leaves the indexes'
 * content out), and of the foreign keys. One finding a call of `tell`, 20 at
 * most; false only when the check itself could not run.
 */
bool db_check_pages(struct db *db, bool quick, void (*tell)(void *data, const char *finding),
	void *data, struct err *err) MUST_USE;
bool db_check_links(struct db *db, void (*tell)(void *data, const char *finding), void *data,
	struct err *err) MUST_USE;

#endif
