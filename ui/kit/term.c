#include "term.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "i18n.h"
#include "keyin.h"
#include "mem.h"

#define READ_MAX 4096
#define DOUBLE_CLICK_MS 400
#define COPY_MAX 65536 /* bytes; terminals refuse more in one sequence */

struct term {
	SCREEN *screen;
	FILE *files[2]; /* curses wants them: duplicates of `in` and `out`, owned */
	int in, out;
	struct keyin keys;
	int64_t last_ms; /* when bytes last came */
	bool mouse;
	bool gone;
	struct mouse press; /* the last one, for the double click */
	int64_t press_ms;
	struct termios before;
	bool has_before;
	struct sigaction old[NSIG];
};

/* --- signals -------------------------------------------------------------
 *
 * Handlers have no argument of ours, so this is the one place with globals:
 * the pipe that wakes the loop, and what a crash needs to leave the terminal
 * usable.
 */

static int wake_pipe[2] = { -1, -1 };
static struct {
	volatile sig_atomic_t armed;
	int fd;
	bool has_state;
	struct termios state;
	char reset[256];
	size_t reset_len;
} crash;

static const struct {
	int number;
	unsigned char bit;
} signals[] = {
	{ SIGWINCH, TERM_RESIZED },
	{ SIGINT, TERM_INTERRUPT },
	{ SIGTERM, TERM_TERMINATE },
	{ SIGHUP, TERM_HANGUP },
	{ SIGCONT, TERM_CONTINUED },
};

static void on_signal(int number)
{
	int saved = errno;

	for (size_t i = 0; i < ARRAY_SIZE(signals); i++)
		if (signals[i].number == number && write(wake_pipe[1], &signals[i].bit, 1) < 0)
			break; /* the pipe is full: the loop is awake already */
	errno = saved;
}

static void on_crash(int number)
{
	if (crash.armed) {
		crash.armed = 0;
		if (write(crash.fd, crash.reset, crash.reset_len) < 0)
			number = number + 0; /* nothing left to do about it */
		if (crash.has_state)
			tcsetattr(crash.fd, TCSANOW, &crash.state);
	}
	signal(number, SIG_DFL);
	raise(number);
}

static void take_signal(struct term *t, int number, void (*handler)(int), int flags)
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_handler = handler;
	action.sa_flags = flags;
	sigemptyset(&action.sa_mask);
	sigaction(number, &action, &t->old[number]);
}

static bool open_pipe(void)
{
	if (pipe(wake_pipe)) {
		wake_pipe[0] = wake_pipe[1] = -1;
		return false;
	}
	for (int i = 0; i < 2; i++) {
		fcntl(wake_pipe[i], F_SETFL, O_NONBLOCK);
		fcntl(wake_pipe[i], F_SETFD, FD_CLOEXEC);
	}
	return true;
}

/* After newterm, which takes some of them for itself. */
static void take_signals(struct term *t)
{
	for (size_t i = 0; i < ARRAY_SIZE(signals); i++)
		take_signal(t, signals[i].number, on_signal, SA_RESTART);
	take_signal(t, SIGTSTP, SIG_IGN, 0);
	take_signal(t, SIGSEGV, on_crash, (int)SA_RESETHAND);
	take_signal(t, SIGBUS, on_crash, (int)SA_RESETHAND);
	take_signal(t, SIGABRT, on_crash, (int)SA_RESETHAND);
}

static void give_signals(struct term *t)
{
	static const int others[] = { SIGTSTP, SIGSEGV, SIGBUS, SIGABRT };

	for (size_t i = 0; i < ARRAY_SIZE(signals); i++)
		sigaction(signals[i].number, &t->old[signals[i].number], NULL);
	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		sigaction(others[i], &t->old[others[i]], NULL);
}

unsigned term_signals(struct term *t)
{
	unsigned char bits[64];
	unsigned got = 0;
	ssize_t n;

	(void)t;
	while ((n = read(wake_pipe[0], bits, sizeof(bits))) > 0)
		for (ssize_t i = 0; i < n; i++)
			got |= bits[i];
	return got;
}

/* --- modes the terminal is put in ---------------------------------------- */

static void send(struct term *t, const char *text, size_t len)
{
	while (len && !t->gone) {
		ssize_t n = write(t->out, text, len);

		if (n < 0 && errno == EAGAIN) {
			struct pollfd room = { .fd = t->out, .events = POLLOUT };

			poll(&room, 1, -1);
		} else if (n < 0 && errno != EINTR) {
			t->gone = true;
		} else if (n > 0) {
			text += n;
			len -= (size_t)n;
		}
	}
}

static void sends(struct term *t, const char *text)
{
	send(t, text, strlen(text));
}

/* Terminals that know no private modes would show them: those of the VT100 age
 * read them to the final byte as well, so only "dumb" ones are spared. */
static void modes_on(struct term *t)
{
	sends(t, "\033[?2004h");
	if (t->mouse)
		sends(t, "\033[?1000h\033[?1006h");
}

