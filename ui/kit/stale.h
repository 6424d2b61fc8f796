/* What a handler made out of date; the loop does the rest, once per wake-up. */
#ifndef STALE_H
#define STALE_H

enum stale {
	STALE_NONE = 0,
	STALE_PAINT = 1 << 0,  /* draw again */
	STALE_RELOAD = 1 << 1, /* ask the data again, then draw */
	STALE_REFLOW = 1 << 2, /* places and widths, then draw */
	STALE_POP = 1 << 3,    /* close this screen or this box */
	STALE_QUIT = 1 << 4,   /* end the program's screens */
	STALE_PASS = 1 << 5,   /* not mine: the next may have it */
};

#endif
