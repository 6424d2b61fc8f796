#include "store_search.h"

#include "search_entry.h"
#include "stmt.h"

static bool write_entry(struct db *db, int64_t id, const struct search_entry *e, enum sql_id word,
	enum sql_id part, struct err *err)
{
	struct stmt *q = stmt_use(db, word);

	stmt_i64(q, "id", id);
	stmt_textn(q, "name", e->name.buf, e->name.len);
	stmt_textn(q, "contact", e->contact.buf, e->contact.len);
	stmt_textn(q, "sound", e->sound.buf, e->sound.len);
	if (!stmt_run(q, err))
		return false;
	q = stmt_use(db, part);
	stmt_i64(q, "id", id);
	stmt_textn(q, "text", e->part.buf, e->part.len);
	return stmt_run(q, err);
}

static bool add_entry(struct db *db, int64_t id, struct search_entry *e, struct err *err)
{
	bool ok = write_entry(db, id, e, SQL_SEARCH_WORD_ADD, SQL_SEARCH_PART_ADD, err);

	search_entry_release(e);
	return ok;
}

static bool drop_entry(struct db *db, int64_t id, struct search_entry *e, struct err *err)
{
	bool ok = write_entry(db, id, e, SQL_SEARCH_WORD_DROP, SQL_SEARCH_PART_DROP, err);

	search_entry_release(e);
	return ok;
}

bool store_search_add(struct db *db, const struct customer *c, struct err *err)
{
	struct search_entry e = SEARCH_ENTRY_INIT;

	search_entry_customer(&e, c);
	return add_entry(db, c->id, &e, err);
}

bool store_search_drop(struct db *db, const struct customer *c, struct err *err)
{
	struct search_entry e = SEARCH_ENTRY_INIT;

	search_entry_customer(&e, c);
	return drop_entry(db, c->id, &e, err);
}

bool store_search_add_contact(struct db *db, const struct contact *c, struct err *err)
{
	struct search_entry e = SEARCH_ENTRY_INIT;

	search_entry_contact(&e, c);
	return add_entry(db, c->id, &e, err);
}

bool store_search_drop_contact(struct db *db, const struct contact *c, struct err *err)
{
	struct search_entry e = SEARCH_ENTRY_INIT;

	search_entry_contact(&e, c);
	return drop_entry(db, c->id, &e, err);
}

bool store_search_differs(const struct customer *before, const struct customer *after)
{
	return strcmp(before->name, after->name) || strcmp(before->first_name, after->first_name) ||
	       strcmp(before->firm, after->firm) || strcmp(before->email, after->email) ||
	       strcmp(before->account_key, after->account_key) ||
	       strcmp(before->phone, after->phone) || strcmp(before->phone_e164, after->phone_e164);
}
