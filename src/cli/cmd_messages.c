/* messages: what became of them, and sending again, cancelling, settling. */
#include "cli_value.h"
#include "cmds.h"
#include "out.h"
#include "out_doc.h"

#include "customer_ref.h"
#include "i18n.h"
#include "messages.h"
#include "num.h"

#define IDS_MOST 1000

static const struct out_column columns[] = {
	{ "id", N_("Id"), OUT_LEFT },
	{ "campaign", NULL, OUT_JSON },
	{ "campaign_name", N_("Campaign"), OUT_LEFT },
	{ "customer", NULL, OUT_JSON },
	{ "name", N_("Customer"), OUT_LEFT },
	{ "channel", N_("Channel"), OUT_LEFT },
	{ "address", N_("Address"), OUT_LEFT },
	{ "list", NULL, OUT_JSON },
	{ "status", N_("Status"), OUT_LEFT },
	{ "reason", N_("Why"), OUT_LEFT },
	{ "provider", N_("Provider"), OUT_LEFT },
	{ "code", N_("Code"), OUT_LEFT },
	{ "parts", NULL, OUT_JSON },
	{ "cost", NULL, OUT_JSON },
	{ "attempts", NULL, OUT_JSON },
	{ "due_at", NULL, OUT_JSON },
	{ "sent_at", N_("Sent at"), OUT_LEFT },
	{ "delivered_at", NULL, OUT_JSON },
};

static int64_t in_minor(int64_t cost)
{
	return (cost + 50) / 100;
}

static void out_provider(struct out_table *t, int provider)
{
	if (provider < 0)
		out_none(t);
	else
		out_word(t, provider_name_word((enum provider_name)provider),
			provider_name_label((enum provider_name)provider));
}

static void out_reason(struct out_table *t, enum message_reason reason)
{
	if (reason == REASON_NONE)
		out_none(t);
	else
		out_word(t, message_reason_word(reason), message_reason_label(reason));
}

static void print_line(struct cli *cli, struct out_table *t, const struct message_line *line)
{
	const struct message *m = &line->message;
	enum message_list list = message_list_of(m->status, m->reason);

	out_id(t, m->id);
	out_id(t, m->campaign_id);
	out_text(t, line->campaign);
	if (m->customer_id)
		out_id(t, m->customer_id);
	else
		out_none(t);
	out_text(t, cli_customer_name(cli, line->name, line->first_name));
	out_word(t, channel_word(m->channel), channel_label(m->channel));
	out_text(t, m->address);
	out_word(t, message_list_word(list), message_list_label(list));
	out_word(t, message_status_word(m->status), message_status_label(m->status));
	out_reason(t, m->reason);
	out_provider(t, m->provider);
	out_text(t, m->code);
	out_int(t, m->parts);
	out_money(t, in_minor(m->cost), cli->s->company.currency);
	out_int(t, m->attempts);
	out_instant(t, m->status == MESSAGE_QUEUED ? m->due_at : 0, cli->tz);
	out_instant(t, m->sent_at, cli->tz);
	out_instant(t, m->delivered_at, cli->tz);
	out_row_end(t);
}

/* --- which ones --- */

/* What the options say; false after telling what is wrong. */
static bool take_query(struct cli *cli, struct messages_query *q)
{
	const char *list = cli_get(cli, "--list", NULL);
	const char *channel = cli_get(cli, "--channel", NULL);
	const char *status = cli_get(cli, "--status", NULL);
	const char *reason = cli_get(cli, "--reason", NULL);
	enum message_list l;
	enum channel c;
	enum message_status st;
	enum message_reason r;

	*q = (struct messages_query)MESSAGES_ALL(0);
	if (!cli_id(cli, cli_get(cli, "--campaign", ""), _("a campaign"), &q->campaign_id))
		return false;
	if (list && !message_list_parse(list, &l))
		return cli_no_choice(cli, "--list");
	if (channel && !channel_parse(channel, &c))
		return cli_no_choice(cli, "--channel");
	if ((status && !message_status_parse(status, &st)) ||
		(reason && !message_reason_parse(reason, &r))) {
		cli_usage(cli, _("“%s” is no word of messages; their list shows them with --json"),
			reason && !message_reason_parse(reason, &r) ? reason : status);
		return false;
	}
	q->list = list ? (int)l : -1;
	q->channel = channel ? (int)c : -1;
	q->status = status ? (int)st : -1;
	q->reason = reason ? (int)r : -1;
	return true;
}

