#include "wire_private.h"

/* A kept connection that was idle longer is made anew: middle boxes forget it after a
 * minute, and a POST into the void is a message whose end nobody knows. */
#define IDLE_SECONDS 45L

static size_t on_read(char *data, size_t size, size_t n, void *transfer)
{
	struct transfer *t = transfer;
	size_t left = t->req.body.len - t->given, most = size * n;

	if (left > most)
		left = most;
	memcpy(data, t->req.body.buf + t->given, left);
	t->given += left;
	return left;
}

/* Never back to the start: see wire.h. */
static int on_seek(void *transfer, curl_off_t offset, int origin)
{
	(void)transfer, (void)offset, (void)origin;
	return CURL_SEEKFUNC_FAIL;
}

#define SET(option, value)                                                                         \
	do {                                                                                       \
		CURLcode code_ = curl_easy_setopt(t->easy, option, value);                         \
		if (code_ != CURLE_OK)                                                             \
			return code_;                                                              \
	} while (0)

static CURLcode set_common(struct transfer *t, const struct wire_options *o)
{
	SET(CURLOPT_PRIVATE, t);
	SET(CURLOPT_URL, t->req.url.buf);
	SET(CURLOPT_PROTOCOLS_STR, "http,https,smtp,smtps");
	SET(CURLOPT_NOSIGNAL, 1L);
	SET(CURLOPT_QUICK_EXIT, 1L);
	SET(CURLOPT_ERRORBUFFER, t->why);
	SET(CURLOPT_CONNECTTIMEOUT_MS, o->connect_seconds * 1000L);
	SET(CURLOPT_TIMEOUT_MS, o->answer_seconds * 1000L);
	SET(CURLOPT_TCP_KEEPALIVE, 1L);
	SET(CURLOPT_MAXAGE_CONN, IDLE_SECONDS);
	SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	SET(CURLOPT_SSL_VERIFYPEER, 1L);
	SET(CURLOPT_SSL_VERIFYHOST, 2L);
	if (o->ca_file)
		SET(CURLOPT_CAINFO, o->ca_file);
	SET(CURLOPT_READFUNCTION, on_read);
	SET(CURLOPT_READDATA, t);
	SET(CURLOPT_SEEKFUNCTION, on_seek);
	SET(CURLOPT_SEEKDATA, t);
	SET(CURLOPT_WRITEFUNCTION, wire_on_body);
	SET(CURLOPT_WRITEDATA, t);
	SET(CURLOPT_HEADERFUNCTION, wire_on_header);
	SET(CURLOPT_HEADERDATA, t);
	SET(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	/* Proxies of the environment are for https to other machines. */
	if (t->req.method == WIRE_SMTP || t->local)
		SET(CURLOPT_PROXY, "");
	if (t->req.user.len) {
		SET(CURLOPT_USERNAME, t->req.user.buf);
		SET(CURLOPT_PASSWORD, t->req.password.buf);
	}
	return CURLE_OK;
}

static bool slist_add(struct transfer *t, const char *line)
{
	struct curl_slist *more = curl_slist_append(t->slist, line);

	if (more)
		t->slist = more;
	return more;
}

static CURLcode set_http(struct transfer *t, const struct wire_options *o)
{
	for (int i = 0; i < t->req.n_headers; i++)
		if (!slist_add(t, t->req.headers[i].buf))
			return CURLE_OUT_OF_MEMORY;
	/* No round of its own to ask whether a body may come. */
	if (!slist_add(t, "Expect:"))
		return CURLE_OUT_OF_MEMORY;
	SET(CURLOPT_HTTPHEADER, t->slist);
	SET(CURLOPT_USERAGENT, o->agent);
	SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	SET(CURLOPT_FOLLOWLOCATION, 0L);
	SET(CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
	if (t->req.method != WIRE_POST)
		return CURLE_OK;
	SET(CURLOPT_POST, 1L);
	SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)t->req.body.len);
	/* Nothing to rewind, so nothing would keep libcurl from sending it again; it
	 * does so on kept connections only. */
	if (!t->req.body.len)
		SET(CURLOPT_FRESH_CONNECT, 1L);
	return CURLE_OK;
}

static CURLcode set_smtp(struct transfer *t, struct sockets *sockets)
{
	if (!slist_add(t, t->req.mail_to.buf))
		return CURLE_OUT_OF_MEMORY;
	SET(CURLOPT_MAIL_FROM, t->req.mail_from.buf);
	SET(CURLOPT_MAIL_RCPT, t->slist);
	SET(CURLOPT_UPLOAD, 1L);
	SET(CURLOPT_INFILESIZE_LARGE, (curl_off_t)t->req.body.len);
	SET(CURLOPT_USE_SSL, (long)(t->req.start_tls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
	SET(CURLOPT_OPENSOCKETFUNCTION, sockets_on_open);
	SET(CURLOPT_OPENSOCKETDATA, sockets);
	SET(CURLOPT_CLOSESOCKETFUNCTION, sockets_on_close);
	SET(CURLOPT_CLOSESOCKETDATA, sockets);
	SET(CURLOPT_VERBOSE, 1L);
	SET(CURLOPT_DEBUGFUNCTION, sockets_on_said);
	SET(CURLOPT_DEBUGDATA, sockets);
	return CURLE_OK;
}

CURLcode wire_setup(struct transfer *t, const struct wire_options *o, struct sockets *sockets)
{
	CURLcode code = set_common(t, o);

	if (code != CURLE_OK)
		return code;
	return t->req.method == WIRE_SMTP ? set_smtp(t, sockets) : set_http(t, o);
}
