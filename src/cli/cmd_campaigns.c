/* campaigns list, show, launch, pause, resume, stop. */
#include "campaign_args.h"
#include "cli_value.h"
#include "cmds.h"
#include "money.h"
#include "num.h"
#include "out_doc.h"

#include "i18n.h"
#include "say_send.h"

#define TYPED_OVER 100 /* people to whom a launch needs their number typed */

static bool take_id(struct cli *cli, int64_t *id)
{
	return cli_id(cli, cli->args[0], _("a campaign"), id);
}

/* --- list --- */

static const struct out_column columns[] = {
	{ "id", N_("Id"), OUT_LEFT },
	{ "name", N_("Name"), OUT_LEFT },
	{ "kind", NULL, OUT_JSON },
	{ "type", NULL, OUT_JSON },
	{ "status", N_("Status"), OUT_LEFT },
	{ "start_at", N_("Start"), OUT_LEFT },
	{ "people", N_("People"), OUT_RIGHT },
	{ "left_out", N_("Left out"), OUT_RIGHT },
	{ "queued", N_("Queued"), OUT_RIGHT },
	{ "sent", N_("Sent"), OUT_RIGHT },
	{ "failed", N_("Failed"), OUT_RIGHT },
	{ "uncertain", N_("Uncertain"), OUT_RIGHT },
	{ "delivered", NULL, OUT_JSON },
	{ "opened", NULL, OUT_JSON },
	{ "clicked", NULL, OUT_JSON },
};

static void print_line(struct cli *cli, struct out_table *t, const struct campaign_line *line)
{
	const struct campaign *c = &line->campaign;
	const struct campaign_funnel *f = &line->funnel;

	out_id(t, c->id);
	out_text(t, c->name);
	out_word(t, campaign_kind_word(c->kind), campaign_kind_label(c->kind));
	out_word(t, campaign_type_word(c->type), campaign_type_label(c->type));
	out_word(t, campaign_status_word(c->status), campaign_status_label(c->status));
	out_instant(t, c->start_at, cli->tz);
	out_int(t, f->people);
	out_int(t, f->left_out);
	out_int(t, f->queued);
	out_int(t, f->sent);
	out_int(t, f->failed);
	out_int(t, f->uncertain);
	out_int(t, f->delivered);
	out_int(t, f->opened);
	out_int(t, f->clicked);
	out_row_end(t);
}

static bool take_list(struct cli *cli, struct campaign_list *list, int64_t *before, int64_t *n)
{
	const char *kind = cli_get(cli, "--kind", NULL), *status = cli_get(cli, "--status", NULL);
	const char *after = cli_get(cli, "--after", NULL);
	enum campaign_status s;
	enum campaign_kind k;

	*list = (struct campaign_list){ .kind = -1, .status = -1 };
	*before = INT64_MAX;
	if (kind) {
		if (!campaign_kind_parse(kind, &k))
			return cli_no_choice(cli, "--kind");
		list->kind = (int)k;
	}
	if (status) {
		if (!campaign_status_parse(status, &s)) {
			cli_usage(cli, _("%s cannot be “%s”"), "--status", status);
			return false;
		}
		list->status = (int)s;
	}
	if (after && !cli_id(cli, after, _("a campaign"), before))
		return false;
	return cli_number(cli, "--limit", 1, 1000, 50, n);
}

static int list(struct cli *cli)
{
	struct err err = ERR_INIT;
	struct campaign_line *lines;
	struct campaign_list which;
	struct out_table *t;
	int64_t before, limit;
	int n;

	if (!take_list(cli, &which, &before, &limit) ||
		!campaigns_page(cli->s, &which, before, (int)limit, &cli->arena, &lines, &n, &err))
		return cli_fail(cli, &err);
	t = out_table_new(cli->out, cli->json, cli->lang, columns, ARRAY_SIZE(columns));
	for (int i = 0; i < n; i++)
		print_line(cli, t, &lines[i]);
	out_table_end(t);
	return EXIT_DONE;
}

/* --- show --- */

