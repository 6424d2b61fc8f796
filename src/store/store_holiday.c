#include "store_holiday.h"

#include "stmt.h"

#define HOLIDAYS_MOST 2000

bool store_holidays(struct db *db, int64_t company_id, const char *country, struct arena *a,
	struct calendar_day **out, int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_HOLIDAYS);
	struct calendar_day *days = arena_zalloc(a, HOLIDAYS_MOST, sizeof(*days));
	enum step step = STEP_DONE;
	int n = 0;

	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "country", country);
	stmt_i64(q, "n", HOLIDAYS_MOST);
	while (n < HOLIDAYS_MOST && (step = stmt_step(q, err)) == STEP_ROW) {
		days[n++] = (struct calendar_day){
			.day = (int32_t)col_i64(q, 0),
			.name = col_dup(q, 1, a),
			.off = col_i64(q, 2),
		};
	}
	stmt_done(q);
	*out = days;
	*count = n;
	return step != STEP_FAIL;
}

bool store_holiday_put(struct db *db, int64_t company_id, const char *country,
	const struct calendar_day *day, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_HOLIDAY_PUT);

	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "country", country);
	stmt_i64(q, "day", day->day);
	stmt_text(q, "name", day->name);
	stmt_i64(q, "off", day->off);
	return stmt_run(q, err);
}
