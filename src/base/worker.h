/*
 * A thread that works beside the one that draws. It is asked to stop and then
 * waited for, never cancelled: what it holds it gives back itself. Signals stay
 * with the main thread.
 *
 * worker_start, worker_join and worker_finish belong to the thread that owns the worker;
 * worker_wait to the worker itself; the others to any thread, as long as the
 * worker has not been joined.
 */
#ifndef WORKER_H
#define WORKER_H

#include <stdbool.h>
#include <stdint.h>

#include "compiler.h"
#include "err.h"

struct worker;

/* Runs `run(worker, arg)` in a thread of its own until it returns. `arg` is
 * *borrowed until* worker_join. *Owned*: end with worker_join. */
struct worker *worker_start(
	void (*run)(struct worker *worker, void *arg), void *arg, struct err *err) MUST_USE;
/* There is something to do: ends the present worker_wait, or the next one. */
void worker_poke(struct worker *worker);
/* Asks it to end soon; does not wait. */
void worker_stop(struct worker *worker);
/* Asks it to stop, waits until it has, frees it. NULL does nothing. */
void worker_join(struct worker *worker);
/* The same without asking: it ends when its work is done. */
void worker_finish(struct worker *worker);

/* Whether it has been asked to stop: to be looked at in every long loop. */
bool worker_stopping(const struct worker *worker) MUST_USE;
/* Whether `run` has returned, so that worker_join will not wait. */
bool worker_done(const struct worker *worker) MUST_USE;
/* Waits for a poke, at most `ms` milliseconds (-1: for ever); several pokes count
 * as one. True after a poke, false when the time is over or it is to stop. */
bool worker_wait(struct worker *worker, int64_t ms);

#endif
