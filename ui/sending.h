/*
 * Sending beside the screens: a thread that is there while there is something to send,
 * and only then. Another program that sends on this store has the work; this one takes
 * over when it ends. Main thread.
 */
#ifndef SENDING_H
#define SENDING_H

#include <stdbool.h>

struct desk;
struct sending;

/* After a launch, a resumption, or a commit of another program: begins where there is
 * something to send, and looks at it at once. */
void sending_poke(struct desk *d);
/* A message may be on its way, or soon will be: quitting is asked about. */
bool sending_busy(const struct desk *d);
/* No new message, what is on its way finishes; with `finish` only once nothing more can
 * go. Waits. */
void sending_end(struct desk *d, bool finish);

#endif
