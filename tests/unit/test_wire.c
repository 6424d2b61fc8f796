#include "test.h"

#include <fcntl.h>
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "tcp_script.h"
#include "wire.h"

extern char **environ;

#define PATIENCE_MS 20000
#define OK_204 "HTTP/1.1 204 No Content\r\n\r\n"
#define OK_200(length, body) "HTTP/1.1 200 OK\r\nContent-Length: " length "\r\n\r\n" body

/* ---- names: nothing here may ask a real server ---------------------------------- */

static struct {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool hold; /* names hang while set, but for a while only */
	int asking;
} names = { .lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER };

/* Stands before the C library's, also for libcurl: no name but numbers exists. */
int getaddrinfo(const char *restrict node, const char *restrict service,
	const struct addrinfo *restrict hints, struct addrinfo **restrict res)
{
	struct timespec until;

	(void)node, (void)service, (void)hints;
	*res = NULL;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += PATIENCE_MS / 1000;
	pthread_mutex_lock(&names.lock);
	names.asking++;
	pthread_cond_broadcast(&names.changed);
	while (names.hold && pthread_cond_timedwait(&names.changed, &names.lock, &until) == 0)
		;
	names.asking--;
	pthread_cond_broadcast(&names.changed);
	pthread_mutex_unlock(&names.lock);
	return EAI_NONAME;
}

static void names_hold(bool hold)
{
	pthread_mutex_lock(&names.lock);
	names.hold = hold;
	pthread_cond_broadcast(&names.changed);
	while (!hold && names.asking)
		pthread_cond_wait(&names.changed, &names.lock);
	pthread_mutex_unlock(&names.lock);
}

static bool names_asked(void)
{
	bool asked;

	pthread_mutex_lock(&names.lock);
	asked = names.asking > 0;
	pthread_mutex_unlock(&names.lock);
	return asked;
}

/* ---- a wire and a request ------------------------------------------------------- */

static int64_t now_ms(void)
{
	struct clock clock = clock_system();

	return clock.monotonic_ms(clock.data);
}

static struct wire *wire_of(struct wire_options o)
{
	struct err err = ERR_INIT;
	struct wire *w = wire_new(&o, &err);

	assert_non_null(w);
	return w;
}

static struct wire *new_wire(void)
{
	return wire_of((struct wire_options)WIRE_OPTIONS_INIT);
}

/* Gives up on a connection, or an answer, after a second. */
static struct wire *hasty_wire(bool connect)
{
	struct wire_options o = WIRE_OPTIONS_INIT;

	if (connect)
		o.connect_seconds = 1;
	else
		o.answer_seconds = 1;
	return wire_of(o);
}

static void request(struct wire_request *r, enum wire_method method, int port)
{
	wire_request_init(r);
	r->method = method;
	strbuf_addf(&r->url, "http://127.0.0.1:%d/send", port);
}

static void post(struct wire_request *r, int port, const char *body)
{
	request(r, WIRE_POST, port);
	strbuf_adds(&r->body, body);
}

static void mail(struct wire_request *r, int port, const char *body)
{
	wire_request_init(r);
	r->method = WIRE_SMTP;
	strbuf_addf(&r->url, "smtp://127.0.0.1:%d/office.example", port);
	strbuf_adds(&r->mail_from, "bounce+m-1@office.example");
	strbuf_adds(&r->mail_to, "awa@example.com");
	strbuf_adds(&r->body, body);
}

static void send_tagged(struct wire *w, struct wire_request *r, void *tag)
{
	struct err err = ERR_INIT;

	if (!wire_send(w, r, tag, &err))
		fail_msg("%s: %s", err_name(err.code), err.detail);
}

static void take(struct wire *w, void **tag, struct wire_answer *a)
{
	int64_t until = now_ms() + PATIENCE_MS;

	while (!wire_take(w, tag, a)) {
		if (now_ms() > until)
			fail_msg("no answer");
		wire_wait(w, 100);
	}
}

static void run(struct wire *w, struct wire_request *r, struct wire_answer *a)
{
	char mark;
	void *tag = NULL;

	send_tagged(w, r, &mark);
	assert_int_equal(wire_busy(w), 1);
	take(w, &tag, a);
	assert_ptr_equal(tag, &mark);
	assert_int_equal(wire_busy(w), 0);
}

static void run_post(struct wire *w, struct tcp_script *s, struct wire_answer *a)
{
	struct wire_request r;

	post(&r, tcp_script_port(s), "to=awa");
	run(w, &r, a);
}

#define script(steps) tcp_script_http(steps, ARRAY_SIZE(steps), 0)

/* One POST on a new wire gets this step. */
static void answer_to(const struct script_step step, struct wire_answer *a)
{
	struct tcp_script *s = tcp_script_http(&step, 1, 0);
	struct wire *w = new_wire();

	run_post(w, s, a);
	assert_int_equal(tcp_script_requests(s), 1);
	wire_free(w);
	tcp_script_stop(s);
}

static void assert_end(const struct wire_answer *a, enum wire_end end, long status)
{
	if (a->end != end || a->status != status)
		fail_msg("end %d status %ld (%s), not %d %ld", (int)a->end, a->status, a->detail,
			(int)end, status);
}

static int count_of(const char *text, const char *part)
{
	int n = 0;

	for (; (text = strstr(text, part)); text += strlen(part))
		n++;
	return n;
}

/* ---- HTTP ----------------------------------------------------------------------- */

