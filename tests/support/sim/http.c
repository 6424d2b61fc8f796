#include "http.h"

#include <errno.h>
#include <inttypes.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <time.h>

#include "faults.h"
#include "mem.h"
#include "record.h"

enum {
	THREADS = 2,
	CONNECTIONS = 1024,
	CONNECTION_MEMORY = 128 << 10, /* so that a body comes in few pieces */
	BODY_MAX = 32 << 20,
};

enum verdict { ANSWER, SILENCE, BREAK };

struct exchange {
	struct sim_http *http;
	char *uri; /* as sent */
	struct strbuf body;
	struct sim_call call;
	const struct sim_family *family;
	bool begun, judged, counted;
	enum verdict verdict;
	int64_t wait_ms;
	struct exchange *next; /* among those that wait */
	int64_t until_ms;      /* INT64_MAX: until the faults are cleared */
	struct MHD_Connection *connection;
};

struct sim_http {
	struct sim *sim;
	struct MHD_Daemon *daemon;
	pthread_t timer;
	pthread_mutex_t lock; /* of `waiting` */
	pthread_cond_t changed;
	struct exchange *waiting;
};

static const struct sim_family *const families[] = { &sim_sendgrid, &sim_mailchimp, &sim_twilio,
	&sim_orange, &sim_mtn, &sim_graph };

static int64_t monotonic_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

const char *call_header(const struct sim_call *c, const char *name)
{
	const char *value = MHD_lookup_connection_value(c->connection, MHD_HEADER_KIND, name);

	return value ? value : "";
}

static void release_exchange(struct exchange *e)
{
	for (size_t i = 0; i < e->call.got.len; i++)
		got_release(&e->call.got.items[i]);
	vec_release(&e->call.got);
	strbuf_release(&e->call.answer);
	strbuf_release(&e->call.headers);
	strbuf_release(&e->body);
	free(e->uri);
	free(e);
}

/* The request line has come; what it returns is the exchange. */
static void *on_uri(void *data, const char *uri, struct MHD_Connection *connection)
{
	struct exchange *e = mem_zalloc(1, sizeof(*e));

	e->http = data;
	e->uri = mem_strdup(uri);
	e->connection = connection;
	strbuf_init(&e->body, BODY_MAX);
	strbuf_init(&e->call.answer, 0);
	strbuf_init(&e->call.headers, 0);
	return e;
}

static void on_end(void *data, struct MHD_Connection *connection, void **state,
	enum MHD_RequestTerminationCode why)
{
	struct sim_http *h = data;
	struct exchange *e = *state;

	(void)connection;
	(void)why;
	if (!e)
		return;
	if (e->counted) {
		pthread_mutex_lock(&h->sim->lock);
		record_request(h->sim->record, e->call.provider, -1);
		pthread_mutex_unlock(&h->sim->lock);
	}
	release_exchange(e);
	*state = NULL;
}

/* Which family the path belongs to, and the parts of the request. */
static void begin(struct exchange *e, const char *method)
{
	char *query = strchr(e->uri, '?');

	e->begun = true;
	e->call.sim = e->http->sim;
	e->call.connection = e->connection;
	e->call.kind = SIM_OTHER;
	e->call.type = "application/json";
	e->call.query = "";
	if (query) {
		*query = '\0';
		e->call.query = query + 1;
	}
	e->call.method = method;
	e->call.path = e->uri;
	for (size_t i = 0; i < ARRAY_SIZE(families); i++) {
		size_t len = strlen(families[i]->prefix);

		if (strncmp(e->uri, families[i]->prefix, len) == 0 && e->uri[len] == '/') {
			e->family = families[i];
			e->call.provider = families[i]->provider;
			e->call.path = e->uri + len;
		}
	}
}

static void release_waiting(struct sim_http *h)
{
	pthread_mutex_lock(&h->lock);
	for (struct exchange *e = h->waiting; e; e = e->next)
		e->until_ms = 0;
	pthread_cond_signal(&h->changed);
	pthread_mutex_unlock(&h->lock);
}

static void revoke_tokens(struct sim *s, enum sim_provider p)
{
	for (int i = 0; i < SIM_PROVIDERS; i++)
		if (p == SIM_PROVIDERS || (int)p == i)
			s->tokens[i].revoked = s->tokens[i].given;
}

