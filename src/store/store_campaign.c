#include "store_campaign.h"

#include "stmt.h"
#include "store_tombstone.h"

#define GOING_MOST 1000
#define CONTENTS_MOST 64
#define COUNTS_MOST 1024

/* The columns that an insert and an edit both write. */
static void bind_campaign(struct stmt *q, const struct campaign *c)
{
	stmt_i64(q, "id", c->id);
	stmt_i64(q, "company_id", c->company_id);
	stmt_text(q, "name", c->name);
	stmt_text(q, "kind", campaign_kind_word(c->kind));
	stmt_text(q, "type", campaign_type_word(c->type));
	stmt_i64(q, "channels", c->channels);
	stmt_text(q, "channel_order", c->order);
	stmt_text(q, "filter", c->filter);
	stmt_text(q, "persons", c->persons);
	stmt_text(q, "sender", c->sender);
	stmt_i64(q, "plain_names", c->plain_names);
	stmt_i64(q, "start_at", c->start_at);
	stmt_i64(q, "customer_zone", c->customer_zone);
	stmt_i64(q, "not_after", c->not_after);
	stmt_text(q, "late", late_policy_word(c->late));
	stmt_i64(q, "budget", c->budget);
}

bool store_campaign_insert(struct db *db, struct campaign *c, struct err *err)
{
	struct stmt *q;

	if (!c->id && !(c->id = db_ids(db, 1, err)))
		return false;
	q = stmt_use(db, SQL_CAMPAIGN_INSERT);
	bind_campaign(q, c);
	stmt_text(q, "status", campaign_status_word(c->status));
	stmt_text(q, "created_by", c->created_by);
	stmt_i64(q, "created_at", c->created_at);
	stmt_i64_or_null(q, "duplicate_of", c->duplicate_of, 0);
	c->revision = 1;
	return stmt_run(q, err);
}

bool store_campaign_edit(struct db *db, struct campaign *c, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CAMPAIGN_EDIT);

	bind_campaign(q, c);
	stmt_i64(q, "revision", c->revision);
	if (!stmt_run(q, err))
		return false;
	if (!db_changes(db))
		return err_set(err, ERR_CONFLICT, c->name, "%lld", (long long)c->id);
	c->revision++;
	c->status = CAMPAIGN_DRAFT;
	return true;
}

static bool run_for(struct db *db, enum sql_id id, int64_t campaign_id, struct err *err)
{
	struct stmt *q = stmt_use(db, id);

	stmt_i64(q, "campaign_id", campaign_id);
	return stmt_run(q, err);
}

bool store_campaign_delete(
	struct db *db, int64_t company_id, int64_t id, int64_t now, struct err *err)
{
	struct stmt *q;

	if (!run_for(db, SQL_CAMPAIGN_DELETE_CONTENT, id, err))
		return false;
	q = stmt_use(db, SQL_CAMPAIGN_DELETE);
	stmt_i64(q, "id", id);
	stmt_i64(q, "company_id", company_id);
	if (!stmt_run(q, err))
		return false;
	if (!db_changes(db))
		return err_set(err, ERR_GONE, "campaign", "%lld", (long long)id);
	return store_tombstone(db, company_id, id, "campaign", now, err);
}

static void read_campaign(struct stmt *q, struct arena *a, struct campaign *out)
{
	*out = (struct campaign){
		.id = col_i64(q, 0),
		.company_id = col_i64(q, 1),
		.name = col_dup(q, 2, a),
		.channels = (uint32_t)col_i64(q, 7),
		.order = col_dup(q, 8, a),
		.filter = col_dup(q, 9, a),
		.persons = col_dup(q, 10, a),
		.sender = col_dup(q, 11, a),
		.start_at = col_i64(q, 12),
		.customer_zone = col_i64(q, 13),
		.not_after = col_i64(q, 14),
		.budget = col_i64(q, 16),
		.frozen_upto = col_i64(q, 17),
		.created_by = col_dup(q, 18, a),
		.created_at = col_i64(q, 19),
		.launched_at = col_i64_or(q, 20, 0),
		.ended_at = col_i64_or(q, 21, 0),
		.duplicate_of = col_i64_or(q, 22, 0),
		.revision = col_i64(q, 23),
		.plain_names = col_i64(q, 24),
	};
	if (!campaign_kind_parse(col_text(q, 3), &out->kind))
		out->kind = CAMPAIGN_MANY;
	if (!campaign_type_parse(col_text(q, 4), &out->type))
		out->type = CAMPAIGN_PROMOTIONAL;
	/* What a newer version wrote is nothing this one may touch. */
	if (!campaign_status_parse(col_text(q, 5), &out->status))
		out->status = CAMPAIGN_FAILED;
	if (!campaign_cause_parse(col_text(q, 6), &out->cause))
		out->cause = CAUSE_NONE;
	if (!late_policy_parse(col_text(q, 15), &out->late))
		out->late = LATE_EXPIRE;
}

