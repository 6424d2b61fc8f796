#include "store_customer.h"

#include "fold.h"
#include "stmt.h"
#include "store_consent.h"
#include "store_contact.h"
#include "store_score.h"
#include "store_search.h"
#include "store_tombstone.h"

static void text_or_null(struct stmt *q, const char *name, const char *s)
{
	stmt_text(q, name, *s ? s : NULL);
}

/* The columns that an insert and an edit both write and no index holds. */
static void bind_plain(struct stmt *q, const struct customer *c)
{
	stmt_i64(q, "id", c->id);
	stmt_i64(q, "company_id", c->company_id);
	stmt_text(q, "kind", customer_kind_word(c->kind));
	stmt_text(q, "nature", nature_word(c->nature));
	stmt_text(q, "name", c->name);
	stmt_text(q, "first_name", c->first_name);
	stmt_text(q, "firm", c->firm);
	stmt_text(q, "email", c->email);
	stmt_text(q, "phone", c->phone);
	stmt_text(q, "street", c->street);
	stmt_text(q, "postcode", c->postcode);
	stmt_text(q, "city", c->city);
	stmt_text(q, "country", c->country);
	stmt_i64_or_null(q, "birth_day", c->birth_day, DAY_NONE);
	stmt_text(q, "language", c->language);
	stmt_text(q, "time_zone", c->time_zone);
	stmt_text(q, "channels", c->channels);
	stmt_i64_or_null(q, "best_minute", c->best_minute, -1);
	stmt_i64(q, "updated_at", c->updated_at);
	stmt_i64(q, "imported", c->imported);
}

/* The columns that an index holds; the keys lie in `keys` until the statement ran. */
static void bind_keys(struct stmt *q, const struct customer *c, struct strbuf *keys)
{
	size_t city;

	fold_add(keys, c->name);
	if (*c->first_name) {
		if (keys->len)
			strbuf_addc(keys, ' ');
		fold_add(keys, c->first_name);
	}
	if (!keys->len)
		strbuf_adds(keys, FOLD_LAST);
	city = keys->len;
	fold_add_key(keys, c->city);
	stmt_textn(q, "name_key", keys->buf, city);
	stmt_textn(q, "city_key", keys->buf + city, keys->len - city);
	text_or_null(q, "account_key", c->account_key);
	text_or_null(q, "email_key", c->email_key);
	text_or_null(q, "phone_e164", c->phone_e164);
}

static bool insert_row(struct db *db, const struct customer *c, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CUSTOMER_INSERT);
	struct strbuf keys = STRBUF_INIT;
	bool ok;

	bind_plain(q, c);
	bind_keys(q, c, &keys);
	stmt_i64(q, "created_at", c->created_at);
	ok = stmt_run(q, err);
	strbuf_release(&keys);
	return ok;
}

bool store_customer_insert(struct db *db, struct customer *c, const struct customer_score *initial,
	struct tally *tally, struct err *err)
{
	if (!c->id)
		c->id = db_ids(db, 1, err);
	if (!c->id || !insert_row(db, c, err) ||
		!store_score_insert(db, c->company_id, c->id, initial, err) ||
		!store_search_add(db, c, err))
		return false;
	c->revision = 1;
	c->consents = 0;
	tally_customer(tally, 1, initial, 0, false, false); /* no consent, no reach */
	return true;
}

static bool keys_differ(const struct customer *a, const struct customer *b)
{
	return strcmp(a->name, b->name) || strcmp(a->first_name, b->first_name) ||
	       strcmp(a->city, b->city) || strcmp(a->account_key, b->account_key) ||
	       strcmp(a->email_key, b->email_key) || strcmp(a->phone_e164, b->phone_e164);
}

/* Why an update found no row: it moved on, or it is no more. */
static bool conflict(struct db *db, const struct customer *c, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CUSTOMER_EXISTS);
	int64_t found;

	stmt_i64(q, "id", c->id);
	stmt_i64(q, "company_id", c->company_id);
	if (!stmt_number(q, 0, &found, err))
		return false;
	return err_set(err, found ? ERR_CONFLICT : ERR_GONE, c->name,
		"customer %lld, revision %lld", (long long)c->id, (long long)c->revision);
}

bool store_customer_update(struct db *db, const struct customer *before, struct customer *after,
	struct tally *tally, struct err *err)
{
	bool keys = keys_differ(before, after);
	struct stmt *q = stmt_use(db, keys ? SQL_CUSTOMER_UPDATE_KEYS : SQL_CUSTOMER_UPDATE);
	struct strbuf text = STRBUF_INIT;
	bool ok;