/* Orders of the test, not of the program. */
static void control(struct exchange *e)
{
	struct sim_call *c = &e->call;
	struct sim *s = c->sim;
	struct strbuf word = STRBUF_INIT;
	enum sim_provider p = SIM_PROVIDERS;
	const char *why = "";

	if (form_get(c->query, strlen(c->query), "provider", &word) &&
		!sim_provider_of(word.buf, &p)) {
		call_reply(c, 400, "{\"error\":\"no such provider\"}\n");
	} else if (call_is(c, "GET", "/_sim/stats")) {
		c->status = 200;
		record_stats(s->record, &c->answer);
	} else if (call_is(c, "POST", "/_sim/fault")) {
		if (faults_order(s->faults, c->query, &why))
			call_reply(c, 200, "{}\n");
		else
			call_reply(c, 400, "{\"error\":\"%s\"}\n", why);
	} else if (call_is(c, "POST", "/_sim/expire")) {
		revoke_tokens(s, p);
		call_reply(c, 200, "{}\n");
	} else if (call_is(c, "POST", "/_sim/clear")) {
		faults_clear(s->faults, p);
		release_waiting(e->http);
		call_reply(c, 200, "{}\n");
	} else {
		call_reply(c, 404, "{\"error\":\"no such path\"}\n");
	}
	strbuf_release(&word);
}

/* Everybody in the call receives it now. */
static void deliver(struct sim_call *c)
{
	if (c->many)
		record_many(c->sim->record, c->provider, c->many);
	for (size_t i = 0; i < c->got.len; i++) {
		record_got(c->sim->record, &c->got.items[i]);
		vec_push(&c->sim->mail, c->got.items[i]);
	}
	c->got.len = 0;
}

static void forget_headers(struct sim_call *c)
{
	strbuf_clear(&c->headers);
	c->type = "application/json";
}

static void gateway(struct sim_call *c, int status, const char *words)
{
	c->type = "text/html";
	call_reply(c, status,
		"<html>\r\n<head><title>%d %s</title></head>\r\n<body>\r\n<center><h1>%d "
		"%s</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n",
		status, words, status, words);
}

/* Lets the fault befall a request that was good. True if its people receive it. */
static bool befall(struct exchange *e, const struct sim_fault *f)
{
	struct sim_call *c = &e->call;

	switch (f->mode) {
	case FAULT_429:
	case FAULT_QUOTA:
	case FAULT_500:
	case FAULT_401:
	case FAULT_403:
	case FAULT_EXPIRED:
		if (f->mode == FAULT_EXPIRED)
			revoke_tokens(c->sim, c->provider);
		forget_headers(c);
		e->family->fail(c, f);
		return false;
	case FAULT_500BARE:
		forget_headers(c);
		c->type = "text/plain";
		call_reply(c, 500, "Internal Server Error\n");
		return false;
	case FAULT_502:
		forget_headers(c);
		gateway(c, 502, "Bad Gateway");
		return false;
	case FAULT_503:
		forget_headers(c);
		gateway(c, 503, "Service Temporarily Unavailable");
		if (f->hint)
			call_reply_header(c, "Retry-After", "%" PRId64, f->hint);
		return false;
	case FAULT_SLOW:
		e->wait_ms = f->ms;
		return true;
	case FAULT_HANG:
	case FAULT_HANG_BEFORE:
		e->verdict = SILENCE;
		return f->mode == FAULT_HANG;
	case FAULT_CLOSE:
	case FAULT_CLOSE_BEFORE:
		e->verdict = BREAK;
		return f->mode == FAULT_CLOSE;
	case FAULT_GARBAGE:
		strbuf_clear(&c->answer);
		strbuf_adds(&c->answer, "{\"ok\": tru");
		return true;
	case FAULT_NONE:
	case FAULT_REJECT:
	case FAULT_GREETING:
	case FAULT_MAIL:
	case FAULT_DATA:
	case FAULT_FINAL:
	case FAULT_DROP:
	case FAULT_MODES:
		return true;
	}
	return true;
}

static void judge(struct exchange *e)
{
	struct sim_call *c = &e->call;
	struct sim *s = c->sim;

	e->judged = true;
	c->body = e->body.buf;
	c->len = e->body.len;
	if (e->family && e->body.full) {
		c->kind = SIM_OTHER;
		gateway(c, 413, "Request Entity Too Large");
		return;
	}
	if (s->cheap && e->family == &sim_sendgrid)
		c->many = sendgrid_count(c);
	pthread_mutex_lock(&s->lock);
	if (!e->family) {
		control(e);
	} else {
		e->family->answer(c);
		record_request(s->record, c->provider, 1);
		e->counted = true;
		if (!c->violations && !c->denied) {
			struct sim_fault f = faults_take(s->faults, c);

			if (befall(e, &f))
				deliver(c);
		}
	}
	pthread_mutex_unlock(&s->lock);
}

