/*
 * Recalculating many customers: slices are read beside other writers and written
 * in short transactions.
 */
#include "scores_run.h"

#include <stdlib.h>

#include "db.h"
#include "lease.h"
#include "num.h"
#include "rating.h"
#include "store_company.h"
#include "store_counter.h"
#include "store_score.h"
#include "store_task.h"
#include "vec.h"

/* Settings of the company. */
#define POSITION "scores.position" /* day, revision of the company, last customer, done */
#define UPDATED "scores.updated"

#define SLICE_LOOK 20000 /* customers read at once, at most */
#define SLICE_FIRST 1000 /* of them changed, at first */
#define SLICE_LEAST 100
#define SLICE_MOST 8000
#define SLICE_SLOW_MS 60 /* a longer write makes the next slice smaller */
#define SLICE_FAST_MS 30
#define LEASE_RENEW_MS 10000
#define TURN_MS 50   /* between two looks whether another program has ended */
#define NEAR 8	     /* ids so close are read in one go */
#define KEPT_DAYS 30 /* a kept promise is put away so long after its day */

/* A row that the rules see otherwise than it is stored. */
struct change {
	int64_t customer_id;
	struct customer_score before, after;
};

struct run {
	struct session *s;
	struct rating rating;
	struct scores_result *result;
	int64_t next;	    /* the customers still to do begin here */
	const int64_t *ids; /* ascending, each once: only these; NULL: all */
	size_t n_ids;
	bool end;
	/* the slice at hand */
	VEC(struct change) changes;
	size_t most_changes;
	/* of a run over all */
	bool all;
	int64_t before; /* done by the run that this one goes on with */
	struct lease lease;
	int64_t renewed_ms;
};

static int64_t now_ms(const struct run *run)
{
	return run->s->clock.monotonic_ms(run->s->clock.data);
}

/* --- reading --- */

