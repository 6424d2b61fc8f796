/*
 * Customers as a person deals with them: looked up, opened, entered, edited,
 * tagged, written to no more. Lists in an order are in customer_list.h.
 *
 * Each call is one thing a person means: it checks the right, runs in its own
 * transaction, leaves a line in the audit trail, and what can be taken back is in
 * the journal (undo.h). Texts that come out lie in the caller's arena.
 * Reading needs RIGHT_CUSTOMERS_READ, writing RIGHT_CUSTOMERS_CHANGE, where no
 * other right is named. One thread, the session's.
 */
#ifndef CUSTOMERS_H
#define CUSTOMERS_H

#include "arena.h"
#include "consent_event.h"
#include "contact.h"
#include "customer_field.h"
#include "customer_page.h"
#include "session.h"
#include "suppression.h"
#include "task.h"

struct journal_line;
struct tally;

/* --- looking up --- */

/*
 * What somebody types: part of a name, a firm, an e-mail, a key, a phone. The
 * filter of `q` counts, its order does not: up to HITS_MAX in the order of
 * names. Fast enough for every key; session_interrupt stops it.
 */
bool customers_search(struct session *s, const struct list_query *q, const char *text,
	struct arena *a, struct customer_hits *out, struct err *err) MUST_USE;
/* Lines of these ids, in their order; who is gone or merged away is left out. */
bool customers_lines(struct session *s, const int64_t *ids, int n, struct arena *a,
	struct customer_line **out, int *count, struct err *err) MUST_USE;

/* Everything of one customer but lists that grow: notes, history, documents. */
struct customer_card {
	struct customer customer;
	bool scored; /* false: merged away, see customer.merged_into */
	struct customer_score score;
	struct contact *contacts;
	int n_contacts;
	struct customer_key *keys; /* in other systems; accounting keys of merged records */
	int n_keys;
	struct tag *tags;
	int n_tags;
	bool favourite;
	struct suppression no_email; /* id 0: the address may be written to */
	struct suppression no_phone;
};

/* ERR_GONE when there is none. */
bool customers_get(struct session *s, int64_t id, struct arena *a, struct customer_card *out,
	struct err *err) MUST_USE;

/* --- entering and editing --- */

/* Names, addresses: ERR_INVALID with the value that cannot be. Wrong e-mails and phones
 * are no error: they are kept as typed and never written to. */
bool customer_valid(const struct customer *c, struct err *err) MUST_USE;
/* Normalises; the id is set. Ask duplicates_of first. ERR_DUPLICATE: the key is taken. */
bool customers_add(struct session *s, struct customer *c, struct err *err) MUST_USE;

/* What two people changed at once. */
struct customer_conflict {
	struct customer theirs; /* as it is now */
	uint32_t fields;	/* CF_BITs that both changed, differently */
};

/*
 * Saves what differs between `before`, as it was read, and `after`. What somebody
 * else changed meanwhile in other fields stays; in the same ones: ERR_CONFLICT,
 * nothing is written and `conflict` says what. To go on, call again with `theirs` as
 * `before`. `after` becomes what was saved.
 */
bool customers_edit(struct session *s, const struct customer *before, struct customer *after,
	struct arena *a, struct customer_conflict *conflict, struct err *err) MUST_USE;

/* Right: RIGHT_CUSTOMERS_CHANGE. Normalises; the id is set. */
bool customers_contact_add(struct session *s, struct contact *c, struct err *err) MUST_USE;
bool customers_contact_drop(struct session *s, int64_t id, struct err *err) MUST_USE;

/* --- many at once --- */

/* Some customers: those of `ids`, or else those that a search and a filter name. */
struct customer_set {
	const int64_t *ids;
	size_t n;
	const struct list_query *query; /* where ids is NULL */
	const char *search;		/* "" for the filter alone */
};

struct bulk_change {
	enum { BULK_TAG, BULK_UNTAG, BULK_SET } kind;
	const char *tag; /* of a tag; made if it is new */
	uint32_t fields; /* of SET: CF_BITs taken from `values` */
	const struct customer *values;
};

struct bulk_result {
	int64_t journal_id; /* to undo it; 0 when nothing changed */
	int64_t done;	    /* customers looked at */
	int64_t changed;
};

/*
 * In short transactions; stopped by `p` (ERR_CANCELLED) or killed, what was done
 * is kept and can be undone. SET leaves alone what names one person or says where
 * they are: ERR_INVALID for name, e-mail, phone, street, birth date and key.
 */
bool customers_bulk(struct session *s, const struct customer_set *set,
	const struct bulk_change *change, const struct progress *p, struct bulk_result *result,
	struct err *err) MUST_USE;
/*
 * Calls `row` for each line, in the order of the query (of a search: of ids), until
 * it returns false (ERR_CANCELLED unless it set `err`). Memory does not grow.
 * Right: RIGHT_CUSTOMERS_EXPORT.
 */
bool customers_each(struct session *s, const struct customer_set *set,
	bool (*row)(void *data, const struct customer_line *line, struct err *err), void *data,
	const struct progress *p, struct err *err) MUST_USE;

