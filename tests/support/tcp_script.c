#include "tcp_script.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "test.h"

#include "mem.h"

#define CALLS_MOST 256
#define REQUEST_MOST ((size_t)8 << 20)
#define DRIP_US 2000

struct call {
	struct tcp_script *script; /* borrowed */
	pthread_t thread;
	int fd;
	struct strbuf in; /* received, not yet used */
};

struct tcp_script {
	void (*serve)(struct call *c);
	const struct script_step *steps;
	size_t n_steps;
	int gather;
	struct smtp_script smtp;
	int fd, port;
	pthread_t thread;

	pthread_mutex_t lock; /* over what follows */
	pthread_cond_t changed;
	bool stopping;
	struct call *calls[CALLS_MOST];
	int n_calls, requests;
	struct strbuf received;
};

static int listen_here(int *port)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, size), 0);
	assert_int_equal(listen(fd, CALLS_MOST), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &size), 0);
	*port = ntohs(at.sin_port);
	return fd;
}

int tcp_script_closed_port(void)
{
	int port;

	close(listen_here(&port));
	return port;
}

static bool is_stopping(struct tcp_script *s)
{
	bool stopping;

	pthread_mutex_lock(&s->lock);
	stopping = s->stopping;
	pthread_mutex_unlock(&s->lock);
	return stopping;
}

/* Waits for more; false when the other side has gone, or it is to stop. */
static bool receive(struct call *c)
{
	struct tcp_script *s = c->script;
	struct pollfd fd = { .fd = c->fd, .events = POLLIN };
	char piece[16384];
	ssize_t n;

	while (poll(&fd, 1, 50) == 0)
		if (is_stopping(s))
			return false;
	n = recv(c->fd, piece, sizeof(piece), 0);
	if (n <= 0)
		return false;
	strbuf_add(&c->in, piece, (size_t)n);
	pthread_mutex_lock(&s->lock);
	strbuf_add(&s->received, piece, (size_t)n);
	pthread_mutex_unlock(&s->lock);
	return true;
}

static bool say(struct call *c, const char *text, size_t len)
{
	while (len) {
		ssize_t n = send(c->fd, text, len, MSG_NOSIGNAL);

		if (n <= 0)
			return false;
		text += n;
		len -= (size_t)n;
	}
	return true;
}

static void use(struct call *c, size_t n)
{
	memmove(c->in.buf, c->in.buf + n, c->in.len - n);
	strbuf_truncate(&c->in, c->in.len - n);
}

/* Nothing until the other side goes or it is to stop. */
static void be_silent(struct call *c)
{
	while (receive(c))
		strbuf_clear(&c->in);
}

static void break_off(struct call *c)
{
	const struct linger now = { .l_onoff = 1, .l_linger = 0 };

	setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
}

/* The length of a whole request at the start of the buffer; 0 when more must come. */
static size_t request_length(const struct strbuf *in)
{
	const char *end = strstr(in->buf, "\r\n\r\n"), *line = in->buf;
	size_t head, body = 0;

	if (!end)
		return 0;
	head = (size_t)(end - in->buf) + 4;
	for (; line < end; line = strstr(line, "\r\n") + 2)
		if (strncasecmp(line, "Content-Length:", 15) == 0)
			body = strtoul(line + 15, NULL, 10);
	return in->len >= head + body ? head + body : 0;
}

/* Counts a request; waits for those it is to be answered with. */
static int count_request(struct tcp_script *s)
{
	int number;

	pthread_mutex_lock(&s->lock);
	number = s->requests++;
	pthread_cond_broadcast(&s->changed);
	while (s->requests < s->gather && !s->stopping)
		pthread_cond_wait(&s->changed, &s->lock);
	pthread_mutex_unlock(&s->lock);
	return number;
}

static void drip(struct call *c, const char *text)
{
	for (; *text && !is_stopping(c->script); text++) {
		if (!say(c, text, 1))
			return;
		usleep(DRIP_US);
	}
}

