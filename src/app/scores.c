#include "scores.h"

#include "date.h"
#include "db.h"
#include "json_out.h"
#include "money.h"
#include "percentile.h"
#include "rating.h"
#include "scores_run.h"
#include "store_company.h"
#include "store_counter.h"
#include "store_score.h"

#define HISTORY_MOST 400 /* a line a day, and 12 months */

/* --- recalculating one --- */

void scores_initial(const struct session *s, struct customer_score *out)
{
	rating_initial(s, out);
}

static bool refresh(struct session *s, struct rating *r, int64_t customer_id, struct tally *tally,
	struct scores_result *result, struct err *err)
{
	bool changed = false;
	struct rated rated;

	if (!rating_look(r, s->db, customer_id, &rated, err))
		return false;
	if (!rated.found)
		return true;
	if (!store_score_write(s->db, s->company.id, customer_id, &rated.stored, &rated.now, tally,
		    &changed, err))
		return false;
	result->done++;
	result->changed += changed;
	return true;
}

bool scores_refresh(struct session *s, int64_t customer_id, struct tally *tally, struct err *err)
{
	struct scores_result result = { 0 };
	struct rating r;
	bool ok = rating_init(&r, s, err) && refresh(s, &r, customer_id, tally, &result, err);

	rating_release(&r);
	return ok;
}

bool scores_audit(struct session *s, const char *subject, int64_t subject_id,
	const struct scores_result *result, bool stopped, struct err *err)
{
	struct strbuf detail = STRBUF_INIT;
	struct json_out o;
	bool ok;

	json_out_init_buf(&o, &detail, false);
	json_out_object(&o, NULL);
	json_out_int(&o, "done", result->done);
	json_out_int(&o, "changed", result->changed);
	if (stopped)
		json_out_bool(&o, "stopped", true);
	json_out_end(&o);
	ok = json_out_finish(&o, err) &&
	     session_audit(s, "scores.update", subject, subject_id, detail.buf, err);
	strbuf_release(&detail);
	return ok;
}

bool scores_update_one(
	struct session *s, int64_t customer_id, struct scores_result *result, struct err *err)
{
	struct tally tally = TALLY_INIT;
	struct rating r;
	bool ok;

	*result = (struct scores_result){ 0 };
	if (!session_ready(s, RIGHT_CUSTOMERS_CHANGE, err) || !db_write(s->db, err))
		return false;
	ok = rating_init(&r, s, err) && refresh(s, &r, customer_id, &tally, result, err);
	if (ok && !result->done)
		ok = err_set(err, ERR_GONE, "customer", "%lld", (long long)customer_id);
	ok = ok && store_counter_apply(s->db, s->company.id, &tally, err) &&
	     scores_audit(s, "customer", customer_id, result, false, err) && db_commit(s->db, err);
	db_rollback(s->db);
	rating_release(&r);
	return ok;
}

/* --- the explanation --- */

static void hint(const struct scores_why *why, enum score_goal goal, struct score_hint *out)
{
	if (!score_hint(&why->input, &why->thresholds, goal, out))
		out->count = 0;
}

static void explain(const struct rating *r, const struct rated *rated, struct scores_why *out)
{
	out->today = r->today;
	out->thresholds = r->thresholds;
	out->now = rated->now;
	out->stored = rated->stored;
	score_input_from(&out->input, &rated->facts, r->decimals);
	score_explain(&out->input, &out->thresholds, &out->why);
	hint(out, GOAL_RAISE_SCORE, &out->up);
	hint(out, GOAL_LOWER_SCORE, &out->down);
	hint(out, GOAL_RAISE_SEGMENT, &out->segment_up);
	hint(out, GOAL_LOWER_SEGMENT, &out->segment_down);
}

bool scores_explain(struct session *s, int64_t customer_id, struct arena *a, struct scores_why *out,
	struct err *err)
{
	struct rating r = { .today = 0 };
	struct rated rated;
	bool ok;

	*out = (struct scores_why){ .customer_id = customer_id };
	if (!session_ready(s, RIGHT_CUSTOMERS_READ, err) || !db_read(s->db, err))
		return false;
	ok = rating_init(&r, s, err) && rating_look(&r, s->db, customer_id, &rated, err);
	if (ok && rated.found) {
		out->found = true;
		explain(&r, &rated, out);
		ok = store_score_history(s->db, s->company.id, customer_id,
			date_add_months(r.today, -12), HISTORY_MOST, a, &out->history,
			&out->n_history, err);
	}
	db_read_end(s->db);
	rating_release(&r);
	return ok;
}

/* --- thresholds --- */

static void add_revenue(void *data, int64_t revenue)
{
	percentile_add(data, revenue);
}

bool scores_thresholds_propose(struct session *s, struct scores_proposal *out, struct err *err)
{
	struct percentile p;
	struct company c;

	*out = (struct scores_proposal){ .customers = 0 };
	if (!session_ready(s, RIGHT_CUSTOMERS_READ, err) ||
		!store_company_get(s->db, s->company.id, &c, err))
		return false;
	percentile_start(&p, money_decimals(c.currency));
	if (!store_score_revenues(s->db, c.id, add_revenue, &p, err))
		return false;
	out->now = (struct score_thresholds){ c.revenue_low, c.revenue_mid, c.revenue_high };
	out->customers = p.count;
	if (!percentile_thresholds(&p, &out->proposed))
		out->proposed = out->now;
	return true;
}

static bool audit_thresholds(struct session *s, const struct company *before,
	const struct score_thresholds *t, struct err *err)
{
	struct strbuf detail = STRBUF_INIT;
	struct json_out o;
	bool ok;

	json_out_init_buf(&o, &detail, false);
	json_out_object(&o, NULL);
	json_out_array(&o, "before");
	json_out_int(&o, NULL, before->revenue_low);
	json_out_int(&o, NULL, before->revenue_mid);
	json_out_int(&o, NULL, before->revenue_high);
	json_out_end(&o);
	json_out_array(&o, "after");
	json_out_int(&o, NULL, t->low);
	json_out_int(&o, NULL, t->mid);
	json_out_int(&o, NULL, t->high);
	json_out_end(&o);
	json_out_end(&o);
	ok = json_out_finish(&o, err) &&
	     session_audit(s, "company.thresholds", "company", before->id, detail.buf, err);
	strbuf_release(&detail);
	return ok;
}

static bool put_thresholds(
	struct session *s, const struct score_thresholds *t, struct company *c, struct err *err)
{
	if (!store_company_get(s->db, s->company.id, c, err) || !audit_thresholds(s, c, t, err))
		return false;
	c->revenue_low = t->low;
	c->revenue_mid = t->mid;
	c->revenue_high = t->high;
	return store_company_update(s->db, c, err);
}

bool scores_thresholds_accept(struct session *s, const struct score_thresholds *t, struct err *err)
{
	struct company c;
	bool ok;

	if (!session_ready(s, RIGHT_SETTINGS, err))
		return false;
	if (!score_thresholds_valid(t))
		return err_set(err, ERR_INVALID, "revenue thresholds", "%lld %lld %lld",
			(long long)t->low, (long long)t->mid, (long long)t->high);
	if (!db_write(s->db, err))
		return false;
	ok = put_thresholds(s, t, &c, err) && db_commit(s->db, err);
	db_rollback(s->db);
	if (ok)
		s->company = c;
	return ok;
}
