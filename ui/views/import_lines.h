/*
 * The lines that an import refused, and the remarks on others, as a list of a
 * screen shows them. Main thread.
 */
#ifndef IMPORT_LINES_H
#define IMPORT_LINES_H

#include "import_run.h"
#include "ui.h"
#include "whole.h"

/* A row of such a list. */
struct import_line_row {
	struct import_refusal line;
	enum import_kind kind;
};

#define IMPORT_LINE_COLUMNS 4
extern const struct table_col import_line_columns[IMPORT_LINE_COLUMNS];

/* The line as it stands in the file, for under the list. */
void import_lines_details(void *ctx, const void *row, struct strbuf *out);
/* Copies it into the list. */
void import_lines_add(
	struct whole *lines, enum import_kind kind, const struct import_refusal *line);
/* The reason in full and the line as it stands in the file, in a box. */
unsigned import_lines_show(struct ui *ui, const struct import_line_row *row);

#endif
