/*
 * Searching customers by what somebody types: a name, a firm, an e-mail, an
 * accounting key, any part of a phone with or without spaces and codes. Case and
 * accents do not count. Reads only; interruptible (db_interrupt).
 *
 *	one letter	names that begin with it
 *	two letters	words that begin with them
 *	three or more	any part of a text
 *
 * Several words must all be found, in any order; those shorter than three letters
 * as beginnings of words. A candidate comes from an index, never from a scan, and is
 * then compared with the customer's own texts.
 */
#ifndef STORE_FIND_H
#define STORE_FIND_H

#include "arena.h"
#include "customer_page.h"
#include "db.h"

#define FIND_TEXT_MAX 200 /* bytes of a search that are looked at */

struct find {
	const struct list_query *list; /* company and filter; its order does not matter */
	const struct country *home;    /* the company's */
	const char *text;
};

/*
 * Up to HITS_MAX customers in the order of names. Where there are more they come
 * in the order of ids (of names for one letter), and out->more says so.
 */
bool store_find(struct db *db, const struct find *find, struct arena *a, struct customer_hits *out,
	struct err *err) MUST_USE;
/* All of them, ascending ids without repeats. *ids is *owned*: free(). */
bool store_find_all(struct db *db, const struct find *find, int64_t **ids, size_t *count,
	struct err *err) MUST_USE;

#endif
