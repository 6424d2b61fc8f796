#include "store_company.h"

#include "role.h"
#include "stmt.h"

static void bind_company(struct stmt *q, const struct company *c)
{
	stmt_i64(q, "id", c->id);
	stmt_text(q, "name", c->name);
	stmt_text(q, "country", c->country);
	stmt_text(q, "currency", c->currency);
	stmt_text(q, "time_zone", c->time_zone);
	stmt_text(q, "language", lang_code(c->language));
	stmt_i64(q, "terms_days", c->terms_days);
	stmt_i64(q, "revenue_low", c->revenue_low);
	stmt_i64(q, "revenue_mid", c->revenue_mid);
	stmt_i64(q, "revenue_high", c->revenue_high);
	stmt_i64(q, "demo", c->demo);
}

bool store_company_insert(struct db *db, struct company *c, struct err *err)
{
	struct stmt *q;

	c->id = db_ids(db, 1, err);
	if (!c->id)
		return false;
	c->revision = 1;
	q = stmt_use(db, SQL_COMPANY_INSERT);
	bind_company(q, c);
	stmt_i64(q, "created_at", c->created_at);
	return stmt_run(q, err);
}

bool store_company_update(struct db *db, struct company *c, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_COMPANY_UPDATE);

	bind_company(q, c);
	stmt_i64(q, "revision", c->revision);
	if (!stmt_run(q, err))
		return false;
	if (!db_changes(db))
		return err_set(err, ERR_CONFLICT, c->name, "revision %lld", (long long)c->revision);
	c->revision++;
	return true;
}

static void copy_text(char *to, size_t size, const char *from)
{
	snprintf(to, size, "%s", from);
}

static void read_company(struct stmt *q, struct company *c)
{
	*c = (struct company){
		.id = col_i64(q, 0),
		.language = LANG_FR,
		.terms_days = (int)col_i64(q, 6),
		.revenue_low = col_i64(q, 7),
		.revenue_mid = col_i64(q, 8),
		.revenue_high = col_i64(q, 9),
		.demo = col_i64(q, 10),
		.created_at = col_i64(q, 11),
		.revision = col_i64(q, 12),
	};
	copy_text(c->name, sizeof(c->name), col_text(q, 1));
	copy_text(c->country, sizeof(c->country), col_text(q, 2));
	copy_text(c->currency, sizeof(c->currency), col_text(q, 3));
	copy_text(c->time_zone, sizeof(c->time_zone), col_text(q, 4));
	if (!lang_parse(col_text(q, 5), &c->language))
		c->language = LANG_FR;
}

bool store_company_get(struct db *db, int64_t id, struct company *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_COMPANY_GET);
	enum step step;

	*out = (struct company){ .id = 0 };
	stmt_i64(q, "id", id);
	step = stmt_step(q, err);
	if (step == STEP_ROW)
		read_company(q, out);
	stmt_done(q);
	return step != STEP_FAIL;
}

#define COMPANIES_MAX 256

bool store_company_list(
	struct db *db, struct arena *a, struct company **out, int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_COMPANY_LIST);
	struct company *list = arena_alloc(a, COMPANIES_MAX * sizeof(*list));
	enum step step = STEP_DONE;
	int n = 0;

	while (n < COMPANIES_MAX && (step = stmt_step(q, err)) == STEP_ROW)
		read_company(q, &list[n++]);
	stmt_done(q);
	*out = list;
	*count = n;
	return step != STEP_FAIL;
}

static void add_role(struct strbuf *sb, enum user_role role)
{
	strbuf_addf(sb, "%s%s", sb->len ? "," : "", user_role_word(role));
}

static uint32_t parse_roles(const char *words)
{
	uint32_t roles = 0;

	while (*words) {
		size_t len = strcspn(words, ",");
		char word[32];
		enum user_role role;

		snprintf(word, sizeof(word), "%.*s", (int)len, words);
		if (user_role_parse(word, &role))
			roles |= ROLE_BIT(role);
		words += len + (words[len] == ',');
	}
	return roles;
}

bool store_user_find(struct db *db, const char *login, struct actor *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_USER_FIND);
	enum step step;

	out->user_id = 0;
	out->roles = 0;
	copy_text(out->login, sizeof(out->login), login);
	stmt_text(q, "login", login);
	step = stmt_step(q, err);
	if (step == STEP_ROW) {
		out->user_id = col_i64(q, 0);
		out->roles = parse_roles(col_text(q, 1));
	}
	stmt_done(q);
	return step != STEP_FAIL;
}

bool store_user_insert(
	struct db *db, struct actor *user, const char *name, int64_t at, struct err *err)
{
	struct strbuf roles = STRBUF_INIT;
	struct stmt *q;
	bool ok;

	user->user_id = db_ids(db, 1, err);
	if (!user->user_id)
		return false;
	for (int r = 0; r < USER_ROLE_COUNT; r++)
		if (user->roles & ROLE_BIT(r))
			add_role(&roles, (enum user_role)r);
	q = stmt_use(db, SQL_USER_INSERT);
	stmt_i64(q, "id", user->user_id);
	stmt_text(q, "login", user->login);
	stmt_text(q, "name", name);
	stmt_text(q, "roles", roles.buf);
	stmt_i64(q, "at", at);
	ok = stmt_run(q, err);
	strbuf_release(&roles);
	return ok;
}

/* Steps a query for one text; "" if there is no row. */
static bool one_text(struct stmt *q, struct arena *a, const char **out, struct err *err)
{
	enum step step = stmt_step(q, err);

	*out = step == STEP_ROW ? col_dup(q, 0, a) : "";
	stmt_done(q);
	return step != STEP_FAIL;
}

bool store_setting_get(struct db *db, int64_t company_id, int64_t user_id, const char *key,
	struct arena *a, const char **out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_SETTING_GET);

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "user_id", user_id);
	stmt_text(q, "key", key);
	return one_text(q, a, out, err);
}

bool store_setting_put(struct db *db, int64_t company_id, int64_t user_id, const char *key,
	const char *value, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_SETTING_PUT);

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "user_id", user_id);
	stmt_text(q, "key", key);
	stmt_text(q, "value", value);
	return stmt_run(q, err);
}

bool store_country_rule_row(struct db *db, int64_t company_id, const char *country,
	const char *rule, int32_t day, struct arena *a, struct country_rule_row *out,
	struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_COUNTRY_RULE_ROW);
	enum step step;

	*out = (struct country_rule_row){ "", "", DAY_NONE };
	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "country", country);
	stmt_text(q, "rule", rule);
	stmt_i64(q, "day", day);
	step = stmt_step(q, err);
	if (step == STEP_ROW)
		*out = (struct country_rule_row){ col_dup(q, 0, a), col_dup(q, 1, a),
			(int32_t)col_i64(q, 2) };
	stmt_done(q);
	return step != STEP_FAIL;
}

bool store_country_rule_put(struct db *db, int64_t company_id, const char *country,
	const char *rule, const struct country_rule_row *row, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_COUNTRY_RULE_PUT);

	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "country", country);
	stmt_text(q, "rule", rule);
	stmt_i64(q, "since_day", row->since);
	stmt_text(q, "value", row->value);
	stmt_text(q, "source", row->source);
	return stmt_run(q, err);
}

bool store_meta_get(
	struct db *db, const char *key, struct arena *a, const char **out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_META_GET);

	stmt_text(q, "key", key);
	return one_text(q, a, out, err);
}

bool store_meta_put(struct db *db, const char *key, const char *value, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_META_PUT);

	stmt_text(q, "key", key);
	stmt_text(q, "value", value);
	return stmt_run(q, err);
}
