/* The inside of a connection, for db.c, db_file.c, stmt.c and migrate.c alone. */
#ifndef DB_PRIVATE_H
#define DB_PRIVATE_H

#include <sqlite3.h>

#include "db.h"
#include "stmt.h"

#define STMT_PARAMS 40

/* Why something failed: SQLite's code and the system's, 0 if it had none. */
struct db_reason {
	int rc;
	int os;
};

struct stmt {
	struct db *db;
	sqlite3_stmt *raw;
	const struct sql_text *sql;
	int n_params;
	uint64_t bound; /* bit i: parameter i + 1 has a value */
	bool running;
	struct db_reason lost; /* why there is no raw */
	const char *known[STMT_PARAMS]; /* literals that were looked up before, by address */
};

struct db {
	sqlite3 *raw;
	char *path;
	bool read_only;
	bool ours; /* known to be: closing tidies it up, and leaves any other file as it is */
	bool writing;
	bool reading;
	const char *write_file; /* where the open write transaction began */
	int write_line;
	int budget; /* thousands of steps left */
	bool spent;
	struct stmt *stmts[SQL_COUNT];
	struct stmt *made[STMT_KEPT]; /* the latest first */
};

#define BUDGET_STEPS 1000 /* of SQLite's machine, between two looks at the budget */
#define APPLICATION_ID 0x65435243 /* "eCRC" */

/*
 * Fills err from the last error of the connection and from errno, which the
 * caller sets to 0 before the call that fails; `what` names statement or place.
 */
bool db_fail(struct db *db, const char *what, struct err *err);
/* The last error, for telling it later. */
struct db_reason db_reason(struct db *db);
bool db_fail_for(struct db *db, struct db_reason why, const char *what, const char *message,
	struct err *err);
bool db_exec(struct db *db, const char *sql, struct err *err) MUST_USE;

/* A connection to what must be a store of ours, or a new and empty file. NULL on error. */
struct db *db_connect(const char *path, bool read_only, struct err *err) MUST_USE;
/* There is a store at the path, made where the mode asks for it. */
bool db_file_ready(const char *path, enum db_mode mode, struct err *err) MUST_USE;
/* The station by the main file, where a log lies beside it; 0 if none does, or nobody knows. */
int64_t db_file_station(const char *path);
int64_t db_random_station(void);

#endif
