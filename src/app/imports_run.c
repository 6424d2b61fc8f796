#include "imports_private.h"

#include <inttypes.h>

#include "backup.h"
#include "crypt.h"
#include "db.h"
#include "json_out.h"
#include "scores.h"

#define ID_BLOCK 512	/* ids taken at once */
#define BATCH_MS 50	/* a write transaction lasts about so long */
#define BATCH_ROWS 4000 /* and has no more rows than this */

/* --- for the rows --- */

static bool put_range(struct import *im, struct import_ids *ids, struct err *err)
{
	int64_t first = ids->first;

	ids->first = ids->next;
	return first == ids->next || !ids->entity ||
	       store_journal_made(im->s->db, &im->journal, ids->entity, first, ids->next - 1, err);
}

/* Customers stand in the journal before the documents that hang on them: undo goes
 * backwards. */
static bool put_made(struct import *im, struct import_ids *ids, struct err *err)
{
	return put_range(im, &im->customers, err) && put_range(im, ids, err);
}

int64_t import_next_id(struct import *im, struct import_ids *ids, struct err *err)
{
	if (ids->next == ids->end) {
		if (!put_made(im, ids, err))
			return 0;
		ids->first = ids->next = db_ids(im->s->db, ID_BLOCK, err);
		ids->end = ids->first + (ids->first ? ID_BLOCK : 0);
	}
	return ids->next ? ids->next++ : 0;
}

void import_give_back_id(struct import_ids *ids)
{
	ids->next--;
}

void import_touch(struct import *im, int64_t customer_id)
{
	if (im->touched_all)
		return;
	if (im->touched.len && im->touched.items[im->touched.len - 1] == customer_id)
		return;
	if (im->touched.len == IMPORT_TOUCHED_MAX)
		im->touched_all = true;
	else
		vec_push(&im->touched, customer_id);
}

bool import_seen(struct import *im, const char *key, int64_t *value, struct err *err)
{
	return scratch_get(im->seen, key, value, err);
}

bool import_mark_seen(struct import *im, const char *key, int64_t value, struct err *err)
{
	return scratch_put(im->seen, key, value, err);
}

int64_t import_digest(const char *const *texts, size_t n)
{
	unsigned char hash[CRYPT_HASH_SIZE];
	struct crypt_hash h;
	int64_t digest;

	crypt_hash_init(&h);
	for (size_t i = 0; i < n; i++)
		crypt_hash_part(&h, texts[i], strlen(texts[i]));
	crypt_hash_final(&h, hash);
	memcpy(&digest, hash, sizeof(digest));
	return digest ? digest : 1;
}

/* --- one row --- */

static bool tell(struct import *im, const struct import_refusal *refusal, struct err *err)
{
	if (im->watch && im->watch->refused)
		im->watch->refused(im->watch->data, refusal);
	return im->dry || store_import_refuse(im->s->db, im->run.id, refusal, err);
}

static const char *field_name(enum import_field field)
{
	return field == IMPORT_FIELDS ? "" : import_field_info(field)->name;
}

static bool tell_remarks(struct import *im, const struct import_line *l, struct err *err)
{
	for (size_t i = 0; i < l->n_remarks; i++) {
		const struct import_fault *fault = &l->remarks[i];
		struct import_refusal remark = {
			.line = l->at.line,
			.reason = import_reason_name(fault->reason),
			.field = field_name(fault->field),
			.value = fault->value,
			.raw = "",
		};

		im->run.counts.remarks++;
		if (!tell(im, &remark, err))
			return false;
	}
	return true;
}

static bool tell_refused(
	struct import *im, const struct import_line *l, const char *raw, struct err *err)
{
	struct import_refusal refusal = {
		.line = l->at.line,
		.refused = true,
		.reason = import_reason_name(l->why.reason),
		.field = field_name(l->why.field),
		.value = l->why.value,
		.raw = raw,
	};

	im->run.counts.refused++;
	return tell(im, &refusal, err);
}

