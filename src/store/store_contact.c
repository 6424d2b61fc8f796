#include "store_contact.h"

#include "fold.h"
#include "stmt.h"
#include "store_search.h"
#include "store_tombstone.h"

/* --- further addresses --- */

static void read_contact(struct stmt *q, int64_t company_id, struct arena *a, struct contact *c)
{
	*c = (struct contact){
		.id = col_i64(q, 0),
		.company_id = company_id,
		.customer_id = col_i64(q, 1),
		.label = col_dup(q, 3, a),
		.typed = col_dup(q, 4, a),
		.value = col_dup(q, 5, a),
	};
	if (!contact_kind_parse(col_text(q, 2), &c->kind))
		c->kind = CONTACT_POST;
}

/* --- social handles count for who can be reached, once a customer and channel --- */

struct handles {
	bool facebook, instagram;
};

static bool find_handles(struct db *db, int64_t company_id, int64_t customer_id,
	struct handles *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CONSENT_HANDLES);
	enum step step;

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "customer_id", customer_id);
	step = stmt_step(q, err);
	if (step == STEP_ROW)
		*out = (struct handles){ col_i64(q, 0), col_i64(q, 1) };
	stmt_done(q);
	return step != STEP_FAIL;
}

/* Tells the tally what a change of contacts did to the customer's handles. */
static bool tally_handles(struct db *db, int64_t company_id, int64_t customer_id,
	struct handles before, struct tally *tally, struct err *err)
{
	struct handles after = { false, false };
	uint32_t consents = 0;
	bool counted = false;
	enum step step;
	struct stmt *q;

	if (!find_handles(db, company_id, customer_id, &after, err))
		return false;
	q = stmt_use(db, SQL_CONSENT_CUSTOMER);
	stmt_i64(q, "id", customer_id);
	stmt_i64(q, "company_id", company_id);
	step = stmt_step(q, err);
	if (step == STEP_ROW) {
		consents = (uint32_t)col_i64(q, 0);
		counted = col_i64(q, 3);
	}
	stmt_done(q);
	if (counted) {
		tally_handle(tally, after.facebook - before.facebook, consents, CHANNEL_FACEBOOK);
		tally_handle(
			tally, after.instagram - before.instagram, consents, CHANNEL_INSTAGRAM);
	}
	return step != STEP_FAIL;
}

static bool is_handle(const struct contact *c)
{
	return c->kind == CONTACT_FACEBOOK || c->kind == CONTACT_INSTAGRAM;
}

static bool insert_row(struct db *db, const struct contact *c, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CONTACT_INSERT);

	stmt_i64(q, "id", c->id);
	stmt_i64(q, "company_id", c->company_id);
	stmt_i64(q, "customer_id", c->customer_id);
	stmt_text(q, "kind", contact_kind_word(c->kind));
	stmt_text(q, "label", c->label);
	stmt_text(q, "typed", c->typed);
	stmt_text(q, "value", *c->value ? c->value : NULL);
	return stmt_run(q, err);
}

static bool delete_row(struct db *db, const struct contact *c, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CONTACT_DELETE);

	stmt_i64(q, "id", c->id);
	stmt_i64(q, "company_id", c->company_id);
	return stmt_run(q, err);
}

bool store_contact_add(struct db *db, struct contact *c, struct tally *tally, struct err *err)
{
	struct handles before = { false, false };

	if (!c->id)
		c->id = db_ids(db, 1, err);
	if (!c->id)
		return false;
	if (is_handle(c) && !find_handles(db, c->company_id, c->customer_id, &before, err))
		return false;
	return insert_row(db, c, err) && store_search_add_contact(db, c, err) &&
	       (!is_handle(c) ||
		       tally_handles(db, c->company_id, c->customer_id, before, tally, err));
}

bool store_contact_get(struct db *db, int64_t company_id, int64_t id, struct arena *a,
	struct contact *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CONTACT_GET);
	enum step step;

	stmt_i64(q, "id", id);
	stmt_i64(q, "company_id", company_id);
	step = stmt_step(q, err);
	if (step == STEP_ROW)
		read_contact(q, company_id, a, out);
	stmt_done(q);
	if (step == STEP_DONE)
		return err_set(err, ERR_GONE, "contact", "%lld", (long long)id);
	return step == STEP_ROW;
}

bool store_contact_drop(struct db *db, int64_t company_id, int64_t id, int64_t now,
	struct tally *tally, struct err *err)
{
	struct handles before = { false, false };
	struct arena a = ARENA_INIT;
	struct contact c;
	bool ok = store_contact_get(db, company_id, id, &a, &c, err);

	if (ok && is_handle(&c))
		ok = find_handles(db, company_id, c.customer_id, &before, err);
	ok = ok && delete_row(db, &c, err) && store_search_drop_contact(db, &c, err) &&
	     (!is_handle(&c) || tally_handles(db, company_id, c.customer_id, before, tally, err)) &&
	     store_tombstone(db, company_id, id, "contact", now, err);
	arena_release(&a);
	return ok;
}

