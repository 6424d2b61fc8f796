#include "undo.h"

#include "backup.h"
#include "consent_event.h"
#include "customer.h"
#include "customers.h"
#include "date.h"
#include "db.h"
#include "json_out.h"
#include "lease.h"
#include "scores.h"
#include "store_consent.h"
#include "store_contact.h"
#include "store_customer.h"
#include "store_import.h"
#include "store_invoice.h"
#include "store_journal.h"
#include "tasks.h"
#include "undo_rows.h"
#include "vec.h"
#include "word.h"

#define BATCH_MS 50
#define LINES 16	 /* of the journal, read at once */
#define SLICE 64	 /* customers or events taken back between two looks at the clock */
#define DOCUMENTS 1000	 /* invoices or payments at once */
#define TOUCHED_MAX 4096 /* beyond it, all scores are recalculated */
#define IMPORT_LEASE "import"

static const char *const whys[UNDO_WHYS] = {
	[UNDO_EDITED] = N_("changed since"),
	[UNDO_IN_USE] = N_("something newer hangs on it"),
};

const char *undo_why_label(enum undo_why why)
{
	return whys[why];
}

struct undo {
	struct session *s;
	struct arena *a;    /* the caller's, for what is told */
	struct arena scrap; /* of one batch */
	struct journal journal;
	bool is_import;
	struct import_run run;
	struct lease lease;
	struct tally tally;
	struct undo_result *result;
	VEC(struct undo_kept) kept;
	VEC(int64_t) touched;
	bool touched_all;
	int64_t until; /* of this batch */
};

static int64_t now_ms(const struct undo *u)
{
	return u->s->clock.monotonic_ms(u->s->clock.data);
}

static void keep(struct undo *u, const char *entity, int64_t id, enum undo_why why)
{
	struct undo_kept kept = { arena_strdup(u->a, entity), id, why };

	u->result->kept++;
	if (u->kept.len < UNDO_KEPT_MAX)
		vec_push(&u->kept, kept);
}

static void touch(struct undo *u, int64_t customer_id)
{
	if (u->touched.len == TOUCHED_MAX)
		u->touched_all = true;
	if (u->touched_all)
		return;
	vec_push(&u->touched, customer_id);
}

/* --- what was made --- */

static bool drop_customer(struct undo *u, int64_t id, struct err *err)
{
	struct session *s = u->s;
	struct err why = ERR_INIT;
	struct customer c;
	bool touched;

	if (!store_customer_get(s->db, s->company.id, id, &u->scrap, &c, &why)) {
		if (why.code == ERR_GONE)
			return true;
		*err = why;
		return false;
	}
	if (!store_journal_touched(s->db, s->company.id, id, &touched, err))
		return false;
	if (c.revision > 1 || touched || c.merged_into) {
		keep(u, "customer", id, UNDO_EDITED);
		touch(u, id);
		return true;
	}
	if (store_customer_delete(
		    s->db, s->company.id, id, session_now(s), s->actor.login, &u->tally, &why)) {
		u->result->taken_back++;
		return true;
	}
	if (why.code != ERR_IN_USE) {
		*err = why;
		return false;
	}
	keep(u, "customer", id, UNDO_IN_USE);
	touch(u, id);
	return true;
}

/* A grant goes back to unknown, by a line of its own; a refusal stays. */
static bool take_back_grants(struct undo *u, int64_t event_id, struct err *err)
{
	struct session *s = u->s;
	struct consent_event event = CONSENT_EVENT_INIT;
	struct consent_outcome outcome;
	int64_t customer_id;
	uint32_t granted;

	if (!store_journal_grants(s->db, s->company.id, event_id, &customer_id, &granted, err))
		return false;
	if (!granted)
		return true;
	event.company_id = s->company.id;
	event.customer_id = customer_id;
	event.at = event.noted_at = session_now(s);
	event.cleared = granted;
	event.source = SOURCE_UNDO;
	event.corrects_id = event_id;
	event.actor = s->actor.login;
	if (!store_consent_add(s->db, &event, &outcome, &u->tally, err))
		return false;
	u->result->taken_back += outcome.id != 0;
	return true;
}

