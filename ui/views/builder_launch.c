/* Launching: said beforehand, confirmed with the number, done beside the screens. */
#include <stdlib.h>

#include "builder.h"
#include "campaign_builder.h"
#include "campaign_view.h"
#include "cells.h"
#include "i18n.h"
#include "lease.h"
#include "mem.h"
#include "say.h"
#include "sender.h"
#include "sending.h"

#define TYPED_OVER 100 /* people, over which their number is typed */

/* Shared by the screen and the job. */
struct launch {
	int holders;
	int64_t job; /* 0: over */
	bool ok;
	struct err err;
	struct launch_result result;
};

struct launch_job {
	struct job job;
	struct launch *l;
	int64_t id;
};

static void let_go(struct launch *l)
{
	if (--l->holders == 0)
		free(l);
}

/* --- the job ------------------------------------------------------------- */

static void free_job(struct job *job)
{
	let_go(((struct launch_job *)job)->l);
	free(job);
}

static bool run(struct job *job, struct session *s, const struct progress *p, struct err *err)
{
	struct launch_job *j = (struct launch_job *)job;

	return campaigns_launch(s, j->id, p, &j->l->result, err);
}

/* "Launched: 154 messages wait to be sent, 110 people are left out." */
static unsigned say_launched(struct desk *d, const struct launch_result *r)
{
	struct strbuf text = STRBUF_INIT_MAX(512), n = STRBUF_INIT_MAX(64);
	unsigned stale;

	cell_count(&n, d, r->queued);
	say_with(&text,
		ngettext("Launched: %s message", "Launched: %s messages", (unsigned long)r->queued),
		n.buf);
	if (r->left_out) {
		strbuf_clear(&n);
		cell_count(&n, d, r->left_out);
		strbuf_adds(&text, ", ");
		say_with(&text,
			ngettext("%s person left out", "%s people left out",
				(unsigned long)r->left_out),
			n.buf);
	}
	stale = ui_say(d->ui, "%s.", text.buf);
	strbuf_release(&text);
	strbuf_release(&n);
	return stale;
}

static unsigned ended(struct desk *d, struct job *job)
{
	struct launch *l = ((struct launch_job *)job)->l;

	l->job = 0;
	l->ok = job->ok;
	l->err = job->err;
	if (job->ok) {
		sending_poke(d);
		return say_launched(d, &l->result);
	}
	if (job->err.code == ERR_CANCELLED)
		return ui_say(d->ui, "%s", _("Not launched: it is a draft again."));
	return ui_error(d->ui, &job->err);
}

static const struct job_ops launch_ops = {
	.title = N_("Launching"),
	.run = run,
	.ended = ended,
	.free = free_job,
};

static unsigned start(struct builder *b)
{
	struct launch_job *j = mem_zalloc(1, sizeof(*j));
	struct err err = ERR_INIT;

	builder_launch_let_go(b);
	b->launch = mem_zalloc(1, sizeof(*b->launch));
	b->launch->holders = 2;
	j->job.ops = &launch_ops;
	j->l = b->launch;
	j->id = b->draft.c.id;
	if (job_start(b->desk, &j->job, &err)) {
		b->launch->job = b->desk->jobs.last_id;
		return STALE_REFLOW;
	}
	builder_launch_let_go(b);
	return ui_error(b->view.ui, &err);
}

/* --- on the screen ------------------------------------------------------- */

struct job *builder_launching(const struct builder *b)
{
	for (struct job *job = b->desk->jobs.first; b->launch && job; job = job->next)
		if (b->launch->job && job->id == b->launch->job)
			return job;
	return NULL;
}

bool builder_launch_over(const struct builder *b)
{
	return b->launch && !b->launch->job;
}

void builder_launch_let_go(struct builder *b)
{
	if (b->launch)
		let_go(b->launch);
	b->launch = NULL;
}

static unsigned on_stop(void *ctx, const struct answer *answer)
{
	struct job *job = builder_launching(ctx);

	if (answer->value == 0 && job)
		job_stop(job);
	return STALE_PAINT;
}

