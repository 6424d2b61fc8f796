#include "campaign_cells.h"

#include "date.h"
#include "i18n.h"
#include "num.h"
#include "provider_name.h"
#include "say.h"

/* --- states -------------------------------------------------------------- */

static const struct {
	enum glyph sign;
	enum role role;
} states[CAMPAIGN_STATUS_COUNT] = {
	[CAMPAIGN_DRAFT] = { G_RING, ROLE_DIM },
	[CAMPAIGN_READY] = { G_RING, ROLE_NORMAL },
	[CAMPAIGN_LAUNCHING] = { G_RIGHT, ROLE_NORMAL },
	[CAMPAIGN_SCHEDULED] = { G_RIGHT, ROLE_NORMAL },
	[CAMPAIGN_RUNNING] = { G_DOT, ROLE_GOOD },
	[CAMPAIGN_PAUSED] = { G_WARN, ROLE_MIDDLE },
	[CAMPAIGN_COMPLETED] = { G_YES, ROLE_NORMAL },
	[CAMPAIGN_CANCELLED] = { G_NO, ROLE_DIM },
	[CAMPAIGN_FAILED] = { G_WARN, ROLE_BAD },
};

void campaign_add_status(struct strbuf *out, const struct look *look, enum campaign_status status)
{
	strbuf_addf(
		out, "%s %s", look->glyphs[states[status].sign], _(campaign_status_label(status)));
}

enum role campaign_status_role(enum campaign_status status)
{
	return states[status].role;
}

enum role campaign_message_role(enum message_status status)
{
	switch (status) {
	case MESSAGE_DELIVERED:
	case MESSAGE_OPENED:
	case MESSAGE_CLICKED:
		return ROLE_GOOD;
	case MESSAGE_BOUNCED:
	case MESSAGE_FAILED:
	case MESSAGE_COMPLAINED:
		return ROLE_BAD;
	case MESSAGE_UNCERTAIN:
	case MESSAGE_UNSUBSCRIBED:
		return ROLE_MIDDLE;
	case MESSAGE_SKIPPED:
		return ROLE_DIM;
	case MESSAGE_QUEUED:
	case MESSAGE_SENDING:
	case MESSAGE_SENT:
	case MESSAGE_STATUS_COUNT:
		break;
	}
	return ROLE_NORMAL;
}

/* --- channels ------------------------------------------------------------ */

static void add_channel(struct strbuf *out, enum channel channel, bool *any)
{
	strbuf_addf(out, "%s%s", *any ? ", " : "", _(channel_label(channel)));
	*any = true;
}

void campaign_add_channels(struct strbuf *out, const struct campaign *c)
{
	uint32_t left = c->channels;
	char word[16];
	bool any = false;

	for (const char *at = c->order; *at;) {
		size_t n = strcspn(at, ",");
		enum channel channel;

		snprintf(word, sizeof(word), "%.*s", (int)(n < 15 ? n : 15), at);
		if (channel_parse(word, &channel) && left & UINT32_C(1) << channel) {
			add_channel(out, channel, &any);
			left &= ~(UINT32_C(1) << channel);
		}
		at += n + (at[n] == ',');
	}
	for (int i = 0; i < CHANNEL_COUNT; i++)
		if (left & UINT32_C(1) << i)
			add_channel(out, (enum channel)i, &any);
}

bool campaign_tells_opens(uint32_t channels)
{
	return channels & ~(UINT32_C(1) << CHANNEL_SMS);
}

bool campaign_tells_clicks(uint32_t channels)
{
	return channels & UINT32_C(1) << CHANNEL_EMAIL;
}

/* --- figures ------------------------------------------------------------- */

int64_t campaign_tenths(int64_t n, int64_t of)
{
	return of > 0 ? (n * 2000 + of) / (2 * of) : 0;
}

void campaign_add_rate(struct strbuf *out, const struct desk *d, int64_t n, int64_t of)
{
	num_format_percent(out, campaign_tenths(n, of), d->lang);
}

void campaign_add_sent(struct strbuf *out, const struct desk *d, const struct campaign_funnel *f)
{
	cell_count(out, d, f->sent);
	if (f->queued) {
		strbuf_addc(out, '/');
		cell_count(out, d, f->people - f->left_out);
	}
}

