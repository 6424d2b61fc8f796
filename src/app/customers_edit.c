#include "change.h"
#include "channel.h"
#include "country.h"
#include "customers.h"
#include "customers_private.h"
#include "scores.h"
#include "store_contact.h"
#include "store_customer.h"
#include "tz.h"
#include "undo_rows.h"

#define FIELD_BYTES 500 /* of any text of a customer */

/* --- what can be saved --- */

bool text_is_plain(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7F)
			return false;
	return true;
}

static bool channels_valid(const char *words)
{
	while (*words) {
		size_t len = strcspn(words, ",");
		enum channel channel;
		char word[16];

		if (len >= sizeof(word))
			return false;
		snprintf(word, sizeof(word), "%.*s", (int)len, words);
		if (!channel_parse(word, &channel))
			return false;
		words += len + (words[len] == ',');
	}
	return true;
}

static bool time_zone_valid(const char *name)
{
	struct err unused = ERR_INIT;
	struct tz *tz;

	if (!*name)
		return true;
	tz = tz_load(name, &unused);
	tz_free(tz);
	return tz;
}

static bool texts_valid(const struct customer *c, struct err *err)
{
	struct strbuf text = STRBUF_INIT;
	bool ok = true;

	for (int i = 0; ok && i < CF_COUNT; i++) {
		strbuf_clear(&text);
		customer_field_text(c, (enum customer_field)i, &text);
		if (text.len > FIELD_BYTES || !text_is_plain(text.buf))
			ok = err_set(err, ERR_INVALID, text.buf, "%s",
				customer_field_word((enum customer_field)i));
	}
	strbuf_release(&text);
	return ok;
}

bool customer_valid(const struct customer *c, struct err *err)
{
	enum lang lang;

	if (!*c->name)
		return err_set(err, ERR_INVALID, "", "name");
	if (!texts_valid(c, err))
		return false;
	if (*c->country && !country_find(c->country))
		return err_set(err, ERR_INVALID, c->country, "country");
	if (*c->language && !lang_parse(c->language, &lang))
		return err_set(err, ERR_INVALID, c->language, "language");
	if (!time_zone_valid(c->time_zone))
		return err_set(err, ERR_INVALID, c->time_zone, "time_zone");
	if (!channels_valid(c->channels))
		return err_set(err, ERR_INVALID, c->channels, "channels");
	return true;
}

/* Blanks at the ends of what was typed are nobody's. */
static void tidy(struct customer *c, struct arena *a)
{
	struct strbuf text = STRBUF_INIT;

	for (int i = 0; i < CF_COUNT; i++) {
		enum customer_field field = (enum customer_field)i;

		strbuf_clear(&text);
		customer_field_text(c, field, &text);
		strbuf_trim(&text);
		if (!customer_field_set(c, field, arena_strdup(a, text.buf)))
			continue; /* days and minutes that were never set */
	}
	strbuf_release(&text);
}

/* The accounting key belongs to one customer, or to a record merged into one. */
static bool key_free(struct session *s, const struct customer *c, struct arena *a, struct err *err)
{
	struct customer owner;

	if (!*c->account_key)
		return true;
	if (!store_customer_find(s->db, s->company.id, c->account_key, a, &owner, err))
		return false;
	if (!owner.id || owner.id == c->id)
		return true;
	return err_set(err, ERR_DUPLICATE, c->account_key, "customer %lld", (long long)owner.id);
}

/* --- entering --- */

static bool insert(struct change *ch, struct customer *c, struct arena *a, struct err *err)
{
	struct session *s = ch->s;
	struct customer_score initial;

	scores_initial(s, &initial);
	return key_free(s, c, a, err) &&
	       store_customer_insert(s->db, c, &initial, &ch->tally, err) &&
	       change_journal(ch, JOURNAL_EDIT, customer_title(c, a), err) &&
	       store_journal_made(s->db, &ch->journal, "customer", c->id, c->id, err);
}

bool customers_add(struct session *s, struct customer *c, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct customer made = *c;
	struct change ch;
	bool ok = false;

	tidy(&made, &a);
	made.id = 0;
	made.company_id = s->company.id;
	made.consents = 0;
	made.merged_into = made.anonymised_at = made.imported = 0;
	made.created_at = made.updated_at = session_now(s);
	customer_normalise(&made, &s->company, &a);
	if (!session_ready(s, RIGHT_CUSTOMERS_CHANGE, err) || !customer_valid(&made, err))
		goto out;
	ok = change_begin(&ch, s, RIGHT_CUSTOMERS_CHANGE, err) && insert(&ch, &made, &a, err);
	ok = change_end(&ch, ok, "customer.make", "customer", made.id, "", err);
	if (ok) {
		c->id = made.id;
		c->company_id = made.company_id;
		c->revision = made.revision;
		c->created_at = c->updated_at = made.created_at;
	}
out:
	arena_release(&a);
	return ok;
}

/* --- editing --- */

/* What I changed onto what is there now; fields both changed are a conflict. */
static bool combine(const struct customer *before, const struct customer *now,
	struct customer *after, struct customer_conflict *conflict, struct err *err)
{
	uint32_t mine = customer_fields_differ(before, after);
	uint32_t theirs = customer_fields_differ(before, now);
	uint32_t apart = customer_fields_differ(after, now);
	struct customer wished = *after;

