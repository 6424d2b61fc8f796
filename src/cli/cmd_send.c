/* send: what is queued goes out, in this program. */
#include <signal.h>
#include <time.h>

#include "campaigns.h"
#include "cmds.h"
#include "out_doc.h"

#include "i18n.h"
#include "say_send.h"
#include "sender.h"
#include "station.h"
#include "worker.h"

static void tell_waiting(struct cli *cli, struct out_doc *d, const struct waiting *list, int n)
{
	static const struct out_column columns[] = {
		{ "campaign", NULL, OUT_JSON },
		{ "name", N_("Campaign"), OUT_LEFT },
		{ "channel", NULL, OUT_JSON },
		{ "reason", NULL, OUT_JSON },
		{ "until", NULL, OUT_JSON },
		{ "said", N_("Waits"), OUT_LEFT },
	};
	struct out_table *t =
		out_doc_table(d, "waits", n ? _("Waiting") : NULL, columns, ARRAY_SIZE(columns));

	for (int i = 0; i < n; i++) {
		const struct campaign_wait *w = &list[i].wait;
		struct strbuf s = STRBUF_INIT;

		say_wait(&s, w, cli->tz, session_now(cli->s), cli->lang);
		out_id(t, list[i].campaign_id);
		out_text(t, list[i].campaign);
		out_text(t, channel_word(w->channel));
		out_text(t, message_reason_word(w->reason));
		out_instant(t, w->until, cli->tz);
		out_text(t, s.buf);
		out_row_end(t);
		strbuf_release(&s);
	}
	out_table_end(t);
}

static int tell(struct cli *cli, const struct sender_report *r)
{
	struct err err = ERR_INIT;
	struct waiting *waits = NULL;
	struct out_doc *d;
	int n = 0;

	/* It sends for all companies, and tells of the one that was chosen. */
	if (cli->s->company.id && !campaigns_waiting(cli->s, &cli->arena, &waits, &n, &err))
		return cli_fail(cli, &err);
	d = out_doc_new(cli->out, cli->json, cli->lang);
	out_doc_int(d, "sent", N_("Sent"), r->sent);
	out_doc_int(d, "refused", r->refused ? N_("Turned away") : NULL, r->refused);
	out_doc_int(d, "uncertain", r->uncertain ? N_("Uncertain") : NULL, r->uncertain);
	out_doc_int(d, "skipped", r->skipped ? N_("Left out") : NULL, r->skipped);
	out_doc_instant(d, "next_at", N_("Next at"), r->next_at, cli->tz);
	tell_waiting(cli, d, waits, n);
	out_doc_end(d);
	return EXIT_DONE;
}

static int take_over(struct cli *cli)
{
	struct err err = ERR_INIT;
	int64_t paused;

	if (!station_take_over(cli->s, &paused, &err))
		return cli_fail(cli, &err);
	if (!cli->quiet)
		fprintf(cli->out,
			ngettext(
				"This store goes on; %lld campaign is paused and can be resumed.\n",
				"This store goes on; %lld campaigns are paused and can be "
				"resumed.\n",
				(unsigned long)paused),
			(long long)paused);
	return EXIT_DONE;
}

struct run {
	struct sender *sender;
	struct err err;
	bool ok;
};

static void run(struct worker *worker, void *arg)
{
	struct run *r = arg;

	(void)worker;
	r->ok = sender_run(r->sender, &r->err);
}

/* The sender works beside this thread, which waits for its end or for Ctrl-C: then no new
 * message goes, and what is on its way is answered first. */
static bool send_all(struct run *r, struct err *err)
{
	const struct timespec pause = { .tv_nsec = 20000000 };
	struct worker *worker;
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &signals, NULL);
	worker = worker_start(run, r, err);
	if (!worker)
		return false;
	while (!worker_done(worker))
		if (sigtimedwait(&signals, NULL, &pause) > 0)
			sender_stop(r->sender);
	worker_join(worker);
	if (!r->ok)
		*err = r->err;
	return r->ok;
}

static int send_now(struct cli *cli, struct err *err)
{
	struct sender_options o = { .once = true };
	struct run r = { .sender = sender_new(cli->s, &o, err) };
	struct sender_report report;
	bool ok;

	if (!r.sender)
		return cli_fail(cli, err);
	ok = send_all(&r, err);
	sender_report(r.sender, &report);
	sender_free(r.sender);
	if (ok && report.elsewhere)
		ok = err_set(err, ERR_SEND_BUSY, "", "%s", "");
	if (ok && report.copy)
		ok = err_set(err, ERR_STORE_COPY, session_store(cli->s), "%s", "");
	return ok ? tell(cli, &report) : cli_fail(cli, err);
}

static int send(struct cli *cli)
{
	struct err err = ERR_INIT;

	if (!session_may(cli->s, RIGHT_CAMPAIGNS_CHANGE, &err))
		return cli_fail(cli, &err);
	return cli_has(cli, "--take-over") ? take_over(cli) : send_now(cli, &err);
}

static const struct cli_option send_options[] = {
	{ "--once", NULL, N_("until nothing more can go now; this is what it does anyway"), false },
	{ "--take-over", NULL,
		N_("the store is a copy: this one goes on, the first one does not any more"),
		false },
	{ NULL, NULL, NULL, false },
};

const struct cmd cmd_send = {
	.name = "send",
	.args = "",
	.help = N_("sends what is queued and may go now, then says what waits and why"),
	.more = N_("For cron and scripts; “ecompta-crm --daemon” sends all the time. The exit code "
		   "is 5 when another program is sending."),
	.options = send_options,
	.needs = NEEDS_STORE,
	.run = send,
};
