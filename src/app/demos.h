/*
 * A company of invented customers, to try the program out and to measure it. It
 * is marked as a demonstration: nothing is ever sent to anybody in it.
 */
#ifndef DEMOS_H
#define DEMOS_H

#include "session.h"

struct demos_options {
	int64_t customers; /* 1 to DEMOS_MOST */
	uint64_t seed;	   /* the same seed and day give the same customers */
};

#define DEMOS_MOST 5000000

/*
 * Makes the company, its customers with consents, invoices, payments and some
 * tasks, takes the thresholds that fit their revenues, scores everybody, and leaves two
 * campaigns as drafts, ready to be launched.
 * Chooses the company for the session. Progress counts customers. Stopped by
 * `p`, what was made stays and is a company like another.
 */
bool demos_make(struct session *s, const struct demos_options *o, const struct progress *p,
	struct err *err) MUST_USE;

/*
 * Erases the session's company, which must be a demonstration (ERR_NOT_DEMO), with all
 * that belongs to it, in short transactions: stopped or killed, the next call goes on.
 * The session is then without a company. Right: RIGHT_SETTINGS. Progress counts
 * customers.
 */
bool demos_erase(struct session *s, const struct progress *p, struct err *err) MUST_USE;

#endif
