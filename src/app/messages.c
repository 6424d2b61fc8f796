#include "messages_private.h"

#include "compose.h"
#include "db.h"
#include "provider.h"
#include "store_contact.h"
#include "store_customer.h"

#define LINK_STANDS_HERE "…" /* where a link will be that each message has its own of */

struct messages_place messages_place_of(const struct message *m)
{
	return (struct messages_place){ .begun = true,
		.channel = m->channel,
		.status = m->status,
		.reason = m->reason,
		.key = { .due_at = m->due_at, .id = m->id } };
}

/* --- lists --- */

static bool wanted(const struct messages_query *q, const struct campaign_count *c)
{
	return (q->channel < 0 || q->channel == (int)c->channel) &&
	       (q->status < 0 || q->status == (int)c->status) &&
	       (q->reason < 0 || q->reason == (int)c->reason) &&
	       (q->list < 0 || q->list == (int)message_list_of(c->status, c->reason));
}

static int64_t part_order(
	enum channel channel, enum message_status status, enum message_reason reason)
{
	return ((int64_t)channel * MESSAGE_STATUS_COUNT + (int64_t)status) * MESSAGE_REASON_COUNT +
	       (int64_t)reason;
}

static int64_t order_of(const struct campaign_count *c)
{
	return part_order(c->channel, c->status, c->reason);
}

/* The parts of the list that hold something, in their order; few. */
static int wanted_parts(const struct messages_query *query, struct campaign_count *counts, int n)
{
	int kept = 0;

	for (int i = 0; i < n; i++) {
		struct campaign_count c = counts[i];
		int at = kept;

		if (!wanted(query, &c))
			continue;
		for (; at && order_of(&counts[at - 1]) > order_of(&c); at--)
			counts[at] = counts[at - 1];
		counts[at] = c;
		kept++;
	}
	return kept;
}

bool messages_parts(struct session *s, const struct messages_query *query, struct arena *a,
	struct campaign_count **out, int *n, struct err *err)
{
	struct campaign campaign;

	if (!store_campaign_get(s->db, s->company.id, query->campaign_id, a, &campaign, err) ||
		!store_campaign_counts(s->db, query->campaign_id, a, out, n, err))
		return false;
	*n = campaign.status == CAMPAIGN_LAUNCHING ? 0 : wanted_parts(query, *out, *n);
	return true;
}

/* Appends what the part holds behind `key`. */
static bool read_part(struct session *s, int64_t campaign_id, const struct campaign_count *part,
	struct message_key key, int n, struct arena *a, struct message_line *out, int *count,
	struct err *err)
{
	struct message_line *lines;
	int found;

	if (!store_messages(s->db, campaign_id, part, key, n - *count, a, &lines, &found, err))
		return false;
	if (found)
		memcpy(out + *count, lines, (size_t)found * sizeof(*lines));
	*count += found;
	return true;
}

bool messages_page(struct session *s, const struct messages_query *query,
	const struct messages_place *after, int n, struct arena *a, struct message_line **out,
	int *count, struct err *err)
{
	const struct message_key first = MESSAGE_KEY_FIRST;
	struct campaign_count *parts;
	int64_t from;
	int n_parts;
	bool ok = true;

	*count = 0;
	if (!session_ready(s, RIGHT_CAMPAIGNS_READ, err) ||
		!messages_parts(s, query, a, &parts, &n_parts, err))
		return false;
	from = after->begun ? part_order(after->channel, after->status, after->reason) : -1;
	*out = arena_zalloc(a, (size_t)n, sizeof(**out));
	for (int i = 0; ok && i < n_parts && *count < n; i++)
		if (order_of(&parts[i]) >= from)
			ok = read_part(s, query->campaign_id, &parts[i],
				order_of(&parts[i]) == from ? after->key : first, n, a, *out, count,
				err);
	return ok;
}

/* Puts what the part holds in front of `key` in front of what is at the end of `out`. */
static bool read_part_back(struct session *s, int64_t campaign_id,
	const struct campaign_count *part, struct message_key key, int n, struct arena *a,
	struct message_line *out, int *count, struct err *err)
{
	struct message_line *lines;
	int found;

	if (!store_messages_back(s->db, campaign_id, part, key, n - *count, a, &lines, &found, err))
		return false;
	for (int i = 0; i < found; i++)
		out[n - ++*count] = lines[i];
	return true;
}

bool messages_page_back(struct session *s, const struct messages_query *query,
	const struct messages_place *before, int n, struct arena *a, struct message_line **out,
	int *count, struct err *err)
{
	const struct message_key last = MESSAGE_KEY_LAST;
	struct campaign_count *parts;
	int64_t from;
	int n_parts;
	bool ok = true;

	*count = 0;
	if (!session_ready(s, RIGHT_CAMPAIGNS_READ, err) ||
		!messages_parts(s, query, a, &parts, &n_parts, err))
		return false;
	from = before->begun ? part_order(before->channel, before->status, before->reason)
			     : INT64_MAX;
	*out = arena_zalloc(a, (size_t)n, sizeof(**out));
	for (int i = n_parts - 1; ok && i >= 0 && *count < n; i--)
		if (order_of(&parts[i]) <= from)
			ok = read_part_back(s, query->campaign_id, &parts[i],
				order_of(&parts[i]) == from ? before->key : last, n, a, *out, count,
				err);
	*out += n - *count;
	return ok;
}

bool messages_count(struct session *s, int64_t campaign_id, int channel,
	int64_t out[MESSAGE_LIST_COUNT], struct err *err)
{
	struct messages_query query = MESSAGES_ALL(campaign_id);
	struct arena a = ARENA_INIT;
	struct campaign_count *parts;
	int n = 0;
	bool ok;

	query.channel = channel;
	for (int i = 0; i < MESSAGE_LIST_COUNT; i++)
		out[i] = 0;
	ok = session_ready(s, RIGHT_CAMPAIGNS_READ, err) &&
	     messages_parts(s, &query, &a, &parts, &n, err);
	for (int i = 0; ok && i < n; i++)
		out[message_list_of(parts[i].status, parts[i].reason)] += parts[i].messages;
	arena_release(&a);
	return ok;
}

bool messages_of(struct session *s, int64_t customer_id, int64_t before, int n, struct arena *a,
	struct message_line **out, int *count, struct err *err)
{
	return session_ready(s, RIGHT_CAMPAIGNS_READ, err) &&
	       store_messages_of(s->db, s->company.id, customer_id, before, n, a, out, count, err);
}

bool messages_doubtful(struct session *s, struct message_key after, int n, struct arena *a,
	struct message_line **out, int *count, struct err *err)
{
	return session_ready(s, RIGHT_CAMPAIGNS_READ, err) &&
	       store_messages_doubtful(s->db, s->company.id, after, n, a, out, count, err);
}
