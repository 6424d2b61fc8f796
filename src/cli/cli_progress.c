#include "cli.h"

#include <signal.h>
#include <unistd.h>

#include "clock.h"
#include "i18n.h"

/*
 * The one thing that must be global: a signal handler has nothing else to hold
 * on to.
 */
static volatile sig_atomic_t stop_asked;

static void on_interrupt(int signal_number)
{
	(void)signal_number;
	stop_asked = 1;
}

static void show(struct cli_meter *m, int64_t done, int64_t total, int64_t now)
{
	int64_t ms = now - m->began_ms;
	int64_t rate = ms > 0 ? done * 1000 / ms : 0;

	fputs("\r\033[K", stderr);
	/* TRANSLATORS: what is being done, how many are done */
	fprintf(stderr, _("%s: %lld"), m->what, (long long)done);
	if (total > 0)
		/* TRANSLATORS: behind how many are done: of how many, and in per cent */
		fprintf(stderr, _(" / %lld (%lld%%)"), (long long)total,
			(long long)(done * 100 / total));
	if (rate > 0)
		fprintf(stderr, _(", %lld/s"), (long long)rate);
	if (rate > 0 && total > done)
		fprintf(stderr, _(", %lld s left"), (long long)((total - done) / rate));
	m->shown = true;
	m->shown_ms = now;
}

static bool step(void *data, int64_t done, int64_t total)
{
	struct cli_meter *m = data;
	int64_t now = m->clock.monotonic_ms(m->clock.data);

	if (m->show && now - m->shown_ms >= 500)
		show(m, done, total, now);
	return !stop_asked;
}

const struct progress *cli_progress(struct cli *cli, const char *what)
{
	struct sigaction sa = { .sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND };
	struct cli_meter *m = &cli->meter;

	*m = (struct cli_meter){ .what = what, .clock = clock_system() };
	m->progress = (struct progress){ step, m };
	m->began_ms = m->shown_ms = m->clock.monotonic_ms(m->clock.data);
	m->show = !cli->quiet && isatty(STDERR_FILENO);
	stop_asked = 0;
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
	return &m->progress;
}

void cli_progress_end(struct cli *cli)
{
	if (cli->meter.shown)
		fputs("\r\033[K", stderr);
	cli->meter.shown = false;
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
}
