#include "demo_erase.h"

#include "companies.h"
#include "demos.h"
#include "i18n.h"
#include "mem.h"

static bool run(struct job *job, struct session *s, const struct progress *p, struct err *err)
{
	(void)job;
	return demos_erase(s, p, err);
}

/* The company that is left if there is one, else the first start asks. */
static bool choose_another(struct desk *d, struct err *err)
{
	struct arena a = ARENA_INIT;
	struct company *list;
	int n;
	bool ok = companies_list(d->s, &a, &list, &n, err);

	d->s->company = (struct company){ 0 };
	if (ok && n == 1)
		ok = companies_choose(d->s, list[0].id, err);
	arena_release(&a);
	return ok;
}

static unsigned ended(struct desk *d, struct job *job)
{
	struct err err = ERR_INIT;

	if (!job->ok)
		return ui_error(d->ui, &job->err) | STALE_RELOAD;
	return choose_another(d, &err) ? desk_restart(d) : ui_error(d->ui, &err);
}

static const struct job_ops erase_ops = {
	.title = N_("Erasing"),
	.run = run,
	.ended = ended,
};

static unsigned on_answer(void *ctx, const struct answer *answer)
{
	struct desk *d = ctx;
	struct job *job;
	struct err err = ERR_INIT;

	if (answer->value != 0 || job_find(d, &erase_ops))
		return STALE_PAINT;
	job = mem_zalloc(1, sizeof(*job));
	job->ops = &erase_ops;
	if (!job_start(d, job, &err))
		return ui_error(d->ui, &err);
	return ui_say(d->ui, "%s", _("The demonstration is being erased…"));
}

unsigned demo_erase_ask(struct desk *d)
{
	struct err err = ERR_INIT;

	if (!session_may(d->s, RIGHT_SETTINGS, &err))
		return ui_error(d->ui, &err);
	if (jobs_busy(&d->jobs))
		return ui_say(d->ui, "%s", _("Work is running: erase it after that."));
	return ui_confirm(d->ui, _("Erase the demonstration?"),
		_("All invented customers go, with everything that was noted about them. Your own "
		  "companies stay as they are. This cannot be undone."),
		_("Erase"), on_answer, d);
}