static void wire__send__posts_and_reads_the_answer(void **state)
{
	const struct script_step step = { SCRIPT_ANSWER,
		"HTTP/1.1 202 Accepted\r\nX-Message-Id: abc\r\nServer: x\r\n"
		"Content-Length: 2\r\n\r\nok" };
	struct tcp_script *s = tcp_script_http(&step, 1, 0);
	struct strbuf got = STRBUF_INIT;
	struct wire *w = new_wire();
	struct wire_request r;
	struct wire_answer a;

	(void)state;
	post(&r, tcp_script_port(s), "to=awa");
	wire_header(&r, "Authorization", "Bearer key");
	run(w, &r, &a);
	assert_end(&a, WIRE_ANSWERED, 202);
	assert_string_equal(a.body.buf, "ok");
	assert_string_equal(a.lines.buf, "X-Message-Id: abc\n");
	assert_string_equal(wire_answer_header(&a, "x-message-id", &got), "abc");
	assert_string_equal(wire_answer_header(&a, "X-Message", &got), "");
	assert_string_equal(wire_answer_header(&a, "Server", &got), "");
	assert_string_equal(a.detail, "");
	strbuf_clear(&got);
	tcp_script_received(s, &got);
	assert_int_equal(strncmp(got.buf, "POST /send HTTP/1.1\r\n", 21), 0);
	assert_non_null(strstr(got.buf, "\r\nAuthorization: Bearer key\r\n"));
	assert_non_null(strstr(got.buf, "\r\nUser-Agent: ecompta-crm\r\n"));
	assert_non_null(strstr(got.buf, "\r\nContent-Length: 6\r\n"));
	assert_null(strstr(got.buf, "Expect"));
	assert_string_equal(got.buf + got.len - 10, "\r\n\r\nto=awa");
	strbuf_release(&got);
	wire_answer_release(&a);
	wire_free(w);
	tcp_script_stop(s);
}

static void wire__send__keeps_the_connection(void **state)
{
	static const struct script_step steps[] = { { SCRIPT_ANSWER, OK_204 } };
	struct tcp_script *s = script(steps);
	struct wire *w = new_wire();
	struct wire_answer a;

	(void)state;
	for (int i = 0; i < 5; i++) {
		run_post(w, s, &a);
		assert_end(&a, WIRE_ANSWERED, 204);
		wire_answer_release(&a);
	}
	assert_int_equal(tcp_script_requests(s), 5);
	assert_int_equal(tcp_script_connections(s), 1);
	wire_free(w);
	tcp_script_stop(s);
}

/* libcurl by itself would send the POST again, and call that a success. */
static void twice_never(enum script_act act, const char *body)
{
	const struct script_step steps[] = { { SCRIPT_ANSWER, OK_204 }, { act, NULL },
		{ SCRIPT_ANSWER, OK_204 } };
	struct tcp_script *s = script(steps);
	struct wire *w = new_wire();
	struct wire_request r;
	struct wire_answer a;

	run_post(w, s, &a);
	assert_end(&a, WIRE_ANSWERED, 204);
	wire_answer_release(&a);
	post(&r, tcp_script_port(s), body);
	run(w, &r, &a);
	assert_end(&a, WIRE_UNKNOWN, 0);
	wire_answer_release(&a);
	wire_free(w);
	assert_int_equal(tcp_script_requests(s), 2);
	tcp_script_stop(s);
}

static void wire__send__never_repeats_a_post_whose_kept_connection_died(void **state)
{
	(void)state;
	twice_never(SCRIPT_HANG_UP, "to=awa");
	twice_never(SCRIPT_RESET, "to=awa");
}

static void wire__send__never_repeats_a_post_without_a_body(void **state)
{
	(void)state;
	twice_never(SCRIPT_HANG_UP, "");
}

static void wire__send__takes_a_new_connection_when_the_kept_one_was_closed(void **state)
{
	static const struct script_step steps[] = { { SCRIPT_HANG_UP, OK_204 } };
	struct tcp_script *s = script(steps);
	struct wire *w = new_wire();
	struct wire_answer a;

	(void)state;
	for (int i = 0; i < 2; i++) {
		run_post(w, s, &a);
		assert_end(&a, WIRE_ANSWERED, 204);
		wire_answer_release(&a);
		usleep(100000); /* the end of the connection comes after the answer */
	}
	assert_int_equal(tcp_script_requests(s), 2);
	assert_int_equal(tcp_script_connections(s), 2);
	wire_free(w);
	tcp_script_stop(s);
}

static void wire__send__refused_is_not_sent(void **state)
{
	struct wire *w = new_wire();
	struct wire_request r;
	struct wire_answer a;

	(void)state;
	post(&r, tcp_script_closed_port(), "x");
	run(w, &r, &a);
	assert_end(&a, WIRE_NOT_SENT, 0);
	assert_false(a.offline);
	assert_string_not_equal(a.detail, "");
	wire_answer_release(&a);
	wire_free(w);
}

static void wire__send__no_such_name_is_offline(void **state)
{
	struct wire *w = new_wire();
	struct wire_request r;
	struct wire_answer a;

	(void)state;
	wire_request_init(&r);
	r.method = WIRE_POST;
	strbuf_adds(&r.url, "https://provider.invalid/send");
	strbuf_adds(&r.body, "x");
	run(w, &r, &a);
	assert_end(&a, WIRE_NOT_SENT, 0);
	assert_true(a.offline);
	assert_false(a.untrusted);
	wire_answer_release(&a);
	wire_free(w);
}

static void wire__send__no_name_in_time_is_offline(void **state)
{
	struct wire *w = hasty_wire(true);
	struct wire_request r;
	struct wire_answer a;

	(void)state;
	names_hold(true);
	wire_request_init(&r);
	strbuf_adds(&r.url, "https://provider.invalid/");
	run(w, &r, &a);
	assert_true(names_asked());
	assert_end(&a, WIRE_NOT_SENT, 0);
	assert_true(a.offline);
	wire_answer_release(&a);
	wire_free(w);
	names_hold(false);
	usleep(100000); /* libcurl's own thread ends */
}

static void wire__free__does_not_wait_for_a_name(void **state)
{
	struct wire *w = new_wire();
	int64_t begun;
	struct wire_request r;

	(void)state;
	names_hold(true);
	wire_request_init(&r);
	strbuf_adds(&r.url, "https://provider.invalid/");
	send_tagged(w, &r, NULL);
	begun = now_ms();
	while (!names_asked() && now_ms() - begun < PATIENCE_MS)
		wire_wait(w, 10);
	assert_true(names_asked());
	begun = now_ms();
	wire_free(w);
	assert_true(now_ms() - begun < 3000);
	assert_true(names_asked());
	names_hold(false);
	usleep(100000); /* libcurl's own thread ends */
}

