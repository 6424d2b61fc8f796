#include "wire.h"

#include <pthread.h>
#include <signal.h>

#include "mem.h"
#include "wire_private.h"

#define CONNECTIONS_MOST 64
/* A kept connection that was idle longer is made anew: middle boxes forget it after a
 * minute, and a POST into the void is a message whose end nobody knows. */
#define IDLE_SECONDS 45L

struct queue {
	struct transfer *first, *last;
};

struct wire {
	CURLM *multi;
	struct wire_options options; /* its strings owned */
	struct queue waiting;	     /* not begun: all connections are at work */
	struct transfer *running[CONNECTIONS_MOST];
	int n_running;
	struct queue ended; /* not taken yet */
	int busy;
	CURL *idle[CONNECTIONS_MOST]; /* handles to use again, owned */
	int n_idle;
};

static void queue_add(struct queue *q, struct transfer *t)
{
	t->next = NULL;
	if (q->last)
		q->last->next = t;
	else
		q->first = t;
	q->last = t;
}

static struct transfer *queue_take(struct queue *q)
{
	struct transfer *t = q->first;

	if (t) {
		q->first = t->next;
		if (!q->first)
			q->last = NULL;
	}
	return t;
}

static void transfer_free(struct transfer *t)
{
	wire_request_release(&t->req);
	wire_answer_release(&t->answer);
	curl_slist_free_all(t->slist);
	curl_easy_cleanup(t->easy);
	free(t);
}

struct wire *wire_new(const struct wire_options *o, struct err *err)
{
	CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
	struct wire *w;

	if (code != CURLE_OK) {
		err_set(err, ERR_NETWORK, "libcurl", "%s", curl_easy_strerror(code));
		return NULL;
	}
	w = mem_zalloc(1, sizeof(*w));
	w->multi = curl_multi_init();
	if (!w->multi) {
		err_set(err, ERR_NETWORK, "libcurl", "curl_multi_init");
		free(w);
		curl_global_cleanup();
		return NULL;
	}
	w->options = *o;
	w->options.agent = mem_strdup(o->agent);
	w->options.ca_file = o->ca_file ? mem_strdup(o->ca_file) : NULL;
	if (w->options.connections > CONNECTIONS_MOST)
		w->options.connections = CONNECTIONS_MOST;
	if (w->options.connections < 1)
		w->options.connections = 1;
	curl_multi_setopt(w->multi, CURLMOPT_MAXCONNECTS, (long)w->options.connections);
	return w;
}

/*
 * OpenSSL writes into broken connections without MSG_NOSIGNAL, and with
 * CURLOPT_NOSIGNAL libcurl leaves SIGPIPE to us: it is held back while libcurl runs,
 * and one that came meanwhile is taken away.
 */
struct hush {
	sigset_t pipe, before;
	bool pending;
};

static void hush_begin(struct hush *h)
{
	sigset_t now;

	sigemptyset(&h->pipe);
	sigaddset(&h->pipe, SIGPIPE);
	sigpending(&now);
	h->pending = sigismember(&now, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &h->pipe, &h->before);
}

static void hush_end(struct hush *h)
{
	const struct timespec none = { 0, 0 };

	if (!h->pending)
		while (sigtimedwait(&h->pipe, NULL, &none) == SIGPIPE)
			;
	pthread_sigmask(SIG_SETMASK, &h->before, NULL);
}

void wire_free(struct wire *w)
{
	struct transfer *t;
	struct hush hush;

	if (!w)
		return;
	hush_begin(&hush);
	while (w->n_running > 0) {
		t = w->running[--w->n_running];
		curl_multi_remove_handle(w->multi, t->easy);
		transfer_free(t);
	}
	while ((t = queue_take(&w->waiting)) || (t = queue_take(&w->ended)))
		transfer_free(t);
	while (w->n_idle > 0)
		curl_easy_cleanup(w->idle[--w->n_idle]);
	curl_multi_cleanup(w->multi);
	hush_end(&hush);
	curl_global_cleanup();
	free((char *)w->options.agent);
	free((char *)w->options.ca_file);
	free(w);
}

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
	if (t->req.method == WIRE_SMTP || wire_url_local(t->req.url.buf))
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

