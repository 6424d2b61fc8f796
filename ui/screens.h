/*
 * The program with screens: opens the store, shows them, and lets work that goes
 * on come to its end when they are closed. Main thread.
 */
#ifndef SCREENS_H
#define SCREENS_H

struct screens_options {
	const char *store;    /* NULL: the user's own */
	const char *company;  /* NULL: the last one */
	const char *language; /* NULL: the user's preference, else the system's */
};

/* Returns the program's exit code. */
int screens_run(const struct screens_options *o);

#endif
