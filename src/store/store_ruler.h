/*
 * A ruler tells how far down a list a row stands, for a scroll bar, without
 * counting: the share of a random sample of the list that stands before it.
 *
 * Up to RULER_WHOLE customers all are taken, and the answer is exact. Above, ids
 * are drawn within the ranges in use, each leading to the next customer there is,
 * who counts the less the wider the gap before it: each weighs 1 / gap, being that
 * much likelier to be met (Horvitz and Thompson, "A Generalization of Sampling
 * Without Replacement from a Finite Universe", JASA 1952). It ends when the weights
 * are worth RULER_SAMPLE equal ones, (sum w)^2 / sum w^2, or after RULER_DRAWS: the
 * answer is then off by 3 % of the list as a rule, the standard error of a share
 * being at most 1 / (2 * sqrt(256)). The same store gives the same sample: a bar
 * does not tremble.
 *
 * Read on the connection of lists that may take a while: some 60 ms among a
 * million. A ruler is of one order and filter; it ages as the list changes.
 */
#ifndef STORE_RULER_H
#define STORE_RULER_H

#include "customer_page.h"
#include "db.h"

#define RULER_WHOLE 2048
#define RULER_SAMPLE 256
#define RULER_DRAWS 2048

struct ruler;

/* *Owned*: ruler_free. NULL on error. */
struct ruler *store_ruler(struct db *db, const struct list_query *q, struct err *err) MUST_USE;
/* Rows before `key`, in ten-thousandths of the list; 0 where nothing is known. */
int ruler_at(const struct ruler *ruler, const struct list_key *key);
/* NULL is allowed. */
void ruler_free(struct ruler *ruler);

#endif
