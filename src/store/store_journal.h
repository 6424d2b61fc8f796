/*
 * The journal of changes that can be taken back as a whole: what a change made
 * is kept as ranges of ids, what it changed as the columns it found.
 */
#ifndef STORE_JOURNAL_H
#define STORE_JOURNAL_H

#include "arena.h"
#include "db.h"

enum journal_kind { JOURNAL_IMPORT, JOURNAL_EDIT, JOURNAL_BULK, JOURNAL_MERGE };

const char *journal_kind_word(enum journal_kind kind);

struct journal {
	int64_t id;
	int64_t company_id;
	int64_t seq; /* of the last line written */
	enum journal_kind kind;
	const char *title; /* what a person reads beside "undo" */
	int64_t at;
	const char *actor;
	int64_t undone_at; /* 0 if not */
};

struct journal_line {
	int64_t seq;
	const char *entity;
	bool made;
	int64_t first_id; /* of a range made, or the row changed */
	int64_t last_id;
	int64_t revision;   /* of the row after the change */
	const char *before; /* JSON object: column to value; "" for made */
};

/* Opens a journal; id and seq are set. All inside write transactions. */
bool store_journal_begin(struct db *db, struct journal *j, struct err *err) MUST_USE;
bool store_journal_get(struct db *db, int64_t company_id, int64_t id, struct arena *a,
	struct journal *out, struct err *err) MUST_USE; /* ERR_GONE */
/* The newest that is not undone; id 0 if there is none. */
bool store_journal_last(struct db *db, int64_t company_id, const char *actor, struct arena *a,
	struct journal *out, struct err *err) MUST_USE;
/* `n` at most, newest first, of ids below `before`. */
bool store_journal_page(struct db *db, int64_t company_id, int64_t before, int n, struct arena *a,
	struct journal **out, int *count, struct err *err) MUST_USE;
bool store_journal_made(struct db *db, struct journal *j, const char *entity, int64_t first_id,
	int64_t last_id, struct err *err) MUST_USE;
bool store_journal_changed(struct db *db, struct journal *j, const char *entity, int64_t row_id,
	int64_t revision, const char *before, struct err *err) MUST_USE;
/* Up to `n` lines of both kinds below `before_seq`, newest first: undo goes backwards. */
bool store_journal_lines(struct db *db, int64_t journal_id, int64_t before_seq, int n,
	struct arena *a, struct journal_line **out, int *count, struct err *err) MUST_USE;
/* Forgets a line that was taken back, so that an undo cut short goes on where it was. */
bool store_journal_drop(struct db *db, int64_t journal_id, const struct journal_line *line,
	struct err *err) MUST_USE;
/* Forgets the upper end of a range made: ids over `last_id` were taken back. */
bool store_journal_shrink(struct db *db, int64_t journal_id, const struct journal_line *line,
	int64_t last_id, struct err *err) MUST_USE;
bool store_journal_undone(struct db *db, int64_t journal_id, int64_t at, struct err *err) MUST_USE;

/* Whether a customer has more to it than an import gives: contacts, tags, a person's
 * own word about consents. */
bool store_journal_touched(struct db *db, int64_t company_id, int64_t customer_id, bool *touched,
	struct err *err) MUST_USE;
/* The customer of a consent event, and the subjects it granted that no later line
 * speaks of; customer 0 when the event is gone. */
bool store_journal_grants(struct db *db, int64_t company_id, int64_t event_id, int64_t *customer_id,
	uint32_t *granted, struct err *err) MUST_USE;

#endif
