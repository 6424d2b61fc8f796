#include "country.h"
#include "customers_private.h"
#include "json_out.h"
#include "mem.h"
#include "store_contact.h"
#include "store_customer.h"
#include "store_find.h"
#include "store_list.h"
#include "undo_rows.h"

#define SLICE 500 /* customers a transaction: some 20 ms */

/* --- going through a set --- */

/* The ids of a set, a slice at a time: only a search's are all known at once. */
struct walk {
	struct session *s;
	const struct customer_set *set;
	int64_t *found; /* by a search; owned */
	const int64_t *ids;
	size_t n, at;  /* of ids, where these are known */
	int64_t after; /* of a query */
	bool end;
};

static bool is_search(const struct customer_set *set)
{
	return !set->ids && set->search && *set->search;
}

static bool walk_begin(
	struct walk *w, struct session *s, const struct customer_set *set, struct err *err)
{
	struct find find = {
		.list = set->query, .home = country_find(s->company.country), .text = set->search
	};

	*w = (struct walk){ .s = s, .set = set, .ids = set->ids, .n = set->n };
	if (!is_search(set))
		return true;
	if (!store_find_all(s->db, &find, &w->found, &w->n, err))
		return false;
	w->ids = w->found;
	return true;
}

/* The next ids, *n of them at most SLICE; 0 at the end. */
static bool walk_next(struct walk *w, int64_t *out, int *n, struct err *err)
{
	*n = 0;
	if (w->end)
		return true;
	if (w->ids) {
		while (*n < SLICE && w->at < w->n)
			out[(*n)++] = w->ids[w->at++];
	} else {
		if (!store_list_ids(w->s->db, w->set->query, w->after, SLICE, out, n, err))
			return false;
		if (*n)
			w->after = out[*n - 1];
	}
	w->end = *n < SLICE;
	return true;
}

static void walk_release(struct walk *w)
{
	free(w->found);
}

static int64_t walk_total(const struct walk *w)
{
	return w->ids ? (int64_t)w->n : 0;
}

/* --- a change of many --- */

struct bulk {
	struct session *s;
	const struct bulk_change *change;
	struct bulk_result *result;
	struct change ch;
	struct journal journal; /* goes on over the transactions */
	int64_t tag_id;
	int64_t changed; /* in this transaction */
	struct arena a;
};

/* Not for many at once: what names a person or says where they are. */
#define BULK_NEVER                                                                                 \
	(CF_BIT(CF_NAME) | CF_BIT(CF_FIRST_NAME) | CF_BIT(CF_EMAIL) | CF_BIT(CF_PHONE) |           \
		CF_BIT(CF_STREET) | CF_BIT(CF_BIRTH_DAY) | CF_BIT(CF_ACCOUNT_KEY))

static bool change_valid(const struct bulk_change *change, struct err *err)
{
	struct customer probe;

	if (change->kind != BULK_SET)
		return text_is_plain(change->tag) ||
		       err_set(err, ERR_INVALID, change->tag, "%s", "a control character");
	for (int i = 0; i < CF_COUNT; i++)
		if (change->fields & BULK_NEVER & CF_BIT(i))
			return err_set(err, ERR_INVALID,
				customer_field_label((enum customer_field)i), "not for many");
	probe = (struct customer)CUSTOMER_INIT;
	probe.name = "-";
	for (int i = 0; i < CF_COUNT; i++)
		if (change->fields & CF_BIT(i))
			customer_field_copy(&probe, change->values, (enum customer_field)i);
	return customer_valid(&probe, err);
}

static const char *title_of(struct bulk *b)
{
	struct strbuf text = STRBUF_INIT;
	const char *title;

	for (int i = 0; i < CF_COUNT && b->change->kind == BULK_SET; i++) {
		if (!(b->change->fields & CF_BIT(i)))
			continue;
		strbuf_addf(&text, "%s%s=", text.len ? ", " : "",
			customer_field_word((enum customer_field)i));
		customer_field_text(b->change->values, (enum customer_field)i, &text);
	}
	if (b->change->kind != BULK_SET)
		strbuf_addf(&text, "%c%s", b->change->kind == BULK_TAG ? '+' : '-', b->change->tag);
	title = arena_strdup(&b->a, text.buf);
	strbuf_release(&text);
	return title;
}

