/*
 * A batch and an account for tests of providers: texts are given as they are, values
 * by the key of their field. Static: one of each a program.
 */
#ifndef WITH_BATCH_H
#define WITH_BATCH_H

#include <assert.h>
#include <string.h>

#include "provider.h"

#define BATCH_NOW 1795355411 /* 2026-11-22T13:50:11Z, a Sunday */
#define BATCH_MAX 60

static const char *const batch_values[TEMPLATE_VAR_COUNT];
static struct outgoing batch_to[BATCH_MAX];

static inline const struct template *batch_text(const char *text)
{
	static struct template_piece pieces[8];
	static struct template templates[8];
	static int n;
	int i = n++ % 8;

	pieces[i] = (struct template_piece){ .text = text, .len = strlen(text), .var = -1 };
	templates[i] = (struct template){ .pieces = &pieces[i], .count = 1 };
	return &templates[i];
}

static inline struct account with_account(const struct provider_ops *ops)
{
	struct account a = { .ops = ops, .salt = "salt" };

	for (int i = 0; i < PROVIDER_FIELDS; i++)
		a.values[i] = "";
	return a;
}

static inline void account_set(struct account *a, const char *key, const char *value)
{
	for (int i = 0; a->ops->fields[i].key; i++) {
		if (strcmp(a->ops->fields[i].key, key) == 0) {
			a->values[i] = value;
			return;
		}
	}
	assert(!"no such field");
}

/* Messages 1 to `count` of campaign 9, to awa@example.org or +22670123456. */
static inline struct batch with_batch(enum channel channel, size_t count)
{
	struct batch b = {
		.channel = channel,
		.campaign_id = 9,
		.language = "fr",
		.sender = "",
		.media = "",
		.subject = channel == CHANNEL_EMAIL ? batch_text("Bonjour") : NULL,
		.text = batch_text("Bonjour Awa"),
		.to = batch_to,
		.count = count,
		.now = BATCH_NOW,
	};

	for (size_t i = 0; i < count; i++) {
		batch_to[i] = (struct outgoing){
			.message_id = (int64_t)i + 1,
			.to = channel == CHANNEL_EMAIL ? "awa@example.org" : "+22670123456",
			.to_name = "",
			.values = batch_values,
			.unsubscribe = "",
			.ref = "",
		};
	}
	return b;
}

#endif
