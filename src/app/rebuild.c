#include "rebuild.h"

#include <stdarg.h>

#include "arena.h"
#include "date.h"
#include "db.h"
#include "fold.h"
#include "mem.h"
#include "rating.h"
#include "scores.h"
#include "store_campaign.h"
#include "store_company.h"
#include "store_counter.h"
#include "store_customer.h"
#include "store_rebuild.h"

/* Customers a transaction: a few milliseconds each for others to wait. */
#define BATCH 500
#define CAMPAIGNS 100 /* read at once */

/* Calls `each` for every customer of the company, as its row is but normalised anew. */
struct walk {
	struct session *s;
	bool write; /* each batch is a write transaction */
	bool (*each)(struct walk *w, const struct customer *c, struct err *err);
	struct rebuild_report *report;
	struct rating rating;
	bool search; /* rebuild: add to the search, too */
};

static void differ(struct rebuild_report *r, const char *fmt, ...) PRINTF(2, 3);

static void differ(struct rebuild_report *r, const char *fmt, ...)
{
	va_list ap;

	if (r->differences++)
		return;
	va_start(ap, fmt);
	vsnprintf(r->first, sizeof(r->first), fmt, ap);
	va_end(ap);
}

static bool visit(struct walk *w, int64_t id, struct arena *a, struct err *err)
{
	struct customer c = CUSTOMER_INIT;

	if (!store_customer_get(w->s->db, w->s->company.id, id, a, &c, err))
		return false;
	if (!c.anonymised_at)
		customer_normalise(&c, &w->s->company, a);
	return w->each(w, &c, err);
}

static bool visit_batch(struct walk *w, int64_t *after, int *count, struct err *err)
{
	struct session *s = w->s;
	struct arena a = ARENA_INIT;
	int64_t ids[BATCH];
	bool ok = w->write ? db_write(s->db, err) : db_read(s->db, err);

	*count = 0;
	ok = ok && store_rebuild_ids(s->db, s->company.id, *after, BATCH, ids, count, err);
	for (int i = 0; ok && i < *count; i++) {
		ok = visit(w, ids[i], &a, err);
		arena_clear(&a);
	}
	if (w->write) {
		ok = ok && db_commit(s->db, err);
		db_rollback(s->db);
	} else
		db_read_end(s->db);
	if (*count)
		*after = ids[*count - 1];
	arena_release(&a);
	return ok;
}

static bool walk(struct walk *w, const struct progress *p, struct err *err)
{
	struct tally counters = TALLY_INIT;
	int64_t after = 0, done = 0;
	int count;

	if (!store_counter_read(w->s->db, w->s->company.id, &counters, err))
		return false;
	do {
		if (!progress_step(p, done, counters.by[COUNTER_CUSTOMERS]))
			return err_set(err, ERR_CANCELLED, NULL, "%s", "");
		if (!visit_batch(w, &after, &count, err))
			return false;
		done += count;
	} while (count == BATCH);
	return true;
}

/* --- making anew --- */

static bool add_score(struct walk *w, const struct customer *c, struct err *err)
{
	struct customer_score score;
	bool found;

	if (!store_score_get(w->s->db, c->company_id, c->id, &score, &found, err))
		return false;
	if (found == !c->merged_into)
		return true;
	if (found)
		return store_score_delete(w->s->db, c->company_id, c->id, err);
	scores_initial(w->s, &score);
	return store_score_insert(w->s->db, c->company_id, c->id, &score, err);
}

static bool make(struct walk *w, const struct customer *c, struct err *err)
{
	bool fits;

	if (!store_rebuild_fits(w->s->db, c, &fits, err))
		return false;
	if (!fits && !store_rebuild_write(w->s->db, c, err))
		return false;
	return add_score(w, c, err) && (!w->search || store_rebuild_search_add(w->s->db, c, err));
}

/* Search has no owner column, so all companies' entries go and come together. */
static bool make_companies(struct session *s, const struct progress *p, struct err *err)
{
	struct company chosen = s->company, *all;
	struct arena a = ARENA_INIT;
	bool ok;
	int n;

	ok = store_company_list(s->db, &a, &all, &n, err);
	for (int i = 0; ok && i < n; i++) {
		struct walk w = { .s = s, .write = true, .each = make, .search = true };

		s->company = all[i];
		ok = walk(&w, p, err);
	}
	s->company = chosen;
	arena_release(&a);
	return ok;
}

static bool clear_search(struct session *s, struct err *err)
{
	bool ok;

	if (!db_write(s->db, err))
		return false;
	ok = store_rebuild_search_clear(s->db, err) && db_commit(s->db, err);
	db_rollback(s->db);
	return ok;
}

/* Counters become what counting gives, whatever they were. */
static bool make_counters(struct session *s, struct err *err)
{
	struct tally is = TALLY_INIT, should = TALLY_INIT;
	bool ok = false;

	if (!db_write(s->db, err))
		return false;
	if (store_counter_read(s->db, s->company.id, &is, err) &&
		store_counter_count(s->db, s->company.id, &should, err)) {
		for (int i = 0; i < COUNTER_COUNT; i++)
			should.by[i] -= is.by[i];
		ok = store_counter_apply(s->db, s->company.id, &should, err) &&
		     session_audit(s, "store.rebuild", "", 0, "", err) && db_commit(s->db, err);
	}
	db_rollback(s->db);
	return ok;
}

static bool mark_folding(struct session *s, struct err *err)
{
	char version[16];
	bool ok;

	snprintf(version, sizeof(version), "%d", FOLD_VERSION);
	if (!db_write(s->db, err))
		return false;
	ok = store_meta_put(s->db, "fold_version", version, err) && db_commit(s->db, err);
	db_rollback(s->db);
	return ok;
}

