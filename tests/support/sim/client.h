/*
 * One HTTP request over a connection of its own, for tests: nothing but sockets, so
 * that it judges neither by the program's HTTP nor by a tool that may be missing.
 */
#ifndef SIM_CLIENT_H
#define SIM_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "compiler.h"
#include "strbuf.h"

/* `headers` are lines, each ended by "\r\n" ("" none). The status, and all of the
 * answer's headers and its body; 0 if no answer came within `seconds`. */
int client_call(uint16_t port, const char *method, const char *path, const char *headers,
	const char *body, size_t len, int seconds, struct strbuf *head,
	struct strbuf *answer) MUST_USE;

#endif
