/*
 * Taking back a journal as a whole: an import, an edit, a change of many rows, a
 * merge. Backwards, in short transactions; killed or stopped, the next call goes
 * on where it was. Rows that somebody edited since are kept and told. Refusals
 * and suppressions are never taken back: what a person refused stays, as a
 * suppression of the address where the customer goes. One thread, the session's.
 */
#ifndef UNDO_H
#define UNDO_H

#include "arena.h"
#include "session.h"

enum undo_why {
	UNDO_EDITED, /* somebody changed it since */
	UNDO_IN_USE, /* something newer hangs on it: a payment, a note, a task */
	UNDO_WHYS
};

/* English, to be translated: "changed since". */
const char *undo_why_label(enum undo_why why);

struct undo_kept {
	const char *entity; /* "customer", "invoice"... */
	int64_t id;
	enum undo_why why;
};

#define UNDO_KEPT_MAX 1000 /* listed; all are counted */

struct undo_result {
	int64_t journal_id;
	const char *title;  /* *borrowed* from the arena */
	int64_t taken_back; /* rows */
	int64_t kept;
	struct undo_kept *list;
	int n_list;
};

/* Right: RIGHT_IMPORT for an import, else RIGHT_CUSTOMERS_CHANGE. ERR_GONE for no such
 * journal, ERR_UNDONE for one that was taken back, ERR_IMPORT_BUSY while an import
 * runs. An import backs the store up first. */
bool undo_journal(struct session *s, int64_t journal_id, const struct progress *progress,
	struct arena *a, struct undo_result *result, struct err *err) MUST_USE;
/* The newest journal of this actor that is not undone; ERR_NOTHING_TO_UNDO. */
bool undo_last(struct session *s, const struct progress *progress, struct arena *a,
	struct undo_result *result, struct err *err) MUST_USE;
/* What undo_last would take back: its title, "" if nothing. */
bool undo_next(struct session *s, struct arena *a, int64_t *journal_id, const char **title,
	struct err *err) MUST_USE;

/* A change that can be taken back, or was. */
struct undo_entry {
	int64_t journal_id;
	const char *kind; /* IMPORT, EDIT, BULK, MERGE */
	const char *title;
	const char *actor;
	int64_t at;
	int64_t undone_at; /* 0 if not */
};

/* Everybody's, `n` at most, newest first, of ids below `before` (INT64_MAX to begin).
 * Right: RIGHT_CUSTOMERS_READ. */
bool undo_list(struct session *s, int64_t before, int n, struct arena *a, struct undo_entry **out,
	int *count, struct err *err) MUST_USE;
/* "Import", "Single change"..., English, to be translated. */
const char *undo_kind_label(const char *kind);

#endif
