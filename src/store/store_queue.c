#include "store_queue.h"

#include "stmt.h"
#include "suppression.h"

static void read_queued(struct stmt *q, int64_t campaign_id, int64_t company_id,
	enum channel channel, struct arena *a, struct queued *out)
{
	out->message = (struct message){
		.id = col_i64(q, 0),
		.company_id = company_id,
		.campaign_id = campaign_id,
		.customer_id = col_i64_or(q, 1, 0),
		.channel = channel,
		.status = MESSAGE_QUEUED,
		.content_id = col_i64_or(q, 2, 0),
		.address = col_dup(q, 3, a),
		.vars = col_dup(q, 4, a),
		.parts = (int)col_i64(q, 5),
		.due_at = col_i64(q, 6),
		.not_after = col_i64(q, 7),
		.attempts = (int)col_i64(q, 8),
		.provider = -1,
		.provider_id = col_dup(q, 9, a),
		.code = "",
	};
	if (!message_reason_parse(col_text(q, 21), &out->message.reason))
		out->message.reason = REASON_NONE;
	out->person = (struct person){
		.id = out->message.customer_id,
		.consents = (uint32_t)col_i64(q, 10),
		.anonymised = col_i64(q, 11),
		.merged = col_i64(q, 12),
		.language = col_dup(q, 13, a),
		.time_zone = col_dup(q, 14, a),
		.country = col_dup(q, 15, a),
		.name = col_dup(q, 16, a),
		.first_name = col_dup(q, 17, a),
		.suppressed = col_i64(q, 19) ? UINT32_C(1) << channel : 0,
		.recent = col_i64(q, 20),
		.preferred = "",
		.firm = "",
		.city = "",
		.invoice = "",
	};
	if (!customer_kind_parse(col_text(q, 18), &out->person.kind))
		out->person.kind = KIND_PERSON;
	for (int i = 0; i < CHANNEL_COUNT; i++)
		out->person.address[i] = i == (int)channel ? out->message.address : "";
}

bool store_queue_due(struct db *db, int64_t campaign_id, int64_t company_id, enum channel channel,
	int64_t now, int64_t since, int n, struct arena *a, struct queued **out, int *count,
	struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_MESSAGE_DUE);
	struct queued *list = arena_alloc(a, (size_t)n * sizeof(*list));
	enum step step = STEP_DONE;
	int i = 0;

	stmt_i64(q, "campaign_id", campaign_id);
	stmt_text(q, "channel", channel_word(channel));
	stmt_text(q, "kind", address_kind_word(address_of_channel(channel)));
	stmt_i64_or_null(q, "since", since, 0);
	stmt_i64(q, "now", now);
	stmt_i64(q, "n", n);
	while (i < n && (step = stmt_step(q, err)) == STEP_ROW)
		read_queued(q, campaign_id, company_id, channel, a, &list[i++]);
	stmt_done(q);
	*out = list;
	*count = i;
	return step != STEP_FAIL;
}

bool store_queue_next(
	struct db *db, int64_t campaign_id, enum channel channel, int64_t *due_at, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_MESSAGE_NEXT_DUE);

	stmt_i64(q, "campaign_id", campaign_id);
	stmt_text(q, "channel", channel_word(channel));
	return stmt_number(q, INT64_MAX, due_at, err);
}

bool store_queue_claim(struct db *db, struct message *m, enum provider_name provider, int64_t epoch,
	int64_t now, bool *claimed, struct campaign_tally *tally, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_MESSAGE_CLAIM);

	stmt_i64(q, "id", m->id);
	stmt_text(q, "provider", provider_name_word(provider));
	stmt_i64(q, "epoch", epoch);
	stmt_i64(q, "now", now);
	if (!stmt_run(q, err))
		return false;
	*claimed = db_changes(db) > 0;
	if (!*claimed)
		return true;
	message_tally(tally, -1, m);
	m->status = MESSAGE_SENDING;
	m->reason = REASON_NONE;
	m->provider = (int)provider;
	m->epoch = epoch;
	m->claimed_at = now;
	m->attempts++;
	message_tally(tally, 1, m);
	return true;
}

static bool settle_from(struct db *db, const struct message *m, enum message_status from,
	const struct settled *what, int64_t now, bool *settled, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_MESSAGE_SETTLE);

	stmt_i64(q, "id", m->id);
	stmt_i64(q, "epoch", m->epoch);
	stmt_text(q, "from", message_status_word(from));
	stmt_text(q, "to", message_status_word(what->to));
	stmt_text(q, "reason", message_reason_word(what->reason));
	stmt_text(q, "provider_id", *what->provider_id ? what->provider_id : NULL);
	stmt_text(q, "code", *what->code ? what->code : NULL);
	stmt_i64(q, "due_at", what->due_at);
	stmt_i64(q, "cost", what->cost);
	stmt_i64(q, "now", now);
	if (!stmt_run(q, err))
		return false;
	*settled = db_changes(db) > 0;
	return true;
}

