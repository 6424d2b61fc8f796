/*
 * A message as mail readers take it apart: RFC 5322 headers, RFC 2047 words, MIME
 * parts (RFC 2045, 2046). What breaks those rules is a violation of the call.
 */
#ifndef SIM_MIME_H
#define SIM_MIME_H

#include "sim.h"

struct mime_message {
	struct strbuf id;      /* Message-ID with its brackets */
	struct strbuf subject; /* decoded */
	struct strbuf to;      /* the address alone */
	struct strbuf text;    /* of text/plain, else of text/html; lines end with \n */
};

void mime_init(struct mime_message *m);
void mime_release(struct mime_message *m);
/* `data` as it came behind DATA, dots taken off, every line ended by CR LF. */
void mime_read(struct sim_call *c, const char *data, size_t len, struct mime_message *m);

#endif