/* Behind the message that --after names. */
static bool take_place(struct cli *cli, struct message *out, bool *given, struct err *err)
{
	const char *after = cli_get(cli, "--after", NULL);
	struct message_card card;
	int64_t id;

	*given = after;
	if (!after)
		return true;
	if (!cli_id(cli, after, _("a message"), &id) ||
		!messages_get(cli->s, id, &cli->arena, &card, err))
		return false;
	*out = card.line.message;
	return true;
}

static bool find_campaign(
	struct cli *cli, int n, struct message_line **lines, int *count, struct err *err)
{
	struct messages_place place = { .begun = false };
	struct messages_query q;
	struct message last;
	bool given;

	if (!take_query(cli, &q) || !take_place(cli, &last, &given, err))
		return false;
	if (given)
		place = messages_place_of(&last);
	return messages_page(cli->s, &q, &place, n, &cli->arena, lines, count, err);
}

static bool find_customer(struct cli *cli, const char *customer, int n, struct message_line **lines,
	int *count, struct err *err)
{
	struct message last;
	int64_t id;
	bool given;

	return customer_ref(cli->s, customer, &id, err) && take_place(cli, &last, &given, err) &&
	       messages_of(
		       cli->s, id, given ? last.id : INT64_MAX, n, &cli->arena, lines, count, err);
}

static bool find_doubtful(
	struct cli *cli, int n, struct message_line **lines, int *count, struct err *err)
{
	struct message_key key = MESSAGE_KEY_FIRST;
	struct message last;
	bool given;

	if (!take_place(cli, &last, &given, err))
		return false;
	if (given)
		key = (struct message_key){ last.due_at, last.id };
	return messages_doubtful(cli->s, key, n, &cli->arena, lines, count, err);
}

static bool find_lines(
	struct cli *cli, int n, struct message_line **lines, int *count, struct err *err)
{
	const char *customer = cli_get(cli, "--customer", NULL);

	if (cli_has(cli, "--campaign"))
		return find_campaign(cli, n, lines, count, err);
	if (customer)
		return find_customer(cli, customer, n, lines, count, err);
	return find_doubtful(cli, n, lines, count, err);
}

static int list(struct cli *cli)
{
	struct err err = ERR_INIT;
	struct message_line *lines;
	struct out_table *t;
	int64_t limit;
	int n;

	if (!cli_number(cli, "--limit", 1, 10000, 50, &limit) ||
		!find_lines(cli, (int)limit, &lines, &n, &err))
		return cli_fail(cli, &err);
	t = out_table_new(cli->out, cli->json, cli->lang, columns, ARRAY_SIZE(columns));
	for (int i = 0; i < n; i++)
		print_line(cli, t, &lines[i]);
	out_table_end(t);
	return EXIT_DONE;
}

/* --- one message --- */

static const struct out_column attempt_columns[] = {
	{ "at", N_("When"), OUT_LEFT },
	{ "what", N_("What"), OUT_LEFT },
	{ "provider", N_("Provider"), OUT_LEFT },
	{ "reason", N_("Why"), OUT_LEFT },
	{ "code", N_("Code"), OUT_LEFT },
	{ "actor", N_("Who"), OUT_LEFT },
};

