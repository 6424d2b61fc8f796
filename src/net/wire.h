/*
 * Transfers on the network, many at once: the only user of libcurl. HTTP requests
 * and SMTP submissions go out over kept connections; what happened comes back as
 * facts (did anything leave? what was answered?), which providers then judge.
 *
 * One thread owns a wire; wire_wake alone may be called by others. TLS is always
 * verified. A body is never sent twice: libcurl would repeat a POST by itself when a
 * kept connection dies before the first answer byte, so bodies are given by a
 * reader that cannot be rewound.
 */
#ifndef WIRE_H
#define WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "compiler.h"
#include "err.h"
#include "strbuf.h"

struct wire;

struct wire_options {
	int connections;     /* at once, 1 to 64 */
	int connect_seconds; /* until a connection stands, TLS included */
	int answer_seconds;  /* of a whole transfer */
	const char *agent;   /* User-Agent, "ecompta-crm/0.1.0" */
	const char *ca_file; /* further trusted certificates; NULL none (for tests) */
};

#define WIRE_OPTIONS_INIT                                                                          \
	{                                                                                          \
		.connections = 16, .connect_seconds = 15, .answer_seconds = 60,                    \
		.agent = "ecompta-crm"                                                             \
	}

enum wire_method { WIRE_GET, WIRE_POST, WIRE_SMTP };

#define WIRE_HEADERS 12

/* What is to be sent. Strings lie in `text`-like buffers owned by the request. */
struct wire_request {
	enum wire_method method;
	struct strbuf url;
	struct strbuf headers[WIRE_HEADERS]; /* "Name: value" each */
	int n_headers;
	struct strbuf body;
	struct strbuf user, password;	  /* HTTP Basic, or SMTP AUTH; "" none */
	struct strbuf mail_from, mail_to; /* of SMTP, one recipient a transaction */
	bool start_tls;			  /* of smtp:// */
};

void wire_request_init(struct wire_request *r);
void wire_request_release(struct wire_request *r);
/* Adds a header "name: value"; line ends in the value are left out. More than
 * WIRE_HEADERS, and text over a buffer's ceiling, are refused by wire_send. */
void wire_header(struct wire_request *r, const char *name, const char *value);

/* Appends one name=value of a form, percent-encoded, with & between. */
void wire_form(struct strbuf *out, const char *name, const char *value);
/* Appends percent-encoded (RFC 3986 unreserved characters stay). */
void wire_escape(struct strbuf *out, const char *text);

enum wire_end {
	WIRE_ANSWERED, /* there is an answer, whatever it says */
	WIRE_NOT_SENT, /* certainly nothing left: no DNS, refused, TLS, timeout before */
	WIRE_UNKNOWN,  /* all of it left and may have been taken: no or half an answer */
};

#define WIRE_BODY_MAX ((size_t)4 << 20)

struct wire_answer {
	enum wire_end end;
	bool offline;	      /* of NOT_SENT: no name could be resolved, no route */
	bool untrusted;	      /* of NOT_SENT: the certificate is not to be trusted */
	long status;	      /* HTTP status or last SMTP code; 0 none */
	int64_t wait_seconds; /* Retry-After (seconds or date), X-RateLimit-Reset; 0 none */
	struct strbuf body;
	struct strbuf lines; /* of SMTP: the server's lines; of HTTP: the headers we read */
	char detail[128];    /* for the log, in libcurl's words; never the body */
};

void wire_answer_init(struct wire_answer *a);
void wire_answer_release(struct wire_answer *a);
/* The value of an answer's header (case ignored), "" if none; *borrowed*. */
const char *wire_answer_header(const struct wire_answer *a, const char *name, struct strbuf *out);

/* *Owned*. The first wire of a process sets libcurl up: make it before threads. */
struct wire *wire_new(const struct wire_options *o, struct err *err) MUST_USE;
/* Breaks off what is under way. NULL does nothing. Never blocks on DNS. */
void wire_free(struct wire *w);

/* Begins a transfer, or lets it wait for a connection; `req` is *taken*, also on
 * failure, and is as after wire_request_init. `tag` comes back with the answer. ERR_URL;
 * ERR_TOO_LARGE: a part did not fit; ERR_INVALID: an address that is not one line. */
bool wire_send(struct wire *w, struct wire_request *req, void *tag, struct err *err) MUST_USE;
/* Transfers under way, finished ones not taken included. */
int wire_busy(const struct wire *w);
/* Moves transfers on, waits at most `ms` for something to happen. */
void wire_wait(struct wire *w, int ms);
/* Ends the present wire_wait, or the next one; any thread. */
void wire_wake(struct wire *w);
/* A finished transfer: its tag, and its answer, *owned*, written over whatever
 * `answer` held. false when none is. */
bool wire_take(struct wire *w, void **tag, struct wire_answer *answer) MUST_USE;

/* https, or http to this machine (127.0.0.0/8, ::1, localhost); with `mail`, smtp and
 * smtps as well. No user, password or fragment in it. ERR_URL. */
bool wire_url_allowed(const char *url, bool mail, struct err *err) MUST_USE;

#endif