/* The journal begins with the first row that changes. */
static bool note(struct bulk *b, const char *entity, int64_t id, int64_t revision,
	const char *before, struct err *err)
{
	if (!b->journal.id) {
		if (!change_journal(&b->ch, JOURNAL_BULK, title_of(b), err))
			return false;
	} else if (!b->ch.journal.id) {
		b->ch.journal = b->journal;
	}
	b->changed++;
	if (!change_note(&b->ch, entity, id, revision, before, err))
		return false;
	b->journal = b->ch.journal;
	return true;
}

static bool tag_one(struct bulk *b, const struct customer *c, struct err *err)
{
	bool on = b->change->kind == BULK_TAG, moved = false, ok = true;
	struct strbuf before = STRBUF_INIT;

	if (!store_tag_put(b->s->db, c->company_id, b->tag_id, c->id, on, &moved, err))
		return false;
	if (moved) {
		tag_before(b->tag_id, !on, &before);
		ok = note(b, "customer_tag", c->id, 0, before.buf, err);
	}
	strbuf_release(&before);
	return ok;
}

static bool set_one(struct bulk *b, const struct customer *c, struct err *err)
{
	struct strbuf before = STRBUF_INIT;
	struct customer after = *c;
	bool ok;

	for (int i = 0; i < CF_COUNT; i++)
		if (b->change->fields & CF_BIT(i))
			customer_field_copy(&after, b->change->values, (enum customer_field)i);
	if (!customer_fields_differ(c, &after))
		return true;
	after.updated_at = session_now(b->s);
	undo_customer_before(c, &after, &before);
	ok = store_customer_update(b->s->db, c, &after, &b->ch.tally, err) &&
	     note(b, "customer", c->id, after.revision, before.buf, err);
	strbuf_release(&before);
	return ok;
}

static bool change_one(struct bulk *b, int64_t id, struct err *err)
{
	struct err gone = ERR_INIT;
	struct customer c;

	if (!store_customer_get(b->s->db, b->s->company.id, id, &b->a, &c, &gone)) {
		if (gone.code == ERR_GONE)
			return true;
		*err = gone;
		return false;
	}
	b->result->done++;
	if (c.merged_into || c.anonymised_at)
		return true;
	return b->change->kind == BULK_SET ? set_one(b, &c, err) : tag_one(b, &c, err);
}

static const char *detail_of(struct bulk *b)
{
	struct strbuf out = STRBUF_INIT;
	struct err unused = ERR_INIT;
	struct json_out o;
	const char *detail = "";

	json_out_init_buf(&o, &out, false);
	json_out_object(&o, NULL);
	json_out_str(&o, "change", title_of(b));
	json_out_int(&o, "customers", b->changed);
	json_out_end(&o);
	if (json_out_finish(&o, &unused))
		detail = arena_strdup(&b->a, out.buf);
	strbuf_release(&out);
	return detail;
}

/* One transaction; without a change it leaves no line of audit. */
static bool change_slice(struct bulk *b, const int64_t *ids, int n, struct err *err)
{
	bool ok = change_begin(&b->ch, b->s, RIGHT_CUSTOMERS_CHANGE, err);
	struct journal journal = b->journal;

	b->changed = 0;
	for (int i = 0; ok && i < n; i++)
		ok = change_one(b, ids[i], err);
	if (ok && !b->changed)
		db_rollback(b->s->db);
	else
		ok = change_end(&b->ch, ok, "customer.bulk", "journal", b->journal.id,
			ok ? detail_of(b) : "", err);
	if (ok)
		b->result->changed += b->changed;
	else
		b->journal = journal;
	arena_clear(&b->a);
	return ok;
}

