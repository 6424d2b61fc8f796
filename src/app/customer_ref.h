/* A customer as people and scripts name one: by id or by accounting key. */
#ifndef CUSTOMER_REF_H
#define CUSTOMER_REF_H

#include "session.h"

/*
 * The id behind `text`: an id of this company, else an accounting key (also of a
 * record that was merged into another, whose id is given then). ERR_GONE with
 * the text when there is none.
 */
bool customer_ref(struct session *s, const char *text, int64_t *id, struct err *err) MUST_USE;

#endif
