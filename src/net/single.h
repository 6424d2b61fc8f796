/*
 * What the providers share that take one message a call: its text with a ceiling,
 * answers looked into without trusting them, and results. Pure; any thread.
 */
#ifndef SINGLE_H
#define SINGLE_H

#include "provider_http.h"

/* "Authorization: Bearer TOKEN", and JSON both ways. */
void single_headers(struct wire_request *req, const char *token);

/* Writes the text for the one recipient. ERR_MESSAGE_EMPTY; over `most` characters (0: no
 * ceiling of the provider's own) ERR_MESSAGE_LONG with `whose` name. */
bool single_text(const struct batch *b, enum template_way form, size_t most, const char *whose,
	struct strbuf *out, struct err *err) MUST_USE;
/* For `fits`: the same, and the text is let go. */
bool single_fits(const struct batch *b, size_t i, enum template_way form, size_t most,
	struct send_result *why) MUST_USE;

/* The answer as JSON, *owned*; NULL if it is none, or only half of one came. */
struct json_doc *single_parse(const struct wire_answer *answer) MUST_USE;
/* Its top; of NULL a place where nothing is found. */
struct json single_root(const struct json_doc *doc);
/* The whole number at a member, written as one or as a string of digits. */
bool single_int(
	const struct json *obj, const char *key, int64_t lo, int64_t hi, int64_t *out) MUST_USE;

/* What follows from an outcome: the reason (of REFUSED as given, of the others their
 * own), and of REFUSED the status: UNSUBSCRIBED if they said stop, else FAILED. A hint
 * that is there already stays, else it is `wait` seconds. */
void single_result(
	struct send_result *r, enum send_outcome outcome, enum message_reason reason, int64_t wait);
/* Sent, known to the provider as `id`: left out when it does not fit or is no plain
 * word, since half an id would name another message. */
void single_sent(struct send_result *r, const char *id);
void single_id(char out[160], const char *id);

#endif
