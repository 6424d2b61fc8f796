/* campaigns check, forecast, preview, metrics: before and after. */
#include "campaigns.h"
#include "cli_value.h"
#include "cmds.h"
#include "customer_ref.h"
#include "num.h"
#include "out_doc.h"

#include "i18n.h"
#include "say_send.h"

static bool take_id(struct cli *cli, int64_t *id)
{
	return cli_id(cli, cli->args[0], _("a campaign"), id);
}

/* Hundredths of a minor unit, as money. */
static void doc_cost(struct cli *cli, struct out_doc *d, int64_t cost)
{
	out_doc_money(d, "cost", N_("Cost"), (cost + 50) / 100, cli->s->company.currency);
}

static void doc_duration(struct out_doc *d, int64_t seconds)
{
	struct strbuf s = STRBUF_INIT;

	say_duration(&s, seconds);
	out_doc_said(d, "seconds", N_("Duration"), "", s.buf);
	strbuf_release(&s);
}

/* --- check --- */

static int check(struct cli *cli)
{
	static const struct out_column columns[] = {
		{ "level", N_("Level"), OUT_LEFT },
		{ "code", NULL, OUT_JSON },
		{ "finding", N_("What"), OUT_LEFT },
		{ "channel", NULL, OUT_JSON },
		{ "language", NULL, OUT_JSON },
	};
	struct say_style style = { .lang = cli->lang, .currency = cli->s->company.currency };
	struct err err = ERR_INIT;
	enum finding_level worst;
	struct finding *list;
	struct out_table *t;
	int64_t id;
	int n;

	if (!take_id(cli, &id) ||
		!campaigns_check(cli->s, id, NULL, &cli->arena, &list, &n, &worst, &err))
		return cli_fail(cli, &err);
	t = out_table_new(cli->out, cli->json, cli->lang, columns, ARRAY_SIZE(columns));
	for (int i = 0; i < n; i++) {
		struct strbuf s = STRBUF_INIT;

		say_finding(&s, &list[i], &style);
		out_word(t, finding_level_word(list[i].level), finding_level_label(list[i].level));
		out_text(t, finding_code_word(list[i].code));
		out_text(t, s.buf);
		out_text(t, list[i].channel == CHANNEL_COUNT ? "" : channel_word(list[i].channel));
		out_text(t, list[i].language);
		out_row_end(t);
		strbuf_release(&s);
	}
	out_table_end(t);
	return worst == FINDING_STOP ? EXIT_FINDINGS : EXIT_DONE;
}

/* --- forecast --- */

static void tell_channels(struct cli *cli, struct out_doc *d, const struct campaign_forecast *f)
{
	static const struct out_column columns[] = {
		{ "channel", N_("Channel"), OUT_LEFT },
		{ "people", N_("People"), OUT_RIGHT },
		{ "parts", N_("Parts"), OUT_RIGHT },
		{ "cost", N_("Cost"), OUT_RIGHT },
		{ "provider", N_("Provider"), OUT_LEFT },
		{ "starts_at", N_("Start"), OUT_LEFT },
		{ "ends_at", N_("End"), OUT_LEFT },
		{ "bound", N_("Held up"), OUT_LEFT },
	};
	struct out_table *t = out_doc_table(
		d, "channels", f->people ? _("Channels") : NULL, columns, ARRAY_SIZE(columns));

	for (int i = 0; i < CHANNEL_COUNT; i++) {
		const struct channel_forecast *ch = &f->channels[i];

		if (!ch->people)
			continue;
		out_word(t, channel_word((enum channel)i), channel_label((enum channel)i));
		out_int(t, ch->people);
		out_int(t, ch->parts);
		out_money(t, (ch->cost + 50) / 100, cli->s->company.currency);
		if (ch->provider < 0)
			out_none(t);
		else
			out_word(t, provider_name_word((enum provider_name)ch->provider),
				provider_name_label((enum provider_name)ch->provider));
		out_instant(t, ch->starts_at, cli->tz);
		out_instant(t, ch->ends_at, cli->tz);
		out_word(t, forecast_bound_word(ch->bound), forecast_bound_label(ch->bound));
		out_row_end(t);
	}
	out_table_end(t);
}

