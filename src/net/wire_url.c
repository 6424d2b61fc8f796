#include <arpa/inet.h>
#include <strings.h>

#include "wire_private.h"

/* Read by libcurl's own parser, so that what is checked is what will be called. */
static CURLU *parse(const char *url)
{
	CURLU *u = curl_url();

	if (u && curl_url_set(u, CURLUPART_URL, url, 0) != CURLUE_OK) {
		curl_url_cleanup(u);
		u = NULL;
	}
	return u;
}

static bool has(CURLU *u, CURLUPart part)
{
	char *text = NULL;
	bool found = curl_url_get(u, part, &text, 0) == CURLUE_OK;

	curl_free(text);
	return found;
}

static bool is_scheme(CURLU *u, const char *name)
{
	char *text = NULL;
	bool same = curl_url_get(u, CURLUPART_SCHEME, &text, 0) == CURLUE_OK &&
		    strcasecmp(text, name) == 0;

	curl_free(text);
	return same;
}

static bool is_local(CURLU *u)
{
	struct in_addr address;
	char *host = NULL;
	bool local = false;

	if (curl_url_get(u, CURLUPART_HOST, &host, 0) != CURLUE_OK)
		return false;
	if (strcasecmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0)
		local = true;
	else if (inet_pton(AF_INET, host, &address) == 1)
		local = ntohl(address.s_addr) >> 24 == 127;
	curl_free(host);
	return local;
}

static bool allowed(CURLU *u, bool mail, bool local)
{
	if (has(u, CURLUPART_USER) || has(u, CURLUPART_PASSWORD) || has(u, CURLUPART_FRAGMENT))
		return false;
	if (is_scheme(u, "https"))
		return true;
	if (is_scheme(u, "http"))
		return local;
	return mail && (is_scheme(u, "smtp") || is_scheme(u, "smtps"));
}

bool wire_url_check(const char *url, bool mail, bool *local, struct err *err)
{
	CURLU *u = parse(url);
	bool ok;

	*local = u && is_local(u);
	ok = u && allowed(u, mail, *local);

	if (!ok) {
		struct strbuf shown = STRBUF_INIT;

		/* A query may hold a key. */
		strbuf_add(&shown, url, strcspn(url, "?"));
		err_set(err, ERR_URL, shown.buf, "%s", u ? "not allowed" : "no URL");
		strbuf_release(&shown);
	}
	curl_url_cleanup(u);
	return ok;
}

bool wire_url_allowed(const char *url, bool mail, struct err *err)
{
	bool local;

	return wire_url_check(url, mail, &local, err);
}
