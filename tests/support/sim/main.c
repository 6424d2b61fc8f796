/* Starts the stand-ins for the providers and waits for SIGTERM. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <unistd.h>

#include "client.h"
#include "faults.h"
#include "http.h"
#include "num.h"
#include "record.h"
#include "smtp.h"

struct options {
	const char *ports, *record;
	int64_t seed, port, smtp_port;
	bool cheap, tied;
};

static int usage(void)
{
	fputs("usage: sim --ports FILE --record FILE [--cheap] [--tied] [--seed N] [--port N] "
	      "[--smtp-port N]\n"
	      "       sim --call PORT METHOD PATH [HEADER... <BODY]\n",
		stderr);
	return 2;
}

static bool read_options(int argc, char **argv, struct options *o)
{
	static const struct option names[] = {
		{ "ports", required_argument, NULL, 'p' },
		{ "record", required_argument, NULL, 'r' },
		{ "cheap", no_argument, NULL, 'c' },
		{ "tied", no_argument, NULL, 't' },
		{ "seed", required_argument, NULL, 's' },
		{ "port", required_argument, NULL, 'h' },
		{ "smtp-port", required_argument, NULL, 'm' },
		{ NULL, 0, NULL, 0 },
	};
	bool ok = true;
	int opt;

	while (ok && (opt = getopt_long(argc, argv, "", names, NULL)) != -1) {
		if (opt == 'p')
			o->ports = optarg;
		else if (opt == 'r')
			o->record = optarg;
		else if (opt == 'c')
			o->cheap = true;
		else if (opt == 't')
			o->tied = true;
		else if (opt == 's')
			ok = num_parse_i64(optarg, 0, INT64_MAX, &o->seed);
		else if (opt == 'h')
			ok = num_parse_i64(optarg, 1, UINT16_MAX, &o->port);
		else if (opt == 'm')
			ok = num_parse_i64(optarg, 1, UINT16_MAX, &o->smtp_port);
		else
			ok = false;
	}
	return ok && optind == argc && o->ports && o->record;
}

/* For shell tests: prints the answer's body, succeeds with 2xx. Where headers are given,
 * standard input is the request's body. */
static int call(char **argv)
{
	struct strbuf head = STRBUF_INIT, answer = STRBUF_INIT, headers = STRBUF_INIT,
		      body = STRBUF_INIT;
	char piece[4096];
	int64_t port;
	int status = 0;
	size_t n;

	for (char **h = argv + 3; *h; h++)
		strbuf_addf(&headers, "%s\r\n", *h);
	while (headers.len && (n = fread(piece, 1, sizeof(piece), stdin)) > 0)
		strbuf_add(&body, piece, n);
	if (num_parse_i64(argv[0], 1, UINT16_MAX, &port))
		status = client_call((uint16_t)port, argv[1], argv[2], headers.buf, body.buf,
			body.len, 10, &head, &answer);
	fwrite(answer.buf, 1, answer.len, stdout);
	strbuf_release(&head);
	strbuf_release(&answer);
	strbuf_release(&headers);
	strbuf_release(&body);
	return status / 100 == 2 ? 0 : 1;
}

/* Written aside and renamed, so that a reader sees all of it or nothing. */
static bool write_ports(const char *path, uint16_t http, uint16_t smtp)
{
	struct strbuf aside = STRBUF_INIT, text = STRBUF_INIT;
	bool ok = false;
	int fd;

	strbuf_addf(&aside, "%s.new", path);
	strbuf_addf(&text, "http %d\nsmtp %d\n", http, smtp);
	fd = open(aside.buf, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd >= 0) {
		ok = write(fd, text.buf, text.len) == (ssize_t)text.len;
		ok = close(fd) == 0 && ok;
		ok = ok && rename(aside.buf, path) == 0;
	}
	strbuf_release(&aside);
	strbuf_release(&text);
	return ok;
}

/* With --tied: whoever started it has gone, however it ended. */
static void *wait_for_end(void *unused)
{
	char c;

	(void)unused;
	while (read(STDIN_FILENO, &c, 1) > 0)
		continue;
	_exit(0);
}

int main(int argc, char **argv)
{
	struct options o = { .seed = 1 };
	struct sim s = { .cheap = false };
	struct sim_http *http;
	struct sim_smtp *smtp;
	pthread_t tie;
	sigset_t ends;
	int caught;

	if (argc >= 5 && strcmp(argv[1], "--call") == 0)
		return call(argv + 2);
	if (!read_options(argc, argv, &o))
		return usage();
	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	pthread_sigmask(SIG_BLOCK, &ends, NULL);
	pthread_mutex_init(&s.lock, NULL);
	s.cheap = o.cheap;
	s.seed = (uint64_t)o.seed;
	s.faults = faults_new();
	s.record = record_open(o.record);
	if (!s.record) {
		perror(o.record);
		return 1;
	}
	http = http_start(&s, (uint16_t)o.port);
	smtp = smtp_start(&s, (uint16_t)o.smtp_port);
	if (!http || !smtp || !write_ports(o.ports, http_port(http), smtp_port(smtp))) {
		perror("sim: cannot listen");
		return 1;
	}
	if (o.tied && pthread_create(&tie, NULL, wait_for_end, NULL) != 0)
		return 1;
	while (sigwait(&ends, &caught) != 0)
		continue;
	/* Connections may hang for good on purpose, and every line is on its way to the
	 * disk already: nothing to wait for. */
	_exit(0);
}
