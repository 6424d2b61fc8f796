#include "campaign_report.h"

#include "i18n.h"
#include "num.h"
#include "say.h"

/* --- how it is ----------------------------------------------------------- */

static void add_waits(struct strbuf *out, const struct desk *d, const struct campaign_card *card)
{
	for (int i = 0; i < card->n_waits; i++) {
		strbuf_adds(out, " · ");
		if (card->n_waits > 1)
			/* TRANSLATORS: a channel, before why its messages wait. */
			say_with(out, _("%s: "), _(channel_label(card->waits[i].channel)));
		campaign_add_wait(out, d, &card->waits[i]);
	}
}

void report_state(struct strbuf *out, const struct desk *d, const struct campaign_card *card)
{
	const struct campaign *c = &card->campaign;

	campaign_add_status(out, ui_look(d->ui), c->status);
	switch (c->status) {
	case CAMPAIGN_PAUSED:
	case CAMPAIGN_FAILED:
		if (c->cause)
			strbuf_addf(out, " · %s", _(campaign_cause_label(c->cause)));
		break;
	case CAMPAIGN_RUNNING:
		add_waits(out, d, card);
		break;
	case CAMPAIGN_SCHEDULED:
		strbuf_addf(out, " · %s ", _("starts on"));
		cell_instant(out, d, c->start_at);
		break;
	case CAMPAIGN_LAUNCHING:
		strbuf_addf(out, " · %s", _("who receives it is being written down"));
		break;
	case CAMPAIGN_COMPLETED:
	case CAMPAIGN_CANCELLED:
		if (c->ended_at) {
			strbuf_adds(out, " · ");
			cell_instant(out, d, c->ended_at);
		}
		break;
	case CAMPAIGN_DRAFT:
	case CAMPAIGN_READY:
	case CAMPAIGN_STATUS_COUNT:
		break;
	}
}

/* --- from the choice to the click ---------------------------------------- */

void report_steps(const struct campaign_card *card, struct report_step out[REPORT_STEPS])
{
	const struct campaign_funnel *f = &card->funnel;
	uint32_t channels = card->campaign.channels;
	int64_t meant = f->people - f->left_out;
	bool opens = campaign_tells_opens(channels) && f->delivered;
	bool clicks = campaign_tells_clicks(channels) && f->delivered;
	const struct report_step steps[REPORT_STEPS] = {
		{ _("Chosen"), f->people, 0, true, ROLE_NORMAL },
		{ _("Left aside"), f->left_out, f->people, true, ROLE_DIM },
		{ _("Gone"), f->sent, meant, true, ROLE_NORMAL },
		{ _("Arrived"), f->delivered, f->sent, f->delivered > 0, ROLE_GOOD },
		{ _("Opens"), f->opened, f->delivered, opens, ROLE_GOOD },
		{ _("Clicks"), f->clicked, f->delivered, clicks, ROLE_GOOD },
		{ _("Said stop"), f->stopped, f->sent, f->sent > 0, ROLE_MIDDLE },
	};

	memcpy(out, steps, sizeof(steps));
}

void report_reasons(const struct campaign_card *card, int64_t out[MESSAGE_REASON_COUNT])
{
	memset(out, 0, MESSAGE_REASON_COUNT * sizeof(*out));
	for (int i = 0; i < card->n_counts; i++) {
		const struct campaign_count *count = &card->counts[i];

		if (message_ended(count->status) && count->reason)
			out[count->reason] += count->messages;
	}
}

/* --- money --------------------------------------------------------------- */

static void put(struct report_pair *out, int *n, const char *label, enum role role,
	const struct strbuf *value)
{
	struct report_pair *pair = &out[(*n)++];

	snprintf(pair->label, sizeof(pair->label), "%s", label);
	snprintf(pair->value, sizeof(pair->value), "%s", value->len ? value->buf : "");
	pair->role = role;
}

/* Before anybody had time to buy it would only frighten. */
static bool is_return_known(const struct desk *d, const struct campaign_metrics *m)
{
	int64_t over = m->last_sent_at + (int64_t)m->attribution_days * 86400;

	return m->has_return && (m->revenue || session_now(d->s) > over);
}

static void add_return(
	const struct desk *d, const struct campaign_metrics *m, struct report_pair *out, int *n)
{
	struct strbuf value = STRBUF_INIT_MAX(63);
	char label[96];

	/* TRANSLATORS: invoices of those written to, in so many days after. */
	snprintf(label, sizeof(label),
		ngettext("Invoiced in %d day", "Invoiced in %d days",
			(unsigned long)m->attribution_days),
		m->attribution_days);
	if (m->revenue)
		cell_money(&value, d, m->revenue);
	put(out, n, label, ROLE_EMPHASIS, &value);
	strbuf_clear(&value);
	if (m->buyers)
		cell_count(&value, d, m->buyers);
	put(out, n, _("Buyers"), ROLE_NORMAL, &value);
	strbuf_clear(&value);
	if (is_return_known(d, m))
		num_format_percent(&value, m->return_percent * 10, d->lang);
	/* TRANSLATORS: what a campaign brought in over its cost, in percent. */
	put(out, n, _("Return on cost"), m->return_percent < 0 ? ROLE_BAD : ROLE_GOOD, &value);
	strbuf_clear(&value);
	if (m->per_hour)
		cell_count(&value, d, m->per_hour);
	put(out, n, _("Messages an hour"), ROLE_NORMAL, &value);
	strbuf_release(&value);
}

int report_pairs(const struct desk *d, const struct campaign_card *card,
	const struct campaign_metrics *m, struct report_pair out[REPORT_PAIRS])
{
	struct strbuf value = STRBUF_INIT_MAX(63);
	int n = 0;

	if (card->funnel.cost)
		campaign_add_cost(&value, d, card->funnel.cost);
	put(out, &n, _("Cost"), ROLE_EMPHASIS, &value);
	strbuf_clear(&value);
	if (card->campaign.budget)
		cell_money(&value, d, card->campaign.budget);
	put(out, &n, _("Budget"), ROLE_NORMAL, &value);
	strbuf_clear(&value);
	if (card->campaign.channels & UINT32_C(1) << CHANNEL_SMS) {
		cell_count(&value, d, card->funnel.parts);
		put(out, &n, _("SMS counted"), ROLE_NORMAL, &value);
	}
	strbuf_release(&value);
	if (m)
		add_return(d, m, out, &n);
	return n;
}