/* A tag that is not there is made, or nobody has it. */
static bool find_tag(struct bulk *b, bool *any, struct err *err)
{
	bool make = b->change->kind == BULK_TAG, ok;

	*any = true;
	if (b->change->kind == BULK_SET)
		return true;
	ok = db_write(b->s->db, err) &&
	     store_tag_find(b->s->db, b->s->company.id, b->change->tag, make, &b->tag_id, err) &&
	     db_commit(b->s->db, err);
	db_rollback(b->s->db);
	*any = b->tag_id;
	return ok;
}

bool customers_bulk(struct session *s, const struct customer_set *set,
	const struct bulk_change *change, const struct progress *p, struct bulk_result *result,
	struct err *err)
{
	struct bulk b = { .s = s, .change = change, .result = result, .a = ARENA_INIT };
	int64_t ids[SLICE];
	struct walk w;
	bool ok, any;
	int n;

	*result = (struct bulk_result){ .done = 0 };
	if (!session_ready(s, RIGHT_CUSTOMERS_CHANGE, err) || !change_valid(change, err) ||
		!find_tag(&b, &any, err))
		return false;
	ok = walk_begin(&w, s, set, err);
	while (ok && any) {
		ok = walk_next(&w, ids, &n, err);
		if (!ok || !n)
			break;
		ok = change_slice(&b, ids, n, err);
		if (ok && p && !progress_step(p, result->done, walk_total(&w)))
			ok = err_set(err, ERR_CANCELLED, "", "%s", "");
	}
	result->journal_id = b.journal.id;
	walk_release(&w);
	arena_release(&b.a);
	return ok;
}

/* --- reading many --- */

struct reading {
	struct session *s;
	bool (*row)(void *data, const struct customer_line *line, struct err *err);
	void *data;
	const struct progress *p;
	int64_t done, total;
};

static bool stopped(struct err *err)
{
	return err->code ? false : err_set(err, ERR_CANCELLED, "", "%s", "");
}

static bool tell(struct reading *r, const struct customer_line *lines, int n, struct err *err)
{
	for (int i = 0; i < n; i++)
		if (!r->row(r->data, &lines[i], err))
			return stopped(err);
	r->done += n;
	if (r->p && !progress_step(r->p, r->done, r->total))
		return stopped(err);
	return true;
}

static bool each_known(struct reading *r, struct walk *w, struct err *err)
{
	struct arena a = ARENA_INIT;
	int64_t ids[SLICE];
	bool ok = true;
	int n = SLICE;

	r->total = walk_total(w);
	while (ok && n) {
		struct customer_line *lines;
		int count;

		ok = walk_next(w, ids, &n, err) &&
		     customers_lines(r->s, ids, n, &a, &lines, &count, err) &&
		     tell(r, lines, count, err);
		arena_clear(&a);
	}
	arena_release(&a);
	return ok;
}

static bool each_in_order(struct reading *r, const struct list_query *q, struct err *err)
{
	struct arena pages[2] = { ARENA_INIT, ARENA_INIT };
	struct list_page page = { .count = 0 };
	struct list_key from;
	bool ok = true, more = true;

	/* The key of the last row outlives its page: two arenas take turns. */
	for (int turn = 0; ok && more; turn = !turn) {
		const struct list_key *after = page.count ? &from : NULL;

		if (after)
			from = page.keys[page.count - 1];
		arena_clear(&pages[turn]);
		ok = store_list_page(
			r->s->db, q, after, false, false, SLICE, &pages[turn], &page, err);
		ok = ok && tell(r, page.lines, page.count, err);
		more = page.count && !page.last;
	}
	arena_release(&pages[0]);
	arena_release(&pages[1]);
	return ok;
}

bool customers_each(struct session *s, const struct customer_set *set,
	bool (*row)(void *data, const struct customer_line *line, struct err *err), void *data,
	const struct progress *p, struct err *err)
{
	struct reading r = { .s = s, .row = row, .data = data, .p = p };
	struct walk w;
	bool ok;

	if (!session_ready(s, RIGHT_CUSTOMERS_EXPORT, err))
		return false;
	if (!set->ids && !is_search(set))
		return each_in_order(&r, set->query, err);
	ok = walk_begin(&w, s, set, err) && each_known(&r, &w, err);
	walk_release(&w);
	return ok;
}
