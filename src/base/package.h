/*
 * The zip that an office document is, read part by part under ceilings that
 * no honest document meets: a small file that unpacks without end is refused
 * before it fills memory or time. The only home of zip.h.
 *
 * Owns the file. One thread at a time.
 */
#ifndef PACKAGE_H
#define PACKAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "compiler.h"
#include "err.h"

#define PACKAGE_MAX_TOTAL ((int64_t)1 << 30)   /* bytes unpacked, all parts together */
#define PACKAGE_MAX_RATIO 200		       /* unpacked to packed, of one part */
#define PACKAGE_RATIO_FROM ((int64_t)10 << 20) /* ... once it is this large */

struct package;
struct part;

/* `fd` is *taken*, also on error. XLSX_DAMAGED for a zip that is cut short. */
struct package *package_open(int fd, const char *path, struct err *err) MUST_USE;
void package_close(struct package *package);
bool package_has(const struct package *package, const char *name);

/* NULL with XLSX_DAMAGED when it is not there, XLSX_PROTECTED when it is
 * encrypted. At most the package outlives it: close parts first. */
struct part *part_open(struct package *package, const char *name, struct err *err) MUST_USE;
void part_close(struct part *part);
/* Its name, and the path of the package, for errors. */
const char *part_name(const struct part *part);
const char *part_path(const struct part *part);
/* Closes it, and what was read of it no longer counts towards the ceiling,
 * because the same part is about to be read again. */
void part_abandon(struct part *part);

/* 0 at the end of the part, -1 with an error: XLSX_BOMB, XLSX_TOO_LARGE,
 * XLSX_DAMAGED, IO. */
int64_t part_read(struct part *part, void *out, size_t len, struct err *err) MUST_USE;
/* Bytes unpacked so far, and what the zip says there will be. */
int64_t part_tell(const struct part *part);
int64_t part_size(const struct part *part);

#endif
