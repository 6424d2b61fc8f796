/*
 * What the parts of the wire share: a transfer, from wire_send to wire_take. Only
 * src/net/wire*.c include this.
 */
#ifndef WIRE_PRIVATE_H
#define WIRE_PRIVATE_H

#include <curl/curl.h>

#include "wire.h"

struct transfer {
	struct transfer *next; /* in the queue it waits in */
	void *tag;
	struct wire_request req;
	bool local;		  /* to this machine */
	size_t given;		  /* bytes of the body that libcurl has fetched */
	CURL *easy;		  /* owned while under way */
	struct curl_slist *slist; /* owned: HTTP headers, or the recipient */
	struct wire_answer answer;
	char why[CURL_ERROR_SIZE]; /* libcurl's words */
};

/* What libcurl calls with an answer's bytes and lines. */
size_t wire_on_body(char *data, size_t size, size_t n, void *transfer);
size_t wire_on_header(char *data, size_t size, size_t n, void *transfer);
/* Says in t->answer what became of it, once libcurl has ended it with `code`. */
void wire_conclude(struct transfer *t, CURLcode code);

#define SOCKETS_MOST 256

/*
 * The sockets of mail connections. libcurl ends one with QUIT and then stands still,
 * all other transfers with it, until the server has said goodbye: two minutes, if it
 * does not. So QUIT is said, and the ear closed at once. An SMTP server answers what
 * it likes to a QUIT; nothing depends on it (RFC 5321, 4.1.1.10).
 */
struct sockets {
	int fd[SOCKETS_MOST];
	int n;
};

curl_socket_t sockets_on_open(void *sockets, curlsocktype purpose, struct curl_sockaddr *at);
int sockets_on_close(void *sockets, curl_socket_t fd);
int sockets_on_said(CURL *easy, curl_infotype type, char *data, size_t size, void *sockets);
/* Before libcurl closes them all. */
void sockets_no_goodbyes(const struct sockets *s);

/* Tells libcurl all about a transfer. */
CURLcode wire_setup(struct transfer *t, const struct wire_options *o, struct sockets *sockets);

/* Refuses what must not be sent: an address that is not allowed, a buffer that did
 * not hold all of its text. ERR_URL, ERR_TOO_LARGE, ERR_INVALID. */
bool wire_request_check(const struct wire_request *r, bool *local, struct err *err) MUST_USE;
/* As wire_url_allowed; *local: its host is this machine. */
bool wire_url_check(const char *url, bool mail, bool *local, struct err *err) MUST_USE;

#endif
