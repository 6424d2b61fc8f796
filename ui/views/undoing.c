#include "undoing.h"

#include <stdarg.h>

#include "cells.h"
#include "i18n.h"
#include "mem.h"
#include "undo.h"

static unsigned say_undone(struct desk *d, int64_t kept)
{
	struct strbuf text = STRBUF_INIT_MAX(512), n = STRBUF_INIT_MAX(64);

	strbuf_adds(&text, _("Undone."));
	if (kept) {
		cell_count(&n, d, kept);
		strbuf_addc(&text, ' ');
		strbuf_addf(&text,
			ngettext("%s row was kept: somebody changed it since.",
				"%s rows were kept: somebody changed them since.",
				(unsigned long)kept),
			n.buf);
	}
	ui_say(d->ui, "%s", text.buf);
	strbuf_release(&text);
	strbuf_release(&n);
	return STALE_RELOAD;
}

/* --- a small one --------------------------------------------------------- */

static unsigned undo_now(struct ui *ui, void *ctx, int64_t id)
{
	struct desk *d = ctx;
	struct arena a = ARENA_INIT;
	struct undo_result result;
	struct err err = ERR_INIT;
	unsigned stale;

	if (undo_journal(d->s, id, NULL, &a, &result, &err))
		stale = say_undone(d, result.kept);
	else
		stale = ui_error(ui, &err);
	arena_release(&a);
	return stale;
}

PRINTF(4, 0)
static unsigned offer(struct desk *d, ui_undo *undo, int64_t id, const char *fmt, va_list ap)
{
	struct strbuf text = STRBUF_INIT_MAX(1024);
	unsigned stale;

	strbuf_vaddf(&text, fmt, ap);
	stale = ui_done(d->ui, id ? undo : NULL, d, id, "%s", text.buf);
	strbuf_release(&text);
	return stale | STALE_RELOAD;
}

unsigned undoing_offer(struct desk *d, const char *fmt, ...)
{
	struct arena a = ARENA_INIT;
	struct err err = ERR_INIT;
	const char *title;
	int64_t id = 0;
	unsigned stale;
	va_list ap;

	if (!undo_next(d->s, &a, &id, &title, &err))
		id = 0;
	va_start(ap, fmt);
	stale = offer(d, undo_now, id, fmt, ap);
	va_end(ap);
	arena_release(&a);
	return stale;
}

/* --- a large one --------------------------------------------------------- */

struct undo_job {
	struct job job;
	int64_t journal_id;
	int64_t kept;
};

static bool run(struct job *job, struct session *s, const struct progress *p, struct err *err)
{
	struct undo_job *u = (struct undo_job *)job;
	struct arena a = ARENA_INIT;
	struct undo_result result;
	bool ok = undo_journal(s, u->journal_id, p, &a, &result, err);

	if (ok)
		u->kept = result.kept;
	arena_release(&a);
	return ok;
}

static unsigned ended(struct desk *d, struct job *job)
{
	struct undo_job *u = (struct undo_job *)job;

	return job->ok ? say_undone(d, u->kept) : ui_error(d->ui, &job->err);
}

static const struct job_ops undo_ops = {
	.title = N_("Undoing"),
	.run = run,
	.ended = ended,
};

unsigned undoing_start(struct desk *d, int64_t journal_id)
{
	struct undo_job *u = mem_zalloc(1, sizeof(*u));
	struct err err = ERR_INIT;

	u->job.ops = &undo_ops;
	u->journal_id = journal_id;
	if (!job_start(d, &u->job, &err))
		return ui_error(d->ui, &err);
	return ui_say(d->ui, "%s", _("Undoing…"));
}

static unsigned undo_beside(struct ui *ui, void *ctx, int64_t id)
{
	(void)ui;
	return undoing_start(ctx, id);
}

unsigned undoing_offer_many(struct desk *d, int64_t journal_id, const char *fmt, ...)
{
	unsigned stale;
	va_list ap;

	va_start(ap, fmt);
	stale = offer(d, undo_beside, journal_id, fmt, ap);
	va_end(ap);
	return stale;
}
