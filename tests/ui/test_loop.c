/*
 * The loop on a real pseudo-terminal, in a process of its own: what the terminal
 * gets back, whatever ends the program.
 */
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "toy.h"

#define RESULT 40 /* exit status: this and the ui_result */
#define PATIENCE_MS 10000

struct guest {
	pid_t pid;
	int master, slave, events;
	struct termios before;
	struct strbuf seen; /* all it wrote since the last wait */
};

/* --- the program --------------------------------------------------------- */

static unsigned take_event(void *ctx, struct ui *ui)
{
	char byte;

	if (read(*(int *)ctx, &byte, 1) != 1)
		return STALE_NONE;
	return ui_say(ui, "Event %c came.", byte);
}

static void clock_of(void *ctx, struct strbuf *out)
{
	(void)ctx;
	strbuf_adds(out, "10:42");
}

static bool hello_open(struct view *v, const void *arg, struct err *err)
{
	(void)v;
	(void)arg;
	(void)err;
	return true;
}

static void hello_draw(struct view *v, struct canvas *c, struct rect r)
{
	(void)v;
	draw_textf(c, r.y, r.x, r.w, ROLE_NORMAL, "Size %dx%d here", c->cols, c->rows);
	draw_cursor(c, r.y, r.x);
}

static unsigned hello_act(struct view *v, enum action_id action)
{
	if (action == ACT_DOWN)
		return ui_say(v->ui, "Down was pressed.");
	if (action == ACT_BACK)
		return ui_say(v->ui, "Back was pressed.");
	if (action == ACT_EDIT)
		raise(SIGSEGV);
	return STALE_PASS;
}

static const struct view_action hello_actions[] = { { ACT_EDIT, "Crash" } };

static const struct view_ops hello_ops = {
	.name = "hello",
	.title = "Hello",
	.size = sizeof(struct view),
	.actions = hello_actions,
	.action_count = ARRAY_SIZE(hello_actions),
	.open = hello_open,
	.draw = hello_draw,
	.act = hello_act,
};

static const struct ui_place hello_places[] = { { 'h', 1, &hello_ops, NULL } };

static unsigned hello_have(void *ctx)
{
	(void)ctx;
	return NEED_WRITE;
}

static int program(int events)
{
	struct ui_config config = {
		.term = { .type = "xterm-256color", .in = 0, .out = 1 },
		.look = LOOK_WINDOWS,
		.places = hello_places,
		.place_count = 1,
		.ctx = &events,
		.event_fd = events,
		.on_events = take_event,
		.have = hello_have,
		.clock = clock_of,
	};
	struct err err = ERR_INIT;
	struct ui *ui = ui_start(&config, &err);
	enum ui_result result;

	if (!ui)
		return 1;
	result = ui_run(ui);
	ui_stop(ui);
	return RESULT + (int)result;
}

/* --- who looks at it ----------------------------------------------------- */

static void run_guest(const struct guest *g, int events)
{
	setsid();
	ioctl(g->slave, TIOCSCTTY, 0);
	dup2(g->slave, 0);
	dup2(g->slave, 1);
	close(g->master);
	close(g->slave);
	_exit(program(events));
}

static void resize(struct guest *g, int rows, int cols)
{
	struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };

	assert_int_equal(ioctl(g->master, TIOCSWINSZ, &size), 0);
}

/* Reads until `text` was written; false when the guest is gone or silent. */
static bool reads(struct guest *g, const char *text)
{
	char bytes[4096];

	while (!memmem(g->seen.buf, g->seen.len, text, strlen(text))) {
		struct pollfd fd = { .fd = g->master, .events = POLLIN };
		ssize_t n;

		if (poll(&fd, 1, PATIENCE_MS) <= 0)
			return false;
		n = read(g->master, bytes, sizeof(bytes));
		if (n <= 0)
			return false;
		strbuf_add(&g->seen, bytes, (size_t)n);
	}
	return true;
}

/* What was written behind `text` is left for the next call. */
static void expect(struct guest *g, const char *text)
{
	struct strbuf rest = STRBUF_INIT;
	char *found;

	if (!reads(g, text)) {
		print_message("waited for: %s\nseen: %s\n", text, g->seen.buf);
		fail();
	}
	found = memmem(g->seen.buf, g->seen.len, text, strlen(text));
	found += strlen(text);
	strbuf_add(&rest, found, g->seen.len - (size_t)(found - g->seen.buf));
	strbuf_release(&g->seen);
	g->seen = rest;
}

static void type(struct guest *g, const char *bytes)
{
	assert_int_equal(write(g->master, bytes, strlen(bytes)), strlen(bytes));
}

static void start(struct guest *g)
{
	int events[2];

	*g = (struct guest){ .master = posix_openpt(O_RDWR | O_NOCTTY) };
	strbuf_init(&g->seen, 1 << 20);
	assert_true(g->master >= 0);
	assert_int_equal(grantpt(g->master), 0);
	assert_int_equal(unlockpt(g->master), 0);
	g->slave = open(ptsname(g->master), O_RDWR | O_NOCTTY);
	assert_true(g->slave >= 0);
	resize(g, 24, 80);
	assert_int_equal(tcgetattr(g->slave, &g->before), 0);
	assert_int_equal(pipe(events), 0);
	g->events = events[1];
	g->pid = fork();
	assert_true(g->pid >= 0);
	if (!g->pid)
		run_guest(g, events[0]);
	close(events[0]);
	expect(g, "Size 80x24 here");
}

static void check_restored(const struct guest *g)
{
	struct termios now;

	assert_int_equal(tcgetattr(g->slave, &now), 0);
	assert_int_equal(now.c_lflag, g->before.c_lflag);
	assert_int_equal(now.c_iflag, g->before.c_iflag);
}