bool store_campaign_get(struct db *db, int64_t company_id, int64_t id, struct arena *a,
	struct campaign *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CAMPAIGN_GET);
	enum step step;

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "id", id);
	step = stmt_step(q, err);
	if (step == STEP_ROW)
		read_campaign(q, a, out);
	stmt_done(q);
	if (step == STEP_DONE)
		return err_set(err, ERR_GONE, "campaign", "%lld", (long long)id);
	return step == STEP_ROW;
}

/* Steps through a query of campaigns, `most` of them. */
static bool read_campaigns(struct stmt *q, int most, struct arena *a, struct campaign **out,
	int *count, struct err *err)
{
	struct campaign *list = arena_zalloc(a, (size_t)most, sizeof(*list));
	enum step step = STEP_DONE;
	int n = 0;

	while (n < most && (step = stmt_step(q, err)) == STEP_ROW)
		read_campaign(q, a, &list[n++]);
	stmt_done(q);
	*out = list;
	*count = n;
	return step != STEP_FAIL;
}

bool store_campaign_page(struct db *db, const struct campaign_query *query, int64_t before, int n,
	struct arena *a, struct campaign **out, int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CAMPAIGN_PAGE);

	stmt_i64(q, "company_id", query->company_id);
	stmt_i64(q, "before", before);
	stmt_i64(q, "n", n);
	stmt_text(q, "kind",
		query->kind < 0 ? NULL : campaign_kind_word((enum campaign_kind)query->kind));
	stmt_text(q, "status",
		query->status < 0 ? NULL
				  : campaign_status_word((enum campaign_status)query->status));
	return read_campaigns(q, n, a, out, count, err);
}

bool store_campaign_going(
	struct db *db, struct arena *a, struct campaign **out, int *count, struct err *err)
{
	return read_campaigns(stmt_use(db, SQL_CAMPAIGN_GOING), GOING_MOST, a, out, count, err);
}

bool store_campaign_active(struct db *db, int64_t company_id, struct arena *a, int64_t **out,
	int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CAMPAIGN_ACTIVE);
	int64_t *ids = arena_zalloc(a, GOING_MOST, sizeof(*ids));
	enum step step = STEP_DONE;
	int n = 0;

	stmt_i64(q, "company_id", company_id);
	while (n < GOING_MOST && (step = stmt_step(q, err)) == STEP_ROW)
		ids[n++] = col_i64(q, 0);
	stmt_done(q);
	*out = ids;
	*count = n;
	return step != STEP_FAIL;
}

bool store_campaign_move(struct db *db, int64_t id, enum campaign_status from,
	enum campaign_status to, enum campaign_cause cause, int64_t now, bool *moved,
	struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CAMPAIGN_MOVE);

	stmt_i64(q, "id", id);
	stmt_text(q, "from", campaign_status_word(from));
	stmt_text(q, "to", campaign_status_word(to));
	stmt_text(q, "cause", campaign_cause_word(cause));
	stmt_i64(q, "now", now);
	if (!stmt_run(q, err))
		return false;
	*moved = db_changes(db) > 0;
	return true;
}

bool store_campaign_decide(struct db *db, const struct campaign *c, bool *decided, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CAMPAIGN_DECIDE);

	stmt_i64(q, "id", c->id);
	stmt_text(q, "late", late_policy_word(c->late));
	stmt_i64(q, "not_after", c->not_after);
	stmt_i64(q, "budget", c->budget);
	if (!stmt_run(q, err))
		return false;
	*decided = db_changes(db) > 0;
	return true;
}