static void print_attempts(struct cli *cli, struct out_doc *d, const struct message_card *card)
{
	struct out_table *t =
		out_doc_table(d, "tries", NULL, attempt_columns, ARRAY_SIZE(attempt_columns));

	for (int i = 0; i < card->n_attempts; i++) {
		const struct message_attempt *a = &card->attempts[i];

		out_instant(t, a->at, cli->tz);
		out_word(t, a->outcome, message_attempt_label(a->outcome));
		out_provider(t, a->provider);
		out_reason(t, a->reason);
		out_text(t, a->code);
		out_text(t, a->actor);
		out_row_end(t);
	}
	out_table_end(t);
}

static void print_times(struct cli *cli, struct out_doc *d, const struct message *m)
{
	out_doc_instant(d, "queued_at", N_("Waits since"), m->queued_at, cli->tz);
	if (m->status == MESSAGE_QUEUED) {
		out_doc_instant(d, "due_at", N_("Not before"), m->due_at, cli->tz);
		out_doc_instant(d, "not_after", N_("Not after"), m->not_after, cli->tz);
	}
	out_doc_instant(d, "sent_at", N_("Sent at"), m->sent_at, cli->tz);
	out_doc_instant(d, "delivered_at", N_("Delivered at"), m->delivered_at, cli->tz);
	out_doc_instant(d, "opened_at", N_("Opened at"), m->opened_at, cli->tz);
	out_doc_instant(d, "clicked_at", N_("Clicked at"), m->clicked_at, cli->tz);
	out_doc_instant(d, "bounced_at", N_("Bounced at"), m->bounced_at, cli->tz);
	out_doc_instant(d, "unsubscribed_at", N_("Unsubscribed at"), m->unsubscribed_at, cli->tz);
	out_doc_instant(d, "complained_at", N_("Reported as spam at"), m->complained_at, cli->tz);
}

static void print_card(struct cli *cli, struct out_doc *d, const struct message_card *card)
{
	const struct message *m = &card->line.message;

	out_doc_id(d, "id", NULL, m->id);
	out_doc_id(d, "campaign", NULL, m->campaign_id);
	out_doc_text(d, "campaign_name", N_("Campaign"), card->campaign.name);
	if (m->customer_id)
		out_doc_id(d, "customer", NULL, m->customer_id);
	out_doc_text(d, "name", N_("Customer"),
		cli_customer_name(cli, card->line.name, card->line.first_name));
	out_doc_word(
		d, "channel", N_("Channel"), channel_word(m->channel), channel_label(m->channel));
	out_doc_text(d, "address", N_("Address"), m->address);
	out_doc_text(d, "address_now",
		strcmp(m->address, card->address_now) != 0 ? N_("Address now") : NULL,
		card->address_now);
	out_doc_word(d, "status", N_("Status"), message_status_word(m->status),
		message_status_label(m->status));
	if (m->reason != REASON_NONE)
		out_doc_word(d, "reason", N_("Why"), message_reason_word(m->reason),
			message_reason_label(m->reason));
	if (m->provider >= 0)
		out_doc_word(d, "provider", N_("Provider"),
			provider_name_word((enum provider_name)m->provider),
			provider_name_label((enum provider_name)m->provider));
	out_doc_text(d, "provider_id", NULL, m->provider_id);
	out_doc_text(d, "code", N_("Code"), m->code);
	out_doc_int(d, "parts", NULL, m->parts);
	out_doc_money(d, "cost", m->cost ? N_("Cost") : NULL, in_minor(m->cost),
		cli->s->company.currency);
	print_times(cli, d, m);
	out_doc_bool(d, "can_retry", card->can_retry);
	out_doc_bool(d, "can_cancel", card->can_cancel);
	out_doc_bool(d, "can_look_up", card->can_look_up);
	out_doc_text(d, "subject", N_("Subject"), card->subject);
	out_doc_lines(d, "text", card->text);
	out_doc_text(d, "html", NULL, card->html);
	print_attempts(cli, d, card);
}

static int show(struct cli *cli)
{
	struct err err = ERR_INIT;
	struct message_card card;
	struct out_doc *d;
	int64_t id;

	if (!cli_id(cli, cli->args[0], _("a message"), &id) ||
		!messages_get(cli->s, id, &cli->arena, &card, &err))
		return cli_fail(cli, &err);
	d = out_doc_new(cli->out, cli->json, cli->lang);
	print_card(cli, d, &card);
	out_doc_end(d);
	return EXIT_DONE;
}

