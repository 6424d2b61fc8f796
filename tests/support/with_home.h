/*
 * A session whose store, keys and state lie in a folder of their own under /tmp, for
 * tests of what the program keeps outside of the store.
 */
#ifndef WITH_HOME_H
#define WITH_HOME_H

#include "with_session.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "strbuf.h"

static char home[64];
static char store_path[96];

static inline void home_env(const char *name, const char *folder)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", home, folder);
	setenv(name, path, 1);
}

static inline int with_home(void **state)
{
	(void)state;
	snprintf(home, sizeof(home), "/tmp/test_home.XXXXXX");
	if (!mkdtemp(home))
		return -1;
	setenv("HOME", home, 1);
	home_env("XDG_CONFIG_HOME", "config");
	home_env("XDG_STATE_HOME", "state");
	unsetenv("ECOMPTA_PASSPHRASE_FILE");
	snprintf(store_path, sizeof(store_path), "%s/store.db", home);
	with_open(store_path, "UTC");
	return 0;
}

/* cp, mv, rm... of files; what it says is not hidden. */
static inline void home_run(const char *program, const char *option, const char *a, const char *b)
{
	pid_t pid = fork();
	int status = 0;

	if (!pid) {
		execlp(program, program, option, a, b, (char *)NULL);
		_exit(127);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static inline int without_home(void **state)
{
	without_session(state);
	home_run("rm", "-rf", home, NULL);
	return 0;
}

/* A second session on a store. */
static inline struct session *home_open(const char *path)
{
	struct session_options o = { .store = path, .origin = ORIGIN_COMMAND, .must_exist = true };
	struct err err = ERR_INIT;
	struct session *s;

	o.clock = clock_fixed(&with_now);
	s = session_open(&o, &err);
	with_ok(s, &err);
	return s;
}

static inline void home_close(void)
{
	session_close(session);
	session = NULL;
}

/* The session again, as after a restart of the program. */
static inline void home_reopen(void)
{
	session_close(session);
	session = home_open(store_path);
}

static inline void home_read(const char *path, struct strbuf *out)
{
	char buf[65536];
	FILE *f = fopen(path, "rb");
	size_t got;

	if (!f)
		return;
	while ((got = fread(buf, 1, sizeof(buf), f)) > 0)
		strbuf_add(out, buf, got);
	fclose(f);
}

/* Whether some bytes stand anywhere in the store, its log included. */
static inline bool home_stored(const void *bytes, size_t len)
{
	struct strbuf all = STRBUF_INIT;
	char log[128];
	bool found;

	snprintf(log, sizeof(log), "%s-wal", store_path);
	home_read(store_path, &all);
	home_read(log, &all);
	assert_true(all.len > 4096);
	found = memmem(all.buf, all.len, bytes, len) != NULL;
	strbuf_release(&all);
	return found;
}

#endif
