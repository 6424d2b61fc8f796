/*
 * Access tokens for a program's own sake: the client credentials grant of OAuth 2.0
 * (RFC 6749, sections 2.3.1, 4.4 and 5), as Orange and MTN ask for. Pure; any thread.
 */
#ifndef OAUTH_H
#define OAUTH_H

#include "provider.h"

/* How the client says who it is. */
enum oauth_client {
	OAUTH_BASIC, /* HTTP Basic; the grant is in the form */
	OAUTH_FORM,  /* id and secret in the form; the grant is in the URL already */
};

/* Fills `req` with the question for a token at `path` of the service, from the account's
 * client_id and client_secret. */
void oauth_ask(const struct account *a, enum oauth_client client, const char *path,
	struct wire_request *req);

/* Sets a->token, and a->token_until to nine tenths of its life, which is told as a
 * string or a number and is an hour when it is not told. false: *why is FORBIDDEN when
 * the credentials are refused, else QUOTA or DOWN: no message was under way. */
bool oauth_read(struct account *a, const struct wire_answer *answer, int64_t now,
	struct send_result *why) MUST_USE;

#endif
