/*
 * The search index of customers, derived from their rows: search_word finds the
 * beginnings of words, search_part any part of a name, a firm, an e-mail, an
 * accounting key or a phone. Both hold folded text and no copy of it, so taking a
 * row out needs the text that was put in.
 */
#ifndef STORE_SEARCH_H
#define STORE_SEARCH_H

#include "contact.h"
#include "customer.h"
#include "db.h"

/* Inside a write transaction. */
bool store_search_add(struct db *db, const struct customer *c, struct err *err) MUST_USE;
bool store_search_drop(struct db *db, const struct customer *c, struct err *err) MUST_USE;
/* A contact has an entry of its own, by its own id. */
bool store_search_add_contact(struct db *db, const struct contact *c, struct err *err) MUST_USE;
bool store_search_drop_contact(struct db *db, const struct contact *c, struct err *err) MUST_USE;
/* Whether an edit from one to the other changes anything that is searched. */
bool store_search_differs(const struct customer *before, const struct customer *after);

#endif
