/*
 * Small pieces of text the kit itself writes: counts and durations in the
 * language of the screens. Main thread.
 */
#ifndef WORDS_H
#define WORDS_H

#include <stdint.h>

#include "strbuf.h"

/* A count with its thousands apart: 1 240 in French, 1,240 in English. */
void words_count(struct strbuf *out, int64_t n);
/* About how long: "3 s", "2 min", "1 h 05". */
void words_duration(struct strbuf *out, int64_t seconds);

#endif
