/* What came of a campaign, from its messages and the invoices after them. */
#include "campaigns_private.h"
#include "db.h"
#include "provider_name.h"
#include "settings.h"
#include "store_message.h"
#include "tz.h"

#define HOUR 3600

enum { TELLS_DELIVERED = 1, TELLS_OPENED = 2, TELLS_CLICKED = 4, TELLS_REFUSALS = 8 };

/* What a provider lets one know of a message after it took it. */
static unsigned tells(int provider)
{
	static const unsigned char by[PROVIDER_COUNT] = {
		[PROVIDER_SENDGRID] =
			TELLS_DELIVERED | TELLS_OPENED | TELLS_CLICKED | TELLS_REFUSALS,
		[PROVIDER_MAILCHIMP] =
			TELLS_DELIVERED | TELLS_OPENED | TELLS_CLICKED | TELLS_REFUSALS,
		[PROVIDER_TWILIO] = TELLS_DELIVERED | TELLS_REFUSALS,
		[PROVIDER_ORANGE] = TELLS_DELIVERED,
		[PROVIDER_MTN] = TELLS_DELIVERED,
		[PROVIDER_WHATSAPP] = TELLS_DELIVERED | TELLS_OPENED,
		[PROVIDER_FACEBOOK] = TELLS_DELIVERED | TELLS_OPENED,
		[PROVIDER_INSTAGRAM] = TELLS_OPENED,
	};

	return provider < 0 ? 0 : by[provider];
}

/* Adds a figure that may be unknown: known ones count. */
static void add_known(int64_t *to, int64_t n, bool told)
{
	if (!told && !n)
		return;
	*to = (*to == METRIC_NONE ? 0 : *to) + n;
}

static void add_result(struct channel_metrics *m, const struct message_result *r)
{
	unsigned told = r->sent ? tells(r->provider) : 0;

	m->sent += r->sent;
	m->bounced += r->bounced;
	add_known(&m->delivered, r->delivered, told & TELLS_DELIVERED);
	add_known(&m->opened, r->opened, told & TELLS_OPENED);
	add_known(&m->clicked, r->clicked, told & TELLS_CLICKED);
	add_known(&m->unsubscribed, r->unsubscribed, told & TELLS_REFUSALS);
	add_known(&m->complained, r->complained, told & TELLS_REFUSALS);
}

static void metrics_start(struct channel_metrics *m)
{
	*m = (struct channel_metrics){
		.delivered = METRIC_NONE,
		.opened = METRIC_NONE,
		.clicked = METRIC_NONE,
		.unsubscribed = METRIC_NONE,
		.complained = METRIC_NONE,
	};
}

static void add_count(struct channel_metrics *m, const struct campaign_count *c)
{
	struct campaign_funnel f = { .people = 0 };

	funnel_add(&f, c->status, c->messages);
	m->people += f.people;
	m->queued += f.queued;
	m->left_out += f.left_out;
	m->failed += f.failed;
	m->uncertain += f.uncertain;
	m->cost += c->cost;
	if (c->status != MESSAGE_QUEUED && c->status != MESSAGE_SKIPPED)
		m->parts += c->parts;
}

/* Rows that are no more are known by where they ended. */
static void add_past(struct channel_metrics *m, const struct campaign_count *c)
{
	struct campaign_funnel f = { .people = 0 };

	funnel_add(&f, c->status, c->messages);
	m->sent += f.sent;
	add_known(&m->delivered, f.delivered, false);
	add_known(&m->opened, f.opened, false);
	add_known(&m->clicked, f.clicked, false);
	add_known(&m->unsubscribed, c->status == MESSAGE_UNSUBSCRIBED ? c->messages : 0, false);
	add_known(&m->complained, c->status == MESSAGE_COMPLAINED ? c->messages : 0, false);
	m->bounced += c->status == MESSAGE_BOUNCED ? c->messages : 0;
}

static void add_times(struct campaign_metrics *out, const struct message_result *r)
{
	if (!r->first_sent_at)
		return;
	if (!out->first_sent_at || r->first_sent_at < out->first_sent_at)
		out->first_sent_at = r->first_sent_at;
	if (r->last_sent_at > out->last_sent_at)
		out->last_sent_at = r->last_sent_at;
}

static bool read_results(struct session *s, int64_t id, struct arena *a,
	struct campaign_metrics *out, struct err *err)
{
	struct message_result *results;
	struct campaign_count *counts, *past;
	int n, n_counts, n_past;

	if (!store_campaign_counts(s->db, id, a, &counts, &n_counts, err) ||
		!store_message_results(s->db, id, a, &results, &n, err) ||
		!store_campaign_past(s->db, id, a, &past, &n_past, err))
		return false;
	for (int i = 0; i < n_counts; i++) {
		add_count(&out->channels[counts[i].channel], &counts[i]);
		add_count(&out->all, &counts[i]);
	}
	for (int i = 0; i < n; i++) {
		add_result(&out->channels[results[i].channel], &results[i]);
		add_result(&out->all, &results[i]);
		add_times(out, &results[i]);
	}
	for (int i = 0; i < n_past; i++) {
		add_past(&out->channels[past[i].channel], &past[i]);
		add_past(&out->all, &past[i]);
	}
	return true;
}

static bool read_hours(struct session *s, int64_t id, struct campaign_metrics *out, struct err *err)
{
	int64_t hours[METRIC_HOURS + 1], seconds = out->last_sent_at - out->first_sent_at;

	if (!out->first_sent_at)
		return true;
	if (!store_messages_by_hour(s->db, id, out->first_sent_at, METRIC_HOURS, hours, err))
		return false;
	memcpy(out->by_hour, hours, sizeof(out->by_hour));
	out->later = hours[METRIC_HOURS];
	if (out->all.sent > 1 && seconds > 0)
		out->per_hour = (out->all.sent - 1) * HOUR / seconds;
	return true;
}

/* `gain` is in minor units, `cost` in hundredths of them. */
static int64_t percent(int64_t gain, int64_t cost)
{
	if (gain < INT64_MAX / 10000)
		return gain * 10000 / cost;
	return gain / (cost / 10000 + 1);
}

static bool read_revenue(
	struct session *s, int64_t id, struct campaign_metrics *out, struct err *err)
{
	struct err unused = ERR_INIT;
	struct tz *tz = tz_load(s->company.time_zone, &unused);
	int64_t offset = tz ? tz_offset_at(tz, out->first_sent_at) : 0, days;

	tz_free(tz);
	if (!settings_number(s, SETTING_ATTRIBUTION, &days, err) ||
		!store_message_revenue(s->db, id, offset, days, &out->revenue, &out->buyers, err))
		return false;
	out->attribution_days = (int)days;
	out->has_return = out->all.cost > 0;
	if (out->has_return)
		out->return_percent = percent(out->revenue - out->all.cost / 100, out->all.cost);
	return true;
}

bool campaigns_metrics(struct session *s, int64_t id, struct campaign_metrics *out, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct campaign c;
	bool ok;

	*out = (struct campaign_metrics){ .revenue = 0 };
	metrics_start(&out->all);
	for (int i = 0; i < CHANNEL_COUNT; i++)
		metrics_start(&out->channels[i]);
	if (!session_ready(s, RIGHT_CAMPAIGNS_READ, err) || !db_read(s->db, err))
		return false;
	ok = campaign_read(s, id, &a, &c, err);
	if (ok && c.status != CAMPAIGN_LAUNCHING)
		ok = read_results(s, id, &a, out, err) && read_hours(s, id, out, err) &&
		     read_revenue(s, id, out, err);
	db_read_end(s->db);
	arena_release(&a);
	return ok;
}