static void modes_off(struct term *t)
{
	sends(t, "\033[?2004l");
	if (t->mouse)
		sends(t, "\033[?1006l\033[?1000l");
}

void term_mouse(struct term *t, bool on)
{
	if (t->mouse == on)
		return;
	t->mouse = on;
	sends(t, on ? "\033[?1000h\033[?1006h" : "\033[?1006l\033[?1000l");
}

static const char *capability(const char *name)
{
	char *s = tigetstr((NCURSES_CONST char *)name);

	return s && s != (char *)-1 ? s : "";
}

static void arm_crash(struct term *t)
{
	int n = snprintf(crash.reset, sizeof(crash.reset),
		"\033[?2004l\033[?1006l\033[?1000l%s%s%s\r\n", capability("sgr0"),
		capability("cnorm"), capability("rmcup"));

	crash.reset_len = n > 0 && n < (int)sizeof(crash.reset) ? (size_t)n : 0;
	crash.fd = t->out;
	crash.state = t->before;
	crash.has_state = t->has_before;
	crash.armed = 1;
}

/* --- open and close ------------------------------------------------------ */

static bool locale_is_utf8(void)
{
	return !strcmp(nl_langinfo(CODESET), "UTF-8");
}

bool term_is_remote(void)
{
	return getenv("SSH_CONNECTION") || getenv("SSH_TTY") || getenv("SSH_CLIENT");
}

enum look_id term_guess_look(void)
{
	const char *type = getenv("TERM");

	if (!locale_is_utf8())
		return LOOK_ASCII;
	return term_is_remote() || (type && !strncmp(type, "linux", 5)) ? LOOK_WINDOWS : LOOK_RICH;
}

/* Which terminals pass no paste marks: their pastes come as a burst of keys. */
static bool marks_no_paste(const char *type)
{
	return !getenv("TMUX") && (!strncmp(type, "linux", 5) || !strncmp(type, "screen", 6) ||
					  !strncmp(type, "vt", 2));
}

/* A terminal newer than the system's terminfo speaks xterm's language anyway. */
static SCREEN *open_screen(const char *type, FILE *out, FILE *in)
{
	SCREEN *screen = newterm(type, out, in);

	if (!screen && strcmp(type, "dumb"))
		screen = newterm(strstr(type, "256") ? "xterm-256color" : "xterm", out, in);
	return screen;
}

static void set_up_curses(void)
{
	raw();
	noecho();
	nonl();
	idlok(stdscr, TRUE);
	leaveok(stdscr, FALSE);
	scrollok(stdscr, FALSE);
	typeahead(-1); /* a key that waits must not cut an update short */
	if (has_colors()) {
		start_color();
		use_default_colors();
	}
}

/*
 * Until endwin was called once, ncurses 6.4 sends what it has at every motion of the
 * cursor: two hundred packets a screen, where one does. Called here, its bytes go
 * nowhere; the first paint begins the screen anew.
 */
static void gather_output(struct term *t)
{
	int fd = fileno(t->files[1]);
	int saved = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (saved >= 0 && nowhere >= 0 && dup2(nowhere, fd) == fd) {
		endwin();
		dup2(saved, fd);
		fcntl(fd, F_SETFD, FD_CLOEXEC);
	}
	if (saved >= 0)
		close(saved);
	if (nowhere >= 0)
		close(nowhere);
}

static void release(struct term *t)
{
	for (int i = 0; i < 2; i++) {
		if (t->files[i])
			fclose(t->files[i]);
		if (wake_pipe[i] >= 0)
			close(wake_pipe[i]);
		wake_pipe[i] = -1;
	}
	keyin_release(&t->keys);
	free(t);
}

struct term *term_open(const struct term_opts *opts, struct err *err)
{
	const char *type = opts->type ? opts->type : getenv("TERM");
	struct term *t;

	if (!type || !*type || !strcmp(type, "dumb") ||
		(!opts->any_tty && (!isatty(opts->in) || !isatty(opts->out)))) {
		err_set(err, ERR_TERMINAL, type && *type ? type : "?", "no terminal");
		return NULL;
	}
	t = mem_zalloc(1, sizeof(*t));
	t->in = opts->in;
	t->out = opts->out;
	t->mouse = opts->mouse;
	t->has_before = !tcgetattr(opts->in, &t->before);
	keyin_init(&t->keys, locale_is_utf8());
	t->keys.burst = marks_no_paste(type);
	if (opts->esc_ms)
		t->keys.esc_ms = opts->esc_ms;
	t->files[0] = fdopen(fcntl(opts->in, F_DUPFD_CLOEXEC, 3), "r");
	t->files[1] = fdopen(fcntl(opts->out, F_DUPFD_CLOEXEC, 3), "w");
	if (!t->files[0] || !t->files[1] || !open_pipe()) {
		err_set_errno(err, ERR_TERMINAL, type);
		goto fail;
	}
	t->screen = open_screen(type, t->files[1], t->files[0]);
	if (!t->screen) {
		err_set(err, ERR_TERMINAL, type, "newterm refused it");
		goto fail;
	}
	take_signals(t);
	set_up_curses();
	gather_output(t);
	arm_crash(t);
	term_resize(t, opts->rows, opts->cols);
	modes_on(t);
	return t;
fail:
	release(t);
	return NULL;
}

