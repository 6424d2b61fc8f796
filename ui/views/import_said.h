/*
 * What the screens of imports say alike: what a run came to, its state, how long
 * a file is. Everything is appended. Main thread.
 */
#ifndef IMPORT_SAID_H
#define IMPORT_SAID_H

#include "import_work.h"
#include "table.h"

/* "12 kB". */
void import_say_bytes(struct strbuf *out, const struct desk *d, int64_t bytes);
/* ~/ecompta/clients.csv rather than /home/awa/ecompta/clients.csv. */
void import_say_path(struct strbuf *out, const char *path);
/* The file's name without its folder, or that it was pasted. */
const char *import_say_file(const char *path);
/* "Import of clients.csv": where one is. */
void import_say_title(struct strbuf *out, const char *path);
/* "imported", "cut short at line 4,210"... and its role. */
enum role import_say_state(
	struct strbuf *out, const struct desk *d, const struct import_run *run, bool going_on);
/* The figures of a run or a dry run in two lines, from `y` on. */
void import_draw_counts(
	struct canvas *c, int y, const struct desk *d, const struct import_counts *counts);
/* In the status line, with its undo, when a run has ended. */
unsigned import_say_end(struct desk *d, const struct import_work *w);

#endif
