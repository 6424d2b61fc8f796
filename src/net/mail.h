/*
 * The e-mail that a message of a batch is, as SMTP submits it and FILE lays it down:
 * written for its person, with the name we know it by and the way to unsubscribe.
 * Pure; any thread.
 */
#ifndef MAIL_H
#define MAIL_H

#include "provider.h"

#define MAIL_SEAL 16

/* The first digits of a keyed hash over the message's name, by the account's salt: who
 * was not sent the message cannot make them up. */
void mail_seal(const struct account *a, int64_t message_id, char out[MAIL_SEAL + 1]);

/*
 * Appends b->to[i] as a whole e-mail from the address `from`. The account's "from_name"
 * (or the batch's own sender) and "reply_to" are used. Marketing has List-Unsubscribe:
 * the message's address, or a letter to whom one answers. Errors as mime_write.
 */
bool mail_write(const struct account *a, const struct batch *b, size_t i, const char *from,
	struct strbuf *out, struct err *err) MUST_USE;

#endif
