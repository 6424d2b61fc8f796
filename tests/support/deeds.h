/*
 * What an office does with its store, for tests that interrupt it: exports of an
 * accounting program, invented but always the same, come in, are scored and
 * taken back. Each deed may be cut short anywhere and done again; in the end
 * the store must hold exactly what it holds where nothing happened.
 */
#ifndef DEEDS_H
#define DEEDS_H

#include "crash.h"
#include "session.h"

enum deed {
	DEED_CUSTOMERS, /* an import: new ones, changed ones, refused lines, consents */
	DEED_INVOICES,
	DEED_PAYMENTS,
	DEED_SCORES, /* all of them, 200 days later */
	DEED_UNDO,   /* of an import of customers and their invoices */
	DEED_MORE,   /* invoices in the store of DEED_SCORES, 200 days later too */
	DEED_COUNT
};

const char *deed_name(enum deed deed);

/*
 * Puts the exports into the folder and fills c->clean with what is there before
 * the deed. Fails the test where it cannot.
 */
void deeds_prepare(struct crash *c, enum deed deed);
/* The store is again as it was prepared, in the morning of the same day. */
void deeds_fresh(const struct crash *c);
/*
 * Opens the store, does the deed or goes on with it, closes. Batches are a few
 * rows long. True when it was acknowledged as done, now or by an earlier call.
 */
bool deeds_do(const struct crash *c, enum deed deed, struct err *err) MUST_USE;
/* The same, stopped by hand at the n-th progress that is told: ERR_CANCELLED. */
bool deeds_do_some(const struct crash *c, enum deed deed, int64_t n, struct err *err) MUST_USE;
/* Sound at any moment: fails the test with what is not. */
void deeds_sound(const struct crash *c);
/* The same, and nothing is left to do: derived = rebuilt, no lease is held. */
void deeds_settled(const struct crash *c, enum deed deed);
/*
 * Everything that is in the store, in words that do not depend on ids, nor on how
 * often a deed was begun.
 */
void deeds_content(const struct crash *c, struct strbuf *out);

#endif
