/*
 * A program on a pseudo-terminal of 120x40, measured from outside: the time from a key
 * to the last byte of the first picture that follows, and all bytes that come.
 */
#ifndef GUEST_H
#define GUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define PAINT_MS 5 /* what comes without such a gap is one picture */

struct guest {
	pid_t pid;
	int fd;
	bool cpu; /* its own time on the processor is what counts */
	int64_t began;
	int64_t first, last; /* end of the first picture after that, and of the last */
	size_t bytes;	     /* all that came */
	char seen[65536];    /* what the last wait brought, its end cut */
	size_t n;
};

void guest_start(struct guest *g, char *const *argv);
/* Reads until the terminal was silent for so long; false when nothing came at all. */
bool guest_wait_paint(struct guest *g, int first_ms, int silence_ms);
void guest_press(struct guest *g, const char *keys, int silence_ms);
/* Asks it to end, and waits. */
void guest_end(struct guest *g);
/* A line of /proc/PID/status, in kB. */
long guest_memory_kb(const struct guest *g, const char *field);

/* The least that a program can do on a terminal, to be compared with: answers each key by
 * one byte until the terminal is gone. */
int guest_echo(void);

#endif