static CURLcode set_smtp(struct transfer *t)
{
	if (!slist_add(t, t->req.mail_to.buf))
		return CURLE_OUT_OF_MEMORY;
	SET(CURLOPT_MAIL_FROM, t->req.mail_from.buf);
	SET(CURLOPT_MAIL_RCPT, t->slist);
	SET(CURLOPT_UPLOAD, 1L);
	SET(CURLOPT_INFILESIZE_LARGE, (curl_off_t)t->req.body.len);
	SET(CURLOPT_USE_SSL, (long)(t->req.start_tls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
	return CURLE_OK;
}

static void end(struct wire *w, struct transfer *t)
{
	if (t->easy) {
		curl_easy_reset(t->easy);
		w->idle[w->n_idle++] = t->easy;
		t->easy = NULL;
	}
	queue_add(&w->ended, t);
}

static void begin(struct wire *w, struct transfer *t)
{
	const char *why = "no handle";
	CURLcode code;

	t->easy = w->n_idle > 0 ? w->idle[--w->n_idle] : curl_easy_init();
	if (!t->easy)
		goto fail;
	code = set_common(t, &w->options);
	if (code == CURLE_OK)
		code = t->req.method == WIRE_SMTP ? set_smtp(t) : set_http(t, &w->options);
	if (code != CURLE_OK) {
		why = curl_easy_strerror(code);
		goto fail;
	}
	if (curl_multi_add_handle(w->multi, t->easy) == CURLM_OK) {
		w->running[w->n_running++] = t;
		return;
	}
	why = "not taken by libcurl";
fail:
	t->answer.end = WIRE_NOT_SENT;
	snprintf(t->answer.detail, sizeof(t->answer.detail), "%s", why);
	end(w, t);
}

static void begin_waiting(struct wire *w)
{
	struct transfer *t;

	while (w->n_running < w->options.connections && (t = queue_take(&w->waiting)))
		begin(w, t);
}

bool wire_send(struct wire *w, struct wire_request *req, void *tag, struct err *err)
{
	struct transfer *t;
	struct hush hush;

	if (!wire_request_check(req, err)) {
		wire_request_release(req);
		wire_request_init(req);
		return false;
	}
	t = mem_zalloc(1, sizeof(*t));
	t->req = *req;
	wire_request_init(req);
	t->tag = tag;
	wire_answer_init(&t->answer);
	queue_add(&w->waiting, t);
	w->busy++;
	hush_begin(&hush);
	begin_waiting(w);
	hush_end(&hush);
	return true;
}

int wire_busy(const struct wire *w)
{
	return w->busy;
}

static void collect(struct wire *w)
{
	CURLMsg *msg;
	int left;

	while ((msg = curl_multi_info_read(w->multi, &left))) {
		struct transfer *t = NULL;
		char *mine = NULL;

		if (msg->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(msg->easy_handle, CURLINFO_PRIVATE, &mine);
		for (int i = 0; i < w->n_running; i++) {
			if ((char *)w->running[i] != mine)
				continue;
			t = w->running[i];
			w->running[i] = w->running[--w->n_running];
			break;
		}
		if (!t)
			continue;
		wire_conclude(t, msg->data.result);
		curl_multi_remove_handle(w->multi, t->easy);
		end(w, t);
	}
}

static void move_on(struct wire *w)
{
	int running;

	begin_waiting(w);
	curl_multi_perform(w->multi, &running);
	collect(w);
	begin_waiting(w);
}

void wire_wait(struct wire *w, int ms)
{
	struct hush hush;

	hush_begin(&hush);
	move_on(w);
	if (!w->ended.first) {
		curl_multi_poll(w->multi, NULL, 0, ms, NULL);
		move_on(w);
	}
	hush_end(&hush);
}

void wire_wake(struct wire *w)
{
	curl_multi_wakeup(w->multi);
}

bool wire_take(struct wire *w, void **tag, struct wire_answer *answer)
{
	struct transfer *t = queue_take(&w->ended);

	if (!t)
		return false;
	*tag = t->tag;
	*answer = t->answer;
	wire_answer_init(&t->answer);
	transfer_free(t);
	w->busy--;
	return true;
}
