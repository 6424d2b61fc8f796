#include "store_message.h"

#include "stmt.h"

#define ATTEMPTS_MOST 200
#define RESULTS_MOST (CHANNEL_COUNT * (PROVIDER_COUNT + 1))

void message_tally(struct campaign_tally *t, int sign, const struct message *m)
{
	struct campaign_count by = { .channel = m->channel,
		.status = m->status,
		.reason = m->reason,
		.messages = 1,
		.parts = m->parts,
		.cost = m->cost };

	campaign_tally_add(t, m->campaign_id, sign, &by);
}

static bool insert(struct db *db, const struct message *m, bool marketing, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_MESSAGE_INSERT);

	stmt_i64(q, "id", m->id);
	stmt_i64(q, "company_id", m->company_id);
	stmt_i64(q, "campaign_id", m->campaign_id);
	stmt_i64_or_null(q, "customer_id", m->customer_id, 0);
	stmt_text(q, "channel", channel_word(m->channel));
	stmt_text(q, "status", message_status_word(m->status));
	stmt_text(q, "reason", message_reason_word(m->reason));
	stmt_i64_or_null(q, "content_id", m->content_id, 0);
	stmt_text(q, "address", m->address);
	stmt_text(q, "vars", m->vars);
	stmt_i64(q, "parts", m->parts);
	stmt_i64(q, "marketing", marketing);
	stmt_i64(q, "due_at", m->due_at);
	stmt_i64(q, "not_after", m->not_after);
	stmt_i64(q, "queued_at", m->queued_at);
	return stmt_run(q, err);
}

bool store_message_insert(struct db *db, struct message *m, bool marketing,
	struct campaign_tally *tally, struct err *err)
{
	if (!insert(db, m, marketing, err))
		return false;
	if (!db_changes(db)) {
		m->status = MESSAGE_SKIPPED;
		m->reason = REASON_DUPLICATE_ADDRESS;
		if (!insert(db, m, marketing, err))
			return false;
	}
	message_tally(tally, 1, m);
	return true;
}

bool store_message_discard(struct db *db, int64_t campaign_id, int n, bool *left, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_MESSAGE_DISCARD);

	stmt_i64(q, "campaign_id", campaign_id);
	stmt_i64(q, "n", n);
	if (!stmt_run(q, err))
		return false;
	*left = db_changes(db) == n;
	return true;
}

static void read_message(struct stmt *q, struct arena *a, struct message *out)
{
	enum provider_name provider;

	*out = (struct message){
		.id = col_i64(q, 0),
		.company_id = col_i64(q, 1),
		.campaign_id = col_i64(q, 2),
		.customer_id = col_i64_or(q, 3, 0),
		.content_id = col_i64_or(q, 7, 0),
		.address = col_dup(q, 8, a),
		.vars = col_dup(q, 9, a),
		.parts = (int)col_i64(q, 10),
		.due_at = col_i64(q, 11),
		.not_after = col_i64(q, 12),
		.attempts = (int)col_i64(q, 13),
		.provider = -1,
		.provider_id = col_dup(q, 15, a),
		.code = col_dup(q, 16, a),
		.epoch = col_i64(q, 17),
		.queued_at = col_i64(q, 18),
		.claimed_at = col_i64_or(q, 19, 0),
		.sent_at = col_i64_or(q, 20, 0),
		.delivered_at = col_i64_or(q, 21, 0),
		.opened_at = col_i64_or(q, 22, 0),
		.clicked_at = col_i64_or(q, 23, 0),
		.bounced_at = col_i64_or(q, 24, 0),
		.complained_at = col_i64_or(q, 25, 0),
		.unsubscribed_at = col_i64_or(q, 26, 0),
		.cost = col_i64(q, 27),
	};
	if (!channel_parse(col_text(q, 4), &out->channel))
		out->channel = CHANNEL_EMAIL;
	/* What a newer version wrote is nothing this one may send. */
	if (!message_status_parse(col_text(q, 5), &out->status))
		out->status = MESSAGE_FAILED;
	if (!message_reason_parse(col_text(q, 6), &out->reason))
		out->reason = REASON_NONE;
	if (provider_name_parse(col_text(q, 14), &provider))
		out->provider = (int)provider;
}