void term_close(struct term *t)
{
	if (!t)
		return;
	crash.armed = 0;
	if (!t->gone) {
		modes_off(t);
		endwin();
	}
	give_signals(t);
	delscreen(t->screen);
	release(t);
}

/* --- input --------------------------------------------------------------- */

int term_input_fd(const struct term *t)
{
	return t->in;
}

int term_signal_fd(const struct term *t)
{
	(void)t;
	return wake_pipe[0];
}

bool term_read(struct term *t, int64_t now)
{
	char bytes[READ_MAX];
	ssize_t n = read(t->in, bytes, sizeof(bytes));

	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return true;
	if (n <= 0)
		return false;
	keyin_feed(&t->keys, bytes, (size_t)n);
	t->last_ms = now;
	return true;
}

static void mark_double(struct term *t, int64_t now, struct mouse *m)
{
	if (m->what != MOUSE_PRESS)
		return;
	m->again = m->y == t->press.y && m->x == t->press.x && m->button == t->press.button &&
		   now - t->press_ms <= DOUBLE_CLICK_MS;
	t->press = *m;
	t->press_ms = m->again ? 0 : now;
}

bool term_next(struct term *t, int64_t now, struct input *out)
{
	if (!keyin_next(&t->keys, out))
		return false;
	if (out->kind == INPUT_MOUSE)
		mark_double(t, now, &out->mouse);
	return true;
}

int term_wait(const struct term *t, int64_t now)
{
	int wait = keyin_wait(&t->keys);
	int64_t left = t->last_ms + wait - now;

	if (wait < 0)
		return -1;
	return left > 0 ? (int)left : 0;
}

void term_timeout(struct term *t, int64_t now)
{
	if (term_wait(t, now) != 0)
		return;
	keyin_timeout(&t->keys);
	t->last_ms = now;
}

/* --- output -------------------------------------------------------------- */

bool term_resize(struct term *t, int rows, int cols)
{
	struct winsize size;

	if (!rows && !ioctl(t->out, TIOCGWINSZ, &size)) {
		rows = size.ws_row;
		cols = size.ws_col;
	}
	if (rows <= 0 || cols <= 0 || (rows == LINES && cols == COLS))
		return false;
	resizeterm(rows, cols);
	return true;
}

int term_colours(const struct term *t)
{
	(void)t;
	return has_colors() ? COLORS : 0;
}

bool term_paint(struct term *t, const struct canvas *c)
{
	if (t->gone)
		return false;
	if (c->moved)
		move(c->cursor_y, c->cursor_x);
	wnoutrefresh(stdscr);
	errno = 0;
	doupdate();
	return !(errno == EIO || errno == EPIPE || errno == ENXIO);
}

void term_redraw(struct term *t)
{
	(void)t;
	clearok(stdscr, TRUE);
}

static void add_base64(struct strbuf *out, const unsigned char *p, size_t len)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < len; i += 3) {
		unsigned v = (unsigned)p[i] << 16;

		if (i + 1 < len)
			v |= (unsigned)p[i + 1] << 8;
		if (i + 2 < len)
			v |= p[i + 2];
		strbuf_addc(out, digits[v >> 18]);
		strbuf_addc(out, digits[v >> 12 & 63]);
		strbuf_addc(out, i + 1 < len ? digits[v >> 6 & 63] : '=');
		strbuf_addc(out, i + 2 < len ? digits[v & 63] : '=');
	}
}

void term_copy(struct term *t, const char *text)
{
	struct strbuf out = STRBUF_INIT_MAX(2 * COPY_MAX);
	size_t len = strlen(text);

	if (len > COPY_MAX)
		return;
	strbuf_adds(&out, "\033]52;c;");
	add_base64(&out, (const unsigned char *)text, len);
	strbuf_adds(&out, "\a");
	send(t, out.buf, out.len);
	strbuf_release(&out);
}

void term_lend(struct term *t)
{
	modes_off(t);
	endwin();
}

void term_suspend(struct term *t)
{
	struct sigaction ours;

	term_lend(t);
	sigaction(SIGTSTP, &t->old[SIGTSTP], &ours);
	kill(0, SIGTSTP); /* the group: a script that started us stops too */
	sigaction(SIGTSTP, &ours, NULL);
	term_resume(t); /* also where there is no shell to go back to: nothing stopped */
}

void term_resume(struct term *t)
{
	reset_prog_mode();
	modes_on(t);
	term_resize(t, 0, 0);
	clearok(stdscr, TRUE);
}

void term_lost(struct term *t)
{
	t->gone = true;
}
