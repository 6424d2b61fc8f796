#include "job.h"

#include "desk.h"
#include "desk_event.h"
#include "holding.h"
#include "i18n.h"
#include "mem.h"
#include "worker.h"

#define TELL_MS 250 /* between two words of progress */

static void job_free(struct job *job)
{
	session_close(job->s);
	if (job->ops->free)
		job->ops->free(job);
	else
		free(job);
}

/* --- in the job's thread ------------------------------------------------- */

/* What run() is told by. */
struct teller {
	struct job *job;
	struct worker *worker;
	int64_t told_ms;
};

static bool on_step(void *data, int64_t done, int64_t total)
{
	struct teller *t = data;
	const struct clock *clock = &t->job->s->clock;
	int64_t now = clock->monotonic_ms(clock->data);
	struct event event = {
		.kind = EV_JOB, .progress = true, .id = t->job->id, .a = done, .b = total
	};

	if (now - t->told_ms >= TELL_MS) {
		t->told_ms = now;
		evq_post(t->job->events, &event);
	}
	return !worker_stopping(t->worker);
}

static void work(struct worker *worker, void *arg)
{
	struct job *job = arg;
	struct teller teller = { .job = job, .worker = worker };
	struct progress progress = { .step = on_step, .data = &teller };
	struct event event = { .kind = EV_JOB_END, .id = job->id };

	job->ok = job->ops->run(job, job->s, &progress, &job->err);
	evq_post(job->events, &event);
}

/* --- in the main thread -------------------------------------------------- */

bool job_start(struct desk *desk, struct job *job, struct err *err)
{
	job->id = ++desk->jobs.last_id;
	job->events = desk->events;
	meter_start(&job->meter, -1, ui_now(desk->ui));
	job->s = session_clone(desk->s, err);
	if (job->s)
		job->worker = worker_start(work, job, err);
	if (!job->worker) {
		job_free(job);
		return false;
	}
	job->next = desk->jobs.first;
	desk->jobs.first = job;
	return true;
}

void job_stop(struct job *job)
{
	worker_stop(job->worker);
}

struct job *job_find(const struct desk *desk, const struct job_ops *ops)
{
	for (struct job *job = desk->jobs.first; job; job = job->next)
		if (job->ops == ops)
			return job;
	return NULL;
}

static unsigned show_meter(struct desk *desk, const struct job *job)
{
	struct strbuf text = STRBUF_INIT_MAX(512);
	unsigned stale;

	strbuf_addf(&text, "%s ", _(job->ops->title));
	meter_words(&job->meter, &text);
	stale = ui_status(desk->ui, STATUS_HOLD, text.buf);
	strbuf_release(&text);
	return stale;
}

static unsigned end(struct desk *desk, struct job **at)
{
	struct job *job = *at;
	unsigned stale = STALE_RELOAD;

	*at = job->next;
	worker_join(job->worker);
	stale |= holding_show(desk);
	if (job->ops->ended)
		stale |= job->ops->ended(desk, job);
	else if (!job->ok)
		stale |= ui_error(desk->ui, &job->err);
	job_free(job);
	return stale;
}

unsigned job_event(struct desk *desk, const struct event *event)
{
	for (struct job **at = &desk->jobs.first; *at; at = &(*at)->next) {
		if ((*at)->id != event->id)
			continue;
		if (event->kind == EV_JOB_END)
			return end(desk, at);
		meter_set(&(*at)->meter, event->a, event->b > 0 ? event->b : -1, ui_now(desk->ui));
		return show_meter(desk, *at);
	}
	return STALE_NONE;
}

bool jobs_busy(const struct jobs *jobs)
{
	return jobs->first != NULL;
}

void jobs_end(struct jobs *jobs, bool stop)
{
	for (struct job *job = jobs->first; stop && job; job = job->next)
		worker_stop(job->worker);
	while (jobs->first) {
		struct job *job = jobs->first;

		jobs->first = job->next;
		worker_finish(job->worker);
		job_free(job);
	}
}