static void tell_campaign(struct cli *cli, struct out_doc *d, const struct campaign *c)
{
	out_doc_line(d, c->name);
	out_doc_line(d, "");
	out_doc_id(d, "id", N_("Id"), c->id);
	out_doc_text(d, "name", NULL, c->name);
	/* TRANSLATORS: whether it is a campaign, a message to one person or a post on a page */
	out_doc_word(d, "kind", N_("Sent as"), campaign_kind_word(c->kind),
		campaign_kind_label(c->kind));
	out_doc_word(
		d, "type", N_("Type"), campaign_type_word(c->type), campaign_type_label(c->type));
	out_doc_word(d, "status", N_("Status"), campaign_status_word(c->status),
		campaign_status_label(c->status));
	if (c->cause != CAUSE_NONE)
		out_doc_word(d, "cause", N_("Because"), campaign_cause_word(c->cause),
			campaign_cause_label(c->cause));
	out_doc_text(d, "channels", N_("Channels"), c->order);
	out_doc_text(d, "filter", N_("Filter"), c->filter);
	out_doc_text(d, "customers", N_("Customers"), c->persons);
	out_doc_text(d, "sender", N_("Sender"), c->sender);
	out_doc_instant(d, "start", N_("Start"), c->start_at, cli->tz);
	out_doc_bool(d, "plain_names", c->plain_names);
	out_doc_bool(d, "customer_zone", c->customer_zone);
	out_doc_instant(d, "not_after", N_("Not after"), c->not_after, cli->tz);
	out_doc_word(d, "late", NULL, late_policy_word(c->late), late_policy_label(c->late));
	if (c->budget)
		out_doc_money(d, "budget", N_("Budget"), c->budget, cli->s->company.currency);
	out_doc_instant(d, "created_at", N_("Made"), c->created_at, cli->tz);
	out_doc_text(d, "created_by", N_("By"), c->created_by);
	out_doc_instant(d, "launched_at", N_("Launched"), c->launched_at, cli->tz);
	out_doc_instant(d, "ended_at", N_("Ended"), c->ended_at, cli->tz);
}

static void tell_texts(struct out_doc *d, const struct campaign_card *card)
{
	static const struct out_column text_columns[] = {
		{ "channel", N_("Channel"), OUT_LEFT },
		{ "language", N_("Language"), OUT_LEFT },
		{ "subject", N_("Subject"), OUT_LEFT },
		{ "text", N_("Text"), OUT_LEFT },
		{ "html", NULL, OUT_JSON },
		{ "media", NULL, OUT_JSON },
	};
	struct out_table *t = out_doc_table(d, "texts", card->n_texts ? _("Texts") : NULL,
		text_columns, ARRAY_SIZE(text_columns));

	for (int i = 0; i < card->n_texts; i++) {
		const struct campaign_content *c = &card->texts[i];

		out_word(t, channel_word(c->channel), channel_label(c->channel));
		out_text(t, c->language);
		out_text(t, c->subject);
		out_text(t, c->text);
		out_text(t, c->html);
		out_text(t, c->media);
		out_row_end(t);
	}
	out_table_end(t);
}

static void tell_counts(struct out_doc *d, const struct campaign_card *card)
{
	static const struct out_column count_columns[] = {
		{ "channel", N_("Channel"), OUT_LEFT },
		{ "status", N_("Status"), OUT_LEFT },
		{ "reason", N_("Why"), OUT_LEFT },
		{ "messages", N_("Messages"), OUT_RIGHT },
		{ "parts", N_("Parts"), OUT_RIGHT },
	};
	struct out_table *t = out_doc_table(d, "messages", card->n_counts ? _("Messages") : NULL,
		count_columns, ARRAY_SIZE(count_columns));

	for (int i = 0; i < card->n_counts; i++) {
		const struct campaign_count *c = &card->counts[i];

		out_word(t, channel_word(c->channel), channel_label(c->channel));
		out_word(t, message_status_word(c->status), message_status_label(c->status));
		out_word(t, message_reason_word(c->reason), message_reason_label(c->reason));
		out_int(t, c->messages);
		out_int(t, c->parts);
		out_row_end(t);
	}
	out_table_end(t);
}

static void tell_waits(struct cli *cli, struct out_doc *d, const struct campaign_card *card)
{
	static const struct out_column wait_columns[] = {
		{ "channel", NULL, OUT_JSON },
		{ "reason", NULL, OUT_JSON },
		{ "provider", NULL, OUT_JSON },
		{ "until", NULL, OUT_JSON },
	};
	struct out_table *t;

	for (int i = 0; i < card->n_waits && !cli->json; i++) {
		struct strbuf s = STRBUF_INIT;

		say_wait(&s, &card->waits[i], cli->tz, session_now(cli->s), cli->lang);
		out_doc_line(d, s.buf);
		strbuf_release(&s);
	}
	t = out_doc_table(d, "waits", NULL, wait_columns, ARRAY_SIZE(wait_columns));
	for (int i = 0; i < card->n_waits; i++) {
		const struct campaign_wait *w = &card->waits[i];

		out_text(t, channel_word(w->channel));
		out_text(t, message_reason_word(w->reason));
		out_text(t,
			w->provider < 0 ? "" : provider_name_word((enum provider_name)w->provider));
		out_instant(t, w->until, cli->tz);
		out_row_end(t);
	}
	out_table_end(t);
}

