#include "wire.h"

#include <pthread.h>
#include <signal.h>

#include "mem.h"
#include "wire_private.h"

#define CONNECTIONS_MOST 64
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
	struct sockets sockets;
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
	sockets_no_goodbyes(&w->sockets);
	curl_multi_cleanup(w->multi);
	hush_end(&hush);
	curl_global_cleanup();
	free((char *)w->options.agent);
	free((char *)w->options.ca_file);
	free(w);
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
	code = wire_setup(t, &w->options, &w->sockets);
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
	bool local;

	if (!wire_request_check(req, &local, err)) {
		wire_request_release(req);
		wire_request_init(req);
		return false;
	}
	t = mem_zalloc(1, sizeof(*t));
	t->req = *req;
	t->local = local;
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

	if (w->ended.first)
		ms = 0;
	hush_begin(&hush);
	/* Returns at once for a transfer that is to begin: one look at all is enough. */
	curl_multi_poll(w->multi, NULL, 0, ms, NULL);
	move_on(w);
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
