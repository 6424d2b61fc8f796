/*
 * The company's own calendar: public holidays it adds to those the program knows, or
 * takes away.
 */
#ifndef STORE_HOLIDAY_H
#define STORE_HOLIDAY_H

#include "arena.h"
#include "db.h"

struct calendar_day {
	int32_t day;
	const char *name;
	bool off; /* false: no holiday here, whatever the program knows */
};

/* In the order of days. */
bool store_holidays(struct db *db, int64_t company_id, const char *country, struct arena *a,
	struct calendar_day **out, int *count, struct err *err) MUST_USE;
/* Inside a write transaction; replaces one of the same day. */
bool store_holiday_put(struct db *db, int64_t company_id, const char *country,
	const struct calendar_day *day, struct err *err) MUST_USE;

#endif