	bind_plain(q, after);
	if (keys)
		bind_keys(q, after, &text);
	stmt_i64(q, "revision", before->revision);
	ok = stmt_run(q, err);
	strbuf_release(&text);
	if (!ok)
		return false;
	if (!db_changes(db))
		return conflict(db, before, err);
	after->revision = before->revision + 1;
	if (before->merged_into)
		return true; /* in no list, no counter and no search */
	if (!store_reach(db, -1, before->company_id, before->consents, before->email_key,
		    before->phone_e164, tally, err) ||
		!store_reach(db, 1, before->company_id, before->consents, after->email_key,
			after->phone_e164, tally, err))
		return false;
	return !store_search_differs(before, after) ||
	       (store_search_drop(db, before, err) && store_search_add(db, after, err));
}

bool store_customer_imported(
	struct db *db, int64_t company_id, int64_t id, int64_t digest, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CUSTOMER_IMPORTED);

	stmt_i64(q, "id", id);
	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "imported", digest);
	return stmt_run(q, err);
}

bool store_customer_keys_fit(struct db *db, const struct customer *c, bool *fit, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CUSTOMER_KEYS_FIT);
	struct strbuf keys = STRBUF_INIT;
	int64_t fits;
	bool ok;

	bind_keys(q, c, &keys);
	stmt_i64(q, "id", c->id);
	ok = stmt_number(q, 0, &fits, err);
	*fit = fits;
	strbuf_release(&keys);
	return ok;
}

bool store_customer_keys_write(struct db *db, const struct customer *c, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CUSTOMER_KEYS_WRITE);
	struct strbuf keys = STRBUF_INIT;
	bool ok;

	bind_keys(q, c, &keys);
	stmt_i64(q, "id", c->id);
	ok = stmt_run(q, err);
	strbuf_release(&keys);
	return ok;
}

static void read_customer(struct stmt *q, struct arena *a, struct customer *c)
{
	*c = (struct customer){
		.id = col_i64(q, 0),
		.company_id = col_i64(q, 1),
		.account_key = col_dup(q, 2, a),
		.name = col_dup(q, 5, a),
		.first_name = col_dup(q, 6, a),
		.firm = col_dup(q, 7, a),
		.email = col_dup(q, 8, a),
		.email_key = col_dup(q, 9, a),
		.phone = col_dup(q, 10, a),
		.phone_e164 = col_dup(q, 11, a),
		.street = col_dup(q, 12, a),
		.postcode = col_dup(q, 13, a),
		.city = col_dup(q, 14, a),
		.country = col_dup(q, 15, a),
		.birth_day = (int32_t)col_i64_or(q, 16, DAY_NONE),
		.language = col_dup(q, 17, a),
		.time_zone = col_dup(q, 18, a),
		.channels = col_dup(q, 19, a),
		.best_minute = (int)col_i64_or(q, 20, -1),
		.consents = (uint32_t)col_i64(q, 21),
		.merged_into = col_i64(q, 22),
		.anonymised_at = col_i64(q, 23),
		.created_at = col_i64(q, 24),
		.updated_at = col_i64(q, 25),
		.revision = col_i64(q, 26),
		.imported = col_i64(q, 27),
	};
	/* The schema lets no other word in. */
	if (!customer_kind_parse(col_text(q, 3), &c->kind))
		c->kind = KIND_PERSON;
	if (!nature_parse(col_text(q, 4), &c->nature))
		c->nature = NATURE_PRIVATE;
}

bool store_customer_get(struct db *db, int64_t company_id, int64_t id, struct arena *a,
	struct customer *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CUSTOMER_GET);
	enum step step;

	stmt_i64(q, "id", id);
	stmt_i64(q, "company_id", company_id);
	step = stmt_step(q, err);
	if (step == STEP_ROW)
		read_customer(q, a, out);
	stmt_done(q);
	if (step == STEP_DONE)
		return err_set(err, ERR_GONE, "customer", "%lld", (long long)id);
	return step == STEP_ROW;
}

bool store_customer_find(struct db *db, int64_t company_id, const char *account_key,
	struct arena *a, struct customer *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CUSTOMER_FIND);
	enum step step;

	*out = (struct customer)CUSTOMER_INIT;
	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "account_key", account_key);
	step = stmt_step(q, err);
	if (step == STEP_ROW)
		read_customer(q, a, out);
	stmt_done(q);
	return step != STEP_FAIL;
}

static bool by_address(struct db *db, enum sql_id id, int64_t company_id, const char *value,
	int most, struct arena *a, struct customer **out, int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, id);
	struct customer *list = arena_alloc(a, (size_t)most * sizeof(*list));
	enum step step = STEP_DONE;
	int n = 0;

	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "value", value);
	stmt_i64(q, "most", most);
	while (n < most && (step = stmt_step(q, err)) == STEP_ROW)
		read_customer(q, a, &list[n++]);
	stmt_done(q);
	*out = list;
	*count = n;
	return step != STEP_FAIL;
}

bool store_customer_by_email(struct db *db, int64_t company_id, const char *email_key, int most,
	struct arena *a, struct customer **out, int *count, struct err *err)
{
	return by_address(
		db, SQL_CUSTOMER_BY_EMAIL, company_id, email_key, most, a, out, count, err);
}