static void wire__send__no_connection_in_time_is_not_sent(void **state)
{
	struct tcp_script *s = tcp_script_mute();
	struct wire *w = hasty_wire(true);
	struct wire_request r;
	struct wire_answer a;

	(void)state;
	wire_request_init(&r);
	r.method = WIRE_POST;
	strbuf_addf(&r.url, "https://127.0.0.1:%d/", tcp_script_port(s));
	strbuf_adds(&r.body, "x");
	run(w, &r, &a);
	assert_end(&a, WIRE_NOT_SENT, 0);
	assert_false(a.untrusted);
	wire_answer_release(&a);
	wire_free(w);
	tcp_script_stop(s);
}

static void wire__send__no_answer_in_time_is_unknown(void **state)
{
	static const struct script_step steps[] = { { SCRIPT_SILENCE, NULL } };
	struct tcp_script *s = script(steps);
	struct wire *w = hasty_wire(false);
	struct wire_answer a;

	(void)state;
	run_post(w, s, &a);
	assert_end(&a, WIRE_UNKNOWN, 0);
	assert_int_equal(tcp_script_requests(s), 1);
	wire_answer_release(&a);
	wire_free(w);
	tcp_script_stop(s);
}

static void wire__send__a_broken_line_or_half_an_answer_is_unknown(void **state)
{
	static const struct script_step broken[] = {
		{ SCRIPT_HANG_UP, NULL },
		{ SCRIPT_RESET, NULL },
		{ SCRIPT_HANG_UP, "HTTP/1.1 20" },
		{ SCRIPT_HANG_UP, "no such protocol\r\n" },
		{ SCRIPT_HANG_UP, "\1\2\3" },
	};
	struct wire_answer a;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(broken); i++) {
		answer_to(broken[i], &a);
		assert_int_equal(a.end, WIRE_UNKNOWN);
		wire_answer_release(&a);
	}
	answer_to((struct script_step){ SCRIPT_HANG_UP, OK_200("10", "half") }, &a);
	assert_end(&a, WIRE_UNKNOWN, 200);
	wire_answer_release(&a);
	answer_to((struct script_step){ SCRIPT_RESET, OK_200("10", "half") }, &a);
	assert_int_equal(a.end, WIRE_UNKNOWN);
	wire_answer_release(&a);
}

static void wire__send__a_body_cut_off_was_not_sent(void **state)
{
	static const struct script_step steps[] = { { SCRIPT_CUT, NULL } };
	struct tcp_script *s = script(steps);
	struct wire *w = new_wire();
	struct wire_request r;
	struct wire_answer a;

	(void)state;
	post(&r, tcp_script_port(s), "");
	while (r.body.len < (size_t)16 << 20)
		strbuf_addf(&r.body, "%070d\r\n", 0);
	run(w, &r, &a);
	assert_end(&a, WIRE_NOT_SENT, 0);
	assert_false(a.offline);
	assert_int_equal(tcp_script_requests(s), 0);
	wire_answer_release(&a);
	wire_free(w);
	tcp_script_stop(s);
}

static void wire__send__a_refusal_stands_without_the_rest_of_its_text(void **state)
{
	struct wire_answer a;

	(void)state;
	answer_to((struct script_step){ SCRIPT_HANG_UP,
			  "HTTP/1.1 401 No\r\nContent-Length: 99\r\n\r\n{\"err" },
		&a);
	assert_end(&a, WIRE_ANSWERED, 401);
	assert_string_equal(a.body.buf, "{\"err");
	wire_answer_release(&a);
}

static void wire__send__reads_an_answer_that_comes_a_byte_at_a_time(void **state)
{
	struct wire_answer a;

	(void)state;
	answer_to((struct script_step){ SCRIPT_DRIP,
			  "HTTP/1.1 100 Continue\r\nX-Message-Id: no\r\n\r\n"
			  "HTTP/1.1 200 OK\r\nX-Message-Id: yes\r\nTransfer-Encoding: chunked\r\n"
			  "\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n" },
		&a);
	assert_end(&a, WIRE_ANSWERED, 200);
	assert_string_equal(a.body.buf, "abcde");
	assert_string_equal(a.lines.buf, "X-Message-Id: yes\n");
	wire_answer_release(&a);
}

static void wire__send__cuts_an_answer_without_end(void **state)
{
	struct wire_answer a;

	(void)state;
	answer_to((struct script_step){ SCRIPT_FLOOD, "HTTP/1.1 200 OK\r\n\r\n" }, &a);
	assert_end(&a, WIRE_ANSWERED, 200);
	assert_true(a.body.full);
	assert_true(a.body.len <= WIRE_BODY_MAX);
	assert_true(a.body.len > WIRE_BODY_MAX / 2);
	wire_answer_release(&a);
}

static void wire__send__cuts_headers_without_end(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct wire_answer a;

	(void)state;
	strbuf_adds(&text, "HTTP/1.1 200 OK\r\nX-App-Usage: ");
	for (int i = 0; i < 5000; i++)
		strbuf_addc(&text, 'x');
	strbuf_adds(&text, "\r\n");
	for (int i = 0; i < 1000; i++)
		strbuf_addf(&text, "X-RateLimit-%04d: %080d\r\n", i, i);
	strbuf_adds(&text, "Content-Length: 0\r\n\r\n");
	answer_to((struct script_step){ SCRIPT_ANSWER, text.buf }, &a);
	assert_end(&a, WIRE_ANSWERED, 200);
	assert_true(a.lines.len <= (size_t)32 << 10);
	assert_null(strstr(a.lines.buf, "App-Usage"));
	assert_non_null(strstr(a.lines.buf, "X-RateLimit-0000: 0"));
	wire_answer_release(&a);
	strbuf_release(&text);
}

static void wire__send__follows_no_redirect(void **state)
{
	struct wire_answer a;

	(void)state;
	for (int i = 0; i < 2; i++) {
		answer_to((struct script_step){ SCRIPT_ANSWER,
				  i ? "HTTP/1.1 307 Go\r\nLocation: /other\r\nContent-Length: "
				      "0\r\n\r\n"
				    : "HTTP/1.1 302 Go\r\nLocation: /other\r\nContent-Length: "
				      "0\r\n\r\n" },
			&a);
		assert_end(&a, WIRE_ANSWERED, i ? 307 : 302);
		wire_answer_release(&a);
	}
}

