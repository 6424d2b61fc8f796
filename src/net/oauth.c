#include "oauth.h"

#include <string.h>

#include "single.h"

#define LIFE_USUAL 3600		  /* seconds; both providers' tokens live an hour */
#define LIFE_MAX (90 * 24 * 3600) /* Orange's older ones lived that long */

void oauth_ask(const struct account *a, enum oauth_client client, const char *path,
	struct wire_request *req)
{
	const char *id = account_get(a, "client_id");
	const char *secret = account_get(a, "client_secret");

	req->method = WIRE_POST;
	provider_url(a, path, &req->url);
	wire_header(req, "Content-Type", "application/x-www-form-urlencoded");
	wire_header(req, "Accept", "application/json");
	if (client == OAUTH_BASIC) {
		strbuf_adds(&req->user, id);
		strbuf_adds(&req->password, secret);
		wire_form(&req->body, "grant_type", "client_credentials");
	} else {
		wire_form(&req->body, "client_id", id);
		wire_form(&req->body, "client_secret", secret);
	}
}

/* Printable ASCII without blanks (RFC 6750, section 2.1, and what else is seen). */
static bool token_good(const char *token, size_t room)
{
	size_t len = strlen(token);

	for (size_t i = 0; i < len; i++) {
		if (token[i] <= ' ' || token[i] > '~')
			return false;
	}
	return len > 0 && len < room;
}

static bool take(struct account *a, const struct json *top, int64_t now)
{
	const char *token = provider_str(top, "access_token");
	int64_t life;

	if (!token_good(token, sizeof(a->token)))
		return false;
	if (!single_int(top, "expires_in", 1, LIFE_MAX, &life))
		life = LIFE_USUAL;
	memcpy(a->token, token, strlen(token) + 1);
	a->token_until = now + life * 9 / 10;
	return true;
}

/* No token, no message: nothing of it can have left, whatever became of the question. */
static void refuse(struct send_result *why)
{
	if (why->outcome == OUTCOME_REFUSED)
		single_result(why, OUTCOME_FORBIDDEN, REASON_NONE, 0);
	else if (why->outcome != OUTCOME_FORBIDDEN && why->outcome != OUTCOME_QUOTA &&
		 why->outcome != OUTCOME_DOWN)
		single_result(why, OUTCOME_DOWN, REASON_NONE, 0);
}

bool oauth_read(
	struct account *a, const struct wire_answer *answer, int64_t now, struct send_result *why)
{
	struct json_doc *doc = single_parse(answer);
	struct json top = single_root(doc);
	bool ok = !provider_judge(answer, false, why) && take(a, &top, now);

	if (!ok) {
		refuse(why);
		if (*provider_str(&top, "error"))
			provider_copy(why->code, sizeof(why->code), provider_str(&top, "error"));
	}
	json_free(doc);
	return ok;
}