static int show(struct cli *cli)
{
	struct err err = ERR_INIT;
	struct campaign_card card;
	struct out_doc *d;
	int64_t id;

	if (!take_id(cli, &id) || !campaigns_get(cli->s, id, &cli->arena, &card, &err))
		return cli_fail(cli, &err);
	d = out_doc_new(cli->out, cli->json, cli->lang);
	tell_campaign(cli, d, &card.campaign);
	tell_waits(cli, d, &card);
	tell_texts(d, &card);
	tell_counts(d, &card);
	out_doc_end(d);
	return EXIT_DONE;
}

/* --- launch --- */

/* What stops it, one line each on the error stream. */
static void tell_stops(struct cli *cli, int64_t id)
{
	struct say_style style = { .lang = cli->lang, .currency = cli->s->company.currency };
	struct err unused = ERR_INIT;
	struct finding *findings;
	enum finding_level worst;
	int n;

	if (!campaigns_check(cli->s, id, NULL, &cli->arena, &findings, &n, &worst, &unused))
		return;
	for (int i = 0; i < n && findings[i].level == FINDING_STOP; i++) {
		struct strbuf s = STRBUF_INIT;

		say_finding(&s, &findings[i], &style);
		fprintf(stderr, "  %s\n", s.buf);
		strbuf_release(&s);
	}
}

/* Whether the person knows to how many it goes; else says it. */
static bool confirmed(struct cli *cli, int64_t id, int *code)
{
	struct campaign_forecast forecast;
	struct err err = ERR_INIT;
	char number[24];
	int64_t typed;

	*code = EXIT_USAGE;
	if (!cli_number(cli, "--people", 0, INT64_MAX, -1, &typed))
		return false;
	if (!campaigns_forecast(
		    cli->s, id, cli_progress(cli, _("Counting")), &cli->arena, &forecast, &err)) {
		cli_progress_end(cli);
		*code = cli_fail(cli, &err);
		return false;
	}
	cli_progress_end(cli);
	if (typed == forecast.people ||
		(typed < 0 && cli_has(cli, "--yes") && forecast.people <= TYPED_OVER))
		return true;
	snprintf(number, sizeof(number), "%lld", (long long)forecast.people);
	err_set(&err, ERR_LAUNCH_PEOPLE, number, "%s", "");
	*code = cli_fail(cli, &err);
	return false;
}

static int tell_launched(struct cli *cli, const struct launch_result *r)
{
	struct out_doc *d = out_doc_new(cli->out, cli->json, cli->lang);

	out_doc_word(d, "status", N_("Status"), campaign_status_word(r->status),
		campaign_status_label(r->status));
	out_doc_int(d, "queued", N_("Queued"), r->queued);
	out_doc_int(d, "left_out", N_("Left out"), r->left_out);
	out_doc_bool(d, "already", r->already);
	if (r->already)
		out_doc_line(d, _("It had been launched before: nothing was done."));
	out_doc_end(d);
	return EXIT_DONE;
}

static int launch(struct cli *cli)
{
	struct err err = ERR_INIT;
	struct launch_result result;
	struct campaign_card card;
	enum campaign_status to;
	int64_t id;
	int code;
	bool ok;

	if (!take_id(cli, &id) || !campaigns_get(cli->s, id, &cli->arena, &card, &err))
		return cli_fail(cli, &err);
	/* What cannot be counted cannot be launched: that says why. */
	if (campaign_next(CAMPAIGN_ACT_LAUNCH, card.campaign.status, &to) &&
		!confirmed(cli, id, &code)) {
		if (code == EXIT_FAILED)
			tell_stops(cli, id);
		return code;
	}
	ok = campaigns_launch(cli->s, id, cli_progress(cli, _("Launching")), &result, &err);
	cli_progress_end(cli);
	if (ok)
		return tell_launched(cli, &result);
	code = cli_fail(cli, &err);
	if (err.code == ERR_CAMPAIGN_CHECK)
		tell_stops(cli, id);
	return code;
}

/* --- pause, resume, stop --- */

static int pause_one(struct cli *cli)
{
	struct err err = ERR_INIT;
	int64_t id, paused;

	if (cli_has(cli, "--all") == (cli->n_args > 0))
		return cli_usage(cli, _("%s wants %s"), cli->cmd->name, _("ID or --all"));
	if (cli_has(cli, "--all")) {
		if (!campaigns_pause_all(cli->s, &paused, &err))
			return cli_fail(cli, &err);
		if (!cli->quiet)
			fprintf(cli->out,
				ngettext("%lld campaign paused\n", "%lld campaigns paused\n",
					(unsigned long)paused),
				(long long)paused);
		return EXIT_DONE;
	}
	if (!take_id(cli, &id) || !campaigns_pause(cli->s, id, &err))
		return cli_fail(cli, &err);
	return EXIT_DONE;
}

