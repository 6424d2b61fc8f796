#include "sim_run.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "mem.h"
#include "num.h"
#include "sim/client.h"
#include "test.h"
#include "vec.h"

static const char *binary(void)
{
	const char *given = getenv("SIM");

	return given ? given : "tests/support/sim/sim";
}

static void pause_ms(long ms)
{
	struct timespec t = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	nanosleep(&t, NULL);
}

static void child(const struct sim_run *s, const char *ports, bool cheap, int input)
{
	const char *argv[] = { binary(), "--tied", "--ports", ports, "--record", s->record,
		cheap ? "--cheap" : NULL, NULL };

	dup2(input, STDIN_FILENO);
	execv(argv[0], (char *const *)argv);
	_exit(127);
}

static bool read_ports(struct sim_run *s, const char *path)
{
	FILE *f = fopen(path, "r");
	int http = 0, smtp = 0;
	bool ok;

	if (!f)
		return false;
	ok = fscanf(f, "http %5d smtp %5d", &http, &smtp) == 2;
	fclose(f);
	s->http = (uint16_t)http;
	s->smtp = (uint16_t)smtp;
	return ok;
}

bool sim_run_start(struct sim_run *s, bool cheap)
{
	char ports[80];
	int tie[2];

	if (access(binary(), X_OK) != 0)
		return false;
	snprintf(s->folder, sizeof(s->folder), "/tmp/ecompta-sim.XXXXXX");
	assert_non_null(mkdtemp(s->folder));
	snprintf(s->record, sizeof(s->record), "%s/record", s->folder);
	snprintf(ports, sizeof(ports), "%s/ports", s->folder);
	assert_int_equal(pipe(tie), 0);
	fcntl(tie[0], F_SETFD, FD_CLOEXEC);
	fcntl(tie[1], F_SETFD, FD_CLOEXEC);
	s->pid = fork();
	if (s->pid == 0)
		child(s, ports, cheap, tie[0]);
	close(tie[0]);
	s->tie = tie[1];
	while (!read_ports(s, ports)) {
		assert_int_equal(waitpid(s->pid, NULL, WNOHANG), 0);
		pause_ms(5);
	}
	unlink(ports);
	return true;
}

void sim_run_stop(struct sim_run *s)
{
	kill(s->pid, SIGTERM);
	waitpid(s->pid, NULL, 0);
	close(s->tie);
	unlink(s->record);
	rmdir(s->folder);
}

char *sim_run_url(const struct sim_run *s, const char *path)
{
	struct strbuf url = STRBUF_INIT;

	strbuf_addf(&url, "http://127.0.0.1:%d%s", s->http, path);
	return strbuf_detach(&url);
}

static void order(const struct sim_run *s, const char *what, const char *query)
{
	struct strbuf path = STRBUF_INIT, head = STRBUF_INIT, answer = STRBUF_INIT;

	strbuf_addf(&path, "/_sim/%s?%s", what, query);
	assert_int_equal(
		client_call(s->http, "POST", path.buf, "", "", 0, 10, &head, &answer), 200);
	strbuf_release(&path);
	strbuf_release(&head);
	strbuf_release(&answer);
}

void sim_run_fault(const struct sim_run *s, const char *query)
{
	order(s, "fault", query);
}

void sim_run_clear(const struct sim_run *s)
{
	order(s, "clear", "");
}

void sim_run_expire(const struct sim_run *s, const char *provider)
{
	struct strbuf query = STRBUF_INIT;

	strbuf_addf(&query, "provider=%s", provider);
	order(s, "expire", query.buf);
	strbuf_release(&query);
}

/* Whole lines only: the last one may be on its way. */
static char *read_record(const struct sim_run *s)
{
	struct strbuf all = STRBUF_INIT;
	char piece[65536];
	int fd = open(s->record, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	assert_true(fd >= 0);
	while ((n = read(fd, piece, sizeof(piece))) > 0)
		strbuf_add(&all, piece, (size_t)n);
	close(fd);
	while (all.len && all.buf[all.len - 1] != '\n')
		strbuf_truncate(&all, all.len - 1);
	return strbuf_detach(&all);
}

static bool column_is(const char *line, int column, const char *wanted)
{
	for (; column > 0; column--) {
		line = strchr(line, '\t');
		if (!line)
			return false;
		line++;
	}
	return strncmp(line, wanted, strlen(wanted)) == 0 && strchr("\t\n", line[strlen(wanted)]);
}

void sim_run_lines(
	const struct sim_run *s, const char *kind, const char *provider, struct strbuf *out)
{
	char *all = read_record(s);

	for (const char *line = all, *end; (end = strchr(line, '\n')); line = end + 1)
		if (column_is(line, 0, kind) && (!provider || column_is(line, 1, provider)))
			strbuf_add(out, line, (size_t)(end + 1 - line));
	free(all);
}

size_t sim_run_count(const struct sim_run *s, const char *kind, const char *provider)
{
	struct strbuf lines = STRBUF_INIT;
	size_t n = 0;

	sim_run_lines(s, kind, provider, &lines);
	for (size_t i = 0; i < lines.len; i++)
		n += lines.buf[i] == '\n';
	strbuf_release(&lines);
	return n;
}

int64_t sim_run_many(const struct sim_run *s)
{
	struct strbuf lines = STRBUF_INIT;
	int64_t sum = 0;

	sim_run_lines(s, "many", NULL, &lines);
	for (const char *p = lines.buf; (p = strchr(p, '\t')) && (p = strchr(p + 1, '\t'));) {
		sum += strtoll(p + 1, NULL, 10);
		p = strchr(p, '\n');
	}
	strbuf_release(&lines);
	return sum;
}

static int compare(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

static const char *channel_of(const char *provider)
{
	static const char *const mails[] = { "sendgrid", "mailchimp", "smtp" };
	static const char *const texts[] = { "twilio", "orange", "mtn" };

	for (size_t i = 0; i < 3; i++) {
		if (strcmp(provider, mails[i]) == 0)
			return "email";
		if (strcmp(provider, texts[i]) == 0)
			return "sms";
	}
	return provider;
}

/* "email alex@example.com" of a line of the record, which is cut up; *owned*. */
static char *person_of(char *line)
{
	char *provider = strchr(line, '\t') + 1;
	char *address = strchr(provider, '\t') + 1;
	struct strbuf who = STRBUF_INIT;

	address[-1] = '\0';
	*strchr(address, '\t') = '\0';
	strbuf_addf(&who, "%s %s", channel_of(provider), address + (*address == '+'));
	for (size_t i = 0; i < who.len; i++)
		if (who.buf[i] >= 'A' && who.buf[i] <= 'Z')
			who.buf[i] = (char)(who.buf[i] + 32);
	return strbuf_detach(&who);
}

size_t sim_run_twice(const struct sim_run *s)
{
	struct strbuf lines = STRBUF_INIT;
	VEC(char *) who = { 0 };
	size_t twice = 0;

	sim_run_lines(s, "got", NULL, &lines);
	for (char *p = lines.buf, *end; (end = strchr(p, '\n')); p = end + 1)
		vec_push(&who, person_of(p));
	if (who.len)
		qsort(who.items, who.len, sizeof(*who.items), compare);
	for (size_t i = 1; i < who.len; i++)
		twice += strcmp(who.items[i], who.items[i - 1]) == 0 &&
			 (i == 1 || strcmp(who.items[i], who.items[i - 2]) != 0);
	for (size_t i = 0; i < who.len; i++)
		free(who.items[i]);
	vec_release(&who);
	strbuf_release(&lines);
	return twice;
}
