/*
 * Merging two records of one customer, and taking that back. In the journal, in
 * this order, so that undo meets them backwards and each line stands alone:
 *
 *	merge_rows	documents, notes, tasks, messages, records: {"winner","rows","ids"}
 *	merge		all else that moved, and the loser's key
 *	customer	what the winner took from the loser
 *
 * Once the merge line is undone the loser lives again; the lines after it give
 * its rows back. What was granted by the merge goes back to unknown; what was
 * refused stays refused with both.
 */
#include "customers_private.h"
#include "duplicates.h"
#include "json.h"
#include "json_out.h"
#include "scores.h"
#include "store_consent.h"
#include "store_contact.h"
#include "store_customer.h"
#include "store_duplicate.h"
#include "store_shelf.h"
#include "undo_rows.h"

#define ROWS_A_LINE 2000
#define BEFORE_MAX ((size_t)1 << 20)

struct merging {
	struct change ch;
	struct session *s;
	struct customer winner, loser;
	uint32_t fields;
	struct arena *a;
	struct strbuf json; /* of the merge line */
	struct json_out o;
};

/* --- rows that only change their owner --- */

static bool note_rows(
	struct merging *m, enum merge_rows rows, const int64_t *ids, int n, struct err *err)
{
	struct strbuf sb = STRBUF_INIT;
	struct json_out o;
	bool ok;

	json_out_init_buf(&o, &sb, false);
	json_out_object(&o, NULL);
	json_out_id(&o, "winner", m->winner.id);
	json_out_str(&o, "rows", merge_rows_word(rows));
	json_out_array(&o, "ids");
	for (int i = 0; i < n; i++)
		json_out_id(&o, NULL, ids[i]);
	json_out_end(&o);
	json_out_end(&o);
	ok = json_out_finish(&o, err) &&
	     change_note(&m->ch, "merge_rows", m->loser.id, 0, sb.buf, err);
	strbuf_release(&sb);
	return ok;
}

static bool move_rows(struct merging *m, enum merge_rows rows, struct err *err)
{
	int64_t *ids;
	int n;

	if (!store_merge_ids(m->s->db, rows, m->s->company.id, m->loser.id, m->winner.id, m->a,
		    &ids, &n, err))
		return false;
	for (int i = 0; i < n; i++)
		if (!store_merge_move(m->s->db, rows, m->s->company.id, ids[i], m->loser.id,
			    m->winner.id, err))
			return false;
	for (int i = 0; i < n; i += ROWS_A_LINE)
		if (!note_rows(m, rows, ids + i, n - i < ROWS_A_LINE ? n - i : ROWS_A_LINE, err))
			return false;
	return true;
}

static bool move_all_rows(struct merging *m, struct err *err)
{
	for (int i = 0; i < MERGE_KINDS; i++)
		if (!move_rows(m, (enum merge_rows)i, err))
			return false;
	return true;
}

/* --- what must be looked at one by one --- */

static bool move_contacts(struct merging *m, struct err *err)
{
	struct contact *list;
	int n;

	if (!store_contacts_of(m->s->db, m->s->company.id, m->loser.id, m->a, &list, &n, err))
		return false;
	json_out_array(&m->o, "contacts");
	for (int i = 0; i < n; i++) {
		if (!store_contact_move(m->s->db, m->s->company.id, list[i].id, m->winner.id,
			    &m->ch.tally, err))
			return false;
		json_out_id(&m->o, NULL, list[i].id);
	}
	json_out_end(&m->o);
	return true;
}

/* An address that the winner does not take stays known as a further one. */
static bool keep_address(struct merging *m, enum contact_kind kind, const char *typed,
	const char *value, bool known, struct err *err)
{
	struct contact c = CONTACT_INIT;

	if (!*typed || known)
		return true;
	c.company_id = m->s->company.id;
	c.customer_id = m->winner.id;
	c.kind = kind;
	c.typed = typed;
	c.value = value;
	if (!store_contact_add(m->s->db, &c, &m->ch.tally, err))
		return false;
	json_out_id(&m->o, NULL, c.id);
	return true;
}

static bool keep_addresses(struct merging *m, struct err *err)
{
	bool took_email = m->fields & CF_BIT(CF_EMAIL), took_phone = m->fields & CF_BIT(CF_PHONE);
	const struct customer *left_email = took_email ? &m->winner : &m->loser;
	const struct customer *left_phone = took_phone ? &m->winner : &m->loser;
	bool ok;

	json_out_array(&m->o, "made");
	ok = keep_address(m, CONTACT_EMAIL, left_email->email, left_email->email_key,
		     *m->winner.email_key && !strcmp(m->winner.email_key, m->loser.email_key),
		     err) &&
	     keep_address(m, CONTACT_PHONE, left_phone->phone, left_phone->phone_e164,
		     *m->winner.phone_e164 && !strcmp(m->winner.phone_e164, m->loser.phone_e164),
		     err);
	json_out_end(&m->o);
	return ok;
}