static bool take_decision(struct cli *cli, struct campaign_resume *how)
{
	const char *until = cli_get(cli, "--not-after", NULL);
	const char *budget = cli_get(cli, "--budget", NULL);

	*how = (struct campaign_resume)CAMPAIGN_RESUME_INIT;
	how->expire = cli_has(cli, "--expire");
	if (until && !campaign_args_instant(cli, "--not-after", until, &how->not_after))
		return false;
	if (budget && !strcmp(budget, "0"))
		how->budget = 0;
	else if (!cli_amount(cli, "--budget", -1, &how->budget))
		return false;
	return true;
}

static int resume(struct cli *cli)
{
	struct campaign_resume how;
	struct err err = ERR_INIT;
	int64_t id;

	if (!take_decision(cli, &how) || !take_id(cli, &id) ||
		!campaigns_resume(cli->s, id, &how, &err))
		return cli_fail(cli, &err);
	return EXIT_DONE;
}

static int stop(struct cli *cli)
{
	struct err err = ERR_INIT;
	int64_t id, cancelled;
	bool ok;

	if (!take_id(cli, &id))
		return EXIT_USAGE;
	ok = campaigns_stop(cli->s, id, cli_progress(cli, _("Cancelling")), &cancelled, &err);
	cli_progress_end(cli);
	if (!ok)
		return cli_fail(cli, &err);
	if (!cli->quiet)
		fprintf(cli->out,
			ngettext("%lld message cancelled\n", "%lld messages cancelled\n",
				(unsigned long)cancelled),
			(long long)cancelled);
	return EXIT_DONE;
}

static const struct cli_option list_options[] = {
	{ "--status", N_("STATUS"), N_("draft, scheduled, running, paused, completed..."), false },
	{ "--kind", "many|one|post", N_("of one kind"), false },
	{ "--limit", N_("N"), N_("at most so many; 50 by default"), false },
	{ "--after", N_("ID"), N_("the page after the one that ended with this campaign"), false },
	{ NULL, NULL, NULL, false },
};

static const struct cli_option launch_options[] = {
	{ "--yes", NULL, N_("up to 100 people: without asking"), false },
	{ "--people", N_("N"), N_("it goes to so many people: must be right"), false },
	{ NULL, NULL, NULL, false },
};

static const struct cli_option pause_options[] = {
	{ "--all", NULL, N_("every campaign that is scheduled or under way"), false },
	{ NULL, NULL, NULL, false },
};

static const struct cli_option resume_options[] = {
	{ "--not-after", N_("TIME"), N_("late messages may go until then"), false },
	{ "--expire", NULL, N_("late messages are not sent any more"), false },
	{ "--budget", N_("AMOUNT"), N_("the new budget; 0: none"), false },
	{ NULL, NULL, NULL, false },
};

const struct cmd cmd_campaigns_list = {
	.name = "campaigns list",
	.args = "",
	.help = N_("campaigns, the newest first, and how far they are"),
	.options = list_options,
	.needs = NEEDS_COMPANY,
	.run = list,
};

const struct cmd cmd_campaigns_show = {
	.name = "campaigns show",
	.args = N_("ID"),
	.help = N_("one campaign: its texts, its messages, why they wait"),
	.min_args = 1,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = show,
};

const struct cmd cmd_campaigns_launch = {
	.name = "campaigns launch",
	.args = N_("ID"),
	.help = N_("launches a campaign: its messages are queued for “send”"),
	.more = N_("It goes to nobody by mistake: --yes is enough for 100 people, more of them "
		   "have to be named by their number. Launching twice does nothing."),
	.options = launch_options,
	.min_args = 1,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = launch,
};

const struct cmd cmd_campaigns_pause = {
	.name = "campaigns pause",
	.args = N_("[ID]"),
	.help = N_("no new message goes until it is resumed"),
	.options = pause_options,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = pause_one,
};

const struct cmd cmd_campaigns_resume = {
	.name = "campaigns resume",
	.args = N_("ID"),
	.help = N_("a paused campaign goes on"),
	.more = N_("One that is late wants --not-after or --expire, one whose budget is used up "
		   "wants --budget."),
	.options = resume_options,
	.min_args = 1,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = resume,
};

const struct cmd cmd_campaigns_stop = {
	.name = "campaigns stop",
	.args = N_("ID"),
	.help = N_("stops a campaign for good: what is queued is cancelled"),
	.min_args = 1,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = stop,
};
