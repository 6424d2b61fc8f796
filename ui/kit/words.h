/*
 * Small pieces of text the kit itself writes, in the language of the screens.
 * Main thread.
 */
#ifndef WORDS_H
#define WORDS_H

#include <stdint.h>

#include "lang.h"
#include "strbuf.h"

/* The language the screens are in, as gettext sees it. */
enum lang words_lang(void) MUST_USE;
/* A count with its thousands apart: 1 240 in French, 1,240 in English. */
void words_count(struct strbuf *out, int64_t n);
/* About how long: "3 s", "2 min", "1 h 05". */
void words_duration(struct strbuf *out, int64_t seconds);
/* A day as it is typed: 03/11/2026 in French, 2026-11-03 in English. */
void words_day(struct strbuf *out, int32_t day);
/* Reads a day as people type it: any form of date_parse, a year of two digits
 * (20yy), 20/11 (the next one from `today` on), +3 (days from today). False when
 * it is none of these. */
bool words_read_day(const char *text, int32_t today, int32_t *day) MUST_USE;

#endif