static bool move_tags(struct merging *m, struct err *err)
{
	struct tag *list;
	int n;

	if (!store_tags_of(m->s->db, m->s->company.id, m->loser.id, m->a, &list, &n, err))
		return false;
	json_out_array(&m->o, "tags");
	for (int i = 0; i < n; i++) {
		bool put, taken;

		if (!store_tag_put(m->s->db, m->s->company.id, list[i].id, m->winner.id, true, &put,
			    err) ||
			!store_tag_put(m->s->db, m->s->company.id, list[i].id, m->loser.id, false,
				&taken, err))
			return false;
		json_out_object(&m->o, NULL);
		json_out_id(&m->o, "tag", list[i].id);
		json_out_bool(&m->o, "put", put);
		json_out_end(&m->o);
	}
	json_out_end(&m->o);
	return true;
}

static bool give_key(struct merging *m, const char *system, const char *key, struct err *err)
{
	if (!*key)
		return true;
	if (!store_key_put(m->s->db, m->s->company.id, m->winner.id, system, key, err))
		return false;
	json_out_object(&m->o, NULL);
	json_out_str(&m->o, "system", system);
	json_out_str(&m->o, "key", key);
	json_out_end(&m->o);
	return true;
}

/* The accounting key that is not the winner's own any more still finds it. */
static bool move_keys(struct merging *m, struct err *err)
{
	bool takes = m->fields & CF_BIT(CF_ACCOUNT_KEY);
	const char *left = takes ? m->winner.account_key : m->loser.account_key;
	struct customer_key *list;
	int n;

	if (!store_keys_of(m->s->db, m->s->company.id, m->loser.id, m->a, &list, &n, err))
		return false;
	json_out_array(&m->o, "keys");
	for (int i = 0; i < n; i++)
		if (!store_key_drop(m->s->db, m->s->company.id, list[i].system, list[i].key, err) ||
			!give_key(m, list[i].system, list[i].key, err))
			return false;
	json_out_end(&m->o);
	json_out_array(&m->o, "given");
	if (!give_key(m, KEY_ACCOUNTING, left, err))
		return false;
	json_out_end(&m->o);
	return true;
}

/* Refusals add up, and a yes that was said to either counts where nothing else is known. */
static bool add_consents(struct merging *m, struct err *err)
{
	struct consent_event e = CONSENT_EVENT_INIT;
	struct consent_outcome outcome;

	e.company_id = m->s->company.id;
	e.customer_id = m->winner.id;
	e.at = e.noted_at = session_now(m->s);
	e.source = SOURCE_MERGE;
	e.actor = m->s->actor.login;
	for (int i = 0; i < CONSENT_SUBJECTS; i++) {
		enum consent_state state = consents_get(m->loser.consents, (enum consent_subject)i);

		e.granted |= state == CONSENT_GRANTED ? CONSENT_BIT(i) : 0;
		e.refused |= state == CONSENT_REFUSED ? CONSENT_BIT(i) : 0;
	}
	if (!store_consent_add(m->s->db, &e, &outcome, &m->ch.tally, err))
		return false;
	m->winner.consents = outcome.after;
	json_out_int(&m->o, "granted", e.granted);
	return true;
}

/* A user's own marks follow, without coming back: nobody would notice. */
static bool move_favourite(struct merging *m, struct err *err)
{
	int64_t now = session_now(m->s), user = m->s->actor.user_id;
	bool is;

	if (!store_favourite_is(m->s->db, m->s->company.id, user, m->loser.id, &is, err))
		return false;
	return !is || (store_favourite_put(
			       m->s->db, m->s->company.id, user, m->winner.id, true, now, err) &&
			      store_favourite_put(m->s->db, m->s->company.id, user, m->loser.id,
				      false, now, err));
}

/* --- the winner's row --- */

static bool update_winner(struct merging *m, struct err *err)
{
	struct customer after = m->winner;
	struct strbuf was = STRBUF_INIT;
	bool ok = true;

	for (int i = 0; i < CF_COUNT; i++)
		if (m->fields & CF_BIT(i))
			customer_field_copy(&after, &m->loser, (enum customer_field)i);
	if (customer_fields_differ(&m->winner, &after)) {
		after.updated_at = session_now(m->s);
		undo_customer_before(&m->winner, &after, &was);
		ok = customer_valid(&after, err) &&
		     store_customer_update(m->s->db, &m->winner, &after, &m->ch.tally, err) &&
		     change_note(&m->ch, "customer", after.id, after.revision, was.buf, err);
	}
	strbuf_release(&was);
	return ok;
}

