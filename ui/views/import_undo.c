#include "import_undo.h"

#include "cells.h"
#include "customer_list.h"
#include "help.h"
#include "i18n.h"
#include "import_said.h"
#include "mem.h"
#include "undo.h"

struct undo_job {
	struct job job;
	int64_t id;
	struct arena a;
	struct undo_result result;
};

static bool run(struct job *job, struct session *s, const struct progress *p, struct err *err)
{
	struct undo_job *u = (struct undo_job *)job;

	return undo_journal(s, u->id, p, &u->a, &u->result, err);
}

static void free_job(struct job *job)
{
	struct undo_job *u = (struct undo_job *)job;

	arena_release(&u->a);
	free(u);
}

/* --- what was kept ------------------------------------------------------- */

static const char *entity_label(const char *entity)
{
	static const struct {
		const char *entity, *label;
	} labels[] = {
		{ "customer", N_("Customer") },
		{ "invoice", N_("Invoice") },
		{ "payment", N_("Payment") },
		{ "consent_event", N_("Consent") },
		{ "task", N_("Task") },
		{ "note", N_("Note") },
	};

	for (size_t i = 0; i < ARRAY_SIZE(labels); i++)
		if (!strcmp(labels[i].entity, entity))
			return _(labels[i].label);
	return entity;
}

/* A customer by name, anything else by what it is. */
static const char *kept_name(struct desk *d, const struct undo_kept *kept, struct arena *a)
{
	struct strbuf name = STRBUF_INIT_MAX(512);
	struct err ignored = ERR_INIT;
	struct customer_line line;
	bool found = false;
	const char *out;

	if (!strcmp(kept->entity, "customer") &&
		customer_list_line(d->s, kept->id, a, &line, &found, &ignored) && found)
		customer_name(line.name, line.first_name, &name);
	else
		strbuf_adds(&name, entity_label(kept->entity));
	out = arena_strdup(a, name.buf);
	strbuf_release(&name);
	return out;
}

static unsigned show_kept(struct desk *d, const struct undo_result *r)
{
	struct arena a = ARENA_INIT;
	struct help_row *rows = mem_zalloc((size_t)r->n_list + 1, sizeof(*rows));
	unsigned stale;

	rows[0].text = _("Kept, since they were changed or used after the import:");
	for (int i = 0; i < r->n_list; i++)
		rows[i + 1] = (struct help_row){ kept_name(d, &r->list[i], &a),
			_(undo_why_label(r->list[i].why)) };
	stale = ui_open(d->ui, help_new(_("Taken back"), rows, (size_t)r->n_list + 1), NULL, NULL);
	free(rows);
	arena_release(&a);
	return stale;
}

static unsigned ended(struct desk *d, struct job *job)
{
	struct undo_job *u = (struct undo_job *)job;
	struct strbuf n = STRBUF_INIT_MAX(64), kept = STRBUF_INIT_MAX(64);
	unsigned stale;

	if (!job->ok)
		return ui_error(d->ui, &job->err) | STALE_RELOAD;
	cell_count(&n, d, u->result.taken_back);
	cell_count(&kept, d, u->result.kept);
	stale = ui_say(d->ui, _("Taken back: %s rows; kept: %s."), n.buf, kept.buf);
	strbuf_release(&n);
	strbuf_release(&kept);
	if (u->result.n_list)
		stale |= show_kept(d, &u->result);
	return stale | STALE_RELOAD;
}

static const struct job_ops undo_ops = {
	.title = N_("Taking back"),
	.run = run,
	.ended = ended,
	.free = free_job,
};

/* --- asking -------------------------------------------------------------- */

unsigned import_undo_start(struct desk *d, int64_t id)
{
	struct undo_job *u = mem_zalloc(1, sizeof(*u));
	struct err err = ERR_INIT;

	u->job.ops = &undo_ops;
	u->id = id;
	if (!job_start(d, &u->job, &err))
		return ui_error(d->ui, &err);
	return ui_say(d->ui, "%s", _("The import is being taken back…"));
}

bool import_undo_any(const struct desk *d)
{
	return job_find(d, &undo_ops) != NULL;
}

unsigned import_undo_by_key(struct ui *ui, void *ctx, int64_t id)
{
	(void)ui;
	return import_undo_start(ctx, id);
}

static unsigned on_answer(void *ctx, const struct answer *answer)
{
	const struct import_undo *q = ctx;

	return answer->value == 0 ? import_undo_start(q->d, q->id) : STALE_PAINT;
}

unsigned import_undo_ask(struct import_undo *q, struct desk *d, const struct import_run *run)
{
	struct strbuf text = STRBUF_INIT_MAX(2048);
	unsigned stale;

	*q = (struct import_undo){ d, run->id };
	strbuf_addf(&text, "%s\n\n", import_say_file(run->path));
	strbuf_adds(&text,
		_("What this import made is removed, and what it changed becomes as it was. What "
		  "somebody changed or used since is kept, and so is every refusal. The store is "
		  "copied first."));
	stale = ui_confirm(
		d->ui, _("Take this import back?"), text.buf, _("Take back"), on_answer, q);
	strbuf_release(&text);
	return stale;
}
