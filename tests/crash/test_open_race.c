/*
 * Two programs start on a store that is not there yet, in the same moment:
 * both get in, and there is one schema, one counter of ids and one user.
 */
#include "test.h"

#include <sys/wait.h>
#include <unistd.h>

#include "companies.h"
#include "crash.h"
#include "session.h"

#define PROGRAMS 3

static struct crash crash;

static int set_up(void **state)
{
	(void)state;
	crash_begin(&crash);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	crash_end(&crash);
	return 0;
}

static bool start(struct err *err)
{
	struct session_options o = {
		.store = crash.path,
		.origin = ORIGIN_COMMAND,
		.clock = clock_system(),
	};
	struct session *s = session_open(&o, err);
	bool ok = s != NULL;

	session_close(s);
	return ok;
}

/* A program that starts when the pipe closes; its exit code is the error's. */
static pid_t program(const int barrier[2])
{
	struct err err = ERR_INIT;
	pid_t pid = fork();
	char byte;

	if (pid)
		return pid;
	close(barrier[1]);
	if (read(barrier[0], &byte, 1) != 0)
		_exit(99);
	if (start(&err))
		_exit(0);
	fprintf(stderr, "%s: %s\n", err_name(err.code), err.detail);
	_exit((int)err.code);
}

static void start_together(void)
{
	pid_t pids[PROGRAMS];
	int barrier[2], status;

	assert_int_equal(pipe(barrier), 0);
	for (int i = 0; i < PROGRAMS; i++)
		pids[i] = program(barrier);
	close(barrier[1]);
	close(barrier[0]);
	for (int i = 0; i < PROGRAMS; i++) {
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		if (!WIFEXITED(status) || WEXITSTATUS(status))
			fail_msg("program %d ended with %s", i,
				WIFEXITED(status) ? err_name((enum err_code)WEXITSTATUS(status))
						  : "a signal");
	}
}

static void open_race__new_store__is_made_once(void **state)
{
	int rounds = crash_rounds(100);

	(void)state;
	for (int i = 0; i < rounds; i++) {
		struct err err = ERR_INIT;
		struct db *db;

		crash_remove(crash.path);
		start_together();
		db = db_open(crash.path, DB_OPEN, &err);
		assert_non_null(db);
		assert_int_equal(crash_number(db, "SELECT count(*) FROM user"), 1);
		assert_int_equal(crash_number(db, "SELECT count(*) FROM audit"), 1);
		crash_sound(db);
		db_close(db);
	}
}

/* The log is made and removed as programs come and go: nobody is refused. */
static void open_race__old_store__lets_everybody_in(void **state)
{
	int rounds = crash_rounds(100);

	(void)state;
	for (int i = 0; i < rounds; i++)
		start_together();
	crash_sound_at(crash.path);
}

#define race_test(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		race_test(open_race__new_store__is_made_once),
		race_test(open_race__old_store__lets_everybody_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