static bool read_both(struct merging *m, int64_t winner_id, int64_t loser_id, struct err *err)
{
	struct session *s = m->s;

	if (!store_customer_get(s->db, s->company.id, winner_id, m->a, &m->winner, err) ||
		!store_customer_get(s->db, s->company.id, loser_id, m->a, &m->loser, err))
		return false;
	if (winner_id != loser_id && !m->winner.merged_into && !m->loser.merged_into &&
		!m->winner.anonymised_at && !m->loser.anonymised_at)
		return true;
	return err_set(err, ERR_INVALID, customer_title(&m->loser, m->a), "merge %lld into %lld",
		(long long)loser_id, (long long)winner_id);
}

static bool merge_rest(struct merging *m, struct err *err)
{
	bool ok;

	json_out_init_buf(&m->o, &m->json, false);
	json_out_object(&m->o, NULL);
	json_out_id(&m->o, "winner", m->winner.id);
	json_out_str(&m->o, "account_key", m->loser.account_key);
	ok = move_contacts(m, err) && move_tags(m, err) && add_consents(m, err) &&
	     move_favourite(m, err) &&
	     store_customer_merge(m->s->db, &m->loser, m->winner.id, &m->ch.tally, err) &&
	     move_keys(m, err) && keep_addresses(m, err);
	json_out_end(&m->o);
	return ok && json_out_finish(&m->o, err) &&
	       change_note(&m->ch, "merge", m->loser.id, 0, m->json.buf, err);
}

bool duplicates_merge(struct session *s, int64_t winner_id, int64_t loser_id, uint32_t fields,
	int64_t *journal_id, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct merging m = { .s = s, .fields = fields, .a = &a, .json = STRBUF_INIT };
	char detail[64];
	bool ok;

	ok = change_begin(&m.ch, s, RIGHT_CUSTOMERS_CHANGE, err) &&
	     read_both(&m, winner_id, loser_id, err) &&
	     change_journal(&m.ch, JOURNAL_MERGE, customer_title(&m.winner, &a), err) &&
	     move_all_rows(&m, err) && merge_rest(&m, err) && update_winner(&m, err) &&
	     scores_refresh(s, winner_id, &m.ch.tally, err);
	snprintf(detail, sizeof(detail), "{\"loser\":\"%lld\"}", (long long)loser_id);
	ok = change_end(&m.ch, ok, "customer.merge", "customer", winner_id, detail, err);
	*journal_id = ok ? m.ch.journal.id : 0;
	strbuf_release(&m.json);
	arena_release(&a);
	return ok;
}

/* --- taking it back --- */

struct parting {
	struct session *s;
	struct tally *tally;
	struct json top;
	struct customer winner, loser;
	struct arena a;
};

static bool ids_back(struct parting *p, const char *key,
	bool (*back)(struct parting *p, int64_t id, struct err *err), struct err *err)
{
	struct json list, item = { .item = NULL };
	int64_t id;

	if (!json_array(&p->top, key, &list, err))
		return false;
	while (json_next(&list, &item))
		if (!json_as_id(&item, &id, err) || !back(p, id, err))
			return false;
	return true;
}

/* What was removed or moved on since is left where it is. */
static bool there(bool ok, struct err *why, struct err *err)
{
	if (ok || why->code == ERR_GONE)
		return true;
	*err = *why;
	return false;
}

static bool contact_back(struct parting *p, int64_t id, struct err *err)
{
	struct err why = ERR_INIT;
	struct contact c;
	bool ok = store_contact_get(p->s->db, p->s->company.id, id, &p->a, &c, &why) &&
		  (c.customer_id != p->winner.id || store_contact_move(p->s->db, p->s->company.id,
							    id, p->loser.id, p->tally, &why));

	return there(ok, &why, err);
}

static bool made_back(struct parting *p, int64_t id, struct err *err)
{
	struct err why = ERR_INIT;
	bool ok = store_contact_drop(
		p->s->db, p->s->company.id, id, session_now(p->s), p->tally, &why);

	return there(ok, &why, err);
}

