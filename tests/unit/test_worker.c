#include "test.h"

#include <signal.h>
#include <stdatomic.h>
#include <time.h>

#include "worker.h"

struct shared {
	atomic_int rounds;
	atomic_int woken;
	atomic_bool masked;
};

static int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* Waits for `value` to be reached, ten seconds at most. */
static bool reaches(atomic_int *counter, int value)
{
	int64_t end = now_ms() + 10000;

	while (atomic_load(counter) < value && now_ms() < end)
		nanosleep(&(struct timespec){ .tv_nsec = 200000 }, NULL);
	return atomic_load(counter) >= value;
}

static void wait_for_pokes(struct worker *worker, void *arg)
{
	struct shared *s = arg;

	while (!worker_stopping(worker)) {
		if (worker_wait(worker, -1))
			atomic_fetch_add(&s->woken, 1);
		atomic_fetch_add(&s->rounds, 1);
	}
}

static struct worker *start(void (*run)(struct worker *, void *), void *arg)
{
	struct err err = ERR_INIT;
	struct worker *worker = worker_start(run, arg, &err);

	assert_non_null(worker);
	return worker;
}

static void worker__poke__wakes_it_each_time(void **state)
{
	struct shared s = { 0 };
	struct worker *worker = start(wait_for_pokes, &s);

	(void)state;
	for (int i = 1; i <= 50; i++) {
		worker_poke(worker);
		assert_true(reaches(&s.woken, i));
	}
	assert_false(worker_done(worker));
	worker_join(worker);
	assert_int_equal(atomic_load(&s.woken), 50);
	assert_in_range(atomic_load(&s.rounds), 50, 51);
}

static void worker__join__ends_one_that_waits_for_ever(void **state)
{
	struct shared s = { 0 };

	(void)state;
	for (int i = 0; i < 50; i++)
		worker_join(start(wait_for_pokes, &s));
	assert_int_equal(atomic_load(&s.woken), 0);
	worker_join(NULL);
}

static void wait_briefly(struct worker *worker, void *arg)
{
	struct shared *s = arg;
	int64_t began = now_ms();
	sigset_t mask;

	pthread_sigmask(SIG_SETMASK, NULL, &mask);
	atomic_store(&s->masked, sigismember(&mask, SIGINT) && sigismember(&mask, SIGHUP));
	if (!worker_wait(worker, 1020) && now_ms() - began >= 1019)
		atomic_store(&s->rounds, 1);
}

static void worker__wait__ends_after_its_time(void **state)
{
	struct shared s = { 0 };
	struct worker *worker = start(wait_briefly, &s);
	sigset_t mask;

	(void)state;
	assert_true(reaches(&s.rounds, 1));
	for (int i = 0; i < 1000 && !worker_done(worker); i++)
		nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
	assert_true(worker_done(worker));
	worker_join(worker);
	/* signals are the main thread's */
	assert_true(atomic_load(&s.masked));
	pthread_sigmask(SIG_SETMASK, NULL, &mask);
	assert_false(sigismember(&mask, SIGINT));
}

static void work_in_steps(struct worker *worker, void *arg)
{
	struct shared *s = arg;

	while (!worker_stopping(worker))
		atomic_fetch_add(&s->rounds, 1);
}

static void worker__stop__is_seen_by_a_long_loop(void **state)
{
	struct shared s = { 0 };
	struct worker *worker = start(work_in_steps, &s);

	(void)state;
	assert_true(reaches(&s.rounds, 10));
	worker_stop(worker);
	worker_join(worker);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(worker__poke__wakes_it_each_time),
		cmocka_unit_test(worker__join__ends_one_that_waits_for_ever),
		cmocka_unit_test(worker__wait__ends_after_its_time),
		cmocka_unit_test(worker__stop__is_seen_by_a_long_loop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
