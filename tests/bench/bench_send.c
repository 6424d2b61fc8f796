/*
 * Sending, over the stand-in for the providers (tests/support/sim):
 *
 * freezing an audience, against a bare loop that inserts the same rows into the same
 * table and indexes of another store; the longest time that the write lock was held,
 * from BEGIN IMMEDIATE to COMMIT (SQLite gives it back before its own checkpoint);
 *
 * sending it by a provider that takes a thousand recipients a call, every row durable
 * before and after, with the memory of the process that sends;
 *
 * sending 20,000 by a provider that takes one a call, by 16 and by 64 connections,
 * against the slower of two bare loops: libcurl with the same requests, and SQLite with
 * one transaction that claims and one that settles as many messages as the program's
 * had on average.
 *
 * Each step is a process of its own, so that each tells its own memory.
 */
#include "bench.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "crypt.h"
#include "date.h"
#include "db.h"
#include "launch.h"
#include "providers.h"
#include "sender.h"
#include "session.h"
#include "settings.h"
#include "sim_run.h"
#include "store_campaign.h"

#define ONES 20000 /* messages of a provider that takes one a call */
#define LINKS_MOST 64
#define SID "AC0123456789abcdef0123456789abcdef"
#define FROM "+15005550006"
#define TEXT "Bonjour {{prenom}}, nos bureaux ferment vendredi."
#define LATE "Bonjour Awa, nos bureaux ferment vendredi."
#define FREEZE_LIMIT 2.0
#define ONES_LIMIT (1 / 0.6)
#define LOCK_MS 100
#define FREEZE_SECONDS 10 /* for a million */
#define PER_MINUTE 1000000
#define PEAK_KB (57 * 1024)

/* What the steps tell each other. */
static struct figures {
	int64_t campaign_id;
	int64_t freeze_us, lock_us, bare_us;
	int64_t send_us, calls;
	int64_t ones_us, http_us, rows_us;
	long freeze_kb, send_kb, ones_kb;
	int links, batch; /* connections, messages a transaction */
	struct sim_run sim;
	struct bench made;
} * f;

/* --- a store, and who acts on it --- */

/* Goes on from ten o'clock of the day after, which is no feast. */
static int64_t clock_now(void *data)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return *(int64_t *)data + DAY_SECONDS + t.tv_sec;
}

