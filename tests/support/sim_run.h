/*
 * The stand-in for the providers (sim/sim.h), started and asked by cmocka programs.
 * It dies with the test, however that ends. One thread.
 *
 *	if (!sim_run_start(&s, false))
 *		skip();
 *	sim_run_fault(&s, "provider=twilio&mode=429&count=2&hint=3");
 *	... send to http://127.0.0.1:{s.http}/twilio ...
 *	assert_int_equal(sim_run_count(&s, "got", "twilio"), 1);
 *	assert_int_equal(sim_run_twice(&s), 0);
 *	assert_int_equal(sim_run_count(&s, "violation", NULL), 0);
 *	sim_run_stop(&s);
 */
#ifndef SIM_RUN_H
#define SIM_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "compiler.h"
#include "strbuf.h"

struct sim_run {
	pid_t pid;
	int tie; /* closed with us */
	uint16_t http, smtp;
	char folder[64];
	char record[80];
};

/* False if it was not built ($SIM, or in the build's tests/support/sim): skip. */
bool sim_run_start(struct sim_run *s, bool cheap) MUST_USE;
/* Ends it and takes its files away. */
void sim_run_stop(struct sim_run *s);
/* "http://127.0.0.1:PORT" and `path`; *owned*. */
char *sim_run_url(const struct sim_run *s, const char *path) MUST_USE;
/* Orders a fault (sim/faults.h); the test fails if it is not understood. */
void sim_run_fault(const struct sim_run *s, const char *query);
/* Takes all faults back, breaks off what hangs. */
void sim_run_clear(const struct sim_run *s);
/* Tokens given so far are worth nothing any more. */
void sim_run_expire(const struct sim_run *s, const char *provider);

/* The record's lines of a kind and, unless NULL, a provider, as they stand there. */
void sim_run_lines(
	const struct sim_run *s, const char *kind, const char *provider, struct strbuf *out);
size_t sim_run_count(const struct sim_run *s, const char *kind, const char *provider);
/* Recipients told by --cheap. */
int64_t sim_run_many(const struct sim_run *s);
/* Addresses that received more than one message by a channel, whoever carried it. */
size_t sim_run_twice(const struct sim_run *s);

#endif
