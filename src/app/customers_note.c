#include "customers_private.h"
#include "scores.h"
#include "store_contact.h"

#define NOTE_BYTES 10000

/* Several lines are fine, other control characters are not. */
static bool note_valid(const char *text, struct err *err)
{
	bool blank = true;

	for (const char *s = text; *s; s++) {
		if ((unsigned char)*s < ' ' && *s != '\n' && *s != '\t')
			return err_set(err, ERR_INVALID, text, "control character");
		blank = blank && (*s == ' ' || *s == '\n' || *s == '\t');
	}
	if (blank || strlen(text) > NOTE_BYTES)
		return err_set(err, ERR_INVALID, text, "note of %zu bytes", strlen(text));
	return true;
}

/* In every change of a note: its journal, and the score that its day counts for. */
static bool follow(struct change *ch, int64_t customer_id, int64_t note_id, const char *was,
	struct arena *a, struct err *err)
{
	const char *title;

	return customer_title_of(ch->s, customer_id, a, &title, err) &&
	       change_journal(ch, JOURNAL_EDIT, title, err) &&
	       change_note(ch, "note", note_id, 0, was, err) &&
	       scores_refresh(ch->s, customer_id, &ch->tally, err);
}

bool customers_note_add(struct session *s, struct note *note, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct note made = *note;
	struct change ch;
	bool ok;

	made.id = 0;
	made.at = session_now(s);
	made.author = s->actor.login;
	if (!note_valid(made.text, err))
		return false;
	/* The title is read before the note is written: ERR_GONE rather than a broken key. */
	ok = change_begin(&ch, s, RIGHT_CUSTOMERS_CHANGE, err) &&
	     customer_title_of(s, made.customer_id, &a, &(const char *){ NULL }, err) &&
	     store_note_add(s->db, s->company.id, &made, err) &&
	     follow(&ch, made.customer_id, made.id, MADE_BEFORE, &a, err);
	ok = change_end(&ch, ok, "note.add", "customer", made.customer_id, "", err);
	if (ok)
		*note = made;
	arena_release(&a);
	return ok;
}

bool customers_note_edit(struct session *s, int64_t id, const char *text, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct strbuf was = STRBUF_INIT;
	struct note note = { .customer_id = 0 };
	struct change ch;
	bool ok;

	if (!note_valid(text, err))
		return false;
	ok = change_begin(&ch, s, RIGHT_CUSTOMERS_CHANGE, err) &&
	     store_note_get(s->db, s->company.id, id, &a, &note, err);
	if (ok)
		note_edit_before(note.text, text, &was);
	ok = ok && store_note_edit(s->db, s->company.id, id, text, err) &&
	     follow(&ch, note.customer_id, id, was.buf, &a, err);
	ok = change_end(&ch, ok, "note.edit", "customer", note.customer_id, "", err);
	strbuf_release(&was);
	arena_release(&a);
	return ok;
}

bool customers_note_drop(struct session *s, int64_t id, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct strbuf was = STRBUF_INIT;
	struct note note = { .customer_id = 0 };
	struct change ch;
	bool ok;

	ok = change_begin(&ch, s, RIGHT_CUSTOMERS_CHANGE, err) &&
	     store_note_get(s->db, s->company.id, id, &a, &note, err);
	if (ok)
		note_before(&note, &was);
	ok = ok && store_note_drop(s->db, s->company.id, id, session_now(s), err) &&
	     follow(&ch, note.customer_id, id, was.buf, &a, err);
	ok = change_end(&ch, ok, "note.drop", "customer", note.customer_id, "", err);
	strbuf_release(&was);
	arena_release(&a);
	return ok;
}

bool customers_notes(struct session *s, int64_t customer_id, int64_t at, int64_t id, int n,
	struct arena *a, struct note **out, int *count, struct err *err)
{
	return session_ready(s, RIGHT_CUSTOMERS_READ, err) &&
	       store_notes_of(s->db, s->company.id, customer_id, at, id, n, a, out, count, err);
}