static void wire__send__says_how_long_to_wait(void **state)
{
	static const struct {
		const char *status, *headers;
		int64_t wait;
	} cases[] = {
		{ "429", "Retry-After: 120\r\n", 120 },
		{ "503", "retry-after:7\r\n", 7 },
		{ "429", "Retry-After: 86400\r\n", 86400 },
		{ "429", "Retry-After: 86401\r\n", 86400 },
		{ "429", "Retry-After: -1\r\n", 0 },
		{ "429", "Retry-After: 0\r\n", 0 },
		{ "429", "Retry-After: soon\r\n", 0 },
		{ "429",
			"Date: Sun, 22 Nov 2026 10:00:00 GMT\r\n"
			"Retry-After: Sun, 22 Nov 2026 10:01:30 GMT\r\n",
			90 },
		{ "429",
			"Date: Sun, 22 Nov 2026 10:00:00 GMT\r\n"
			"Retry-After: Sun, 22 Nov 2026 09:00:00 GMT\r\n",
			0 },
		{ "429", "Retry-After: Fri, 31 Dec 2100 23:59:59 GMT\r\n", 86400 },
		{ "429", "Date: Sun, 22 Nov 2026 10:00:00 GMT\r\nX-RateLimit-Reset: 1795341660\r\n",
			60 },
		{ "429", "X-RateLimit-Reset: 30\r\n", 30 },
		{ "429", "X-RateLimit-Reset: 30\r\nRetry-After: 5\r\n", 5 },
		{ "202", "X-RateLimit-Reset: 30\r\n", 0 },
		{ "400", "", 0 },
	};
	struct wire_answer a;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct strbuf text = STRBUF_INIT;

		strbuf_addf(&text, "HTTP/1.1 %s X\r\n%sContent-Length: 0\r\n\r\n", cases[i].status,
			cases[i].headers);
		answer_to((struct script_step){ SCRIPT_ANSWER, text.buf }, &a);
		assert_int_equal(a.end, WIRE_ANSWERED);
		if (a.wait_seconds != cases[i].wait)
			fail_msg("%s: %ld", cases[i].headers, (long)a.wait_seconds);
		strbuf_release(&text);
		wire_answer_release(&a);
	}
}

static void wire__send__says_who_it_is_where_a_user_is_given(void **state)
{
	static const struct script_step steps[] = {
		{ SCRIPT_ANSWER, "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=x\r\n"
				 "Content-Length: 0\r\n\r\n" },
		{ SCRIPT_ANSWER, OK_204 },
	};
	struct tcp_script *s = script(steps);
	struct strbuf got = STRBUF_INIT;
	struct wire *w = new_wire();
	struct wire_request r;
	struct wire_answer a;

	(void)state;
	post(&r, tcp_script_port(s), "x");
	strbuf_adds(&r.user, "AC1");
	strbuf_adds(&r.password, "secret");
	run(w, &r, &a);
	assert_end(&a, WIRE_ANSWERED, 401);
	assert_int_equal(tcp_script_requests(s), 1);
	wire_answer_release(&a);
	run_post(w, s, &a);
	assert_end(&a, WIRE_ANSWERED, 204);
	wire_answer_release(&a);
	tcp_script_received(s, &got);
	/* And it is not said again with the handle's next request. */
	assert_int_equal(count_of(got.buf, "Authorization: Basic QUMxOnNlY3JldA==\r\n"), 1);
	assert_int_equal(count_of(got.buf, "Authorization"), 1);
	strbuf_release(&got);
	wire_free(w);
	tcp_script_stop(s);
}

/* A company's proxy is asked for https elsewhere; what it refuses has not left. */
static void wire__send__uses_the_proxy_of_the_environment_for_https_only(void **state)
{
	static const struct script_step steps[] = {
		{ SCRIPT_ANSWER, OK_204 },
		{ SCRIPT_ANSWER, "HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n" },
		{ SCRIPT_HANG_UP, "HTTP/1.1 403 No\r\nRetry-After: 9\r\n\r\n" },
	};
	struct tcp_script *s = script(steps);
	struct strbuf proxy = STRBUF_INIT, got = STRBUF_INIT;
	struct wire *w = new_wire();
	struct wire_request r;
	struct wire_answer a;

	(void)state;
	strbuf_addf(&proxy, "http://127.0.0.1:%d", tcp_script_closed_port());
	setenv("http_proxy", proxy.buf, 1);
	setenv("all_proxy", proxy.buf, 1);
	run_post(w, s, &a);
	assert_end(&a, WIRE_ANSWERED, 204);
	wire_answer_release(&a);
	strbuf_clear(&proxy);
	strbuf_addf(&proxy, "http://127.0.0.1:%d", tcp_script_port(s));
	setenv("https_proxy", proxy.buf, 1);
	for (int i = 0; i < 2; i++) {
		wire_request_init(&r);
		r.method = WIRE_POST;
		strbuf_adds(&r.url, "https://provider.invalid/send");
		strbuf_adds(&r.body, "x");
		run(w, &r, &a);
		assert_end(&a, WIRE_NOT_SENT, 0);
		assert_int_equal(a.wait_seconds, 0);
		assert_string_equal(a.lines.buf, "");
		wire_answer_release(&a);
	}
	tcp_script_received(s, &got);
	assert_int_equal(count_of(got.buf, "CONNECT provider.invalid:443 HTTP/1.1\r\n"), 2);
	unsetenv("http_proxy");
	unsetenv("https_proxy");
	unsetenv("all_proxy");
	strbuf_release(&proxy);
	strbuf_release(&got);
	wire_free(w);
	tcp_script_stop(s);
}