/* --- campaigns --- */

/* Looked at first, so that nobody waits for what is right. */
static bool recount(struct session *s, int64_t id, bool write, int64_t *wrong, struct err *err)
{
	bool same, ok;

	if (!db_read(s->db, err))
		return false;
	ok = store_campaign_recount(s->db, id, false, &same, err);
	db_read_end(s->db);
	if (!ok || same)
		return ok;
	++*wrong;
	if (!write)
		return true;
	ok = db_write(s->db, err) && store_campaign_recount(s->db, id, true, &same, err) &&
	     db_commit(s->db, err);
	db_rollback(s->db);
	return ok;
}

bool rebuild_counts(struct session *s, bool write, int64_t *wrong, struct err *err)
{
	struct campaign_query query = { .company_id = s->company.id, .kind = -1, .status = -1 };
	struct arena a = ARENA_INIT;
	struct campaign *list;
	int64_t before = INT64_MAX;
	int n = CAMPAIGNS;
	bool ok = true;

	*wrong = 0;
	while (ok && n == CAMPAIGNS) {
		arena_clear(&a);
		ok = store_campaign_page(s->db, &query, before, CAMPAIGNS, &a, &list, &n, err);
		for (int i = 0; ok && i < n; i++)
			ok = recount(s, list[i].id, write, wrong, err);
		if (ok && n)
			before = list[n - 1].id;
	}
	arena_release(&a);
	return ok;
}

bool rebuild_all(struct session *s, const struct progress *p, struct err *err)
{
	struct scores_result unused;
	int64_t wrong;

	return session_ready(s, RIGHT_SETTINGS, err) && clear_search(s, err) &&
	       make_companies(s, p, err) && mark_folding(s, err) && make_counters(s, err) &&
	       rebuild_counts(s, true, &wrong, err) && scores_update_anew(s, p, &unused, err);
}

/* --- comparing --- */

static bool same_score(const struct customer_score *a, const struct customer_score *b)
{
	return a->score == b->score && a->segment == b->segment && a->behaviour == b->behaviour &&
	       a->churn == b->churn && a->revenue == b->revenue && a->purchases == b->purchases &&
	       a->has_delay == b->has_delay && (!a->has_delay || a->delay_days == b->delay_days) &&
	       a->last_purchase == b->last_purchase && a->last_interaction == b->last_interaction &&
	       a->lifetime_value == b->lifetime_value && a->satisfaction == b->satisfaction &&
	       a->overdue == b->overdue && a->overdue_30 == b->overdue_30 &&
	       a->overdue_60 == b->overdue_60 && a->overdue_90 == b->overdue_90 &&
	       a->overdue_since == b->overdue_since && a->active == b->active;
}

/* Scores move with the calendar: the row is right if it is right of a day it was made on. */
static bool score_fits(struct walk *w, int64_t id, bool *fits, struct err *err)
{
	int32_t today = w->rating.today;
	struct rated rated;

	if (!rating_look(&w->rating, w->s->db, id, &rated, err))
		return false;
	*fits = !rated.found || same_score(&rated.stored, &rated.now);
	if (*fits || rated.stored.computed_on == today)
		return true;
	w->rating.today = rated.stored.computed_on;
	if (!rating_look(&w->rating, w->s->db, id, &rated, err))
		return false;
	w->rating.today = today;
	*fits = same_score(&rated.stored, &rated.now);
	return true;
}

static bool compare(struct walk *w, const struct customer *c, struct err *err)
{
	bool fits;

	if (!store_rebuild_fits(w->s->db, c, &fits, err))
		return false;
	if (!fits)
		differ(w->report, "keys or consents of customer %lld", (long long)c->id);
	if (!score_fits(w, c->id, &fits, err))
		return false;
	if (!fits)
		differ(w->report, "score of customer %lld", (long long)c->id);
	return true;
}

static bool compare_counters(struct session *s, struct rebuild_report *r, struct err *err)
{
	struct tally is = TALLY_INIT, should = TALLY_INIT;
	bool ok;

	if (!db_read(s->db, err))
		return false;
	ok = store_counter_read(s->db, s->company.id, &is, err) &&
	     store_counter_count(s->db, s->company.id, &should, err);
	db_read_end(s->db);
	for (int i = 0; ok && i < COUNTER_COUNT; i++)
		if (is.by[i] != should.by[i])
			differ(r, "counter %s is %lld, should be %lld",
				counter_name((enum counter)i), (long long)is.by[i],
				(long long)should.by[i]);
	return ok;
}

static bool compare_rows(struct session *s, struct rebuild_report *r, struct err *err)
{
	int64_t search, unscored;

	if (!store_rebuild_search_check(s->db, &search, err) ||
		!store_rebuild_unscored(s->db, s->company.id, &unscored, err))
		return false;
	if (search)
		differ(r, "search lacks or has too much: %lld entries", (long long)search);
	if (unscored)
		differ(r, "%lld customers without a score, or merged with one",
			(long long)unscored);
	return true;
}

bool rebuild_compare(
	struct session *s, const struct progress *p, struct rebuild_report *report, struct err *err)
{
	struct walk w = { .s = s, .each = compare, .report = report };
	bool ok = session_ready(s, RIGHT_CUSTOMERS_READ, err) && rating_init(&w.rating, s, err) &&
		  walk(&w, p, err) && compare_counters(s, report, err) &&
		  compare_rows(s, report, err);

	rating_release(&w.rating);
	return ok;
}