/* The reason it is stored with: an UNCERTAIN one counts under it. */
static bool stored_reason(struct db *db, int64_t id, enum message_reason *out, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct message m;
	bool ok = store_message_get(db, id, &a, &m, err);

	if (ok)
		*out = m.reason;
	arena_release(&a);
	return ok;
}

bool store_queue_settle(struct db *db, const struct message *m, const struct settled *what,
	int64_t now, bool *settled, struct campaign_tally *tally, struct err *err)
{
	enum message_reason before = REASON_NONE;
	struct message was = *m;

	if (!settle_from(db, m, MESSAGE_SENDING, what, now, settled, err))
		return false;
	if (*settled) {
		was.status = MESSAGE_SENDING;
	} else {
		if (!message_may(ACT_RESULT, MESSAGE_UNCERTAIN, what->to))
			return true;
		if (!stored_reason(db, m->id, &before, err) ||
			!settle_from(db, m, MESSAGE_UNCERTAIN, what, now, settled, err))
			return false;
		if (!*settled)
			return true;
		was.status = MESSAGE_UNCERTAIN;
	}
	was.reason = before;
	message_tally(tally, -1, &was);
	was.status = what->to;
	was.reason = what->reason;
	was.cost += what->cost;
	message_tally(tally, 1, &was);
	return true;
}

bool store_queue_sending(
	struct db *db, int n, struct arena *a, struct message **out, int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_MESSAGE_SENDING);
	struct message *list = arena_zalloc(a, (size_t)n, sizeof(*list));
	enum step step = STEP_DONE;
	int i = 0;

	stmt_i64(q, "n", n);
	while (i < n && (step = stmt_step(q, err)) == STEP_ROW) {
		list[i] = (struct message){
			.id = col_i64(q, 0),
			.company_id = col_i64(q, 1),
			.campaign_id = col_i64(q, 2),
			.status = MESSAGE_SENDING,
			.parts = (int)col_i64(q, 4),
			.cost = col_i64(q, 5),
			.epoch = col_i64(q, 6),
			.provider = -1,
		};
		if (!channel_parse(col_text(q, 3), &list[i].channel))
			list[i].channel = CHANNEL_EMAIL;
		i++;
	}
	stmt_done(q);
	*out = list;
	*count = i;
	return step != STEP_FAIL;
}

bool store_queue_lost(struct db *db, struct message *m, enum message_reason reason, int64_t ask_at,
	bool *moved, struct campaign_tally *tally, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_MESSAGE_LOST);

	stmt_i64(q, "id", m->id);
	stmt_text(q, "reason", message_reason_word(reason));
	stmt_i64(q, "due_at", ask_at);
	if (!stmt_run(q, err))
		return false;
	*moved = db_changes(db) > 0;
	if (!*moved)
		return true;
	message_tally(tally, -1, m);
	m->status = MESSAGE_UNCERTAIN;
	m->reason = reason;
	message_tally(tally, 1, m);
	return true;
}

bool store_queue_needed(struct db *db, bool *needed, struct err *err)
{
	int64_t number;

	if (!stmt_number(stmt_use(db, SQL_MESSAGE_NEEDED), 0, &number, err))
		return false;
	*needed = number;
	return true;
}

bool store_queue_doubts(struct db *db, int64_t now, int n, struct arena *a, int64_t **out,
	int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_MESSAGE_DOUBTS);
	int64_t *ids = arena_zalloc(a, (size_t)n, sizeof(*ids));
	enum step step = STEP_DONE;
	int i = 0;

	stmt_i64(q, "now", now);
	stmt_i64(q, "n", n);
	while (i < n && (step = stmt_step(q, err)) == STEP_ROW)
		ids[i++] = col_i64(q, 0);
	stmt_done(q);
	*out = ids;
	*count = i;
	return step != STEP_FAIL;
}

bool store_queue_next_doubt(struct db *db, int64_t *at, struct err *err)
{
	return stmt_number(stmt_use(db, SQL_MESSAGE_NEXT_DOUBT), INT64_MAX, at, err);
}

bool store_queue_doubt_again(struct db *db, int64_t id, int64_t at, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_MESSAGE_DOUBT_AGAIN);

	stmt_i64(q, "id", id);
	stmt_i64(q, "due_at", at);
	return stmt_run(q, err);
}

bool store_queue_lookups(struct db *db, int64_t id, int64_t since, int64_t *n, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_MESSAGE_LOOKUPS);

	stmt_i64(q, "message_id", id);
	stmt_i64(q, "since", since);
	return stmt_number(q, 0, n, err);
}