static bool tell_bad_line(struct import *im, const struct row *row, struct err *err)
{
	struct strbuf raw = STRBUF_INIT;
	struct import_refusal refusal = {
		.line = row->line,
		.refused = true,
		.reason = row_fault_name(row->fault),
		.field = "",
		.value = "",
	};
	bool ok;

	import_add_raw(&raw, row);
	refusal.raw = raw.buf;
	im->run.counts.refused++;
	ok = im->replay || tell(im, &refusal, err);
	strbuf_release(&raw);
	return ok;
}

static bool count_line(struct import *im, const struct import_line *l, const struct strbuf *held,
	enum import_outcome outcome, struct err *err)
{
	struct strbuf raw = STRBUF_INIT;
	bool ok;

	switch (outcome) {
	case LINE_CREATED:
		im->run.counts.created++;
		return tell_remarks(im, l, err);
	case LINE_CHANGED:
		im->run.counts.changed++;
		return tell_remarks(im, l, err);
	case LINE_UNCHANGED:
		im->run.counts.unchanged++;
		return true;
	case LINE_REFUSED:
		if (!held)
			import_add_raw(&raw, l->row);
		ok = tell_refused(im, l, held ? held->buf : raw.buf, err);
		strbuf_release(&raw);
		return ok;
	case LINE_HELD:
		return true;
	case LINE_FAILED:
		break;
	}
	return false;
}

/* A filled cell beyond the header: a separator inside a value has moved all after it. */
static bool too_many_cells(struct import *im, struct import_line *l)
{
	if (!im->analysis.has_header || im->analysis.facts->format != ROWS_CSV)
		return false;
	for (size_t i = im->analysis.n_header; i < l->row->n; i++)
		if (l->row->cells[i].kind != CELL_EMPTY)
			return !import_refuse(
				l, REASON_TOO_MANY_CELLS, IMPORT_FIELDS, l->row->cells[i].text);
	return false;
}

static enum import_outcome do_row(struct import *im, struct import_line *l, struct err *err)
{
	if (too_many_cells(im, l))
		return LINE_REFUSED;
	switch (im->o.kind) {
	case IMPORT_INVOICES:
		return import_invoice_row(im, l, err);
	case IMPORT_PAYMENTS:
		return import_payment_row(im, l, err);
	case IMPORT_CUSTOMERS:
	case IMPORT_KINDS:
		break;
	}
	return import_customer_row(im, l, err);
}

/* Joined lines are written before the one that is not theirs is looked at. */
bool import_flush_held(struct import *im, struct err *err)
{
	struct import_line line = im->held.line;
	enum import_outcome outcome = import_invoice_flush(im, &line, err);

	return count_line(im, &line, &im->held.raw, outcome, err);
}

/* The next row, counted and told; *end at the end of the source. */
static bool next_row(struct import *im, bool *end, struct err *err)
{
	struct import_line line = { .at = rows_mark(im->rows) };
	struct row row;
	enum import_outcome outcome;

	arena_clear(&im->scrap);
	switch (rows_next(im->rows, &row, err)) {
	case ROW_FAIL:
		return false;
	case ROW_END:
		*end = true;
		return import_flush_held(im, err);
	case ROW_BAD:
		im->lines++;
		return import_flush_held(im, err) && tell_bad_line(im, &row, err);
	case ROW_OK:
		break;
	}
	im->lines++;
	line.row = &row;
	line.at.line = row.line;
	outcome = do_row(im, &line, err);
	if (outcome == LINE_REFUSED && !import_flush_held(im, err))
		return false;
	return im->replay ? outcome != LINE_FAILED : count_line(im, &line, NULL, outcome, err);
}

/* Where a later run goes on: after the last row, or before those held back. */
static void set_position(struct import *im)
{
	struct rows_mark mark = im->held.any ? im->held.line.at : rows_mark(im->rows);

	im->run.position = im->lines - (im->held.any ? im->held.lines : 0);
	im->run.next_offset = mark.offset;
	im->run.next_line = mark.line;
}