bool store_campaign_frozen(struct db *db, int64_t id, int64_t upto, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CAMPAIGN_FROZEN);

	stmt_i64(q, "id", id);
	stmt_i64(q, "upto", upto);
	return stmt_run(q, err);
}

bool store_campaign_status(struct db *db, int64_t id, enum campaign_status *out, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CAMPAIGN_STATUS);
	enum step step;
	bool known = false;

	stmt_i64(q, "id", id);
	step = stmt_step(q, err);
	if (step == STEP_ROW)
		known = campaign_status_parse(col_text(q, 0), out);
	stmt_done(q);
	if (step == STEP_FAIL)
		return false;
	return known || err_set(err, ERR_GONE, "campaign", "%lld", (long long)id);
}

/* --- texts --- */

bool store_content_put(struct db *db, struct campaign_content *c, struct err *err)
{
	struct stmt *q;

	if (!c->id && !(c->id = db_ids(db, 1, err)))
		return false;
	q = stmt_use(db, SQL_CAMPAIGN_CONTENT_PUT);
	stmt_i64(q, "id", c->id);
	stmt_i64(q, "campaign_id", c->campaign_id);
	stmt_text(q, "channel", channel_word(c->channel));
	stmt_text(q, "language", c->language);
	stmt_text(q, "subject", c->subject);
	stmt_text(q, "text", c->text);
	stmt_text(q, "html", c->html);
	stmt_text(q, "media", c->media);
	stmt_i64_or_null(q, "template_version_id", c->template_version_id, 0);
	return stmt_run(q, err);
}

bool store_content_drop(struct db *db, int64_t campaign_id, enum channel channel,
	const char *language, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CAMPAIGN_CONTENT_DROP);

	stmt_i64(q, "campaign_id", campaign_id);
	stmt_text(q, "channel", channel_word(channel));
	stmt_text(q, "language", language);
	return stmt_run(q, err);
}

static void read_content(struct stmt *q, struct arena *a, struct campaign_content *out)
{
	*out = (struct campaign_content){
		.id = col_i64(q, 0),
		.campaign_id = col_i64(q, 1),
		.subject = col_dup(q, 4, a),
		.text = col_dup(q, 5, a),
		.html = col_dup(q, 6, a),
		.media = col_dup(q, 7, a),
		.template_version_id = col_i64_or(q, 8, 0),
	};
	if (!channel_parse(col_text(q, 2), &out->channel))
		out->channel = CHANNEL_EMAIL;
	snprintf(out->language, sizeof(out->language), "%s", col_text(q, 3));
}

bool store_contents(struct db *db, int64_t campaign_id, struct arena *a,
	struct campaign_content **out, int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CAMPAIGN_CONTENTS);
	struct campaign_content *list = arena_zalloc(a, CONTENTS_MOST, sizeof(*list));
	enum step step = STEP_DONE;
	int n = 0;

	stmt_i64(q, "campaign_id", campaign_id);
	while (n < CONTENTS_MOST && (step = stmt_step(q, err)) == STEP_ROW)
		read_content(q, a, &list[n++]);
	stmt_done(q);
	*out = list;
	*count = n;
	return step != STEP_FAIL;
}

static bool read_template(
	struct stmt *q, struct arena *a, struct campaign_content *out, bool *found, struct err *err)
{
	enum step step = stmt_step(q, err);

	*found = step == STEP_ROW;
	if (*found) {
		*out = (struct campaign_content){
			.subject = col_dup(q, 2, a),
			.text = col_dup(q, 3, a),
			.html = col_dup(q, 4, a),
			.media = "",
			.template_version_id = col_i64(q, 5),
		};
		if (!channel_parse(col_text(q, 0), &out->channel))
			out->channel = CHANNEL_EMAIL;
		snprintf(out->language, sizeof(out->language), "%s", col_text(q, 1));
	}
	stmt_done(q);
	return step != STEP_FAIL;
}

bool store_content_of_template(struct db *db, int64_t company_id, const char *key,
	enum channel channel, const char *language, struct arena *a, struct campaign_content *out,
	bool *found, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CAMPAIGN_TEMPLATE);

	stmt_i64(q, "company_id", company_id);
	stmt_text(q, "key", key);
	stmt_text(q, "channel", channel_word(channel));
	stmt_text(q, "language", language);
	return read_template(q, a, out, found, err);
}