static size_t first_id_from(const struct run *run, int64_t from)
{
	size_t lo = 0, hi = run->n_ids;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (run->ids[mid] < from)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* Customers that are read in one go; `at` is the index of the first id. */
struct stretch {
	int64_t first, last;
	size_t at;
};

/* The next one from `from` on; false when none is left. */
static bool next_stretch(const struct run *run, int64_t from, struct stretch *out)
{
	size_t i;

	*out = (struct stretch){ .first = from, .last = INT64_MAX };
	if (!run->ids)
		return from < INT64_MAX;
	i = first_id_from(run, from);
	if (i == run->n_ids)
		return false;
	out->at = i;
	out->first = run->ids[i];
	while (i + 1 < run->n_ids && run->ids[i + 1] - run->ids[i] <= NEAR)
		i++;
	out->last = run->ids[i];
	return true;
}

static bool is_asked_for(const struct run *run, int64_t customer_id, size_t *at)
{
	if (!run->ids)
		return true;
	while (*at < run->n_ids && run->ids[*at] < customer_id)
		++*at;
	return *at < run->n_ids && run->ids[*at] == customer_id;
}

/* How far a slice was read. */
struct reach {
	int64_t looked;
	int64_t last; /* customer */
	bool full;    /* false: to the end */
};

static void judge(struct run *run, const struct customer_facts *f)
{
	struct change change = { .customer_id = f->customer_id, .before = f->stored };
	struct facts facts;

	rating_sum(&run->rating, f, &facts);
	rating_rate(&run->rating, &facts, f->last_note, f->anonymised, &change.after);
	if (!store_score_same(&change.before, &change.after))
		vec_push(&run->changes, change);
}

static bool read_stretch(
	struct run *run, struct stretch *stretch, struct reach *reach, struct err *err)
{
	struct score_scan *scan = store_score_scan(run->s->db, run->s->company.id, stretch->first,
		stretch->last, run->rating.until, err);
	struct customer_facts f;
	bool end = false, ok = scan;

	while (ok && !end && !reach->full) {
		ok = store_score_next(scan, &f, &end, err);
		if (!ok || end || !is_asked_for(run, f.customer_id, &stretch->at))
			continue;
		judge(run, &f);
		reach->looked++;
		reach->last = f.customer_id;
		reach->full = run->changes.len >= run->most_changes || reach->looked >= SLICE_LOOK;
	}
	store_score_scan_end(scan);
	return ok;
}

/* Reads on from run->next until the slice is full; what is to change is in
 * run->changes. */
static bool read_slice(struct run *run, struct reach *reach, struct err *err)
{
	struct stretch stretch;
	int64_t from = run->next;

	*reach = (struct reach){ .last = from - 1 };
	run->changes.len = 0;
	while (!reach->full && next_stretch(run, from, &stretch)) {
		if (!read_stretch(run, &stretch, reach, err))
			return false;
		if (stretch.last == INT64_MAX)
			break;
		from = stretch.last + 1;
	}
	return true;
}

/* --- writing --- */

static bool put_position(struct run *run, int64_t last, int64_t done, struct err *err)
{
	char text[96];

	snprintf(text, sizeof(text), "%d %lld %lld %lld", (int)run->rating.today,
		(long long)run->rating.company.revision, (long long)last, (long long)done);
	return store_setting_put(run->s->db, run->s->company.id, 0, POSITION, text, err);
}

static bool hold_lease(struct run *run, struct err *err)
{
	char name[48];
	bool held, ok;

	snprintf(name, sizeof(name), "scores.%lld", (long long)run->s->company.id);
	ok = run->lease.epoch ? lease_renew(run->s, &run->lease, &held, err)
			      : lease_take(run->s, name, &run->lease, &held, err);
	if (ok && !held)
		ok = err_set(err, ERR_SCORES_BUSY, run->s->company.name, "%s", name);
	if (ok)
		run->renewed_ms = now_ms(run);
	return ok;
}

static bool put_changes(struct run *run, struct scores_result *wrote, struct err *err)
{
	struct session *s = run->s;
	struct tally tally = TALLY_INIT;

	for (size_t i = 0; i < run->changes.len; i++) {
		const struct change *c = &run->changes.items[i];
		bool changed;

		if (!store_score_write(s->db, s->company.id, c->customer_id, &c->before, &c->after,
			    &tally, &changed, err))
			return false;
		wrote->changed += changed;
	}
	return store_counter_apply(s->db, s->company.id, &tally, err);
}

/* The next slice takes about as long as a writer may hold up the others. */
static void adapt(struct run *run, int64_t ms)
{
	if (ms > SLICE_SLOW_MS)
		run->most_changes /= 2;
	else if (ms < SLICE_FAST_MS)
		run->most_changes += run->most_changes / 2;
	if (run->most_changes < SLICE_LEAST)
		run->most_changes = SLICE_LEAST;
	if (run->most_changes > SLICE_MOST)
		run->most_changes = SLICE_MOST;
}

/*
 * Somebody may have committed since the slice was read: then it is read again
 * here, where nobody can, so that no stale score overwrites a newer one.
 */
static bool write_slice(struct run *run, int64_t data_version, struct reach *reach, struct err *err)
{
	struct scores_result wrote = { 0 };
	struct session *s = run->s;
	int64_t began;
	bool ok;

	if (!db_write(s->db, err))
		return false;
	began = now_ms(run);
	ok = db_data_version(s->db) == data_version || read_slice(run, reach, err);
	wrote.done = reach->looked;
	ok = ok && put_changes(run, &wrote, err);
	if (run->all)
		ok = ok && hold_lease(run, err) &&
		     put_position(
			     run, reach->last, run->before + run->result->done + wrote.done, err);
	ok = ok && db_commit(s->db, err);
	db_rollback(s->db);
	if (!ok)
		return false;
	adapt(run, now_ms(run) - began);
	run->result->done += wrote.done;
	run->result->changed += wrote.changed;
	return true;
}

static bool do_slice(struct run *run, struct err *err)
{
	struct db *db = run->s->db;
	struct reach reach;
	int64_t data_version;
	bool ok, renew;

	if (!db_read(db, err))
		return false;
	data_version = db_data_version(db);
	ok = read_slice(run, &reach, err);
	db_read_end(db);
	if (!ok)
		return false;
	renew = run->all && now_ms(run) - run->renewed_ms >= LEASE_RENEW_MS;
	if (run->changes.len || renew) {
		if (!write_slice(run, data_version, &reach, err))
			return false;
	} else {
		run->result->done += reach.looked;
	}
	run->end = !reach.full;
	run->next = reach.last + 1;
	return true;
}

/* --- a run --- */

static bool do_slices(struct run *run, const struct progress *p, int64_t total, struct err *err)
{
	struct err second = ERR_INIT;
	bool ok = db_rewrite(run->s->db, true, err);

	while (ok && !run->end) {
		if (!progress_step(p, run->before + run->result->done, total))
			ok = err_set(err, ERR_CANCELLED, "", "%s", "");
		else
			ok = do_slice(run, err);
	}
	if (!db_rewrite(run->s->db, false, ok ? err : &second))
		return false;
	if (ok)
		progress_step(p, run->before + run->result->done, total);
	return ok;
}

static bool run_init(
	struct run *run, struct session *s, struct scores_result *result, struct err *err)
{
	*result = (struct scores_result){ 0 };
	*run = (struct run){ .s = s, .result = result, .most_changes = SLICE_FIRST };
	return session_ready(s, RIGHT_CUSTOMERS_CHANGE, err) && rating_init(&run->rating, s, err);
}

static void run_release(struct run *run)
{
	rating_release(&run->rating);
	vec_release(&run->changes);
}

static int by_value(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static size_t sort_unique(int64_t *ids, size_t n)
{
	size_t kept = 0;

	if (n)
		qsort(ids, n, sizeof(*ids), by_value);
	for (size_t i = 0; i < n; i++)
		if (!i || ids[i] != ids[i - 1])
			ids[kept++] = ids[i];
	return kept;
}

/* Says in the store how far the run came, and gives back the lease. */
static bool leave_off(struct run *run, bool finished, struct err *err)
{
	struct session *s = run->s;
	int64_t done = run->before + run->result->done, ended;
	int32_t today = run->rating.today;
	char now[24];

	if (!run->all)
		return true;
	snprintf(now, sizeof(now), "%lld", (long long)session_now(s));
	if (!hold_lease(run, err))
		return false;
	if (finished && (!store_setting_put(s->db, s->company.id, 0, POSITION, "", err) ||
				!store_setting_put(s->db, s->company.id, 0, UPDATED, now, err) ||
				!store_task_end_kept(s->db, s->company.id, today, today - KEPT_DAYS,
					session_now(s), &ended, err)))
		return false;
	if (!finished && !put_position(run, run->next - 1, done, err))
		return false;
	return lease_release(s, &run->lease, err);
}

static bool run_end(struct run *run, bool finished, struct err *err)
{
	struct session *s = run->s;
	bool ok;

	if (!db_write(s->db, err))
		return false;
	ok = leave_off(run, finished, err) && scores_audit(s, "", 0, run->result, !finished, err) &&
	     db_commit(s->db, err);
	db_rollback(s->db);
	return ok;
}

static bool run_go(struct run *run, const struct progress *p, int64_t total, struct err *err)
{
	struct err second = ERR_INIT;
	bool ok = do_slices(run, p, total, err);

	/* The first error is the one to tell: where the end cannot be written either,
	 * the next run goes on from the last slice. */
	return run_end(run, ok, ok ? err : &second) && ok;
}

bool scores_update_some(struct session *s, int64_t *ids, size_t n, const struct progress *p,
	struct scores_result *result, struct err *err)
{
	struct run run;
	bool ok = run_init(&run, s, result, err);

	run.ids = ids;
	run.n_ids = sort_unique(ids, n);
	run.next = 1;
	if (ok && n)
		ok = run_go(&run, p, (int64_t)run.n_ids, err);
	run_release(&run);
	return ok;
}

/* --- all --- */

/* Where an earlier run of the same day and settings was cut short, or the beginning. */
static void find_position(struct run *run, const char *text)
{
	long long revision, last, done;
	int day;

	run->next = 1;
	if (sscanf(text, "%d %lld %lld %lld", &day, &revision, &last, &done) != 4 ||
		day != run->rating.today || revision != run->rating.company.revision)
		return;
	run->next = last + 1;
	run->before = done;
}

static bool begin_all(struct run *run, bool anew, int64_t *total, struct err *err)
{
	struct session *s = run->s;
	struct arena a = ARENA_INIT;
	struct tally counters;
	const char *position;
	bool ok;

	run->all = true;
	if (!db_write(s->db, err))
		return false;
	ok = hold_lease(run, err) &&
	     store_setting_get(s->db, s->company.id, 0, POSITION, &a, &position, err) &&
	     store_counter_read(s->db, s->company.id, &counters, err) && db_commit(s->db, err);
	if (ok) {
		find_position(run, anew ? "" : position);
		*total = counters.by[COUNTER_CUSTOMERS];
	}
	db_rollback(s->db);
	arena_release(&a);
	return ok;
}

bool scores_update_all(
	struct session *s, const struct progress *p, struct scores_result *result, struct err *err)
{
	struct run run;
	int64_t total = 0;
	bool ok = run_init(&run, s, result, err) && begin_all(&run, false, &total, err) &&
		  run_go(&run, p, total, err);

	run_release(&run);
	return ok;
}

/* Another program may be at it, and past those whose facts were changed. */
static bool begin_in_turn(
	struct run *run, const struct progress *p, int64_t *total, struct err *err)
{
	const struct timespec pause = { .tv_nsec = TURN_MS * 1000000L };
	struct err busy = ERR_INIT;

	while (!begin_all(run, true, total, &busy)) {
		if (busy.code == ERR_SCORES_BUSY && !progress_step(p, 0, 0))
			err_set(&busy, ERR_CANCELLED, "", "%s", "");
		if (busy.code != ERR_SCORES_BUSY) {
			*err = busy;
			return false;
		}
		err_clear(&busy);
		nanosleep(&pause, NULL);
	}
	return true;
}

bool scores_update_anew(
	struct session *s, const struct progress *p, struct scores_result *result, struct err *err)
{
	struct run run;
	int64_t total = 0;
	bool ok = run_init(&run, s, result, err) && begin_in_turn(&run, p, &total, err) &&
		  run_go(&run, p, total, err);

	run_release(&run);
	return ok;
}

bool scores_updated_at(struct session *s, int64_t *at, struct err *err)
{
	struct arena a = ARENA_INIT;
	const char *text;
	bool ok;

	*at = 0;
	if (!session_ready(s, RIGHT_CUSTOMERS_READ, err))
		return false;
	ok = store_setting_get(s->db, s->company.id, 0, UPDATED, &a, &text, err);
	if (ok && !num_parse_i64(text, 0, INT64_MAX, at))
		*at = 0;
	arena_release(&a);
	return ok;
}
