/*
 * What a person does with the store itself: its recovery key, and saying that a copy goes
 * on. Main thread.
 */
#ifndef STORE_ACTS_H
#define STORE_ACTS_H

#include "desk.h"

/* How the key of the secrets is kept, in a few words. Appends. */
void store_key_words(struct strbuf *out, const struct desk *d);
/* Shows the recovery key, or takes one back. */
unsigned store_key_ask(struct desk *d);
/* Asks whether this copy goes on in place of the first store. */
unsigned store_copy_ask(struct desk *d);

#endif
