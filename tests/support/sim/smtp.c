#include "smtp.h"

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "faults.h"
#include "mem.h"
#include "mime.h"
#include "num.h"
#include "record.h"

enum { COMMAND_MAX = 2048, MESSAGE_MAX = 32 << 20, RECIPIENTS = 100 };

struct sim_smtp {
	struct sim *sim;
	int listener;
	uint16_t port;
	pthread_t thread;
};

/* One connection, on a thread of its own. */
struct session {
	struct sim *sim;
	int fd;
	char in[16384];
	size_t at, held;
	bool authorized, over;
	char from[256];
	char to[RECIPIENTS][256];
	size_t n_to;
};

static void say(struct session *s, const char *line)
{
	struct strbuf out = STRBUF_INIT;
	size_t done = 0;

	strbuf_addf(&out, "%s\r\n", line);
	while (done < out.len) {
		ssize_t n = send(s->fd, out.buf + done, out.len - done, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			s->over = true;
			break;
		}
		done += (size_t)n;
	}
	strbuf_release(&out);
}

static bool next_byte(struct session *s, char *out)
{
	while (s->at == s->held) {
		ssize_t n = recv(s->fd, s->in, sizeof(s->in), 0);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		s->at = 0;
		s->held = (size_t)n;
	}
	*out = s->in[s->at++];
	return true;
}

/* A line with its end; false at the end of the connection. */
static bool read_line(struct session *s, struct strbuf *out)
{
	char c;

	do {
		if (!next_byte(s, &c))
			return false;
		strbuf_addc(out, c);
	} while (c != '\n' && !out->full);
	return true;
}

static struct sim_call new_call(struct session *s, const char *what)
{
	struct sim_call c = { .sim = s->sim,
		.provider = SIM_SMTP,
		.kind = SIM_SEND,
		.method = what,
		.path = s->n_to ? s->to[0] : "",
		.query = "" };

	return c;
}

static void violation(struct session *s, const char *command, const char *reason)
{
	struct sim_call c = new_call(s, command);

	pthread_mutex_lock(&s->sim->lock);
	call_violation(&c, "%s", reason);
	pthread_mutex_unlock(&s->sim->lock);
}

static void say_code(struct session *s, int code)
{
	struct strbuf line = STRBUF_INIT;

	strbuf_addf(&line, "%d %d.%s", code, code / 100,
		code == 550   ? "1.1 No such user here"
		: code == 421 ? "3.2 Service not available, closing"
		: code == 450 ? "2.1 Mailbox busy, try again later"
		: code == 451 ? "3.0 Local error, try again later"
		: code == 452 ? "3.1 Insufficient system storage"
		: code == 554 ? "7.1 Message refused"
			      : "0.0 Refused");
	say(s, line.buf);
	if (code == 421)
		s->over = true;
	strbuf_release(&line);
}

/* True if a fault was ordered for this point and has been answered. */
static bool ordered(struct session *s, enum fault_mode mode, const char *address, int usual)
{
	struct sim_fault f;

	pthread_mutex_lock(&s->sim->lock);
	f = faults_take_mode(s->sim->faults, SIM_SMTP, mode, address);
	pthread_mutex_unlock(&s->sim->lock);
	if (f.mode == FAULT_NONE)
		return false;
	say_code(s, fault_code(&f, usual));
	return true;
}

static bool login_is(const char *user, const char *password)
{
	return strcmp(user, "smtp-user") == 0 && strcmp(password, "smtp-pass") == 0;
}

/* Asks with `prompt`, reads a line of base64. */
static bool ask(struct session *s, const char *prompt, struct strbuf *out)
{
	struct strbuf line = STRBUF_INIT_MAX(COMMAND_MAX);
	bool ok;

	say(s, prompt);
	ok = read_line(s, &line);
	strbuf_trim(&line);
	ok = ok && base64_decode(line.buf, line.len, out);
	strbuf_release(&line);
	return ok;
}

