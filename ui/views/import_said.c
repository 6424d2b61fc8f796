#include "import_said.h"

#include "cells.h"
#include "i18n.h"
#include "import_undo.h"
#include "say.h"

#define KB 1024

void import_say_bytes(struct strbuf *out, const struct desk *d, int64_t bytes)
{
	struct strbuf n = STRBUF_INIT_MAX(64);

	if (bytes < 10 * KB * KB) {
		cell_count(&n, d, (bytes + KB - 1) / KB);
		/* TRANSLATORS: kilobytes; the space does not break. */
		strbuf_addf(out, _("%s kB"), n.buf);
	} else {
		cell_count(&n, d, bytes / KB / KB);
		/* TRANSLATORS: megabytes; the space does not break. */
		strbuf_addf(out, _("%s MB"), n.buf);
	}
	strbuf_release(&n);
}

void import_say_path(struct strbuf *out, const char *path)
{
	const char *home = getenv("HOME");
	size_t len = home ? strlen(home) : 0;

	if (len > 1 && !strncmp(path, home, len) && (path[len] == '/' || !path[len]))
		strbuf_addf(out, "~%s", path + len);
	else
		strbuf_adds(out, path);
}

const char *import_say_file(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!*path)
		return _("pasted rows");
	return slash ? slash + 1 : path;
}

void import_say_title(struct strbuf *out, const char *path)
{
	if (*path)
		/* TRANSLATORS: %s is a file. */
		say_with(out, _("Import of %s"), import_say_file(path));
	else
		strbuf_adds(out, _("Import of pasted rows"));
}

enum role import_say_state(
	struct strbuf *out, const struct desk *d, const struct import_run *run, bool going_on)
{
	struct strbuf n = STRBUF_INIT_MAX(64);

	switch (run->status) {
	case IMPORT_DONE:
		strbuf_adds(out, _("imported"));
		return ROLE_GOOD;
	case IMPORT_UNDONE:
		strbuf_adds(out, _("taken back"));
		return ROLE_DIM;
	case IMPORT_UNDOING:
		strbuf_adds(out, going_on ? _("being taken back") : _("half taken back"));
		return ROLE_MIDDLE;
	case IMPORT_RUNNING:
	case IMPORT_STATUSES:
		break;
	}
	if (going_on) {
		strbuf_adds(out, _("going on"));
		return ROLE_MIDDLE;
	}
	cell_count(&n, d, run->next_line > 0 ? run->next_line - 1 : 0);
	strbuf_addf(out, _("cut short at line %s"), n.buf);
	strbuf_release(&n);
	return ROLE_BAD;
}

/* --- figures ------------------------------------------------------------- */

#define FIGURE_CELLS 12

void import_draw_counts(
	struct canvas *c, int y, const struct desk *d, const struct import_counts *counts)
{
	const struct {
		const char *label;
		int64_t n;
		enum role role;
	} figures[] = {
		/* TRANSLATORS: heads over figures of an import, 12 cells each. */
		{ _("Created"), counts->created + counts->customers, ROLE_GOOD },
		{ _("Changed"), counts->changed, ROLE_NORMAL },
		{ _("As before"), counts->unchanged, ROLE_NORMAL },
		{ _("Refusals"), counts->refused, ROLE_BAD },
		{ _("Remarks"), counts->remarks, ROLE_MIDDLE },
	};
	int x = 1;

	for (size_t i = 0; i < ARRAY_SIZE(figures); i++) {
		struct strbuf n = STRBUF_INIT_MAX(64);

		cell_count(&n, d, figures[i].n);
		draw_right(c, y, x, FIGURE_CELLS, ROLE_TITLE, figures[i].label);
		draw_right(c, y + 1, x, FIGURE_CELLS, figures[i].n ? figures[i].role : ROLE_DIM,
			n.buf);
		x += FIGURE_CELLS + 1;
		strbuf_release(&n);
	}
}

unsigned import_say_end(struct desk *d, const struct import_work *w)
{
	struct strbuf text = STRBUF_INIT_MAX(1024);
	unsigned stale;

	if (!w->ok && w->err.code != ERR_CANCELLED)
		return ui_error(d->ui, &w->err);
	if (w->ok) {
		struct strbuf refused = STRBUF_INIT_MAX(64);

		cell_count(&text, d, w->result.counts.created);
		cell_count(&refused, d, w->result.counts.refused);
		stale = ui_done(d->ui, import_undo_by_key, d, w->result.id,
			_("Import done: created %s, refused %s."), text.buf, refused.buf);
		strbuf_release(&refused);
	} else {
		cell_count(&text, d, w->result.lines);
		stale = ui_say(d->ui,
			_("Stopped after %s lines: what is in stays, and can be gone on with."),
			text.buf);
	}
	strbuf_release(&text);
	return stale;
}