/* The invoices of a range that are still there: payments of a later import hang on
 * them. */
static bool keep_left(struct undo *u, int64_t from, int64_t to, struct err *err)
{
	int64_t *ids;
	size_t n;

	if (!store_invoice_left(u->s->db, u->s->company.id, from, to, &u->scrap, &ids, &n, err))
		return false;
	for (size_t i = 0; i < n; i++)
		keep(u, "invoice", ids[i], UNDO_IN_USE);
	return true;
}

static bool drop_documents(struct undo *u, bool payments, int64_t from, int64_t to, struct err *err)
{
	struct session *s = u->s;
	int64_t *customers, kept = 0;
	size_t n;
	bool ok;

	ok = payments ? store_payment_delete(s->db, s->company.id, from, to, session_now(s),
				&u->scrap, &customers, &n, err)
		      : store_invoice_delete(s->db, s->company.id, from, to, session_now(s),
				&u->scrap, &customers, &n, &kept, err);
	if (!ok)
		return false;
	for (size_t i = 0; i < n; i++)
		touch(u, customers[i]);
	u->result->taken_back += to - from + 1 - kept;
	return !kept || keep_left(u, from, to, err);
}

static bool undo_task(struct undo *u, const struct journal_line *line, struct err *err)
{
	bool undone;

	if (!tasks_undo_line(u->s, line, &undone, err))
		return false;
	if (undone)
		u->result->taken_back++;
	else
		keep(u, line->entity, line->first_id, UNDO_EDITED);
	return true;
}

static bool drop_note(struct undo *u, int64_t id, struct err *err)
{
	struct session *s = u->s;
	struct note note;

	if (!store_note_get(s->db, s->company.id, id, &u->scrap, &note, err) ||
		!store_note_drop(s->db, s->company.id, id, session_now(s), err))
		return false;
	touch(u, note.customer_id);
	u->result->taken_back++;
	return true;
}

/* A further number that came with an import; refused, it is suppressed. */
static bool drop_contact(struct undo *u, int64_t id, struct err *err)
{
	struct session *s = u->s;
	int64_t now = session_now(s);
	struct customer owner;
	struct contact c;

	if (!store_contact_get(s->db, s->company.id, id, &u->scrap, &c, err) ||
		!store_customer_get(s->db, s->company.id, c.customer_id, &u->scrap, &owner, err) ||
		!store_customer_keep_refusal(s->db, &owner, address_of_contact(c.kind), c.value,
			now, s->actor.login, &u->tally, err) ||
		!store_contact_drop(s->db, s->company.id, id, now, &u->tally, err))
		return false;
	u->result->taken_back++;
	return true;
}

/* What is gone already needs no taking back. */
static bool drop_one(struct undo *u, const char *entity, int64_t id, struct err *err)
{
	struct journal_line line = {
		.entity = entity, .made = true, .first_id = id, .last_id = id, .before = ""
	};
	struct err why = ERR_INIT;
	bool ok;

	if (!strcmp(entity, "customer"))
		return drop_customer(u, id, err);
	if (!strcmp(entity, "task"))
		ok = undo_task(u, &line, &why);
	else if (!strcmp(entity, "note"))
		ok = drop_note(u, id, &why);
	else if (!strcmp(entity, "contact"))
		ok = drop_contact(u, id, &why);
	else
		return take_back_grants(u, id, err);
	if (!ok && why.code == ERR_GONE)
		return true;
	if (!ok)
		*err = why;
	return ok;
}

/* Takes back the upper end of a range; `left` gets the last id that is left of it. */
static bool drop_slice(
	struct undo *u, const struct journal_line *line, int64_t *left, struct err *err)
{
	bool documents = !strcmp(line->entity, "invoice") || !strcmp(line->entity, "payment");
	int64_t size = documents ? DOCUMENTS : SLICE;
	int64_t from = *left - size + 1 > line->first_id ? *left - size + 1 : line->first_id;
	int64_t to = *left;

