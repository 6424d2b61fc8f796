#include "work.h"

#include "cells.h"
#include "i18n.h"
#include "mem.h"
#include "scores.h"

struct scores_job {
	struct job job;
	struct scores_result result;
};

static bool run(struct job *job, struct session *s, const struct progress *p, struct err *err)
{
	return scores_update_all(s, p, &((struct scores_job *)job)->result, err);
}

static unsigned ended(struct desk *d, struct job *job)
{
	const struct scores_result *result = &((struct scores_job *)job)->result;
	struct strbuf n = STRBUF_INIT_MAX(64);
	unsigned stale;

	if (!job->ok)
		return ui_error(d->ui, &job->err);
	cell_count(&n, d, result->changed);
	stale = ui_say(d->ui,
		ngettext("Scores are up to date: %s changed.", "Scores are up to date: %s changed.",
			(unsigned long)result->changed),
		n.buf);
	strbuf_release(&n);
	return stale;
}

static const struct job_ops scores_ops = {
	.title = N_("Scores"),
	.run = run,
	.ended = ended,
};

unsigned work_scores(struct desk *d)
{
	struct scores_job *job;
	struct err err = ERR_INIT;

	if (job_find(d, &scores_ops))
		return ui_say(d->ui, "%s", _("They are being recalculated already."));
	job = mem_zalloc(1, sizeof(*job));
	job->job.ops = &scores_ops;
	if (!job_start(d, &job->job, &err))
		return ui_error(d->ui, &err);
	return ui_say(d->ui, "%s", _("Recalculating the scores…"));
}