unsigned builder_launch_stop(struct builder *b)
{
	return ui_confirm(b->view.ui, _("Stop the launch?"),
		_("Nothing has left. The campaign is a draft again."), _("Stop"), on_stop, b);
}

unsigned builder_launched(struct builder *b)
{
	struct ui *ui = b->view.ui;
	int64_t id = b->draft.c.id;
	bool ok = b->launch->ok;

	builder_launch_let_go(b);
	if (ok) {
		ui_close(ui, &b->view); /* `b` is gone */
		return ui_push(ui, &campaign_view, &id);
	}
	builder_stored(b, false);
	return STALE_REFLOW;
}

/* --- asking -------------------------------------------------------------- */

void builder_say_sender(const struct builder *b, struct strbuf *out)
{
	struct err err = ERR_INIT;
	bool held = false;

	if (!b->desk->sending && lease_held(b->desk->s, SENDER_LEASE, &held, &err) && held)
		strbuf_adds(out, _("The service sends, even if you close this window."));
	else
		strbuf_adds(out, _("This program sends, and goes on in the background if the line "
				   "is cut."));
}

/* One thing a line: whom, by whom, for how much, how long. */
static void add_terms(struct builder *b, struct strbuf *out)
{
	const struct figures *f = b->figures;
	struct strbuf n = STRBUF_INIT_MAX(64), why = STRBUF_INIT_MAX(256);

	cell_count(&n, b->desk, f->now.people);
	say_with(out,
		ngettext("%s person will receive it.", "%s people will receive it.",
			(unsigned long)f->now.people),
		n.buf);
	for (int i = 0; i < CHANNEL_COUNT; i++) {
		if (!f->now.channels[i].people)
			continue;
		strbuf_addc(out, '\n');
		figures_say_carrier(f, (enum channel)i, out);
	}
	strbuf_adds(out, "\n");
	say_with(out, _("%s: "), _("Cost"));
	figures_say_cost(f, out);
	strbuf_adds(out, "\n");
	say_with(out, _("%s: "), _("Lasts"));
	figures_say_duration(f, out, &why);
	if (why.len)
		strbuf_addf(out, " (%s)", why.buf);
	strbuf_adds(out, "\n");
	/* TRANSLATORS: how much goes over the network. */
	say_with(out, _("%s: "), _("Over the line"));
	figures_say_bytes(f, out);
	strbuf_addc(out, '\n');
	builder_say_sender(b, out);
	strbuf_release(&n);
	strbuf_release(&why);
}

static unsigned on_launch(void *ctx, const struct answer *answer)
{
	return answer->value == 0 ? start(ctx) : STALE_PAINT;
}

static unsigned ask_launch(struct builder *b)
{
	const char *buttons[] = { _("Launch"), _("Not yet") };
	struct strbuf text = STRBUF_INIT_MAX(2048), number = STRBUF_INIT_MAX(32);
	struct dialog_spec spec = { .buttons = buttons, .count = 2, .focus = 1 };
	int64_t people = b->figures->now.people;
	unsigned stale;

	add_terms(b, &text);
	strbuf_addf(&number, "%lld", (long long)people);
	spec.title = b->draft.name.buf;
	if (people > TYPED_OVER) {
		strbuf_addf(&text, "\n%s", _("To launch, type how many people that is."));
		spec.ask = true;
		spec.label = _("People");
		spec.expect = number.buf;
		spec.focus = 2;
	}
	spec.text = text.buf;
	stale = ui_dialog(b->view.ui, &spec, on_launch, b);
	strbuf_release(&text);
	strbuf_release(&number);
	return stale;
}

unsigned builder_launch(struct builder *b)
{
	const struct figures *f = b->figures;

	if (!builder_keep(b))
		return STALE_PAINT;
	if (f->old || figures_job(f) || !f->judged)
		return ui_say(b->view.ui, "%s", _("Still counting: try again in a moment."));
	if (f->worst == FINDING_STOP || !builder_message.complete(b))
		return ui_say(b->view.ui, "%s", _("Correct what stands in red first."));
	if (!f->there)
		return ui_error(b->view.ui, &f->err);
	return ask_launch(b);
}
