/* What the parts of the customers service share. */
#ifndef CUSTOMERS_PRIVATE_H
#define CUSTOMERS_PRIVATE_H

#include "change.h"
#include "customers.h"

/* Without control characters: line ends, escapes. */
bool text_is_plain(const char *text);
/* The name in full, for journals. */
const char *customer_title(const struct customer *c, struct arena *a);
/* ERR_GONE for a record that was merged away, too. */
bool customer_title_of(struct session *s, int64_t id, struct arena *a, const char **title,
	struct err *err) MUST_USE;

/* What a journal keeps of rows beside the customer's own, see customers_undo.c. */
void contact_before(const struct contact *c, struct strbuf *out);
void note_before(const struct note *note, struct strbuf *out);
/* An edit: what it was, and what it became, by which a later edit is known. */
void note_edit_before(const char *was, const char *became, struct strbuf *out);
void tag_before(int64_t tag_id, bool had, struct strbuf *out);
#define MADE_BEFORE "{\"made\":true}"

/* Takes back a merge, see merge.c. *undone is false when it cannot be. */
bool merge_undo(struct session *s, const struct journal_line *line, struct tally *tally,
	bool *undone, struct err *err) MUST_USE;

#endif
