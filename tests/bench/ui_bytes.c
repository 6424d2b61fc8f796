/*
 * Bytes the screens send to the terminal, counted in a socket: what a bad line
 * has to carry. Prints each figure beside its limit; fails when one is over it.
 */
#include "test.h"

#include <fcntl.h>
#include <locale.h>
#include <sys/socket.h>
#include <unistd.h>

#include "screen.h"
#include "toy.h"

struct meter {
	int pipe[2]; /* a socket that keeps writes apart */
	int writes;  /* since the last call of `taken` */
	bool over;
};

/* What came since the last call. */
static long taken(struct meter *m)
{
	char bytes[65536];
	long sum = 0;
	ssize_t n;

	m->writes = 0;
	while ((n = read(m->pipe[0], bytes, sizeof(bytes))) > 0) {
		sum += n;
		m->writes++;
	}
	return sum;
}

/* One write a picture and some for its size: each may be a packet of its own. */
static void report(struct meter *m, const char *what, long bytes, long limit)
{
	bool over = bytes > limit || m->writes > 2 + bytes / 2000;

	printf("%-44s %6ld bytes, %d writes  limit %5ld%s\n", what, bytes, m->writes, limit,
		over ? "  OVER" : "");
	m->over = m->over || over;
}

static long press(struct meter *m, struct ui *ui, const char *keys)
{
	screen_keys(ui, keys);
	return taken(m);
}

/* The dearest of `count` presses of a key. */
static long dearest(struct meter *m, struct ui *ui, const char *key, int count)
{
	long most = 0;

	for (int i = 0; i < count; i++) {
		long bytes = press(m, ui, key);

		most = bytes > most ? bytes : most;
	}
	return most;
}

static void measure(struct meter *m, const char *type, int rows, int cols)
{
	struct toy_world world = { .count = 1000000, .now = 1000 };
	struct term_opts term = { .type = type,
		.in = m->pipe[0],
		.out = m->pipe[1],
		.rows = rows,
		.cols = cols,
		.any_tty = true };
	struct ui *ui = toy_start_on(&world, term, LOOK_WINDOWS);
	long bytes;

	printf("%s %dx%d\n", type, cols, rows);
	report(m, "first paint", taken(m), 8000);
	bytes = 0;
	for (int i = 0; i < 15; i++) {
		world.now += 1;
		bytes += press(m, ui, "Down");
	}
	report(m, "cursor step, mean of 15", bytes / 15, 100);
	report(m, "cursor step, the dearest of 10", dearest(m, ui, "Up", 10), 160);
	world.now += 1000;
	ui_pass_time(ui);
	ui_paint(ui);
	report(m, "details when the cursor rests", taken(m), 160);
	for (int i = 0; i < 100; i++) {
		world.now += 250;
		ui_pass_time(ui);
		if (ui_stale(ui))
			ui_paint(ui);
	}
	report(m, "25 s of nothing", taken(m), 0);
	ui_paint(ui);
	report(m, "painting what is there already", taken(m), 0);
	report(m, "a page", press(m, ui, "PgDn"), 6000);
	for (int i = 0; i < rows; i++)
		press(m, ui, "Down");
	report(m, "a step at the lower edge, the list scrolls", dearest(m, ui, "Down", 3), 500);
	report(m, "the search line", press(m, ui, "/"), 400);
	report(m, "a letter of a search, another list", press(m, ui, "a"), 3000);
	press(m, ui, "Esc");
	report(m, "a menu", press(m, ui, "s"), 900);
	report(m, "closing it", press(m, ui, "Esc"), 1200);
	ui_stop(ui);
	taken(m);
}

int main(void)
{
	struct meter m = { .pipe = { -1, -1 } };

	setlocale(LC_ALL, "");
	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, m.pipe))
		return 1;
	fcntl(m.pipe[0], F_SETFL, O_NONBLOCK);
	measure(&m, "xterm-256color", 40, 120);
	measure(&m, "xterm-256color", 24, 80);
	measure(&m, "xterm", 24, 80);
	return m.over;
}