	*left = from - 1;
	if (documents)
		return drop_documents(u, !strcmp(line->entity, "payment"), from, to, err);
	for (int64_t id = to; id >= from; id--) {
		if (!drop_one(u, line->entity, id, err))
			return false;
	}
	return true;
}

/* --- what was changed --- */

static bool restore_customer(struct undo *u, const struct journal_line *line, struct err *err)
{
	struct session *s = u->s;
	struct customer now, before;

	if (!store_customer_get(s->db, s->company.id, line->first_id, &u->scrap, &now, err))
		return false;
	if (now.revision != line->revision || now.anonymised_at) {
		keep(u, line->entity, line->first_id, UNDO_EDITED);
		return true;
	}
	before = now;
	if (!undo_customer_read(line->before, &u->scrap, &before, err))
		return false;
	before.updated_at = session_now(s);
	u->result->taken_back++;
	return store_customer_update(s->db, &now, &before, &u->tally, err);
}

static bool restore_invoice(struct undo *u, const struct journal_line *line, struct err *err)
{
	struct session *s = u->s;
	struct invoice_terms terms = { session_today(s), s->company.terms_days };
	struct invoice_line now;
	int32_t due, moved_to;

	if (!undo_invoice_read(line->before, &due, &moved_to, err) ||
		!store_invoice_get(
			s->db, s->company.id, line->first_id, &terms, &u->scrap, &now, err))
		return false;
	if (now.invoice.due != moved_to) {
		keep(u, line->entity, line->first_id, UNDO_EDITED);
		return true;
	}
	u->result->taken_back++;
	touch(u, now.invoice.customer_id);
	return store_invoice_set_due(s->db, s->company.id, line->first_id, due, err);
}

static bool undo_customers(struct undo *u, const struct journal_line *line, struct err *err)
{
	bool mine, undone;

	if (!customers_undo_line(u->s, line, &u->tally, &mine, &undone, err))
		return false;
	if (!mine)
		return err_set(err, ERR_INVALID, line->entity, "journal line");
	if (undone)
		u->result->taken_back++;
	else
		keep(u, line->entity, line->first_id, UNDO_EDITED);
	return true;
}

static bool restore(struct undo *u, const struct journal_line *line, struct err *err)
{
	struct err why = ERR_INIT;
	bool ok;

	if (!strcmp(line->entity, "customer"))
		ok = restore_customer(u, line, &why);
	else if (!strcmp(line->entity, "invoice"))
		ok = restore_invoice(u, line, &why);
	else if (!strcmp(line->entity, "task"))
		ok = undo_task(u, line, &why);
	else
		ok = undo_customers(u, line, &why);
	if (!ok && why.code == ERR_GONE)
		return true;
	if (!ok)
		*err = why;
	return ok;
}

/* --- batches --- */

static bool undo_line(struct undo *u, const struct journal_line *line, struct err *err)
{
	int64_t left = line->last_id;

	if (!line->made)
		return restore(u, line, err) &&
		       store_journal_drop(u->s->db, u->journal.id, line, err);
	do {
		if (!drop_slice(u, line, &left, err))
			return false;
	} while (left >= line->first_id && now_ms(u) < u->until);
	if (left >= line->first_id)
		return store_journal_shrink(u->s->db, u->journal.id, line, left, err);
	return store_journal_drop(u->s->db, u->journal.id, line, err);
}

static bool undo_lines(struct undo *u, bool *end, struct err *err)
{
	struct journal_line *lines;
	int n;

	do {
		if (!store_journal_lines(
			    u->s->db, u->journal.id, INT64_MAX, LINES, &u->scrap, &lines, &n, err))
			return false;
		for (int i = 0; i < n && (i == 0 || now_ms(u) < u->until); i++)
			if (!undo_line(u, &lines[i], err))
				return false;
	} while (n && now_ms(u) < u->until);
	*end = n == 0;
	return true;
}

