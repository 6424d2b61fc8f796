#include "import_pick.h"

#include <dirent.h>
#include <sys/stat.h>

#include "cells.h"
#include "i18n.h"
#include "import_columns.h"
#include "import_said.h"
#include "import_work.h"
#include "list.h"
#include "mem.h"
#include "path.h"
#include "say.h"
#include "whole.h"

#define FILES_MOST 5000 /* looked at; the newest WHOLE_MOST are shown */
#define PATH_MOST 4096

enum entry_kind { ENTRY_PATH, ENTRY_PASTE, ENTRY_FOLDER, ENTRY_FILE };

struct entry {
	enum entry_kind kind;
	const char *name;
	int64_t bytes;
	int64_t changed; /* UTC seconds */
	long part;	 /* and nanoseconds, for the order */
};

struct pick {
	struct view view;
	struct desk *desk;
	struct list list;
	struct whole entries;
	struct strbuf folder;
};

/* --- what there is ------------------------------------------------------- */

static void add_entry(struct pick *v, const struct entry *e)
{
	struct entry *kept = arena_zalloc(&v->entries.arena, 1, sizeof(*kept));

	*kept = *e;
	whole_add(&v->entries, (int64_t)v->entries.rows.len + 1, kept);
}

static int newest_first(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->kind != y->kind)
		return x->kind == ENTRY_FILE ? -1 : 1;
	if (x->changed != y->changed)
		return x->changed > y->changed ? -1 : 1;
	if (x->part != y->part)
		return x->part > y->part ? -1 : 1;
	return strcmp(x->name, y->name);
}

/* Hidden files are left out: a half-written export is one. */
static bool look_at(struct pick *v, const char *name, struct entry *out)
{
	struct strbuf path = STRBUF_INIT_MAX(PATH_MOST);
	struct stat st;
	bool good;

	strbuf_addf(&path, "%s/%s", v->folder.buf, name);
	good = *name != '.' && stat(path.buf, &st) == 0 &&
	       (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode));
	strbuf_release(&path);
	if (good)
		*out = (struct entry){ .kind = S_ISDIR(st.st_mode) ? ENTRY_FOLDER : ENTRY_FILE,
			.name = arena_strdup(&v->entries.arena, name),
			.bytes = st.st_size,
			.changed = st.st_mtim.tv_sec,
			.part = st.st_mtim.tv_nsec };
	return good;
}

static void read_folder(struct pick *v)
{
	DIR *dir = opendir(v->folder.buf);
	VEC(struct entry) found = { NULL, 0, 0 };
	const struct dirent *d;
	struct entry e;

	whole_begin(&v->entries);
	add_entry(v, &(struct entry){ .kind = ENTRY_PATH, .name = "" });
	add_entry(v, &(struct entry){ .kind = ENTRY_PASTE, .name = "" });
	while (dir && found.len < FILES_MOST && (d = readdir(dir)) != NULL)
		if (look_at(v, d->d_name, &e))
			vec_push(&found, e);
	if (dir)
		closedir(dir);
	if (found.len)
		qsort(found.items, found.len, sizeof(*found.items), newest_first);
	for (size_t i = 0; i < found.len && i < WHOLE_MOST; i++)
		add_entry(v, &found.items[i]);
	vec_release(&found);
}

/* --- the list ------------------------------------------------------------ */

static void draw_name(void *ctx, const void *row, struct table_cell *cell)
{
	const struct entry *e = row;

	(void)ctx;
	switch (e->kind) {
	case ENTRY_PATH:
		strbuf_adds(cell->text, _("Another file or folder: type its path"));
		break;
	case ENTRY_PASTE:
		strbuf_adds(cell->text, _("Rows copied in a spreadsheet: paste them here"));
		break;
	case ENTRY_FOLDER:
		strbuf_addf(cell->text, "%s/", e->name);
		break;
	case ENTRY_FILE:
		strbuf_adds(cell->text, e->name);
		break;
	}
}

static struct desk *desk_in(void *ctx)
{
	return ((struct pick *)ctx)->desk;
}

static void draw_size(void *ctx, const void *row, struct table_cell *cell)
{
	const struct entry *e = row;

	if (e->kind == ENTRY_FILE)
		import_say_bytes(cell->text, desk_in(ctx), e->bytes);
}

