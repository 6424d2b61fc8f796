/*
 * Senders that are programs of their own, for tests that kill, stop and race them: each
 * is a fork with its own session on the store of with_sender.h, under a clock that all of
 * them share and the test moves. The test's own session is closed meanwhile.
 */
#ifndef WITH_SENDERS_H
#define WITH_SENDERS_H

#include "with_sender.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>

#include "crash.h"

/* What a sender ends with. */
enum sender_exit { SENDER_DONE = 0, SENDER_FAILED = 3, SENDER_ELSEWHERE = 4 };

/* Time passes for everybody, or all clocks are put on or back. */
struct shared_time {
	int64_t passed, put; /* seconds */
};

static struct shared_time *shared_time;

static inline int64_t shared_now(void *data)
{
	return sender_clock_now(data) + shared_time->passed + shared_time->put;
}

static inline int64_t shared_ms(void *data)
{
	return sender_clock_ms(data) + shared_time->passed * 1000;
}

static inline struct clock shared_clock(void)
{
	return (struct clock){ .now = shared_now, .monotonic_ms = shared_ms };
}

static inline void shared_time_open(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(ftruncate(fd, sizeof(*shared_time)), 0);
	shared_time = mmap(NULL, sizeof(*shared_time), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	assert_true(shared_time != MAP_FAILED);
	close(fd);
}

static inline int with_senders(void **state)
{
	char path[96];

	if (with_sender(state))
		return -1;
	snprintf(path, sizeof(path), "%s/time", home);
	shared_time_open(path);
	session->clock = shared_clock();
	with_setting(SETTING_SMS_STOP, "4455");
	with_setting(SETTING_SMS_PAUSE, "0");
	with_setting(SETTING_HOURLY_SMS, "0");
	with_setting(SETTING_HOURLY_EMAIL, "0");
	with_setting(SETTING_LOOKUP_SECONDS, "10");
	return 0;
}

static inline void senders_open(void)
{
	session = home_open(store_path);
	session->clock = shared_clock();
}

static inline int without_senders(void **state)
{
	if (!session)
		senders_open();
	munmap(shared_time, sizeof(*shared_time));
	return without_sender(state);
}

static inline void pause_ms(long ms)
{
	struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	nanosleep(&t, NULL);
}

/* The program: sends what can go. */
static inline int sender_program(int connections)
{
	struct sender_options o = { .once = true, .connections = connections };
	struct sender_report report = { 0 };
	struct err err = ERR_INIT;
	struct sender *sd;
	bool ok;

	if (getenv("SENDER_LOG"))
		o.log = log_open_stderr(LOG_DEBUG);
	senders_open();
	sd = sender_new(session, &o, &err);
	ok = sd && sender_run(sd, &err);
	if (sd)
		sender_report(sd, &report);
	sender_free(sd);
	log_close(o.log);
	home_close();
	if (!ok) {
		fprintf(stderr, "%s: %s\n", err_name(err.code), err.detail);
		return SENDER_FAILED;
	}
	return report.elsewhere ? SENDER_ELSEWHERE : SENDER_DONE;
}

/* One begins; the test's session must be closed. */
static inline pid_t sender_begin(int connections)
{
	pid_t pid;

	assert_null(session);
	fflush(NULL);
	pid = fork();
	if (!pid)
		_exit(sender_program(connections));
	assert_true(pid > 0);
	return pid;
}

/* How it ended; -1 when it was killed. */
static inline int sender_end(pid_t pid)
{
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Until nothing is left to do, time passing: look-ups come later and later. */
static inline void senders_finish(int64_t id)
{
	enum campaign_status status = CAMPAIGN_RUNNING;

	for (int i = 0; i < 20 && status == CAMPAIGN_RUNNING; i++) {
		assert_int_equal(sender_end(sender_begin(0)), SENDER_DONE);
		senders_open();
		status = with_campaign_status(id);
		home_close();
		shared_time->passed += 45;
	}
	if (status != CAMPAIGN_COMPLETED) {
		senders_open();
		with_show();
	}
	assert_int_equal(status, CAMPAIGN_COMPLETED);
}

/* --- under strace --- */

static inline bool senders_have_strace(void)
{
	pid_t pid = fork();
	int status;

	if (!pid) {
		int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

		dup2(null, STDOUT_FILENO);
		dup2(null, STDERR_FILENO);
		execlp("strace", "strace", "-o", "/dev/null", "true", (char *)NULL);
		_exit(127);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) && !WEXITSTATUS(status);
}

/* Launches and sends a campaign under strace, which sends `signal` at the nth call of
 * these; 0: none. */
static inline pid_t senders_strace(
	const char *self, int64_t id, const char *calls, const char *signal, int64_t n)
{
	char trace[96], inject[160], list[128], number[24], now[24], base[96];
	pid_t pid;

	snprintf(trace, sizeof(trace), "%s/trace", home);
	snprintf(list, sizeof(list), "trace=%s", calls);
	snprintf(inject, sizeof(inject), n ? "inject=%s:signal=%s:when=%lld" : "trace=%s", calls,
		signal, (long long)n);
	snprintf(number, sizeof(number), "%lld", (long long)id);
	snprintf(now, sizeof(now), "%lld", (long long)with_now);
	snprintf(base, sizeof(base), "%s/time", home);
	fflush(NULL);
	pid = fork();
	if (!pid) {
		/* The sanitizer that looks for leaks cannot work under strace. */
		setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
		execlp("strace", "strace", "-qq", "-f", "-o", trace, "-e", "signal=none", "-e",
			list, "-e", inject, self, "worker", store_path, base, now, number,
			(char *)NULL);
		_exit(127);
	}
	return pid;
}

/* The program itself: `self worker STORE TIME NOW CAMPAIGN`. */
static inline int senders_worker(char **argv)
{
	struct launch_result result;
	struct err err = ERR_INIT;
	int64_t id;

	snprintf(store_path, sizeof(store_path), "%s", argv[0]);
	shared_time_open(argv[1]);
	with_now = strtoll(argv[2], NULL, 10);
	id = strtoll(argv[3], NULL, 10);
	senders_open();
	if (!launch_campaign(session, id, NULL, &result, &err))
		return SENDER_FAILED;
	home_close();
	return sender_program(0);
}

/* What strace wrote; NULL before it did. */
static inline FILE *senders_trace(void)
{
	char path[96];

	snprintf(path, sizeof(path), "%s/trace", home);
	return fopen(path, "r");
}

/* How many calls it saw. */
static inline int64_t senders_calls(void)
{
	int64_t n = 0;
	FILE *f = senders_trace();
	int c;

	assert_non_null(f);
	while ((c = fgetc(f)) != EOF)
		n += c == '\n';
	fclose(f);
	return n;
}

/* --- who received what --- */

static inline int compare_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct received {
	struct strbuf lines;
	VEC(char *) who;
};

/* Addresses in the record, sorted; of lines with `text` in them, NULL all. */
static inline void received_read(struct received *r, const char *text)
{
	*r = (struct received){ .lines = STRBUF_INIT };
	sim_run_lines(&sim, "got", NULL, &r->lines);
	for (char *p = r->lines.buf, *end; (end = strchr(p, '\n')); p = end + 1) {
		char *address;

		*end = '\0';
		if (text && !strstr(p, text))
			continue;
		address = strchr(strchr(p, '\t') + 1, '\t') + 1;
		*strchr(address, '\t') = '\0';
		vec_push(&r->who, address);
	}
	if (r->who.len)
		qsort(r->who.items, r->who.len, sizeof(char *), compare_text);
}

static inline void received_release(struct received *r)
{
	vec_release(&r->who);
	strbuf_release(&r->lines);
}

static inline void received_none_twice(const struct received *r)
{
	for (size_t i = 1; i < r->who.len; i++)
		if (!strcmp(r->who.items[i - 1], r->who.items[i]))
			fail_msg("%s received it twice", r->who.items[i]);
}

/*
 * Everybody is accounted for: who is SENT received it, who received it is SENT or
 * UNCERTAIN, nobody twice, nothing else is left. How many are UNCERTAIN.
 */
static inline int64_t senders_account(int64_t id, const char *text, int people)
{
	struct received r;
	struct err err = ERR_INIT;
	struct stmt *q;
	int64_t sent = 0, uncertain = 0, arrived = 0;

	received_read(&r, text);
	received_none_twice(&r);
	senders_open();
	(void)with_status(id, "");
	q = stmt_make(session->db, "SELECT address, status FROM message WHERE campaign_id = :id");
	stmt_i64(q, "id", id);
	while (stmt_step(q, &err) == STEP_ROW) {
		const char *address = col_text(q, 0);
		bool got = r.who.len &&
			   bsearch(&address, r.who.items, r.who.len, sizeof(char *), compare_text);

		arrived += got;
		sent += !strcmp(col_text(q, 1), "SENT");
		uncertain += !strcmp(col_text(q, 1), "UNCERTAIN");
		if (!strcmp(col_text(q, 1), "SENT") && !got)
			fail_msg("%s is SENT and received nothing", address);
	}
	stmt_free(q);
	assert_int_equal(sent + uncertain, people);
	assert_int_equal(arrived, r.who.len);
	crash_sound(session->db);
	home_close();
	assert_int_equal(sim_run_count(&sim, "violation", NULL), 0);
	received_release(&r);
	return uncertain;
}

#endif