static void tell_left_out(struct cli *cli, struct out_doc *d, const struct campaign_forecast *f)
{
	static const struct out_column columns[] = {
		{ "reason", NULL, OUT_JSON },
		{ "people", NULL, OUT_JSON },
	};
	struct out_table *t;

	for (int i = 0; i < MESSAGE_REASON_COUNT && !cli->json; i++) {
		struct strbuf s = STRBUF_INIT;

		if (f->by_reason[i]) {
			say_left_out(&s, (enum message_reason)i, f->by_reason[i], cli->lang);
			out_doc_line(d, s.buf);
		}
		strbuf_release(&s);
	}
	t = out_doc_table(d, "reasons", NULL, columns, ARRAY_SIZE(columns));
	for (int i = 0; i < MESSAGE_REASON_COUNT; i++)
		if (f->by_reason[i]) {
			out_text(t, message_reason_word((enum message_reason)i));
			out_int(t, f->by_reason[i]);
			out_row_end(t);
		}
	out_table_end(t);
}

static void tell_sms(struct out_doc *d, const struct campaign_forecast *f)
{
	out_doc_int(d, "long_people", f->long_people ? N_("Longer than one SMS") : NULL,
		f->long_people);
	out_doc_texts(d, "long_names", f->n_long_names ? N_("such as") : NULL, f->long_names,
		f->n_long_names);
	out_doc_int(d, "ucs2_people", f->ucs2_people ? N_("Names beyond the SMS alphabet") : NULL,
		f->ucs2_people);
	out_doc_texts(d, "ucs2_names", f->n_ucs2_names ? N_("such as") : NULL, f->ucs2_names,
		f->n_ucs2_names);
}

static int forecast(struct cli *cli)
{
	struct campaign_forecast f;
	struct err err = ERR_INIT;
	struct out_doc *d;
	int64_t id;
	bool ok;

	if (!take_id(cli, &id))
		return EXIT_USAGE;
	ok = campaigns_forecast(
		cli->s, id, cli_progress(cli, _("Counting")), &cli->arena, &f, &err);
	cli_progress_end(cli);
	if (!ok)
		return cli_fail(cli, &err);
	d = out_doc_new(cli->out, cli->json, cli->lang);
	out_doc_int(d, "people", N_("People"), f.people);
	out_doc_int(d, "left_out", N_("Left out"), f.left_out);
	out_doc_int(d, "parts", N_("Parts"), f.parts);
	doc_cost(cli, d, f.cost);
	out_doc_int(d, "unpriced", f.unpriced ? N_("Without a known price") : NULL, f.unpriced);
	out_doc_int(d, "kilobytes", N_("kB to send"), (f.bytes + 999) / 1000);
	out_doc_instant(d, "starts_at", N_("Start"), f.starts_at, cli->tz);
	out_doc_instant(d, "ends_at", N_("End"), f.ends_at, cli->tz);
	if (f.ends_at && !cli->json)
		doc_duration(d, f.ends_at - f.starts_at);
	tell_sms(d, &f);
	tell_left_out(cli, d, &f);
	tell_channels(cli, d, &f);
	out_doc_end(d);
	return EXIT_DONE;
}

/* --- preview --- */

static bool find_preview(
	struct cli *cli, int64_t id, struct campaign_preview *p, bool *found, struct err *err)
{
	const char *customer = cli_get(cli, "--customer", NULL);
	const char *word = cli_get(cli, "--channel", NULL);
	enum channel channel = CHANNEL_COUNT;
	int64_t person, n, after = 0;