	*conflict = (struct customer_conflict){ *now, mine & theirs & apart };
	if (conflict->fields)
		return err_set(err, ERR_CONFLICT, now->name, "fields %x", conflict->fields);
	*after = *now;
	for (int i = 0; i < CF_COUNT; i++)
		if (mine & CF_BIT(i))
			customer_field_copy(after, &wished, (enum customer_field)i);
	return true;
}

static bool update(struct change *ch, const struct customer *now, struct customer *after,
	struct arena *a, struct err *err)
{
	struct session *s = ch->s;
	struct strbuf was = STRBUF_INIT;
	bool ok;

	after->updated_at = session_now(s);
	undo_customer_before(now, after, &was);
	ok = key_free(s, after, a, err) &&
	     store_customer_update(s->db, now, after, &ch->tally, err) &&
	     change_journal(ch, JOURNAL_EDIT, customer_title(after, a), err) &&
	     change_note(ch, "customer", after->id, after->revision, was.buf, err);
	strbuf_release(&was);
	return ok;
}

/* The names of the fields, never their values: the trail outlives an erasure. */
static const char *edit_detail(uint32_t fields, struct arena *a)
{
	struct strbuf out = STRBUF_INIT;
	const char *detail;

	strbuf_adds(&out, "{\"fields\":[");
	for (int i = 0; i < CF_COUNT; i++)
		if (fields & CF_BIT(i))
			strbuf_addf(&out, "%s\"%s\"", out.buf[out.len - 1] == '[' ? "" : ",",
				customer_field_word((enum customer_field)i));
	strbuf_adds(&out, "]}");
	detail = arena_strdup(a, out.buf);
	strbuf_release(&out);
	return detail;
}

bool customers_edit(struct session *s, const struct customer *before, struct customer *after,
	struct arena *a, struct customer_conflict *conflict, struct err *err)
{
	const char *detail = "";
	struct customer now;
	struct change ch;
	uint32_t fields = 0;
	bool ok;

	if (!session_ready(s, RIGHT_CUSTOMERS_CHANGE, err))
		return false;
	tidy(after, a);
	customer_normalise(after, &s->company, a);
	ok = customer_valid(after, err);
	if (!ok || !change_begin(&ch, s, RIGHT_CUSTOMERS_CHANGE, err))
		return false;
	ok = store_customer_get(s->db, s->company.id, before->id, a, &now, err);
	if (ok && (now.merged_into || now.anonymised_at))
		ok = err_set(err, ERR_GONE, now.name, "merged or erased");
	ok = ok && combine(before, &now, after, conflict, err);
	if (ok) {
		fields = customer_fields_differ(&now, after);
		detail = edit_detail(fields, a);
	}
	if (ok && !fields) {
		db_rollback(s->db);
		return true;
	}
	ok = ok && update(&ch, &now, after, a, err);
	return change_end(&ch, ok, "customer.edit", "customer", before->id, detail, err);
}

/* --- further addresses --- */

bool customers_contact_add(struct session *s, struct contact *c, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct contact made = *c;
	const char *title;
	struct change ch;
	bool ok;

	made.id = 0;
	made.company_id = s->company.id;
	contact_normalise(&made, &s->company, &a);
	ok = change_begin(&ch, s, RIGHT_CUSTOMERS_CHANGE, err);
	if (ok && (!*made.typed || strlen(made.typed) > FIELD_BYTES || !text_is_plain(made.typed) ||
			  strlen(made.label) > FIELD_BYTES || !text_is_plain(made.label)))
		ok = err_set(err, ERR_INVALID, made.typed, "%s", contact_kind_word(made.kind));
	ok = ok && customer_title_of(s, made.customer_id, &a, &title, err) &&
	     store_contact_add(s->db, &made, &ch.tally, err) &&
	     change_journal(&ch, JOURNAL_EDIT, title, err) &&
	     change_note(&ch, "contact", made.id, 0, MADE_BEFORE, err);
	ok = change_end(
		&ch, ok, "customer.contact", "customer", made.customer_id, "{\"added\":true}", err);
	if (ok)
		c->id = made.id;
	arena_release(&a);
	return ok;
}

bool customers_contact_drop(struct session *s, int64_t id, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct strbuf was = STRBUF_INIT;
	struct contact c = CONTACT_INIT;
	const char *title;
	struct change ch;
	bool ok;

	ok = change_begin(&ch, s, RIGHT_CUSTOMERS_CHANGE, err) &&
	     store_contact_get(s->db, s->company.id, id, &a, &c, err) &&
	     customer_title_of(s, c.customer_id, &a, &title, err);
	if (ok)
		contact_before(&c, &was);
	ok = ok && store_contact_drop(s->db, s->company.id, id, session_now(s), &ch.tally, err) &&
	     change_journal(&ch, JOURNAL_EDIT, title, err) &&
	     change_note(&ch, "contact", id, 0, was.buf, err);
	ok = change_end(
		&ch, ok, "customer.contact", "customer", c.customer_id, "{\"added\":false}", err);
	strbuf_release(&was);
	arena_release(&a);
	return ok;
}
