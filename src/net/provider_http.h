/*
 * What the providers that speak HTTP and JSON have in common. Answers are hostile:
 * whatever they hold, what is read here is terminated and printable. Any thread.
 */
#ifndef PROVIDER_HTTP_H
#define PROVIDER_HTTP_H

#include "json.h"
#include "provider.h"

/* Appends the account's "base_url" without slashes at its end, then `path`. */
void provider_url(const struct account *a, const char *path, struct strbuf *out);

/* The answer's body; NULL if it is no JSON. *Owned*. */
struct json_doc *provider_json(const struct wire_answer *answer) MUST_USE;
/* A member that is a string; "" for anything else. *Borrowed until* json_free. */
const char *provider_str(const struct json *obj, const char *key);
/* A member that is a whole number, or a string of its digits; 0 for anything else. */
int64_t provider_int(const struct json *obj, const char *key);

/* Copies printable ASCII without blanks, cut at `size`; anything else becomes '?'. */
void provider_copy(char *to, size_t size, const char *from);
/* The address or the name is all right as part of a header: no control characters. */
bool provider_plain(const char *s) MUST_USE;

/* There is an address, and it can stand in a request; else *why is BOUNCED. */
bool provider_fits_address(const struct outgoing *to, struct send_result *why) MUST_USE;

/* The message alone cannot go, before or after it was sent. */
void provider_refuse(struct send_result *r, enum message_status status, enum message_reason reason);
/* The account or its settings are at fault, not the message. */
void provider_forbid(struct send_result *r);
/* The same result for everybody in the batch. */
void provider_all(
	const struct batch *b, const struct send_result *one, struct send_result *results);

#endif
