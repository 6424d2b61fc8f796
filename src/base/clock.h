/*
 * The time, as a table that tests can set: nothing above reads the system's
 * clock by itself. Copied by value; any thread.
 */
#ifndef CLOCK_H
#define CLOCK_H

#include <stdint.h>

struct clock {
	int64_t (*now)(void *data);	      /* UTC seconds */
	int64_t (*monotonic_ms)(void *data);  /* milliseconds since some moment; never jumps */
	void *data;			      /* borrowed */
};

struct clock clock_system(void);
/* The system's, or where ECOMPTA_NOW holds an instant (2026-11-17T10:42:00Z),
 * one that stands there, or with "+SECONDS" behind it goes on from there since the
 * system's clock showed so many seconds of 1970: for tests and screenshots. */
struct clock clock_system_or_env(void);
/* Reads *at, which the caller moves. */
struct clock clock_fixed(int64_t *at);

#endif