/* Waits for its end and gives the wait status; a terminal that is still there must
 * be as it was before. */
static int stop(struct guest *g)
{
	int status = 0;

	assert_int_equal(waitpid(g->pid, &status, 0), g->pid);
	if (g->slave >= 0)
		check_restored(g);
	if (g->master >= 0)
		close(g->master);
	if (g->slave >= 0)
		close(g->slave);
	close(g->events);
	strbuf_release(&g->seen);
	return status;
}

static void expect_result(struct guest *g, enum ui_result result)
{
	int status = stop(g);

	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), RESULT + result);
}

/* --- the tests ----------------------------------------------------------- */

static void loop__quit__gives_the_terminal_back(void **state)
{
	struct guest g;
	struct termios raw;

	(void)state;
	start(&g);
	assert_int_equal(tcgetattr(g.slave, &raw), 0);
	assert_false(raw.c_lflag & (ICANON | ISIG | ECHO));
	assert_false(raw.c_iflag & IXON);
	type(&g, "q");
	expect(&g, "\033[?2004l");
	expect(&g, "\033[?1049l");
	expect_result(&g, UI_QUIT);
}

static void loop__terminal_closed__is_lost(void **state)
{
	struct guest g;

	(void)state;
	start(&g);
	close(g.slave);
	g.slave = -1;
	close(g.master);
	g.master = -1;
	expect_result(&g, UI_LOST);
}

static void loop__sighup__is_lost(void **state)
{
	struct guest g;

	(void)state;
	start(&g);
	kill(g.pid, SIGHUP);
	expect(&g, "\033[?1049l"); /* in case there is somebody to see it */
	expect_result(&g, UI_LOST);
}

static void loop__sigterm__ends_in_order(void **state)
{
	struct guest g;

	(void)state;
	start(&g);
	kill(g.pid, SIGTERM);
	expect(&g, "\033[?2004l");
	expect(&g, "\033[?1049l");
	expect_result(&g, UI_TERMINATED);
}

static void loop__sigint_and_ctrl_c__ask(void **state)
{
	struct guest g;

	(void)state;
	start(&g);
	kill(g.pid, SIGINT);
	expect(&g, "Quit?");
	type(&g, "\t\t\r");  /* Cancel has the focus, and has it again */
	expect(&g, "Crash"); /* the key line is back */
	type(&g, "\003");
	expect(&g, "Quit?");
	type(&g, "q");
	expect_result(&g, UI_QUIT);
}

static void loop__flow_control__ctrl_s_stops_nothing(void **state)
{
	struct guest g;

	(void)state;
	start(&g);
	type(&g, "\023j");
	expect(&g, "Down was pressed.");
	type(&g, "q");
	expect_result(&g, UI_QUIT);
}

static void loop__resize__at_any_moment(void **state)
{
	struct guest g;

	(void)state;
	start(&g);
	resize(&g, 40, 132);
	expect(&g, "132x40");
	for (int i = 1; i < 60; i++)
		resize(&g, i, 3 * i);
	resize(&g, 30, 100);
	expect(&g, "100x30");
	type(&g, "q");
	expect_result(&g, UI_QUIT);
}

static void wait_ms(long ms)
{
	struct timespec t = { 0, ms * 1000000 };

	nanosleep(&t, NULL);
}

static void loop__esc__alone_and_split(void **state)
{
	struct guest g;

	(void)state;
	start(&g);
	type(&g, "\033");
	expect(&g, "Back was pressed.");
	wait_ms(1200); /* a late sequence is not waited for any longer */
	type(&g, "\033[");
	wait_ms(300);
	type(&g, "B");
	expect(&g, "Down");
	type(&g, "\033]52;c;qqqq");
	type(&g, "qqq\033\\q");
	expect_result(&g, UI_QUIT);
}

static void loop__event__wakes_it(void **state)
{
	struct guest g;

	(void)state;
	start(&g);
	assert_int_equal(write(g.events, "7", 1), 1);
	expect(&g, "Event 7 came.");
	type(&g, "q");
	expect_result(&g, UI_QUIT);
}

static void loop__stop_and_continue__paints_all(void **state)
{
	struct guest g;

	(void)state;
	start(&g);
	kill(g.pid, SIGSTOP);
	assert_int_equal(waitpid(g.pid, NULL, WUNTRACED), g.pid);
	resize(&g, 25, 90);
	kill(g.pid, SIGCONT);
	expect(&g, "Size 90x25 here");
	type(&g, "q");
	expect_result(&g, UI_QUIT);
}

static void loop__crash__gives_the_terminal_back_first(void **state)
{
	struct guest g;
	int status;

	(void)state;
	start(&g);
	type(&g, "e");
	expect(&g, "\033[?2004l");
	expect(&g, "\033[?1049l");
	status = stop(&g);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGSEGV);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(loop__quit__gives_the_terminal_back),
		cmocka_unit_test(loop__terminal_closed__is_lost),
		cmocka_unit_test(loop__sighup__is_lost),
		cmocka_unit_test(loop__sigterm__ends_in_order),
		cmocka_unit_test(loop__sigint_and_ctrl_c__ask),
		cmocka_unit_test(loop__flow_control__ctrl_s_stops_nothing),
		cmocka_unit_test(loop__resize__at_any_moment),
		cmocka_unit_test(loop__esc__alone_and_split),
		cmocka_unit_test(loop__event__wakes_it),
		cmocka_unit_test(loop__stop_and_continue__paints_all),
		cmocka_unit_test(loop__crash__gives_the_terminal_back_first),
	};

	setlocale(LC_ALL, "");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