bool store_message_get(
	struct db *db, int64_t id, struct arena *a, struct message *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_MESSAGE_GET);
	enum step step;

	stmt_i64(q, "id", id);
	step = stmt_step(q, err);
	if (step == STEP_ROW)
		read_message(q, a, out);
	stmt_done(q);
	if (step == STEP_DONE)
		return err_set(err, ERR_GONE, "message", "%lld", (long long)id);
	return step == STEP_ROW;
}

/* Steps through a query of lines. */
static bool read_lines(struct stmt *q, int n, struct arena *a, struct message_line **out,
	int *count, struct err *err)
{
	struct message_line *lines = arena_zalloc(a, (size_t)n, sizeof(*lines));
	enum step step = STEP_DONE;
	int i = 0;

	while (i < n && (step = stmt_step(q, err)) == STEP_ROW) {
		read_message(q, a, &lines[i].message);
		lines[i].name = col_dup(q, 28, a);
		lines[i].first_name = col_dup(q, 29, a);
		lines[i].campaign = col_dup(q, 30, a);
		i++;
	}
	stmt_done(q);
	*out = lines;
	*count = i;
	return step != STEP_FAIL;
}

static bool read_page(struct stmt *q, int64_t campaign_id, const struct campaign_count *part,
	struct message_key from, int n, struct arena *a, struct message_line **out, int *count,
	struct err *err)
{
	stmt_i64(q, "campaign_id", campaign_id);
	stmt_text(q, "channel", channel_word(part->channel));
	stmt_text(q, "status", message_status_word(part->status));
	stmt_text(q, "reason", message_reason_word(part->reason));
	stmt_i64(q, "due_at", from.due_at);
	stmt_i64(q, "id", from.id);
	stmt_i64(q, "n", n);
	return read_lines(q, n, a, out, count, err);
}

bool store_messages(struct db *db, int64_t campaign_id, const struct campaign_count *part,
	struct message_key after, int n, struct arena *a, struct message_line **out, int *count,
	struct err *err)
{
	return read_page(
		stmt_use(db, SQL_MESSAGE_PAGE), campaign_id, part, after, n, a, out, count, err);
}

bool store_messages_back(struct db *db, int64_t campaign_id, const struct campaign_count *part,
	struct message_key before, int n, struct arena *a, struct message_line **out, int *count,
	struct err *err)
{
	return read_page(stmt_use(db, SQL_MESSAGE_PAGE_BACK), campaign_id, part, before, n, a, out,
		count, err);
}

bool store_messages_of(struct db *db, int64_t company_id, int64_t customer_id, int64_t before,
	int n, struct arena *a, struct message_line **out, int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_MESSAGE_PAGE_OF_CUSTOMER);

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "customer_id", customer_id);
	stmt_i64(q, "before", before);
	stmt_i64(q, "n", n);
	return read_lines(q, n, a, out, count, err);
}

bool store_messages_doubtful(struct db *db, int64_t company_id, struct message_key after, int n,
	struct arena *a, struct message_line **out, int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_MESSAGE_PAGE_DOUBTFUL);

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "due_at", after.due_at);
	stmt_i64(q, "id", after.id);
	stmt_i64(q, "n", n);
	return read_lines(q, n, a, out, count, err);
}

bool store_messages_open(struct db *db, int64_t campaign_id, bool *open, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_MESSAGE_OPEN);
	int64_t number;

	stmt_i64(q, "campaign_id", campaign_id);
	if (!stmt_number(q, 0, &number, err))
		return false;
	*open = number;
	return true;
}

bool store_message_move(struct db *db, struct message *m, enum message_status to,
	enum message_reason reason, int64_t due_at, int64_t now, bool *moved,
	struct campaign_tally *tally, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_MESSAGE_MOVE);

	stmt_i64(q, "id", m->id);
	stmt_text(q, "from", message_status_word(m->status));
	stmt_text(q, "to", message_status_word(to));
	stmt_text(q, "reason", message_reason_word(reason));
	stmt_i64(q, "due_at", due_at);
	stmt_i64(q, "now", now);
	if (!stmt_run(q, err))
		return false;
	*moved = db_changes(db) > 0;
	if (!*moved)
		return true;
	message_tally(tally, -1, m);
	m->status = to;
	m->reason = reason;
	m->due_at = due_at;
	message_tally(tally, 1, m);
	return true;
}

