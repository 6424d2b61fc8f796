/*
 * A line of invoices.
 *
 * Known by its number. An invoice does not change: the same number with another
 * customer, date or total is refused, since accounting corrects with a credit
 * note. Its due date is no part of the document and follows the file; a missing
 * one is filled in. A negative total, or a document type that says so, is a credit
 * note; one that names an invoice which is not there stands for itself.
 *
 * Without numbers (import_options.merge_same_day), the lines of one customer and
 * day that stand together make one invoice, numbered CODE-YYYYMMDD.
 */
#include "imports_private.h"

#include "date.h"
#include "fold.h"
#include "import_words.h"
#include "store_customer.h"
#include "store_invoice.h"
#include "undo_rows.h"

struct doc {
	const char *number;
	const char *code; /* of the customer */
	const char *name;
	const char *credits; /* number of the credited invoice */
	int32_t issued;
	int32_t due;
	struct import_amount amount;
};

/* --- reading --- */

static bool read_customer(struct import *im, struct import_line *l, struct doc *doc)
{
	if (!import_text(im, l, INVOICE_CUSTOMER, &doc->code) ||
		!import_text(im, l, INVOICE_CUSTOMER_NAME, &doc->name))
		return false;
	if (*doc->code || *doc->name)
		return true;
	return import_needs(im, l,
		im->mapping.column[INVOICE_CUSTOMER] >= 0 ? INVOICE_CUSTOMER
							  : INVOICE_CUSTOMER_NAME,
		&doc->code);
}

/* A credit note is negative, however the file writes it. */
static bool read_type(struct import *im, struct import_line *l, struct doc *doc)
{
	const char *type;
	bool credit;

	if (!import_text(im, l, INVOICE_TYPE, &type))
		return false;
	if (!*type)
		return true;
	if (!import_document(type, &credit))
		return import_refuse(l, REASON_UNKNOWN_WORD, INVOICE_TYPE, type);
	if (credit && doc->amount.minor > 0) {
		doc->amount.minor = -doc->amount.minor;
		doc->amount.original = -doc->amount.original;
	}
	return true;
}

static const char *made_number(struct import *im, const struct doc *doc)
{
	struct civil c = date_to_civil(doc->issued);

	return arena_printf(&im->scrap, "%s-%04d%02d%02d", *doc->code ? doc->code : doc->name,
		(int)c.year, c.month, c.day);
}

static bool read_number(struct import *im, struct import_line *l, struct doc *doc)
{
	if (!im->o.merge_same_day)
		return import_needs(im, l, INVOICE_NUMBER, &doc->number);
	return import_text(im, l, INVOICE_NUMBER, &doc->number);
}

static bool read_line(struct import *im, struct import_line *l, struct doc *doc)
{
	const char *issued;

	if (!read_number(im, l, doc) || !read_customer(im, l, doc) ||
		!import_needs(im, l, INVOICE_ISSUED, &issued) ||
		!import_day(im, l, INVOICE_ISSUED, &doc->issued) ||
		!import_day(im, l, INVOICE_DUE, &doc->due) ||
		!import_money(im, l, INVOICE_TOTAL, INVOICE_CURRENCY, INVOICE_RATE, &doc->amount) ||
		!read_type(im, l, doc) || !import_text(im, l, INVOICE_CREDITS, &doc->credits))
		return false;
	if (!*doc->number)
		doc->number = made_number(im, doc);
	return true;
}

/* --- the customer --- */

static const char *named_key(struct import *im, const char *name)
{
	struct strbuf key = STRBUF_INIT;
	const char *out;

	fold_add(&key, name);
	out = arena_strdup(&im->scrap, key.buf);
	strbuf_release(&key);
	return out;
}

static bool find_by_code(struct import *im, struct import_line *l, const struct doc *doc,
	int64_t *id, struct err *err)
{
	struct import_customer found;

	if (!store_import_customer(im->s->db, im->s->company.id, doc->code, &found, err))
		return false;
	*id = found.id;
	if (found.anonymised)
		import_refuse(l, REASON_ANONYMISED, INVOICE_CUSTOMER, doc->code);
	else if (!*id && im->dry)
		return import_seen(im, arena_printf(&im->scrap, "c:%s", doc->code), id, err);
	return true;
}

