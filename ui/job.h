/*
 * Work that takes long and goes on beside the screens, also when these have
 * ended: an import, a recalculation, an export, a change of many. It runs in a
 * thread with a session of its own, tells how far it is, and can be stopped.
 * Everything here is for the main thread, but run().
 */
#ifndef JOB_H
#define JOB_H

#include "evq.h"
#include "meter.h"
#include "session.h"

struct desk;
struct job;

struct job_ops {
	const char *title; /* N_(): for the status line, "Import" */
	/* In the job's thread; `p` is to be called often, and says when to stop. */
	bool (*run)(struct job *job, struct session *s, const struct progress *p, struct err *err);
	/* Back in the main thread; `job->ok` and `job->err` are set. Returns what became
	 * stale. NULL: errors are shown, success is not. */
	unsigned (*ended)(struct desk *desk, struct job *job);
	void (*free)(struct job *job); /* *takes* it all; NULL: free() */
};

/* First member of a job's struct. */
struct job {
	const struct job_ops *ops;
	int64_t id;
	struct meter meter;
	bool ok;
	struct err err;
	/* job.c's */
	struct worker *worker;
	struct session *s;
	struct evq *events;
	struct job *next;
};

struct jobs {
	struct job *first;
	int64_t last_id;
};

/* Starts it; *taken*, also when it fails. */
bool job_start(struct desk *desk, struct job *job, struct err *err) MUST_USE;
/* Asks it to stop soon; what was done so far is kept. */
void job_stop(struct job *job);
/* The running one of that kind, or NULL. */
struct job *job_find(const struct desk *desk, const struct job_ops *ops) MUST_USE;
/* What an event of a job means; returns what became stale. */
unsigned job_event(struct desk *desk, const struct event *event);
bool jobs_busy(const struct jobs *jobs) MUST_USE;
/* Waits until all have ended; with `stop` they are asked to. */
void jobs_end(struct jobs *jobs, bool stop);

#endif
