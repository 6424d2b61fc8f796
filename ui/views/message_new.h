/*
 * A message to one customer: the channel, a template or one's own words, how it will be
 * read, and then it goes. Main thread.
 */
#ifndef MESSAGE_NEW_H
#define MESSAGE_NEW_H

#include "acts.h"

unsigned message_new(struct acts *a, int64_t id);

#endif