bool store_message_address_free(
	struct db *db, const struct message *m, const char *address, bool *is_free, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_MESSAGE_ADDRESS_TAKEN);
	int64_t number;

	stmt_i64(q, "campaign_id", m->campaign_id);
	stmt_text(q, "address", address);
	stmt_i64(q, "id", m->id);
	if (!stmt_number(q, 0, &number, err))
		return false;
	*is_free = !number;
	return true;
}

bool store_message_requeue(struct db *db, struct message *m, const struct message *fresh,
	int64_t now, bool *moved, struct campaign_tally *tally, struct err *err)
{
	struct stmt *q;
	bool is_free;

	*moved = false;
	if (!store_message_address_free(db, m, fresh->address, &is_free, err))
		return false;
	if (!is_free)
		return true;
	q = stmt_use(db, SQL_MESSAGE_REQUEUE);
	stmt_i64(q, "id", m->id);
	stmt_text(q, "from", message_status_word(m->status));
	stmt_i64(q, "now", now);
	stmt_i64(q, "not_after", fresh->not_after);
	stmt_text(q, "address", fresh->address);
	stmt_i64_or_null(q, "content_id", fresh->content_id, 0);
	stmt_text(q, "vars", fresh->vars);
	stmt_i64(q, "parts", fresh->parts);
	stmt_text(q, "channel", channel_word(fresh->channel));
	if (!stmt_run(q, err))
		return false;
	*moved = db_changes(db) > 0;
	if (!*moved)
		return true;
	message_tally(tally, -1, m);
	m->status = MESSAGE_QUEUED;
	m->reason = REASON_NONE;
	m->due_at = now;
	m->not_after = fresh->not_after;
	m->address = fresh->address;
	m->content_id = fresh->content_id;
	m->vars = fresh->vars;
	m->parts = fresh->parts;
	m->channel = fresh->channel;
	m->attempts = 0;
	m->provider = -1;
	m->provider_id = m->code = "";
	m->claimed_at = m->sent_at = m->bounced_at = 0;
	message_tally(tally, 1, m);
	return true;
}

static bool count_cancelled(
	struct db *db, int64_t campaign_id, int n, struct campaign_tally *tally, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_MESSAGE_CANCEL_COUNTS);
	enum step step;

	stmt_i64(q, "campaign_id", campaign_id);
	stmt_i64(q, "n", n);
	while ((step = stmt_step(q, err)) == STEP_ROW) {
		struct campaign_count by = { .status = MESSAGE_QUEUED,
			.messages = col_i64(q, 2),
			.parts = col_i64(q, 3),
			.cost = col_i64(q, 4) };

		if (!channel_parse(col_text(q, 0), &by.channel) ||
			!message_reason_parse(col_text(q, 1), &by.reason))
			continue;
		campaign_tally_add(tally, campaign_id, -1, &by);
		by.status = MESSAGE_SKIPPED;
		by.reason = REASON_CANCELLED;
		campaign_tally_add(tally, campaign_id, 1, &by);
	}
	stmt_done(q);
	return step != STEP_FAIL;
}

bool store_messages_cancel(struct db *db, int64_t campaign_id, int n, int *cancelled,
	struct campaign_tally *tally, struct err *err)
{
	struct stmt *q;

	if (!count_cancelled(db, campaign_id, n, tally, err))
		return false;
	q = stmt_use(db, SQL_MESSAGE_CANCEL);
	stmt_i64(q, "campaign_id", campaign_id);
	stmt_i64(q, "n", n);
	if (!stmt_run(q, err))
		return false;
	*cancelled = (int)db_changes(db);
	return true;
}

bool store_messages_extend(struct db *db, int64_t campaign_id, int64_t not_after, int n,
	int *extended, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_MESSAGE_EXTEND);

	stmt_i64(q, "campaign_id", campaign_id);
	stmt_i64(q, "not_after", not_after);
	stmt_i64(q, "n", n);
	if (!stmt_run(q, err))
		return false;
	*extended = (int)db_changes(db);
	return true;
}

/* --- what came of them --- */