static int64_t clock_ms(void *data)
{
	struct timespec t;

	(void)data;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static struct session *open_session(struct bench *b)
{
	struct session *s;
	struct timespec t;

	s = bench_session(b);
	clock_gettime(CLOCK_MONOTONIC, &t);
	b->now -= t.tv_sec;
	s->clock = (struct clock){ .now = clock_now, .monotonic_ms = clock_ms, .data = &b->now };
	return s;
}

static void set(struct session *s, enum setting setting, const char *value)
{
	struct err err = ERR_INIT;

	bench_need(settings_set(s, setting, value, &err), value, &err);
}

static void set_provider(struct session *s, enum provider_name name, const char *path,
	const struct provider_change *fields, int n)
{
	struct provider_change all[8];
	char *url = sim_run_url(&f->sim, path);
	struct err err = ERR_INIT;

	memcpy(all, fields, (size_t)n * sizeof(*all));
	all[n++] = (struct provider_change){ "base_url", url };
	all[n++] = (struct provider_change){ "hourly", "0" };
	bench_need(providers_set(s, name, PROVIDERS_ANY, all, n, &err), path, &err);
	free(url);
}

static void set_sendgrid(struct session *s)
{
	static const struct provider_change fields[] = { { "api_key", "SG.test" },
		{ "from_address", "news@example.com" } };

	set_provider(s, PROVIDER_SENDGRID, "/sendgrid", fields, 2);
}

static void set_twilio(struct session *s)
{
	static const struct provider_change fields[] = { { "account_sid", SID },
		{ "auth_token", "twilio-test" }, { "from", FROM } };

	set_provider(s, PROVIDER_TWILIO, "/twilio", fields, 3);
}

/* No limit ends the sending, but all are looked at. */
static void set_limits(struct session *s)
{
	struct err err = ERR_INIT;

	set(s, SETTING_CAP_MESSAGES, "1000");
	set(s, SETTING_SMS_PAUSE, "0");
	bench_need(providers_channel_hourly_set(s, CHANNEL_EMAIL, 0, &err) &&
			   providers_channel_hourly_set(s, CHANNEL_SMS, 0, &err),
		"hourly", &err);
}

static int64_t make_campaign(struct session *s, enum channel channel)
{
	struct campaign c = { .company_id = s->company.id,
		.name = "Bench",
		.kind = CAMPAIGN_MANY,
		.type = CAMPAIGN_PROMOTIONAL,
		.status = CAMPAIGN_DRAFT,
		.channels = UINT32_C(1) << channel,
		.order = "",
		.filter = "",
		.persons = "",
		.sender = "",
		.created_by = "bench",
		.created_at = session_now(s) };
	struct campaign_content content = { .channel = channel,
		.language = "fr",
		.subject = channel == CHANNEL_EMAIL ? "Bonjour {{prenom}}" : "",
		.text = TEXT,
		.html = "",
		.media = "" };
	struct err err = ERR_INIT;

	bench_need(
		db_write(s->db, &err) && store_campaign_insert(s->db, &c, &err), "campaign", &err);
	content.campaign_id = c.id;
	bench_need(store_content_put(s->db, &content, &err) && db_commit(s->db, &err), "content",
		&err);
	return c.id;
}

static void freeze(struct session *s, int64_t customers)
{
	struct launch_result result;
	struct err err = ERR_INIT;

	bench_need(launch_campaign(s, f->campaign_id, NULL, &result, &err), "launch", &err);
	if (result.queued != customers)
		bench_die("launch", "somebody was left out");
}

/* Its own copy: the process that becomes it writes there too. */
static void start_sim(bool cheap)
{
	struct sim_run sim;

	if (!sim_run_start(&sim, cheap))
		bench_die("tests/support/sim/sim", "was not built");
	f->sim = sim;
}

/* --- a step --- */

static void in_child(const struct bench *b, void (*step)(struct bench *b))
{
	struct err err = ERR_INIT;
	struct bench own = *b;
	int status = 1;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (!pid) {
		bench_need(crypt_init(&err), "crypt", &err);
		step(&own);
		fflush(stdout);
		_exit(0);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid || status)
		exit(1);
}

static void run_step(const char *program, const char *option, const char *path)
{
	pid_t pid = fork();

	if (!pid) {
		execlp(program, program, option, path, (char *)NULL);
		_exit(127);
	}
	waitpid(pid, NULL, 0);
}

/* --- freezing --- */

/* When the write lock was taken, the longest that it was held, and how often. */
static int64_t lock_from, lock_longest, locks;

static int note_lock(unsigned what, void *data, void *stmt, void *ns)
{
	const char *sql = sqlite3_sql(stmt);

	(void)what, (void)data, (void)ns;
	if (!strcmp(sql, "BEGIN IMMEDIATE")) {
		lock_from = bench_us();
		locks++;
	} else if (!strcmp(sql, "COMMIT") && lock_from && bench_us() - lock_from > lock_longest) {
		lock_longest = bench_us() - lock_from;
	}
	return 0;
}

static int watch_lock(sqlite3 *raw, char **error, const struct sqlite3_api_routines *api)
{
	(void)error, (void)api;
	return sqlite3_trace_v2(raw, SQLITE_TRACE_PROFILE, note_lock, NULL);
}

static void step_freeze(struct bench *b)
{
	struct session *s;
	int64_t began;

	sqlite3_auto_extension((void (*)(void))watch_lock);
	s = open_session(b);
	f->campaign_id = make_campaign(s, CHANNEL_EMAIL);
	lock_longest = 0;
	began = bench_us();
	freeze(s, b->customers);
	f->freeze_us = bench_us() - began;
	f->lock_us = lock_longest;
	f->freeze_kb = bench_peak_kb();
	session_close(s);
}

#define BATCH 2000

/* The same rows into a copy of the store, as the program's connection would. */
static void step_bare_rows(struct bench *b)
{
	sqlite3 *from = bench_open(b), *to;
	sqlite3_stmt *row = bench_prepare(from, "SELECT * FROM message ORDER BY id"), *put;
	char sql[1024] = "INSERT INTO message VALUES (?1", campaign[700];
	int64_t n = 0, began;

	for (int i = 2; i <= sqlite3_column_count(row); i++)
		snprintf(sql + strlen(sql), sizeof(sql) - strlen(sql), ", ?%d", i);
	snprintf(sql + strlen(sql), sizeof(sql) - strlen(sql), ")");
	snprintf(campaign, sizeof(campaign),
		"ATTACH '%s' AS other; INSERT INTO campaign SELECT * FROM other.campaign;"
		"DETACH other",
		b->path);
	snprintf(b->path + strlen(b->path), sizeof(b->path) - strlen(b->path), "-bare");
	to = bench_open(b);
	bench_exec(to, campaign);
	put = bench_prepare(to, sql);
	began = bench_us();
	while (sqlite3_step(row) == SQLITE_ROW) {
		if (n++ % BATCH == 0)
			bench_exec(to, n > 1 ? "COMMIT; BEGIN IMMEDIATE" : "BEGIN IMMEDIATE");
		for (int i = 0; i < sqlite3_column_count(row); i++)
			sqlite3_bind_value(put, i + 1, sqlite3_column_value(row, i));
		if (sqlite3_step(put) != SQLITE_DONE)
			bench_die("bare", sqlite3_errmsg(to));
		sqlite3_reset(put);
	}
	bench_exec(to, "COMMIT");
	f->bare_us = bench_us() - began;
	sqlite3_finalize(row);
	sqlite3_finalize(put);
	sqlite3_close(from);
	sqlite3_close(to);
}

static void told(const char *what, double is, const char *unit, double goal, bool kept)
{
	printf("    %-40s %12.1f %s (goal %.0f)%s\n", what, is, unit, goal, kept ? "" : "  MISSED");
}

static void measure_freezing(const struct bench *b)
{
	double seconds = (double)f->freeze_us / 1e6;

	bench_line("freezing an audience", f->freeze_us, f->bare_us, FREEZE_LIMIT);
	told("for a million", seconds * 1e6 / (double)b->customers, "s", FREEZE_SECONDS,
		seconds * 1e6 / (double)b->customers < FREEZE_SECONDS);
	told("longest write lock", (double)f->lock_us / 1000, "ms", LOCK_MS,
		f->lock_us <= LOCK_MS * 1000);
	printf("    most memory: %ld kB\n", f->freeze_kb);
}

/* --- a thousand a call --- */

static int64_t number(const struct bench *b, const char *sql)
{
	sqlite3 *raw = bench_open(b);
	sqlite3_stmt *q = bench_prepare(raw, sql);
	int64_t n = sqlite3_step(q) == SQLITE_ROW ? sqlite3_column_int64(q, 0) : -1;

	sqlite3_finalize(q);
	sqlite3_close(raw);
	return n;
}

static void send_all(struct session *s, int connections, int64_t *us)
{
	struct sender_options o = { .once = true, .connections = connections };
	struct sender_report report;
	struct err err = ERR_INIT;
	struct sender *sd;
	int64_t began;

	if (getenv("SENDER_LOG"))
		o.log = log_open_stderr(LOG_DEBUG);
	sd = sender_new(s, &o, &err);
	bench_need(sd, "sender", &err);
	began = bench_us();
	bench_need(sender_run(sd, &err), "sending", &err);
	*us = bench_us() - began;
	sender_report(sd, &report);
	f->calls = report.calls;
	sender_free(sd);
	log_close(o.log);
}

static void step_send(struct bench *b)
{
	struct session *s = open_session(b);

	set_sendgrid(s);
	set_limits(s);
	send_all(s, 0, &f->send_us);
	f->send_kb = bench_peak_kb();
	session_close(s);
}

static void measure_many(const struct bench *b)
{
	double a_minute;
	int64_t sent;

	start_sim(true);
	in_child(b, step_send);
	sent = number(b, "SELECT count(*) FROM message WHERE status = 'SENT'");
	if (sent != b->customers || sim_run_many(&f->sim) != b->customers)
		bench_die("sending", "not everybody was written to once");
	sim_run_stop(&f->sim);
	a_minute = (double)sent * 60e6 / (double)f->send_us;
	printf("%-44s %9.1f ms, %lld calls\n", "sending, a thousand a call",
		(double)f->send_us / 1000, (long long)f->calls);
	told("recipients a minute", a_minute, "", PER_MINUTE, a_minute >= PER_MINUTE);
	told("most memory", (double)f->send_kb, "kB", PEAK_KB, f->send_kb < PEAK_KB);
}

/* --- one a call --- */

static void step_freeze_ones(struct bench *b)
{
	struct session *s = open_session(b);

	set_limits(s);
	f->campaign_id = make_campaign(s, CHANNEL_SMS);
	freeze(s, ONES);
	session_close(s);
}

static void step_send_ones(struct bench *b)
{
	struct session *s;

	sqlite3_auto_extension((void (*)(void))watch_lock);
	s = open_session(b);
	set_twilio(s);
	locks = 0;
	send_all(s, f->links, &f->ones_us);
	f->batch = (int)((ONES + locks / 2) / locks);
	f->ones_kb = bench_peak_kb();
	session_close(s);
}

struct link {
	CURL *easy;
	char body[400];
};

static size_t swallow(char *data, size_t size, size_t n, void *unused)
{
	(void)data, (void)unused;
	return size * n;
}

static void fill(struct link *l, CURLM *multi, sqlite3_stmt *address)
{
	if (sqlite3_step(address) != SQLITE_ROW)
		bench_die("bare requests", "no address");
	snprintf(l->body, sizeof(l->body),
		"To=%%2B%s&From=%%2B15005550006&Body=Bonjour%%20Awa%%2C%%20nos%%20bureaux%%20"
		"ferment%%20vendredi.&SmartEncoded=false&ValidityPeriod=14400",
		(const char *)sqlite3_column_text(address, 0) + 1);
	curl_easy_setopt(l->easy, CURLOPT_POSTFIELDS, l->body);
	curl_multi_add_handle(multi, l->easy);
}

static void open_link(struct link *l, const char *url, struct curl_slist *headers)
{
	l->easy = curl_easy_init();
	curl_easy_setopt(l->easy, CURLOPT_URL, url);
	curl_easy_setopt(l->easy, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(l->easy, CURLOPT_USERPWD, SID ":twilio-test");
	curl_easy_setopt(l->easy, CURLOPT_WRITEFUNCTION, swallow);
	curl_easy_setopt(l->easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(l->easy, CURLOPT_PRIVATE, l);
}

/* The same requests by libcurl alone. */
static void step_bare_http(struct bench *b)
{
	struct link links[LINKS_MOST] = { { NULL } };
	struct curl_slist *headers = curl_slist_append(NULL, "Accept: application/json");
	char *url = sim_run_url(&f->sim, "/twilio/2010-04-01/Accounts/" SID "/Messages.json");
	sqlite3 *raw = bench_open(b);
	sqlite3_stmt *address = bench_prepare(raw, "SELECT phone_e164 FROM customer ORDER BY id");
	CURLM *multi = curl_multi_init();
	int running = 0, left;
	int64_t began, more = ONES;

	headers = curl_slist_append(headers, "Expect:");
	began = bench_us();
	for (int i = 0; i < f->links; i++, more--) {
		open_link(&links[i], url, headers);
		fill(&links[i], multi, address);
	}
	do {
		CURLMsg *msg;

		curl_multi_perform(multi, &running);
		while ((msg = curl_multi_info_read(multi, &left))) {
			CURL *easy = msg->easy_handle;
			struct link *l;
			long status = 0;

			curl_easy_getinfo(easy, CURLINFO_PRIVATE, &l);
			curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
			if (msg->data.result != CURLE_OK || status != 201)
				bench_die("bare requests", "one was refused");
			curl_multi_remove_handle(multi, easy);
			if (more-- <= 0)
				continue;
			fill(l, multi, address);
			running++;
		}
		if (running)
			curl_multi_poll(multi, NULL, 0, 1000, NULL);
	} while (running);
	f->http_us = bench_us() - began;
	for (int i = 0; i < f->links; i++)
		curl_easy_cleanup(links[i].easy);
	curl_multi_cleanup(multi);
	curl_slist_free_all(headers);
	sqlite3_finalize(address);
	sqlite3_close(raw);
	free(url);
}

static void put(sqlite3_stmt *q, int64_t id, sqlite3 *raw)
{
	sqlite3_bind_int64(q, 1, id);
	if (sqlite3_step(q) != SQLITE_DONE || sqlite3_changes(raw) != 1)
		bench_die("bare transactions", sqlite3_errmsg(raw));
	sqlite3_reset(q);
}

/* The same changes of the rows: claimed by one transaction, settled by the next. */
static void step_bare_claims(struct bench *b)
{
	sqlite3 *raw = bench_open(b);
	sqlite3_stmt *claim = bench_prepare(raw,
		"UPDATE message SET status = 'SENDING', reason = 'NONE', provider = 'TWILIO',"
		" epoch = 1, claimed_at = 1780000000, attempts = attempts + 1"
		" WHERE id = ?1 AND status = 'QUEUED'");
	sqlite3_stmt *settle =
		bench_prepare(raw, "UPDATE message SET status = 'SENT', reason = 'NONE',"
				   " provider_id = 'SM' || lower(hex(randomblob(16))), sent_at = "
				   "1780000000, cost = cost + 1"
				   " WHERE id = ?1 AND epoch = 1 AND status = 'SENDING'");
	int64_t first = number(b, "SELECT min(id) FROM message WHERE status = 'QUEUED'"), began;

	bench_exec(raw, "PRAGMA synchronous = FULL");
	began = bench_us();
	for (int64_t id = first; id < first + ONES; id += f->batch) {
		bench_exec(raw, "BEGIN IMMEDIATE");
		for (int i = 0; i < f->batch && id + i < first + ONES; i++)
			put(claim, id + i, raw);
		bench_exec(raw, "COMMIT; BEGIN IMMEDIATE");
		for (int i = 0; i < f->batch && id + i < first + ONES; i++)
			put(settle, id + i, raw);
		bench_exec(raw, "COMMIT");
	}
	f->rows_us = bench_us() - began;
	bench_exec(raw, "UPDATE campaign SET status = 'COMPLETED'");
	sqlite3_finalize(claim);
	sqlite3_finalize(settle);
	sqlite3_close(raw);
}

static void with_sim(const struct bench *b, void (*step)(struct bench *b))
{
	start_sim(false);
	in_child(b, step);
	if (sim_run_count(&f->sim, "got", "twilio") != ONES || sim_run_twice(&f->sim))
		bench_die("sending", "not everybody received one");
	sim_run_stop(&f->sim);
}

static void measure_ones(const struct bench *b, int links)
{
	char what[60];

	f->links = links;
	in_child(b, step_freeze_ones);
	with_sim(b, step_send_ones);
	with_sim(b, step_bare_http);
	in_child(b, step_freeze_ones);
	in_child(b, step_bare_claims);
	if (number(b, "SELECT count(*) FROM message WHERE status <> 'SENT'"))
		bench_die("sending", "not everybody was written to");
	snprintf(what, sizeof(what), "one a call, %d connections", links);
	bench_line(what, f->ones_us, f->http_us > f->rows_us ? f->http_us : f->rows_us, ONES_LIMIT);
	printf("    %.0f a second; libcurl alone %.0f, SQLite alone %.0f by %d; %ld kB\n",
		ONES * 1e6 / (double)f->ones_us, ONES * 1e6 / (double)f->http_us,
		ONES * 1e6 / (double)f->rows_us, f->batch, f->ones_kb);
}

/* --- all --- */

static void copy_store(const struct bench *b, const char *from, const char *end)
{
	char to[600];

	snprintf(to, sizeof(to), "%s%s", b->path, end);
	run_step("cp", from, to);
}

static void remove_store(const struct bench *b, const char *end)
{
	static const char *const parts[] = { "", "-wal", "-shm" };
	char path[600];

	for (int i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%s%s%s", b->path, end, parts[i]);
		unlink(path);
	}
}

/* The keys of the stores, and what else a user's folders would hold. */
static void make_home(char *home)
{
	if (!mkdtemp(home))
		bench_die(home, "cannot be made");
	setenv("HOME", home, 1);
	setenv("XDG_CONFIG_HOME", home, 1);
	setenv("XDG_STATE_HOME", home, 1);
}

static void step_people(struct bench *b)
{
	b->people = true;
	bench_base(b);
	f->made = *b;
}

static void make_people(struct bench *b)
{
	in_child(b, step_people);
	*b = f->made;
}

int main(int argc, char **argv)
{
	char home[] = "/tmp/ecompta-bench-home-XXXXXX", base[512];
	struct bench b, ones;

	bench_args_for(&b, 100000, argc, argv);
	ones = b;
	ones.customers = ONES;
	ones.keep = false;
	ones.folder = NULL;
	make_home(home);
	f = mmap(NULL, sizeof(*f), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (f == MAP_FAILED)
		bench_die("memory", "cannot be shared");
	make_people(&b);
	snprintf(base, sizeof(base), "%s", b.path);
	snprintf(b.path + strlen(b.path), sizeof(b.path) - strlen(b.path), "-run");
	copy_store(&b, base, "");
	copy_store(&b, base, "-bare");
	in_child(&b, step_freeze);
	in_child(&b, step_bare_rows);
	remove_store(&b, "-bare");
	measure_freezing(&b);
	measure_many(&b);
	remove_store(&b, "");
	snprintf(b.path, sizeof(b.path), "%s", base);
	bench_end(&b);
	make_people(&ones);
	measure_ones(&ones, 16);
	measure_ones(&ones, 64);
	bench_end(&ones);
	run_step("rm", "-rf", home);
	return 0;
}
