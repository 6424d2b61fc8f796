/*
 * A change that a service makes: the right checked, one write transaction, what
 * it does to the counters, its journal and its line of audit. Private to src/app.
 *
 *	struct change ch;
 *	bool ok = change_begin(&ch, s, RIGHT_CUSTOMERS_CHANGE, err) && ...;
 *	return change_end(&ch, ok, "customer.edit", "customer", id, "", err);
 */
#ifndef CHANGE_H
#define CHANGE_H

#include "session.h"
#include "store_counter.h"
#include "store_journal.h"

struct change {
	struct session *s;
	struct tally tally;
	struct journal journal; /* id 0 until change_journal */
};

bool change_begin(struct change *ch, struct session *s, enum right right, struct err *err) MUST_USE;
/* Opens the journal of what can be undone. `title` is what a person reads beside
 * "undo": a name, in no language. */
bool change_journal(
	struct change *ch, enum journal_kind kind, const char *title, struct err *err) MUST_USE;
/* Notes a row's values before the change, as JSON. Opens nothing. */
bool change_note(struct change *ch, const char *entity, int64_t row_id, int64_t revision,
	const char *before, struct err *err) MUST_USE;
/* Commits with counters and audit if `ok`, else rolls back. Returns whether it was kept. */
bool change_end(struct change *ch, bool ok, const char *action, const char *subject,
	int64_t subject_id, const char *detail, struct err *err) MUST_USE;

#endif
