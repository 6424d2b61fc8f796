#include "evq.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include "mem.h"

struct evq {
	pthread_mutex_t lock; /* over everything but fd, which never changes */
	struct event *ring;   /* owned, cap long */
	size_t cap, head, len;
	bool lost;
	bool lit;  /* one byte lies in the pipe: exactly while an event waits */
	int fd[2]; /* read end, write end */
};

static bool pipe_init(int fd[2], struct err *err)
{
	if (pipe(fd) < 0)
		return err_set_errno(err, ERR_IO, "pipe");
	for (int i = 0; i < 2; i++) {
		fcntl(fd[i], F_SETFD, FD_CLOEXEC);
		fcntl(fd[i], F_SETFL, O_NONBLOCK);
	}
	return true;
}

struct evq *evq_new(size_t cap, struct err *err)
{
	struct evq *q;
	int fd[2];

	if (!pipe_init(fd, err))
		return NULL;
	q = mem_zalloc(1, sizeof(*q));
	pthread_mutex_init(&q->lock, NULL);
	q->ring = mem_zalloc(cap, sizeof(*q->ring));
	q->cap = cap;
	q->fd[0] = fd[0];
	q->fd[1] = fd[1];
	return q;
}

void evq_free(struct evq *q)
{
	if (!q)
		return;
	close(q->fd[0]);
	close(q->fd[1]);
	pthread_mutex_destroy(&q->lock);
	free(q->ring);
	free(q);
}

static struct event *at(struct evq *q, size_t i)
{
	return &q->ring[(q->head + i) % q->cap];
}

static bool coalesce(struct evq *q, const struct event *event)
{
	if (!event->progress)
		return false;
	for (size_t i = 0; i < q->len; i++) {
		struct event *old = at(q, i);

		if (old->progress && old->kind == event->kind && old->id == event->id) {
			*old = *event;
			return true;
		}
	}
	return false;
}

static bool drop_progress(struct evq *q)
{
	size_t i = 0;

	while (i < q->len && !at(q, i)->progress)
		i++;
	if (i == q->len)
		return false;
	for (; i + 1 < q->len; i++)
		*at(q, i) = *at(q, i + 1);
	q->len--;
	return true;
}

/* A signal may interrupt either call; the byte must not get lost for that. */
static void light(struct evq *q)
{
	while (write(q->fd[1], "", 1) < 0 && errno == EINTR)
		;
	q->lit = true;
}

static void put_out(struct evq *q)
{
	char byte;

	while (read(q->fd[0], &byte, 1) < 0 && errno == EINTR)
		;
	q->lit = false;
}

void evq_post(struct evq *q, const struct event *event)
{
	pthread_mutex_lock(&q->lock);
	if (!coalesce(q, event)) {
		if (q->len == q->cap && !drop_progress(q))
			q->lost = true;
		else
			*at(q, q->len++) = *event;
	}
	if (!q->lit)
		light(q);
	pthread_mutex_unlock(&q->lock);
}

int evq_fd(const struct evq *q)
{
	return q->fd[0];
}

bool evq_take(struct evq *q, struct event *event)
{
	bool found;

	pthread_mutex_lock(&q->lock);
	found = q->len > 0;
	if (found) {
		*event = *at(q, 0);
		q->head = (q->head + 1) % q->cap;
		q->len--;
	}
	if (!q->len && q->lit)
		put_out(q);
	pthread_mutex_unlock(&q->lock);
	return found;
}

bool evq_lost(struct evq *q)
{
	bool lost;

	pthread_mutex_lock(&q->lock);
	lost = q->lost;
	q->lost = false;
	pthread_mutex_unlock(&q->lock);
	return lost;
}