static bool audit(struct undo *u, const char *action, struct err *err)
{
	struct strbuf detail = STRBUF_INIT;
	struct json_out o;
	bool ok;

	json_out_init_buf(&o, &detail, false);
	json_out_object(&o, NULL);
	json_out_str(&o, "kind", journal_kind_word(u->journal.kind));
	json_out_str(&o, "title", u->journal.title);
	json_out_int(&o, "taken_back", u->result->taken_back);
	json_out_int(&o, "kept", u->result->kept);
	json_out_end(&o);
	ok = json_out_finish(&o, err) &&
	     session_audit(u->s, action, "journal", u->journal.id, detail.buf, err);
	strbuf_release(&detail);
	return ok;
}

static bool hold_lease(struct undo *u, struct err *err)
{
	bool held = true;

	if (!u->is_import)
		return true;
	if (u->lease.epoch ? !lease_renew(u->s, &u->lease, &held, err)
			   : !lease_take(u->s, IMPORT_LEASE, &u->lease, &held, err))
		return false;
	return held || err_set(err, ERR_IMPORT_BUSY, "", "%s", "");
}

/* Of an import they follow in the end, see below. */
static bool refresh_scores(struct undo *u, struct err *err)
{
	for (size_t i = 0; i < u->touched.len; i++)
		if (!scores_refresh(u->s, u->touched.items[i], &u->tally, err))
			return false;
	u->touched.len = 0;
	return true;
}

static bool batch(struct undo *u, bool *end, struct err *err)
{
	struct session *s = u->s;
	bool ok;

	arena_clear(&u->scrap);
	ok = db_write(s->db, err) && hold_lease(u, err);
	u->until = now_ms(u) + BATCH_MS;
	ok = ok && undo_lines(u, end, err) && (u->is_import || refresh_scores(u, err)) &&
	     store_counter_apply(s->db, s->company.id, &u->tally, err) && db_commit(s->db, err);
	db_rollback(s->db);
	return ok;
}

/* --- the whole --- */

static bool load(struct undo *u, int64_t journal_id, struct err *err)
{
	struct session *s = u->s;

	if (!store_journal_get(s->db, s->company.id, journal_id, u->a, &u->journal, err))
		return false;
	u->is_import = u->journal.kind == JOURNAL_IMPORT;
	if (!session_ready(s, u->is_import ? RIGHT_IMPORT : RIGHT_CUSTOMERS_CHANGE, err))
		return false;
	if (u->journal.undone_at)
		return err_set(err, ERR_UNDONE, u->journal.title, "%s", "");
	if (!u->is_import)
		return true;
	if (!store_import_get(s->db, s->company.id, journal_id, u->a, &u->run, err))
		return false;
	u->touched_all = u->run.status == IMPORT_UNDOING;
	return true;
}

static bool begin(struct undo *u, struct err *err)
{
	struct session *s = u->s;
	const char *backup;
	bool ok;

	if (!u->is_import || u->run.status == IMPORT_UNDOING)
		return true;
	if (!backup_make(s, BACKUP_UNDO, u->a, &backup, err))
		return false;
	ok = db_write(s->db, err) && hold_lease(u, err) &&
	     store_import_status(s->db, u->journal.id, IMPORT_UNDOING, 0, err) &&
	     audit(u, "undo.run", err) && db_commit(s->db, err);
	db_rollback(s->db);
	return ok;
}

static bool follow_scores(struct undo *u, struct err *err)
{
	struct scores_result result;

	if (u->touched_all)
		return scores_update_anew(u->s, NULL, &result, err);
	return !u->touched.len ||
	       scores_update_some(u->s, u->touched.items, u->touched.len, NULL, &result, err);
}

/* Only now is it undone: killed before, the next call does what is left. */
static bool finish(struct undo *u, struct err *err)
{
	struct session *s = u->s;
	int64_t now = session_now(s);
	bool ok;

	ok = db_write(s->db, err) && store_journal_undone(s->db, u->journal.id, now, err) &&
	     audit(u, "undo.done", err) && lease_release(s, &u->lease, err) &&
	     (!u->is_import ||
		     store_import_status(s->db, u->journal.id, IMPORT_UNDONE, now, err)) &&
	     db_commit(s->db, err);
	db_rollback(s->db);
	return ok;
}

