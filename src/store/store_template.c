#include "store_template.h"

#include <stdio.h>

#include "fold.h"
#include "stmt.h"

static bool make_key(const char *name, struct strbuf *key, struct err *err)
{
	fold_add(key, name);
	return key->len || err_set(err, ERR_INVALID, name, "%s", "a name without a letter");
}

bool store_template_insert(struct db *db, struct saved_template *t, struct err *err)
{
	struct strbuf key = STRBUF_INIT;
	struct stmt *q;
	bool ok = make_key(t->name, &key, err) && (t->id || (t->id = db_ids(db, 1, err)));

	if (ok) {
		q = stmt_use(db, SQL_TEMPLATE_INSERT);
		stmt_i64(q, "id", t->id);
		stmt_i64(q, "company_id", t->company_id);
		stmt_text(q, "name", t->name);
		stmt_text(q, "name_key", key.buf);
		stmt_text(q, "system_key", *t->system_key ? t->system_key : NULL);
		stmt_text(q, "channel", channel_word(t->channel));
		stmt_text(q, "type", campaign_type_word(t->type));
		stmt_i64(q, "created_at", t->created_at);
		t->revision = 1;
		ok = stmt_run(q, err) &&
		     (db_changes(db) || err_set(err, ERR_DUPLICATE, t->name, "%s", ""));
	}
	strbuf_release(&key);
	return ok;
}

static void read_template(struct stmt *q, struct arena *a, struct saved_template *out)
{
	*out = (struct saved_template){
		.id = col_i64(q, 0),
		.company_id = col_i64(q, 1),
		.name = col_dup(q, 2, a),
		.system_key = col_dup(q, 3, a),
		.archived_at = col_i64_or(q, 6, 0),
		.created_at = col_i64(q, 7),
		.revision = col_i64(q, 8),
		.languages = col_dup(q, 9, a),
	};
	if (!channel_parse(col_text(q, 4), &out->channel))
		out->channel = CHANNEL_EMAIL;
	if (!campaign_type_parse(col_text(q, 5), &out->type))
		out->type = CAMPAIGN_PROMOTIONAL;
}

static bool read_one(
	struct stmt *q, struct arena *a, struct saved_template *out, bool *found, struct err *err)
{
	enum step step = stmt_step(q, err);

	*found = step == STEP_ROW;
	if (*found)
		read_template(q, a, out);
	stmt_done(q);
	return step != STEP_FAIL;
}

bool store_template_get(struct db *db, int64_t company_id, int64_t id, struct arena *a,
	struct saved_template *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_TEMPLATE_GET);
	bool found;

	stmt_i64(q, "id", id);
	stmt_i64(q, "company_id", company_id);
	return read_one(q, a, out, &found, err) &&
	       (found || err_set(err, ERR_GONE, "template", "%lld", (long long)id));
}

/* Why an edit changed no row: it is of another revision, or the name is another's. */
static bool why_not_edited(struct db *db, const struct saved_template *t, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct saved_template stored;
	bool ok = store_template_get(db, t->company_id, t->id, &a, &stored, err);

	if (ok)
		err_set(err, stored.revision == t->revision ? ERR_DUPLICATE : ERR_CONFLICT,
			stored.revision == t->revision ? t->name : "template", "%lld",
			(long long)t->id);
	arena_release(&a);
	return false;
}

bool store_template_edit(struct db *db, struct saved_template *t, struct err *err)
{
	struct strbuf key = STRBUF_INIT;
	struct stmt *q;
	bool ok = make_key(t->name, &key, err);

	if (ok) {
		q = stmt_use(db, SQL_TEMPLATE_EDIT);
		stmt_i64(q, "id", t->id);
		stmt_i64(q, "company_id", t->company_id);
		stmt_i64(q, "revision", t->revision);
		stmt_text(q, "name", t->name);
		stmt_text(q, "name_key", key.buf);
		stmt_text(q, "type", campaign_type_word(t->type));
		stmt_i64_or_null(q, "archived_at", t->archived_at, 0);
		ok = stmt_run(q, err) && (db_changes(db) || why_not_edited(db, t, err));
	}
	t->revision += ok;
	strbuf_release(&key);
	return ok;
}

bool store_template_find(struct db *db, int64_t company_id, enum channel channel, const char *key,
	struct arena *a, struct saved_template *out, bool *found, struct err *err)
{
	struct strbuf folded = STRBUF_INIT;
	struct stmt *q = stmt_use(db, SQL_TEMPLATE_BY_KEY);
	bool ok;

	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "system_key", key);
	stmt_text(q, "channel", channel_word(channel));
	ok = read_one(q, a, out, found, err);
	if (ok && !*found) {
		fold_add(&folded, key);
		q = stmt_use(db, SQL_TEMPLATE_BY_NAME);
		stmt_i64(q, "company_id", company_id);
		stmt_text(q, "channel", channel_word(channel));
		stmt_text(q, "name_key", folded.buf);
		ok = read_one(q, a, out, found, err);
		strbuf_release(&folded);
	}
	return ok;
}

