/*
 * Refused lines as a file: their cells as they stood, then the line's number and
 * the reason. Corrected, it can be imported: the two columns behind mean nothing
 * to an import.
 */
#include "exports_private.h"

#include "db.h"
#include "i18n.h"
#include "import_reason.h"
#include "json.h"
#include "mem.h"
#include "rows.h"
#include "store_import.h"
#include "vec.h"

#define PIECE 500
#define OPTIONS_MAX ((size_t)1 << 20)

struct refused_file {
	struct sheet *sheet; /* owned */
	struct arena arena;  /* its options and columns */
	enum import_kind kind;
	size_t n_cells; /* of a line, without what is added */
	char *(*translate)(const char *);
};

/* The cells of a line that was kept as CSV. */
static struct rows *open_raw(const char *raw, struct row *row, struct err *err)
{
	const struct rows_options how = { .delimiter = ',' };
	struct rows *rows = *raw ? rows_open_text(raw, strlen(raw), &how, err) : NULL;

	if (rows && rows_next(rows, row, err) == ROW_OK)
		return rows;
	rows_close(rows);
	*row = (struct row){ .n = 0 };
	return NULL;
}

static void name_columns(
	struct refused_file *f, const char *header_raw, struct sheet_column **out, size_t *n)
{
	struct err ignored = ERR_INIT;
	struct row row = { .n = 0 };
	struct rows *rows = open_raw(header_raw, &row, &ignored);
	struct sheet_column *c = arena_zalloc(&f->arena, row.n + 3, sizeof(*c));

	f->n_cells = row.n;
	for (size_t i = 0; i < row.n; i++) {
		c[i].title = arena_strdup(&f->arena, row.cells[i].text);
		c[i].key = *c[i].title ? c[i].title : arena_printf(&f->arena, "%zu", i + 1);
	}
	if (!f->n_cells) {
		c[0] = (struct sheet_column){ "line_text", f->translate(N_("Text")), 60 };
		f->n_cells = 1;
	}
	*n = f->n_cells + 2;
	c[*n - 2] = (struct sheet_column){ "line", f->translate(N_("Line")), 8 };
	c[*n - 1] = (struct sheet_column){ "reason", f->translate(N_("Why it was refused")), 80 };
	*out = c;
	rows_close(rows);
}

struct refused_file *refused_file_open(const char *path, enum sheet_format format,
	enum import_kind kind, const char *header_raw, char *(*translate)(const char *),
	struct err *err)
{
	struct refused_file *f = mem_zalloc(1, sizeof(*f));
	struct sheet_options *how = arena_zalloc(&f->arena, 1, sizeof(*how));
	struct sheet_column *columns;
	size_t n;

	f->kind = kind;
	f->translate = translate;
	how->format = format;
	how->bom = true;
	name_columns(f, header_raw, &columns, &n);
	f->sheet = sheet_create(path, how, columns, n, err);
	if (f->sheet)
		return f;
	arena_release(&f->arena);
	free(f);
	return NULL;
}

/* More cells than the header has go into the last one, so that none is lost. */
static void put_cells(struct refused_file *f, const struct row *row)
{
	struct strbuf rest = STRBUF_INIT;

	for (size_t i = 0; i + 1 < f->n_cells; i++)
		sheet_text(f->sheet, i < row->n ? row->cells[i].text : NULL);
	for (size_t i = f->n_cells - 1; i < row->n; i++) {
		if (rest.len)
			strbuf_addc(&rest, ' ');
		strbuf_adds(&rest, row->cells[i].text);
	}
	sheet_text(f->sheet, rest.buf);
	strbuf_release(&rest);
}

static bool put_line(struct refused_file *f, const struct row *row,
	const struct import_refusal *refusal, struct err *err)
{
	struct strbuf why = STRBUF_INIT;

	import_reason_words(
		refusal->reason, f->kind, refusal->field, refusal->value, f->translate, &why);
	put_cells(f, row);
	sheet_int(f->sheet, refusal->line);
	sheet_text(f->sheet, why.buf);
	strbuf_release(&why);
	return sheet_end_row(f->sheet, err);
}

bool refused_file_add(struct refused_file *f, const struct import_refusal *refusal, struct err *err)
{
	struct err ignored = ERR_INIT;
	struct rows *rows;
	struct row row;
	bool ok;

	if (!refusal->refused)
		return true;
	rows = open_raw(refusal->raw, &row, &ignored);
	/* Lines that were joined are told together: each has its own row here. */
	do
		ok = put_line(f, &row, refusal, err);
	while (ok && rows && rows_next(rows, &row, &ignored) == ROW_OK);
	rows_close(rows);
	return ok;
}

bool refused_file_finish(struct refused_file *f, struct err *err)
{
	bool ok = sheet_finish(f->sheet, err);

	arena_release(&f->arena);
	free(f);
	return ok;
}

void refused_file_discard(struct refused_file *f)
{
	if (!f)
		return;
	sheet_discard(f->sheet);
	arena_release(&f->arena);
	free(f);
}

/* --- of a run --- */

static const char *header_of(const struct import_run *run, struct arena *a)
{
	struct err ignored = ERR_INIT;
	struct json_doc *doc =
		json_parse(run->options, strlen(run->options), OPTIONS_MAX, &ignored);
	const char *header = "";
	struct json top;

	if (!doc)
		return "";
	top = json_root(doc);
	if (!json_str(&top, "header", &header, &ignored))
		header = "";
	header = arena_strdup(a, header);
	json_free(doc);
	return header;
}

static bool add_all(struct session *s, int64_t import_id, struct refused_file *f, int64_t *rows,
	struct err *err)
{
	struct import_refusal *list;
	struct arena a = ARENA_INIT;
	struct strbuf field = STRBUF_INIT;
	int64_t line = 0;
	bool ok;
	int n;

	do {
		arena_clear(&a);
		ok = store_import_refusals(
			s->db, import_id, line, field.buf, PIECE, &a, &list, &n, err);
		for (int i = 0; ok && i < n; i++) {
			ok = refused_file_add(f, &list[i], err);
			*rows += list[i].refused;
		}
		if (ok && n) {
			line = list[n - 1].line;
			strbuf_clear(&field);
			strbuf_adds(&field, list[n - 1].field);
		}
	} while (ok && n == PIECE);
	strbuf_release(&field);
	arena_release(&a);
	return ok;
}

static bool audit_refused(struct session *s, int64_t import_id, struct err *err)
{
	bool ok = db_write(s->db, err) &&
		  session_audit(s, "export.refused", "import", import_id, "", err) &&
		  db_commit(s->db, err);

	db_rollback(s->db);
	return ok;
}

bool export_refused(struct session *s, int64_t import_id, const struct export_options *o,
	struct arena *a, struct export_result *result, struct err *err)
{
	struct strbuf path = STRBUF_INIT;
	struct refused_file *f = NULL;
	struct import_run run;
	bool ok = false;

	*result = (struct export_result){ .path = "" };
	if (!session_ready(s, RIGHT_IMPORT, err) ||
		!store_import_get(s->db, s->company.id, import_id, a, &run, err) ||
		!export_path(o, o->language == LANG_FR ? "refus" : "refused", s, &path, err))
		goto out;
	f = refused_file_open(path.buf, o->format, run.kind, header_of(&run, a), o->translate, err);
	if (!f)
		goto out;
	ok = add_all(s, import_id, f, &result->rows, err) && audit_refused(s, import_id, err);
	if (ok)
		ok = refused_file_finish(f, err);
	else
		refused_file_discard(f);
	result->path = arena_strdup(a, path.buf);
out:
	strbuf_release(&path);
	return ok;
}
