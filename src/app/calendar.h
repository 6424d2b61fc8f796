/*
 * When messages may go: the hours and days of the company's country, its public
 * holidays and what the company changed of them, in each customer's time zone. One
 * thread, the session's.
 */
#ifndef CALENDAR_H
#define CALENDAR_H

#include "arena.h"
#include "message.h"
#include "send_hours.h"
#include "session.h"
#include "store_holiday.h"
#include "vec.h"

struct tz;

struct calendar {
	char country[3];
	struct send_hours sms;
	struct calendar_day *days; /* of the company's own, in the arena; by day */
	int n_days;
	VEC(struct tz *) zones; /* owned: those asked for so far */
	const struct tz *last;
	struct tz *home; /* the company's; one of zones, or NULL for UTC */
	int32_t asked;	 /* the last day that was asked for, and whether it is a holiday */
	bool asked_off;
	struct arena arena;
};

/* Of the session's company. Released also after a failure. */
bool calendar_open(struct calendar *c, struct session *s, struct err *err) MUST_USE;
void calendar_release(struct calendar *c);

/* A person's zone: theirs, else the company's; one this machine does not know is the
 * company's. *Borrowed* from the calendar; NULL: UTC. */
const struct tz *calendar_zone(struct calendar *c, const char *name);
/* The first instant from `at` on at which a marketing message may go on the channel; `at`
 * itself for those that have no hours. */
int64_t calendar_next(struct calendar *c, enum channel channel, const char *zone, int64_t at);
/* Whether it is a public holiday for the company. */
bool calendar_holiday(const struct calendar *c, int32_t day);
/* The instant at which a clock in that zone shows what the company's shows at `at`. */
int64_t calendar_same_time(struct calendar *c, const char *zone, int64_t at);

#endif