bool store_customer_by_phone(struct db *db, int64_t company_id, const char *phone_e164, int most,
	struct arena *a, struct customer **out, int *count, struct err *err)
{
	return by_address(
		db, SQL_CUSTOMER_BY_PHONE, company_id, phone_e164, most, a, out, count, err);
}

/* --- taking one out --- */

static bool check_unused(struct db *db, const struct customer *c, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CUSTOMER_IN_USE);
	int64_t used;

	stmt_i64(q, "id", c->id);
	stmt_i64(q, "company_id", c->company_id);
	if (!stmt_number(q, 0, &used, err))
		return false;
	return !used || err_set(err, ERR_IN_USE, c->name, "customer %lld", (long long)c->id);
}

/* Whether what the person refused stops every message to such an address. */
static bool refuses(uint32_t consents, enum address_kind kind)
{
	for (int i = 0; i < CHANNEL_COUNT; i++) {
		enum channel channel = (enum channel)i;

		if (address_of_channel(channel) == kind &&
			consents_get(consents, consent_of_channel(channel)) == CONSENT_REFUSED)
			return true;
	}
	return consents_get(consents, CONSENT_PROCESSING) == CONSENT_REFUSED ||
	       consents_get(consents, CONSENT_MARKETING) == CONSENT_REFUSED;
}

bool store_customer_keep_refusal(struct db *db, const struct customer *c, enum address_kind kind,
	const char *value, int64_t now, const char *actor, struct tally *tally, struct err *err)
{
	struct suppression s = { .company_id = c->company_id,
		.kind = kind,
		.value = value,
		.reason = SUPPRESSED_REFUSED,
		.at = now,
		.actor = actor };
	bool added;

	if (kind == ADDRESS_KINDS || !*value || !refuses(c->consents, kind))
		return true;
	return store_suppress(db, &s, &added, tally, err);
}

/* Takes the further addresses out, what was refused by them kept. */
static bool delete_contacts(struct db *db, const struct customer *c, int64_t now, const char *actor,
	struct tally *tally, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct contact *list;
	bool ok;
	int n;

	do {
		ok = store_contacts_of(db, c->company_id, c->id, &a, &list, &n, err);
		for (int i = 0; ok && i < n; i++) {
			enum address_kind kind = address_of_contact(list[i].kind);

			ok = store_customer_keep_refusal(
				     db, c, kind, list[i].value, now, actor, tally, err) &&
			     store_contact_drop(db, c->company_id, list[i].id, now, tally, err);
		}
		arena_clear(&a);
	} while (ok && n == CONTACTS_MAX);
	arena_release(&a);
	return ok;
}

static bool delete_rows(struct db *db, const struct customer *c, struct err *err)
{
	static const enum sql_id statements[] = { SQL_CUSTOMER_DELETE_TAGS,
		SQL_CUSTOMER_DELETE_FAVOURITES, SQL_CUSTOMER_DELETE_RECENT,
		SQL_CUSTOMER_DELETE_CONSENTS, SQL_CUSTOMER_DELETE_KEYS, SQL_CUSTOMER_DELETE_HISTORY,
		SQL_CUSTOMER_DELETE_PAIRS_LOW, SQL_CUSTOMER_DELETE_PAIRS_HIGH,
		SQL_CUSTOMER_DELETE };

	if (!store_score_delete(db, c->company_id, c->id, err))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(statements); i++) {
		struct stmt *q = stmt_use(db, statements[i]);

		stmt_i64(q, "id", c->id);
		stmt_i64(q, "company_id", c->company_id);
		if (!stmt_run(q, err))
			return false;
	}
	return true;
}

bool store_customer_delete(struct db *db, int64_t company_id, int64_t id, int64_t now,
	const char *actor, struct tally *tally, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct customer_score score;
	struct customer c;
	bool scored, ok;

	ok = store_customer_get(db, company_id, id, &a, &c, err) && check_unused(db, &c, err) &&
	     store_score_get(db, company_id, id, &score, &scored, err) &&
	     store_customer_keep_refusal(
		     db, &c, ADDRESS_EMAIL, c.email_key, now, actor, tally, err) &&
	     store_customer_keep_refusal(
		     db, &c, ADDRESS_PHONE, c.phone_e164, now, actor, tally, err) &&
	     delete_contacts(db, &c, now, actor, tally, err) &&
	     (c.merged_into || store_search_drop(db, &c, err)) && delete_rows(db, &c, err) &&
	     store_tombstone(db, company_id, id, "customer", now, err);
	if (ok && scored) {
		tally_customer(tally, -1, &score, 0, false, false);
		ok = store_reach(
			db, -1, company_id, c.consents, c.email_key, c.phone_e164, tally, err);
	}
	arena_release(&a);
	return ok;
}
