#include "guest.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "bench.h"

#define ROWS 40
#define COLS 120

static int open_terminal(char *slave, size_t size)
{
	struct winsize window = { .ws_row = ROWS, .ws_col = COLS };
	int fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);

	if (fd < 0 || grantpt(fd) || unlockpt(fd) || ioctl(fd, TIOCSWINSZ, &window))
		bench_die("terminal", "cannot be made");
	snprintf(slave, size, "%s", ptsname(fd));
	return fd;
}

static _Noreturn void become(const char *slave, char *const *argv)
{
	int fd;

	setsid();
	fd = open(slave, O_RDWR);
	for (int i = 0; i < 3; i++)
		dup2(fd, i);
	if (fd > 2)
		close(fd);
	execv(argv[0], argv);
	_exit(127);
}

/* What all threads of the program have used of the processor. */
static int64_t used_ns(const struct guest *g)
{
	char path[320];
	int64_t sum = 0;
	struct dirent *entry;
	DIR *tasks;

	snprintf(path, sizeof(path), "/proc/%ld/task", (long)g->pid);
	tasks = opendir(path);
	while (tasks && (entry = readdir(tasks))) {
		char line[128];
		FILE *f;

		snprintf(path, sizeof(path), "/proc/%ld/task/%s/schedstat", (long)g->pid,
			entry->d_name);
		f = fopen(path, "re");
		if (f && fgets(line, sizeof(line), f))
			sum += strtoll(line, NULL, 10);
		if (f)
			fclose(f);
	}
	if (tasks)
		closedir(tasks);
	return sum;
}

static int64_t now_ns(const struct guest *g)
{
	return g->cpu ? used_ns(g) : bench_ns();
}

void guest_start(struct guest *g, char *const *argv)
{
	char slave[64];

	g->fd = open_terminal(slave, sizeof(slave));
	g->began = g->cpu ? 0 : bench_ns();
	g->pid = fork();
	if (g->pid < 0)
		bench_die(argv[0], "cannot be started");
	if (!g->pid)
		become(slave, argv);
}

static void keep(struct guest *g, const char *bytes, size_t n)
{
	size_t room = sizeof(g->seen) - 1 - g->n;

	n = n < room ? n : room;
	memcpy(g->seen + g->n, bytes, n);
	g->n += n;
	g->seen[g->n] = '\0';
}

bool guest_wait_paint(struct guest *g, int first_ms, int silence_ms)
{
	struct pollfd p = { .fd = g->fd, .events = POLLIN };
	bool one = true, any = false;
	char bytes[8192];

	g->n = g->bytes = 0;
	g->first = g->last = 0;
	while (poll(&p, 1, any ? silence_ms : first_ms) > 0) {
		ssize_t n = read(g->fd, bytes, sizeof(bytes));

		if (n <= 0)
			break;
		one = one && (!any || now_ns(g) - g->last < PAINT_MS * 1000000);
		g->last = now_ns(g);
		g->first = one ? g->last : g->first;
		g->bytes += (size_t)n;
		keep(g, bytes, (size_t)n);
		any = true;
	}
	if (any && g->cpu)
		g->first = g->last = used_ns(g);
	return any;
}

void guest_press(struct guest *g, const char *keys, int silence_ms)
{
	g->began = now_ns(g);
	if (write(g->fd, keys, strlen(keys)) < 0)
		bench_die("terminal", "gone");
	guest_wait_paint(g, 200, silence_ms);
}

void guest_end(struct guest *g)
{
	int status;

	kill(g->pid, SIGTERM);
	while (guest_wait_paint(g, 100, 20))
		;
	close(g->fd);
	waitpid(g->pid, &status, 0);
}

long guest_memory_kb(const struct guest *g, const char *field)
{
	char path[64], line[256];
	long kb = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%ld/status", (long)g->pid);
	f = fopen(path, "re");
	while (f && fgets(line, sizeof(line), f))
		if (!strncmp(line, field, strlen(field)))
			kb = strtol(line + strlen(field), NULL, 10);
	if (f)
		fclose(f);
	return kb;
}

int guest_echo(void)
{
	struct termios t;
	char byte;

	tcgetattr(0, &t);
	t.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG);
	tcsetattr(0, TCSANOW, &t);
	if (write(1, "!", 1) < 0)
		return 1;
	while (read(0, &byte, 1) == 1)
		if (write(1, &byte, 1) < 0)
			return 1;
	return 0;
}
