#include "worker.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

#include "mem.h"

struct worker {
	pthread_t thread;
	pthread_mutex_t lock; /* over poked */
	pthread_cond_t wake;  /* poked or stopping changed */
	bool poked;
	atomic_bool stopping;
	atomic_bool done;
	void (*run)(struct worker *worker, void *arg);
	void *arg; /* borrowed */
};

static void *thread_main(void *arg)
{
	struct worker *worker = arg;

	worker->run(worker, worker->arg);
	atomic_store(&worker->done, true);
	return NULL;
}

static void worker_free(struct worker *worker)
{
	pthread_cond_destroy(&worker->wake);
	pthread_mutex_destroy(&worker->lock);
	free(worker);
}

/* A new thread inherits the mask: signals are blocked while it is made, so that
 * none is ever delivered to it. */
static int create_thread(struct worker *worker)
{
	sigset_t all, before;
	int failed;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	failed = pthread_create(&worker->thread, NULL, thread_main, worker);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return failed;
}

struct worker *worker_start(
	void (*run)(struct worker *worker, void *arg), void *arg, struct err *err)
{
	struct worker *worker = mem_zalloc(1, sizeof(*worker));
	pthread_condattr_t attr;
	int failed;

	pthread_mutex_init(&worker->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&worker->wake, &attr);
	pthread_condattr_destroy(&attr);
	atomic_init(&worker->stopping, false);
	atomic_init(&worker->done, false);
	worker->run = run;
	worker->arg = arg;
	failed = create_thread(worker);
	if (!failed)
		return worker;
	worker_free(worker);
	errno = failed;
	err_set_errno(err, ERR_IO, "thread");
	return NULL;
}

void worker_poke(struct worker *worker)
{
	pthread_mutex_lock(&worker->lock);
	worker->poked = true;
	pthread_cond_signal(&worker->wake);
	pthread_mutex_unlock(&worker->lock);
}

void worker_stop(struct worker *worker)
{
	pthread_mutex_lock(&worker->lock);
	atomic_store(&worker->stopping, true);
	pthread_cond_signal(&worker->wake);
	pthread_mutex_unlock(&worker->lock);
}

void worker_finish(struct worker *worker)
{
	if (!worker)
		return;
	pthread_join(worker->thread, NULL);
	worker_free(worker);
}

void worker_join(struct worker *worker)
{
	if (worker)
		worker_stop(worker);
	worker_finish(worker);
}

bool worker_stopping(const struct worker *worker)
{
	return atomic_load(&worker->stopping);
}

bool worker_done(const struct worker *worker)
{
	return atomic_load(&worker->done);
}

static struct timespec deadline_in(int64_t ms)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	ts.tv_sec += ms / 1000;
	ts.tv_nsec += ms % 1000 * 1000000;
	if (ts.tv_nsec >= 1000000000) {
		ts.tv_sec++;
		ts.tv_nsec -= 1000000000;
	}
	return ts;
}

bool worker_wait(struct worker *worker, int64_t ms)
{
	struct timespec deadline = deadline_in(ms < 0 ? 0 : ms);
	bool poked;
	int late = 0;

	pthread_mutex_lock(&worker->lock);
	while (!worker->poked && !worker_stopping(worker) && !late) {
		if (ms < 0)
			pthread_cond_wait(&worker->wake, &worker->lock);
		else
			late = pthread_cond_timedwait(&worker->wake, &worker->lock, &deadline);
	}
	poked = worker->poked && !worker_stopping(worker);
	worker->poked = false;
	pthread_mutex_unlock(&worker->lock);
	return poked;
}