static void authorize(struct session *s, const char *how)
{
	struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;
	struct sim_call c = new_call(s, "AUTH");
	bool right = false, read = false;

	if (strncmp(how, "PLAIN", 5) == 0) {
		const char *given = how + 5 + strspn(how + 5, " ");

		read = *given ? base64_decode(given, strlen(given), &a) : ask(s, "334 ", &a);
		if (read && strlen(a.buf) + 1 < a.len) { /* authzid NUL user NUL password */
			const char *user = a.buf + strlen(a.buf) + 1;
			const char *password = user + strlen(user) + 1;

			right = password <= a.buf + a.len && login_is(user, password);
		}
	} else if (strcmp(how, "LOGIN") == 0) {
		read = ask(s, "334 VXNlcm5hbWU6", &a) && ask(s, "334 UGFzc3dvcmQ6", &b);
		right = read && login_is(a.buf, b.buf);
	} else {
		say(s, "504 5.5.4 Unrecognized authentication type");
		goto out;
	}
	pthread_mutex_lock(&s->sim->lock);
	if (!read)
		call_violation(&c, "AUTH that is not base64");
	else if (!right)
		call_denied(&c, "AUTH");
	pthread_mutex_unlock(&s->sim->lock);
	s->authorized = right;
	say(s, right ? "235 2.7.0 Authentication successful" : "535 5.7.8 Bad credentials");
out:
	strbuf_release(&a);
	strbuf_release(&b);
}

/* The address of "FROM:<a@b> SIZE=1"; false if there is none. */
static bool path_of(const char *argument, char out[256])
{
	const char *open = strchr(argument, '<'), *close = open ? strchr(open, '>') : NULL;
	size_t len = close ? (size_t)(close - open - 1) : 0;

	if (!close || len > 254)
		return false;
	memcpy(out, open + 1, len);
	out[len] = '\0';
	return true;
}

static void mail(struct session *s, const char *argument)
{
	struct sim_call c = new_call(s, "MAIL");

	if (!s->authorized) {
		pthread_mutex_lock(&s->sim->lock);
		call_denied(&c, "MAIL without AUTH");
		pthread_mutex_unlock(&s->sim->lock);
		say(s, "530 5.7.0 Authentication required");
	} else if (!path_of(argument, s->from) || !email_plausible(s->from)) {
		violation(s, "MAIL", "MAIL FROM is no <address>");
		say(s, "501 5.1.7 Bad sender address syntax");
	} else if (ordered(s, FAULT_MAIL, s->from, 451)) {
		s->from[0] = '\0';
	} else {
		s->n_to = 0;
		say(s, "250 2.1.0 Ok");
	}
}

static void rcpt(struct session *s, const char *argument)
{
	char address[256];
	const char *code;
	int64_t number = 550;

	if (!path_of(argument, address) || !email_plausible(address)) {
		violation(s, "RCPT", "RCPT TO is no <address>");
		say(s, "501 5.1.3 Bad recipient address syntax");
		return;
	}
	if (!s->from[0] || s->n_to == RECIPIENTS) { /* MAIL may have been refused just now */
		say(s, s->from[0] ? "452 4.5.3 Too many recipients" : "503 5.5.1 Bad sequence");
		return;
	}
	pthread_mutex_lock(&s->sim->lock);
	code = faults_reject(s->sim->faults, SIM_SMTP, address, "550");
	if (code && !num_parse_i64(code, 400, 599, &number))
		number = 550;
	pthread_mutex_unlock(&s->sim->lock);
	if (code) {
		say_code(s, (int)number);
		return;
	}
	memcpy(s->to[s->n_to++], address, sizeof(address));
	say(s, "250 2.1.5 Ok");
}