static bool step(struct import *im, struct err *err)
{
	const struct progress *p = im->watch ? im->watch->progress : NULL;

	if (progress_step(p, im->lines, im->analysis.rows))
		return true;
	return err_set(err, ERR_CANCELLED, "", "import");
}

/* --- dry run --- */

static bool check_ready(struct import *im, struct err *err)
{
	static const enum err_code codes[] = {
		[IMPORT_ASK_FIELD] = ERR_IMPORT_ASK_FIELD,
		[IMPORT_ASK_DECIMAL] = ERR_IMPORT_ASK_DECIMAL,
		[IMPORT_ASK_DATES] = ERR_IMPORT_ASK_DATES,
	};
	struct import_question q;

	if (import_question(im, 0, &q))
		return err_set(err, codes[q.ask],
			q.ask == IMPORT_ASK_FIELD ? import_field_info(q.field)->name : q.value,
			"column %d", q.column + 1);
	if (!im->o.existing_customers)
		return true;
	if (!im->o.collected_at_sale || !im->o.similar_goods || !im->o.told_they_may_refuse)
		return err_set(err, ERR_IMPORT_TICKS, "", "%s", "");
	return import_law(im, err);
}

static bool begin_reading(struct import *im, struct rows_mark mark, struct err *err)
{
	im->lines = 0;
	im->held.any = false;
	im->run.counts = (struct import_counts){ 0 };
	im->last_customer = 0;
	im->fresh = !im->dry;
	scratch_close(im->seen);
	im->seen = scratch_open(err);
	return im->seen && store_import_unkeyed(im->s->db, im->s->company.id, &im->unkeyed, err) &&
	       rows_seek(im->rows, mark, err);
}

static int64_t now_ms(const struct import *im)
{
	return im->s->clock.monotonic_ms(im->s->clock.data);
}

static void fill_result(struct import *im, int64_t began, struct import_result *result)
{
	result->id = im->dry ? 0 : im->run.id;
	result->counts = im->run.counts;
	result->lines = im->lines;
	result->milliseconds = now_ms(im) - began;
}

bool import_check(struct import *im, const struct import_watch *watch, struct import_result *result,
	struct err *err)
{
	int64_t began = now_ms(im);
	bool ok, end = false;

	*result = (struct import_result){ .backup = "" };
	im->dry = true;
	im->replay = false;
	im->watch = watch;
	ok = check_ready(im, err) && begin_reading(im, im->top, err);
	while (ok && !end) {
		ok = db_read(im->s->db, err);
		for (int i = 0; i < BATCH_ROWS && ok && !end; i++)
			ok = next_row(im, &end, err);
		db_read_end(im->s->db);
		ok = ok && step(im, err);
	}
	fill_result(im, began, result);
	return ok;
}

/* --- the real run --- */

