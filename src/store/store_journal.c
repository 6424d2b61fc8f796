#include "store_journal.h"

#include "stmt.h"

const char *journal_kind_word(enum journal_kind kind)
{
	static const char *const words[] = { "IMPORT", "EDIT", "BULK", "MERGE" };

	return words[kind];
}

bool store_journal_begin(struct db *db, struct journal *j, struct err *err)
{
	struct stmt *q;

	j->seq = 0;
	j->id = db_ids(db, 1, err);
	if (!j->id)
		return false;
	q = stmt_use(db, SQL_JOURNAL_BEGIN);
	stmt_i64(q, "id", j->id);
	stmt_i64(q, "company_id", j->company_id);
	stmt_text(q, "kind", journal_kind_word(j->kind));
	stmt_text(q, "title", j->title);
	stmt_i64(q, "at", j->at);
	stmt_text(q, "actor", j->actor);
	return stmt_run(q, err);
}

static void read_journal(struct stmt *q, struct arena *a, struct journal *out)
{
	const char *kind = col_text(q, 2);

	*out = (struct journal){
		.id = col_i64(q, 0),
		.company_id = col_i64(q, 1),
		.title = col_dup(q, 3, a),
		.at = col_i64(q, 4),
		.actor = col_dup(q, 5, a),
		.undone_at = col_i64(q, 6),
		.seq = col_i64(q, 7),
	};
	for (int k = JOURNAL_IMPORT; k <= JOURNAL_MERGE; k++)
		if (!strcmp(kind, journal_kind_word((enum journal_kind)k)))
			out->kind = (enum journal_kind)k;
}

bool store_journal_get(struct db *db, int64_t company_id, int64_t id, struct arena *a,
	struct journal *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_JOURNAL_GET);
	enum step step;

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "id", id);
	step = stmt_step(q, err);
	if (step == STEP_ROW)
		read_journal(q, a, out);
	stmt_done(q);
	if (step == STEP_DONE)
		return err_set(err, ERR_GONE, "change", "%lld", (long long)id);
	return step == STEP_ROW;
}

bool store_journal_last(struct db *db, int64_t company_id, const char *actor, struct arena *a,
	struct journal *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_JOURNAL_LAST);
	enum step step;

	*out = (struct journal){ .title = "", .actor = "" };
	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "actor", actor);
	step = stmt_step(q, err);
	if (step == STEP_ROW)
		read_journal(q, a, out);
	stmt_done(q);
	return step != STEP_FAIL;
}

bool store_journal_page(struct db *db, int64_t company_id, int64_t before, int n, struct arena *a,
	struct journal **out, int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_JOURNAL_PAGE);
	enum step step;

	*out = arena_zalloc(a, (size_t)n, sizeof(**out));
	*count = 0;
	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "before", before);
	stmt_i64(q, "n", n);
	while ((step = stmt_step(q, err)) == STEP_ROW)
		read_journal(q, a, &(*out)[(*count)++]);
	stmt_done(q);
	return step != STEP_FAIL;
}

bool store_journal_made(struct db *db, struct journal *j, const char *entity, int64_t first_id,
	int64_t last_id, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_JOURNAL_MADE);

	stmt_i64(q, "journal_id", j->id);
	stmt_i64(q, "seq", ++j->seq);
	stmt_text(q, "entity", entity);
	stmt_i64(q, "first_id", first_id);
	stmt_i64(q, "last_id", last_id);
	return stmt_run(q, err);
}

bool store_journal_changed(struct db *db, struct journal *j, const char *entity, int64_t row_id,
	int64_t revision, const char *before, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_JOURNAL_CHANGED);

	stmt_i64(q, "journal_id", j->id);
	stmt_i64(q, "seq", ++j->seq);
	stmt_text(q, "entity", entity);
	stmt_i64(q, "row_id", row_id);
	stmt_i64(q, "revision", revision);
	stmt_text(q, "before", before);
	return stmt_run(q, err);
}

bool store_journal_lines(struct db *db, int64_t journal_id, int64_t before_seq, int n,
	struct arena *a, struct journal_line **out, int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_JOURNAL_LINES);
	struct journal_line *list = arena_alloc(a, (size_t)n * sizeof(*list));
	enum step step = STEP_DONE;
	int i = 0;

	stmt_i64(q, "journal_id", journal_id);
	stmt_i64(q, "before", before_seq);
	stmt_i64(q, "n", n);
	while (i < n && (step = stmt_step(q, err)) == STEP_ROW)
		list[i++] = (struct journal_line){
			.seq = col_i64(q, 0),
			.entity = col_dup(q, 1, a),
			.made = col_i64(q, 2),
			.first_id = col_i64(q, 3),
			.last_id = col_i64(q, 4),
			.revision = col_i64(q, 5),
			.before = col_dup(q, 6, a),
		};
	stmt_done(q);
	*out = list;
	*count = i;
	return step != STEP_FAIL;
}

bool store_journal_drop(
	struct db *db, int64_t journal_id, const struct journal_line *line, struct err *err)
{
	struct stmt *q =
		stmt_use(db, line->made ? SQL_JOURNAL_DROP_MADE : SQL_JOURNAL_DROP_CHANGED);

	stmt_i64(q, "journal_id", journal_id);
	stmt_i64(q, "seq", line->seq);
	return stmt_run(q, err);
}

bool store_journal_shrink(struct db *db, int64_t journal_id, const struct journal_line *line,
	int64_t last_id, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_JOURNAL_SHRINK);

	stmt_i64(q, "journal_id", journal_id);
	stmt_i64(q, "seq", line->seq);
	stmt_i64(q, "last_id", last_id);
	return stmt_run(q, err);
}

bool store_journal_undone(struct db *db, int64_t journal_id, int64_t at, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_JOURNAL_UNDONE);

	stmt_i64(q, "id", journal_id);
	stmt_i64(q, "at", at);
	return stmt_run(q, err);
}

bool store_journal_touched(
	struct db *db, int64_t company_id, int64_t customer_id, bool *touched, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_JOURNAL_CUSTOMER_TOUCHED);
	int64_t answer;

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "id", customer_id);
	if (!stmt_number(q, 0, &answer, err))
		return false;
	*touched = answer;
	return true;
}

static bool later_subjects(struct db *db, int64_t company_id, int64_t customer_id, int64_t event_id,
	uint32_t *subjects, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_JOURNAL_CONSENT_LATER);
	enum step step;

	*subjects = 0;
	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "customer_id", customer_id);
	stmt_i64(q, "id", event_id);
	while ((step = stmt_step(q, err)) == STEP_ROW)
		*subjects |= (uint32_t)col_i64(q, 0);
	stmt_done(q);
	return step == STEP_DONE;
}

bool store_journal_grants(struct db *db, int64_t company_id, int64_t event_id, int64_t *customer_id,
	uint32_t *granted, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_JOURNAL_CONSENT);
	uint32_t later;
	enum step step;

	*customer_id = 0;
	*granted = 0;
	stmt_i64(q, "id", event_id);
	stmt_i64(q, "company_id", company_id);
	step = stmt_step(q, err);
	if (step == STEP_ROW) {
		*customer_id = col_i64(q, 0);
		*granted = (uint32_t)col_i64(q, 1);
	}
	stmt_done(q);
	if (step != STEP_ROW || !*granted)
		return step != STEP_FAIL;
	if (!later_subjects(db, company_id, *customer_id, event_id, &later, err))
		return false;
	*granted &= ~later;
	return true;
}
