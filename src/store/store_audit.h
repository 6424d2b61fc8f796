/*
 * The audit trail: one line for every sign-in, change, export and sending.
 *
 * Line n's hash is BLAKE2b-256 over the hash of line n - 1 and every column of
 * line n, each framed by its length; the details are covered by their salted
 * digest, BLAKE2b-256(salt, detail), and lie in a side table that erasure may
 * empty. A line that was altered, removed or put in between breaks the chain.
 */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include "actor.h"
#include "arena.h"
#include "db.h"

struct audit_entry {
	int64_t seq;
	int64_t at;
	int64_t company_id; /* 0: the store itself */
	const char *actor;
	const char *origin;
	const char *action;  /* "customer.edit", "import.run": area.verb */
	const char *subject; /* "customer", "import", "" */
	int64_t subject_id;
	const char *detail; /* JSON, "" if none or erased */
};

/* Adds a line, inside the transaction of the change it speaks of. seq is set. */
bool store_audit_add(struct db *db, const struct actor *actor, struct audit_entry *entry,
	struct err *err) MUST_USE;

/* The lines about one subject, newest first, `n` at most, older than `before_seq`. */
bool store_audit_of(struct db *db, int64_t company_id, const char *subject, int64_t subject_id,
	int64_t before_seq, int n, struct arena *a, struct audit_entry **out, int *count,
	struct err *err) MUST_USE;

/* Follows the chain from its first line. *broken_at is the first seq that does not fit, or 0. */
bool store_audit_verify(
	struct db *db, int64_t *lines, int64_t *broken_at, struct err *err) MUST_USE;

#endif
