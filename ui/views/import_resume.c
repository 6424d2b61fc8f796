#include "import_resume.h"

#include "cells.h"
#include "i18n.h"
#include "import_going.h"
#include "import_run_view.h"
#include "import_said.h"
#include "import_undo.h"

bool import_is_going_on(struct desk *d)
{
	struct err ignored = ERR_INIT;
	bool held = false;

	if (import_work_any(d) || import_undo_any(d))
		return true;
	return imports_busy(d->s, &held, &ignored) && held;
}

unsigned import_resume(struct desk *d, const struct import_run *run)
{
	struct err err = ERR_INIT;
	struct import_work *w;
	unsigned stale;

	if (run->status == IMPORT_UNDOING)
		return import_undo_start(d, run->id);
	w = import_work_resume(d, run, &err);
	if (!w)
		return ui_error(d->ui, &err);
	stale = ui_push(d->ui, &import_going_view, w);
	import_work_let_go(w);
	return stale;
}

/* --- at the start -------------------------------------------------------- */

/* The newest that was cut short; false without one. */
static bool find(struct desk *d, struct arena *a, struct import_run *run)
{
	struct err ignored = ERR_INIT;
	struct import_run *runs;
	int n = 0;

	if (!d->s->company.id || !desk_may(d, RIGHT_IMPORT) || import_is_going_on(d) ||
		!imports_cut_short(d->s, 1, a, &runs, &n, &ignored) || !n)
		return false;
	*run = runs[0];
	return true;
}

static unsigned on_answer(void *ctx, const struct answer *answer)
{
	struct desk *d = ctx;
	struct arena a = ARENA_INIT;
	struct import_run run;
	unsigned stale = STALE_PAINT;

	if (answer->value >= 0 && find(d, &a, &run)) {
		if (answer->value == 0)
			stale = import_resume(d, &run);
		else if (answer->value == 1)
			stale = ui_push(d->ui, &import_run_view, &run.id);
	}
	arena_release(&a);
	return stale;
}

unsigned import_resume_offer(struct desk *d)
{
	const char *buttons[] = { _("Go on"), _("Look at it"), _("Later") };
	struct dialog_spec spec = { .title = _("An import was cut short"),
		.buttons = buttons,
		.count = ARRAY_SIZE(buttons) };
	struct strbuf text = STRBUF_INIT_MAX(2048);
	struct arena a = ARENA_INIT;
	struct import_run run;
	unsigned stale = STALE_NONE;

	if (!find(d, &a, &run))
		goto out;
	strbuf_addf(&text, "%s · %s\n", import_say_file(run.path), _(import_kind_label(run.kind)));
	import_say_state(&text, d, &run, false);
	strbuf_addf(&text, "\n\n%s",
		_("Nothing is lost: it goes on exactly there. It can also be taken back."));
	spec.text = text.buf;
	stale = ui_dialog(d->ui, &spec, on_answer, d);
out:
	strbuf_release(&text);
	arena_release(&a);
	return stale;
}
