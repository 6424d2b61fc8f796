#include "store_counter.h"

#include "consent.h"
#include "stmt.h"

#define CHURN_HIGH 7 /* tenths */

static const char *const names[COUNTER_COUNT] = {
	[COUNTER_CUSTOMERS] = "customers",
	[COUNTER_ACTIVE] = "active",
	[COUNTER_SCORE_SUM] = "score_sum",
	[COUNTER_CHURN_HIGH] = "churn_high",
	[COUNTER_OVERDUE] = "overdue",
	[COUNTER_OVERDUE_SUM] = "overdue_sum",
	[COUNTER_OVERDUE_30] = "overdue_30",
	[COUNTER_OVERDUE_60] = "overdue_60",
	[COUNTER_OVERDUE_90] = "overdue_90",
	[COUNTER_REVENUE_SUM] = "revenue_sum",
	[COUNTER_SEGMENT + SEGMENT_VIP] = "segment.VIP",
	[COUNTER_SEGMENT + SEGMENT_LOYAL] = "segment.LOYAL",
	[COUNTER_SEGMENT + SEGMENT_REGULAR] = "segment.REGULAR",
	[COUNTER_SEGMENT + SEGMENT_OCCASIONAL] = "segment.OCCASIONAL",
	[COUNTER_SEGMENT + SEGMENT_AT_RISK] = "segment.AT_RISK",
	[COUNTER_REACH + CHANNEL_EMAIL] = "reach.EMAIL",
	[COUNTER_REACH + CHANNEL_SMS] = "reach.SMS",
	[COUNTER_REACH + CHANNEL_WHATSAPP] = "reach.WHATSAPP",
	[COUNTER_REACH + CHANNEL_FACEBOOK] = "reach.FACEBOOK",
	[COUNTER_REACH + CHANNEL_INSTAGRAM] = "reach.INSTAGRAM",
};

const char *counter_name(enum counter counter)
{
	return names[counter];
}

static void tally_scores(struct tally *t, int sign, const struct customer_score *s)
{
	t->by[COUNTER_ACTIVE] += sign * s->active;
	t->by[COUNTER_SCORE_SUM] += sign * s->score;
	t->by[COUNTER_CHURN_HIGH] += sign * (s->churn >= CHURN_HIGH);
	t->by[COUNTER_OVERDUE] += sign * (s->overdue > 0);
	t->by[COUNTER_OVERDUE_SUM] += sign * s->overdue;
	t->by[COUNTER_OVERDUE_30] += sign * s->overdue_30;
	t->by[COUNTER_OVERDUE_60] += sign * s->overdue_60;
	t->by[COUNTER_OVERDUE_90] += sign * s->overdue_90;
	t->by[COUNTER_REVENUE_SUM] += sign * s->revenue;
	t->by[COUNTER_SEGMENT + (int)s->segment] += sign;
}

static void tally_channel(struct tally *t, int64_t n, uint32_t consents, enum channel channel)
{
	if (consent_may_send(consents, channel, false))
		t->by[COUNTER_REACH + (int)channel] += n;
}

static void tally_many(
	struct tally *t, int64_t n, uint32_t consents, bool has_email, bool has_phone)
{
	if (has_email)
		tally_channel(t, n, consents, CHANNEL_EMAIL);
	if (has_phone) {
		tally_channel(t, n, consents, CHANNEL_SMS);
		tally_channel(t, n, consents, CHANNEL_WHATSAPP);
	}
}

void tally_reach(struct tally *t, int sign, uint32_t consents, bool has_email, bool has_phone)
{
	tally_many(t, sign, consents, has_email, has_phone);
}

void tally_handle(struct tally *t, int sign, uint32_t consents, enum channel channel)
{
	tally_channel(t, sign, consents, channel);
}

void tally_customer(struct tally *t, int sign, const struct customer_score *score,
	uint32_t consents, bool has_email, bool has_phone)
{
	t->by[COUNTER_CUSTOMERS] += sign;
	tally_scores(t, sign, score);
	tally_reach(t, sign, consents, has_email, has_phone);
}

bool store_counter_apply(struct db *db, int64_t company_id, struct tally *tally, struct err *err)
{
	for (int i = 0; i < COUNTER_COUNT; i++) {
		struct stmt *q;

		if (!tally->by[i])
			continue;
		q = stmt_use(db, SQL_COUNTER_ADD);
		stmt_i64(q, "company_id", company_id);
		stmt_text(q, "name", names[i]);
		stmt_i64(q, "value", tally->by[i]);
		if (!stmt_run(q, err))
			return false;
		tally->by[i] = 0;
	}
	return true;
}

bool store_counter_read(struct db *db, int64_t company_id, struct tally *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_COUNTER_READ);
	enum step step;

	*out = (struct tally)TALLY_INIT;
	stmt_i64(q, "company_id", company_id);
	while ((step = stmt_step(q, err)) == STEP_ROW)
		for (int i = 0; i < COUNTER_COUNT; i++)
			if (!strcmp(names[i], col_text(q, 0)))
				out->by[i] = col_i64(q, 1);
	stmt_done(q);
	return step == STEP_DONE;
}

static bool count_scores(struct db *db, int64_t company_id, struct tally *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_COUNTER_COUNT_SCORES);
	enum step step;

	stmt_i64(q, "company_id", company_id);
	while ((step = stmt_step(q, err)) == STEP_ROW) {
		enum segment segment;

		if (segment_parse(col_text(q, 0), &segment))
			out->by[COUNTER_SEGMENT + (int)segment] = col_i64(q, 1);
		out->by[COUNTER_ACTIVE] += col_i64(q, 2);
		out->by[COUNTER_SCORE_SUM] += col_i64(q, 3);
		out->by[COUNTER_CHURN_HIGH] += col_i64(q, 4);
		out->by[COUNTER_OVERDUE] += col_i64(q, 5);
		out->by[COUNTER_OVERDUE_SUM] += col_i64(q, 6);
		out->by[COUNTER_OVERDUE_30] += col_i64(q, 7);
		out->by[COUNTER_OVERDUE_60] += col_i64(q, 8);
		out->by[COUNTER_OVERDUE_90] += col_i64(q, 9);
		out->by[COUNTER_REVENUE_SUM] += col_i64(q, 10);
	}
	stmt_done(q);
	return step == STEP_DONE;
}

static bool count_reach(struct db *db, int64_t company_id, struct tally *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_COUNTER_COUNT_REACH);
	enum step step;

	stmt_i64(q, "company_id", company_id);
	while ((step = stmt_step(q, err)) == STEP_ROW) {
		out->by[COUNTER_CUSTOMERS] += col_i64(q, 3);
		tally_many(
			out, col_i64(q, 3), (uint32_t)col_i64(q, 0), col_i64(q, 1), col_i64(q, 2));
	}
	stmt_done(q);
	return step == STEP_DONE;
}

static bool count_handles(struct db *db, int64_t company_id, struct tally *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_COUNTER_COUNT_HANDLES);
	enum step step;

	stmt_i64(q, "company_id", company_id);
	while ((step = stmt_step(q, err)) == STEP_ROW) {
		enum channel channel;

		if (channel_parse(col_text(q, 1), &channel))
			tally_channel(out, col_i64(q, 2), (uint32_t)col_i64(q, 0), channel);
	}
	stmt_done(q);
	return step == STEP_DONE;
}

bool store_counter_count(struct db *db, int64_t company_id, struct tally *out, struct err *err)
{
	*out = (struct tally)TALLY_INIT;
	return count_scores(db, company_id, out, err) && count_reach(db, company_id, out, err) &&
	       count_handles(db, company_id, out, err);
}
