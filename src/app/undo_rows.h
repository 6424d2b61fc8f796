/*
 * How changed rows are kept in the journal, as JSON of what they were, and how
 * they come back. For whoever journals an edit, and for undo.c. Any thread.
 */
#ifndef UNDO_ROWS_H
#define UNDO_ROWS_H

#include "customer.h"
#include "err.h"
#include "strbuf.h"

/* The fields in which `after` differs, as they are in `before`. */
void undo_customer_before(
	const struct customer *before, const struct customer *after, struct strbuf *out);
/* Puts them back into `c`; its texts then lie in `a`. ERR_JSON. */
bool undo_customer_read(
	const char *json, struct arena *a, struct customer *c, struct err *err) MUST_USE;

/* An invoice's due date: what it was, and what it was moved to. */
void undo_invoice_before(int32_t due, int32_t moved_to, struct strbuf *out);
bool undo_invoice_read(const char *json, int32_t *due, int32_t *moved_to, struct err *err) MUST_USE;

#endif