static void draw_changed(void *ctx, const void *row, struct table_cell *cell)
{
	const struct entry *e = row;

	if (e->kind == ENTRY_FILE || e->kind == ENTRY_FOLDER)
		cell_instant(cell->text, desk_in(ctx), e->changed);
}

static const struct table_col columns[] = {
	{ .name = "file",
		.title = N_("File"),
		.min = 40,
		.max = 90,
		.cell = draw_name,
		.name_of = true },
	{ .name = "size",
		/* TRANSLATORS: head of a column: how many bytes a file has. */
		.title = N_("Size"),
		.min = 9,
		.max = 9,
		.priority = 2,
		.align = ALIGN_RIGHT,
		.cell = draw_size },
	{ .name = "changed",
		/* TRANSLATORS: head of a column: when a file was last changed. */
		.title = N_("Changed on"),
		.min = 17,
		.max = 20,
		.priority = 1,
		.cell = draw_changed },
};

static enum table_fetch fetch(void *ctx, const struct table_ask *ask, struct table_page *page)
{
	return whole_fetch(&((struct pick *)ctx)->entries, ask, page);
}

static const struct table_ops table_ops = {
	.cols = columns, .count = ARRAY_SIZE(columns), .fetch = fetch
};

/* From the start, with the cursor on the newest file. */
static void show_folder(struct pick *v)
{
	struct table *t = &v->list.table;

	read_folder(v);
	table_restart(t);
	table_total(t, (int64_t)v->entries.rows.len, true);
	if (v->entries.rows.len > 2)
		table_show(t, v->entries.rows.items[2].id, v->entries.rows.items[2].row);
}

/* --- choosing ------------------------------------------------------------ */

static unsigned begin(struct pick *v, const char *path, const char *text, size_t len)
{
	struct err err = ERR_INIT;
	struct import_work *w = import_work_new(v->desk, path, text, len, &err);
	unsigned stale;

	if (!w)
		return ui_error(v->view.ui, &err);
	stale = ui_push(v->view.ui, &import_columns_view, w);
	import_work_let_go(w);
	return stale;
}

static bool is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static unsigned go_to(struct pick *v, const char *path)
{
	if (!is_folder(path))
		return begin(v, path, NULL, 0);
	if (path != v->folder.buf) {
		strbuf_clear(&v->folder);
		strbuf_adds(&v->folder, path);
	}
	while (v->folder.len > 1 && v->folder.buf[v->folder.len - 1] == '/')
		strbuf_truncate(&v->folder, v->folder.len - 1);
	show_folder(v);
	return STALE_PAINT;
}

/* ~/x and x become whole paths; a file dropped onto a terminal comes in quotes. */
static void add_path(const struct pick *v, const char *typed, struct strbuf *out)
{
	const char *home = getenv("HOME");
	size_t len = strlen(typed);
	struct strbuf bare = STRBUF_INIT_MAX(PATH_MOST);

	if (len > 1 && (*typed == '\'' || *typed == '"') && typed[len - 1] == *typed)
		strbuf_add(&bare, typed + 1, len - 2);
	else
		strbuf_adds(&bare, typed);
	strbuf_trim(&bare);
	if (*bare.buf == '~' && (bare.buf[1] == '/' || !bare.buf[1]) && home)
		strbuf_addf(out, "%s%s", home, bare.buf + 1);
	else if (*bare.buf == '/')
		strbuf_adds(out, bare.buf);
	else
		strbuf_addf(out, "%s/%s", v->folder.buf, bare.buf);
	strbuf_release(&bare);
}

static unsigned on_path(void *ctx, const struct answer *answer)
{
	struct pick *v = ctx;
	struct strbuf path = STRBUF_INIT_MAX(PATH_MOST);
	unsigned stale = STALE_PAINT;

	if (answer->value == 0 && *answer->text) {
		add_path(v, answer->text, &path);
		stale = go_to(v, path.buf);
	}
	strbuf_release(&path);
	return stale;
}