static void wire__header__keeps_a_value_on_its_line(void **state)
{
	static const struct script_step steps[] = { { SCRIPT_ANSWER, OK_204 } };
	struct tcp_script *s = script(steps);
	struct strbuf got = STRBUF_INIT;
	struct wire *w = new_wire();
	struct wire_request r;
	struct wire_answer a;

	(void)state;
	post(&r, tcp_script_port(s), "x");
	wire_header(&r, "X-Note", "one\r\nX-Evil: two\n\x7f\x01");
	assert_string_equal(r.headers[0].buf, "X-Note: oneX-Evil: two");
	run(w, &r, &a);
	wire_answer_release(&a);
	tcp_script_received(s, &got);
	assert_non_null(strstr(got.buf, "\r\nX-Note: oneX-Evil: two\r\n"));
	assert_null(strstr(got.buf, "\nX-Evil"));
	strbuf_release(&got);
	wire_free(w);
	tcp_script_stop(s);
}

static void wire__send__refuses_what_does_not_fit(void **state)
{
	struct wire *w = new_wire();
	struct err err = ERR_INIT;
	struct wire_request r;

	(void)state;
	post(&r, 9, "x");
	for (int i = 0; i < WIRE_HEADERS + 1; i++)
		wire_header(&r, "X-A", "b");
	assert_false(wire_send(w, &r, NULL, &err));
	assert_int_equal(err.code, ERR_TOO_LARGE);
	post(&r, 9, "");
	r.body.max = 10;
	strbuf_adds(&r.body, "12345678901");
	assert_false(wire_send(w, &r, NULL, &err));
	assert_int_equal(err.code, ERR_TOO_LARGE);
	wire_request_init(&r);
	strbuf_adds(&r.url, "http://example.com/?key=secret");
	assert_false(wire_send(w, &r, NULL, &err));
	assert_int_equal(err.code, ERR_URL);
	assert_string_equal(err.subject, "http://example.com/");
	mail(&r, 9, "x");
	strbuf_adds(&r.mail_to, ">\r\nRCPT TO:<b@example.com");
	assert_false(wire_send(w, &r, NULL, &err));
	assert_int_equal(err.code, ERR_INVALID);
	assert_int_equal(wire_busy(w), 0);
	wire_free(w);
}

static void wire__send__moves_64_at_once(void **state)
{
	static const struct script_step steps[] = { { SCRIPT_ANSWER, OK_204 } };
	struct tcp_script *s = tcp_script_http(steps, 1, 64);
	struct wire_options o = WIRE_OPTIONS_INIT;
	bool seen[64] = { false };
	char marks[64];
	struct wire *w;

	(void)state;
	o.connections = 64;
	w = wire_of(o);
	for (int i = 0; i < 64; i++) {
		struct wire_request r;

		post(&r, tcp_script_port(s), "x");
		send_tagged(w, &r, &marks[i]);
	}
	assert_int_equal(wire_busy(w), 64);
	/* The server answers none before it has all. */
	for (int i = 0; i < 64; i++) {
		struct wire_answer a;
		void *tag;

		take(w, &tag, &a);
		assert_end(&a, WIRE_ANSWERED, 204);
		assert_false(seen[(char *)tag - marks]);
		seen[(char *)tag - marks] = true;
		wire_answer_release(&a);
	}
	assert_int_equal(wire_busy(w), 0);
	assert_int_equal(tcp_script_requests(s), 64);
	wire_free(w);
	tcp_script_stop(s);
}

static void wire__send__holds_back_what_is_over_its_connections(void **state)
{
	static const struct script_step steps[] = { { SCRIPT_ANSWER, OK_204 } };
	struct tcp_script *s = script(steps);
	struct wire_options o = WIRE_OPTIONS_INIT;
	char marks[20];
	struct wire *w;

	(void)state;
	o.connections = 2;
	w = wire_of(o);
	for (int i = 0; i < 20; i++) {
		struct wire_request r;

		post(&r, tcp_script_port(s), "x");
		send_tagged(w, &r, &marks[i]);
	}
	for (int i = 0; i < 20; i++) {
		struct wire_answer a;
		void *tag;

		take(w, &tag, &a);
		assert_end(&a, WIRE_ANSWERED, 204);
		wire_answer_release(&a);
	}
	assert_int_equal(tcp_script_requests(s), 20);
	assert_true(tcp_script_connections(s) <= 2);
	wire_free(w);
	tcp_script_stop(s);
}

static void *wake_later(void *arg)
{
	usleep(50000);
	wire_wake(arg);
	return NULL;
}

static void wire__wake__ends_the_wait_of_another_thread(void **state)
{
	struct wire *w = new_wire();
	int64_t begun = now_ms();
	pthread_t thread;

	(void)state;
	assert_int_equal(pthread_create(&thread, NULL, wake_later, w), 0);
	wire_wait(w, PATIENCE_MS);
	assert_true(now_ms() - begun < PATIENCE_MS / 2);
	pthread_join(thread, NULL);
	/* One that came before counts for the next wait. */
	wire_wake(w);
	wire_wait(w, PATIENCE_MS);
	assert_true(now_ms() - begun < PATIENCE_MS / 2);
	wire_free(w);
}

static void wire__free__breaks_off_what_is_under_way(void **state)
{
	static const struct script_step steps[] = { { SCRIPT_SILENCE, NULL } };
	struct tcp_script *s = script(steps);
	struct wire_options o = WIRE_OPTIONS_INIT;
	struct wire_request r;
	int64_t begun;
	struct wire *w;

	(void)state;
	o.connections = 1;
	w = wire_of(o);
	for (int i = 0; i < 3; i++) {
		post(&r, tcp_script_port(s), "x");
		send_tagged(w, &r, NULL);
	}
	while (tcp_script_requests(s) < 1)
		wire_wait(w, 20);
	begun = now_ms();
	wire_free(w);
	assert_true(now_ms() - begun < 3000);
	assert_int_equal(tcp_script_requests(s), 1);
	tcp_script_stop(s);
}

static void wire__form__encodes(void **state)
{
	struct strbuf out = STRBUF_INIT;

	(void)state;
	wire_form(&out, "To", "+22670000000");
	wire_form(&out, "Body", "Fête à 5% & ~-._=");
	assert_string_equal(
		out.buf, "To=%2B22670000000&Body=F%C3%AAte%20%C3%A0%205%25%20%26%20~-._%3D");
	strbuf_release(&out);
}