/* Reads until the line of one dot; false if the connection ends before. */
static bool read_message(struct session *s, struct strbuf *out)
{
	struct strbuf line = STRBUF_INIT_MAX(MESSAGE_MAX);
	bool ok = true;

	for (;;) {
		strbuf_clear(&line);
		if (!read_line(s, &line)) {
			ok = false;
			break;
		}
		if (strcmp(line.buf, ".\r\n") == 0)
			break;
		strbuf_add(out, line.buf + (line.buf[0] == '.'), line.len - (line.buf[0] == '.'));
	}
	strbuf_release(&line);
	return ok;
}

/* Sleeps until the other side has gone. */
static void stay_silent(struct session *s)
{
	char c;

	while (next_byte(s, &c))
		continue;
	s->over = true;
}

/* Says what the fault wants said; true if nothing else is to be said. */
static bool answer_fault(struct session *s, const struct sim_fault *f)
{
	struct timespec wait = { .tv_sec = (time_t)(f->ms / 1000),
		.tv_nsec = (long)(f->ms % 1000) * 1000000 };

	switch ((int)f->mode) {
	case FAULT_NONE:
	case FAULT_GARBAGE:
		return false;
	case FAULT_SLOW:
		nanosleep(&wait, NULL);
		return false;
	case FAULT_HANG:
	case FAULT_HANG_BEFORE:
		stay_silent(s);
		return true;
	case FAULT_CLOSE:
	case FAULT_CLOSE_BEFORE:
	case FAULT_DROP:
		s->over = true;
		return true;
	case FAULT_429:
	case FAULT_QUOTA:
		say_code(s, fault_code(f, 452));
		return true;
	case FAULT_503:
		say_code(s, 421);
		return true;
	case FAULT_FINAL:
	case FAULT_403:
		say_code(s, fault_code(f, 554));
		return true;
	default:
		say_code(s, fault_code(f, 451));
		return true;
	}
}

static bool received_despite(enum fault_mode mode)
{
	return mode == FAULT_NONE || mode == FAULT_SLOW || mode == FAULT_HANG ||
	       mode == FAULT_CLOSE || mode == FAULT_DROP || mode == FAULT_GARBAGE;
}

/* One message taken: written down, answered. */
static void take(struct session *s, const struct strbuf *data)
{
	struct sim_call c = new_call(s, "DATA");
	struct mime_message m;
	struct strbuf id = STRBUF_INIT, line = STRBUF_INIT;
	struct sim_fault f = { .mode = FAULT_NONE };

	mime_init(&m);
	pthread_mutex_lock(&s->sim->lock);
	record_request(s->sim->record, SIM_SMTP, 1);
	record_request(s->sim->record, SIM_SMTP, -1);
	sim_id(s->sim, 10, &id);
	mime_read(&c, data->buf, data->len, &m);
	if (s->n_to != 1)
		call_violation(&c, "%zu recipients in one transaction", s->n_to);
	else if (!word_equal(m.to.buf, s->to[0]))
		call_violation(&c, "To is %s, the recipient %s", m.to.buf, s->to[0]);
	if (!c.violations) {
		call_got(&c, s->to[0], m.id.buf, m.subject.buf, m.text.buf, id.buf);
		f = faults_take(s->sim->faults, &c);
		if (received_despite(f.mode))
			record_got(s->sim->record, &c.got.items[0]);
		call_drop(&c);
	}
	pthread_mutex_unlock(&s->sim->lock);
	strbuf_addf(&line, "250 2.0.0 Ok: queued as %s", id.buf);
	if (c.violations)
		say(s, "554 5.6.0 Message content rejected");
	else if (!answer_fault(s, &f))
		say(s, line.buf);
	vec_release(&c.got);
	mime_release(&m);
	strbuf_release(&id);
	strbuf_release(&line);
}

static void data(struct session *s)
{
	struct strbuf message = STRBUF_INIT_MAX(MESSAGE_MAX);

	if (s->n_to == 0) {
		say(s, "503 5.5.1 No valid recipients");
	} else if (!ordered(s, FAULT_DATA, s->to[0], 452)) {
		say(s, "354 End data with <CR><LF>.<CR><LF>");
		if (!read_message(s, &message))
			s->over = true;
		else if (message.full)
			say(s, "552 5.3.4 Message too big");
		else
			take(s, &message);
		s->n_to = 0;
		s->from[0] = '\0';
	}
	strbuf_release(&message);
}