bool campaign_gone(struct desk *d, int64_t id, struct campaign_gone *sum, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct campaign_card card;
	bool ok = campaigns_get(d->s, id, &a, &card, err);

	for (int i = 0; ok && i < card.n_counts; i++)
		if (card.counts[i].status == MESSAGE_SENDING)
			sum->on_way += card.counts[i].messages;
		else if (card.counts[i].status == MESSAGE_QUEUED)
			sum->held += card.counts[i].messages;
	sum->gone += ok ? card.funnel.sent + card.funnel.failed : 0;
	sum->uncertain += ok ? card.funnel.uncertain : 0;
	arena_release(&a);
	return ok;
}

static void add_figure(struct strbuf *out, const struct desk *d, const char *label, int64_t n)
{
	strbuf_addf(out, "%s%s ", out->len ? " · " : "", label);
	cell_count(out, d, n);
}

void campaign_add_gone(struct strbuf *out, const struct desk *d, const struct campaign_gone *gone)
{
	/* TRANSLATORS: how many messages have left. */
	add_figure(out, d, _("Gone"), gone->gone);
	/* TRANSLATORS: how many messages are being sent just now. */
	add_figure(out, d, _("on the way"), gone->on_way);
	if (gone->uncertain)
		/* TRANSLATORS: how many messages may have left. */
		add_figure(out, d, _("in doubt"), gone->uncertain);
	/* TRANSLATORS: how many messages have not left. */
	add_figure(out, d, _("held"), gone->held);
	strbuf_addc(out, '.');
}

void campaign_add_cost(struct strbuf *out, const struct desk *d, int64_t hundredths)
{
	cell_money(out, d, (hundredths + 99) / 100);
}

/* --- waiting ------------------------------------------------------------- */

void campaign_add_until(struct strbuf *out, const struct desk *d, int64_t at)
{
	int minute;
	int32_t day = desk_day(d, at, &minute);

	if (day != desk_today(d)) {
		cell_date(out, d, day);
		strbuf_addc(out, ' ');
	}
	date_add_time(out, minute);
}

/* Short ones that name who it is up to; the others say it in the reason's own words. */
static const char *const whose[MESSAGE_REASON_COUNT] = {
	/* TRANSLATORS: why sending waits: the limit an hour of a provider or channel. */
	[REASON_QUOTA] = N_("limit of %s"),
	/* TRANSLATORS: why sending waits: a provider. */
	[REASON_PROVIDER_DOWN] = N_("%s is down"),
	/* TRANSLATORS: why sending waits: a provider. */
	[REASON_CREDENTIALS] = N_("%s refuses the account"),
	/* TRANSLATORS: why sending waits: no provider for a channel. */
	[REASON_NO_PROVIDER] = N_("no provider for %s"),
};

static void add_why(struct strbuf *out, const struct campaign_wait *w)
{
	if (whose[w->reason])
		say_with(out, _(whose[w->reason]),
			w->provider >= 0 ? _(provider_name_label((enum provider_name)w->provider))
					 : _(channel_label(w->channel)));
	else
		strbuf_adds(out, _(message_reason_label(w->reason)));
}

void campaign_add_wait(struct strbuf *out, const struct desk *d, const struct campaign_wait *w)
{
	struct strbuf why = STRBUF_INIT_MAX(256), until = STRBUF_INIT_MAX(64);

	add_why(&why, w);
	campaign_add_until(&until, d, w->until);
	if (w->until <= session_now(d->s))
		strbuf_adds(out, why.buf);
	else if (desk_day(d, w->until, NULL) == desk_today(d))
		/* TRANSLATORS: when sending goes on, a time, and why it waits. */
		strbuf_addf(out, _("resumes at %s (%s)"), until.buf, why.buf);
	else
		/* TRANSLATORS: the same with a day and a time. */
		strbuf_addf(out, _("resumes on %s (%s)"), until.buf, why.buf);
	strbuf_release(&why);
	strbuf_release(&until);
}

void campaign_add_provider(struct strbuf *out, const struct look *look, int provider)
{
	strbuf_adds(out, provider < 0 ? look->glyphs[G_DASH]
				      : _(provider_name_label((enum provider_name)provider)));
}
