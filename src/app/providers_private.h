/* What the services of providers share. */
#ifndef PROVIDERS_PRIVATE_H
#define PROVIDERS_PRIVATE_H

#include "providers.h"

/* The card of a row. `row` and its texts are *borrowed* by it. */
bool card_read(const struct provider_account *row, struct arena *a, struct provider_card *out,
	struct err *err) MUST_USE;

/* Whether field `i` needs a value and has none. */
bool card_lacks(const struct provider_card *card, size_t i) MUST_USE;

/* Which account sealed bytes belong to. */
#define SECRETS_CONTEXT 64
void secrets_context(const struct provider_account *p, char out[SECRETS_CONTEXT]);
/* Opens the secrets of a row into `*memory`, *owned* and to be wiped: "key", NUL, "value",
 * NUL, and so on. The session's key is open. */
bool secrets_of(struct session *s, const struct provider_account *p, char **memory, size_t *size,
	struct err *err) MUST_USE;
/* The value of a key in it, NULL if none. */
const char *secret_find(const char *memory, size_t size, const char *key);

#endif
