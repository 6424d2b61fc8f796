#include "store_duplicate.h"

#include "search_entry.h"
#include "stmt.h"
#include "store_consent.h"
#include "store_customer.h"
#include "store_score.h"
#include "store_search.h"
#include "vec.h"

/* --- looking --- */

static bool by_match(
	struct db *db, const char *match, int most, int64_t *out, int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_DUPLICATE_SOUNDS);
	enum step step = STEP_DONE;
	int n = 0;

	stmt_text(q, "match", match);
	stmt_i64(q, "most", most);
	while (n < most && (step = stmt_step(q, err)) == STEP_ROW)
		out[n++] = col_i64(q, 0);
	stmt_done(q);
	*count = n;
	return step != STEP_FAIL;
}

bool store_sounds_like(struct db *db, const char *name, const char *first_name, int most,
	int64_t *out, int *count, struct err *err)
{
	struct strbuf sound = STRBUF_INIT, match = STRBUF_INIT;
	bool ok = true;

	*count = 0;
	search_sound(&sound, name, first_name);
	/* Keys hold no quotes, and no blanks but those between them. */
	for (char *s = sound.buf, *end; *s; s = end + (*end == ' ')) {
		end = s + strcspn(s, " ");
		strbuf_addf(
			&match, "%s\"%.*s\"", match.len ? " OR " : "sound : (", (int)(end - s), s);
	}
	if (match.len) {
		strbuf_addc(&match, ')');
		ok = by_match(db, match.buf, most, out, count, err);
	}
	strbuf_release(&match);
	strbuf_release(&sound);
	return ok;
}

bool store_sharing(
	struct db *db, const char *sound, int most, int64_t *out, int *count, struct err *err)
{
	char match[64];

	snprintf(match, sizeof(match), "sound : \"%s\"", sound);
	return by_match(db, match, most, out, count, err);
}

bool store_shared(struct db *db, int64_t company_id, enum duplicate_group group, const char *after,
	int most, int n, struct arena *a, const char **out, int *count, struct err *err)
{
	static const enum sql_id statements[] = { SQL_DUPLICATE_EMAILS, SQL_DUPLICATE_PHONES,
		SQL_DUPLICATE_SOUND_GROUPS };
	struct stmt *q = stmt_use(db, statements[group]);
	enum step step = STEP_DONE;
	int i = 0;

	if (group != GROUP_SOUND)
		stmt_i64(q, "company_id", company_id);
	stmt_text(q, "after", after);
	stmt_i64(q, "most", most);
	stmt_i64(q, "n", n);
	while (i < n && (step = stmt_step(q, err)) == STEP_ROW)
		out[i++] = col_dup(q, 0, a);
	stmt_done(q);
	*count = i;
	return step != STEP_FAIL;
}

static struct stmt *use_pair(
	struct db *db, enum sql_id id, int64_t company_id, int64_t low_id, int64_t high_id)
{
	struct stmt *q = stmt_use(db, id);

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "low_id", low_id);
	stmt_i64(q, "high_id", high_id);
	return q;
}

bool store_dismiss(struct db *db, int64_t company_id, int64_t low_id, int64_t high_id, int64_t now,
	struct err *err)
{
	struct stmt *q = use_pair(db, SQL_DUPLICATE_DISMISS, company_id, low_id, high_id);

	stmt_i64(q, "at", now);
	return stmt_run(q, err);
}

bool store_dismissed(struct db *db, int64_t company_id, int64_t low_id, int64_t high_id, bool *yes,
	struct err *err)
{
	struct stmt *q = use_pair(db, SQL_DUPLICATE_DISMISSED, company_id, low_id, high_id);
	int64_t found;

	if (!stmt_number(q, 0, &found, err))
		return false;
	*yes = found;
	return true;
}

/* --- merging --- */