static void flood(struct call *c)
{
	static const char zeros[65536];

	while (!is_stopping(c->script) && say(c, zeros, sizeof(zeros)))
		;
}

/* false: the connection ends. */
static bool play(struct call *c, const struct script_step *step)
{
	size_t len = step->text ? strlen(step->text) : 0;

	switch (step->act) {
	case SCRIPT_ANSWER:
		return say(c, step->text, len);
	case SCRIPT_HANG_UP:
		say(c, step->text, len);
		return false;
	case SCRIPT_RESET:
		say(c, step->text, len);
		break_off(c);
		return false;
	case SCRIPT_DRIP:
		drip(c, step->text);
		return true;
	case SCRIPT_FLOOD:
		say(c, step->text, len);
		flood(c);
		return false;
	case SCRIPT_SILENCE:
		be_silent(c);
		return false;
	case SCRIPT_CUT:
		break_off(c);
		return false;
	}
	return false;
}

static const struct script_step *next_step(struct tcp_script *s)
{
	size_t next = (size_t)tcp_script_requests(s);

	return &s->steps[next < s->n_steps ? next : s->n_steps - 1];
}

/* Waits for a whole request; false when none comes, or it is to be cut off. */
static bool read_request(struct call *c)
{
	size_t len;

	while ((len = request_length(&c->in)) == 0) {
		if (!receive(c))
			return false;
		if (strstr(c->in.buf, "\r\n\r\n") && next_step(c->script)->act == SCRIPT_CUT) {
			break_off(c);
			return false;
		}
	}
	use(c, len);
	return true;
}

static void serve_http(struct call *c)
{
	struct tcp_script *s = c->script;

	while (read_request(c)) {
		size_t step = (size_t)count_request(s);

		if (step >= s->n_steps)
			step = s->n_steps - 1;
		if (!play(c, &s->steps[step]))
			return;
	}
}

static void serve_mute(struct call *c)
{
	be_silent(c);
}

/* false: the dialogue ends here. */
static bool reply(struct call *c, const char *own, const char *usual)
{
	const char *text = own ? own : usual;

	if (strcmp(text, SMTP_SILENCE) == 0) {
		be_silent(c);
		return false;
	}
	return *text && say(c, text, strlen(text));
}

static bool read_until(struct call *c, const char *mark, size_t *len)
{
	const char *at;

	while (!(at = strstr(c->in.buf, mark)))
		if (!receive(c))
			return false;
	*len = (size_t)(at - c->in.buf) + strlen(mark);
	return true;
}

static bool take_content(struct call *c)
{
	size_t len;

	if (c->script->smtp.content)
		return reply(c, c->script->smtp.content, "");
	if (!read_until(c, "\r\n.\r\n", &len))
		return false;
	use(c, len);
	count_request(c->script);
	return reply(c, c->script->smtp.end, "250 2.0.0 Ok: queued as ABC123\r\n");
}

static bool log_in(struct call *c)
{
	size_t len;

	if (!say(c, "334 \r\n", 6) || !read_until(c, "\r\n", &len))
		return false;
	use(c, len);
	return reply(c, c->script->smtp.auth, "235 2.7.0 Accepted\r\n");
}

static bool obey(struct call *c, const char *line)
{
	const struct smtp_script *r = &c->script->smtp;

	if (strncasecmp(line, "EHLO", 4) == 0)
		return reply(c, r->ehlo, "250-script\r\n250-AUTH PLAIN\r\n250 8BITMIME\r\n");
	if (strncasecmp(line, "AUTH", 4) == 0)
		return log_in(c);
	if (strncasecmp(line, "MAIL", 4) == 0)
		return reply(c, r->mail, "250 2.1.0 Ok\r\n");
	if (strncasecmp(line, "RCPT", 4) == 0)
		return reply(c, r->rcpt, "250 2.1.5 Ok\r\n");
	if (strncasecmp(line, "DATA", 4) == 0)
		return reply(c, r->data, "354 go on\r\n") &&
		       (r->data && strncmp(r->data, "354", 3) != 0 ? true : take_content(c));
	if (strncasecmp(line, "QUIT", 4) == 0) {
		reply(c, r->quit, "221 bye\r\n");
		return false;
	}
	return say(c, "250 Ok\r\n", 8);
}

