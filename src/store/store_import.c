#include "store_import.h"

#include "stmt.h"

bool store_import_begin(struct db *db, const struct import_run *run, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_IMPORT_BEGIN);

	stmt_i64(q, "id", run->id);
	stmt_i64(q, "company_id", run->company_id);
	stmt_text(q, "kind", import_kind_word(run->kind));
	stmt_text(q, "path", run->path);
	stmt_text(q, "sheet", run->sheet);
	stmt_text(q, "file_hash", run->file_hash);
	stmt_text(q, "options", run->options);
	stmt_i64(q, "size", run->size);
	stmt_i64(q, "next_offset", run->next_offset);
	stmt_i64(q, "next_line", run->next_line);
	stmt_i64(q, "at", run->started_at);
	return stmt_run(q, err);
}

bool store_import_step(struct db *db, const struct import_run *run, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_IMPORT_STEP);

	stmt_i64(q, "id", run->id);
	stmt_i64(q, "position", run->position);
	stmt_i64(q, "next_offset", run->next_offset);
	stmt_i64(q, "next_line", run->next_line);
	stmt_i64(q, "created", run->counts.created);
	stmt_i64(q, "changed", run->counts.changed);
	stmt_i64(q, "unchanged", run->counts.unchanged);
	stmt_i64(q, "refused", run->counts.refused);
	stmt_i64(q, "customers", run->counts.customers);
	stmt_i64(q, "remarks", run->counts.remarks);
	return stmt_run(q, err);
}

bool store_import_status(
	struct db *db, int64_t id, enum import_status status, int64_t ended_at, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_IMPORT_STATUS);

	stmt_i64(q, "id", id);
	stmt_text(q, "status", import_status_word(status));
	stmt_i64_or_null(q, "ended_at", ended_at, 0);
	return stmt_run(q, err);
}

static struct import_run read_run(struct stmt *q, struct arena *a)
{
	struct import_run run = {
		.id = col_i64(q, 0),
		.company_id = col_i64(q, 1),
		.path = col_dup(q, 3, a),
		.sheet = col_dup(q, 4, a),
		.file_hash = col_dup(q, 5, a),
		.options = col_dup(q, 6, a),
		.position = col_i64(q, 8),
		.next_offset = col_i64(q, 9),
		.next_line = col_i64(q, 10),
		.size = col_i64(q, 11),
		.counts = { col_i64(q, 12), col_i64(q, 13), col_i64(q, 14), col_i64(q, 15),
			col_i64(q, 16), col_i64(q, 17) },
		.started_at = col_i64(q, 18),
		.ended_at = col_i64_or(q, 19, 0),
	};

	if (!import_kind_parse(col_text(q, 2), &run.kind))
		run.kind = IMPORT_CUSTOMERS;
	if (!import_status_parse(col_text(q, 7), &run.status))
		run.status = IMPORT_DONE;
	return run;
}

bool store_import_get(struct db *db, int64_t company_id, int64_t id, struct arena *a,
	struct import_run *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_IMPORT_GET);
	char subject[32];
	enum step step;

	stmt_i64(q, "id", id);
	stmt_i64(q, "company_id", company_id);
	step = stmt_step(q, err);
	if (step == STEP_ROW)
		*out = read_run(q, a);
	stmt_done(q);
	if (step != STEP_DONE)
		return step == STEP_ROW;
	snprintf(subject, sizeof(subject), "%lld", (long long)id);
	return err_set(err, ERR_GONE, subject, "import");
}

static bool read_runs(struct stmt *q, int n, struct arena *a, struct import_run **out, int *count,
	struct err *err)
{
	enum step step;

	stmt_i64(q, "n", n);
	*out = arena_zalloc(a, (size_t)n, sizeof(**out));
	*count = 0;
	while ((step = stmt_step(q, err)) == STEP_ROW && *count < n)
		(*out)[(*count)++] = read_run(q, a);
	stmt_done(q);
	return step != STEP_FAIL;
}

bool store_import_list(struct db *db, int64_t company_id, int64_t before, int n, struct arena *a,
	struct import_run **out, int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_IMPORT_LIST);

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "before", before);
	return read_runs(q, n, a, out, count, err);
}

bool store_import_open(struct db *db, int64_t company_id, int n, struct arena *a,
	struct import_run **out, int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_IMPORT_OPEN);

	stmt_i64(q, "company_id", company_id);
	return read_runs(q, n, a, out, count, err);
}

bool store_import_same(struct db *db, int64_t company_id, enum import_kind kind,
	const char *file_hash, enum import_status status, int64_t *id, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_IMPORT_SAME);

	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "kind", import_kind_word(kind));
	stmt_text(q, "file_hash", file_hash);
	stmt_text(q, "status", import_status_word(status));
	return stmt_number(q, 0, id, err);
}