static void wire__url_allowed__takes_https_and_this_machine(void **state)
{
	static const struct {
		const char *url;
		bool http, mail;
	} cases[] = {
		{ "https://api.example.com/v3?x=1", true, true },
		{ "HTTPS://api.example.com", true, true },
		{ "http://api.example.com/", false, false },
		{ "http://127.0.0.1:8080/", true, true },
		{ "http://127.255.0.3/", true, true },
		{ "http://localhost:80/", true, true },
		{ "http://LOCALHOST/", true, true },
		{ "http://[::1]:80/", true, true },
		{ "http://128.0.0.1/", false, false },
		{ "http://126.255.255.255/", false, false },
		{ "http://127.0.0.1.example.com/", false, false },
		{ "http://localhost.example.com/", false, false },
		{ "http://[::2]/", false, false },
		{ "https://user@example.com/", false, false },
		{ "https://user:secret@example.com/", false, false },
		{ "http://localhost@example.com/", false, false },
		{ "https://example.com/#part", false, false },
		{ "smtp://mail.example.com:587/office", false, true },
		{ "smtps://mail.example.com", false, true },
		{ "smtp://user@mail.example.com", false, false },
		{ "ftp://127.0.0.1/", false, false },
		{ "file:///etc/passwd", false, false },
		{ "example.com", false, false },
		{ "https://exa mple.com/", false, false },
		{ "https://example.com/\r\nX: y", false, false },
		{ "https://", false, false },
		{ "", false, false },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		for (int mail = 0; mail < 2; mail++) {
			struct err err = ERR_INIT;
			bool ok = wire_url_allowed(cases[i].url, mail, &err);

			if (ok != (mail ? cases[i].mail : cases[i].http))
				fail_msg("%s (mail %d): %d", cases[i].url, mail, ok);
			assert_int_equal(err.code, ok ? ERR_NONE : ERR_URL);
		}
	}
}

/* ---- SMTP ----------------------------------------------------------------------- */

#define CONTENT "Subject: hi\r\n\r\nBonjour\r\n"

/* One mail to a server that says this. */
static void mail_to(const struct smtp_script *replies, bool login, struct wire_answer *a)
{
	struct tcp_script *s = tcp_script_smtp(replies);
	struct wire *w = hasty_wire(false);
	struct wire_request r;

	mail(&r, tcp_script_port(s), CONTENT);
	if (login) {
		strbuf_adds(&r.user, "office");
		strbuf_adds(&r.password, "secret");
	}
	run(w, &r, a);
	wire_free(w);
	tcp_script_stop(s);
}

static void wire__smtp__sends_and_keeps_the_queue_id(void **state)
{
	struct tcp_script *s = tcp_script_smtp(&(struct smtp_script){ 0 });
	struct strbuf got = STRBUF_INIT;
	struct wire *w = new_wire();
	struct wire_request r;
	struct wire_answer a;

	(void)state;
	for (int i = 0; i < 2; i++) {
		mail(&r, tcp_script_port(s),
			"Subject: hi\r\n\r\n.dot\r\n..two\r\nend\r\n.\r\nx\r\n");
		strbuf_adds(&r.user, "office");
		strbuf_adds(&r.password, "secret");
		run(w, &r, &a);
		assert_end(&a, WIRE_ANSWERED, 250);
		assert_non_null(strstr(a.lines.buf, "250 2.0.0 Ok: queued as ABC123\n"));
		wire_answer_release(&a);
	}
	wire_free(w);
	tcp_script_received(s, &got);
	assert_int_equal(tcp_script_requests(s), 2);
	assert_int_equal(tcp_script_connections(s), 1);
	assert_int_equal(strncmp(got.buf, "EHLO office.example\r\n", 21), 0);
	assert_int_equal(count_of(got.buf, "AUTH PLAIN"), 1);
	assert_int_equal(count_of(got.buf, "MAIL FROM:<bounce+m-1@office.example>"), 2);
	assert_int_equal(count_of(got.buf, "RCPT TO:<awa@example.com>\r\n"), 2);
	assert_int_equal(count_of(got.buf, "\r\n..dot\r\n...two\r\nend\r\n..\r\nx\r\n.\r\n"), 2);
	strbuf_release(&got);
	tcp_script_stop(s);
}

static void wire__smtp__goes_by_the_last_reply(void **state)
{
	static const struct {
		struct smtp_script says;
		long status;
	} cases[] = {
		{ { .greeting = "421 4.3.2 later\r\n" }, 421 },
		{ { .greeting = "554 5.7.1 no\r\n" }, 554 },
		{ { .mail = "451 4.3.0 later\r\n" }, 451 },
		{ { .mail = "550 5.7.1 no\r\n" }, 550 },
		{ { .rcpt = "450 4.2.1 greylisted\r\n" }, 450 },
		{ { .rcpt = "550 5.1.1 unknown\r\n" }, 550 },
		{ { .data = "452 4.2.2 full\r\n" }, 452 },
		{ { .end = "451 4.3.0 later\r\n" }, 451 },
		{ { .end = "421 4.3.0 later\r\n" }, 421 },
		{ { .end = "554 5.7.1 spam\r\n" }, 554 },
	};
	struct wire_answer a;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		mail_to(&cases[i].says, false, &a);
		assert_end(&a, WIRE_ANSWERED, cases[i].status);
		wire_answer_release(&a);
	}
	mail_to(&(struct smtp_script){ .rcpt = "550-5.1.1 unknown\r\n550 5.1.1 really\r\n" }, false,
		&a);
	assert_end(&a, WIRE_ANSWERED, 550);
	assert_non_null(strstr(a.lines.buf, "550-5.1.1 unknown\n550 5.1.1 really\n"));
	wire_answer_release(&a);
}

