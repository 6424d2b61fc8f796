#include <errno.h>
#include <strings.h>

#include "clock.h"
#include "date.h"
#include "num.h"
#include "wire_private.h"

/* Of one line, and of all that are kept. */
#define LINE_MOST ((size_t)4 << 10)
#define LINES_MOST ((size_t)32 << 10)

void wire_answer_init(struct wire_answer *a)
{
	*a = (struct wire_answer){ .end = WIRE_NOT_SENT };
	strbuf_init(&a->body, WIRE_BODY_MAX);
	strbuf_init(&a->lines, LINES_MOST);
}

void wire_answer_release(struct wire_answer *a)
{
	strbuf_release(&a->body);
	strbuf_release(&a->lines);
}

size_t wire_on_body(char *data, size_t size, size_t n, void *transfer)
{
	struct transfer *t = transfer;

	strbuf_add(&t->answer.body, data, size * n);
	return t->answer.body.full ? 0 : size * n;
}

static bool begins(const char *line, size_t len, const char *start)
{
	size_t n = strlen(start);

	return len >= n && strncasecmp(line, start, n) == 0;
}

/* The headers that say something about a send. */
static bool is_kept(const char *line, size_t len)
{
	static const char *const kept[] = { "Content-Type:", "Date:", "Retry-After:",
		"X-App-Usage:", "X-Business-Use-Case-Usage:", "X-Message-Id:", "X-RateLimit-" };

	for (size_t i = 0; i < ARRAY_SIZE(kept); i++)
		if (begins(line, len, kept[i]))
			return true;
	return false;
}

size_t wire_on_header(char *data, size_t size, size_t n, void *transfer)
{
	struct transfer *t = transfer;
	size_t len = size * n;
	bool smtp = t->req.method == WIRE_SMTP;

	while (len && (data[len - 1] == '\r' || data[len - 1] == '\n'))
		len--;
	/* After an interim answer (100) comes the real one. */
	if (!smtp && begins(data, len, "HTTP/"))
		strbuf_clear(&t->answer.lines);
	if (len && len <= LINE_MOST && (smtp || is_kept(data, len))) {
		strbuf_add(&t->answer.lines, data, len);
		strbuf_addc(&t->answer.lines, '\n');
	}
	return size * n;
}

const char *wire_answer_header(const struct wire_answer *a, const char *name, struct strbuf *out)
{
	size_t n = strlen(name);

	strbuf_clear(out);
	for (const char *line = a->lines.buf; *line;) {
		size_t len = strcspn(line, "\n");

		if (begins(line, len, name) && line[n] == ':') {
			strbuf_add(out, line + n + 1, len - n - 1);
			strbuf_trim(out);
			break;
		}
		line += len + (line[len] == '\n');
	}
	return out->buf;
}

/* The server's clock where it says, since its dates are by that one. */
static int64_t answered_at(const struct wire_answer *a, struct strbuf *value)
{
	struct clock clock = clock_system();
	time_t date = curl_getdate(wire_answer_header(a, "Date", value), NULL);

	return date > 0 ? (int64_t)date : clock.now(clock.data);
}

/* A number of seconds, or an instant as Unix seconds or an HTTP date (RFC 9110,
 * 10.2.3); the wait it asks for. */
static int64_t wait_of(const struct wire_answer *a, const char *name)
{
	struct strbuf value = STRBUF_INIT, date = STRBUF_INIT;
	const char *text = wire_answer_header(a, name, &value);
	int64_t wait = 0;

	if (!*text)
		goto out;
	if (num_parse_i64(text, 0, INT64_MAX, &wait)) {
		if (wait > 1000000000) /* September 2001: no span is as long */
			wait -= answered_at(a, &date);
	} else {
		int64_t until = (int64_t)curl_getdate(text, NULL);

		wait = until > 0 ? until - answered_at(a, &date) : 0;
	}
	if (wait < 0)
		wait = 0;
	if (wait > DAY_SECONDS)
		wait = DAY_SECONDS;
out:
	strbuf_release(&value);
	strbuf_release(&date);
	return wait;
}

/* Only of refusals: SendGrid tells its limits with every answer. */
static int64_t wait_seconds(const struct wire_answer *a)
{
	int64_t wait;

	if (a->status < 400)
		return 0;
	wait = wait_of(a, "Retry-After");
	return wait ? wait : wait_of(a, "X-RateLimit-Reset");
}

static bool is_untrusted(CURLcode code)
{
	return code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_ISSUER_ERROR ||
	       code == CURLE_SSL_PINNEDPUBKEYNOTMATCH || code == CURLE_SSL_INVALIDCERTSTATUS;
}

static bool is_offline(CURL *easy, CURLcode code)
{
	curl_off_t resolved = 0;
	long no = 0;

	switch ((int)code) {
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
		return true;
	case CURLE_OPERATION_TIMEDOUT:
		curl_easy_getinfo(easy, CURLINFO_NAMELOOKUP_TIME_T, &resolved);
		return !resolved;
	case CURLE_COULDNT_CONNECT:
		curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &no);
		return no == ENETUNREACH || no == EHOSTUNREACH || no == ENETDOWN;
	default:
		return false;
	}
}

static enum wire_end http_end(const struct transfer *t, CURLcode code)
{
	curl_off_t began = 0;

	if (code == CURLE_OK)
		return WIRE_ANSWERED;
	/* Our own ceiling cut it, or a refusal whose text was lost: the status stands. */
	if (t->answer.status >= 400 || (t->answer.body.full && t->answer.status))
		return WIRE_ANSWERED;
	curl_easy_getinfo(t->easy, CURLINFO_PRETRANSFER_TIME_T, &began);
	/* A request shorter than its Content-Length is none (RFC 9112, 8): the end of the
	 * body never left. */
	if (!began || (t->given < t->req.body.len && !t->answer.status))
		return WIRE_NOT_SENT;
	return WIRE_UNKNOWN;
}

/* By the last reply (RFC 5321, 4.2.1): until the server has the final dot it has
 * nothing, and then it alone knows until it answers. */
static enum wire_end smtp_end(struct transfer *t, CURLcode code)
{
	struct wire_answer *a = &t->answer;
	bool whole = t->given == t->req.body.len;

	if (code == CURLE_OK)
		return WIRE_ANSWERED;
	if (code == CURLE_LOGIN_DENIED) {
		/* No mechanism in common, or a dialogue broken off: refused all the same. */
		if (a->status < 400)
			a->status = 535;
		return WIRE_ANSWERED;
	}
	/* What is wrong is the line, not the message. */
	if (code == CURLE_USE_SSL_FAILED)
		return WIRE_NOT_SENT;
	if (a->status >= 400)
		return WIRE_ANSWERED;
	if (a->status == 354)
		return whole ? WIRE_UNKNOWN : WIRE_NOT_SENT;
	return a->status >= 200 && t->given && whole ? WIRE_ANSWERED : WIRE_NOT_SENT;
}

void wire_conclude(struct transfer *t, CURLcode code)
{
	struct wire_answer *a = &t->answer;

	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &a->status);
	a->end = t->req.method == WIRE_SMTP ? smtp_end(t, code) : http_end(t, code);
	if (a->end == WIRE_NOT_SENT) {
		a->offline = is_offline(t->easy, code);
		a->untrusted = is_untrusted(code);
	}
	if (t->req.method != WIRE_SMTP)
		a->wait_seconds = wait_seconds(a);
	if (code != CURLE_OK)
		snprintf(a->detail, sizeof(a->detail), "%d: %.*s", (int)code,
			(int)sizeof(a->detail) - 8, t->why[0] ? t->why : curl_easy_strerror(code));
}