static unsigned ask_path(struct pick *v)
{
	const char *buttons[] = { _("Open"), _("Cancel") };
	struct dialog_spec spec = { .title = _("Another file or folder"),
		.text = _("The path of a CSV file, of an .xlsx workbook, or of a folder to look "
			  "into. ~ is your own folder."),
		.label = _("Path"),
		.buttons = buttons,
		.count = 2,
		.focus = 2,
		.ask = true,
		.max = PATH_MOST - 1 };
	struct strbuf initial = STRBUF_INIT_MAX(PATH_MOST);
	unsigned stale;

	import_say_path(&initial, v->folder.buf);
	strbuf_addc(&initial, '/');
	spec.initial = initial.buf;
	stale = ui_dialog(v->view.ui, &spec, on_path, v);
	strbuf_release(&initial);
	return stale;
}

static unsigned tell_paste(struct pick *v)
{
	const char *buttons[] = { _("OK") };
	struct dialog_spec spec = { .title = _("Pasting rows"),
		.text = _("In the spreadsheet mark the rows with their headers and copy them. Then "
			  "close this box and paste into this window: Ctrl-Shift-V, Shift-Insert "
			  "or the right mouse button. Up to 5,000 rows."),
		.buttons = buttons,
		.count = 1 };

	return ui_dialog(v->view.ui, &spec, NULL, NULL);
}

static unsigned open_entry(struct pick *v)
{
	const struct entry *e = table_row(&v->list.table);
	struct strbuf path = STRBUF_INIT_MAX(PATH_MOST);
	unsigned stale = STALE_NONE;

	if (!e)
		return stale;
	strbuf_addf(&path, "%s/%s", strcmp(v->folder.buf, "/") ? v->folder.buf : "", e->name);
	switch (e->kind) {
	case ENTRY_PATH:
		stale = ask_path(v);
		break;
	case ENTRY_PASTE:
		stale = tell_paste(v);
		break;
	case ENTRY_FOLDER:
	case ENTRY_FILE:
		stale = go_to(v, path.buf);
		break;
	}
	strbuf_release(&path);
	return stale;
}

/* --- the screen ---------------------------------------------------------- */

/* So that there is a place to put files. */
static void make_folder(const struct pick *v)
{
	struct err err = ERR_INIT;

	if (!path_mkdirs(v->folder.buf, &err))
		err_clear(&err);
}

static bool on_open(struct view *view, const void *arg, struct err *err)
{
	struct pick *v = (struct pick *)view;

	(void)arg;
	v->desk = desk_of(view);
	if (!session_ready(v->desk->s, RIGHT_IMPORT, err))
		return false;
	strbuf_init(&v->folder, PATH_MOST);
	if (!path_place(PATH_EXCHANGE, &v->folder, err)) {
		strbuf_release(&v->folder);
		return false;
	}
	make_folder(v);
	list_init(&v->list, &table_ops, v, NULL);
	view->list = &v->list;
	show_folder(v);
	return true;
}

static void on_close(struct view *view)
{
	struct pick *v = (struct pick *)view;

	list_release(&v->list);
	whole_release(&v->entries);
	strbuf_release(&v->folder);
}

static unsigned on_reload(struct view *view)
{
	struct pick *v = (struct pick *)view;

	read_folder(v);
	table_total(&v->list.table, (int64_t)v->entries.rows.len, true);
	table_reload(&v->list.table);
	return STALE_PAINT;
}

static void headline(struct view *view, struct strbuf *out)
{
	const struct pick *v = (const struct pick *)view;

	struct strbuf folder = STRBUF_INIT_MAX(PATH_MOST);

	import_say_path(&folder, v->folder.buf);
	/* TRANSLATORS: %s is a folder. */
	say_with(out, _("Import · files of %s, newest first"), folder.buf);
	strbuf_release(&folder);
}

static unsigned on_paste(struct view *view, const char *text, size_t len)
{
	return begin((struct pick *)view, NULL, text, len);
}

static unsigned on_act(struct view *view, enum action_id action)
{
	struct pick *v = (struct pick *)view;

	if (action == ACT_OPEN)
		return open_entry(v);
	return action == ACT_EDIT ? ask_path(v) : STALE_PASS;
}

static const struct view_action pick_actions[] = {
	{ ACT_OPEN, N_("Choose") },
	{ ACT_EDIT, N_("Path") },
};

const struct view_ops import_pick_view = {
	.name = "import",
	.title = N_("Import"),
	.size = sizeof(struct pick),
	.actions = pick_actions,
	.action_count = ARRAY_SIZE(pick_actions),
	.open = on_open,
	.close = on_close,
	.reload = on_reload,
	.headline = headline,
	.act = on_act,
	.paste = on_paste,
};
