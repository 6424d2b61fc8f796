/*
 * When people may be written to: hours of the day on days of the week, on the clock of
 * the wall where they are. Pure; any thread. Instants are UTC seconds.
 */
#ifndef SEND_HOURS_H
#define SEND_HOURS_H

#include <stdbool.h>
#include <stdint.h>

#include "compiler.h"
#include "lang.h"
#include "strbuf.h"
#include "tz.h"

#define SEND_HOURS_WEEK ((UINT32_C(1) << 7) - 1)
#define SEND_HOURS_AHEAD 400 /* days that are looked through */

struct send_hours {
	int from, until; /* minutes of the day, `until` exclusive; at most 1440 */
	uint32_t days;	 /* a bit a weekday, Monday the lowest */
	bool holidays;	 /* on public holidays too */
};

/* At any time. */
void send_hours_init(struct send_hours *h);
/* From the values of a country's rules CR_SMS_HOURS, "08:00-20:00", and CR_SMS_DAYS,
 * "MON_SAT" or "ALL"; false, and *h as it was, when they are not valid. */
bool send_hours_parse(const char *hours, const char *days, struct send_hours *h) MUST_USE;
/* Appends "08:00-20:00 Mon-Sat", "08:00-20:00 lun.-sam.", "08:00-20:00 Mon, Wed-Fri";
 * of the whole week the hours alone. */
void send_hours_add(struct strbuf *out, const struct send_hours *h, enum lang lang);
/*
 * The first instant from `at` on that is allowed by the clock of `tz`: `at` itself if it
 * is. INT64_MAX when there is none on that day or in the SEND_HOURS_AHEAD after it.
 * `holiday` says whether a day is one there; NULL: none is. Of an hour that the clock
 * shows twice both are allowed; one that it jumps over begins where it lands.
 */
int64_t send_hours_next(const struct send_hours *h, const struct tz *tz,
	bool (*holiday)(void *data, int32_t day), void *data, int64_t at) MUST_USE;

#endif