static void wire__smtp__only_silence_after_the_final_dot_is_unknown(void **state)
{
	static const struct smtp_script before[] = {
		{ .greeting = SMTP_HANG_UP },
		{ .greeting = SMTP_SILENCE },
		{ .ehlo = SMTP_HANG_UP },
		{ .mail = SMTP_HANG_UP },
		{ .mail = SMTP_SILENCE },
		{ .rcpt = SMTP_HANG_UP },
		{ .data = SMTP_HANG_UP },
		{ .data = SMTP_SILENCE },
	};
	struct wire_answer a;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(before); i++) {
		mail_to(&before[i], false, &a);
		if (a.end != WIRE_NOT_SENT)
			fail_msg("%zu: end %d, %ld", i, (int)a.end, a.status);
		wire_answer_release(&a);
	}
	mail_to(&(struct smtp_script){ .end = SMTP_HANG_UP }, false, &a);
	assert_end(&a, WIRE_UNKNOWN, 354);
	wire_answer_release(&a);
	mail_to(&(struct smtp_script){ .end = SMTP_SILENCE }, false, &a);
	assert_end(&a, WIRE_UNKNOWN, 354);
	wire_answer_release(&a);
}

static void wire__smtp__a_content_cut_off_was_not_sent(void **state)
{
	struct tcp_script *s = tcp_script_smtp(&(struct smtp_script){ .content = SMTP_HANG_UP });
	struct wire *w = new_wire();
	struct wire_request r;
	struct wire_answer a;

	(void)state;
	mail(&r, tcp_script_port(s), "Subject: hi\r\n\r\n");
	/* More than the line holds by itself. */
	while (r.body.len < (size_t)16 << 20)
		strbuf_addf(&r.body, "%070d\r\n", 0);
	run(w, &r, &a);
	assert_end(&a, WIRE_NOT_SENT, 354);
	wire_answer_release(&a);
	wire_free(w);
	tcp_script_stop(s);
}

static void wire__smtp__a_kept_connection_that_died_sent_nothing(void **state)
{
	struct tcp_script *s = tcp_script_smtp(
		&(struct smtp_script){ .end = "250 2.0.0 Ok\r\n221 shutting down\r\n" });
	struct wire *w = hasty_wire(false);
	struct wire_request r;
	struct wire_answer a;
	int port = tcp_script_port(s);

	(void)state;
	mail(&r, port, CONTENT);
	run(w, &r, &a);
	assert_end(&a, WIRE_ANSWERED, 250);
	wire_answer_release(&a);
	tcp_script_stop(s);
	mail(&r, port, CONTENT);
	run(w, &r, &a);
	assert_end(&a, WIRE_NOT_SENT, 0);
	wire_answer_release(&a);
	wire_free(w);
}

static void wire__smtp__a_refused_login_is_an_answer(void **state)
{
	struct wire_answer a;

	(void)state;
	mail_to(&(struct smtp_script){ .auth = "535 5.7.8 wrong\r\n" }, true, &a);
	assert_end(&a, WIRE_ANSWERED, 535);
	wire_answer_release(&a);
	mail_to(&(struct smtp_script){ .auth = "454 4.7.0 later\r\n" }, true, &a);
	assert_end(&a, WIRE_ANSWERED, 454);
	wire_answer_release(&a);
	/* No way to log in is offered. */
	mail_to(&(struct smtp_script){ .ehlo = "250-script\r\n250 AUTH X-OTHER\r\n" }, true, &a);
	assert_end(&a, WIRE_ANSWERED, 535);
	wire_answer_release(&a);
}

static void wire__smtp__sends_nothing_where_tls_is_asked_for_and_not_offered(void **state)
{
	struct tcp_script *s = tcp_script_smtp(&(struct smtp_script){ 0 });
	struct wire *w = new_wire();
	struct strbuf got = STRBUF_INIT;
	struct wire_request r;
	struct wire_answer a;

	(void)state;
	mail(&r, tcp_script_port(s), CONTENT);
	r.start_tls = true;
	strbuf_adds(&r.user, "office");
	strbuf_adds(&r.password, "secret");
	run(w, &r, &a);
	assert_int_equal(a.end, WIRE_NOT_SENT);
	wire_answer_release(&a);
	wire_free(w);
	tcp_script_received(s, &got);
	assert_null(strstr(got.buf, "AUTH"));
	strbuf_release(&got);
	tcp_script_stop(s);
}

/* It is said, and nobody waits for the answer; libcurl alone would, for two minutes. */
static void goodbye(const char *rcpt, long status)
{
	struct tcp_script *s =
		tcp_script_smtp(&(struct smtp_script){ .rcpt = rcpt, .quit = SMTP_SILENCE });
	int64_t begun = now_ms(), until = begun + PATIENCE_MS;
	struct strbuf got = STRBUF_INIT;
	struct wire *w = new_wire();
	struct wire_request r;
	struct wire_answer a;

	mail(&r, tcp_script_port(s), CONTENT);
	run(w, &r, &a);
	assert_end(&a, WIRE_ANSWERED, status);
	wire_answer_release(&a);
	wire_free(w);
	assert_true(now_ms() - begun < PATIENCE_MS / 2);
	do {
		strbuf_clear(&got);
		tcp_script_received(s, &got);
	} while (!strstr(got.buf, "QUIT\r\n") && now_ms() < until);
	assert_int_equal(count_of(got.buf, "QUIT\r\n"), 1);
	strbuf_release(&got);
	tcp_script_stop(s);
}

static void wire__smtp__waits_for_no_goodbye(void **state)
{
	(void)state;
	goodbye(NULL, 250);
	goodbye("550 5.1.1 unknown\r\n", 550);
}

/* ---- TLS ------------------------------------------------------------------------ */

struct tls {
	char dir[64], key[80], cert[80], at[32];
	int port;
	pid_t pid;
};

static bool spawn(const char *const argv[], pid_t *pid)
{
	posix_spawn_file_actions_t quiet;
	int code;

	posix_spawn_file_actions_init(&quiet);
	for (int fd = 0; fd < 3; fd++)
		posix_spawn_file_actions_addopen(&quiet, fd, "/dev/null", O_RDWR, 0);
	code = posix_spawnp(pid, argv[0], &quiet, NULL, (char *const *)argv, environ);
	posix_spawn_file_actions_destroy(&quiet);
	return code == 0;
}