static void give_up(struct undo *u)
{
	struct err ignored = ERR_INIT;

	if (!u->lease.epoch || !db_write(u->s->db, &ignored))
		return;
	if (!lease_release(u->s, &u->lease, &ignored) || !db_commit(u->s->db, &ignored))
		db_rollback(u->s->db);
}

static bool take_back(struct undo *u, const struct progress *progress, struct err *err)
{
	int64_t total = u->run.counts.created + u->run.counts.changed;
	bool end = false;

	if (!begin(u, err))
		return false;
	while (!end) {
		int64_t done;

		if (!batch(u, &end, err))
			return false;
		done = u->result->taken_back + u->result->kept;
		if (!end && !progress_step(progress, done, total))
			return err_set(err, ERR_CANCELLED, u->journal.title, "undo");
	}
	return follow_scores(u, err) && finish(u, err);
}

bool undo_journal(struct session *s, int64_t journal_id, const struct progress *progress,
	struct arena *a, struct undo_result *result, struct err *err)
{
	struct undo u = { .s = s, .a = a, .result = result };
	bool ok;

	*result = (struct undo_result){ .journal_id = journal_id, .title = "" };
	ok = load(&u, journal_id, err);
	if (ok) {
		result->title = u.journal.title;
		ok = take_back(&u, progress, err);
	}
	if (!ok)
		give_up(&u);
	if (u.kept.len) {
		result->list = arena_alloc(a, u.kept.len * sizeof(*result->list));
		memcpy(result->list, u.kept.items, u.kept.len * sizeof(*result->list));
		result->n_list = (int)u.kept.len;
	}
	vec_release(&u.kept);
	vec_release(&u.touched);
	arena_release(&u.scrap);
	return ok;
}

bool undo_next(struct session *s, struct arena *a, int64_t *journal_id, const char **title,
	struct err *err)
{
	struct journal last;

	if (!session_ready(s, RIGHT_CUSTOMERS_READ, err) ||
		!store_journal_last(s->db, s->company.id, s->actor.login, a, &last, err))
		return false;
	*journal_id = last.id;
	*title = last.id ? last.title : "";
	return true;
}

bool undo_last(struct session *s, const struct progress *progress, struct arena *a,
	struct undo_result *result, struct err *err)
{
	const char *title;
	int64_t id;

	*result = (struct undo_result){ .title = "" };
	if (!undo_next(s, a, &id, &title, err))
		return false;
	if (!id)
		return err_set(err, ERR_NOTHING_TO_UNDO, "", "%s", "");
	return undo_journal(s, id, progress, a, result, err);
}

bool undo_list(struct session *s, int64_t before, int n, struct arena *a, struct undo_entry **out,
	int *count, struct err *err)
{
	struct journal *page;

	if (!session_ready(s, RIGHT_CUSTOMERS_READ, err) ||
		!store_journal_page(s->db, s->company.id, before, n, a, &page, count, err))
		return false;
	*out = arena_zalloc(a, (size_t)*count + 1, sizeof(**out));
	for (int i = 0; i < *count; i++)
		(*out)[i] = (struct undo_entry){
			.journal_id = page[i].id,
			.kind = journal_kind_word(page[i].kind),
			.title = page[i].title,
			.actor = page[i].actor,
			.at = page[i].at,
			.undone_at = page[i].undone_at,
		};
	return true;
}

const char *undo_kind_label(const char *kind)
{
	static const struct word kinds[] = {
		{ "IMPORT", N_("Import") },
		{ "EDIT", N_("Single change") },
		/* TRANSLATORS: one change of many customers */
		{ "BULK", N_("Change of many") },
		{ "MERGE", N_("Merge") },
	};
	int i = word_find(kinds, ARRAY_SIZE(kinds), kind);

	return i < 0 ? "" : kinds[i].label;
}