bool store_content_of_version(struct db *db, int64_t company_id, int64_t version_id,
	struct arena *a, struct campaign_content *out, bool *found, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CAMPAIGN_TEMPLATE_VERSION);

	stmt_i64(q, "company_id", company_id);
	stmt_i64(q, "id", version_id);
	return read_template(q, a, out, found, err);
}

/* --- counts --- */

static bool same_place(const struct campaign_count *a, const struct campaign_count *b)
{
	return a->channel == b->channel && a->status == b->status && a->reason == b->reason;
}

void campaign_tally_add(
	struct campaign_tally *t, int64_t campaign_id, int sign, const struct campaign_count *by)
{
	struct campaign_change *change = NULL;

	/* A few dozen places at most; the latest ones are the likeliest. */
	for (size_t i = t->changes.len; i-- && !change;)
		if (t->changes.items[i].campaign_id == campaign_id &&
			same_place(&t->changes.items[i].by, by))
			change = &t->changes.items[i];
	if (!change) {
		struct campaign_change fresh = { .campaign_id = campaign_id, .by = *by };

		fresh.by.messages = fresh.by.parts = fresh.by.cost = 0;
		vec_push(&t->changes, fresh);
		change = &t->changes.items[t->changes.len - 1];
	}
	change->by.messages += sign * by->messages;
	change->by.parts += sign * by->parts;
	change->by.cost += sign * by->cost;
}

static bool write_count(
	struct db *db, int64_t campaign_id, const struct campaign_count *by, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CAMPAIGN_COUNT_ADD);

	stmt_i64(q, "campaign_id", campaign_id);
	stmt_text(q, "channel", channel_word(by->channel));
	stmt_text(q, "status", message_status_word(by->status));
	stmt_text(q, "reason", message_reason_word(by->reason));
	stmt_i64(q, "messages", by->messages);
	stmt_i64(q, "parts", by->parts);
	stmt_i64(q, "cost", by->cost);
	return stmt_run(q, err);
}

bool store_campaign_count(struct db *db, struct campaign_tally *t, struct err *err)
{
	bool ok = true;

	for (size_t i = 0; ok && i < t->changes.len; i++) {
		const struct campaign_change *c = &t->changes.items[i];

		if (c->by.messages || c->by.parts || c->by.cost)
			ok = write_count(db, c->campaign_id, &c->by, err);
	}
	t->changes.len = 0;
	return ok;
}

void campaign_tally_release(struct campaign_tally *t)
{
	vec_release(&t->changes);
}

static void read_count(struct stmt *q, struct campaign_count *out)
{
	*out = (struct campaign_count){
		.messages = col_i64(q, 3), .parts = col_i64(q, 4), .cost = col_i64(q, 5)
	};
	if (!channel_parse(col_text(q, 0), &out->channel))
		out->channel = CHANNEL_EMAIL;
	if (!message_status_parse(col_text(q, 1), &out->status))
		out->status = MESSAGE_FAILED;
	if (!message_reason_parse(col_text(q, 2), &out->reason))
		out->reason = REASON_NONE;
}

static bool read_counts(struct db *db, enum sql_id sql, int64_t id, struct arena *a,
	struct campaign_count **out, int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, sql);
	struct campaign_count *list = arena_zalloc(a, COUNTS_MOST, sizeof(*list));
	enum step step = STEP_DONE;
	int n = 0;

	stmt_i64(q, "id", id);
	while (n < COUNTS_MOST && (step = stmt_step(q, err)) == STEP_ROW)
		read_count(q, &list[n++]);
	stmt_done(q);
	*out = list;
	*count = n;
	return step != STEP_FAIL;
}

bool store_campaign_counts(struct db *db, int64_t campaign_id, struct arena *a,
	struct campaign_count **out, int *count, struct err *err)
{
	return read_counts(db, SQL_CAMPAIGN_COUNTS, campaign_id, a, out, count, err);
}

bool store_campaign_totals(struct db *db, int64_t company_id, struct arena *a,
	struct campaign_count **out, int *count, struct err *err)
{
	return read_counts(db, SQL_CAMPAIGN_TOTALS, company_id, a, out, count, err);
}

