#include "test.h"

#include <poll.h>
#include <sched.h>

#include "evq.h"
#include "worker.h"

enum { PROGRESS = 1, DONE = 2 };

static struct evq *new_queue(size_t cap)
{
	struct err err = ERR_INIT;
	struct evq *q = evq_new(cap, &err);

	assert_non_null(q);
	return q;
}

static void post(struct evq *q, int kind, int64_t id, int64_t a)
{
	evq_post(
		q, &(struct event){ .kind = kind, .progress = kind == PROGRESS, .id = id, .a = a });
}

static void assert_takes(struct evq *q, int kind, int64_t id, int64_t a)
{
	struct event event;

	assert_true(evq_take(q, &event));
	assert_int_equal(event.kind, kind);
	assert_int_equal(event.id, id);
	assert_int_equal(event.a, a);
}

static bool readable(const struct evq *q, int ms)
{
	struct pollfd fd = { .fd = evq_fd(q), .events = POLLIN };

	return poll(&fd, 1, ms) == 1;
}

static void assert_empty(struct evq *q)
{
	struct event event;

	assert_false(evq_take(q, &event));
	assert_false(readable(q, 0));
}

static void evq__take__gives_the_oldest_first(void **state)
{
	struct evq *q = new_queue(3);

	(void)state;
	assert_empty(q);
	for (int round = 0; round < 5; round++) {
		post(q, DONE, 1, round);
		post(q, DONE, 1, round);
		assert_true(readable(q, 0));
		assert_takes(q, DONE, 1, round);
		assert_true(readable(q, 0));
		assert_takes(q, DONE, 1, round);
		assert_empty(q);
	}
	evq_free(q);
}

static void evq__post__keeps_only_the_newest_progress(void **state)
{
	struct evq *q = new_queue(8);

	(void)state;
	post(q, PROGRESS, 1, 10);
	post(q, PROGRESS, 2, 20);
	post(q, DONE, 1, 0);
	post(q, PROGRESS, 1, 11);
	post(q, PROGRESS, 1, 12);
	assert_takes(q, PROGRESS, 1, 12);
	assert_takes(q, PROGRESS, 2, 20);
	assert_takes(q, DONE, 1, 0);
	assert_empty(q);
	assert_false(evq_lost(q));
	evq_free(q);
}

static void evq__post__full_drops_progress_before_anything_else(void **state)
{
	struct evq *q = new_queue(3);

	(void)state;
	post(q, DONE, 1, 0);
	post(q, PROGRESS, 2, 0);
	post(q, DONE, 3, 0);
	post(q, DONE, 4, 0);
	assert_false(evq_lost(q));
	post(q, DONE, 5, 0);
	assert_true(evq_lost(q));
	assert_false(evq_lost(q));
	assert_takes(q, DONE, 1, 0);
	assert_takes(q, DONE, 3, 0);
	assert_takes(q, DONE, 4, 0);
	assert_empty(q);
	evq_free(q);
}

enum { POSTERS = 3, EVENTS = 2000 };

struct poster {
	struct evq *q;
	int64_t id;
};

static void post_many(struct worker *worker, void *arg)
{
	const struct poster *p = arg;

	for (int i = 1; i <= EVENTS && !worker_stopping(worker); i++) {
		post(p->q, PROGRESS, p->id, i);
		if (i % 100 == 0) {
			post(p->q, DONE, p->id, i);
			sched_yield();
		}
	}
}

static void evq__post__from_several_threads_loses_nothing(void **state)
{
	struct evq *q = new_queue(POSTERS * (EVENTS / 100 + 1));
	struct worker *workers[POSTERS];
	struct poster posters[POSTERS];
	int64_t last[POSTERS] = { 0 }, seen[POSTERS] = { 0 };
	struct err err = ERR_INIT;
	int done = 0;

	(void)state;
	for (int i = 0; i < POSTERS; i++) {
		posters[i] = (struct poster){ q, i };
		workers[i] = worker_start(post_many, &posters[i], &err);
		assert_non_null(workers[i]);
	}
	while (done < POSTERS * EVENTS / 100) {
		struct event event;

		assert_true(readable(q, 10000));
		while (evq_take(q, &event)) {
			int64_t *mark = event.progress ? &seen[event.id] : &last[event.id];

			/* numbers of one poster and kind only ever rise */
			assert_true(event.a > *mark);
			*mark = event.a;
			done += event.kind == DONE;
		}
	}
	for (int i = 0; i < POSTERS; i++) {
		worker_join(workers[i]);
		assert_int_equal(last[i], EVENTS);
	}
	assert_false(evq_lost(q));
	evq_free(q);
	evq_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(evq__take__gives_the_oldest_first),
		cmocka_unit_test(evq__post__keeps_only_the_newest_progress),
		cmocka_unit_test(evq__post__full_drops_progress_before_anything_else),
		cmocka_unit_test(evq__post__from_several_threads_loses_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