static void command(struct session *s, const char *line)
{
	char verb[5] = "";

	for (int i = 0; i < 4 && line[i]; i++)
		verb[i] = line[i] >= 'a' && line[i] <= 'z' ? (char)(line[i] - 32) : line[i];
	if (strcmp(verb, "EHLO") == 0) {
		say(s, "250-sim.example\r\n250-PIPELINING\r\n250-SIZE 33554432\r\n"
		       "250-8BITMIME\r\n250-ENHANCEDSTATUSCODES\r\n250 AUTH PLAIN LOGIN");
	} else if (strcmp(verb, "HELO") == 0) {
		say(s, "250 sim.example");
	} else if (strcmp(verb, "AUTH") == 0) {
		authorize(s, line + 4 + strspn(line + 4, " "));
	} else if (strcmp(verb, "MAIL") == 0) {
		mail(s, line + 4);
	} else if (strcmp(verb, "RCPT") == 0) {
		rcpt(s, line + 4);
	} else if (strcmp(verb, "DATA") == 0) {
		data(s);
	} else if (strcmp(verb, "RSET") == 0) {
		s->n_to = 0;
		s->from[0] = '\0';
		say(s, "250 2.0.0 Ok");
	} else if (strcmp(verb, "NOOP") == 0) {
		say(s, "250 2.0.0 Ok");
	} else if (strcmp(verb, "QUIT") == 0) {
		say(s, "221 2.0.0 Bye");
		s->over = true;
	} else {
		say(s, "500 5.5.2 Unrecognized command");
	}
}

static void *run_session(void *given)
{
	struct session *s = given;
	struct strbuf line = STRBUF_INIT_MAX(COMMAND_MAX);

	if (ordered(s, FAULT_GREETING, "", 421))
		s->over = true;
	else
		say(s, "220 sim.example ESMTP");
	while (!s->over) {
		strbuf_clear(&line);
		if (!read_line(s, &line))
			break;
		if (line.len < 2 || line.buf[line.len - 2] != '\r')
			violation(s, "command",
				"a command that does not end with CR LF, or too long");
		strbuf_trim(&line);
		command(s, line.buf);
	}
	close(s->fd);
	strbuf_release(&line);
	free(s);
	return NULL;
}

static void *run_listener(void *given)
{
	struct sim_smtp *smtp = given;

	for (;;) {
		pthread_t thread;
		struct session *s;
		int fd = accept(smtp->listener, NULL, NULL);

		if (fd < 0)
			continue;
		s = mem_zalloc(1, sizeof(*s));
		s->sim = smtp->sim;
		s->fd = fd;
		if (pthread_create(&thread, NULL, run_session, s) == 0) {
			pthread_detach(thread);
		} else {
			close(fd);
			free(s);
		}
	}
	return NULL;
}

struct sim_smtp *smtp_start(struct sim *sim, uint16_t port)
{
	struct sim_smtp *s = mem_zalloc(1, sizeof(*s));
	struct sockaddr_in here = { .sin_family = AF_INET, .sin_port = htons(port) };
	socklen_t size = sizeof(here);
	int on = 1;

	here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	s->sim = sim;
	s->listener = socket(AF_INET, SOCK_STREAM, 0);
	if (s->listener >= 0)
		setsockopt(s->listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (s->listener < 0 || bind(s->listener, (struct sockaddr *)&here, sizeof(here)) != 0 ||
		listen(s->listener, 128) != 0 ||
		getsockname(s->listener, (struct sockaddr *)&here, &size) != 0 ||
		pthread_create(&s->thread, NULL, run_listener, s) != 0) {
		free(s);
		return NULL;
	}
	s->port = ntohs(here.sin_port);
	return s;
}

uint16_t smtp_port(const struct sim_smtp *s)
{
	return s->port;
}