	if (word && !channel_parse(word, &channel)) {
		cli_usage(cli, _("%s cannot be “%s”"), "--channel", word);
		return false;
	}
	*found = true;
	if (customer)
		return customer_ref(cli->s, customer, &person, err) &&
		       campaigns_preview_of(
			       cli->s, id, person, word ? (int)channel : -1, &cli->arena, p, err);
	if (!cli_number(cli, "--number", 1, 100000, 1, &n))
		return false;
	for (; n > 0 && *found; n--) {
		if (!campaigns_preview_next(cli->s, id, after, &cli->arena, p, found, err))
			return false;
		after = p->customer_id;
	}
	return true;
}

static int preview(struct cli *cli)
{
	struct campaign_preview p = { .customer_id = 0 };
	struct err err = ERR_INIT;
	struct out_doc *d;
	bool found;
	int64_t id;

	if (!take_id(cli, &id) || !find_preview(cli, id, &p, &found, &err))
		return cli_fail(cli, &err);
	if (!found) {
		err_set(&err, ERR_NOT_FOUND, _("a recipient of that number"), "%s", "");
		return cli_fail(cli, &err);
	}
	d = out_doc_new(cli->out, cli->json, cli->lang);
	out_doc_id(d, "customer", NULL, p.customer_id);
	out_doc_text(d, "to", N_("To"), cli_customer_name(cli, p.name, p.first_name));
	out_doc_word(
		d, "channel", N_("Channel"), channel_word(p.channel), channel_label(p.channel));
	out_doc_text(d, "address", N_("Address"), p.address);
	out_doc_word(d, "reason", N_("Left out because"), message_reason_word(p.reason),
		message_reason_label(p.reason));
	out_doc_instant(d, "due_at", N_("Goes at"), p.due_at, cli->tz);
	out_doc_text(d, "language", NULL, p.language);
	out_doc_text(d, "subject", N_("Subject"), p.subject);
	if (p.channel == CHANNEL_SMS)
		out_doc_int(d, "parts", N_("Parts"), p.sms.parts);
	out_doc_line(d, "");
	out_doc_line(d, p.text);
	out_doc_text(d, "text", NULL, p.text);
	out_doc_text(d, "html", NULL, p.html);
	out_doc_end(d);
	return EXIT_DONE;
}

/* --- metrics --- */

/* METRIC_NONE has nothing to show: no 0. */
static void out_metric(struct out_table *t, int64_t n)
{
	if (n == METRIC_NONE)
		out_none(t);
	else
		out_int(t, n);
}

static void tell_row(struct cli *cli, struct out_table *t, const char *word, const char *label,
	const struct channel_metrics *m)
{
	out_word(t, word, label);
	out_int(t, m->people);
	out_int(t, m->left_out);
	out_int(t, m->queued);
	out_int(t, m->sent);
	out_metric(t, m->delivered);
	out_metric(t, m->opened);
	out_metric(t, m->clicked);
	out_int(t, m->failed);
	out_metric(t, m->unsubscribed);
	out_metric(t, m->complained);
	out_int(t, m->uncertain);
	out_int(t, m->parts);
	out_money(t, (m->cost + 50) / 100, cli->s->company.currency);
	out_row_end(t);
}

static void tell_funnel(struct cli *cli, struct out_doc *d, const struct campaign_metrics *m)
{
	static const struct out_column columns[] = {
		{ "channel", N_("Channel"), OUT_LEFT },
		{ "people", N_("People"), OUT_RIGHT },
		{ "left_out", N_("Left out"), OUT_RIGHT },
		{ "queued", N_("Queued"), OUT_RIGHT },
		{ "sent", N_("Sent"), OUT_RIGHT },
		{ "delivered", N_("Delivered"), OUT_RIGHT },
		{ "opened", N_("Opened"), OUT_RIGHT },
		{ "clicked", N_("Clicked"), OUT_RIGHT },
		{ "failed", N_("Failed"), OUT_RIGHT },
		{ "unsubscribed", N_("Unsubscribed"), OUT_RIGHT },
		{ "complained", N_("Complained"), OUT_RIGHT },
		{ "uncertain", N_("Uncertain"), OUT_RIGHT },
		{ "parts", NULL, OUT_JSON },
		{ "cost", N_("Cost"), OUT_RIGHT },
	};
	struct out_table *t =
		out_doc_table(d, "channels", _("Messages"), columns, ARRAY_SIZE(columns));

	for (int i = 0; i < CHANNEL_COUNT; i++)
		if (m->channels[i].people)
			tell_row(cli, t, channel_word((enum channel)i),
				channel_label((enum channel)i), &m->channels[i]);
	tell_row(cli, t, "ALL", N_("All"), &m->all);
	out_table_end(t);
}

