/*
 * A server on this machine that plays a script to whoever calls: requests are read
 * whole and written down, then answered, left alone or broken off as told. Each
 * connection has a thread of its own; tcp_script_stop ends them all.
 */
#ifndef TCP_SCRIPT_H
#define TCP_SCRIPT_H

#include <stddef.h>

#include "strbuf.h"

struct tcp_script;

enum script_act {
	SCRIPT_ANSWER,	/* `text`, and the connection is kept */
	SCRIPT_HANG_UP, /* `text` (NULL: nothing), then the connection is closed */
	SCRIPT_RESET,	/* the same, but broken off (RST) */
	SCRIPT_DRIP,	/* `text`, a byte at a time */
	SCRIPT_FLOOD,	/* `text`, then zeros for ever */
	SCRIPT_SILENCE, /* nothing, until the end */
	SCRIPT_CUT,	/* broken off once the headers are there */
};

/* What the next request gets; the last step is played again for those after it. */
struct script_step {
	enum script_act act;
	const char *text;
};

/* HTTP requests, body by Content-Length. `steps` are *borrowed*. Answers wait until
 * `gather` requests have come, those before included (0: none waits). */
struct tcp_script *tcp_script_http(const struct script_step *steps, size_t n, int gather);

#define SMTP_HANG_UP ""
#define SMTP_SILENCE "-"

/* Replies to each command, with their line ends; NULL: yes. `content` is played once
 * it begins, `end` after its final dot. */
struct smtp_script {
	const char *greeting, *ehlo, *auth, *mail, *rcpt, *data, *content, *end, *quit;
};
struct tcp_script *tcp_script_smtp(const struct smtp_script *replies);
/* Takes calls and says nothing at all. */
struct tcp_script *tcp_script_mute(void);

int tcp_script_port(const struct tcp_script *s);
/* Requests read whole; of SMTP, contents that came with their final dot. */
int tcp_script_requests(struct tcp_script *s);
int tcp_script_connections(struct tcp_script *s);
/* Everything received so far. */
void tcp_script_received(struct tcp_script *s, struct strbuf *out);
void tcp_script_stop(struct tcp_script *s);

/* A port of this machine where nobody listens. */
int tcp_script_closed_port(void);

#endif