static bool make_certificate(struct tls *t)
{
	const char *argv[] = { "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes",
		"-keyout", t->key, "-out", t->cert, "-days", "2", "-subj", "/CN=127.0.0.1",
		"-addext", "subjectAltName=IP:127.0.0.1", NULL };
	int status = 0;
	pid_t pid;

	return spawn(argv, &pid) && waitpid(pid, &status, 0) == pid && status == 0;
}

static bool tls_start(struct tls *t)
{
	const char *argv[] = { "openssl", "s_server", "-accept", t->at, "-key", t->key, "-cert",
		t->cert, "-www", "-quiet", NULL };

	snprintf(t->dir, sizeof(t->dir), "/tmp/test_wire.XXXXXX");
	assert_non_null(mkdtemp(t->dir));
	snprintf(t->key, sizeof(t->key), "%s/key", t->dir);
	snprintf(t->cert, sizeof(t->cert), "%s/cert", t->dir);
	t->port = tcp_script_closed_port();
	snprintf(t->at, sizeof(t->at), "127.0.0.1:%d", t->port);
	return make_certificate(t) && spawn(argv, &t->pid);
}

static void tls_stop(struct tls *t)
{
	if (t->pid > 0) {
		kill(t->pid, SIGTERM);
		waitpid(t->pid, NULL, 0);
	}
	unlink(t->key);
	unlink(t->cert);
	rmdir(t->dir);
}

/* Until the server listens: it is another program, which takes its time. */
static void tls_get(struct tls *t, const char *ca_file, struct wire_answer *a)
{
	int64_t until = now_ms() + PATIENCE_MS;
	struct wire_options o = WIRE_OPTIONS_INIT;
	struct wire *w;

	o.ca_file = ca_file;
	w = wire_of(o);
	for (;;) {
		struct wire_request r;

		wire_request_init(&r);
		strbuf_addf(&r.url, "https://127.0.0.1:%d/", t->port);
		run(w, &r, a);
		if (!strstr(a->detail, "Failed to connect") || now_ms() > until)
			break;
		wire_answer_release(a);
		usleep(50000);
	}
	wire_free(w);
}

static void wire__tls__trusts_only_whom_it_should(void **state)
{
	struct tls t = { .pid = 0 };
	struct wire_answer a;

	(void)state;
	if (!tls_start(&t)) {
		tls_stop(&t);
		print_message("wire__tls: no openssl program here\n");
		skip();
	}
	tls_get(&t, NULL, &a);
	assert_end(&a, WIRE_NOT_SENT, 0);
	assert_true(a.untrusted);
	assert_false(a.offline);
	wire_answer_release(&a);
	tls_get(&t, t.cert, &a);
	assert_end(&a, WIRE_ANSWERED, 200);
	assert_false(a.untrusted);
	wire_answer_release(&a);
	tls_stop(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wire__send__posts_and_reads_the_answer),
		cmocka_unit_test(wire__send__keeps_the_connection),
		cmocka_unit_test(wire__send__never_repeats_a_post_whose_kept_connection_died),
		cmocka_unit_test(wire__send__never_repeats_a_post_without_a_body),
		cmocka_unit_test(wire__send__takes_a_new_connection_when_the_kept_one_was_closed),
		cmocka_unit_test(wire__send__refused_is_not_sent),
		cmocka_unit_test(wire__send__no_such_name_is_offline),
		cmocka_unit_test(wire__send__no_name_in_time_is_offline),
		cmocka_unit_test(wire__free__does_not_wait_for_a_name),
		cmocka_unit_test(wire__send__no_connection_in_time_is_not_sent),
		cmocka_unit_test(wire__send__no_answer_in_time_is_unknown),
		cmocka_unit_test(wire__send__a_broken_line_or_half_an_answer_is_unknown),
		cmocka_unit_test(wire__send__a_body_cut_off_was_not_sent),
		cmocka_unit_test(wire__send__a_refusal_stands_without_the_rest_of_its_text),
		cmocka_unit_test(wire__send__reads_an_answer_that_comes_a_byte_at_a_time),
		cmocka_unit_test(wire__send__cuts_an_answer_without_end),
		cmocka_unit_test(wire__send__cuts_headers_without_end),
		cmocka_unit_test(wire__send__follows_no_redirect),
		cmocka_unit_test(wire__send__says_how_long_to_wait),
		cmocka_unit_test(wire__send__says_who_it_is_where_a_user_is_given),
		cmocka_unit_test(wire__send__uses_the_proxy_of_the_environment_for_https_only),
		cmocka_unit_test(wire__header__keeps_a_value_on_its_line),
		cmocka_unit_test(wire__send__refuses_what_does_not_fit),
		cmocka_unit_test(wire__send__moves_64_at_once),
		cmocka_unit_test(wire__send__holds_back_what_is_over_its_connections),
		cmocka_unit_test(wire__wake__ends_the_wait_of_another_thread),
		cmocka_unit_test(wire__free__breaks_off_what_is_under_way),
		cmocka_unit_test(wire__form__encodes),
		cmocka_unit_test(wire__url_allowed__takes_https_and_this_machine),
		cmocka_unit_test(wire__smtp__sends_and_keeps_the_queue_id),
		cmocka_unit_test(wire__smtp__goes_by_the_last_reply),
		cmocka_unit_test(wire__smtp__only_silence_after_the_final_dot_is_unknown),
		cmocka_unit_test(wire__smtp__a_content_cut_off_was_not_sent),
		cmocka_unit_test(wire__smtp__a_kept_connection_that_died_sent_nothing),
		cmocka_unit_test(wire__smtp__a_refused_login_is_an_answer),
		cmocka_unit_test(wire__smtp__sends_nothing_where_tls_is_asked_for_and_not_offered),
		cmocka_unit_test(wire__smtp__waits_for_no_goodbye),
		cmocka_unit_test(wire__tls__trusts_only_whom_it_should),
	};

	unsetenv("http_proxy");
	unsetenv("https_proxy");
	unsetenv("HTTPS_PROXY");
	unsetenv("all_proxy");
	unsetenv("ALL_PROXY");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
