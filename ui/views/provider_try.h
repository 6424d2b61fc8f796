/*
 * A real message through one provider, to see that its account works: asks for an address,
 * sends beside the screens, says what the provider answered. Main thread.
 */
#ifndef PROVIDER_TRY_H
#define PROVIDER_TRY_H

#include "desk.h"
#include "providers.h"

struct provider_try {
	struct desk *desk;
	enum provider_name name;
	enum channel channel;
};

void provider_try_init(struct provider_try *t, struct desk *desk);
/* It is set up, or needs not be. */
bool provider_can_be_tried(const struct desk *d, const struct provider_card *card) MUST_USE;
unsigned provider_try_ask(struct provider_try *t, const struct provider_card *card);

#endif
