#include "builder_figures.h"

#include "cells.h"
#include "i18n.h"
#include "mem.h"
#include "say_send.h"

/* --- counting ------------------------------------------------------------ */

struct figures_job {
	struct job job;
	struct figures *f;
	int64_t id;
	struct arena arena;
	struct campaign_forecast out;
	bool judged;
	struct finding *findings;
	int n_findings;
	enum finding_level worst;
};

static void let_go(struct figures *f)
{
	if (--f->holders > 0)
		return;
	arena_release(&f->arena);
	free(f);
}

static void free_job(struct job *job)
{
	struct figures_job *j = (struct figures_job *)job;

	arena_release(&j->arena);
	let_go(j->f);
	free(j);
}

static bool run(struct job *job, struct session *s, const struct progress *p, struct err *err)
{
	struct figures_job *j = (struct figures_job *)job;
	struct err unused = ERR_INIT;
	bool ok = campaigns_forecast(s, j->id, p, &j->arena, &j->out, err);

	/* What cannot be counted has something wrong with it, which the check says. */
	if (ok || err->code != ERR_CANCELLED)
		j->judged = campaigns_check(s, j->id, ok ? &j->out : NULL, &j->arena, &j->findings,
			&j->n_findings, &j->worst, &unused);
	return ok;
}

static void take(struct figures *f, struct figures_job *j)
{
	struct arena before = f->arena;

	f->arena = j->arena;
	j->arena = before;
	f->there = j->job.ok;
	f->now = j->out;
	f->judged = j->judged;
	f->findings = j->findings;
	f->n_findings = j->n_findings;
	f->worst = j->worst;
	f->old = f->again;
	f->err = j->job.err;
}

/* What is cut short by a change says nothing: the next one is on its way. */
static unsigned ended(struct desk *desk, struct job *job)
{
	struct figures_job *j = (struct figures_job *)job;
	struct figures *f = j->f;

	(void)desk;
	f->job = 0;
	if (job->ok || job->err.code != ERR_CANCELLED)
		take(f, j);
	return STALE_PAINT;
}

static const struct job_ops count_ops = {
	.title = N_("Counting"),
	.run = run,
	.ended = ended,
	.free = free_job,
};

struct figures *figures_new(struct desk *desk)
{
	struct figures *f = mem_zalloc(1, sizeof(*f));

	f->holders = 1;
	f->desk = desk;
	return f;
}

struct job *figures_job(const struct figures *f)
{
	for (struct job *job = f->desk->jobs.first; job; job = job->next)
		if (f->job && job->id == f->job)
			return job;
	return NULL;
}

void figures_let_go(struct figures *f)
{
	struct job *job = figures_job(f);

	f->again = false;
	if (job)
		job_stop(job);
	let_go(f);
}

static void start(struct figures *f)
{
	struct figures_job *j = mem_zalloc(1, sizeof(*j));

	j->job.ops = &count_ops;
	j->f = f;
	j->id = f->id;
	f->holders++;
	f->again = false;
	if (job_start(f->desk, &j->job, &f->err))
		f->job = f->desk->jobs.last_id;
}

void figures_ask(struct figures *f, int64_t id)
{
	struct job *job = figures_job(f);

	f->id = id;
	f->old = true;
	f->again = job != NULL;
	if (job)
		job_stop(job);
	else
		start(f);
}

void figures_event(struct figures *f)
{
	if (f->again && !f->job)
		start(f);
}

/* --- in words ------------------------------------------------------------ */

static const char *unit_of(const struct figures *f)
{
	const struct campaign_forecast *n = &f->now;

	if (n->channels[CHANNEL_SMS].people == n->people)
		return _("SMS");
	return n->channels[CHANNEL_EMAIL].people == n->people ? _("e-mails") : _("messages");
}

/* The whole is exact; one price alone is said with it. */
void figures_say_cost(const struct figures *f, struct strbuf *out)
{
	const struct campaign_forecast *n = &f->now;
	int64_t each = n->parts ? n->cost / n->parts : 0;

	cell_count(out, f->desk, n->parts);
	strbuf_addf(out, "\302\240%s", unit_of(f));
	if (!n->cost) {
		strbuf_addf(out, ", %s", n->unpriced ? _("price not known") : _("free"));
		return;
	}
	if (each * n->parts == n->cost && each % 100 == 0) {
		strbuf_adds(out, " × ");
		cell_amount(out, f->desk, each / 100);
	}
	strbuf_adds(out, " = ");
	cell_money(out, f->desk, (n->cost + 99) / 100);
	if (n->unpriced)
		/* TRANSLATORS: after a cost: for some people no price is known. */
		strbuf_addf(out, " %s", _("and what has no price"));
}

/* The channel that ends last says why. */
static const struct channel_forecast *last_channel(const struct figures *f)
{
	const struct channel_forecast *last = &f->now.channels[0];

	for (int i = 1; i < CHANNEL_COUNT; i++)
		if (f->now.channels[i].ends_at > last->ends_at)
			last = &f->now.channels[i];
	return last;
}

