/*
 * For tests that pull the plug: a folder of their own, a store that many lives
 * begin from, a piece of work that shows whether it was done by halves, and the
 * question whether a store is sound.
 */
#ifndef CRASH_H
#define CRASH_H

#include <stdbool.h>
#include <stdint.h>

#include "db.h"

struct crash {
	char folder[96];
	char path[128];	 /* the store that suffers */
	char clean[128]; /* the one that every life begins from: one company, no customer */
	int64_t company_id;
};

/* Makes the folder and the clean store. Fails the test where it cannot. */
void crash_begin(struct crash *c);
/* The store is the clean one again, without log or journal. */
void crash_fresh(const struct crash *c);
/* Any file over any other; a log or journal beside it goes. */
void crash_copy(const char *from, const char *to);
/* Removes a store and what lies beside it. */
void crash_remove(const char *path);
/* Removes the folder and what is in it. */
void crash_end(struct crash *c);

/* `n` times CRASH_ROUNDS of the environment; a fifth of it under a sanitizer. */
int crash_rounds(int n);

/*
 * The n-th piece of work, n from 1, in one transaction: three customers with
 * their search entries, scores and counters, an edit of one of the piece
 * before, a line of the audit trail.
 */
bool crash_work(struct db *db, int64_t company_id, int64_t n, struct err *err) MUST_USE;
/*
 * How many pieces are in the store. Fails the test if one is there in part, if
 * there is a hole, or if the store is not sound.
 */
int64_t crash_worked(struct db *db, int64_t company_id);

/*
 * Everything a store must be at any moment: sound for SQLite, foreign keys,
 * counters as counted, an unbroken audit trail, a row of scores and search
 * entries for each customer, no id from beyond the counter. Adds what is wrong.
 */
void crash_unsound(struct db *db, struct strbuf *findings);
/* The same; fails the test with what was found. */
void crash_sound(struct db *db);
/* The store is opened, found sound and closed. */
void crash_sound_at(const char *path);

/* One number from the store; fails the test where there is none. */
int64_t crash_number(struct db *db, const char *sql);

#endif