/* --- again, or not at all --- */

static const struct out_column why_columns[] = {
	{ "why", N_("Why not"), OUT_LEFT },
	{ "messages", N_("Messages"), OUT_RIGHT },
};

static void print_why(struct out_doc *d, const struct messages_outcome *o)
{
	struct out_table *t = out_doc_table(d, "not", NULL, why_columns, ARRAY_SIZE(why_columns));

	for (int i = 0; i < MESSAGE_REASON_COUNT; i++)
		if (o->why[i]) {
			out_word(t, message_reason_word((enum message_reason)i),
				message_reason_label((enum message_reason)i));
			out_int(t, o->why[i]);
			out_row_end(t);
		}
	for (int i = 0; i < MESSAGE_NO_COUNT; i++)
		if (o->no[i] && i != NO_PERSON) {
			out_word(t, message_no_word((enum message_no)i),
				message_no_label((enum message_no)i));
			out_int(t, o->no[i]);
			out_row_end(t);
		}
	out_table_end(t);
}

static void print_outcome(struct cli *cli, const struct messages_outcome *o, const char *done)
{
	struct out_doc *d = out_doc_new(cli->out, cli->json, cli->lang);

	out_doc_bool(d, "dry", cli_has(cli, "--dry-run"));
	out_doc_int(d, "looked_at", N_("Looked at"), o->looked_at);
	out_doc_int(d, "done", done, o->done);
	out_doc_int(d, "parts", NULL, o->parts);
	out_doc_money(d, "cost", o->cost ? N_("Cost") : NULL, in_minor(o->cost),
		cli->s->company.currency);
	out_doc_int(
		d, "unpriced", o->cost && o->unpriced ? N_("Without a price") : NULL, o->unpriced);
	print_why(d, o);
	out_doc_end(d);
}

/* Ids, or what the options say of a campaign; not both. */
static bool take_choice(struct cli *cli, struct messages_choice *choice)
{
	int64_t *ids = arena_zalloc(&cli->arena, (size_t)cli->n_args + 1, sizeof(*ids));

	*choice = (struct messages_choice){ .ids = ids, .n_ids = cli->n_args };
	if (!cli->n_args == !cli_has(cli, "--campaign")) {
		cli_usage(
			cli, "%s", _("name messages by their ids, or a campaign with --campaign"));
		return false;
	}
	for (int i = 0; i < cli->n_args; i++)
		if (!cli_id(cli, cli->args[i], _("a message"), &ids[i]))
			return false;
	return cli->n_args || take_query(cli, &choice->query);
}

static int retry(struct cli *cli)
{
	bool dry = cli_has(cli, "--dry-run"), ok;
	struct messages_choice choice;
	struct messages_outcome o;
	struct err err = ERR_INIT;

	if (!take_choice(cli, &choice))
		return EXIT_USAGE;
	ok = messages_retry(cli->s, &choice, dry, cli_progress(cli, _("Sending again")), &o, &err);
	cli_progress_end(cli);
	if (!ok)
		return cli_fail(cli, &err);
	print_outcome(cli, &o, dry ? N_("Would be sent again") : N_("Will be sent again"));
	return EXIT_DONE;
}

static int cancel(struct cli *cli)
{
	bool dry = cli_has(cli, "--dry-run"), ok;
	struct messages_choice choice;
	struct messages_outcome o;
	struct err err = ERR_INIT;

	if (!take_choice(cli, &choice))
		return EXIT_USAGE;
	ok = messages_cancel(cli->s, &choice, dry, cli_progress(cli, _("Cancelling")), &o, &err);
	cli_progress_end(cli);
	if (!ok)
		return cli_fail(cli, &err);
	print_outcome(cli, &o, dry ? N_("Would be cancelled") : N_("Cancelled"));
	return EXIT_DONE;
}