bool store_import_refuse(
	struct db *db, int64_t import_id, const struct import_refusal *refusal, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_IMPORT_REFUSAL_ADD);

	stmt_i64(q, "import_id", import_id);
	stmt_i64(q, "line", refusal->line);
	stmt_text(q, "field", refusal->field);
	stmt_i64(q, "refused", refusal->refused);
	stmt_text(q, "reason", refusal->reason);
	stmt_text(q, "value", refusal->value);
	stmt_text(q, "raw", refusal->raw);
	return stmt_run(q, err);
}

bool store_import_refusals(struct db *db, int64_t import_id, int64_t line, const char *field, int n,
	struct arena *a, struct import_refusal **out, int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_IMPORT_REFUSAL_PAGE);
	enum step step;

	stmt_i64(q, "import_id", import_id);
	stmt_i64(q, "line", line);
	stmt_text(q, "field", field);
	stmt_i64(q, "n", n);
	*out = arena_zalloc(a, (size_t)n, sizeof(**out));
	*count = 0;
	while ((step = stmt_step(q, err)) == STEP_ROW && *count < n) {
		(*out)[(*count)++] = (struct import_refusal){
			.line = col_i64(q, 0),
			.field = col_dup(q, 1, a),
			.refused = col_i64(q, 2),
			.reason = col_dup(q, 3, a),
			.value = col_dup(q, 4, a),
			.raw = col_dup(q, 5, a),
		};
	}
	stmt_done(q);
	return step != STEP_FAIL;
}

bool store_mapping_get(struct db *db, int64_t company_id, enum import_kind kind,
	const char *header_hash, struct arena *a, const char **options, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_IMPORT_MAPPING_GET);
	enum step step;

	*options = "";
	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "kind", import_kind_word(kind));
	stmt_text(q, "header_hash", header_hash);
	step = stmt_step(q, err);
	if (step == STEP_ROW)
		*options = col_dup(q, 0, a);
	stmt_done(q);
	return step != STEP_FAIL;
}

bool store_mapping_put(struct db *db, int64_t company_id, enum import_kind kind,
	const char *header_hash, const char *options, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_IMPORT_MAPPING_PUT);

	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "kind", import_kind_word(kind));
	stmt_text(q, "header_hash", header_hash);
	stmt_text(q, "options", options);
	return stmt_run(q, err);
}

static bool merged_customer(struct db *db, int64_t company_id, const char *key,
	struct import_customer *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_IMPORT_CUSTOMER_MERGED);

	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "key", key);
	return stmt_number(q, 0, &out->id, err);
}

bool store_import_customer(struct db *db, int64_t company_id, const char *key,
	struct import_customer *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_IMPORT_CUSTOMER);
	enum step step;

	*out = (struct import_customer){ .id = 0 };
	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "key", key);
	step = stmt_step(q, err);
	if (step == STEP_ROW) {
		out->id = col_i64(q, 1) ? col_i64(q, 1) : col_i64(q, 0);
		out->anonymised = col_i64(q, 2);
	}
	stmt_done(q);
	if (step == STEP_DONE)
		return merged_customer(db, company_id, key, out, err);
	return step == STEP_ROW;
}

bool store_import_customer_named(
	struct db *db, int64_t company_id, const char *name_key, int64_t *id, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_IMPORT_CUSTOMER_NAMED);
	enum step step;

	*id = 0;
	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "name_key", name_key);
	stmt_i64(q, "most", 2);
	while ((step = stmt_step(q, err)) == STEP_ROW)
		*id = *id ? -1 : col_i64(q, 0);
	stmt_done(q);
	return step != STEP_FAIL;
}

bool store_import_customer_bare(
	struct db *db, int64_t company_id, const char *name_key, int64_t *id, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_IMPORT_CUSTOMER_BARE);

	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "name_key", name_key);
	return stmt_number(q, 0, id, err);
}

static bool truth(struct stmt *q, int64_t company_id, bool *out, struct err *err)
{
	int64_t answer = 0;

	stmt_i64(q, "company_id", company_id);
	if (!stmt_number(q, 0, &answer, err))
		return false;
	*out = answer;
	return true;
}

bool store_import_unkeyed(struct db *db, int64_t company_id, bool *any, struct err *err)
{
	return truth(stmt_use(db, SQL_IMPORT_UNKEYED), company_id, any, err);
}

bool store_import_empty(struct db *db, int64_t company_id, bool *empty, struct err *err)
{
	return truth(stmt_use(db, SQL_IMPORT_EMPTY), company_id, empty, err);
}