bool store_campaign_past(struct db *db, int64_t campaign_id, struct arena *a,
	struct campaign_count **out, int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CAMPAIGN_PAST_STATUS);
	struct campaign_count *list = arena_zalloc(a, COUNTS_MOST, sizeof(*list));
	enum step step = STEP_DONE;
	int n = 0;

	stmt_i64(q, "campaign_id", campaign_id);
	while (n < COUNTS_MOST && (step = stmt_step(q, err)) == STEP_ROW) {
		list[n].messages = col_i64(q, 2);
		if (channel_parse(col_text(q, 0), &list[n].channel) &&
			message_status_parse(col_text(q, 1), &list[n].status))
			n++;
	}
	stmt_done(q);
	*out = list;
	*count = n;
	return step != STEP_FAIL;
}

static bool same_counts(
	const struct campaign_count *a, int na, const struct campaign_count *b, int nb)
{
	if (na != nb)
		return false;
	for (int i = 0; i < na; i++)
		if (!same_place(&a[i], &b[i]) || a[i].messages != b[i].messages ||
			a[i].parts != b[i].parts || a[i].cost != b[i].cost)
			return false;
	return true;
}

bool store_campaign_recount(
	struct db *db, int64_t campaign_id, bool write, bool *same, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct campaign_count *stored, *counted;
	int n_stored, n_counted;
	bool ok = read_counts(db, SQL_CAMPAIGN_COUNTS, campaign_id, &a, &stored, &n_stored, err) &&
		  read_counts(
			  db, SQL_CAMPAIGN_COUNT_ROWS, campaign_id, &a, &counted, &n_counted, err);

	*same = ok && same_counts(stored, n_stored, counted, n_counted);
	if (ok && write && !*same) {
		ok = run_for(db, SQL_CAMPAIGN_COUNT_CLEAR, campaign_id, err);
		for (int i = 0; ok && i < n_counted; i++)
			ok = write_count(db, campaign_id, &counted[i], err);
	}
	arena_release(&a);
	return ok;
}

/* --- why it waits --- */

bool store_wait_put(
	struct db *db, int64_t campaign_id, const struct campaign_wait *wait, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CAMPAIGN_WAIT_PUT);

	stmt_i64(q, "campaign_id", campaign_id);
	stmt_text(q, "channel", channel_word(wait->channel));
	stmt_text(q, "reason", message_reason_word(wait->reason));
	stmt_text(q, "provider",
		wait->provider < 0 ? NULL : provider_name_word((enum provider_name)wait->provider));
	stmt_i64(q, "until", wait->until);
	stmt_i64(q, "now", wait->since);
	return stmt_run(q, err);
}

bool store_wait_clear(struct db *db, int64_t campaign_id, int channel, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CAMPAIGN_WAIT_CLEAR);

	stmt_i64(q, "campaign_id", campaign_id);
	stmt_text(q, "channel", channel < 0 ? NULL : channel_word((enum channel)channel));
	return stmt_run(q, err);
}

static void read_wait(struct stmt *q, struct campaign_wait *out)
{
	enum provider_name provider;

	*out = (struct campaign_wait){
		.provider = -1, .until = col_i64(q, 3), .since = col_i64(q, 4)
	};
	if (!channel_parse(col_text(q, 0), &out->channel))
		out->channel = CHANNEL_EMAIL;
	if (!message_reason_parse(col_text(q, 1), &out->reason))
		out->reason = REASON_NONE;
	if (provider_name_parse(col_text(q, 2), &provider))
		out->provider = (int)provider;
}

bool store_waits(struct db *db, int64_t campaign_id, struct arena *a, struct campaign_wait **out,
	int *count, struct err *err)
{
	struct stmt *q = stmt_use(db, SQL_CAMPAIGN_WAITS);
	struct campaign_wait *list = arena_zalloc(a, CHANNEL_COUNT, sizeof(*list));
	enum step step = STEP_DONE;
	int n = 0;

	stmt_i64(q, "campaign_id", campaign_id);
	while (n < CHANNEL_COUNT && (step = stmt_step(q, err)) == STEP_ROW)
		read_wait(q, &list[n++]);
	stmt_done(q);
	*out = list;
	*count = n;
	return step != STEP_FAIL;
}
