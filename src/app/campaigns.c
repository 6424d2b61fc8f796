#include "campaigns.h"

#include "campaigns_private.h"
#include "db.h"
#include "store_message.h"

#define WAITING_MOST 200 /* campaigns under way that are looked at */

bool campaign_read(
	struct session *s, int64_t id, struct arena *a, struct campaign *out, struct err *err)
{
	return store_campaign_get(s->db, s->company.id, id, a, out, err);
}

bool campaign_may(
	const struct campaign *c, enum campaign_act act, enum campaign_status *to, struct err *err)
{
	return campaign_next(act, c->status, to) ||
	       err_set(err, ERR_CAMPAIGN_STATE, c->name, "%s", campaign_status_word(c->status));
}

bool campaign_audit(
	struct session *s, const char *action, int64_t id, const char *detail, struct err *err)
{
	return session_audit(s, action, "campaign", id, detail, err);
}

/* --- funnels --- */

void funnel_add(struct campaign_funnel *f, enum message_status status, int64_t messages)
{
	f->people += messages;
	switch (status) {
	case MESSAGE_QUEUED:
	case MESSAGE_SENDING:
		f->queued += messages;
		return;
	case MESSAGE_CLICKED:
		f->clicked += messages;
		/* fall through */
	case MESSAGE_OPENED:
		f->opened += messages;
		/* fall through */
	case MESSAGE_DELIVERED:
	case MESSAGE_COMPLAINED:
		f->delivered += messages;
		/* fall through */
	case MESSAGE_SENT:
		f->sent += messages;
		return;
	case MESSAGE_UNSUBSCRIBED:
		f->sent += messages;
		f->stopped += messages;
		return;
	case MESSAGE_BOUNCED:
	case MESSAGE_FAILED:
		f->failed += messages;
		return;
	case MESSAGE_SKIPPED:
		f->left_out += messages;
		return;
	case MESSAGE_UNCERTAIN:
		f->uncertain += messages;
		return;
	case MESSAGE_STATUS_COUNT:
		return;
	}
}

void funnel_of(const struct campaign_count *counts, int n, struct campaign_funnel *out)
{
	*out = (struct campaign_funnel){ .people = 0 };
	for (int i = 0; i < n; i++) {
		int64_t sent = out->sent;

		funnel_add(out, counts[i].status, counts[i].messages);
		out->cost += counts[i].cost;
		if (out->sent > sent)
			out->parts += counts[i].parts;
	}
}

/* --- lists --- */

static bool read_funnel(struct session *s, int64_t id, struct campaign_funnel *out, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct campaign_count *counts;
	int n;
	bool ok = store_campaign_counts(s->db, id, &a, &counts, &n, err);

	if (ok)
		funnel_of(counts, n, out);
	arena_release(&a);
	return ok;
}

/* While it is being launched its messages are nobody's business yet. */
static bool is_shown(const struct campaign *c)
{
	return c->status != CAMPAIGN_LAUNCHING;
}

bool campaigns_page(struct session *s, const struct campaign_list *list, int64_t before, int n,
	struct arena *a, struct campaign_line **out, int *count, struct err *err)
{
	struct campaign_query query = {
		.company_id = s->company.id, .kind = list->kind, .status = list->status
	};
	struct campaign *campaigns;
	bool ok;

	if (!session_ready(s, RIGHT_CAMPAIGNS_READ, err) || !db_read(s->db, err))
		return false;
	ok = store_campaign_page(s->db, &query, before, n, a, &campaigns, count, err);
	if (ok)
		*out = arena_zalloc(a, (size_t)*count + 1, sizeof(**out));
	for (int i = 0; ok && i < *count; i++) {
		(*out)[i].campaign = campaigns[i];
		if (is_shown(&campaigns[i]))
			ok = read_funnel(s, campaigns[i].id, &(*out)[i].funnel, err);
	}
	db_read_end(s->db);
	return ok;
}

static bool read_card(
	struct session *s, int64_t id, struct arena *a, struct campaign_card *out, struct err *err)
{
	if (!campaign_read(s, id, a, &out->campaign, err) ||
		!store_contents(s->db, id, a, &out->texts, &out->n_texts, err))
		return false;
	if (!is_shown(&out->campaign))
		return true;
	if (!store_campaign_counts(s->db, id, a, &out->counts, &out->n_counts, err) ||
		!store_waits(s->db, id, a, &out->waits, &out->n_waits, err) ||
		!store_messages_open(s->db, id, &out->open, err))
		return false;
	funnel_of(out->counts, out->n_counts, &out->funnel);
	return true;
}

bool campaigns_get(
	struct session *s, int64_t id, struct arena *a, struct campaign_card *out, struct err *err)
{
	bool ok;

	*out = (struct campaign_card){ .n_texts = 0 };
	if (!session_ready(s, RIGHT_CAMPAIGNS_READ, err) || !db_read(s->db, err))
		return false;
	ok = read_card(s, id, a, out, err);
	db_read_end(s->db);
	return ok;
}

bool campaigns_totals(struct session *s, struct campaign_totals *out, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct campaign_funnel f = { .people = 0 };
	struct campaign_count *counts;
	int n = 0;
	bool ok;

	*out = (struct campaign_totals){ .gone = 0 };
	ok = session_ready(s, RIGHT_CAMPAIGNS_READ, err) &&
	     store_campaign_totals(s->db, s->company.id, &a, &counts, &n, err);
	for (int i = 0; ok && i < n; i++) {
		funnel_add(&f, counts[i].status, counts[i].messages);
		if (counts[i].reason == REASON_EXPIRED)
			out->expired += counts[i].messages;
	}
	out->gone = f.sent + f.failed;
	out->failed = f.failed;
	out->uncertain = f.uncertain;
	arena_release(&a);
	return ok;
}

bool campaigns_waiting(
	struct session *s, struct arena *a, struct waiting **out, int *count, struct err *err)
{
	struct campaign_line *lines;
	struct campaign_list running = { .kind = -1, .status = CAMPAIGN_RUNNING };
	int n;

	*count = 0;
	if (!campaigns_page(s, &running, INT64_MAX, WAITING_MOST, a, &lines, &n, err))
		return false;
	*out = arena_zalloc(a, (size_t)n * CHANNEL_COUNT + 1, sizeof(**out));
	for (int i = 0; i < n; i++) {
		const struct campaign *c = &lines[i].campaign;
		struct campaign_wait *waits;
		int n_waits;

		if (!store_waits(s->db, c->id, a, &waits, &n_waits, err))
			return false;
		for (int w = 0; w < n_waits; w++)
			(*out)[(*count)++] = (struct waiting){
				.campaign_id = c->id,
				.campaign = c->name,
				.wait = waits[w],
			};
	}
	return true;
}