static const struct {
	const char *word;
	enum sql_id list, move;
} kinds[MERGE_KINDS] = {
	[MERGE_INVOICES] = { "invoice", SQL_MERGE_INVOICES, SQL_MERGE_MOVE_INVOICE },
	[MERGE_PAYMENTS] = { "payment", SQL_MERGE_PAYMENTS, SQL_MERGE_MOVE_PAYMENT },
	[MERGE_NOTES] = { "note", SQL_MERGE_NOTES, SQL_MERGE_MOVE_NOTE },
	[MERGE_TASKS] = { "task", SQL_MERGE_TASKS, SQL_MERGE_MOVE_TASK },
	[MERGE_MESSAGES] = { "message", SQL_MERGE_MESSAGES, SQL_MERGE_MOVE_MESSAGE },
	[MERGE_RECORDS] = { "customer", SQL_MERGE_RECORDS, SQL_MERGE_MOVE_RECORD },
};

const char *merge_rows_word(enum merge_rows rows)
{
	return kinds[rows].word;
}

bool merge_rows_parse(const char *word, enum merge_rows *rows)
{
	for (int i = 0; i < MERGE_KINDS; i++)
		if (!strcmp(word, kinds[i].word)) {
			*rows = (enum merge_rows)i;
			return true;
		}
	return false;
}

bool store_merge_ids(struct db *db, enum merge_rows rows, int64_t company_id, int64_t customer_id,
	int64_t winner_id, struct arena *a, int64_t **out, int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, kinds[rows].list);
	VEC(int64_t) ids = { .items = NULL };
	enum step step;

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "customer_id", customer_id);
	if (rows == MERGE_MESSAGES)
		stmt_i64(q, "winner_id", winner_id);
	while ((step = stmt_step(q, err)) == STEP_ROW)
		vec_push(&ids, col_i64(q, 0));
	stmt_done(q);
	*count = (int)ids.len;
	*out = arena_alloc(a, (ids.len + 1) * sizeof(**out));
	if (ids.len)
		memcpy(*out, ids.items, ids.len * sizeof(**out));
	vec_release(&ids);
	return step == STEP_DONE;
}

bool store_merge_move(struct db *db, enum merge_rows rows, int64_t company_id, int64_t id,
	int64_t from, int64_t to, struct err *err)
{
	struct stmt *q = stmt_use(db, kinds[rows].move);

	stmt_i64(q, "id", id);
	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "from", from);
	stmt_i64(q, "to", to);
	return stmt_run(q, err);
}

static bool mark(struct db *db, const struct customer *c, int64_t into, const char *account_key,
	struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_MERGE_MARK);

	stmt_i64(q, "id", c->id);
	stmt_i64(q, "company_id", c->company_id);
	stmt_i64_or_null(q, "into", into, 0);
	stmt_text(q, "account_key", *account_key ? account_key : NULL);
	return stmt_run(q, err);
}

bool store_customer_merge(struct db *db, const struct customer *loser, int64_t into,
	struct tally *tally, struct err *err)
{
	struct customer_score score;
	bool scored;

	if (!store_score_get(db, loser->company_id, loser->id, &score, &scored, err) ||
		!store_search_drop(db, loser, err) || !mark(db, loser, into, "", err) ||
		!store_score_delete(db, loser->company_id, loser->id, err))
		return false;
	if (!scored)
		return true;
	tally_customer(tally, -1, &score, 0, false, false);
	return store_reach(db, -1, loser->company_id, loser->consents, loser->email_key,
		loser->phone_e164, tally, err);
}

bool store_customer_unmerge(struct db *db, const struct customer *loser, const char *account_key,
	const struct customer_score *initial, struct tally *tally, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct customer back = *loser, owner = CUSTOMER_INIT;
	bool ok = true;

	if (*account_key)
		ok = store_customer_find(db, loser->company_id, account_key, &a, &owner, err);
	back.account_key = owner.id ? "" : account_key;
	ok = ok && mark(db, &back, 0, back.account_key, err) &&
	     store_score_insert(db, back.company_id, back.id, initial, err) &&
	     store_search_add(db, &back, err) &&
	     store_reach(db, 1, back.company_id, back.consents, back.email_key, back.phone_e164,
		     tally, err);
	if (ok)
		tally_customer(tally, 1, initial, 0, false, false);
	arena_release(&a);
	return ok;
}