bool store_contacts_of(struct db *db, int64_t company_id, int64_t customer_id, struct arena *a,
	struct contact **out, int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CONTACT_LIST);
	struct contact *list = arena_alloc(a, CONTACTS_MAX * sizeof(*list));
	enum step step = STEP_DONE;
	int n = 0;

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "customer_id", customer_id);
	stmt_i64(q, "n", CONTACTS_MAX);
	while (n < CONTACTS_MAX && (step = stmt_step(q, err)) == STEP_ROW)
		read_contact(q, company_id, a, &list[n++]);
	stmt_done(q);
	*out = list;
	*count = n;
	return step != STEP_FAIL;
}

static bool move_row(struct db *db, int64_t company_id, int64_t id, int64_t to, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CONTACT_MOVE);

	stmt_i64(q, "id", id);
	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "to", to);
	return stmt_run(q, err);
}

bool store_contact_move(struct db *db, int64_t company_id, int64_t id, int64_t to,
	struct tally *tally, struct err *err)
{
	struct handles here = { false, false }, there = { false, false };
	struct arena a = ARENA_INIT;
	struct contact c;
	bool ok = store_contact_get(db, company_id, id, &a, &c, err) &&
		  find_handles(db, company_id, c.customer_id, &here, err) &&
		  find_handles(db, company_id, to, &there, err) &&
		  move_row(db, company_id, id, to, err) &&
		  tally_handles(db, company_id, c.customer_id, here, tally, err) &&
		  tally_handles(db, company_id, to, there, tally, err);

	arena_release(&a);
	return ok;
}

/* --- ids in other systems --- */

static struct stmt *use_key(
	struct db *db, enum sql_id id, int64_t company_id, const char *system, const char *key)
{
	struct stmt *q = stmt_use(db, id);

	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "system", system);
	stmt_text(q, "key", key);
	return q;
}

bool store_key_put(struct db *db, int64_t company_id, int64_t customer_id, const char *system,
	const char *key, struct err *err)
{
	struct stmt *q = use_key(db, SQL_KEY_OWNER, company_id, system, key);
	int64_t owner;

	if (!stmt_number(q, 0, &owner, err))
		return false;
	if (owner == customer_id)
		return true;
	if (owner)
		return err_set(err, ERR_DUPLICATE, key, "key of %lld", (long long)owner);
	q = use_key(db, SQL_KEY_PUT, company_id, system, key);
	stmt_i64(q, "customer_id", customer_id);
	return stmt_run(q, err);
}

bool store_key_drop(
	struct db *db, int64_t company_id, const char *system, const char *key, struct err *err)
{
	return stmt_run(use_key(db, SQL_KEY_DROP, company_id, system, key), err);
}

bool store_keys_of(struct db *db, int64_t company_id, int64_t customer_id, struct arena *a,
	struct customer_key **out, int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_KEY_LIST);
	struct customer_key *list = arena_alloc(a, CONTACTS_MAX * sizeof(*list));
	enum step step = STEP_DONE;
	int n = 0;

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "customer_id", customer_id);
	stmt_i64(q, "n", CONTACTS_MAX);
	while (n < CONTACTS_MAX && (step = stmt_step(q, err)) == STEP_ROW)
		list[n++] = (struct customer_key){ col_dup(q, 0, a), col_dup(q, 1, a) };
	stmt_done(q);
	*out = list;
	*count = n;
	return step != STEP_FAIL;
}

/* --- tags --- */

static bool make_tag(struct db *db, int64_t company_id, const char *name, const char *key,
	int64_t *id, struct err *err)
{
	struct stmt *q;

	*id = db_ids(db, 1, err);
	if (!*id)
		return false;
	q = stmt_use(db, SQL_TAG_INSERT);
	stmt_i64(q, "id", *id);
	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "name", name);
	stmt_text(q, "name_key", key);
	return stmt_run(q, err);
}

bool store_tag_find(struct db *db, int64_t company_id, const char *name, bool make, int64_t *id,
	struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_TAG_FIND);
	struct strbuf key = STRBUF_INIT, words = STRBUF_INIT;
	bool ok;

	fold_add(&key, name);
	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "name_key", key.buf);
	ok = stmt_number(q, 0, id, err);
	if (!ok || *id || !make)
		goto out;
	ok = fold_words(&words, name) > 0;
	if (!ok)
		err_set(err, ERR_INVALID, name, "%s", "a tag without a letter");
	else
		ok = make_tag(db, company_id, name, key.buf, id, err);
out:
	strbuf_release(&words);
	strbuf_release(&key);
	return ok;
}

