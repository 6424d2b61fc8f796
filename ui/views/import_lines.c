#include "import_lines.h"

#include "i18n.h"
#include "say.h"
#include "words.h"

static const struct import_line_row *row_of(const void *row)
{
	return row;
}

static void draw_line(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	words_count(cell->text, row_of(row)->line.line);
}

static void draw_mark(void *ctx, const void *row, struct table_cell *cell)
{
	bool refused = row_of(row)->line.refused;

	(void)ctx;
	strbuf_adds(cell->text, cell->look->glyphs[refused ? G_NO : G_WARN]);
	cell->role = refused ? ROLE_BAD : ROLE_MIDDLE;
}

static void draw_reason(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	say_refusal(cell->text, row_of(row)->kind, &row_of(row)->line);
}

static void draw_raw(void *ctx, const void *row, struct table_cell *cell)
{
	(void)ctx;
	strbuf_adds(cell->text, row_of(row)->line.raw);
	cell->role = ROLE_DIM;
}

const struct table_col import_line_columns[IMPORT_LINE_COLUMNS] = {
	{ .name = "line",
		.title = N_("Line"),
		.min = 6,
		.max = 10,
		.priority = 1,
		.align = ALIGN_RIGHT,
		.cell = draw_line },
	{ .name = "sign", .min = 1, .max = 1, .priority = 1, .cell = draw_mark },
	{ .name = "reason",
		.title = N_("Reason"),
		.min = 30,
		.max = 120,
		.cell = draw_reason,
		.name_of = true },
	{ .name = "raw",
		/* TRANSLATORS: head of a column: a line as it stands in its file. */
		.title = N_("In the file"),
		.min = 50,
		.max = 90,
		.priority = 2,
		.cell = draw_raw },
};

void import_lines_details(void *ctx, const void *row, struct strbuf *out)
{
	(void)ctx;
	strbuf_adds(out, row_of(row)->line.raw);
}

void import_lines_add(struct whole *lines, enum import_kind kind, const struct import_refusal *line)
{
	struct arena *a = &lines->arena;
	struct import_line_row *row = arena_zalloc(a, 1, sizeof(*row));

	row->kind = kind;
	row->line = *line;
	row->line.reason = arena_strdup(a, line->reason);
	row->line.field = arena_strdup(a, line->field);
	row->line.value = arena_strdup(a, line->value);
	row->line.raw = arena_strdup(a, line->raw);
	whole_add(lines, (int64_t)lines->rows.len + 1, row);
}

unsigned import_lines_show(struct ui *ui, const struct import_line_row *row)
{
	struct strbuf title = STRBUF_INIT_MAX(128), text = STRBUF_INIT_MAX(8192);
	struct strbuf number = STRBUF_INIT_MAX(64);
	const char *buttons[] = { _("OK") };
	struct dialog_spec spec = { .buttons = buttons, .count = 1 };
	unsigned stale;

	words_count(&number, row->line.line);
	strbuf_addf(&title, _("Line %s"), number.buf);
	say_refusal(&text, row->kind, &row->line);
	if (*row->line.raw)
		strbuf_addf(&text, "\n\n%s", row->line.raw);
	spec.title = title.buf;
	spec.text = text.buf;
	stale = ui_dialog(ui, &spec, NULL, NULL);
	strbuf_release(&title);
	strbuf_release(&text);
	strbuf_release(&number);
	return stale;
}
