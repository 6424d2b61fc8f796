#include "sending.h"

#include <stdlib.h>

#include "desk.h"
#include "mem.h"
#include "sender.h"
#include "worker.h"

struct sending {
	struct worker *worker;
	struct session *s;
	struct sender *sender;
};

static void run(struct worker *worker, void *arg)
{
	struct sending *g = arg;
	struct err err = ERR_INIT;

	/* A store that cannot be written for a moment is no reason to stop sending. */
	while (!sender_run(g->sender, &err) && !worker_stopping(worker)) {
		err_clear(&err);
		worker_wait(worker, 5000);
	}
}

static void release(struct sending *g)
{
	sender_free(g->sender);
	session_close(g->s);
	free(g);
}

/* What cannot be begun now is tried again at the next poke. */
static void begin(struct desk *d)
{
	struct sender_options o = { .once = false };
	struct sending *g = mem_zalloc(1, sizeof(*g));
	struct err err = ERR_INIT;

	g->s = session_clone(d->s, &err);
	g->sender = g->s ? sender_new(g->s, &o, &err) : NULL;
	g->worker = g->sender ? worker_start(run, g, &err) : NULL;
	if (g->worker)
		d->sending = g;
	else
		release(g);
}

void sending_poke(struct desk *d)
{
	struct err err = ERR_INIT;
	bool needed;

	if (d->sending) {
		sender_wake(d->sending->sender);
		return;
	}
	if (sender_needed(d->s, &needed, &err) && needed)
		begin(d);
}

bool sending_busy(const struct desk *d)
{
	return d->sending && sender_on_wire(d->sending->sender);
}

void sending_end(struct desk *d, bool finish)
{
	struct sending *g = d->sending;

	if (!g)
		return;
	d->sending = NULL;
	if (finish) {
		sender_finish(g->sender);
		worker_finish(g->worker);
	} else {
		sender_stop(g->sender);
		worker_join(g->worker);
	}
	release(g);
}
