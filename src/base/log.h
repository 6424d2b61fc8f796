/*
 * The program's log: one line an event, for whoever has to find out afterwards
 * what happened. A line carries ids, counts and codes, never a name, an address,
 * a message or a secret: logs are copied, mailed and forgotten.
 *
 *     2026-11-17T10:42:03Z 4711 info import 42: 1200 rows, 3 refused
 *
 * A sink is made by main and handed to whoever logs; there is no global one. Any
 * thread, and several programs may share one file. A NULL sink swallows every
 * line. A line that cannot be written is dropped: logging never stops the work.
 */
#ifndef LOG_H
#define LOG_H

#include <stdint.h>

#include "compiler.h"
#include "err.h"

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO, LOG_DEBUG };

enum { LOG_KEEP = 3 }; /* older files kept: path.1, path.2, path.3 */

struct log;

/* Lines of `level` and graver go to the end of `path`, made 0600; a line that
 * would take it over `max_bytes` first moves the file to path.1. *Owned*. */
struct log *log_open(
	const char *path, enum log_level level, int64_t max_bytes, struct err *err) MUST_USE;
/* The same to stderr. *Owned*. */
struct log *log_open_stderr(enum log_level level) MUST_USE;
void log_close(struct log *log);

/* One line of at most 1,000 bytes; control characters become '?'. */
void log_write(struct log *log, enum log_level level, const char *fmt, ...) PRINTF(3, 4);
/* "what: CODE detail"; the error's subject, which may be a name, is left out. */
void log_err(struct log *log, enum log_level level, const char *what, const struct err *err);

#endif
