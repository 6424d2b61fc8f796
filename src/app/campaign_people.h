/*
 * A list of customers that comes from elsewhere: a CSV file, a workbook or pasted rows in
 * which each row names a customer by accounting key, e-mail address or telephone number.
 *
 * Where the first row is a header that tells these columns, they alone are looked at; else
 * any cell of a row may name its customer: by key first, then by e-mail, then by number. An
 * address that several have is that of the one known longest; a merged record stands for
 * the one it lives on in. Nothing is written. The session's thread.
 */
#ifndef CAMPAIGN_PEOPLE_H
#define CAMPAIGN_PEOPLE_H

#include "session.h"
#include "vec.h"

#define CAMPAIGN_PEOPLE_ROWS 10000 /* of a list; more is refused */

struct campaign_people {
	VEC(int64_t) ids;   /* each once, in the order of the list */
	VEC(int64_t) lines; /* of the rows that name nobody; a header is none of them */
};

/*
 * ERR_LIST_TOO_LONG over CAMPAIGN_PERSONS_MAX customers, ERR_TOO_LARGE over
 * CAMPAIGN_PEOPLE_ROWS rows, ERR_LIST_NOBODY when no row names anybody, the errors of rows.h.
 * Right: RIGHT_CAMPAIGNS_CHANGE. `out` is *owned*: release, also after a failure.
 */
bool campaign_people_file(
	struct session *s, const char *path, struct campaign_people *out, struct err *err) MUST_USE;
bool campaign_people_text(struct session *s, const char *text, size_t len,
	struct campaign_people *out, struct err *err) MUST_USE;
void campaign_people_release(struct campaign_people *people);
/* Appends the ids as a campaign keeps them, with commas between. */
void campaign_people_add(const struct campaign_people *people, struct strbuf *out);

#endif
