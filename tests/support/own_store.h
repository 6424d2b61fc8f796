/*
 * A store of its own for a test: in a new folder under /tmp, with one company,
 * a clock that stands, and nothing left behind.
 */
#ifndef TEST_STORE_H
#define TEST_STORE_H

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "companies.h"
#include "session.h"
#include "strbuf.h"

struct test_store {
	char folder[64];
	char path[80];
	int64_t now;
};

static inline void test_store_make(struct test_store *t)
{
	snprintf(t->folder, sizeof(t->folder), "/tmp/test_store.XXXXXX");
	if (!mkdtemp(t->folder))
		fail_msg("mkdtemp");
	snprintf(t->path, sizeof(t->path), "%s/store.db", t->folder);
	t->now = INT64_C(1795000000); /* 2026-11-18T10:26:40Z */
}

static inline void test_store_remove(struct test_store *t)
{
	pid_t pid = fork();

	if (!pid) {
		execlp("rm", "rm", "-rf", t->folder, (char *)NULL);
		_exit(127);
	}
	while (pid > 0 && access(t->folder, F_OK) == 0)
		usleep(1000);
}

/* The store with its company; made with the first call. */
static inline struct session *test_store_open(
	struct test_store *t, const char *country, const char *currency)
{
	struct session_options o = { .store = t->path, .origin = ORIGIN_COMMAND };
	struct err err = ERR_INIT;
	struct session *s;
	struct company c;

	o.clock = clock_system();
	s = session_open(&o, &err);
	if (!s)
		fail_msg("%s", err.detail);
	if (s->company.id)
		return s;
	if (!company_suggest(country, &c, &err))
		fail_msg("%s", err.detail);
	snprintf(c.name, sizeof(c.name), "Essai");
	if (currency)
		snprintf(c.currency, sizeof(c.currency), "%s", currency);
	if (!companies_add(s, &c, &err))
		fail_msg("%s %s", err_name(err.code), err.detail);
	return s;
}

#endif
