/*
 * A text in the person's own editor, by way of a file of ours that nobody else may read.
 * Main thread.
 */
#ifndef OUTSIDE_H
#define OUTSIDE_H

#include "strbuf.h"
#include "ui.h"

/* Waits for the editor; `text` is what came back. `ending` is ".txt" or ".html": the
 * editor's colours go by it, and the line end that an editor adds to a text goes. */
bool outside_edit(
	struct ui *ui, struct strbuf *text, const char *ending, struct err *err) MUST_USE;
/* Appends a whole file of text. ERR_NOT_FOUND, ERR_INVALID. */
bool outside_read(const char *path, struct strbuf *out, struct err *err) MUST_USE;

#endif