static bool audit_run(struct import *im, const char *action, struct err *err)
{
	struct strbuf detail = STRBUF_INIT;
	struct json_out o;
	bool ok;

	json_out_init_buf(&o, &detail, false);
	json_out_object(&o, NULL);
	json_out_str(&o, "kind", import_kind_word(im->o.kind));
	json_out_str(&o, "file", im->o.path);
	json_out_str(&o, "hash", im->file_hash);
	if (im->run.position) {
		json_out_int(&o, "lines", im->run.position);
		json_out_int(&o, "created", im->run.counts.created);
		json_out_int(&o, "changed", im->run.counts.changed);
		json_out_int(&o, "unchanged", im->run.counts.unchanged);
		json_out_int(&o, "refused", im->run.counts.refused);
	}
	json_out_end(&o);
	ok = json_out_finish(&o, err) &&
	     session_audit(im->s, action, "import", im->run.id, detail.buf, err);
	strbuf_release(&detail);
	return ok;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* A new run with its journal. */
static bool begin_run(struct import *im, const char *options, struct err *err)
{
	struct session *s = im->s;

	im->journal = (struct journal){
		.company_id = s->company.id,
		.kind = JOURNAL_IMPORT,
		.title = im->o.path ? base_name(im->o.path) : "",
		.at = session_now(s),
		.actor = s->actor.login,
	};
	if (!store_journal_begin(s->db, &im->journal, err))
		return false;
	im->run = (struct import_run){
		.id = im->journal.id,
		.company_id = s->company.id,
		.kind = im->o.kind,
		.path = im->o.path ? im->o.path : "",
		.sheet = im->analysis.facts->sheet ? im->analysis.facts->sheet : "",
		.file_hash = im->file_hash,
		.options = options,
		.size = im->analysis.size,
		.next_offset = im->top.offset,
		.next_line = im->top.line,
		.started_at = session_now(s),
	};
	return store_import_begin(s->db, &im->run, err) && audit_run(im, "import.run", err) &&
	       import_remember(im, err);
}

/* The run of this file that was cut short, if it was to do the same. */
static bool find_cut_short(struct import *im, const char *options, bool *found, struct err *err)
{
	struct session *s = im->s;
	int64_t id;

	*found = false;
	if (!store_import_same(
		    s->db, s->company.id, im->o.kind, im->file_hash, IMPORT_RUNNING, &id, err))
		return false;
	if (!id)
		return true;
	if (!store_import_get(s->db, s->company.id, id, &im->keep, &im->run, err))
		return false;
	*found = !strcmp(im->run.options, options);
	return !*found || store_journal_get(s->db, s->company.id, id, &im->keep, &im->journal, err);
}

static bool take_lease(struct import *im, struct err *err)
{
	bool held;

	if (!lease_take(im->s, IMPORT_LEASE, &im->lease, &held, err))
		return false;
	return held || err_set(err, ERR_IMPORT_BUSY, "", "%s", "");
}

static bool begin(struct import *im, bool *resumed, struct err *err)
{
	struct strbuf options = STRBUF_INIT;
	bool ok;

	import_options_write(im, &options);
	ok = db_write(im->s->db, err) && take_lease(im, err) &&
	     find_cut_short(im, options.buf, resumed, err) &&
	     (*resumed || begin_run(im, arena_strdup(&im->keep, options.buf), err)) &&
	     db_commit(im->s->db, err);
	db_rollback(im->s->db);
	strbuf_release(&options);
	return ok;
}

/* Goes over the rows that are in already, so that their customers count as met. */
static bool replay(struct import *im, int64_t rows, struct err *err)
{
	bool ok = true, end = false;

	im->replay = true;
	while (ok && im->lines < rows && !end) {
		ok = db_read(im->s->db, err);
		for (int i = 0; i < BATCH_ROWS && ok && im->lines < rows && !end; i++)
			ok = next_row(im, &end, err);
		db_read_end(im->s->db);
		ok = ok && step(im, err);
	}
	im->replay = false;
	return ok;
}

static bool go_to_position(struct import *im, struct err *err)
{
	struct import_run run = im->run;
	struct rows_mark mark = { run.next_offset, run.next_line };
	bool ok = begin_reading(im, im->top, err);

	if (ok && im->o.kind == IMPORT_CUSTOMERS && run.position)
		ok = replay(im, run.position, err);
	im->lines = run.position;
	im->run.counts = run.counts;
	im->touched_all = run.position > 0;
	return ok && rows_seek(im->rows, mark, err);
}

static bool write_rows(struct import *im, bool *end, struct err *err)
{
	int64_t until = now_ms(im) + BATCH_MS;

	for (int i = 0; i < BATCH_ROWS && !*end; i++) {
		if (!next_row(im, end, err))
			return false;
		if ((i & 15) == 15 && now_ms(im) >= until)
			break;
	}
	return true;
}

static bool write_batch(struct import *im, bool *end, struct err *err)
{
	struct session *s = im->s;
	bool held = false, ok;

	ok = db_write(s->db, err) && lease_renew(s, &im->lease, &held, err);
	if (ok && !held)
		ok = err_set(err, ERR_IMPORT_BUSY, "", "the lease was lost");
	ok = ok && write_rows(im, end, err) && put_made(im, &im->customers, err) &&
	     put_made(im, &im->contacts, err) && put_made(im, &im->events, err) &&
	     put_made(im, &im->invoices, err) && put_made(im, &im->payments, err) &&
	     store_counter_apply(s->db, s->company.id, &im->tally, err);
	if (ok)
		set_position(im);
	ok = ok && store_import_step(s->db, &im->run, err) && db_commit(s->db, err);
	db_rollback(s->db);
	return ok;
}

static bool follow_scores(struct import *im, struct err *err)
{
	struct scores_result result;

	if (im->touched_all)
		return scores_update_anew(im->s, NULL, &result, err);
	return !im->touched.len ||
	       scores_update_some(im->s, im->touched.items, im->touched.len, NULL, &result, err);
}

static bool finish(struct import *im, struct err *err)
{
	struct session *s = im->s;
	bool ok;

	im->run.status = IMPORT_DONE;
	ok = db_write(s->db, err) &&
	     store_import_status(s->db, im->run.id, IMPORT_DONE, session_now(s), err) &&
	     audit_run(im, "import.done", err) && lease_release(s, &im->lease, err) &&
	     db_commit(s->db, err);
	db_rollback(s->db);
	return ok;
}

/* After a stop or an error: the next one need not wait for the lease to run out. */
static void give_up(struct import *im)
{
	struct err ignored = ERR_INIT;

	if (!im->lease.epoch || !db_write(im->s->db, &ignored))
		return;
	if (lease_release(im->s, &im->lease, &ignored) && !db_commit(im->s->db, &ignored))
		im->lease.epoch = 0;
	db_rollback(im->s->db);
}

static void name_ids(struct import *im)
{
	im->customers = (struct import_ids){ .entity = "customer" };
	im->events = (struct import_ids){ .entity = "consent_event" };
	im->first = (struct import_ids){ .entity = NULL };
	im->contacts = (struct import_ids){ .entity = "contact" };
	im->invoices = (struct import_ids){ .entity = "invoice" };
	im->payments = (struct import_ids){ .entity = "payment" };
}

static bool back_up(struct import *im, struct import_result *result, struct err *err)
{
	int64_t began = now_ms(im);
	bool empty;

	if (!store_import_empty(im->s->db, im->s->company.id, &empty, err))
		return false;
	if (!empty && !backup_make(im->s, BACKUP_IMPORT, &im->keep, &result->backup, err))
		return false;
	result->backup_milliseconds = now_ms(im) - began;
	return true;
}

/* The settings of the store's connection come back also after an error. */
static bool write_all(struct import *im, struct err *err)
{
	struct err second = ERR_INIT;
	bool end = false, ok = db_rewrite(im->s->db, true, err);

	while (ok && !end)
		ok = write_batch(im, &end, err) && step(im, err);
	return db_rewrite(im->s->db, false, ok ? err : &second) && ok;
}

static bool run(struct import *im, struct import_result *result, struct err *err)
{
	bool resumed;

	if (!check_ready(im, err) || !back_up(im, result, err) || !begin(im, &resumed, err) ||
		!go_to_position(im, err))
		return false;
	if (resumed)
		result->resumed_at = im->run.next_line;
	name_ids(im);
	scores_initial(im->s, &im->initial);
	return write_all(im, err) && follow_scores(im, err) && finish(im, err);
}

bool import_run(struct import *im, const struct import_watch *watch, struct import_result *result,
	struct err *err)
{
	int64_t began = now_ms(im);
	bool ok;

	*result = (struct import_result){ .backup = "" };
	im->dry = false;
	im->replay = false;
	im->watch = watch;
	ok = run(im, result, err);
	if (!ok)
		give_up(im);
	fill_result(im, began, result);
	return ok;
}