bool store_template_list(struct db *db, int64_t company_id, int channel, bool archived,
	struct arena *a, struct saved_template **out, int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_TEMPLATE_LIST);
	struct saved_template *list = arena_zalloc(a, TEMPLATES_MOST, sizeof(*list));
	enum step step = STEP_DONE;
	int n = 0;

	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "channel", channel < 0 ? NULL : channel_word((enum channel)channel));
	stmt_i64(q, "archived", archived);
	stmt_i64(q, "n", TEMPLATES_MOST);
	while (n < TEMPLATES_MOST && (step = stmt_step(q, err)) == STEP_ROW)
		read_template(q, a, &list[n++]);
	stmt_done(q);
	*out = list;
	*count = n;
	return step != STEP_FAIL;
}

bool store_template_system_count(struct db *db, int64_t company_id, int64_t *n, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_TEMPLATE_SYSTEM_COUNT);

	stmt_i64(q, "company_id", company_id);
	return stmt_number(q, 0, n, err);
}

/* --- versions --- */

bool store_version_add(
	struct db *db, struct saved_template *t, struct saved_version *v, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_TEMPLATE_RAISE);
	int64_t version;

	stmt_i64(q, "id", t->id);
	stmt_i64(q, "company_id", t->company_id);
	stmt_i64(q, "revision", t->revision);
	if (!stmt_run(q, err))
		return false;
	if (!db_changes(db))
		return err_set(err, ERR_CONFLICT, "template", "%lld", (long long)t->id);
	v->id = db_ids(db, 1, err);
	if (!v->id)
		return false;
	v->template_id = t->id;
	q = stmt_use(db, SQL_TEMPLATE_VERSION_INSERT);
	stmt_i64(q, "id", v->id);
	stmt_i64(q, "template_id", t->id);
	stmt_text(q, "language", v->language);
	stmt_text(q, "subject", v->subject);
	stmt_text(q, "text", v->text);
	stmt_text(q, "html", v->html);
	stmt_text(q, "author", v->author);
	stmt_i64(q, "created_at", v->created_at);
	if (!stmt_number(q, 0, &version, err))
		return false;
	v->version = (int)version;
	t->revision++;
	return true;
}

static void read_version(struct stmt *q, struct arena *a, struct saved_version *out)
{
	*out = (struct saved_version){
		.id = col_i64(q, 0),
		.template_id = col_i64(q, 1),
		.version = (int)col_i64(q, 3),
		.subject = col_dup(q, 4, a),
		.text = col_dup(q, 5, a),
		.html = col_dup(q, 6, a),
		.author = col_dup(q, 7, a),
		.created_at = col_i64(q, 8),
	};
	snprintf(out->language, sizeof(out->language), "%s", col_text(q, 2));
}

bool store_versions(struct db *db, int64_t template_id, struct arena *a, struct saved_version **out,
	int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_TEMPLATE_VERSIONS);
	struct saved_version *list = arena_zalloc(a, TEMPLATE_VERSIONS_MOST, sizeof(*list));
	enum step step = STEP_DONE;
	int n = 0;

	stmt_i64(q, "template_id", template_id);
	stmt_i64(q, "n", TEMPLATE_VERSIONS_MOST);
	while (n < TEMPLATE_VERSIONS_MOST && (step = stmt_step(q, err)) == STEP_ROW)
		read_version(q, a, &list[n++]);
	stmt_done(q);
	*out = list;
	*count = n;
	return step != STEP_FAIL;
}

static bool read_one_version(
	struct stmt *q, struct arena *a, struct saved_version *out, bool *found, struct err *err)
{
	enum step step = stmt_step(q, err);

	*found = step == STEP_ROW;
	if (*found)
		read_version(q, a, out);
	stmt_done(q);
	return step != STEP_FAIL;
}

bool store_version_latest(struct db *db, int64_t template_id, const char *language, struct arena *a,
	struct saved_version *out, bool *found, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_TEMPLATE_VERSION_LATEST);

	stmt_i64(q, "template_id", template_id);
	stmt_text(q, "language", language);
	return read_one_version(q, a, out, found, err);
}

bool store_version_get(struct db *db, int64_t company_id, int64_t id, struct arena *a,
	struct saved_version *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_TEMPLATE_VERSION_GET);
	bool found;

	stmt_i64(q, "id", id);
	stmt_i64(q, "company_id", company_id);
	return read_one_version(q, a, out, &found, err) &&
	       (found || err_set(err, ERR_GONE, "template", "%lld", (long long)id));
}
