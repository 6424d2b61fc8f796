/*
 * What WhatsApp, Facebook and Instagram have in common: Meta's Graph API. Requests go
 * to {base_url}/{version}/{id}/{edge} under a bearer token; errors are one object with
 * a code, a subcode and whether they pass; limits are told in headers. Pure; any thread.
 *
 * Source: developers.facebook.com, "Graph API: handle errors", "Rate limits"; Meta's
 * published OpenAPI of business messaging v23.0 (GraphAPIError).
 */
#ifndef META_H
#define META_H

#include "provider.h"
#include "single.h"

/* The settings all three begin with: token, version, base_url. */
/* clang-format off */
#define META_FIELDS \
	{ "token", N_("Access token"), FIELD_SECRET, true, "", NULL }, \
	{ "version", N_("Version of the Graph API"), FIELD_TEXT, true, "v23.0", NULL }, \
	{ "base_url", N_("Address of the service"), FIELD_URL, true, "https://graph.facebook.com", \
		NULL }
/* clang-format on */

/* What follows from the codes first to last; a subcode of 0 is any. The first that fits
 * counts, a provider's own rules come before those common to all. */
struct meta_rule {
	int first, last;
	int subcode;
	enum send_outcome outcome;
	enum message_reason reason; /* of REFUSED */
	int wait;		    /* seconds, where the rules name a time; else 0 */
};

/* clang-format off */
#define META_RULES_END { .outcome = SEND_OUTCOME_COUNT }
/* clang-format on */

/* The URL of an object of ours or of its edge ("" none), and the headers. */
void meta_request(const struct account *a, enum wire_method method, const char *id,
	const char *edge, struct wire_request *req);

/* {"recipient":{"id":...},"messaging_type":...,"message":{"text":...}}: a message of
 * Messenger and Instagram; `type` NULL leaves it out. */
bool meta_message(const struct outgoing *to, const char *type, const char *text,
	struct strbuf *body, struct err *err) MUST_USE;

/* true when the answer says all in itself or by its error; *out is filled. `rules` end
 * with META_RULES_END. false: taken, and `top` is to be looked into. `subcode` (may be
 * NULL) is the error's, 0 if none. */
bool meta_judge(const struct wire_answer *answer, const struct json *top,
	const struct meta_rule *rules, struct send_result *out, int *subcode);

/* The common rules, ended likewise: for tests. */
extern const struct meta_rule meta_rules[];

#endif
