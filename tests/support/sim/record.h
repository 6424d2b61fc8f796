/*
 * What happened, one line each, appended to a file with a single write, so that a
 * kill of anybody at any moment loses nothing that was written and tears no line.
 * Also counts: whom each provider reached, and who was reached twice. The lock of
 * struct sim is held around every call.
 */
#ifndef SIM_RECORD_H
#define SIM_RECORD_H

#include "sim.h"

/* NULL with errno set. */
struct sim_record *record_open(const char *path) MUST_USE;
void record_close(struct sim_record *r);
void record_line(struct sim_record *r, const char *kind, enum sim_provider p, const char *address,
	const char *ref, const char *subject, const char *text);
/* A person received it: a line, and counted. */
void record_got(struct sim_record *r, const struct sim_got *g);
void record_many(struct sim_record *r, enum sim_provider p, size_t count);
void record_request(struct sim_record *r, enum sim_provider p, int change_in_flight);
/* The counts as JSON. */
void record_stats(const struct sim_record *r, struct strbuf *out);

#endif