void figures_say_duration(const struct figures *f, struct strbuf *out, struct strbuf *why)
{
	const struct channel_forecast *last = last_channel(f);
	int64_t seconds = f->now.ends_at - f->now.starts_at;

	if (!f->now.ends_at) {
		strbuf_adds(out, _("nothing can carry it now"));
		return;
	}
	say_duration(out, seconds);
	if (last->bound == BOUND_NONE || seconds < 60)
		return;
	strbuf_adds(why, _(forecast_bound_label(last->bound)));
	if (last->hourly) {
		strbuf_adds(why, ", ");
		cell_count(why, f->desk, last->hourly);
		/* TRANSLATORS: so many an hour: "200/h". */
		strbuf_adds(why, _("/h"));
	}
}

void figures_say_bytes(const struct figures *f, struct strbuf *out)
{
	struct strbuf n = STRBUF_INIT_MAX(64);

	cell_count(&n, f->desk, (f->now.bytes + 1023) / 1024);
	/* TRANSLATORS: how much goes over the line. */
	say_with(out, _("about %s kB"), n.buf);
	strbuf_release(&n);
}

void figures_say_carrier(const struct figures *f, enum channel channel, struct strbuf *out)
{
	const struct channel_forecast *n = &f->now.channels[channel];

	if (!n->people)
		return;
	/* TRANSLATORS: a channel, before who carries its messages. */
	say_with(out, _("%s: "), _(channel_label(channel)));
	if (n->provider < 0) {
		strbuf_adds(out, _("no provider"));
		return;
	}
	strbuf_adds(out, _(provider_name_label((enum provider_name)n->provider)));
	if (n->hourly) {
		strbuf_adds(out, ", ");
		cell_count(out, f->desk, n->hourly);
		strbuf_adds(out, _("/h"));
	}
}

/* --- drawing ------------------------------------------------------------- */

static int draw_pair(struct canvas *c, struct rect r, int label, const char *name, enum role role,
	const char *text)
{
	struct rect rest = { r.y, r.x + label, r.h, r.w - label };

	if (r.h < 1)
		return 0;
	if (c)
		draw_text(c, r.y, r.x, label - 1, ROLE_TITLE, name);
	return draw_wrapped(c, rest, role, text);
}

int figures_draw_cost(const struct figures *f, struct canvas *c, struct rect r)
{
	const char *names[] = { _("COST"), _("LASTS"), _("LINE") };
	struct strbuf text = STRBUF_INIT_MAX(256), why = STRBUF_INIT_MAX(256);
	enum role role = f->old ? ROLE_DIM : ROLE_NORMAL;
	int label = 0, from = r.y;

	if (!f->there || !f->now.people)
		return 0;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		label = draw_width(names[i]) >= label ? draw_width(names[i]) + 1 : label;
	figures_say_cost(f, &text);
	rect_top(&r, draw_pair(c, r, label, names[0], role, text.buf));
	strbuf_clear(&text);
	figures_say_duration(f, &text, &why);
	if (why.len)
		strbuf_addf(&text, " (%s)", why.buf);
	rect_top(&r, draw_pair(c, r, label, names[1], role, text.buf));
	strbuf_clear(&text);
	figures_say_bytes(f, &text);
	rect_top(&r, draw_pair(c, r, label, names[2], role, text.buf));
	strbuf_release(&text);
	strbuf_release(&why);
	return r.y - from;
}

int figures_draw_people(const struct figures *f, struct canvas *c, struct rect r)
{
	struct strbuf text = STRBUF_INIT_MAX(512), n = STRBUF_INIT_MAX(64);
	const struct job *job = figures_job(f);
	int lines = 0;

	if (f->there) {
		cell_count(&n, f->desk, f->now.people);
		if (!f->now.people)
			strbuf_adds(&text, _("NOBODY WILL RECEIVE IT"));
		else
			/* TRANSLATORS: a title over figures: how many people a campaign
			 * reaches. */
			strbuf_addf(&text,
				ngettext("%s PERSON WILL RECEIVE IT", "%s PEOPLE WILL RECEIVE IT",
					(unsigned long)f->now.people),
				n.buf);
		lines += draw_text(c, r.y, r.x, r.w, f->old ? ROLE_DIM : ROLE_TITLE, text.buf) > 0;
	} else if (f->err.code) {
		err_words(&f->err, gettext, &text);
		lines += draw_wrapped(c, r, ROLE_MIDDLE, text.buf);
	} else {
		strbuf_adds(&text, _("Counting who will receive it…"));
		lines += draw_text(c, r.y, r.x, r.w, ROLE_DIM, text.buf) > 0;
	}
	if (job && job->meter.done && lines < r.h) {
		strbuf_clear(&text);
		meter_words(&job->meter, &text);
		draw_text(c, r.y + lines++, r.x, r.w, ROLE_DIM, text.buf);
	}
	strbuf_release(&text);
	strbuf_release(&n);
	return lines;
}
