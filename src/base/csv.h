/*
 * CSV as RFC 4180 says and as people have it: any of the usual delimiters and
 * encodings, quoted cells over several lines, all three line ends, the "sep=;"
 * line of Excel. Used through rows.h; owns its file and one window over it.
 *
 * An opening quote that nothing closes costs its own line only: such a quote
 * is given up after ROWS_MAX_OPEN_LINES lines, ROWS_MAX_LINE bytes, or at the
 * first quote that closes it in a place where no cell ends, and reading goes on
 * with the following physical line.
 */
#ifndef CSV_H
#define CSV_H

#include "rows.h"

struct csv;

/* `fd` is *taken*, also on error. */
struct csv *csv_open_fd(int fd, const char *path, int64_t size, const struct rows_options *options,
	struct err *err) MUST_USE;
struct csv *csv_open_text(
	const char *text, size_t len, const struct rows_options *options, struct err *err) MUST_USE;
void csv_close(struct csv *csv);

enum rows_status csv_next(struct csv *csv, struct row *out, struct err *err) MUST_USE;
void csv_facts(const struct csv *csv, struct rows_facts *out);
int64_t csv_size(const struct csv *csv);
struct rows_mark csv_mark(const struct csv *csv);
bool csv_seek(struct csv *csv, struct rows_mark mark, struct err *err) MUST_USE;

#endif
