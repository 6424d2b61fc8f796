/*
 * Journal lines about what hangs on a customer, and how they come back:
 *
 *	customer_tag	row: the customer	{"tag":"17","had":false}
 *	contact, note	row: its own		{"made":true}; or all of it, where it was
 *			dropped; or of a note {"was":"...","became":"..."}
 *	merge, merge_rows	row: the merged record, see merge.c
 */
#include "customers_private.h"
#include "json.h"
#include "json_out.h"
#include "scores.h"
#include "store_contact.h"
#include "store_customer.h"

#define BEFORE_MAX ((size_t)1 << 20)

static void begin(struct json_out *o, struct strbuf *out)
{
	json_out_init_buf(o, out, false);
	json_out_object(o, NULL);
}

static void finish(struct json_out *o)
{
	struct err ignored = ERR_INIT;

	json_out_end(o);
	/* Into memory with room enough: there is nothing that could fail. */
	if (!json_out_finish(o, &ignored))
		strbuf_clear(o->sb);
}

void contact_before(const struct contact *c, struct strbuf *out)
{
	struct json_out o;

	begin(&o, out);
	json_out_id(&o, "customer", c->customer_id);
	json_out_str(&o, "kind", contact_kind_word(c->kind));
	json_out_str(&o, "label", c->label);
	json_out_str(&o, "typed", c->typed);
	json_out_str(&o, "value", c->value);
	finish(&o);
}

void note_before(const struct note *note, struct strbuf *out)
{
	struct json_out o;

	begin(&o, out);
	json_out_id(&o, "customer", note->customer_id);
	json_out_int(&o, "at", note->at);
	json_out_bool(&o, "call", note->kind == NOTE_CALL);
	json_out_str(&o, "author", note->author);
	json_out_str(&o, "text", note->text);
	finish(&o);
}

void note_edit_before(const char *was, const char *became, struct strbuf *out)
{
	struct json_out o;

	begin(&o, out);
	json_out_str(&o, "was", was);
	json_out_str(&o, "became", became);
	finish(&o);
}

void tag_before(int64_t tag_id, bool had, struct strbuf *out)
{
	struct json_out o;

	begin(&o, out);
	json_out_id(&o, "tag", tag_id);
	json_out_bool(&o, "had", had);
	finish(&o);
}

/* --- and back --- */

struct undo_line {
	struct session *s;
	const struct journal_line *line;
	struct tally *tally;
	struct json top;
	struct arena a;
};

static bool has(const struct undo_line *u, const char *key)
{
	struct json unused;

	return json_find(&u->top, key, &unused);
}

static bool undo_tag(struct undo_line *u, bool *undone, struct err *err)
{
	int64_t tag_id;
	bool had;

	return json_id(&u->top, "tag", &tag_id, err) && json_bool(&u->top, "had", &had, err) &&
	       store_tag_put(
		       u->s->db, u->s->company.id, tag_id, u->line->first_id, had, undone, err);
}

static bool undo_contact(struct undo_line *u, bool *undone, struct err *err)
{
	struct session *s = u->s;
	struct contact c = CONTACT_INIT;
	struct customer owner;
	const char *kind;

	*undone = true;
	if (has(u, "made"))
		return store_contact_drop(
			s->db, s->company.id, u->line->first_id, session_now(s), u->tally, err);
	c.company_id = s->company.id;
	if (!json_id(&u->top, "customer", &c.customer_id, err) ||
		!json_str(&u->top, "kind", &kind, err) ||
		!json_str(&u->top, "label", &c.label, err) ||
		!json_str(&u->top, "typed", &c.typed, err) ||
		!json_str(&u->top, "value", &c.value, err))
		return false;
	if (!contact_kind_parse(kind, &c.kind))
		return err_set(err, ERR_INVALID, kind, "contact");
	/* It comes back under a new id: the old one has its tombstone. */
	return store_customer_get(s->db, s->company.id, c.customer_id, &u->a, &owner, err) &&
	       store_contact_add(s->db, &c, u->tally, err);
}

static bool note_back(struct undo_line *u, struct note *note, struct err *err)
{
	struct session *s = u->s;
	bool call = false;

	if (!json_id(&u->top, "customer", &note->customer_id, err) ||
		!json_int(&u->top, "at", INT64_MIN, INT64_MAX, &note->at, err) ||
		!json_bool(&u->top, "call", &call, err) ||
		!json_str(&u->top, "author", &note->author, err) ||
		!json_str(&u->top, "text", &note->text, err))
		return false;
	note->kind = call ? NOTE_CALL : NOTE_NOTE;
	return store_note_add(s->db, s->company.id, note, err);
}

static bool undo_note(struct undo_line *u, bool *undone, struct err *err)
{
	struct session *s = u->s;
	int64_t id = u->line->first_id, company_id = s->company.id;
	struct note note = { .text = "", .author = "" };
	const char *was, *became;

	*undone = true;
	if (has(u, "customer")) {
		if (!note_back(u, &note, err))
			return false;
	} else if (!store_note_get(s->db, company_id, id, &u->a, &note, err)) {
		return false;
	} else if (has(u, "made")) {
		if (!store_note_drop(s->db, company_id, id, session_now(s), err))
			return false;
	} else {
		if (!json_str(&u->top, "was", &was, err) ||
			!json_str(&u->top, "became", &became, err))
			return false;
		*undone = !strcmp(note.text, became);
		return !*undone || store_note_edit(s->db, company_id, id, was, err);
	}
	return scores_refresh(s, note.customer_id, u->tally, err);
}

static bool dispatch(struct undo_line *u, bool *mine, bool *undone, struct err *err)
{
	const char *entity = u->line->entity;

	*mine = true;
	if (!strcmp(entity, "customer_tag"))
		return undo_tag(u, undone, err);
	if (!strcmp(entity, "contact"))
		return undo_contact(u, undone, err);
	if (!strcmp(entity, "note"))
		return undo_note(u, undone, err);
	if (!strcmp(entity, "merge") || !strcmp(entity, "merge_rows"))
		return merge_undo(u->s, u->line, u->tally, undone, err);
	*mine = false;
	return true;
}

bool customers_undo_line(struct session *s, const struct journal_line *line, struct tally *tally,
	bool *mine, bool *undone, struct err *err)
{
	struct undo_line u = { .s = s, .line = line, .tally = tally, .a = ARENA_INIT };
	struct json_doc *doc;
	bool ok;

	*mine = *undone = false;
	if (line->made)
		return true;
	doc = json_parse(line->before, strlen(line->before), BEFORE_MAX, err);
	if (!doc)
		return false;
	u.top = json_root(doc);
	ok = dispatch(&u, mine, undone, err);
	json_free(doc);
	arena_release(&u.a);
	return ok;
}