static enum MHD_Result send_answer(struct exchange *e)
{
	struct sim_call *c = &e->call;
	struct MHD_Response *r;
	enum MHD_Result ok;
	char *line = c->headers.buf;

	r = MHD_create_response_from_buffer(c->answer.len, c->answer.buf, MHD_RESPMEM_MUST_COPY);
	if (c->answer.len)
		MHD_add_response_header(r, "Content-Type", c->type);
	while (*line) {
		char *end = strchr(line, '\n');
		char *colon = strchr(line, ':');

		*end = '\0';
		*colon = '\0';
		MHD_add_response_header(r, line, colon + 2);
		line = end + 1;
	}
	ok = MHD_queue_response(e->connection, (unsigned)c->status, r);
	MHD_destroy_response(r);
	return ok;
}

/* Puts it aside; on_request is called again when the timer lets it go on. */
static void suspend(struct exchange *e, int64_t until_ms)
{
	struct sim_http *h = e->http;

	pthread_mutex_lock(&h->lock);
	e->until_ms = until_ms;
	MHD_suspend_connection(e->connection);
	e->next = h->waiting;
	h->waiting = e;
	pthread_cond_signal(&h->changed);
	pthread_mutex_unlock(&h->lock);
}

static enum MHD_Result on_request(void *data, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *piece, size_t *len, void **state)
{
	struct exchange *e = *state;

	(void)data;
	(void)connection;
	(void)url;
	(void)version;
	if (!e->begun) {
		begin(e, method);
		return MHD_YES;
	}
	if (*len) {
		strbuf_add(&e->body, piece, *len);
		*len = 0;
		return MHD_YES;
	}
	if (!e->judged) {
		judge(e);
		if (e->verdict == SILENCE) {
			e->verdict = BREAK;
			suspend(e, INT64_MAX);
			return MHD_YES;
		}
		if (e->wait_ms) {
			suspend(e, monotonic_ms() + e->wait_ms);
			return MHD_YES;
		}
	}
	return e->verdict == BREAK ? MHD_NO : send_answer(e);
}

/* Lets those go on whose time has come; the next time, INT64_MAX none. */
static int64_t resume_due(struct sim_http *h)
{
	int64_t now = monotonic_ms(), next = INT64_MAX;
	struct exchange **link = &h->waiting;

	while (*link) {
		struct exchange *e = *link;

		if (e->until_ms <= now) {
			*link = e->next;
			MHD_resume_connection(e->connection);
			continue;
		}
		if (e->until_ms < next)
			next = e->until_ms;
		link = &e->next;
	}
	return next;
}

static void *run_timer(void *data)
{
	struct sim_http *h = data;

	pthread_mutex_lock(&h->lock);
	for (;;) {
		int64_t next = resume_due(h);

		if (next == INT64_MAX) {
			pthread_cond_wait(&h->changed, &h->lock);
		} else {
			struct timespec t = { .tv_sec = (time_t)(next / 1000),
				.tv_nsec = (long)(next % 1000) * 1000000 };

			pthread_cond_timedwait(&h->changed, &h->lock, &t);
		}
	}
	return NULL;
}

struct sim_http *http_start(struct sim *s, uint16_t port)
{
	struct sim_http *h = mem_zalloc(1, sizeof(*h));
	struct sockaddr_in here = { .sin_family = AF_INET, .sin_port = htons(port) };
	pthread_condattr_t attr;

	here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	h->sim = s;
	pthread_mutex_init(&h->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&h->changed, &attr);
	pthread_condattr_destroy(&attr);
	h->daemon = MHD_start_daemon(MHD_USE_POLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, port,
		NULL, NULL, on_request, h, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&here,
		MHD_OPTION_THREAD_POOL_SIZE, (unsigned)THREADS, MHD_OPTION_CONNECTION_LIMIT,
		(unsigned)CONNECTIONS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
		(size_t)CONNECTION_MEMORY, MHD_OPTION_URI_LOG_CALLBACK, on_uri, h,
		MHD_OPTION_NOTIFY_COMPLETED, on_end, h, MHD_OPTION_END);
	if (!h->daemon || pthread_create(&h->timer, NULL, run_timer, h) != 0) {
		free(h);
		return NULL;
	}
	return h;
}

uint16_t http_port(const struct sim_http *h)
{
	return MHD_get_daemon_info(h->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
}
