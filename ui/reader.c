#include "reader.h"

#include <pthread.h>
#include <time.h>

#include "desk_event.h"
#include "mem.h"
#include "worker.h"

struct reader {
	struct worker *worker;
	struct session *s;
	struct evq *events;
	pthread_mutex_t lock;
	pthread_cond_t answered;
	/* under the lock */
	struct reading *waiting; /* in the order they are to be read */
	struct reading *running;
	struct reading *answers;
	unsigned serial;
};

/* --- in the reader's thread ---------------------------------------------- */

/* A lazy question is asked before the page it belongs to: it waits so long for it. */
#define LAZY_MS 3

/* NULL: nothing is to be read before *wait milliseconds, or a poke. */
static struct reading *next_question(struct reader *r, int *wait)
{
	struct reading *q;

	pthread_mutex_lock(&r->lock);
	q = r->waiting;
	if (q && q->lazy && *wait < 0) {
		*wait = LAZY_MS;
		q = NULL;
	} else {
		*wait = -1;
		r->running = q;
		if (q)
			r->waiting = q->next;
	}
	pthread_mutex_unlock(&r->lock);
	return q;
}

static void put_waiting(struct reader *r, struct reading *q)
{
	struct reading **at = &r->waiting;

	while (*at && ((*at)->lazy <= q->lazy))
		at = &(*at)->next;
	q->next = *at;
	*at = q;
}

/* What was run goes where it belongs now. */
static void finish(struct reader *r, struct reading *q)
{
	struct event event = { .kind = EV_READ, .id = q->serial };
	bool tell = false;

	pthread_mutex_lock(&r->lock);
	r->running = NULL;
	if (q->dropped) {
		q->free(q);
	} else if (q->again && !q->ok) {
		q->again = false;
		put_waiting(r, q);
	} else {
		q->done = true;
		q->next = r->answers;
		r->answers = q;
		tell = q->late;
		pthread_cond_broadcast(&r->answered);
	}
	pthread_mutex_unlock(&r->lock);
	if (tell)
		evq_post(r->events, &event);
}

static void read_on(struct worker *worker, void *arg)
{
	struct reader *r = arg;
	int wait = -1;

	while (!worker_stopping(worker)) {
		struct reading *q = next_question(r, &wait);

		if (!q) {
			worker_wait(worker, wait);
			continue;
		}
		q->err = (struct err)ERR_INIT;
		q->ok = q->run(q, r->s, &q->err);
		finish(r, q);
	}
}

/* --- in the main thread -------------------------------------------------- */

struct reader *reader_start(const struct session *s, struct evq *events, struct err *err)
{
	struct reader *r = mem_zalloc(1, sizeof(*r));

	r->events = events;
	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->answered, NULL);
	r->s = session_clone(s, err);
	if (r->s)
		r->worker = worker_start(read_on, r, err);
	if (r->worker)
		return r;
	reader_stop(r);
	return NULL;
}

static void free_all(struct reading *list)
{
	while (list) {
		struct reading *next = list->next;

		list->free(list);
		list = next;
	}
}

/* An interrupt before a statement began is lost: hence until it ends. */
static void stop_worker(struct reader *r)
{
	const struct timespec ms = { .tv_nsec = 1000000 };

	worker_stop(r->worker);
	while (!worker_done(r->worker)) {
		pthread_mutex_lock(&r->lock);
		if (r->running)
			session_interrupt(r->s);
		pthread_mutex_unlock(&r->lock);
		nanosleep(&ms, NULL);
	}
	worker_join(r->worker);
}

void reader_stop(struct reader *r)
{
	if (!r)
		return;
	if (r->worker)
		stop_worker(r);
	free_all(r->waiting);
	free_all(r->answers);
	session_close(r->s);
	pthread_cond_destroy(&r->answered);
	pthread_mutex_destroy(&r->lock);
	free(r);
}

static void step_aside(struct reader *r)
{
	if (!r->running || !r->running->lazy)
		return;
	r->running->again = true;
	session_interrupt(r->s);
}

static bool take_answer(struct reader *r, const struct reading *q)
{
	for (struct reading **at = &r->answers; *at; at = &(*at)->next)
		if (*at == q) {
			*at = q->next;
			return true;
		}
	return false;
}

static struct timespec in_one_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	t.tv_nsec += 1000000;
	if (t.tv_nsec >= 1000000000) {
		t.tv_nsec -= 1000000000;
		t.tv_sec++;
	}
	return t;
}

bool reader_ask(struct reader *r, struct reading *q, int ms, unsigned *serial)
{
	bool answered;

	pthread_mutex_lock(&r->lock);
	q->serial = *serial = ++r->serial;
	q->done = q->late = q->again = q->dropped = false;
	put_waiting(r, q);
	worker_poke(r->worker);
	for (; ms > 0 && !q->done; ms--) {
		struct timespec until = in_one_ms();

		/* See stop_worker: hence each time. */
		if (!q->lazy)
			step_aside(r);
		pthread_cond_timedwait(&r->answered, &r->lock, &until);
	}
	answered = q->done && take_answer(r, q);
	if (!answered)
		q->late = true;
	pthread_mutex_unlock(&r->lock);
	return answered;
}

struct reading *reader_take(struct reader *r, unsigned serial)
{
	struct reading *found;

	pthread_mutex_lock(&r->lock);
	for (found = r->answers; found && found->serial != serial;)
		found = found->next;
	if (found && !take_answer(r, found))
		found = NULL;
	pthread_mutex_unlock(&r->lock);
	return found;
}

static void drop_from(struct reading **list, const void *owner)
{
	while (*list) {
		struct reading *q = *list;

		if (q->owner != owner) {
			list = &q->next;
			continue;
		}
		*list = q->next;
		q->free(q);
	}
}

void reader_drop(struct reader *r, const void *owner)
{
	pthread_mutex_lock(&r->lock);
	drop_from(&r->waiting, owner);
	drop_from(&r->answers, owner);
	if (r->running && r->running->owner == owner) {
		r->running->dropped = true;
		session_interrupt(r->s);
	}
	pthread_mutex_unlock(&r->lock);
}