static void serve_smtp(struct call *c)
{
	char line[512];
	size_t len;

	if (!reply(c, c->script->smtp.greeting, "220 script\r\n"))
		return;
	while (read_until(c, "\r\n", &len)) {
		snprintf(line, sizeof(line), "%.*s", (int)len, c->in.buf);
		use(c, len);
		if (!obey(c, line))
			return;
	}
}

static void *run_call(void *arg)
{
	struct call *c = arg;

	c->script->serve(c);
	close(c->fd);
	return NULL;
}

static void take_call(struct tcp_script *s, int fd)
{
	struct call *c;

	pthread_mutex_lock(&s->lock);
	if (s->n_calls == CALLS_MOST) {
		close(fd);
	} else {
		c = mem_zalloc(1, sizeof(*c));
		c->script = s;
		c->fd = fd;
		strbuf_init(&c->in, REQUEST_MOST);
		s->calls[s->n_calls++] = c;
		pthread_create(&c->thread, NULL, run_call, c);
	}
	pthread_mutex_unlock(&s->lock);
}

static void *run_script(void *arg)
{
	struct tcp_script *s = arg;
	struct pollfd fd = { .fd = s->fd, .events = POLLIN };

	while (!is_stopping(s)) {
		int call;

		if (poll(&fd, 1, 20) != 1)
			continue;
		call = accept(s->fd, NULL, NULL);
		if (call >= 0)
			take_call(s, call);
	}
	return NULL;
}

static struct tcp_script *start(void (*serve)(struct call *c), const struct tcp_script *as)
{
	struct tcp_script *s = mem_zalloc(1, sizeof(*s));

	if (as)
		*s = *as;
	s->serve = serve;
	s->fd = listen_here(&s->port);
	strbuf_init(&s->received, 0);
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->changed, NULL);
	assert_int_equal(pthread_create(&s->thread, NULL, run_script, s), 0);
	return s;
}

struct tcp_script *tcp_script_http(const struct script_step *steps, size_t n, int gather)
{
	return start(
		serve_http, &(struct tcp_script){ .steps = steps, .n_steps = n, .gather = gather });
}

struct tcp_script *tcp_script_smtp(const struct smtp_script *replies)
{
	return start(serve_smtp, &(struct tcp_script){ .smtp = *replies });
}

struct tcp_script *tcp_script_mute(void)
{
	return start(serve_mute, NULL);
}

int tcp_script_port(const struct tcp_script *s)
{
	return s->port;
}

static int number(struct tcp_script *s, const int *of)
{
	int n;

	pthread_mutex_lock(&s->lock);
	n = *of;
	pthread_mutex_unlock(&s->lock);
	return n;
}

int tcp_script_requests(struct tcp_script *s)
{
	return number(s, &s->requests);
}

int tcp_script_connections(struct tcp_script *s)
{
	return number(s, &s->n_calls);
}

void tcp_script_received(struct tcp_script *s, struct strbuf *out)
{
	pthread_mutex_lock(&s->lock);
	strbuf_add(out, s->received.buf, s->received.len);
	pthread_mutex_unlock(&s->lock);
}

void tcp_script_stop(struct tcp_script *s)
{
	pthread_mutex_lock(&s->lock);
	s->stopping = true;
	pthread_cond_broadcast(&s->changed);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->thread, NULL);
	for (int i = 0; i < s->n_calls; i++) {
		pthread_join(s->calls[i]->thread, NULL);
		strbuf_release(&s->calls[i]->in);
		free(s->calls[i]);
	}
	close(s->fd);
	strbuf_release(&s->received);
	pthread_cond_destroy(&s->changed);
	pthread_mutex_destroy(&s->lock);
	free(s);
}