static void read_result(struct stmt *q, struct message_result *out)
{
	enum provider_name provider;

	*out = (struct message_result){
		.provider = -1,
		.sent = col_i64(q, 2),
		.delivered = col_i64(q, 3),
		.opened = col_i64(q, 4),
		.clicked = col_i64(q, 5),
		.bounced = col_i64(q, 6),
		.unsubscribed = col_i64(q, 7),
		.complained = col_i64(q, 8),
		.first_sent_at = col_i64_or(q, 9, 0),
		.last_sent_at = col_i64_or(q, 10, 0),
	};
	if (!channel_parse(col_text(q, 0), &out->channel))
		out->channel = CHANNEL_EMAIL;
	if (provider_name_parse(col_text(q, 1), &provider))
		out->provider = (int)provider;
}

bool store_message_results(struct db *db, int64_t campaign_id, struct arena *a,
	struct message_result **out, int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_MESSAGE_METRICS);
	struct message_result *list = arena_zalloc(a, RESULTS_MOST, sizeof(*list));
	enum step step = STEP_DONE;
	int n = 0;

	stmt_i64(q, "campaign_id", campaign_id);
	while (n < RESULTS_MOST && (step = stmt_step(q, err)) == STEP_ROW)
		read_result(q, &list[n++]);
	stmt_done(q);
	*out = list;
	*count = n;
	return step != STEP_FAIL;
}

bool store_messages_by_hour(
	struct db *db, int64_t campaign_id, int64_t first, int hours, int64_t *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_MESSAGE_BY_HOUR);
	enum step step;

	memset(out, 0, ((size_t)hours + 1) * sizeof(*out));
	stmt_i64(q, "campaign_id", campaign_id);
	stmt_i64(q, "first", first);
	stmt_i64(q, "hours", hours);
	while ((step = stmt_step(q, err)) == STEP_ROW)
		if (col_i64(q, 0) >= 0 && col_i64(q, 0) <= hours)
			out[col_i64(q, 0)] = col_i64(q, 1);
	stmt_done(q);
	return step != STEP_FAIL;
}

bool store_message_revenue(struct db *db, int64_t campaign_id, int64_t offset, int64_t days,
	int64_t *revenue, int64_t *buyers, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_MESSAGE_REVENUE);
	enum step step;

	stmt_i64(q, "campaign_id", campaign_id);
	stmt_i64(q, "offset", offset);
	stmt_i64(q, "days", days);
	step = stmt_step(q, err);
	*revenue = step == STEP_ROW ? col_i64(q, 0) : 0;
	*buyers = step == STEP_ROW ? col_i64(q, 1) : 0;
	stmt_done(q);
	return step != STEP_FAIL;
}

/* --- attempts --- */

bool store_attempt_add(
	struct db *db, int64_t message_id, const struct message_attempt *attempt, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_MESSAGE_ATTEMPT_ADD);

	stmt_i64(q, "message_id", message_id);
	stmt_i64(q, "at", attempt->at);
	stmt_text(q, "provider",
		attempt->provider < 0 ? NULL
				      : provider_name_word((enum provider_name)attempt->provider));
	stmt_text(q, "outcome", attempt->outcome);
	stmt_text(q, "reason", message_reason_word(attempt->reason));
	stmt_text(q, "code", attempt->code);
	stmt_text(q, "actor", attempt->actor);
	return stmt_run(q, err);
}

static void read_attempt(struct stmt *q, struct arena *a, struct message_attempt *out)
{
	enum provider_name provider;

	*out = (struct message_attempt){
		.seq = (int)col_i64(q, 0),
		.at = col_i64(q, 1),
		.provider = -1,
		.outcome = col_dup(q, 3, a),
		.code = col_dup(q, 5, a),
		.actor = col_dup(q, 6, a),
	};
	if (provider_name_parse(col_text(q, 2), &provider))
		out->provider = (int)provider;
	if (!message_reason_parse(col_text(q, 4), &out->reason))
		out->reason = REASON_NONE;
}

bool store_attempts(struct db *db, int64_t message_id, struct arena *a,
	struct message_attempt **out, int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_MESSAGE_ATTEMPTS);
	struct message_attempt *list = arena_zalloc(a, ATTEMPTS_MOST, sizeof(*list));
	enum step step = STEP_DONE;
	int n = 0;

	stmt_i64(q, "message_id", message_id);
	while (n < ATTEMPTS_MOST && (step = stmt_step(q, err)) == STEP_ROW)
		read_attempt(q, a, &list[n++]);
	stmt_done(q);
	*out = list;
	*count = n;
	return step != STEP_FAIL;
}
