/*
 * Customers that were entered twice: found while one is entered and on demand, by
 * e-mail, phone and how alike their names are; merged field by field, so that it
 * can be undone.
 *
 * An address may be shared by two people, a name by many: what is found is a
 * proposal, the person at the screen decides.
 */
#ifndef DUPLICATES_H
#define DUPLICATES_H

#include "arena.h"
#include "customer.h"
#include "customer_field.h"
#include "session.h"

/* Why two records may be one customer: a set of these. */
#define DUPLICATE_EMAIL 1u
#define DUPLICATE_PHONE 2u
#define DUPLICATE_NAME 4u /* likeness says how much */
#define DUPLICATE_CITY 8u
#define DUPLICATE_BIRTH_DAY 16u

#define DUPLICATES_MOST 20 /* told of one customer */

struct duplicate {
	struct customer_line line;
	uint32_t why;
	int likeness; /* of the names, 0 to 100 */
};

/*
 * Who may be the same as `c`, who need not be saved yet, the likeliest first.
 * Fast enough for the moment between two fields. Right: RIGHT_CUSTOMERS_READ.
 */
bool duplicates_of(struct session *s, const struct customer *c, struct arena *a,
	struct duplicate **out, int *count, struct err *err) MUST_USE;

struct duplicate_pair {
	int64_t low_id; /* the older record */
	int64_t high_id;
	uint32_t why;
	int likeness;
};

#define DUPLICATE_PAIRS_MOST 2000

/*
 * Goes through the whole company: the likeliest pairs first, without those that
 * somebody said are two. Names that many have are left aside unless an address
 * agrees as well. Progress counts what was compared, without a total.
 */
bool duplicates_find(struct session *s, const struct progress *p, struct arena *a,
	struct duplicate_pair **out, int *count, struct err *err) MUST_USE;
/* They are two: not told again. Right: RIGHT_CUSTOMERS_CHANGE. */
bool duplicates_dismiss(struct session *s, int64_t a, int64_t b, struct err *err) MUST_USE;

/*
 * Makes one of two. The winner takes `fields` (CF_BITs) from the loser; the loser's
 * documents, notes, tasks, tags, further addresses and accounting keys become the
 * winner's, its own e-mail and phone further addresses where they are not taken.
 * Refusals add up. The loser's record stays, pointing to the winner, so that it
 * can be undone. Right: RIGHT_CUSTOMERS_CHANGE. ERR_INVALID for one and the same
 * record or one merged already; *journal_id is for undo.
 */
bool duplicates_merge(struct session *s, int64_t winner_id, int64_t loser_id, uint32_t fields,
	int64_t *journal_id, struct err *err) MUST_USE;

#endif
