/*
 * What follows from the facts, made anew or compared with them: key columns,
 * packed consents, search, scores, counters. All of it could be thrown away and
 * nothing would be lost.
 */
#ifndef REBUILD_H
#define REBUILD_H

#include "session.h"

struct rebuild_report {
	int64_t differences;
	char first[160]; /* English: what and where, of the first one */
};

/*
 * Makes everything of the session's company anew, in short transactions; others
 * may read and write meanwhile, only search finds less until it is done. Killed,
 * it is run again. Right: RIGHT_SETTINGS. Progress counts customers.
 */
bool rebuild_all(struct session *s, const struct progress *p, struct err *err) MUST_USE;
/* Compares and writes nothing. `report` comes zeroed. */
bool rebuild_compare(struct session *s, const struct progress *p, struct rebuild_report *report,
	struct err *err) MUST_USE;

/* Campaigns of the session's company whose counts are not those of their messages; with
 * `write`, they are afterwards. */
bool rebuild_counts(struct session *s, bool write, int64_t *wrong, struct err *err) MUST_USE;

#endif