static int resolve(struct cli *cli)
{
	static const struct {
		const char *word;
		enum message_deed deed;
	} deeds[] = {
		{ "look-up", DEED_LOOK_UP },
		{ "sent", DEED_MARK_SENT },
		{ "again", DEED_SEND_AGAIN },
	};
	struct err err = ERR_INIT;
	int64_t id;

	if (!cli_id(cli, cli->args[0], _("a message"), &id))
		return EXIT_USAGE;
	for (size_t i = 0; i < ARRAY_SIZE(deeds); i++)
		if (!strcmp(deeds[i].word, cli->args[1]))
			return messages_resolve(cli->s, id, deeds[i].deed, &err)
				       ? EXIT_DONE
				       : cli_fail(cli, &err);
	return cli_usage(
		cli, _("“%s” is none of the ways %s"), cli->args[1], "look-up, sent, again");
}

/* clang-format off */
#define QUERY_OPTIONS                                                                              \
	{ "--campaign", N_("ID"), N_("those of a campaign"), false },                              \
	{ "--list", "delivered|to-correct|definite|no-news|left-out|waiting|uncertain",            \
		N_("of these lists, one"), false },                                                \
	{ "--channel", "email|sms|whatsapp|facebook|instagram", N_("of one channel"), false },     \
	{ "--status", N_("STATUS"), N_("of one status, such as BOUNCED"), false },                 \
	{ "--reason", N_("REASON"), N_("of one reason, such as BAD_ADDRESS"), false }

static const struct cli_option list_options[] = {
	QUERY_OPTIONS,
	{ "--customer", N_("CUSTOMER"), N_("those of a customer, the latest first"), false },
	{ "--limit", N_("N"), N_("at most so many; 50 by default"), false },
	{ "--after", N_("ID"), N_("the page after the one that ended with this message"), false },
	{ NULL, NULL, NULL, false },
};

static const struct cli_option choice_options[] = {
	QUERY_OPTIONS,
	{ "--dry-run", NULL, N_("say what it would do, and change nothing"), false },
	{ NULL, NULL, NULL, false },
};
/* clang-format on */

const struct cmd cmd_messages_list = {
	.name = "messages list",
	.args = "",
	.help = N_("messages of a campaign or a customer; without either, the uncertain ones"),
	.options = list_options,
	.needs = NEEDS_COMPANY,
	.run = list,
};

const struct cmd cmd_messages_show = {
	.name = "messages show",
	.args = N_("ID"),
	.help = N_("one message: its text, what became of it, what was tried"),
	.min_args = 1,
	.max_args = 1,
	.needs = NEEDS_COMPANY,
	.run = show,
};

const struct cmd cmd_messages_retry = {
	.name = "messages retry",
	.args = N_("[ID]..."),
	.help = N_("sends messages again that did not go, to who may be written to now"),
	.more = N_("Whether each person may be written to is asked anew, and the address they have "
		   "now is taken: correct it first. What was sent, or may have been, never goes "
		   "again, so nobody gets it twice. A completed campaign runs again."),
	.options = choice_options,
	.max_args = IDS_MOST,
	.needs = NEEDS_COMPANY,
	.run = retry,
};

const struct cmd cmd_messages_cancel = {
	.name = "messages cancel",
	.args = N_("[ID]..."),
	.help = N_("keeps messages that wait from going"),
	.options = choice_options,
	.max_args = IDS_MOST,
	.needs = NEEDS_COMPANY,
	.run = cancel,
};

const struct cmd cmd_messages_resolve = {
	.name = "messages resolve",
	.args = N_("ID WAY"),
	.help = N_("settles an uncertain message: look-up, sent or again"),
	.more = N_("look-up has the provider asked what became of it; sent marks it as sent; again "
		   "sends it once more although it may have left, which the audit trail keeps in "
		   "your name."),
	.min_args = 2,
	.max_args = 2,
	.needs = NEEDS_COMPANY,
	.run = resolve,
};
