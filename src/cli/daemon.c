/*
 * ecompta-crm --daemon: sends all the time, whoever comes and goes. The main thread
 * waits for signals, a worker sends; a store that cannot be written for a while is
 * tried again, for ever.
 */
#include <signal.h>
#include <time.h>

#include "cmds.h"

#include "i18n.h"
#include "log.h"
#include "path.h"
#include "sender.h"
#include "worker.h"

#define LOG_BYTES (INT64_C(4) << 20)
#define AGAIN_SECONDS 5

struct daemon {
	struct session *s;
	struct sender *sender;
	struct log *log;
};

static void run(struct worker *worker, void *arg)
{
	struct daemon *d = arg;
	struct err err = ERR_INIT;

	while (!sender_run(d->sender, &err) && !worker_stopping(worker)) {
		log_err(d->log, LOG_WARN, "sender", &err);
		err_clear(&err);
		worker_wait(worker, AGAIN_SECONDS * 1000);
	}
}

static void wanted_signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGINT);
}

/* The store, as soon as it can be had; NULL with ERR_CANCELLED when asked to end. */
static struct session *open_store(
	const struct cli *cli, struct log *log, const sigset_t *signals, struct err *err)
{
	struct session_options o = {
		.store = cli->store,
		.company = cli->company,
		.origin = ORIGIN_DAEMON,
		.clock = clock_system_or_env(),
		.must_exist = true,
	};
	struct timespec pause = { .tv_sec = AGAIN_SECONDS };
	struct session *s;

	while (!(s = session_open(&o, err)) && err->code == ERR_STORE_BUSY) {
		log_err(log, LOG_WARN, "store", err);
		err_clear(err);
		if (sigtimedwait(signals, NULL, &pause) > 0) {
			err_set(err, ERR_CANCELLED, NULL, "%s", "");
			return NULL;
		}
	}
	return s;
}

static bool open_log(struct cli *cli, struct log **log, struct err *err)
{
	struct strbuf path = STRBUF_INIT;

	if (cli_has(cli, "--foreground"))
		*log = log_open_stderr(LOG_INFO);
	else if (path_file(PATH_STATE, "ecompta-crm.log", &path, err))
		*log = log_open(path.buf, LOG_INFO, LOG_BYTES, err);
	strbuf_release(&path);
	return *log != NULL;
}

static void report_end(struct daemon *d)
{
	struct sender_report r;

	sender_report(d->sender, &r);
	log_write(d->log, LOG_INFO, "daemon ended: %lld sent, %lld refused, %lld uncertain",
		(long long)r.sent, (long long)r.refused, (long long)r.uncertain);
}

static bool work(struct daemon *d, const sigset_t *signals, struct err *err)
{
	struct sender_options o = { .log = d->log };
	struct worker *worker;
	int got;

	d->sender = sender_new(d->s, &o, err);
	if (!d->sender)
		return false;
	worker = worker_start(run, d, err);
	if (!worker)
		return false;
	log_write(d->log, LOG_INFO, "%s", "daemon began");
	while (sigwait(signals, &got))
		;
	worker_stop(worker);
	sender_stop(d->sender);
	worker_join(worker);
	report_end(d);
	return true;
}

static int daemon_run(struct cli *cli)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN };
	struct daemon d = { .s = NULL };
	struct err err = ERR_INIT;
	sigset_t signals;
	bool ok;

	sigaction(SIGHUP, &ignore, NULL);
	sigaction(SIGPIPE, &ignore, NULL);
	wanted_signals(&signals);
	pthread_sigmask(SIG_BLOCK, &signals, NULL);
	ok = open_log(cli, &d.log, &err) && (d.s = open_store(cli, d.log, &signals, &err)) &&
	     work(&d, &signals, &err);
	sender_free(d.sender);
	session_close(d.s);
	log_close(d.log);
	return ok || err.code == ERR_CANCELLED ? EXIT_DONE : cli_fail(cli, &err);
}

static const struct cli_option daemon_options[] = {
	{ "--foreground", NULL, N_("what it does goes to the error stream, not to the log file"),
		false },
	{ NULL, NULL, NULL, false },
};

const struct cmd cmd_daemon = {
	.name = "daemon",
	.args = "",
	.help = N_("sends all the time, until it is stopped; also “ecompta-crm --daemon”"),
	.more = N_("It stays in the foreground of whoever started it, as services are run today, "
		   "and writes its log to ecompta-crm.log in the state folder. TERM and INT end "
		   "it once what is on its way has been answered."),
	.options = daemon_options,
	.needs = NEEDS_NOTHING,
	.run = daemon_run,
};
