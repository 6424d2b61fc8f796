/*
 * What the benches share: options, clocks, and a store of invented customers,
 * invoices and payments of a given size. Every figure is a ratio against a
 * reference measured in the same run on the same file; the reference uses SQLite
 * by itself. Bench programs end with a message when something fails.
 */
#ifndef BENCH_H
#define BENCH_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "err.h"

struct session;

struct bench {
	int64_t customers; /* --customers N; 5 invoices and 4.5 payments each */
	const char
		*folder; /* --folder PATH, where the store is made; NULL: a fresh one in TMPDIR */
	bool keep;	 /* --keep: leave the store, and use it again */
	bool cpu;	 /* --cpu: the time of the processor, where others use the machine */
	bool people;	 /* bench_base: no invoices, but they agreed and can be written to */
	char path[512];	 /* of the store */
	int64_t company_id;
	int64_t first_id, last_id; /* of the customers of bench_demo */
	int64_t now;		   /* the instant at which the benches stand */
};

#define BENCH_DAY 20600 /* 2026-05-27, "today" of every bench */

void bench_args(struct bench *b, int argc, char **argv);
/* The same with another number of customers than 50,000, unless one is given. */
void bench_args_for(struct bench *b, int64_t customers, int argc, char **argv);
/* Makes the store, or finds the one that --keep left. */
void bench_base(struct bench *b);
/* The same of customers as `demo` makes them, with names to look for. */
void bench_demo(struct bench *b);
/* Only the path of a store to be, for a bench that makes its own. */
void bench_empty(struct bench *b);
/* Removes it again unless --keep. */
void bench_end(struct bench *b);

/* Since some moment; with --cpu what this program has used of the processor. */
int64_t bench_us(void);
int64_t bench_ns(void);
/* Sorts them. The value that `percent` of them do not exceed: 50 for the median. */
int64_t bench_percentile(int64_t *values, size_t n, int percent);
/* Most memory this process has held, in kB. */
long bench_peak_kb(void);
_Noreturn void bench_die(const char *what, const char *why);
void bench_need(bool ok, const char *what, const struct err *err);

/* SQLite as it is, with the settings that the program's connections have. */
sqlite3 *bench_open(const struct bench *b);
void bench_exec(sqlite3 *raw, const char *sql);
sqlite3_stmt *bench_prepare(sqlite3 *raw, const char *sql);
/* Opens a session on it; ends it with session_close. */
struct session *bench_session(struct bench *b);
/* One line: what, the figure, its reference, their ratio and the most it may be. */
void bench_line(const char *what, int64_t us, int64_t reference_us, double limit);

#endif