static void tell_hours(struct cli *cli, struct out_doc *d, const struct campaign_metrics *m)
{
	static const struct out_column columns[] = {
		{ "at", N_("From"), OUT_LEFT },
		{ "sent", N_("Sent"), OUT_RIGHT },
	};
	struct out_table *t = out_doc_table(
		d, "hours", m->first_sent_at ? _("By hour") : NULL, columns, ARRAY_SIZE(columns));

	for (int i = 0; i < METRIC_HOURS; i++)
		if (m->by_hour[i]) {
			out_instant(t, m->first_sent_at + i * 3600, cli->tz);
			out_int(t, m->by_hour[i]);
			out_row_end(t);
		}
	out_table_end(t);
}

static int metrics(struct cli *cli)
{
	struct campaign_metrics m;
	struct err err = ERR_INIT;
	struct out_doc *d;
	int64_t id;

	if (!take_id(cli, &id) || !campaigns_metrics(cli->s, id, &m, &err))
		return cli_fail(cli, &err);
	d = out_doc_new(cli->out, cli->json, cli->lang);
	out_doc_instant(d, "first_sent_at", N_("First sent"), m.first_sent_at, cli->tz);
	out_doc_instant(d, "last_sent_at", N_("Last sent"), m.last_sent_at, cli->tz);
	out_doc_int(d, "per_hour", m.per_hour ? N_("Messages an hour") : NULL, m.per_hour);
	doc_cost(cli, d, m.all.cost);
	out_doc_money(d, "revenue", N_("Bought since"), m.revenue, cli->s->company.currency);
	out_doc_int(d, "buyers", N_("Buyers"), m.buyers);
	out_doc_int(d, "days", N_("Within days"), m.attribution_days);
	if (m.has_return)
		out_doc_int(d, "return_percent", N_("Return, %"), m.return_percent);
	tell_funnel(cli, d, &m);
	tell_hours(cli, d, &m);
	out_doc_end(d);
	return EXIT_DONE;
}

static const struct cli_option preview_options[] = {
	{ "--customer", N_("CUSTOMER"), N_("for this customer, reached or not"), false },
	{ "--channel", N_("CHANNEL"), N_("on this channel; with --customer"), false },
	{ "--number", N_("N"), N_("for the so many-th who is written to; the first by default"),
		false },
	{ NULL, NULL, NULL, false },
};

const struct cmd cmd_campaigns_check = {
	.name = "campaigns check",
	.args = N_("ID"),
	.help = N_("what is wrong with a campaign before it is launched"),
	.more = N_("The exit code is 7 when something has to be corrected first."),
	.min_args = 1,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = check,
};

const struct cmd cmd_campaigns_forecast = {
	.name = "campaigns forecast",
	.args = N_("ID"),
	.help = N_("to how many it would go, what it costs, how long it takes; nothing is sent"),
	.min_args = 1,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = forecast,
};

const struct cmd cmd_campaigns_preview = {
	.name = "campaigns preview",
	.args = N_("ID"),
	.help = N_("a message as somebody would receive it"),
	.options = preview_options,
	.min_args = 1,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = preview,
};

const struct cmd cmd_campaigns_metrics = {
	.name = "campaigns metrics",
	.args = N_("ID"),
	.help = N_("what became of a campaign's messages, what it cost and brought"),
	.more = N_("What a channel or its provider does not tell is left empty: it is not 0."),
	.min_args = 1,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = metrics,
};
