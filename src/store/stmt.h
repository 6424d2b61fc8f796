/*
 * Named statements, private to src/store. They live in data/sql, are prepared
 * once a connection and bound by name; a parameter left unbound is refused.
 *
 *	struct stmt *q = stmt_use(db, SQL_CUSTOMER_GET);
 *	stmt_i64(q, "id", id);
 *	switch (stmt_step(q, err)) { ... col_text(q, 0) ... }
 *	stmt_done(q);
 *
 * stmt_use never returns NULL: what is wrong with a statement shows at its
 * first step. Column texts are *borrowed until* the next step.
 */
#ifndef STMT_H
#define STMT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "db.h"
#include "err.h"
#include "sql_ids.h"

struct sqlite3_stmt;
struct stmt;

struct sql_text {
	const char *name;
	const char *place; /* data/sql/customer.sql:11 */
	const char *text;
};
extern const struct sql_text sql_table[];

enum step { STEP_FAIL, STEP_ROW, STEP_DONE };

struct stmt *stmt_use(struct db *db, enum sql_id id);
/*
 * Statements made at run time, for the segment compiler and for the store's own
 * upkeep. stmt_made keeps the last few by their text, so that paging through a
 * list prepares once; it is *borrowed until* STMT_KEPT others were made.
 * stmt_make prepares anew; *owned*, give it back with stmt_free.
 */
#define STMT_KEPT 8
struct stmt *stmt_made(struct db *db, const char *sql);
struct stmt *stmt_make(struct db *db, const char *sql);
void stmt_free(struct stmt *q);

void stmt_i64(struct stmt *q, const char *name, int64_t v);
void stmt_text(struct stmt *q, const char *name, const char *s); /* NULL binds NULL */
void stmt_textn(struct stmt *q, const char *name, const char *s, size_t len);
void stmt_blob(struct stmt *q, const char *name, const void *p, size_t len);
void stmt_null(struct stmt *q, const char *name);
/* NULL where v is `none`, the value otherwise. */
void stmt_i64_or_null(struct stmt *q, const char *name, int64_t v, int64_t none);
/* By position from 1, for statements made at run time. */
void stmt_i64_at(struct stmt *q, int at, int64_t v);
void stmt_text_at(struct stmt *q, int at, const char *s);

/* The texts bound must live until stmt_done. */
enum step stmt_step(struct stmt *q, struct err *err) MUST_USE;
/* Ends a use early or late; binds are forgotten. Safe to call twice. */
void stmt_done(struct stmt *q);
/* Steps a statement that gives no rows, and ends it. */
bool stmt_run(struct stmt *q, struct err *err) MUST_USE;
/* Steps a statement that gives one number, and ends it; `none` if no row or NULL. */
bool stmt_number(struct stmt *q, int64_t none, int64_t *out, struct err *err) MUST_USE;

int64_t col_i64(struct stmt *q, int i);
int64_t col_i64_or(struct stmt *q, int i, int64_t none);
bool col_is_null(struct stmt *q, int i);
/* "" for NULL. */
const char *col_text(struct stmt *q, int i);
size_t col_bytes(struct stmt *q, int i);
const void *col_blob(struct stmt *q, int i);
/* A copy in the arena; "" for NULL. */
const char *col_dup(struct stmt *q, int i, struct arena *a);

/*
 * Lets statements of this connection run for so many thousand steps of SQLite's
 * machine, then fail with ERR_CANCELLED; 0 takes the limit away. stmt_spent says
 * whether the last limit ended one.
 */
bool stmt_spent(const struct db *db);
void stmt_budget(struct db *db, int thousand_steps);

/* Prepares every named statement; for the test that proves them. */
bool stmt_prepare_all(struct db *db, struct err *err) MUST_USE;

#endif