static bool tags_back(struct parting *p, struct err *err)
{
	struct json list, item = { .item = NULL };
	int64_t company_id = p->s->company.id;

	if (!json_array(&p->top, "tags", &list, err))
		return false;
	while (json_next(&list, &item)) {
		bool put, changed;
		int64_t tag_id;

		if (!json_id(&item, "tag", &tag_id, err) || !json_bool(&item, "put", &put, err))
			return false;
		if (put && !store_tag_put(p->s->db, company_id, tag_id, p->winner.id, false,
				   &changed, err))
			return false;
		if (!store_tag_put(p->s->db, company_id, tag_id, p->loser.id, true, &changed, err))
			return false;
	}
	return true;
}

static bool keys_back(struct parting *p, const char *key, bool to_loser, struct err *err)
{
	struct json list, item = { .item = NULL };
	int64_t company_id = p->s->company.id;

	if (!json_array(&p->top, key, &list, err))
		return false;
	while (json_next(&list, &item)) {
		const char *system, *value;

		if (!json_str(&item, "system", &system, err) ||
			!json_str(&item, "key", &value, err) ||
			!store_key_drop(p->s->db, company_id, system, value, err))
			return false;
		if (to_loser &&
			!store_key_put(p->s->db, company_id, p->loser.id, system, value, err))
			return false;
	}
	return true;
}

static bool consents_back(struct parting *p, struct err *err)
{
	struct consent_event e = CONSENT_EVENT_INIT;
	struct consent_outcome outcome;
	int64_t granted;

	if (!json_int(&p->top, "granted", 0, UINT32_MAX, &granted, err))
		return false;
	e.company_id = p->s->company.id;
	e.customer_id = p->winner.id;
	e.at = e.noted_at = session_now(p->s);
	e.cleared = (uint32_t)granted;
	e.source = SOURCE_UNDO;
	e.actor = p->s->actor.login;
	return store_consent_add(p->s->db, &e, &outcome, p->tally, err);
}

static bool part(struct parting *p, struct err *err)
{
	struct customer_score initial;
	const char *account_key;

	scores_initial(p->s, &initial);
	return json_str(&p->top, "account_key", &account_key, err) &&
	       keys_back(p, "given", false, err) &&
	       store_customer_unmerge(p->s->db, &p->loser, account_key, &initial, p->tally, err) &&
	       keys_back(p, "keys", true, err) && ids_back(p, "contacts", contact_back, err) &&
	       ids_back(p, "made", made_back, err) && tags_back(p, err) && consents_back(p, err) &&
	       scores_refresh(p->s, p->loser.id, p->tally, err) &&
	       scores_refresh(p->s, p->winner.id, p->tally, err);
}

static bool rows_back(struct parting *p, struct err *err)
{
	struct json list, item = { .item = NULL };
	enum merge_rows rows;
	const char *word;
	int64_t id;

	if (!json_str(&p->top, "rows", &word, err) || !json_array(&p->top, "ids", &list, err))
		return false;
	if (!merge_rows_parse(word, &rows))
		return err_set(err, ERR_INVALID, word, "merge_rows");
	while (json_next(&list, &item))
		if (!json_as_id(&item, &id, err) ||
			!store_merge_move(p->s->db, rows, p->s->company.id, id, p->winner.id,
				p->loser.id, err))
			return false;
	return scores_refresh(p->s, p->loser.id, p->tally, err) &&
	       scores_refresh(p->s, p->winner.id, p->tally, err);
}

/* The loser must still be where the merge put it, or for rows, be back. */
static bool merge_line(
	struct parting *p, const struct journal_line *line, bool *undone, struct err *err)
{
	bool rows = !strcmp(line->entity, "merge_rows");
	int64_t company_id = p->s->company.id, winner_id;

	if (!json_id(&p->top, "winner", &winner_id, err) ||
		!store_customer_get(p->s->db, company_id, line->first_id, &p->a, &p->loser, err) ||
		!store_customer_get(p->s->db, company_id, winner_id, &p->a, &p->winner, err))
		return false;
	*undone = p->loser.merged_into == (rows ? 0 : winner_id) && !p->winner.merged_into &&
		  !p->loser.anonymised_at;
	if (!*undone)
		return true;
	return rows ? rows_back(p, err) : part(p, err);
}

bool merge_undo(struct session *s, const struct journal_line *line, struct tally *tally,
	bool *undone, struct err *err)
{
	struct parting p = { .s = s, .tally = tally, .a = ARENA_INIT };
	struct json_doc *doc = json_parse(line->before, strlen(line->before), BEFORE_MAX, err);
	bool ok;

	if (!doc)
		return false;
	p.top = json_root(doc);
	ok = merge_line(&p, line, undone, err);
	json_free(doc);
	arena_release(&p.a);
	return ok;
}