static bool find_by_name(struct import *im, struct import_line *l, const struct doc *doc,
	int64_t *id, struct err *err)
{
	const char *key = named_key(im, doc->name);

	if (!store_import_customer_named(im->s->db, im->s->company.id, key, id, err))
		return false;
	if (*id == -1)
		import_refuse(l, REASON_AMBIGUOUS_CUSTOMER, INVOICE_CUSTOMER_NAME, doc->name);
	else if (!*id && im->dry)
		return import_seen(im, arena_printf(&im->scrap, "n:%s", key), id, err);
	return true;
}

static bool imagine_customer(struct import *im, const struct doc *doc, int64_t *id, struct err *err)
{
	const char *key = *doc->code ? arena_printf(&im->scrap, "c:%s", doc->code)
				     : arena_printf(&im->scrap, "n:%s", named_key(im, doc->name));

	*id = -im->lines;
	return import_mark_seen(im, key, *id, err);
}

static bool make_customer(struct import *im, const struct doc *doc, int64_t *id, struct err *err)
{
	struct session *s = im->s;
	struct customer c = CUSTOMER_INIT;

	im->run.counts.customers++;
	if (im->dry)
		return imagine_customer(im, doc, id, err);
	c.company_id = s->company.id;
	c.account_key = doc->code;
	c.name = *doc->name ? doc->name : doc->code;
	c.kind = import_names_firm(c.name) ? KIND_FIRM : KIND_PERSON;
	c.nature = c.kind == KIND_FIRM ? NATURE_PROFESSIONAL : NATURE_PRIVATE;
	c.created_at = c.updated_at = session_now(s);
	c.id = *id = import_next_id(im, &im->customers, err);
	return c.id && store_customer_insert(s->db, &c, &im->initial, &im->tally, err);
}

/* Lines of one customer mostly stand together. */
static bool is_last(const struct import *im, const struct doc *doc)
{
	return im->last_customer && *doc->code && !strcmp(im->last_key.buf, doc->code);
}

static enum import_outcome find_customer(struct import *im, struct import_line *l,
	const struct doc *doc, int64_t *id, struct err *err)
{
	bool ok;

	if (is_last(im, doc)) {
		*id = im->last_customer;
		return LINE_HELD;
	}
	ok = *doc->code ? find_by_code(im, l, doc, id, err) : find_by_name(im, l, doc, id, err);
	if (!ok)
		return LINE_FAILED;
	if (l->why.reason)
		return LINE_REFUSED;
	if (!*id && im->o.create_customers && !make_customer(im, doc, id, err))
		return LINE_FAILED;
	if (!*id) {
		import_refuse(l, REASON_UNKNOWN_CUSTOMER,
			*doc->code ? INVOICE_CUSTOMER : INVOICE_CUSTOMER_NAME,
			*doc->code ? doc->code : doc->name);
		return LINE_REFUSED;
	}
	if (*doc->code) {
		strbuf_clear(&im->last_key);
		strbuf_adds(&im->last_key, doc->code);
		im->last_customer = *id;
	}
	return LINE_HELD;
}

/* --- an invoice that is there already --- */

static bool is_ours(const struct import *im, int64_t id)
{
	return !im->dry && id > im->run.id;
}

static enum import_reason what_changed(const struct doc *doc, const struct invoice *inv)
{
	if (inv->issued != doc->issued)
		return REASON_INVOICE_DAY_CHANGED;
	return inv->total == doc->amount.minor ? REASON_NONE : REASON_INVOICE_TOTAL_CHANGED;
}

static bool move_due(
	struct import *im, const struct doc *doc, const struct invoice *inv, struct err *err)
{
	struct session *s = im->s;
	struct strbuf before = STRBUF_INIT;
	bool ok;

	if (im->dry)
		return true;
	undo_invoice_before(inv->due, doc->due, &before);
	ok = store_invoice_set_due(s->db, s->company.id, inv->id, doc->due, err) &&
	     store_journal_changed(s->db, &im->journal, "invoice", inv->id, 0, before.buf, err);
	strbuf_release(&before);
	import_touch(im, inv->customer_id);
	return ok;
}

