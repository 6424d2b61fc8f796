#include "store_provider.h"

#include <stdio.h>
#include <string.h>

#include "stmt.h"
#include "vec.h"

static void start_account(int64_t company_id, enum provider_name name, struct provider_account *out)
{
	*out = (struct provider_account){
		.company_id = company_id,
		.name = name,
		.active = true,
		.fields = "{}",
		.hourly = provider_hourly(name),
		.countries = "",
		.prices = "",
		.state_code = "",
	};
}

static void read_account(
	struct stmt *q, int64_t company_id, struct arena *a, struct provider_account *out)
{
	enum provider_name name = out->name;

	start_account(company_id, name, out);
	out->active = col_i64(q, 1);
	out->fields = col_dup(q, 2, a);
	out->secrets_len = col_bytes(q, 3);
	if (out->secrets_len) {
		void *copy = arena_alloc(a, out->secrets_len);

		memcpy(copy, col_blob(q, 3), out->secrets_len);
		out->secrets = copy;
	}
	out->hourly = col_i64(q, 4);
	out->batch = (int)col_i64(q, 5);
	out->countries = col_dup(q, 6, a);
	out->prices = col_dup(q, 7, a);
	out->tested_at = col_i64_or(q, 8, 0);
	out->tested_ok = col_i64_or(q, 9, 0);
	if (!breaker_state_parse(col_text(q, 10), &out->state))
		out->state = BREAKER_UP;
	out->state_until = col_i64(q, 11);
	out->state_code = col_dup(q, 12, a);
	out->errors = (int)col_i64(q, 13);
	out->revision = col_i64(q, 14);
}

bool store_provider_get(struct db *db, int64_t company_id, enum provider_name name, struct arena *a,
	struct provider_account *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_PROVIDER_GET);
	enum step step;

	start_account(company_id, name, out);
	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "name", provider_name_word(name));
	step = stmt_step(q, err);
	if (step == STEP_ROW)
		read_account(q, company_id, a, out);
	stmt_done(q);
	return step != STEP_FAIL;
}

bool store_provider_list(struct db *db, int64_t company_id, struct arena *a,
	struct provider_account **out, int *count, struct err *err)
{
	struct provider_account *list = arena_zalloc(a, PROVIDER_COUNT, sizeof(*list));
	struct stmt *q = stmt_use(db, SQL_PROVIDER_LIST);
	enum step step = STEP_DONE;
	int n = 0;

	stmt_i64(q, "company_id", company_id);
	/* A word that this program does not know is a newer one's: passed over. */
	while (n < PROVIDER_COUNT && (step = stmt_step(q, err)) == STEP_ROW)
		if (provider_name_parse(col_text(q, 0), &list[n].name))
			read_account(q, company_id, a, &list[n++]);
	stmt_done(q);
	*out = list;
	*count = n;
	return step != STEP_FAIL;
}

bool store_provider_put(struct db *db, struct provider_account *p, struct err *err)
{
	struct stmt *q = stmt_use(db, p->revision ? SQL_PROVIDER_UPDATE : SQL_PROVIDER_INSERT);

	stmt_i64(q, "company_id", p->company_id);
	stmt_text(q, "name", provider_name_word(p->name));
	stmt_i64(q, "active", p->active);
	stmt_text(q, "fields", p->fields);
	if (p->secrets_len)
		stmt_blob(q, "secrets", p->secrets, p->secrets_len);
	else
		stmt_null(q, "secrets");
	stmt_i64(q, "hourly", p->hourly);
	stmt_i64(q, "batch", p->batch);
	stmt_text(q, "countries", p->countries);
	stmt_text(q, "prices", p->prices);
	if (p->revision)
		stmt_i64(q, "revision", p->revision);
	if (!stmt_run(q, err)) {
		if (err->code == ERR_DUPLICATE)
			err_set(err, ERR_CONFLICT, provider_name_label(p->name), "%s", "");
		return false;
	}
	if (!db_changes(db))
		return err_set(err, ERR_CONFLICT, provider_name_label(p->name), "revision %lld",
			(long long)p->revision);
	p->revision++;
	return true;
}

bool store_provider_state(struct db *db, const struct provider_account *p, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_PROVIDER_STATE);

	stmt_i64(q, "company_id", p->company_id);
	stmt_text(q, "name", provider_name_word(p->name));
	stmt_text(q, "state", breaker_state_word(p->state));
	stmt_i64(q, "until", p->state_until);
	stmt_text(q, "code", p->state_code);
	stmt_i64(q, "errors", p->errors);
	return stmt_run(q, err);
}

bool store_provider_tested(struct db *db, int64_t company_id, enum provider_name name, int64_t at,
	bool ok, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_PROVIDER_TESTED);

	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "name", provider_name_word(name));
	stmt_i64_or_null(q, "at", at, 0);
	stmt_i64_or_null(q, "ok", ok, at ? -1 : ok);
	return stmt_run(q, err);
}

bool store_provider_forget(struct db *db, int64_t *count, struct err *err)
{
	if (!stmt_run(stmt_use(db, SQL_PROVIDER_FORGET), err))
		return false;
	*count = db_changes(db);
	return true;
}

/* --- what was used ------------------------------------------------------- */

bool store_rate_load(struct db *db, int64_t company_id, int64_t since, struct arena *a,
	struct rate_use **out, int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_RATE_LOAD);
	VEC(struct rate_use) list = { 0 };
	enum step step;

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "since", since);
	while ((step = stmt_step(q, err)) == STEP_ROW) {
		struct rate_use use = { .minute = col_i64(q, 1), .used = col_i64(q, 2) };

		snprintf(use.scope, sizeof(use.scope), "%s", col_text(q, 0));
		vec_push(&list, use);
	}
	stmt_done(q);
	*out = arena_zalloc(a, list.len + 1, sizeof(**out));
	if (list.len)
		memcpy(*out, list.items, list.len * sizeof(**out));
	*count = (int)list.len;
	vec_release(&list);
	return step != STEP_FAIL;
}

bool store_rate_add(struct db *db, int64_t company_id, const struct rate_use *use, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_RATE_ADD);

	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "scope", use->scope);
	stmt_i64(q, "minute", use->minute);
	stmt_i64(q, "used", use->used);
	return stmt_run(q, err);
}

bool store_rate_drop(struct db *db, int64_t company_id, int64_t before, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_RATE_DROP);

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "before", before);
	return stmt_run(q, err);
}
