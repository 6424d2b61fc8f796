/*
 * Where a person says stop to e-mails: the address of one click (RFC 8058), and, for
 * those who have no public address, a letter to write (RFC 6068). Pure; any thread.
 */
#ifndef UNSUBSCRIBE_H
#define UNSUBSCRIBE_H

#include <stdbool.h>

#include "compiler.h"
#include "strbuf.h"

/* What follows the base in an address of one click, before the message's name. */
#define UNSUBSCRIBE_PATH "/u/"

/*
 * Appends BASE/u/REF.TOKEN. `base` is https, or http to this machine, without query or
 * fragment ("https://crm.example.com"); `ref` is the message's name, "m-123"; `token` a
 * keyed hash of it in digits, so that nobody unsubscribes another. false, and nothing
 * appended, where one of them will not do: then there is the letter.
 */
bool unsubscribe_url(
	const char *base, const char *ref, const char *token, struct strbuf *out) MUST_USE;
/* Appends mailto:ADDRESS?subject=unsubscribe%20REF. */
void unsubscribe_mailto(const char *address, const char *ref, struct strbuf *out);

#endif