/* All tags of the company, by name. */
bool customers_tags(
	struct session *s, struct arena *a, struct tag **out, int *count, struct err *err) MUST_USE;

/* --- consents and refusals --- */

/* The person wants no more messages. Right: RIGHT_REFUSAL, which every role has. */
struct stop_request {
	int64_t customer_id;
	uint32_t channels;	    /* 1 << enum channel; 0: all, and marketing with them */
	enum consent_source source; /* how it came: CALL, COUNTER, LETTER, REPLY, FORM */
	const char *note;
	bool suppress; /* the addresses too, for whoever else has them */
};

struct stop_result {
	uint32_t refused; /* CONSENT_BITs that were not refused before */
	int suppressed;	  /* addresses newly on the list */
};

bool customers_stop_writing(struct session *s, const struct stop_request *request,
	struct stop_result *result, struct err *err) MUST_USE;

/* Notes what the person said: customer, sets, source, at; the rest as known. What
 * cannot be is said in `out`, see consent.h. RIGHT_REFUSAL if it only refuses. */
bool customers_consent(struct session *s, struct consent_event *event, struct consent_outcome *out,
	struct err *err) MUST_USE;
/* Takes back a slip, with what it put on the suppression list. Not CONSENT_OK: nothing
 * was done, and *verdict says why. */
bool customers_consent_correct(struct session *s, int64_t customer_id, int64_t line,
	const char *reason, enum consent_verdict *verdict, struct err *err) MUST_USE;
/* Newest first, of ids below `before` (INT64_MAX to begin). */
bool customers_consents(struct session *s, int64_t customer_id, int64_t before, int n,
	struct arena *a, struct consent_event **out, int *count, struct err *err) MUST_USE;
/* The id of a sentence that people agree to; a new one becomes the next version. */
bool customers_wording(struct session *s, const char *language, const char *text, int64_t *id,
	struct err *err) MUST_USE;

/* Addresses never written to. An address needs no customer. Right to add:
 * RIGHT_REFUSAL. ERR_INVALID when it is no address. */
bool customers_suppress(struct session *s, enum address_kind kind, const char *typed,
	const char *reason, bool *added, struct err *err) MUST_USE;
/* Right: RIGHT_GDPR. Only for the person's own later yes: `proof` says where it is. */
bool customers_unsuppress(
	struct session *s, int64_t id, const char *proof, struct err *err) MUST_USE;
bool customers_suppressions(struct session *s, int64_t before, int n, struct arena *a,
	struct suppression **out, int *count, struct err *err) MUST_USE;

/* --- notes and history --- */

/* Of `note`: customer, kind, text; the rest is set. Counts as an interaction. */
bool customers_note_add(struct session *s, struct note *note, struct err *err) MUST_USE;
bool customers_note_edit(struct session *s, int64_t id, const char *text, struct err *err) MUST_USE;
bool customers_note_drop(struct session *s, int64_t id, struct err *err) MUST_USE;
/* Newest first, before `at` and `id` (INT64_MAX both to begin). */
bool customers_notes(struct session *s, int64_t customer_id, int64_t at, int64_t id, int n,
	struct arena *a, struct note **out, int *count, struct err *err) MUST_USE;

/* A line of the audit trail about a customer. */
struct customer_act {
	int64_t seq;
	int64_t at;
	const char *actor;
	const char *action; /* "customer.edit" */
	const char *detail; /* JSON, "" if none or erased */
};

/* Newest first, of lines below `before` (0 to begin). */
bool customers_history(struct session *s, int64_t customer_id, int64_t before, int n,
	struct arena *a, struct customer_act **out, int *count, struct err *err) MUST_USE;

/* --- a user's own --- */

bool customers_favourite(struct session *s, int64_t id, bool on, struct err *err) MUST_USE;
/* By name. */
bool customers_favourites(struct session *s, struct arena *a, struct customer_line **out,
	int *count, struct err *err) MUST_USE;
/* Somebody opened it: for the list of those opened lately. */
bool customers_opened(struct session *s, int64_t id, struct err *err) MUST_USE;
/* The latest first. */
bool customers_recent(struct session *s, struct arena *a, struct customer_line **out, int *count,
	struct err *err) MUST_USE;

/* The company's saved filters, by name. */
bool customers_filters(struct session *s, struct arena *a, struct saved_filter **out, int *count,
	struct err *err) MUST_USE;
/* id 0 in `out` when there is none of that name. */
bool customers_filter_find(struct session *s, const char *name, struct arena *a,
	struct saved_filter *out, struct err *err) MUST_USE;
/* Replaces one of the same name. `text` is parsed: ERR_INVALID. */
bool customers_filter_save(
	struct session *s, const char *name, const char *text, struct err *err) MUST_USE;
bool customers_filter_drop(struct session *s, int64_t id, struct err *err) MUST_USE;

/* --- undo --- */

/*
 * Takes back one journal line about a customer's row, tags, notes, further addresses or
 * a merge, inside the caller's write transaction; consents and suppressions stay. *mine
 * is false for other entities; *undone when somebody changed it since.
 */
bool customers_undo_line(struct session *s, const struct journal_line *line, struct tally *tally,
	bool *mine, bool *undone, struct err *err) MUST_USE;

#endif
