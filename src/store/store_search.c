#include "store_search.h"

#include "fold.h"
#include "stmt.h"

/* What of a customer is searched: the three folded texts of its two entries. */
struct entry {
	struct strbuf name;    /* words of the names */
	struct strbuf contact; /* words of e-mail, account key and phone */
	struct strbuf part;    /* all of it, one field a line */
};

#define ENTRY_INIT                                                                                 \
	{                                                                                          \
		STRBUF_INIT, STRBUF_INIT, STRBUF_INIT                                              \
	}

static void entry_release(struct entry *e)
{
	strbuf_release(&e->name);
	strbuf_release(&e->contact);
	strbuf_release(&e->part);
}

static void add_words(struct strbuf *out, const char *s)
{
	if (!*s)
		return;
	if (out->len)
		strbuf_addc(out, ' ');
	fold_words(out, s);
}

static void add_part(struct strbuf *out, const char *s, char separator)
{
	if (!*s)
		return;
	if (out->len)
		strbuf_addc(out, separator);
	fold_add(out, s);
}

/* The digits of a phone; the number as typed only where no better one is known. */
static void add_digits(struct entry *e, const char *e164, const char *typed)
{
	const char *s = *e164 ? e164 : typed;
	char digits[32];
	size_t n = 0;

	for (; *s && n < sizeof(digits) - 1; s++)
		if (*s >= '0' && *s <= '9')
			digits[n++] = *s;
	digits[n] = '\0';
	add_words(&e->contact, digits);
	add_part(&e->part, digits, '\n');
}

static void entry_customer(struct entry *e, const struct customer *c)
{
	add_words(&e->name, c->name);
	add_words(&e->name, c->first_name);
	add_words(&e->name, c->firm);
	add_words(&e->contact, c->email);
	add_words(&e->contact, c->account_key);
	add_part(&e->part, c->name, '\n');
	add_part(&e->part, c->first_name, ' ');
	add_part(&e->part, c->firm, '\n');
	add_part(&e->part, c->email, '\n');
	add_part(&e->part, c->account_key, '\n');
	add_digits(e, c->phone_e164, c->phone);
}

static void entry_contact(struct entry *e, const struct contact *c)
{
	add_words(&e->name, c->label);
	add_part(&e->part, c->label, '\n');
	switch (c->kind) {
	case CONTACT_EMAIL:
	case CONTACT_FACEBOOK:
	case CONTACT_INSTAGRAM:
		add_words(&e->contact, c->typed);
		add_part(&e->part, c->typed, '\n');
		break;
	case CONTACT_PHONE:
	case CONTACT_WHATSAPP:
		add_digits(e, c->value, c->typed);
		break;
	case CONTACT_POST:
	case CONTACT_KINDS:
		break;
	}
}

static bool write_entry(struct db *db, int64_t id, const struct entry *e, enum sql_id word,
	enum sql_id part, struct err *err)
{
	struct stmt *q = stmt_use(db, word);

	stmt_i64(q, "id", id);
	stmt_textn(q, "name", e->name.buf, e->name.len);
	stmt_textn(q, "contact", e->contact.buf, e->contact.len);
	if (!stmt_run(q, err))
		return false;
	q = stmt_use(db, part);
	stmt_i64(q, "id", id);
	stmt_textn(q, "text", e->part.buf, e->part.len);
	return stmt_run(q, err);
}

static bool add_entry(struct db *db, int64_t id, struct entry *e, struct err *err)
{
	bool ok = write_entry(db, id, e, SQL_SEARCH_WORD_ADD, SQL_SEARCH_PART_ADD, err);

	entry_release(e);
	return ok;
}

static bool drop_entry(struct db *db, int64_t id, struct entry *e, struct err *err)
{
	bool ok = write_entry(db, id, e, SQL_SEARCH_WORD_DROP, SQL_SEARCH_PART_DROP, err);

	entry_release(e);
	return ok;
}

bool store_search_add(struct db *db, const struct customer *c, struct err *err)
{
	struct entry e = ENTRY_INIT;

	entry_customer(&e, c);
	return add_entry(db, c->id, &e, err);
}

bool store_search_drop(struct db *db, const struct customer *c, struct err *err)
{
	struct entry e = ENTRY_INIT;

	entry_customer(&e, c);
	return drop_entry(db, c->id, &e, err);
}

bool store_search_add_contact(struct db *db, const struct contact *c, struct err *err)
{
	struct entry e = ENTRY_INIT;

	entry_contact(&e, c);
	return add_entry(db, c->id, &e, err);
}

bool store_search_drop_contact(struct db *db, const struct contact *c, struct err *err)
{
	struct entry e = ENTRY_INIT;

	entry_contact(&e, c);
	return drop_entry(db, c->id, &e, err);
}

bool store_search_differs(const struct customer *before, const struct customer *after)
{
	return strcmp(before->name, after->name) || strcmp(before->first_name, after->first_name) ||
	       strcmp(before->firm, after->firm) || strcmp(before->email, after->email) ||
	       strcmp(before->account_key, after->account_key) ||
	       strcmp(before->phone, after->phone) || strcmp(before->phone_e164, after->phone_e164);
}