static enum import_outcome compare(struct import *im, struct import_line *l, const struct doc *doc,
	const struct invoice *inv, int64_t customer_id, struct err *err)
{
	enum import_reason reason = what_changed(doc, inv);
	const char *key = arena_printf(&im->scrap, "d:%s", doc->number);
	int64_t met = 0;

	if (inv->customer_id != customer_id)
		reason = REASON_INVOICE_CUSTOMER_CHANGED;
	if (!reason && (doc->due == DAY_NONE || doc->due == inv->due))
		return LINE_UNCHANGED;
	if (!import_seen(im, key, &met, err))
		return LINE_FAILED;
	if (met || is_ours(im, inv->id))
		reason = REASON_NUMBER_REPEATED;
	if (reason) {
		import_refuse(l, reason, INVOICE_NUMBER, doc->number);
		return LINE_REFUSED;
	}
	if (!import_mark_seen(im, key, 1, err) || !move_due(im, doc, inv, err))
		return LINE_FAILED;
	return LINE_CHANGED;
}

/* --- a new one --- */

static bool find_credited(struct import *im, struct import_line *l, const struct doc *doc,
	int64_t customer_id, int64_t *id, struct err *err)
{
	struct invoice inv;
	int64_t imagined = 0;

	*id = 0;
	if (!*doc->credits || doc->amount.minor >= 0)
		return true;
	if (!store_invoice_find(im->s->db, im->s->company.id, doc->credits, &im->scrap, &inv, err))
		return false;
	if (!inv.id && im->dry &&
		!import_seen(im, arena_printf(&im->scrap, "f:%s", doc->credits), &imagined, err))
		return false;
	if (!inv.id && !imagined)
		import_remark(l, REASON_CREDITED_UNKNOWN, INVOICE_CREDITS, doc->credits);
	else if (inv.id && inv.customer_id != customer_id)
		import_refuse(l, REASON_CREDITS_OTHER, INVOICE_CREDITS, doc->credits);
	*id = inv.id;
	return true;
}

static int64_t content(const struct doc *doc, int64_t customer_id)
{
	char text[96];
	const char *texts[1] = { text };

	snprintf(text, sizeof(text), "%lld %d %d %lld", (long long)customer_id, (int)doc->issued,
		(int)doc->due, (long long)doc->amount.minor);
	return import_digest(texts, 1);
}

/* In a dry run the numbers met so far take the place of the table. */
static enum import_outcome imagine(struct import *im, struct import_line *l, const struct doc *doc,
	int64_t customer_id, struct err *err)
{
	const char *key = arena_printf(&im->scrap, "f:%s", doc->number);
	int64_t now = content(doc, customer_id), before;

	if (!import_seen(im, key, &before, err))
		return LINE_FAILED;
	if (before == now)
		return LINE_UNCHANGED;
	if (before) {
		import_refuse(l, REASON_NUMBER_REPEATED, INVOICE_NUMBER, doc->number);
		return LINE_REFUSED;
	}
	return import_mark_seen(im, key, now, err) ? LINE_CREATED : LINE_FAILED;
}

/* LINE_HELD when the number is taken. */
static enum import_outcome insert(struct import *im, const struct doc *doc, int64_t customer_id,
	int64_t credits_id, struct err *err)
{
	struct err why = ERR_INIT;
	struct invoice inv = {
		.company_id = im->s->company.id,
		.customer_id = customer_id,
		.number = doc->number,
		.issued = doc->issued,
		.due = doc->due,
		.total = doc->amount.minor,
		.credits_id = credits_id,
		.original_total = doc->amount.original,
		.original_currency = doc->amount.original_currency,
	};

	inv.id = import_next_id(im, &im->invoices, err);
	if (!inv.id)
		return LINE_FAILED;
	im->fresh = store_invoice_insert(im->s->db, &inv, &why);
	if (im->fresh) {
		import_touch(im, customer_id);
		return LINE_CREATED;
	}
	import_give_back_id(&im->invoices);
	if (why.code == ERR_DUPLICATE)
		return LINE_HELD;
	*err = why;
	return LINE_FAILED;
}

