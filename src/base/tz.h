/*
 * Time zones: what a clock on the wall of a place shows at an instant, and the
 * instant at which it shows a time. Read from the system's TZif files (RFC 8536,
 * versions 1 to 4) under $TZDIR or /usr/share/zoneinfo, since the C library's
 * zone is global to the process and a store has customers in many.
 *
 * A handle is read-only once loaded: any number of threads may share it.
 */
#ifndef TZ_H
#define TZ_H

#include <stdbool.h>
#include <stdint.h>

#include "compiler.h"
#include "err.h"

struct tz;

/* A time of day in a zone. */
struct tz_time {
	int32_t day; /* date.h */
	int minute;  /* of the day, 0..1439 */
	int second;  /* of the minute, 0..59: our instants count no leap seconds */
};

/* Loads "Europe/Paris", *owned* by the caller. "UTC" needs no file. NULL with
 * ERR_TZ_UNKNOWN (also for a name that leads out of the folder) or ERR_TZ_DAMAGED. */
struct tz *tz_load(const char *name, struct err *err) MUST_USE;
/* NULL is allowed. */
void tz_free(struct tz *tz);
/* *Borrowed until* tz_free. */
const char *tz_name(const struct tz *tz) MUST_USE;

/* Seconds that the zone is ahead of UTC at an instant. */
int32_t tz_offset_at(const struct tz *tz, int64_t instant) MUST_USE;
struct tz_time tz_local(const struct tz *tz, int64_t instant) MUST_USE;
/* The instant at which the zone's clock shows `second` (0..86399) of `day`. A
 * time that the clock jumps over moves forward by as much as it jumps: 2:30
 * becomes 3:30. Of a time that it shows twice, the first. */
int64_t tz_instant(const struct tz *tz, int32_t day, int32_t second) MUST_USE;

#endif