bool store_tag_put(struct db *db, int64_t company_id, int64_t tag_id, int64_t customer_id, bool on,
	bool *changed, struct err *err)
{
	struct stmt *q = stmt_use(db, on ? SQL_TAG_PUT : SQL_TAG_DROP);

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "tag_id", tag_id);
	stmt_i64(q, "customer_id", customer_id);
	if (!stmt_run(q, err))
		return false;
	*changed = db_changes(db);
	return true;
}

static bool list_tags(struct stmt *q, int64_t company_id, struct arena *a, struct tag **out,
	int *count, struct err *err)
{
	struct tag *list = arena_alloc(a, TAGS_MAX * sizeof(*list));
	enum step step = STEP_DONE;
	int n = 0;

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "n", TAGS_MAX);
	while (n < TAGS_MAX && (step = stmt_step(q, err)) == STEP_ROW)
		list[n++] = (struct tag){ col_i64(q, 0), col_dup(q, 1, a) };
	stmt_done(q);
	*out = list;
	*count = n;
	return step != STEP_FAIL;
}

bool store_tags(struct db *db, int64_t company_id, struct arena *a, struct tag **out, int *count,
	struct err *err)
{
	return list_tags(stmt_use(db, SQL_TAG_LIST), company_id, a, out, count, err);
}

bool store_tags_of(struct db *db, int64_t company_id, int64_t customer_id, struct arena *a,
	struct tag **out, int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_TAG_OF);

	stmt_i64(q, "customer_id", customer_id);
	return list_tags(q, company_id, a, out, count, err);
}

/* --- notes --- */

static struct stmt *use_note(struct db *db, enum sql_id statement, int64_t company_id, int64_t id)
{
	struct stmt *q = stmt_use(db, statement);

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "id", id);
	return q;
}

bool store_note_add(struct db *db, int64_t company_id, struct note *note, struct err *err)
{
	struct stmt *q;

	if (!note->id)
		note->id = db_ids(db, 1, err);
	if (!note->id)
		return false;
	q = use_note(db, SQL_NOTE_INSERT, company_id, note->id);
	stmt_i64(q, "customer_id", note->customer_id);
	stmt_i64(q, "at", note->at);
	stmt_text(q, "kind", note->kind == NOTE_CALL ? "CALL" : "NOTE");
	stmt_text(q, "author", note->author);
	stmt_text(q, "text", note->text);
	return stmt_run(q, err);
}

static void read_note(struct stmt *q, struct arena *a, struct note *n)
{
	*n = (struct note){
		.id = col_i64(q, 0),
		.customer_id = col_i64(q, 1),
		.at = col_i64(q, 2),
		.kind = col_text(q, 3)[0] == 'C' ? NOTE_CALL : NOTE_NOTE,
		.author = col_dup(q, 4, a),
		.text = col_dup(q, 5, a),
	};
}

static bool note_gone(int64_t id, struct err *err)
{
	return err_set(err, ERR_GONE, "note", "%lld", (long long)id);
}

bool store_note_get(struct db *db, int64_t company_id, int64_t id, struct arena *a,
	struct note *out, struct err *err)
{
	struct stmt *q = use_note(db, SQL_NOTE_GET, company_id, id);
	enum step step = stmt_step(q, err);

	if (step == STEP_ROW)
		read_note(q, a, out);
	stmt_done(q);
	return step == STEP_DONE ? note_gone(id, err) : step == STEP_ROW;
}

bool store_note_edit(
	struct db *db, int64_t company_id, int64_t id, const char *text, struct err *err)
{
	struct stmt *q = use_note(db, SQL_NOTE_UPDATE, company_id, id);

	stmt_text(q, "text", text);
	if (!stmt_run(q, err))
		return false;
	return db_changes(db) ? true : note_gone(id, err);
}

bool store_note_drop(struct db *db, int64_t company_id, int64_t id, int64_t now, struct err *err)
{
	if (!stmt_run(use_note(db, SQL_NOTE_DELETE, company_id, id), err))
		return false;
	if (!db_changes(db))
		return note_gone(id, err);
	return store_tombstone(db, company_id, id, "note", now, err);
}

bool store_notes_of(struct db *db, int64_t company_id, int64_t customer_id, int64_t at, int64_t id,
	int n, struct arena *a, struct note **out, int *count, struct err *err)
{
	struct stmt *q = use_note(db, SQL_NOTE_LIST, company_id, id);
	struct note *list = arena_alloc(a, (size_t)n * sizeof(*list));
	enum step step = STEP_DONE;
	int i = 0;

	stmt_i64(q, "customer_id", customer_id);
	stmt_i64(q, "at", at);
	stmt_i64(q, "n", n);
	while (i < n && (step = stmt_step(q, err)) == STEP_ROW)
		read_note(q, a, &list[i++]);
	stmt_done(q);
	*out = list;
	*count = i;
	return step != STEP_FAIL;
}
