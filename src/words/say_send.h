/*
 * What both front ends say of campaigns: why messages wait, what a check found, who is
 * left out. As say.h.
 */
#ifndef SAY_SEND_H
#define SAY_SEND_H

#include "campaign_count.h"
#include "finding.h"
#include "say.h"

struct tz;

/* "SMS: all limits are reached (Orange), until 14:05" or "..., until somebody acts": why
 * messages wait. The hour alone where it is today, by the clock of `tz`. */
void say_wait(struct strbuf *out, const struct campaign_wait *wait, const struct tz *tz,
	int64_t now, enum lang lang);
/* What a check found, one sentence without its mark; with the place of what is wrong in a
 * text. */
void say_finding(struct strbuf *out, const struct finding *f, const struct say_style *style);
/* "12 people: have not agreed to it": those left out for a reason. */
void say_left_out(struct strbuf *out, enum message_reason reason, int64_t n, enum lang lang);
/* "214 found, 3 not: lines 4, 17, 90": what came of a list of customers; the first lines. */
void say_list(struct strbuf *out, size_t found, const int64_t *lines, size_t n, enum lang lang);
/* "2 h 10 min", "3 days", "less than a minute". */
void say_duration(struct strbuf *out, int64_t seconds);

#endif