/* Where the last one was new, looking first would be in vain. */
static enum import_outcome find_or_insert(struct import *im, struct import_line *l,
	const struct doc *doc, int64_t customer_id, struct err *err)
{
	enum import_outcome outcome;
	int64_t credits_id;
	struct invoice inv = { .id = 0 };

	if (!find_credited(im, l, doc, customer_id, &credits_id, err))
		return LINE_FAILED;
	if (im->fresh && !l->why.reason) {
		outcome = insert(im, doc, customer_id, credits_id, err);
		if (outcome != LINE_HELD)
			return outcome;
	}
	if (!store_invoice_find(im->s->db, im->s->company.id, doc->number, &im->scrap, &inv, err))
		return LINE_FAILED;
	if (inv.id) {
		l->why = (struct import_fault){ .reason = REASON_NONE };
		return compare(im, l, doc, &inv, customer_id, err);
	}
	if (l->why.reason)
		return LINE_REFUSED;
	return im->dry ? imagine(im, l, doc, customer_id, err)
		       : insert(im, doc, customer_id, credits_id, err);
}

static enum import_outcome put(
	struct import *im, struct import_line *l, const struct doc *doc, struct err *err)
{
	int64_t customer_id = 0;
	enum import_outcome outcome = find_customer(im, l, doc, &customer_id, err);

	return outcome == LINE_HELD ? find_or_insert(im, l, doc, customer_id, err) : outcome;
}

/* --- lines that are joined --- */

static bool belongs(const struct import_held *held, const struct doc *doc)
{
	return held->any && !strcmp(held->number, doc->number) &&
	       !strcmp(held->customer, doc->code) && !strcmp(held->name, doc->name) &&
	       held->issued == doc->issued;
}

static void hold(struct import *im, const struct import_line *l, const struct doc *doc)
{
	struct import_held *held = &im->held;

	arena_clear(&held->arena);
	strbuf_clear(&held->raw);
	held->any = true;
	held->line = *l;
	held->line.row = NULL;
	held->lines = 0;
	held->number = arena_strdup(&held->arena, doc->number);
	held->customer = arena_strdup(&held->arena, doc->code);
	held->name = arena_strdup(&held->arena, doc->name);
	held->credits = arena_strdup(&held->arena, doc->credits);
	held->issued = doc->issued;
	held->due = doc->due;
	held->amount = doc->amount;
	held->amount.minor = held->amount.original = 0;
	held->amount.original_currency = arena_strdup(&held->arena, doc->amount.original_currency);
}

static enum import_outcome join(
	struct import *im, struct import_line *l, const struct doc *doc, struct err *err)
{
	struct import_held *held = &im->held;

	if (!belongs(held, doc)) {
		if (!import_flush_held(im, err))
			return LINE_FAILED;
		hold(im, l, doc);
	}
	if (!money_add(held->amount.minor, doc->amount.minor, &held->amount.minor) ||
		!money_add(held->amount.original, doc->amount.original, &held->amount.original)) {
		import_refuse(l, REASON_AMOUNT_TOO_LARGE, INVOICE_TOTAL, "");
		return LINE_REFUSED;
	}
	if (held->lines++)
		strbuf_addc(&held->raw, '\n');
	import_add_raw(&held->raw, l->row);
	return LINE_HELD;
}

enum import_outcome import_invoice_flush(struct import *im, struct import_line *l, struct err *err)
{
	struct import_held *held = &im->held;
	struct doc doc = {
		.number = held->number,
		.code = held->customer,
		.name = held->name,
		.credits = held->credits,
		.issued = held->issued,
		.due = held->due,
		.amount = held->amount,
	};

	if (!held->any)
		return LINE_HELD;
	held->any = false;
	return put(im, l, &doc, err);
}

enum import_outcome import_invoice_row(struct import *im, struct import_line *l, struct err *err)
{
	struct doc doc = { .due = DAY_NONE };

	if (!read_line(im, l, &doc))
		return LINE_REFUSED;
	if (im->o.merge_same_day)
		return join(im, l, &doc, err);
	return put(im, l, &doc, err);
}
