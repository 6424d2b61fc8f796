/*
 * Copies of the store: taken while others work, verified before they count, kept
 * in the folder "backups" beside the store, 0600. One thread, the session's.
 */
#ifndef BACKUP_H
#define BACKUP_H

#include "arena.h"
#include "session.h"

/* Why it was taken; part of its name. */
enum backup_reason { BACKUP_MANUAL, BACKUP_IMPORT, BACKUP_UNDO, BACKUP_MERGE, BACKUP_REASONS };

struct backup {
	const char *path;
	const char *reason; /* "manual", "import", "migration"... */
	int64_t at;	    /* UTC seconds */
	int64_t bytes;
};

/* Copies, opens the copy, checks its integrity and that it has as many customers,
 * invoices and payments as the store had. *path lies in the arena. ERR_BACKUP_BAD
 * when the copy is no use (it is then removed); ERR_DISK_FULL before anything is
 * written when there is no room for it. */
bool backup_make(struct session *s, enum backup_reason reason, struct arena *a, const char **path,
	struct err *err) MUST_USE;
/* Newest first. */
bool backup_list(struct session *s, struct arena *a, struct backup **out, int *count,
	struct err *err) MUST_USE;

#endif
