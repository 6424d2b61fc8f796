/*
 * The terminal: raw mode, curses' screen for output, our own decoder for input,
 * signals as a descriptor to poll. Owns the process's terminal state and the
 * handlers of WINCH, INT, TERM, HUP, CONT, SEGV and ABRT from term_open to
 * term_close; one at a time in a program. Main thread.
 *
 * Input never goes through curses: it would know only what TERM says, and PuTTY
 * says xterm.
 */
#ifndef TERM_H
#define TERM_H

#include <stdint.h>

#include "draw.h"
#include "err.h"
#include "input.h"

struct term;

struct term_opts {
	const char *type; /* NULL: $TERM */
	int in, out;	  /* descriptors, *borrowed until* term_close */
	int rows, cols;	  /* 0: ask the terminal */
	bool any_tty;	  /* `in` and `out` need not be a terminal (tests) */
	int esc_ms;	  /* 0: KEYIN_ESC_MS */
	bool mouse;
};

/* Signals that came, as bits of term_signals(). */
enum term_signal {
	TERM_RESIZED = 1 << 0,
	TERM_INTERRUPT = 1 << 1, /* kill -INT: as Ctrl-C */
	TERM_TERMINATE = 1 << 2,
	TERM_HANGUP = 1 << 3,
	TERM_CONTINUED = 1 << 4,
};

struct term *term_open(const struct term_opts *opts, struct err *err) MUST_USE;
/* Gives the terminal back as it was. */
void term_close(struct term *t);

int term_input_fd(const struct term *t);
int term_signal_fd(const struct term *t);
/* Takes the signals that came since the last call. */
unsigned term_signals(struct term *t) MUST_USE;
/* Reads what is there; false when the terminal is gone. `now` in milliseconds
 * of a clock that only goes forward. */
bool term_read(struct term *t, int64_t now) MUST_USE;
/* The next event; false when there is none. */
bool term_next(struct term *t, int64_t now, struct input *out) MUST_USE;
/* Milliseconds until term_timeout is due, -1 for never. */
int term_wait(const struct term *t, int64_t now) MUST_USE;
void term_timeout(struct term *t, int64_t now);

/* Asks the terminal for its size and tells curses; false when it is the same. */
bool term_resize(struct term *t, int rows, int cols);
int term_colours(const struct term *t);
/* Sends what was drawn since the last call; false when the terminal is gone. */
bool term_paint(struct term *t, const struct canvas *c) MUST_USE;
/* Forgets what the terminal shows: the next paint sends everything. */
void term_redraw(struct term *t);
void term_mouse(struct term *t, bool on);
/* Puts text into the clipboard of terminals that allow it (OSC 52). */
void term_copy(struct term *t, const char *text);
/* Stops the program until SIGCONT, with the terminal as it was before; after it
 * everything is painted again. */
void term_suspend(struct term *t);
/* Gives the terminal to a program that is run now; term_resume takes it back. */
void term_lend(struct term *t);
/* The terminal is gone: nothing is written to it any more. */
void term_lost(struct term *t);
/* After SIGCONT or term_lend: raw mode again, everything is painted again. */
void term_resume(struct term *t);

/* Are we over SSH? Then a mouse belongs to the terminal, and the fonts are
 * unknown. */
bool term_is_remote(void);
/* The look to start with: ASCII without UTF-8, Windows over SSH and on the Linux
 * console, whose fonts have no more, else rich. */
enum look_id term_guess_look(void);

#endif
